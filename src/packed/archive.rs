//! Zip archives: which parts they have, and how large those may be.

use std::io::{self, BufReader, Read};

use miniz_oxide::inflate::decompress_slice_iter_to_slice;
use rawzip::{
    CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive, ZipSliceEntry, ZipVerification,
    crc32,
};

use super::inflate::Inflate;

/// A part that is this many times as large as what it is packed into is made to be so. Sheets full of the same cell
/// come to a hundred.
const MOST_RATIO: u64 = 250;
/// Small parts may be packed however well.
const SMALL: u64 = 32 << 20;

/// Why an archive, or a part of it, cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackedError {
    /// The file is no archive.
    #[error("it is no zip archive")]
    NotZip,
    /// A part that is past all measure.
    #[error("{part} in it is larger than {limit} MB")]
    TooLarge {
        /// Which.
        part: String,
        /// What is read at most.
        limit: u64,
    },
    /// A part that no program packs so.
    #[error("{part} in it would grow to {times} times its size when it is unpacked")]
    Bomb {
        /// Which.
        part: String,
        /// How much larger it says it is.
        times: u64,
    },
    /// A part that cannot be unpacked or read.
    #[error("{part} in it is damaged: {what}")]
    Damaged {
        /// Which.
        part: String,
        /// What is wrong.
        what: String,
    },
}

/// An archive, whole in memory.
#[derive(Debug)]
pub struct Archive<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
}

impl<'a> Archive<'a> {
    /// Looks for the archive's list of parts.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackedError> {
        let archive = ZipArchive::from_slice(bytes).map_err(|_| PackedError::NotZip)?;
        Ok(Self { archive })
    }

    /// A part by its name, in which capital letters make no difference; of no more than `limit` bytes, and of no more than
    /// it declares.
    pub fn read(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, PackedError> {
        let Some((entry, method)) = self.find(name, limit)? else { return Ok(None) };
        let declared = entry.claim_verifier();
        let bytes = match method {
            CompressionMethod::STORE => entry.data().to_vec(),
            _ => {
                let size = usize::try_from(declared.uncompressed_size).unwrap_or(usize::MAX);
                let mut bytes = vec![0; size];
                let packed = std::iter::once(entry.data());
                let written = decompress_slice_iter_to_slice(&mut bytes, packed, false, true)
                    .map_err(|_| damaged(name, "it cannot be unpacked to the size that it declares"))?;
                bytes.truncate(written);
                bytes
            }
        };
        let unpacked = ZipVerification { crc: crc32(&bytes), uncompressed_size: bytes.len() as u64 };
        declared.valid(unpacked).map_err(|_| damaged(name, "its checksum is wrong"))?;
        Ok(Some(bytes))
    }

    /// The same, to be read piece by piece: what is wrong with it comes up as it is read.
    pub fn part(&self, name: &str, limit: u64) -> Result<Option<PartReader<'_>>, PackedError> {
        let Some((entry, method)) = self.find(name, limit)? else { return Ok(None) };
        let declared = entry.claim_verifier().uncompressed_size;
        if declared > SMALL && declared / MOST_RATIO > entry.data().len() as u64 {
            let times = declared / (entry.data().len() as u64).max(1);
            return Err(PackedError::Bomb { part: name.to_owned(), times });
        }
        let unpacked: Box<dyn Read + '_> = match method {
            CompressionMethod::STORE => Box::new(entry.verifying_reader(entry.data())),
            _ => Box::new(entry.verifying_reader(Inflate::new(entry.data()))),
        };
        Ok(Some(BufReader::with_capacity(1 << 16, Bounded { unpacked, since: 0 })))
    }

    /// A part that may be unpacked, and how it is packed.
    fn find(
        &self,
        name: &str,
        limit: u64,
    ) -> Result<Option<(ZipSliceEntry<'_>, CompressionMethod)>, PackedError> {
        let mut entries = self.archive.entries();
        while let Some(record) =
            entries.next_entry().map_err(|_| damaged(name, "the archive's list of parts breaks off"))?
        {
            if !is_named(&record, name) {
                continue;
            }
            let entry = self.archive.get_entry(record.wayfinder());
            let entry = entry.map_err(|_| damaged(name, "it lies outside of the archive"))?;
            if entry.claim_verifier().uncompressed_size > limit {
                return Err(PackedError::TooLarge { part: name.to_owned(), limit: limit >> 20 });
            }
            if record.flags().is_encrypted() {
                return Err(damaged(name, "it is encrypted"));
            }
            return match record.compression_method() {
                method @ (CompressionMethod::STORE | CompressionMethod::DEFLATE) => Ok(Some((entry, method))),
                method => Err(damaged(name, &format!("it is packed by {method}, as no office program does"))),
            };
        }
        Ok(None)
    }
}

