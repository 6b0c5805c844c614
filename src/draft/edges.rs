//! Where a quote may begin and end: not inside a number, and not inside a word.

/// Whether `at` lies inside a word or a number of `text`: "11|7", "117|,000", "2.|5%", "−|5%", "twenty-|five", "depart|ed".
/// `is_tight` tells whether the space at an offset is one that does not break ("117 000"); only such a space holds the
/// digits to its sides together, since "in 2024 300 people" is two numbers.
pub(super) fn is_inside(text: &str, at: usize, is_tight: impl Fn(usize) -> bool) -> bool {
    let Some((left, right)) = text.split_at_checked(at) else { return true };
    let (Some(before), Some(after)) = (left.chars().next_back(), right.chars().next()) else { return false };
    match (before, after) {
        (_, _) if is_word(before) && is_word(after) => true,
        (_, ' ') if before.is_ascii_digit() => joins_digits(left, right.get(1..)) && is_tight(at),
        (' ', _) if after.is_ascii_digit() => {
            joins_digits(left.get(..at - 1).unwrap_or_default(), Some(right)) && is_tight(at - 1)
        }
        ('−', _) => {
            after.is_ascii_digit() && !left.trim_end_matches('−').ends_with(|c: char| c.is_ascii_digit())
        }
        (_, '.' | ',' | '/' | ':') => before.is_ascii_digit() && begins_with_digit(right.get(1..)),
        ('.' | ',' | '/' | ':', _) if after.is_ascii_digit() => {
            let outer = left.get(..at - 1).unwrap_or_default().chars().next_back();
            // ".5" is a number too, but not in "ended.5".
            outer.map_or(before == '.', |outer| {
                outer.is_ascii_digit()
                    || (before == '.' && (outer.is_whitespace() || "($€£-—–−+\"'".contains(outer)))
            })
        }
        ('-', _) => left.get(..at - 1).is_some_and(ends_with_tens) && begins_with_unit(right),
        (_, '-') => ends_with_tens(left) && right.get(1..).is_some_and(begins_with_unit),
        _ => false,
    }
}

/// Letters of scripts that part words by spaces, digits, and fractions like "½"; not "¹", which is a footnote mark.
fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || (!character.is_ascii()
            && (character.is_lowercase()
                || character.is_uppercase()
                || (character.is_numeric()
                    && !matches!(character, '²' | '³' | '¹' | '\u{2070}'..='\u{209f}'))))
}

fn begins_with_digit(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a space between the two would part thousands: one to three digits before it, three and no more after it.
fn joins_digits(left: &str, right: Option<&str>) -> bool {
    let before = left.bytes().rev().take(4).take_while(u8::is_ascii_digit).count();
    let after = right.map_or(0, |right| right.bytes().take(4).take_while(u8::is_ascii_digit).count());
    (1..=3).contains(&before) && after == 3
}

const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const UNITS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

fn ends_with_tens(text: &str) -> bool {
    TENS.iter().any(|tens| {
        text.len()
            .checked_sub(tens.len())
            .and_then(|start| text.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(tens))
    })
}

fn begins_with_unit(text: &str) -> bool {
    UNITS.iter().any(|unit| {
        text.get(..unit.len()).is_some_and(|start| start.eq_ignore_ascii_case(unit))
            && !text.get(unit.len()..).is_some_and(|rest| rest.starts_with(is_word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The offset of `|`, taken out of the text, lies inside.
    fn inside(marked: &str) -> bool {
        let at = marked.find('|').unwrap();
        is_inside(&marked.replace('|', ""), at, |_| true)
    }

    #[test]
    fn numbers_are_whole() {
        for marked in [
            "11|7,000",
            "117|,000",
            "117,|000",
            "2.|5%",
            "2|.5%",
            "1|12,700",
            "by .|5%",
            "−|5%",
            "117| 000 people",
            "117 |000",
            "1|/2",
            "at 10:|30",
            "twenty-|five",
            "Twenty|-five people",
            "5|½",
            "9.5|bn",
            "21|st",
            "seven|ty",
        ] {
            assert!(inside(marked), "{marked}");
        }
    }

    #[test]
    fn what_stands_beside_a_number_is_not_in_it() {
        for marked in [
            "|117,000",
            "117,000|",
            "117,000|.",
            "117,000|, as",
            "$|5",
            "5|%",
            "(|5)",
            "10–|12",
            "10–12|",
            "in 2024| 3000",
            "3|, 2025",
            "12| 0000",
            "2025| 000",
            "12,300|¹",
            "twenty|-page",
            "thirty-|day",
            "ended.|5 people",
            "ICE|'s",
            "日|本",
        ] {
            assert!(!inside(marked), "{marked}");
        }
        assert!(!is_inside("in March 12 300 people", 11, |_| false));
    }
}
