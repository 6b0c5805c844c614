//! The words and symbols for units and scales, as data.

use rust_decimal::{Decimal, dec};

use super::{Base, Currency, Dimension, Unit};

/// A unit by one of its names: `written × factor` is the quantity kept in `unit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The unit that quantities are kept in.
    pub unit: Unit,
    /// One of the named unit, in that one: 7 for weeks, kept in days; 0.01 for percent, kept as a ratio.
    pub factor: Decimal,
}

/// The unit that a word or symbol names, in the singular or the plural, in any case but for ISO 4217 codes, which are
/// capitals.
pub fn unit_named(word: &str) -> Option<Named> {
    let named = |unit, factor| Some(Named { unit, factor });
    if let Some(currency) = currency_named(word) {
        return named(Unit::money(currency), Decimal::ONE);
    }
    let mut lower = [0; 12];
    let lower = lowercase(word, &mut lower)?;
    let (_, base, factor) = find(UNITS, lower).or_else(|| find(UNITS, lower.strip_suffix('s')?))?;
    match base {
        What::Percent => named(Unit::Percent, dec!(0.01)),
        What::Points => named(Unit::Points, dec!(0.01)),
        What::BasisPoints => named(Unit::Points, dec!(0.0001)),
        What::Base(base) => named(Unit::Of(Dimension::of(*base)), *factor),
        What::Cents => named(Unit::money(Currency::USD), dec!(0.01)),
    }
}

/// The currency of a symbol, an ISO 4217 code or a name.
pub fn currency_named(word: &str) -> Option<Currency> {
    let code = CURRENCIES.iter().find(|(name, code)| *name == word || *code == word).map(|(_, code)| *code);
    let code = code.or_else(|| {
        let mut lower = [0; 12];
        let lower = lowercase(word, &mut lower)?;
        let singular = lower.strip_suffix('s').unwrap_or(lower);
        CURRENCIES.iter().find(|(name, _)| *name == singular).map(|(_, code)| *code)
    })?;
    Currency::from_code(code)
}

/// What a scale word or suffix multiplies by: thousand, million, m, bn …
pub fn scale_named(word: &str) -> Option<Decimal> {
    let mut lower = [0; 12];
    let lower = lowercase(word, &mut lower)?;
    SCALES.iter().find(|(name, _)| *name == lower).map(|(_, scale)| *scale)
}

fn lowercase<'a>(word: &str, into: &'a mut [u8; 12]) -> Option<&'a str> {
    let into = into.get_mut(..word.len())?;
    into.copy_from_slice(word.as_bytes());
    into.make_ascii_lowercase();
    std::str::from_utf8(into).ok()
}

fn find(
    table: &'static [(&str, What, Decimal)],
    word: &str,
) -> Option<&'static (&'static str, What, Decimal)> {
    table.iter().find(|(name, ..)| *name == word)
}

enum What {
    Percent,
    Points,
    BasisPoints,
    Cents,
    Base(Base),
}

const SCALES: &[(&str, Decimal)] = &[
    ("hundred", dec!(100)),
    ("thousand", dec!(1_000)),
    ("k", dec!(1_000)),
    ("thousands", dec!(1_000)),
    ("lakh", dec!(100_000)),
    ("million", dec!(1_000_000)),
    ("millions", dec!(1_000_000)),
    ("m", dec!(1_000_000)),
    ("mn", dec!(1_000_000)),
    ("mln", dec!(1_000_000)),
    ("crore", dec!(10_000_000)),
    ("billion", dec!(1_000_000_000)),
    ("billions", dec!(1_000_000_000)),
    ("bn", dec!(1_000_000_000)),
    ("b", dec!(1_000_000_000)),
    ("trillion", dec!(1_000_000_000_000)),
    ("trillions", dec!(1_000_000_000_000)),
    ("tn", dec!(1_000_000_000_000)),
    ("trn", dec!(1_000_000_000_000)),
];

