//! A row that is the total of the others.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::super::answer::{CellPlace, Printed};
use super::super::row::trimmed;
use super::Trap;

/// What tells that a row is a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A cell says so: `Total`, `All ages`.
    Word(Printed),
    /// It is the sum of all others.
    Sum,
}

/// Of more rows, none is looked at as the sum of the others.
const MOST: usize = 512;
/// With fewer parts, or smaller ones, a number is the sum of others by chance.
const LEAST_PARTS: usize = 3;
const LEAST: Decimal = Decimal::ONE_HUNDRED;

/// What is known of the rows so far.
#[derive(Debug, Default)]
pub(super) struct Totals {
    rows: u64,
    /// Rows with a word that means nothing but a total, and the first of them.
    named: u64,
    first: Option<(CellPlace, Printed)>,
    /// The first row with a word that may mean one, and what such rows come to.
    maybe: Option<(CellPlace, Printed)>,
    maybe_sum: Decimal,
    /// What all rows come to.
    sum: Decimal,
    values: Vec<(CellPlace, Decimal)>,
}

impl Totals {
    /// Takes notice of a row: its other cells, and its number.
    pub(super) fn row<'r>(
        &mut self,
        others: impl Iterator<Item = Cow<'r, str>>,
        place: CellPlace,
        value: Option<Decimal>,
    ) {
        self.rows += 1;
        for text in others {
            match word(trimmed(&text)) {
                None => continue,
                Some(Word::Total) => {
                    self.named += 1;
                    self.first.get_or_insert((place, Printed::new(trimmed(&text))));
                }
                Some(Word::All) => {
                    self.maybe.get_or_insert((place, Printed::new(trimmed(&text))));
                    self.maybe_sum = self.maybe_sum.saturating_add(value.unwrap_or_default());
                }
            }
            break;
        }
        if let Some(value) = value {
            self.sum = self.sum.saturating_add(value);
            if self.values.len() <= MOST {
                self.values.push((place, value));
            }
        }
    }

    pub(super) fn finish(self, is_sum: bool) -> Option<Trap> {
        if let Some((cell, word)) = self.first {
            // Where every row is a total, as they may be asked for, none is among its parts.
            return (self.named < self.rows)
                .then_some(Trap::TotalAmongParts { cell, sign: Sign::Word(word) });
        }
        if let Some((cell, word)) = self.maybe
            && are_near(self.maybe_sum, self.sum.saturating_sub(self.maybe_sum))
        {
            return Some(Trap::TotalAmongParts { cell, sign: Sign::Word(word) });
        }
        if !is_sum || self.values.len() > MOST || self.values.len() <= LEAST_PARTS {
            return None;
        }
        let parts = self.values.iter().filter(|(_, value)| !value.is_zero()).count();
        let is_total = |value: &Decimal| *value >= LEAST && value.checked_add(*value) == Some(self.sum);
        let (cell, _) = self.values.iter().find(|(_, value)| is_total(value))?;
        (parts > LEAST_PARTS).then_some(Trap::TotalAmongParts { cell: *cell, sign: Sign::Sum })
    }
}

/// Whether what seem to be totals come to about what the other rows do, as they would but for rounding and rows left out.
fn are_near(totals: Decimal, parts: Decimal) -> bool {
    let tenths = |value: Decimal, tenths: u32| value.saturating_mul(Decimal::from(tenths));
    totals > Decimal::ZERO && tenths(totals, 10) >= tenths(parts, 9) && tenths(totals, 9) <= tenths(parts, 10)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// It means nothing else.
    Total,
    /// It may mean a part, too.
    All,
}

/// What a cell says of its row.
fn word(text: &str) -> Option<Word> {
    const LONGEST: usize = 40;
    if text.len() > LONGEST || !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is = |word: Option<&&str>, known: &[&str]| {
        word.is_some_and(|word| known.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    let totals = ["total", "totals", "subtotal", "subtotals"];
    if words.len() > 4 {
        return None;
    }
    if is(words.first(), &totals) || is(words.last(), &totals) {
        return Some(Word::Total);
    }
    let begins_with_all = is(words.first(), &["all"]) && !is(words.get(1), &["other", "others"]);
    (begins_with_all || is(words.last(), &["combined", "overall"])).then_some(Word::All)
}
