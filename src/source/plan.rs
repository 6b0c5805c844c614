//! All requests to one table, met in one pass over its rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::answer::{Answer, Printed};
use super::columns::{ColumnId, Columns};
use super::condition::Fit;
use super::error::{FigureError, TableError};
use super::groups::Groups;
use super::keys::{KeyIndex, Likeness};
use super::place::{RowPlace, Spot};
use super::request::{Request, Select, TableOptions, Take};
use super::row::{Row, trimmed};
use super::sample::Sample;
use super::taker::Taker;
use super::tally::{Reading, Tally};
use super::traps::{RowsSeen, Watch};
use super::workbook::grid::SheetRow;
use super::workbook::{Area, Reference};
use crate::text::Counting;

/// What is asked of a table, and what is known so far.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    options: &'a TableOptions<'a>,
    /// The columns, bound to those of the file as they are met.
    columns: Columns<'a>,
    key: Option<ColumnId>,
    keys: KeyIndex<'a>,
    /// The requests that select by conditions.
    conditional: Vec<usize>,
    takings: Takings<'a>,
    /// Which of the table's files is being read, from 0.
    file: u32,
    /// The names of the columns of the first file, where there may be several.
    names: Option<BTreeSet<String>>,
    sample: Option<Sample>,
    /// How many rows the table has.
    rows: u64,
    /// Whether rows are looked at as a whole, with columns that nothing speaks of.
    is_watching: bool,
}

/// What has been taken for each request.
#[derive(Debug)]
struct Takings<'a> {
    options: &'a TableOptions<'a>,
    requests: &'a [Request<'a>],
    asked: Vec<Asked>,
    tallies: Vec<Tally>,
    seen: RowsSeen,
}

/// The columns of one request.
#[derive(Debug)]
struct Asked {
    /// None for a single cell of a workbook.
    column: Option<ColumnId>,
    conditions: Vec<ColumnId>,
    /// The column of the keys, and what is known by key, for a series.
    series: Option<Box<(ColumnId, Groups)>>,
    /// What is seen of the rows, where there are to be several.
    watch: Option<Box<Watch>>,
}

