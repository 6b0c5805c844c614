//! Alignment of a quote's words with part of a text (Smith and Waterman's, whole on the quote's side).

use super::tokens::Token;

/// For a word that is the same.
const SAME: i32 = 8;
/// For a word left out or put in.
const GAP: i32 = -2;

/// How a cell of the table was reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The text's words before the passage.
    Start,
    /// A word of each, against each other.
    Both,
    /// A word of the quote that the text has not.
    Quote,
    /// A word of the text that the quote has not.
    Text,
}

/// The tokens `from..to` of the text that fit the quote best, and how alike they are in percent.
pub(super) fn align(
    wanted: &[Token],
    quote: &str,
    there: &[Token],
    text: &str,
) -> Option<(usize, usize, u8)> {
    let width = there.len() + 1;
    // Scores of the row before; steps of all rows, and what the words aligned are worth.
    let mut scores: Vec<(i32, i32)> = vec![(0, 0); width];
    let mut steps = vec![Step::Start; width];
    for want in wanted {
        let mut diagonal = scores.first().copied()?;
        let mut left = (diagonal.0 + GAP, diagonal.1);
        *scores.first_mut()? = left;
        steps.push(Step::Quote);
        for (have, cell) in there.iter().zip(scores.iter_mut().skip(1)) {
            let likeness = likeness(want.span.of(quote), have.span.of(text));
            let worth = likeness.max(0);
            let options = [
                (diagonal.0 + likeness, diagonal.1 + worth, Step::Both),
                (cell.0 + GAP, cell.1, Step::Quote),
                (left.0 + GAP, left.1, Step::Text),
            ];
            // The first of equals: a changed word is one word against another.
            let best = options.into_iter().reduce(|best, next| if next.0 > best.0 { next } else { best })?;
            diagonal = *cell;
            left = (best.0, best.1);
            *cell = left;
            steps.push(best.2);
        }
    }
    // The last of equals, as a changed last word is part of the passage.
    let (to, &(_, worth)) = scores.iter().enumerate().max_by_key(|(_, score)| score.0)?;
    let from = back(&steps, width, wanted.len(), to)?;
    let longer = i32::try_from(wanted.len().max(to - from)).ok()?;
    let percent = worth.checked_mul(100)?.checked_div(longer * SAME)?;
    Some((from, to, u8::try_from(percent).ok()?))
}

/// Follows the steps from the end of the passage to its beginning.
fn back(steps: &[Step], width: usize, rows: usize, to: usize) -> Option<usize> {
    let (mut row, mut column) = (rows, to);
    while row > 0 {
        match steps.get(row * width + column)? {
            Step::Start => break,
            Step::Both => {
                row -= 1;
                column = column.checked_sub(1)?;
            }
            Step::Quote => row -= 1,
            Step::Text => column = column.checked_sub(1)?,
        }
    }
    Some(column)
}

/// How alike two words are, from [`SAME`] down to as bad as a gap. Of two numbers, the one with more of the same first
/// digits is more likely to be meant.
fn likeness(one: &str, other: &str) -> i32 {
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let common = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let longer = one.len().max(other.len());
    if one == other {
        SAME
    } else if one.eq_ignore_ascii_case(other) {
        SAME - 1
    } else if has_digit(one) || has_digit(other) {
        let shared = i32::try_from(common.min(longer) * 4 / longer.max(1)).unwrap_or(0);
        if has_digit(one) && has_digit(other) { 1 + shared } else { GAP }
    } else if common >= 4 && common * 3 >= longer * 2 {
        SAME / 2
    } else {
        GAP
    }
}
