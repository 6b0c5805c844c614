//! A table of texts as a query reads it: its files read, its columns named, and a kind for each.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::catalog::TableProvider;
use datafusion::catalog::streaming::StreamingTable;
use datafusion::physical_plan::streaming::PartitionStream;

use super::clock::{Clock, Timed};
use super::failure::Failure;
use super::names::{Asked, called};
use super::ranges;
use super::scan::{Part, Scanned};
use super::store::{Run, Store};
use super::survey::{Kind, Survey};
use super::texts::{Order, Taken, Texts};
use crate::source::sql::{Place, Relation};
use crate::source::{Format, Input, TableError, TableOptions, reader, workbook};
use crate::system;

/// A source that a query can read.
pub(super) struct Table {
    /// What the engine scans.
    pub(super) provider: Arc<dyn TableProvider>,
    /// Every column, as the source prints it and as queries call it.
    pub(super) columns: Vec<(String, String)>,
}

/// Reads a table of texts, as far as a query asks for it.
pub(super) fn read(
    relation: &Relation<'_>,
    options: &TableOptions<'_>,
    asked: &Asked,
    store: &Arc<Store>,
    clock: &Clock,
) -> Result<Table, Failure> {
    let order = Order {
        asked,
        missing: options.missing,
        has_null: matches!(options.format, Format::Json | Format::Ndjson),
        store: Arc::clone(store),
    };
    let mut files = Vec::with_capacity(relation.places.len());
    for place in &relation.places {
        let parts = file(place, options, &order, clock);
        files.push((name(place), parts.map_err(|error| error.of(relation, place, clock))?));
    }
    let mut columns = Columns::default();
    for (at, (file, parts)) in files.iter().enumerate() {
        for part in parts {
            columns.take(part);
        }
        columns.end_file().map_err(|error| {
            Failure::from(error).of(
                relation,
                relation.places.get(at).unwrap_or(&Place::File(file.into())),
                clock,
            )
        })?;
    }
    let is_several = files.len() > 1;
    Ok(columns.table(files, is_several.then(|| options.file_column.unwrap_or("file"))))
}

/// The parts of a file.
fn file(
    place: &Place,
    options: &TableOptions<'_>,
    order: &Order<'_>,
    clock: &Clock,
) -> Result<Vec<Taken>, Failure> {
    let mut texts = Texts::new(order);
    match place {
        Place::Memory { content, .. } if options.format == Format::Workbook => {
            workbook::read_rows(content, &options.sheet, &mut texts)?;
        }
        Place::Memory { content, .. } => reader::read(Input::Bytes(content), options.format, &mut texts)?,
        Place::File(path) | Place::Folder(path) => {
            if let Some(parts) = ranges::read(path, options.format, order, clock).map_err(TableError::Io)? {
                return Ok(parts);
            }
            let file = system::open(path).map_err(TableError::Io)?;
            let mut input = Timed { inner: BufReader::with_capacity(1 << 18, file), clock: *clock };
            if options.format == Format::Workbook {
                let bytes = reader::whole(&mut input, workbook::LARGEST)?;
                workbook::read_rows(&bytes, &options.sheet, &mut texts)?;
            } else {
                reader::read(Input::Stream(&mut input), options.format, &mut texts)?;
            }
        }
    }
    Ok(vec![texts.finish()?])
}

/// What a file is called in the column for that.
fn name(place: &Place) -> String {
    let (Place::File(path) | Place::Folder(path) | Place::Memory { name: path, .. }) = place;
    path.file_name().unwrap_or(Path::new("").as_os_str()).to_string_lossy().into_owned()
}

/// The columns of all files, by their names.
#[derive(Default)]
struct Columns {
    /// Those of the first file, in order.
    names: Vec<String>,
    /// Those wanted, by their place among the names.
    surveys: BTreeMap<usize, Survey>,
    /// Of the file at hand.
    seen: BTreeSet<String>,
    /// Of the first file.
    first: Option<BTreeSet<String>>,
}

