//! What a claim's sentence says besides its number, held against what its rule says.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod newsroom;

use factcheck::system::Memory;

/// What a check says of a story of one sentence.
fn messages(check: &str, draft: &str, rules: &str) -> Vec<String> {
    let files = [("draft.md", draft), ("claims/story.toml", rules)];
    let system = Memory::new(files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    let mut found = Vec::new();
    for outcome in newsroom::checked(&system, "claims") {
        assert!(outcome.problems.is_empty(), "{draft}: {:?}", outcome.problems);
        let is_checked = outcome.claims.iter().all(|claim| claim.comparison.is_some());
        assert!(is_checked, "{draft}: {:?}", outcome.claims);
        found.extend(outcome.findings.into_iter().filter(|finding| finding.check == check));
    }
    found.into_iter().map(|finding| finding.message).collect()
}

fn scope_wording(draft: &str, quote: &str, more: &str) -> Vec<String> {
    let rules = format!(
        r#"draft = "../draft.md"

[scope.agency]
DHS = {{ includes = ["ICE", "CBP"], aliases = ["Department of Homeland Security"] }}
CBP = {{ includes = ["Border Patrol"], aliases = ["Customs and Border Protection"] }}
ICE = {{ aliases = ["Immigration and Customs Enforcement"] }}

[scope.measure]
removals = {{ aliases = ["deportations"] }}
encounters = {{}}

[scope.place]
"New York" = {{}}
"New York City" = {{}}
Texas = {{}}

[figure.removed]
value = "12,300"

[[claim]]
id = "removed"
quote = "{quote}"
formula = "removed"
{more}
"#
    );
    messages("scope-wording", draft, &rules)
}

#[test]
fn a_sentence_that_names_another_member_is_reported() {
    let ice = r#"scope = { agency = "ICE", measure = "removals" }"#;
    let cases = [
        ("DHS sent back 12,300 people.", ice, "DHS"),
        ("Officials said DHS had sent back 12,300 people.", ice, "DHS"),
        ("The Department of Homeland Security carried out 12,300 deportations.", ice, "DHS"),
        ("Last month 12,300 people were sent back by Customs and Border Protection.", ice, "CBP"),
        ("The agency recorded 12,300 encounters.", ice, "encounters"),
        ("Encounters fell to 12,300.", ice, "encounters"),
        (
            "Last month, 12,300 people left New York City.",
            r#"scope = { place = "New York" }"#,
            "New York City",
        ),
        ("Last month, 12,300 people left Texas.", r#"scope = { place = "New York" }"#, "Texas"),
    ];
    for (draft, scope, member) in cases {
        let found = scope_wording(draft, "12,300", scope);
        assert!(
            matches!(&found[..], [one] if one.contains(&format!("is about {member}, "))),
            "{draft}: {found:?}"
        );
    }
}

#[test]
fn a_sentence_that_names_others_beside_the_point_is_not_reported() {
    let ice = r#"scope = { agency = "ICE", measure = "removals" }"#;
    let cases = [
        ("It sent back 12,300 people.", ice),
        ("DHS said its agency ICE sent back 12,300 people.", ice),
        ("The agency sent back 12,300 people, the Department of Homeland Security said.", ice),
        ("The agency sent back 12,300 people, according to the Department of Homeland Security.", ice),
        ("The agency sent back 12,300 people, said DHS.", ice),
        ("DHS data show that 12,300 people were sent back.", ice),
        ("DHS's deportation agency sent back 12,300 people.", ice),
        ("The agency, a part of DHS, sent back 12,300 people.", ice),
        ("The agency sent back 12,300 people, more than CBP.", ice),
        ("The agency sent back 12,300 people, and CBP 4,100.", ice),
        ("After 7,180 encounters, agents sent back 12,300 people.", ice),
        ("The agency sent back 12,300 people after their encounters with agents.", ice),
        ("Border Patrol agents sent back 12,300 people.", r#"scope = { agency = "CBP" }"#),
        ("Last month, 12,300 people left New York.", r#"scope = { place = "New York" }"#),
        ("DHS sent back 12,300 people.", ""),
        ("DHS sent back 12,300 people.", r#"scope = { measure = "removals" }"#),
        ("DHS sent back 12,300 people.", "scope = { agency = \"ICE\" }\nby = \"a spokesperson of DHS\""),
        ("DHS sent back 12,300 people.", "scope = { agency = \"ICE\" }\ndisclosed = \"DHS sent back\""),
    ];
    for (draft, scope) in cases {
        assert_eq!(scope_wording(draft, "12,300", scope), [""; 0], "{draft}");
    }
}

fn period_drifted(draft: &str, published: &str, period: &str) -> Vec<String> {
    let published = if published.is_empty() { String::new() } else { format!("published = {published}") };
    let scope =
        if period.is_empty() { String::new() } else { format!("scope = {{ period = \"{period}\" }}") };
    let rules = format!(
        r#"draft = "../draft.md"
{published}

[figure.deported]
value = "12,300"

[[claim]]
id = "deported"
quote = "12,300"
formula = "deported"
{scope}
"#
    );
    messages("period-drifted", draft, &rules)
}

#[test]
fn a_relative_period_that_no_longer_fits_is_reported() {
    let cases = [
        ("ICE deported 12,300 people last month.", "2025-05-02", "2025-03", "2025-04"),
        ("ICE deported 12,300 people last month.", "2025-05-02", "2025-03-01/2025-03-28", "2025-04"),
        ("Last month's total was 12,300.", "2025-01-15", "2024-11", "2024-12"),
        ("So far this month, 12,300 people have left.", "2025-05-02", "2025-04", "2025-05"),
        ("Last week, 12,300 people left.", "2025-05-02", "2025-04-14/2025-04-20", "2025-04-21/2025-04-27"),
        ("On the ferries, 12,300 people left yesterday.", "2025-05-02", "2025-04-30", "2025-05-01"),
        ("The agency deported 12,300 people last quarter.", "2025-05-02", "2024-Q4", "2025-Q1"),
        (
            "The agency deported 12,300 people this fiscal year.",
            "2025-10-02",
            "FY2025",
            "2025-10-01/2026-09-30",
        ),
        ("The agency deported 12,300 people last year.", "2025-01-02", "2023", "2024"),
        (
            "It was slightly under the 12,300 of the same period last year.",
            "2026-01-05",
            "2024-03-01/2024-03-28",
            "2025",
        ),
        ("In March last year, 12,300 people left.", "2026-01-05", "2024-03", "2025-03"),
        ("It deported 12,300 people in the first 100 days.", "2025-05-02", "2025-01-20/P70D", "100 days"),
    ];
    for (draft, published, period, means) in cases {
        let found = period_drifted(draft, published, period);
        assert!(matches!(&found[..], [one] if one.contains(means)), "{draft}: {found:?}");
    }
}

#[test]
fn relative_periods_that_fit_or_are_beside_the_point_are_not_reported() {
    let cases = [
        ("ICE deported 12,300 people last month.", "2025-04-02", "2025-03"),
        ("ICE deported 12,300 people last month.", "2025-04-02", "2025-03-01/2025-03-28"),
        ("ICE deported 12,300 people last month.", "", "2025-02"),
        ("ICE deported 12,300 people last month.", "2025-04-02", ""),
        ("ICE deported 12,300 people last month, as many as this month.", "2025-05-02", "2025-02"),
        ("ICE deported 12,300 people in the last month.", "2025-05-02", "2025-02"),
        ("ICE, whose head left last month, deported 12,300 people in all.", "2025-05-02", "2024"),
        ("ICE deported 12,300 people in March, it said last month.", "2025-05-02", "2025-03"),
        ("It deported 12,300 people, the agency said last month.", "2025-05-02", "2025-03"),
        ("It deported 12,300 people, more than last month.", "2025-05-02", "2025-02"),
        ("It deported 12,300 people, against 11,000 last month.", "2025-05-02", "2025-02"),
        ("\"We deported 12,300 people last month,\" she said.", "2025-05-02", "2025-02"),
        ("It deported 12,300 people in 2023, an agency set up last year.", "2025-05-02", "2023"),
        ("Up on the same period last year, it deported 12,300 people.", "2025-05-02", "2025-03"),
        ("Sunday last week, 12,300 people left.", "2025-05-02", "2025-04-20/2025-04-27"),
        ("Spending rises by 12,300 this fiscal year.", "2025-11-02", "FY2026"),
        ("Spending rises by 12,300 this year.", "2025-11-02", "FY2026"),
        ("It deported 12,300 people in the first 70 days.", "2025-05-02", "2025-01-20/P70D"),
        ("It deported 12,300 people in the first 10 weeks.", "2025-05-02", "2025-01-20/P70D"),
        ("It deported 12,300 people in the first 70 days.", "2025-05-02", "2025-02"),
    ];
    for (draft, published, period) in cases {
        assert_eq!(period_drifted(draft, published, period), [""; 0], "{draft}");
    }
}
