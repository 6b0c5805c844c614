//! One number with its sign and its unit.

use rust_decimal::{Decimal, dec};

use super::Kind;
use super::age::with_age;
use super::attached::{unit_after, with_unit};
use super::rate::with_rate;
use crate::number::{Numeral, Style, Written, is_word, numeral_at, order, word_at};
use crate::text::Span;
use crate::unit::{Base, Factor, Unit, currency_named, is_money_sign};

/// A number with what is attached to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub(super) span: Span,
    pub(super) written: Written,
    /// What its scale words multiply by.
    pub(super) scale: Decimal,
    pub(super) style: Style,
    pub(super) unit: Unit,
    pub(super) factor: Factor,
    /// What it is counted per, where that is no unit.
    pub(super) per: Option<Span>,
    pub(super) kind: Kind,
    pub(super) is_signed: bool,
}

/// The amount that begins at a byte: at its sign, currency symbol or code, or first digit or word.
pub(super) fn amount_at(text: &str, start: usize) -> Option<Amount> {
    let (sign, mut at) = sign_at(text, start);
    let currency = currency_before(text, at);
    if let Some((_, past)) = currency {
        at = past;
    }
    // "$-5" and "-$5" are both written.
    let (inner, at) = if currency.is_some() { sign_at(text, at) } else { (None, at) };
    let numeral = numeral_at(text, at)?;
    let sign = sign.or(inner);
    let numeral = match currency {
        Some((_, past)) if is_in_millions(text, start, past) => numeral.times_a_million()?,
        _ => numeral,
    };
    let mut amount = Amount {
        span: Span::new(start, numeral.end),
        written: numeral.written,
        scale: numeral.scale,
        style: numeral.style,
        unit: currency.map_or(Unit::Bare, |(unit, _)| unit),
        factor: Factor::ONE,
        per: None,
        kind: kind_of(&numeral, currency.is_some()),
        is_signed: sign.is_some(),
    };
    if sign == Some(Sign::Minus) {
        amount.written.value.set_sign_negative(!amount.written.value.is_zero());
    }
    if amount.style == Style::Multiple {
        amount.unit = Unit::Ratio;
        return Some(amount);
    }
    let next = Behind::new(text, numeral.end);
    let amount = with_unit(text, with_ratio(text, amount, &next), &next);
    Some(with_age(text, with_rate(text, amount, &next)))
}

/// The word behind a numeral, which most rules ask for.
pub(super) struct Behind<'t> {
    end: usize,
    next: Option<NextWord<'t>>,
}

impl<'t> Behind<'t> {
    fn new(text: &'t str, end: usize) -> Self {
        Self { end, next: NextWord::after(text, end) }
    }

    /// The word after a byte, which is the numeral's end unless something belonged to it.
    pub(super) fn after(&self, text: &'t str, at: usize) -> Option<NextWord<'t>> {
        if at == self.end { self.next } else { NextWord::after(text, at) }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Minus,
    Plus,
}

/// A sign before a number, where it is one: not a hyphen or dash between words or numbers.
fn sign_at(text: &str, at: usize) -> (Option<Sign>, usize) {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    let (sign, length) = match bytes {
        [b'-', ..] => (Sign::Minus, 1),
        // The minus sign and the en dash.
        [0xE2, 0x88, 0x92, ..] | [0xE2, 0x80, 0x93, ..] => (Sign::Minus, 3),
        [b'+', ..] => (Sign::Plus, 1),
        [b'm' | b'M' | b'n' | b'N', ..] => {
            let word = word_at(text, at);
            // "Plus or minus 3" is on either side.
            let is_either = || text.get(..at).is_some_and(|before| before.ends_with("lus or "));
            let is_sign = is_word(word, "minus") && !is_either() || is_word(word, "negative");
            let past = at + word.len() + 1;
            return if is_sign && bytes.get(word.len()) == Some(&b' ') {
                (Some(Sign::Minus), past)
            } else {
                (None, at)
            };
        }
        _ => return (None, at),
    };
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let stands_alone =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '$' | '€' | '£'));
    if !stands_alone {
        return (None, at);
    }
    let past = at + length;
    let mut next = text.get(past..).unwrap_or_default().trim_start_matches(' ');
    let gap = text.len() - past - next.len();
    next = next.trim_start_matches(['$', '€', '£']);
    let is_number = next.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if is_number && (gap == 0 || before.is_none()) { (Some(sign), past + gap) } else { (None, at) }
}

