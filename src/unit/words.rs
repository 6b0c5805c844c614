//! The words and symbols for units and scales, as data.

use rust_decimal::{Decimal, dec};

use super::table::{NAMES, Row, UNITS};
use super::{Currency, Unit};
use crate::text::{Sieve, WordTable};

/// A unit by one of its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The unit that quantities are kept in.
    pub unit: Unit,
    /// From the named unit to that one.
    pub factor: Factor,
}

/// What turns a value as it is written into a quantity as it is kept, exactly: weeks into days (7 over 1), percent into
/// ratios (1 over 100), an amount a year into one a month (1 over 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor {
    times: Decimal,
    over: Decimal,
}

impl Factor {
    /// Written and kept alike.
    pub const ONE: Self = Self::new(Decimal::ONE, Decimal::ONE);

    /// Multiplies by `times` and divides by `over`, neither of them zero.
    pub(crate) const fn new(times: Decimal, over: Decimal) -> Self {
        Self { times, over }
    }

    /// The quantity that is kept for a written value; `None` where it is too large.
    pub fn kept(self, written: Decimal) -> Option<Decimal> {
        if self.is_one() {
            return Some(written);
        }
        written.checked_mul(self.times)?.checked_div(self.over)
    }

    /// The value that is written for a quantity; `None` where it is too large.
    pub fn written(self, kept: Decimal) -> Option<Decimal> {
        if self.is_one() {
            return Some(kept);
        }
        kept.checked_mul(self.over)?.checked_div(self.times)
    }

    /// That of most units; comparing mantissas, since it is asked for every number.
    fn is_one(self) -> bool {
        self.times.scale() == 0 && self.over.scale() == 0 && self.times.mantissa() == self.over.mantissa()
    }

    /// That of a rate: so much per one of the unit that `unit` is the factor of.
    pub fn per(self, unit: Self) -> Option<Self> {
        Some(Self::new(self.times.checked_mul(unit.over)?, self.over.checked_mul(unit.times)?))
    }
}

/// The unit that a word or symbol names, in the singular or the plural, in any case but for ISO 4217 codes, which are
/// capitals.
pub fn unit_named(word: &str) -> Option<Named> {
    if let Some(currency) = currency_named(word) {
        return Some(Named { unit: Unit::money(currency), factor: Factor::ONE });
    }
    let (unit, times, over) = UNITS.get_singular(word)?;
    Some(Named { unit, factor: Factor::new(times, over) })
}

/// Lets the names of units and currencies through, in the singular.
pub const fn unit_words() -> Sieve {
    UNITS.sieve().or(CURRENCIES.sieve()).or(CODES.sieve())
}

/// The name of a unit of this size, in the singular: "week" for seven days; `None` where it has none of its own.
pub fn name_of(unit: Unit, factor: Factor) -> Option<&'static str> {
    let is_it = |(_, row): &&(&str, Row)| row.0 == unit && Factor::new(row.1, row.2) == factor;
    NAMES.iter().find(is_it).map(|(name, _)| *name)
}

/// The name of a rate by the unit that it is per: "USD per gallon", "count per day"; `None` where it is no such rate.
pub fn rate_name(unit: Unit, factor: Factor) -> Option<String> {
    let Unit::Of(dimension) = unit else { return None };
    let plain = dimension.currency().map_or(Unit::Bare, Unit::money);
    let name = dimension.currency().map_or_else(|| "count".to_owned(), |currency| currency.to_string());
    let is_part =
        |row: &&(&str, Row)| row.1.0 == plain || plain == Unit::Bare && matches!(row.1.0, Unit::Of(_));
    // "53p an hour", "1.4 metres a second": money and counts first, then what has a name of its own.
    let parts = NAMES
        .iter()
        .filter(is_part)
        .map(|(name, row)| ((*name).to_owned(), row.0, Factor::new(row.1, row.2)));
    let mut whats = std::iter::once((name, plain, Factor::ONE)).chain(parts);
    whats.find_map(|(what, of, size)| {
        let is_base = |(_, (base, times, over)): &&(&str, Row)| {
            of.over(*base) == Some(unit) && size.per(Factor::new(*times, *over)) == Some(factor)
        };
        let (base, _) = NAMES.iter().find(is_base)?;
        Some(format!("{what} per {base}"))
    })
}

/// The currency of a symbol, an ISO 4217 code or a name.
pub fn currency_named(word: &str) -> Option<Currency> {
    let code = CODES.get(word).filter(|_| word.bytes().all(|byte| byte.is_ascii_uppercase()));
    code.or_else(|| CURRENCIES.get_singular(word))
}

/// What a scale word or suffix multiplies by: thousand, million, m, bn …
pub fn scale_named(word: &str) -> Option<Decimal> {
    SCALES.get(word)
}

static SCALES: WordTable<Decimal, 19> = WordTable::new([
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
]);

/// Signs of currencies that are letters, and no codes of three capitals: "Rs 20".
const SIGNS: [&str; 3] = ["Rs", "RM", "SFr"];

