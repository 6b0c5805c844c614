//! `factcheck trace CLAIM`

use std::fmt::Write as _;

use anyhow::Result;

use super::arguments::TraceArguments;
use super::exit::Exit;
use super::{open, options, print};
use crate::engine::ClaimTrace;
use crate::system::Disk;

pub(super) fn run(arguments: &TraceArguments) -> Result<Exit> {
    let options = options(&arguments.paths, &arguments.settings);
    let Some(project) = open(&Disk, &options, &arguments.settings)? else { return Ok(Exit::CouldNotCheck) };
    let trace = project.trace(&arguments.claim)?;
    print(told(&trace).as_bytes())?;
    Ok(if trace.error.is_some() { Exit::CouldNotCheck } else { Exit::Clean })
}

/// The derivation as people read it: a step a line, with its sources below.
fn told(trace: &ClaimTrace) -> String {
    let mut out = format!(
        "{} ({})\n  quote:   \"{}\"\n  formula: {}\n\n",
        trace.id,
        trace.story.display(),
        trace.quote,
        trace.formula
    );
    let width = trace.steps.iter().map(|step| step.part.chars().count()).max().unwrap_or(0);
    for step in &trace.steps {
        let gap = " ".repeat(width - step.part.chars().count());
        let unit = if step.unit == "number" { "" } else { &step.unit };
        _ = writeln!(out, "  {}{gap} = {} {unit}", step.part, step.value.normalize());
        for source in &step.sources {
            _ = writeln!(out, "  {}   from {source}", " ".repeat(width));
        }
        if !step.scope.is_empty() {
            let scope: Vec<String> =
                step.scope.iter().map(|(facet, members)| format!("{facet} {members}")).collect();
            _ = writeln!(out, "  {}   counts {}", " ".repeat(width), scope.join("; "));
        }
    }
    if let Some(error) = &trace.error {
        _ = writeln!(out, "  stops: {error}");
    }
    // Trailing spaces come from steps without a unit.
    out.lines().map(str::trim_end).flat_map(|line| [line, "\n"]).collect()
}
