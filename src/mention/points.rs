//! Percentage points that are said shorter: "slipped three points", "half a point", "a quarter-point cut".

use rust_decimal::{Decimal, dec};

use super::amount::{Amount, NextWord};
use super::{Kind, Mention};
use crate::number::{Style, Written, is_word, word_at};
use crate::text::{Span, WordTable};
use crate::unit::{Factor, Unit, unit_named};

/// "27 | points wide", "half | a point", "a quarter|-point cut": percentage points, where a word compares and the sentence
/// speaks of percentages.
pub(super) fn points_after(text: &str, amount: &Amount, end: usize) -> Option<(Unit, Factor, usize)> {
    let past = points_end(text, amount.style == Style::Fraction, end)?;
    let start = amount.span.start as usize;
    let named = unit_named("pp")
        .filter(|_| is_compared(text, start, past) && is_of_percentages(text, start, past))?;
    Some((named.unit, named.factor, past))
}

impl Mention {
    /// The mention as one of percentage points, if "points" stands behind it and it has no other unit: "2 points", for
    /// somebody who knows by other means that percentages are compared.
    #[must_use]
    pub fn in_points(self, text: &str) -> Self {
        let is_fraction = self.kind == Kind::Fraction;
        let is_said = || points_end(text, is_fraction, self.span.end as usize).is_some();
        let has_none = self.unit == Unit::Bare || is_fraction && self.unit == Unit::Ratio;
        match unit_named("pp").filter(|_| has_none && is_said()) {
            Some(named) => Self { unit: named.unit, factor: named.factor, kind: Kind::Points, ..self },
            None => self,
        }
    }
}

/// "a point and |a half": one and a half, where the part begins behind a byte and nothing before `from` belongs to it.
pub(super) fn point_and(text: &str, part: &Amount, from: usize) -> Option<Amount> {
    let before = text.get(from..part.span.start as usize)?;
    let article = ["a point and ", "A point and "].into_iter().find(|words| before.ends_with(words))?;
    let start = part.span.start as usize - article.len();
    let is_part = part.style == Style::Fraction && part.written.value < Decimal::ONE;
    if !is_part || text.get(..start)?.ends_with(char::is_alphanumeric) {
        return None;
    }
    let end = part.span.end as usize;
    let is_it = is_compared(text, start, end) && is_of_percentages(text, start, end);
    let named = unit_named("pp").filter(|_| is_it)?;
    let value = part.written.value.checked_add(Decimal::ONE)?;
    Some(Amount {
        span: Span::new(start, end),
        written: Written { value, step: dec!(0.25), firm: true, fraction: false },
        style: Style::Words,
        unit: named.unit,
        factor: named.factor,
        kind: Kind::Points,
        ..*part
    })
}

/// Where "point" or "points" ends that belongs to an amount, which is a fraction or none.
fn points_end(text: &str, is_fraction: bool, end: usize) -> Option<usize> {
    if text.as_bytes().get(end) == Some(&b'-') {
        let word = word_at(text, end + 1);
        return is_word(word, "point").then_some(end + 1 + word.len());
    }
    let mut next = NextWord::after(text, end)?;
    if is_fraction {
        // "half a point", "a quarter of a point"
        if is_word(next.word, "of") {
            next = NextWord::after(text, next.end())?;
        }
        if is_word(next.word, "a") {
            next = NextWord::after(text, next.end())?;
        }
    }
    (is_word(next.word, "points") || is_word(next.word, "point")).then_some(next.end())
}

/// Words that compare behind points, or name what is measured in them.
static COMPARING: WordTable<(), 50> = WordTable::new([
    ("wide", ()),
    ("shy", ()),
    ("either", ()),
    ("higher", ()),
    ("lower", ()),
    ("above", ()),
    ("below", ()),
    ("ahead", ()),
    ("behind", ()),
    ("more", ()),
    ("less", ()),
    ("up", ()),
    ("down", ()),
    ("from", ()),
    ("since", ()),
    ("last", ()),
    ("better", ()),
    ("worse", ()),
    ("short", ()),
    ("apart", ()),
    ("clear", ()),
    ("in", ()),
    ("lead", ()),
    ("gap", ()),
    ("margin", ()),
    ("advantage", ()),
    ("edge", ()),
    ("deficit", ()),
    ("swing", ()),
    ("rise", ()),
    ("rises", ()),
    ("increase", ()),
    ("increases", ()),
    ("gain", ()),
    ("jump", ()),
    ("hike", ()),
    ("hikes", ()),
    ("cut", ()),
    ("cuts", ()),
    ("drop", ()),
    ("fall", ()),
    ("decline", ()),
    ("reduction", ()),
    ("slide", ()),
    ("dip", ()),
    ("slip", ()),
    ("move", ()),
    ("moves", ()),
    ("difference", ()),
    ("improvement", ()),
]);

