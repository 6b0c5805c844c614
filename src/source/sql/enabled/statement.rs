//! The statement: one, that only reads, from sources alone.

use std::ops::ControlFlow;

use datafusion::sql::sqlparser::ast::{
    Expr, Ident, LimitClause, ObjectName, Query, Select, SetExpr, Statement, TableFactor, Visit, Visitor,
};
use datafusion::sql::sqlparser::dialect::GenericDialect;
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::{Token, Tokenizer};

use crate::source::query::QueryError;

/// The longest statement that is read, in bytes.
const LONGEST: usize = 1 << 16;
/// How deep brackets may lie in each other.
const DEEPEST: usize = 100;
/// How many operators may follow each other: the time to plan them grows with their square.
const LONGEST_CHAIN: usize = 500;

/// A statement that only reads.
#[derive(Debug)]
pub(super) struct Reading {
    /// As the parser has it.
    pub(super) statement: Statement,
    /// The tables that it reads, as it names them, each once.
    pub(super) tables: Vec<Ident>,
}

impl Reading {
    /// Parses a statement, and refuses what does more than read sources.
    pub(super) fn parse(sql: &str) -> Result<Self, QueryError> {
        if sql.len() > LONGEST {
            return Err(refused(format!("it is longer than {LONGEST} bytes")));
        }
        let wrong = |error: ParserError| unparsed(sql, &error);
        let dialect = GenericDialect {};
        let tokens = Tokenizer::new(&dialect, sql).tokenize_with_location();
        let tokens = tokens.map_err(|error| wrong(ParserError::from(error)))?;
        let first = tokens.iter().find(|token| !matches!(token.token, Token::Whitespace(_)));
        match first.map(|token| &token.token) {
            Some(Token::LParen) => {}
            Some(Token::Word(word))
                if ["select", "with", "values"].iter().any(|verb| word.value.eq_ignore_ascii_case(verb)) => {}
            Some(Token::Word(word)) => {
                return Err(refused(format!("`{}` is no query", word.value.to_uppercase())));
            }
            Some(token) => return Err(refused(format!("it begins with `{token}`"))),
            None => return Err(refused("there is nothing in it".to_owned())),
        }
        let parser = Parser::new(&dialect).with_recursion_limit(DEEPEST).with_tokens_with_locations(tokens);
        let mut statements = { parser }.parse_statements().map_err(wrong)?;
        let Some(statement) = statements.pop().filter(|_| statements.is_empty()) else {
            return Err(refused("there is more than one statement".to_owned()));
        };
        if !matches!(statement, Statement::Query(_)) {
            return Err(refused("it is no query".to_owned()));
        }
        let mut walk = Walk::default();
        if let ControlFlow::Break(why) = statement.visit(&mut walk) {
            return Err(refused(*why));
        }
        Ok(Self { statement, tables: walk.tables })
    }
}

/// A name as the engine looks for it: in lower case, unless it is in quotation marks.
pub(super) fn meant(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_ascii_lowercase() }
}

/// The byte at which a place of the parser's is.
pub(super) fn byte_of(sql: &str, line: u64, column: u64) -> Option<usize> {
    let line = usize::try_from(line).ok()?.checked_sub(1)?;
    let start: usize = sql.split_inclusive('\n').take(line).map(str::len).sum();
    let column = usize::try_from(column).ok()?.checked_sub(1)?;
    let rest = sql.get(start..)?;
    let inside: usize = rest.chars().take(column).map(char::len_utf8).sum();
    Some(start + inside)
}

fn refused(why: String) -> QueryError {
    QueryError::Refused(why)
}

/// What the parser says, with the place that it only says in words.
fn unparsed(sql: &str, error: &ParserError) -> QueryError {
    let message = match error {
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message.as_str(),
        ParserError::RecursionLimitExceeded => {
            return refused("its expressions lie too deep in each other".to_owned());
        }
    };
    let (said, place) = message.rsplit_once(" at Line: ").unwrap_or((message, ""));
    let place = place
        .split_once(", Column: ")
        .and_then(|(line, column)| Some((line.parse().ok()?, column.trim().parse().ok()?)));
    let at = place.and_then(|(line, column)| byte_of(sql, line, column));
    QueryError::Wrong { message: format!("no SQL that is understood: {said}"), at }
}

