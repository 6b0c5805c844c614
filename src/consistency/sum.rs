//! Parts beside their total: "In all, 512 jobs will go: 214 in Marrow Bay, 183 in Tolk and 125 at headquarters", "of 63 hostels,
//! 38 are open to all; the remaining 25 …", and the total row of a table.
//!
//! Safe because the total is said to be one ("in all", "a total of") or has its parts behind a colon, every number of the
//! sentence is one of them, and nothing says that parts overlap or are only some of them.

use super::band::{Band, may_say, plain};
use super::sentence::{Sentence, alike, count, has_any, has_word};
use super::{Contradiction, Kind, Reader};
use crate::mention::{self, Mention, Survey};
use crate::number::Decimal;
use crate::text::Span;
use crate::unit::Unit;

/// Words that say that parts overlap, or are not all of them.
const NOT_ALL: [&str; 14] = [
    "including",
    "include",
    "includes",
    "included",
    "among",
    "mostly",
    "both",
    "also",
    "such",
    "notably",
    "mainly",
    "least",
    "estimated",
    "some",
];

pub(super) fn look(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    remaining(reader, sentence, found);
    let numbers = sentence.numbers;
    let whole = sentence.whole();
    let Some((total, parts)) = numbers.split_first() else { return };
    let is_list = (2..=8).contains(&parts.len());
    let colon = sentence.after(0);
    let is_total = has_word(sentence.before(0), "all")
        || has_word(sentence.before(0), "total")
        || has_word(sentence.before(0), "altogether");
    let opens = colon.trim_end().ends_with([':', '–', '—']);
    if !is_list || !opens || !(is_total || count(colon) <= 9) || has_any(whole, &NOT_ALL) {
        return;
    }
    let is_part = |mention: &&Mention| is_count(mention) && alike(mention, total);
    if !is_count(total) || !parts.iter().all(|part| is_part(&part)) || !is_enumeration(sentence) {
        return;
    }
    found.extend(contradicts(reader, sentence, total, parts));
}

/// Whether the parts are listed with commas and "and", each with words of its own.
fn is_enumeration(sentence: &Sentence<'_>) -> bool {
    let last = sentence.numbers.len() - 1;
    (1..last).all(|at| {
        let link = sentence.after(at).trim_end();
        (link.ends_with([',', ';']) || link.ends_with(" and") || link.ends_with("and")) && count(link) <= 8
    })
}

/// "Of 63 hostels, 38 are open to all; the remaining 25 …", "214 people, 96 of them children and the other 118 adults", "46
/// percent is forest and 38 percent farmland; the remaining 16 percent …".
fn remaining(reader: &Reader<'_>, sentence: &Sentence<'_>, found: &mut Vec<Contradiction>) {
    let numbers = sentence.numbers;
    let Some((rest, others)) = numbers.split_last().filter(|(_, others)| (1..=5).contains(&others.len()))
    else {
        return;
    };
    let lead = sentence.before(numbers.len() - 1);
    let is_rest =
        ["remaining", "the other", "the rest,"].iter().any(|word| super::sentence::ends_with(lead, word));
    if !is_rest || has_any(sentence.whole(), &NOT_ALL) || rest.reading_is_range() {
        return;
    }
    let is_percent =
        |mention: &Mention| mention.kind == mention::Kind::Percent && !mention.reading_is_range();
    let left = if is_percent(rest) && others.iter().all(is_percent) {
        sum(reader, others).and_then(|sum| Band::point(Decimal::ONE).minus(sum))
    } else {
        let Some((whole, parts)) = others.split_first() else { return };
        let first = super::sentence::words(sentence.before(0)).next();
        let is_of = first.is_some_and(|word| word.eq_ignore_ascii_case("of"))
            && count(sentence.before(0)) <= 4
            || parts.len() == 1 && sentence.after(1).trim_start().starts_with("of them");
        let is_plain = is_count(rest)
            && is_count(whole)
            && parts.iter().all(|part| is_count(part) && alike(part, whole))
            && alike(rest, whole);
        if !(is_of && is_plain) || parts.is_empty() {
            return;
        }
        Band::of_mention(whole, &reader.widths)
            .zip(sum(reader, parts))
            .and_then(|(whole, parts)| whole.minus(parts))
    };
    let Some(left) = left.filter(|left| !may_say(rest, *left, &reader.widths)) else { return };
    let told = if is_percent(rest) { super::band::percent(left) } else { plain(left) };
    found.push(Contradiction {
        kind: Kind::Arithmetic,
        stated: rest.words(),
        operands: others.iter().map(|it| it.span).collect(),
        arithmetic: format!("{} leave {told}", list(others.iter().map(|it| sentence.words(it.span)))),
        help: None,
    });
}

