//! Plain text: paragraphs apart by blank lines.

use super::fold::Folded;

/// Folds a plain text. The lines of a paragraph are one block, since many are broken to a width.
pub(super) fn fold(original: &str) -> Folded {
    let mut folded = Folded::with_capacity(original.len());
    let mut at = 0;
    for line in original.split_inclusive('\n') {
        if line.trim().is_empty() {
            folded.end_block();
        } else {
            folded.copy(line, at);
        }
        at += line.len();
    }
    folded.finish()
}

#[cfg(test)]
mod tests {
    #[test]
    fn blank_lines_part_paragraphs_and_line_ends_do_not() {
        let folded = super::fold("\u{feff}A head\r\n\r\nOne line\r\nand * another. \n \t\n\nLast");
        assert_eq!(folded.text, "A head\nOne line and * another.\nLast");
    }
}
