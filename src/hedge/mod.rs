//! Hedges: the words that widen or direct a number, what they allow, and the verdict on a computed value.

mod lexicon;

pub use lexicon::{Direction, Lexicon};

/// The class of a hedge, by what it allows.
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
