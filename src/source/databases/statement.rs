//! The first look at a statement: whether it is one that reads. Databases look again, and know better.

use crate::source::query::QueryError;

/// Whose comments they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `/* */` ends at the first `*/`, or with the text.
    Sqlite,
    /// `/* /* */ */` nests; a statement may begin with a parenthesis.
    Postgres,
}

/// Refuses what does not begin as a query does. That it is a single one, and that it only reads, is left to the database,
/// which has the grammar for it.
pub(super) fn check(sql: &str, dialect: Dialect) -> Result<(), QueryError> {
    if sql.contains('\0') {
        return Err(QueryError::Refused("it holds a zero byte".to_owned()));
    }
    let mut rest = after_comments(sql, dialect);
    if dialect == Dialect::Postgres {
        while let Some(inner) = rest.strip_prefix('(') {
            rest = after_comments(inner, dialect);
        }
    }
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let word = rest.get(..end).unwrap_or_default().to_ascii_uppercase();
    match word.as_str() {
        "SELECT" | "WITH" | "VALUES" => Ok(()),
        "TABLE" if dialect == Dialect::Postgres => Ok(()),
        "" if rest.is_empty() || rest.starts_with(';') => Err(QueryError::Refused("it is empty".to_owned())),
        "" => Err(QueryError::Refused("it does not begin with SELECT or WITH".to_owned())),
        _ => Err(QueryError::Refused(format!(
            "it begins with {}, which is no query",
            word.chars().take(20).collect::<String>()
        ))),
    }
}

/// The text from its first character that is neither space nor comment.
fn after_comments(mut sql: &str, dialect: Dialect) -> &str {
    loop {
        sql = sql.trim_start_matches(['\u{feff}', ' ', '\t', '\n', '\r', '\x0b', '\x0c']);
        sql = if let Some(line) = sql.strip_prefix("--") {
            line.split_once('\n').map_or("", |(_, rest)| rest)
        } else if let Some(block) = sql.strip_prefix("/*") {
            after_block(block, dialect)
        } else {
            return sql;
        };
    }
}

/// What follows a comment whose beginning is taken off.
fn after_block(mut block: &str, dialect: Dialect) -> &str {
    let mut depth = 1_usize;
    while let Some(at) = block.find(['*', '/']) {
        let mark = block.get(at..).unwrap_or_default();
        if let Some(rest) = mark.strip_prefix("*/") {
            depth -= 1;
            if depth == 0 {
                return rest;
            }
            block = rest;
        } else if let Some(rest) = mark.strip_prefix("/*").filter(|_| dialect == Dialect::Postgres) {
            depth += 1;
            block = rest;
        } else {
            block = mark.get(1..).unwrap_or_default();
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_pass_and_all_else_is_named() {
        for sql in ["select 1", " -- why\n/* and */ WITH a AS (SELECT 1) SELECT * FROM a;", "VALUES (1)"] {
            assert_eq!(check(sql, Dialect::Sqlite), Ok(()), "{sql}");
            assert_eq!(check(sql, Dialect::Postgres), Ok(()), "{sql}");
        }
        assert_eq!(check("/* /* */ */ (/**/(TABLE a))", Dialect::Postgres), Ok(()));
        for sql in [
            "",
            " ; ",
            "-- only\n",
            "/* open",
            "DELETE FROM a",
            "pragma user_version",
            "/* /* */ */ SELECT 1",
            "SELECTED",
            "select\0",
        ] {
            assert!(matches!(check(sql, Dialect::Sqlite), Err(QueryError::Refused(_))), "{sql}");
        }
        let refused = check("explain select 1", Dialect::Postgres).unwrap_err();
        assert_eq!(refused.to_string(), "this query is not run: it begins with EXPLAIN, which is no query");
    }
}
