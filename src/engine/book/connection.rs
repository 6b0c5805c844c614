//! The databases that sources name.

use std::path::PathBuf;

use super::Desk;
use super::fetch::{beside, is_path, refused_at};
use crate::claim::{Complaint, RawText, Spanned};
use crate::engine::names::SourceDefinition;
use crate::source::databases::{Database, has_password, is_postgres, without_password};

impl Desk<'_> {
    /// The database that a source names, and how messages name it.
    pub(super) fn database(
        &self,
        source: SourceDefinition<'_>,
        named: &Spanned<RawText<'_>>,
    ) -> Result<(Database, PathBuf), Complaint> {
        let refuse = |message: String| Complaint::new(named.span, message);
        let text = named.value.trim();
        if text.contains("://") {
            if !is_postgres(text) {
                let message = format!("the source `{}`: no such kind of database", source.name);
                return Err(refuse(message)
                    .help("write \"postgres://user@host/name\", or the path of a file of SQLite"));
            }
            if has_password(text) {
                let message = format!("the source `{}` has a password in its rule file", source.name);
                return Err(refuse(message).help(
                    "take the connection from the environment: database = \"desk\" reads FACTCHECK_DATABASE_DESK",
                ));
            }
            return Ok((Database::Postgres(text.to_owned()), PathBuf::from(text)));
        }
        if is_path(text) {
            let path = beside(&source.file.path, text);
            let place = self.root.place(self.system, &path);
            let place = place.map_err(|refused| refused_at(named.span, &path, &refused))?;
            return Ok((Database::Sqlite(place), path));
        }
        let variable = format!("FACTCHECK_DATABASE_{}", text.to_ascii_uppercase().replace('-', "_"));
        let connection = self.system.variable(&variable).filter(|connection| !connection.trim().is_empty());
        let connection = connection.ok_or_else(|| {
            let message = format!("the source `{}`: the connection of `{text}` is not known", source.name);
            refuse(message).help(format!(
                "set {variable} to it, as in postgres://user:password@host/name; a file of SQLite is written with its ending"
            ))
        })?;
        Ok(if is_postgres(&connection) {
            let shown = PathBuf::from(without_password(&connection));
            (Database::Postgres(connection), shown)
        } else {
            (Database::Sqlite(PathBuf::from(&connection)), PathBuf::from(&connection))
        })
    }
}
