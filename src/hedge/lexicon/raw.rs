//! The lexicon as its file has it, borrowed from the text of the file.

use std::collections::HashMap;

use crate::hedge::Hedge;

/// Phrases with commas between them: one string of many decodes several times as fast as a list of strings.
#[derive(Clone, Copy, Default, serde::Deserialize)]
#[serde(transparent)]
pub(super) struct Words<'a>(#[serde(borrow)] &'a str);

impl<'a> Words<'a> {
    pub(super) fn iter(self) -> impl Iterator<Item = &'a str> {
        self.0.split(',').map(str::trim).filter(|words| !words.is_empty())
    }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Lexicon<'a> {
    #[serde(borrow)]
    pub(super) articles: Words<'a>,
    #[serde(borrow)]
    pub(super) prepositions: Words<'a>,
    #[serde(borrow)]
    pub(super) measures: Words<'a>,
    #[serde(borrow)]
    pub(super) not_hedges: Words<'a>,
    #[serde(borrow)]
    pub(super) modifiers: Modifiers<'a>,
    #[serde(borrow)]
    pub(super) hedge: HashMap<Hedge, Class<'a>>,
    #[serde(borrow)]
    pub(super) threshold: Threshold<'a>,
    #[serde(borrow)]
    pub(super) direction: Direction<'a>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Threshold<'a> {
    #[serde(borrow)]
    pub(super) reached: Words<'a>,
    #[serde(borrow)]
    pub(super) passed: Words<'a>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Modifiers<'a> {
    #[serde(borrow)]
    pub(super) slight: Words<'a>,
    #[serde(borrow)]
    pub(super) much: Words<'a>,
    #[serde(borrow)]
    pub(super) not: Words<'a>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Class<'a> {
    #[serde(borrow)]
    pub(super) before: Words<'a>,
    #[serde(borrow)]
    pub(super) after: Words<'a>,
    #[serde(borrow)]
    pub(super) alone: Words<'a>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Direction<'a> {
    #[serde(borrow)]
    pub(super) up: Words<'a>,
    #[serde(borrow)]
    pub(super) down: Words<'a>,
    #[serde(borrow)]
    pub(super) up_behind: Words<'a>,
    #[serde(borrow)]
    pub(super) down_behind: Words<'a>,
    #[serde(borrow)]
    pub(super) neither: Words<'a>,
    #[serde(borrow)]
    pub(super) neither_before: Words<'a>,
}
