//! Mentions: numbers found in running English, with their hedge, unit and kind.

mod age;
mod amount;
mod attached;
mod combined;
mod counted;
mod elided;
mod exclusion;
mod level;
mod phrase;
mod points;
mod rate;
mod read;
mod start;
mod vague;

pub use counted::{Counted, counted};
pub use exclusion::{Excluded, Exclusion};
pub use read::{ReadError, Survey, read, read_until, read_whole, survey};

use std::borrow::Cow;

use crate::hedge::Hedge;
use crate::number::Reading;
use crate::text::Span;
use crate::unit::{Factor, Unit, name_of, rate_name};

/// A number found in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// The number with its sign, scale words and unit words ("$9.5 billion", "5%", "70 days"), without the hedge.
    pub span: Span,
    /// Value and precision as written, in `unit`'s written form: 5 for "5%"; 9,500,000,000 for "$9.5 billion".
    pub reading: Reading,
    /// The unit, [`Unit::Bare`] where none is written.
    pub unit: Unit,
    /// From the value as written to the quantity as kept in `unit`.
    pub factor: Factor,
    /// What it is counted per, where that is no unit of its own: "share" in "$1.54 a share".
    pub per: Option<Span>,
    /// What sort of expression it is.
    pub kind: Kind,
    /// The hedge, [`Hedge::Plain`] where there is none.
    pub hedge: Hedge,
    /// Where the hedge's words stand, before or after the number.
    pub hedge_span: Option<Span>,
    /// Whether a sign is written before the number ("−5%", "+3"), to be taken literally.
    pub is_signed: bool,
    /// Whether its unit is that of the number before, and left out here: 41 in "52 percent voted for her and 41 for him".
    pub is_elided: bool,
}

/// What sort of expression a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A plain number, a count.
    Number,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// Percentage or basis points.
    Points,
    /// A fraction or ratio: "two-thirds", "one in five".
    Fraction,
    /// A multiple: "twice", "three times", "tripled".
    Multiple,
    /// A length of time.
    Duration,
    /// Somebody's or something's age: "aged 34", "30-year-old", "Maria Lopez, 34,".
    Age,
    /// So many per something: "a day", "per 100,000".
    Rate,
    /// A physical quantity: metres, kilograms, degrees.
    Measure,
    /// "dozens", "several", "most".
    Vague,
}

impl Kind {
    /// Its name, as reports have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Points => "points",
            Self::Fraction => "fraction",
            Self::Multiple => "multiple",
            Self::Duration => "duration",
            Self::Age => "age",
            Self::Rate => "rate",
            Self::Measure => "measure",
            Self::Vague => "vague",
        }
    }
}

impl Mention {
    /// The unit as it is written in this text, in the singular: "week" for three weeks, "USD", "USD per month", "USD per
    /// share"; `None` where none is.
    pub fn unit_name(&self, text: &str) -> Option<Cow<'static, str>> {
        let Some(per) = self.per else { return self.own_unit_name() };
        let unit = self.own_unit_name();
        Some(format!("{} per {}", unit.as_deref().unwrap_or("count"), per.of(text)).into())
    }

    fn own_unit_name(&self) -> Option<Cow<'static, str>> {
        match name_of(self.unit, self.factor) {
            Some(name) => Some(name.into()),
            None if self.unit == Unit::Bare => None,
            None => Some(rate_name(self.unit, self.factor).unwrap_or_else(|| self.unit.to_string()).into()),
        }
    }

    /// Whether it is a range, a margin or a vague word, and no single number.
    pub fn reading_is_range(&self) -> bool {
        !matches!(self.reading, Reading::One(_))
    }

    /// The number together with its hedge: what an editor would change.
    pub fn words(&self) -> Span {
        self.hedge_span.map_or(self.span, |hedge| hedge.join(self.span))
    }
}

#[cfg(test)]
mod tests;
