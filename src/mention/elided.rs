//! Units that a sentence says once: "52 percent voted for her and 41 for him", "3.4 times earnings, down from 4.1".

use rust_decimal::dec;

use super::amount::NextWord;
use super::{Kind, Mention};
use crate::hedge::Lexicon;
use crate::number::{Decimal, Reading, is_word};
use crate::text::WordTable;
use crate::unit::{Factor, Unit};

/// How far a number may stand behind the one whose unit it shares, in bytes.
const REACH: usize = 160;
/// How much larger one may be than the other.
const NEAR: Decimal = dec!(20);

/// How a number is joined to the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// It is compared with it: "down from |28", "against |24".
    Compared,
    /// It stands right behind "and": "41 kilometers an hour with the wind and |28 without".
    Joined,
    /// It stands in the same sentence: "22% of men did, while of women it was |14".
    Apart,
}

/// Words before a number with which another was compared.
static COMPARED: WordTable<(), 6> =
    WordTable::new([("against", ()), ("versus", ()), ("vs", ()), ("with", ()), ("to", ()), ("from", ())]);

/// Words that may stand behind a number that leaves out its unit: what comes next is not what it counts, nor what it did.
static BEHIND: WordTable<(), 34> = WordTable::new([
    ("in", ()),
    ("for", ()),
    ("at", ()),
    ("by", ()),
    ("on", ()),
    ("with", ()),
    ("without", ()),
    ("from", ()),
    ("during", ()),
    ("after", ()),
    ("before", ()),
    ("last", ()),
    ("this", ()),
    ("among", ()),
    ("between", ()),
    ("as", ()),
    ("when", ()),
    ("if", ()),
    ("a", ()),
    ("the", ()),
    ("and", ()),
    ("or", ()),
    ("but", ()),
    ("while", ()),
    ("who", ()),
    ("her", ()),
    ("him", ()),
    ("them", ()),
    ("it", ()),
    ("to", ()),
    ("against", ()),
    ("earlier", ()),
    ("since", ()),
    ("under", ()),
]);

/// Words that say that a number is another thing than the one before.
static OTHER: WordTable<(), 8> = WordTable::new([
    ("number", ()),
    ("numbers", ()),
    ("count", ()),
    ("total", ()),
    ("index", ()),
    ("score", ()),
    ("age", ()),
    ("aged", ()),
]);

impl Mention {
    /// The mention with no unit, if its unit is one that the sentence leaves out and a value in `unit` shows that something
    /// else is meant.
    #[must_use]
    pub fn unless_other(self, unit: Unit) -> Self {
        use crate::unit::Conversion::{Factor as Converted, Same};
        let is_it = || match unit.conversion(self.unit) {
            Some(Same | Converted(..)) => true,
            _ => self.unit.is_ratio() && unit.is_ratio() && unit != Unit::Bare,
        };
        if is_it() { self } else { self.as_written() }
    }

    /// The mention with no unit but one that is written beside it.
    #[must_use]
    pub fn as_written(self) -> Self {
        if !self.is_elided {
            return self;
        }
        Self {
            unit: Unit::Bare,
            factor: Factor::ONE,
            per: None,
            kind: Kind::Number,
            is_elided: false,
            ..self
        }
    }
}

/// A number without a unit, in that of the one before where the sentence says it for both.
pub(super) fn in_unit_of(text: &str, first: &Mention, second: Mention, lexicon: &Lexicon) -> Mention {
    let start = second.words().start as usize;
    let gap = text.get(first.words().end.max(first.span.end) as usize..start).unwrap_or_default();
    if second.kind != Kind::Number || second.is_signed || gap.len() > REACH || !is_of_one_size(first, &second)
    {
        return second;
    }
    let is_percent = first.unit == Unit::Percent;
    let may_share = is_percent || matches!(first.unit, Unit::Of(_) | Unit::Ratio) && first.kind != Kind::Age;
    if !may_share
        || !matches!(
            first.kind,
            Kind::Number
                | Kind::Percent
                | Kind::Money
                | Kind::Duration
                | Kind::Measure
                | Kind::Rate
                | Kind::Multiple
        )
    {
        return second;
    }
    let is_shared = link(text, first, &second, gap, lexicon).is_some_and(|link| {
        (is_percent || link != Link::Apart) && is_open_behind(text, &second, link, gap, is_percent)
    });
    if !is_shared {
        return second;
    }
    let (unit, factor, per, kind) = (first.unit, first.factor, first.per, first.kind);
    Mention { unit, factor, per, kind, is_elided: true, ..second }
}

