//! Cumulative numbers that are added up.

use super::Check;
use super::trapped::trapped;
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::source::Trap;

pub(super) const CHECK: Check =
    Check { slug: "cumulative-summed", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let found = trapped(story).into_iter().filter_map(|trapped| {
        let Trap::CumulativeSummed { column, cells: [first, last], rows } = trapped.trap else { return None };
        let message =
            format!("`{}` adds up `{column}`, whose numbers run on from row to row", trapped.name());
        let finding = trapped.finding(&CHECK, message, [(first, "from here"), (last, "to here")]);
        Some(
            finding
                .note(format!("the column is called cumulative, and does not fall over {rows} rows"))
                .help("take the last row alone, or the difference of two"),
        )
    });
    found.collect()
}
