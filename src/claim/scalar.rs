//! The scalars of rule files: strings that are borrowed where they can be, exact numbers, dates, lists of names.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::Spanned;
use crate::number::Decimal;

/// A string, borrowed from the file unless it is written with escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawText<'a>(pub Cow<'a, str>);

/// A value as in a story ("more than 117,000"), or a TOML number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawValue<'a> {
    /// A string.
    Text(RawText<'a>),
    /// A TOML integer or float, exact to its last digit.
    Number(Decimal),
}

/// A TOML date (`2025-04-07`), or a string with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawDate(pub Date);

/// Which of the places where a quote stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawOccurrence {
    /// The first is 1.
    Nth(u32),
    /// Every one.
    All,
}

/// One name, or a list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawNames<'a>(pub Vec<Spanned<RawText<'a>>>);

/// A table whose keys are names that the author gives, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawMap<'a, T>(pub Vec<(Spanned<RawText<'a>>, T)>);

impl<T> Default for RawMap<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl Deref for RawText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a, T> Deref for RawMap<'a, T> {
    type Target = [(Spanned<RawText<'a>>, T)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl fmt::Display for RawText<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The number that TOML digits denote, exactly: `1.50`, `-3`, `9.5e9`.
fn exact(digits: &[u8]) -> Result<Decimal, &'static str> {
    const TOO_LONG: &str = "a number with more than 28 digits, which cannot be kept exactly";
    let digits = str::from_utf8(digits).map_err(|_| TOO_LONG)?;
    if digits.ends_with("inf") || digits.ends_with("nan") {
        return Err("expected a number, found `inf` or `nan`");
    }
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let mut number = Decimal::from_str_exact(mantissa).map_err(|_| TOO_LONG)?;
    let exponent: i32 = exponent.parse().map_err(|_| TOO_LONG)?;
    let scale = i64::from(number.scale()) - i64::from(exponent);
    number.set_scale(u32::try_from(scale.max(0)).map_err(|_| TOO_LONG)?).map_err(|_| TOO_LONG)?;
    for _ in scale..0 {
        number = number.checked_mul(Decimal::TEN).ok_or(TOO_LONG)?;
    }
    Ok(number)
}

impl<'de: 'a, 'a> Deserialize<'de> for RawText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = RawText<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<RawText<'de>, E> {
                Ok(RawText(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<RawText<'de>, E> {
                Ok(RawText(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<RawText<'de>, E> {
                Ok(RawText(Cow::Owned(text)))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawValue<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Value;
        impl<'de> Visitor<'de> for Value {
            type Value = RawValue<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a string or a number")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<RawValue<'de>, E> {
                Ok(RawValue::Text(RawText(Cow::Borrowed(text))))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<RawValue<'de>, E> {
                Ok(RawValue::Text(RawText(Cow::Owned(text.to_owned()))))
            }

            fn visit_bytes<E: Error>(self, digits: &[u8]) -> Result<RawValue<'de>, E> {
                exact(digits).map(RawValue::Number).map_err(E::custom)
            }
        }
        deserializer.deserialize_bytes(Value)
    }
}

impl<'de> Deserialize<'de> for RawDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Day;
        impl Visitor<'_> for Day {
            type Value = RawDate;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a date like 2025-04-07")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<RawDate, E> {
                let is_day_alone = text.len() == "2025-04-07".len();
                let day = if is_day_alone { text.parse().ok() } else { None };
                day.map(RawDate)
                    .ok_or_else(|| E::custom(format_args!("expected a date like 2025-04-07, found `{text}`")))
            }

            fn visit_bytes<E: Error>(self, text: &[u8]) -> Result<RawDate, E> {
                self.visit_str(str::from_utf8(text).unwrap_or_default())
            }
        }
        deserializer.deserialize_byte_buf(Day)
    }
}

impl<'de> Deserialize<'de> for RawOccurrence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const EXPECTED: &str = "a whole number from 1 on, or \"all\"";
        struct Occurrence;
        impl Visitor<'_> for Occurrence {
            type Value = RawOccurrence;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(EXPECTED)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<RawOccurrence, E> {
                let wrong = || E::custom(format_args!("expected {EXPECTED}, found \"{text}\""));
                if text == "all" { Ok(RawOccurrence::All) } else { Err(wrong()) }
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<RawOccurrence, E> {
                let wrong = || E::custom(format_args!("expected {EXPECTED}, found {number}"));
                let nth = u32::try_from(number).ok().filter(|nth| *nth > 0);
                nth.map(RawOccurrence::Nth).ok_or_else(wrong)
            }
        }
        deserializer.deserialize_any(Occurrence)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawNames<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value: Listed(mut names), span } = Spanned::deserialize(deserializer)?;
        // A name alone stands where the value stands; those of a list have brought their places.
        for name in names.iter_mut().filter(|name| name.span.is_empty()) {
            name.span = span;
        }
        Ok(Self(names))
    }
}

/// Names, with a place only where they come from a list.
struct Listed<'a>(Vec<Spanned<RawText<'a>>>);

impl<'de: 'a, 'a> Deserialize<'de> for Listed<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Listed<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a string or a list of strings")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Listed<'de>, E> {
                Ok(Listed(vec![Spanned { value: RawText(Cow::Borrowed(text)), ..Spanned::default() }]))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Listed<'de>, E> {
                Ok(Listed(vec![Spanned {
                    value: RawText(Cow::Owned(text.to_owned())),
                    ..Spanned::default()
                }]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Listed<'de>, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(Listed(names))
            }
        }
        deserializer.deserialize_any(Names)
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for RawMap<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = RawMap<'de, T>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(RawMap(entries))
            }
        }
        deserializer.deserialize_map(Entries(std::marker::PhantomData))
    }
}
