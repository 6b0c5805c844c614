//! `factcheck numbers DRAFT`: every number found, and how it was read; and the same by lines of JSON.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::arguments::{ListFormat, NumbersArguments};
use super::exit::Exit;
use super::{json_lines, print};
use crate::checks::{interval_in_words, quantity_in_words};
use crate::draft::{Format, Prose};
use crate::hedge::{Hedge, Lexicon};
use crate::mention::{Excluded, Mention, Survey, counted, survey};
use crate::number::{Decimal, Reading};
use crate::system::{Disk, System as _};
use crate::text::{LineIndex, Span};

pub(super) fn run(arguments: &NumbersArguments) -> Result<Exit> {
    match (&arguments.jsonl, &arguments.draft) {
        (Some(path), _) => lines(path),
        (None, Some(draft)) => one(draft, arguments.format),
        (None, None) => Ok(Exit::CouldNotCheck),
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
}

/// One line out for each line in.
#[derive(Default, Serialize)]
struct Told {
    id: serde_json::Value,
    numbers: Vec<Number>,
    excluded: Vec<NoNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// A quantity. Offsets are bytes; values are as written ("5" for 5%), `value` is null for a range or a vague word.
#[derive(Serialize)]
struct Number {
    #[serde(flatten)]
    place: Place,
    value: Option<String>,
    low: Option<String>,
    high: Option<String>,
    unit: Option<String>,
    hedge: Option<Hedge>,
    kind: crate::mention::Kind,
    /// The thing counted.
    of: Option<String>,
}

/// A number that is no quantity, with the rule that excludes it.
#[derive(Serialize)]
struct NoNumber {
    #[serde(flatten)]
    place: Place,
    excluded: crate::mention::Exclusion,
}

#[derive(Serialize)]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    start: u32,
    end: u32,
    text: String,
}

fn lines(path: &Path) -> Result<Exit> {
    let mut exit = Exit::Clean;
    json_lines::answer(path, |asked: Result<Asked, _>| match asked {
        Ok(asked) => {
            let read = survey(&asked.text, Lexicon::shipped());
            let place = |span: Span| Place {
                line: None,
                column: None,
                start: span.start,
                end: span.end,
                text: span.of(&asked.text).to_owned(),
            };
            let (numbers, excluded) = told(&asked.text, &read, place);
            Told { id: asked.id, numbers, excluded, error: None }
        }
        Err(error) => {
            exit = Exit::CouldNotCheck;
            Told { error: Some(format!("not a line of JSON with a text: {error}")), ..Told::default() }
        }
    })?;
    Ok(exit)
}

fn told(text: &str, read: &Survey, place: impl Fn(Span) -> Place) -> (Vec<Number>, Vec<NoNumber>) {
    let numbers = read.mentions.iter().map(|mention| number(text, mention, place(mention.span))).collect();
    let no_number = |excluded: &Excluded| NoNumber { place: place(excluded.span), excluded: excluded.rule };
    (numbers, read.excluded.iter().map(no_number).collect())
}

fn number(text: &str, mention: &Mention, place: Place) -> Number {
    let told = |value: Decimal| value.normalize().to_string();
    let (value, low, high) = match mention.reading {
        Reading::One(one) => (Some(one.value), Some(one.value), Some(one.value)),
        Reading::Margin(one, margin) => {
            (Some(one.value), one.value.checked_sub(margin), one.value.checked_add(margin))
        }
        Reading::Range(low, high) => (None, Some(low.value), Some(high.value)),
        Reading::Vague(interval) => (None, interval.low().value(), interval.high().value()),
    };
    Number {
        place,
        value: value.map(told),
        low: low.map(told),
        high: high.map(told),
        unit: mention.unit_name().map(Cow::into_owned),
        hedge: Some(mention.hedge).filter(|hedge| *hedge != Hedge::Plain),
        kind: mention.kind,
        of: counted(text, mention).map(|counted| counted.noun.of(text).to_owned()),
    }
}

#[derive(Serialize)]
struct Listing<'a> {
    version: u8,
    draft: &'a str,
    numbers: Vec<Number>,
    excluded: Vec<NoNumber>,
}

