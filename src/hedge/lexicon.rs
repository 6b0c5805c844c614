//! The words of hedges and directions, and how they are found around a number.

mod direction;
mod phrases;
mod raw;
#[cfg(test)]
mod tests;

pub use direction::Direction;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::Hedge;
use crate::text::Span;
use direction::Directions;
use phrases::{Key, Phrases, pass_space, pass_space_back, word_from, word_until};

/// The words that hedge a number or tell its direction. Matching allocates nothing.
#[derive(Clone, Debug)]
pub struct Lexicon {
    articles: Vec<&'static str>,
    measures: Vec<&'static str>,
    before: Phrases<Core>,
    after: Phrases<Hedge>,
    alone: Phrases<Hedge>,
    modifiers: Phrases<Modifier>,
    thresholds: Phrases<Threshold>,
    directions: Directions,
}

/// How a number is come to, by a verb that does not say from which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Threshold {
    /// It is enough to be there: "reached", "hit".
    Reached,
    /// It is left behind: "passed", "crossed".
    Passed,
}

/// What words before a number mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Core {
    /// A hedge.
    Hedge(Hedge),
    /// A hedge that is a preposition of place or time too: "over", "around".
    Preposition(Hedge),
    /// Words that end in a hedge and are none: "took over".
    Nothing,
}

/// What stands before "more than" and its kin and changes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Modifier {
    Slight,
    Much,
    Not,
}

impl Modifier {
    /// The hedge that a modified one is; `None` where the two do not go together.
    fn of(self, hedge: Hedge) -> Option<Hedge> {
        match (self, hedge) {
            (Self::Slight, Hedge::Above) => Some(Hedge::JustAbove),
            (Self::Slight, Hedge::Below | Hedge::JustBelow) => Some(Hedge::JustBelow),
            (Self::Much, Hedge::Above) => Some(Hedge::MuchAbove),
            (Self::Much, Hedge::Below | Hedge::JustBelow) => Some(Hedge::MuchBelow),
            (Self::Not, Hedge::Above) => Some(Hedge::AtMost),
            (Self::Not, Hedge::Below) => Some(Hedge::AtLeast),
            _ => None,
        }
    }
}

static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| {
    let raw = toml::from_str(include_str!("lexicon.toml")).expect("the shipped lexicon is decoded by a test");
    Lexicon::new(raw)
});

