//! What keeps findings from a report: `--baseline` and `--diff`.

use std::path::Path;

use anyhow::Result;

use super::changes::Changes;
use crate::baseline::Baseline;
use crate::engine::{Problem, StoryOutcome};
use crate::system::System;

/// What keeps findings from the report.
pub(super) struct Sieve {
    baseline: Option<Baseline>,
    changes: Option<Changes>,
}

impl Sieve {
    /// As the arguments have it; what is wrong with the baseline, where something is.
    pub(super) fn new(
        system: &dyn System,
        baseline: Option<&Path>,
        diff: Option<&str>,
    ) -> Result<Result<Self, Vec<Problem>>> {
        let changes = diff.map(Changes::since).transpose()?;
        let baseline = baseline.map(|path| Baseline::read(system, path, system.today()));
        Ok(baseline.transpose().map(|baseline| Self { baseline, changes }))
    }

    /// What the baseline has for findings that are no more.
    pub(super) fn stale(&self) -> Vec<Problem> {
        self.baseline.as_ref().map(Baseline::stale).unwrap_or_default()
    }

    /// Most runs have none, and nothing is done.
    pub(super) fn sift<'a>(&self, mut story: StoryOutcome<'a>) -> StoryOutcome<'a> {
        if let Some(baseline) = &self.baseline {
            story = baseline.sift(story);
        }
        if let Some(changes) = &self.changes {
            story = changes.sift(story);
        }
        story
    }
}
