//! File paths as URIs, and back.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use lsp_types::Uri;

use crate::system::tidy;

/// The path of a `file:` URI; `None` for other schemes, whose documents no rule file can name.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    const SCHEME: &str = "file:";
    let scheme = uri.get(..SCHEME.len())?;
    if !scheme.eq_ignore_ascii_case(SCHEME) {
        return None;
    }
    let rest = uri.get(SCHEME.len()..)?;
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let path = decoded(path)?;
    if path.is_empty() {
        return None;
    }
    let path = match path.strip_prefix('/') {
        // A drive: /c:/news.
        Some(drive) if cfg!(windows) && is_drive(drive) => drive.to_owned(),
        _ if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") => format!("//{host}{path}"),
        _ => path,
    };
    Some(tidy(Path::new(&path)))
}

/// The URI of an absolute path; `None` for one that is no text.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    let path = path.to_str()?;
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut text = String::from("file://");
    if is_drive(&path) {
        text.push('/');
    }
    for byte in path.trim_start_matches(if cfg!(windows) { "//?/" } else { "" }).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            _ = write!(text, "%{byte:02X}");
        }
    }
    Uri::from_str(&text).ok()
}

fn is_drive(path: &str) -> bool {
    let mut bytes = path.bytes();
    bytes.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && bytes.next() == Some(b':')
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_editors_send_is_read() {
        let read = |uri: &str| path(uri).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(read("file:///news/a%20b/%C3%A9.md").as_deref(), Some("/news/a b/é.md"));
        assert_eq!(
            read("file:///c%3A/news/a.md").as_deref(),
            Some(if cfg!(windows) { "c:/news/a.md" } else { "/c:/news/a.md" })
        );
        assert_eq!(read("file://localhost/a").as_deref(), Some("/a"));
        assert_eq!(read("FILE:/a#3").as_deref(), Some("/a"));
        for other in ["untitled:Untitled-1", "file://", "file:///%zz", "file:///%C3", "é", ""] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    proptest! {
        #[cfg(unix)]
        #[test]
        fn a_path_comes_back(path in "(/[a-zA-Z :%?#é😀&+]{1,8}){1,4}") {
            let there = uri(Path::new(&path)).unwrap();
            prop_assert_eq!(super::path(there.as_str()), Some(PathBuf::from(path)));
        }
    }
}
