//! How a number was read, what its words allow, what the figures give, and how that comes about.

use std::fmt::Write as _;
use std::path::Path;

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind, Range};

use super::definition::claim_at;
use super::entries::{Entry, Kind, Use, known};
use super::newsroom::{Newsroom, is_rules};
use super::options::Wishes;
use super::sheet::{ClaimSheet, Drafted, JudgedSheet};
use super::uri::path;
use crate::assessment::Fate;
use crate::checks::{self, ToldIn, interval_in_words, reading_in_words};
use crate::engine::{ClaimTrace, SETTINGS, TracedStep};
use crate::hedge::{Hedge, Widths, allowed};
use crate::mention::{Excluded, Mention, counted};
use crate::text::Span;

pub(super) fn hover(newsroom: &mut Newsroom<'_>, wishes: &Wishes, params: &HoverParams) -> Option<Hover> {
    let at = &params.text_document_position_params;
    let path = path(at.text_document.uri.as_str())?;
    let document = newsroom.overlay.text(&path)?;
    let offset = document.offset(at.position);
    let (told, span) = if path.file_name().is_some_and(|name| name == SETTINGS) {
        check(&document.text, offset)?
    } else if is_rules(&path) {
        in_rules(newsroom, &path, offset)?
    } else {
        in_draft(newsroom, &path, offset)?
    };
    let range: Option<Range> = Some(document.range(span));
    let kind = if wishes.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind, value: told }), range })
}

fn in_draft(newsroom: &mut Newsroom<'_>, path: &Path, offset: usize) -> Option<(String, Span)> {
    let mut told = Vec::new();
    let mut place = None;
    let mut traced = Vec::new();
    for (desk, sheet) in newsroom.sheets_of(path) {
        let draft = sheet.draft.as_ref()?;
        let claim = claim_at(sheet, offset);
        let mut text = String::new();
        match draft.mention_at(offset) {
            Some((at, mention)) => {
                place.get_or_insert(draft.in_file(mention.words()));
                quantity(&mut text, draft, mention, sheet.widths);
                if claim.is_none() {
                    text.push_str(match draft.fates.get(at) {
                        Some(Fate::Ignored) => "\nIgnored: the rules say why it needs no claim.\n",
                        Some(Fate::Claimed) => {
                            "\nClaimed: a claim's formula gives it, beside another number.\n"
                        }
                        Some(Fate::Unclaimed) | None => "\nNo claim is about it.\n",
                    });
                }
            }
            None => {
                if let Some(excluded) = draft.excluded_at(offset) {
                    place.get_or_insert(draft.in_file(excluded.span));
                    no_quantity(&mut text, draft, excluded);
                }
            }
        }
        if let Some(claim) = claim {
            if let Some(judged) = &claim.judged {
                place.get_or_insert(draft.in_file(judged.words));
            }
            verdict(&mut text, claim);
            traced.push((told.len(), desk.to_owned(), claim.id.clone()));
        }
        told.push(text);
    }
    for (at, desk, claim) in traced {
        let Some(trace) = trace(newsroom, &desk, &claim) else { continue };
        if let Some(text) = told.get_mut(at) {
            derivation(text, &trace);
        }
    }
    told.retain(|text| !text.is_empty());
    // Two rule files without a claim about a number say the same of it.
    told.dedup();
    (!told.is_empty()).then(|| Some((told.join("\n---\n\n"), place?)))?
}

/// How a quantity was read, and what its words allow.
fn quantity(out: &mut String, draft: &Drafted, mention: &Mention, widths: Widths) {
    let text = draft.prose.text();
    let words = mention.words().of(text);
    let of = counted(text, mention).map(|counted| format!(", of {}", counted.noun.of(text)));
    _ = writeln!(out, "**{}** ({}{})\n", plain(words), mention.kind.name(), of.unwrap_or_default());
    let hedge = match mention.hedge {
        Hedge::Plain => String::new(),
        hedge => format!(", read as “{}”", hedge.words()),
    };
    _ = writeln!(out, "- read: {}{hedge}", reading_in_words(text, mention));
    let unit = ToldIn::of(mention, text, mention.unit);
    let zone = allowed(mention.hedge, &mention.reading, &widths).whole;
    _ = writeln!(out, "- its words allow: {}", interval_in_words(&zone, unit));
}

fn no_quantity(out: &mut String, draft: &Drafted, excluded: &Excluded) {
    let words = excluded.span.of(draft.prose.text());
    _ = writeln!(out, "**{}**: read as a {}, not as a quantity", plain(words), excluded.rule.name());
}

/// What a claim came to.
fn verdict(out: &mut String, claim: &ClaimSheet) {
    let verdict = claim.verdict.name();
    match (&claim.judged, &claim.reason) {
        (Some(JudgedSheet { mention, allowed, computed, warned, .. }), _) => {
            if mention.is_none() {
                _ = writeln!(out, "- its words allow: {allowed}");
            }
            let warned = if *warned { ", with a warning" } else { "" };
            _ = writeln!(out, "- the figures give: {computed}");
            _ = writeln!(out, "- **{verdict}**{warned} (claim `{}`)", claim.id);
        }
        (None, Some(reason)) => {
            _ = writeln!(out, "- **{verdict}** (claim `{}`): {}", claim.id, plain(reason));
        }
        (None, None) => _ = writeln!(out, "- **{verdict}** (claim `{}`)", claim.id),
    }
}