impl<'a> Plan<'a> {
    /// The plan for some requests; with a sample of values where similar ones are to be told of those not found.
    pub(super) fn new(options: &'a TableOptions<'a>, requests: &'a [Request<'a>], sampled: bool) -> Self {
        let mut columns = Columns::new(options);
        let key = options.key.map(|key| columns.want(key));
        let asked = requests
            .iter()
            .map(|request| {
                if let Select::Cell(_) = request.select {
                    return Asked { column: None, conditions: Vec::new(), series: None, watch: None };
                }
                let column = Some(columns.want(request.column));
                let series = request.group_by.map(|keys| Box::new((columns.want(keys), Groups::default())));
                let watch = Watch::over(request, &mut columns);
                let Select::Where(conditions) = &request.select else {
                    return Asked { column, conditions: Vec::new(), series, watch };
                };
                let conditions = conditions.iter().map(|condition| columns.want(condition.column)).collect();
                Asked { column, conditions, series, watch }
            })
            .collect::<Vec<Asked>>();
        let is_watching = asked.iter().any(|asked| asked.watch.is_some());
        let mut tallies = Vec::with_capacity(requests.len());
        tallies.resize_with(requests.len(), Tally::default);
        let sample = sampled.then(Sample::default);
        let is_conditional = |request: &Request<'_>| matches!(request.select, Select::Where(_));
        let conditional =
            (0..).zip(requests).filter(|(_, request)| is_conditional(request)).map(|(number, _)| number);
        Self {
            options,
            columns,
            key,
            keys: KeyIndex::new(requests),
            conditional: conditional.collect(),
            takings: Takings { options, requests, asked, tallies, seen: RowsSeen::default() },
            file: 0,
            names: None,
            sample,
            rows: 0,
            is_watching,
        }
    }

    /// Begins the next file of a table that is in several; `column` is where its name stands.
    pub(super) fn begin_file(&mut self, number: u32, column: &str, name: &str) {
        self.file = number;
        self.columns.begin_file(column, name);
    }

    /// Ends a file of a table that is in several.
    pub(super) fn end_file(&mut self) -> Result<(), TableError> {
        let names = self.columns.end_file();
        let first = self.names.get_or_insert_with(|| names.clone());
        if *first == names {
            return Ok(());
        }
        let missing = first.difference(&names).cloned().collect();
        Err(TableError::OtherColumns { missing, extra: names.difference(first).cloned().collect() })
    }

    /// The single cells that are asked for, with the numbers of their requests.
    pub(super) fn single_cells(&self) -> Vec<(usize, &'a Reference<'a>)> {
        let cell = |(number, request): (usize, &'a Request<'a>)| match &request.select {
            Select::Cell(cell) => Some((number, cell)),
            _ => None,
        };
        self.takings.requests.iter().enumerate().filter_map(cell).collect()
    }

    /// Whether anything but single cells is asked for.
    pub(super) fn wants_rows(&self) -> bool {
        self.takings.asked.iter().any(|asked| asked.column.is_some()) || self.takings.asked.is_empty()
    }

    /// Takes in the single cell that a request names.
    pub(super) fn cell(&mut self, number: usize, row: SheetRow<'_>, cell: Area) {
        let spot = Spot::in_sheet(self.file, row, cell.left);
        self.takings.add(number, row.text(cell.left), &spot);
    }

    /// Takes in that a single cell is in a row without any.
    pub(super) fn no_cell(&mut self, number: usize, sheet: &Arc<str>, cell: Area) {
        let row = RowPlace { file: self.file, line: cell.top.into(), counting: Counting::Cells };
        let spot = Spot { column: Some(cell.left), sheet: Some(sheet), ..Spot::in_text(row) };
        self.takings.add(number, "", &spot);
    }

    /// What the requests come to, in their order.
    pub(super) fn finish(mut self) -> Result<Vec<Result<Answer, FigureError>>, TableError> {
        if !self.wants_rows() {
            // No row was looked at, and no column.
            let mut tallies = std::mem::take(&mut self.takings.tallies);
            return Ok(tallies
                .iter_mut()
                .enumerate()
                .map(|(number, tally)| self.figure(number, tally, true))
                .collect());
        }
        let unknown = self.columns.unknown_setting().or_else(|| self.columns.complaint(self.key?));
        if let Some(FigureError::UnknownColumn { column, known, nearest }) = unknown {
            return Err(TableError::UnknownColumn { column, known, nearest });
        }
        let mut tallies = std::mem::take(&mut self.takings.tallies);
        let sound = self.columns.are_sound();
        Ok(tallies.iter_mut().enumerate().map(|(number, tally)| self.figure(number, tally, sound)).collect())
    }

    /// Whether a row meets all conditions of a request.
    fn meets(&mut self, number: usize, row: Row<'_>, at: RowPlace) -> bool {
        let (Some(request), Some(asked)) =
            (self.takings.requests.get(number), self.takings.asked.get(number))
        else {
            return false;
        };
        let Select::Where(conditions) = &request.select else { return false };
        let mut all = true;
        let mut open = None;
        for (place, (condition, column)) in conditions.iter().zip(&asked.conditions).enumerate() {
            let text = self.columns.label(*column, row);
            let fit = condition.test.fit(&text);
            match &mut self.sample {
                None if fit == Fit::Unmet => return false,
                None => {}
                Some(sample) if fit == Fit::Met => sample.meet(number, place),
                Some(sample) => sample.keep(*column, &text),
            }
            match fit {
                Fit::Met => {}
                Fit::Unmet => all = false,
                // Another condition may still say that the row is not meant.
                Fit::Missing => open = open.or(Some(None)),
                Fit::Unclear(why) => {
                    let text = Printed::new(trimmed(&text));
                    open = Some(Some(FigureError::Unclear {
                        column: condition.column.to_owned(),
                        at,
                        text,
                        why,
                    }));
                }
            }
        }
        match (open, self.takings.tallies.get_mut(number)) {
            (Some(open), Some(tally)) if all => tally.leave_open(open),
            _ => return all,
        }
        false
    }

    /// What a request comes to; `sound` says that nothing is wrong with any column.
    fn figure(&mut self, number: usize, tally: &mut Tally, sound: bool) -> Result<Answer, FigureError> {
        let Some(request) = self.takings.requests.get(number) else { return Err(FigureError::NoKey) };
        let taken = self.takings.asked.get_mut(number).map(|asked| (asked.series.take(), asked.watch.take()));
        let (series, watch) = taken.unwrap_or_default();
        let Some(asked) = self.takings.asked.get(number) else { return Err(FigureError::NoKey) };
        let key = match &request.select {
            Select::Key(_) | Select::Named(_) => Some(self.key.ok_or(FigureError::NoKey)?),
            Select::Where(_) | Select::Cell(_) => None,
        };
        let keys = series.as_deref().map(|(keys, _)| *keys);
        let mut columns = key.iter().chain(&asked.column).chain(&asked.conditions).chain(&keys);
        if !sound && let Some(complaint) = columns.find_map(|column| self.columns.complaint(*column)) {
            return Err(complaint);
        }
        if let Some(unclear) = tally.unclear.take() {
            return Err(*unclear);
        }
        let column = asked.column.and_then(|column| self.columns.written(column));
        let reading = Reading { request, column, table: self.options };
        let figure = match tally.rows {
            0 if request.take != Take::Count || series.is_some() => Err(FigureError::NoRow {
                condition: self.condition(request),
                nearest: self.nearest(number, request, asked),
                missing: tally.open,
            }),
            1.. if let Some(mut series) = series => {
                series.1.finish(request.group_by.unwrap_or_default(), &reading)
            }
            2.. if request.take == Take::One => Err(FigureError::SeveralRows {
                condition: self.condition(request),
                rows: tally.rows,
                lines: tally.lines(),
            }),
            _ => tally.finish(&reading),
        };
        figure.map(|answer| match watch {
            None => answer,
            Some(watch) => {
                let traps = watch.finish(request, &answer, &self.columns, self.rows);
                Answer { traps, ..answer }
            }
        })
    }

    /// What a request asks of its rows, in words.
    fn condition(&self, request: &Request<'_>) -> String {
        match &request.select {
            Select::Key(key) | Select::Named(key) => {
                format!("`{}` is `{}`", self.options.key.unwrap_or("key"), key.trim())
            }
            Select::Where(conditions) if conditions.is_empty() => "there is no condition".to_owned(),
            Select::Cell(cell) => format!("there is a cell in row {}", cell.area.top),
            Select::Where(conditions) => {
                let words: Vec<String> = conditions.iter().map(ToString::to_string).collect();
                words.join(" and ")
            }
        }
    }

    /// The value most like one that no row has.
    fn nearest(&self, number: usize, request: &Request<'_>, asked: &Asked) -> Option<String> {
        let sample = self.sample.as_ref()?;
        match &request.select {
            Select::Key(key) | Select::Named(key) => sample.nearest(self.key?, key),
            Select::Where(conditions) => {
                let mut unmet = conditions.iter().zip(&asked.conditions).enumerate();
                let (_, (condition, column)) = unmet.find(|(place, _)| !sample.has_met(number, *place))?;
                sample.nearest(*column, &condition.test.value()?)
            }
            Select::Cell(_) => None,
        }
    }
}

