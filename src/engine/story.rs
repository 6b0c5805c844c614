//! One story, from its rule file to what is found.

use std::path::Path;
use std::sync::Arc;

use super::assess::{Assessor, Prepared};
use super::book::{Book, Desk, beside, scope};
use super::library::{Elsewhere, Shelf};
use super::names::{Home, Names, Placed, facets};
use super::outcome::{ClaimOutcome, Comparison, FacetOutcome, Problem, StoryOutcome};
use crate::assessment::{Assessment, Draft, Entry, EntryKind, FileText, State, Story, Unchecked};
use crate::checks::{Registry, ToldIn};
use crate::claim::{Complaint, Decoded, Parser, RawFile, RawSource, decode, utf8};
use crate::draft::{Format, Prose};
use crate::hedge::Verdict;
use crate::scope::{Facets, Relation, Scope};
use crate::text::Span;

/// Buffers that serve one story after the other.
#[derive(Default)]
pub(super) struct Scratch {
    parser: Parser,
    bytes: Vec<u8>,
}

/// What all stories of a run share.
#[derive(Clone, Copy)]
pub(super) struct Newsroom<'a> {
    pub(super) desk: Desk<'a>,
    pub(super) registry: &'a Registry,
    pub(super) elsewhere: &'a Elsewhere<'a>,
}

/// Checks one story.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general over lifetimes"
)]
pub(super) fn check(
    newsroom: Newsroom<'_>,
    path: &Path,
    shelf: &Shelf<'_>,
    scratch: &mut Scratch,
) -> StoryOutcome {
    let outcome = open(newsroom, path, shelf, scratch, |opened, bytes| opened.check(bytes));
    outcome.unwrap_or_else(|problem| StoryOutcome {
        rules: path.into(),
        draft: None,
        claims: Vec::new(),
        findings: Vec::new(),
        problems: vec![*problem],
    })
}

/// Reads a rule file, resolves its names, and hands it to `then`, with a buffer to read into.
pub(super) fn open<R>(
    newsroom: Newsroom<'_>,
    path: &Path,
    shelf: &Shelf<'_>,
    scratch: &mut Scratch,
    then: impl FnOnce(Opened<'_>, &mut Vec<u8>) -> R,
) -> Result<R, Box<Problem>> {
    let desk = newsroom.desk;
    let path: Arc<Path> = path.into();
    desk.system.read(&path, &mut scratch.bytes).map_err(|error| Box::new(Problem::of_file(&path, &error)))?;
    let text = match utf8(&scratch.bytes) {
        Ok(text) => text.to_owned(),
        Err(complaint) => {
            let file = FileText::new(path, String::from_utf8_lossy(&scratch.bytes));
            return Err(Box::new(Problem::at(&file, complaint)));
        }
    };
    let rules = FileText::new(path, text.as_str());
    let decoded = decode(&mut scratch.parser, &text);
    let home = Home { file: &rules, raw: &decoded.file };
    let mut complaints: Vec<Placed<'_>> = decoded.complaints.iter().map(|it| (&rules, it.clone())).collect();
    let own_facets;
    let facets = if decoded.file.scope.is_empty() {
        &shelf.facets
    } else {
        let homes: Vec<&Home<'_>> = shelf.homes.iter().chain([&home]).collect();
        let (facets, more) = facets(&homes);
        complaints.extend(more);
        own_facets = facets;
        &own_facets
    };
    let (names, more) = Names::collect(shelf.homes.iter().chain([&home]), Some(newsroom.elsewhere));
    complaints.extend(more);
    // What is wrong with a library has been said of the library.
    complaints.retain(|(file, _)| std::ptr::eq(*file, &raw const rules) || file.path == rules.path);
    let book = Book::new(desk, &names, facets);
    let opened = Opened { newsroom, rules: &rules, decoded: &decoded, facets, complaints, book };
    Ok(then(opened, &mut scratch.bytes))
}

/// A story with its names resolved.
pub(super) struct Opened<'a> {
    newsroom: Newsroom<'a>,
    pub(super) rules: &'a FileText<'a>,
    pub(super) decoded: &'a Decoded<'a>,
    pub(super) facets: &'a Facets,
    complaints: Vec<Placed<'a>>,
    pub(super) book: Book<'a>,
}

