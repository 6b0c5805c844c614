//! Runs of ASCII letters, eight bytes at a time: most of what is read of a draft is passed in such steps.

/// Where the letters end that begin at a byte.
#[inline]
pub fn past_letters(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let others = other_than_letters(u64::from_le_bytes(*eight));
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// Where the letters begin that end at a byte.
#[inline]
pub fn before_letters(bytes: &[u8], end: usize) -> usize {
    let mut before = bytes.get(..end).unwrap_or_default();
    while let Some((rest, eight)) = before.split_last_chunk() {
        let others = other_than_letters(u64::from_le_bytes(*eight));
        if others != 0 {
            return before.len() - others.leading_zeros() as usize / 8;
        }
        before = rest;
    }
    before.len() - before.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// The highest bit of each of eight bytes that is no letter.
#[inline]
pub(super) const fn other_than_letters(eight: u64) -> u64 {
    const HIGHEST: u64 = each(0x80);
    // No sum overflows into the byte beside it: its summands are less than 128 each.
    let small = (eight | each(0x20)) & !HIGHEST;
    let from_a = small + each(0x80 - b'a');
    let past_z = small + each(0x7F - b'z');
    !(from_a & !past_z & !eight) & HIGHEST
}

/// Eight times the same byte.
pub(super) const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_to_be_a_letter_or_none() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut bytes = [b'm'; 20];
                bytes[place] = byte;
                let (past, before) = if byte.is_ascii_alphabetic() { (20, 0) } else { (place, place + 1) };
                assert_eq!(past_letters(&bytes, 0), past, "{byte} at {place}");
                assert_eq!(before_letters(&bytes, 20), before, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn a_run_lies_between_its_ends() {
        let text = b"the recommendations, 5 of them";
        assert_eq!((past_letters(text, 4), before_letters(text, 19)), (19, 4));
        assert_eq!((past_letters(text, 19), before_letters(text, 20)), (19, 20));
        assert_eq!((past_letters(text, 26), before_letters(text, 2)), (30, 0));
        assert_eq!((past_letters(text, 30), before_letters(text, 0)), (30, 0));
        assert_eq!(past_letters(text, 31), 31);
    }
}
