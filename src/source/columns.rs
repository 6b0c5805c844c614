//! The columns that requests speak of, and where a table has them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::error::FigureError;
use super::name;
use super::request::{ColumnOptions, TableOptions};
use super::row::{Row, trimmed};
use crate::text::nearest;

/// The number of a column that something speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ColumnId(usize);

/// Every column that the rules speak of, each once.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    wanted: Vec<Wanted<'a>>,
    /// How many of them, from the first, the options name.
    set: usize,
    /// The first names of the table, for messages.
    known: Vec<String>,
    /// Every name of the file at hand, where files must have the same.
    names: Option<BTreeSet<String>>,
    /// The name of the file at hand, where a column has that.
    file: Option<String>,
}

#[derive(Debug)]
struct Wanted<'a> {
    name: &'a str,
    bound: Bound,
    written: ColumnOptions,
}

/// Where the table has a column.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bound {
    Nowhere,
    /// At this index, under this very name, or under another that it is in snake case.
    At {
        index: usize,
        other_name: Option<String>,
    },
    Several(Vec<String>),
}

/// Where the file's name stands: in no column of the file itself.
const FILE: usize = usize::MAX - 1;
/// How many names of a table are told.
const TOLD: usize = 12;
/// How many are searched for a similar one.
const KNOWN: usize = 1000;

impl<'a> Columns<'a> {
    /// With the columns that the options name.
    pub(super) fn new(options: &TableOptions<'a>) -> Self {
        let mut columns =
            Self { wanted: Vec::with_capacity(4), set: 0, known: Vec::new(), names: None, file: None };
        for (name, written) in options.columns {
            let ColumnId(id) = columns.want(name);
            if let Some(wanted) = columns.wanted.get_mut(id) {
                wanted.written = *written;
            }
        }
        columns.set = columns.wanted.len();
        columns
    }

    /// The number of a column; the same for the same name.
    pub(super) fn want(&mut self, name: &'a str) -> ColumnId {
        let name = trimmed(name);
        let known = self.wanted.iter().position(|wanted| wanted.name == name);
        ColumnId(known.unwrap_or_else(|| {
            self.wanted.push(Wanted { name, bound: Bound::Nowhere, written: ColumnOptions::default() });
            self.wanted.len() - 1
        }))
    }

    /// Begins the next file of a table that is in several: columns may stand elsewhere there. Its name stands in a column, too.
    pub(super) fn begin_file(&mut self, column: &str, name: &str) {
        self.wanted.iter_mut().for_each(|wanted| wanted.bound = Bound::Nowhere);
        self.names = None;
        self.meet(FILE, column, false);
        self.remember(column);
        self.names = Some(BTreeSet::new());
        self.file = Some(name.to_owned());
    }

    /// Every name that the file at hand has.
    pub(super) fn end_file(&mut self) -> BTreeSet<String> {
        self.names.take().unwrap_or_default()
    }

    /// The text of a row in a column, as it says which row it is.
    pub(super) fn label<'r>(&'r self, id: ColumnId, row: Row<'r>) -> Cow<'r, str> {
        match self.index(id) {
            Some(FILE) => self.file.as_deref().unwrap_or_default().into(),
            Some(index) => row.label(index),
            None => Cow::default(),
        }
    }

    /// The text of a row in a column, as a figure takes it.
    pub(super) fn text<'r>(&'r self, id: ColumnId, row: Row<'r>) -> Cow<'r, str> {
        match self.index(id) {
            Some(FILE) => self.file.as_deref().unwrap_or_default().into(),
            Some(index) => row.text(index),
            None => Cow::default(),
        }
    }

    /// Takes notice of the column of the table at `index`, and says whether it is one that something speaks of. `late`
    /// says that rows without it have been read already.
    pub(super) fn meet(&mut self, index: usize, printed: &str, late: bool) -> bool {
        let printed = trimmed(printed);
        if let Some(names) = &mut self.names {
            names.insert(printed.to_owned());
        }
        let mut is_wanted = false;
        for wanted in &mut self.wanted {
            is_wanted |= wanted.meet(index, printed, late);
        }
        is_wanted
    }

