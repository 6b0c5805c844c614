//! Verdicts on what others claimed, as [ClaimReview](https://schema.org/ClaimReview): the form in which fact checks are
//! read by search engines and by those who collect them.
//!
//! Reviewed is what the rules attribute to somebody and a verdict was given on. Nothing is made up on the way: who is neither
//! known as a person nor as an organization, and what is in doubt for another reason than its verdict, is left out, and said.

mod body;
mod rating;

use serde_json::{Map, Value, json};

use crate::claim::Review;
use crate::engine::{ClaimFile, ClaimOutcome, Dossier, Problem, Speaker, SpeakerKind, StoryOutcome};
use crate::finding::{Finding, Severity};
use crate::hedge::How;

use super::uri::uri;
use rating::Rating;

/// Who reviews.
#[derive(Clone, Copy, Debug)]
pub struct Reviewer<'s> {
    author: &'s str,
    settings: &'s Review,
}

/// What comes of a story.
#[derive(Debug, Default)]
pub struct Reviews {
    /// A review for each claim that somebody makes and that has a verdict.
    items: Vec<Value>,
    /// How many claims somebody makes, reviewed or not.
    pub attributed: usize,
    /// Why some of them are not reviewed.
    pub problems: Vec<Problem>,
}

/// Why no review of a story can be dated.
#[derive(Debug, thiserror::Error)]
#[error("the day of publication is not known, and a review must have one")]
pub struct Undated;

/// Why a claim is left out, and what to do.
type Left = (String, Option<String>);

/// Checks that say in another way what the verdict or the rating says.
const OF_VERDICTS: [&str; 4] = ["value-refuted", "value-undecided", "direction-differs", "scope-differs"];

/// Checks that doubt that the rule is about what the sentence says.
const OF_RULES: [&str; 2] = ["scope-wording", "period-drifted"];

impl<'s> Reviewer<'s> {
    /// As the settings have it; `None` where they name no author.
    pub fn new(settings: &'s Review) -> Option<Self> {
        settings.author.as_deref().map(|author| Self { author, settings })
    }

    /// Reviews what others claim in a story, which has its dossier.
    ///
    /// # Errors
    /// Where there is something to review, and nothing says when it is published.
    pub fn review(&self, story: &StoryOutcome<'_>) -> Result<Reviews, Undated> {
        let mut reviews = Reviews::default();
        let Some(dossier) = &story.dossier else { return Ok(reviews) };
        for (claim, file) in story.claims.iter().zip(&dossier.claims) {
            let Some(speaker) = &file.by else { continue };
            reviews.attributed += 1;
            match self.claim(story, dossier, claim, file, speaker)? {
                Ok(item) => reviews.items.push(item),
                Err((message, help)) => reviews.problems.push(Problem {
                    path: story.rules.clone(),
                    excerpt: Some(speaker.place.clone()),
                    message: format!("`{}` is not exported: {message}", claim.id),
                    help,
                    related: None,
                }),
            }
        }
        Ok(reviews)
    }

    /// A review, or why there is none.
    fn claim(
        &self,
        story: &StoryOutcome<'_>,
        dossier: &Dossier,
        claim: &ClaimOutcome<'_>,
        file: &ClaimFile,
        speaker: &Speaker,
    ) -> Result<Result<Value, Left>, Undated> {
        let Some(rating) = Rating::of(claim) else {
            let reason = claim.reason.as_deref().unwrap_or("it is unchecked");
            return Ok(Err((format!("it could not be checked: {reason}"), None)));
        };
        if let Some(doubt) = doubt(story, claim) {
            return Ok(Err(doubt));
        }
        let Some(kind) = speaker.kind else {
            let message = format!("nothing says whether \"{}\" is a person or an organization", speaker.name);
            let name = Value::from(speaker.name.as_str());
            let help = format!("write by = {{ person = {name} }}, or by = {{ organization = {name} }}");
            return Ok(Err((message, Some(help))));
        };
        let published = dossier.published.or(self.settings.published).ok_or(Undated)?;
        let mut item = json!({
            "@type": "ClaimReview",
            "author": agent(SpeakerKind::Organization, self.author, self.settings.author_url.as_deref(), None),
            "claimReviewed": one_line(if file.sentence.is_empty() { &file.quote } else { &file.sentence }),
            "datePublished": published.to_string(),
            "itemReviewed": {
                "@type": "Claim",
                "author": agent(kind, &speaker.name, speaker.url.as_deref(), speaker.same_as.as_deref()),
            },
            "reviewBody": body::body(story, claim, file),
            "reviewRating": rating.json(&self.settings.words),
        });
        if let Some(members) = item.as_object_mut() {
            let url = self.settings.url.as_deref().map(|template| address(template, story, claim));
            add(members, "url", url.as_deref());
            add(members, "inLanguage", self.settings.language.as_deref());
        }
        Ok(Ok(item))
    }
}

