//! Findings and problems as an editor shows them.

use std::path::{Path, PathBuf};

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    Position, Range,
};

use super::overlay::Overlay;
use super::pages::Pages;
use super::sheet::is_shown;
use super::uri::uri;
use crate::engine::Problem;
use crate::finding::{Excerpt, Finding, Label, Role, Severity};

/// The name that diagnostics are shown with.
pub(super) const SOURCE: &str = "factcheck";

/// Turns what a check says into diagnostics.
pub(super) struct Diagnoser<'a> {
    pub(super) overlay: &'a Overlay,
    pub(super) pages: &'a Pages,
}

/// The most findings that are shown of one story: editors show no more, and a draft with thousands of numbers that nobody has
/// claimed yet must not keep them busy at every key.
const MOST: usize = 1000;

/// All findings, or the gravest of them, in their order; the command line tells them all.
pub(super) fn gravest(findings: &[Finding]) -> Vec<&Finding> {
    let mut kept: Vec<&Finding> = findings.iter().collect();
    for severity in [Severity::Note, Severity::Warning, Severity::Error] {
        let graver = kept.iter().filter(|finding| finding.severity > severity).count();
        let mut room = MOST.saturating_sub(graver);
        if kept.len() > MOST {
            kept.retain(|finding| {
                let is_kept = finding.severity != severity || room > 0;
                room = room.saturating_sub(usize::from(finding.severity == severity));
                is_kept
            });
        }
    }
    kept
}

/// A diagnostic and the file that it is of.
pub(super) type Placed = (PathBuf, Diagnostic);

impl Diagnoser<'_> {
    /// A finding, at its first place that an editor can show. What is in a Word document is said at the rule.
    pub(super) fn finding(&self, finding: &Finding) -> Option<Placed> {
        let place = finding.labels.iter().find(|label| is_shown(&label.excerpt))?;
        let mut message = finding.message.clone();
        for note in finding.notes.iter().map(String::as_str).chain(finding.help.as_deref()) {
            message.push('\n');
            message.push_str(note);
        }
        let others = finding.labels.iter().filter(|label| !std::ptr::eq(*label, place));
        let related: Vec<DiagnosticRelatedInformation> =
            others.filter_map(|label| self.related(label)).collect();
        let href = self.pages.of(finding.check);
        let diagnostic = Diagnostic {
            range: self.range(&place.path, &place.excerpt),
            severity: Some(severity(finding.severity)),
            code: Some(NumberOrString::String(finding.check.to_owned())),
            code_description: href.map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message,
            related_information: (!related.is_empty()).then_some(related),
            // The claim, for those who act on it.
            data: finding.claim.clone().map(serde_json::Value::String),
            ..Diagnostic::default()
        };
        Some((self.overlay.absolute(&place.path), diagnostic))
    }

    /// What kept something from being checked: an error, wherever it lies.
    pub(super) fn problem(&self, problem: &Problem) -> Placed {
        let path = self.overlay.absolute(&problem.path);
        let range = problem.excerpt.as_ref().filter(|excerpt| is_shown(excerpt));
        let range = range.map_or_else(Range::default, |excerpt| self.range(&problem.path, excerpt));
        let message = match &problem.help {
            Some(help) => format!("{}\n{help}", problem.message),
            None => problem.message.clone(),
        };
        let related = problem.related.as_ref().and_then(|(excerpt, what)| {
            let location = Location { uri: uri(&path)?, range: self.range(&problem.path, excerpt) };
            Some(vec![DiagnosticRelatedInformation { location, message: what.clone() }])
        });
        let diagnostic = Diagnostic {
            range,
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some(SOURCE.to_owned()),
            message,
            related_information: related,
            ..Diagnostic::default()
        };
        (path, diagnostic)
    }

    fn related(&self, label: &Label) -> Option<DiagnosticRelatedInformation> {
        let uri = uri(&self.overlay.absolute(&label.path))?;
        let (range, message) = match label.role {
            // A cell is known by its line, and by what is printed in it.
            Role::Source => {
                let cell = label.excerpt.marked();
                (line(label.excerpt.start.line), format!("{}: {cell}", label.text))
            }
            Role::Rule | Role::Draft => (self.range(&label.path, &label.excerpt), label.text.clone()),
        };
        let message = match (message.is_empty(), label.role) {
            (false, _) => message,
            (true, Role::Rule) => "the rule".to_owned(),
            (true, _) => "in the draft".to_owned(),
        };
        is_shown(&label.excerpt)
            .then_some(DiagnosticRelatedInformation { location: Location { uri, range }, message })
    }

    /// Where an excerpt is, in the text as the editor has it.
    fn range(&self, path: &Path, excerpt: &Excerpt) -> Range {
        if let Some(document) = self.overlay.document(&self.overlay.absolute(path)) {
            return document.range(excerpt.in_file);
        }
        let position = |at: crate::text::Position| Position {
            line: number(at.line.saturating_sub(1)),
            character: number(at.column_utf16.saturating_sub(1)),
        };
        Range { start: position(excerpt.start), end: position(excerpt.end) }
    }
}

/// A whole line, by its number from 1.
pub(super) fn line(from_one: usize) -> Range {
    let line = number(from_one.saturating_sub(1));
    Range {
        start: Position { line, character: 0 },
        end: Position { line: line.saturating_add(1), character: 0 },
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Note => DiagnosticSeverity::INFORMATION,
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_findings_the_gravest_are_shown() {
        let of = |severity, count| std::iter::repeat_n(Finding::new("value-refuted", severity, ""), count);
        let findings = |notes, warnings, errors| -> Vec<Finding> {
            let all = of(Severity::Note, notes).chain(of(Severity::Error, errors));
            all.chain(of(Severity::Warning, warnings)).collect()
        };
        let shown = |findings: Vec<Finding>| {
            let shown = gravest(&findings);
            [Severity::Note, Severity::Warning, Severity::Error]
                .map(|severity| shown.iter().filter(|it| it.severity == severity).count())
        };
        assert_eq!(shown(findings(5, 5, 5)), [5, 5, 5]);
        assert_eq!(shown(findings(2000, 5, 5)), [990, 5, 5]);
        assert_eq!(shown(findings(5, 2000, 5)), [0, 995, 5]);
        assert_eq!(shown(findings(5, 5, 2000)), [0, 0, 1000]);
    }
}