fn damaged(part: &str, what: &str) -> PackedError {
    PackedError::Damaged { part: part.to_owned(), what: what.to_owned() }
}

fn is_named(entry: &ZipFileHeaderRecord<'_>, name: &str) -> bool {
    let path = entry.file_path();
    let path = path.as_ref();
    // Some programs write paths as Windows does.
    let same =
        |(one, other): (&u8, &u8)| one.eq_ignore_ascii_case(other) || (*one == b'\\' && *other == b'/');
    path.len() == name.len() && path.iter().zip(name.as_bytes()).all(same)
}

/// A part that is read piece by piece.
pub type PartReader<'a> = BufReader<Bounded<'a>>;

/// A part that gives no very long pieces of XML. More bytes than it declares are refused by `rawzip`'s verifier.
pub struct Bounded<'a> {
    unpacked: Box<dyn Read + 'a>,
    since: u64,
}

/// Bytes that are not packed, to be read like a part.
pub fn as_part(bytes: &[u8]) -> PartReader<'_> {
    BufReader::with_capacity(1 << 16, Bounded { unpacked: Box::new(bytes), since: 0 })
}

impl Bounded<'_> {
    /// The longest tag or text that is read, in bytes.
    const LONGEST: u64 = 16 << 20;

    /// Begins the next piece of XML.
    pub fn begin_piece(&mut self) {
        self.since = 0;
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.unpacked.read(into)? as u64;
        self.since += read;
        if self.since > Self::LONGEST {
            return Err(io::Error::other("a single tag or text in it is longer than 16 MB"));
        }
        Ok(usize::try_from(read).unwrap_or(usize::MAX))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write as _;

    use miniz_oxide::deflate::compress_to_vec;
    use rawzip::{DataDescriptorOutput, ZipArchiveWriter};

    use super::*;

    /// An archive of these files, packed.
    pub(crate) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = ZipArchiveWriter::new(&mut bytes);
        for (name, content) in files {
            let new = archive.new_file(name).compression_method(CompressionMethod::DEFLATE);
            let (mut entry, _) = new.start().unwrap();
            entry.write_all(&compress_to_vec(content, 6)).unwrap();
            entry.finish(DataDescriptorOutput::new(crc32(content), content.len() as u64)).unwrap();
        }
        archive.finish().unwrap();
        bytes
    }

    fn read_part(bytes: &[u8], limit: u64) -> Result<Vec<u8>, String> {
        let archive = Archive::open(bytes).map_err(|error| error.to_string())?;
        let mut part = archive.part("a.xml", limit).map_err(|error| error.to_string())?.unwrap();
        let mut read = Vec::new();
        part.read_to_end(&mut read).map(|_| read).map_err(|error| error.to_string())
    }

    #[test]
    fn a_part_is_read_whole_or_piece_by_piece() {
        let content = b"<a>one</a>".repeat(20_000);
        let bytes = archive(&[("b.xml", b"<b/>"), ("A.xml", &content)]);
        assert_eq!(read_part(&bytes, 1 << 20).unwrap(), content);
        assert_eq!(Archive::open(&bytes).unwrap().read("a.xml", 1 << 20), Ok(Some(content)));
        assert_eq!(Archive::open(&bytes).unwrap().read("c.xml", 1 << 20), Ok(None));
        assert_eq!(read_part(&bytes, 1000).unwrap_err(), "a.xml in it is larger than 0 MB");
        assert_eq!(read_part(b"PK\x03\x04", 1).unwrap_err(), "it is no zip archive");
    }

    /// A part that declares `size` bytes, and is packed from `content`.
    fn declaring(size: u64, content: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = ZipArchiveWriter::new(&mut bytes);
        let new = archive.new_file("a.xml").compression_method(CompressionMethod::DEFLATE);
        let (mut entry, _) = new.start().unwrap();
        entry.write_all(&compress_to_vec(content, 6)).unwrap();
        entry.finish(DataDescriptorOutput::new(crc32(content), size)).unwrap();
        archive.finish().unwrap();
        bytes
    }

    #[test]
    fn a_part_that_grows_past_measure_or_past_its_word_is_refused() {
        let spaces = vec![b' '; 40 << 20];
        let told = read_part(&declaring(40 << 20, &spaces), 1 << 30).unwrap_err();
        assert!(told.contains("times its size"), "{told}");
        let told = read_part(&declaring(1000, &spaces), 1 << 30).unwrap_err();
        assert!(told.starts_with("Invalid size"), "{told}");
        let mixed: Vec<u8> =
            (0..20_u32 << 20).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let told = read_part(&declaring(20 << 20, &mixed), 1 << 30).unwrap_err();
        assert_eq!(told, "a single tag or text in it is longer than 16 MB");
    }
}
