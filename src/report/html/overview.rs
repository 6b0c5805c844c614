//! What stands beside the draft until a number is chosen: what is found, and every claim.

use maud::{Markup, html};

use super::items::{Article, Items, Subject};
use super::{findings, status};
use crate::engine::StoryOutcome;
use crate::finding::{Accepted, Finding};

/// Findings, the gravest first, and every claim in the order of the draft.
pub(super) fn overview(story: &StoryOutcome<'_>, items: &Items<'_>) -> Markup {
    let of_articles =
        items.articles.iter().flat_map(|article| article.findings.iter().map(move |it| (Some(article), *it)));
    let mut found: Vec<(Option<&Article<'_>>, &Finding)> =
        of_articles.chain(items.elsewhere.iter().map(|it| (None, *it))).collect();
    found.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
    let claims: Vec<&Article<'_>> =
        items.articles.iter().filter(|article| article.ordinal.is_some()).collect();
    html! {
        section #_overview .overview {
            h2 { "Overview" }
            p .hint { "Choose a number in the draft to see what stands behind it." span .keys { " " kbd { "j" } " " kbd { "k" } " next, previous · " kbd { "Esc" } " back here" } }
            @if !story.problems.is_empty() { (problems(story)) }
            h3 { "Found" }
            @if found.is_empty() { p .none { "Nothing." } }
            ul .o { @for (article, finding) in found { (entry(article, finding)) } }
            @if !story.accepted.is_empty() {
                h3 { "Accepted" }
                ul .o { @for accepted in &story.accepted { (self::accepted(accepted)) } }
            }
            @if !claims.is_empty() {
                h3 { "Claims" }
                ul .o .all { @for claim in claims { (self::claim(claim)) } }
            }
        }
    }
}

/// What kept something from being checked.
fn problems(story: &StoryOutcome<'_>) -> Markup {
    html! {
        h3 { "Could not be checked" }
        ul .o { @for problem in &story.problems {
            li .error { (status::severity(crate::finding::Severity::Error)) span {
                (problem.message)
                span .at { @match &problem.excerpt { Some(excerpt) => { (excerpt.place(&problem.path)) } None => { (problem.path.display()) } } }
                @if let Some(help) = &problem.help { span .at { "To do: " (help) } }
            } }
        } }
    }
}

fn entry(article: Option<&Article<'_>>, finding: &Finding) -> Markup {
    let class = article.map(Article::class).unwrap_or_default();
    html! {
        li class={ (finding.severity.name()) " " (class) } {
            (status::severity(finding.severity))
            @match article {
                Some(article) => { a href={ "#" (article.id) } { span .h { (finding.severity.name()) ": " } bdi { (finding.message) } } }
                None => { span { span .h { (finding.severity.name()) ": " } bdi { (finding.message) }
                    @if let Some(place) = findings::place(finding) { span .at { (place) } }
                    @if let Some(help) = &finding.help { span .at { "To do: " bdi { (help) } } }
                } }
            }
        }
    }
}

/// A finding that somebody has answered for.
fn accepted(accepted: &Accepted) -> Markup {
    let Accepted { finding, reason, author, date, .. } = accepted;
    html! {
        li { span {
            bdi { (finding.message) }
            span .at { bdi { (author) } ", " (date) ": " bdi { (reason) } }
            @if let Some(place) = findings::place(finding) { span .at { (place) } }
        } }
    }
}

fn claim(article: &Article<'_>) -> Markup {
    let Subject::Claim(claim, file) = &article.subject else { return html! {} };
    let words = claim.comparison.as_ref().map(|comparison| &*comparison.says);
    let words = words.or(file.map(|file| file.quote.as_str())).unwrap_or(&claim.id);
    html! {
        li class={ "g " (article.class()) } {
            a href={ "#" (article.id) } { bdi { (words) } span .h { ", " (article.status.name()) } }
            code { (claim.id) }
        }
    }
}
