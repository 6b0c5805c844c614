//! Numerals in words, and the scale words that follow digits.

use rust_decimal::{Decimal, dec};

use super::digits::is_attached;
use super::names::{Name, name, numeral_words, one, part, scale_suffix, scale_suffixes, scale_word};
use super::parts::{and_a_part, half_of, of_a_scale, parts_of, quarter_of, with_decimals};
use super::{Numeral, Style, numeral_at, written};
use crate::number::Written;
use crate::text::{Sieve, past_letters};

/// The ASCII letters from a byte on.
#[inline]
pub fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.get(..past_letters(rest.as_bytes(), 0)).unwrap_or_default()
}

/// Whether a word is `other`, in any case.
pub fn is_word(word: &str, other: &str) -> bool {
    word.eq_ignore_ascii_case(other)
}

/// What stands between two words of a numeral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    Space,
    Hyphen,
}

/// Where the next word or digit begins, past spaces or a hyphen, which may stand between spaces ("fifty - two").
pub(super) fn gap(text: &str, at: usize) -> (usize, Gap) {
    let bytes = text.as_bytes();
    match bytes.get(at..).unwrap_or_default() {
        [b' ', b'-', b' ', ..] => (at + 3, Gap::Hyphen),
        [b' ' | b'\t' | b'\n', b' ' | b'\t' | b'\n', ..] => {
            let spaces = bytes.iter().skip(at).take(FAR).take_while(|byte| byte.is_ascii_whitespace());
            (at + spaces.count(), Gap::Space)
        }
        [0xC2, 0xA0, ..] => (at + 2, Gap::Space),
        [b' ' | b'\t' | b'\n', ..] => (at + 1, Gap::Space),
        [b'-', ..] => (at + 1, Gap::Hyphen),
        [0xE2, 0x80, 0xAF | 0x89 | 0x91 | 0x90, ..] => (at + 3, Gap::Space),
        _ => (at, Gap::None),
    }
}

/// How many spaces may stand between two words of a numeral.
const FAR: usize = 4;

/// The word that follows in a numeral, and where it ends.
pub(super) fn next_word(text: &str, at: usize) -> Option<(&str, usize)> {
    let (start, gap) = gap(text, at);
    let word = word_at(text, start);
    let end = start + word.len();
    (gap != Gap::None && !word.is_empty() && !continues(text, end)).then_some((word, end))
}

/// Whether a word goes on past its ASCII letters: "million2", "onée".
pub(super) fn continues(text: &str, end: usize) -> bool {
    match text.as_bytes().get(end) {
        None => false,
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric() || *byte == b'_',
        Some(_) => text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric),
    }
}

/// A numeral in digits, from a byte on, with the scale words that follow it, and "and a half" after them.
pub(super) fn scales(text: &str, from: usize, mut numeral: Numeral) -> Option<Numeral> {
    let (start, between) = gap(text, numeral.end);
    let word = word_at(text, start);
    // Most numbers are followed by what they count, which ends the matter.
    if !FOLLOWING.admits(word.as_bytes()) {
        return Some(numeral);
    }
    let is_suffix = is_attached(between) || between == Gap::Space && may_stand_apart(text, start, word);
    let suffix = scale_suffix(word).filter(|_| is_suffix && !continues(text, start + word.len()));
    if let Some(scale) = suffix.filter(|_| !is_unit(text, from, &numeral, word, start + word.len())) {
        numeral = numeral.scaled(scale, start + word.len())?;
    }
    while let Some((word, end)) = next_word(text, numeral.end) {
        let Some(scale) = scale_word(word) else { break };
        numeral = numeral.scaled(scale, end)?;
    }
    Some(and_a_part(text, numeral).or_else(|| and_the_rest(text, numeral)).unwrap_or(numeral))
}

/// Lets through what may go on a numeral in digits: scales, their suffixes, "and a half".
static FOLLOWING: Sieve = following();

const fn following() -> Sieve {
    let mut sieve = numeral_words().or(scale_suffixes());
    sieve.admit("and");
    sieve.admit("MM");
    sieve.admit("G");
    sieve
}

/// Whether a suffix may have a space before it: "5 bn"; of the letters alone some, where nothing follows ("2.3 k").
fn may_stand_apart(text: &str, start: usize, word: &str) -> bool {
    let is_last = || !text.get(start + word.len()..).is_some_and(|rest| rest.starts_with([' ', '-']));
    word.len() > 1 || matches!(word, "k" | "M" | "G") && is_last()
}

