//! Periods that a figure over time lacks.

use super::Check;
use super::trapped::trapped;
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::series::Gap;
use crate::source::{Hole, Trap};

pub(super) const CHECK: Check =
    Check { slug: "missing-periods", severity: Severity::Warning, page: include_str!("README.md"), run };

/// So many holes are told.
const TOLD: usize = 3;

fn run(story: &Story<'_>) -> Vec<Finding> {
    let found = trapped(story).into_iter().filter_map(|trapped| {
        let Trap::MissingPeriods { column, holes } = trapped.trap else { return None };
        let told: Vec<String> = holes.iter().take(TOLD).map(in_words).collect();
        let more = if holes.len() > TOLD { " and others" } else { "" };
        let message = format!("`{}` has no row for {}{more}", trapped.name(), told.join(", "));
        let finding = trapped.finding(&CHECK, message, []);
        let finding = finding.note(format!("`{column}` of {} leaves them out", trapped.table()));
        Some(if holes.iter().all(|hole| hole.is_at_end) {
            finding.help("the rows end before the range does: wait for the rest, or say how far the numbers go")
        } else {
            finding.help("find the rows, or say in the draft that they are not counted; if nothing happened then, add rows with 0")
        })
    });
    found.collect()
}

fn in_words(hole: &Hole) -> String {
    let Gap { first, last } = hole.gap;
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}
