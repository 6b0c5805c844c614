//! Laws of relations and sums, and the cases that stories turn on.

use proptest::prelude::*;

use super::*;

/// DHS is open; CBP is complete; the rest are leaves.
fn agencies() -> Facets {
    let member = |name: &str, includes: &[&str], aliases: &[&str], complete| MemberDeclaration {
        name: name.into(),
        includes: includes.iter().map(|&name| name.to_owned()).collect(),
        aliases: aliases.iter().map(|&name| name.to_owned()).collect(),
        complete,
    };
    let agency = FacetDeclaration {
        name: "agency".into(),
        members: vec![
            member("DHS", &["ICE", "CBP", "USCG"], &["Department of Homeland Security"], false),
            member("ICE", &[], &["Immigration and Customs Enforcement"], false),
            member("CBP", &["OFO", "USBP"], &[], true),
            member("USCG", &[], &["Coast Guard"], false),
            member("FBI", &[], &[], false),
        ],
    };
    let measure = FacetDeclaration {
        name: "measure".into(),
        members: vec![
            member("encounters", &["apprehensions", "inadmissibles"], &["people encountered"], false),
            member("removals", &[], &["deportations"], false),
        ],
    };
    let (facets, errors) = Facets::declare(&[agency, measure]);
    assert_eq!(errors, []);
    facets
}

fn scope(facets: &Facets, agency: &[&str], period: &str) -> Scope {
    let period = (!period.is_empty()).then(|| Period::parse(period, FiscalYear::default()).unwrap());
    facets.scope([("agency", agency.iter().copied())], period).unwrap()
}

fn relation(agency: &[&str], other: &[&str]) -> Relation {
    let facets = agencies();
    let compared = facets.compare(&scope(&facets, other, ""), &scope(&facets, agency, ""));
    compared.first().map_or(Relation::Undeclared, |facet| facet.relation)
}

#[test]
fn an_open_parent_counts_more_than_its_parts_and_a_complete_one_does_not() {
    assert_eq!(relation(&["ICE", "CBP", "USCG"], &["DHS"]), Relation::Narrower);
    assert_eq!(relation(&["USBP", "OFO"], &["CBP"]), Relation::Same);
    assert_eq!(relation(&["Coast Guard"], &["USCG"]), Relation::Same);
    assert_eq!(relation(&["ICE", "FBI"], &["DHS"]), Relation::Overlapping);
    assert_eq!(relation(&["ICE"], &["FBI"]), Relation::Disjoint);
}

#[test]
fn the_difference_is_named() {
    let facets = agencies();
    let compared =
        facets.compare(&scope(&facets, &["ICE"], ""), &scope(&facets, &["ICE", "CBP", "USCG"], ""));
    assert_eq!(compared[0].extra, ["CBP", "USCG"]);
    assert_eq!(compared[0].figure.as_deref(), Some("ICE, CBP, USCG"));
    let rest = facets.compare(&scope(&facets, &["ICE", "CBP", "USCG"], ""), &scope(&facets, &["DHS"], ""));
    assert_eq!(rest[0].extra, ["the rest of DHS"]);
}

#[test]
fn a_part_added_to_its_whole_is_counted_twice() {
    let facets = agencies();
    let (_, problems) = sum(&facets, [&scope(&facets, &["DHS"], "2025"), &scope(&facets, &["ICE"], "2025")]);
    assert!(matches!(&problems[..], [ScopeProblem::DoubleCounting { facet, .. }] if facet == "agency"));
    let (total, problems) =
        sum(&facets, [&scope(&facets, &["ICE"], "2025"), &scope(&facets, &["CBP"], "2025")]);
    assert_eq!(problems, []);
    assert_eq!(relation(&["ICE", "CBP"], &["DHS"]), Relation::Narrower);
    assert_eq!(total.period().unwrap().to_string(), "2025");
    let (months, problems) =
        sum(&facets, [&scope(&facets, &["ICE"], "2025-02"), &scope(&facets, &["ICE"], "2025-03")]);
    assert_eq!((months.period().unwrap().days(), problems), (59, vec![]));
    let (_, problems) = sum(&facets, [&scope(&facets, &["ICE"], "2025"), &scope(&facets, &["FBI"], "2025")]);
    assert!(matches!(&problems[..], [ScopeProblem::Mixed { .. }]));
}

#[test]
fn terms_that_leave_a_facet_open_are_given_the_benefit() {
    let facets = agencies();
    let (_, problems) = sum(&facets, [&scope(&facets, &["ICE"], "2025"), &scope(&facets, &["ICE"], "")]);
    assert_eq!(problems, []);
    let (_, problems) = sum(&facets, [&Scope::default(), &scope(&facets, &["ICE"], "2025")]);
    assert_eq!(problems, []);
}

#[test]
fn only_the_facet_compared_may_differ() {
    let facets = agencies();
    let (a, b) = (scope(&facets, &["ICE"], "2024-03"), scope(&facets, &["ICE"], "2025-03"));
    let (result, over, problems) = contrast(&facets, &a, &b, None, false);
    assert_eq!((result, over.unwrap().facet.as_str(), problems), (b.clone(), PERIOD, vec![]));
    let (_, _, problems) = contrast(&facets, &a, &scope(&facets, &["CBP"], "2025-03"), None, false);
    assert!(matches!(&problems[..], [ScopeProblem::Mixed { .. }]));
    let (_, over, problems) =
        contrast(&facets, &b, &scope(&facets, &["CBP"], "2025-03"), Some("agency"), false);
    assert_eq!((over.unwrap().facet.as_str(), problems), ("agency", vec![]));
}

