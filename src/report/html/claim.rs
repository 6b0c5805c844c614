//! What stands beside the draft for a claim, or for a number without one.

use maud::{Markup, html};

use super::items::{Article, Items, Subject};
use super::{axis, findings, source};
use crate::engine::{
    ClaimFile, ClaimOutcome, Comparison, Derivation, DerivedStep, Dossier, NumberFate, NumberFile,
    StoryOutcome,
};
use crate::report::how;
use crate::scope::{FacetComparison, Relation};

/// With more claims than this, sentences are not repeated beside their claims on paper: the draft has them.
const REPEATED: usize = 500;

/// Every article, in the order of the draft. One is shown at a time, on paper all of them.
pub(super) fn articles(story: &StoryOutcome<'_>, dossier: &Dossier, items: &Items<'_>) -> Markup {
    html! {
        @if items.articles.iter().any(|article| article.ordinal.is_none()) {
            h2 .rest { "Numbers without a claim" }
        }
        @for (at, article) in items.articles.iter().enumerate() {
            article id=(article.id) class={ "c " (article.class()) @if article.ordinal.is_none() { " brief" } } {
                @match &article.subject {
                    Subject::Claim(claim, file) => { (self::claim(story, dossier, article, claim, *file)) }
                    Subject::Number(number) => { (self::number(article, number)) }
                    Subject::Rule(rule, numbers) => { (self::rule(rule, numbers)) }
                }
                (ways(items, at, article))
            }
        }
    }
}

fn claim(
    story: &StoryOutcome<'_>,
    dossier: &Dossier,
    article: &Article<'_>,
    claim: &ClaimOutcome<'_>,
    file: Option<&ClaimFile>,
) -> Markup {
    let words = claim.comparison.as_ref().map(|comparison| &*comparison.says);
    let words = words.or(file.map(|file| file.quote.as_str())).unwrap_or("(no quote)");
    html! {
        p .verdict { strong { (article.status.name()) }
            @if let Some(comparison) = &claim.comparison { span .how { (how::in_words(comparison.how)) } } }
        h3 { @if let Some(ordinal) = article.ordinal { span .p { (ordinal) ". " } } "“" bdi { (words) } "”" }
        @if let Some(file) = file.filter(|file| !file.sentence.is_empty() && dossier.claims.len() <= REPEATED) {
            p .sentence dir="auto" { (file.sentence) }
        }
        p .where { code { (claim.id) }
            @if let Some(by) = &claim.by { " · said by " bdi { (by) } } }
        @if let Some(reason) = &claim.reason {
            p .reason { "Not checked: " (reason) @if claim.outside_draft { " (for a reason outside of the draft)" } }
        }
        (findings::list(&article.findings))
        @if let (Some(comparison), Some(file)) = (&claim.comparison, file) { (sides(comparison, file)) }
        @if let Some(file) = file {
            section {
                (derivation("How it is computed", &file.formula, file.against.is_none()))
                @if let Some(against) = &file.against { (derivation("Held against", against, false)) }
                (source::figures(dossier, file))
            }
            (scope(claim, file))
            @if let Some(note) = &file.note { p .remark { "Note: " bdi { (note) } } }
        }
        @if let Some(file) = file {
            p .place { "Rule: line " (file.line)
                @if let (Some(place), Some(draft)) = (claim.place, &story.draft) { ". Draft: " (findings::counted(place, draft)) }
                "."
            }
        }
    }
}

/// Words and figures side by side, in words and drawn.
fn sides(comparison: &Comparison<'_>, file: &ClaimFile) -> Markup {
    html! {
        section {
            h4 { "Words and figures" }
            table .sides {
                    tr { th { "The words allow" } td { (file.allowed) } }
                    tr { th { "The figures give" } td { (file.computed) } }
                    @if !file.apart.is_empty() { tr .differs { th { "Apart" } td { (file.apart) } } }
                }
            (axis::axis(comparison, file))
        }
    }
}

