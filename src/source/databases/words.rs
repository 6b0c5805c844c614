//! What databases say, fit to be repeated.

/// How much of it is repeated.
const LONGEST: usize = 400;

/// The words on one line, without what steers a terminal, and not without end.
pub(super) fn plain(words: &str) -> String {
    let mut plain: String =
        words.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if words.chars().nth(LONGEST).is_some() {
        plain.push('…');
    }
    plain
}
