//! Numbers that are no quantities: dates, names, numbers of houses and laws. Each is passed over by a rule with a name,
//! so that nothing is left out unseen.

mod contact;
mod date;
mod idiom;
mod label;
mod law;
mod score;
mod tally;
mod token;

use super::Mention;
use crate::number::numeral_at;
use crate::text::Span;
use token::Token;

pub(super) use idiom::is_single;

/// Why a number is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exclusion {
    /// A day of the calendar: "March 28", "4/15/2024", "2025-03-28", "Q3".
    Date,
    /// A year, or two: "2019", "2019-20", "fiscal 2024".
    Year,
    /// "1990s", "the '80s", "in her 30s".
    Decade,
    /// A time of day: "7:30 p.m.", "9am".
    Time,
    /// A place in an order, in digits: "21st", "No. 3".
    Ordinal,
    /// A part of a text, list or series: "Section 4", "page 12", "Phase 2", "2.".
    Marker,
    /// Points or votes of two sides: "3-1", "a 5-4 vote".
    Score,
    /// "1.2.3", "iOS 17.2".
    Version,
    /// Part of a name: "F-16", "COVID-19", "Route 66", "9/11".
    Name,
    /// A telephone number.
    Phone,
    /// The number of a case, a permit, an account, a ZIP code.
    Identifier,
    /// A house number: "1420 Elm Street".
    Address,
    /// A law or a judgment: "42 U.S.C. § 1983", "House Bill 212".
    Citation,
    /// Part of an address on the web, an e-mail address or a handle.
    Web,
    /// Part of code.
    Code,
    /// A mark of a footnote, in brackets.
    Footnote,
    /// A word that is a number elsewhere: "one of them", "once".
    Idiom,
    /// Digits without end, more than a number that anybody means has.
    Digits,
}

impl Exclusion {
    /// Its name, as reports have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Time => "time",
            Self::Ordinal => "ordinal",
            Self::Marker => "marker",
            Self::Score => "score",
            Self::Version => "version",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Identifier => "identifier",
            Self::Address => "address",
            Self::Citation => "citation",
            Self::Web => "web",
            Self::Code => "code",
            Self::Footnote => "footnote",
            Self::Idiom => "idiom",
            Self::Digits => "digits",
        }
    }
}

/// A number that is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// The number, with what makes it none where that touches it ("F-16", "7:30 p.m.").
    pub span: Span,
    /// Why it is none.
    pub rule: Exclusion,
}

impl Excluded {
    fn new(start: usize, end: usize, rule: Exclusion) -> Self {
        Self { span: Span::new(start, end), rule }
    }
}

/// What begins at a byte and is no quantity by its shape or by the words before it.
pub(super) fn excluded_at(text: &str, at: usize) -> Option<Excluded> {
    let first = *text.as_bytes().get(at)?;
    if matches!(first, b'a' | b'A') {
        return idiom::single_at(text, at);
    }
    if !first.is_ascii_digit() {
        let contact = contact::web_at(text, at).or_else(|| contact::phone_at(text, at));
        return contact.or_else(|| if first.is_ascii_alphabetic() { tally::at(text, at) } else { None });
    }
    let token = Token::at(text, at);
    label::joined(&token)
        .or_else(|| date::at(&token))
        .or_else(|| law::at(&token))
        .or_else(|| contact::at(&token))
        .or_else(|| score::at(&token))
        .or_else(|| if token.prefix.is_empty() { tally::at(text, at) } else { None })
        .or_else(|| label::at(&token))
}

/// What was read as a number without hedge and is none all the same: a year, "one" and "once" as words.
pub(super) fn excluded_amount(text: &str, mention: &Mention) -> Option<Exclusion> {
    if idiom::is_idiom(text, mention) {
        return Some(Exclusion::Idiom);
    }
    date::is_year(text, mention).then_some(Exclusion::Year)
}

/// "1. First", "2) Second" at the beginning of a line.
pub(super) fn is_list_marker(text: &str, start: usize) -> bool {
    let bytes = text.as_bytes();
    let at_line_start = start.checked_sub(1).is_none_or(|before| bytes.get(before) == Some(&b'\n'));
    if !at_line_start {
        return false;
    }
    let Some(numeral) = numeral_at(text, start) else { return false };
    numeral.end - start <= 3 && matches!(bytes.get(numeral.end..), Some([b'.' | b')', b' ', ..]))
}

#[cfg(test)]
mod tests;
