//! First times: the words of a number held against the values before it, of none of which they may be right.

use super::{Held, Record, hold};
use crate::formula::Value;
use crate::hedge::{Hedge, How, Judgement, Threshold, Verdict, Widths};
use crate::mention::Mention;
use crate::number::{Decimal, Interval, Reading};
use crate::series::Effect;

/// What is said to be so for the first time. The words are read in as many as three ways, since they may be right of an earlier
/// value without doubt, or only if they are stretched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct First {
    /// As they are right of the value itself.
    said: Mention,
    /// As they are right without doubt.
    surely: Mention,
    /// As they may be right.
    perhaps: Mention,
}

impl First {
    /// Reads the number that is come to for the first time; `verb` is the verb before it that leaves open from which side,
    /// and `fell` whether the value just before was higher. `None` for a number that is neither passed nor reached.
    pub fn new(number: Mention, verb: Option<Threshold>, fell: bool) -> Option<Self> {
        let with = |hedge: Hedge| Mention { hedge, ..number };
        let (past, at) = if fell { (Hedge::Below, Hedge::AtMost) } else { (Hedge::Above, Hedge::AtLeast) };
        let (said, surely, perhaps) = match (number.hedge, verb) {
            _ if matches!(number.reading, Reading::Range(..) | Reading::Margin(..)) => return None,
            (Hedge::Above | Hedge::AtLeast | Hedge::Below | Hedge::AtMost, _) => (number, number, number),
            // "Well over 10,000": 10,001 is over it, and whether well is a matter of taste.
            (Hedge::MuchAbove, _) => (number, number, with(Hedge::Above)),
            (Hedge::MuchBelow, _) => (number, number, with(Hedge::Below)),
            // "Hit 3%": so does what rounds to it.
            (Hedge::Plain, Some(Threshold::Reached)) => (number, with(at), number),
            (Hedge::Plain, Some(Threshold::Passed)) => (with(past), with(past), with(at)),
            _ => return None,
        };
        Some(Self { said, surely, perhaps })
    }

    /// What earlier values of the series, which have the unit of `value`, do to its being the first.
    pub fn effects(
        &self,
        value: &Value,
        earlier: impl Iterator<Item = Decimal>,
        widths: &Widths,
    ) -> Vec<Effect> {
        let mut value = value.clone();
        let effect = |earlier: Decimal| {
            (value.nominal, value.range) = (earlier, Interval::point(earlier));
            if is_right(&self.surely, &value, widths) {
                Effect::Breaks
            } else if is_right(&self.perhaps, &value, widths) {
                Effect::Doubt
            } else {
                Effect::None
            }
        };
        earlier.map(effect).collect()
    }

    /// Holds the words against the value itself, and then the record; of a number that is wrong, nothing need be the
    /// first. How far past it the value lies is no matter: thresholds are round.
    pub fn held(&self, value: &Value, record: &Record, widths: &Widths) -> Held {
        let surely = hold(&self.surely, value, || None, widths);
        let is_right = |held: &Held| held.judgement.verdict == Verdict::Supported;
        let held = if is_right(&surely) { surely } else { hold(&self.said, value, || None, widths) };
        if !is_right(&held) {
            return surely;
        }
        let judgement =
            Judgement { verdict: record.verdict(), how: How::Record, warned: None, ..held.judgement };
        Held { judgement, ..held }
    }
}

fn is_right(words: &Mention, value: &Value, widths: &Widths) -> bool {
    hold(words, value, || None, widths).judgement.verdict == Verdict::Supported
}

/// Why words tell no first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFirst<'t> {
    /// "The second month": one earlier value was so.
    #[error("\"{0}\" is not the first, and only first times can be held against the values before")]
    Ordinal(&'t str),
    /// "Had never exceeded 10,000": what is said is that it was not so.
    #[error("\"{0}\" says what was not so before, and not what is so for the first time")]
    Never(&'t str),
    /// "Was 10,000", "nearly 10,000".
    #[error("\"{0}\" does not say from which side the number is passed, so that nothing can be the first")]
    NoSide(&'t str),
}

impl NoFirst<'_> {
    /// What to do.
    pub fn help(self) -> &'static str {
        match self {
            Self::Ordinal(_) => "claim the number alone, without `record`",
            Self::Never(_) => "quote words that say the first time: \"exceeded … for the first time\"",
            Self::NoSide(_) => {
                "say it in the draft: \"exceeded 10,000\", \"at least 10,000\", \"fell below 10,000\", \"reached 10,000\""
            }
        }
    }
}

