//! A draft held against itself: arithmetic that its own sentences state and that cannot be true.
//!
//! Only relations that the text states outright are looked at, each in a file of its own that says which wording it
//! knows and why that is safe. Every number stands for all values that its digits and its hedge allow, and a relation is
//! a contradiction only where none of them could make it true.

mod age;
mod average;
mod calendar;
mod change;
mod clock;
mod copies;
mod direction;
mod headline;
mod list;
mod multiple;
mod pair;
mod parts;
mod published;
mod range;
mod rate;
mod sentence;
mod series;
mod share;
mod span;
mod table;
mod value;
mod vote;
mod word;

use jiff::civil::Date;

use crate::hedge::Widths;
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
    /// What they come to: "from 9 to 9.5 is a rise of 5.6%".
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

impl Kind {
    /// The slug of the check that reports it.
    pub const fn check(self) -> &'static str {
        match self {
            Self::Arithmetic => "arithmetic-inconsistent",
            Self::Copies => "second-copy-differs",
        }
    }
}

/// What is found, and what it is found with.
struct Reader {
    widths: Widths,
    published: Option<Date>,
    found: Vec<Contradiction>,
}

impl Reader {
    /// Adds a contradiction of arithmetic.
    fn report(&mut self, stated: Span, operands: &[Span], arithmetic: String) {
        self.report_with(stated, operands, arithmetic, None);
    }

    fn report_with(&mut self, stated: Span, operands: &[Span], arithmetic: String, help: Option<String>) {
        self.found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated,
            operands: operands.to_vec(),
            arithmetic,
            help,
        });
    }
}

/// All contradictions of a text, in its order. Relative dates are read from the day of publication; where that is not
/// given, they are not looked at.
pub fn contradictions(
    text: &str,
    survey: &Survey,
    widths: Widths,
    published: Option<Date>,
) -> Vec<Contradiction> {
    let mut reader = Reader { widths, published, found: Vec::new() };
    let mut share = share::Carried::default();
    Sentence::each(text, survey, |sentence| {
        if sentence.numbers.len() >= 2 || !sentence.before.is_empty() {
            change::look(&mut reader, sentence);
            direction::look(&mut reader, sentence);
            share::look(&mut reader, sentence, &mut share);
            parts::look(&mut reader, sentence);
            rate::look(&mut reader, sentence);
            average::look(&mut reader, sentence);
            multiple::look(&mut reader, sentence);
            series::look(&mut reader, sentence);
        }
        vote::look(&mut reader, sentence);
        span::look(&mut reader, sentence);
        range::look(&mut reader, sentence);
    });
    table::look(&mut reader, text, survey);
    list::look(&mut reader, text, survey);
    headline::look(&mut reader, text, survey);
    copies::look(&mut reader, text, survey);
    let mut found = reader.found;
    found.sort_by_key(|contradiction| (contradiction.stated.start, contradiction.stated.end));
    found.dedup_by_key(|contradiction| contradiction.stated);
    found
}
