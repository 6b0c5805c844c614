//! Put words that fit in the place of those that do not, in the draft and in the rules that quote them.

use lsp_types::CodeAction;

use super::Asked;
use crate::fix::{Applicability, Copy, Fix, MENDS, fix};
use crate::lsp::newsroom::Newsroom;

pub(super) fn actions(newsroom: &mut Newsroom<'_>, asked: &Asked<'_>) -> Vec<CodeAction> {
    let offers = offers(newsroom, asked);
    let action = |fix: Fix| {
        let is_safe = fix.applicability == Applicability::Safe;
        let action = asked.action(newsroom, fix.title, fix.edits, &MENDS)?;
        Some(CodeAction { is_preferred: is_safe.then_some(true), ..action })
    };
    offers.into_iter().filter_map(action).collect()
}

fn offers(newsroom: &mut Newsroom<'_>, asked: &Asked<'_>) -> Vec<Fix> {
    let overlay = newsroom.overlay;
    let sheets = newsroom.sheets_of(asked.path);
    let documents: Vec<_> = sheets.iter().map(|(desk, _)| overlay.text(desk)).collect();
    let copies = || {
        let copies = sheets.iter().zip(&documents);
        copies.filter_map(|((path, sheet), document)| {
            Some(Copy { path, text: &document.as_ref()?.text, wordings: &sheet.wordings })
        })
    };
    let mut offers = Vec::new();
    for (_, sheet) in &sheets {
        let Some(draft) = &sheet.draft else { continue };
        for wording in sheet.wordings.iter().filter(|it| asked.touches(draft.in_file(it.words))) {
            let fixes = wording.replacements.iter().filter_map(|replacement| {
                fix((asked.path, &asked.document.text), &draft.prose, replacement, copies())
            });
            offers.extend(fixes);
        }
    }
    offers
}
