//! How long an editor waits: milliseconds from a change to its diagnostics, by the program over pipes.
//!
//! ```text
//! taskset -c 0 cargo bench --bench lsp
//! ```
//!
//! A draft of a megabyte with two hundred claims and thousands of numbers is typed in at the pace of a fast typist, and
//! then in a burst, and a draft of ordinary length after it. With `taskset`, the editor and the server share one core. The
//! last column, on Linux, is what the server computed for a change: on a machine with other work it says more than the
//! others.
#![expect(clippy::print_stdout, reason = "a program of its own, for the command line")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a benchmark makes files and fails by panicking"
)]
#![expect(clippy::needless_pass_by_value, reason = "`json!` makes values that nobody else wants")]
#![expect(dead_code, reason = "the tests need more of the client than this does")]

#[path = "../../tests/lsp/client.rs"]
mod client;

use std::fmt::Write as _;
use std::thread::sleep;
use std::time::{Duration, Instant};

use client::{Client, folder};
use serde_json::{Value, json};

/// Between two keys of a fast typist.
const KEY: Duration = Duration::from_millis(60);
const KEYS: i32 = 200;

fn main() {
    println!(
        "{:<46} {:>8} {:>8} {:>8} {:>8}",
        "milliseconds from a change to its diagnostics", "median", "p95", "most", "CPU"
    );
    let large = story(1_000_000, 200);
    let small = story(6_000, 20);
    typed("a draft of 1 MB, typed in", &large, KEY);
    typed("a draft of 1 MB, a key each 25 ms", &large, Duration::from_millis(25));
    burst("a draft of 1 MB, 200 keys at once", &large);
    typed("a draft of 6 KB, typed in", &small, KEY);
    hovers("a draft of 1 MB, a hover behind each key", &large);
}

struct Story {
    draft: String,
    rules: String,
}

/// A draft of about so many bytes, whose first claims are about as many of its sentences.
fn story(bytes: usize, claims: usize) -> Story {
    let (mut draft, mut rules) = (String::new(), String::from("draft = \"../draft.md\"\n"));
    rules.push_str("[source.table]\nfile = \"../table.csv\"\nkey = \"row\"\n");
    let mut at = 0;
    while draft.len() < bytes {
        let (first, second) = (format!("{},{:03}", 1 + at / 1000, at % 1000), 17 + at % 80);
        _ = writeln!(
            draft,
            "In district {at} the council counted just over {first},000 visitors in 2024, a rise of {second}% that \
             nobody had expected.\nMost of them came by train, as the council had hoped when it opened the new \
             station by the river, and stayed longer than those who had come by car in the years before. What they \
             looked for was not always what the town had to offer: the museum was closed for repairs, and the market \
             hall had lost its roof in a storm. Those who keep shops there say that they do not mind, so long as \
             people come at all; others would rather have the quiet back that they moved to the river for.\n\
             Of these, about {few} came in the {days} days before July 4, and {few} of {many} paid ${price}.{cents:02} \
             for it.\n",
            few = 30 + at % 61,
            days = 12 + at % 73,
            many = 100 + at % 397,
            price = 3 + at % 29,
            cents = at % 97,
        );
        if at < claims {
            _ = writeln!(
                rules,
                "[[claim]]\nid = \"c-{at}\"\nquote = \"counted just over {first},000 visitors\"\nformula = \"table.r{at}.visitors\"\n"
            );
        }
        at += 1;
    }
    Story { draft, rules }
}

fn table(claims: usize) -> String {
    let rows = (0..claims).map(|row| format!("r{row},{}\n", (1_000 + row) * 1_000 + 300));
    std::iter::once("row,visitors\n".to_owned()).chain(rows).collect()
}

fn started(story: &Story) -> Client {
    let table = table(200);
    let files =
        [("draft.md", story.draft.as_str()), ("claims/a.toml", &*story.rules), ("table.csv", table.as_str())];
    let folder = folder("bench", &files);
    let mut client = Client::start(&folder);
    client.open("draft.md", &story.draft);
    let said = client.diagnostics("draft.md", Some(1));
    assert!(!said.iter().any(|it| it["severity"] == 1), "the rules are good");
    client
}

