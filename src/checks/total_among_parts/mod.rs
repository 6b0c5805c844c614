//! A total that is added up with its parts.

use super::Check;
use super::trapped::trapped;
use crate::assessment::Story;
use crate::finding::{Finding, Severity};
use crate::source::{Sign, Trap};

pub(super) const CHECK: Check =
    Check { slug: "total-among-parts", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let found = trapped(story).into_iter().filter_map(|trapped| {
        let Trap::TotalAmongParts { cell, sign } = trapped.trap else { return None };
        let why = match sign {
            Sign::Word(word) => format!("its row says \"{word}\""),
            Sign::Sum => "it is the sum of all the others".to_owned(),
        };
        let message = format!("`{}` seems to take a total together with its parts: {why}", trapped.name());
        let finding = trapped.finding(&CHECK, message, [(cell, "the total")]);
        Some(finding.help("leave that row out: where = { … = { not = \"Total\" } }, or take it alone"))
    });
    found.collect()
}