/// A currency symbol, or an ISO 4217 code and a space, before a number.
fn currency_before(text: &str, at: usize) -> Option<(Unit, usize)> {
    const LONGEST: usize = 5;
    let bytes = text.as_bytes().get(at..)?;
    if bytes.first()?.is_ascii_digit() {
        return None;
    }
    let window = bytes.get(..=LONGEST).unwrap_or(bytes);
    // A no-break space and the minus sign begin with bytes that no symbol has in its middle.
    let length = window
        .iter()
        .position(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b' ' | b'\t' | b'\n' | b'\r'))
        .unwrap_or(window.len());
    let symbol = text.get(at..at + length).filter(|symbol| !symbol.is_empty());
    let symbol = symbol?.trim_end_matches(['\u{a0}', '−']);
    let is_code = is_money_sign(symbol)
        || matches!(symbol.len(), 3 | 4) && symbol.bytes().all(|byte| byte.is_ascii_uppercase());
    if symbol.len() > LONGEST || !is_code && symbol.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let code = symbol.strip_prefix('M').filter(|code| code.len() == 3).unwrap_or(symbol);
    let currency = currency_named(code)?;
    let after = text.get(at + symbol.len()..)?;
    let bare = after.trim_start_matches([' ', '\u{a0}']);
    Some((Unit::money(currency), text.len() - bare.len()))
}

/// "MAUD 60": a million before the code.
fn is_in_millions(text: &str, start: usize, past: usize) -> bool {
    let symbol = text.get(start..past).unwrap_or_default().trim_end();
    symbol.len() == 4 && symbol.starts_with('M') && symbol.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn kind_of(numeral: &Numeral, is_money: bool) -> Kind {
    match numeral.style {
        _ if is_money => Kind::Money,
        Style::Fraction => Kind::Fraction,
        Style::Multiple => Kind::Multiple,
        _ => Kind::Number,
    }
}

/// "one in five", "8 out of 10": the second number is one that people count such things by.
fn with_ratio<'t>(text: &'t str, amount: Amount, next: &Behind<'t>) -> Amount {
    if amount.unit != Unit::Bare {
        return amount;
    }
    let end = amount.span.end as usize;
    let next = next.after(text, end);
    let after = match next {
        Some(next) if is_word(next.word, "in") => {
            past_words(text, end, &["in", "every"]).or(next.past_space(text))
        }
        Some(next) if is_word(next.word, "out") => {
            past_words(text, end, &["out", "of", "every"]).or_else(|| past_words(text, end, &["out", "of"]))
        }
        Some(next) if is_word(next.word, "of") && past_words(text, end, &["of", "every"]).is_some() => {
            past_words(text, end, &["of", "every"])
        }
        // "3 of 10"; "12 of 40" is a part beside its whole.
        Some(next) if is_word(next.word, "of") && amount.written.value < Decimal::TEN => {
            next.past_space(text).filter(|at| is_small(text, *at))
        }
        // "one over twenty"; "2000 over 3" where nothing else is said
        Some(next)
            if is_word(next.word, "over")
                && (amount.written.value.abs() == Decimal::ONE
                    || amount.span.start == 0 && ends_after(text, next)) =>
        {
            next.past_space(text)
        }
        // "one case in 11"
        Some(next)
            if next.word.starts_with(|c: char| c.is_ascii_lowercase())
                && order(amount.written.value, Decimal::ONE).is_eq() =>
        {
            let after = NextWord::after(text, next.end()).filter(|after| is_word(after.word, "in"));
            let at = after.and_then(|after| after.past_space(text));
            at.filter(|at| {
                text.as_bytes().get(*at).is_some_and(u8::is_ascii_digit) || ends_as_ratio(text, *at)
            })
        }
        // "four rows in five"
        Some(next) if next.word.ends_with('s') && amount.written.value < Decimal::TEN => {
            let after = NextWord::after(text, next.end()).filter(|after| is_word(after.word, "in"));
            after.and_then(|after| after.past_space(text)).filter(|at| ends_as_ratio(text, *at))
        }
        _ => return with_odds(text, amount),
    };
    let is_plain = amount.written.value.is_integer() && amount.scale == Decimal::ONE;
    let Some(whole) = after.filter(|_| is_plain).and_then(|at| numeral_at(text, at)) else { return amount };
    let is_any =
        amount.written.value.abs() == Decimal::ONE || next.is_some_and(|next| is_word(next.word, "out"));
    let is_quotient = next.is_some_and(|next| is_word(next.word, "over"));
    let (part, base) = (amount.written.value, whole.written.value);
    let is_year = whole.style == Style::FourDigits;
    let is_round = (is_any && !is_year || is_quotient) && base > Decimal::ONE
        || base == dec!(12)
        || base == dec!(15)
        || (base <= Decimal::TEN && base >= Decimal::TWO)
        || (base.is_integer()
            && (base % Decimal::TEN).is_zero()
            && (base <= Decimal::ONE_HUNDRED || is_power_of_ten(base)));
    let is_word_number = whole.style == Style::Digits || whole.style == Style::Words;
    let followed_by_unit = unit_after(text, whole.end).is_some();
    if !is_round || !is_word_number || part > base && !is_quotient || part.is_zero() || followed_by_unit {
        return amount;
    }
    let Some(value) = part.checked_div(base) else { return amount };
    Amount {
        span: Span { end: whole.end.try_into().unwrap_or(u32::MAX), ..amount.span },
        written: Written { value, step: Decimal::ZERO, firm: false, fraction: true },
        style: Style::Fraction,
        kind: Kind::Fraction,
        ..amount
    }
}

