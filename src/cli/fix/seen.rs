//! A story as a trial sees it: what could be replaced in it, and how it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::assessment::{CoverageCounts, Story};
use crate::cli::sieve::Sieve;
use crate::draft::Prose;
use crate::engine::{Options, Project, StoryOutcome};
use crate::finding::{Fingerprint, Severity, fingerprints};
use crate::fix::{Applicability, Copy, MENDS, Replacement, Wording};
use crate::hedge::Verdict;
use crate::system::System;

/// A story.
pub(super) struct Seen {
    /// Its rule file, with its text.
    pub(super) rules: Arc<Path>,
    pub(super) text: String,
    /// Its draft, with every link followed; none that could not be read.
    pub(super) draft: Option<PathBuf>,
    /// The draft as it was read, where something in it could be replaced.
    pub(super) manuscript: Option<Manuscript>,
    pub(super) wordings: Vec<Wording>,
    /// The claims with a finding that is reported and that a replacement would resolve, with the finding.
    pub(super) reported: BTreeMap<String, Fingerprint>,
    standing: Standing,
}

/// A draft as it was read.
pub(super) struct Manuscript {
    pub(super) path: Arc<Path>,
    pub(super) text: String,
    pub(super) prose: Prose,
}

/// What a fix must not make worse.
struct Standing {
    /// How many there are of a check about a claim, or about none, and the gravest. What is about no claim is not known
    /// again by its words: those are what changes.
    findings: BTreeMap<(&'static str, Option<String>), (usize, Severity)>,
    verdicts: BTreeMap<String, Verdict>,
    coverage: CoverageCounts,
    problems: usize,
}

/// Every story of a project; `None` where that cannot be opened.
pub(super) fn stories(system: &dyn System, options: &Options, sieve: &Sieve) -> Option<Vec<Seen>> {
    let project = Project::open(system, options).ok()?;
    let mut stories = Vec::new();
    project.look(
        |outcome, story| story.map(|story| Seen::new(system, outcome, story, sieve)),
        |seen| {
            stories.extend(seen);
            true
        },
    );
    Some(stories)
}

impl Seen {
    fn new(system: &dyn System, outcome: StoryOutcome<'_>, story: &Story<'_>, sieve: &Sieve) -> Self {
        let wordings = Wording::all(story, &outcome.findings);
        let mut findings = BTreeMap::new();
        for finding in &outcome.findings {
            let about = (finding.check, finding.claim.clone());
            let (count, gravest) = findings.entry(about).or_insert((0, finding.severity));
            *count += 1;
            *gravest = finding.severity.max(*gravest);
        }
        let standing = Standing {
            findings,
            verdicts: outcome.claims.iter().map(|claim| (claim.id.to_string(), claim.verdict)).collect(),
            coverage: outcome.coverage,
            problems: outcome.problems.len() + outcome.claims.iter().filter(|it| it.outside_draft).count(),
        };
        let rules = outcome.rules.clone();
        let sifted = sieve.sift(outcome);
        let prints = fingerprints(&sifted.rules, &sifted.findings);
        let mended = sifted.findings.iter().zip(prints).filter(|(it, _)| MENDS.contains(&it.check));
        let reported = mended.filter_map(|(it, print)| Some((it.claim.clone()?, print))).collect();
        let draft = story.draft.and_then(|draft| system.resolve(&draft.file.path).ok());
        let manuscript = story.draft.filter(|_| wordings.iter().any(|it| is_safe(it).is_some()));
        Self {
            rules,
            text: story.rules.text.to_string(),
            draft,
            manuscript: manuscript.map(|draft| Manuscript {
                path: draft.file.path.clone(),
                text: draft.file.text.to_string(),
                prose: draft.prose.clone(),
            }),
            wordings,
            reported,
            standing,
        }
    }

    /// The safe replacements of what is reported, each with its claim and the finding.
    pub(super) fn safe(&self) -> impl Iterator<Item = (&Wording, &Replacement, Fingerprint)> {
        self.wordings
            .iter()
            .filter_map(|wording| Some((wording, is_safe(wording)?, *self.reported.get(&wording.claim)?)))
    }

    /// As a rule file about its draft.
    pub(super) fn copy(&self) -> Copy<'_> {
        Copy { path: &self.rules, text: &self.text, wordings: &self.wordings }
    }

    /// Whether the story stands no worse than it did, and these claims are supported with nothing found about their words.
    pub(super) fn is_better(&self, before: &Self, fixed: &BTreeSet<&str>) -> bool {
        let (now, then) = (&self.standing, &before.standing);
        let is_known = |(about, (count, gravest)): (&_, &(usize, Severity))| {
            then.findings.get(about).is_some_and(|before| *count <= before.0 && *gravest <= before.1)
        };
        let is_kept = |(claim, before): (&String, &Verdict)| {
            let verdict = now.verdicts.get(claim);
            verdict == Some(&Verdict::Supported) || verdict == Some(before) && !fixed.contains(&**claim)
        };
        now.findings.iter().all(is_known)
            && then.verdicts.iter().all(is_kept)
            && now.coverage == then.coverage
            && now.problems <= then.problems
            && !fixed.iter().any(|claim| self.reported.contains_key(*claim))
    }
}

fn is_safe(wording: &Wording) -> Option<&Replacement> {
    wording.replacements.first().filter(|it| it.applicability == Applicability::Safe)
}