/// Whether a letter behind digits is a unit: "100t" are tonnes and "$1t" a trillion, "573.15K" are kelvins, "1.8m tall" are
/// metres, and a packet of "1500b" has no billions.
fn is_unit(text: &str, from: usize, numeral: &Numeral, word: &str, end: usize) -> bool {
    let is_money = || text.get(..from).is_some_and(|before| before.ends_with(['$', '€', '£', '¥']));
    match word {
        "t" => !is_money(),
        "b" => !is_money() && numeral.written.value >= Decimal::ONE_THOUSAND,
        "K" => !is_money() && numeral.written.value.scale() > 1,
        "m" => {
            is_length(text, end)
                || is_grouped_length(text, from, numeral, end)
                || is_stretch(text, from, numeral, end)
        }
        _ => false,
    }
}

/// "6,000m": thousands of millions are said as billions, but of money ("£6,000m") and of what is counted.
fn is_grouped_length(text: &str, from: usize, numeral: &Numeral, end: usize) -> bool {
    let is_grouped = text.get(from..numeral.end).is_some_and(|digits| digits.contains(','));
    let before = text.get(..from).unwrap_or_default().trim_end();
    let next = word_at(text, gap(text, end).0);
    is_grouped
        && !before.ends_with(|c: char| !c.is_ascii() || c == '$' || c.is_ascii_uppercase())
        && !next.ends_with('s')
}

/// "the final 400m.": a stretch of a race, where nothing follows that would be counted in millions.
fn is_stretch(text: &str, from: usize, numeral: &Numeral, end: usize) -> bool {
    const STRETCHES: [&str; 5] = ["final", "last", "opening", "closing", "first"];
    let before = text.get(..from).unwrap_or_default().trim_end();
    let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let is_followed = text.get(end..).is_some_and(|rest| {
        rest.starts_with(' ')
            && !["of the", "and", "before", "after", "in", "when", "with", "to"]
                .iter()
                .any(|it| rest.get(1..).is_some_and(|rest| rest.starts_with(it)))
    });
    !is_followed
        && numeral.written.value.is_integer()
        && numeral.written.value <= Decimal::ONE_THOUSAND
        && STRETCHES.iter().any(|it| is_word(word, it))
}

/// Whether what follows an "m" makes it metres: "1.8m tall", "the 100m hurdles".
pub fn is_length(text: &str, end: usize) -> bool {
    const LENGTHS: [&str; 29] = [
        "tall",
        "across",
        "deeper",
        "higher",
        "longer",
        "wider",
        "taller",
        "offshore",
        "high",
        "long",
        "wide",
        "deep",
        "away",
        "apart",
        "below",
        "above",
        "sprint",
        "hurdles",
        "freestyle",
        "backstroke",
        "breaststroke",
        "butterfly",
        "relay",
        "dash",
        "steeplechase",
        "thick",
        "underwater",
        "race",
        "final",
    ];
    let (start, between) = gap(text, end);
    let word = word_at(text, start);
    if is_word(word, "and") {
        // "3m and 5cm"
        let (digits, _) = gap(text, start + word.len());
        let rest = text.get(digits..).unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_digit());
        return rest.starts_with("cm");
    }
    between == Gap::Space && LENGTHS.iter().any(|length| is_word(word, length))
}

/// "4 thousand | 3 hundred | and 21": what follows a hundred or thousand and is less than it.
fn and_the_rest(text: &str, numeral: Numeral) -> Option<Numeral> {
    let is_open = [dec!(100), dec!(1_000), dec!(100_000), dec!(10_000_000)].contains(&numeral.scale);
    if !is_open || !numeral.written.value.is_integer() {
        return None;
    }
    let (mut at, mut between) = gap(text, numeral.end);
    let has_and = is_word(word_at(text, at), "and");
    if has_and {
        (at, between) = gap(text, at + "and".len());
    }
    // "3 hundred 21" are two numbers; "3 thousand 4 hundred" is one.
    let rest = (between == Gap::Space).then(|| numeral_at(text, at)).flatten()?;
    let fits = rest.written.value < numeral.scale
        && rest.written.value >= Decimal::ONE
        && rest.written.value.is_integer()
        && (has_and || rest.scale == Decimal::ONE_HUNDRED || rest.written.value > Decimal::ONE_HUNDRED);
    let value = numeral.written.value.checked_add(rest.written.value)?;
    fits.then_some(Numeral {
        end: rest.end,
        written: Written { value, ..rest.written },
        style: Style::Words,
        scale: Decimal::ONE,
    })
}

