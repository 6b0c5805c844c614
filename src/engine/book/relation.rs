//! Sources as the tables of a query.

use std::path::Path;

use super::Desk;
use super::beside::beside;
use super::described::{columns, table_format, table_options};
use super::files::{PatternError, is_pattern};
use super::reading::refused_at;
use crate::claim::{Complaint, RawFormat};
use crate::engine::names::SourceDefinition;
use crate::engine::root::Refused;
use crate::source::ColumnOptions;
use crate::source::sql::{Layout, Place, Relation};
use crate::system::Kind;

/// A source, and what it says of its columns.
pub(super) struct Described<'a> {
    source: SourceDefinition<'a>,
    columns: Vec<(&'a str, ColumnOptions)>,
}

impl<'a> Described<'a> {
    pub(super) fn of(source: SourceDefinition<'a>) -> Result<Self, Complaint> {
        Ok(Self { source, columns: columns(source.raw)? })
    }

    /// How it is written down.
    fn layout(&self) -> Result<Layout<'_>, Complaint> {
        let raw = self.source.raw;
        if let Some(layout) =
            packed_by_column(raw.format.as_ref().map(|format| format.value), raw.file_name())
        {
            return Ok(layout);
        }
        let Some(format) = table_format(raw) else {
            let message = format!("the source `{}` is no table that can be read", self.source.name);
            let place = raw.file.as_ref().map_or(self.source.name_span, |file| file.span);
            return Err(Complaint::new(place, message)
                .help("say what it is: format = \"csv\", or \"parquet\" for a folder of such files"));
        };
        table_options(raw, format, &self.columns).map(Layout::Table)
    }
}

/// Formats that SQL alone reads; `None` for others.
pub(super) fn packed_by_column<'a>(format: Option<RawFormat>, name: &str) -> Option<Layout<'a>> {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match (format, ending.to_ascii_lowercase().as_str()) {
        (Some(RawFormat::Parquet), _) | (None, "parquet") => Some(Layout::Parquet),
        (Some(RawFormat::Arrow), _) | (None, "arrow" | "feather") => Some(Layout::Arrow),
        _ => None,
    }
}

impl Desk<'_> {
    /// A source as a table of the engine.
    pub(super) fn relation<'d>(&self, described: &'d Described<'_>) -> Result<Relation<'d>, Complaint> {
        let source = described.source;
        let Some(file) = &source.raw.file else {
            let (place, help) = match &source.raw.database {
                Some(database) => {
                    (database.span, format!("let the database run the query: source = \"{}\"", source.name))
                }
                None => {
                    (source.name_span, "name its table: file = \"…\", relative to this rule file".to_owned())
                }
            };
            let message = format!("the source `{}` has no file that could be queried", source.name);
            return Err(Complaint::new(place, message).help(help));
        };
        let layout = described.layout()?;
        let path = beside(&source.file.path, &file.value);
        let refuse = |refused: &Refused| refused_at(file.span, &path, refused);
        if self.system.kind(&path) == Some(Kind::Folder) {
            let place = self.root.place(self.system, &path).map_err(|refused| refuse(&refused))?;
            return Ok(Relation { name: source.name, places: vec![Place::Folder(place)], layout });
        }
        let files = if is_pattern(&file.value) {
            self.fitting(&path).map_err(|error| match error {
                PatternError::Refused(refused) => refuse(&refused),
                error => Complaint::new(file.span, error.to_string()),
            })?
        } else {
            vec![path.clone()]
        };
        let places = files
            .iter()
            .map(|path| self.place(path).map_err(|refused| refused_at(file.span, path, &refused)));
        Ok(Relation { name: source.name, places: places.collect::<Result<_, _>>()?, layout })
    }

    /// Where a file of the project is read from.
    fn place(&self, path: &Path) -> Result<Place, Refused> {
        if self.system.is_on_disk(path) {
            return self.root.place(self.system, path).map(Place::File);
        }
        let mut content = Vec::new();
        self.root.read_up_to(self.system, path, crate::system::LARGEST, &mut content)?;
        Ok(Place::Memory { name: path.to_owned(), content: content.into() })
    }
}
