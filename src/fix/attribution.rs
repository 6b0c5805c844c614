//! Words by which a sentence hands its numbers to somebody else. What somebody has said is theirs to change.

use crate::text::Span;

/// Verbs and nouns of saying, in every form that stories have them. A sentence with any of them is left alone, whomever it
/// is about: to leave a number as it is costs nobody anything.
const WORDS: [&str; 99] = [
    "acknowledged",
    "added",
    "adding",
    "admitted",
    "affirmed",
    "allege",
    "alleged",
    "alleges",
    "allegedly",
    "announce",
    "announced",
    "announces",
    "announcing",
    "argue",
    "argued",
    "argues",
    "assert",
    "asserted",
    "asserts",
    "boast",
    "boasted",
    "boasting",
    "boasts",
    "call",
    "called",
    "calls",
    "claim",
    "claimed",
    "claiming",
    "claims",
    "cited",
    "cites",
    "citing",
    "comment",
    "commented",
    "conceded",
    "concluded",
    "concludes",
    "confirmed",
    "confirms",
    "contended",
    "contends",
    "declared",
    "declares",
    "described",
    "describes",
    "disclosed",
    "estimate",
    "estimated",
    "estimates",
    "explained",
    "explains",
    "insisted",
    "insists",
    "mentioned",
    "noted",
    "notes",
    "posted",
    "quoted",
    "recalled",
    "remarked",
    "remarks",
    "replied",
    "report",
    "reported",
    "reportedly",
    "reports",
    "responded",
    "revealed",
    "reveals",
    "say",
    "saying",
    "says",
    "said",
    "speaking",
    "stated",
    "statement",
    "states",
    "stating",
    "stressed",
    "suggested",
    "suggests",
    "testified",
    "testimony",
    "told",
    "touted",
    "touting",
    "tweeted",
    "warned",
    "warning",
    "warns",
    "write",
    "writes",
    "writing",
    "wrote",
    "tell",
    "tells",
    "telling",
    "spokesperson",
];

/// The same, of several words.
const PHRASES: [&str; 8] = [
    "according to",
    "in the words of",
    "put it at",
    "puts it at",
    "put the number",
    "puts the number",
    "as per",
    "in an interview",
];

/// The word or phrase by which a sentence attributes what it says.
pub(super) fn attribution(sentence: &str) -> Option<String> {
    let lower = sentence.to_lowercase();
    let word = lower
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| WORDS.contains(word))
        .or_else(|| PHRASES.into_iter().find(|phrase| lower.contains(phrase)));
    word.map(str::to_owned)
}

/// Whether a block begins with a speaker: "Lopez: We have 300 nurses."
pub(super) fn has_speaker(block: &str) -> bool {
    const LONGEST: usize = 5;
    let Some((lead, _)) = block.split_once(':') else { return false };
    let mut words = lead.split_whitespace();
    let is_name = words.all(|word| word.chars().next().is_some_and(char::is_uppercase));
    is_name && !lead.is_empty() && lead.split_whitespace().count() <= LONGEST
}

/// Words before which no hedge reads well: "the more than 300 nurses".
const DETERMINERS: [&str; 24] = [
    "a", "an", "the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "your", "my",
    "no", "each", "every", "all", "any", "some", "another", "first", "last", "next",
];

/// Whether a hedge can be put before words without the sentence being rewritten: they follow a word in the same
/// sentence that no article or the like is.
pub(super) fn takes_hedge(text: &str, sentence: Span, words: Span) -> bool {
    let before = Span { start: sentence.start, end: words.start.max(sentence.start) }.of(text);
    let Some(before) = before.strip_suffix(' ') else { return false };
    let last = before.rsplit(' ').next().unwrap_or_default();
    let is_word = last.chars().next_back().is_some_and(char::is_alphabetic);
    is_word && !DETERMINERS.iter().any(|known| known.eq_ignore_ascii_case(last))
}