/// The document, to stand alone or in a page. It is JSON in which no character could end the element that it stands in, so
/// that a draft that speaks of `</script>` writes nothing into the page.
pub fn document(stories: Vec<Reviews>) -> String {
    let items: Vec<Value> = stories.into_iter().flat_map(|reviews| reviews.items).collect();
    let mut text = format!("{:#}\n", json!({ "@context": "https://schema.org", "@graph": items }));
    // They stand in strings alone, where an escape means the same.
    for (character, escape) in [
        ('<', "\\u003c"),
        ('>', "\\u003e"),
        ('&', "\\u0026"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ] {
        if text.contains(character) {
            text = text.replace(character, escape);
        }
    }
    text
}

/// What is to be resolved before a verdict is published, and how: an error that is not the verdict itself, or a doubt whether
/// the rule is about what the sentence says.
fn doubt(story: &StoryOutcome<'_>, claim: &ClaimOutcome<'_>) -> Option<Left> {
    // Whether the draft or the rule has the wrong one, no program knows.
    if claim.comparison.as_ref().is_some_and(|comparison| comparison.how == How::OtherUnit) {
        let help =
            "write the formula that gives the unit of the words; its value then supports or refutes them";
        return Some(("words and figures have two units".to_owned(), Some(help.to_owned())));
    }
    let finding =
        about(story, claim).filter(|finding| !OF_VERDICTS.contains(&finding.check)).find(|finding| {
            finding.severity == Severity::Error
                || finding.severity == Severity::Warning && OF_RULES.contains(&finding.check)
        })?;
    let help = "resolve what a check of the story says of it first".to_owned();
    Some((format!("{} ({})", finding.message, finding.check), Some(help)))
}

/// The findings about a claim.
fn about<'s>(story: &'s StoryOutcome<'_>, claim: &ClaimOutcome<'_>) -> impl Iterator<Item = &'s Finding> {
    let id = claim.id.clone().into_owned();
    story.findings.iter().filter(move |finding| finding.claim.as_deref() == Some(&*id))
}

/// Where a review is published.
fn address(template: &str, story: &StoryOutcome<'_>, claim: &ClaimOutcome<'_>) -> String {
    let name = story.rules.file_stem().unwrap_or_default().to_string_lossy();
    template.replace(Review::STORY, &uri(&name)).replace(Review::CLAIM, &uri(&claim.id))
}

/// Somebody.
fn agent(kind: SpeakerKind, name: &str, url: Option<&str>, same_as: Option<&str>) -> Value {
    let kind = match kind {
        SpeakerKind::Person => "Person",
        SpeakerKind::Organization => "Organization",
    };
    let mut agent = Map::from_iter([("@type".to_owned(), kind.into()), ("name".to_owned(), name.into())]);
    add(&mut agent, "url", url);
    add(&mut agent, "sameAs", same_as);
    agent.into()
}

fn add(members: &mut Map<String, Value>, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        members.insert(key.to_owned(), value.into());
    }
}

/// A text with single spaces for all that lies between its words.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
