//! `--diff REV`: findings on what a branch has changed.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};

use super::git::Repository;
use crate::engine::StoryOutcome;
use crate::finding::{Finding, Label};
use crate::system::{Disk, System};
use crate::text::Counting;

/// What was changed since a branch left another.
#[derive(Debug)]
pub(super) struct Changes {
    repository: Repository,
    /// The working tree with every link followed.
    top: PathBuf,
    /// Changed files, as seen from the top; what was changed in them is asked when it matters.
    files: HashMap<PathBuf, Change>,
    /// Lines by the paths of reports.
    known: Mutex<HashMap<Arc<Path>, Arc<Lines>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// Git has an older one.
    Edited,
    /// It was not there.
    New,
}

/// Lines of a file as it is now.
#[derive(Debug, PartialEq, Eq)]
enum Lines {
    All,
    Some(Vec<RangeInclusive<usize>>),
}

impl Changes {
    /// Asks git.
    pub(super) fn since(revision: &str) -> Result<Self> {
        let repository = Repository::since(revision)?;
        let (edited, new) = repository.changed()?;
        let edited = edited.into_iter().map(|path| (path, Change::Edited));
        let files = edited.chain(new.into_iter().map(|path| (path, Change::New))).collect();
        let top = Disk.resolve(repository.top()).with_context(|| repository.top().display().to_string())?;
        Ok(Self { repository, top, files, known: Mutex::default() })
    }

    /// The story, less the findings on what stands as it stood.
    pub(super) fn sift<'a>(&self, mut story: StoryOutcome<'a>) -> StoryOutcome<'a> {
        // Those that are left keep the fingerprints that they have among all.
        let prints = crate::finding::fingerprints(&story.rules, &story.findings);
        for (finding, print) in story.findings.iter_mut().zip(prints) {
            finding.fingerprint = Some(Box::new(print));
        }
        let rules = story.rules.clone();
        story.findings.retain(|finding| self.concern(finding, &rules));
        story.ignored.retain(|ignored| self.concern(&ignored.finding, &rules));
        story
    }

    /// Whether a finding points at a changed line: of the draft, of its rule, or of a source.
    fn concern(&self, finding: &Finding, rules: &Arc<Path>) -> bool {
        let of_label = |label: &Label| {
            let excerpt = &label.excerpt;
            // A Word document has no lines that git could know.
            let lines =
                (excerpt.counting == Counting::Lines).then_some(excerpt.start.line..=excerpt.end.line);
            self.lines(&label.path).touch(lines)
        };
        if finding.labels.is_empty() {
            self.lines(rules).touch(None)
        } else {
            finding.labels.iter().any(of_label)
        }
    }

    /// The changed lines of a file. Where nothing can be told of a file, all of it is taken for changed, so that nothing
    /// is kept back for want of an answer.
    fn lines(&self, path: &Arc<Path>) -> Arc<Lines> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lines) = known.get(path) {
            return lines.clone();
        }
        let lines = Arc::new(self.asked(path));
        known.insert(path.clone(), lines.clone());
        lines
    }

    fn asked(&self, path: &Path) -> Lines {
        let resolved = Disk.resolve(path).ok();
        let Some(inside) = resolved.as_deref().and_then(|path| path.strip_prefix(&self.top).ok()) else {
            return Lines::All;
        };
        match self.files.get(inside) {
            None => Lines::Some(Vec::new()),
            Some(Change::New) => Lines::All,
            Some(Change::Edited) => self.repository.patch(inside).map_or(Lines::All, |patch| hunks(&patch)),
        }
    }
}

impl Lines {
    /// Whether any of these lines is among them; of a file without lines, whether any is.
    fn touch(&self, lines: Option<RangeInclusive<usize>>) -> bool {
        match (self, lines) {
            (Self::All, _) => true,
            (Self::Some(changed), None) => !changed.is_empty(),
            (Self::Some(changed), Some(lines)) => {
                changed.iter().any(|hunk| hunk.start() <= lines.end() && lines.start() <= hunk.end())
            }
        }
    }
}

/// The lines that the hunks of a patch leave in the file: `@@ -a,b +c,d @@` changes d lines from c on. Where lines were only
/// removed, d is 0, and the lines before and behind the gap count as changed. A patch without hunks is of a file
/// that git sees no lines in.
fn hunks(patch: &[u8]) -> Lines {
    let text = String::from_utf8_lossy(patch);
    let hunk = |line: &str| {
        let (_, rest) = line.strip_prefix("@@ -")?.split_once(" +")?;
        let (range, _) = rest.split_once(" @@")?;
        let (start, count) = range.split_once(',').unwrap_or((range, "1"));
        let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
        Some(if count == 0 { start..=start + 1 } else { start..=start + count - 1 })
    };
    // A line of the file itself begins with a sign.
    let changed: Vec<RangeInclusive<usize>> = text.lines().filter_map(hunk).collect();
    if changed.is_empty() { Lines::All } else { Lines::Some(changed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_lines_of_the_file_as_it_is() {
        let patch =
            b"diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -3 +3,2 @@ @@ -9 +9 @@\n-@@ -1 +1 @@\n\
            +b\n+c\n@@ -10,2 +11,0 @@\n-d\n-e\n@@ -20,0 +20 @@\n+f\n";
        let lines = hunks(patch);
        assert_eq!(lines, Lines::Some(vec![3..=4, 11..=12, 20..=20]));
        for (at, is_touched) in
            [(2, false), (3, true), (4, true), (5, false), (11, true), (13, false), (20, true)]
        {
            assert_eq!(lines.touch(Some(at..=at)), is_touched, "{at}");
        }
        assert!(lines.touch(Some(1..=30)) && lines.touch(None));
        assert_eq!(hunks(b"Binary files a/a.docx and b/a.docx differ\n"), Lines::All);
        assert!(!Lines::Some(Vec::new()).touch(None));
    }
}
