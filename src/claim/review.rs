//! How verdicts are published as reviews of what somebody claimed: `[review]` in the settings.

use jiff::civil::Date;

use super::complaint::Complaint;
use super::decode::{Entry, Field};
use super::scalar::{RawDate, RawText};
use super::shape::web_address;
use super::spanned::Spanned;

/// Who reviews, where that is published, and in which words. What is there holds to its form; what a use needs, it asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// The organization that reviews.
    pub author: Option<String>,
    /// Its page on the web.
    pub author_url: Option<String>,
    /// Where a review is published: an address on the web, with [`STORY`](Self::STORY) and [`CLAIM`](Self::CLAIM) in the
    /// place of the story's name and the claim's id.
    pub url: Option<String>,
    /// The day of publication of stories that do not say it.
    pub published: Option<Date>,
    /// The language of drafts, as BCP 47 has it: `en`, `en-GB`.
    pub language: Option<String>,
    /// What ratings are called.
    pub words: RatingWords,
}

/// What ratings are called, in a newsroom's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingWords {
    /// Of a value within what the words allow.
    pub supported: String,
    /// Of such a value that counts something else than the words say.
    pub needs_context: String,
    /// Where the figures are too coarse to tell.
    pub undecided: String,
    /// Of a value outside of what the words allow.
    pub refuted: String,
}

impl Review {
    /// Stands for the story's name.
    pub const STORY: &'static str = "{story}";
    /// Stands for the claim's id.
    pub const CLAIM: &'static str = "{claim}";
}

impl Default for RatingWords {
    fn default() -> Self {
        Self {
            supported: "Supported".to_owned(),
            needs_context: "Needs context".to_owned(),
            undecided: "Undecided".to_owned(),
            refuted: "Refuted".to_owned(),
        }
    }
}

type Text<'a> = Option<Spanned<RawText<'a>>>;

/// The table, as it is written.
#[derive(Default)]
pub(super) struct RawReview<'a> {
    author: Text<'a>,
    author_url: Text<'a>,
    url: Text<'a>,
    published: Option<Spanned<RawDate>>,
    language: Text<'a>,
    rating: RawRating<'a>,
}

#[derive(Default)]
struct RawRating<'a> {
    supported: Text<'a>,
    needs_context: Text<'a>,
    undecided: Text<'a>,
    refuted: Text<'a>,
}

impl<'a> Entry<'a> for RawReview<'a> {
    const KEYS: &'static [&'static str] = &["author", "author_url", "url", "published", "language", "rating"];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "author" => value.put(&mut self.author),
            "author_url" => value.put(&mut self.author_url),
            "url" => value.put(&mut self.url),
            "published" => value.put(&mut self.published),
            "language" => value.put(&mut self.language),
            "rating" => value.put(&mut self.rating),
            _ => false,
        }
    }
}

impl<'a> Entry<'a> for RawRating<'a> {
    const KEYS: &'static [&'static str] = &["supported", "needs_context", "undecided", "refuted"];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "supported" => value.put(&mut self.supported),
            "needs_context" => value.put(&mut self.needs_context),
            "undecided" => value.put(&mut self.undecided),
            "refuted" => value.put(&mut self.refuted),
            _ => false,
        }
    }
}

impl RawReview<'_> {
    pub(super) fn review(self, complaints: &mut Vec<Complaint>) -> Review {
        if let Some(address) = &self.author_url {
            web_address("author_url", address, complaints);
        }
        if let Some(address) = &self.url {
            let filled = address.replace(Review::STORY, "a").replace(Review::CLAIM, "a");
            if filled.contains(['{', '}']) {
                let message = "`url` has braces around something else than `story` and `claim`";
                let help = "{story} stands for the name of the rule file, {claim} for the id of the claim";
                complaints.push(Complaint::new(address.span, message).help(help));
            } else {
                let filled = Spanned { value: RawText(filled.into()), span: address.span };
                web_address("url", &filled, complaints);
            }
        }
        if let Some(language) = self.language.as_ref().filter(|language| !is_language(language)) {
            let message = format!("`language`: `{}` is no tag of a language", language.value);
            complaints.push(Complaint::new(language.span, message).help("write it like \"en\" or \"en-GB\""));
        }
        let defaults = RatingWords::default();
        let RawRating { supported, needs_context, undecided, refuted } = self.rating;
        let words = RatingWords {
            supported: said("supported", supported, complaints).unwrap_or(defaults.supported),
            needs_context: said("needs_context", needs_context, complaints).unwrap_or(defaults.needs_context),
            undecided: said("undecided", undecided, complaints).unwrap_or(defaults.undecided),
            refuted: said("refuted", refuted, complaints).unwrap_or(defaults.refuted),
        };
        Review {
            author: said("author", self.author, complaints),
            author_url: self.author_url.map(text),
            url: self.url.map(text),
            published: self.published.map(|day| day.value.0),
            language: self.language.map(text),
            words,
        }
    }
}

