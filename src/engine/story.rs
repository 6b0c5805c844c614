//! One story, from its rule file to what is found.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::assess::{Assessor, Prepared};
use super::book::{Book, Desk, beside};
use super::complaints::scope;
use super::coverage;
use super::library::{Elsewhere, Shelf};
use super::manuscript::{held_against_itself, manuscript};
use super::names::{Home, Names, Placed, facets};
use super::outcome::{ClaimOutcome, Problem, StoryOutcome, outcome};
use super::root::Refused;
use super::sources::turned;
use super::stub::stubs;
use crate::assessment::{
    Assessment, Coverage, CoverageCounts, Draft, Entry, EntryKind, FileText, Revisions, State, Story,
    Unchecked,
};
use crate::checks::Registry;
use crate::claim::{Complaint, Decoded, Demands, Lasting, Parser, RawFile, RawSource, decode, utf8};
use crate::consistency::Contradiction;
use crate::draft::Format;
use crate::scope::{Facets, Scope};

/// Buffers that serve one story after the other.
#[derive(Default)]
pub(super) struct Scratch {
    parser: Parser,
    rules: Vec<u8>,
    /// For tables first, then for the draft.
    pub(super) bytes: Vec<u8>,
}

/// What is collected of a story besides what every report tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum With {
    /// Nothing.
    Nothing,
    /// Stubs for the numbers that no rule is about.
    Stubs,
    /// The numbers that need no claim, with the reasons.
    Ignored,
    /// All that a fact-check file shows.
    Dossier,
    /// The contents of the sources' files.
    Sources,
}

/// What all stories of a run share.
#[derive(Clone, Copy)]
pub(super) struct Newsroom<'a> {
    pub(super) desk: Desk<'a>,
    pub(super) registry: &'a Registry,
    pub(super) demands: &'a Demands,
    /// Of stories that do not say it.
    pub(super) published: Option<Date>,
    /// The day it is.
    pub(super) today: Date,
    /// How long before publication the numbers of a source may end.
    pub(super) stale_after: Option<Lasting>,
    pub(super) with: With,
    pub(super) elsewhere: &'a Elsewhere<'a>,
}

