//! Why a query gives no figure.

use std::fmt;
use std::time::Duration;

/// A part of the program that is only there where it was built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// `SQLite` files and `PostgreSQL`.
    Databases,
    /// SQL over the project's own sources.
    Sql,
    /// The same SQL on a cluster.
    Cluster,
}

impl Feature {
    /// As Cargo names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Databases => "databases",
            Self::Sql => "sql",
            Self::Cluster => "cluster",
        }
    }

    /// What to build it with, besides: an engine takes long enough without being optimized as a whole.
    fn profile(self) -> &'static str {
        match self {
            Self::Databases => "",
            Self::Sql | Self::Cluster => " --profile engine",
        }
    }

    /// Whether this program has it.
    pub fn is_built(self) -> bool {
        match self {
            Self::Databases => cfg!(feature = "databases"),
            Self::Sql => cfg!(feature = "sql"),
            Self::Cluster => cfg!(feature = "cluster"),
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// Why a query gives no reply, or its reply no figure. The rule file and the place in it are added by whoever asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// Nothing here can run it.
    #[error("this needs the feature `{0}`, which this factcheck was built without")]
    Missing(Feature),
    /// It was not asked before, and is not asked here.
    #[error("this query is not run while you type")]
    NotAsked,
    /// It is no single statement that only reads.
    #[error("this query is not run: {0}")]
    Refused(String),
    /// Whoever should run it says that something is wrong with it.
    #[error("{message}")]
    Wrong {
        /// What is wrong, in words of theirs.
        message: String,
        /// Where, as a byte of the query, if they tell.
        at: Option<usize>,
    },
    /// A name in it stands for nothing.
    #[error("unknown {what} `{name}`")]
    Unknown {
        /// What it should be the name of: `source`, `column`, `table`.
        what: &'static str,
        /// The name.
        name: String,
        /// The most similar name that there is.
        nearest: Option<String>,
        /// Where in the query it stands, as a byte, if that is known.
        at: Option<usize>,
    },
    /// The database or the cluster cannot be reached, or is gone.
    #[error("{whom} cannot be reached: {why}")]
    Unreachable {
        /// Who, without any password.
        whom: String,
        /// Why not.
        why: String,
    },
    /// Whoever it would run as may do more there than a query should be able to.
    #[error("{whom} is not asked: its role has the powers of `{power}`, whose queries can do more than read")]
    Privileged {
        /// Who, without any password.
        whom: String,
        /// The role that gives too much.
        power: String,
    },
    /// What it reads cannot be read as a table.
    #[error("{0}")]
    Unreadable(String),
    /// It ran for too long.
    #[error("the query was stopped after {}", seconds(.0))]
    TooSlow(Duration),
    /// It needs more memory or disk than it may take.
    #[error("the query needs more than it may take: {0}")]
    TooLarge(String),
    /// The reply is larger than any figure or series.
    #[error("the reply has more than {most} {what}, and is no figure")]
    TooMuch {
        /// How many there may be.
        most: usize,
        /// Of what: `rows`, `columns`, `bytes`.
        what: &'static str,
    },
    /// Two columns of the reply have one name.
    #[error("two columns of the reply are called `{0}`")]
    SameName(String),
    /// A column of binary floats, which hold no decimal exactly.
    #[error("the column `{0}` holds binary floating-point numbers, which are not exact")]
    Float(String),
    /// A number of more digits than can be kept.
    #[error("the number {0} has more digits than can be kept exactly")]
    TooManyDigits(String),
}

impl QueryError {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Missing(feature) => {
                format!("install one that has it: cargo install factcheck --features {feature}{}", feature.profile())
            }
            Self::NotAsked => "run `factcheck` once: its reply is kept for as long as the sources are the same".to_owned(),
            Self::Refused(_) => "write one SELECT, or one WITH … SELECT".to_owned(),
            Self::Unknown { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::Privileged { .. } => {
                "connect as a role that may only read: CREATE ROLE factcheck LOGIN PASSWORD '…'; GRANT pg_read_all_data TO factcheck".to_owned()
            }
            Self::TooSlow(_) => "give it longer in factcheck.toml: [queries] timeout = 300 (seconds)".to_owned(),
            Self::TooLarge(_) => {
                "allow more in factcheck.toml: [queries] memory = \"4 GB\", spill = \"/path/with/room\"".to_owned()
            }
            Self::TooMuch { .. } => "let the query aggregate, or name the rows that are meant".to_owned(),
            Self::SameName(name) => format!("give one of them another name: … AS other_{name}"),
            Self::Float(_) => {
                "say how finely it is known, as in precision = \"0.01\", or let the query give a decimal".to_owned()
            }
            Self::TooManyDigits(_) => "round it in the query: round(…, 6)".to_owned(),
            Self::Unknown { .. } | Self::Wrong { .. } | Self::Unreachable { .. } | Self::Unreadable(_) => {
                return None;
            }
        })
    }

    /// Where in the query it is, as a byte, if that is known.
    pub fn at(&self) -> Option<usize> {
        match self {
            Self::Wrong { at, .. } | Self::Unknown { at, .. } => *at,
            _ => None,
        }
    }
}

/// A time as messages put it.
fn seconds(time: &Duration) -> String {
    match (time.as_secs(), time.subsec_millis()) {
        (1, 0) => "1 second".to_owned(),
        (whole, 0) => format!("{whole} seconds"),
        _ => format!("{} ms", time.as_millis()),
    }
}
