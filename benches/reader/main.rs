//! How fast drafts are read, and that it takes twice the time for twice the text: megabytes a second on one core, the
//! fastest of several rounds.
//!
//! ```text
//! cargo bench --bench reader [-- FOLDER]
//! ```
//!
//! With a folder, the Markdown drafts in it (those of `benches/newsroom.sh`, for instance); without, the articles of
//! `fixtures/reading` one after the other up to 100 MB, and texts made to be hard.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads its own files")]
#![expect(clippy::print_stdout, reason = "a program of its own, for the command line")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use factcheck::consistency::contradictions;
use factcheck::draft::Prose;
use factcheck::hedge::{Lexicon, Widths};
use factcheck::mention::survey;

/// Bytes in a megabyte, as disks count it.
const MEGABYTE: usize = 1_000_000;
/// Texts up to this size are read several times.
const SMALL: usize = 10 * MEGABYTE;

/// What is repeated to make a text that is hard to read.
const HARD: [&str; 14] = [
    "7",
    ",",
    "1,",
    "1 ",
    "one hundred and ",
    "a million ",
    "from 1 to ",
    "between ",
    "$",
    "-",
    "½",
    "more than ",
    "12:",
    "five of the ",
];

fn main() -> Result<()> {
    // Cargo passes `--bench` to every benchmark.
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    println!("{:<28} {:>9} {:>14} {:>14} {:>14}", "text", "MB", "numbers MB/s", "whole MB/s", "numbers");
    match folder {
        Some(folder) => of_files(&folder, &files(Path::new(&folder))?),
        None => growth(),
    }
}

/// The drafts of a folder, each read by itself.
fn of_files(name: &str, paths: &[PathBuf]) -> Result<()> {
    let texts: Vec<String> = paths
        .iter()
        .map(|path| fs::read_to_string(path).with_context(|| path.display().to_string()))
        .collect::<Result<_>>()?;
    tell(name, &texts.iter().map(String::as_str).collect::<Vec<_>>());
    Ok(())
}

/// One text of each size and kind.
fn growth() -> Result<()> {
    let mut articles = files(Path::new("fixtures/reading"))?.into_iter().map(fs::read_to_string);
    let articles = articles.try_fold(String::new(), |all, article| article.map(|next| all + &next + "\n"))?;
    for megabytes in [1, 10, 100] {
        tell("articles, as one", &[&repeated(&articles, megabytes * MEGABYTE)]);
    }
    for part in HARD {
        for megabytes in [1, 10] {
            tell(&format!("{part:?}, repeated"), &[&repeated(part, megabytes * MEGABYTE)]);
        }
    }
    Ok(())
}

/// A text over and over, to so many bytes.
fn repeated(text: &str, bytes: usize) -> String {
    text.repeat(bytes.div_ceil(text.len()))
}

/// The Markdown files below a folder, in order.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found.sort();
    ensure!(!found.is_empty(), "{}: no Markdown files", folder.display());
    Ok(found)
}

/// Times the reader alone on what the drafts' readers see, and all that is done with a draft without rules: Markdown, numbers,
/// and the draft held against itself.
fn tell(name: &str, texts: &[&str]) {
    let lexicon = Lexicon::shipped();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let rounds = if bytes > SMALL { 2 } else { 5 };
    let proses: Vec<Prose> = texts.iter().map(|text| Prose::markdown(text)).collect();
    let prose_bytes: usize = proses.iter().map(|prose| prose.text().len()).sum();
    let (reading, numbers) = fastest(rounds, || {
        let found = proses.iter().map(|prose| survey(black_box(prose.text()), lexicon));
        found.map(|survey| survey.mentions.len() + survey.excluded.len()).sum::<usize>()
    });
    let (whole, ()) = fastest(rounds, || {
        for text in texts {
            let prose = Prose::markdown(black_box(text));
            let survey = survey(prose.text(), lexicon);
            black_box(contradictions(prose.text(), &survey, Widths::default(), None));
        }
    });
    let (size, reading, whole) = (tenths(bytes), speed(prose_bytes.max(1), reading), speed(bytes, whole));
    println!("{name:<28} {size:>9} {reading:>14} {whole:>14} {numbers:>14}");
}

/// The least time that a call takes, and what it returns.
fn fastest<T>(rounds: usize, mut call: impl FnMut() -> T) -> (Duration, T) {
    let mut timed = || {
        let start = Instant::now();
        let value = call();
        (start.elapsed(), value)
    };
    let (mut least, mut value) = timed();
    for _ in 1..rounds {
        let (time, again) = timed();
        (least, value) = (least.min(time), again);
    }
    (least, value)
}

/// Megabytes a second, with one decimal.
fn speed(bytes: usize, time: Duration) -> String {
    // Bytes in a microsecond are megabytes in a second.
    let nanoseconds = usize::try_from(time.as_nanos()).unwrap_or(usize::MAX).max(1);
    let tenths = bytes.saturating_mul(10_000) / nanoseconds;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Megabytes, with one decimal.
fn tenths(bytes: usize) -> String {
    let tenths = (bytes + MEGABYTE / 20) * 10 / MEGABYTE;
    format!("{}.{}", tenths / 10, tenths % 10)
}
