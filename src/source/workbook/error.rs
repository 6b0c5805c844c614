//! Why a spreadsheet, or a table in it, cannot be read.

use std::sync::Arc;

use quick_xml::errors::Error as XmlError;

use crate::packed::PackedError;

/// Why a spreadsheet, or a table in it, cannot be read. What to do about it is in [`WorkbookError::help`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    /// The archive, or a part of it.
    #[error(transparent)]
    Packed(#[from] PackedError),
    /// The file is something else, whatever its ending.
    #[error("no spreadsheet: it is {found}")]
    NotASpreadsheet {
        /// What it looks like.
        found: &'static str,
    },
    /// Only somebody with the password can read it.
    #[error("a password protects it")]
    Protected,
    /// Excel's files before 1997, or its binary ones after 2007.
    #[error("a spreadsheet of a kind that is not read: {kind}")]
    OtherKind {
        /// Which.
        kind: &'static str,
    },
    /// Something is not as the format has it.
    #[error("{part} in it is damaged: {what}")]
    Damaged {
        /// The part of the file.
        part: String,
        /// What is wrong with it.
        what: String,
    },
    /// More than is read.
    #[error("the sheet “{sheet}” has more than {limit} {what}")]
    TooLarge {
        /// The sheet.
        sheet: Arc<str>,
        /// Of what there is too much.
        what: &'static str,
        /// How much is read.
        limit: u64,
    },
    /// There is no sheet at all.
    #[error("there is no sheet in it")]
    NoSheet,
    /// No sheet has the name.
    #[error("no sheet “{sheet}” in it (it has {})", quoted(.known))]
    UnknownSheet {
        /// The name.
        sheet: String,
        /// Those that are there.
        known: Vec<String>,
        /// The most similar of them.
        nearest: Option<String>,
    },
    /// Several could be meant.
    #[error("several sheets in it: {}", quoted(.known))]
    WhichSheet {
        /// Those that are visible, or all where none is.
        known: Vec<String>,
    },
    /// No row looks like column names.
    #[error("no row of column names was found in the sheet “{sheet}”")]
    NoHeader {
        /// The sheet.
        sheet: Arc<str>,
    },
    /// Two rows look like column names.
    #[error("rows {first} and {second} of the sheet “{sheet}” could both be the column names")]
    WhichHeader {
        /// The sheet.
        sheet: Arc<str>,
        /// The upper one.
        first: u32,
        /// The lower one.
        second: u32,
    },
    /// The row that is said to have the column names has none.
    #[error(
        "row {row} of the sheet “{sheet}” is empty, or has no cells in the range: there are no column names"
    )]
    EmptyHeader {
        /// The sheet.
        sheet: Arc<str>,
        /// The row.
        row: u32,
    },
}

impl WorkbookError {
    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::UnknownSheet { nearest: Some(nearest), .. } => format!("did you mean “{nearest}”?"),
            Self::WhichSheet { known } => {
                format!("say which: sheet = \"{}\"", known.first().map_or("…", String::as_str))
            }
            Self::WhichHeader { second, .. } => {
                format!("say which, or the lower one if both are: header = {second}")
            }
            Self::NoHeader { .. } => "say in which row they are: header = 4".to_owned(),
            Self::Protected => "save it without a password".to_owned(),
            Self::NotASpreadsheet { .. }
            | Self::OtherKind { .. }
            | Self::Damaged { .. }
            | Self::Packed(PackedError::Damaged { .. } | PackedError::NotZip) => {
                "open it in a spreadsheet program and save it as .xlsx".to_owned()
            }
            Self::TooLarge { .. } | Self::Packed(PackedError::TooLarge { .. }) => {
                "save the sheet as .csv, which is read row by row".to_owned()
            }
            _ => return None,
        };
        Some(help)
    }

    /// A part that is damaged.
    pub(super) fn damaged(part: &str, what: impl Into<String>) -> Self {
        Self::Damaged { part: part.to_owned(), what: what.into() }
    }

    /// A part that is no XML, at this byte.
    pub(super) fn xml(part: &str, at: u64, error: &XmlError) -> Self {
        Self::damaged(part, format!("at byte {at}, {error}"))
    }
}

/// The first of some names, for messages.
fn quoted(names: &[String]) -> String {
    const TOLD: usize = 12;
    let told: Vec<String> = names.iter().take(TOLD).map(|name| format!("“{name}”")).collect();
    let more = if names.len() > TOLD { ", …" } else { "" };
    format!("{}{more}", told.join(", "))
}