/// Whether words may say a first time, in which `number` is the number with its hedge. Those with the word "first" do.
///
/// # Errors
/// What they say instead.
pub fn is_first_in_words<'t>(words: &'t str, number: &'t str) -> Result<(), NoFirst<'t>> {
    const ORDINALS: [&str; 10] =
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last"];
    const TURNS: [&str; 6] = ["time", "day", "week", "month", "quarter", "year"];
    let bare = |word: &'t str| word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_any = |word: &str, known: &[&str]| known.iter().any(|it| it.eq_ignore_ascii_case(word));
    let all: Vec<&str> = words.split(|c: char| c.is_whitespace() || c == '-').map(bare).collect();
    if all.iter().any(|word| is_any(word, &["first"])) {
        return Ok(());
    }
    let is_ordinal =
        |pair: &&[&str]| matches!(pair, [nth, turn] if is_any(nth, &ORDINALS) && is_any(turn, &TURNS));
    if let Some([nth, _]) = all.windows(2).find(is_ordinal) {
        return Err(NoFirst::Ordinal(nth));
    }
    let lead = number.split_whitespace().next().unwrap_or_default();
    let is_never =
        is_any(lead, &["never", "not", "cannot"]) || lead.ends_with("n't") || lead.ends_with("n’t");
    if is_never { Err(NoFirst::Never(number)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::hedge::Lexicon;
    use crate::mention::read_whole;
    use crate::scope::Scope;
    use crate::unit::Unit;

    fn effect(words: &str, verb: Option<Threshold>, fell: bool, earlier: Decimal) -> Option<Effect> {
        let mention = read_whole(words, Lexicon::shipped()).unwrap();
        let value = Value {
            nominal: Decimal::ZERO,
            range: Interval::point(Decimal::ZERO),
            unit: Unit::Bare,
            scope: Scope::default(),
            difference: None,
            is_comparison: false,
            issues: Vec::new(),
            across_years: None,
        };
        let first = First::new(mention, verb, fell)?;
        first.effects(&value, std::iter::once(earlier), &Widths::default()).first().copied()
    }

    #[test]
    fn an_earlier_value_breaks_a_first_of_which_the_words_are_right() {
        for (words, earlier, expected) in [
            ("more than 10,000", dec!(10_000), Effect::None),
            ("more than 10,000", dec!(10_001), Effect::Breaks),
            ("more than 10,000", dec!(90_000), Effect::Breaks),
            ("at least 10,000", dec!(10_000), Effect::Breaks),
            ("fewer than 8,000", dec!(8_000), Effect::None),
            ("fewer than 8,000", dec!(7_999), Effect::Breaks),
            ("well over 10,000", dec!(10_200), Effect::Doubt),
            ("well over 10,000", dec!(10_900), Effect::Breaks),
            ("well under 10,000", dec!(9_900), Effect::Doubt),
        ] {
            assert_eq!(effect(words, None, false, earlier), Some(expected), "{words}, {earlier}");
        }
    }

    #[test]
    fn a_verb_leaves_the_side_to_what_was_before() {
        let (reached, passed) = (Some(Threshold::Reached), Some(Threshold::Passed));
        for (verb, fell, earlier, expected) in [
            (reached, false, dec!(10_000), Effect::Breaks),
            (reached, false, dec!(9_900), Effect::Doubt),
            (reached, false, dec!(8_000), Effect::None),
            (reached, true, dec!(8_000), Effect::Breaks),
            (reached, true, dec!(12_000), Effect::None),
            (passed, false, dec!(10_000), Effect::Doubt),
            (passed, false, dec!(9_999), Effect::None),
            (passed, true, dec!(9_999), Effect::Breaks),
        ] {
            assert_eq!(effect("10,000", verb, fell, earlier), Some(expected), "{verb:?}, {fell}, {earlier}");
        }
    }

    #[test]
    fn a_number_that_nothing_is_past_is_no_first() {
        for words in ["10,000", "about 10,000", "nearly 10,000", "exactly 10,000", "10,000 to 12,000"] {
            assert_eq!(effect(words, None, false, dec!(10_000)), None, "{words}");
        }
    }

    #[test]
    fn words_without_a_first_are_told_apart() {
        let first = |words, number| is_first_in_words(words, number);
        assert_eq!(first("the first time that it has not exceeded 300", "not exceeded 300"), Ok(()));
        assert_eq!(first("more than 300 for the first time in the second quarter", "more than 300"), Ok(()));
        assert_eq!(first("not since 2017 have fewer than 300 come", "fewer than 300"), Ok(()));
        assert_eq!(first("the second month above 300", "above 300"), Err(NoFirst::Ordinal("second")));
        assert_eq!(
            first("had never exceeded 300 before", "never exceeded 300"),
            Err(NoFirst::Never("never exceeded 300"))
        );
        assert_eq!(
            first("hasn’t exceeded 300 since 2017", "hasn’t exceeded 300"),
            Err(NoFirst::Never("hasn’t exceeded 300"))
        );
    }
}