impl<'a> Opened<'a> {
    fn check(mut self, buffer: &mut Vec<u8>) -> StoryOutcome {
        let raw = &self.decoded.file;
        let prepared: Vec<Prepared<'a>> = self.prepare(buffer);
        let default_scope = self.default_scope();
        let (draft_path, draft) = self.read_draft(buffer);
        let assessments: Vec<Assessment<'a>> = match &draft {
            Ok(draft) => {
                let assessor = Assessor {
                    desk: self.newsroom.desk,
                    rules: self.rules,
                    draft,
                    facets: self.facets,
                    default_scope: &default_scope,
                };
                raw.claim
                    .iter()
                    .zip(prepared)
                    .map(|(claim, prepared)| assessor.assess(claim, prepared, &mut self.book))
                    .collect()
            }
            Err(message) => {
                let unchecked =
                    |in_rule| Unchecked::Outside { message: message.clone(), help: None, in_rule };
                raw.claim
                    .iter()
                    .map(|claim| Assessment { claim, state: State::Unchecked(unchecked(claim.id.span)) })
                    .collect()
            }
        };
        for slot in 0..self.book.slots() {
            // Figures that no claim uses are computed too, so that what is wrong with them is said.
            _ = self.book.quantity(slot);
        }
        let story = Story {
            rules: self.rules,
            draft: draft.as_ref().ok(),
            facets: self.facets,
            widths: self.newsroom.desk.widths,
            assessments,
            figures: self.book.used(),
            entries: self.entries(),
        };
        let findings = self.newsroom.registry.run(&story);
        let mut claims: Vec<ClaimOutcome> = story.assessments.iter().map(|it| outcome(it, &story)).collect();
        claims.extend(self.refused());
        StoryOutcome {
            rules: self.rules.path.clone(),
            draft: draft_path,
            claims,
            findings,
            problems: self.problems(),
        }
    }

    /// Parses the claims' formulas and takes all their figures from their sources.
    pub(super) fn prepare(&mut self, buffer: &mut Vec<u8>) -> Vec<Prepared<'a>> {
        let raw = &self.decoded.file;
        let desk = self.newsroom.desk;
        let claims = raw.claim.iter();
        let prepared = claims.map(|claim| Prepared::new(claim, self.rules, &desk, &mut self.book)).collect();
        self.book.claimed();
        for (name, _) in raw.figure.iter() {
            let name = crate::formula::Name { head: &name.value.0, cell: None, span: name.span };
            _ = self.book.slot(&name);
        }
        self.book.fetch(buffer);
        prepared
    }

    fn default_scope(&mut self) -> Scope {
        let Some(raw) = &self.decoded.file.default_scope else { return Scope::default() };
        scope(&raw.value, self.facets, self.newsroom.desk.fiscal).unwrap_or_else(|complaints| {
            self.complaints.extend(complaints.into_iter().map(|complaint| (self.rules, complaint)));
            Scope::default()
        })
    }

    /// The draft; why there is none, in words, which are complained of too.
    fn read_draft(&mut self, buffer: &mut Vec<u8>) -> (Option<Arc<Path>>, Result<Draft<'static>, String>) {
        let Some(draft) = &self.decoded.file.draft else {
            return (None, Err("the rule file names no draft".to_owned()));
        };
        let desk = self.newsroom.desk;
        let path: Arc<Path> = beside(&self.rules.path, &draft.value).into();
        let read = if desk.root.admits(desk.system, &path) {
            let format = Format::of(&draft.value).map_err(|error| (error.to_string(), None));
            format.and_then(|format| {
                desk.system.read(&path, buffer).map_err(|error| (error.to_string(), None))?;
                let text = std::str::from_utf8(buffer).map_err(|error| {
                    (format!("byte {} is no UTF-8", error.valid_up_to()), Some("save the draft as UTF-8"))
                })?;
                let file = FileText::new(path.clone(), text.to_owned());
                Ok(Draft { prose: Prose::read(format, &file.text), file })
            })
        } else {
            Err((
                "it lies outside of the project".to_owned(),
                Some("allow_outside_root = true in factcheck.toml lets rule files name any path"),
            ))
        };
        let read = read.map_err(|(message, help)| {
            let message = format!("the draft {}: {message}", path.display());
            let complaint =
                Complaint { help: help.map(str::to_owned), ..Complaint::new(draft.span, message.clone()) };
            self.complaints.push((self.rules, complaint));
            message
        });
        (Some(path), read)
    }

    /// The story's own sources and figures.
    fn entries(&self) -> Vec<Entry<'a>> {
        let raw: &'a RawFile<'a> = &self.decoded.file;
        let sources = self.book.claimed_sources();
        let mut entries = Vec::with_capacity(raw.source.len() + raw.figure.len());
        for (name, source) in raw.source.iter() {
            let is_used = sources.contains(&&*name.value.0);
            entries.push(Entry {
                kind: EntryKind::Source,
                name: &name.value.0,
                span: name.span,
                is_used,
                missing: unsaid(source),
            });
        }
        for (name, _) in raw.figure.iter() {
            let is_used = self.book.is_claimed(&name.value.0);
            entries.push(Entry {
                kind: EntryKind::Figure,
                name: &name.value.0,
                span: name.span,
                is_used,
                missing: Vec::new(),
            });
        }
        entries
    }

    /// Claims that the rule file has, and that could not be decoded.
    fn refused(&self) -> Vec<ClaimOutcome> {
        let claims =
            self.decoded.refused.iter().filter(|refused| refused.kind == crate::claim::EntryKind::Claim);
        let outcome = |(at, refused): (usize, &crate::claim::Refused<'_>)| {
            let id = refused.name.as_ref().map_or_else(|| format!("unnamed-{}", at + 1), ToString::to_string);
            ClaimOutcome::unchecked(id, "its rule is malformed".to_owned(), true)
        };
        claims.enumerate().map(outcome).collect()
    }

    fn problems(&mut self) -> Vec<Problem> {
        let troubles = std::mem::take(&mut self.book.troubles);
        let complaints = std::mem::take(&mut self.complaints);
        let troubles = troubles.into_iter().map(|trouble| (trouble.file, trouble.complaint));
        let mut problems: Vec<Problem> =
            complaints.into_iter().chain(troubles).map(|(file, it)| Problem::at(file, it)).collect();
        problems.sort_by(|a, b| a.place().cmp(&b.place()));
        problems.dedup();
        problems
    }
}

