//! What is said to the server, from the first word to the last row.

use std::pin::pin;
use std::time::Instant;

use futures::TryStreamExt;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error, SimpleQueryMessage};

use super::error::Told;
use super::value::Column;
use crate::source::databases::filling::Filling;
use crate::source::query::{Limits, QueryError, Reply};
use crate::text::nearest;

/// A role that could read or write files of the server, run programs there, or end what others do. A transaction that only
/// reads does not keep a function from any of that, so that such a role is not asked at all. It counts what the role could
/// become, since a query can make it so.
const POWERS: &str = "SELECT r.rolname FROM pg_catalog.pg_roles r \
    WHERE (r.rolsuper OR r.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program', 'pg_signal_backend')) \
    AND pg_catalog.pg_has_role(session_user, r.oid, 'MEMBER') ORDER BY r.rolsuper DESC, r.rolname LIMIT 1";

/// The tables that can be named without a schema.
const TABLES: &str = "SELECT c.relname FROM pg_catalog.pg_class c \
    WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY c.relname LIMIT 5000";

/// Asks the query and takes the rows.
///
/// It is asked three times over. Prepared as it stands, it is one statement, its places are ours, and its columns have types.
/// Declared as a cursor, the server's own grammar makes sure that it is a query, and refuses changes inside of it. Fetched by
/// the simple protocol, its values come as texts, with all digits, as the server writes them.
pub(super) async fn ask(client: &Client, told: &Told<'_>) -> Result<Reply, QueryError> {
    begin(client, told).await.map_err(|error| told.of(&error))?;
    refuse_power(client, told).await?;
    let statement = match client.prepare(told.sql).await {
        Ok(statement) => statement,
        Err(error) => return Err(with_names(told.of(&error), client).await),
    };
    if !statement.params().is_empty() {
        return Err(QueryError::Refused("it has parameters, and nobody to give them a value".to_owned()));
    }
    if statement.columns().is_empty() {
        return Err(QueryError::Refused("it gives no columns".to_owned()));
    }
    let mut filling =
        Filling::new(statement.columns().iter().map(|column| column.name().to_owned()).collect())?;
    let columns: Vec<Column> = statement
        .columns()
        .iter()
        .map(|column| Column::of(column.name(), column.type_()))
        .collect::<Result<_, QueryError>>()?;
    let declared = format!("DECLARE factcheck NO SCROLL CURSOR FOR {}", told.sql);
    client
        .execute_typed(&declared, &[] as &[(&(dyn tokio_postgres::types::ToSql + Sync), Type)])
        .await
        .map_err(|error| told.of_declared(&error))?;
    let fetch = format!("FETCH FORWARD {} FROM factcheck", Limits::ROWS + 1);
    let rows = client.simple_query_raw(&fetch).await.map_err(|error| told.of_running(&error))?;
    let mut rows = pin!(rows);
    while let Some(message) = rows.try_next().await.map_err(|error| told.of_running(&error))? {
        let SimpleQueryMessage::Row(row) = message else { continue };
        if row.len() != columns.len() {
            return Err(told.unreachable("it sends other columns than it announced"));
        }
        let values = columns.iter().enumerate().map(|(at, column)| match row.try_get(at) {
            Ok(text) => column.value(text),
            Err(_) => Err(told.unreachable("it sends text that is not UTF-8")),
        });
        filling.push(values.collect::<Result<_, _>>()?)?;
    }
    Ok(filling.finish())
}

/// Begins a transaction that only reads, whose statements the server itself ends in time, and whose texts have one form.
/// The time zone, the search path and all else are as the server has them for this role.
async fn begin(client: &Client, told: &Told<'_>) -> Result<(), Error> {
    let left = told.deadline.saturating_duration_since(Instant::now()).as_millis().max(1);
    let left = left.min(i32::MAX.unsigned_abs().into());
    client
        .batch_execute(&format!(
            "START TRANSACTION READ ONLY; \
             SET LOCAL statement_timeout = {left}; SET LOCAL lock_timeout = {left}; \
             SET LOCAL idle_in_transaction_session_timeout = {left}; \
             SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601'; \
             SET LOCAL extra_float_digits = 3; SET LOCAL standard_conforming_strings = on"
        ))
        .await
}

async fn refuse_power(client: &Client, told: &Told<'_>) -> Result<(), QueryError> {
    match names(client, POWERS).await.map_err(|error| told.of(&error))?.first() {
        Some(role) => Err(told.privileged(role)),
        None => Ok(()),
    }
}

/// The error, with the most similar table where one is not known.
async fn with_names(mut error: QueryError, client: &Client) -> QueryError {
    if let QueryError::Unknown { what: "table", name, nearest: found, .. } = &mut error {
        // The transaction is over with the error. Without names there is no proposal, and that is all.
        let tables = match client.batch_execute("ROLLBACK").await {
            Ok(()) => names(client, TABLES).await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let last = name.rsplit('.').next().unwrap_or(name);
        *found = nearest(last, tables.iter().map(String::as_str)).map(str::to_owned);
    }
    error
}

/// The first column of a query of ours.
async fn names(client: &Client, sql: &str) -> Result<Vec<String>, Error> {
    let messages = client.simple_query(sql).await?;
    Ok(messages
        .iter()
        .filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.try_get(0).ok().flatten().map(str::to_owned),
            _ => None,
        })
        .collect())
}
