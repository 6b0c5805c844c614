//! Units and their arithmetic: what a number is a number of.

mod algebra;
mod currency;
mod table;
mod words;

pub use algebra::{Base, Conversion, Dimension};
pub use currency::Currency;
pub use words::{
    Factor, Named, currency_named, is_money_sign, name_of, rate_name, scale_named, unit_named, unit_words,
};

use std::borrow::Cow;
use std::fmt;

/// What a number is a number of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Nothing is said: a literal in a formula, a cell without a declared unit. It takes the unit that it meets.
    #[default]
    Bare,
    /// A plain ratio of two things of one unit, a multiple, a fraction.
    Ratio,
    /// A ratio, written times 100. Quantities are kept as the ratio: 5% is 0.05.
    Percent,
    /// The difference of two percentages; kept as the ratio, like [`Unit::Percent`].
    Points,
    /// A ratio written per so many: "per 100,000". Kept as the ratio.
    Per(u32),
    /// Counts, money, time and what is made of them.
    Of(Dimension),
}

impl Unit {
    /// A count of things; which things is the scope's `measure`.
    pub const COUNT: Self = Self::Of(Dimension::of(Base::Count));
    /// A length of time in days; seconds, hours and weeks are fractions and multiples of it.
    pub const DAYS: Self = Self::Of(Dimension::of(Base::Day));
    /// A length of time in months, a twelfth of a year each; quarters, years and decades are multiples of it.
    pub const MONTHS: Self = Self::Of(Dimension::of(Base::Month));

    /// An amount of money.
    pub fn money(currency: Currency) -> Self {
        Self::Of(Dimension::of(Base::Money(currency)))
    }

    /// What a kept quantity is multiplied by to be as written: 100 for percent and points, n for "per n", else 1.
    pub fn written_factor(self) -> u32 {
        match self {
            Self::Percent | Self::Points => 100,
            Self::Per(many) => many,
            Self::Bare | Self::Ratio | Self::Of(_) => 1,
        }
    }

    /// As reports name it; [`fmt::Display`] prints the same. Names that most values have are made without a string.
    pub fn name(self) -> Cow<'static, str> {
        let known = match self {
            Self::Bare => "number",
            Self::Ratio => "ratio",
            Self::Percent => "percent",
            Self::Points => "percentage points",
            Self::Per(_) => return self.to_string().into(),
            Self::Of(dimension) => match dimension.known_name() {
                Some(known) => known,
                None => return self.to_string().into(),
            },
        };
        known.into()
    }

    /// Whether it is so much per length of time.
    pub fn is_rate(self) -> bool {
        matches!(self, Self::Of(of) if of.exponent(Base::Day) < 0 || of.exponent(Base::Month) < 0)
    }

    /// Whether it is a ratio of some kind.
    pub fn is_ratio(self) -> bool {
        matches!(self, Self::Ratio | Self::Percent | Self::Points | Self::Per(_))
    }
}

/// As reports name it: `percent`, `percentage points`, `USD`, `count per day`; `number` where nothing is said.
impl fmt::Display for Unit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Per(many) => write!(out, "per {many}"),
            Self::Of(dimension) => write!(out, "{dimension}"),
            Self::Bare | Self::Ratio | Self::Percent | Self::Points => out.write_str(&self.name()),
        }
    }
}
