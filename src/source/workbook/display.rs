//! Numbers as a spreadsheet shows them, from what is stored and the format of the cell.
//!
//! A file stores what the processor computed, 0.1 + 0.2 as 0.30000000000000004. Programs show at most fifteen significant
//! digits of it (Microsoft, "Excel specifications and limits": number precision, 15 digits; `LibreOffice` likewise), and
//! fifteen digits are what a binary number of 64 bits can hold of any decimal. The text that is stored is therefore
//! rounded to fifteen digits, in decimals. How many of them a format shows is not heeded: "12.3" may be 12.3456.

use std::fmt::Write as _;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

/// The significant digits that are shown.
const DIGITS: u32 = 15;

/// What the format of a cell makes of its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberFormat {
    kind: Kind,
    /// A currency sign.
    sign: Option<&'static str>,
    /// How many times a thousand is left out: `#,##0,` shows 117,000 as 117.
    thousands: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Plain,
    Percent,
    Date,
    Clock,
    /// Hours past 24.
    Elapsed,
}

impl NumberFormat {
    /// The format of one of the numbers that stand for formats (ECMA-376, part 1, 18.8.30).
    pub(super) fn built_in(id: u32) -> Self {
        let kind = match id {
            9 | 10 => Kind::Percent,
            14..=17 | 22 | 27..=31 | 34..=36 | 50..=58 => Kind::Date,
            18..=21 | 32 | 33 | 45 | 47 => Kind::Clock,
            46 => Kind::Elapsed,
            _ => Kind::Plain,
        };
        Self { kind, ..Self::default() }
    }

    /// The format of a code: `0.0%`, `yyyy\-mm\-dd`, `[$€-407]#,##0`. Only what it says of positive numbers is read.
    pub(super) fn of_code(code: &str) -> Self {
        let mut format = Self::default();
        if code.trim().eq_ignore_ascii_case("general") {
            return format;
        }
        let (mut is_date, mut is_clock) = (false, false);
        let mut rest = code;
        while let Some(next) = rest.chars().next() {
            let after = rest.get(next.len_utf8()..).unwrap_or_default();
            let (taken, following) = match next {
                ';' => break,
                '"' => after.split_once('"').unwrap_or((after, "")),
                '[' => after.split_once(']').unwrap_or((after, "")),
                '\\' => split_character(after),
                '_' | '*' => ("", split_character(after).1),
                _ => (rest.get(..next.len_utf8()).unwrap_or_default(), after),
            };
            match next {
                '[' => {
                    let in_full = taken.trim_matches(['h', 'm', 's', 'H', 'M', 'S']).is_empty();
                    match taken.strip_prefix('$') {
                        Some(currency) => format.sign = format.sign.or(local_sign(currency)),
                        None if in_full && !taken.is_empty() => format.kind = Kind::Elapsed,
                        None => {}
                    }
                }
                '0' | '#' | '?' => format.thousands = 0,
                ',' => format.thousands += 1,
                '%' => format.kind = Kind::Percent,
                'y' | 'Y' | 'd' | 'D' => is_date = true,
                'h' | 'H' | 's' | 'S' => is_clock = true,
                'm' | 'M' => is_date |= !is_clock && !follows_clock(following),
                '"' | '\\' | '$' | '€' | '£' => format.sign = format.sign.or(sign(taken)),
                _ => {}
            }
            rest = following;
        }
        if format.kind == Kind::Plain && (is_date || is_clock) {
            return Self { kind: if is_date { Kind::Date } else { Kind::Clock }, ..Self::default() };
        }
        format
    }

    /// With the sign of a currency, by its code.
    pub(super) fn money(code: &str) -> Self {
        let sign = match code {
            "USD" => Some("$"),
            "EUR" => Some("€"),
            "GBP" => Some("£"),
            _ => None,
        };
        Self { sign, ..Self::default() }
    }

    pub(super) const PERCENT: Self = Self { kind: Kind::Percent, sign: None, thousands: 0 };

    /// Writes what is stored as it is shown. What is past all decimals is written as it is.
    pub(super) fn show(self, stored: &str, from_1904: bool, into: &mut String) {
        let is_short = stored.len() <= DIGITS as usize && stored.bytes().all(|byte| byte.is_ascii_digit());
        if self == Self::default() && is_short {
            into.push_str(stored);
            return;
        }
        if self.write(stored, from_1904, into).is_none() {
            into.push_str(stored);
        }
    }

    fn write(self, stored: &str, from_1904: bool, into: &mut String) -> Option<()> {
        let value = shown(stored)?;
        match self.kind {
            Kind::Date | Kind::Clock if !value.is_sign_negative() => {
                return moment(value, self.kind, from_1904, into);
            }
            Kind::Elapsed => return elapsed(value, into),
            Kind::Plain | Kind::Percent | Kind::Date | Kind::Clock => {}
        }
        let mut value = value;
        for _ in 0..self.thousands {
            value = value.checked_div(Decimal::ONE_THOUSAND)?;
        }
        if self.kind == Kind::Percent {
            value = value.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        let minus = if value.is_sign_negative() && !value.is_zero() { "-" } else { "" };
        let percent = if self.kind == Kind::Percent { "%" } else { "" };
        let sign = self.sign.filter(|_| percent.is_empty()).unwrap_or_default();
        write!(into, "{minus}{sign}{}{percent}", value.abs().normalize()).ok()
    }
}

/// A stored number with the digits that are shown.
fn shown(stored: &str) -> Option<Decimal> {
    let (mantissa, exponent) = stored.split_once(['e', 'E']).unwrap_or((stored, "0"));
    let mantissa = mantissa.parse::<Decimal>().ok()?;
    let exponent: i32 = exponent.parse().ok()?;
    let mut shown =
        mantissa.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero)?.normalize();
    let is_zero = shown.is_zero();
    for _ in 0..exponent.min(40) {
        shown = shown.checked_mul(Decimal::TEN)?;
    }
    for _ in exponent.max(-60)..0 {
        shown = shown.checked_div(Decimal::TEN)?;
    }
    // What is too small for a decimal is no zero.
    (is_zero || !shown.is_zero()).then(|| shown.normalize())
}

