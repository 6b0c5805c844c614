//! What a browser may do with a page: show it, and run our script.

/// The style of all pages.
pub(super) const STYLE: &str = include_str!("style.css");
/// The script of a story's page: keys, and nothing that a reader could not do without.
pub(super) const SCRIPT: &str = include_str!("script.js");

/// Of pages without a script.
pub(super) const WITHOUT_SCRIPT: &str = concat!(
    "default-src 'none'; style-src 'sha256-",
    "sgpStQU9bN+8LvXkm8BIvq/RU9e5dY1CLaWkwQUbBec=",
    "'; base-uri 'none'; form-action 'none'"
);
/// Of pages with ours.
pub(super) const WITH_SCRIPT: &str = concat!(
    "default-src 'none'; style-src 'sha256-",
    "sgpStQU9bN+8LvXkm8BIvq/RU9e5dY1CLaWkwQUbBec=",
    "'; script-src 'sha256-",
    "xLm7NydBwnpw/dUqarZVNtu9lewgsoxlRxZJSiy+5uE=",
    "'; base-uri 'none'; form-action 'none'"
);

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    /// Base64, as policies have it.
    fn hash(text: &str) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bytes = Sha256::digest(text);
        let groups = bytes.chunks(3).map(|group| {
            let bits = group.iter().fold(0, |bits: u32, byte| bits << 8 | u32::from(*byte))
                << (8 * (3 - group.len()));
            (0..4)
                .map(|at| {
                    if at <= group.len() {
                        DIGITS[(bits >> (18 - 6 * at)) as usize & 63] as char
                    } else {
                        '='
                    }
                })
                .collect::<String>()
        });
        groups.collect()
    }

    #[test]
    fn policies_name_the_style_and_the_script() {
        let (style, script) = (hash(STYLE), hash(SCRIPT));
        assert_eq!(hash(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert!(WITHOUT_SCRIPT.contains(&format!("style-src 'sha256-{style}'")), "style.css is {style}");
        assert!(WITH_SCRIPT.contains(&format!("style-src 'sha256-{style}'")), "style.css is {style}");
        assert!(WITH_SCRIPT.contains(&format!("script-src 'sha256-{script}'")), "script.js is {script}");
    }
}
