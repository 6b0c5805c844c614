//! Figures, taken from replies.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{QueryError, Reply, Value};
use crate::source::plan::Plan;
use crate::source::row::Row;
use crate::source::taker::Taker as _;
use crate::source::{
    Answer, ColumnOptions, FigureError, Format, MissingRule, Request, Select, TableOptions, Take,
};

/// What a figure takes from a reply.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The column; may be left out where there is only one besides the keys.
    pub column: Option<&'a str>,
    /// The column whose values each have a value of their own, where the figure is a series.
    pub group_by: Option<&'a str>,
    /// What NULL means.
    pub missing: MissingRule,
    /// The unit and the scale that the rules say.
    pub written: ColumnOptions,
    /// Whether binary floats will do: the rules say how finely they are known.
    pub floats: bool,
}

/// Why a reply holds no figure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// A value in it, or the reply itself, is none that a figure can have.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// It has several columns, and nothing says which is meant.
    #[error("the reply has the columns {}", listed(.0))]
    SeveralColumns(Vec<String>),
    /// No row fits.
    #[error("the query gives no row")]
    NoRow,
    /// There are several rows.
    #[error("the query gives {0} rows, and the figure is one value")]
    SeveralRows(usize),
    /// There is a row, and no value.
    #[error("the query gives NULL: there was nothing to take a value from")]
    Null,
    /// A value is no number, or a key stands there twice.
    #[error(transparent)]
    Figure(FigureError),
    /// A column is not there.
    #[error("{0}")]
    Table(String),
}

impl ReplyError {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Query(error) => error.help(),
            Self::SeveralColumns(_) => Some("say which one is meant: column = \"…\"".to_owned()),
            Self::SeveralRows(_) => Some(
                "let the query aggregate, or say which column has the keys of a series: group_by = \"…\""
                    .to_owned(),
            ),
            Self::Null => Some("missing = \"zero\" counts it as 0".to_owned()),
            Self::Figure(error) => error.help(),
            Self::NoRow | Self::Table(_) => None,
        }
    }
}

impl Reply {
    /// The figure that a reply is, or the series.
    ///
    /// # Errors
    /// Where it is neither.
    pub fn answer(&self, wanted: &Wanted<'_>) -> Result<Answer, ReplyError> {
        let column = self.column(wanted)?;
        if wanted.group_by.is_none() {
            match &self.rows[..] {
                [] => return Err(ReplyError::NoRow),
                [_] => {}
                rows => return Err(ReplyError::SeveralRows(rows.len())),
            }
        }
        let is_taken = |name: &str| name == column;
        let request = Request {
            select: Select::Where(Vec::new()),
            column,
            group_by: wanted.group_by,
            take: Take::One,
            missing: wanted.missing,
            written: wanted.written,
        };
        let requests = [request];
        let options = TableOptions::new(Format::Csv);
        let mut plan = Plan::new(&options, &requests, false);
        for (index, name) in self.columns.iter().enumerate() {
            plan.column(index, name, false);
            plan.remember(name);
        }
        for (number, row) in (1..).zip(&self.rows) {
            let mut texts = Vec::with_capacity(row.len());
            for (name, value) in self.columns.iter().zip(row) {
                texts.push(if is_taken(name) {
                    value.number(name, wanted)?
                } else {
                    value.text().to_owned()
                });
            }
            plan.row(Row::Reply(&texts), number);
        }
        let answers = plan.finish().map_err(|error| ReplyError::Table(error.to_string()))?;
        let answer = answers.into_iter().next().unwrap_or(Err(FigureError::NoKey));
        answer.map_err(ReplyError::Figure)
    }

    /// The column that is meant.
    fn column<'r>(&'r self, wanted: &Wanted<'r>) -> Result<&'r str, ReplyError> {
        let mut seen = BTreeSet::new();
        let column = match wanted.column {
            Some(column) => column,
            None => match &self.columns[..] {
                [only] => only,
                columns => return Err(ReplyError::SeveralColumns(columns.to_vec())),
            },
        };
        let is_meant = |name: &str| name == column || Some(name) == wanted.group_by;
        let twice = self.columns.iter().find(|name| !seen.insert(*name) && is_meant(name));
        twice.map_or(Ok(column), |name| Err(QueryError::SameName(name.clone()).into()))
    }
}

impl Value {
    /// The value as a text; NULL is empty.
    pub fn text(&self) -> &str {
        match self {
            Self::Null => "",
            Self::Exact(text) | Self::Float(text) | Self::Text(text) => text,
        }
    }