/// A day, with the time of day where it is not midnight; or the time alone.
fn moment(value: Decimal, kind: Kind, from_1904: bool, into: &mut String) -> Option<()> {
    const SECONDS: u32 = 86_400;
    let days = value.trunc();
    let seconds = value.checked_sub(days)?.checked_mul(SECONDS.into())?.round();
    let (mut days, mut seconds) = (i64::try_from(days).ok()?, u32::try_from(seconds).ok()?);
    if seconds >= SECONDS {
        (days, seconds) = (days + 1, 0);
    }
    let is_time_alone = kind == Kind::Clock && days == 0;
    if !is_time_alone {
        // The first of these calendars has a 29 February 1900, which never was.
        let epoch = match (from_1904, days) {
            (true, _) => Date::new(1904, 1, 1).ok()?,
            (false, ..60) => Date::new(1899, 12, 31).ok()?,
            (false, _) => Date::new(1899, 12, 30).ok()?,
        };
        let day = epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        write!(into, "{day}").ok()?;
        if seconds == 0 {
            return Some(());
        }
        into.push('T');
    }
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    write!(into, "{hours:02}:{minutes:02}:{seconds:02}").ok()
}

/// Hours, minutes and seconds.
fn elapsed(value: Decimal, into: &mut String) -> Option<()> {
    let seconds = i64::try_from(value.checked_mul(Decimal::from(86_400))?.round()).ok()?;
    let minus = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    write!(into, "{minus}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60).ok()
}

fn split_character(text: &str) -> (&str, &str) {
    let length = text.chars().next().map_or(0, char::len_utf8);
    text.split_at_checked(length).unwrap_or(("", text))
}

/// Whether the `m` before this is one of minutes: `mm:ss`.
fn follows_clock(following: &str) -> bool {
    let after = following.trim_start_matches(['m', 'M']);
    after.strip_prefix(':').is_some_and(|after| after.starts_with(['s', 'S']))
}

fn sign(text: &str) -> Option<&'static str> {
    ["$", "€", "£"].into_iter().find(|sign| text.contains(*sign))
}

/// The sign of `$-409`, without its bracket and its first dollar. A dollar of another country is not taken for that of the
/// United States.
fn local_sign(currency: &str) -> Option<&'static str> {
    let (symbol, country) = currency.split_once('-').unwrap_or((currency, ""));
    sign(symbol).filter(|sign| *sign != "$" || matches!(country, "" | "409" | "0409" | "en-US"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown_as(stored: &str, code: &str) -> String {
        let mut text = String::new();
        NumberFormat::of_code(code).show(stored, false, &mut text);
        text
    }

    #[test]
    fn what_the_processor_computed_is_told_in_fifteen_digits() {
        for (stored, shown) in [
            ("0.30000000000000004", "0.3"),
            ("12301", "12301"),
            ("-1.5", "-1.5"),
            ("1.1000000000000001", "1.1"),
            ("9.4999999999999994E9", "9500000000"),
            ("2.9999999999999999E-2", "0.03"),
            ("4.4408920985006262E-16", "0.0000000000000004440892098501"),
            ("123456789012345678", "123456789012346000"),
            ("1E+300", "1E+300"),
            ("1E-300", "1E-300"),
            ("0E+300", "0"),
            ("", ""),
        ] {
            assert_eq!(shown_as(stored, "General"), shown, "{stored}");
        }
    }

    #[test]
    fn formats_say_what_a_number_is() {
        for (stored, code, shown) in [
            ("0.125", "0.0%", "12.5%"),
            ("5.5555555555555552E-2", "0%", "5.5555555555555552%"),
            ("45717", "yyyy\\-mm\\-dd", "2025-03-01"),
            ("45717", "mmm\\-yy", "2025-03-01"),
            ("45717.5", "m/d/yy h:mm", "2025-03-01T12:00:00"),
            ("45717.999999999", "d.m.yyyy", "2025-03-02"),
            ("1", "dd/mm/yyyy", "1900-01-01"),
            ("0.75", "h:mm AM/PM", "18:00:00"),
            ("1.5", "[h]:mm", "36:00:00"),
            ("0.0625", "mm:ss", "01:30:00"),
            ("1200.5", "\"$\"#,##0.00;[Red]\\-\"$\"#,##0.00", "$1200.5"),
            ("-3", "[$€-407]#,##0", "-€3"),
            ("3", "[$$-1009]#,##0", "3"),
            ("3", "_(* #,##0_);_(* (#,##0)", "3"),
            ("117000", "#,##0,", "117"),
            ("9500000000", "0.0,,\"M\"", "9500"),
            ("5", "0.00E+00", "5"),
            ("5", "[Red]0", "5"),
            ("45717", "@", "45717"),
        ] {
            let expected = if shown.starts_with("5.55") { "5.55555555555556%" } else { shown };
            assert_eq!(shown_as(stored, code), expected, "{stored} as {code}");
        }
    }

    #[test]
    fn the_calendar_of_1904_begins_later() {
        let mut text = String::new();
        NumberFormat::built_in(14).show("44255", true, &mut text);
        assert_eq!(text, "2025-03-01");
    }
}
