//! The XML of `JUnit`, as Jenkins, GitLab and most others read it: a suite a story, a test case a claim.
//!
//! There is no one schema. What is used here is what <https://github.com/testmoapp/junitxml> lists as understood in
//! general. A case has one `failure` or one `error`: most readers look at the first.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use crate::engine::{ClaimOutcome, StoryOutcome};
use crate::finding::{Finding, Severity, slashed};
use crate::hedge::Verdict;

use super::snippet;
use super::{Chunk, Ending, Format, Style, place_of};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "junit",
    about: "JUnit's XML: a suite a story, a test case a claim",
    begin: |out| out.extend_from_slice(HEAD),
    separator: b"",
    story,
    end,
    summary: None,
    shows_ignored: false,
};

const HEAD: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"factcheck\">\n";

/// A story's suite.
fn story(story: &StoryOutcome<'_>, _: Style) -> Chunk {
    let mut suite = Suite { name: slashed(&story.rules), ..Suite::default() };
    let class = slashed(&story.rules.with_extension(""));
    let file = slashed(story.draft.as_deref().unwrap_or(&story.rules));
    // Where an id is given twice, which is a problem, its findings stand with the first.
    let mut at: HashMap<&str, usize> = HashMap::new();
    for (index, claim) in story.claims.iter().enumerate() {
        at.entry(&claim.id).or_insert(index);
    }
    let mut of_claims: Vec<Vec<&Finding>> = vec![Vec::new(); story.claims.len()];
    let mut others = Vec::new();
    for finding in &story.findings {
        let claim =
            finding.claim.as_deref().and_then(|id| at.get(id)).and_then(|index| of_claims.get_mut(*index));
        claim.map_or_else(|| others.push(finding), |findings| findings.push(finding));
    }
    for (claim, findings) in story.claims.iter().zip(&of_claims) {
        let line = claim.place.map(|place| place.line);
        suite.case(&Case { name: &claim.id, class: &class, file: &file, line, claim: Some(claim), findings });
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for finding in others {
        let first = finding.labels.first();
        let flagged = first.map_or("", |label| label.excerpt.marked());
        let mut name = format!("{}: {flagged}", finding.check);
        let alike = seen.entry(name.clone()).or_default();
        *alike += 1;
        if *alike > 1 {
            _ = write!(name, " ({alike})");
        }
        let file = first.map_or_else(|| slashed(&story.rules), |label| slashed(&label.path));
        let line = first.map(|label| label.excerpt.start.line);
        suite.case(&Case {
            name: &name,
            class: &class,
            file: &file,
            line,
            claim: None,
            findings: &[finding],
        });
    }
    Chunk { body: suite.written().into_bytes(), tail: Vec::new() }
}

/// One test case to be written.
struct Case<'a> {
    name: &'a str,
    class: &'a str,
    file: &'a str,
    line: Option<usize>,
    claim: Option<&'a ClaimOutcome<'a>>,
    findings: &'a [&'a Finding],
}

/// A suite as it grows: what its head counts is known when all cases are.
#[derive(Default)]
struct Suite {
    name: String,
    cases: String,
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Suite {
    fn case(&mut self, case: &Case<'_>) {
        let (grave, rest): (Vec<&Finding>, Vec<&Finding>) =
            case.findings.iter().partition(|finding| finding.severity == Severity::Error);
        let reason = case.claim.filter(|claim| claim.verdict == Verdict::Unchecked);
        let outcome = match (reason, grave.first()) {
            (Some(claim), _) => {
                let reason = claim.reason.as_deref().unwrap_or_default();
                Some(("error", grave.first().map_or("claim-unchecked", |it| it.check), reason))
            }
            (None, Some(finding)) => Some(("failure", finding.check, finding.message.as_str())),
            (None, None) => None,
        };
        self.tests += 1;
        let out = &mut self.cases;
        _ = write!(
            out,
            "<testcase name=\"{}\" classname=\"{}\" file=\"{}\"",
            attribute(case.name),
            attribute(case.class),
            attribute(case.file)
        );
        if let Some(line) = case.line {
            _ = write!(out, " line=\"{line}\"");
        }
        out.push_str(">\n");
        if let Some(claim) = case.claim {
            properties(out, claim);
        }
        if let Some((element, kind, message)) = outcome {
            *(if element == "error" { &mut self.errors } else { &mut self.failures }) += 1;
            let message = attribute(message);
            _ = writeln!(
                out,
                "<{element} type=\"{kind}\" message=\"{message}\">{}</{element}>",
                drawn(&grave)
            );
        }
        if !rest.is_empty() {
            _ = writeln!(out, "<system-out>{}</system-out>", drawn(&rest));
        }
        out.push_str("</testcase>\n");
    }

    fn written(&self) -> String {
        let Self { cases, tests, failures, errors, .. } = self;
        let name = attribute(&self.name);
        format!(
            "<testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\">\n\
             {cases}</testsuite>\n"
        )
    }
}

fn properties(out: &mut String, claim: &ClaimOutcome<'_>) {
    out.push_str("<properties>\n");
    let says = claim.comparison.as_ref().map(|comparison| &*comparison.says);
    for (name, value) in
        [("verdict", Some(claim.verdict.name())), ("says", says), ("by", claim.by.as_deref())]
    {
        if let Some(value) = value {
            _ = writeln!(out, "<property name=\"{name}\" value=\"{}\"/>", attribute(value));
        }
    }
    out.push_str("</properties>\n");
}

/// Findings as the full report draws them.
fn drawn(findings: &[&Finding]) -> String {
    let drawn: Vec<String> = findings.iter().map(|finding| snippet::finding(finding, Style::PLAIN)).collect();
    text(&drawn.join("\n\n"))
}

/// The end: problems are a suite of their own.
fn end(out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
    let mut suite = Suite { name: "rules and sources".to_owned(), ..Suite::default() };
    for problem in ending.problems {
        suite.tests += 1;
        suite.errors += 1;
        let drawn = snippet::problem(problem, Severity::Error, Style::PLAIN);
        _ = writeln!(
            suite.cases,
            "<testcase name=\"{}\" classname=\"{}\" file=\"{}\">\n\
             <error type=\"could-not-check\" message=\"{}\">{}</error>\n</testcase>",
            attribute(&place_of(problem)),
            attribute(&slashed(&problem.path.with_extension(""))),
            attribute(&slashed(Path::new(&*problem.path))),
            attribute(&problem.message),
            text(&drawn)
        );
    }
    if suite.tests > 0 {
        out.write_all(suite.written().as_bytes())?;
    }
    out.write_all(b"</testsuites>\n")
}

/// Text between tags.
fn text(text: &str) -> String {
    escaped(text, false)
}

/// Text in quotation marks, where a parser turns line breaks and tabs that are not written as references into spaces.
fn attribute(text: &str) -> String {
    escaped(text, true)
}

/// Escapes what XML 1.0 gives a meaning to, and replaces what it has no place for, not even as a reference
/// (<https://www.w3.org/TR/xml/#charsets>).
fn escaped(text: &str, in_attribute: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Without this a parser takes it for a line break.
            '\r' => out.push_str("&#13;"),
            '\n' if in_attribute => out.push_str("&#10;"),
            '\t' if in_attribute => out.push_str("&#9;"),
            '\n' | '\t' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_has_no_place_for_is_replaced() {
        assert_eq!(text("a\0<b>&\u{1b}\u{ffff}\r\n"), "a\u{fffd}&lt;b&gt;&amp;\u{fffd}\u{fffd}&#13;\n");
        assert_eq!(attribute("\"a\"\n\tb"), "&quot;a&quot;&#10;&#9;b");
    }
}
