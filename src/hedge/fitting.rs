//! Words that would fit, in the manner of those that do not.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Hedge, Verdict, Widths, allowed, judge};
use crate::number::{Interval, Reading, Written, numeral_at};

/// Words for `value` in the manner of the written number `text` ("$9.5 billion", "7%"): as many decimals, the same
/// symbols and scale words; then with one decimal more. Plain where that fits, else hedged; each is judged supported
/// without a warning. Empty where the number is written in words, or nothing fits.
pub fn fitting_words(value: Decimal, text: &str, written: &Written, widths: &Widths) -> Vec<String> {
    let Some(manner) = Manner::of(text, written) else { return Vec::new() };
    let mut fitting = Vec::new();
    let mut printed = None;
    for decimals in [manner.decimals, manner.decimals + 1] {
        let Some((number, rounded)) = manner.print(value, decimals) else { continue };
        // One decimal more that is zero says nothing more.
        if printed.replace(rounded) == Some(rounded) {
            break;
        }
        let step = Decimal::new(1, decimals).saturating_mul(manner.scale);
        let as_written = Written { value: rounded, step, ..reread(&number, rounded, step) };
        let candidates: &[(Hedge, &str)] = match rounded.cmp(&value) {
            std::cmp::Ordering::Less => {
                &[(Hedge::Plain, ""), (Hedge::JustAbove, "just over "), (Hedge::About, "about ")]
            }
            std::cmp::Ordering::Greater => {
                &[(Hedge::Plain, ""), (Hedge::JustBelow, "nearly "), (Hedge::About, "about ")]
            }
            std::cmp::Ordering::Equal => &[(Hedge::Plain, "")],
        };
        for (hedge, words) in candidates {
            let judged =
                judge(&allowed(*hedge, &Reading::One(as_written), widths), &Interval::point(value), value);
            if judged.verdict == Verdict::Supported && judged.warned.is_none() {
                fitting.push(format!("{words}{number}"));
                break;
            }
        }
    }
    fitting
}

/// How a number in digits is written.
struct Manner<'t> {
    before: &'t str,
    after: &'t str,
    decimals: u32,
    has_commas: bool,
    /// What the scale words multiply by.
    scale: Decimal,
}

impl<'t> Manner<'t> {
    fn of(text: &'t str, written: &Written) -> Option<Self> {
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let is_part = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
        let rest = text.get(start..)?;
        let digits =
            rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()))?.trim_end_matches([',', '.']);
        let after = rest.get(digits.len()..)?;
        if after.contains(|c: char| c.is_ascii_digit() || c == '/') || written.fraction {
            return None;
        }
        let plain: Decimal = digits.replace(',', "").parse().ok()?;
        let scale = if plain.is_zero() { Decimal::ONE } else { written.value.abs().checked_div(plain)? };
        let before = text.get(..start)?.trim_end_matches(['-', '−', '–', '+']);
        Some(Self {
            before,
            after,
            decimals: plain.scale(),
            has_commas: !digits.contains('.') || digits.contains(','),
            scale,
        })
    }

    /// The number rounded to so many decimals, printed, and its value.
    fn print(&self, value: Decimal, decimals: u32) -> Option<(String, Decimal)> {
        let scaled = value.checked_div(self.scale)?;
        let mut rounded = scaled.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        rounded.rescale(decimals);
        let plain = rounded.to_string();
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let whole = if self.has_commas || whole.len() > 4 { grouped(whole) } else { whole.to_owned() };
        let point = if decimals.is_empty() { "" } else { "." };
        let text = format!("{}{whole}{point}{decimals}{}", self.before, self.after);
        Some((text, rounded.checked_mul(self.scale)?))
    }
}

/// The precision that a reader would see in the printed number.
fn reread(text: &str, value: Decimal, step: Decimal) -> Written {
    let digits = text.find(|c: char| c.is_ascii_digit()).and_then(|at| numeral_at(text, at));
    digits.map_or(Written { value, step, firm: true, fraction: false }, |numeral| numeral.written)
}

fn grouped(whole: &str) -> String {
    let digits = whole.trim_start_matches('-').len();
    let sign = whole.len() - digits;
    let mut out = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > sign && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
