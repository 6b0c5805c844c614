//! DOCX: which parts of a Word document are prose, and at which paragraph and character each stands.
//!
//! A `.docx` file is a zip archive of XML, in which a word may be spread over several runs and no place means anything to an
//! editor. It is therefore read as a text first, a paragraph a line; findings point into that.

mod body;
mod package;
mod paper;
mod xml;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(super) use tests::document;

use super::fold::Folded;
use super::layout::{Builder, Layout};
use body::Fields;
use package::Package;
use paper::Paper;

use crate::packed::PackedError;

/// Why a Word document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocxError {
    /// The file is no archive.
    #[error("it is no Word document: it is no zip archive")]
    NotZip,
    /// The file is what Word wrote before 2007, and writes where a password protects the document.
    #[error("it is a Word document of the old kind (.doc), or one that a password protects")]
    Compound,
    /// An archive of something else.
    #[error("it is a zip archive without a Word document in it")]
    NoDocument,
    /// A part that no story could have.
    #[error("{part} in it is larger than {limit} MB")]
    TooLarge {
        /// Which.
        part: String,
        /// What is read at most.
        limit: u64,
    },
    /// A part that cannot be unpacked or read.
    #[error("{part} in it is damaged: {what}")]
    Damaged {
        /// Which.
        part: String,
        /// What is wrong.
        what: String,
    },
    /// The text is not in the document itself.
    #[error("its text lies in another file that is embedded in it (altChunk)")]
    Embedded,
}

impl From<PackedError> for DocxError {
    fn from(error: PackedError) -> Self {
        match error {
            PackedError::NotZip => Self::NotZip,
            PackedError::TooLarge { part, limit } => Self::TooLarge { part, limit },
            PackedError::Damaged { part, what } => Self::Damaged { part, what },
            PackedError::Bomb { ref part, .. } => {
                Self::Damaged { part: part.clone(), what: error.to_string() }
            }
        }
    }
}

impl DocxError {
    /// What to do.
    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::Compound => "save it as .docx, without a password",
            Self::TooLarge { .. } => "save the story alone as a document of its own",
            Self::NotZip | Self::NoDocument | Self::Damaged { .. } | Self::Embedded => {
                "open it in a word processor and save it again as .docx"
            }
        }
    }
}

/// Reads a document: its text, a paragraph a line, and the prose of that.
///
/// The paragraphs of the body come first, in their order: those in tables and empty ones too, so that the first line is the
/// first paragraph. Those of text boxes, footnotes and endnotes follow. Deleted and hidden text, comments, headers and footers
/// are no part of it; what fields show is, and so is text that was inserted.
pub(super) fn read(bytes: &[u8]) -> Result<(String, Folded), DocxError> {
    Ok(paper(bytes, &Paper::default)?.finish())
}

/// Reads the layout of a document. Places are those in its text.
pub(super) fn layout(bytes: &[u8]) -> Result<Layout, DocxError> {
    Ok(paper(bytes, &|| Paper::shaped(Builder::default()))?.finish_layout())
}

/// Reads a document onto sheets of paper of a kind.
fn paper(bytes: &[u8], sheet: &dyn Fn() -> Paper) -> Result<Paper, DocxError> {
    let package = Package::open(bytes)?;
    let document = package.document()?;
    let notes = package.notes(&document.name)?;
    let mut paper = sheet();
    let mut fields = Fields::default();
    let parts = || std::iter::once(&document).chain(&notes);
    for part in parts() {
        body::read(part, &mut paper, &mut fields)?;
    }
    if fields.are_unclosed() {
        // A field without an end would swallow what follows it; Word shows that.
        paper = sheet();
        let mut none = Fields::unread();
        for part in parts() {
            body::read(part, &mut paper, &mut none)?;
        }
    }
    Ok(paper)
}
