use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn sample(words: &str, value: i64, scale: u32) -> Lock {
    let content = Content { rows: Some(3), ..Content::of(words.as_bytes()) };
    let mut file = LockedFile::new(content);
    let taker = |figure: &str| Taker { story: "claims/a.toml".to_owned(), figure: figure.to_owned() };
    file.figures.insert(taker("march"), LockedValue::Taken(Decimal::new(value, scale), "USD".to_owned()));
    file.figures.insert(taker("budget[\"FY 2024\"].amount"), LockedValue::Stated(words.to_owned()));
    let acceptance = Acceptance {
        date: date(2026, 11, 24),
        author: "A. Editor".to_owned(),
        reason: words.to_owned(),
        before: Content::of(b"before").digest,
    };
    file.history.push(acceptance);
    let plain = LockedFile::new(Content::of(b""));
    Lock { files: [("data/a.csv".to_owned(), file), (format!("data/{words}.pdf"), plain)].into() }
}

proptest! {
    #[test]
    fn a_lock_is_read_as_it_is_written(words in "[ -~\"\\\\\u{0}-\u{20}\u{7f}\u{85}é😀]{0,12}", value in any::<i64>(), scale in 0u32..=20) {
        let lock = sample(&words, value, scale);
        prop_assume!(!words.trim().is_empty());
        prop_assert_eq!(Lock::parse(&lock.written()).unwrap(), lock);
    }

    #[test]
    fn no_bytes_end_the_program(text in "(version = 1|\\[\\[source\\]\\]|file = \"a\"|sha256 = \"[0-9a-f]{0,70}\"|size = -?[0-9]|figures = \\[|\\]|\\{|\n|.){0,12}") {
        _ = Lock::parse(&text);
    }
}

#[test]
fn all_that_is_wrong_is_told_at_its_place() {
    let written = sample("so", 7181, 0).written();
    let wrong = written
        .replace("value = \"7181\"", "value = \"many\"")
        .replace("stated = \"so\"", "unit = \"USD\"")
        .replace("author = \"A. Editor\"", "author = \" \"")
        .replacen("sha256 = \"", "sha256 = \"x", 1);
    let complaints = Lock::parse(&wrong).unwrap_err();
    let told: Vec<&str> = complaints.iter().map(|complaint| complaint.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "this is no SHA-256, which has 64 hexadecimal digits",
            "a figure has `value` and `unit`, or what is `stated` in the rules",
            "this is no decimal number",
            "`author` is empty",
        ]
    );
    assert_eq!(complaints[2].span.of(&wrong), "\"many\"");
    assert!(
        complaints.iter().all(|complaint| complaint.help.is_some() || complaint.message.contains("empty"))
    );
    let [twice] = &Lock::parse(&written.replace("data/so.pdf", "data/a.csv")).unwrap_err()[..] else {
        panic!()
    };
    assert_eq!(twice.message, "this file is locked twice");
}

#[test]
fn a_lock_of_another_version_says_so() {
    let told = |text: &str| Lock::parse(text).unwrap_err().remove(0);
    let newer = told("version = 2\nsomething = \"new\"\n");
    assert!(newer.message.contains("version 2") && newer.help.unwrap().contains("newer factcheck"));
    assert!(told("").message.contains("does not say its `version`"));
    let merged = told("version = 1\n<<<<<<< HEAD\n");
    assert!(merged.help.unwrap().contains("merge") && merged.span.start >= 12);
}

#[test]
fn paths_are_as_seen_from_the_lock() {
    let seen = |file: &str| seen_from(Path::new("/news/desk"), Path::new(file));
    assert_eq!(seen("/news/desk/data/a.csv"), "data/a.csv");
    assert_eq!(seen("/news/shared/a.csv"), "../shared/a.csv");
    assert_eq!(seen("/a.csv"), "../../a.csv");
}

/// A file as two stories may see it.
fn seen(words: &str, stories: &[&str]) -> BTreeMap<String, Seen> {
    let figure = |story: &&str| {
        let taker = Taker { story: (*story).to_owned(), figure: "march".to_owned() };
        (taker, LockedValue::Stated(words.to_owned()))
    };
    let seen = Seen { content: Content::of(words.as_bytes()), figures: stories.iter().map(figure).collect() };
    [("data/a.csv".to_owned(), seen)].into()
}

fn updated(lock: &mut Lock, words: &str, stories: &[&str], accept: bool) -> Update {
    let (date, author) = (date(2026, 11, 24), "A. Editor".to_owned());
    let acceptor = accept.then(|| Acceptor { date, author, reason: "corrected".to_owned() });
    let all = stories.iter().map(|story| (*story).to_owned()).collect();
    lock.update(seen(words, stories), &all, |story| story != "gone", acceptor.as_ref())
}

#[test]
fn a_changed_file_stays_as_it_was_until_somebody_says_why() {
    let mut lock = Lock::default();
    let paths = ["data/a.csv".to_owned()];
    assert_eq!(updated(&mut lock, "one", &["a"], false).added, paths);
    let before = lock.clone();
    assert_eq!(updated(&mut lock, "one", &["a"], false), Update::default());
    assert_eq!(updated(&mut lock, "two", &["a"], false).refused, paths);
    assert_eq!(lock, before);
    assert_eq!(updated(&mut lock, "two", &["a"], true).accepted, paths);
    let file = &lock.files["data/a.csv"];
    assert_eq!((file.content, file.history.len()), (Content::of(b"two"), 1));
    assert_eq!(file.history[0].before, Content::of(b"one").digest);
    assert_eq!(file.history[0].reason, "corrected");
}

#[test]
fn what_another_story_takes_is_not_accepted_unseen() {
    let mut lock = Lock::default();
    updated(&mut lock, "one", &["a", "b", "gone"], false);
    // The story that is gone takes nothing any more, the other still does.
    updated(&mut lock, "one", &["a"], false);
    assert_eq!(lock.files["data/a.csv"].stories().collect::<Vec<_>>(), ["a", "b"]);
    let before = lock.clone();
    let update = updated(&mut lock, "two", &["a"], true);
    assert_eq!(update.unseen, [("data/a.csv".to_owned(), vec!["b".to_owned()])]);
    assert_eq!(lock, before);
    assert_eq!(updated(&mut lock, "two", &["a", "b"], true).accepted.len(), 1);
}

#[test]
fn a_file_is_forgotten_when_no_story_takes_from_it() {
    let mut lock = Lock::default();
    updated(&mut lock, "one", &["a", "b"], false);
    let nothing = |lock: &mut Lock, story: &str| {
        lock.update(BTreeMap::new(), &[story.to_owned()].into(), |_| true, None).forgotten
    };
    assert!(nothing(&mut lock, "a").is_empty());
    assert_eq!(nothing(&mut lock, "b"), ["data/a.csv"]);
    assert_eq!(lock, Lock::default());
}
