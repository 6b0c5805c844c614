//! `factcheck sources [PATH]...`

use std::fmt::Write as _;

use anyhow::Result;
use jiff::civil::Date;
use serde::Serialize;

use super::arguments::{SourcesArguments, SourcesFormat};
use super::exit::Exit;
use super::{print, surveyed};
use crate::claim::RawStatus;
use crate::engine::{Survey, SurveyedSource};
use crate::finding::slashed;
use crate::system::{Disk, System};

pub(super) fn run(arguments: &SourcesArguments) -> Result<Exit> {
    let Some((survey, is_whole)) = surveyed(&arguments.paths, &arguments.settings)? else {
        return Ok(Exit::CouldNotCheck);
    };
    let today = Disk.today();
    let listed: Vec<Listed<'_>> =
        survey.sources.iter().map(|source| Listed::new(source, &survey, today)).collect();
    let told = match arguments.format {
        SourcesFormat::Full => table(&listed),
        SourcesFormat::Csv => csv(&listed),
        SourcesFormat::Json => json(&listed)?,
    };
    print(told.as_bytes())?;
    Ok(if is_whole { Exit::Clean } else { Exit::CouldNotCheck })
}

/// A source as it is listed. The keys are those of the JSON, and the heads of the columns of the CSV.
#[derive(Serialize)]
struct Listed<'s> {
    source: &'s str,
    /// The rule file that defines it.
    rules: String,
    publisher: Option<&'s str>,
    title: Option<&'s str>,
    file: Option<String>,
    url: Option<&'s str>,
    archive_url: Option<&'s str>,
    retrieved: Option<String>,
    as_of: Option<String>,
    recheck_by: Option<String>,
    status: Option<&'static str>,
    /// Days since it was retrieved.
    age: Option<i32>,
    sha256: Option<String>,
    size: Option<u64>,
    rows: Option<u64>,
    /// Whether its file is as it was locked; none where there is no lock or no file.
    lock: Option<&'static str>,
    claims: Vec<ListedClaim<'s>>,
}

#[derive(Serialize)]
struct ListedClaim<'s> {
    story: &'s str,
    id: &'s str,
}

#[derive(Serialize)]
struct Listing<'s> {
    version: u32,
    sources: &'s [Listed<'s>],
}

impl<'s> Listed<'s> {
    fn new(source: &'s SurveyedSource, survey: &Survey, today: Date) -> Self {
        let about = &source.about;
        let day = |day: Date| day.to_string();
        let age = |day: Date| today.since(day).ok().map(|span| span.get_days());
        Self {
            source: &about.name,
            rules: slashed(&source.rules),
            publisher: about.publisher.as_deref(),
            title: about.title.as_deref(),
            file: source.path.as_deref().map(slashed),
            url: about.url.as_deref(),
            archive_url: about.archive_url.as_deref(),
            retrieved: about.retrieved.map(day),
            as_of: about.as_of.map(day),
            recheck_by: about.recheck_by.map(day),
            status: about.status.map(RawStatus::name),
            age: about.retrieved.and_then(age),
            sha256: source.content.map(|content| content.digest.to_string()),
            size: source.content.map(|content| content.size),
            rows: source.content.and_then(|content| content.rows),
            lock: state(source, survey),
            claims: source.claims.iter().map(|(story, id)| ListedClaim { story, id }).collect(),
        }
    }
}

fn state(source: &SurveyedSource, survey: &Survey) -> Option<&'static str> {
    let (lock, key) = survey.lock.as_ref().zip(source.key.as_ref())?;
    Some(match (lock.files.get(key), source.content) {
        (None, _) => "not locked",
        (Some(locked), Some(content)) if locked.content.digest == content.digest => "as locked",
        (Some(_), Some(_)) => "changed",
        (Some(_), None) => "gone",
    })
}