/// "Tenants make up 62% of households. The remaining 38% own their homes.": two sentences of one block.
pub(super) fn rest(
    reader: &Reader<'_>,
    previous: &Sentence<'_>,
    sentence: &Sentence<'_>,
    found: &mut Vec<Contradiction>,
) {
    let (Some(rest), [share]) = (sentence.numbers.first(), previous.numbers) else { return };
    let between = sentence.text.get(previous.span.end as usize..sentence.span.start as usize);
    let is_next = between.is_some_and(|between| between.trim_matches(' ').is_empty());
    let is_percent = |it: &Mention| it.kind == mention::Kind::Percent && !it.reading_is_range();
    let lead = sentence.before(0).trim();
    if !is_next || !is_percent(rest) || !is_percent(share) || !lead.eq_ignore_ascii_case("the remaining") {
        return;
    }
    let left =
        Band::of_mention(share, &reader.widths).and_then(|share| Band::point(Decimal::ONE).minus(share));
    let Some(left) = left.filter(|left| !may_say(rest, *left, &reader.widths)) else { return };
    found.push(Contradiction {
        kind: Kind::Arithmetic,
        stated: rest.words(),
        operands: vec![share.span],
        arithmetic: format!("{} leave {}", sentence.words(share.span), super::band::percent(left)),
        help: None,
    });
}

fn is_count(mention: &Mention) -> bool {
    use mention::Kind::{Measure, Money, Number};
    matches!(mention.kind, Number | Money | Measure) && !mention.reading_is_range()
}

fn contradicts(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    total: &Mention,
    parts: &[Mention],
) -> Option<Contradiction> {
    let sum = sum(reader, parts)?;
    (!may_say(total, sum, &reader.widths)).then(|| Contradiction {
        kind: Kind::Arithmetic,
        stated: total.words(),
        operands: parts.iter().map(|part| part.span).collect(),
        arithmetic: format!(
            "{} add up to {}",
            list(parts.iter().map(|part| sentence.words(part.span))),
            plain(sum)
        ),
        help: None,
    })
}

fn sum(reader: &Reader<'_>, parts: &[Mention]) -> Option<Band> {
    parts
        .iter()
        .try_fold(Band::point(Decimal::ZERO), |sum, part| sum.plus(Band::of_mention(part, &reader.widths)?))
}

fn list<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    let parts: Vec<&str> = parts.collect();
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => parts.concat(),
    }
}

/// "… split the €47.5 million three ways:" with a list of the parts, each at the beginning of its line.
pub(super) fn lists(reader: &Reader<'_>, text: &str, survey: &Survey, found: &mut Vec<Contradiction>) {
    const ALL: [&str; 9] =
        ["split", "divided", "total", "all", "altogether", "ways", "sources", "entire", "parts"];
    let lines: Vec<Span> = lines(text).collect();
    for (at, line) in lines.iter().enumerate() {
        let head = line.of(text);
        if !head.trim_end().ends_with(':') || !has_any(head, &ALL) || has_any(head, &NOT_ALL) {
            continue;
        }
        let item = |line: &Span| match survey.mentions.get(survey.overlapping(*line))? {
            [only] => Some(*only),
            _ => None,
        };
        let parts: Vec<Mention> = lines.get(at + 1..).unwrap_or_default().iter().map_while(item).collect();
        let total = survey.mentions.get(survey.overlapping(*line)).unwrap_or_default();
        let total: Vec<&Mention> = total.iter().filter(|it| is_count(it) && it.unit != Unit::Bare).collect();
        let Some(sum) = sum(reader, &parts).filter(|_| parts.len() >= 2) else { continue };
        let is_percent = parts.iter().all(|part| part.kind == mention::Kind::Percent);
        let (stated, told, is_wrong) = match total.as_slice() {
            [total] if parts.iter().all(|part| is_count(part) && part.unit == total.unit) => {
                (total.words(), plain(sum), !may_say(total, sum, &reader.widths))
            }
            [] if is_percent => {
                let Some(last) = parts.last() else { continue };
                (last.words(), super::band::percent(sum), sum.low > Decimal::ONE)
            }
            _ => continue,
        };
        if is_wrong {
            found.push(Contradiction {
                kind: Kind::Arithmetic,
                stated,
                operands: parts.iter().map(|part| part.span).filter(|span| *span != stated).collect(),
                arithmetic: format!("{} add up to {told}", list(parts.iter().map(|part| part.span.of(text)))),
                help: None,
            });
        }
    }
}

/// The lines of the prose: its blocks.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let span = Span::new(at, at + line.len());
        at += line.len() + 1;
        span
    })
}

/// Rows of a table: cells are apart by tabs.
struct Row<'t> {
    cells: Vec<(usize, &'t str)>,
}

