//! Units in several words: "percentage points", "square miles", "Danish crowns".

use crate::number::word_at;
use crate::text::WordTable;
use crate::unit::{Factor, Unit, unit_named};

/// Units in several words, the last in the singular, by what the tables name them.
const PHRASES: &[(&[&str], &str)] = &[
    (&["percentage", "point"], "pp"),
    (&["percent", "point"], "pp"),
    (&["per", "cent"], "%"),
    (&["basis", "point"], "bp"),
    (&["Danish", "crown"], "DKK"),
    (&["Norwegian", "crown"], "NOK"),
    (&["Swedish", "crown"], "SEK"),
    (&["Czech", "crown"], "CZK"),
    (&["Hong", "Kong", "dollar"], "HKD"),
    (&["Singapore", "dollar"], "SGD"),
    (&["New", "Zealand", "dollar"], "NZD"),
    (&["Swiss", "franc"], "CHF"),
    (&["Indian", "rupee"], "INR"),
    (&["Pakistani", "rupee"], "PKR"),
    (&["Mexican", "peso"], "MXN"),
    (&["Philippine", "peso"], "PHP"),
    (&["Norwegian", "kroner"], "NOK"),
    (&["Danish", "kroner"], "DKK"),
    (&["Swedish", "kronor"], "SEK"),
    (&["Turkish", "lira"], "TRY"),
    (&["U.S.", "dollar"], "USD"),
    (&["US", "dollar"], "USD"),
    (&["Canadian", "dollar"], "CAD"),
    (&["Australian", "dollar"], "AUD"),
    (&["pounds", "sterling"], "GBP"),
    (&["square", "mile"], "sqmi"),
    (&["square", "foot"], "sqft"),
    (&["square", "feet"], "sqft"),
    (&["sq", "ft"], "sqft"),
    (&["sq.", "ft."], "sqft"),
    (&["square", "kilometer"], "sqkm"),
    (&["square", "kilometre"], "sqkm"),
    (&["sq", "km"], "sqkm"),
    (&["square", "meter"], "sqm"),
    (&["square", "metre"], "sqm"),
    (&["square", "yard"], "sqyd"),
    (&["square", "inch"], "sqin"),
    (&["cubic", "meter"], "cum"),
    (&["cubic", "metre"], "cum"),
    (&["cubic", "foot"], "cuft"),
    (&["cubic", "feet"], "cuft"),
    (&["cubic", "yard"], "cuyd"),
    (&["acre", "foot"], "acft"),
    (&["acre", "feet"], "acft"),
    (&["nautical", "mile"], "nmi"),
    (&["light", "year"], "lightyear"),
    (&["metric", "ton"], "tonne"),
    (&["metric", "tonne"], "tonne"),
    (&["degrees", "Celsius"], "celsius"),
    (&["degree", "Celsius"], "celsius"),
    (&["degrees", "C"], "celsius"),
    (&["degrees", "Fahrenheit"], "fahrenheit"),
    (&["degree", "Fahrenheit"], "fahrenheit"),
    (&["degrees", "F"], "fahrenheit"),
    (&["miles", "per", "hour"], "mph"),
    (&["mile", "per", "hour"], "mph"),
    (&["watt", "hour"], "watthour"),
    (&["kilowatt", "hour"], "kilowatthour"),
    (&["megawatt", "hour"], "megawatthour"),
    (&["gigawatt", "hour"], "gigawatthour"),
    (&["terawatt", "hour"], "terawatthour"),
];

/// The words that those phrases begin with.
static PHRASE_STARTS: WordTable<(), 35> = WordTable::new([
    ("percentage", ()),
    ("Danish", ()),
    ("Norwegian", ()),
    ("Swedish", ()),
    ("Czech", ()),
    ("Hong", ()),
    ("Singapore", ()),
    ("New", ()),
    ("Swiss", ()),
    ("Indian", ()),
    ("Pakistani", ()),
    ("Mexican", ()),
    ("Philippine", ()),
    ("Turkish", ()),
    ("percent", ()),
    ("per", ()),
    ("basis", ()),
    ("U", ()),
    ("US", ()),
    ("Canadian", ()),
    ("Australian", ()),
    ("pounds", ()),
    ("square", ()),
    ("sq", ()),
    ("cubic", ()),
    ("acre", ()),
    ("nautical", ()),
    ("light", ()),
    ("metric", ()),
    ("degrees", ()),
    ("degree", ()),
    ("miles", ()),
    ("mile", ()),
    ("watt", ()),
    ("kilowatt", ()),
]);

/// A unit in several words, past spaces and hyphens.
pub(super) fn phrase_after(text: &str, at: usize) -> Option<(Unit, Factor, usize)> {
    let start = past_gap(text, at)?;
    if !begins_phrase(word_at(text, start)) {
        return None;
    }
    let (end, unit) =
        PHRASES.iter().find_map(|(words, unit)| Some((phrase_end(text, start, words)?, *unit)))?;
    unit_named(unit).map(|named| (named.unit, named.factor, end))
}

/// Whether a unit in several words may begin with a word.
pub(super) fn begins_phrase(word: &str) -> bool {
    PHRASE_STARTS.get(word).is_some() || word.ends_with("watt")
}

/// Where these words end, if they begin at a byte.
fn phrase_end(text: &str, start: usize, words: &[&str]) -> Option<usize> {
    let mut at = start;
    for (place, word) in words.iter().enumerate() {
        if place > 0 {
            at = past_gap(text, at)?;
        }
        let found = text.get(at..at + word.len())?;
        // "C" and "F" count as capitals only.
        if found != *word && (word.len() == 1 || !found.eq_ignore_ascii_case(word)) {
            return None;
        }
        at += word.len();
    }
    at += usize::from(matches!(text.as_bytes().get(at), Some(b's' | b'S')));
    let goes_on = text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    (!goes_on).then_some(at)
}

/// Past one space or hyphen.
fn past_gap(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at..)? {
        [b' ' | b'-' | b'\n', ..] => Some(at + 1),
        [0xC2, 0xA0, ..] => Some(at + 2),
        _ => None,
    }
}
