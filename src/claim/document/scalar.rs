//! Keys and scalars: what their characters mean.

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::{ErrorSink, ParseError, Raw, Source};

use super::tree::{Key, Kind, Stretch};
use crate::text::Span;

/// Decodes a key.
pub(super) fn key(
    source: Source<'_>,
    span: toml_parser::Span,
    encoding: Option<Encoding>,
    decoded: &mut String,
    errors: &mut dyn ErrorSink,
) -> Key {
    let text = source.input().get(span.start()..span.end()).unwrap_or_default();
    let whole = Span::new(span.start(), span.end());
    let name = match encoding {
        None if !text.is_empty() && text.bytes().all(is_bare) => Stretch { span: whole, is_decoded: false },
        Some(encoding) if is_verbatim(text, encoding) => inside(whole),
        _ => {
            let mut meant = Cow::Borrowed("");
            Raw::new_unchecked(text, encoding, span).decode_key(&mut meant, errors);
            keep(&meant, text, span.start(), decoded)
        }
    };
    Key { name, span: whole }
}

/// Decodes a scalar.
pub(super) fn scalar(
    source: Source<'_>,
    span: toml_parser::Span,
    encoding: Option<Encoding>,
    decoded: &mut String,
    errors: &mut dyn ErrorSink,
) -> Kind {
    let text = source.input().get(span.start()..span.end()).unwrap_or_default();
    if encoding.is_some_and(|encoding| is_verbatim(text, encoding)) {
        return Kind::String(inside(Span::new(span.start(), span.end())));
    }
    let mut meant = Cow::Borrowed("");
    let kind = Raw::new_unchecked(text, encoding, span).decode_scalar(&mut meant, errors);
    if matches!(kind, ScalarKind::DateTime)
        && let Err(error) = meant.parse::<toml::value::Datetime>()
    {
        errors.report_error(ParseError::new(error.to_string()).with_unexpected(span));
    }
    let stretch = keep(&meant, text, span.start(), decoded);
    match kind {
        ScalarKind::String => Kind::String(stretch),
        ScalarKind::Boolean(value) => Kind::Boolean(value),
        ScalarKind::DateTime => Kind::Date(stretch),
        ScalarKind::Float => Kind::Float(stretch),
        ScalarKind::Integer(radix) => Kind::Integer(stretch, radix),
    }
}

/// What stands between the quotation marks of a string.
pub(super) fn inside(string: Span) -> Stretch {
    let end = string.end.saturating_sub(1);
    Stretch { span: Span { start: (string.start + 1).min(end), end }, is_decoded: false }
}

/// Whether it is a complete one-line string whose characters all stand for themselves, as nearly all are; the rest is
/// left to `toml_parser`.
fn is_verbatim(token: &str, encoding: Encoding) -> bool {
    let (quote, escapes) = match encoding {
        Encoding::BasicString => (b'"', true),
        Encoding::LiteralString => (b'\'', false),
        Encoding::MlBasicString | Encoding::MlLiteralString => return false,
    };
    let inside = token.as_bytes().strip_prefix(&[quote]).and_then(|rest| rest.strip_suffix(&[quote]));
    let stands_for_itself = |&byte: &u8| {
        (byte >= b' ' || byte == b'\t') && byte != 0x7f && !(escapes && byte == b'\\') && byte != quote
    };
    // No early exit, so that the test runs over many bytes at once.
    inside.is_some_and(|inside| inside.iter().fold(true, |plain, byte| plain & stands_for_itself(byte)))
}

/// Where the characters that are meant stand: in the token itself, if it has them as they are.
fn keep(meant: &str, token: &str, start: usize, decoded: &mut String) -> Stretch {
    let offset = (meant.as_ptr() as usize).wrapping_sub(token.as_ptr() as usize);
    if token.get(offset..offset.wrapping_add(meant.len())) == Some(meant) {
        return Stretch { span: Span::new(start + offset, start + offset + meant.len()), is_decoded: false };
    }
    let from = decoded.len();
    decoded.push_str(meant);
    Stretch { span: Span::new(from, decoded.len()), is_decoded: true }
}

fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}
