//! A claim's verdict, above its entry.

use lsp_types::{CodeLens, CodeLensParams, Command};

use super::newsroom::{Newsroom, is_rules};
use super::options::Wishes;
use super::sheet::ClaimSheet;
use super::uri::path;

pub(super) fn lenses(
    newsroom: &mut Newsroom<'_>,
    _: &Wishes,
    params: &CodeLensParams,
) -> Option<Vec<CodeLens>> {
    let path = path(params.text_document.uri.as_str()).filter(|path| is_rules(path))?;
    let document = newsroom.overlay.text(&path)?;
    let sheets = newsroom.sheets_of(&path);
    let claims = sheets.iter().filter(|(desk, _)| *desk == path).flat_map(|(_, sheet)| &sheet.claims);
    let lenses = claims.map(|claim| {
        let range = document.range(claim.header);
        // A command without a name is shown, and does nothing.
        let command = Command { title: title(claim), command: String::new(), arguments: None };
        CodeLens { range, command: Some(command), data: None }
    });
    Some(lenses.collect())
}

fn title(claim: &ClaimSheet) -> String {
    let verdict = claim.verdict.name();
    match (&claim.judged, &claim.reason) {
        (Some(judged), _) => {
            format!("{verdict}: {} (the words allow {})", judged.computed, judged.allowed)
        }
        (None, Some(reason)) => format!("{verdict}: {reason}"),
        (None, None) => verdict.to_owned(),
    }
}
