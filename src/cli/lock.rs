//! `factcheck lock [PATH]...`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::arguments::LockArguments;
use super::exit::Exit;
use super::{print, surveyed};
use crate::engine::Survey;
use crate::lock::{Acceptor, Lock, Seen, Update};
use crate::system::{Disk, System, replace};

pub(super) fn run(arguments: &LockArguments) -> Result<Exit> {
    let acceptor = acceptor(arguments)?;
    let Some((survey, is_whole)) = surveyed(&arguments.paths, &arguments.settings)? else {
        return Ok(Exit::CouldNotCheck);
    };
    ensure!(is_whole, "nothing was locked: a lock is written where every figure can be taken");
    let path = survey.lock_path.clone();
    let before = survey.lock.clone();
    let mut lock = before.clone().unwrap_or_default();
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let exists = |story: &str| Disk.kind(&folder.join(story)).is_some();
    let update = lock.update(seen(&survey), &survey.stories, exists, acceptor.as_ref());
    if before.is_none() && lock.files.is_empty() {
        print(b"nothing to lock: no story takes a figure from a source with a `file`\n")?;
        return Ok(Exit::Clean);
    }
    if before.as_ref() != Some(&lock) {
        replace(&path, lock.written().as_bytes()).with_context(|| path.display().to_string())?;
    }
    print(told(&update, &lock, &path).as_bytes())?;
    Ok(if !update.unseen.is_empty() {
        Exit::CouldNotCheck
    } else if !update.refused.is_empty() {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Who accepts what has changed, where somebody does.
fn acceptor(arguments: &LockArguments) -> Result<Option<Acceptor>> {
    let (Some(reason), Some(author)) = (&arguments.reason, &arguments.author) else { return Ok(None) };
    ensure!(!reason.trim().is_empty(), "--reason is empty: say why the sources changed");
    ensure!(!author.trim().is_empty(), "--author is empty: say who has looked at them");
    Ok(Some(Acceptor { date: Disk.today(), author: author.clone(), reason: reason.clone() }))
}

/// The files that figures are taken from, each once, however many sources are in it.
fn seen(survey: &Survey) -> BTreeMap<String, Seen> {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for source in survey.sources.iter().filter(|source| !source.figures.is_empty()) {
        let (Some(key), Some(content)) = (&source.key, source.content) else { continue };
        let file = seen.entry(key.clone()).or_insert_with(|| Seen { content, figures: BTreeMap::new() });
        // A file that one source reads as a table may be a document to another.
        file.content.rows = file.content.rows.or(content.rows);
        file.figures.extend(source.figures.clone());
    }
    seen
}

/// What became of the files: those of which there is something to say, and how many there are.
fn told(update: &Update, lock: &Lock, path: &Path) -> String {
    let mut out = String::new();
    let Update { added, accepted, refused, unseen, forgotten } = update;
    for (what, files) in
        [("added", added), ("accepted", accepted), ("forgotten", forgotten), ("changed", refused)]
    {
        for file in files {
            _ = writeln!(out, "{what}: {file}");
        }
    }
    for (file, stories) in unseen {
        _ = writeln!(
            out,
            "changed: {file}, which was not accepted: {} takes figures from it, too",
            stories.join(", ")
        );
    }
    if !refused.is_empty() {
        out.push_str(
            "What has changed stays as it was locked. `factcheck` says what that does to the stories; \
             `factcheck lock --update --reason \"…\" --author \"…\"` accepts it.\n",
        );
    }
    if !unseen.is_empty() {
        out.push_str("Name all stories or their folder, and they are looked at together.\n");
    }
    let count = lock.files.len();
    let noun = if count == 1 { "file" } else { "files" };
    _ = writeln!(out, "{count} {noun} locked in {}", path.display());
    out
}
