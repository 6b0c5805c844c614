//! The words that the newsroom is written in. None of them is a number, a hedge or a direction.

/// What the tables count.
pub(crate) const THINGS: &[&str] = &[
    "ferry crossings",
    "dental appointments",
    "court filings",
    "tree plantings",
    "swimming lessons",
    "bicycle trips",
    "streetlight repairs",
    "evening classes",
    "museum visits",
    "allotment requests",
    "bulky-waste pickups",
    "choir rehearsals",
];

/// Who publishes the tables.
pub(crate) const OFFICES: &[&str] = &[
    "the registry office",
    "the harbor board",
    "the parks service",
    "the county clerk",
    "the statistics bureau",
    "the works department",
    "the culture office",
];

/// Sentences around the claims. Years, days and clock times stand in them, as they do in articles.
pub(crate) const FILLING: &[&str] = &[
    "The figures were presented on a Tuesday evening, to a room that held fewer chairs than guests.",
    "A spokeswoman pointed to the mild winter, then to the new timetable, and then to the next speaker.",
    "The same table was published in 2019, in another format and with other column headings.",
    "Residents who came to the hearing asked why the tables had not been available before May 14.",
    "Nobody at the meeting, which began at 7:30 p.m., disputed how the entries had been collected.",
    "What the numbers mean for next season is a matter on which the council\u{2019}s groups disagree.",
    "The audit of the method, promised in the spring of 2021, has not been published.",
    "Staff in the branch offices enter each case by hand; the totals are checked at the end of the month.",
    "The mayor did not comment, and her deputy referred questions to the press desk.",
    "\u{201c}We publish what we have,\u{201d} the head of the office said, \u{201c}and we correct it where it is wrong.\u{201d}",
    "Neighboring counties keep their books differently, so a comparison with them is of little use.",
    "An earlier draft of the report, seen by this newsroom, used the [older definition](https://example.org/2018/definition-4).",
];

const DIRECTIONS: &[&str] = &["", "Upper ", "Lower ", "East ", "West ", "Old ", "Saint "];

const BEGINNINGS: &[&str] = &[
    "Alder", "Ash", "Bracken", "Briar", "Cold", "Copper", "Crane", "Dray", "Elm", "Fallow", "Fern", "Flint",
    "Gorse", "Hazel", "Heron", "Holm", "Iron", "Juniper", "Kestrel", "Lark", "Linden", "Marl", "Mill",
    "Moss", "Nettle", "Oster", "Otter", "Pebble", "Quarry", "Raven", "Reed", "Rowan", "Rush", "Sable",
    "Sedge", "Slate", "Thorn", "Vetch", "Willow", "Yarrow",
];

const ENDINGS: &[&str] = &[
    "beck", "bourne", "bridge", "brook", "burgh", "by", "cliff", "combe", "cote", "croft", "dale", "fell",
    "field", "ford", "gate", "grove", "ham", "haven", "hurst", "ley", "mere", "mouth", "stead", "wick",
];

/// How many towns there are.
pub(crate) const TOWNS: usize = DIRECTIONS.len() * BEGINNINGS.len() * ENDINGS.len();

/// The town of a number below [`TOWNS`]; each has a name of its own.
pub(crate) fn town(number: usize) -> String {
    let word = |words: &[&'static str], at: usize| words.get(at % words.len()).copied().unwrap_or_default();
    let (ending, rest) = (number % ENDINGS.len(), number / ENDINGS.len());
    let (beginning, direction) = (rest % BEGINNINGS.len(), rest / BEGINNINGS.len());
    [word(DIRECTIONS, direction), word(BEGINNINGS, beginning), word(ENDINGS, ending)].concat()
}