/// Words that compare before points: "by three points", "slipped three points", "a lead of three points".
static COMPARED: WordTable<(), 44> = WordTable::new([
    ("by", ()),
    ("rose", ()),
    ("risen", ()),
    ("rise", ()),
    ("fell", ()),
    ("fallen", ()),
    ("fall", ()),
    ("up", ()),
    ("down", ()),
    ("slipped", ()),
    ("slip", ()),
    ("slid", ()),
    ("dropped", ()),
    ("drop", ()),
    ("gained", ()),
    ("gain", ()),
    ("lost", ()),
    ("lose", ()),
    ("climbed", ()),
    ("jumped", ()),
    ("added", ()),
    ("shed", ()),
    ("dipped", ()),
    ("edged", ()),
    ("grew", ()),
    ("grown", ()),
    ("widened", ()),
    ("narrowed", ()),
    ("shrank", ()),
    ("shrunk", ()),
    ("increased", ()),
    ("declined", ()),
    ("decreased", ()),
    ("lead", ()),
    ("gap", ()),
    ("margin", ()),
    ("increase", ()),
    ("decrease", ()),
    ("decline", ()),
    ("difference", ()),
    ("swing", ()),
    ("cut", ()),
    ("improved", ()),
    ("advantage", ()),
]);

/// How many words before points are looked at: a hedge of up to three and "of" may stand between ("rose by more than two
/// points", "a gap of about 12 points").
const WORDS: usize = 4;

/// Whether a word before or behind says that the points compare.
fn is_compared(text: &str, start: usize, end: usize) -> bool {
    let behind = NextWord::after(text, end).is_some_and(|next| COMPARING.get(next.word).is_some());
    let before = text.get(text.ceil_char_boundary(start.saturating_sub(40))..start).unwrap_or_default();
    let clause = before.rsplit([',', '.', ';', ':', '(']).next().unwrap_or(before);
    behind || clause.split_ascii_whitespace().rev().take(WORDS).any(|word| COMPARED.get(word).is_some())
}

/// What a word of the sentence says of the points in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// Of a percentage.
    Percentage,
    /// Of an index, a score or a table.
    Other,
}

static SENSES: WordTable<Sense, 49> = WordTable::new([
    ("percent", Sense::Percentage),
    ("percentage", Sense::Percentage),
    ("cent", Sense::Percentage),
    ("poll", Sense::Percentage),
    ("polls", Sense::Percentage),
    ("polling", Sense::Percentage),
    ("pollster", Sense::Percentage),
    ("pollsters", Sense::Percentage),
    ("turnout", Sense::Percentage),
    ("voters", Sense::Percentage),
    ("precincts", Sense::Percentage),
    ("inflation", Sense::Percentage),
    ("unemployment", Sense::Percentage),
    ("borrowing", Sense::Percentage),
    ("mortgage", Sense::Percentage),
    ("rates", Sense::Percentage),
    ("index", Sense::Other),
    ("indexes", Sense::Other),
    ("indices", Sense::Other),
    ("dow", Sense::Other),
    ("nasdaq", Sense::Other),
    ("ftse", Sense::Other),
    ("nikkei", Sense::Other),
    ("dax", Sense::Other),
    ("cac", Sense::Other),
    ("stocks", Sense::Other),
    ("score", Sense::Other),
    ("scores", Sense::Other),
    ("scored", Sense::Other),
    ("scoring", Sense::Other),
    ("game", Sense::Other),
    ("games", Sense::Other),
    ("match", Sense::Other),
    ("matches", Sense::Other),
    ("season", Sense::Other),
    ("league", Sense::Other),
    ("rebounds", Sense::Other),
    ("assists", Sense::Other),
    ("halftime", Sense::Other),
    ("playoff", Sense::Other),
    ("playoffs", Sense::Other),
    ("touchdown", Sense::Other),
    ("coach", Sense::Other),
    ("team", Sense::Other),
    ("scale", Sense::Other),
    ("license", Sense::Other),
    ("licence", Sense::Other),
    ("exam", Sense::Other),
    ("relegation", Sense::Other),
]);

