//! The reader of numbers against articles that were annotated by hand, mention by mention.
//!
//! Each folder of `fixtures/reading` has a draft and, in `mentions.toml`, everything in it that is or looks like a number, in
//! the order of the text. What is measured stands in the README as a claim: `fixtures/reading/accuracy.csv` has the counts,
//! and this test holds them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    reason = "tests read files, fail by panicking, and tell shares to people"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use factcheck::draft::Prose;
use factcheck::hedge::{Hedge, Lexicon};
use factcheck::mention::{Exclusion, Mention, Survey, survey};
use factcheck::number::{Decimal, Reading};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Annotations {
    mentions: Vec<Annotation>,
}

/// A quantity, or something excluded, as the annotator has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Annotation {
    text: String,
    value: Option<String>,
    low: Option<String>,
    high: Option<String>,
    unit: Option<String>,
    #[serde(default)]
    hedge: Hedge,
    #[serde(default)]
    vague: bool,
    excluded: Option<Exclusion>,
}

/// What became of the annotations of all articles.
#[derive(Default)]
struct Tally {
    articles: u32,
    quantities: u32,
    found: u32,
    /// Of those found.
    hedge_right: u32,
    unit_right: u32,
    both_right: u32,
    /// Quantities that were read and are none.
    invented: u32,
    excluded: u32,
    /// Excluded by whatever rule, or by none because it is no number to the reader.
    passed_over: u32,
    by_the_rule: u32,
    complaints: String,
}

fn folders() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("fixtures/reading")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

/// Where each annotation stands in the draft: behind the one before it, as a whole word or number.
fn places(draft: &str, annotations: &[Annotation], folder: &Path) -> Vec<(usize, usize)> {
    let mut from = 0;
    let mut places = Vec::new();
    for annotation in annotations {
        let is_whole = |at: usize| {
            let before = draft[..at].chars().next_back();
            let after = draft[at + annotation.text.len()..].chars().next();
            let inside = |a: Option<char>, b: Option<char>| {
                a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric)
            };
            !inside(before, annotation.text.chars().next())
                && !inside(annotation.text.chars().next_back(), after)
        };
        let at =
            draft[from..].match_indices(&annotation.text).map(|(at, _)| from + at).find(|at| is_whole(*at));
        let at = at.unwrap_or_else(|| {
            panic!("{}: {:?} is not in the draft behind byte {from}", folder.display(), annotation.text)
        });
        from = at + annotation.text.len();
        places.push((at, from));
    }
    places
}

fn has_value(mention: &Mention, annotation: &Annotation) -> bool {
    let number = |text: &Option<String>| text.as_ref().map(|text| text.parse::<Decimal>().unwrap());
    let close = |a: Decimal, b: Decimal| (a - b).abs() <= b.abs() * Decimal::new(1, 5);
    match mention.reading {
        Reading::Vague(_) => annotation.vague,
        Reading::One(one) | Reading::Margin(one, _) => {
            number(&annotation.value).is_some_and(|value| close(one.value, value))
        }
        Reading::Range(low, high) => {
            let fits =
                |wanted: Option<Decimal>, got: Decimal| wanted.is_some_and(|wanted| close(got, wanted));
            fits(number(&annotation.low), low.value) && fits(number(&annotation.high), high.value)
        }
    }
}

/// Units as annotators write them, against the reader's names.
fn has_unit(text: &str, mention: &Mention, annotation: &Annotation) -> bool {
    // Vague words have none, or that of a share.
    if annotation.vague {
        return true;
    }
    let name = mention.unit_name(text).unwrap_or_default().to_ascii_lowercase();
    let wanted = annotation.unit.as_deref().unwrap_or_default().to_ascii_lowercase();
    let american = |name: &str| {
        name.replace("metre", "meter").replace("litre", "liter").replace("per 100,000", "per 100000")
    };
    let (name, wanted) = (american(&name), american(&wanted));
    name == wanted || wanted.strip_prefix("count ") == Some(&name)
}