    /// The digits of a value that is to be a number, in a column of that name.
    fn number(&self, column: &str, wanted: &Wanted<'_>) -> Result<String, ReplyError> {
        let too_many = |digits: &str| QueryError::TooManyDigits(digits.to_owned());
        match self {
            Self::Null if wanted.group_by.is_none() && wanted.missing == MissingRule::Error => {
                Err(ReplyError::Null)
            }
            Self::Null => Ok(String::new()),
            Self::Text(text) => Ok(text.clone()),
            Self::Exact(digits) => {
                let number = Decimal::from_str_exact(digits).map_err(|_| too_many(digits))?;
                Ok(number.to_string())
            }
            Self::Float(_) if !wanted.floats => Err(QueryError::Float(column.to_owned()).into()),
            Self::Float(digits) => {
                let read = Decimal::from_scientific(digits).or_else(|_| Decimal::from_str_exact(digits));
                Ok(read.map_err(|_| too_many(digits))?.to_string())
            }
        }
    }
}

fn listed(columns: &[String]) -> String {
    columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(columns: &[&str], rows: Vec<Vec<Value>>) -> Reply {
        Reply { columns: columns.iter().map(|name| (*name).to_owned()).collect(), rows }
    }

    fn exact(digits: &str) -> Value {
        Value::Exact(digits.to_owned())
    }

    const ONE: Wanted<'_> = Wanted {
        column: None,
        group_by: None,
        missing: MissingRule::Error,
        written: ColumnOptions { unit: None, scale: None },
        floats: false,
    };

    #[test]
    fn one_value_is_a_figure_with_all_its_digits() {
        let answer =
            reply(&["sum(amount)"], vec![vec![exact("12345678901234567890.12")]]).answer(&ONE).unwrap();
        assert_eq!(answer.value.to_string(), "12345678901234567890.12");
        let many = exact("0.12345678901234567890123456789");
        assert!(matches!(
            reply(&["x"], vec![vec![many]]).answer(&ONE),
            Err(ReplyError::Query(QueryError::TooManyDigits(_)))
        ));
    }

    #[test]
    fn what_is_no_figure_is_told_from_what_is() {
        let none = reply(&["x"], Vec::new()).answer(&ONE);
        assert_eq!(none, Err(ReplyError::NoRow));
        let rows = vec![vec![exact("1")], vec![exact("2")]];
        assert_eq!(reply(&["x"], rows).answer(&ONE), Err(ReplyError::SeveralRows(2)));
        assert_eq!(reply(&["x"], vec![vec![Value::Null]]).answer(&ONE), Err(ReplyError::Null));
        let zero = Wanted { missing: MissingRule::Zero, ..ONE };
        assert_eq!(reply(&["x"], vec![vec![Value::Null]]).answer(&zero).unwrap().value, Decimal::ZERO);
        let two = reply(&["x", "y"], vec![vec![exact("1"), exact("2")]]);
        assert!(matches!(two.answer(&ONE), Err(ReplyError::SeveralColumns(names)) if names.len() == 2));
        assert_eq!(two.answer(&Wanted { column: Some("y"), ..ONE }).unwrap().value, Decimal::TWO);
        let unknown = two.answer(&Wanted { column: Some("z"), ..ONE }).unwrap_err();
        assert!(unknown.to_string().contains("`z`"), "{unknown}");
        let same = reply(&["x", "x"], vec![vec![exact("1"), exact("2")]]);
        assert_eq!(
            same.answer(&Wanted { column: Some("x"), ..ONE }),
            Err(QueryError::SameName("x".to_owned()).into())
        );
        let word = reply(&["x"], vec![vec![Value::Text("many".to_owned())]]).answer(&ONE).unwrap_err();
        assert!(word.to_string().contains("row 1"), "{word}");
    }

    #[test]
    fn a_float_is_a_figure_only_where_it_is_said_how_fine_it_is() {
        let float = |digits: &str| reply(&["x"], vec![vec![Value::Float(digits.to_owned())]]);
        assert_eq!(float("0.1").answer(&ONE), Err(QueryError::Float("x".to_owned()).into()));
        let floats = Wanted { floats: true, ..ONE };
        for (digits, value) in [("0.1", "0.1"), ("1e-7", "0.0000001"), ("2.5e3", "2500"), ("-3", "-3")] {
            assert_eq!(float(digits).answer(&floats).unwrap().value.normalize().to_string(), value);
        }
        for digits in ["NaN", "inf", "1e300"] {
            assert!(float(digits).answer(&floats).is_err(), "{digits}");
        }
    }

    #[test]
    fn rows_by_key_are_a_series() {
        let row = |year: &str, n: &str| vec![Value::Text(year.to_owned()), exact(n)];
        let by_year = reply(&["year", "n"], vec![row("2023", "7"), row("2024", "9")]);
        let wanted = Wanted { column: Some("n"), group_by: Some("year"), ..ONE };
        let series = by_year.answer(&wanted).unwrap().series.unwrap();
        assert_eq!(series.values().collect::<Vec<_>>(), [Decimal::from(7), Decimal::from(9)]);
        let twice = reply(&["year", "n"], vec![row("2023", "7"), row("2023", "9")]).answer(&wanted);
        assert!(twice.is_err(), "{twice:?}");
    }
}