/// A key in the middle of the draft.
fn key(client: &mut Client, version: i32, lines: usize) -> Instant {
    let at = json!({ "line": lines / 2, "character": 3 + version });
    let change = json!([{ "range": { "start": at, "end": at }, "text": "x" }]);
    let sent = Instant::now();
    client.change("draft.md", version, change);
    sent
}

/// Types key after key; each waits for its diagnostics, or for those of a later state.
fn typed(name: &str, story: &Story, pace: Duration) {
    let mut client = started(story);
    let lines = story.draft.lines().count();
    let before = cpu(&client);
    let mut sent = Vec::new();
    let mut told = Vec::new();
    for version in 2..2 + KEYS {
        let at = key(&mut client, version, lines);
        sent.push((version, at));
        let next = at + pace;
        while client.hear_before(next).is_some() {
            told.extend(news(&client));
        }
    }
    while told.last().is_none_or(|(_, version)| *version < KEYS + 1) {
        client.hear();
        told.extend(news(&client));
    }
    print(name, &latencies(&sent, &told), cpu(&client).saturating_sub(before) / sent.len());
    client.stop();
}

fn burst(name: &str, story: &Story) {
    let mut waits = Vec::new();
    let mut client = started(story);
    let lines = story.draft.lines().count();
    let before = cpu(&client);
    let mut version = 1;
    for _ in 0..20 {
        let mut last = Instant::now();
        for _ in 0..KEYS {
            version += 1;
            last = key(&mut client, version, lines);
        }
        client.diagnostics("draft.md", Some(version));
        let (come, _) = client.said[&client.uri("draft.md")];
        waits.push(come.duration_since(last));
        sleep(KEY);
    }
    print(name, &waits, cpu(&client).saturating_sub(before) / (20 * usize::try_from(KEYS).unwrap()));
    client.stop();
}

fn hovers(name: &str, story: &Story) {
    let mut client = started(story);
    let lines = story.draft.lines().count();
    let mut waits = Vec::new();
    let before = cpu(&client);
    for version in 2..2 + KEYS / 2 {
        let sent = key(&mut client, version, lines);
        let hover = client.request_at("textDocument/hover", "draft.md", &story.draft, "1,000,000");
        assert!(
            hover["contents"]["value"].as_str().is_some_and(|told| told.contains("supported")),
            "{hover}"
        );
        waits.push(sent.elapsed());
        sleep(KEY);
    }
    print(name, &waits, cpu(&client).saturating_sub(before) / waits.len());
    client.stop();
}

/// For each change, until the first diagnostics of its state or of a later one.
fn latencies(sent: &[(i32, Instant)], told: &[(Instant, i32)]) -> Vec<Duration> {
    let first = |version: i32| told.iter().find(|(_, of)| *of >= version).map(|(come, _)| *come);
    sent.iter().filter_map(|(version, at)| Some(first(*version)?.duration_since(*at))).collect()
}

fn print(name: &str, waits: &[Duration], cpu: usize) {
    let mut waits = waits.to_vec();
    waits.sort_unstable();
    let at = |percent: usize| {
        let tenths = waits[(waits.len() * percent / 100).min(waits.len() - 1)].as_micros() / 100;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    let cpu = format!("{}.{}", cpu / 1000, cpu / 100 % 10);
    println!("{name:<46} {:>8} {:>8} {:>8} {cpu:>8}", at(50), at(95), at(100));
}

/// What the server has computed so far, in microseconds, by the system's clock of a hundredth of a second; 0 where there is
/// none.
fn cpu(client: &Client) -> usize {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", client.server.id())).unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    // In user mode and in the system's: fields 14 and 15.
    let ticks = behind_name.split_whitespace().skip(11).take(2).filter_map(|it| it.parse::<usize>().ok());
    ticks.sum::<usize>() * 10_000
}

/// When the last diagnostics of the draft came, and of which version they are.
fn news(client: &Client) -> Option<(Instant, i32)> {
    let (come, said) = client.said.get(&client.uri("draft.md"))?;
    let version = said.get("version").and_then(Value::as_i64)?;
    Some((*come, i32::try_from(version).ok()?))
}