/// A line a source, in columns, with what is too long for those below it.
fn table(listed: &[Listed<'_>]) -> String {
    let cells = listed.iter().map(|source| {
        [
            source.source.to_owned(),
            source.retrieved.clone().unwrap_or_default(),
            source.age.map(|age| format!("{age} d")).unwrap_or_default(),
            source.as_of.clone().unwrap_or_default(),
            source.sha256.as_deref().and_then(|hash| hash.get(..12)).unwrap_or_default().to_owned(),
            source.lock.unwrap_or_default().to_owned(),
            source.claims.len().to_string(),
            source.publisher.unwrap_or_default().to_owned(),
        ]
    });
    let head = ["source", "retrieved", "age", "as of", "sha256", "lock", "claims", "publisher"];
    let rows: Vec<[String; 8]> = std::iter::once(head.map(str::to_owned)).chain(cells).collect();
    let widths: [usize; 8] = std::array::from_fn(|column| {
        let cells = || rows.iter().map(|row| row.get(column).map_or(0, |cell| cell.chars().count()));
        // A column in which no source has anything is left out.
        if cells().skip(1).all(|width| width == 0) { 0 } else { cells().max().unwrap_or_default() }
    });
    let mut out = String::new();
    for (at, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths).filter(|(_, width)| *width > 0) {
            _ = write!(line, "{cell:width$}  ");
        }
        _ = writeln!(out, "{}", line.trim_end());
        if let Some(source) = at.checked_sub(1).and_then(|at| listed.get(at)) {
            details(&mut out, source);
        }
    }
    let noun = if listed.len() == 1 { "source" } else { "sources" };
    _ = writeln!(out, "{} {noun}", listed.len());
    out
}

fn details(out: &mut String, source: &Listed<'_>) {
    let flag = source.status.filter(|status| *status == RawStatus::Preliminary.name());
    let title = source.title.map(|title| match flag {
        Some(status) => format!("{title} ({status})"),
        None => title.to_owned(),
    });
    let recheck = source.recheck_by.as_ref().map(|day| format!("to be looked at again by {day}"));
    let archived = source.archive_url.map(|url| format!("archived: {url}"));
    let mut claims = String::new();
    let mut last = "";
    for ListedClaim { story, id } in &source.claims {
        match (claims.is_empty(), *story == last) {
            (_, true) => _ = write!(claims, ", {id}"),
            (true, false) => _ = write!(claims, "{story}: {id}"),
            (false, false) => _ = write!(claims, "; {story}: {id}"),
        }
        last = story;
    }
    if claims.is_empty() {
        claims.push_str("no claim rests on it");
    }
    let lines = [title, source.file.clone(), source.url.map(str::to_owned), archived, recheck, Some(claims)];
    for line in lines.into_iter().flatten() {
        _ = writeln!(out, "    {line}");
    }
}

fn json(listed: &[Listed<'_>]) -> Result<String> {
    let mut text = serde_json::to_string_pretty(&Listing { version: 1, sources: listed })?;
    text.push('\n');
    Ok(text)
}

/// A line a source, as spreadsheets read it; claims are in one cell, with semicolons between.
fn csv(listed: &[Listed<'_>]) -> String {
    let mut out = String::from(
        "source,rules,publisher,title,file,url,archive_url,retrieved,as_of,recheck_by,status,age,sha256,size,rows,lock,claims,claim_ids\n",
    );
    for source in listed {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let claims: Vec<String> =
            source.claims.iter().map(|claim| format!("{}: {}", claim.story, claim.id)).collect();
        let cells = [
            source.source.to_owned(),
            source.rules.clone(),
            text(source.publisher),
            text(source.title),
            text(source.file.as_deref()),
            text(source.url),
            text(source.archive_url),
            text(source.retrieved.as_deref()),
            text(source.as_of.as_deref()),
            text(source.recheck_by.as_deref()),
            text(source.status),
            source.age.map(|age| age.to_string()).unwrap_or_default(),
            text(source.sha256.as_deref()),
            number(source.size),
            number(source.rows),
            text(source.lock),
            source.claims.len().to_string(),
            claims.join("; "),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        _ = writeln!(out, "{}", cells.join(","));
    }
    out
}

/// A cell, in quotation marks where it would be taken for several.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
