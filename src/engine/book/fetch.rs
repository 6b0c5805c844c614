//! Reading tables: one pass a source, however many figures come from it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::names::{FigureDefinition, SourceDefinition};
use super::super::unit_text;
use super::{Book, Desk, Pending};
use crate::claim::{Complaint, RawFormat, RawMissing, RawSource, RawTake, RawText, RawValue, Spanned};
use crate::formula::Key;
use crate::source::{
    Answer, ColumnOptions, Condition, FigureError, Format, Input, Match, MissingRule, Request, Select,
    TableOptions, Take, answer,
};
use crate::system::tidy;
use crate::text::Span;

/// A table past this size is streamed, not read into memory.
const STREAMED: u64 = 8 << 20;

/// A cell that a formula names.
pub(super) fn cell_request<'a>(row: &Key<'a>, column: &Key<'a>) -> Request<'a> {
    Request {
        select: if row.quoted { Select::Key(row.text) } else { Select::Named(row.text) },
        column: column.text,
        take: Take::One,
        missing: MissingRule::Error,
        written: ColumnOptions::default(),
    }
}

impl<'a> Book<'a> {
    /// What a figure asks of its source's table.
    pub(super) fn table_request(
        &self,
        figure: FigureDefinition<'a>,
    ) -> Result<(SourceDefinition<'a>, Request<'a>), Complaint> {
        let raw = figure.raw;
        let Some(name) = &raw.source else {
            return Err(Complaint::new(
                figure.name_span,
                format!("the figure `{}` names no source", figure.name),
            ));
        };
        let source = self.names.source(&name.value).ok_or_else(|| {
            let unknown = self.names.unknown_source(&name.value);
            Complaint { help: unknown.help, ..Complaint::new(name.span, unknown.message) }
        })?;
        let conditions = raw.rows.as_ref().map_or(&[][..], |rows| &rows.value.0);
        let conditions = conditions
            .iter()
            .map(|(column, value)| Condition { column: &column.value.0, equals: matched(value) });
        let request = Request {
            select: Select::Where(conditions.collect()),
            column: raw.column.as_ref().map_or("", |column| &column.value.0),
            take: raw.take.as_ref().map_or(Take::One, |take| taken(take.value)),
            missing: raw.missing.as_ref().map_or(MissingRule::Error, |missing| meant(missing.value)),
            written: written(raw.unit.as_ref(), raw.scale.as_ref())?,
        };
        Ok((source, request))
    }

    /// Reads every source that something was asked of.
    pub(in crate::engine) fn fetch(&mut self, buffer: &mut Vec<u8>) {
        let mut open: Vec<usize> = (0..self.pending.len()).collect();
        while let Some(first) = open.first().and_then(|at| self.pending.get(*at)) {
            let source = first.source;
            let is_of_source = |pending: Option<&Pending<'_>>| {
                pending.is_some_and(|pending| std::ptr::eq(pending.source.raw, source.raw))
            };
            let (own, others): (Vec<usize>, Vec<usize>) =
                open.iter().partition(|at| is_of_source(self.pending.get(**at)));
            open = others;
            let requests: Vec<Request<'a>> = own
                .iter()
                .filter_map(|at| self.pending.get(*at))
                .map(|pending| pending.request.clone())
                .collect();
            let answers = self.desk.read_source(source, &requests, buffer);
            let answers = match answers {
                Ok((path, answers)) => {
                    answers.into_iter().map(|answer| answer.map(|answer| (path.clone(), answer))).collect()
                }
                Err(complaint) => {
                    let message =
                        format!("the source `{}` could not be read: {}", source.name, complaint.message);
                    self.trouble(source.file, complaint);
                    vec![Err(message); own.len()]
                }
            };
            for (at, answer) in own.into_iter().zip(answers) {
                if let Some(pending) = self.pending.get_mut(at) {
                    pending.answer = Some(answer);
                }
            }
        }
    }
}

type Answers = Vec<Result<Answer, String>>;