/// The numbers of a draft.
fn one(path: &Path, format: ListFormat) -> Result<Exit> {
    let name = path.display().to_string();
    let form = Format::of(&name).with_context(|| name.clone())?;
    let mut bytes = Vec::new();
    Disk.read(path, &mut bytes).with_context(|| name.clone())?;
    let original = std::str::from_utf8(&bytes).with_context(|| format!("{name}: save the draft as UTF-8"))?;
    let prose = Prose::read(form, original);
    let read = survey(prose.text(), Lexicon::shipped());
    let index = LineIndex::new(original);
    let place = |span: Span| {
        let in_file = prose.original(span);
        let position = index.position(original, in_file.start as usize);
        Place {
            line: Some(position.line),
            column: Some(position.column),
            start: in_file.start,
            end: in_file.end,
            text: span.of(prose.text()).to_owned(),
        }
    };
    let (numbers, excluded) = told(prose.text(), &read, place);
    let mut out = Vec::new();
    match format {
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &Listing { version: 1, draft: &name, numbers, excluded })?;
            out.push(b'\n');
        }
        ListFormat::Jsonl => {
            for line in merged(&numbers, &excluded) {
                match line {
                    Line::Number(number) => serde_json::to_writer(&mut out, number)?,
                    Line::None(none) => serde_json::to_writer(&mut out, none)?,
                }
                out.push(b'\n');
            }
        }
        ListFormat::Full => out = columns(&merged(&numbers, &excluded), &read).into_bytes(),
    }
    print(&out)?;
    Ok(Exit::Clean)
}

enum Line<'a> {
    Number(&'a Number),
    None(&'a NoNumber),
}

impl Line<'_> {
    fn place(&self) -> &Place {
        match self {
            Self::Number(number) => &number.place,
            Self::None(none) => &none.place,
        }
    }
}

/// Both lists in the order of the draft.
fn merged<'a>(numbers: &'a [Number], excluded: &'a [NoNumber]) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> =
        numbers.iter().map(Line::Number).chain(excluded.iter().map(Line::None)).collect();
    lines.sort_by_key(|line| line.place().start);
    lines
}

/// The widest that a column of words gets.
const WIDEST: usize = 32;

fn columns(lines: &[Line<'_>], read: &Survey) -> String {
    let mut mentions = read.mentions.iter();
    let mut rows: Vec<[String; 4]> = Vec::new();
    for line in lines {
        let place = line.place();
        let at = format!("{}:{}", place.line.unwrap_or_default(), place.column.unwrap_or_default());
        rows.push(match line {
            Line::Number(number) => {
                let value = mentions.next().map_or_else(String::new, in_words);
                let hedge = number.hedge.map_or_else(String::new, |hedge| format!("{}, ", hedge.words()));
                let of = number.of.as_ref().map_or_else(String::new, |of| format!(", of {of}"));
                [at, place.text.clone(), value, format!("{hedge}{}{of}", number.kind.name())]
            }
            Line::None(none) => {
                [at, place.text.clone(), "—".to_owned(), format!("excluded: {}", none.excluded.name())]
            }
        });
    }
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default().min(WIDEST)
    };
    let (first, second, third) = (width(0), width(1), width(2));
    let mut out = String::new();
    for [at, words, value, what] in &rows {
        _ = writeln!(out, "{at:>first$}  {words:<second$}  {value:<third$}  {what}");
    }
    let total = rows.len();
    let numbers = |count: usize| if count == 1 { "1 number".to_owned() } else { format!("{count} numbers") };
    _ = writeln!(out, "\n{}: {} read, {} excluded", numbers(total), read.mentions.len(), read.excluded.len());
    out
}

/// A mention's value with its unit.
fn in_words(mention: &Mention) -> String {
    let unit = mention.unit_name();
    let told = |value: Decimal| match (&unit, mention.factor == crate::unit::Factor::ONE) {
        (Some(unit), false) => format!("{} {unit}", quantity_in_words(value, crate::unit::Unit::Bare)),
        _ => quantity_in_words(value, mention.unit),
    };
    match mention.reading {
        Reading::One(one) => told(one.value),
        Reading::Margin(one, margin) => format!("{} ± {}", told(one.value), told(margin)),
        Reading::Range(low, high) => format!("{} to {}", told(low.value), told(high.value)),
        Reading::Vague(interval) => interval_in_words(&interval, mention.unit),
    }
}
