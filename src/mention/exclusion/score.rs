//! Points and votes of two sides.

use super::token::{Token, digits};
use super::{Excluded, Exclusion};
use crate::number::{is_word, word_at};
use crate::text::WordTable;
use crate::unit::{scale_named, unit_named};

/// Words near two numbers that make them the points or votes of two sides.
static CONTESTS: WordTable<(), 64> = WordTable::new([
    ("vote", ()),
    ("votes", ()),
    ("voted", ()),
    ("voting", ()),
    ("won", ()),
    ("win", ()),
    ("wins", ()),
    ("winning", ()),
    ("lost", ()),
    ("lose", ()),
    ("losing", ()),
    ("loss", ()),
    ("beat", ()),
    ("beats", ()),
    ("beating", ()),
    ("beaten", ()),
    ("defeat", ()),
    ("defeated", ()),
    ("victory", ()),
    ("lead", ()),
    ("leads", ()),
    ("led", ()),
    ("leading", ()),
    ("trailed", ()),
    ("trailing", ()),
    ("tie", ()),
    ("tied", ()),
    ("draw", ()),
    ("drew", ()),
    ("record", ()),
    ("score", ()),
    ("scored", ()),
    ("scoreline", ()),
    ("final", ()),
    ("finished", ()),
    ("ruled", ()),
    ("ruling", ()),
    ("decision", ()),
    ("margin", ()),
    ("majority", ()),
    ("split", ()),
    ("passed", ()),
    ("approved", ()),
    ("rejected", ()),
    ("backed", ()),
    ("upheld", ()),
    ("aggregate", ()),
    ("halftime", ()),
    ("ahead", ()),
    ("up", ()),
    ("down", ()),
    ("rout", ()),
    ("triumph", ()),
    ("upset", ()),
    ("thrashed", ()),
    ("edged", ()),
    ("sets", ()),
    ("set", ()),
    ("straight", ()),
    ("shootout", ()),
    ("against", ()),
    ("over", ()),
    ("unbeaten", ()),
    ("season", ()),
]);

/// How many words on either side are looked at.
pub(super) const NEAR: usize = 4;

/// "3-1", "24–17", "a 5-4 vote", "10-4-1", "6-4, 6-3", "voted 7 to 2".
pub(super) fn at(token: &Token<'_>) -> Option<Excluded> {
    if token.length > 3 || !matches!(token.prefix, "" | "(") {
        return None;
    }
    let (end, dashed) = second(token)?;
    let bytes = token.text.as_bytes();
    let second = token.text.get(end - digits_before(bytes, end)..end)?;
    let (first, last): (u16, u16) = (token.digits().parse().ok()?, second.parse().ok()?);
    let mut end = end;
    let mut parts = 2;
    // A third part: wins, losses and draws.
    while dashed
        && bytes.get(end).is_some_and(|byte| matches!(byte, b'-'))
        && (1..=3).contains(&digits(bytes, end + 1))
    {
        end += 1 + digits(bytes, end + 1);
        parts += 1;
    }
    if is_measured(token.text, end) || parts > 3 {
        return None;
    }
    let is_contest = is_near_contest(token.text, token.at, end);
    let is_score =
        if dashed { is_contest || first >= last || parts == 3 } else { is_contest && is_by(token) };
    is_score.then(|| Excluded::new(token.at, end, Exclusion::Score))
}

/// Where the second number of two ends, and whether a dash is between them.
fn second(token: &Token<'_>) -> Option<(usize, bool)> {
    let after = token.after();
    let (rest, dashed) = match after.strip_prefix('-').or_else(|| after.strip_prefix('–')) {
        Some(rest) => (rest, true),
        None => (after.strip_prefix(" to ")?, false),
    };
    let count = digits(rest.as_bytes(), 0);
    let goes_on = rest.as_bytes().get(count..).unwrap_or_default();
    let is_decimal = matches!(goes_on, [b'.' | b',', digit, ..] if digit.is_ascii_digit());
    let is_joined = goes_on.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'%');
    ((1..=3).contains(&count) && !is_decimal && !is_joined)
        .then(|| (token.text.len() - rest.len() + count, dashed))
}

fn digits_before(bytes: &[u8], end: usize) -> usize {
    bytes.get(..end).unwrap_or_default().iter().rev().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Whether a unit follows, so that the two are a range: "10-12 percent".
pub(super) fn is_measured(text: &str, end: usize) -> bool {
    let start = end + usize::from(matches!(text.as_bytes().get(end), Some(b' ' | b'-')));
    let word = word_at(text, start);
    let is_unit = unit_named(word).is_some() && !is_word(word, "won");
    start > end
        && (is_unit || scale_named(word).is_some() || is_word(word, "per") || is_word(word, "percentage"))
}

/// "voted 7 to 2", "won by 3 to 1", "beat them 3 to 1": the word before is one of a contest.
fn is_by(token: &Token<'_>) -> bool {
    token.word_before().is_some_and(|(word, _)| is_word(word, "by") || CONTESTS.get(word).is_some())
}

fn is_near_contest(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = around(text, start, end);
    let is_of_contest = |word: &str| CONTESTS.get(word).is_some();
    words_back(before).take(NEAR).any(is_of_contest)
        || after.split(is_break).filter(|word| !word.is_empty()).take(NEAR).any(is_of_contest)
}

/// What stands around two numbers in their sentence, as far as it is looked at.
pub(super) fn around(text: &str, start: usize, end: usize) -> (&str, &str) {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let far = 60;
    let before =
        before.get(before.ceil_char_boundary(before.len().saturating_sub(far))..).unwrap_or_default();
    let after = after.get(..after.floor_char_boundary(far)).unwrap_or(after);
    let sentence = |part: &str, ends: bool| if ends { part.rfind(". ") } else { part.find(". ") };
    let before = sentence(before, true).and_then(|at| before.get(at..)).unwrap_or(before);
    let after = sentence(after, false).and_then(|at| after.get(..at)).unwrap_or(after);
    (before, after)
}

pub(super) fn words_back(before: &str) -> impl Iterator<Item = &str> {
    before.rsplit(is_break).filter(|word| !word.is_empty())
}

fn is_break(c: char) -> bool {
    !c.is_ascii_alphabetic() && c != '\''
}
