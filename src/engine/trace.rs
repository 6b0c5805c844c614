//! How a claim's value comes about, step by step, down to the source cells.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::library::Shelves;
use super::story::{Newsroom, Scratch, open};
use crate::assessment::QueryPlace;
use crate::formula::Context;
use crate::number::Decimal;
use crate::source::CellPlace;
use crate::text::{column_letters, nearest};

/// A claim's derivation.
#[derive(Clone, Debug)]
pub struct ClaimTrace {
    /// The claim's id.
    pub id: String,
    /// Its story's rule file.
    pub story: PathBuf,
    /// What it says, by its rule.
    pub quote: String,
    /// The formula.
    pub formula: String,
    /// The steps in the order of computing.
    pub steps: Vec<TracedStep>,
    /// What stopped it.
    pub error: Option<String>,
}

/// One step of a derivation.
#[derive(Clone, Debug)]
pub struct TracedStep {
    /// The part of the formula.
    pub part: String,
    /// Its value, as written: 5 for 5%.
    pub value: Decimal,
    /// Its unit.
    pub unit: String,
    /// What it counts, where that is declared: facet and members.
    pub scope: Vec<(String, String)>,
    /// Where it comes from: file, line and what is printed there; or the rule that states it.
    pub sources: Vec<String>,
}

/// Why there is no derivation.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// No story has the claim.
    #[error("no claim `{claim}`{}", .nearest.as_ref().map_or_else(String::new, |near| format!("; did you mean `{near}`?")))]
    Unknown {
        /// The id.
        claim: String,
        /// The most similar one.
        nearest: Option<String>,
    },
    /// Several stories have it.
    #[error("several stories have a claim `{claim}`: {}; write the story before it, `{}:{claim}`", stories.join(", "), stories.first().map_or("story", String::as_str))]
    Several {
        /// The id.
        claim: String,
        /// The stories' names.
        stories: Vec<String>,
    },
}

pub(super) fn trace(
    newsroom: Newsroom<'_>,
    stories: &[PathBuf],
    shelves: &Shelves<'_>,
    claim: &str,
) -> Result<ClaimTrace, TraceError> {
    let (wanted, id) = claim.split_once(':').map_or((None, claim), |(story, id)| (Some(story), id));
    let mut scratch = Scratch::default();
    let mut traces = Vec::new();
    let mut known = Vec::new();
    let is_wanted = |path: &Path| wanted.is_none_or(|name| path.file_stem().is_some_and(|stem| stem == name));
    for (path, shelf) in shelves.with(stories).filter(|(path, _)| is_wanted(path)) {
        let traced = open(newsroom, path, shelf, &mut scratch, |mut story, buffer| {
            let prepared = story.prepare(buffer);
            let claims = story.decoded.file.claim.iter();
            known.extend(claims.map(|claim| claim.id.value.to_string()));
            let (claim, prepared) =
                story.decoded.file.claim.iter().zip(&prepared).find(|(claim, _)| &*claim.id.value.0 == id)?;
            let mut trace = ClaimTrace {
                id: id.to_owned(),
                story: path.to_path_buf(),
                quote: claim.quote.value.to_string(),
                formula: claim.formula.value.to_string(),
                steps: Vec::new(),
                error: None,
            };
            let told = |unchecked: &crate::assessment::Unchecked| match unchecked {
                crate::assessment::Unchecked::Outside { message, .. } => message.clone(),
                _ => String::new(),
            };
            let computation = match &prepared.formula {
                Ok(computation) => computation,
                Err(unchecked) => {
                    trace.error = Some(told(unchecked));
                    return Some(trace);
                }
            };
            let quantities = match computation.quantities(story.rules, &mut story.book) {
                Ok(quantities) => quantities,
                Err(unchecked) => {
                    trace.error = Some(told(&unchecked));
                    return Some(trace);
                }
            };
            let used = story.book.used();
            let context =
                Context { facets: story.facets, over: claim.over.as_ref().map(|over| &*over.value.0) };
            let steps = computation.formula.trace(&quantities, &context);
            trace.error =
                steps.error.map(|error| format!("{}: {error}", error.span.of(computation.formula.text())));
            trace.steps = steps
                .steps
                .into_iter()
                .map(|step| {
                    let slot = step.figure.and_then(|at| computation.slots.get(at));
                    let figure = slot.and_then(|slot| used.get(*slot));
                    let scope = story.facets.compare(&step.scope, &step.scope).into_iter();
                    TracedStep {
                        part: step.span.of(computation.formula.text()).to_owned(),
                        value: step.value.saturating_mul(Decimal::from(step.unit.written_factor())),
                        unit: step.unit.to_string(),
                        scope: scope.map(|facet| (facet.facet, facet.figure.unwrap_or_default())).collect(),
                        sources: figure.map(sources).unwrap_or_default(),
                    }
                })
                .collect();
            Some(trace)
        });
        if let Ok(Some(traced)) = traced {
            traces.push(traced);
        }
    }
    match traces.len() {
        0 => Err(TraceError::Unknown {
            claim: id.to_owned(),
            nearest: nearest(id, known.iter().map(String::as_str)).map(str::to_owned),
        }),
        1 => traces.pop().ok_or(TraceError::Unknown { claim: id.to_owned(), nearest: None }),
        _ => {
            let name = |trace: &ClaimTrace| {
                trace.story.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
            };
            Err(TraceError::Several { claim: id.to_owned(), stories: traces.iter().map(name).collect() })
        }
    }
}

fn sources(figure: &crate::assessment::UsedFigure<'_>) -> Vec<String> {
    if let Some(QueryPlace { file, span }) = figure.table.and_then(|table| table.query) {
        let line = file.excerpt(span).start.line;
        let sql = span.of(&file.text).trim_matches(['"', '\'']);
        let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        return vec![format!("{}:{line}: {sql}", file.path.display())];
    }
    if let Some(table) = figure.table {
        let told = |(path, cell): (&Arc<Path>, &CellPlace)| {
            let (path, text) = (path.display(), &cell.text);
            match cell.column.map(|column| column_letters(column as usize)) {
                Some(letters) => {
                    let sheet = table.answer.sheet().unwrap_or_default();
                    format!("{path}: sheet “{sheet}”, cell {letters}{}: {text}", cell.row.line)
                }
                None => format!("{path}:{}: {text}", cell.row.line),
            }
        };
        let answer = table.answer;
        let mut lines: Vec<String> = table.cells().map(told).collect();
        let told = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        if answer.rows > told {
            lines.push(format!("and {} more rows", answer.rows - told));
        }
        return lines;
    }
    let defined = figure.defined.map(|(file, span)| {
        let at = file.excerpt(span);
        format!("{}:{}:{}", file.path.display(), at.start.line, at.start.column)
    });
    defined.into_iter().collect()
}
