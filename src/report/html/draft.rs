//! The draft as it will read, with every number marked.

use std::iter::Peekable;

use maud::{Markup, html};

use super::items::{Items, Mark};
use super::status::{self, Status};
use crate::draft::{Block, BlockKind, Run, RunStyle};
use crate::engine::Dossier;
use crate::finding::Severity;
use crate::text::Span;

/// A draft of more blocks is long.
const LONG: usize = 400;

/// The draft. What its layout does not show is listed after it, so that no number goes unseen.
pub(super) fn draft(dossier: &Dossier, items: &Items<'_>) -> Markup {
    let mut pen = Pen { items, spans: spans(items), is_shown: vec![false; items.marks.len()], at: 0 };
    let blocks = pen.blocks(&dossier.layout.blocks);
    let unseen: Vec<&Mark<'_>> = items
        .marks
        .iter()
        .zip(&pen.is_shown)
        .filter(|(_, is_shown)| !**is_shown)
        .map(|(mark, _)| mark)
        .collect();
    html! {
        @if blocks.0.is_empty() { p .empty { "There is nothing to show of the draft." } }
        // Of a long draft, a browser draws what is seen.
        div class=(if dossier.layout.blocks.len() > LONG { "draft long" } else { "draft" }) { (blocks) }
        @if !unseen.is_empty() {
            section .unseen aria-label="Numbers not shown above" {
                h2 { "Numbers that the text above does not show" }
                ul {
                    @for mark in unseen {
                        li { (marked(items, mark, true, &html! { bdi { (mark.number.text) } })) }
                    }
                }
            }
        }
    }
}

/// Where each mark lies: its words, or less where those of two marks overlap.
fn spans(items: &Items<'_>) -> Vec<Span> {
    let mut spans: Vec<Span> = items.marks.iter().map(|mark| mark.number.words).collect();
    for at in 1..spans.len() {
        let (Some(before), Some(here)) = (spans.get(at - 1).copied(), spans.get(at).copied()) else {
            continue;
        };
        if !before.overlaps(here) {
            continue;
        }
        // Both shrink to the number itself; the later one begins where the other ends.
        let own = |at: usize| items.marks.get(at).map(|mark| mark.number.number);
        if let Some((before, number)) = spans.get_mut(at - 1).zip(own(at - 1)) {
            *before = number;
        }
        let end = spans.get(at - 1).map_or(0, |before| before.end);
        if let Some((here, number)) = spans.get_mut(at).zip(own(at)) {
            let start = number.start.max(end).min(number.end);
            *here = Span { start, end: here.end.max(start) };
        }
    }
    spans
}

/// A piece of a line that is set alike, in a mark or in none.
struct Piece<'r> {
    text: &'r str,
    run: &'r Run,
    mark: Option<usize>,
}

struct Pen<'p, 's> {
    items: &'p Items<'s>,
    spans: Vec<Span>,
    is_shown: Vec<bool>,
    /// The first mark that does not lie before what is written now.
    at: usize,
}

impl Pen<'_, '_> {
    fn blocks(&mut self, blocks: &[Block]) -> Markup {
        html! { @for block in blocks { (self.block(block)) } }
    }

    fn block(&mut self, block: &Block) -> Markup {
        match block.kind {
            // The page's own heading is the first.
            BlockKind::Heading(1) => html! { h2 .h1 dir="auto" { (self.words(block)) } },
            BlockKind::Heading(2) => html! { h3 dir="auto" { (self.words(block)) } },
            BlockKind::Heading(3) => html! { h4 dir="auto" { (self.words(block)) } },
            BlockKind::Heading(4) => html! { h5 dir="auto" { (self.words(block)) } },
            BlockKind::Heading(_) => html! { h6 dir="auto" { (self.words(block)) } },
            BlockKind::Paragraph => html! { p dir="auto" { (self.words(block)) } },
            BlockKind::Caption => html! { p .caption dir="auto" { (self.words(block)) } },
            BlockKind::Code => html! { pre dir="auto" tabindex="0" { code { (self.words(block)) } } },
            BlockKind::Quote => html! { blockquote { (self.blocks(&block.blocks)) } },
            BlockKind::List(None) => html! { ul { (self.items(&block.blocks)) } },
            BlockKind::List(Some(first)) => html! { ol start=(first) { (self.items(&block.blocks)) } },
            BlockKind::Item => html! { ul { li { (self.inside(block)) } } },
            BlockKind::Table => html! {
                div .scroll tabindex="0" role="group" aria-label="Table" { table { tbody { (self.rows(&block.blocks)) } } }
            },
            // Parts of tables outside of one.
            BlockKind::Row | BlockKind::Cell | BlockKind::HeadCell => self.inside(block),
            BlockKind::Footnote => html! { div .footnote { (self.blocks(&block.blocks)) } },
            BlockKind::Rule => html! { hr; },
        }
    }

    fn items(&mut self, items: &[Block]) -> Markup {
        html! { @for item in items { li dir="auto" { (self.inside(item)) } } }
    }

    fn rows(&mut self, rows: &[Block]) -> Markup {
        html! {
            @for row in rows {
                tr {
                    @for cell in &row.blocks {
                        @if cell.kind == BlockKind::HeadCell { th dir="auto" { (self.inside(cell)) } }
                        @else { td dir="auto" { (self.inside(cell)) } }
                    }
                    (self.words(row))
                }
            }
        }
    }

