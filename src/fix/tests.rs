//! Which words may be changed by a program, and what else is changed with them.

use std::path::Path;

use super::attribution::{attribution, has_speaker, takes_hedge};
use super::*;
use crate::engine::{Options, Project, StoryOutcome};
use crate::system::Memory;
use crate::text::Span;

const DRAFT: &str = "news/draft.md";
const RULES: &str = "news/claims/a.toml";

/// The replacements of the only claim of a story, and why none is safe.
fn wording(draft: &str, value: &str, more: &str) -> (Vec<(String, Applicability)>, Option<Refusal>) {
    let quote = draft.lines().find(|line| line.contains("fund")).unwrap().trim_start_matches("> ");
    let rules = format!(
        "draft = \"../draft.md\"\n[[claim]]\nid = \"fund\"\nquote = '''{quote}'''\nformula = \"it\"\n{more}\n[figure.it]\nvalue = {value}\n"
    );
    only_wording(&Memory::new([(DRAFT, draft), (RULES, &*rules)]))
}

fn only_wording(system: &Memory) -> (Vec<(String, Applicability)>, Option<Refusal>) {
    let project =
        Project::open(system, &Options { paths: vec![RULES.into()], ..Options::default() }).unwrap();
    let mut wordings = Vec::new();
    project.look(
        |outcome: StoryOutcome<'_>, story| {
            assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
            Wording::all(story.unwrap(), &outcome.findings)
        },
        |of_story| {
            wordings.extend(of_story);
            true
        },
    );
    let Some(wording) = wordings.pop() else { return (Vec::new(), None) };
    let replacements = wording.replacements.into_iter().map(|it| (it.by, it.applicability));
    (replacements.collect(), wording.refusal)
}

#[test]
fn the_first_of_what_fits_is_safe_where_the_hedge_stays() {
    let safe = |draft: &str, value: &str| {
        let (replacements, refusal) = wording(draft, value, "");
        let first = replacements.first().filter(|(_, it)| *it == Applicability::Safe);
        first.map(|(by, _)| by.clone()).ok_or(refusal)
    };
    assert_eq!(safe("The fund kept 77.3 percent.", "\"77.39%\""), Ok("77.4 percent".to_owned()));
    assert_eq!(safe("The fund has about 100 members.", "112"), Ok("110".to_owned()));
    assert_eq!(safe("The fund outgrew, exceeding 1,200 members.", "1913"), Ok("1,900".to_owned()));
    assert_eq!(
        safe("The fund has 117,000 members.", "\"more than 117,000\""),
        Ok("more than 117,000".to_owned())
    );
    // Another hedge and another number would do alike.
    assert_eq!(safe("The fund rose by a little more than 5%.", "\"5.56%\""), Err(Some(Refusal::Open)));
    // "The more than 117,000 members" nobody writes, nor a sentence with a small letter.
    assert_eq!(
        safe("The 117,000 members of the fund left.", "\"more than 117,000\""),
        Err(Some(Refusal::Open))
    );
    assert_eq!(safe("117,000 members of the fund left.", "\"more than 117,000\""), Err(Some(Refusal::Open)));
    assert_eq!(safe("The fund kept 77.4 percent.", "\"77.39%\""), Err(None));
}

#[test]
fn what_is_refuted_is_only_suggested() {
    let (replacements, refusal) = wording("The fund kept 80 percent.", "\"77.39%\"", "");
    assert!(!replacements.is_empty() && refusal.is_none());
    assert!(replacements.iter().all(|(_, it)| *it == Applicability::Suggested), "{replacements:?}");
}

#[test]
fn of_what_was_so_before_the_number_is_not_changed() {
    let firsts = |words: &str| {
        let rules = format!(
            "draft = \"../draft.md\"\n[source.t]\nfile = \"t.csv\"\n[figure.f]\nsource = \"t\"\ngroup_by = \"year\"\n\
             column = \"n\"\n[[claim]]\nid = \"c\"\nquote = \"{words}\"\nrecord = \"first\"\nformula = 'f[\"2025\"]'\n"
        );
        let draft = format!("It {words}.\n");
        let table = "year,n\n2023,30\n2024,20\n2025,40\n";
        only_wording(&Memory::new([(DRAFT, &*draft), (RULES, &*rules), ("news/claims/t.csv", table)])).0
    };
    assert_eq!(firsts("exceeded 25 for the first time"), []);
    assert!(!firsts("exceeded 50 for the first time").is_empty());
}

