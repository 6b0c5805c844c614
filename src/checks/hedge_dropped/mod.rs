//! A plain number where its source has a hedged one.

use super::told::Told;
use super::{Check, judged};
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::hedge::Verdict;

pub(super) const CHECK: Check =
    Check { slug: "hedge-dropped", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let dropped = judged(story).filter(|(_, judged)| judged.judgement().verdict != Verdict::Refuted);
    dropped
        .filter_map(|(assessment, judged)| {
            let hedge = judged.dropped.as_ref()?;
            let told = Told::of(story, assessment, judged);
            let words = told.words;
            let message = format!("\"{words}\" drops the source's hedge: \"{hedge}\"");
            let finding = CHECK.finding(story, assessment, message);
            let finding = told.with_sources(finding);
            Some(
                told.with_fix(finding, format!("{hedge} {words}")).help(format!("write \"{hedge} {words}\"")),
            )
        })
        .collect()
}
