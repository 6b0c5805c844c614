//! Two numbers with a word between that are one result: votes of two sides, runs for wickets.

use rust_decimal::Decimal;

use super::score::{NEAR, around, is_measured, words_back};
use super::{Excluded, Exclusion};
use crate::number::{Numeral, Style, is_word, numeral_at, past_digits, word_at};
use crate::text::WordTable;

/// How many bytes the digits of a result may take: a text of digits and commas alone is not passed anew at each of them.
const LONGEST: usize = 24;

/// "1,361 to 151", "five for 61", "voted seven to two": the votes of two sides in digits with separators or in words, and the
/// runs and wickets of a side at cricket.
pub(super) fn at(text: &str, at: usize) -> Option<Excluded> {
    // Nearly all numbers are told by what follows their digits or word to be none of two.
    let near = text.get(..text.floor_char_boundary(at + LONGEST)).unwrap_or(text);
    let end = match past_digits(near, at) {
        end if end > at => end,
        _ => at + word_at(text, at).len(),
    };
    let (joint, is_for) = joint_at(text.as_bytes().get(end..)?)?;
    let first = numeral_at(text, at).filter(is_whole).filter(|first| first.end == end)?;
    let second = numeral_at(text, first.end + joint.len()).filter(is_whole)?;
    let is_joined =
        text.get(second.end..)?.starts_with(|c: char| c.is_alphanumeric() || c == '%' || c == '-');
    if is_joined || is_measured(text, second.end) {
        return None;
    }
    let is_it = if is_for {
        is_of_cricket(text, at, second.end, [first.written.value, second.written.value])
    } else {
        let is_digits = first.style == Style::Digits;
        let is_dashed = joint != " to ";
        // "5-4 vote" is one by its shape, and "ten-to-one" are odds.
        let is_range = first.written.value <= second.written.value;
        (!is_dashed || is_digits && first.end - at > 3)
            && is_vote(text, [at, second.end], is_dashed, is_range)
    };
    is_it.then(|| Excluded::new(at, second.end, Exclusion::Score))
}

/// What stands between the two, and whether it is "for".
fn joint_at(bytes: &[u8]) -> Option<(&'static str, bool)> {
    match bytes {
        [b' ', b'f', b'o', b'r', b' ', ..] => Some((" for ", true)),
        [b' ', b't', b'o', b' ', ..] => Some((" to ", false)),
        [b'-', ..] => Some(("-", false)),
        // The en dash.
        [0xE2, 0x80, 0x93, ..] => Some(("–", false)),
        _ => None,
    }
}

fn is_whole(numeral: &Numeral) -> bool {
    let is_plain = matches!(numeral.style, Style::Digits | Style::FourDigits | Style::Words);
    is_plain && numeral.scale == Decimal::ONE && numeral.written.value.is_integer()
}

/// Words of those who vote; of verbs, a number may stand further away ("backed the deal by |412 to 57").
static VOTES: WordTable<IsVerb, 14> = WordTable::new([
    ("vote", IsVerb(false)),
    ("votes", IsVerb(false)),
    ("voted", IsVerb(true)),
    ("voting", IsVerb(false)),
    ("ballot", IsVerb(false)),
    ("ballots", IsVerb(false)),
    ("passed", IsVerb(true)),
    ("approved", IsVerb(true)),
    ("rejected", IsVerb(true)),
    ("backed", IsVerb(true)),
    ("endorsed", IsVerb(true)),
    ("ratified", IsVerb(true)),
    ("carried", IsVerb(true)),
    ("ruled", IsVerb(true)),
]);

#[derive(Clone, Copy)]
struct IsVerb(bool);