#[test]
fn what_somebody_has_said_is_left() {
    let refused = |draft: &str, more: &str| wording(draft, "\"77.39%\"", more).1;
    assert_eq!(refused("The fund kept 77.3%.", "by = \"the mayor\""), Some(Refusal::By));
    assert_eq!(refused("\"The fund kept 77.3%.\"", ""), Some(Refusal::Marks));
    assert_eq!(refused("“The fund kept 77.3%,” he wrote.", ""), Some(Refusal::Marks));
    assert_eq!(refused("> The fund kept 77.3%.", ""), Some(Refusal::Block));
    let said = |word: &str| Some(Refusal::Attributed(word.to_owned()));
    assert_eq!(refused("The fund kept 77.3%, the mayor said.", ""), said("said"));
    assert_eq!(refused("According to the mayor, the fund kept 77.3%.", ""), said("according to"));
    assert_eq!(refused("Lopez: The fund kept 77.3%.", ""), Some(Refusal::Speaker));
    assert_eq!(refused("The fund kept 77.**3**%.", ""), Some(Refusal::Markup));
    assert_eq!(refused("The mayor said no. The fund kept 77.3%.", ""), None);
}

#[test]
fn sentences_are_attributed_by_whole_words() {
    assert_eq!(attribution("Prices rose, SAYS the bank"), Some("says".to_owned()));
    assert_eq!(attribution("Essays on sayings were told apart"), Some("told".to_owned()));
    assert_eq!(attribution("Essays on sayings sold 300 copies"), None);
    assert!(has_speaker("Maria Lopez: It cost 5 million"));
    assert!(!has_speaker("It cost this much: 5 million") && !has_speaker("It cost 5 million"));
    let takes =
        |text: &str, at: usize| takes_hedge(text, Span::new(0, text.len()), Span::new(at, text.len()));
    assert!(takes("moved 5", 6) && !takes("The 5", 4) && !takes("5", 0) && !takes("-5", 1));
}

#[test]
fn edits_are_made_together_or_not_at_all() {
    let edit = |start, end, text: &str| Edit {
        path: "a".into(),
        span: Span::new(start, end),
        text: text.to_owned(),
    };
    let (first, last, both) = (edit(0, 1, "x"), edit(3, 4, "yz"), edit(0, 3, ""));
    assert_eq!(edited("abcd", &[&last, &first]).as_deref(), Some("xbcyz"));
    assert_eq!(edited("abcd", &[&both, &first]), None);
    assert_eq!(edited("abc", &[&last]), None);
    assert_eq!(edited("é", &[&edit(1, 2, "")]), None);
}

#[test]
fn a_rule_keeps_the_manner_in_which_it_quotes() {
    let prose = crate::draft::Prose::markdown("It has about 100 \"nurses\".");
    let place = Span::new(13, 16);
    let replacement = Replacement { place, by: "110".to_owned(), applicability: Applicability::Safe };
    let mended = |quote: &str| {
        let rules = format!("quote = {quote}");
        let wording = Wording {
            claim: "a".to_owned(),
            words: Span::new(7, 16),
            replacements: Vec::new(),
            refusal: None,
            quote: Span::new(7, 25),
            quote_in_rule: Span::new(8, rules.len()),
            says_in_rule: None,
            has_occurrence: false,
        };
        let copy = Copy { path: Path::new("a.toml"), text: &rules, wordings: &[wording] };
        let fix = fix((Path::new("a.md"), "It has about 100 \"nurses\"."), &prose, &replacement, [copy])?;
        let own: Vec<&Edit> = fix.edits.iter().filter(|edit| edit.path == Path::new("a.toml")).collect();
        edited(&rules, &own)
    };
    assert_eq!(mended("'about 100 “nurses”'").as_deref(), Some("quote = 'about 110 “nurses”'"));
    // What is not found as it is written is written anew.
    assert_eq!(
        mended("\"about 1\\u0030\\u0030 nurses\"").as_deref(),
        Some("quote = \"about 110 \\\"nurses\\\"\"")
    );
}
