//! What a statement may do, and how much it may take. <https://www.sqlite.org/security.html>

use std::time::Instant;

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, Result};

use crate::source::query::Limits;

/// After how many steps of the database's machine the time is looked at: every few microseconds.
const STEPS: i32 = 1000;

/// What is never called, whoever calls it: what loads code, or takes bytes for an address.
const DANGEROUS: [&str; 2] = ["load_extension", "fts3_tokenizer"];

/// Sets all bounds; after that, the connection runs queries and nothing else.
pub(super) fn set(connection: &mut Connection, limits: &Limits, deadline: Instant) -> Result<()> {
    connection.progress_handler(STEPS, Some(move || Instant::now() >= deadline))?;
    for (setting, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        // Without this, a column that does not exist is a text, and no error, where its name is in double quotes.
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
    ] {
        connection.set_db_config(setting, value)?;
    }
    let longest = i32::try_from(Limits::BYTES).unwrap_or(i32::MAX);
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, longest),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_COLUMN, 2_000),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 200),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 100),
        (Limit::SQLITE_LIMIT_VDBE_OP, 100_000),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 64),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, most)?;
    }
    // What is sorted and grouped stays in memory, so that its bound is the bound of all that a query takes. It is one bound
    // for all queries that run at once, and can only be lowered.
    connection.pragma_update(None, "hard_heap_limit", i64::try_from(limits.memory).unwrap_or(i64::MAX))?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.authorizer(Some(allow))
}

/// Allows what a query does by itself: to select, to read, to call, to recur.
fn allow(context: AuthContext<'_>) -> Authorization {
    let is_allowed = match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => {
            !DANGEROUS.iter().any(|dangerous| dangerous.eq_ignore_ascii_case(function_name))
        }
        // Tables for the search of words ask whether somebody has written. It says a number, and sets nothing.
        AuthAction::Pragma { pragma_name, pragma_value: None } => pragma_name == "data_version",
        _ => false,
    };
    if is_allowed { Authorization::Allow } else { Authorization::Deny }
}
