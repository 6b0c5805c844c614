//! Ages: "aged 34", "a 30-year-old", "Maria Lopez, 34,".

use super::Kind;
use super::amount::Amount;
use crate::number::{Style, is_word, word_at};
use crate::text::Span;
use crate::unit::{Unit, unit_named};

/// Nobody is older.
const OLDEST: u32 = 125;

/// The amount as an age, where it is one; the word "old" belongs to it.
pub(super) fn with_age(text: &str, amount: Amount) -> Amount {
    if amount.kind == Kind::Duration {
        let end = amount.span.end as usize;
        let is_joined = matches!(text.as_bytes().get(end), Some(b'-' | b' '));
        let is_old = is_joined && is_word(word_at(text, end + 1).trim_end_matches('s'), "old");
        if !is_old {
            return amount;
        }
        let span = Span::new(amount.span.start as usize, end + 1 + "old".len());
        return Amount { span, kind: Kind::Age, ..amount };
    }
    let is_plain = amount.unit == Unit::Bare
        && !amount.is_signed
        && amount.style != Style::Fraction
        && u32::try_from(amount.written.value).is_ok_and(|years| (1..=OLDEST).contains(&years));
    let is_age = || {
        is_after_aged(text, amount.span)
            || is_apposition(text, amount.span)
            || is_of_pronoun(text, amount.span)
            || is_bound_of_ages(text, amount.span)
            || joined_bound(text, amount.span).is_some()
    };
    if !is_plain || !is_age() {
        return amount;
    }
    let Some(year) = unit_named("year") else { return amount };
    let span = joined_bound(text, amount.span).unwrap_or(amount.span);
    Amount { span, unit: year.unit, factor: year.factor, kind: Kind::Age, ..amount }
}

/// "aged 34", "age 5", "ages 5 to 11", "under age 18", "aged 22 and |24".
fn is_after_aged(text: &str, span: Span) -> bool {
    let all = text.get(..span.start as usize).unwrap_or_default();
    let first = all.strip_suffix(" and ").or_else(|| all.strip_suffix(" or "));
    let first = first.map(|first| first.trim_end_matches(|c: char| c.is_ascii_alphanumeric()));
    is_led_by_age(all) || first.is_some_and(is_led_by_age)
}