/// Tables whose last row is a total: its number is the sum of its column. A table whose rows do not add up, but whose sum of
/// only some of them does (subtotals), is left alone, as is one that says it has only some rows.
pub(super) fn tables(reader: &Reader<'_>, text: &str, survey: &Survey, found: &mut Vec<Contradiction>) {
    if !text.contains('\t') {
        return;
    }
    let mut table: Vec<Row<'_>> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if line.contains('\t') {
            let mut from = at;
            let cells = line.split('\t').map(|cell| {
                let start = from;
                from += cell.len() + 1;
                (start, cell)
            });
            table.push(Row { cells: cells.collect() });
        } else {
            total(reader, survey, text, &table, found);
            changes(reader, survey, text, &table, found);
            table.clear();
        }
        at += line.len() + 1;
    }
    total(reader, survey, text, &table, found);
    changes(reader, survey, text, &table, found);
}

/// A column of changes in percent, behind the columns of the two values.
fn changes(
    reader: &Reader<'_>,
    survey: &Survey,
    text: &str,
    table: &[Row<'_>],
    found: &mut Vec<Contradiction>,
) {
    let Some((head, rows)) = table.split_first() else { return };
    for column in 3..head.cells.len() {
        if !head.cells.get(column).is_some_and(|(_, cell)| has_word(cell, "change")) {
            continue;
        }
        for row in rows {
            let number = |column: usize| {
                let (start, cell) = *row.cells.get(column)?;
                match survey.mentions.get(survey.overlapping(Span::new(start, start + cell.len())))? {
                    [only] => Some(*only),
                    _ => None,
                }
            };
            let (Some(before), Some(after), Some(change)) =
                (number(column - 2), number(column - 1), number(column))
            else {
                continue;
            };
            let fits = is_count(&before)
                && is_count(&after)
                && alike(&before, &after)
                && change.kind == mention::Kind::Percent;
            let band = |mention: &Mention| Band::of_mention(mention, &reader.widths);
            let relative = band(&before)
                .zip(band(&after))
                .and_then(|(before, after)| after.over(before)?.minus(Band::point(Decimal::ONE)));
            let Some(relative) = relative.filter(|_| fits) else { continue };
            let signed = if change.is_signed { relative } else { relative.size() };
            if !may_say(&change, signed, &reader.widths) {
                found.push(Contradiction {
                    kind: Kind::Arithmetic,
                    stated: change.words(),
                    operands: vec![before.span, after.span],
                    arithmetic: format!(
                        "from {} to {} is a change of {}",
                        before.span.of(text),
                        after.span.of(text),
                        super::band::percent(relative)
                    ),
                    help: None,
                });
            }
        }
    }
}

fn total(
    reader: &Reader<'_>,
    survey: &Survey,
    text: &str,
    table: &[Row<'_>],
    found: &mut Vec<Contradiction>,
) {
    let Some((last, rows)) = table.split_last() else { return };
    let is_total = last.cells.first().is_some_and(|(_, cell)| cell.trim().eq_ignore_ascii_case("total"));
    let rows = rows.get(1..).unwrap_or_default();
    if !is_total || rows.len() < 2 {
        return;
    }
    for column in 1..last.cells.len() {
        let cell = |row: &Row<'_>| {
            let (start, cell) = *row.cells.get(column)?;
            let range = survey.overlapping(Span::new(start, start + cell.len()));
            match survey.mentions.get(range)? {
                [only] => Some(*only),
                _ => None,
            }
        };
        let Some(stated) = cell(last) else { continue };
        let parts: Option<Vec<Mention>> = rows.iter().map(cell).collect();
        let Some(parts) =
            parts.filter(|parts| parts.iter().all(|part| is_count(part) && alike(part, &stated)))
        else {
            continue;
        };
        let Some(sum) = sum(reader, &parts) else { continue };
        let has_subtotals = || {
            (0..parts.len()).any(|skip| {
                let rest: Vec<Mention> =
                    parts.iter().enumerate().filter(|(at, _)| *at != skip).map(|(_, part)| *part).collect();
                self::sum(reader, &rest).is_some_and(|sum| may_say(&stated, sum, &reader.widths))
            })
        };
        // Where the rows come to twice the total, some of them are parts of others.
        let is_far = Band::of_mention(&stated, &reader.widths)
            .is_none_or(|stated| sum.low > stated.high.saturating_mul(Decimal::new(13, 1)));
        if !is_count(&stated) || may_say(&stated, sum, &reader.widths) || is_far || has_subtotals() {
            continue;
        }
        found.push(Contradiction {
            kind: Kind::Arithmetic,
            stated: stated.words(),
            operands: parts.iter().map(|part| part.span).collect(),
            arithmetic: format!(
                "{} add up to {}",
                list(parts.iter().map(|part| part.span.of(text))),
                plain(sum)
            ),
            help: None,
        });
    }
}
