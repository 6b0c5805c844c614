//! Every report format, read back by an independent reader: what went in came out, at the place whose bytes are the words
//! flagged, and nothing that a draft says is taken for an instruction.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::format_collect,
    reason = "a test fails by panicking, and may take its time"
)]

mod github;
mod gitlab;
mod jsonl;
mod junit;
mod markdown;
mod sarif;

use std::path::{Path, PathBuf};

use factcheck::draft::{Format as DraftFormat, Manuscript};
use factcheck::engine::{Options, Problem, Project, StoryOutcome, Totals};
use factcheck::finding::Finding;
use factcheck::report::{self, Assembler, Style};
use factcheck::system::{Disk, Memory, System};

/// What was checked, and what came of it.
struct Run {
    name: String,
    system: Box<dyn System>,
    stories: Vec<StoryOutcome<'static>>,
    problems: Vec<Problem>,
}

impl Run {
    fn new(name: &str, system: Box<dyn System>, rules: &str) -> Self {
        let mut stories = Vec::new();
        let options = Options { paths: vec![PathBuf::from(rules)], ..Options::default() };
        let project = Project::open(&*system, &options).unwrap();
        // Also for formats that show none of them: what is ignored is to change nothing there.
        let mut problems = project.check_with_ignored(
            |outcome: StoryOutcome<'_>| outcome.into_owned(),
            |outcome| {
                stories.push(outcome);
                true
            },
        );
        problems.extend(stories.iter().flat_map(|story| story.problems.clone()));
        drop(project);
        Self { name: name.to_owned(), system, stories, problems }
    }

    /// A project in memory, its rules in `claims/`.
    fn of(name: &str, files: &[(&str, &str)]) -> Self {
        Self::new(name, Box::new(Memory::new(files.iter().copied())), "claims")
    }

    fn findings(&self) -> Vec<&Finding> {
        self.stories.iter().flat_map(|story| &story.findings).collect()
    }

    fn claims(&self) -> usize {
        self.stories.iter().map(|story| story.claims.len()).sum()
    }

    fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        self.stories.iter().for_each(|story| totals.add(story));
        totals
    }

    /// The report, which is the same each time.
    fn report(&self, format: &str) -> String {
        let written = || {
            let format = report::named(format).unwrap();
            let mut out = Vec::new();
            let mut report = Assembler::begin(&mut out, format).unwrap();
            for story in &self.stories {
                report.push(&format.story(story, Style::PLAIN)).unwrap();
            }
            report.finish(&self.problems, &self.totals()).unwrap();
            String::from_utf8(out).unwrap()
        };
        let report = written();
        assert_eq!(report, written(), "{}: {format}", self.name);
        report
    }

    /// A file's text; of a Word document, a paragraph a line.
    fn text(&self, path: &str) -> String {
        let mut bytes = Vec::new();
        self.system.read(Path::new(path), &mut bytes).unwrap();
        match DraftFormat::of(path) {
            Ok(format) => Manuscript::read(format, &bytes).unwrap().text.into_owned(),
            Err(_) => String::from_utf8(bytes).unwrap(),
        }
    }
}

/// The stories of `fixtures/`, and those below.
fn runs() -> Vec<Run> {
    let mut runs: Vec<Run> = Disk
        .list(Path::new("fixtures"))
        .unwrap()
        .iter()
        .map(|entry| entry.path.join("claims"))
        .filter(|rules| Disk.kind(rules).is_some())
        .map(|rules| Run::new(rules.to_str().unwrap(), Box::new(Disk), rules.to_str().unwrap()))
        .collect();
    assert!(runs.len() > 6);
    runs.push(Run::new("claims", Box::new(Disk), "claims"));
    runs.extend([awkward(), hostile(), crowded(), broken(), empty(), ignoring()]);
    runs
}

/// Emoji, combining marks and `\r\n` before the numbers, on one line and before it.
fn awkward() -> Run {
    let draft = "\u{feff}# \u{1f600} E\u{301}te\u{301}\r\n\r\n\u{1f469}\u{200d}\u{1f467} Cafe\u{301}s \u{1f600}: rose 7%,\r\n\
                 and \u{1f1e9}\u{1f1ea} spent $3 million on \u{10400}\u{10401} 412 trees.\r\n";
    let rules = "draft = \"../draft.md\"\r\n\r\n[[claim]]\r\nid = \"rise\"\r\nquote = \"rose 7%\"\r\n\
                 formula = \"5% # \u{1f600}\"\r\n\r\n[[claim]]\r\nid = \"trees\"\r\nquote = \"412 trees\"\r\nformula = \"400\"\r\n";
    Run::of("awkward", &[("draft.md", draft), ("claims/story.toml", &rules.replace(" # \u{1f600}", ""))])
}

/// A path, a draft and rules full of what other formats take for instructions.
fn hostile() -> Run {
    let draft = "It rose **7%**: @mayor wrote <b>\"up 7.2%, ::error::x ##[error]y\"</b> on `#12`, https://a.example ]]> & \
                 [link](https://b.example) ````` 8.1%.\n\n::set-output name=x::12,800 votes\n\n</details><img src=x> 9%\n";
    let rules = "draft = \"../dra,ft:5% <@x> &.md\"\n\
                 [source.\"budget\"]\ntitle = \"</failure>\"\nfile = \"../ta<b>le.csv\"\nkey = \"what\"\n\
                 [[claim]]\nid = \"rise\"\nquote = \"rose 7%\"\nformula = \"budget.trees.n\"\nby = \"</testcase> @all ]]> \\u0007\"\n\
                 [[claim]]\nid = \"gone\"\nquote = \"@everyone `` ::error::z <img src=y> \\u0001 ``````\\r]]> 5%\"\nformula = \"5%\"\n\
                 [[claim]]\nid = \"words\"\nquote = \"wrote \\\"up 7.2%, ::error::x ##[error]y\\\"\"\nsays = \"<i>@all</i>\"\nformula = \"1\"\n";
    let files = [
        ("dra,ft:5% <@x> &.md", draft),
        ("claims/a,b:c%0A<i>@z&\"q\".toml", rules),
        ("ta<b>le.csv", "what,n\ntrees,\"9\"\n"),
    ];
    Run::of("hostile", &files)
}

