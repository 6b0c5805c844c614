//! A number as somebody wrote it: its value, and how much its digits say.

use rust_decimal::Decimal;

use super::Interval;

/// One written number. `value` and `step` are in the unit that is written with it: "5%" is 5, "9.5 billion" is
/// 9,500,000,000 with a step of 100,000,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The value.
    pub value: Decimal,
    /// One unit of the last significant written digit: 1 for "12,347", 1000 for "117,000", 0.1 billion for
    /// "9.5 billion". For fractions and multiples in words ("two-thirds", "twice"), 0 and 1.
    pub step: Decimal,
    /// Whether the step is set by a written non-zero or decimal digit (or the number is a percentage, or an integer
    /// under 100), and not by trailing zeros or a scale word alone.
    pub firm: bool,
    /// Whether it is a fraction or a ratio ("two-thirds", "one in five", "half"), whose denominator says how finely
    /// it is meant.
    pub fraction: bool,
}

impl Written {
    /// Half a step to both sides: what rounds to the number as written.
    pub fn rounding(&self) -> Interval {
        let half = self.step / Decimal::TWO;
        Interval::closed(self.value.saturating_sub(half), self.value.saturating_add(half))
    }
}

/// What the words for a quantity denote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A single number.
    One(Written),
    /// "between a and b", "a to b", "a–b": both ends as written, in the order written.
    Range(Written, Written),
    /// A number with a declared margin: "± 0.4".
    Margin(Written, Decimal),
    /// "dozens", "hundreds of", "several", "most": any number that the words name.
    Vague(Interval),
}
