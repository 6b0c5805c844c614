//! Hedges: the words that widen or direct a number, what they allow, and the verdict on a computed value.

mod against;
mod allowed;
mod fitting;
mod lexicon;
mod verdict;

pub use against::judge_against;
pub use allowed::{Allowed, Warned, Widths, allowed};
pub use fitting::{Fitting, fitting_words};
pub use lexicon::{Direction, Lexicon, Threshold};
pub use verdict::{How, Judgement, Verdict, judge};

/// The class of a hedge, by what it allows; see [`allowed`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hedge {
    /// No hedge: the number rounds the value.
    #[default]
    Plain,
    /// "exactly", "precisely".
    Exact,
    /// "about", "around", "roughly", "an estimated".
    About,
    /// "nearly", "almost", "just under".
    JustBelow,
    /// "just over", "a little more than".
    JustAbove,
    /// "more than", "over", "exceeded".
    Above,
    /// "at least", "no fewer than", "or more".
    AtLeast,
    /// "fewer than", "under".
    Below,
    /// "up to", "as many as", "no more than".
    AtMost,
    /// "well over", "far more than".
    MuchAbove,
    /// "well under", "far fewer than".
    MuchBelow,
}

impl Hedge {
    /// Words of the class that fit before any number; empty for a plain one.
    pub fn words(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Exact => "exactly",
            Self::About => "about",
            Self::JustBelow => "nearly",
            Self::JustAbove => "just over",
            Self::Above => "more than",
            Self::AtLeast => "at least",
            Self::Below => "fewer than",
            Self::AtMost => "no more than",
            Self::MuchAbove => "well over",
            Self::MuchBelow => "well under",
        }
    }
}

#[cfg(test)]
mod tests;