/// Whether letters are the sign of a currency, to be written before a number.
pub fn is_money_sign(letters: &str) -> bool {
    SIGNS.contains(&letters)
}

/// Symbols, and names in the singular.
static CURRENCIES: WordTable<Currency, 36> = WordTable::new([
    ("$", Currency::of(*b"USD")),
    ("US$", Currency::of(*b"USD")),
    ("dollar", Currency::of(*b"USD")),
    ("€", Currency::of(*b"EUR")),
    ("euro", Currency::of(*b"EUR")),
    ("£", Currency::of(*b"GBP")),
    ("pound", Currency::of(*b"GBP")),
    ("¥", Currency::of(*b"JPY")),
    ("yen", Currency::of(*b"JPY")),
    ("₹", Currency::of(*b"INR")),
    ("Rs", Currency::of(*b"INR")),
    ("RM", Currency::of(*b"MYR")),
    ("ringgit", Currency::of(*b"MYR")),
    ("rupee", Currency::of(*b"INR")),
    ("C$", Currency::of(*b"CAD")),
    ("CA$", Currency::of(*b"CAD")),
    ("A$", Currency::of(*b"AUD")),
    ("AU$", Currency::of(*b"AUD")),
    ("NZ$", Currency::of(*b"NZD")),
    ("HK$", Currency::of(*b"HKD")),
    ("R$", Currency::of(*b"BRL")),
    ("₽", Currency::of(*b"RUB")),
    ("ruble", Currency::of(*b"RUB")),
    ("₩", Currency::of(*b"KRW")),
    ("won", Currency::of(*b"KRW")),
    ("₺", Currency::of(*b"TRY")),
    ("₴", Currency::of(*b"UAH")),
    ("₪", Currency::of(*b"ILS")),
    ("franc", Currency::of(*b"CHF")),
    ("SFr", Currency::of(*b"CHF")),
    ("yuan", Currency::of(*b"CNY")),
    ("peso", Currency::of(*b"MXN")),
    ("krone", Currency::of(*b"DKK")),
    ("krona", Currency::of(*b"SEK")),
    ("zloty", Currency::of(*b"PLN")),
    ("rand", Currency::of(*b"ZAR")),
]);

/// Their codes (ISO 4217), which count in capitals only.
static CODES: WordTable<Currency, 36> = WordTable::new([
    ("USD", Currency::of(*b"USD")),
    ("EUR", Currency::of(*b"EUR")),
    ("GBP", Currency::of(*b"GBP")),
    ("JPY", Currency::of(*b"JPY")),
    ("INR", Currency::of(*b"INR")),
    ("CAD", Currency::of(*b"CAD")),
    ("AUD", Currency::of(*b"AUD")),
    ("NZD", Currency::of(*b"NZD")),
    ("HKD", Currency::of(*b"HKD")),
    ("BRL", Currency::of(*b"BRL")),
    ("RUB", Currency::of(*b"RUB")),
    ("KRW", Currency::of(*b"KRW")),
    ("TRY", Currency::of(*b"TRY")),
    ("UAH", Currency::of(*b"UAH")),
    ("ILS", Currency::of(*b"ILS")),
    ("CHF", Currency::of(*b"CHF")),
    ("CNY", Currency::of(*b"CNY")),
    ("MXN", Currency::of(*b"MXN")),
    ("DKK", Currency::of(*b"DKK")),
    ("SEK", Currency::of(*b"SEK")),
    ("PLN", Currency::of(*b"PLN")),
    ("ZAR", Currency::of(*b"ZAR")),
    ("MYR", Currency::of(*b"MYR")),
    ("SGD", Currency::of(*b"SGD")),
    ("NOK", Currency::of(*b"NOK")),
    ("HUF", Currency::of(*b"HUF")),
    ("CZK", Currency::of(*b"CZK")),
    ("THB", Currency::of(*b"THB")),
    ("IDR", Currency::of(*b"IDR")),
    ("PHP", Currency::of(*b"PHP")),
    ("VND", Currency::of(*b"VND")),
    ("NGN", Currency::of(*b"NGN")),
    ("KES", Currency::of(*b"KES")),
    ("EGP", Currency::of(*b"EGP")),
    ("AED", Currency::of(*b"AED")),
    ("PKR", Currency::of(*b"PKR")),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_capitals_are_understood() {
        assert_eq!(
            unit_named("Weeks"),
            Some(Named { unit: Unit::DAYS, factor: Factor::new(dec!(7), dec!(1)) })
        );
        assert_eq!(unit_named("years").unwrap().factor.kept(dec!(2)), Some(dec!(24)));
        assert_eq!(unit_named("USD").unwrap().unit, Unit::money(Currency::USD));
        assert_eq!(currency_named("Dollars"), Some(Currency::USD));
        assert_eq!(unit_named("usd"), None);
        assert_eq!(scale_named("Billion"), Some(dec!(1_000_000_000)));
        assert_eq!(unit_named("a very long word that is none"), None);
    }
}
