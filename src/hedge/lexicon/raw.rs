//! The lexicon as its file has it, borrowed from the text of the file.

use std::collections::HashMap;

use crate::hedge::Hedge;

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Lexicon<'a> {
    #[serde(borrow)]
    pub(super) articles: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) prepositions: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) measures: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) not_hedges: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) modifiers: Modifiers<'a>,
    #[serde(borrow)]
    pub(super) hedge: HashMap<Hedge, Class<'a>>,
    #[serde(borrow)]
    pub(super) direction: Direction<'a>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Modifiers<'a> {
    #[serde(borrow)]
    pub(super) slight: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) much: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) not: Vec<&'a str>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Class<'a> {
    #[serde(borrow)]
    pub(super) before: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) after: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) alone: Vec<&'a str>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Direction<'a> {
    #[serde(borrow)]
    pub(super) up: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) down: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) up_behind: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) down_behind: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) neither: Vec<&'a str>,
    #[serde(borrow)]
    pub(super) neither_before: Vec<&'a str>,
}
