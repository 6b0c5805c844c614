//! Where in a rule file something is being written. The file is no TOML yet while somebody writes in it, so that this is
//! read from the lines around.

use crate::draft::Format as DraftFormat;
use crate::lsp::entries::{Kind, Rules};
use crate::lsp::newsroom::Newsroom;
use crate::source::{
    ColumnOptions, FigureError, Format, Input, MissingRule, Request, Select, TableOptions, Take, answer,
};
use crate::system::System as _;
use crate::text::Span;

/// What sort of entry a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section<'t> {
    /// None: the keys of the file itself.
    File,
    Claim,
    Ignore,
    /// The source of that name.
    Source(&'t str),
    Figure,
    /// The facet of that name.
    Scope(&'t str),
    Other,
}

/// What braces hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Braces {
    /// Facets, columns, or the keys of a speaker: those after the key of an entry.
    OfKey,
    /// The bounds of a column: `where = { date = { `.
    Bounds,
}

/// A place at which something is being written.
#[derive(Debug)]
pub(super) struct Place<'t> {
    pub(super) section: Section<'t>,
    /// The key whose value is being written, the innermost; `None` where a key is.
    pub(super) key: Option<&'t str>,
    /// The key whose braces that stands in.
    pub(super) outer: Option<&'t str>,
    /// The word before the cursor, which is replaced.
    pub(super) word: Span,
    /// In a formula, the source before the point: `budget` in `budget.fy2024.am`.
    pub(super) qualifier: Option<&'t str>,
    /// The source that the entry names.
    pub(super) source: Option<&'t str>,
    pub(super) needs_quotes: bool,
    /// Whether a key of the braces after `key` is being written, and of which.
    pub(super) braces: Option<Braces>,
    /// Whether nothing stands on the line before the word.
    pub(super) is_line_start: bool,
}

impl<'t> Place<'t> {
    pub(super) fn at(text: &'t str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = before.get(line_start..).unwrap_or_default();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '[');
        let token =
            line.len() - line.chars().rev().take_while(|c| is_part(*c)).map(char::len_utf8).sum::<usize>();
        let (head, word) = line.split_at(token);
        // A bracket belongs to a word only as a header begins.
        let is_line_start = head.trim().is_empty();
        let bracket = if is_line_start { 0 } else { word.rfind('[').map_or(0, |at| at + 1) };
        let word = Span::new(line_start + token + bracket, offset);
        let above = text.get(..line_start).unwrap_or_default();
        let is_quoted = head.matches('"').count() % 2 == 1;
        let value = head.split_once('=');
        let key = value.and_then(|_| innermost(head));
        let outer = key.and_then(|(_, outer)| outer);
        let key = key.map(|(key, _)| key);
        let chain = line.len()
            - line.chars().rev().take_while(|c| is_part(*c) || *c == '.').map(char::len_utf8).sum::<usize>();
        let chain = line.get(chain..).unwrap_or_default();
        let names_keys = matches!((key, outer), (Some("scope" | "default_scope" | "where" | "by"), None))
            && head.contains('{');
        let is_in_bounds =
            outer == Some("where") && !is_quoted && head.matches('{').count() > head.matches('}').count() + 1;
        let braces = is_in_bounds.then_some(Braces::Bounds).or(names_keys.then_some(Braces::OfKey));
        Self {
            section: section(above),
            braces,
            needs_quotes: key.is_some() && !is_quoted && braces.is_none(),
            key,
            outer,
            word,
            qualifier: chain.split_once('.').map(|(source, _)| source),
            source: named_source(text, line_start),
            is_line_start,
        }
    }
}

/// The key whose value a line ends in, and the key of the braces around it: `agency` and `scope` in
/// `scope = { agency = "`; only `scope` in `scope = { agency = "ICE", `.
fn innermost(line: &str) -> Option<(&str, Option<&str>)> {
    let mut keys: Vec<&str> = Vec::new();
    let mut word_start = 0;
    let mut depth = 0_usize;
    let mut is_quoted = false;
    let mut in_list = 0_usize;
    for (at, character) in line.char_indices() {
        match character {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '[' => in_list += 1,
            ']' => in_list = in_list.saturating_sub(1),
            '{' => (depth, word_start) = (depth + 1, at + 1),
            '}' => {
                (depth, word_start) = (depth.saturating_sub(1), at + 1);
                keys.truncate(depth.max(1));
            }
            ',' if depth > 0 && in_list == 0 => {
                keys.truncate(depth);
                word_start = at + 1;
            }
            '=' => keys.extend(line.get(word_start..at).map(|key| key.trim().trim_matches('"'))),
            _ => {}
        }
    }
    match keys[..] {
        [key] => Some((key, None)),
        [.., outer, key] => Some((key, Some(outer))),
        _ => None,
    }
}

/// The header above.
fn section(above: &str) -> Section<'_> {
    let header = above.lines().rev().map(str::trim).find(|line| line.starts_with('['));
    let Some(header) = header else { return Section::File };
    let name = header.trim_start_matches('[');
    let name = name.split(']').next().unwrap_or_default().trim();
    match name.split_once('.') {
        None if name == "claim" => Section::Claim,
        None if name == "ignore" => Section::Ignore,
        Some(("source", source)) => Section::Source(source.trim()),
        Some(("figure", _)) => Section::Figure,
        Some(("scope", facet)) => Section::Scope(facet.trim()),
        _ => Section::Other,
    }
}

