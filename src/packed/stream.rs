//! Tables that gzip or zstd made smaller, unpacked as they are read.

use std::io::{self, BufRead, BufReader, Read};

use rawzip::Crc32;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::inflate::Inflate;

/// The most bytes that are unpacked from one file.
const MOST: u64 = 16 << 30;
/// No table is packed into so small a part of itself: logs, which repeat themselves most, come to a hundredth.
const MOST_RATIO: u64 = 500;
/// The first bytes may be packed however well.
const SMALL: u64 = 64 << 20;
/// The most memory that a zstd file may ask for: what its own program needs at the level that packs best.
const MOST_WINDOW: u64 = 128 << 20;

/// How a file is made smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

impl Packing {
    /// The endings, without the dot, that say so.
    pub const ENDINGS: [&str; 3] = ["gz", "zst", "zstd"];

    /// What the first bytes of a file say. No table in a text format begins like this.
    pub fn of_start(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x1f\x8b") {
            return Some(Self::Gzip);
        }
        bytes.starts_with(b"\x28\xb5\x2f\xfd").then_some(Self::Zstd)
    }
}

/// The bytes that were packed. One that is damaged, breaks off, or grows past all measure is an error where it is read.
pub fn unpack<'a>(input: impl BufRead + 'a, packing: Packing) -> impl BufRead + 'a {
    let input = Counted { input, taken: 0 };
    let packed = match packing {
        Packing::Gzip => Packed::Gzip(Box::new(Gzip::new(input))),
        Packing::Zstd => Packed::Zstd(Box::new(Zstd { input, decoder: FrameDecoder::new(), is_open: false })),
    };
    BufReader::with_capacity(1 << 16, Unpacked { packed, given: 0 })
}

/// An input, and how much of it has been taken.
struct Counted<R> {
    input: R,
    taken: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        self.taken += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        self.input.consume(amount);
    }
}

enum Packed<R> {
    Gzip(Box<Gzip<R>>),
    Zstd(Box<Zstd<R>>),
}

struct Unpacked<R> {
    packed: Packed<R>,
    given: u64,
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let (read, taken) = match &mut self.packed {
            Packed::Gzip(gzip) => (gzip.read(into)?, gzip.deflated.packed().taken),
            Packed::Zstd(zstd) => (zstd.read(into)?, zstd.input.taken),
        };
        self.given += read as u64;
        if self.given > MOST {
            return Err(invalid("it unpacks to more than 16 GB"));
        }
        if self.given > SMALL && self.given / MOST_RATIO > taken {
            return Err(invalid("it unpacks to more than 500 times its size, as no table does"));
        }
        Ok(read)
    }
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// Members of gzip, one after the other.
struct Gzip<R> {
    deflated: Inflate<Counted<R>>,
    /// What the member at hand has come to so far; none between two.
    member: Option<(Crc32, u64)>,
}

impl<R: BufRead> Gzip<R> {
    fn new(input: Counted<R>) -> Self {
        Self { deflated: Inflate::new(input), member: None }
    }

    /// Reads the head of a member, if there is one more. Zeros after the last one are what tapes leave.
    fn open(&mut self) -> io::Result<bool> {
        const TEXT_FLAGS: [u8; 2] = [0x08, 0x10];
        let input = self.deflated.input();
        while input.fill_buf()?.first() == Some(&0) {
            input.consume(1);
        }
        if input.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let mut head = [0; 10];
        input.read_exact(&mut head)?;
        let [0x1f, 0x8b, 8, flags, ..] = head else { return Err(invalid("it is no gzip")) };
        if flags & 0x04 != 0 {
            let mut length = [0; 2];
            input.read_exact(&mut length)?;
            skip(input, u16::from_le_bytes(length).into())?;
        }
        for flag in TEXT_FLAGS {
            // A name and a comment, which end in a zero.
            let mut byte = [u8::from(flags & flag != 0)];
            while byte != [0] {
                input.read_exact(&mut byte)?;
            }
        }
        if flags & 0x02 != 0 {
            skip(input, 2)?;
        }
        self.deflated.restart();
        Ok(true)
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some((crc, length)) = &mut self.member else {
                if !self.open()? {
                    return Ok(0);
                }
                self.member = Some((Crc32::new(), 0));
                continue;
            };
            let read = self.deflated.read(into)?;
            if read > 0 || into.is_empty() {
                crc.update(into.get(..read).unwrap_or_default());
                *length += read as u64;
                return Ok(read);
            }
            let (crc, length) = (crc.checksum(), *length);
            let mut tail = [0; 8];
            self.deflated.input().read_exact(&mut tail)?;
            let [a, b, c, d, size @ ..] = tail;
            if u32::from_le_bytes([a, b, c, d]) != crc
                || u64::from(u32::from_le_bytes(size)) != length & u64::from(u32::MAX)
            {
                return Err(invalid("its checksum is wrong"));
            }
            self.member = None;
        }
    }
}

