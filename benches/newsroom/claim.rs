//! One claim: its row of figures, its sentence, and whether the words fit.
//!
//! All arithmetic is on whole numbers. Words that fit do so with room to spare, words that do not are far off, so that
//! the verdict does not hang on the width of a hedge.

use crate::random::Random;
use crate::words::{OFFICES, THINGS};

/// A row of the article's table.
pub(crate) struct Row {
    /// Cases in the earlier year.
    pub(crate) before: u64,
    /// Cases in the later year.
    pub(crate) after: u64,
    /// Dollars spent in the later year.
    pub(crate) spent: u64,
}

/// A claim, and the sentence that makes it.
pub(crate) struct Claim {
    pub(crate) sentence: String,
    pub(crate) quote: String,
    pub(crate) says: String,
    pub(crate) formula: String,
    /// The period that the claim is about.
    pub(crate) period: &'static str,
    pub(crate) row: Row,
    pub(crate) is_right: bool,
}

/// The earlier of the two years that the tables hold.
pub(crate) const EARLIER: &str = "2022";
/// The later one; both have 365 days.
pub(crate) const LATER: &str = "2023";
const BOTH: &str = "2022/2023";

impl Claim {
    /// The claim on row `number` of the table, about a town that no other claim of the article names.
    pub(crate) fn new(random: &mut Random, number: usize, town: &str) -> Self {
        let row = Row::new(random);
        let is_right = !random.once_in(20);
        let thing = random.pick(THINGS);
        let office = random.pick(OFFICES);
        let cell = |column: &str| format!("data.r{number}.{column}");
        let (before, after) = (cell("before"), cell("after"));
        let is_up = row.after > row.before;
        let (says, quote, sentence, formula, period) = match random.between(0, 5) {
            0 => {
                let says = percentage(random, row.before.abs_diff(row.after), row.before, is_right);
                let verb = if is_up { "rose" } else { "fell" };
                let quote = format!("{verb} {says} in {town}, reaching {}", grouped(row.after));
                let sentence = format!("According to {office}, {thing} {quote} last year.");
                (says, quote, sentence, format!("change({before}, {after})"), LATER)
            }
            1 => {
                let says = count(random, row.before.abs_diff(row.after), is_right);
                let than = if is_up { "more" } else { "fewer" };
                let quote = format!("{says} {than} {thing} in {town}");
                let sentence = format!("That made {quote} than in the year before.");
                (says, quote, sentence, format!("{after} - {before}"), LATER)
            }
            2 => {
                let says = count(random, row.before + row.after, is_right);
                let quote = format!("{says} {thing} in {town}");
                let sentence = format!("Taken together, {office} logged {quote} in the last pair of years.");
                (says, quote, sentence, format!("{before} + {after}"), BOTH)
            }
            3 => {
                let daily = (row.before * 2 + 365) / (2 * 365);
                let said = if is_right { daily } else { daily * 7 / 5 };
                let says = format!("{} a day", grouped(said));
                let quote = format!("handled {says} in {town}");
                let sentence = format!("Its staff {quote}, {office} said of its {thing}.");
                (says, quote, sentence, format!("{before} / 365 days"), EARLIER)
            }
            4 => {
                let says = percentage(random, row.before, row.before + row.after, is_right);
                let quote = format!("{says} of the {thing} listed for {town}");
                let sentence = format!("The earlier year accounts for {quote}.");
                (says, quote, sentence, format!("share({before}, {before} + {after})"), BOTH)
            }
            _ => {
                let says = dollars(if is_right { row.spent } else { row.spent * 8 / 5 });
                let quote = format!("spent {says} in {town}");
                let sentence = format!("On {thing} alone, {office} {quote}.");
                (says, quote, sentence, cell("spent"), LATER)
            }
        };
        Self { sentence, quote, says, formula, period, row, is_right }
    }
}

impl Row {
    /// Figures of which the later differ from the earlier by 3% to 40%, so that no change rounds to nothing.
    pub(crate) fn new(random: &mut Random) -> Self {
        let before = random.between(12_000, 640_000);
        let step = before * random.between(30, 400) / 1000;
        let after = if random.once_in(2) { before + step } else { before - step };
        Self { before, after, spent: random.between(1_200_000, 940_000_000) }
    }
}

/// A ratio as a percentage with one decimal, or rounded and hedged; well off where it is to be wrong.
fn percentage(random: &mut Random, part: u64, whole: u64, is_right: bool) -> String {
    let part = match part * 100 / whole {
        _ if is_right => part,
        0..30 => part * 8 / 5 + whole / 25,
        _ => part * 3 / 5,
    };
    let rounded = |times: u64| (part * times * 2 + whole) / (2 * whole);
    if random.once_in(3) {
        return format!("about {}%", rounded(100));
    }
    format!("{}.{}%", rounded(1000) / 10, rounded(1000) % 10)
}

/// Words for a count: exact, rounded, or with a hedge. The wrong ones miss by 20% at least.
fn count(random: &mut Random, exact: u64, is_right: bool) -> String {
    let (high, low) = (exact * 17 / 10, exact * 3 / 5);
    let nearest = |value: u64| (value + step(value) / 2) / step(value) * step(value);
    let below = |value: u64| (value - 1) / step(value) * step(value);
    let above = |value: u64| (value / step(value) + 1) * step(value);
    match random.between(0, 5) {
        0 => grouped(if is_right { exact } else { low }),
        1 => grouped(nearest(if is_right { exact } else { high })),
        2 => format!("about {}", grouped(nearest(if is_right { exact } else { low }))),
        3 => format!("more than {}", grouped(below(if is_right { exact } else { high }))),
        4 => format!("nearly {}", grouped(above(if is_right { exact } else { low }))),
        _ => format!("just over {}", grouped(below(if is_right { exact } else { high }))),
    }
}

/// The unit of the third significant digit.
fn step(value: u64) -> u64 {
    10_u64.pow(value.checked_ilog10().unwrap_or(0).saturating_sub(2))
}

/// Dollars in millions, three digits.
fn dollars(amount: u64) -> String {
    let unit = step(amount);
    let rounded = (amount + unit / 2) / unit * unit;
    let (millions, rest) = (rounded / 1_000_000, rounded % 1_000_000);
    let decimals = format!("{rest:06}");
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    format!("${millions}{point}{decimals} million")
}

/// Digits in groups of three.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
