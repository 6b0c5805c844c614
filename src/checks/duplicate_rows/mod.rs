//! Rows that are counted twice.

use super::Check;
use super::trapped::trapped;
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::source::Trap;

pub(super) const CHECK: Check =
    Check { slug: "duplicate-rows", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let found = trapped(story).into_iter().filter_map(|trapped| {
        let Trap::DuplicateRows { pairs, rows } = trapped.trap else { return None };
        let pairs: Vec<String> =
            pairs.iter().map(|(line, first)| format!("{line} repeats {first}")).collect();
        let more = rows.saturating_sub(pairs.len() as u64);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        let what =
            if *rows == 1 { "a row twice".to_owned() } else { format!("{rows} rows that repeat another") };
        let message = format!("`{}` counts {what}", trapped.name());
        let finding = trapped.finding(&CHECK, message, []);
        Some(
            finding
                .note(format!("in {}, {}{more}: every column is the same", trapped.table(), pairs.join(", ")))
                .help("remove the rows that were entered twice, or add the column that tells them apart"),
        )
    });
    found.collect()
}
