//! Compound files ([MS-CFB]): a small file system in a file, of which one stream is the book.

use super::super::error::WorkbookError;
use super::records::{u16_at, u32_at};

/// What damage is reported of.
const FILE: &str = "the compound file";
/// From here on, numbers of sectors are no sectors.
const MOST: u32 = 0xffff_fffa;
/// The bytes of an entry of the directory.
const ENTRY: usize = 128;

/// The stream with the book.
pub(super) fn stream(bytes: &[u8]) -> Result<Vec<u8>, WorkbookError> {
    let file = Compound::open(bytes)?;
    let directory = file.chain(file.field(48)?, usize::MAX)?;
    let entries = || directory.chunks_exact(ENTRY);
    let named = |wanted: &str| entries().find(|entry| name(entry).eq_ignore_ascii_case(wanted));
    let Some(book) = named("Workbook") else {
        return Err(match (named("EncryptedPackage"), named("Book")) {
            (Some(_), _) => WorkbookError::Protected,
            (_, Some(_)) => WorkbookError::OtherKind { kind: "Excel's format before 1997" },
            _ => WorkbookError::NotASpreadsheet { found: "a file of another program from before 2007" },
        });
    };
    let (start, size) = (number(book, 116)?, number(book, 120)? as usize);
    if size >= file.field(56)? as usize {
        return file.chain(start, size);
    }
    // Small streams lie in the stream of the root.
    let root = entries().next().ok_or_else(|| damaged("it has no directory"))?;
    let small = file.chain(number(root, 116)?, number(root, 120)? as usize)?;
    let table = file.chain(file.field(60)?, usize::MAX)?;
    let part = |at: usize| small.get(at * 64..).map(|rest| rest.get(..64).unwrap_or(rest));
    chained(start, size, small.len().div_ceil(64), part, &table)
}

struct Compound<'a> {
    bytes: &'a [u8],
    /// The bytes of a sector.
    sector: usize,
    /// The sector after each.
    table: Vec<u8>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, WorkbookError> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(damaged("its sectors have no size that there is")),
        };
        let mut file = Self { bytes, sector, table: Vec::new() };
        // The table's own sectors are listed in the head, and in sectors that are listed there.
        let mut listed: Vec<u8> = bytes.get(76..512).unwrap_or_default().to_vec();
        let mut next = file.field(68)?;
        let most = bytes.len() / sector;
        for _ in 0..most {
            if next >= MOST {
                break;
            }
            let list = file.sector(next as usize).ok_or_else(|| damaged("its list of sectors breaks off"))?;
            let (list, after) =
                list.split_at_checked(sector - 4).ok_or_else(|| damaged("its list of sectors breaks off"))?;
            listed.extend(list);
            next = number(after, 0)?;
        }
        let sectors = listed.chunks_exact(4).filter_map(|it| u32_at(it, 0)).filter(|it| *it < MOST);
        for at in sectors.take(most) {
            let part = file.sector(at as usize).ok_or_else(|| damaged("its table of sectors breaks off"))?;
            file.table.extend(part);
        }
        Ok(file)
    }

    fn field(&self, at: usize) -> Result<u32, WorkbookError> {
        number(self.bytes, at)
    }

    /// A sector; the last may be cut short.
    fn sector(&self, at: usize) -> Option<&'a [u8]> {
        let start = at.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(rest.get(..self.sector).unwrap_or(rest))
    }

    fn chain(&self, start: u32, size: usize) -> Result<Vec<u8>, WorkbookError> {
        chained(start, size, self.bytes.len() / self.sector, |at| self.sector(at), &self.table)
    }
}

/// The bytes of sectors that follow one another, of which there are at most so many.
fn chained<'a>(
    start: u32,
    size: usize,
    most: usize,
    part: impl Fn(usize) -> Option<&'a [u8]>,
    table: &[u8],
) -> Result<Vec<u8>, WorkbookError> {
    let mut bytes = Vec::new();
    let mut next = start;
    for _ in 0..most {
        if next >= MOST || bytes.len() >= size {
            break;
        }
        bytes.extend(part(next as usize).ok_or_else(|| damaged("a stream in it breaks off"))?);
        next = number(table, next as usize * 4)?;
    }
    if size != usize::MAX && bytes.len() < size {
        return Err(damaged("a stream in it is shorter than it says"));
    }
    bytes.truncate(size);
    Ok(bytes)
}

/// The name of an entry, which is in UTF-16 and ends with a zero.
fn name(entry: &[u8]) -> String {
    let length = usize::from(u16_at(entry, 64).unwrap_or(0)).saturating_sub(2).min(62);
    let units = entry.get(..length).unwrap_or_default().chunks_exact(2).filter_map(|unit| u16_at(unit, 0));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn number(data: &[u8], at: usize) -> Result<u32, WorkbookError> {
    u32_at(data, at).ok_or_else(|| damaged("it breaks off"))
}

fn damaged(what: &str) -> WorkbookError {
    WorkbookError::damaged(FILE, what)
}