impl Taker for Plan<'_> {
    fn column(&mut self, index: usize, printed: &str, late: bool) -> bool {
        self.columns.meet(index, printed, late) || self.is_watching
    }

    fn is_complete(&self) -> bool {
        self.columns.are_complete()
    }

    fn remember(&mut self, printed: &str) {
        self.columns.remember(printed);
    }

    fn row(&mut self, row: Row<'_>, line: u64) {
        self.rows += 1;
        self.takings.seen.next();
        let has_lines = !matches!(row, Row::Sheet(_) | Row::Reply(_));
        let counting = if has_lines { Counting::Lines } else { Counting::Cells };
        let place = RowPlace { file: self.file, line, counting };
        let Self { keys, key, columns, takings, sample, .. } = self;
        if !keys.is_empty()
            && let Some(key) = *key
            && columns.index(key).is_some()
        {
            let text = columns.label(key, row);
            if let Some(sample) = sample {
                sample.keep(key, &text);
            }
            keys.each(trimmed(&text), takings.requests, |number, likeness| {
                takings.take(columns, number, Some(likeness), row, place);
            });
        }
        for at in 0..self.conditional.len() {
            if let Some(&number) = self.conditional.get(at)
                && self.meets(number, row, place)
            {
                self.takings.take(&self.columns, number, None, row, place);
            }
        }
    }
}

impl Takings<'_> {
    /// Takes in the cell of a row that a request selects.
    fn take(
        &mut self,
        columns: &Columns<'_>,
        number: usize,
        likeness: Option<Likeness>,
        row: Row<'_>,
        place: RowPlace,
    ) {
        let (Some(request), Some(asked), Some(tally)) =
            (self.requests.get(number), self.asked.get_mut(number), self.tallies.get_mut(number))
        else {
            return;
        };
        if likeness != tally.likeness {
            if likeness < tally.likeness {
                return;
            }
            if tally.likeness.is_some() {
                *tally = Tally::default();
            }
            tally.likeness = likeness;
        }
        let Some(id) = asked.column else { return };
        let text = columns.text(id, row);
        let spot = match (row, columns.index(id).map(u32::try_from)) {
            (Row::Sheet(row), Some(Ok(column))) => Spot::in_sheet(place.file, row, column),
            _ => Spot::in_text(place),
        };
        let reading = Reading { request, column: columns.written(id), table: self.options };
        if let Some(watch) = &mut asked.watch {
            let repeated = self.seen.repeated(row, place);
            watch.row(row, &spot, trimmed(&text), repeated, columns);
        }
        match asked.series.as_deref_mut() {
            None => tally.add(trimmed(&text), &spot, &reading),
            Some((keys, groups)) => {
                let key = columns.label(*keys, row);
                let column = request.group_by.unwrap_or_default();
                groups.add(column, trimmed(&key), trimmed(&text), &spot, &reading);
                tally.rows += 1;
            }
        }
    }

    /// Adds a single cell of a workbook to what has been taken for a request.
    fn add(&mut self, number: usize, text: &str, spot: &Spot<'_>) {
        if let (Some(request), Some(tally)) = (self.requests.get(number), self.tallies.get_mut(number)) {
            tally.add(trimmed(text), spot, &Reading { request, column: None, table: self.options });
        }
    }
}