/// How far the sentence is looked at on each side.
const FAR: usize = 160;

/// Whether the sentence around points gives percentages, or speaks of what is measured in them.
fn is_of_percentages(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(text.floor_char_boundary(start.saturating_sub(FAR))..start).unwrap_or_default();
    let after = text.get(end..text.ceil_char_boundary((end + FAR).min(text.len()))).unwrap_or_default();
    let ends = [". ", ".\n", "\n\n", "? ", "! "];
    let begin = ends.iter().filter_map(|end| before.rfind(end)).max().unwrap_or(0);
    let stop = ends.iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
    let (before, after) = (before.get(begin..).unwrap_or_default(), after.get(..stop).unwrap_or_default());
    // Behind the points, what they are points of stands in their own clause; percentages stand in any.
    let clause = after.split([',', ';', '—']).next().unwrap_or(after);
    let is = |sense: Sense, part: &str| {
        part.split(|c: char| !c.is_ascii_alphabetic()).any(|word| SENSES.get(word) == Some(sense))
    };
    let is_given = |part: &str| part.contains('%') || is(Sense::Percentage, part);
    (is_given(before) || is_given(after)) && !is(Sense::Other, before) && !is(Sense::Other, clause)
}

#[cfg(test)]
mod tests {
    use crate::hedge::Lexicon;
    use crate::mention::{Kind, read};

    fn points(text: &str) -> Vec<String> {
        let all = read(text, Lexicon::shipped());
        let points = all.iter().filter(|it| it.kind == Kind::Points);
        points
            .map(|it| match it.reading {
                crate::number::Reading::One(one) => {
                    format!("{} = {}", it.span.of(text), one.value.normalize())
                }
                _ => it.span.of(text).to_owned(),
            })
            .collect()
    }

    #[test]
    fn points_beside_percentages_are_percentage_points() {
        let cases: &[(&str, &[&str])] = &[
            ("Support fell half a point to 41%.", &["half a point = 0.5"]),
            ("It slipped three points from 44%.", &["three points = 3"]),
            ("Support lost a point and a half and stands at 43%.", &["a point and a half = 1.5"]),
            ("a quarter-point cut, to 4.25 percent", &["a quarter-point = 0.25"]),
            ("rates fell by a quarter of a point", &["a quarter of a point = 0.25"]),
            ("Her lead in the poll is down to two points, from five.", &["two points = 2"]),
            ("a 12-point lead, 51% to 39%", &["12-point = 12"]),
            ("a gap of about nine points, 54 percent to 45", &["nine points = 9"]),
        ];
        for (text, expected) in cases {
            assert_eq!(points(text), *expected, "{text}");
        }
    }

    #[test]
    fn who_knows_that_percentages_are_compared_reads_points_as_such() {
        let told = |text: &str| {
            let mention = read(text, Lexicon::shipped()).remove(0).in_points(text);
            mention.unit_name(text).map(std::borrow::Cow::into_owned).unwrap_or_default()
        };
        let points = told("It rose by 2 percentage points.");
        for text in
            ["It rose by about 2 points.", "It slipped three points.", "a 5-point drop", "Half a point more."]
        {
            assert_eq!(told(text), points, "{text}");
        }
        for text in ["It rose by 2%.", "It rose by 2 million.", "It rose by $2 points.", "2 pointers"] {
            assert_ne!(told(text), points, "{text}");
        }
    }

    #[test]
    fn points_of_an_index_or_a_game_are_none() {
        for text in [
            "The Dow fell 300 points, or 0.8%.",
            "The index lost half a point to 98, down 2%.",
            "They rose three points above Harwick in the league and won 40% of their games.",
            "She scored 12 points more and shot 45 percent.",
            "It slipped three points.",
            "Each of the 12 points was backed by 60% of members.",
        ] {
            assert_eq!(points(text), Vec::<String>::new(), "{text}");
        }
    }
}
