//! Names in formulas against names in tables.

/// Whether `name` is `printed` in snake case, with an underscore in the place of each run of other characters than
/// letters and digits, or with nothing there: `fy_2024` and `fy2024` are both "FY 2024".
pub(super) fn names(name: &str, printed: &str) -> bool {
    // A name is never longer than what it names.
    name.len() <= printed.len() && (joined_by("_", name, printed) || joined_by("", name, printed))
}

/// A hash that is equal for all names of a text, and for the text itself.
pub(super) fn hash(text: &str) -> u64 {
    // FNV-1a over letters and digits. Only the rules' own keys are ever stored under it.
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    if text.is_ascii() {
        text.bytes().filter(u8::is_ascii_alphanumeric).for_each(|byte| add(byte.to_ascii_lowercase()));
    } else {
        words(text).flat_map(str::bytes).for_each(|byte| add(byte.to_ascii_lowercase()));
    }
    hash
}

fn joined_by(joint: &str, name: &str, printed: &str) -> bool {
    let mut rest = Some(name);
    for (place, word) in words(printed).enumerate() {
        let begun = if place == 0 { rest } else { rest.and_then(|rest| rest.strip_prefix(joint)) };
        rest = begun.and_then(|rest| rest.split_at_checked(word.len())).and_then(|(head, tail)| {
            let same = head.bytes().eq(word.bytes().map(|byte| byte.to_ascii_lowercase()));
            same.then_some(tail)
        });
    }
    rest.is_some_and(|rest| rest.is_empty() && !name.is_empty())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|next: char| !next.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_other_characters_become_one_underscore_or_nothing() {
        for (name, printed) in [
            ("fy_2024", "FY 2024"),
            ("fy2024", "FY 2024"),
            ("fy2024", "FY2024"),
            ("total_removals", "Total -- removals (*)"),
            ("são_paulo", "São\u{a0}Paulo"),
            ("a_b", "a.b"),
        ] {
            assert!(names(name, printed), "{name} {printed}");
            assert_eq!(hash(name), hash(printed));
        }
        for (name, printed) in
            [("f_y2024", "FY 2024"), ("FY2024", "FY 2024"), ("fy_2024_", "FY 2024"), ("", "--")]
        {
            assert!(!names(name, printed), "{name} {printed}");
        }
    }
}
