//! Why a value does not decode.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use crate::claim::document::NodeId;

/// What is wrong, and, once the deserializer has added it, where. Boxed, since results are passed up through every
/// level and hardly ever hold one.
#[derive(Debug)]
pub(super) struct Failure(Box<(Option<NodeId>, Fault)>);

/// What is wrong.
#[derive(Debug)]
pub(super) enum Fault {
    /// A key that the struct has not; those that it has.
    UnknownKey(&'static [&'static str]),
    /// A word that the enum has not; those that it has.
    UnknownName(String, &'static [&'static str]),
    /// In words.
    Other(String),
}

impl Failure {
    pub(super) fn new(fault: Fault) -> Self {
        Self(Box::new((None, fault)))
    }

    /// The same, at a place; the innermost place stays.
    pub(super) fn within(mut self, id: NodeId) -> Self {
        self.0.0.get_or_insert(id);
        self
    }

    pub(super) fn at(&self) -> Option<NodeId> {
        self.0.0
    }

    pub(super) fn fault(&self) -> &Fault {
        &self.0.1
    }
}

impl Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Fault::Other(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Bool(_) => "a boolean",
            Unexpected::Signed(_) | Unexpected::Unsigned(_) => "an integer",
            Unexpected::Str(_) => "a string",
            Unexpected::Seq => "a list",
            Unexpected::Map => "a table",
            _ => "something else",
        };
        Self::new(Fault::Other(format!("expected {expected}, found {found}")))
    }

    fn unknown_field(_: &str, known: &'static [&'static str]) -> Self {
        Self::new(Fault::UnknownKey(known))
    }

    fn unknown_variant(name: &str, known: &'static [&'static str]) -> Self {
        Self::new(Fault::UnknownName(name.to_owned(), known))
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fault() {
            Fault::UnknownKey(_) => out.write_str("unknown key"),
            Fault::UnknownName(name, _) => write!(out, "unknown name `{name}`"),
            Fault::Other(message) => out.write_str(message),
        }
    }
}