/// Whether two numbers are the votes of two sides: "voted |1,361 to 151", "backed the deal by |412 to 57"; but not
/// "approved |12 to 15 homes".
fn is_vote(text: &str, [start, end]: [usize; 2], is_dashed: bool, is_range: bool) -> bool {
    let (before, after) = around(text, start, end);
    let is_verb = |word: &str| VOTES.get(word).is_some_and(|IsVerb(is_verb)| is_verb);
    let mut words = words_back(before);
    let last = words.next().unwrap_or_default();
    if is_dashed && VOTES.get(word_at(after.trim_start(), 0)).is_some() {
        return true;
    }
    if is_word(last, "of") {
        return words.next().is_some_and(|word| VOTES.get(word).is_some());
    }
    if is_word(last, "by") {
        return words.take(NEAR).any(is_verb);
    }
    is_word(last, "voted")
        || !is_range && (VOTES.get(last).is_some() || is_dashed && words.take(NEAR).any(is_verb))
}

/// Words of cricket.
static CRICKET: WordTable<(), 20> = WordTable::new([
    ("wicket", ()),
    ("wickets", ()),
    ("innings", ()),
    ("runs", ()),
    ("overs", ()),
    ("batted", ()),
    ("batting", ()),
    ("batsman", ()),
    ("batsmen", ()),
    ("batter", ()),
    ("batters", ()),
    ("bowled", ()),
    ("bowler", ()),
    ("bowling", ()),
    ("bowlers", ()),
    ("declared", ()),
    ("cricket", ()),
    ("stumps", ()),
    ("crease", ()),
    ("spin", ()),
]);

/// How far words of cricket may be.
const PARAGRAPH: usize = 300;

/// Whether two numbers with "for" between are runs for wickets, or wickets for runs: one of them is at most ten, and the
/// text around speaks of cricket.
fn is_of_cricket(text: &str, start: usize, end: usize, sides: [Decimal; 2]) -> bool {
    if !sides.iter().any(|side| *side <= Decimal::TEN) {
        return false;
    }
    let from = text.floor_char_boundary(start.saturating_sub(PARAGRAPH));
    let to = text.ceil_char_boundary((end + PARAGRAPH).min(text.len()));
    let mut parts = [text.get(from..start), text.get(end..to)].into_iter().flatten();
    // What is sold for so much has a noun: "three for 10 dollars", "10 for four tickets".
    let next = text.get(end..).unwrap_or_default();
    let is_end =
        !next.starts_with(' ') || !word_at(next, 1).ends_with('s') || is_word(word_at(next, 1), "as");
    is_end
        && parts.any(|part| {
            part.split(|c: char| !c.is_ascii_alphabetic()).any(|word| CRICKET.get(word).is_some())
        })
}

#[cfg(test)]
mod tests {
    use crate::hedge::Lexicon;
    use crate::mention::survey;

    fn scores(text: &str) -> Vec<&str> {
        let all = survey(text, Lexicon::shipped());
        all.excluded.iter().filter(|it| it.rule.name() == "score").map(|it| it.span.of(text)).collect()
    }

    #[test]
    fn votes_of_two_sides_are_a_score() {
        let cases: &[(&str, &[&str])] = &[
            ("drivers voted by 1,361 to 151 to strike", &["1,361 to 151"]),
            ("voted 1,361-151 to strike", &["1,361-151"]),
            ("backed it 1,361-151", &["1,361-151"]),
            ("approved 1,200-1,400 homes and 120 to 150 flats", &[]),
            ("a vote of 1,361 to 151", &["1,361 to 151"]),
            ("voted seven to two against it", &["seven to two"]),
            ("passed by 52 votes to 48", &[]),
            ("voted to move 1,361 to 151 wards", &[]),
            ("the vote rose by 300 to 1,100", &[]),
            ("fell by 1,200 to 8,400", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(scores(text), *expected, "{text}");
        }
    }

    #[test]
    fn runs_for_wickets_are_a_score() {
        let cases: &[(&str, &[&str])] = &[
            ("They were 58 for four and won by two wickets.", &["58 for four"]),
            ("at 212 for 6 declared", &["212 for 6"]),
            ("Garside bowled all day and took five for 61.", &["five for 61"]),
            ("They sell three for 10 in the shop.", &[]),
            ("The crease is wide, and there are 12 for four tickets.", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(scores(text), *expected, "{text}");
        }
    }
}
