//! What is packed: zip archives of XML, as office programs save, and streams that gzip or zstd made smaller.
//!
//! Bytes are unpacked piece by piece, and never more of them than a part may have: what a file says of its own size is
//! believed only where it says too much.

mod archive;
mod inflate;
mod relation;
mod stream;
mod xml;

pub use archive::{Archive, PackedError, PartReader, as_part};
pub use relation::joined;
pub use stream::{Packing, unpack};
pub use xml::{attribute, attributes, character};

#[cfg(test)]
pub(crate) use archive::tests::archive;
