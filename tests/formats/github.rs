//! Workflow commands, read as GitHub's runner reads them, from its documentation: a line that begins with `::`, a name,
//! properties separated by commas, `::`, data. Escapes are undone; commands between `stop-commands` and its token are text.

use std::collections::BTreeMap;

use factcheck::finding::{Role, Severity};
use factcheck::text::Counting;

use super::{Run, Unit, between, broken, crowded, flagged, hostile, runs};

#[derive(Debug)]
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    data: String,
}

fn parse(line: &str) -> Option<Command> {
    let (info, data) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
    let unescaped = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
    let properties = properties
        .split(',')
        .filter_map(|property| property.split_once('='))
        .map(|(key, value)| {
            (key.to_owned(), unescaped(value).replace("%3A", ":").replace("%2C", ",").replace("%25", "%"))
        })
        .collect();
    Some(Command { name: name.to_owned(), properties, data: unescaped(data).replace("%25", "%") })
}

/// The annotations of a log, and the lines that are text. The runner breaks lines at `\r` too.
fn read(log: &str) -> (Vec<Command>, Vec<String>) {
    let (mut annotations, mut text) = (Vec::new(), Vec::new());
    let mut stopped: Option<String> = None;
    for line in log.split(['\n', '\r']) {
        match (parse(line), &stopped) {
            (Some(command), None) => match command.name.as_str() {
                "error" | "warning" | "notice" => annotations.push(command),
                "stop-commands" => stopped = Some(command.data),
                "group" | "endgroup" => {}
                name => panic!("{name}, in {line}"),
            },
            (Some(command), Some(token)) if command.name == *token => stopped = None,
            (_, None) => {
                assert!(!line.contains("##["), "an old kind of command: {line}");
                text.push(line.to_owned());
            }
            (_, Some(_)) => text.push(line.to_owned()),
        }
    }
    assert!(stopped.is_none(), "commands are never on again");
    (annotations, text)
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn title(finding: &factcheck::finding::Finding) -> String {
    let claim = finding.claim.as_ref().map_or_else(String::new, |claim| format!(" ({claim})"));
    format!("{}{claim}", finding.check)
}

fn words(run: &Run, command: &Command) -> Option<String> {
    let number = |key: &str| command.properties.get(key).map(|number| number.parse::<u64>().unwrap());
    let line = number("line")?;
    let text = run.text(&command.properties["file"]);
    Some(between(&text, (line, number("col")?), (line, number("endColumn")?), Unit::Characters))
}

#[test]
fn every_finding_is_an_annotation_or_a_line() {
    for run in runs() {
        let (annotations, text) = read(&run.report("github"));
        let mut wanted: Vec<(&str, String)> =
            run.problems.iter().map(|_| ("error", "could not check".to_owned())).collect();
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            let findings = run.findings().into_iter().filter(|finding| finding.severity == severity);
            wanted.extend(findings.map(|finding| (name(severity), title(finding))));
        }
        let shown: Vec<(&str, String)> = annotations
            .iter()
            .map(|command| (command.name.as_str(), command.properties["title"].clone()))
            .collect();
        let mut kept = BTreeMap::new();
        let (first, rest): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|(name, _)| {
            let count = kept.entry(*name).or_insert(0);
            *count += 1;
            *count <= 10
        });
        assert_eq!(shown, first, "{}", run.name);
        // The two closing lines, and what follows the last line's end.
        assert_eq!(text.len(), rest.len() + 3, "{}: {text:#?}", run.name);
    }
}

#[test]
fn annotations_stand_at_their_words() {
    let mut seen = 0;
    for run in runs().into_iter().filter(|run| run.problems.is_empty()) {
        let (annotations, _) = read(&run.report("github"));
        let mut findings = run.findings();
        for command in &annotations {
            let at = findings
                .iter()
                .position(|finding| {
                    title(finding) == command.properties["title"] && command.data.contains(&finding.message)
                })
                .unwrap();
            let finding = findings.remove(at);
            let label = finding.labels.first().unwrap();
            assert_eq!(command.properties["file"], label.path.to_str().unwrap());
            if label.excerpt.counting != Counting::Lines {
                assert!(!command.properties.contains_key("line"));
                assert!(command.data.starts_with(&label.excerpt.in_words().unwrap()), "{command:?}");
            } else if label.role == Role::Source || label.excerpt.start.line != label.excerpt.end.line {
                assert_eq!(command.properties["line"], label.excerpt.start.line.to_string());
                assert!(!command.properties.contains_key("col"), "{command:?}");
            } else {
                assert_eq!(words(&run, command).unwrap(), flagged(finding), "{}: {command:?}", run.name);
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn what_is_not_shown_is_counted() {
    let run = crowded();
    let report = run.report("github");
    let totals = run.totals();
    let more = totals.errors - 10 + totals.warnings - 10 + totals.notes.saturating_sub(10);
    assert!(
        report.contains(&format!("::group::{more} more, which GitHub does not show beside the text\n")),
        "{report}"
    );
    let (annotations, _) = read(&report);
    let names: Vec<&str> = annotations.iter().map(|command| command.name.as_str()).collect();
    let mut sorted = names.clone();
    sorted.sort_by_key(|name| ["error", "warning", "notice"].iter().position(|it| it == name));
    assert_eq!(names, sorted, "the gravest come first");
}

#[test]
fn a_draft_gives_no_commands() {
    // Its messages quote a draft that has some, and its path has all that properties are escaped for.
    let report = hostile().report("github");
    let (annotations, _) = read(&report);
    assert!(!annotations.is_empty());
    assert!(
        annotations.iter().any(|command| command.properties["file"] == "dra,ft:5% <@x> &.md"),
        "{annotations:#?}"
    );
    for command in &annotations {
        let keys: Vec<&str> = command.properties.keys().map(String::as_str).collect();
        assert!(
            keys.iter().all(|key| ["file", "line", "endLine", "col", "endColumn", "title"].contains(key)),
            "{keys:?}"
        );
    }
}

#[test]
fn problems_come_first() {
    let run = broken();
    let (annotations, _) = read(&run.report("github"));
    assert_eq!(annotations[0].properties["title"], "could not check");
    let excerpt = run.problems[0].excerpt.as_ref().unwrap();
    assert_eq!(words(&run, &annotations[0]).unwrap(), excerpt.marked());
}
