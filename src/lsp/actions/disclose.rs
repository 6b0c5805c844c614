//! Name the passage of the draft that tells readers what else a figure counts.

use lsp_types::CodeAction;

use super::{Asked, Edit, line_end, short};
use crate::assessment::{Assessment, Judged, State, Story};
use crate::draft::{Found, Quote, next_sentence};
use crate::engine::toml_text;
use crate::lsp::newsroom::Newsroom;
use crate::text::Span;

pub(super) fn actions(newsroom: &mut Newsroom<'_>, asked: &Asked<'_>) -> Vec<CodeAction> {
    let mut wanted = Vec::new();
    for (desk, sheet) in newsroom.sheets_of(asked.path) {
        for claim in sheet.claims.iter().filter(|claim| claim.has_header && claim.disclosed.is_none()) {
            let Some(judged) = claim.judged.as_ref().filter(|judged| judged.differs) else { continue };
            let is_here = if desk == asked.path {
                let entry = claim.formula_span.map_or(claim.header, |formula| formula.join(claim.header));
                asked.touches(entry)
            } else {
                sheet.draft.as_ref().is_some_and(|draft| asked.touches(draft.in_file(judged.words)))
            };
            if is_here {
                wanted.push((desk.to_owned(), claim.id.clone(), claim.quote_span));
            }
        }
    }
    let action = |(rules, id, quote): (std::path::PathBuf, String, Span)| {
        let passage = newsroom.look(&rules, |story| passage(story, &id))?;
        let document = newsroom.overlay.text(&rules)?;
        // Behind the line of the quote, with whatever remark stands on it.
        let rest = document.text.get(quote.end as usize..)?;
        let end = quote.end as usize + rest.find(['\r', '\n']).unwrap_or(rest.len());
        let text = format!("{}disclosed = {}", line_end(&document.text), toml_text(&passage));
        let title = format!("Say that the draft discloses it: “{}”", short(&passage));
        let edit = Edit { path: rules, span: Span::new(end, end), text };
        asked.action(newsroom, title, [edit], &["scope-differs"])
    };
    wanted.into_iter().filter_map(action).collect()
}

/// The first sentence of the draft that names all that the figure of a claim counts besides, or does not count.
fn passage(story: &Story<'_>, claim: &str) -> Option<String> {
    let draft = story.draft?;
    let is_it = |it: &&Assessment<'_>| &*it.claim.id.value.0 == claim;
    let State::Judged(judged) = &story.assessments.iter().find(is_it)?.state else { return None };
    let text = draft.prose.text();
    let mut start = 0;
    for block in text.split('\n') {
        let (mut from, end) = (start, start + block.len());
        start = end + 1;
        while from < end {
            let (to, next) = next_sentence(text, from, end).unwrap_or((end, end));
            let sentence = text.get(from..to).unwrap_or_default().trim();
            if tells(story, judged, sentence)
                && matches!(draft.prose.find(&Quote::new(sentence)), Found::Once(_))
            {
                return Some(sentence.to_owned());
            }
            from = next.max(from + 1);
        }
    }
    None
}

/// Whether a sentence names every member by which claim and figure differ.
fn tells(story: &Story<'_>, judged: &Judged, sentence: &str) -> bool {
    judged.differing().all(|facet| {
        let named = story.facets.named_in(&facet.facet, sentence);
        let covers = |of: &[String]| of.is_empty() || story.facets.are_covered(&facet.facet, &named, of);
        !(facet.extra.is_empty() && facet.missing.is_empty())
            && covers(&facet.extra)
            && covers(&facet.missing)
    })
}
