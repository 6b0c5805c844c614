//! Cells and ranges as spreadsheets name them: `C7`, `B4:F31`, `Summary!C7`, `'Table 2'!B4:F31`.

use std::borrow::Cow;

/// A rectangle of cells. Rows are counted from 1, as programs show them, columns from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Area {
    /// The first row.
    pub top: u32,
    /// The first column.
    pub left: u32,
    /// The last row.
    pub bottom: u32,
    /// The last column.
    pub right: u32,
}

/// A range, and the sheet that it is on, if that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The sheet.
    pub sheet: Option<Cow<'a, str>>,
    /// The cells; a single one is a range of one.
    pub area: Area,
}

/// The most rows of a sheet.
pub(super) const MOST_ROWS: u32 = 1 << 20;
/// The most columns of a sheet.
pub(super) const MOST_COLUMNS: u32 = 1 << 14;

impl<'a> Reference<'a> {
    /// Reads a reference; `None` where it is none, or one that no sheet has.
    pub fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (sheet, cells) = match text.strip_prefix('\'') {
            Some(quoted) => {
                let (name, cells) = quoted.rsplit_once("'!")?;
                (Some(name.replace("''", "'").into()), cells)
            }
            None => match text.rsplit_once('!') {
                Some((name, cells)) => (Some(name.into()), cells),
                None => (None, text),
            },
        };
        let is_named = sheet.as_ref().is_none_or(|name: &Cow<'_, str>| !name.trim().is_empty());
        Area::parse(cells).filter(|_| is_named).map(|area| Self { sheet, area })
    }
}

impl Area {
    /// Reads `B4:F31`, or a single cell.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let ((left, top), (right, bottom)) = (cell(first)?, cell(last)?);
        let is_in_order = left <= right && top <= bottom;
        is_in_order.then_some(Self { top, left, bottom, right })
    }

    /// Whether it is one cell.
    pub fn is_cell(self) -> bool {
        self.top == self.bottom && self.left == self.right
    }
}

/// The column and the row of `C7` or `$C$7`.
pub(super) fn cell(text: &str) -> Option<(u32, u32)> {
    let text = text.strip_prefix('$').unwrap_or(text);
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, row) = text.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters
        .bytes()
        .fold(0_u32, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = row.strip_prefix('$').unwrap_or(row);
    let is_number = !row.is_empty() && row.bytes().all(|byte| byte.is_ascii_digit());
    let row: u32 = row.parse().ok().filter(|_| is_number)?;
    let is_there = (1..=MOST_ROWS).contains(&row) && column <= MOST_COLUMNS;
    is_there.then_some((column - 1, row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::column_letters;

    #[test]
    fn references_are_read_as_spreadsheets_write_them() {
        let area = |top, left, bottom, right| Area { top, left, bottom, right };
        let read = |text| Reference::parse(text).map(|it| (it.sheet.map(Cow::into_owned), it.area));
        assert_eq!(read("B4:F31"), Some((None, area(4, 1, 31, 5))));
        assert_eq!(read(" Summary!$C$7 "), Some((Some("Summary".to_owned()), area(7, 2, 7, 2))));
        assert_eq!(read("'It''s 2!'!a1"), Some((Some("It's 2!".to_owned()), area(1, 0, 1, 0))));
        for text in ["", "C", "7", "C0", "F4:B3", "B4:", "AAAA1", "XFE1", "A1048577", "!A1", "''!A1", "C+7"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn columns_are_lettered_as_they_are_read() {
        for column in [0, 1, 25, 26, 51, 52, 701, 702, 16_383] {
            let letters = column_letters(column as usize);
            assert_eq!(cell(&format!("{letters}1")), Some((column, 1)), "{letters}");
        }
    }
}
