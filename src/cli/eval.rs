//! `factcheck eval FORMULA [--says WORDS]`, and the same by lines of JSON.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::arguments::EvalArguments;
use super::exit::Exit;
use super::{json_lines, print};
use crate::assessment::hold;
use crate::checks::{ToldIn, interval_in_words, quantity_in_words};
use crate::formula::{Context, Formula, FormulaError, Value};
use crate::hedge::{How, Lexicon, Verdict, Widths};
use crate::mention::{Mention, read_whole};
use crate::number::{Decimal, Interval};
use crate::scope::{Facets, FiscalYear};
use crate::text::Span;
use crate::unit::Unit;

pub(super) fn run(arguments: &EvalArguments) -> Result<Exit> {
    match (&arguments.jsonl, &arguments.formula) {
        (Some(path), _) => lines(path),
        (None, Some(formula)) => one(formula, arguments.says.as_deref()),
        (None, None) => Ok(Exit::CouldNotCheck),
    }
}

/// One formula, for people.
fn one(formula: &str, says: Option<&str>) -> Result<Exit> {
    let answer = match answer(formula, says) {
        Ok(answer) => answer,
        Err(error) => {
            let span = error.span.range();
            let start = formula.get(..span.start).map_or(0, |before| before.chars().count());
            let length = error.span.of(formula).chars().count().max(1);
            let help = error.help.map_or_else(String::new, |help| format!("\n  help: {help}"));
            anyhow::bail!(
                "{}\n  {formula}\n  {}{}{help}",
                error.message,
                " ".repeat(start),
                "^".repeat(length)
            );
        }
    };
    let mut told = match answer.range.as_point() {
        Some(_) => quantity_in_words(answer.nominal, answer.unit),
        None => interval_in_words(&answer.range, answer.unit),
    };
    told.push('\n');
    if let (Some(words), Some(judged)) = (says, &answer.judged) {
        let allowed = interval_in_words(&judged.allowed, ToldIn::of(&judged.mention, words, answer.unit));
        _ = writeln!(told, "\"{words}\" allows {allowed}: {}", judged.verdict.name());
    }
    print(told.as_bytes())?;
    let is_supported = answer.judged.is_none_or(|judged| judged.verdict == Verdict::Supported);
    Ok(if is_supported { Exit::Clean } else { Exit::Findings })
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    id: serde_json::Value,
    formula: String,
    says: Option<String>,
}

/// One line out for each line in. Values are as written: "5" for 5%; `value` is null unless the value is one number.
#[derive(Default, Serialize)]
struct Told {
    id: serde_json::Value,
    value: Option<String>,
    low: Option<String>,
    high: Option<String>,
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    how: Option<How>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

fn lines(path: &Path) -> Result<Exit> {
    let mut exit = Exit::Clean;
    json_lines::answer(path, |asked: Result<Asked, _>| {
        let told = match asked {
            Ok(asked) => told(asked),
            Err(error) => {
                Told { error: Some(format!("not a line of JSON with a formula: {error}")), ..Told::default() }
            }
        };
        if told.error.is_some() {
            exit = Exit::CouldNotCheck;
        }
        told
    })?;
    Ok(exit)
}

fn told(asked: Asked) -> Told {
    let text = |value: Decimal| value.normalize().to_string();
    match answer(&asked.formula, asked.says.as_deref()) {
        Err(error) => Told { id: asked.id, error: Some(error.message), ..Told::default() },
        Ok(answer) => Told {
            id: asked.id,
            value: answer.range.as_point().map(text),
            low: answer.range.low().value().map(text),
            high: answer.range.high().value().map(text),
            unit: Some(answer.unit.to_string()),
            verdict: answer.judged.as_ref().map(|judged| judged.verdict),
            how: answer.judged.as_ref().map(|judged| judged.how),
            error: None,
        },
    }
}

struct Answer {
    /// As written: 5 for 5%.
    nominal: Decimal,
    range: Interval,
    unit: Unit,
    judged: Option<Judged>,
}

struct Judged {
    verdict: Verdict,
    how: How,
    allowed: Interval,
    mention: Mention,
}

fn answer(formula: &str, says: Option<&str>) -> Result<Answer, FormulaError> {
    let facets = Facets::default();
    let parsed = Formula::parse(formula, FiscalYear::default())?;
    if let Some(name) = parsed.names().first() {
        let message = format!("`{name}` is a figure, and no rules are given that define it");
        return Err(FormulaError {
            span: name.span,
            message,
            help: Some("see a claim's figures with `factcheck trace CLAIM`".to_owned()),
        });
    }
    let value = parsed.evaluate(&[], &Context { facets: &facets, over: None })?;
    let judged = says.map(|says| judged(says, &value)).transpose()?;
    let factor = Decimal::from(value.unit.written_factor());
    let too_large = || FormulaError {
        span: Span::new(0, formula.len()),
        message: "the value is too large".to_owned(),
        help: None,
    };
    Ok(Answer {
        nominal: value.nominal.checked_mul(factor).ok_or_else(too_large)?,
        range: value.range.map(|end| end.checked_mul(factor)).ok_or_else(too_large)?,
        unit: value.unit,
        judged,
    })
}

fn judged(says: &str, value: &Value) -> Result<Judged, FormulaError> {
    let lexicon = Lexicon::shipped();
    let mention = read_whole(says, lexicon).map_err(|error| FormulaError {
        span: Span::default(),
        message: error.to_string(),
        help: None,
    })?;
    let direction = || lexicon.direction(says, mention.words());
    let held = hold(&mention, value, direction, &Widths::default());
    Ok(Judged {
        verdict: held.judgement.verdict,
        how: held.judgement.how,
        allowed: held.allowed.whole,
        mention,
    })
}
