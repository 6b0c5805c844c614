//! What a number counts: the noun behind it.

use super::Mention;
use super::amount::past_space;
use crate::number::word_at;
use crate::text::{Span, WordTable};

/// The noun that a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The noun with the words before it: "southern-border encounters".
    pub phrase: Span,
    /// The noun: "encounters".
    pub noun: Span,
}

/// How many words may stand before the noun.
const MOST: usize = 4;

/// Words that end a phrase of nouns.
static STOPS: WordTable<(), 81> = WordTable::new([
    ("in", ()),
    ("to", ()),
    ("from", ()),
    ("and", ()),
    ("or", ()),
    ("for", ()),
    ("at", ()),
    ("by", ()),
    ("on", ()),
    ("with", ()),
    ("a", ()),
    ("an", ()),
    ("was", ()),
    ("were", ()),
    ("had", ()),
    ("have", ()),
    ("has", ()),
    ("is", ()),
    ("are", ()),
    ("be", ()),
    ("been", ()),
    ("who", ()),
    ("that", ()),
    ("which", ()),
    ("than", ()),
    ("since", ()),
    ("during", ()),
    ("after", ()),
    ("before", ()),
    ("last", ()),
    ("this", ()),
    ("next", ()),
    ("each", ()),
    ("per", ()),
    ("every", ()),
    ("as", ()),
    ("but", ()),
    ("while", ()),
    ("when", ()),
    ("where", ()),
    ("if", ()),
    ("it", ()),
    ("they", ()),
    ("he", ()),
    ("she", ()),
    ("we", ()),
    ("will", ()),
    ("would", ()),
    ("could", ()),
    ("can", ()),
    ("may", ()),
    ("might", ()),
    ("should", ()),
    ("did", ()),
    ("do", ()),
    ("does", ()),
    ("said", ()),
    ("says", ()),
    ("over", ()),
    ("under", ()),
    ("above", ()),
    ("below", ()),
    ("between", ()),
    ("among", ()),
    ("through", ()),
    ("against", ()),
    ("into", ()),
    ("out", ()),
    ("up", ()),
    ("down", ()),
    ("about", ()),
    ("around", ()),
    ("so", ()),
    ("because", ()),
    ("not", ()),
    ("only", ()),
    ("compared", ()),
    ("less", ()),
    ("higher", ()),
    ("lower", ()),
    ("ago", ()),
]);

/// Words that may stand before the noun and are passed over with "of" and articles.
static LEADS: WordTable<(), 12> = WordTable::new([
    ("of", ()),
    ("the", ()),
    ("its", ()),
    ("their", ()),
    ("his", ()),
    ("her", ()),
    ("all", ()),
    ("those", ()),
    ("these", ()),
    ("our", ()),
    ("more", ()),
    ("fewer", ()),
]);

/// Plurals without an s.
static PLURALS: WordTable<(), 12> = WordTable::new([
    ("people", ()),
    ("men", ()),
    ("women", ()),
    ("children", ()),
    ("police", ()),
    ("staff", ()),
    ("cattle", ()),
    ("sheep", ()),
    ("fish", ()),
    ("aircraft", ()),
    ("personnel", ()),
    ("teeth", ()),
]);

/// What a mention counts: the plural next behind it, or else the last noun before a preposition, verb or mark.
pub fn counted(text: &str, mention: &Mention) -> Option<Counted> {
    let mut at = mention.words().end.max(mention.span.end) as usize;
    let mut start = None;
    let mut noun = None;
    let mut words = 0;
    while words < MOST {
        let next =
            past_space(text, at).or_else(|| (text.as_bytes().get(at) == Some(&b'-')).then_some(at + 1));
        let Some(begin) = next.filter(|next| text.get(at..*next).is_some_and(|gap| !gap.contains('\n')))
        else {
            break;
        };
        let word = word_at(text, begin);
        if word.is_empty() || STOPS.get(word).is_some() {
            break;
        }
        at = begin + word.len();
        if noun.is_none() && LEADS.get(word).is_some() {
            continue;
        }
        if noun.is_some() && LEADS.get(word).is_some() {
            break;
        }
        words += 1;
        start = start.or(Some(begin));
        noun = Some(Span::new(begin, at));
        if is_plural(word) {
            break;
        }
    }
    let noun = noun?;
    Some(Counted { phrase: Span::new(start?, noun.end as usize), noun })
}

fn is_plural(word: &str) -> bool {
    let is_regular = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us");
    is_regular || PLURALS.get(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hedge::Lexicon;
    use crate::mention::read;

    #[test]
    fn the_noun_behind_a_number_is_what_it_counts() {
        let cases = [
            ("just over 11,000 southern-border encounters in March", Some("encounters")),
            ("12,300 people were deported", Some("people")),
            ("5% of the voters said so", Some("voters")),
            ("40 fewer patients", Some("patients")),
            ("a total of 12", None),
            ("12 of them", Some("them")),
            ("rose 5 percent to a record", None),
            ("117,000 or more deportations", Some("deportations")),
            ("about 20 brigades", Some("brigades")),
        ];
        for (text, noun) in cases {
            let mention = read(text, Lexicon::shipped())[0];
            assert_eq!(counted(text, &mention).map(|it| it.noun.of(text)), noun, "{text}");
        }
    }
}
