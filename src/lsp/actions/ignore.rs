//! Say that a number needs no claim: in the rule file, or in a comment beside it.

use lsp_types::CodeAction;

use super::claim::unclaimed;
use super::{Asked, Edit, append, short};
use crate::assessment::Fate;
use crate::draft::Format;
use crate::lsp::newsroom::Newsroom;
use crate::text::Span;

/// What stands for the reason until somebody writes it.
const REASON: &str = "say here why this number needs no claim";

const MENDS: [&str; 1] = ["number-unclaimed"];

pub(super) fn actions(newsroom: &mut Newsroom<'_>, asked: &Asked<'_>) -> Vec<CodeAction> {
    let mut found = Vec::new();
    for (rules, stub) in unclaimed(newsroom, asked) {
        let title = format!("Ignore “{}”, in the rules", short(&stub.says));
        let edit = append(newsroom, &rules, &stub.ignore_entry(REASON));
        found.extend(edit.and_then(|edit| asked.action(newsroom, title, [edit], &MENDS)));
    }
    found.extend(in_draft(newsroom, asked));
    found
}

/// A comment counts for the block that it stands in: at its end it makes no other difference to readers.
fn in_draft(newsroom: &mut Newsroom<'_>, asked: &Asked<'_>) -> Option<CodeAction> {
    let format = Format::of(asked.path.to_str()?).ok()?;
    if !matches!(format, Format::Markdown | Format::Html) {
        return None;
    }
    let sheets = newsroom.sheets_of(asked.path);
    let (_, sheet) = sheets.first()?;
    let draft = sheet.draft.as_ref()?;
    let mut fates = draft.mentions().iter().zip(&draft.fates);
    let (mention, _) = fates
        .find(|(mention, fate)| **fate == Fate::Unclaimed && asked.touches(draft.in_file(mention.words())))?;
    let block = draft.prose.block(mention.span);
    // What is set as a table row is ended by other characters than a comment may follow.
    if block.of(draft.prose.text()).contains('\t') {
        return None;
    }
    let last = draft.prose.text().get(..block.end as usize)?.chars().next_back()?;
    let end = draft.in_file(Span::new(block.end as usize - last.len_utf8(), block.end as usize)).end;
    let title = "Ignore the numbers of this paragraph, by a comment".to_owned();
    let text = format!(" <!-- factcheck: ignore {REASON} -->");
    let edit = Edit { path: asked.path.to_owned(), span: Span { start: end, end }, text };
    asked.action(newsroom, title, [edit], &MENDS)
}
