//! Decimals by their digits: what the library of decimals can tell too, and takes several times as long for.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// The order of two numbers.
pub fn order(a: Decimal, b: Decimal) -> Ordering {
    let (x, y) = (a.mantissa(), b.mantissa());
    match a.scale().cmp(&b.scale()) {
        Ordering::Equal => x.cmp(&y),
        // What overflows is larger than the digits of any decimal.
        Ordering::Less => scaled_up(x, b.scale() - a.scale()).cmp(&y),
        Ordering::Greater => x.cmp(&scaled_up(y, a.scale() - b.scale())),
    }
}

/// The order of a value and a mark that it may be meant to meet; `None` where they may differ by no more than `2^-66` of
/// the mark and one unit of the value's last decimal, which is for slower arithmetic to tell.
pub fn order_apart(value: Decimal, mark: Decimal) -> Option<Ordering> {
    let mark = scaled_up(mark.mantissa(), value.scale().checked_sub(mark.scale())?);
    let slack = (mark.unsigned_abs() >> 66) + 1;
    let value = value.mantissa();
    (value.abs_diff(mark) > slack).then(|| value.cmp(&mark))
}

/// Digits with as many zeros more; the largest number of the sign, where there is no such number.
fn scaled_up(digits: i128, zeros: u32) -> i128 {
    digits.saturating_mul(POWERS_OF_TEN.get(zeros as usize).copied().unwrap_or(i128::MAX))
}

/// As many as decimals have places.
#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const POWERS_OF_TEN: [i128; 29] = {
    let mut powers = [1; 29];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_decimal() -> impl Strategy<Value = Decimal> {
        let large = (any::<i64>(), any::<i32>(), 0u32..=28).prop_map(|(digits, more, scale)| {
            Decimal::from_i128_with_scale(i128::from(digits) * i128::from(more), scale)
        });
        let small = (-2000i64..2000, 0u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale));
        prop_oneof![large, small]
    }

    proptest! {
        #[test]
        fn numbers_are_ordered_as_by_the_library(a in any_decimal(), b in any_decimal(), scale in 0u32..=28) {
            for b in [b, a, a.round_dp(scale), -a, a.normalize(), Decimal::ZERO, Decimal::MAX] {
                prop_assert_eq!(order(a, b), a.cmp(&b), "{} {}", a, b);
            }
        }

        #[test]
        fn what_is_told_apart_is_apart(value in any_decimal(), scale in 0u32..=28, off in -15i64..=15) {
            // Near the value, and just about as far from it as two to the power of 66 tells.
            let slack = value.abs().saturating_mul(Decimal::new(1, 20));
            let near = value.saturating_add(slack * Decimal::new(off, 1)).saturating_add(Decimal::new(off, 28));
            for mark in [value, value.round_dp(scale), near, Decimal::ZERO] {
                let Some(order) = order_apart(value, mark) else { continue };
                prop_assert_eq!(order, value.cmp(&mark));
                let slack = mark.abs().saturating_mul(Decimal::new(1, 20));
                prop_assert!(value.saturating_sub(mark).abs() > slack, "{} {}", value, mark);
            }
        }
    }
}