    /// Keeps a name of the table for messages.
    pub(super) fn remember(&mut self, printed: &str) {
        if self.known.len() < KNOWN {
            self.known.push(clipped(printed.trim()));
        }
    }

    /// Whether the table has every column, in one place or several.
    pub(super) fn are_complete(&self) -> bool {
        self.wanted.iter().all(|wanted| wanted.bound != Bound::Nowhere)
    }

    /// What is wrong with the columns that the options name, besides being there several times.
    pub(super) fn unknown_setting(&self) -> Option<FigureError> {
        (0..self.set)
            .map(ColumnId)
            .filter_map(|id| self.complaint(id))
            .find(|complaint| matches!(complaint, FigureError::UnknownColumn { .. }))
    }

    /// Where the table has a column, if it is in one place.
    pub(super) fn index(&self, ColumnId(id): ColumnId) -> Option<usize> {
        match &self.wanted.get(id)?.bound {
            Bound::At { index, .. } => Some(*index),
            Bound::Nowhere | Bound::Several(_) => None,
        }
    }

    /// A column as the table names it, or as the rules do where that is the same.
    pub(super) fn printed(&self, ColumnId(id): ColumnId) -> &str {
        self.wanted.get(id).map_or("", |wanted| match &wanted.bound {
            Bound::At { other_name: Some(name), .. } => name,
            _ => wanted.name,
        })
    }

    /// What the options say of how a column is written, by whichever name they call it.
    pub(super) fn written(&self, id: ColumnId) -> Option<&ColumnOptions> {
        let settings = self.wanted.get(..self.set).filter(|settings| !settings.is_empty())?;
        let index = self.index(id)?;
        let is_there =
            |wanted: &&Wanted<'_>| matches!(wanted.bound, Bound::At { index: at, .. } if at == index);
        settings.iter().find(is_there).map(|wanted| &wanted.written)
    }

    /// Whether nothing is wrong with any column.
    pub(super) fn are_sound(&self) -> bool {
        self.wanted.iter().all(|wanted| matches!(wanted.bound, Bound::At { .. }))
    }

    /// What is wrong with a column.
    pub(super) fn complaint(&self, ColumnId(id): ColumnId) -> Option<FigureError> {
        let wanted = self.wanted.get(id)?;
        let column = wanted.name.to_owned();
        match &wanted.bound {
            Bound::At { .. } => None,
            Bound::Several(found) => Some(FigureError::SeveralColumns { column, found: found.clone() }),
            Bound::Nowhere => Some(FigureError::UnknownColumn {
                nearest: nearest(&column, self.known.iter().map(String::as_str)).map(str::to_owned),
                column,
                known: self.known.iter().take(TOLD).cloned().collect(),
            }),
        }
    }
}

impl Wanted<'_> {
    fn meet(&mut self, index: usize, printed: &str, late: bool) -> bool {
        let exact = self.name == printed;
        if !exact && !name::names(self.name, printed) {
            return false;
        }
        match &mut self.bound {
            Bound::Nowhere => {
                self.bound = Bound::At { index, other_name: (!exact).then(|| clipped(printed)) };
            }
            Bound::At { other_name: None, .. } if !exact => {}
            // Unless rows have been read by the other name, the very name goes before one in snake case.
            Bound::At { other_name: Some(_), .. } if exact && !late => {
                self.bound = Bound::At { index, other_name: None };
            }
            Bound::At { other_name, .. } => {
                let first = other_name.take().unwrap_or_else(|| clipped(self.name));
                self.bound = Bound::Several(vec![first, clipped(printed)]);
            }
            // The very name goes before several in snake case, too.
            Bound::Several(found) if exact && !late && found.iter().all(|other| other != printed) => {
                self.bound = Bound::At { index, other_name: None };
            }
            Bound::Several(found) if found.len() < TOLD => found.push(clipped(printed)),
            Bound::Several(_) => {}
        }
        true
    }
}

/// A name of the table, short enough for a message.
fn clipped(name: &str) -> String {
    name.chars().take(60).collect()
}