fn measure(folder: &Path, tally: &mut Tally) {
    let draft = fs::read_to_string(folder.join("draft.md")).unwrap();
    let text = fs::read_to_string(folder.join("mentions.toml")).unwrap();
    let annotations: Annotations =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let places = places(&draft, &annotations.mentions, folder);
    let prose = Prose::markdown(&draft);
    let Survey { mentions, excluded } = survey(prose.text(), Lexicon::shipped());
    let in_file = |span| prose.original(span).range();
    let mut used = vec![false; mentions.len()];
    tally.articles += 1;
    for (annotation, (start, end)) in annotations.mentions.iter().zip(places) {
        let overlaps = |range: std::ops::Range<usize>| range.start < end && start < range.end;
        let here: Vec<usize> =
            (0..mentions.len()).filter(|at| overlaps(in_file(mentions[*at].span))).collect();
        let line = draft[..start].lines().count();
        let mut complain = |what: String| {
            _ = writeln!(tally.complaints, "{}:{line}: {:?}: {what}", folder.display(), annotation.text);
        };
        for at in &here {
            used[*at] = true;
        }
        if let Some(rule) = annotation.excluded {
            tally.excluded += 1;
            let rules: Vec<Exclusion> =
                excluded.iter().filter(|it| overlaps(in_file(it.span))).map(|it| it.rule).collect();
            if here.is_empty() {
                tally.passed_over += 1;
            } else {
                let read: Vec<_> = here.iter().map(|at| mentions[*at].span.of(prose.text())).collect();
                complain(format!("read as {read:?}, and is a {}", rule.name()));
                tally.invented += 1;
            }
            if rules.contains(&rule) {
                tally.by_the_rule += 1;
            } else if !rules.is_empty() {
                complain(format!("excluded as {rules:?}, and is a {}", rule.name()));
            }
            continue;
        }
        tally.quantities += 1;
        let Some(at) = here.into_iter().find(|at| has_value(&mentions[*at], annotation)) else {
            let read: Vec<_> = mentions
                .iter()
                .filter(|it| overlaps(in_file(it.span)))
                .map(|it| (it.span.of(prose.text()), it.reading))
                .collect();
            let rules: Vec<_> =
                excluded.iter().filter(|it| overlaps(in_file(it.span))).map(|it| it.rule.name()).collect();
            complain(format!("not found: read {read:?}, excluded {rules:?}"));
            continue;
        };
        tally.found += 1;
        let (hedge, unit) =
            (mentions[at].hedge == annotation.hedge, has_unit(prose.text(), &mentions[at], annotation));
        tally.hedge_right += u32::from(hedge);
        tally.unit_right += u32::from(unit);
        tally.both_right += u32::from(hedge && unit);
        if !hedge {
            complain(format!("hedge {:?}, and is {:?}", mentions[at].hedge, annotation.hedge));
        }
        if !unit {
            complain(format!(
                "unit {:?}, and is {:?}",
                mentions[at].unit_name(prose.text()),
                annotation.unit
            ));
        }
    }
    for (mention, _) in mentions.iter().zip(used).filter(|(_, used)| !used) {
        tally.invented += 1;
        let line = draft[..in_file(mention.span).start].lines().count();
        _ = writeln!(
            tally.complaints,
            "{}:{line}: {:?} is read, and was not annotated",
            folder.display(),
            mention.span.of(prose.text())
        );
    }
}

fn share(part: u32, whole: u32) -> f64 {
    100.0 * f64::from(part) / f64::from(whole)
}

#[test]
fn articles_are_read_as_people_read_them() {
    let mut tally = Tally::default();
    for folder in folders() {
        measure(&folder, &mut tally);
    }
    let recall = share(tally.found, tally.quantities);
    let precision = share(tally.found, tally.found + tally.invented);
    let right = share(tally.both_right, tally.found);
    let told = format!(
        "{} articles, {} quantities: recall {recall:.2}%, precision {precision:.2}%, hedge and unit right {right:.2}% \
         (hedge {}, unit {}); {} excluded, {} passed over, {} by the rule\n",
        tally.articles,
        tally.quantities,
        tally.hedge_right,
        tally.unit_right,
        tally.excluded,
        tally.passed_over,
        tally.by_the_rule
    );
    println!("{told}{}", tally.complaints);
    assert!(tally.articles >= 40, "{told}");
    assert!(recall >= 98.0 && precision >= 98.0 && right >= 97.0, "{told}{}", tally.complaints);
    let counts = BTreeMap::from([
        ("quantities", tally.quantities),
        ("found", tally.found),
        ("read", tally.found + tally.invented),
        ("hedge_and_unit", tally.both_right),
    ]);
    let written = fs::read_to_string("fixtures/reading/accuracy.csv").unwrap();
    for (name, count) in counts {
        assert!(
            written.lines().any(|line| line.starts_with(&format!("{name},{count},"))),
            "fixtures/reading/accuracy.csv should have the line {name},{count}: the README's figures rest on it"
        );
    }
}