#[test]
fn unequal_spans_are_told_from_calendar_months() {
    let facets = agencies();
    let unequal = |a: &str, b: &str, is_stock| {
        let (_, _, problems) =
            contrast(&facets, &scope(&facets, &["ICE"], a), &scope(&facets, &["ICE"], b), None, is_stock);
        problems.into_iter().next().map(|problem| match problem {
            ScopeProblem::UnequalPeriods(unequal) => unequal.is_calendar,
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(unequal("2025-02", "2025-03", false), Some(true));
    assert_eq!(unequal("2025-02", "2025-03-01/2025-03-28", false), None);
    assert_eq!(unequal("2025-01-01/2025-02-10", "2025-03-01/2025-03-28", false), Some(false));
    assert_eq!(unequal("2025-02", "2025", false), Some(false));
    assert_eq!(unequal("2025-02", "2025-03", true), None);
}

#[test]
fn a_share_is_of_a_whole_that_holds_the_part() {
    let facets = agencies();
    let (dhs, ice) = (scope(&facets, &["DHS"], "2025"), scope(&facets, &["ICE"], "2025-03"));
    assert_eq!(share(&facets, &ice, &dhs).1, []);
    assert!(matches!(&share(&facets, &dhs, &ice).1[..], [ScopeProblem::PartOutsideWhole { .. }, _]));
}

#[test]
fn mistakes_in_declarations_are_named() {
    let member = |name: &str, includes: &[&str]| MemberDeclaration {
        name: name.into(),
        includes: includes.iter().map(|&name| name.to_owned()).collect(),
        ..MemberDeclaration::default()
    };
    let declare = |members| Facets::declare(&[FacetDeclaration { name: "agency".into(), members }]).1;
    let cycle = declare(vec![member("A", &["B"]), member("B", &["A"])]);
    assert!(matches!(&cycle[..], [DeclarationError::Cycle { .. }]), "{cycle:?}");
    let slip = declare(vec![member("DHS", &["Border Patrl"]), member("Border Patrol", &[])]);
    assert!(matches!(&slip[..], [DeclarationError::Unknown { .. }]), "{slip:?}");
    let facets = agencies();
    let error = facets.scope([("agency", ["ICEE"])], None).unwrap_err();
    assert!(matches!(&error[..], [ScopeError::Member { nearest: Some(near), .. }] if near == "ICE"));
}

#[test]
fn passages_name_members_as_whole_words() {
    let facets = agencies();
    let named = |text| facets.named_in("agency", text);
    assert_eq!(named("also counted people deported by CBP and the coast guard"), ["CBP", "USCG"]);
    assert_eq!(named("ice on the road, in a notice"), Vec::<&str>::new());
}

fn any_agencies() -> impl Strategy<Value = Vec<&'static str>> {
    proptest::sample::subsequence(vec!["DHS", "ICE", "CBP", "USCG", "FBI", "OFO", "USBP"], 1..5)
}

fn any_period() -> impl Strategy<Value = Period> {
    (0i32..1500, 1i32..400).prop_map(|(from, length)| {
        let start = jiff::civil::date(2022, 1, 1).checked_add(jiff::Span::new().days(from)).unwrap();
        let end = start.checked_add(jiff::Span::new().days(length - 1)).unwrap();
        Period::between(start, end).unwrap()
    })
}

proptest! {
    #[test]
    fn relations_are_converse(a in any_agencies(), b in any_agencies()) {
        prop_assert_eq!(relation(&a, &b), relation(&b, &a).converse());
        prop_assert_eq!(relation(&a, &a), Relation::Same);
    }

    #[test]
    fn being_a_part_is_transitive(a in any_agencies(), b in any_agencies(), c in any_agencies()) {
        let inside = |a: &[&str], b: &[&str]| matches!(relation(a, b), Relation::Narrower | Relation::Same);
        prop_assert!(!(inside(&a, &b) && inside(&b, &c)) || inside(&a, &c));
    }

    #[test]
    fn a_union_holds_both(a in any_period(), b in any_period()) {
        let union = a.union(&b);
        for part in [&a, &b] {
            prop_assert!(matches!(part.relation(&union), Relation::Narrower | Relation::Same));
        }
        prop_assert!(union.days() <= a.days() + b.days());
        prop_assert_eq!(a.relation(&b), b.relation(&a).converse());
    }

    #[test]
    fn periods_read_back_as_they_print(period in any_period()) {
        let again = Period::parse(&period.to_string(), FiscalYear::default()).unwrap();
        prop_assert_eq!(again.relation(&period), Relation::Same);
        prop_assert_eq!(again.kind(), period.kind());
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,30}|[0-9PQFYDWM/-]{0,24}") {
        _ = Period::parse(&text, FiscalYear::default());
        _ = agencies().named_in("agency", &text);
    }
}
