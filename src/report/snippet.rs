//! Findings and problems drawn by `annotate-snippets`.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::engine::Problem;
use crate::finding::{Excerpt, Finding, Severity};

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub coloured: bool,
    /// Columns of the terminal or page.
    pub width: usize,
}

impl Style {
    /// No colours, 120 columns: what files and pipes get.
    pub const PLAIN: Self = Self { coloured: false, width: 120 };

    fn renderer(self) -> Renderer {
        let renderer = if self.coloured { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(self.width).decor_style(DecorStyle::Ascii)
    }
}

/// Draws one finding.
pub(super) fn finding(finding: &Finding, style: Style) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(finding.message.as_str()).id(finding.check));
    let paths: Vec<String> = finding.labels.iter().map(|label| label.path.display().to_string()).collect();
    for (at, (label, path)) in finding.labels.iter().zip(&paths).enumerate() {
        group = place(group, path, &label.excerpt, &label.text, at == 0);
    }
    for note in &finding.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    style.renderer().render(&[group])
}

/// Draws one problem.
pub(super) fn problem(problem: &Problem, style: Style) -> String {
    let path = problem.path.display().to_string();
    let title = Level::ERROR.primary_title(problem.message.as_str());
    let mut group = match &problem.excerpt {
        Some(excerpt) => place(Group::with_title(title), &path, excerpt, "", true),
        None => title.element(Origin::path(path.as_str())),
    };
    if let Some((excerpt, text)) = &problem.related {
        group = place(group, &path, excerpt, text, false);
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    style.renderer().render(&[group])
}

/// Adds the lines around a place. Where a long line was cut at its beginning, its column is told apart from it.
fn place<'a>(
    group: Group<'a>,
    path: &'a str,
    excerpt: &'a Excerpt,
    text: &'a str,
    is_first: bool,
) -> Group<'a> {
    let kind = if is_first { AnnotationKind::Primary } else { AnnotationKind::Context };
    let annotation = kind.span(excerpt.span.range()).label((!text.is_empty()).then_some(text));
    let snippet =
        Snippet::source(excerpt.text.as_str()).line_start(excerpt.start.line).annotation(annotation);
    if excerpt.is_cut {
        let origin = Origin::path(path).line(excerpt.start.line).char_column(excerpt.start.column);
        group.element(origin).element(snippet)
    } else {
        group.element(snippet.path(path))
    }
}
