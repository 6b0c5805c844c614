//! The stream of records: a kind, a length, and data.

use super::super::error::WorkbookError;
use super::STREAM;

/// The kinds of records that mean something here, by their numbers in [MS-XLS] 2.3.2.
pub(super) mod kind {
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const EOF: u16 = 0x000a;
    pub(in super::super) const DATE_1904: u16 = 0x0022;
    pub(in super::super) const FILE_PASS: u16 = 0x002f;
    pub(in super::super) const CONTINUE: u16 = 0x003c;
    pub(in super::super) const COLUMNS: u16 = 0x007d;
    pub(in super::super) const SHEET: u16 = 0x0085;
    pub(in super::super) const SEVERAL_RK: u16 = 0x00bd;
    pub(in super::super) const RICH_TEXT: u16 = 0x00d6;
    pub(in super::super) const XF: u16 = 0x00e0;
    pub(in super::super) const MERGED: u16 = 0x00e5;
    pub(in super::super) const STRINGS: u16 = 0x00fc;
    pub(in super::super) const SHARED_TEXT: u16 = 0x00fd;
    pub(in super::super) const NUMBER: u16 = 0x0203;
    pub(in super::super) const TEXT: u16 = 0x0204;
    pub(in super::super) const FLAG_OR_ERROR: u16 = 0x0205;
    pub(in super::super) const FORMULA_TEXT: u16 = 0x0207;
    pub(in super::super) const ROW: u16 = 0x0208;
    pub(in super::super) const RK: u16 = 0x027e;
    pub(in super::super) const FORMAT: u16 = 0x041e;
    pub(in super::super) const BOF: u16 = 0x0809;
}

/// A record.
#[derive(Clone, Copy)]
pub(super) struct Record<'s> {
    pub(super) kind: u16,
    pub(super) data: &'s [u8],
}

/// The records from a place of the stream on.
pub(super) struct Records<'s> {
    rest: &'s [u8],
}

impl<'s> Records<'s> {
    pub(super) fn at(stream: &'s [u8], start: usize) -> Self {
        Self { rest: stream.get(start..).unwrap_or_default() }
    }

    /// The next record; none where the stream ends between two.
    pub(super) fn next(&mut self) -> Result<Option<Record<'s>>, WorkbookError> {
        let (Some(kind), Some(length)) = (u16_at(self.rest, 0), u16_at(self.rest, 2)) else {
            return Ok(None);
        };
        let end = 4 + usize::from(length);
        let data = self.rest.get(4..end).ok_or_else(|| WorkbookError::damaged(STREAM, "it breaks off"))?;
        self.rest = self.rest.get(end..).unwrap_or_default();
        Ok(Some(Record { kind, data }))
    }

    /// The data of the next record, if that continues the one before.
    pub(super) fn continued(&mut self) -> Result<Option<&'s [u8]>, WorkbookError> {
        if u16_at(self.rest, 0) != Some(kind::CONTINUE) {
            return Ok(None);
        }
        Ok(self.next()?.map(|record| record.data))
    }
}

pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

pub(super) fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

/// A number packed into 32 bits ([MS-XLS] 2.5.198.108, `RkNumber`): a whole number of 30 bits or the upper 30 bits of one of 64,
/// or a hundredth of it. It is written in decimals, so that the hundredth is exact.
pub(super) fn packed_at(data: &[u8], at: usize) -> Option<String> {
    let packed = u32_at(data, at)?;
    let number = if packed & 2 != 0 {
        (packed.cast_signed() >> 2).to_string()
    } else {
        f64::from_bits(u64::from(packed & !3) << 32).to_string()
    };
    if packed & 1 == 0 {
        return Some(number);
    }
    let hundredth =
        number.parse::<rust_decimal::Decimal>().ok()?.checked_div(rust_decimal::Decimal::ONE_HUNDRED)?;
    Some(hundredth.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_written_exactly() {
        let written = |packed: u32| packed_at(&packed.to_le_bytes(), 0).unwrap();
        assert_eq!(written((12_301 << 2) | 2), "12301");
        assert_eq!(written((12_301 << 2) | 3), "123.01");
        assert_eq!(written(((-5_i32 << 2) | 2).cast_unsigned()), "-5");
        assert_eq!(written((1.5_f64.to_bits() >> 32) as u32), "1.5");
        assert_eq!(written((30.0_f64.to_bits() >> 32) as u32 | 1), "0.3");
    }
}
