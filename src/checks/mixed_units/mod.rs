//! Numbers in millions among numbers that are written out.

use super::Check;
use super::trapped::trapped;
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::source::Trap;

pub(super) const CHECK: Check =
    Check { slug: "mixed-units", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let found = trapped(story).into_iter().filter_map(|trapped| {
        let Trap::MixedScales { scaled, plain } = trapped.trap else { return None };
        let message = format!("`{}` takes numbers of two scales together", trapped.name());
        let cells = [(scaled, "with a word for its scale"), (plain, "without one")];
        let finding = trapped.finding(&CHECK, message, cells);
        Some(finding.help("if the second is in the scale of the first, write it out in the table; if it is not, the figure is right as it is"))
    });
    found.collect()
}
