//! The computed value behind a number of the draft, and behind a claim's formula.

use lsp_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};

use super::newsroom::Newsroom;
use super::options::Wishes;
use super::uri::path;
use crate::hedge::Verdict;
use crate::text::Span;

pub(super) fn hints(
    newsroom: &mut Newsroom<'_>,
    _: &Wishes,
    params: &InlayHintParams,
) -> Option<Vec<InlayHint>> {
    let path = path(params.text_document.uri.as_str())?;
    let document = newsroom.overlay.text(&path)?;
    let shown = document.span(params.range);
    let mut hints = Vec::new();
    for (desk, sheet) in newsroom.sheets_of(&path) {
        for claim in &sheet.claims {
            let Some(judged) = &claim.judged else { continue };
            let place: Option<Span> = match &sheet.draft {
                _ if desk == path => claim.formula_span,
                Some(draft) => Some(draft.in_file(judged.words)),
                None => None,
            };
            let Some(place) = place.filter(|span| span.start <= shown.end && shown.start <= span.end) else {
                continue;
            };
            let mark = match claim.verdict {
                Verdict::Supported => "=",
                Verdict::Refuted => "≠",
                Verdict::Undecided | Verdict::Unchecked => "?",
            };
            hints.push(InlayHint {
                position: document.position(place.end as usize),
                label: InlayHintLabel::String(format!("{mark} {}", judged.computed)),
                kind: None,
                text_edits: None,
                tooltip: Some(InlayHintTooltip::String(format!("{}: {}", claim.verdict.name(), claim.id))),
                padding_left: Some(true),
                padding_right: None,
                data: None,
            });
        }
    }
    hints.sort_by_key(|hint| hint.position);
    Some(hints)
}
