//! The databases that sources name.

use std::path::PathBuf;

use super::Desk;
use super::beside::{beside, is_path};
use super::reading::refused_at;
use crate::claim::{Complaint, RawText, Spanned};
use crate::engine::names::SourceDefinition;
use crate::source::databases::{
    Database, has_password, is_postgres, password_from, with_password, without_password,
};

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
            // Whoever writes a rule file may name any host: it gets only the password that is kept for that host.
            let password = self.password_file().and_then(|file| password_from(&file, text));
            let url = password.map_or_else(|| text.to_owned(), |password| with_password(text, &password));
            return Ok((Database::Postgres(url), PathBuf::from(without_password(text))));
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
        if !is_postgres(&connection) {
            return Ok((Database::Sqlite(PathBuf::from(&connection)), PathBuf::from(&connection)));
        }
        let shown = PathBuf::from(without_password(&connection));
        let password = || {
            let own = self.system.variable("PGPASSWORD").filter(|password| !password.is_empty());
            own.or_else(|| password_from(&self.password_file()?, &connection))
        };
        let password = if has_password(&connection) { None } else { password() };
        let url =
            password.map_or_else(|| connection.clone(), |password| with_password(&connection, &password));
        Ok((Database::Postgres(url), shown))
    }

    /// The passwords that are kept for `PostgreSQL`, where its own programs look for them.
    fn password_file(&self) -> Option<String> {
        let named = self.system.variable("PGPASSFILE").map(PathBuf::from);
        let path = named.or_else(|| Some(PathBuf::from(self.system.variable("HOME")?).join(".pgpass")))?;
        let mut bytes = Vec::new();
        self.system.read(&path, &mut bytes).ok()?;
        String::from_utf8(bytes).ok()
    }
}