    /// What stands in a block: a single paragraph goes without one of its own.
    fn inside(&mut self, block: &Block) -> Markup {
        match block.blocks.as_slice() {
            [] => self.words(block),
            [only] if only.kind == BlockKind::Paragraph => self.words(only),
            [first, rest @ ..] if first.kind == BlockKind::Paragraph && block.kind == BlockKind::Item => {
                html! { (self.words(first)) (self.blocks(rest)) }
            }
            blocks => self.blocks(blocks),
        }
    }

    fn words(&mut self, block: &Block) -> Markup {
        let mut pieces = Vec::new();
        for run in &block.runs {
            self.cut(run, &mut pieces);
        }
        let mut pieces = pieces.into_iter().peekable();
        let mut out = Vec::new();
        while let Some(piece) = pieces.next() {
            out.push(match piece.mark {
                None => set(&piece, true),
                Some(mark) => self.mark(mark, &piece, &mut pieces),
            });
        }
        html! { @for part in out { (part) } }
    }

    /// A mark, with all its pieces.
    fn mark<'r>(
        &mut self,
        at: usize,
        first: &Piece<'r>,
        rest: &mut Peekable<impl Iterator<Item = Piece<'r>>>,
    ) -> Markup {
        let mut inside = vec![set(first, false)];
        while let Some(piece) = rest.next_if(|piece| piece.mark == Some(at)) {
            inside.push(set(&piece, false));
        }
        let inside = html! { @for part in inside { (part) } };
        let is_first = self.is_shown.get_mut(at).is_some_and(|is_shown| !std::mem::replace(is_shown, true));
        self.items.marks.get(at).map_or(inside.clone(), |mark| marked(self.items, mark, is_first, &inside))
    }

    /// Cuts a run where marks begin and end.
    fn cut<'r>(&mut self, run: &'r Run, into: &mut Vec<Piece<'r>>) {
        let is_before = |span: &Span| span.end <= run.origin.start;
        // Footnotes may stand before what refers to them; most runs follow each other.
        if self.spans.get(self.at.saturating_sub(1)).is_some_and(|span| span.end > run.origin.start) {
            self.at = self.spans.partition_point(is_before);
        }
        while self.spans.get(self.at).is_some_and(is_before) {
            self.at += 1;
        }
        let is_copied = run.text.len() == run.origin.len();
        if !is_copied {
            let mark = self.spans.get(self.at).filter(|span| span.overlaps(run.origin)).map(|_| self.at);
            into.push(Piece { text: &run.text, run, mark });
            return;
        }
        let mut done = 0;
        let mut mark = self.at;
        while let Some(span) = self.spans.get(mark).filter(|span| span.start < run.origin.end) {
            let within = |offset: u32| {
                let offset = offset.clamp(run.origin.start, run.origin.end) - run.origin.start;
                run.text.floor_char_boundary(offset as usize)
            };
            let (start, end) = (within(span.start).max(done), within(span.end));
            if start < end {
                let piece = |from: usize, to: usize, mark| Piece {
                    text: run.text.get(from..to).unwrap_or_default(),
                    run,
                    mark,
                };
                if done < start {
                    into.push(piece(done, start, None));
                }
                into.push(piece(start, end, Some(mark)));
                done = end;
            }
            mark += 1;
        }
        if let Some(text) = run.text.get(done..).filter(|text| !text.is_empty()) {
            into.push(Piece { text, run, mark: None });
        }
    }
}

/// Words as they are set. Links lead out of the page, where they may.
fn set(piece: &Piece<'_>, may_link: bool) -> Markup {
    let RunStyle { is_stressed, is_strong, is_struck, is_code, is_raised } = piece.run.style;
    let mut words = html! { (piece.text) };
    if is_code {
        words = html! { code { (words) } };
    }
    if is_raised {
        words = html! { sup { (words) } };
    }
    if is_struck {
        words = html! { s { (words) } };
    }
    if is_stressed {
        words = html! { em { (words) } };
    }
    if is_strong {
        words = html! { strong { (words) } };
    }
    match &piece.run.link {
        Some(link) if may_link && is_web(link) => {
            html! { a .out href=(link) { (words) } }
        }
        Some(link) => html! { span .out title=(link) { (words) } },
        None => words,
    }
}

/// Whether an address is one of the web; no other becomes a link.
pub(super) fn is_web(address: &str) -> bool {
    let begins = |with: &str| address.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    (begins("https://") || begins("http://"))
        && !address.chars().any(|it| it.is_whitespace() || it.is_control())
}

/// A mark with its sign, and with its findings' for those who look at the draft alone.
fn marked(items: &Items<'_>, mark: &Mark<'_>, is_first: bool, inside: &Markup) -> Markup {
    let Some(article) = items.articles.get(mark.article) else { return inside.clone() };
    let status = mark.status;
    let is_quiet = matches!(status, Status::Excluded | Status::Ignored);
    let grave = article.gravest().filter(|severity| *severity > Severity::Note && !mark.is_used);
    let told = match grave {
        Some(severity) => format!("{}, {}: ", status.name(), severity.name()),
        None => format!("{}: ", status.name()),
    };
    html! {
        a class={ "m " (status.name()) @if let Some(severity) = grave { " found " (severity.name()) } @if mark.is_used { " used" } }
            id=[is_first.then_some(&mark.id)] href={ "#" (article.id) } tabindex=[is_quiet.then_some("-1")] {
            span .h { (told) }
            (inside)
            @if let Some(severity) = grave { (status::severity(severity)) }
            @if let (Some(ordinal), false) = (article.ordinal, mark.is_used) { sup .p { (ordinal) } }
        }
    }
}
