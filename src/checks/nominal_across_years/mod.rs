//! Money of different years, compared as it is.

use super::told::Told;
use super::{Check, judged};
use crate::assessment::Story;
use crate::finding::{Finding, Severity};

pub(super) const CHECK: Check =
    Check { slug: "nominal-across-years", severity: Severity::Warning, page: include_str!("README.md"), run };

/// Over fewer years prices move less than most hedges allow, and budgets are compared from year to year as they are.
const YEARS: i16 = 3;

/// Words that promise money of one time.
const REAL: [&str; 12] = [
    "real terms",
    "real wage",
    "real value",
    "adjusted for inflation",
    "adjusting for inflation",
    "inflation-adjusted",
    "after inflation",
    "today's money",
    "today's dollars",
    "today's prices",
    "constant dollars",
    "constant prices",
];

/// Words that tell readers that nothing was adjusted.
const NOMINAL: [&str; 7] = [
    "nominal",
    "cash terms",
    "unadjusted",
    "not adjusted",
    "before inflation",
    "without adjusting",
    "not counting inflation",
];

fn run(story: &Story<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (assessment, judged) in judged(story) {
        let (Some((earlier, later)), Some(draft)) = (judged.value.across_years, story.draft) else {
            continue;
        };
        let sentence = draft.prose.sentence(judged.words).of(draft.prose.text());
        let sentence = sentence.to_lowercase().replace('\u{2019}', "'");
        let has = |words: &[&str]| words.iter().any(|words| sentence.contains(words));
        let message = match (has(&NOMINAL), has(&REAL)) {
            (true, _) => continue,
            (false, true) => {
                format!(
                    "the sentence speaks of real terms, and money of {earlier} is held against money of {later}"
                )
            }
            (false, false) if later - earlier < YEARS => continue,
            (false, false) => format!("money of {earlier} is compared with money of {later} as it is"),
        };
        findings.push(
            CHECK
                .finding(story, assessment, message)
                .label(Told::of(story, assessment, judged).formula())
                .help(format!(
                    "bring both to one year, real(amount, \"{earlier}\", \"{later}\", index.value), or say in the \
                     sentence that inflation is not counted"
                )),
        );
    }
    findings
}
