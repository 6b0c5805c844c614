//! What a value is said to be, in words: the highest, the lowest, the first.

use crate::assessment::Feat;
use crate::series::Extreme;

/// "The highest since 2019", "the first since 2019".
pub(super) fn noun(feat: Feat) -> &'static str {
    match feat {
        Feat::Extreme(extreme) => extreme.word(),
        Feat::First => "first",
    }
}

/// How the value at a key breaks it.
pub(super) fn broken(feat: Feat, key: &str, value: &str, is_equal: bool) -> String {
    match feat {
        Feat::Extreme(_) if is_equal => format!("it was equalled in {key}, with {value}"),
        Feat::Extreme(extreme) => format!("{key} was {}, with {value}", past(extreme)),
        Feat::First => format!("it was so in {key}, with {value}"),
    }
}

/// What a value that breaks it is to the one that is claimed.
pub(super) fn beside(feat: Feat, is_equal: bool) -> &'static str {
    match feat {
        Feat::Extreme(_) if is_equal => "the same",
        Feat::Extreme(extreme) => past(extreme),
        Feat::First => "so before",
    }
}

/// That nothing in a period breaks it.
pub(super) fn not_so(feat: Feat, period: &str) -> String {
    match feat {
        Feat::Extreme(Extreme::Highest) => format!("nothing in {period} was so high"),
        Feat::Extreme(Extreme::Lowest) => format!("nothing in {period} was so low"),
        Feat::First => format!("nothing in {period} was so"),
    }
}

fn past(extreme: Extreme) -> &'static str {
    match extreme {
        Extreme::Highest => "higher",
        Extreme::Lowest => "lower",
    }
}
