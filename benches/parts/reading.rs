//! The parts that read: numbers, drafts and quotes, rule files, tables.

use std::fmt::Write;
use std::hint::black_box;

use anyhow::{Context as _, Result};
use factcheck::claim::{Parser, decode};
use factcheck::draft::{Prose, Quote};
use factcheck::hedge::{Lexicon, Widths, allowed, judge};
use factcheck::mention::{read, read_whole};
use factcheck::number::{Decimal, Interval};
use factcheck::source::{
    ColumnOptions, Format, Input, MissingRule, Request, Select, TableOptions, Take, answer,
};

use crate::Timer;

/// Claims of an article, and rows of its table.
const CLAIMS: usize = 20;
/// Rows of a large table.
const ROWS: usize = 10_000;

/// Numbers as drafts write them, and verdicts on them.
pub(crate) fn numbers(timer: &Timer) -> Result<()> {
    let lexicon = Lexicon::shipped();
    let texts = ["12,345", "just over 5%", "$9.5 billion", "two and a half million", "about 1,240 a day"];
    for text in texts {
        timer.time(&format!("number, read {text}"), || read_whole(black_box(text), lexicon));
    }
    let widths = Widths::default();
    let mention = read_whole("just over 12,300", lexicon)?;
    timer
        .time("number, what a hedge allows", || allowed(black_box(mention.hedge), &mention.reading, &widths));
    let allowed = allowed(mention.hedge, &mention.reading, &widths);
    let computed = Decimal::from(12_345);
    timer.time("number, verdict", || judge(black_box(&allowed), &Interval::point(computed), computed));
    Ok(())
}

/// A draft of 6 KB, and the quotes in it.
pub(crate) fn drafts(timer: &Timer) {
    let draft = article();
    let kilobytes = draft.len() / 1000;
    timer.time(&format!("draft, {kilobytes} KB of Markdown"), || Prose::markdown(black_box(&draft)));
    timer.time(&format!("draft, numbers in {kilobytes} KB"), || read(black_box(&draft), Lexicon::shipped()));
    let quotes: Vec<String> = (0..CLAIMS).map(quote).collect();
    timer.time(&format!("draft, read, and {CLAIMS} quotes found"), || {
        let prose = Prose::markdown(black_box(&draft));
        quotes.iter().filter(|quote| !prose.find(&Quote::new(quote)).spans().is_empty()).count()
    });
    let prose = Prose::markdown(&draft);
    let (there, gone) = (quote(7), "fell by 4.1% in district 7, to 7,000".to_owned());
    timer.time("draft, one more quote that is there", || prose.find(&Quote::new(black_box(&there))));
    timer.time("draft, a quote that is gone", || prose.find(&Quote::new(black_box(&gone))));
    timer.time("draft, the passage most like it", || prose.closest(&Quote::new(black_box(&gone))));
}

/// A story's rule file.
pub(crate) fn rules(timer: &Timer) {
    let mut text =
        "draft = \"a.md\"\n\n[source.data]\ntitle = \"T\"\nfile = \"a.csv\"\nkey = \"id\"\n".to_owned();
    for claim in 0..CLAIMS {
        let quote = quote(claim);
        let formula = format!("change(data.r{claim}.before, data.r{claim}.after)");
        let _ =
            writeln!(text, "\n[[claim]]\nid = \"c-{claim}\"\nquote = \"{quote}\"\nformula = \"{formula}\"");
    }
    let mut parser = Parser::new();
    timer.time(&format!("rules, {CLAIMS} claims decoded"), || {
        decode(&mut parser, black_box(&text)).file.claim.len()
    });
}

/// Tables of 20 and of 10,000 rows.
pub(crate) fn tables(timer: &Timer) -> Result<()> {
    let keys: Vec<String> = (0..CLAIMS).map(|row| format!("r{row}")).collect();
    let cells: Vec<Request<'_>> = keys.iter().map(|key| request(Select::Named(key), Take::One)).collect();
    let sum = [request(Select::Where(Vec::new()), Take::Sum)];
    let options = TableOptions { key: Some("id"), ..TableOptions::new(Format::Csv) };
    for rows in [CLAIMS, ROWS] {
        let table = table(rows);
        let bytes = table.as_bytes();
        for figure in answer(Input::Bytes(bytes), &options, &cells)? {
            figure.context("every row is in the table")?;
        }
        timer.time(&format!("table, {CLAIMS} cells of {rows} rows"), || {
            answer(Input::Bytes(black_box(bytes)), &options, &cells).map(|figures| figures.len())
        });
        timer.time(&format!("table, sum of {rows} rows"), || {
            answer(Input::Bytes(black_box(bytes)), &options, &sum).map(|figures| figures.len())
        });
    }
    Ok(())
}

fn request(select: Select<'_>, take: Take) -> Request<'_> {
    let written = ColumnOptions::default();
    Request { select, column: "after", group_by: None, take, missing: MissingRule::Error, written }
}

fn quote(claim: usize) -> String {
    format!("rose by {}.{}% in district {claim}, to {},{:03}", 2 + claim, claim % 10, 10 + claim, claim * 37)
}

fn article() -> String {
    let mut text = "---\ntitle: Districts\n---\n\n# Districts\n\n".to_owned();
    for claim in 0..CLAIMS {
        let quote = quote(claim);
        let _ = write!(
            text,
            "The number of permits {quote}, the clerk\u{2019}s office said. The list was published in 2019, in \
             another format, and the hearing on it began at 7:30 p.m. What it means for *next* season is a matter \
             on which the [groups](https://example.org/groups) disagree.\n\n"
        );
    }
    text
}

fn table(rows: usize) -> String {
    let mut text = "id,before,after\n".to_owned();
    for row in 0..rows {
        let _ = writeln!(text, "r{row},{},{}", 10_000 + row * 7, 12_000 + row * 5);
    }
    text
}
