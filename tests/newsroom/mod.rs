//! A newsroom's rules, checked through the library as the command line does it.

use std::path::Path;

use factcheck::engine::{Options, Project, StoryOutcome};
use factcheck::system::System;

/// What comes of every story below a path; a problem of no single story fails the test.
pub(crate) fn checked(system: &dyn System, path: impl AsRef<Path>) -> Vec<StoryOutcome<'static>> {
    let options = Options { paths: vec![path.as_ref().to_owned()], ..Options::default() };
    let project = Project::open(system, &options).unwrap();
    let mut outcomes = Vec::new();
    let problems = project.check(
        |outcome: StoryOutcome<'_>| outcome.into_owned(),
        |outcome| {
            outcomes.push(outcome);
            true
        },
    );
    assert!(problems.is_empty(), "{problems:?}");
    outcomes
}
