//! JSON values, written straight into a buffer: reports have millions of them, and a serialiser's layers took a tenth of
//! a run. Tests hold every byte against `serde_json`.

use crate::number::Decimal;

/// Appends what comes before a string, such as its key, and the string.
pub(in crate::report) fn member(out: &mut Vec<u8>, before: &[u8], text: &str) {
    out.reserve(before.len() + text.len() + 2);
    out.extend_from_slice(before);
    string(out, text);
}

/// Appends what comes before a name of ours, its opening quotation mark included, and the name, which needs no escaping.
pub(in crate::report) fn named(out: &mut Vec<u8>, before: &[u8], name: &str) {
    out.extend_from_slice(before);
    out.extend_from_slice(name.as_bytes());
    out.push(b'"');
}

/// Appends what comes before a number, and the number.
pub(in crate::report) fn numbered(out: &mut Vec<u8>, before: &[u8], number: u64) {
    out.extend_from_slice(before);
    self::number(out, number);
}

/// Appends a list, each element as `write` does it.
pub(in crate::report) fn list<T>(
    out: &mut Vec<u8>,
    elements: impl IntoIterator<Item = T>,
    write: impl Fn(&mut Vec<u8>, T),
) {
    out.push(b'[');
    for (at, element) in elements.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(out, element);
    }
    out.push(b']');
}

