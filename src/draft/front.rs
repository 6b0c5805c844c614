//! What the front matter of a draft says of it.

use jiff::civil::Date;

/// The day of publication that a Markdown file's front matter gives: the first of `published` and `date`, in YAML or TOML, of
/// which a time of day is left out. `None` where there is none, or what is there is no date.
pub fn published(original: &str) -> Option<Date> {
    let end = super::markdown::front_matter(original);
    let front = original.get(..end)?;
    ["published", "date"].iter().find_map(|key| front.lines().find_map(|line| value(line, key)))
}

/// The date behind a key: `date: 2025-04-08`, `published = "2025-04-08T09:00:00Z"`.
fn value(line: &str, key: &str) -> Option<Date> {
    let rest = line.strip_prefix(key)?.trim_start().strip_prefix([':', '='])?;
    let value = rest.trim().trim_start_matches(['"', '\'']);
    value.get(.."2025-04-08".len())?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_publication_is_found_in_yaml_and_toml() {
        let cases = [
            ("---\ntitle: A\ndate: 2025-04-08\n---\nText", Some("2025-04-08")),
            ("---\ndate: 2025-01-01\npublished: '2025-04-08T09:00:00Z'\n---\nText", Some("2025-04-08")),
            ("+++\npublished = \"2025-04-08\"\n+++\nText", Some("2025-04-08")),
            ("---\ndate: Tuesday\n---\nText", None),
            ("---\nupdate: 2025-04-08\n---\nText", None),
            ("date: 2025-04-08\n", None),
            ("", None),
        ];
        for (text, date) in cases {
            assert_eq!(published(text), date.map(|date| date.parse().unwrap()), "{text}");
        }
    }
}
