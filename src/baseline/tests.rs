use jiff::civil::date;

use super::*;
use crate::finding::{Finding, Severity};
use crate::system::Memory;

const RULES: &str = "claims/a.toml";

fn finding(check: &'static str, claim: &str) -> Finding {
    Finding::new(check, Severity::Error, "\"7%\" is not\nwhat it is").about(claim)
}

fn story(findings: Vec<Finding>) -> StoryOutcome<'static> {
    let rules: Arc<Path> = Path::new(RULES).into();
    StoryOutcome {
        rules,
        draft: None,
        claims: Vec::new(),
        findings,
        accepted: Vec::new(),
        ignored: Vec::new(),
        problems: Vec::new(),
        coverage: crate::assessment::CoverageCounts::default(),
        stubs: Vec::new(),
        dossier: None,
    }
}

fn entry(finding: &Finding, expires: Option<Date>) -> String {
    let prints = fingerprints(Path::new(RULES), std::slice::from_ref(finding));
    let entry = Entry {
        fingerprint: prints[0],
        story: RULES.to_owned(),
        check: finding.check.to_owned(),
        reason: "the desk's \"own\" sum\n\\".to_owned(),
        author: "A. Editor".to_owned(),
        date: date(2026, 11, 24),
        expires,
    };
    written(&entry, finding)
}

fn read(text: &str) -> Result<Baseline, Vec<Problem>> {
    let system = Memory::new([("baseline.toml", text)]);
    Baseline::read(&system, Path::new("baseline.toml"), date(2026, 12, 1))
}

#[test]
fn what_was_accepted_stands_apart() {
    let (one, other) = (finding("value-refuted", "rise"), finding("value-refuted", "fall"));
    let baseline = read(&entry(&one, Some(date(2026, 12, 2)))).unwrap();
    let sifted = baseline.sift(story(vec![one, other]));
    let claims: Vec<_> = sifted.findings.iter().map(|finding| finding.claim.as_deref().unwrap()).collect();
    assert_eq!(claims, ["fall"]);
    assert_eq!(sifted.accepted[0].finding.claim.as_deref(), Some("rise"));
    assert_eq!(sifted.accepted[0].reason, "the desk's \"own\" sum\n\\");
    assert!(baseline.stale().is_empty(), "{:?}", baseline.stale());
}

#[test]
fn of_two_alike_the_other_keeps_its_fingerprint() {
    let one = finding("value-refuted", "rise");
    let prints = fingerprints(Path::new(RULES), &[one.clone(), one.clone()]);
    let baseline = read(&entry(&one, None)).unwrap();
    let sifted = baseline.sift(story(vec![one.clone(), one]));
    assert_eq!((sifted.findings.len(), sifted.accepted.len()), (1, 1));
    assert_eq!(fingerprints(Path::new(RULES), &sifted.findings), prints[1..]);
}

#[test]
fn an_entry_ends_on_its_day() {
    let one = finding("value-refuted", "rise");
    let baseline = read(&entry(&one, Some(date(2026, 12, 1)))).unwrap();
    assert_eq!(baseline.sift(story(vec![one])).findings.len(), 1);
    let stale = baseline.stale();
    assert_eq!(stale.len(), 1);
    assert_eq!(stale[0].message, "this was accepted until 2026-12-01");
}

#[test]
fn an_entry_without_a_finding_is_told_where_its_story_was_checked() {
    let baseline = read(&entry(&finding("value-refuted", "rise"), None)).unwrap();
    assert!(baseline.stale().is_empty(), "nothing was checked yet");
    let problem = Problem {
        path: Path::new(RULES).into(),
        excerpt: None,
        message: "the source is gone".to_owned(),
        help: None,
        related: None,
    };
    _ = baseline.sift(StoryOutcome { problems: vec![problem], ..story(Vec::new()) });
    assert!(baseline.stale().is_empty(), "what could not be checked may have the finding still");
    _ = baseline.sift(story(Vec::new()));
    let stale = baseline.stale();
    assert_eq!(stale.len(), 1);
    assert!(stale[0].excerpt.as_ref().unwrap().marked().len() > 32, "it points at the fingerprint");
}

#[test]
fn all_that_is_wrong_is_told_at_its_place() {
    let good = entry(&finding("value-refuted", "rise"), None);
    let told = |text: &str| -> Vec<(usize, String)> {
        let problems = read(text).unwrap_err();
        let place = |problem: &Problem| problem.excerpt.as_ref().map_or(0, |excerpt| excerpt.start.line);
        problems.iter().map(|problem| (place(problem), problem.message.clone())).collect()
    };
    let line = |key: &str| good.lines().position(|line| line.starts_with(key)).unwrap() + 1;
    assert_eq!(
        told(&format!("{good}{good}")),
        [(line("date") + 3, "this finding is accepted twice".to_owned())]
    );
    let without =
        |key: &str| good.lines().filter(|line| !line.starts_with(key)).collect::<Vec<_>>().join("\n");
    for key in ["fingerprint", "story", "check", "author", "date"] {
        assert!(told(&without(key))[0].1.contains(&format!("missing field `{key}`")), "{key}");
    }
    assert!(told("[[accepted]]\nfingerprnt = \"a\"\n")[0].1.contains("unknown field `fingerprnt`"));
    let bad = good
        .replace("value-refuted", "value-refutd")
        .replace("A. Editor", " ")
        .replace("date = 2026-11-24", "date = 2026-11-24T10:00:00");
    assert_eq!(
        told(&bad),
        [
            (line("check"), "unknown check `value-refutd`".to_owned()),
            (line("author"), "`author` is empty".to_owned()),
            (line("date"), "this is no day: write one like 2026-11-24".to_owned()),
        ]
    );
}