/// A formula with its value, and the steps between. Figures, which are steps too, follow with where they come from.
fn derivation(title: &str, derivation: &Derivation, is_alone: bool) -> Markup {
    let Derivation { text, steps, error } = derivation;
    if text.is_empty() {
        return html! {};
    }
    // A figure by itself is told with where it comes from, which follows.
    if let ([step], None) = (steps.as_slice(), error)
        && step.figure.is_some()
        && is_alone
        && step.part.trim() == text.trim()
    {
        return html! { h4 { (title) } };
    }
    let value = steps.last().filter(|_| error.is_none()).map(|step| step.value.as_str());
    let between = steps.iter().filter(|step| step.figure.is_none() && step.part.trim() != text.trim());
    let between: Vec<&DerivedStep> = between.collect();
    html! {
        h4 { (title) }
        p .formula { code { (text) } @if let Some(value) = value { b { " = " (value) } } }
        @if !between.is_empty() {
            table .steps {
                @for step in between { tr { th { code { (step.part) } } td { "= " (step.value) } } }
            }
        }
        @if let Some(error) = error { p .reason { "It stops here: " (error) } }
    }
}

/// What the claim counts and what the figures count, facet by facet.
fn scope(claim: &ClaimOutcome<'_>, file: &ClaimFile) -> Markup {
    if file.facets.is_empty() {
        return html! {};
    }
    let is_told = claim.disclosed;
    html! {
        section {
            h4 { "What is counted" }
            table .scope {
                tr { td {} th { "the claim" } th { "the figures" } }
                @for facet in &file.facets { (self::facet(facet)) }
            }
            @if let Some(passage) = &file.disclosed {
                p .remark { @if is_told { "The draft tells its readers: " } @else { "The draft is to tell its readers: " }
                    "“" bdi { (passage) } "”" }
            }
        }
    }
}

fn facet(facet: &FacetComparison) -> Markup {
    let side = |side: &Option<String>| html! { @match side { Some(side) => { (side) } None => { span .unsaid { "not said" } } } };
    let differs = !matches!(facet.relation, Relation::Same | Relation::Undeclared);
    html! {
        tr class=[differs.then_some("differs")] {
            th { @if differs { "≠ " } (facet.facet) }
            td { (side(&facet.claim)) }
            td { (side(&facet.figure))
                @if differs { span .delta {
                    @if !facet.extra.is_empty() { "also counts " (facet.extra.join(", ")) }
                    @if !facet.extra.is_empty() && !facet.missing.is_empty() { "; " }
                    @if !facet.missing.is_empty() { "does not count " (facet.missing.join(", ")) }
                    @if facet.extra.is_empty() && facet.missing.is_empty() { (facet.relation.name()) }
                } }
            }
        }
    }
}

fn number(article: &Article<'_>, number: &NumberFile) -> Markup {
    html! {
        p .verdict { strong { (article.status.name()) } }
        h3 { "“" bdi { (number.text) } "”" }
        p .why { @match &number.fate {
            NumberFate::Ignored(reason) if reason.is_empty() => { "Nobody says why it needs no claim." }
            NumberFate::Ignored(reason) => { "It needs no claim: " bdi { (reason) } }
            _ => { "No claim is about it: nobody has looked at it." }
        } }
        @if !number.sentence.is_empty() { p .sentence dir="auto" { (number.sentence) } }
        @if !number.read.is_empty() { p .read { "Read as " (number.read) "." } }
        (findings::list(&article.findings))
    }
}

/// The numbers that a rule excludes.
fn rule(rule: &str, numbers: &[&NumberFile]) -> Markup {
    html! {
        p .verdict { strong { "excluded" } }
        h3 { "No quantity: " (rule.replace('-', " ")) }
        p .why { (numbers.len()) (if numbers.len() == 1 { " number: " } else { " numbers: " })
            @for (at, number) in numbers.iter().enumerate() { @if at > 0 { " · " } bdi { (number.text) } }
        }
    }
}

/// The ways from an article: to its place in the draft, and to what comes before and after it.
fn ways(items: &Items<'_>, at: usize, article: &Article<'_>) -> Markup {
    let mark = article.marks.first().and_then(|mark| items.marks.get(*mark));
    let others = mark.map(|mark| std::iter::once(&mark.article).chain(&mark.others));
    let others: Vec<&Article<'_>> = others
        .into_iter()
        .flatten()
        .filter(|other| **other != at)
        .filter_map(|other| items.articles.get(*other))
        .collect();
    let before = at.checked_sub(1).and_then(|before| items.articles.get(before));
    let after = items.articles.get(at + 1);
    html! {
        p .ways {
            @if let Some(mark) = mark { a href={ "#" (mark.id) } { "In the draft" } }
            @if let Some(before) = before { a href={ "#" (before.id) } { "Previous" } }
            @if let Some(after) = after { a href={ "#" (after.id) } { "Next" } }
            @for other in others { a href={ "#" (other.id) } { "Also: " (other.id) } }
        }
    }
}
