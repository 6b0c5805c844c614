//! Raised text. Most is the mark of a footnote, and "12,300" with a raised 1 is not 123,001; but the raised end of "21st" is
//! part of the number, and many word processors raise it by themselves.

/// Whether `raised` belongs to the number before it, as the end of an ordinal.
pub(super) fn is_ordinal_ending(before: &str, raised: &str) -> bool {
    before.ends_with(|last: char| last.is_ascii_digit())
        && ["st", "nd", "rd", "th"].iter().any(|ending| raised.trim_ascii_end().eq_ignore_ascii_case(ending))
}
