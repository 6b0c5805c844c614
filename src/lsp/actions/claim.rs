//! Write a claim for a number, or an `[[ignore]]`: through the engine's stubs, at the end of the rule file.

use std::path::{Path, PathBuf};

use lsp_types::CodeAction;

use super::{Asked, append, short};
use crate::assessment::Fate;
use crate::engine::{Stub, stub_at};
use crate::lsp::newsroom::{Newsroom, is_rules};

pub(super) fn actions(newsroom: &mut Newsroom<'_>, asked: &Asked<'_>) -> Vec<CodeAction> {
    let unclaimed = unclaimed(newsroom, asked);
    let mut found = Vec::new();
    for (rules, stub) in &unclaimed {
        let title = format!("Write a claim for “{}”", short(&stub.says));
        let edit = append(newsroom, rules, &stub.entry());
        found.extend(edit.and_then(|edit| asked.action(newsroom, title, [edit], &["number-unclaimed"])));
    }
    found
}

/// Stubs for the numbers that are touched and that no rule is about, each with the rule file that lacks them.
pub(super) fn unclaimed(newsroom: &mut Newsroom<'_>, asked: &Asked<'_>) -> Vec<(PathBuf, Stub)> {
    let mut wanted: Vec<(PathBuf, Vec<usize>)> = Vec::new();
    for (desk, sheet) in newsroom.sheets_of(asked.path) {
        // A list of claims in braces cannot be added to by a header.
        let has_headers =
            |claims: &[crate::lsp::sheet::ClaimSheet]| claims.iter().all(|claim| claim.has_header);
        let Some(draft) = sheet.draft.as_ref().filter(|_| is_rules(desk) && has_headers(&sheet.claims))
        else {
            continue;
        };
        let fates = draft.mentions().iter().zip(&draft.fates).enumerate();
        let touched = fates.filter(|(_, (mention, fate))| {
            **fate == Fate::Unclaimed && asked.touches(draft.in_file(mention.words()))
        });
        // Nobody wants a hundred actions for a selected page.
        wanted.push((desk.to_owned(), touched.map(|(at, _)| at).take(5).collect()));
    }
    let stubs = wanted.into_iter().flat_map(|(rules, mentions)| {
        let stubs: Vec<Stub> = mentions.into_iter().filter_map(|at| stub(newsroom, &rules, at)).collect();
        stubs.into_iter().map(move |stub| (rules.clone(), stub))
    });
    stubs.collect()
}

fn stub(newsroom: &Newsroom<'_>, rules: &Path, mention: usize) -> Option<Stub> {
    newsroom.look(rules, |story| stub_at(story, mention))
}