/// Appends a string, escaped.
pub(in crate::report) fn string(out: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    out.reserve(rest.len() + 2);
    out.push(b'"');
    // Most strings have nothing to escape, which is seen faster without asking where.
    while has_escaped(rest) {
        let plain = rest.iter().take_while(|byte| !is_escaped(**byte)).count();
        let (before, after) = rest.split_at(plain);
        out.extend_from_slice(before);
        let Some((special, after)) = after.split_first() else { break };
        escape(out, *special);
        rest = after;
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// Whether there is anything to escape, by as many bytes at once as there are: the last ones are looked at together with
/// some before them.
fn has_escaped(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk::<16>() {
        let (chunks, _) = bytes.as_chunks::<16>();
        chunks.iter().chain([last]).any(any_escaped)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        any_escaped(first) || any_escaped(last)
    } else {
        bytes.iter().any(|byte| is_escaped(*byte))
    }
}

/// All bytes are looked at, so that the compiler looks at them together.
fn any_escaped<const N: usize>(bytes: &[u8; N]) -> bool {
    bytes.iter().fold(false, |found, byte| found | is_escaped(*byte))
}

fn is_escaped(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// Control characters have short names or are numbered in hexadecimal.
fn escape(out: &mut Vec<u8>, special: u8) {
    let short = match special {
        b'"' | b'\\' => special,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        _ => {
            let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' + half - 10 };
            return out.extend_from_slice(&[
                b'\\',
                b'u',
                b'0',
                b'0',
                digit(special >> 4),
                digit(special & 15),
            ]);
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Appends a whole number.
pub(in crate::report) fn number(out: &mut Vec<u8>, number: u64) {
    const ROOM: usize = 20;
    let mut text = [b'0'; ROOM];
    let start = ROOM - pairs(number, &mut text).max(1);
    let digits = text.get(start..).unwrap_or_default();
    out.extend_from_slice(digits.strip_prefix(b"0").filter(|rest| !rest.is_empty()).unwrap_or(digits));
}

/// Appends a decimal as a string, without zeros at its end.
pub(in crate::report) fn decimal(out: &mut Vec<u8>, value: Decimal) {
    if value.is_zero() {
        return out.extend_from_slice(b"\"0\"");
    }
    let mut text = [b'0'; ROOM];
    let first = digits(value.mantissa().unsigned_abs(), &mut text);
    // There is a digit before the point, and 28 behind it at most.
    let point = ROOM - usize::try_from(value.scale()).unwrap_or_default().min(ROOM - 1);
    let whole = text.get(first.min(point - 1)..point).unwrap_or_default();
    let fraction = text.get(point..).unwrap_or_default();
    let zeros = fraction.iter().rev().take_while(|digit| **digit == b'0').count();
    let fraction = fraction.get(..fraction.len() - zeros).unwrap_or_default();
    out.reserve(ROOM + 4);
    out.push(b'"');
    if value.is_sign_negative() {
        out.push(b'-');
    }
    out.extend_from_slice(whole);
    if !fraction.is_empty() {
        out.push(b'.');
        out.extend_from_slice(fraction);
    }
    out.push(b'"');
}

/// Room for the digits of 96 bits, of which decimals are made.
const ROOM: usize = 30;
/// How many digits are divided off at once, so that most of the work is done on 64 bits.
const LOWER: usize = 18;
const TEN_TO_LOWER: u64 = 1_000_000_000_000_000_000;

/// Writes the digits of a number to the end of `text`, which is all zeros, and says where they begin: at its end for 0.
fn digits(number: u128, text: &mut [u8; ROOM]) -> usize {
    let (upper, lower) = match u64::try_from(number) {
        Ok(number) => (number / TEN_TO_LOWER, number % TEN_TO_LOWER),
        Err(_) => {
            let narrow = |part: u128| u64::try_from(part).unwrap_or_default();
            (narrow(number / u128::from(TEN_TO_LOWER)), narrow(number % u128::from(TEN_TO_LOWER)))
        }
    };
    let (front, back) = text.split_at_mut(ROOM - LOWER);
    let written = if upper == 0 { pairs(lower, back) } else { LOWER + pairs(upper, front) };
    if upper > 0 {
        pairs(lower, back);
    }
    let start = ROOM - written;
    start + usize::from(written > 0 && text.get(start) == Some(&b'0'))
}

/// Writes digits two by two from the end, and says how many.
fn pairs(mut number: u64, text: &mut [u8]) -> usize {
    let (known, _) = PAIRS.as_chunks::<2>();
    let (pairs, _) = text.as_chunks_mut::<2>();
    let mut written = 0;
    for pair in pairs.iter_mut().rev() {
        if number == 0 {
            break;
        }
        let two = usize::try_from(number % 100).unwrap_or_default();
        *pair = known.get(two).copied().unwrap_or_default();
        number /= 100;
        written += 2;
    }
    written
}

/// The digits of every number below a hundred.
const PAIRS: &[u8; 200] = b"\
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #[test]
        fn strings_are_escaped_as_the_library_escapes_them(text in "[ -~]{0,8}[\"\\\\\u{0}-\u{20}\u{7f}é😀a-c]{0,40}") {
            prop_assert_eq!(written(|out| string(out, &text)), serde_json::to_string(&text).unwrap());
        }

        #[test]
        fn decimals_print_as_the_library_prints_them(mantissa in any::<i64>(), high in any::<i32>(), scale in 0u32..=28) {
            let value = Decimal::from_i128_with_scale(i128::from(mantissa) * i128::from(high), scale);
            for value in [value, Decimal::new(mantissa, scale), Decimal::new(mantissa % 1000, scale % 4)] {
                prop_assert_eq!(written(|out| decimal(out, value)), format!("\"{}\"", value.normalize()));
            }
        }

        #[test]
        fn numbers_print_as_the_library_prints_them(number in any::<u64>(), small in 0u64..1200) {
            for number in [number, small] {
                prop_assert_eq!(written(|out| super::number(out, number)), number.to_string());
            }
        }
    }

    #[test]
    fn decimals_at_the_edge_print_as_the_library_prints_them() {
        for value in [
            Decimal::MAX,
            Decimal::MIN,
            Decimal::ZERO,
            Decimal::new(-0, 3),
            Decimal::new(1, 28),
            Decimal::new(-10, 28),
        ] {
            assert_eq!(written(|out| decimal(out, value)), format!("\"{}\"", value.normalize()));
        }
    }

    #[test]
    fn lists_have_commas_between_their_elements() {
        assert_eq!(written(|out| list(out, [1, 2, 3], number)), "[1,2,3]");
        assert_eq!(written(|out| list(out, [0; 0], number)), "[]");
    }
}
