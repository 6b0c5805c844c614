//! Stubs as they are written into rule files.

use std::fmt::Write as _;

use super::Stub;

impl Stub {
    /// The `[[claim]]` entry, with a `todo` where its formula belongs.
    pub fn entry(&self) -> String {
        let Self { id, quote, says, occurrence, formula } = self;
        let mut entry = format!("[[claim]]\nid = {}\nquote = {}\n", toml_text(id), toml_text(quote));
        if let Some(nth) = occurrence {
            _ = writeln!(entry, "occurrence = {nth}");
        }
        _ = writeln!(entry, "says = {}", toml_text(says));
        let todo = match formula {
            Some(formula) => {
                _ = writeln!(entry, "formula = {}", toml_text(formula));
                "define the figures of this formula, with their source; then remove this line"
            }
            None => "name the figures that give this number: a formula in place of this line",
        };
        _ = writeln!(entry, "todo = {}", toml_text(todo));
        entry
    }

    /// An `[[ignore]]` entry for the same number, with the reason that it needs no claim.
    pub fn ignore_entry(&self, reason: &str) -> String {
        let mut entry = format!("[[ignore]]\nquote = {}\n", toml_text(&self.quote));
        if let Some(nth) = self.occurrence {
            _ = writeln!(entry, "occurrence = {nth}");
        }
        _ = writeln!(entry, "reason = {}", toml_text(reason));
        entry
    }
}

/// A TOML string.
pub fn toml_text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            _ if character.is_control() => {
                _ = write!(out, "\\u{:04X}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_come_back_from_toml_as_they_were() {
        for value in ["a \"quoted\" 5%", "back\\slash", "tab\tand \u{7f}", "½ of “it” — né"] {
            let table: toml::Table = toml::from_str(&format!("it = {}", toml_text(value))).unwrap();
            assert_eq!(table["it"].as_str(), Some(value));
        }
    }
}
