//! What a browser may do with a page: show it, and run our script.

use super::Medium;

/// The style of all pages.
pub(super) const STYLE: &str = include_str!("style.css");
/// The script of a story's page: keys, and nothing that a reader could not do without.
pub(super) const SCRIPT: &str = include_str!("script.js");

/// The style of what served pages have besides.
pub(super) const LIVE_STYLE: &str = include_str!("served.css");
/// The script that keeps a served page current.
pub(super) const LIVE: &str = include_str!("served.js");

/// Which script a page has of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scripts {
    /// None.
    None,
    /// The keys of a story's page.
    Keys,
}

/// What a page may do. A served one may ask where it came from, and nobody else.
pub(super) fn policy(scripts: Scripts, medium: Medium) -> &'static str {
    match (medium, scripts) {
        (Medium::File, Scripts::None) => concat!(
            "default-src 'none'; style-src 'sha256-",
            "sgpStQU9bN+8LvXkm8BIvq/RU9e5dY1CLaWkwQUbBec=",
            "'; base-uri 'none'; form-action 'none'"
        ),
        (Medium::File, Scripts::Keys) => concat!(
            "default-src 'none'; style-src 'sha256-",
            "sgpStQU9bN+8LvXkm8BIvq/RU9e5dY1CLaWkwQUbBec=",
            "'; script-src 'sha256-",
            "xLm7NydBwnpw/dUqarZVNtu9lewgsoxlRxZJSiy+5uE=",
            "'; base-uri 'none'; form-action 'none'"
        ),
        (Medium::Served, Scripts::None) => concat!(
            "default-src 'none'; connect-src 'self'; style-src 'sha256-",
            "sgpStQU9bN+8LvXkm8BIvq/RU9e5dY1CLaWkwQUbBec=",
            "' 'sha256-",
            "yK4dc3SdiCkO8MrE1Z0K9fEfu6EW2WLwxsyt5Kyadd8=",
            "'; script-src 'sha256-",
            "cEirmF0JA1wS69paQcxBo+Budt8kRECRa+yGJ2Wwxgk=",
            "'; base-uri 'none'; form-action 'none'"
        ),
        (Medium::Served, Scripts::Keys) => concat!(
            "default-src 'none'; connect-src 'self'; style-src 'sha256-",
            "sgpStQU9bN+8LvXkm8BIvq/RU9e5dY1CLaWkwQUbBec=",
            "' 'sha256-",
            "yK4dc3SdiCkO8MrE1Z0K9fEfu6EW2WLwxsyt5Kyadd8=",
            "'; script-src 'sha256-",
            "xLm7NydBwnpw/dUqarZVNtu9lewgsoxlRxZJSiy+5uE=",
            "' 'sha256-",
            "cEirmF0JA1wS69paQcxBo+Budt8kRECRa+yGJ2Wwxgk=",
            "'; base-uri 'none'; form-action 'none'"
        ),
    }
}

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
        let (live_style, live) = (hash(LIVE_STYLE), hash(LIVE));
        for scripts in [Scripts::None, Scripts::Keys] {
            let [file, served] = [Medium::File, Medium::Served].map(|medium| policy(scripts, medium));
            assert!(file.contains(&format!("style-src 'sha256-{style}';")), "style.css is {style}");
            assert!(!file.contains("connect-src") && file.starts_with("default-src 'none';"));
            assert!(
                served.contains(&format!("style-src 'sha256-{style}' 'sha256-{live_style}';")),
                "served.css is {live_style}"
            );
            assert!(served.contains(&format!("'sha256-{live}'; base-uri")), "served.js is {live}");
            assert!(served.contains("connect-src 'self';") && served.starts_with("default-src 'none';"));
            for policy in [file, served] {
                let has_keys = policy.contains(&format!("script-src 'sha256-{script}'"));
                assert_eq!(has_keys, scripts == Scripts::Keys, "script.js is {script}");
            }
        }
    }
}
