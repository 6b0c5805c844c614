//! Quantities that words leave open: "dozens", "several", "most".

use rust_decimal::{Decimal, dec};

use crate::number::{High, Interval, Low, is_word, word_at};
use crate::unit::Unit;

/// What a vague word allows. Scales ("dozens", "hundreds of thousands") reach from two of them up to two of the next;
/// the small ones follow common dictionaries.
const WORDS: &[(&str, Unit, Decimal, Option<Decimal>)] = &[
    ("several", Unit::Bare, dec!(3), Some(dec!(12))),
    ("handful", Unit::Bare, dec!(3), Some(dec!(9))),
    ("few", Unit::Bare, dec!(2), Some(dec!(9))),
    ("couple", Unit::Bare, dec!(2), Some(dec!(3))),
    ("most", Unit::Ratio, dec!(0.5), Some(Decimal::ONE)),
    ("majority", Unit::Ratio, dec!(0.5), Some(Decimal::ONE)),
    ("dozens", Unit::Bare, dec!(20), Some(dec!(200))),
    ("scores", Unit::Bare, dec!(30), Some(dec!(200))),
    ("hundreds", Unit::Bare, dec!(200), Some(dec!(2_000))),
    ("thousands", Unit::Bare, dec!(2_000), Some(dec!(20_000))),
    ("millions", Unit::Bare, dec!(2_000_000), Some(dec!(2_000_000_000))),
    ("billions", Unit::Bare, dec!(2_000_000_000), Some(dec!(2_000_000_000_000))),
    ("trillions", Unit::Bare, dec!(2_000_000_000_000), None),
];

/// The vague quantity that begins at a byte: its end, its unit and what it allows.
pub(super) fn vague_at(text: &str, at: usize) -> Option<(usize, Unit, Interval)> {
    let mut start = at;
    let mut word = word_at(text, start);
    if is_word(word, "a") || is_word(word, "the") {
        start += word.len() + 1;
        word = word_at(text, start);
        let is_one = ["handful", "few", "couple", "majority"].iter().any(|one| is_word(word, one));
        if !is_one {
            return None;
        }
    } else if ["handful", "few", "couple", "majority"].iter().any(|one| is_word(word, one)) {
        return None;
    }
    let (name, unit, low, high) = WORDS.iter().find(|(name, ..)| is_word(name, word))?;
    let end = start + word.len();
    // "most" counts only as a share: "most of the", "most people", not "the most".
    if *name == "most" && !text.get(end..)?.starts_with(" of ") {
        return None;
    }
    let bounds = |low: Decimal, high: Option<Decimal>| {
        let low = if *unit == Unit::Ratio { Low::Above(low) } else { Low::At(low) };
        Interval::new(low, high.map_or(High::Unbounded, High::At))
    };
    for (scale, by) in
        [("thousands", dec!(1_000)), ("millions", dec!(1_000_000)), ("billions", dec!(1_000_000_000))]
    {
        let rest = text.get(end..)?.strip_prefix(" of ").unwrap_or_default();
        let is_scaled =
            low >= &dec!(20) && rest.get(..scale.len()).is_some_and(|word| word.eq_ignore_ascii_case(scale));
        if is_scaled {
            let end = end + " of ".len() + scale.len();
            return bounds(low * by, high.map(|high| high * by)).map(|interval| (end, *unit, interval));
        }
    }
    bounds(*low, *high).map(|interval| (end, *unit, interval))
}
