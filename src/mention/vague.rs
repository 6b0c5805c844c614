//! Quantities that words leave open: "dozens", "several", "most".

use rust_decimal::{Decimal, dec};

use crate::number::{High, Interval, Low, begins_numeral, is_word, word_at};
use crate::text::{Heads, Sieve, WordTable};
use crate::unit::Unit;

/// What a vague word allows. Scales ("dozens", "hundreds of thousands") reach from two of them up to two of the next;
/// the small ones follow common dictionaries.
static WORDS: WordTable<Vague, 14> = WordTable::new([
    ("several", Vague::new(Unit::Bare, dec!(3), Some(dec!(12)))),
    ("handful", Vague::new(Unit::Bare, dec!(3), Some(dec!(9))).after_article()),
    ("few", Vague::new(Unit::Bare, dec!(2), Some(dec!(9))).after_article()),
    ("couple", Vague::new(Unit::Bare, dec!(2), Some(dec!(3))).after_article()),
    ("most", Vague::new(Unit::Ratio, dec!(0.5), Some(Decimal::ONE))),
    ("majority", Vague::new(Unit::Ratio, dec!(0.5), Some(Decimal::ONE)).after_article()),
    ("tens", Vague::new(Unit::Bare, dec!(20), Some(dec!(200)))),
    ("dozens", Vague::new(Unit::Bare, dec!(20), Some(dec!(200)))),
    ("scores", Vague::new(Unit::Bare, dec!(30), Some(dec!(200)))),
    ("hundreds", Vague::new(Unit::Bare, dec!(200), Some(dec!(2_000)))),
    ("thousands", Vague::new(Unit::Bare, dec!(2_000), Some(dec!(20_000)))),
    ("millions", Vague::new(Unit::Bare, dec!(2_000_000), Some(dec!(2_000_000_000)))),
    ("billions", Vague::new(Unit::Bare, dec!(2_000_000_000), Some(dec!(2_000_000_000_000)))),
    ("trillions", Vague::new(Unit::Bare, dec!(2_000_000_000_000), None)),
]);

/// What a vague word says.
#[derive(Clone, Copy)]
struct Vague {
    unit: Unit,
    low: Decimal,
    high: Option<Decimal>,
    /// It is one after "a" or "the" only: "a few", "the majority".
    needs_article: bool,
}

impl Vague {
    const fn new(unit: Unit, low: Decimal, high: Option<Decimal>) -> Self {
        Self { unit, low, high, needs_article: false }
    }

    const fn after_article(self) -> Self {
        Self { needs_article: true, ..self }
    }
}

/// Lets the words through by their first letters.
pub(super) const fn vague_heads() -> Heads {
    WORDS.heads()
}

/// Lets vague words through.
pub(super) const fn vague_words() -> &'static Sieve {
    WORDS.sieve()
}

/// Whether the word may begin a vague quantity, articles aside.
pub(super) fn begins_vague(word: &str) -> bool {
    WORDS.get(word).is_some_and(|vague| !vague.needs_article)
}

/// Whether an article before the word begins a vague quantity.
pub(super) fn is_vague_after_article(word: &str) -> bool {
    WORDS.get(word).is_some_and(|vague| vague.needs_article)
}

/// Verbs behind "most" where it stands for most of them: "most will stay".
const BEHIND_MOST: [&str; 12] =
    ["are", "were", "have", "had", "will", "would", "could", "can", "may", "do", "did", "said"];

/// Whether the word before "scores" makes them results: "test scores of", "their scores of".
fn is_of_results(text: &str, at: usize) -> bool {
    const RESULTS: [&str; 24] = [
        "test", "exam", "math", "maths", "reading", "writing", "science", "credit", "average", "median",
        "mean", "high", "higher", "low", "lower", "top", "final", "the", "their", "its", "his", "her",
        "these", "approval",
    ];
    let before = text.get(..at).unwrap_or_default().trim_end();
    let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    RESULTS.iter().any(|it| is_word(word, it))
}

/// The vague quantity that begins at a byte: its end, its unit and what it allows.
pub(super) fn vague_at(text: &str, at: usize) -> Option<(usize, Unit, Interval)> {
    let first = word_at(text, at);
    let has_article = is_word(first, "a") || is_word(first, "the");
    let start = if has_article { at + first.len() + 1 } else { at };
    let word = if has_article { word_at(text, start) } else { first };
    let Vague { unit, low, high, .. } = WORDS.get(word).filter(|vague| vague.needs_article == has_article)?;
    let end = start + word.len();
    let after = text.get(end..)?;
    let is_of = after.starts_with(" of ");
    let is_fit = match word.to_ascii_lowercase().as_str() {
        // A share: "most of the", "most residents"; not "the most", "most likely".
        "most" => {
            let next = word_at(after, 1);
            let is_many =
                next.len() > 3 && next.ends_with('s') && !next.ends_with("ss") && after.starts_with(' ');
            let is_after_the =
                text.get(..at).is_some_and(|before| before.ends_with("the ") || before.ends_with("The "));
            let is_many = is_many || BEHIND_MOST.iter().any(|it| is_word(next, it)) && after.starts_with(' ');
            is_of
                || !is_after_the
                    && (is_many || is_word(next, "people") || is_word(next, "women") || is_word(next, "men"))
        }
        // "Tens of thousands", "scores of"; not "test scores".
        "tens" => is_of,
        "scores" => is_of && !is_of_results(text, at),
        // "A couple of"; not "the couple".
        // "A majority of 1,985" is so many, and "the majority she needed" half.
        "majority" => {
            let is_tally = after.strip_prefix(" of ").is_some_and(|rest| {
                rest.starts_with(|c: char| c.is_ascii_digit()) || begins_numeral(word_at(rest, 0))
            });
            !is_tally && (is_of || !is_word(first, "the"))
        }
        "couple" => (is_of || matches!(after, "" | " of")) && is_word(first, "a"),
        _ => true,
    };
    if !is_fit {
        return None;
    }
    let bounds = |low: Decimal, high: Option<Decimal>| {
        let low = if unit == Unit::Ratio { Low::Above(low) } else { Low::At(low) };
        Interval::new(low, high.map_or(High::Unbounded, High::At))
    };
    for (scale, by) in
        [("thousands", dec!(1_000)), ("millions", dec!(1_000_000)), ("billions", dec!(1_000_000_000))]
    {
        let rest = text.get(end..)?.strip_prefix(" of ").unwrap_or_default();
        let is_scaled =
            low >= dec!(20) && rest.get(..scale.len()).is_some_and(|word| word.eq_ignore_ascii_case(scale));
        if is_scaled {
            let end = end + " of ".len() + scale.len();
            return bounds(low * by, high.map(|high| high * by)).map(|interval| (end, unit, interval));
        }
    }
    bounds(low, high).map(|interval| (end, unit, interval))
}
