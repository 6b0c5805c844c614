//! The way back from a text that was made to the text it was made from.

use std::ops::Range;

use crate::text::Span;

/// Where each part of a made text came from, as few pieces as will do: text that was copied unchanged is one piece,
/// however long, and a place is found by binary search.
#[derive(Clone, Debug, Default)]
pub(super) struct SpanMap {
    /// In the order of both texts; each piece ends where the next begins.
    pieces: Vec<Piece>,
    /// The length of the made text.
    length: u32,
}

/// A stretch of the made text, from `at` to where the next piece begins, and where it came from. It was copied if both
/// are equally long; otherwise it stands for `from..to` as a whole.
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: u32,
    from: u32,
    to: u32,
}

impl SpanMap {
    /// Adds `made` bytes that came from `origin`: copied from there if the lengths are equal, made of it as a whole
    /// otherwise. What is made at once and longer than a character must not be as long as its origin.
    pub(super) fn push(&mut self, made: usize, origin: Range<usize>) {
        let origin = Span::from(origin);
        let copied = made == origin.len();
        let at = self.length;
        self.length = at.saturating_add(u32::try_from(made).unwrap_or(u32::MAX));
        match self.pieces.last_mut() {
            Some(last) if copied && last.to == origin.start && at - last.at == last.to - last.from => {
                last.to = origin.end;
            }
            _ => self.pieces.push(Piece { at, from: origin.start, to: origin.end }),
        }
    }

    /// Takes back the last byte that was added.
    pub(super) fn pop(&mut self) {
        if let Some(last) = self.pieces.last_mut() {
            if self.length - last.at == last.to - last.from {
                last.to -= 1;
            }
            self.length -= 1;
            if last.at == self.length {
                self.pieces.pop();
            }
        }
    }

    /// Where a span of the made text came from: all that its first to its last character were made of.
    pub(super) fn origin(&self, made: Span) -> Span {
        let (start, _) = self.bounds(made.start);
        let end = if made.is_empty() { start } else { self.bounds(made.end - 1).1 };
        Span { start, end: end.max(start) }
    }

    /// Where the made byte at `at` came from, if it was copied: that byte's bounds, otherwise the whole piece's.
    fn bounds(&self, at: u32) -> (u32, u32) {
        let at = at.min(self.length);
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        let Some(piece) = next.checked_sub(1).and_then(|index| self.pieces.get(index)) else { return (0, 0) };
        let end = self.pieces.get(next).map_or(self.length, |piece| piece.at);
        if end - piece.at == piece.to - piece.from {
            let from = piece.from + (at - piece.at);
            (from, (from + 1).min(piece.to.max(from)))
        } else {
            (piece.from, piece.to)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_bytes_keep_their_place_and_made_ones_stand_for_the_whole() {
        let mut map = SpanMap::default();
        map.push(3, 2..5);
        map.push(2, 5..7);
        map.push(1, 7..13); // "&nbsp;" as one space
        map.push(4, 13..17);
        assert_eq!(map.pieces.len(), 3);
        assert_eq!(map.origin(Span::new(1, 4)), Span::new(3, 6));
        assert_eq!(map.origin(Span::new(4, 6)), Span::new(6, 13));
        assert_eq!(map.origin(Span::new(5, 7)), Span::new(7, 14));
        assert_eq!(map.origin(Span::new(9, 10)), Span::new(16, 17));
        map.pop();
        assert_eq!(map.origin(Span::new(6, 9)), Span::new(13, 16));
    }
}