/// A numeral in words.
pub(super) fn at(text: &str, start: usize) -> Option<Numeral> {
    let numeral = without_part(text, start)?;
    let whole = match numeral.style {
        Style::Words => with_decimals(text, start, numeral).or_else(|| and_a_part(text, numeral)),
        Style::Fraction => of_a_scale(text, numeral),
        _ => None,
    };
    Some(whole.unwrap_or(numeral))
}

/// A numeral in words up to an "and a half".
pub(super) fn without_part(text: &str, start: usize) -> Option<Numeral> {
    let first = word_at(text, start);
    let mut end = start + first.len();
    if continues(text, end) {
        return None;
    }
    let mut sum = Cardinal::default();
    match name(first) {
        Some(Name::Multiple(multiple)) => {
            let written =
                Written { value: Decimal::from(multiple), step: Decimal::ONE, firm: true, fraction: false };
            return Some(Numeral { end, written, style: Style::Multiple, scale: Decimal::ONE });
        }
        Some(Name::Parted(parts)) => {
            return Some(Numeral::fraction(end, Decimal::ONE / Decimal::from(parts)));
        }
        Some(Name::Part(4)) => return quarter_of(text, end),
        Some(Name::Part(_)) => return is_word(first, "half").then(|| half_of(text, end))?,
        Some(Name::One(one)) => sum.push_one(Decimal::from(one)),
        None if is_article(first) => {
            let (word, past) = next_word(text, end)?;
            if let Some(part) = part(word, true) {
                return Some(Numeral::fraction(past, Decimal::ONE / Decimal::from(part)));
            }
            if let Some(fraction) = parts_of(text, end, Decimal::ONE, None) {
                return Some(fraction);
            }
            let scale = scale_word(word)?;
            sum.push_one(Decimal::ONE);
            sum.push_scale(scale)?;
            end = past;
        }
        Some(Name::Scale(scale)) if scale != dec!(12) => {
            sum.push_one(Decimal::ONE);
            sum.push_scale(scale)?;
        }
        Some(Name::Scale(_)) | None => return None,
    }
    while let Some((word, past)) = sum.next(text, end) {
        if let Some(scale) = scale_word(word) {
            if sum.push_scale(scale).is_none() {
                break;
            }
        } else if let Some(spoken) = spoken_hundreds(text, end, &sum) {
            (sum.current, sum.last, end) = (spoken.0, 1, spoken.1);
            continue;
        } else if let Some(one) = one(word).filter(|one| sum.takes(*one)) {
            sum.push_one(one);
            if past - end > word.len() + " and".len() {
                sum.tens = None;
            }
        } else {
            break;
        }
        end = past;
    }
    let value = sum.value()?;
    if let Some(fraction) = parts_of(text, end, value, sum.open_tens()) {
        return Some(fraction);
    }
    if is_ordinal(text, end) {
        return None;
    }
    let is_loose = sum.scale > Decimal::ONE_HUNDRED;
    let written = if is_loose { Written { firm: false, ..written(value) } } else { written(value) };
    Some(Numeral { end, written, style: Style::Words, scale: sum.scale })
}

/// "one | twenty two": hundreds as they are spoken; in writing, tens and ones have a hyphen.
fn spoken_hundreds(text: &str, end: usize, sum: &Cardinal) -> Option<(Decimal, usize)> {
    let hundreds = sum.current;
    let is_first = sum.last == 1 && sum.total.is_zero() && hundreds < Decimal::TEN && !hundreds.is_zero();
    let (tens, past) = next_word(text, end).filter(|_| is_first)?;
    let tens = one(tens).filter(|tens| *tens >= dec!(20))?;
    let (ones, end) = next_word(text, past).filter(|_| text.as_bytes().get(past) == Some(&b' '))?;
    let ones = one(ones).filter(|ones| *ones < Decimal::TEN && !ones.is_zero())?;
    Some((hundreds * Decimal::ONE_HUNDRED + tens + ones, end))
}

fn is_article(word: &str) -> bool {
    is_word(word, "a") || is_word(word, "an")
}

/// "twenty|-first": the numeral is the beginning of an ordinal.
fn is_ordinal(text: &str, end: usize) -> bool {
    let (start, gap) = gap(text, end);
    let word = word_at(text, start);
    let is_named =
        ["first", "second"].iter().any(|ordinal| is_word(word, ordinal)) || part(word, true).is_some();
    gap == Gap::Hyphen && is_named && !is_word(word, "half")
}