/// Whether a number behind the word ends the text.
fn ends_after(text: &str, word: NextWord<'_>) -> bool {
    let whole = word.past_space(text).and_then(|at| numeral_at(text, at));
    whole.is_some_and(|whole| whole.end == text.trim_end().len())
}

/// Whether a number of at most ten begins there with nothing behind it that it could count: "in five were lost".
fn ends_as_ratio(text: &str, at: usize) -> bool {
    const BEHIND: [&str; 16] = [
        "is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "will", "would", "could",
        "can", "said", "says",
    ];
    let whole = numeral_at(text, at).filter(|whole| whole.written.value <= Decimal::TEN);
    whole.is_some_and(|whole| match NextWord::after(text, whole.end) {
        Some(next) => BEHIND.iter().any(|verb| is_word(next.word, verb)),
        None => !text.get(whole.end..).is_some_and(|rest| rest.starts_with(['-', '/'])),
    })
}

/// Whether a number of at most ten begins there.
fn is_small(text: &str, at: usize) -> bool {
    numeral_at(text, at).is_some_and(|whole| whole.written.value <= Decimal::TEN)
}

/// "3-to-1", "two-to-one".
fn with_odds(text: &str, amount: Amount) -> Amount {
    let end = amount.span.end as usize;
    let after = text.get(end..).and_then(|rest| rest.strip_prefix("-to-"));
    let Some(against) = after.and_then(|_| numeral_at(text, end + "-to-".len())) else { return amount };
    let is_plain = against.written.value.is_integer() && against.written.value > Decimal::ZERO;
    let goes_on = text.get(against.end..).is_some_and(|rest| rest.starts_with("-to-"));
    let Some(value) =
        amount.written.value.checked_div(against.written.value).filter(|_| is_plain && !goes_on)
    else {
        return amount;
    };
    Amount {
        span: Span { end: against.end.try_into().unwrap_or(u32::MAX), ..amount.span },
        written: Written { value, step: Decimal::ONE, firm: true, fraction: false },
        unit: Unit::Ratio,
        kind: Kind::Multiple,
        ..amount
    }
}

fn is_power_of_ten(value: Decimal) -> bool {
    let digits = value.normalize().to_string();
    digits.starts_with('1') && digits.bytes().skip(1).all(|digit| digit == b'0')
}

/// Where a text goes on past white space and these words.
pub(super) fn past_words(text: &str, at: usize, words: &[&str]) -> Option<usize> {
    let mut at = at;
    for word in words {
        at = past_space(text, at)?;
        let found = word_at(text, at);
        if !is_word(found, word) {
            return None;
        }
        at += word.len();
    }
    past_space(text, at)
}

/// A word after a number, past white space.
#[derive(Clone, Copy)]
pub(super) struct NextWord<'t> {
    pub(super) word: &'t str,
    end: usize,
}

impl<'t> NextWord<'t> {
    pub(super) fn after(text: &'t str, at: usize) -> Option<Self> {
        let start = past_space(text, at)?;
        let word = word_at(text, start);
        (!word.is_empty()).then_some(Self { word, end: start + word.len() })
    }

    /// Where the word ends.
    pub(super) fn end(self) -> usize {
        self.end
    }

    /// Where the text goes on past the word and white space.
    pub(super) fn past_space(self, text: &str) -> Option<usize> {
        past_space(text, self.end)
    }
}

pub(super) fn past_space(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = at;
    loop {
        end += match bytes.get(end..).unwrap_or_default() {
            [b' ' | b'\n', ..] => 1,
            [0xC2, 0xA0, ..] => 2,
            _ => return (end > at).then_some(end),
        };
    }
}

/// Whether a unit is one of time.
pub(super) fn is_time(unit: Unit) -> bool {
    matches!(unit, Unit::Of(of) if of.exponent(Base::Day) > 0 || of.exponent(Base::Month) > 0)
}
