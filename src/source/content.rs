//! What tells one state of a source's file from another.

use std::fmt;
use std::io::{self, BufRead, Read};
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// The SHA-256 of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

/// A file as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// The hash of its bytes.
    pub digest: Digest,
    /// How many bytes it has.
    pub size: u64,
    /// How many rows the table has, where it is read as one.
    pub rows: Option<u64>,
}

impl Content {
    /// The content of a file whose bytes are at hand; its rows are not counted.
    pub fn of(bytes: &[u8]) -> Self {
        let digest = Digest(Sha256::digest(bytes).into());
        Self { digest, size: bytes.len() as u64, rows: None }
    }
}

impl Content {
    /// The content of a table that goes on in another file: it changes with either of them.
    #[must_use]
    pub fn and(self, next: Self) -> Self {
        let both = Sha256::new().chain_update(self.digest.0).chain_update(next.digest.0);
        Self { digest: Digest(both.finalize().into()), size: self.size + next.size, rows: None }
    }
}

impl Digest {
    /// The first digits, enough for people to tell two files apart.
    pub fn short(self) -> String {
        let mut digits = self.to_string();
        digits.truncate(12);
        digits
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// Why a text is no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no SHA-256, which has 64 hexadecimal digits")]
pub struct NoDigest;

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let mut digest = [0; 32];
        if pairs.len() != digest.len() || !rest.is_empty() {
            return Err(NoDigest);
        }
        for (byte, pair) in digest.iter_mut().zip(pairs) {
            let half = |digit: u8| char::from(digit).to_digit(16).and_then(|half| u8::try_from(half).ok());
            let [high, low] = pair.map(half);
            *byte = high.ok_or(NoDigest)? << 4 | low.ok_or(NoDigest)?;
        }
        Ok(Self(digest))
    }
}

/// A file that is hashed while somebody reads it, so that it need not be read twice.
pub struct Digesting<R> {
    inner: R,
    hasher: Sha256,
    size: u64,
}

impl<R: BufRead> Digesting<R> {
    /// Nothing of `inner` has been read yet.
    pub fn new(inner: R) -> Self {
        Self { inner, hasher: Sha256::new(), size: 0 }
    }

    /// The content, with whatever was left unread.
    pub fn finish(mut self) -> io::Result<Content> {
        loop {
            let length = match self.inner.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                chunk => chunk?.len(),
            };
            if length == 0 {
                let digest = Digest(self.hasher.finalize().into());
                return Ok(Content { digest, size: self.size, rows: None });
            }
            self.consume(length);
        }
    }
}

impl<R: BufRead> Read for Digesting<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let chunk = self.inner.fill_buf()?;
        let length = chunk.len().min(into.len());
        into.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Digesting<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        // What is consumed lies in the buffer already: this reads nothing, and cannot fail.
        if let Ok(chunk) = self.inner.fill_buf() {
            let chunk = chunk.get(..length).unwrap_or(chunk);
            self.hasher.update(chunk);
            self.size += chunk.len() as u64;
        }
        self.inner.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        let content = Content::of(b"abc");
        let published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((content.digest.to_string().as_str(), content.size), (published, 3));
        assert_eq!(published.parse(), Ok(content.digest));
        assert_eq!(content.digest.short(), "ba7816bf8f01");
        for wrong in ["", "ba78", &published[1..], &published.replace('b', "g"), &format!("{published}00")] {
            assert_eq!(wrong.parse::<Digest>(), Err(NoDigest), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_in_pieces_is_hashed_as_a_whole(
            bytes in proptest::collection::vec(any::<u8>(), 0..200), room in 1usize..40, lines in 0usize..4
        ) {
            let mut reading = Digesting::new(BufReader::with_capacity(room, &bytes[..]));
            let mut line = Vec::new();
            for _ in 0..lines {
                reading.read_until(b'\n', &mut line).unwrap();
            }
            let mut start = [0; 3];
            _ = reading.read(&mut start).unwrap();
            prop_assert_eq!(reading.finish().unwrap(), Content::of(&bytes));
        }
    }
}
