//! A figure that is taken from cells that nobody who opens the spreadsheet sees.

use super::{Check, judged};
use crate::assessment::{Story, TableAnswer};
use crate::finding::{Finding, Role, Severity};
use crate::source::Hidden;

pub(super) const CHECK: Check =
    Check { slug: "hidden-cells", severity: Severity::Warning, page: include_str!("README.md"), run };

fn run(story: &Story<'_>) -> Vec<Finding> {
    let figures = story.figures.iter().enumerate();
    let hidden = figures.filter_map(|(at, figure)| {
        let table = figure.table?;
        let hidden = table.answer.hidden()?;
        let message = format!("the figure `{}` {}", figure.name, what(table, hidden));
        let sheet = table.answer.sheet().unwrap_or_default();
        let note = format!("in the sheet “{sheet}” of {}", table.path.display());
        let mut finding = Finding::new(CHECK.slug, CHECK.severity, message).note(note);
        if let Some((file, span)) = figure.defined {
            finding.labels.push(file.label(Role::Rule, span, "taken here"));
        } else if let Some((assessment, _)) = judged(story).find(|(_, judged)| judged.figures.contains(&at)) {
            let span = assessment.claim.formula.span;
            finding.labels.push(story.rules.label(Role::Rule, span, "used here"));
        }
        let help = "open the file, show what is hidden, and see whether it belongs to the figure; what does not is left out by `where` or `range`";
        Some(finding.help(help))
    });
    hidden.collect()
}

/// What of a figure is hidden, in words.
fn what(table: TableAnswer<'_>, hidden: &Hidden) -> String {
    let mut said = Vec::new();
    if hidden.sheet {
        said.push("comes from a hidden sheet".to_owned());
    }
    if hidden.column {
        said.push("comes from a hidden column".to_owned());
    }
    let lines: Vec<String> = hidden.first.iter().map(u64::to_string).collect();
    let lines = lines.join(", ");
    let all = table.answer.rows + table.answer.missing;
    match hidden.rows {
        0 => {}
        1 if all == 1 => said.push(format!("comes from a hidden row, row {lines}")),
        1 => said.push(format!("counts a hidden row, row {lines}")),
        rows => {
            let more = if rows > hidden.first.len() as u64 { ", …" } else { "" };
            said.push(format!("counts {rows} hidden rows: {lines}{more}"));
        }
    }
    said.join(", and ")
}