/// What a source does not say of where it comes from.
fn unsaid(source: &RawSource<'_>) -> Vec<&'static str> {
    let said = [
        ("title", source.title.is_some()),
        ("publisher", source.publisher.is_some()),
        ("url", source.url.is_some() || source.archive_url.is_some()),
        ("retrieved", source.retrieved.is_some()),
    ];
    said.into_iter().filter(|(_, is_said)| !is_said).map(|(key, _)| key).collect()
}

fn outcome(assessment: &Assessment<'_>, story: &Story<'_>) -> ClaimOutcome {
    let id = assessment.claim.id.value.to_string();
    let judged = match &assessment.state {
        State::Unchecked(unchecked) => {
            return ClaimOutcome::unchecked(id, reason(unchecked), unchecked.is_outside_draft());
        }
        State::Judged(judged) => judged,
    };
    let prose = story.draft.map_or("", |draft| draft.prose.text());
    let unit = judged
        .mention
        .map_or(judged.value.unit.into(), |mention| ToldIn::of(&mention, prose, judged.value.unit));
    let differing: Vec<_> = judged.differing().collect();
    let place = story.draft.map(|draft| {
        let start = draft.prose.original(judged.words).start as usize;
        draft.file.lines().position(&draft.file.text, start)
    });
    ClaimOutcome {
        id,
        verdict: assessment.verdict(),
        comparison: Some(Comparison {
            says: story
                .draft
                .map_or_else(String::new, |draft| judged.words.of(draft.prose.text()).to_owned()),
            allowed: judged.held.allowed.whole,
            nominal: judged.held.nominal,
            range: judged.held.range,
            unit: unit.to_string(),
            how: judged.judgement().how,
            distance: judged.judgement().distance,
        }),
        reason: None,
        outside_draft: false,
        disclosed: !differing.is_empty()
            && differing.iter().all(|facet| judged.is_disclosed(story.facets, facet)),
        scope: judged
            .facets
            .iter()
            .filter(|facet| facet.relation != Relation::Same)
            .map(|facet| FacetOutcome {
                facet: facet.facet.clone(),
                relation: facet.relation.name(),
                claim: facet.claim.clone().unwrap_or_default(),
                figure: facet.figure.clone().unwrap_or_default(),
                extra: facet.extra.clone(),
                missing: facet.missing.clone(),
            })
            .collect(),
        by: assessment.claim.by.as_ref().map(|by| by.value.to_string()),
        place,
    }
}

fn reason(unchecked: &Unchecked) -> String {
    match unchecked {
        Unchecked::QuoteNotFound { .. } => "the quote is not in the draft".to_owned(),
        Unchecked::QuoteAmbiguous { places, .. } => {
            format!("the quote stands {} times in the draft", places.len())
        }
        Unchecked::Words { message, .. } | Unchecked::Outside { message, .. } => message.clone(),
    }
}

impl ClaimOutcome {
    fn unchecked(id: String, reason: String, outside_draft: bool) -> Self {
        Self {
            id,
            verdict: Verdict::Unchecked,
            comparison: None,
            reason: Some(reason),
            outside_draft,
            scope: Vec::new(),
            disclosed: false,
            by: None,
            place: None,
        }
    }
}

impl Problem {
    /// A file that cannot be read.
    pub(super) fn of_file(path: &Arc<Path>, error: &dyn std::fmt::Display) -> Self {
        Self { path: path.clone(), excerpt: None, message: error.to_string(), help: None, related: None }
    }

    /// A complaint at its place.
    pub(super) fn at(file: &FileText<'_>, complaint: Complaint) -> Self {
        Self {
            path: file.path.clone(),
            excerpt: Some(file.excerpt(complaint.span)),
            message: complaint.message,
            help: complaint.help,
            related: complaint.related.map(|(span, what)| (file.excerpt(span), what)),
        }
    }

    fn place(&self) -> (&Path, Option<Span>) {
        (&self.path, self.excerpt.as_ref().map(|excerpt| excerpt.in_file))
    }
}