fn trace(newsroom: &Newsroom<'_>, desk: &Path, claim: &str) -> Option<ClaimTrace> {
    newsroom.project(desk)?.trace(claim).ok()
}

/// The formula, and every step with its source.
fn derivation(out: &mut String, trace: &ClaimTrace) {
    if trace.formula.is_empty() {
        return;
    }
    out.push_str("\n```text\n");
    for step in &trace.steps {
        step_in_words(out, step);
    }
    if let Some(error) = &trace.error {
        _ = writeln!(out, "stops: {error}");
    }
    out.push_str("```\n");
}

fn step_in_words(out: &mut String, step: &TracedStep) {
    let unit = if step.unit == "number" { String::new() } else { format!(" {}", step.unit) };
    _ = writeln!(out, "{} = {}{unit}", step.part, step.value.normalize());
    for source in &step.sources {
        _ = writeln!(out, "    from {source}");
    }
    let scope: Vec<String> = step.scope.iter().map(|(facet, of)| format!("{facet} {of}")).collect();
    if !scope.is_empty() {
        _ = writeln!(out, "    counts {}", scope.join("; "));
    }
}

fn in_rules(newsroom: &mut Newsroom<'_>, path: &Path, offset: usize) -> Option<(String, Span)> {
    let known = known(newsroom, path);
    let own = known.first()?;
    let (used, span) = match own.use_at(offset) {
        Some(used) => (used.clone(), used.span),
        None => {
            let entry = own.entry_at(offset)?;
            (entry.as_use(), entry.span)
        }
    };
    let (home, entry) = known.iter().find_map(|rules| {
        Some((&rules.path, rules.entries.iter().find(|entry| entry.is_meant_by(&used))?))
    })?;
    let mut told = String::new();
    let name = newsroom.overlay.short(home).display().to_string();
    _ = writeln!(told, "{} **{}**, in {}\n", what(entry), plain(&entry.name), plain(&name));
    if !entry.detail.is_empty() {
        _ = writeln!(told, "{}", plain(&entry.detail));
    }
    match entry.kind {
        Kind::Figure => value(newsroom, path, &used, &mut told),
        Kind::Claim => {
            let sheets = newsroom.sheets_of(path);
            if let Some(claim) =
                sheets.iter().flat_map(|(_, sheet)| &sheet.claims).find(|claim| claim.id == entry.name)
            {
                told.push('\n');
                verdict(&mut told, claim);
            }
            if let Some(trace) = trace(newsroom, path, &entry.name) {
                derivation(&mut told, &trace);
            }
        }
        Kind::Facet | Kind::Member | Kind::Source | Kind::Ignore => {}
    }
    Some((told, span))
}

fn what(entry: &Entry) -> &'static str {
    match entry.kind {
        Kind::Facet => "facet",
        Kind::Member => "member",
        Kind::Source => "source",
        Kind::Figure => "figure",
        Kind::Claim => "claim",
        Kind::Ignore => "ignored:",
    }
}

/// What a figure comes to, as the derivation of a claim that uses it has it.
fn value(newsroom: &mut Newsroom<'_>, path: &Path, used: &Use, out: &mut String) {
    let sheets = newsroom.sheets_of(path);
    let user = sheets.iter().find_map(|(desk, sheet)| {
        let at = sheet.figures.iter().position(|figure| figure.name == used.name)?;
        let uses = |claim: &&ClaimSheet| claim.judged.as_ref().is_some_and(|it| it.figures.contains(&at));
        Some(((*desk).to_owned(), sheet.claims.iter().find(uses)?.id.clone()))
    });
    let Some((desk, claim)) = user else { return };
    let Some(trace) = trace(newsroom, &desk, &claim) else { return };
    if let Some(step) = trace.steps.iter().find(|step| step.part == used.name) {
        out.push_str("\n```text\n");
        step_in_words(out, step);
        out.push_str("```\n");
    }
}

/// The page of the check whose name stands at a byte of the settings.
fn check(text: &str, offset: usize) -> Option<(String, Span)> {
    let is_part = |c: char| c.is_ascii_lowercase() || c == '-';
    let before = text.get(..offset)?;
    let start = before.len() - before.chars().rev().take_while(|c| is_part(*c)).count();
    let word: &str = text.get(start..)?;
    let word = word.get(..word.find(|c| !is_part(c)).unwrap_or(word.len()))?;
    let check = checks::named(word)?;
    Some((check.page.to_owned(), Span::new(start, start + word.len())))
}

/// Words that mean nothing to Markdown.
fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for character in words.chars() {
        if "\\`*_{}[]<>#|~!".contains(character) {
            out.push('\\');
        }
        out.push(if character.is_control() { ' ' } else { character });
    }
    out
}
