//! Tables that end in a total, or have a column of changes.
//!
//! Safe because the row is called "Total" and every cell above holds one number; a table of which some rows are parts of
//! others, or that says that it has only some rows, is left alone.

use super::value::{
    checked, contradicts, is_alike, kept, nominal, operand, ratio, stated, sum, times, told_interval,
};
use super::{Reader, Rule};
use crate::mention::{Mention, Survey};
use crate::number::{Decimal, Interval};
use crate::text::Span;
use crate::unit::Unit;

/// No more columns than this are looked at for changes.
const WIDEST: usize = 32;

/// A row: its cells, apart by tabs.
struct Row<'t> {
    cells: Vec<(usize, &'t str)>,
}

pub(super) fn look(reader: &mut Reader, text: &str, survey: &Survey) {
    if memchr::memchr(b'\t', text.as_bytes()).is_none() {
        return;
    }
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if line.contains('\t') {
            let mut from = at;
            let cells = line.split('\t').map(|cell| {
                let start = from;
                from += cell.len() + 1;
                (start, cell)
            });
            rows.push(Row { cells: cells.collect() });
        } else if !rows.is_empty() {
            whole(reader, survey, text, &rows);
            rows.clear();
        }
        at += line.len() + 1;
    }
    if !rows.is_empty() {
        whole(reader, survey, text, &rows);
    }
}

fn whole(reader: &mut Reader, survey: &Survey, text: &str, rows: &[Row<'_>]) {
    let Some((head, body)) = rows.split_first() else { return };
    total(reader, survey, text, body);
    for column in 1..head.cells.len().min(WIDEST) {
        if head.cells.get(column).is_some_and(|(_, name)| is_change_named(name)) {
            changes(reader, survey, text, body, column);
        }
    }
}

fn is_change_named(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    matches!(
        name.as_str(),
        "change"
            | "% change"
            | "change (%)"
            | "change, %"
            | "change in %"
            | "percent change"
            | "percentage change"
    )
}

/// The one number of a cell.
fn cell(survey: &Survey, row: &Row<'_>, column: usize) -> Option<Mention> {
    let (start, text) = row.cells.get(column)?;
    let end = start + text.len();
    let from = survey.mentions.partition_point(|mention| (mention.span.start as usize) < *start);
    let mut inside =
        survey.mentions.get(from..)?.iter().take_while(|mention| (mention.span.start as usize) < end);
    let only = inside.next().copied()?;
    inside.next().is_none().then_some(only)
}

fn is_part(mention: &Mention) -> bool {
    super::parts::is_part(mention)
}

/// A last row called "Total".
fn total(reader: &mut Reader, survey: &Survey, text: &str, body: &[Row<'_>]) {
    let Some((last, rows)) = body.split_last() else { return };
    let is_total = last.cells.first().is_some_and(|(_, cell)| {
        matches!(
            cell.trim().to_ascii_lowercase().as_str(),
            "total" | "in all" | "sum" | "together" | "totals"
        )
    });
    let is_partial =
        rows.iter().any(|row| row.cells.first().is_some_and(|(_, cell)| is_part_of_another(cell)));
    if !is_total || rows.len() < 2 || is_partial {
        return;
    }
    for column in 1..last.cells.len() {
        let Some(says) = cell(survey, last, column).filter(is_part) else { continue };
        let parts: Option<Vec<Mention>> = rows.iter().map(|row| cell(survey, row, column)).collect();
        let Some(parts) =
            parts.filter(|parts| parts.iter().all(|part| is_part(part) && is_alike(part, &says)))
        else {
            continue;
        };
        let Some(all) = sum(parts.iter().map(|part| operand(part, &reader.widths))) else { continue };
        let exact: Option<Decimal> = parts.iter().map(nominal).sum();
        let (Some(exact), Some(value)) = (exact, nominal(&says)) else { continue };
        let has_subtotals = parts.iter().filter_map(nominal).any(|part| exact - part == value)
            || exact >= value * Decimal::new(15, 1);
        if has_subtotals {
            continue;
        }
        if !contradicts(&stated(&says, &reader.widths), &all) {
            reader.holds(Rule::Sum, &says, &parts.iter().collect::<Vec<_>>());
            continue;
        }
        let names: Vec<&str> = parts.iter().map(|part| part.span.of(text)).collect();
        let arithmetic = format!(
            "{} add up to {}, the draft says {}",
            super::parts::list(&names),
            told_interval(&Interval::point(exact), 2, ""),
            says.words().of(text)
        );
        let operands: Vec<Span> = parts.iter().map(|part| part.span).collect();
        reader.report(says.words(), &operands, arithmetic);
    }
}

/// "– by car", "of which", "including": a part of the row above.
fn is_part_of_another(cell: &str) -> bool {
    let cell = cell.trim();
    cell.starts_with(['-', '–', '—', '•', '·', '…'])
        || ["of which", "including", "thereof", "of them"]
            .iter()
            .any(|lead| cell.to_ascii_lowercase().starts_with(lead))
}

/// A column called "Change" behind two others: the change from the one to the other, in percent.
fn changes(reader: &mut Reader, survey: &Survey, text: &str, body: &[Row<'_>], column: usize) {
    let (Some(older), Some(newer)) = (column.checked_sub(2).filter(|at| *at > 0), column.checked_sub(1))
    else {
        return;
    };
    let mut wrong = Vec::new();
    let mut right = 0;
    for row in body {
        let cells = [older, newer, column].map(|column| cell(survey, row, column));
        let [Some(old), Some(new), Some(says)] = cells else { continue };
        if says.unit != Unit::Percent || !is_alike(&old, &new) {
            continue;
        }
        let change = |from: &Mention, to: &Mention| {
            let ratio = ratio(&operand(to, &reader.widths), &operand(from, &reader.widths))?;
            checked(ratio.subtract(&Interval::point(Decimal::ONE)))
        };
        let (Some(forth), Some(says_kept)) =
            (change(&old, &new), kept(&says, &stated(&says, &reader.widths)))
        else {
            continue;
        };
        let (forth_sized, says_sized) =
            if says.is_signed { (forth, says_kept) } else { (forth.absolute(), says_kept.absolute()) };
        if contradicts(&says_sized, &forth_sized) {
            wrong.push((old, new, says, forth));
        } else {
            right += 1;
        }
    }
    // Where no row fits, the column means something else.
    if right < 2 || wrong.len() > right {
        return;
    }
    for (old, new, says, change) in wrong {
        let percent = times(&change, Decimal::ONE_HUNDRED).unwrap_or(change);
        let words = |mention: &Mention| mention.span.of(text);
        let arithmetic = format!(
            "from {} to {} is {}, the draft says {}",
            words(&old),
            words(&new),
            told_interval(&percent, 1, "%"),
            words(&says)
        );
        reader.report(says.words(), &[old.span, new.span], arithmetic);
    }
}
