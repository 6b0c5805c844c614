//! What a finding is known by from run to run.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use super::{Finding, Role};

/// A hash by which a finding is known again although its lines have moved: of the check, the story, the draft, and the
/// claim or the words flagged. It is no secret, and not made to withstand forgery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The hash of some texts, in order.
    pub fn of<'t>(parts: impl IntoIterator<Item = &'t str>) -> Self {
        // No UTF-8 has this byte, so that it can end each part.
        const END: u8 = 0xff;
        Self(hash(parts.into_iter().flat_map(|part| part.bytes().chain([END]))))
    }
}

/// FNV-1a with 128 bits (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>). It is written here because `std` has
/// no hash that is promised to stay the same from one version to the next.
fn hash(bytes: impl Iterator<Item = u8>) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let is_written_so =
            text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let hash = u128::from_str_radix(text, 16).ok().filter(|_| is_written_so);
        hash.map(Self).ok_or(NoFingerprint)
    }
}

/// Why a text is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint is 32 hexadecimal digits, in lower case")]
pub struct NoFingerprint;

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The fingerprints of a story's findings, in their order. Those that are alike in all that is hashed are numbered, so
/// that no two of a run are the same; one that was told before stays. `rules` is the story's rule file.
pub fn fingerprints<'f>(
    rules: &Path,
    findings: impl IntoIterator<Item = &'f Finding, IntoIter: Clone>,
) -> Vec<Fingerprint> {
    let rules = slashed(rules);
    let findings = findings.into_iter();
    let told: HashSet<Fingerprint> =
        findings.clone().filter_map(|finding| finding.fingerprint.as_deref().copied()).collect();
    let mut seen: HashMap<Fingerprint, usize> = HashMap::new();
    let print = |finding: &Finding| {
        if let Some(known) = &finding.fingerprint {
            return **known;
        }
        let draft = finding.place(Role::Draft).map(|label| slashed(&label.path)).unwrap_or_default();
        let flagged = || finding.labels.first().map_or(&*finding.message, |label| label.excerpt.marked());
        let (kind, subject) = match &finding.claim {
            Some(claim) => ("claim", claim.as_str()),
            None => ("text", flagged()),
        };
        let parts = [finding.check, &rules, &draft, kind, subject];
        let alike = seen.entry(Fingerprint::of(parts)).or_default();
        loop {
            *alike += 1;
            let print = match *alike {
                1 => Fingerprint::of(parts),
                nth => Fingerprint::of(parts.into_iter().chain([&*nth.to_string()])),
            };
            if !told.contains(&print) {
                return print;
            }
        }
    };
    findings.map(print).collect()
}

/// A path as it reads on every system.
pub fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        path.into_owned()
    } else {
        path.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Excerpt, Label, Severity};
    use crate::text::{LineIndex, Span};

    fn flagged(text: &str, words: &str) -> Finding {
        let at = text.find(words).unwrap();
        let excerpt = Excerpt::new(text, &LineIndex::new(text), Span::new(at, at + words.len()));
        let label = Label { role: Role::Draft, path: Path::new("a.md").into(), excerpt, text: String::new() };
        Finding::new("number-unclaimed", Severity::Note, "a number").label(label)
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(hash([].into_iter()), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(hash("a".bytes()), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_ne!(Fingerprint::of(["a", "b"]), Fingerprint::of(["ab"]));
    }

    #[test]
    fn it_is_read_as_it_is_written() {
        let print = Fingerprint::of(["a"]);
        assert_eq!(print.to_string().parse(), Ok(print));
        for text in ["", "12", "+c62272e07bb014262b821756295c58d", "6C62272E07BB014262B821756295C58D"] {
            assert_eq!(text.parse::<Fingerprint>(), Err(NoFingerprint), "{text}");
        }
    }

    #[test]
    fn lines_do_not_count_and_no_two_are_the_same() {
        let rules = Path::new("claims/a.toml");
        let before = fingerprints(rules, &[flagged("It rose 5%.", "5%"), flagged("It rose 5%.", "5%")]);
        let after = fingerprints(rules, &[flagged("New.\n\nIt rose 5%.", "5%")]);
        assert_eq!(before.first(), after.first());
        assert_ne!(before.first(), before.get(1));
        let mut known = flagged("It rose 5%.", "5%");
        known.fingerprint = before.first().copied().map(Box::new);
        let told = fingerprints(rules, &[flagged("It rose 5%.", "5%"), known]);
        assert_eq!(told, [before[1], before[0]], "one that was told is given to no other");
        let about = |claim: &str, text: &str| fingerprints(rules, &[flagged(text, "5%").about(claim)]);
        assert_eq!(about("rise", "It rose 5%."), about("rise", "It grew by 5%."));
        assert_ne!(about("rise", "5%"), about("growth", "5%"));
        assert_ne!(
            fingerprints(Path::new("b.toml"), &[flagged("5%", "5%")]),
            fingerprints(rules, &[flagged("5%", "5%")])
        );
    }
}
