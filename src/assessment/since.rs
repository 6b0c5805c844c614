//! How far back words go: "the highest since 2017", "the first time since March 2020".

use crate::series::Turn;

/// The period that the words of a record go back to: 2017 in "the highest since 2017", March 2020 in "the most since March
/// 2020".
///
/// # Errors
/// The words that go back to something else: "since the pandemic", "in five years".
pub fn since_in_words(words: &str) -> Result<Option<Turn>, &str> {
    since(words, |words, nth| {
        matches!(words.get(nth), Some(Word { bare, .. }) if bare == "in" || bare == "for")
            && words.iter().skip(nth + 1).take(4).any(Word::is_span)
    })
}

/// The period that the words of a first time go back to. "Exceeded 10,000 in a month" says what is counted, and goes back
/// to nothing; "the first time in a month" does. `own` is the period of the value: "for the first time in March" only says
/// when that was.
///
/// # Errors
/// The words that go back to something else: "since the pandemic", "the first time in a decade", "the first month of the
/// year".
pub fn first_since_in_words(words: &str, own: Turn) -> Result<Option<Turn>, &str> {
    /// Behind "the first time", what bounds the time that is spoken of.
    const BOUNDS: [&str; 9] = ["in", "for", "this", "of", "during", "under", "within", "after", "on"];
    /// What bounds nothing: "in its history", "on record", "in which".
    const UNBOUNDED: [&str; 4] = ["history", "memory", "record", "which"];
    since(words, |words, nth| {
        let Some(word) = words.get(nth) else { return false };
        let before = words.get(nth.saturating_sub(4)..nth).unwrap_or_default();
        let is_behind_first = before.iter().any(|word| word.bare == "first")
            && before
                .last()
                .is_some_and(|word| word.bare == "first" || word.bare == "time" || word.is_span());
        let behind = || words.iter().skip(nth + 1);
        if is_behind_first && BOUNDS.contains(&&*word.bare) {
            let is_unbounded = behind().take(3).any(|word| UNBOUNDED.contains(&&*word.bare));
            return !is_unbounded && !names(behind(), own);
        }
        let until_first = behind().take(4).take_while(|word| word.bare != "first");
        matches!(&*word.bare, "in" | "for") && until_first.into_iter().any(Word::is_long_span)
    })
}

/// Whether words begin with a period: "March 2025", or "March", which is then that of the same year.
fn names<'w>(words: impl Iterator<Item = &'w Word>, period: Turn) -> bool {
    let words: Vec<&str> = words.take(3).map(|word| &*word.bare).collect();
    let in_its_year = words.first().map(|word| format!("{word} {}", period.year()));
    let is_followed_by_year = words.get(1).is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    period_at(&words.join(" ")) == Some(period)
        || !is_followed_by_year && in_its_year.and_then(|text| Turn::read(&text)) == Some(period)
}

/// A word, in lower case and without the marks around it.
struct Word {
    bare: String,
    start: usize,
}

impl Word {
    /// Whether it is a length of time that something may be said to be the first in.
    fn is_span(&self) -> bool {
        const SPANS: [&str; 4] = ["year", "month", "quarter", "week"];
        SPANS.contains(&&*self.bare) || self.is_long_span()
    }

    /// Whether it is one that no single value is counted over.
    fn is_long_span(&self) -> bool {
        const SPANS: [&str; 8] =
            ["years", "months", "quarters", "weeks", "decade", "decades", "century", "generation"];
        SPANS.contains(&&*self.bare)
    }
}

/// The period behind "since"; `goes_back` tells whether the word at a place begins other words that go back.
fn since(words: &str, goes_back: impl Fn(&[Word], usize) -> bool) -> Result<Option<Turn>, &str> {
    let word = |start: usize| {
        let word = words.get(start..).unwrap_or_default().split_whitespace().next().unwrap_or_default();
        Word { bare: word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase(), start }
    };
    let all: Vec<Word> = word_starts(words).map(word).collect();
    let from = |nth: usize| all.get(nth).and_then(|word| words.get(word.start..)).unwrap_or_default();
    for (nth, word) in all.iter().enumerate() {
        if word.bare == "since" {
            let skipped = if from(nth + 1).starts_with("at least ") { nth + 3 } else { nth + 1 };
            return period_at(from(skipped)).map(Some).ok_or(from(nth));
        }
        if goes_back(&all, nth) {
            return Err(from(nth));
        }
    }
    Ok(None)
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut is_inside = false;
    text.char_indices().filter_map(move |(at, character)| {
        let begins = !character.is_whitespace() && !is_inside;
        is_inside = !character.is_whitespace();
        begins.then_some(at)
    })
}

/// The period that a text begins with, in as many as three words.
fn period_at(text: &str) -> Option<Turn> {
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    let read = |count: usize| {
        let joined = words.get(..count)?.join(" ");
        Turn::read(joined.trim_matches(|c: char| !c.is_alphanumeric()))
    };
    read(3).or_else(|| read(2)).or_else(|| read(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_how_far_back_they_go() {
        for (words, since) in [
            ("the highest monthly total since 2017", "2017"),
            ("the most since March 2020, when", "2020-03"),
            ("its lowest since fiscal year 2011.", "FY2011"),
            ("the highest since at least 2000", "2000"),
        ] {
            assert_eq!(
                since_in_words(words).unwrap().map(|turn| turn.to_string()).as_deref(),
                Some(since),
                "{words}"
            );
        }
        assert_eq!(since_in_words("a record number of people"), Ok(None));
        assert_eq!(since_in_words("the highest since the pandemic"), Err("since the pandemic"));
        assert_eq!(since_in_words("the most in five years"), Err("in five years"));
    }

    #[test]
    fn words_of_a_first_time_tell_how_far_back_they_go() {
        let own = Turn::read("2025-03").unwrap();
        let since = |words| first_since_in_words(words, own).map(|turn| turn.map(|turn| turn.to_string()));
        for (words, turn) in [
            ("the first time since 2017 that fewer than 8,000 came", Some("2017")),
            ("For the first time since May 2019, more than 10,000 came in a month", Some("2019-05")),
            ("exceeded 10,000 for the first time since 2017", Some("2017")),
            ("the first time apprehensions have exceeded 10,000 in a month", None),
            ("the first month in which more than 10,000 came", None),
            ("the first time in its history that it topped 10,000", None),
            ("topped 10,000 in a single year for the first time", None),
            ("the first time on record", None),
            ("exceeded 10,000 for the first time in March 2025", None),
            ("exceeded 10,000 for the first time in March", None),
        ] {
            assert_eq!(since(words), Ok(turn.map(str::to_owned)), "{words}");
        }
        for (words, unread) in [
            ("the first time in a decade that it fell below $3", "in a decade that it fell below $3"),
            ("it fell below $3 for the first time in a year", "in a year"),
            ("the first time it fell below $3 in more than five years", "in more than five years"),
            ("the first time since the pandemic", "since the pandemic"),
            ("topped 10,000 in the first month of the season", "of the season"),
            ("exceeded 10,000 for the first time in March 2024", "in March 2024"),
            ("exceeded 10,000 for the first time in 2025", "in 2025"),
            ("the first month this year above 300", "this year above 300"),
            ("the first month of the year above 300", "of the year above 300"),
        ] {
            assert_eq!(since(words), Err(unread), "{words}");
        }
    }
}