impl Lexicon {
    /// The lexicon that comes with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn new(raw: raw::Lexicon<'static>) -> Self {
        let prepositions: Vec<_> = raw.prepositions.iter().collect();
        let (mut before, mut after, mut alone) = (Vec::new(), Vec::new(), Vec::new());
        for (hedge, class) in raw.hedge {
            before.extend(class.before.iter().map(|words| {
                let is_preposition = prepositions.contains(&words);
                (words, if is_preposition { Core::Preposition(hedge) } else { Core::Hedge(hedge) })
            }));
            after.extend(class.after.iter().map(|words| (words, hedge)));
            alone.extend(class.alone.iter().map(|words| (words, hedge)));
        }
        before.extend(raw.not_hedges.iter().map(|words| (words, Core::Nothing)));
        let slight = raw.modifiers.slight.iter().map(|words| (words, Modifier::Slight));
        let much = raw.modifiers.much.iter().map(|words| (words, Modifier::Much));
        let not = raw.modifiers.not.iter().map(|words| (words, Modifier::Not));
        let reached = raw.threshold.reached.iter().map(|words| (words, Threshold::Reached));
        let passed = raw.threshold.passed.iter().map(|words| (words, Threshold::Passed));
        Self {
            articles: raw.articles.iter().collect(),
            measures: raw.measures.iter().collect(),
            before: phrases(Key::Last, before),
            after: phrases(Key::First, after),
            alone: phrases(Key::Last, alone),
            modifiers: phrases(Key::Last, slight.chain(much).chain(not)),
            thresholds: phrases(Key::Last, reached.chain(passed)),
            directions: Directions::new(&raw.direction),
        }
    }

    /// This lexicon and more words, which win over shipped ones. Those that begin with "or" or "and" stand behind a number,
    /// all others before it; plain ones look like a hedge and are none.
    #[must_use]
    pub fn extended<'a>(&self, extra: impl IntoIterator<Item = (&'a str, Hedge)>) -> Self {
        let mut lexicon = self.clone();
        let is_after = |words: &str| words.starts_with("or ") || words.starts_with("and ");
        let tidy = |words: &str| -> Cow<'static, str> {
            let words: Vec<_> = words.split_whitespace().collect();
            words.join(" ").replace('’', "'").to_ascii_lowercase().into()
        };
        let extra = extra.into_iter().map(|(words, hedge)| (tidy(words), hedge));
        let (after, before): (Vec<_>, Vec<_>) =
            extra.filter(|(words, _)| !words.is_empty()).partition(|(words, _)| is_after(words));
        lexicon.after.extend(after.into_iter());
        let core = |hedge| if hedge == Hedge::Plain { Core::Nothing } else { Core::Hedge(hedge) };
        lexicon.before.extend(before.into_iter().map(|(words, hedge)| (words, core(hedge))));
        lexicon
    }

    /// The longest hedge that ends, but for white space and an article, at byte `at`, where a number starts: "more than
    /// |117,000", "slightly under the |12,700". Its span has the hedge's words only.
    pub fn ending_at(&self, text: &str, at: usize) -> Option<(Hedge, Span)> {
        let bytes = text.as_bytes();
        let end = pass_space_back(bytes, at);
        self.before_word(text, end, None).or_else(|| {
            // "at least the next 12 months"
            let which = word_until(bytes, end);
            let is_which = matches!(bytes.get(which..end), Some(b"next" | b"last" | b"past" | b"first"));
            let (end, article) = if is_which {
                let end = pass_space_back(bytes, which);
                (end, word_until(bytes, end))
            } else {
                (end, which)
            };
            let word = text.get(article..end)?;
            let is_article = self.articles.iter().any(|known| known.eq_ignore_ascii_case(word));
            let before = pass_space_back(bytes, article);
            (is_article && before < article).then(|| self.before_word(text, before, Some(word))).flatten()
        })
    }

    /// The hedge whose last word ends at `end`, with `article` between it and the number.
    fn before_word(&self, text: &str, end: usize, article: Option<&str>) -> Option<(Hedge, Span)> {
        let (phrase, start) = self.before.ending_at(text, end)?;
        let (hedge, is_preposition) = match phrase.meaning {
            Core::Hedge(hedge) => (hedge, false),
            Core::Preposition(hedge) => (hedge, true),
            Core::Nothing => return None,
        };
        if let Some((modified, start)) = self.modified(text, hedge, start) {
            return Some((modified, Span::new(start, end)));
        }
        let before = pass_space_back(text.as_bytes(), start);
        let is_definite = article.is_some_and(|word| !matches!(word, "a" | "an" | "A" | "An"));
        let compares = is_preposition || phrase.words.ends_with(" than");
        if (is_preposition && is_definite) || (compares && self.is_measured(text, before)) {
            return None;
        }
        Some((hedge, Span::new(start, end)))
    }

    /// Whether a number or its unit ends at `end`, so that a comparative behind it compares by that much. A year does not
    /// ("in 2024 more than 5,000 came").
    fn is_measured(&self, text: &str, end: usize) -> bool {
        let before = text.get(..end).unwrap_or_default();
        match before.as_bytes().last() {
            Some(b'%') => true,
            Some(b'0'..=b'9') => {
                let digits = before.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b',').count();
                let number = before.get(end - digits..).unwrap_or_default();
                !(digits == 4 && ["18", "19", "20"].iter().any(|century| number.starts_with(century)))
            }
            Some(letter) if letter.is_ascii_alphabetic() => {
                let start = word_until(before.as_bytes(), end);
                let word = before.get(start..).unwrap_or_default();
                // "This month fewer than 300 came", "the first month above 300": no month is counted.
                let is_one = || {
                    let end = pass_space_back(before.as_bytes(), start);
                    let which = before.get(word_until(before.as_bytes(), end)..end).unwrap_or_default();
                    ["this", "last", "next", "that", "first", "second", "third", "only"]
                        .iter()
                        .any(|it| it.eq_ignore_ascii_case(which))
                };
                self.measures.iter().any(|measure| measure.eq_ignore_ascii_case(word)) && !is_one()
            }
            _ => false,
        }
    }

    /// The longest hedge that starts, but for white space, at byte `at`, where a number ends: "or more", "+".
    pub fn starting_at(&self, text: &str, at: usize) -> Option<(Hedge, Span)> {
        let bytes = text.as_bytes();
        let start = pass_space(bytes, at);
        let (phrase, end) =
            self.after.starting_at(text, start).filter(|(phrase, _)| phrase.meaning != Hedge::Plain)?;
        // What stands behind may take the words for itself: "at least 3 of them", "or more than that", "5 + 3".
        let next = pass_space(bytes, end);
        let is_taken = match bytes.get(next) {
            Some(byte) if byte.is_ascii_digit() || *byte == b'$' => true,
            Some(_) => {
                bytes.get(next..word_from(bytes, next)).is_some_and(|w| w.eq_ignore_ascii_case(b"than"))
            }
            None => false,
        };
        (!is_taken).then(|| (phrase.meaning, Span::new(start, end)))
    }

    /// The verb that ends, but for white space and an article, at byte `at`, where a number starts, and comes to that
    /// number: "hit |3%", "crossed the |10,000 mark".
    pub fn threshold_before(&self, text: &str, at: usize) -> Option<Threshold> {
        let bytes = text.as_bytes();
        let end = pass_space_back(bytes, at);
        let verb = |end: usize| self.thresholds.ending_at(text, end).map(|(phrase, _)| phrase.meaning);
        verb(end).or_else(|| {
            let article = word_until(bytes, end);
            let word = text.get(article..end)?;
            let is_article = self.articles.iter().any(|known| known.eq_ignore_ascii_case(word));
            is_article.then(|| verb(pass_space_back(bytes, article))).flatten()
        })
    }

    /// Whether a word that tells a direction stands right before byte `at`: "rose |5%".
    pub fn is_direction_before(&self, text: &str, at: usize) -> bool {
        let end = pass_space_back(text.as_bytes(), at);
        let start = word_until(text.as_bytes(), end);
        text.get(start..end).is_some_and(|word| self.directions.has(word))
    }

    /// Whether a word that tells a direction stands before byte `at` in its clause: "cut the staff |by 300".
    pub fn is_direction_in_clause(&self, text: &str, at: usize) -> bool {
        self.directions.is_before(text, at)
    }

    /// The hedge that the whole text is, for words that are held between two figures: "slightly under", "more than the".
    /// Its span leaves out what leads it in ("only", "was").
    pub fn whole(&self, text: &str) -> Option<(Hedge, Span)> {
        let end = text.trim_end().trim_end_matches([',', '.']).len();
        let is_led_in = |span: &Span| {
            let lead = text.get(..span.range().start).unwrap_or_default();
            lead.split_whitespace().all(|word| FILLERS.iter().any(|filler| filler.eq_ignore_ascii_case(word)))
        };
        let before = [self.alone(text, end), self.ending_at(text, end)];
        before
            .into_iter()
            .flatten()
            .find(|(_, span)| is_led_in(span))
            .or_else(|| self.starting_at(text, 0).filter(|(_, span)| span.range().end == end))
    }

    /// The hedge that needs no number and ends at `end`: "the same as", "far more".
    fn alone(&self, text: &str, end: usize) -> Option<(Hedge, Span)> {
        let (phrase, start) = self.alone.ending_at(text, end)?;
        let (hedge, start) = self.modified(text, phrase.meaning, start).unwrap_or((phrase.meaning, start));
        Some((hedge, Span::new(start, end)))
    }

    /// What the modifier before a hedge at `start` makes of it, and where that begins.
    fn modified(&self, text: &str, hedge: Hedge, start: usize) -> Option<(Hedge, usize)> {
        let before = pass_space_back(text.as_bytes(), start);
        let (modifier, from) = self.modifiers.ending_at(text, before).filter(|_| before < start)?;
        Some((modifier.meaning.of(hedge)?, from))
    }

    /// The direction word nearest to a number in its clause: rose, cut, fewer, up. "More than" is none.
    pub fn direction(&self, passage: &str, number: Span) -> Option<(Direction, Span)> {
        self.directions.nearest(passage, number)
    }
}

/// Words that may lead in a hedge without a number and change nothing.
const FILLERS: [&str; 9] = ["only", "by", "at", "still", "is", "was", "were", "are", "the"];

/// Indexes the phrases of the shipped file.
fn phrases<M>(key: Key, phrases: impl IntoIterator<Item = (&'static str, M)>) -> Phrases<M> {
    Phrases::new(key, phrases.into_iter().map(|(words, meaning)| (words.into(), meaning)))
}
