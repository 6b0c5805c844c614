//! Relations that a text states between its numbers, as something that a formula can say.

use crate::text::Span;

/// How one number of a text follows from others of it. Spans are those of the numbers without their hedges, in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The number that follows.
    pub stated: Span,
    /// How it follows.
    pub rule: Rule,
    /// The numbers that it follows from, in the order in which the rule takes them.
    pub operands: Vec<Span>,
}

/// How a number follows from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// By how much the second differs from the first, as part of the first.
    Change,
    /// By how many points the second percentage differs from the first.
    Points,
    /// The first as a part of the second.
    Share,
    /// How many times the second goes into the first.
    Ratio,
    /// The first spread over the second.
    Quotient,
    /// All of them together.
    Sum,
    /// The first less the others.
    Difference,
    /// Their average.
    Mean,
    /// It is the one number in other words.
    Same,
}

impl Rule {
    /// The formula over figures of these names: "change(before, after)".
    pub fn formula(self, names: &[&str]) -> String {
        let call = |function| format!("{function}({})", names.join(", "));
        match self {
            Self::Change => call("change"),
            Self::Points => call("points"),
            Self::Share => call("share"),
            Self::Ratio => call("ratio"),
            Self::Mean => call("mean"),
            Self::Quotient => names.join(" / "),
            Self::Sum => names.join(" + "),
            Self::Difference => names.join(" - "),
            Self::Same => names.concat(),
        }
    }
}