/// The source that the entry around a line names.
fn named_source(text: &str, line_start: usize) -> Option<&str> {
    let (above, below) = text.split_at_checked(line_start)?;
    let is_header = |line: &&str| line.trim_start().starts_with('[');
    let own = above.lines().rev().take_while(|line| !is_header(line));
    let rest = below.lines().take_while(|line| !is_header(line));
    own.chain(rest).find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "source").then_some(value.trim().trim_matches('"'))
    })
}

/// The columns of a source that a rule file defines. The table is asked for a column that none has, and answers with those
/// that it has.
pub(super) fn columns(newsroom: &Newsroom<'_>, rules: &Rules, source: &str) -> Option<Vec<String>> {
    const LONGEST: u64 = 8 << 20;
    let at = rules.entries.iter().position(|it| it.kind == Kind::Source && it.name == source)?;
    let start = rules.entries.get(at)?.span.start;
    let end = rules.entries.get(at + 1).map_or(u32::MAX, |next| next.span.start);
    let (_, table) = rules.files.iter().find(|(span, path)| {
        let is_draft = path.to_str().is_some_and(|name| DraftFormat::of(name).is_ok());
        (start..end).contains(&span.start) && !is_draft
    })?;
    let format = Format::of_name(table.file_name()?.to_str()?)?;
    let mut bytes = Vec::new();
    // A table that is not read as a whole has no columns to offer.
    newsroom.overlay.read_up_to(table, LONGEST, &mut bytes).ok().filter(|is_whole| *is_whole)?;
    let request = Request {
        select: Select::Where(Vec::new()),
        column: "\u{0}",
        group_by: None,
        take: Take::Count,
        missing: MissingRule::Zero,
        written: ColumnOptions::default(),
    };
    let answers = answer(Input::Bytes(&bytes), &TableOptions::new(format), std::slice::from_ref(&request));
    match answers.ok()?.into_iter().next()? {
        Err(FigureError::UnknownColumn { known, .. }) => Some(known),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Place<'_> {
        Place::at(text, text.len())
    }

    #[test]
    fn the_key_at_hand_is_the_innermost() {
        let told = |text| {
            let place = at(text);
            (place.outer, place.key)
        };
        assert_eq!(told("scope = { agency = \"IC"), (Some("scope"), Some("agency")));
        assert_eq!(told("scope = { agency = [\"ICE\", \""), (Some("scope"), Some("agency")));
        assert_eq!(told("scope = { agency = \"ICE\", pl"), (None, Some("scope")));
        assert_eq!(told("formula = \"change(a, "), (None, Some("formula")));
        assert_eq!(told("  form"), (None, None));
        assert_eq!(told("where = { date = { from = 2025-01-20, t"), (Some("where"), Some("date")));
        assert_eq!(told("where = { date = { from = 2025-01-20 }, st"), (None, Some("where")));
        assert_eq!(at("where = { date = { fr").braces, Some(Braces::Bounds));
        assert_eq!(at("where = { date = \"").braces, None);
    }

    #[test]
    fn the_section_and_the_word_are_those_of_the_cursor() {
        let text = "[source.s]\nfile = \"a.csv\"\n[figure.f]\nsource = \"s\"\ncolumn = \"ré";
        let place = at(text);
        assert_eq!((place.section, place.source), (Section::Figure, Some("s")));
        assert_eq!(place.word.of(text), "ré");
        assert!(!place.needs_quotes && at("formula = ").needs_quotes);
        assert_eq!(at("[[claim]]\nformula = \"budget.fy2024.am").qualifier, Some("budget"));
        let header = at("[[cl");
        assert!(header.is_line_start && header.word.of("[[cl") == "[[cl");
    }
}
