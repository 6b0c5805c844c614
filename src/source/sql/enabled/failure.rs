//! What goes wrong, in the words of queries.

use datafusion::arrow::error::ArrowError;
use datafusion::common::SchemaError;
use datafusion::error::DataFusionError;
use datafusion::parquet::errors::ParquetError;

use super::clock::Clock;
use super::statement::byte_of;
use crate::source::TableError;
use crate::source::query::QueryError;
use crate::source::sql::{Place, Relation};
use crate::text::nearest;

/// What went wrong while a query was run.
#[derive(Debug, thiserror::Error)]
pub(in crate::source) enum Failure {
    /// Known already.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A table of texts.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The engine.
    #[error(transparent)]
    Engine(#[from] DataFusionError),
}

impl Failure {
    /// The same, of a file of a source.
    pub(super) fn of(self, relation: &Relation<'_>, place: &Place, clock: &Clock) -> Self {
        match self {
            Self::Table(TableError::Io(_)) if clock.is_up() => QueryError::TooSlow(clock.time).into(),
            Self::Table(error) => {
                let (Place::File(path) | Place::Folder(path) | Place::Memory { name: path, .. }) = place;
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                let help = error.help().map(|help| format!("; {help}")).unwrap_or_default();
                QueryError::Unreadable(format!("source `{}`, {name}: {error}{help}", relation.name)).into()
            }
            other => other,
        }
    }

    /// What is told of it. `columns` are those that the query can name.
    pub(super) fn told(self, sql: &str, columns: &[&str], clock: &Clock) -> QueryError {
        match self {
            Self::Query(error) => error,
            Self::Table(error) => QueryError::Unreadable(error.to_string()),
            Self::Engine(error) if clock.is_up() && is_io(&error) => QueryError::TooSlow(clock.time),
            Self::Engine(error) => of_engine(&error, sql, columns, None),
        }
    }
}

fn is_io(error: &DataFusionError) -> bool {
    matches!(error.find_root(), DataFusionError::IoError(_))
}

/// That a function is given what it takes nothing of. The engine lists all that it would take.
fn of_signature(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("Function '")?;
    let (function, rest) = rest.split_once("' failed to match any signature")?;
    let (_, received) = rest.split_once("but received ")?;
    let of = if received.starts_with("String") { "texts" } else { "what stands there" };
    Some(format!("`{function}` cannot be taken of {of}"))
}

/// An error of the engine's, of which only the innermost says anything to people.
fn of_engine(error: &DataFusionError, sql: &str, columns: &[&str], at: Option<usize>) -> QueryError {
    let wrong = |message: &str| {
        let message = of_signature(message).unwrap_or_else(|| first_line(message));
        QueryError::Wrong { message, at }
    };
    match error {
        DataFusionError::Diagnostic(diagnostic, inner) => {
            let at = diagnostic.span.and_then(|span| byte_of(sql, span.start.line, span.start.column)).or(at);
            of_engine(inner, sql, columns, at)
        }
        DataFusionError::Context(_, inner) => of_engine(inner, sql, columns, at),
        DataFusionError::Shared(inner) => of_engine(inner, sql, columns, at),
        DataFusionError::Collection(all) => match all.first() {
            Some(first) => of_engine(first, sql, columns, at),
            None => wrong("the engine failed and does not say why"),
        },
        DataFusionError::External(inner) => match (inner.downcast_ref(), inner.downcast_ref()) {
            (Some(error), _) => QueryError::clone(error),
            (_, Some(error)) => of_engine(error, sql, columns, at),
            _ => wrong(&inner.to_string()),
        },
        DataFusionError::ArrowError(inner, _) => of_arrow(inner, sql, columns, at),
        DataFusionError::ParquetError(inner) => of_parquet(inner),
        DataFusionError::ObjectStore(inner) => QueryError::Unreadable(first_line(&inner.to_string())),
        DataFusionError::IoError(inner) if inner.kind() == std::io::ErrorKind::StorageFull => {
            QueryError::TooLarge("there is no more room on the disk".to_owned())
        }
        DataFusionError::IoError(inner) => QueryError::Unreadable(inner.to_string()),
        DataFusionError::ResourcesExhausted(message) => QueryError::TooLarge(first_line(message)),
        DataFusionError::SchemaError(inner, _) => match inner.as_ref() {
            SchemaError::FieldNotFound { field, .. } => {
                let known = columns.iter().copied();
                QueryError::Unknown {
                    what: "column",
                    name: field.name.clone(),
                    nearest: nearest(&field.name, known).map(str::to_owned),
                    at,
                }
            }
            SchemaError::AmbiguousReference { field } => wrong(&format!(
                "`{}` is a column of several tables: say which, as in table.{}",
                field.name, field.name
            )),
            SchemaError::DuplicateQualifiedField { name, .. }
            | SchemaError::DuplicateUnqualifiedField { name } => QueryError::SameName(name.clone()),
        },
        DataFusionError::Execution(message) if is_overflow(message) => too_many(message),
        DataFusionError::Plan(message)
        | DataFusionError::Execution(message)
        | DataFusionError::NotImplemented(message)
        | DataFusionError::Configuration(message) => wrong(message),
        other => wrong(&other.strip_backtrace()),
    }
}

fn of_arrow(error: &ArrowError, sql: &str, columns: &[&str], at: Option<usize>) -> QueryError {
    let wrong = |message: String| QueryError::Wrong { message, at };
    match error {
        ArrowError::DivideByZero => wrong("division by zero".to_owned()),
        ArrowError::ArithmeticOverflow(message) => too_many(message),
        ArrowError::InvalidArgumentError(message)
        | ArrowError::ComputeError(message)
        | ArrowError::CastError(message)
            if is_overflow(message) =>
        {
            too_many(message)
        }
        ArrowError::ExternalError(inner) => match inner.downcast_ref() {
            Some(error) => of_engine(error, sql, columns, at),
            None => wrong(first_line(&inner.to_string())),
        },
        ArrowError::CastError(message)
        | ArrowError::ComputeError(message)
        | ArrowError::InvalidArgumentError(message) => wrong(first_line(message)),
        ArrowError::ParquetError(message)
        | ArrowError::IpcError(message)
        | ArrowError::ParseError(message) => QueryError::Unreadable(first_line(message)),
        other => wrong(first_line(&other.to_string())),
    }
}

fn of_parquet(error: &ParquetError) -> QueryError {
    QueryError::Unreadable(format!("no Parquet that can be read: {}", first_line(&error.to_string())))
}

/// Whether a number grew past what can be kept.
fn is_overflow(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    ["overflow", "too large to store", "exceed max scale", "is too large", "precision"]
        .iter()
        .any(|word| message.contains(word))
}

fn too_many(message: &str) -> QueryError {
    // The number itself, where the engine tells it.
    let number = message.split(|next: char| !(next.is_ascii_digit() || next == '-' || next == '.'));
    let longest = number.max_by_key(|digits| digits.len()).filter(|digits| digits.len() > 9);
    QueryError::TooManyDigits(longest.unwrap_or("that comes out").to_owned())
}

fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let mut line: String = line.chars().take(300).collect();
    if let Some(first) = line.get(..1).map(str::to_ascii_lowercase)
        && !line.get(1..2).is_some_and(|second| second.chars().all(char::is_uppercase))
    {
        line.replace_range(..1, &first);
    }
    line.trim_end_matches('.').to_owned()
}