/// A cardinal on its way: "three hundred | and twenty-one | thousand".
#[derive(Default)]
struct Cardinal {
    /// Closed by scale words from a thousand on.
    total: Decimal,
    /// What the next scale word multiplies.
    current: Decimal,
    /// The last thing said: 0 for nothing, 1 for ones, 10 for tens, 100 for hundreds, 1000 for higher scales.
    last: u16,
    /// The last scale word from a thousand on, past which only smaller ones may come.
    closed: Option<Decimal>,
    /// All scale words at the end.
    scale: Decimal,
    /// The tens that were said last, right behind a hundred or thousand.
    tens: Option<Decimal>,
}

impl Cardinal {
    /// Tens that the name of a part may take: "one hundred | thirty-fifths".
    fn open_tens(&self) -> Option<Decimal> {
        self.tens.filter(|_| self.last == 10)
    }

    fn push_one(&mut self, one: Decimal) {
        self.tens = (self.last >= 100 && one >= dec!(20)).then_some(one);
        self.current += one;
        self.last = if one >= dec!(20) { 10 } else { 1 };
        self.scale = Decimal::ONE;
    }

    /// Whether a number under a hundred can follow: ones after tens, anything after hundreds and thousands.
    fn takes(&self, one: Decimal) -> bool {
        match self.last {
            10 => one < Decimal::TEN && !one.is_zero(),
            100 | 1000 => !one.is_zero(),
            _ => false,
        }
    }

    fn push_scale(&mut self, scale: Decimal) -> Option<()> {
        if scale == dec!(12) && self.last < 100 && self.current >= Decimal::ONE_HUNDRED {
            // "three hundred and two dozen"
            let dozens = self.current % Decimal::ONE_HUNDRED;
            self.current = self.current - dozens + dozens * scale;
            return Some(());
        }
        if scale == Decimal::ONE_HUNDRED {
            if self.last == 100 || self.last == 1000 {
                return None;
            }
            self.current = self.current.checked_mul(scale)?;
            self.last = 100;
        } else if self.last == 1000 && (!self.current.is_zero() || self.scale != Decimal::ONE) {
            // "hundred thousand million": a scale upon a scale.
            self.total = self.total.checked_mul(scale)?;
        } else {
            if self.closed.is_some_and(|closed| scale >= closed) {
                return None;
            }
            self.total = self.total.checked_add(self.current.checked_mul(scale)?)?;
            self.current = Decimal::ZERO;
            self.closed = Some(scale);
            self.last = 1000;
        }
        self.scale = self.scale.max(Decimal::ONE).checked_mul(scale)?;
        Some(())
    }

    /// The next word, past an "and" that a hundred or thousand allows.
    fn next<'t>(&self, text: &'t str, end: usize) -> Option<(&'t str, usize)> {
        // "three million, two hundred thousand"
        let is_parted = self.closed.is_some_and(|closed| closed >= dec!(1_000_000))
            && self.last == 1000
            && text.as_bytes().get(end) == Some(&b',');
        if is_parted {
            let (word, past) = next_word(text, end + 1)?;
            let is_more = next_word(text, past)
                .is_some_and(|(scale, _)| is_word(scale, "hundred") || is_word(scale, "thousand"));
            return is_more.then_some((word, past));
        }
        if text.get(end..).is_some_and(|rest| rest.starts_with(" & ")) {
            return next_word(text, end + " &".len())
                .filter(|(word, _)| self.last >= 100 && one(word).is_some());
        }
        let (word, past) = next_word(text, end)?;
        if !is_word(word, "and") {
            return Some((word, past));
        }
        let (after, past) = next_word(text, past)?;
        let number = one(after).filter(|_| self.last >= 100)?;
        // "a million and three | quarters" adds a part, "a hundred and thirty | fifths" are parts all of it.
        let is_part = |number: Decimal, past: usize| {
            let many = next_word(text, past).and_then(|(word, _)| part(word, number == Decimal::ONE));
            many.is_some_and(|many| number < Decimal::from(many))
        };
        let has_ones = next_word(text, past).and_then(|(word, past)| Some((one(word)?, past)));
        let is_part =
            is_part(number, past) || has_ones.is_some_and(|(ones, past)| is_part(number + ones, past));
        (!is_part).then_some((after, past))
    }

    fn value(&self) -> Option<Decimal> {
        self.total.checked_add(self.current)
    }
}
