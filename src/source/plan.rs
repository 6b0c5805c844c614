//! All requests to one table, met in one pass over its rows.

use super::answer::{Answer, Printed};
use super::columns::{ColumnId, Columns};
use super::condition::Fit;
use super::error::{FigureError, TableError};
use super::groups::Groups;
use super::keys::{KeyIndex, Likeness};
use super::request::{Request, Select, TableOptions, Take};
use super::row::{Row, trimmed};
use super::sample::Sample;
use super::tally::{Reading, Tally};
use super::traps::{RowsSeen, Watch};

/// What is asked of a table, and what is known so far.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    options: &'a TableOptions<'a>,
    /// The columns, which the format binds to those of the file.
    pub(super) columns: Columns<'a>,
    key: Option<ColumnId>,
    keys: KeyIndex<'a>,
    /// The requests that select by conditions.
    conditional: Vec<usize>,
    takings: Takings<'a>,
    sample: Option<Sample>,
    /// How many rows the table has.
    rows: u64,
    /// Whether rows are looked at as a whole, with columns that nothing speaks of.
    pub(super) is_watching: bool,
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
    column: ColumnId,
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
                let column = columns.want(request.column);
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
            sample,
            rows: 0,
            is_watching,
        }
    }

    /// Takes in one row, which begins on `line`.
    pub(super) fn row(&mut self, row: Row<'_>, line: u64) {
        self.rows += 1;
        self.takings.seen.next();
        if !self.keys.is_empty()
            && let Some(key) = self.key
            && let Some(index) = self.columns.index(key)
        {
            let text = row.text(index);
            if let Some(sample) = &mut self.sample {
                sample.keep(key, &text);
            }
            let Self { keys, columns, takings, .. } = self;
            keys.each(trimmed(&text), takings.requests, |number, likeness| {
                takings.take(columns, number, Some(likeness), row, line);
            });
        }
        for place in 0..self.conditional.len() {
            if let Some(&number) = self.conditional.get(place)
                && self.meets(number, row, line)
            {
                self.takings.take(&self.columns, number, None, row, line);
            }
        }
    }

    /// What the requests come to, in their order.
    pub(super) fn finish(mut self) -> Result<Vec<Result<Answer, FigureError>>, TableError> {
        let unknown = self.columns.unknown_setting().or_else(|| self.columns.complaint(self.key?));
        if let Some(FigureError::UnknownColumn { column, known, nearest }) = unknown {
            return Err(TableError::UnknownColumn { column, known, nearest });
        }
        let mut tallies = std::mem::take(&mut self.takings.tallies);
        let sound = self.columns.are_sound();
        Ok(tallies.iter_mut().enumerate().map(|(number, tally)| self.figure(number, tally, sound)).collect())
    }

    /// Whether a row meets all conditions of a request.
    fn meets(&mut self, number: usize, row: Row<'_>, line: u64) -> bool {
        let (Some(request), Some(asked)) =
            (self.takings.requests.get(number), self.takings.asked.get(number))
        else {
            return false;
        };
        let Select::Where(conditions) = &request.select else { return false };
        let mut all = true;
        let mut open = None;
        for (place, (condition, column)) in conditions.iter().zip(&asked.conditions).enumerate() {
            let text = self.columns.index(*column).map(|index| row.text(index)).unwrap_or_default();
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
                        line,
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
            Select::Where(_) => None,
        };
        let keys = series.as_deref().map(|(keys, _)| *keys);
        let mut columns = key.iter().chain([&asked.column]).chain(&asked.conditions).chain(&keys);
        if !sound && let Some(complaint) = columns.find_map(|column| self.columns.complaint(*column)) {
            return Err(complaint);
        }
        if let Some(unclear) = tally.unclear.take() {
            return Err(*unclear);
        }
        let column = self.columns.written(asked.column);
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
        line: u64,
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
        let text = columns.index(asked.column).map(|index| row.text(index)).unwrap_or_default();
        let column = columns.written(asked.column);
        let reading = Reading { request, column, table: self.options };
        if let Some(watch) = &mut asked.watch {
            let repeated = self.seen.repeated(row, line);
            watch.row(row, line, trimmed(&text), repeated, columns);
        }
        match asked.series.as_deref_mut() {
            None => tally.add(trimmed(&text), line, &reading),
            Some((keys, groups)) => {
                let key = columns.index(*keys).map(|index| row.text(index)).unwrap_or_default();
                groups.add(
                    request.group_by.unwrap_or_default(),
                    trimmed(&key),
                    trimmed(&text),
                    line,
                    &reading,
                );
                tally.rows += 1;
            }
        }
    }
}