fn text(text: Spanned<RawText<'_>>) -> String {
    text.value.0.into_owned()
}

/// Words, which are not empty.
fn said(key: &str, words: Text<'_>, complaints: &mut Vec<Complaint>) -> Option<String> {
    let words = words?;
    if words.trim().is_empty() {
        complaints.push(Complaint::new(words.span, format!("`{key}` is empty")));
    }
    Some(text(words))
}

/// Whether a text has the form of a language tag (<https://www.rfc-editor.org/info/bcp47>): parts of up to eight letters and
/// digits, the first of letters alone.
fn is_language(tag: &str) -> bool {
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let first = tag.split('-').next().unwrap_or_default();
    tag.split('-').all(is_part) && first.len() > 1 && first.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Settings;

    #[test]
    fn all_of_it_can_be_set() {
        let review = Settings::parse(
            "[review]\nauthor = \"Courier\"\nauthor_url = \"https://courier.example\"\n\
             url = \"https://courier.example/{story}?a=b#{claim}\"\npublished = 2026-11-24\nlanguage = \"en-GB\"\n\
             [review.rating]\nrefuted = \"False\"\n",
        )
        .unwrap()
        .review;
        assert_eq!(review.author.as_deref(), Some("Courier"));
        assert_eq!(review.url.as_deref(), Some("https://courier.example/{story}?a=b#{claim}"));
        assert_eq!(review.published.unwrap().to_string(), "2026-11-24");
        assert_eq!(review.language.as_deref(), Some("en-GB"));
        assert_eq!((review.words.refuted.as_str(), review.words.supported.as_str()), ("False", "Supported"));
        assert_eq!(Settings::parse("").unwrap().review, Review::default());
    }

    #[test]
    fn what_is_wrong_is_said_where_it_stands() {
        let text = "[review]\nauthor = \" \"\nauthor_url = \"courier.example\"\nurl = \"https://a.example/{page}\"\n\
                    language = \"English (UK)\"\nratng = {}\n[review.rating]\nsupported = \"\"\n";
        let complaints = Settings::parse(text).unwrap_err();
        let seen: Vec<_> = complaints.iter().map(|c| (c.span.of(text), c.message.as_str())).collect();
        assert_eq!(
            seen,
            [
                ("\" \"", "`author` is empty"),
                ("\"courier.example\"", "`author_url`: `courier.example` is no address on the web"),
                (
                    "\"https://a.example/{page}\"",
                    "`url` has braces around something else than `story` and `claim`"
                ),
                ("\"English (UK)\"", "`language`: `English (UK)` is no tag of a language"),
                ("ratng", "unknown key `ratng`"),
                ("\"\"", "`supported` is empty"),
            ]
        );
    }

    #[test]
    fn addresses_are_whole() {
        let is_address = |address: &str| {
            let settings = format!("[review]\nurl = '{address}'");
            Settings::parse(&settings).is_ok()
        };
        for address in ["https://a.example", "http://a.example/b?c#d", "https://a.example/{story}/{claim}"] {
            assert!(is_address(address), "{address}");
        }
        for address in [
            "",
            "a.example",
            "javascript:alert(1)",
            "https://",
            "https:///b",
            "https://a.example/a b",
            "https://a.example/<b>",
            "https://é.example",
        ] {
            assert!(!is_address(address), "{address}");
        }
    }
}
