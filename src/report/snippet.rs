//! Findings and problems drawn by `annotate-snippets`.

use std::path::Path;

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
    let mut group =
        Group::with_title(level(finding.severity).primary_title(finding.message.as_str()).id(finding.check));
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
    let drawn = style.renderer().render(&[group]);
    finding.labels.iter().fold(drawn, |drawn, label| told(drawn, &label.path, &label.excerpt))
}

/// Draws one problem, which weighs as much as is said.
pub(super) fn problem(problem: &Problem, severity: Severity, style: Style) -> String {
    let path = problem.path.display().to_string();
    let title = level(severity).primary_title(problem.message.as_str());
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
    let excerpts = problem.excerpt.iter().chain(problem.related.iter().map(|(excerpt, _)| excerpt));
    let drawn = style.renderer().render(&[group]);
    excerpts.fold(drawn, |drawn, excerpt| told(drawn, &problem.path, excerpt))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// Adds the lines around a place.
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
    group.element(snippet.path(path))
}

/// What was drawn, with the place told as it is counted: the library tells the column in the lines that it was given, which may
/// lack their beginning, and knows no paragraphs.
fn told(drawn: String, path: &Path, excerpt: &Excerpt) -> String {
    let before = excerpt.text.get(..excerpt.span.start as usize).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let shown = format!("{}:{}:{column}", path.display(), excerpt.start.line);
    let told = excerpt.place(path);
    if shown == told { drawn } else { drawn.replacen(&shown, &told, 1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Label, Role};
    use crate::text::{Counting, LineIndex, Span};

    fn drawn(text: &str, words: &str, counting: Counting) -> String {
        let at = text.find(words).unwrap();
        let excerpt = Excerpt::new(text, &LineIndex::new(text), Span::new(at, at + words.len()));
        let label = Label {
            role: Role::Draft,
            path: Path::new("a.b").into(),
            excerpt: excerpt.counted(counting),
            text: String::new(),
        };
        finding(&Finding::new("check", Severity::Error, "wrong").label(label), Style::PLAIN)
    }

    #[test]
    fn places_are_told_as_they_are_counted() {
        let text = format!("first\n{} 5% here", "word ".repeat(1000));
        assert!(drawn(&text, "5%", Counting::Lines).contains("--> a.b:2:5002\n"));
        assert!(drawn(&text, "5%", Counting::Paragraphs).contains("--> a.b: paragraph 2, character 5002\n"));
        assert!(drawn("é 5%", "5%", Counting::Lines).contains("--> a.b:1:3\n"));
        assert_eq!(drawn(&text, "5%", Counting::Lines).matches("5%").count(), 1);
    }
}