/// More findings than some readers show.
fn crowded() -> Run {
    let numbers: Vec<String> =
        (0..40).map(|at| format!("In {at} cases it rose {at}.5% at once, on page {at}0 of it.")).collect();
    let claims: String = (0..25)
        .map(|at| {
            format!("[[claim]]\nid = \"c{at}\"\nquote = \"it rose {at}.5% at once\"\nformula = \"70%\"\n")
        })
        .collect();
    let rules = format!("draft = \"../draft.md\"\n{claims}");
    let settings = "[coverage]\nseverity = \"warning\"\n";
    Run::of(
        "crowded",
        &[
            ("draft.md", &numbers.join("\n\n")),
            ("claims/a.toml", &rules),
            ("claims/b.toml", &rules),
            ("factcheck.toml", settings),
        ],
    )
}

/// Rules that cannot be read, and claims that cannot be checked.
fn broken() -> Run {
    let rules = "draft = \"../draft.md\"\npublishd = 2025-01-01\n[[claim]]\nid = \"rise\"\nquote = \"rose 5%\"\nformula = \"1 / (2 - 2)\"\n\
                 [[claim]]\nid = \"rise\"\nquote = \"rose 5%\"\nformula = \"nothing\"\n";
    Run::of(
        "broken",
        &[
            ("draft.md", "It rose 5%.\n"),
            ("claims/a.toml", rules),
            ("claims/b.toml", "draft = \"../nowhere.md\"\n"),
            ("claims/c.toml", "draft = \n"),
            // The same twice in one file.
            ("claims/d.toml", "draft = \"../draft.md\"\n[source.x]\ncolour = 1\n[source.y]\ncolour = 1\n"),
        ],
    )
}

/// Numbers that need no claim, by the rule file and by the draft, for reasons that try to be markup; one by both, one for no
/// reason, and one like another that nobody ignores.
fn ignoring() -> Run {
    let draft = "\u{1f600} After four years, 12 ships and 12 boats lay there.\n\n\
                 Of 300 men \u{1f469}\u{200d}\u{1f467} some 40 stayed. <!-- factcheck: ignore of the \"chronicle\" </script> -->\n\n\
                 It cost $7.\n\n<!-- factcheck: ignore -->\n\nIt took 9 days, and 41 letters.\n";
    let rules = "draft = \"../draft.md\"\n[[ignore]]\nquote = \"four years\"\nreason = \"length of a <b>term</b>\"\n\
                 [[ignore]]\nquote = \"12 ships\"\nreason = \"by eye\"\n\
                 [[ignore]]\nquote = \"300 men\"\nreason = \"by the rules\"\n";
    Run::of("ignoring", &[("draft.md", draft), ("claims/a.toml", rules)])
}

/// Nothing to say.
fn empty() -> Run {
    Run::of("empty", &[("draft.md", "Nobody came.\n"), ("claims/a.toml", "draft = \"../draft.md\"\n")])
}

/// What a column counts.
#[derive(Clone, Copy)]
enum Unit {
    Characters,
    Utf16,
}

/// The text between two places of a file, lines ending at `\n`, lines and columns from 1.
fn between(text: &str, start: (u64, u64), end: (u64, u64), unit: Unit) -> String {
    let offset = |(line, column): (u64, u64)| {
        let line = usize::try_from(line).unwrap();
        let begin: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let mut left = usize::try_from(column).unwrap() - 1;
        let mut at = begin;
        for c in text[begin..].chars() {
            if left == 0 {
                break;
            }
            assert_ne!(c, '\n', "column {column} is past the end of line {line}");
            at += c.len_utf8();
            let units = match unit {
                Unit::Characters => 1,
                Unit::Utf16 => c.len_utf16(),
            };
            left = left.checked_sub(units).expect("a column lies inside of a character");
        }
        assert_eq!(left, 0, "column {column} is past the end of the file");
        at
    };
    text[offset(start)..offset(end)].to_owned()
}

/// The words that a finding flags, if it flags any.
fn flagged(finding: &Finding) -> &str {
    finding.labels.first().map_or("", |label| label.excerpt.marked())
}

#[test]
fn the_stories_here_are_what_they_are_meant_to_be() {
    let awkward = awkward();
    let words: Vec<&str> = awkward.findings().iter().map(|finding| flagged(finding)).collect();
    for number in ["7%", "$3 million", "412"] {
        assert!(words.contains(&number), "{number}: {words:?}");
    }
    let hostile = hostile();
    assert!(hostile.problems.is_empty(), "{:#?}", hostile.problems);
    let told = format!("{:?}", hostile.findings());
    for word in ["@everyone", "<i>@all</i>", "::error::z", "``````"] {
        assert!(told.contains(word), "{word}: {told}");
    }
    let totals = crowded().totals();
    assert!(totals.errors > 20 && totals.warnings > 20, "{totals:?}");
    assert!(broken().problems.len() > 3);
    assert!(empty().findings().is_empty());
}

#[test]
fn a_format_is_known_by_its_name() {
    for format in report::ALL {
        assert_eq!(report::named(format.name).unwrap().name, format.name);
        assert!(!format.about.ends_with('.') && !format.about.is_empty());
    }
    assert!(report::named("xml").is_none());
}
