//! Rule files and settings: from TOML text to structs that know where each of their parts stands, with all that is
//! wrong with a file said at its place.
//!
//! [`decode`] is on the hot path: a newsroom has hundreds of thousands of claims. The text is read
//! line by line (by `toml_parser` where that does not do), put into a tree in buffers that serve file after file, and
//! decoded into structs that borrow from it, key by key.

mod complaint;
mod condition;
mod decode;
mod demands;
mod document;
mod file;
mod head;
mod lasting;
mod queries;
mod raw;
mod record;
mod review;
mod scalar;
mod schema;
mod settings;
mod shape;
mod spanned;
#[cfg(test)]
mod tests;

pub use complaint::{Complaint, utf8};
pub use condition::{RawBounds, RawCell, RawCells, RawCondition, RawNumber};
pub use demands::Demands;
pub use document::Parser;
pub use file::{Decoded, EntryKind, Refused, decode};
pub use head::{Head, head};
pub use lasting::Lasting;
pub use raw::{
    RawBy, RawClaim, RawColumn, RawFigure, RawFile, RawFormat, RawIgnore, RawKind, RawMember, RawMissing,
    RawRecord, RawRevision, RawRevisions, RawScope, RawSource, RawSpeaker, RawStatus, RawTake,
};
pub use record::{day, record, said, span_of};
pub use review::{RatingWords, Review};
pub use scalar::{RawDate, RawMap, RawNames, RawOccurrence, RawRow, RawText, RawValue};
pub use schema::schema;
pub use settings::{FailOn, Level, Settings};
pub use spanned::Spanned;