/// Names in the singular; a plural in -s is understood.
const UNITS: &[(&str, What, Decimal)] = &[
    ("%", What::Percent, Decimal::ONE),
    ("percent", What::Percent, Decimal::ONE),
    ("pct", What::Percent, Decimal::ONE),
    ("pp", What::Points, Decimal::ONE),
    ("ppt", What::Points, Decimal::ONE),
    ("bp", What::BasisPoints, Decimal::ONE),
    ("cent", What::Cents, Decimal::ONE),
    ("day", What::Base(Base::Day), Decimal::ONE),
    ("week", What::Base(Base::Day), dec!(7)),
    ("fortnight", What::Base(Base::Day), dec!(14)),
    // Exact in decimals only as quotients, which 28 digits hold to far beyond any printed number.
    ("hour", What::Base(Base::Day), dec!(0.0416666666666666666666666667)),
    ("minute", What::Base(Base::Day), dec!(0.0006944444444444444444444444)),
    ("second", What::Base(Base::Day), dec!(0.0000115740740740740740740741)),
    ("month", What::Base(Base::Month), Decimal::ONE),
    ("quarter", What::Base(Base::Month), dec!(3)),
    ("year", What::Base(Base::Month), dec!(12)),
    ("decade", What::Base(Base::Month), dec!(120)),
    ("century", What::Base(Base::Month), dec!(1200)),
    ("centurie", What::Base(Base::Month), dec!(1200)),
    ("metre", What::Base(Base::Metre), Decimal::ONE),
    ("meter", What::Base(Base::Metre), Decimal::ONE),
    ("km", What::Base(Base::Metre), dec!(1000)),
    ("kilometre", What::Base(Base::Metre), dec!(1000)),
    ("kilometer", What::Base(Base::Metre), dec!(1000)),
    ("mile", What::Base(Base::Metre), dec!(1609.344)),
    ("foot", What::Base(Base::Metre), dec!(0.3048)),
    ("feet", What::Base(Base::Metre), dec!(0.3048)),
    ("inch", What::Base(Base::Metre), dec!(0.0254)),
    ("inche", What::Base(Base::Metre), dec!(0.0254)),
    ("kg", What::Base(Base::Kilogram), Decimal::ONE),
    ("kilogram", What::Base(Base::Kilogram), Decimal::ONE),
    ("gram", What::Base(Base::Kilogram), dec!(0.001)),
    ("tonne", What::Base(Base::Kilogram), dec!(1000)),
    ("pound-weight", What::Base(Base::Kilogram), dec!(0.45359237)),
    ("ounce", What::Base(Base::Kilogram), dec!(0.028349523125)),
    ("celsius", What::Base(Base::Celsius), Decimal::ONE),
];

/// Symbols, names in the singular, and codes (ISO 4217).
const CURRENCIES: &[(&str, &str)] = &[
    ("$", "USD"),
    ("US$", "USD"),
    ("dollar", "USD"),
    ("€", "EUR"),
    ("euro", "EUR"),
    ("£", "GBP"),
    ("pound", "GBP"),
    ("¥", "JPY"),
    ("yen", "JPY"),
    ("₹", "INR"),
    ("rupee", "INR"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("R$", "BRL"),
    ("₽", "RUB"),
    ("ruble", "RUB"),
    ("₩", "KRW"),
    ("won", "KRW"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₪", "ILS"),
    ("franc", "CHF"),
    ("yuan", "CNY"),
    ("peso", "MXN"),
    ("krone", "DKK"),
    ("krona", "SEK"),
    ("zloty", "PLN"),
    ("rand", "ZAR"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_capitals_are_understood() {
        assert_eq!(unit_named("Weeks"), Some(Named { unit: Unit::DAYS, factor: dec!(7) }));
        assert_eq!(unit_named("years").unwrap().factor, dec!(12));
        assert_eq!(unit_named("USD").unwrap().unit, Unit::money(Currency::USD));
        assert_eq!(currency_named("Dollars"), Some(Currency::USD));
        assert_eq!(unit_named("usd"), None);
        assert_eq!(scale_named("Billion"), Some(dec!(1_000_000_000)));
        assert_eq!(unit_named("a very long word that is none"), None);
    }
}