impl Desk<'_> {
    /// Answers requests from a source's table, in one pass.
    fn read_source(
        &self,
        source: SourceDefinition<'_>,
        requests: &[Request<'_>],
        buffer: &mut Vec<u8>,
    ) -> Result<(Arc<Path>, Answers), Complaint> {
        let Some(file) = &source.raw.file else {
            let complaint = Complaint::new(source.name_span, "no file");
            return Err(complaint.help(
                "name the table that figures are taken from: file = \"…\", relative to this rule file",
            ));
        };
        let path = beside(&source.file.path, &file.value);
        let refuse = |message: String| Complaint::new(file.span, message);
        if !self.root.admits(self.system, &path) {
            return Err(refuse(format!("{} lies outside of the project", path.display()))
                .help("allow_outside_root = true in factcheck.toml lets rule files name any path"));
        }
        let format = match &source.raw.format {
            Some(format) => table_format(format.value),
            None => path
                .extension()
                .and_then(|ending| ending.to_str())
                .and_then(Format::from_extension)
                .ok_or_else(|| {
                    refuse(format!("{}: no table that can be read", path.display()))
                        .help("tables are .csv, .tsv, .json or .ndjson; say which with format = \"csv\"")
                })?,
        };
        let columns = columns(source.raw)?;
        let options = TableOptions {
            key: source.raw.key.as_ref().map(|key| &*key.value.0),
            written: written(source.raw.unit.as_ref(), source.raw.scale.as_ref())?,
            columns: &columns,
            ..TableOptions::new(format)
        };
        let unreadable = |error: &dyn std::fmt::Display| refuse(format!("{}: {error}", path.display()));
        let is_whole = self.system.read_up_to(&path, STREAMED, buffer).map_err(|error| unreadable(&error))?;
        let answers = if is_whole {
            answer(Input::Bytes(buffer), &options, requests)
        } else {
            let mut stream = self.system.open(&path).map_err(|error| unreadable(&error))?;
            answer(Input::Stream(&mut *stream), &options, requests)
        };
        let answers = answers.map_err(|error| unreadable(&error))?;
        let told = |error: FigureError| match error.help() {
            Some(help) => format!("{}: {error}; {help}", path.display()),
            None => format!("{}: {error}", path.display()),
        };
        let answers = answers.into_iter().map(|answer| answer.map_err(told)).collect();
        Ok((path.into(), answers))
    }
}

/// A path that a rule file names, seen from where the program runs.
pub(in crate::engine) fn beside(rules: &Path, path: &str) -> PathBuf {
    let folder = rules.parent().unwrap_or(Path::new(""));
    tidy(&folder.join(path))
}

fn columns<'a>(source: &'a RawSource<'_>) -> Result<Vec<(&'a str, ColumnOptions)>, Complaint> {
    let options = source
        .columns
        .iter()
        .map(|(name, column)| Ok((&*name.value.0, written(column.unit.as_ref(), column.scale.as_ref())?)));
    options.collect()
}

/// The unit and scale that rules declare; the scale includes what turns weeks into days, and the like.
fn written(
    unit: Option<&Spanned<RawText<'_>>>,
    scale: Option<&Spanned<RawText<'_>>>,
) -> Result<ColumnOptions, Complaint> {
    let complain = |span: Span| move |message: String| Complaint::new(span, message);
    let unit = unit.map(|unit| unit_text::unit(&unit.value).map_err(complain(unit.span))).transpose()?;
    let scale =
        scale.map(|scale| unit_text::scale(&scale.value).map_err(complain(scale.span))).transpose()?;
    let factor = unit.map(|(_, factor)| factor).filter(|factor| *factor != Decimal::ONE);
    let scale = match (scale, factor) {
        (Some(scale), Some(factor)) => scale.checked_mul(factor),
        (scale, factor) => scale.or(factor),
    };
    Ok(ColumnOptions { unit: unit.map(|(unit, _)| unit), scale })
}

fn matched<'a>(value: &'a RawValue<'a>) -> Match<'a> {
    match value {
        RawValue::Number(number) => Match::Number(*number),
        RawValue::Text(text) => Match::Text(std::borrow::Cow::Borrowed(text)),
    }
}

fn table_format(format: RawFormat) -> Format {
    match format {
        RawFormat::Csv => Format::Csv,
        RawFormat::Tsv => Format::Tsv,
        RawFormat::Json => Format::Json,
        RawFormat::Ndjson => Format::Ndjson,
    }
}

fn taken(take: RawTake) -> Take {
    match take {
        RawTake::Sum => Take::Sum,
        RawTake::Count => Take::Count,
        RawTake::Mean => Take::Mean,
        RawTake::Median => Take::Median,
        RawTake::Min => Take::Min,
        RawTake::Max => Take::Max,
    }
}

fn meant(missing: RawMissing) -> MissingRule {
    match missing {
        RawMissing::Error => MissingRule::Error,
        RawMissing::Skip => MissingRule::Skip,
        RawMissing::Zero => MissingRule::Zero,
    }
}
