//! A synthetic newsroom of any size, with the verdict that each of its claims must get.
//!
//! ```text
//! cargo bench --bench newsroom -- write OUT ARTICLES CLAIMS [--rows N] [--seed N] [--scopes]
//! cargo bench --bench newsroom -- check OUT REPORT.json
//! ```
//!
//! `write` makes `OUT/drafts/aNNNNN.md` (about 6 KB each), `OUT/claims/aNNNNN.toml`, `OUT/sources/aNNNNN.csv` and
//! `OUT/expected.jsonl`. One claim in twenty is wrong by design. `--rows` adds rows to each table that no claim needs,
//! `--scopes` declares an area and a period for every figure and claim. `check` holds the verdicts of a JSON report
//! against the expected ones and exits 1 where any differs. `benches/newsroom.sh` does both and measures between.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads and writes its own files")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own, for the command line")]

mod article;
mod check;
mod claim;
mod random;
mod words;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};

use article::{Article, SCOPES};

/// What to write.
pub(crate) struct Size {
    articles: u64,
    claims: usize,
    rows: usize,
    seed: u64,
    has_scopes: bool,
}

const USAGE: &str = "usage: newsroom write OUT ARTICLES CLAIMS [--rows N] [--seed N] [--scopes]
       newsroom check OUT REPORT.json";

fn main() -> ExitCode {
    // Cargo passes `--bench` to every benchmark.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match *arguments.as_slice() {
        // `cargo bench` without a name runs every benchmark; this one has nothing to do then.
        [] => {
            println!("{USAGE}");
            Ok(true)
        }
        ["write", out, articles, claims, ref options @ ..] => {
            size(articles, claims, options).and_then(|size| write(Path::new(out), &size)).map(|()| true)
        }
        ["check", out, report] => check(Path::new(out), Path::new(report)),
        _ => Err(anyhow::anyhow!("{USAGE}")),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

fn size(articles: &str, claims: &str, options: &[&str]) -> Result<Size> {
    let number = |text: &str| text.parse::<u64>().with_context(|| format!("`{text}` is no whole number"));
    let small = |text: &str| text.parse::<usize>().with_context(|| format!("`{text}` is no whole number"));
    let mut size =
        Size { articles: number(articles)?, claims: small(claims)?, rows: 0, seed: 1, has_scopes: false };
    let mut options = options.iter();
    while let Some(&option) = options.next() {
        let mut value = || options.next().with_context(|| format!("`{option}` needs a value"));
        match option {
            "--rows" => size.rows = small(value()?)?,
            "--seed" => size.seed = number(value()?)?,
            "--scopes" => size.has_scopes = true,
            _ => bail!("unknown option `{option}`\n{USAGE}"),
        }
    }
    ensure!(size.claims <= words::TOWNS, "an article has at most {} claims", words::TOWNS);
    Ok(size)
}

fn write(out: &Path, size: &Size) -> Result<()> {
    let folder = |name: &str| -> Result<_> {
        let path = out.join(name);
        fs::create_dir_all(&path).with_context(|| path.display().to_string())?;
        Ok(path)
    };
    let (drafts, claims, sources) = (folder("drafts")?, folder("claims")?, folder("sources")?);
    if size.has_scopes {
        fs::write(claims.join("scopes.toml"), SCOPES)?;
    }
    let mut expected = std::io::BufWriter::new(fs::File::create(out.join("expected.jsonl"))?);
    for number in 0..size.articles {
        let article = Article::new(size, number);
        fs::write(drafts.join(format!("{}.md", article.name)), article.draft)?;
        fs::write(claims.join(format!("{}.toml", article.name)), article.rules)?;
        fs::write(sources.join(format!("{}.csv", article.name)), article.table)?;
        expected.write_all(article.expected.as_bytes())?;
    }
    Ok(expected.flush()?)
}

fn check(out: &Path, report: &Path) -> Result<bool> {
    let read = |path: &Path| fs::read_to_string(path).with_context(|| path.display().to_string());
    let (report, expected) = (read(report)?, read(&out.join("expected.jsonl"))?);
    let (claims, wrong) = check::differences(&report, &expected)?;
    for sentence in wrong.iter().take(20) {
        eprintln!("{sentence}");
    }
    println!("{claims} claims, {} verdicts wrong", wrong.len());
    Ok(wrong.is_empty())
}