/// Goes through a statement, notes its tables and stops at what is not run.
#[derive(Default)]
struct Walk {
    tables: Vec<Ident>,
    /// The names of common table expressions that hold here.
    shared: Vec<String>,
    /// How many expressions the one at hand lies in.
    depth: usize,
}

impl Walk {
    fn table(&mut self, name: &ObjectName) -> Result<(), String> {
        let [part] = name.0.as_slice() else {
            return Err(format!("`{name}` is no source's name: sources have no schema"));
        };
        let Some(name) = part.as_ident() else { return Err(format!("`{name}` is a call, and no source")) };
        if name.quote_style == Some('\'') {
            return Err(format!(
                "{name} is a file: it must be declared as a source, and be called by its name"
            ));
        }
        if !self.shared.contains(&meant(name)) && !self.tables.iter().any(|known| meant(known) == meant(name))
        {
            self.tables.push(name.clone());
        }
        Ok(())
    }
}

/// A clause that is not run.
fn odd_clause(query: &Query) -> Option<&'static str> {
    let mut body = query.body.as_ref();
    while let SetExpr::SetOperation { left, right, .. } = body {
        if let Some(clause) = odd_body(right) {
            return Some(clause);
        }
        body = left;
    }
    let odd = odd_body(body);
    let takes_some = query.fetch.is_some() || matches!(&query.limit_clause, Some(clause) if !is_all(clause));
    odd.or_else(|| (!query.locks.is_empty()).then_some("FOR UPDATE locks rows"))
        .or_else(|| (query.for_clause.is_some() || query.settings.is_some()).then_some("it has settings"))
        .or_else(|| query.format_clause.is_some().then_some("it asks for a format"))
        .or_else(|| (!query.pipe_operators.is_empty()).then_some("it has pipes"))
        .or_else(|| {
            (takes_some && query.order_by.is_none())
                .then_some("LIMIT and OFFSET without ORDER BY take rows by chance")
        })
        .or_else(|| {
            query.with.as_ref().is_some_and(|with| with.recursive).then_some("WITH RECURSIVE may not end")
        })
}

fn is_all(clause: &LimitClause) -> bool {
    matches!(clause, LimitClause::LimitOffset { limit: None, offset: None, .. })
}

fn odd_body(body: &SetExpr) -> Option<&'static str> {
    match body {
        SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => Some("it writes"),
        SetExpr::Table(_) => Some("TABLE is written as SELECT * FROM"),
        SetExpr::SetOperation { .. } | SetExpr::Select(_) | SetExpr::Query(_) | SetExpr::Values(_) => None,
    }
}

impl Visitor for Walk {
    type Break = Box<String>;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<Self::Break> {
        if let Some(why) = odd_clause(query) {
            return ControlFlow::Break(Box::new(why.to_owned()));
        }
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            // Its own name does not hold in it. It is visited again with the query, and gives the same.
            cte.visit(self)?;
            self.shared.push(meant(&cte.alias.name));
        }
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, query: &Query) -> ControlFlow<Self::Break> {
        let shared = query.with.as_ref().map_or(0, |with| with.cte_tables.len());
        self.shared.truncate(self.shared.len().saturating_sub(shared));
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<Self::Break> {
        match select.into {
            Some(_) => ControlFlow::Break(Box::new("SELECT INTO writes".to_owned())),
            None => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<Self::Break> {
        let why = match factor {
            TableFactor::Table {
                args: None,
                version: None,
                sample: None,
                with_ordinality: false,
                json_path: None,
                ..
            }
            | TableFactor::Derived { sample: None, .. }
            | TableFactor::NestedJoin { .. } => return ControlFlow::Continue(()),
            TableFactor::Table { sample: Some(_), .. } | TableFactor::Derived { .. } => {
                "a sample takes rows by chance"
            }
            _ => "only sources and subqueries are read, and no functions in their place",
        };
        ControlFlow::Break(Box::new(why.to_owned()))
    }

    fn pre_visit_expr(&mut self, _: &Expr) -> ControlFlow<Self::Break> {
        self.depth += 1;
        if self.depth > LONGEST_CHAIN {
            return ControlFlow::Break(Box::new("its expressions lie too deep in each other".to_owned()));
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, _: &Expr) -> ControlFlow<Self::Break> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_relation(&mut self, relation: &ObjectName) -> ControlFlow<Self::Break> {
        match self.table(relation) {
            Ok(()) => ControlFlow::Continue(()),
            Err(why) => ControlFlow::Break(Box::new(why)),
        }
    }
}
