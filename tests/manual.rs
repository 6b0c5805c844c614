//! The man page.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Command, Output};

fn factcheck(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_factcheck")).args(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_page_has_every_verb_and_every_code_and_each_verb_its_own() {
    let page = text(&factcheck(&["man"]));
    assert!(page.contains("\n.TH factcheck 1"), "{page}");
    let help = text(&factcheck(&["--help"]));
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let verbs: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(verbs.contains(&"numbers") && verbs.contains(&"man"), "{verbs:?}");
    for verb in verbs {
        assert!(page.contains(&format!("factcheck\\-{verb}(1)")), "{verb}: {page}");
        assert!(text(&factcheck(&["man", verb])).contains(&format!("\n.TH factcheck-{verb} 1")), "{verb}");
    }
    for code in ["everything was checked", "there are findings", "could not be checked"] {
        assert!(help.contains(code) && page.contains(code), "{code}: {page}");
    }
}

#[test]
fn a_verb_that_is_none_is_told_the_others() {
    let output = factcheck(&["man", "number"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("there is no verb `number`") && told.contains("numbers"), "{told}");
}
