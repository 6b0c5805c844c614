//! Names as parts of addresses.

use std::fmt::Write as _;

/// A path or a name as RFC 3986 has it: all but letters, digits, slashes and `-._~` in hexadecimal.
pub(super) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
