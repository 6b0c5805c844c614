//! The change of a headline beside both values of the first sentence: "Ferry traffic up 30%" over "the ferries carried 1.2 million
//! passengers, compared with 1.1 million a year before".
//!
//! Safe because the headline has one number, the first sentence two, marked as before and after, and both share words.

use super::Reader;
use super::change;
use super::copies::shared_words;
use super::sentence::Sentence;
use crate::mention::Survey;
use crate::text::Span;

pub(super) fn look(reader: &mut Reader, text: &str, survey: &Survey) {
    let Some(end) = memchr::memchr(b'\n', text.as_bytes()) else { return };
    let head = Span::new(0, end);
    let [change] = survey.mentions.get(survey.overlapping(head)).unwrap_or_default() else { return };
    let rest = text.get(end + 1..).unwrap_or_default();
    let block = end + 1 + memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
    let stop = crate::draft::next_sentence(text, end + 1, block).map_or(block, |(end, _)| end);
    let body = Span::new(end + 1, stop);
    if survey.overlapping(body).len() != 2 || shared_words(head.of(text), body.of(text)) < 2 {
        return;
    }
    let head = Sentence::over(text, survey, head);
    let body = Sentence::over(text, survey, body);
    change::of_headline(reader, &head, &body, change);
}