/// Whether both are single values of one order.
fn is_of_one_size(first: &Mention, second: &Mention) -> bool {
    let (Reading::One(one), Reading::One(other)) = (first.reading, second.reading) else { return false };
    let (one, other) = (one.value.abs(), other.value.abs());
    let is_within = |a: Decimal, b: Decimal| a.checked_mul(NEAR).is_some_and(|most| b <= most);
    let is_share = first.unit != Unit::Percent || other <= Decimal::ONE_HUNDRED;
    is_share && is_within(one, other) && is_within(other, one)
}

/// How a number is joined to the one before.
fn link(text: &str, first: &Mention, second: &Mention, gap: &str, lexicon: &Lexicon) -> Option<Link> {
    let start = second.words().start as usize;
    let is_cut = gap.contains(['\n', '\t', '"', '“', '(', ')', ';', '?', '!']) || gap.contains(". ");
    let mut words = gap.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).rev();
    if is_cut || words.clone().any(|word| OTHER.get(word).is_some()) {
        return None;
    }
    if gap == ", " && second.hedge_span.is_some_and(|hedge| hedge.start < second.span.start) {
        // "52 knots, well above the |40 at which …"
        return Some(Link::Compared);
    }
    let (last, before) = (words.next()?, words.next().unwrap_or_default());
    let is_change = || {
        let begin = first.words().start as usize;
        let head = text.get(..begin).unwrap_or_default().trim_end();
        lexicon.is_direction_before(text, begin)
            || head.ends_with(" by") && lexicon.is_direction_in_clause(text, head.len() - " by".len())
    };
    if COMPARED.get(last).is_some() {
        let is_level = match last {
            "against" | "versus" | "vs" => true,
            "with" => is_word(before, "compared"),
            // "Rose 5 percent to 41" and "rose by 27 percent, from 412" tell of a change and a level.
            "from" => is_word(before, "up") || is_word(before, "down") || first_is_led_to(text, first),
            _ => gap == " to " && !first_is_left(text, first),
        };
        return (is_level && !is_change()).then_some(Link::Compared);
    }
    if ["and", "or", "but"].iter().any(|joint| is_word(last, joint)) {
        return Some(Link::Joined);
    }
    let is_joined = gap.contains(',')
        || words
            .clone()
            .chain([before])
            .any(|word| ["and", "but", "while"].iter().any(|joint| is_word(word, joint)));
    // "Fell as much as 23 percent before they closed down 16": both are changes.
    let are_changes = lexicon.is_direction_before(text, start);
    (are_changes || is_joined && !is_change()).then_some(Link::Apart)
}

/// "rose to |36 percent".
fn first_is_led_to(text: &str, first: &Mention) -> bool {
    text.get(..first.words().start as usize).is_some_and(|before| before.ends_with(" to "))
}

/// "from |36 percent", which leads to something else.
fn first_is_left(text: &str, first: &Mention) -> bool {
    text.get(..first.words().start as usize).is_some_and(|before| before.ends_with("from "))
}