impl Columns {
    fn take(&mut self, part: &Taken) {
        let mut places = Vec::with_capacity(part.names.len());
        let mut known: BTreeMap<(&str, usize), usize> = BTreeMap::new();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, name) in self.names.iter().enumerate() {
            let count = counts.entry(name).or_default();
            known.insert((name, *count), at);
            *count += 1;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut new = Vec::new();
        for name in &part.names {
            let count = counts.entry(name).or_default();
            let place = known.get(&(name.as_str(), *count)).copied();
            places.push(place.unwrap_or_else(|| {
                new.push(name.clone());
                self.names.len() + new.len() - 1
            }));
            *count += 1;
        }
        self.seen.extend(part.names.iter().cloned());
        self.names.extend(new);
        for (at, survey) in &part.columns {
            let Some(place) = places.get(*at) else { continue };
            let known = self.surveys.entry(*place).or_default();
            *known = known.and(survey);
        }
    }

    /// Every file must have the same columns.
    fn end_file(&mut self) -> Result<(), TableError> {
        let names = std::mem::take(&mut self.seen);
        let first = self.first.get_or_insert_with(|| names.clone());
        if *first == names {
            return Ok(());
        }
        let missing = first.difference(&names).cloned().collect();
        Err(TableError::OtherColumns { missing, extra: names.difference(first).cloned().collect() })
    }

    fn table(self, files: Vec<(String, Vec<Taken>)>, file_column: Option<&str>) -> Table {
        let mut names = self.names;
        let file_place = file_column.map(|column| {
            names.push(column.to_owned());
            names.len() - 1
        });
        let calls = called(&names);
        let wanted: Vec<(usize, Kind)> = self
            .surveys
            .iter()
            .map(|(place, survey)| (*place, survey.kind()))
            .chain(file_place.map(|place| (place, Kind::Text)))
            .collect();
        let fields: Vec<Field> = wanted
            .iter()
            .filter_map(|(place, kind)| Some(Field::new(calls.get(*place)?, kind.data_type(), true)))
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let mut parts = Vec::new();
        for (file, taken) in files {
            for Taken { names: own, columns, runs } in taken {
                // Where each wanted column is among those of this part: by name, and of one name by order.
                let kinds = wanted
                    .iter()
                    .map(|(place, kind)| {
                        let at = position(&names, *place, &own);
                        (at.and_then(|at| columns.iter().position(|(column, _)| *column == at)), *kind)
                    })
                    .collect::<Vec<_>>();
                let file = file_place.is_some().then(|| file.clone());
                let kinds = Arc::new(kinds);
                parts.extend(runs.into_iter().map(|run| Part {
                    run: Arc::new(run),
                    kinds: Arc::clone(&kinds),
                    file: file.clone(),
                }));
            }
        }
        let partitions = shares(parts)
            .into_iter()
            .map(|parts| Arc::new(Scanned { schema: Arc::clone(&schema), parts }) as Arc<dyn PartitionStream>)
            .collect();
        #[expect(clippy::expect_used, reason = "every partition has been given this very schema")]
        let provider = StreamingTable::try_new(schema, partitions).expect("partitions of one schema");
        Table { provider: Arc::new(provider), columns: names.into_iter().zip(calls).collect() }
    }
}

/// Where a column of the table is among the names of a part of it.
fn position(names: &[String], place: usize, own: &[String]) -> Option<usize> {
    let name = names.get(place)?;
    let earlier = names.iter().take(place).filter(|other| *other == name).count();
    own.iter().enumerate().filter(|(_, other)| *other == name).nth(earlier).map(|(at, _)| at)
}

/// The parts of a table, shared out among the cores.
fn shares(parts: Vec<Part>) -> Vec<Vec<Part>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut shares: Vec<Vec<Part>> = Vec::new();
    let each = parts.len().div_ceil(cores).max(1);
    for part in parts {
        match shares.last_mut().filter(|share| share.len() < each) {
            Some(share) => share.push(part),
            None => shares.push(vec![part]),
        }
    }
    if shares.is_empty() {
        shares.push(Vec::new());
    }
    shares
}

impl Part {
    /// Whether it lies on disk.
    pub(super) fn is_spilled(&self) -> bool {
        matches!(*self.run, Run::Spilled(_))
    }
}
