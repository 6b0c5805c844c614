//! The units and scales that rules write in words.

use rust_decimal::Decimal;

use crate::text::nearest;
use crate::unit::{Unit, scale_named, unit_named};

/// A unit in words, and what a cell or number is multiplied by to be kept in it: `USD`, `percent`, `removals`, `weeks`,
/// `USD per month`, `cases per 100,000`. A word that names no unit counts things.
pub(super) fn unit(text: &str) -> Result<(Unit, Decimal), String> {
    let text = text.trim();
    if let Some((of, per)) =
        text.split_once(" per ").or_else(|| text.strip_prefix("per ").map(|per| ("", per)))
    {
        if let Ok(many) = per.replace([',', '_'], "").parse::<u32>() {
            return Ok((Unit::Per(many), Decimal::ONE));
        }
        let (of, factor) = if of.is_empty() { (Unit::COUNT, Decimal::ONE) } else { unit(of)? };
        let (per, under) = unit(per)?;
        let combined = of.over(per).ok_or_else(|| format!("`{text}` is no unit"))?;
        let factor = factor.checked_div(under).ok_or_else(|| format!("`{text}` is no unit"))?;
        return Ok((combined, factor));
    }
    if text.eq_ignore_ascii_case("percentage points") {
        return Ok((Unit::Points, Decimal::ONE));
    }
    if let Some(named) = unit_named(text) {
        // Cells in percent are turned into ratios where they are read.
        let is_ratio = named.unit.is_ratio();
        let factor = if is_ratio { Some(Decimal::ONE) } else { named.factor.kept(Decimal::ONE) };
        return factor.map(|factor| (named.unit, factor)).ok_or_else(|| format!("`{text}` is no unit"));
    }
    let is_noun =
        !text.is_empty() && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '_' | '-' | '\''));
    if !is_noun {
        return Err(format!("`{text}` is no unit"));
    }
    match nearest(text, ["percent", "USD", "EUR", "GBP", "dollars", "euros", "ratio"]) {
        Some("ratio") if text == "ratio" => Ok((Unit::Ratio, Decimal::ONE)),
        Some(near) if near.len() > 3 => Err(format!("`{text}` is no unit; did you mean `{near}`?")),
        _ => Ok((Unit::COUNT, Decimal::ONE)),
    }
}

/// A scale: `thousand`, `million`, or a number.
pub(super) fn scale(text: &str) -> Result<Decimal, String> {
    let singular = text.trim();
    let named = scale_named(singular).or_else(|| scale_named(singular.strip_suffix('s')?));
    named
        .or_else(|| {
            singular.replace([',', '_'], "").parse().ok().filter(|scale: &Decimal| *scale > Decimal::ZERO)
        })
        .ok_or_else(|| format!("`{text}` is no scale; write thousand, million, billion or a number"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Currency;

    #[test]
    fn units_are_words_of_their_own_or_counts() {
        assert_eq!(unit("USD"), Ok((Unit::money(Currency::USD), Decimal::ONE)));
        assert_eq!(unit("removals"), Ok((Unit::COUNT, Decimal::ONE)));
        assert_eq!(unit("weeks"), Ok((Unit::DAYS, Decimal::from(7))));
        assert_eq!(unit("cases per 100,000"), Ok((Unit::Per(100_000), Decimal::ONE)));
        assert_eq!(unit("people per month").unwrap().0.to_string(), "count per month");
        assert!(unit("percnt").unwrap_err().contains("`percent`"));
        assert!(unit("5%").is_err());
        assert_eq!(scale("thousands"), Ok(Decimal::from(1000)));
        assert!(scale("lots").is_err());
    }
}