/// Checks one story, and lets what comes of it be seen while its files are at hand.
pub(super) fn check<R>(
    newsroom: Newsroom<'_>,
    path: &Path,
    shelf: &Shelf<'_>,
    scratch: &mut Scratch,
    see: impl Fn(StoryOutcome<'_>, Option<&Story<'_>>) -> R,
) -> R {
    let outcome = open(newsroom, path, shelf, scratch, |opened, bytes| opened.check(bytes, &see));
    outcome.unwrap_or_else(|problem| {
        see(StoryOutcome { problems: vec![*problem], ..StoryOutcome::empty(path.into(), None) }, None)
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
    let Scratch { parser, rules, bytes } = scratch;
    let path: Arc<Path> = path.into();
    desk.system.read(&path, rules).map_err(|error| Box::new(Problem::of_file(&path, &error)))?;
    let text = utf8(rules).map_err(|complaint| {
        let file = FileText::new(path.clone(), String::from_utf8_lossy(rules));
        Box::new(Problem::at(&file, complaint))
    })?;
    let rules = FileText::new(path, text);
    let decoded = decode(parser, text);
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
    let (names, more) = Names::of_story(&home, &shelf.names, newsroom.elsewhere);
    complaints.extend(more);
    // What is wrong with a library has been said of the library.
    complaints.retain(|(file, _)| std::ptr::eq(*file, &raw const rules) || file.path == rules.path);
    let published = decoded.file.published.as_ref().map(|day| day.value.0).or(newsroom.published);
    let book = Book::new(desk, &names, facets, published);
    let opened = Opened { newsroom, rules: &rules, decoded: &decoded, facets, complaints, book };
    Ok(then(opened, bytes))
}

/// A story with its names resolved.
pub(super) struct Opened<'a> {
    pub(super) newsroom: Newsroom<'a>,
    pub(super) rules: &'a FileText<'a>,
    pub(super) decoded: &'a Decoded<'a>,
    pub(super) facets: &'a Facets,
    complaints: Vec<Placed<'a>>,
    pub(super) book: Book<'a>,
}

impl<'a> Opened<'a> {
    fn check<R>(
        mut self,
        buffer: &mut Vec<u8>,
        see: impl FnOnce(StoryOutcome<'_>, Option<&Story<'_>>) -> R,
    ) -> R {
        let raw = &self.decoded.file;
        let prepared: Vec<Prepared<'a>> = self.prepare(buffer);
        let derivations =
            if self.newsroom.with == With::Dossier { self.derivations(&prepared) } else { Vec::new() };
        let mut sources = self.source_facts(&prepared);
        let default_scope = self.default_scope();
        let (draft_path, draft) = self.read_draft(buffer);
        let mut coverage = Coverage::default();
        let mut by_lock = None;
        let mut revisions = Revisions::default();
        let assessments: Vec<Assessment<'a>> = match &draft {
            Ok(draft) => {
                coverage = Coverage::of(&draft.survey);
                let assessor = Assessor {
                    desk: self.newsroom.desk,
                    rules: self.rules,
                    draft,
                    facets: self.facets,
                    default_scope: &default_scope,
                };
                revisions = self.revisions(&assessor, &prepared);
                by_lock = self.verdicts_by_lock(&sources, &assessor, &prepared);
                raw.claim
                    .iter()
                    .zip(prepared)
                    .map(|(claim, prepared)| assessor.assess(claim, prepared, &mut self.book, &mut coverage))
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
        self.book.complete();
        turned(&mut sources, by_lock.as_deref(), &assessments);
        if let Ok(draft) = &draft {
            coverage::ignore(draft, &raw.ignore, &mut coverage);
            coverage::ignore_inline(draft, &mut coverage);
        }
        let crosses = self.book.cross_checks();
        let problems = self.problems();
        let story = Story {
            rules: self.rules,
            draft: draft.as_ref().ok(),
            facets: self.facets,
            default_scope: raw.default_scope.as_ref().map(|scope| scope.span),
            published: self.published(),
            today: self.newsroom.today,
            stale_after: self.newsroom.stale_after,
            fiscal: self.newsroom.desk.fiscal,
            widths: self.newsroom.desk.widths,
            assessments,
            figures: self.book.used(),
            entries: self.entries(),
            crosses,
            revisions,
            forsaken: self.forsaken(&sources),
            sources,
            contradictions: draft.as_ref().map_or_else(|_| Vec::new(), |draft| self.contradictions(draft)),
            coverage,
            demands: self.newsroom.demands,
        };
        let findings = self.newsroom.registry.run(&story);
        let mut claims: Vec<ClaimOutcome<'_>> =
            story.assessments.iter().map(|it| outcome(it, &story)).collect();
        claims.extend(self.refused());
        let coverage = story.draft.map_or_else(CoverageCounts::default, |draft| story.coverage.counts(draft));
        let stubs = if self.newsroom.with == With::Stubs {
            stubs(&story, |name| self.book.knows(name))
        } else {
            Vec::new()
        };
        let ignored = if self.newsroom.with == With::Ignored {
            coverage::ignored(&story, &raw.ignore)
        } else {
            Vec::new()
        };
        let dossier = (self.newsroom.with == With::Dossier)
            .then(|| Box::new(self.dossier(&story, &derivations, draft_path.as_deref())));
        let outcome = StoryOutcome {
            rules: self.rules.path.clone(),
            draft: draft_path,
            claims,
            findings,
            accepted: Vec::new(),
            ignored,
            problems,
            coverage,
            stubs,
            dossier,
        };
        see(outcome, Some(&story))
    }

    /// Where the draft contradicts itself.
    fn contradictions(&self, draft: &Draft<'_>) -> Vec<Contradiction> {
        held_against_itself(self.newsroom, draft, self.published())
    }

    /// The day from which relative dates are read.
    fn published(&self) -> Option<Date> {
        let published = self.decoded.file.published.as_ref().map(|day| day.value.0);
        published.or(self.newsroom.published)
    }

    /// Parses the claims' formulas and takes all their figures from their sources.
    pub(super) fn prepare(&mut self, buffer: &mut Vec<u8>) -> Vec<Prepared<'a>> {
        let raw = &self.decoded.file;
        let desk = self.newsroom.desk;
        // Most formulas have one figure or two.
        self.book.expect(2 * raw.claim.len() + raw.figure.len());
        let claims = raw.claim.iter();
        let prepared = claims.map(|claim| Prepared::new(claim, self.rules, &desk, &mut self.book)).collect();
        self.book.claimed();
        for (name, _) in raw.figure.iter() {
            let name =
                crate::formula::Name { head: &name.value.0, cell: None, member: None, span: name.span };
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
    fn read_draft<'b>(&mut self, buffer: &'b mut Vec<u8>) -> (Option<Arc<Path>>, Result<Draft<'b>, String>) {
        let Some(draft) = &self.decoded.file.draft else {
            return (None, Err("the rule file names no draft".to_owned()));
        };
        let desk = self.newsroom.desk;
        let path: Arc<Path> = beside(&self.rules.path, &draft.value).into();
        let format = Format::of(&draft.value).map_err(|error| (error.to_string(), None));
        let read = format.and_then(|format| {
            let is_whole = match desk.root.read_up_to(desk.system, &path, format.limit(), buffer) {
                Ok(is_whole) => is_whole,
                Err(refused @ Refused::Outside) => {
                    let help = "allow_outside_root = true in factcheck.toml lets rule files name any path";
                    return Err((refused.to_string(), Some(help)));
                }
                Err(Refused::Unreadable(error)) => return Err((error.to_string(), None)),
            };
            manuscript(desk, path.clone(), format, is_whole.then_some(buffer))
        });
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
        let mut entries = Vec::with_capacity(raw.source.len() + raw.figure.len());
        for (name, source) in raw.source.iter() {
            let is_used = self.book.is_claimed_source(&name.value.0);
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
    fn refused(&self) -> impl Iterator<Item = ClaimOutcome<'a>> {
        let claims =
            self.decoded.refused.iter().filter(|refused| refused.kind == crate::claim::EntryKind::Claim);
        let outcome = |(at, refused): (usize, &'a crate::claim::Refused<'a>)| {
            let unnamed = || Cow::Owned(format!("unnamed-{}", at + 1));
            let id = refused.name.as_ref().map_or_else(unnamed, |name| Cow::Borrowed(&**name));
            ClaimOutcome::unchecked(id, "its rule is malformed".into(), true)
        };
        claims.enumerate().map(outcome)
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
    // A database is asked whenever the story is checked, and stands nowhere on the web.
    let is_asked = source.database.is_some();
    let said = [
        ("title", source.title.is_some()),
        ("publisher", source.publisher.is_some()),
        ("url", source.url.is_some() || source.archive_url.is_some() || is_asked),
        ("retrieved", source.retrieved.is_some() || is_asked),
    ];
    said.into_iter().filter(|(_, is_said)| !is_said).map(|(key, _)| key).collect()
}
