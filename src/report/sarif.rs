//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), which code scanning and editors read.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use crate::checks;
use crate::engine::{Problem, StoryOutcome};
use crate::finding::{
    Accepted, Excerpt, Finding, Fingerprint, Ignored, IgnoredBy, Label, Rewording, Role, fingerprints,
    slashed,
};
use crate::text::Counting;

use super::{Chunk, Ending, Format, Style, uri::uri};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "sarif",
    about: "SARIF 2.1.0, for code scanning and editors",
    begin,
    separator: b",",
    story,
    end,
    summary: None,
    shows_ignored: true,
};

/// Where the schema is published.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Under which key a finding's fingerprint stands. It is not the `primaryLocationLineHash` that GitHub adds while it
/// uploads a file: GitHub computes that one from the line, and warns of each that it finds to be another.
const FINGERPRINT: &str = "factcheckFinding/v1";

/// The log's beginning, with every check as a rule.
fn begin(out: &mut Vec<u8>) {
    let rules: Vec<Value> = checks::ALL.into_iter().map(rule).collect();
    let driver = json!({
        "name": "factcheck",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    // The version should come first (section 3.13.2), and results one by one, last.
    let head = format!(
        "{{\"version\":\"2.1.0\",\"$schema\":\"{SCHEMA}\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\
         \"columnKind\":\"utf16CodeUnits\",\"results\":["
    );
    out.extend_from_slice(head.as_bytes());
}

fn rule(check: &checks::Check) -> Value {
    // The examples are of rule files, in Markdown: they say nothing to whoever reads plain text in a list of alerts.
    let text = check.page.split("\n## Example").next().unwrap_or(check.page).trim_end();
    json!({
        "id": check.slug,
        "shortDescription": { "text": format!("{}.", check.summary()) },
        "fullDescription": { "text": format!("{}.", check.summary()) },
        "help": { "text": text, "markdown": check.page },
        "defaultConfiguration": { "level": check.severity.name() },
    })
}

/// A story's findings as results, a comma before each; then, as suppressed ones, those that somebody lets stand, and the
/// numbers that need no claim.
fn story(story: &StoryOutcome<'_>, _: Style) -> Chunk {
    let accepted = story.accepted.iter().map(|it| (&it.finding, suppression(it)));
    let ignored = story.ignored.iter().map(|it| (&it.finding, ignored(it)));
    let suppressed: Vec<(&Finding, Value)> = accepted.chain(ignored).collect();
    let findings: Vec<&Finding> =
        story.findings.iter().chain(suppressed.iter().map(|(finding, _)| *finding)).collect();
    let prints = fingerprints(&story.rules, findings.iter().copied());
    let suppressions = story.findings.iter().map(|_| None).chain(suppressed.iter().map(|(_, it)| Some(it)));
    let mut body = Vec::new();
    for ((finding, print), suppression) in findings.into_iter().zip(prints).zip(suppressions) {
        let mut result = result(finding, print, &story.rules);
        if let (Some(members), Some(suppression)) = (result.as_object_mut(), suppression) {
            members.insert("suppressions".to_owned(), json!([suppression]));
        }
        body.push(b',');
        body.extend_from_slice(result.to_string().as_bytes());
    }
    Chunk { body, tail: Vec::new() }
}

/// It lies in a file of its own, not in the draft.
fn suppression(accepted: &Accepted) -> Value {
    let Accepted { reason, author, date, .. } = accepted;
    json!({
        "kind": "external",
        "status": "accepted",
        "justification": reason,
        "properties": { "author": author, "date": date.to_string() },
    })
}

/// It lies in the draft, or in the rule file, which is not the file that the result is about.
fn ignored(ignored: &Ignored) -> Value {
    let kind = match ignored.by {
        IgnoredBy::Rules => "external",
        IgnoredBy::Draft => "inSource",
    };
    let mut suppression = json!({ "kind": kind, "status": "accepted" });
    if let (Some(members), false) = (suppression.as_object_mut(), ignored.reason.is_empty()) {
        members.insert("justification".to_owned(), ignored.reason.as_str().into());
    }
    suppression
}

fn result(finding: &Finding, print: Fingerprint, rules: &Path) -> Value {
    let (first, others) = match finding.labels.split_first() {
        Some((first, others)) => (located(first), others),
        None => (json!({ "physicalLocation": { "artifactLocation": artifact(rules) } }), &[][..]),
    };
    let mut result = json!({
        "ruleId": finding.check,
        "level": finding.severity.name(),
        "message": { "text": message(finding) },
        "locations": [first],
        "partialFingerprints": { FINGERPRINT: print.to_string() },
        "properties": { "claim": finding.claim, "story": slashed(rules) },
    });
    let mut add = |key: &str, value: Value| {
        if let Some(members) = result.as_object_mut() {
            members.insert(key.to_owned(), value);
        }
    };
    if let Some(at) = checks::ALL.iter().position(|check| check.slug == finding.check) {
        add("ruleIndex", at.into());
    }
    if !others.is_empty() {
        add("relatedLocations", others.iter().enumerate().map(|(at, label)| related(at, label)).collect());
    }
    let fixed = finding.fix.as_ref().zip(finding.place(Role::Draft));
    if let Some((fix, draft)) = fixed.filter(|(fix, _)| fix.excerpt.counting == Counting::Lines) {
        add("fixes", json!([self::fix(fix, &draft.path)]));
    }
    result
}

/// What is wrong, what stands behind it, what to do: paragraphs. Braces are left single, though section 3.11.5 doubles them:
/// code scanning shows what stands here, and people copy rules from it.
fn message(finding: &Finding) -> String {
    let notes = finding.notes.iter().map(String::as_str);
    let paragraphs: Vec<&str> =
        [finding.message.as_str()].into_iter().chain(notes).chain(finding.help.as_deref()).collect();
    paragraphs.join("\n\n")
}

fn related(at: usize, label: &Label) -> Value {
    let said = match label.role {
        _ if !label.text.is_empty() => label.text.as_str(),
        Role::Draft => "the draft",
        Role::Rule => "the rule",
        Role::Source => "the source",
    };
    let mut location = located(label);
    if let Some(members) = location.as_object_mut() {
        members.insert("id".to_owned(), at.into());
        members.insert("message".to_owned(), json!({ "text": said }));
    }
    location
}

fn located(label: &Label) -> Value {
    place(&label.path, &label.excerpt, label.role)
}

/// A place. What has no lines is known by its paragraphs or cells, which are no region of the file; of a table the line is known.
fn place(path: &Path, excerpt: &Excerpt, role: Role) -> Value {
    if let Some(name) = excerpt.in_words() {
        let kind = if excerpt.counting == Counting::Cells { "cell" } else { "paragraph" };
        return json!({
            "physicalLocation": { "artifactLocation": artifact(path) },
            "logicalLocations": [{ "name": name, "kind": kind }],
        });
    }
    let mut region = region(excerpt);
    if role == Role::Source {
        region = json!({ "startLine": excerpt.start.line });
    }
    json!({ "physicalLocation": { "artifactLocation": artifact(path), "region": region } })
}

fn region(excerpt: &Excerpt) -> Value {
    json!({
        "startLine": excerpt.start.line,
        "startColumn": excerpt.start.column_utf16,
        "endLine": excerpt.end.line,
        "endColumn": excerpt.end.column_utf16,
        "snippet": { "text": excerpt.marked() },
    })
}

fn fix(fix: &Rewording, draft: &Path) -> Value {
    let mut deleted = region(&fix.excerpt);
    if let Some(members) = deleted.as_object_mut() {
        members.remove("snippet");
    }
    json!({
        "description": { "text": format!("write \"{}\"", fix.replacement) },
        "artifactChanges": [{
            "artifactLocation": artifact(draft),
            "replacements": [{ "deletedRegion": deleted, "insertedContent": { "text": fix.replacement } }],
        }],
    })
}

/// A file by its URI: relative to where the program ran, as the path was given, or absolute.
fn artifact(path: &Path) -> Value {
    let encoded = uri(&slashed(path));
    let uri = match (path.is_absolute(), encoded.starts_with('/')) {
        (true, true) => format!("file://{encoded}"),
        (true, false) => format!("file:///{encoded}"),
        (false, _) => encoded,
    };
    json!({ "uri": uri })
}

/// The log's end: what could not be checked, as notifications of a run that did not succeed.
fn end(out: &mut dyn Write, ending: &Ending<'_>) -> io::Result<()> {
    let notifications: Vec<Value> = ending.problems.iter().map(notification).collect();
    let invocation = json!({
        "executionSuccessful": ending.totals.problems == 0,
        "toolExecutionNotifications": notifications,
    });
    writeln!(out, "],\"invocations\":[{invocation}]}}]}}")
}

fn notification(problem: &Problem) -> Value {
    let place = match &problem.excerpt {
        Some(excerpt) => place(&problem.path, excerpt, Role::Rule),
        None => json!({ "physicalLocation": { "artifactLocation": artifact(&problem.path) } }),
    };
    let help = problem.help.iter().map(String::as_str);
    let text: Vec<&str> = [problem.message.as_str()].into_iter().chain(help).collect();
    json!({ "level": "error", "message": { "text": text.join("\n\n") }, "locations": [place] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        assert_eq!(
            artifact(Path::new("stories/Ünder 5%.md")),
            json!({ "uri": "stories/%C3%9Cnder%205%25.md" })
        );
        assert_eq!(artifact(Path::new("/news/a:b.md")), json!({ "uri": "file:///news/a%3Ab.md" }));
        assert_eq!(artifact(Path::new("../a.md")), json!({ "uri": "../a.md" }));
    }
}
