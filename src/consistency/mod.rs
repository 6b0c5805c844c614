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
mod relation;
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
use crate::mention::{Mention, Survey};
use crate::text::Span;

pub use relation::{Relation, Rule};

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
    /// The relations that hold, where somebody asks for them.
    relations: Option<Vec<Relation>>,
}

impl Reader {
    /// Notes a relation that the text states and that can be true.
    fn holds(&mut self, rule: Rule, stated: &Mention, operands: &[&Mention]) {
        let Some(relations) = &mut self.relations else { return };
        let operands = operands.iter().map(|mention| mention.span).collect();
        relations.push(Relation { stated: stated.span, rule, operands });
    }

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
    let mut reader = Reader { widths, published, found: Vec::new(), relations: None };
    reader.look(text, survey);
    let mut found = reader.found;
    found.sort_by_key(|contradiction| (contradiction.stated.start, contradiction.stated.end));
    found.dedup_by_key(|contradiction| contradiction.stated);
    found
}

/// How numbers of a text follow from others of it, as it says itself and where that can be true: one relation a number at
/// the most, in the order of the text.
pub fn relations(text: &str, survey: &Survey, widths: Widths) -> Vec<Relation> {
    let mut reader = Reader { widths, published: None, found: Vec::new(), relations: Some(Vec::new()) };
    reader.look(text, survey);
    let mut relations = reader.relations.unwrap_or_default();
    relations.sort_by_key(|relation| relation.stated.start);
    relations.dedup_by_key(|relation| relation.stated);
    relations
}

impl Reader {
    fn look(&mut self, text: &str, survey: &Survey) {
        // A unit that a sentence leaves out is one reading of it. What contradicts itself must do so in every one.
        if survey.mentions.iter().any(|mention| mention.is_elided) {
            let mentions = survey.mentions.iter().copied().map(Mention::as_written).collect();
            return self.look_at(text, &Survey { mentions, excluded: survey.excluded.clone() });
        }
        self.look_at(text, survey);
    }

    fn look_at(&mut self, text: &str, survey: &Survey) {
        let mut share = share::Carried::default();
        Sentence::each(text, survey, |sentence| {
            if sentence.numbers.len() >= 2 || !sentence.before.is_empty() {
                change::look(self, sentence);
                direction::look(self, sentence);
                share::look(self, sentence, &mut share);
                parts::look(self, sentence);
                rate::look(self, sentence);
                average::look(self, sentence);
                multiple::look(self, sentence);
                series::look(self, sentence);
            }
            vote::look(self, sentence);
            span::look(self, sentence);
            range::look(self, sentence);
        });
        table::look(self, text, survey);
        list::look(self, text, survey);
        headline::look(self, text, survey);
        copies::look(self, text, survey);
    }
}
