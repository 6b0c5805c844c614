//! The lexicon as its file has it.

use std::collections::HashMap;

use crate::hedge::Hedge;

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Lexicon {
    pub(super) articles: Vec<Box<str>>,
    pub(super) prepositions: Vec<Box<str>>,
    pub(super) measures: Vec<Box<str>>,
    pub(super) not_hedges: Vec<Box<str>>,
    pub(super) modifiers: Modifiers,
    pub(super) hedge: HashMap<Hedge, Class>,
    pub(super) direction: Direction,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Modifiers {
    pub(super) slight: Vec<Box<str>>,
    pub(super) much: Vec<Box<str>>,
    pub(super) not: Vec<Box<str>>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Class {
    pub(super) before: Vec<Box<str>>,
    pub(super) after: Vec<Box<str>>,
    pub(super) alone: Vec<Box<str>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Direction {
    pub(super) up: Vec<Box<str>>,
    pub(super) down: Vec<Box<str>>,
    pub(super) up_behind: Vec<Box<str>>,
    pub(super) down_behind: Vec<Box<str>>,
    pub(super) neither: Vec<Box<str>>,
    pub(super) neither_before: Vec<Box<str>>,
}
