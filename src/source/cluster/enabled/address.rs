//! Where a scheduler listens.

use std::fmt;

use crate::source::cluster::is_engine;
use crate::source::query::QueryError;

/// The host and the port of a scheduler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The host and the port: `localhost:50050`, `[::1]:50050`.
    pub(super) authority: String,
}

impl Address {
    /// That which a URL names: `df://host:50050`.
    pub(super) fn of(url: &str) -> Result<Self, QueryError> {
        let authority = url.strip_prefix("df://").filter(|_| is_engine(url)).map(str::to_owned);
        authority.map(|authority| Self { authority }).ok_or_else(|| QueryError::Unreachable {
            whom: "the cluster".to_owned(),
            why: "its address is not of the form df://host:50050".to_owned(),
        })
    }

    /// That it cannot be reached, or not be used.
    pub(super) fn unreachable(&self, why: impl Into<String>) -> QueryError {
        QueryError::Unreachable { whom: self.to_string(), why: why.into() }
    }
}

/// As messages put it.
impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the cluster df://{}", self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_and_a_port_and_nothing_else() {
        for good in ["df://localhost:50050", "df://[::1]:50050", "df://10.0.0.7:1"] {
            assert_eq!(format!("df://{}", Address::of(good).unwrap().authority), good);
        }
        for bad in
            ["df://localhost", "http://localhost:50050", "df://me:secret@localhost:1", "df://a/b:1", ""]
        {
            let told = Address::of(bad).unwrap_err().to_string();
            assert!(!told.contains("secret"), "{told}");
        }
    }
}
