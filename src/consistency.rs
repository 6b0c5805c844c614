//! A draft held against itself: arithmetic that its own sentences state and that cannot be true.
//!
//! Only relations that the text states outright are looked at, each in a file of its own that says which wording it knows and
//! why that is safe. Every number stands for all values that its digits and its hedge allow, and a relation is a
//! contradiction only where none of them could make it true.

mod average;
mod band;
mod calendar;
mod change;
mod comparison;
mod copies;
mod rate;
mod sentence;
mod share;
mod sum;
mod tenure;
mod vote;
mod within;

use jiff::civil::Date;

use crate::hedge::{Lexicon, Widths};
use crate::mention::Survey;
use crate::text::Span;
use sentence::Sentence;

/// Numbers of a draft that cannot all be as they are written. Spans are in the prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Whether it is arithmetic, or one quantity with two values.
    pub kind: Kind,
    /// The number that is said to follow from the others.
    pub stated: Span,
    /// The others.
    pub operands: Vec<Span>,
    /// What they come to, in words: "from 9 to 9.5 is a rise of 5.6%".
    pub arithmetic: String,
    /// What would be true, where that is one thing.
    pub help: Option<String>,
}

/// What sort of contradiction it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Numbers of one passage do not come to what it says.
    Arithmetic,
    /// The same quantity is given twice with different digits.
    Copies,
}

/// What a draft is held against itself with.
#[derive(Clone, Copy)]
struct Reader<'a> {
    lexicon: &'a Lexicon,
    widths: Widths,
    /// The day of publication, where it is known.
    published: Option<Date>,
}

/// All contradictions of a text, in its order.
pub fn contradictions(
    text: &str,
    survey: &Survey,
    lexicon: &Lexicon,
    widths: Widths,
    published: Option<Date>,
) -> Vec<Contradiction> {
    let reader = Reader { lexicon, widths, published };
    let mut found = Vec::new();
    let mut previous: Option<Sentence<'_>> = None;
    for sentence in sentence::sentences(text, survey) {
        if let Some(previous) = previous.replace(sentence.clone()) {
            sum::rest(&reader, &previous, &sentence, &mut found);
            change::of_headline(&reader, &previous, &sentence, &mut found);
        }
        within::look(&reader, &sentence, &mut found);
        // A number alone is held against nothing.
        if sentence.numbers.len() > MOST || sentence.numbers.len() + sentence.excluded.len() < 2 {
            continue;
        }
        if !sentence.excluded.is_empty() {
            for look in [vote::look, tenure::look, calendar::look] {
                look(&reader, &sentence, &mut found);
            }
        }
        if sentence.numbers.len() > 1 {
            for look in [
                change::look,
                comparison::look,
                share::look,
                sum::look,
                rate::look,
                average::look,
                vote::of_mentions,
            ] {
                look(&reader, &sentence, &mut found);
            }
        }
    }
    sum::tables(&reader, text, survey, &mut found);
    sum::lists(&reader, text, survey, &mut found);
    copies::look(text, survey, &mut found);
    found.sort_by_key(|contradiction| contradiction.stated);
    found.dedup_by_key(|contradiction| contradiction.stated);
    found
}

/// A sentence with more numbers than this is a list, in which one cannot tell what belongs to what.
const MOST: usize = 12;

#[cfg(test)]
mod tests;
