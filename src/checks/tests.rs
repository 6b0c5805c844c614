//! The registry.

use std::collections::BTreeSet;

use super::*;

#[test]
fn slugs_are_unique_and_pages_are_titled_by_them() {
    let slugs: BTreeSet<&str> = ALL.iter().map(|check| check.slug).collect();
    assert_eq!(slugs.len(), ALL.len());
    for check in ALL {
        assert_eq!(check.page.lines().next(), Some(format!("# {}", check.slug).as_str()));
        assert!(check.slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", check.slug);
    }
}

#[test]
fn pages_tell_the_severity_that_the_code_has() {
    for check in ALL {
        let told = format!("Default severity: {}", check.severity.name());
        assert!(check.page.contains(&told), "{}: the page does not say \"{told}\"", check.slug);
    }
}

#[test]
fn a_slip_in_the_settings_is_understood() {
    let slip = Spanned { value: "value-refutd".to_owned(), span: crate::text::Span::new(0, 12) };
    let complaints = Registry::with(&[(slip, Level::Note)]).unwrap_err();
    assert_eq!(complaints[0].help.as_deref(), Some("did you mean `value-refuted`?"));
}

#[test]
fn a_project_may_weigh_findings_less_or_more() {
    let error = || Finding::new("value-refuted", Severity::Error, "");
    let check = named("value-refuted").unwrap();
    assert_eq!(weighed(error(), check, Some(Severity::Note)).severity, Severity::Note);
    let note = Finding { severity: Severity::Note, ..error() };
    assert_eq!(weighed(note, check, Some(Severity::Warning)).severity, Severity::Note);
}
