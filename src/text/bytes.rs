//! Sets of bytes, for readers that go through text byte by byte.

/// A set of bytes, looked up in a table; made at compile time.
#[derive(Clone, Debug)]
pub struct ByteSet([bool; 256]);

impl ByteSet {
    /// No byte.
    pub const NONE: Self = Self([false; 256]);

    /// The letters and digits of ASCII.
    pub const ALPHANUMERIC: Self =
        Self::NONE.with_range(b'0', b'9').with_range(b'A', b'Z').with_range(b'a', b'z');

    /// The same, and these.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a byte is less than 256")]
    pub const fn with(mut self, bytes: &[u8]) -> Self {
        let mut rest = bytes;
        while let [byte, more @ ..] = rest {
            self.0[*byte as usize] = true;
            rest = more;
        }
        self
    }

    /// The same, and all from `first` to `last`.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a byte is less than 256")]
    pub const fn with_range(mut self, first: u8, last: u8) -> Self {
        let mut byte = first as usize;
        while byte <= last as usize {
            self.0[byte] = true;
            byte += 1;
        }
        self
    }

    /// Whether it has the byte.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a byte is less than 256")]
    pub const fn contains(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// How many bytes of the set `bytes` begins with.
    #[inline]
    pub fn prefix(&self, bytes: &[u8]) -> usize {
        bytes.iter().position(|byte| !self.contains(*byte)).unwrap_or(bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_put_into_it() {
        const SET: ByteSet = ByteSet::ALPHANUMERIC.with(b"_").with_range(0xfe, 0xff);
        for byte in 0..=u8::MAX {
            let expected = byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0xfe;
            assert_eq!(SET.contains(byte), expected, "{byte}");
        }
        assert_eq!(SET.prefix(b"fy_2024.amount"), 7);
        assert_eq!(SET.prefix(b"all"), 3);
        assert_eq!(ByteSet::NONE.prefix(b"all"), 0);
    }
}
