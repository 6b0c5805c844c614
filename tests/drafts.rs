//! Drafts that cannot be read, whole way through: each is a problem with its reason and remedy, and no claim passes for it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod newsroom;

use factcheck::engine::StoryOutcome;
use factcheck::hedge::Verdict;
use factcheck::report::{Style, problem};
use factcheck::system::Memory;

/// What comes of a story with this draft.
fn checked(name: &str, draft: &[u8]) -> StoryOutcome<'static> {
    let rules =
        format!("draft = \"{name}\"\n[[claim]]\nid = \"rise\"\nquote = \"rose by 5%\"\nformula = \"5%\"\n");
    let system = Memory::new([("claims/story.toml", rules.as_bytes()), (&format!("claims/{name}"), draft)]);
    newsroom::checked(&system, "claims").pop().unwrap()
}

#[test]
fn a_draft_that_cannot_be_read_is_a_problem_with_its_remedy() {
    let latin = b"<meta charset=windows-1252><p>In the caf\xe9, prices rose by 5%.";
    let utf16: Vec<u8> = "\u{feff}It rose by 5%.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let large = b"It rose by 5%. ".repeat(1_200_000);
    let cases: [(&str, &[u8], &str, &str); 6] = [
        (
            "draft.html",
            latin,
            "byte 40 is no UTF-8: the page declares windows-1252",
            "save the page as UTF-8",
        ),
        ("draft.txt", &utf16, "it is in UTF-16", "save the draft as UTF-8"),
        ("draft.md", &large, "it is larger than 16 MB", "is it the right file?"),
        ("draft.docx", b"It rose by 5%.", "it is no zip archive", "save it again as .docx"),
        ("draft.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "of the old kind (.doc)", "save it as .docx"),
        ("draft.pdf", b"%PDF", "a draft's name ends in .md", ""),
    ];
    for (name, draft, reason, remedy) in cases {
        let outcome = checked(name, draft);
        assert!(outcome.claims.iter().all(|claim| claim.verdict == Verdict::Unchecked), "{name}");
        let [only] = outcome.problems.as_slice() else { panic!("{name}: {:#?}", outcome.problems) };
        let told = problem(only, Style::PLAIN);
        assert!(told.contains(reason) && told.contains(remedy), "{name}: {told}");
    }
}

#[test]
fn the_same_words_are_found_in_every_text_format() {
    for (name, draft) in [
        ("draft.md", "\u{feff}It *rose* by&nbsp;5%."),
        ("draft.markdown", "It rose\nby 5%."),
        ("draft.txt", "It rose\r\nby 5%."),
        ("draft.html", "\u{feff}<p>It <i>rose</i> by&nbsp;5&percnt;."),
        ("draft.HTM", "<p>It rose<br>by 5%.<script>\"rose by 5%\"</script>"),
    ] {
        let outcome = checked(name, draft.as_bytes());
        assert_eq!(outcome.claims.first().unwrap().verdict, Verdict::Supported, "{name}: {outcome:#?}");
        assert!(outcome.problems.is_empty(), "{name}");
    }
}
