//! The words that arguments may be.

use std::sync::LazyLock;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::report::{self, Format};

/// How to report.
#[derive(Clone, Copy, Debug)]
pub enum ReportFormat {
    /// As one text.
    Text(&'static Format),
    /// As pages, a file a story.
    Pages,
}

/// Report formats are listed in one place, with their names and what they are for; pages are no text and come last.
impl ValueEnum for ReportFormat {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<ReportFormat>> = LazyLock::new(|| {
            report::ALL.into_iter().map(ReportFormat::Text).chain([ReportFormat::Pages]).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, about) = match self {
            Self::Text(format) => (format.name, format.about),
            Self::Pages => (report::html::NAME, report::html::ABOUT),
        };
        Some(PossibleValue::new(name).help(about))
    }
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Findings never fail the run
    Never,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Formats of a list of sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SourcesFormat {
    /// In columns, for people
    #[default]
    Full,
    /// A line a source, for spreadsheets
    Csv,
    /// One JSON object
    Json,
}

/// Formats of a list of numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A line a number, in columns
    #[default]
    Full,
    /// One JSON object
    Json,
    /// A JSON object a number
    Jsonl,
}