fn skip(input: &mut impl Read, length: u64) -> io::Result<()> {
    let skipped = io::copy(&mut input.take(length), &mut io::sink())?;
    if skipped == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Frames of zstd, one after the other.
struct Zstd<R> {
    input: Counted<R>,
    decoder: FrameDecoder,
    is_open: bool,
}

impl<R: BufRead> Zstd<R> {
    /// Reads the head of a frame, if there is one more.
    fn open(&mut self) -> io::Result<bool> {
        self.decoder.set_max_window_size(MOST_WINDOW);
        while !self.input.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.input) {
                Ok(()) => return Ok(true),
                // Frames that something else is kept in.
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    skip(&mut self.input, length.into())?;
                }
                Err(error) => return Err(invalid(&format!("it is damaged: {error}"))),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !into.is_empty() {
            if !self.is_open {
                self.is_open = self.open()?;
                if !self.is_open {
                    return Ok(0);
                }
            }
            if self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder
                    .decode_blocks(&mut self.input, one)
                    .map_err(|error| invalid(&format!("it is damaged: {error}")))?;
            }
            let read = self.decoder.read(into)?;
            if read > 0 {
                return Ok(read);
            }
            if self.decoder.is_finished() {
                let told = self.decoder.get_checksum_from_data();
                if told.is_some() && told != self.decoder.get_calculated_checksum() {
                    return Err(invalid("its checksum is wrong"));
                }
                self.is_open = false;
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec;
    use rawzip::crc32;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec as zstd};

    use super::*;

    fn gzip(content: &[u8], level: u8) -> Vec<u8> {
        let mut bytes = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03a.csv\0".to_vec();
        bytes.extend(compress_to_vec(content, level));
        bytes.extend(crc32(content).to_le_bytes());
        bytes.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        bytes
    }

    fn unpacked(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut read = Vec::new();
        unpack(bytes, Packing::of_start(bytes).unwrap()).read_to_end(&mut read)?;
        Ok(read)
    }

    #[test]
    fn what_was_packed_comes_back_in_one_part_or_several() {
        let content = b"month,removals\n2025-03,12301\n".repeat(9000);
        let zstd = |content: &[u8]| zstd(content, CompressionLevel::Fastest);
        assert_eq!(unpacked(&gzip(&content, 6)).unwrap(), content);
        assert_eq!(unpacked(&zstd(&content)).unwrap(), content);
        let twice = [&content[..], b"x"].concat();
        assert_eq!(unpacked(&[gzip(&content, 6), gzip(b"x", 1)].concat()).unwrap(), twice);
        assert_eq!(unpacked(&[zstd(&content), zstd(b"x")].concat()).unwrap(), twice);
        assert_eq!(Packing::of_start(b"month,removals"), None);
    }

    #[test]
    fn what_breaks_off_or_was_changed_is_an_error() {
        let content = b"month,removals\n2025-03,12301\n".repeat(90);
        for whole in [gzip(&content, 6), zstd(&content[..], CompressionLevel::Fastest)] {
            for length in 4..whole.len() {
                assert!(unpacked(&whole[..length]).is_err(), "{length} of {}", whole.len());
            }
        }
        let mut changed = gzip(&content, 6);
        let at = changed.len() - 6;
        changed[at] ^= 1;
        assert_eq!(unpacked(&changed).unwrap_err().to_string(), "its checksum is wrong");
    }

    #[test]
    fn what_grows_past_measure_is_refused_on_the_way() {
        let zeros = vec![0; 100 << 20];
        let told = unpacked(&gzip(&zeros, 6)).unwrap_err().to_string();
        assert!(told.contains("500 times"), "{told}");
    }
}
