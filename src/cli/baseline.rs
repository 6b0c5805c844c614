//! `factcheck baseline FILE [PATH]...`

use super::arguments::BaselineArguments;
use super::exit::Exit;
use super::{open, print, tell, warn};
use crate::baseline::{Baseline, Entry, written};
use crate::engine::StoryOutcome;
use crate::finding::{Finding, Severity, fingerprints, slashed};
use crate::system::{Disk, System};
use anyhow::{Context, Result, ensure};

/// What a new file begins with.
const HEAD: &str = "# Findings that somebody has looked at and lets stand, each with the reason.\n";

pub(super) fn run(arguments: &BaselineArguments) -> Result<Exit> {
    ensure!(!arguments.reason.trim().is_empty(), "--reason is empty: say why these findings may stand");
    ensure!(!arguments.author.trim().is_empty(), "--author is empty: say who lets them stand");
    let today = Disk.today();
    let expires = arguments.expires;
    ensure!(expires.is_none_or(|day| day > today), "--expires is no day to come");
    let options = super::options(&arguments.paths, &arguments.settings);
    let Some(project) = open(&Disk, &options, &arguments.settings)? else { return Ok(Exit::CouldNotCheck) };
    let mut content = Vec::new();
    let known = if Disk.kind(&arguments.file).is_some() {
        Disk.read(&arguments.file, &mut content).with_context(|| arguments.file.display().to_string())?;
        match Baseline::read(&Disk, &arguments.file, today) {
            Ok(baseline) => Some(baseline),
            Err(problems) => {
                tell(&problems, &arguments.settings);
                return Ok(Exit::CouldNotCheck);
            }
        }
    } else {
        content.extend_from_slice(HEAD.as_bytes());
        None
    };
    let of_story = |story: StoryOutcome<'_>| {
        let story = match &known {
            Some(baseline) => baseline.sift(story),
            None => story,
        };
        let prints = fingerprints(&story.rules, &story.findings);
        let new = story.findings.iter().zip(prints).filter(|(finding, print)| {
            arguments.takes(finding) && !known.as_ref().is_some_and(|known| known.has(*print))
        });
        let entries = new.map(|(finding, fingerprint)| {
            let entry = Entry {
                fingerprint,
                story: slashed(&story.rules),
                check: finding.check.to_owned(),
                reason: arguments.reason.clone(),
                author: arguments.author.clone(),
                date: today,
                expires,
            };
            written(&entry, finding)
        });
        (entries.collect::<Vec<String>>(), story.problems)
    };
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    let shared = project.check(of_story, |(of_story, of_its_files)| {
        entries.extend(of_story);
        problems.extend(of_its_files);
        true
    });
    problems.extend(shared);
    tell(&problems, &arguments.settings);
    if let Some(known) = &known {
        warn(&known.stale(), &arguments.settings);
    }
    if !entries.is_empty() {
        content.extend_from_slice(entries.concat().as_bytes());
        Disk.write(&arguments.file, &content).with_context(|| arguments.file.display().to_string())?;
    }
    let file = arguments.file.display();
    let told = match entries.len() {
        0 => format!("no findings to accept: {file} was not written\n"),
        1 => format!("1 finding accepted in {file}\n"),
        several => format!("{several} findings accepted in {file}\n"),
    };
    print(told.as_bytes())?;
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::CouldNotCheck })
}

impl BaselineArguments {
    /// Whether a finding is meant. Notes never fail a run: they are accepted only where they are named.
    fn takes(&self, finding: &Finding) -> bool {
        let is_named = self.check.is_some() || self.claim.is_some();
        let is_of = |wanted: &Option<String>, has: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| has == Some(wanted))
        };
        is_of(&self.check, Some(finding.check))
            && is_of(&self.claim, finding.claim.as_deref())
            && (is_named || finding.severity > Severity::Note)
    }
}
