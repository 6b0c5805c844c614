//! `factcheck numbers DRAFT`: every number found, and how it was read; and the same by lines of JSON.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use serde::{Deserialize, Serialize};

use super::arguments::{ListFormat, NumbersArguments};
use super::exit::Exit;
use super::{json_lines, print};
use crate::checks::reading_in_words;
use crate::draft::{Format, Manuscript};
use crate::hedge::{Hedge, Lexicon};
use crate::mention::{Excluded, Exclusion, Kind, Mention, Survey, counted, survey};
use crate::number::{Decimal, Reading, numeral_at};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// A number of a text. Offsets are bytes; values are as written ("5" for 5%), `value` is null for a range, a vague word
/// and digits that are no number. One that is no quantity has the rule in `excluded`, and nothing but its value besides.
#[derive(Default, Serialize)]
struct Number {
    #[serde(flatten)]
    place: Place,
    value: Option<String>,
    low: Option<String>,
    high: Option<String>,
    unit: Option<String>,
    hedge: Option<Hedge>,
    kind: Option<Kind>,
    /// The thing counted.
    of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    excluded: Option<Exclusion>,
}

#[derive(Default, Serialize)]
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
            Told { id: asked.id, numbers: told(&asked.text, &read, place), error: None }
        }
        Err(error) => {
            exit = Exit::CouldNotCheck;
            Told { error: Some(format!("not a line of JSON with a text: {error}")), ..Told::default() }
        }
    })?;
    Ok(exit)
}

/// Quantities and what is none, in the order of the text.
fn told(text: &str, read: &Survey, place: impl Fn(Span) -> Place) -> Vec<Number> {
    let mentions = read.mentions.iter().map(|mention| number(text, mention, place(mention.span)));
    let excluded = read.excluded.iter().map(|excluded| no_quantity(text, excluded, place(excluded.span)));
    let mut numbers: Vec<Number> = mentions.chain(excluded).collect();
    numbers.sort_by_key(|number| number.place.start);
    numbers
}

fn no_quantity(text: &str, excluded: &Excluded, place: Place) -> Number {
    let words = excluded.span.of(text);
    let first = words.find(|c: char| c.is_ascii_digit()).unwrap_or_default();
    // "a mile" is one, "a pair" two.
    let article = if words.ends_with("pair") { Decimal::TWO } else { Decimal::ONE };
    let read = numeral_at(words, first).map(|numeral| numeral.written.value);
    let value =
        read.or((excluded.rule == Exclusion::Idiom).then_some(article)).map(|it| it.normalize().to_string());
    Number {
        place,
        low: value.clone(),
        high: value.clone(),
        value,
        excluded: Some(excluded.rule),
        ..Number::default()
    }
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
        unit: mention.unit_name(text).map(Cow::into_owned),
        hedge: Some(mention.hedge).filter(|hedge| *hedge != Hedge::Plain),
        kind: Some(mention.kind),
        of: counted(text, mention).map(|counted| counted.noun.of(text).to_owned()),
        excluded: None,
    }
}

#[derive(Serialize)]
struct Listing<'a> {
    version: u8,
    draft: &'a str,
    numbers: Vec<Number>,
}

/// The numbers of a draft.
fn one(path: &Path, format: ListFormat) -> Result<Exit> {
    let name = path.display().to_string();
    let form = Format::of(&name).with_context(|| name.clone())?;
    let mut bytes = Vec::new();
    let is_whole = Disk.read_up_to(path, form.limit(), &mut bytes).with_context(|| name.clone())?;
    let manuscript = if is_whole { Manuscript::read(form, &bytes) } else { Err(form.too_large()) };
    let manuscript = manuscript.map_err(|error| anyhow!("{name}: {error}\n  help: {}", error.help()))?;
    let (original, prose) = (&*manuscript.text, &manuscript.prose);
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
    let mut numbers = told(prose.text(), &read, place);
    for code in prose.code() {
        let words = code.of(original);
        let in_code = survey(words, Lexicon::shipped());
        let spans =
            in_code.mentions.iter().map(|it| it.span).chain(in_code.excluded.iter().map(|it| it.span));
        numbers.extend(spans.map(|span| {
            let in_file = span.shift(code.start as usize);
            let position = index.position(original, in_file.start as usize);
            let place = Place {
                line: Some(position.line),
                column: Some(position.column),
                start: in_file.start,
                end: in_file.end,
                text: span.of(words).to_owned(),
            };
            Number { place, excluded: Some(Exclusion::Code), ..Number::default() }
        }));
    }
    numbers.sort_by_key(|number| number.place.start);
    let mut out = Vec::new();
    match format {
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &Listing { version: 1, draft: &name, numbers })?;
            out.push(b'\n');
        }
        ListFormat::Jsonl => {
            for number in &numbers {
                serde_json::to_writer(&mut out, number)?;
                out.push(b'\n');
            }
        }
        ListFormat::Full => out = columns(&numbers, prose.text(), &read).into_bytes(),
    }
    print(&out)?;
    Ok(Exit::Clean)
}

/// The widest that a column of words gets.
const WIDEST: usize = 32;

fn columns(numbers: &[Number], text: &str, read: &Survey) -> String {
    let mut mentions = read.mentions.iter();
    let rows = numbers.iter().map(|number| {
        let place = &number.place;
        let at = format!("{}:{}", place.line.unwrap_or_default(), place.column.unwrap_or_default());
        let (value, what) = match (number.excluded, number.kind) {
            (None, Some(kind)) => {
                let hedge = number.hedge.map_or_else(String::new, |hedge| format!("{}, ", hedge.words()));
                let of = number.of.as_ref().map_or_else(String::new, |of| format!(", of {of}"));
                let value =
                    mentions.next().map_or_else(String::new, |mention| reading_in_words(text, mention));
                (value, format!("{hedge}{}{of}", kind.name()))
            }
            (rule, _) => ("—".to_owned(), format!("excluded: {}", rule.map_or("", Exclusion::name))),
        };
        [at, place.text.clone(), value, what]
    });
    let rows: Vec<[String; 4]> = rows.collect();
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
    let counted = |count: usize| if count == 1 { "1 number".to_owned() } else { format!("{count} numbers") };
    _ = writeln!(
        out,
        "\n{}: {} read, {} excluded",
        counted(total),
        read.mentions.len(),
        total - read.mentions.len()
    );
    out
}
