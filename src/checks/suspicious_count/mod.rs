//! As many rows as a program holds at most.

use super::Check;
use super::trapped::trapped;
use super::wording::quantity_in_words;
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::number::Decimal;
use crate::source::Trap;
use crate::unit::Unit;

pub(super) const CHECK: Check =
    Check { slug: "suspicious-count", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let found = trapped(story).into_iter().filter_map(|trapped| {
        let Trap::SuspiciousCount { rows, is_table } = trapped.trap else { return None };
        let told = quantity_in_words(Decimal::from(*rows), Unit::COUNT);
        let message = if *is_table {
            format!("the table of `{}` has exactly {told} rows, where programs cut tables off", trapped.name())
        } else {
            format!("`{}` counts exactly {told} rows, where programs stop counting", trapped.name())
        };
        let why = match rows {
            255 => "255 is the most that a byte counts to",
            65_535 | 65_536 => "an .xls sheet holds 65,536 rows, its header among them; 65,535 is the most that two bytes count to",
            _ => "an .xlsx sheet holds 1,048,576 rows, its header among them",
        };
        let finding = trapped.finding(&CHECK, message, []);
        Some(finding.note(why).help("see whether the publisher's table goes on, and take it as CSV from where it comes from"))
    });
    found.collect()
}
