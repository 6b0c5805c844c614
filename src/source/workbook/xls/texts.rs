//! Texts in records: in Latin-1 or UTF-16, and those that all cells share, which go on from record to record.

use encoding_rs::UTF_16LE;

use super::super::error::WorkbookError;
use super::STREAM;
use super::records::{Record, Records, u16_at, u32_at};

/// The most bytes of shared texts.
pub(super) const MOST_TEXT: usize = 512 << 20;
/// The most shared texts.
const MOST_STRINGS: usize = 1 << 24;

/// A text whose length is told in one byte.
pub(super) fn short(data: &[u8]) -> Option<String> {
    text(usize::from(*data.first()?), data.get(1..)?)
}

/// A text whose length is told in two bytes.
pub(super) fn long(data: &[u8]) -> Option<String> {
    text(u16_at(data, 0)?.into(), data.get(2..)?)
}

/// A text of so many characters after its byte of flags.
fn text(length: usize, data: &[u8]) -> Option<String> {
    let flags = *data.first()?;
    let is_wide = flags & 1 != 0;
    let skipped = 1 + if flags & 8 != 0 { 2 } else { 0 } + if flags & 4 != 0 { 4 } else { 0 };
    let characters = data.get(skipped..)?.get(..if is_wide { 2 * length } else { length })?;
    let mut text = String::new();
    push(characters, is_wide, &mut text);
    Some(text)
}

fn push(characters: &[u8], is_wide: bool, text: &mut String) {
    if is_wide {
        text.push_str(&UTF_16LE.decode_without_bom_handling(characters).0);
    } else {
        text.extend(characters.iter().map(|byte| char::from(*byte)));
    }
}

/// The texts that cells share ([MS-XLS] 2.4.265, `SST`).
pub(super) fn shared<'s>(
    record: &Record<'s>,
    records: &mut Records<'s>,
) -> Result<Vec<String>, WorkbookError> {
    let mut found = Vec::new();
    let count = u32_at(record.data, 4).unwrap_or(0);
    let mut pieces = Pieces { data: record.data.get(8..).unwrap_or_default(), records };
    let mut size = 0;
    for _ in 0..count {
        let text = pieces.text()?;
        size += text.len();
        if size > MOST_TEXT || found.len() > MOST_STRINGS {
            return Err(WorkbookError::damaged(STREAM, "it has more texts than are read"));
        }
        found.push(text);
    }
    Ok(found)
}

/// A record and those that continue it.
struct Pieces<'r, 's> {
    data: &'s [u8],
    records: &'r mut Records<'s>,
}

impl<'s> Pieces<'_, 's> {
    fn text(&mut self) -> Result<String, WorkbookError> {
        // The head of a text is never cut.
        if self.data.is_empty() {
            self.go_on()?;
        }
        let head = self.take(3)?;
        let (length, flags) = (u16_at(head, 0).unwrap_or(0), head.get(2).copied().unwrap_or(0));
        let runs = if flags & 8 != 0 { u16_at(self.take(2)?, 0).unwrap_or(0) } else { 0 };
        let phonetic = if flags & 4 != 0 { u32_at(self.take(4)?, 0).unwrap_or(0) } else { 0 };
        let mut text = String::new();
        let (mut left, mut is_wide) = (usize::from(length), flags & 1 != 0);
        loop {
            let width = if is_wide { 2 } else { 1 };
            let here = left.min(self.data.len() / width);
            push(self.take(here * width)?, is_wide, &mut text);
            left -= here;
            if left == 0 {
                break;
            }
            // Where characters go on in another record, its first byte says how wide they are there.
            self.go_on()?;
            is_wide = self.take(1)?.first().is_some_and(|flags| flags & 1 != 0);
        }
        self.skip(4 * usize::from(runs))?;
        self.skip(phonetic as usize)?;
        Ok(text)
    }

    fn take(&mut self, length: usize) -> Result<&'s [u8], WorkbookError> {
        let (head, rest) = self.data.split_at_checked(length).ok_or_else(broken)?;
        self.data = rest;
        Ok(head)
    }

    fn skip(&mut self, mut length: usize) -> Result<(), WorkbookError> {
        while length > self.data.len() {
            length -= self.data.len();
            self.go_on()?;
        }
        self.take(length).map(|_| ())
    }

    fn go_on(&mut self) -> Result<(), WorkbookError> {
        self.data = self.records.continued()?.ok_or_else(broken)?;
        Ok(())
    }
}

fn broken() -> WorkbookError {
    WorkbookError::damaged(STREAM, "the texts that cells share break off")
}