fn is_led_by_age(before: &str) -> bool {
    const LEADS: [&str; 13] = [
        "aged ",
        "age ",
        "ages ",
        "age of ",
        "Aged ",
        "Ages ",
        "Age ",
        "age to ",
        "age from ",
        "age is ",
        "age was ",
        "age at ",
        "age limit of ",
    ];
    let before = before.as_bytes();
    // They all have an "age" near their end.
    let window = before.get(before.len().saturating_sub("age limit of ".len())..).unwrap_or_default();
    if !window.windows(2).any(|pair| pair == b"ge") {
        return false;
    }
    LEADS.iter().any(|word| {
        before.ends_with(word.as_bytes())
            && !before
                .len()
                .checked_sub(word.len() + 1)
                .and_then(|at| before.get(at))
                .is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// "under-|65s", "over-|75s": an age, with its s.
fn joined_bound(text: &str, span: Span) -> Option<Span> {
    let before = text.get(..span.start as usize)?;
    if !before.ends_with('-') {
        return None;
    }
    let is_bound = ["under-", "over-", "Under-", "Over-"].iter().any(|bound| before.ends_with(bound));
    let rest = text.get(span.end as usize..)?.strip_prefix('s')?;
    let is_whole = is_bound && !rest.starts_with(|c: char| c.is_alphanumeric());
    is_whole.then(|| Span { end: span.end + 1, ..span })
}

/// "Maria Lopez, 34, said": a number between commas, behind two words with capitals.
fn is_apposition(text: &str, span: Span) -> bool {
    let bytes = text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    if !matches!(bytes.get(end), Some(b',' | b'.' | b';'))
        || bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
    {
        return false;
    }
    let Some(before) = text.get(..start).and_then(|before| before.strip_suffix(", ")) else { return false };
    let window = before.get(before.ceil_char_boundary(before.len().saturating_sub(40))..).unwrap_or(before);
    let mut words = window.rsplit(char::is_whitespace);
    let is_name = |word: Option<&str>| {
        word.is_some_and(|word| {
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.'))
        })
    };
    let is_last = is_name(words.next()) && !window.ends_with('.');
    let first = words.next();
    // One name is enough at the beginning of a sentence, where a verb or "of" follows: "Vestergaard, 23, fouled".
    let begins = first.is_none_or(|word| word.is_empty() || word.ends_with(['.', '"', '”', '?', '!']));
    let goes_on =
        text.get(end + 1..).is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_lowercase()));
    // "said Amsel, 52, who drives": one name is enough before what goes on about a person.
    let next = word_at(text.get(end + 1..).unwrap_or_default().trim_start(), 0);
    let is_of_person = bytes.get(end) == Some(&b',')
        && matches!(
            next,
            "who"
                | "whose"
                | "of"
                | "a"
                | "an"
                | "from"
                | "said"
                | "was"
                | "is"
                | "has"
                | "had"
                | "will"
                | "got"
                | "told"
                | "pleaded"
                | "died"
                | "denied"
                | "admitted"
                | "received"
                | "faces"
                | "lives"
        );
    is_last && (is_of_person || is_name(first) || begins && goes_on && bytes.get(end) == Some(&b','))
}

/// "He is 74,", "I'm 58.", "who is 19 and looks 15": a pronoun and a number that counts nothing.
fn is_of_pronoun(text: &str, span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text.get(..start).unwrap_or_default();
    let said = [
        "he is ", "she is ", "he was ", "she was ", "who is ", "who was ", "I am ", "I'm ", "he's ",
        "she's ", "turns ", "turned ", "He is ", "She is ", "He was ", "She was ", "He's ", "She's ",
        "looks ",
    ];
    let is_said = said.iter().any(|words| before.ends_with(words));
    let after = text.get(end..).unwrap_or_default();
    is_said
        && (after.starts_with([',', '.', ';'])
            || after.starts_with(" and ")
            || after.starts_with(" when ")
            || after.starts_with(" at the time")
            || before.ends_with("turns ")
                && [" on ", " in ", " this ", " next "].iter().any(|it| after.starts_with(it)))
        && !after.starts_with(", and the")
        || is_said && after.is_empty()
}

/// "16 and older", "65 or over", "people under 25".
fn is_bound_of_ages(text: &str, span: Span) -> bool {
    let after = text.get(span.end as usize..).unwrap_or_default();
    let before = text.get(..span.start as usize).unwrap_or_default();
    let ends = [
        " and older",
        " or older",
        " and over",
        " or over",
        " and under",
        " or under",
        " and younger",
        " or younger",
    ];
    let of_people = [
        "people",
        "those",
        "children",
        "adults",
        "men",
        "women",
        "anyone",
        "everyone",
        "drivers",
        "workers",
        "was",
        "is",
        "were",
        "are",
        "Americans",
        "Britons",
    ];
    let is_preposition = ["under ", "over "].iter().find_map(|word| before.strip_suffix(word));
    let is_of_people = is_preposition.is_some_and(|before| {
        let last = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        before.ends_with(' ') && of_people.contains(&last)
    });
    let ends_here = after.is_empty()
        || after.starts_with(['.', ',', ';', ')'])
        || [" the ", " who ", " were ", " are ", " have ", " had ", " and "]
            .iter()
            .any(|it| after.starts_with(it));
    // "children under 12 get in free", and no "people under 12 tables".
    let next = word_at(after, 1);
    let counts = next.ends_with('s') && !matches!(next, "is" | "was" | "has" | "gets" | "pays");
    let goes_on = after.starts_with(' ') && next.starts_with(|c: char| c.is_ascii_lowercase()) && !counts;
    ends.iter().any(|end| after.starts_with(end)) || is_of_people && (ends_here || goes_on)
}

#[cfg(test)]
mod tests {
    use crate::hedge::Lexicon;
    use crate::mention::{Kind, read};

    #[test]
    fn ages_are_told_from_counts() {
        let ages = |text: &str| -> Vec<String> {
            let all = read(text, Lexicon::shipped());
            all.iter().filter(|it| it.kind == Kind::Age).map(|it| it.span.of(text).to_owned()).collect()
        };
        assert_eq!(ages("Maria Lopez, 34, and a 30-year-old"), ["34", "30-year-old"]);
        assert_eq!(
            ages("children aged 5 to 11, those ages 12-17 and men 60 years old"),
            ["5 to 11", "12-17", "60 years old"]
        );
        assert_eq!(ages("In Port Ellery, 34 people; in North Harwick, 12,500 came"), Vec::<String>::new());
        assert_eq!(ages("the average 40 beds"), Vec::<String>::new());
        assert_eq!(
            ages("drivers aged 22 and 24, the under-65s, and Dean, 35, was told; lower the voting age to 16"),
            ["22", "24", "65s", "35", "16"]
        );
        assert_eq!(ages("in Harwick, 340, was the turn of 15 shots"), Vec::<String>::new());
    }
}
