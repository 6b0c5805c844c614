use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;
use crate::draft::Prose;
use crate::mention::survey;

#[derive(Deserialize)]
struct Groups {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    id: String,
    text: String,
    expect: String,
    published: Option<String>,
}

fn found(text: &str, published: Option<&str>) -> Vec<(String, String)> {
    let prose = Prose::markdown(text);
    let survey = survey(prose.text(), Lexicon::shipped());
    contradictions(
        prose.text(),
        &survey,
        Lexicon::shipped(),
        Widths::default(),
        published.map(|day| day.parse().unwrap()),
    )
    .into_iter()
    .map(|it| (it.stated.of(prose.text()).to_owned(), it.arithmetic))
    .collect()
}

/// Sentence groups written for the purpose, half of them wrong.
#[test]
fn wrong_groups_are_found_and_right_ones_are_not() {
    let groups: Groups = toml::from_str(include_str!("../../fixtures/self-check/groups.toml")).unwrap();
    let (mut alarms, mut missed) = (BTreeMap::new(), Vec::new());
    let (mut wrong, mut caught) = (0, 0);
    for group in &groups.group {
        let found = found(&group.text, group.published.as_deref());
        if group.expect == "consistent" {
            if !found.is_empty() {
                alarms.insert(group.id.as_str(), found);
            }
        } else {
            wrong += 1;
            if found.is_empty() {
                missed.push(group.id.as_str());
            } else {
                caught += 1;
            }
        }
    }
    println!("{caught} of {wrong} found; missed: {missed:#?}");
    assert!(alarms.is_empty(), "false alarms: {alarms:#?}");
    let counted = include_str!("../../fixtures/self-check/accuracy.csv");
    for line in [
        format!("\nwrong,{wrong},"),
        format!("\nfound,{caught},"),
        format!("\nright,{},", groups.group.len() - wrong),
    ] {
        assert!(counted.contains(&line), "fixtures/self-check/accuracy.csv should have the line {line:?}");
    }
    assert!(caught * 10 >= wrong * 9, "{caught} of {wrong} found; missed: {missed:?}");
}