/// Whether what stands behind a number is not what it counts.
fn is_open_behind(text: &str, second: &Mention, link: Link, gap: &str, is_percent: bool) -> bool {
    let end = second.words().end.max(second.span.end) as usize;
    let rest = text.get(end..).unwrap_or_default();
    if !rest.starts_with([' ', '\u{a0}']) {
        return rest.is_empty() || rest.starts_with(['.', ',', ';', ':', ')', '\n', '"', '”', '?', '—']);
    }
    let Some(next) = NextWord::after(text, end) else { return false };
    let (word, past) = (next.word, next.end());
    if is_word(word, "of") {
        // "71 percent of women and 65 of men", and not "41 of the councillors".
        let behind = NextWord::after(text, past).map(|next| next.word).unwrap_or_default();
        let is_plain = !behind.is_empty()
            && !["the", "its", "their", "those", "these", "our", "all"].iter().any(|it| is_word(behind, it));
        return is_percent && gap.starts_with(" of ") && is_plain && behind.starts_with(char::is_lowercase);
    }
    if BEHIND.get(word).is_some() {
        return true;
    }
    is_percent && link == Link::Joined && is_name(text, word, past)
}

/// "41 |Mattias Dorn", whom nobody counts, and not "41 Social Democrats".
fn is_name(text: &str, word: &str, past: usize) -> bool {
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let last =
        NextWord::after(text, past).map(|next| next.word).filter(|next| is_capital(next)).unwrap_or(word);
    is_capital(word) && !last.ends_with('s')
}

#[cfg(test)]
mod tests {
    use crate::hedge::Lexicon;
    use crate::mention::read;

    /// The text of each quantity with its unit.
    fn told(text: &str) -> Vec<String> {
        let mentions = read(text, Lexicon::shipped());
        let told = mentions.iter().map(|it| {
            let unit = it.unit_name(text).map(|unit| format!(" {unit}")).unwrap_or_default();
            format!("{}{unit}", it.span.of(text).split([' ', '%']).next().unwrap_or_default())
        });
        told.collect()
    }

    #[test]
    fn a_unit_said_once_is_that_of_both() {
        for (text, expected) in [
            ("In all 52 percent voted for her and 41 for him.", ["52 percent", "41 percent"]),
            ("Of those asked 52 percent picked her and 41 Mattias Dorn.", ["52 percent", "41 percent"]),
            ("Now 49 percent prefer him and 38 her.", ["49 percent", "38 percent"]),
            (
                "Turnout was just 44 percent in 2022, against 71 for people over there.",
                ["44 percent", "71 percent"],
            ),
            ("It rose to 36 percent from 31 in 2023.", ["36 percent", "31 percent"]),
            ("It stood at 18%, up from 11.", ["18 percent", "11 percent"]),
            ("Among men it was 22% and among women 14.", ["22 percent", "14 percent"]),
            ("He led 48 percent to 45.", ["48 percent", "45 percent"]),
            ("It was 71 percent of women and 65 of men.", ["71 percent", "65 percent"]),
            (
                "It made 41 kilometers an hour with the wind and 28 without.",
                ["41 kilometer per hour", "28 kilometer per hour"],
            ),
            ("The wait was 12 weeks, down from 17.", ["12 week", "17 week"]),
            ("Gusts reached 52 knots, well above the 40 at which they stay in port.", ["52 knot", "40 knot"]),
            ("It grew 4.5 percent in March and 3.9 in April.", ["4.5 percent", "3.9 percent"]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_something_else_keeps_to_itself() {
        for text in [
            "Deaths rose 5 percent to 41.",
            "Sales rose by 27 percent, from 42.",
            "He got 52 percent of the vote and 41 seats.",
            "It was backed by 52 percent of voters and 41 of the councillors.",
            "Support rose to 52 percent, and the number of members to 41.",
            "It lasted 12 hours and 41 were hurt.",
            "He got 52 percent. His party has 41.",
            "It took 12 years and 41 Democrats.",
            "There were 52 percent and 41 Social Democrats.",
            "The share was 52 percent (41 in all).",
            "It costs $12 for members, and there are 41.",
            "It was 3 percent in all, 4,100 of them.",
        ] {
            let mentions = read(text, Lexicon::shipped());
            let last = mentions.last().unwrap();
            assert!(!last.is_elided && last.unit == crate::unit::Unit::Bare, "{text}: {:?}", told(text));
        }
    }
}
