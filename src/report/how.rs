//! How words and figures agree, for people.

use crate::hedge::How;

/// How a value agrees with the words, or does not.
pub(super) fn in_words(how: How) -> &'static str {
    match how {
        How::Exact => "exactly as written",
        How::Rounded => "rounds to the words",
        How::Truncated => "cut off instead of rounded",
        How::CoarselyRounded => "coarsely rounded",
        How::WithinHedge => "within what the words allow",
        How::HedgeStretched => "stretches its hedge",
        How::HedgeUnderstates => "its hedge understates it",
        How::Comparison => "a comparison of figures",
        How::Record => "held against all before it",
        How::Outside => "outside of what the words allow",
        How::PartlyOutside => "partly outside of what the words allow",
        How::OtherUnit => "words and figures have two units",
        How::OtherDirection => "the words say the other direction",
    }
}
