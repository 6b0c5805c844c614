//! Plain text: paragraphs apart by blank lines.

use super::fold::Folded;

/// Folds a plain text. The lines of a paragraph are one block, since many are broken to a width.
pub(super) fn fold(original: &str) -> Folded {
    let mut folded = Folded::with_capacity(original.len());
    let mut at = 0;
    for line in original.split_inclusive('\n') {
        // A no-break space is left to the folding, which knows its length.
        let words = line.trim_ascii_end();
        if words.trim_start().is_empty() {
            folded.end_block();
        } else {
            folded.copy(words, at);
            folded.space(at + words.len()..at + words.len() + 1);
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
