//! A source whose file is not the one that was locked.

use super::Check;
use super::told::source_labels;
use super::wording::quantity_in_words;
use crate::assessment::{LockState, MovedFigure, SourceChange, SourceFacts, State, Story};
use crate::finding::{Finding, Label, Role, Severity};
use crate::number::Decimal;
use crate::unit::Unit;

pub(super) const CHECK: Check =
    Check { slug: "source-changed", severity: Severity::Error, page: include_str!("README.md"), run };

/// What to do about what the lock does not know, or knows in vain.
const LOCK: &str = "look at it, then run `factcheck lock`";

fn run(story: &Story<'_>) -> Vec<Finding> {
    let of_sources = story.sources.iter().filter_map(|source| match &source.lock {
        LockState::Changed(change) => Some(changed(story, source, change)),
        LockState::New => {
            let message = format!("the source `{}` is not locked yet", source.name);
            Some(Finding::new(CHECK.slug, Severity::Note, message).label(place(source, "")).help(LOCK))
        }
        LockState::Unwatched | LockState::Same => None,
    });
    let forsaken = story.forsaken.iter().map(|file| {
        let message = format!("this story takes no figure from `{file}` any more, which is locked for it");
        Finding::new(CHECK.slug, Severity::Note, message)
            .label(story.rules.label(Role::Rule, crate::text::Span::new(0, 0), ""))
            .help("run `factcheck lock`, which forgets it")
    });
    of_sources.chain(forsaken).collect()
}

/// The finding is an error where a number has moved: nobody has looked at that. The file alone may have been saved anew.
fn changed(story: &Story<'_>, source: &SourceFacts<'_>, change: &SourceChange) -> Finding {
    let file = source.path.as_ref().map_or_else(String::new, |path| path.display().to_string());
    let moved = match change.moved.len() {
        0 => "no figure of this story has moved".to_owned(),
        1 => "a figure of this story has moved".to_owned(),
        many => format!("{many} figures of this story have moved"),
    };
    let message = format!("the source `{}` is not the file that was locked, {file}: {moved}", source.name);
    let is_harmless = change.moved.is_empty() && change.flips.is_empty();
    let severity = if is_harmless { Severity::Warning } else { CHECK.severity };
    let mut finding = Finding::new(CHECK.slug, severity, message);
    finding.labels.extend(flipped(story, change));
    finding = finding.label(place(source, "")).note(contents(change));
    finding.labels.extend(source_labels(story, &taken(story, &change.moved)));
    if !change.moved.is_empty() {
        finding = finding.note(figures(&change.moved));
    }
    if !change.flips.is_empty() {
        finding = finding.note(verdicts(story, change));
    }
    finding.help(
        "find out who changed it and why; `factcheck lock --update --reason \"…\" --author \"…\"` accepts it as it is now",
    )
}

/// Where the source is defined: at its file.
fn place(source: &SourceFacts<'_>, text: &str) -> Label {
    let (file, name) = source.defined;
    let span = source.raw.file.as_ref().map_or(name, |file| file.span);
    file.label(Role::Rule, span, text)
}

/// The words of the claims that have another verdict.
fn flipped<'s>(story: &'s Story<'_>, change: &'s SourceChange) -> impl Iterator<Item = Label> + use<'s> {
    change.flips.iter().filter_map(|flip| {
        let State::Judged(judged) = &story.assessments.get(flip.claim)?.state else { return None };
        Some(story.draft?.label(judged.words, format!("was {}, is {}", flip.before.name(), flip.now.name())))
    })
}

/// The figures that have moved, each once: a cell may be asked for several times.
fn taken(story: &Story<'_>, moved: &[MovedFigure]) -> Vec<usize> {
    let names: Vec<String> = story.figures.iter().map(|figure| figure.name.to_string()).collect();
    moved.iter().filter_map(|figure| names.iter().position(|name| *name == figure.name)).collect()
}

fn contents(SourceChange { before, now, .. }: &SourceChange) -> String {
    let mut rows = vec![["sha256".to_owned(), before.digest.short(), now.digest.short()]];
    for (what, before, now) in [("bytes", Some(before.size), Some(now.size)), ("rows", before.rows, now.rows)]
    {
        if let Some((before, now)) = before.zip(now).filter(|(before, now)| before != now) {
            rows.push([what.to_owned(), number(before), number(now)]);
        }
    }
    format!("the file\n{}", before_and_now(&rows))
}

fn number(number: u64) -> String {
    quantity_in_words(Decimal::from(number), Unit::Bare)
}

fn figures(moved: &[MovedFigure]) -> String {
    let rows: Vec<[String; 3]> = moved.iter().map(told).collect();
    format!("figures\n{}", before_and_now(&rows))
}

fn told(figure: &MovedFigure) -> [String; 3] {
    let (before, of) = &figure.before;
    let Some(unit) = figure.unit() else {
        let before = format!("{} {of}", quantity_in_words(*before, Unit::Bare));
        let now = figure.now.map_or_else(
            || "cannot be taken from it".to_owned(),
            |(now, unit)| format!("{} {unit}", quantity_in_words(now, Unit::Bare)),
        );
        return [figure.name.clone(), before, now];
    };
    let now = figure.now.map_or(*before, |(now, _)| now);
    let mut told = quantity_in_words(now, unit);
    if let Some(by) = now.checked_sub(*before) {
        let in_unit = if unit == Unit::Percent { Unit::Points } else { unit };
        told.extend(["   by ", &quantity_in_words(by, in_unit)]);
        let share = by.checked_mul(Decimal::ONE_HUNDRED).and_then(|by| by.checked_div(before.abs()));
        if let Some(share) = share.filter(|_| !unit.is_ratio()) {
            told.extend([", ", &quantity_in_words(share, Unit::Percent)]);
        }
    }
    [figure.name.clone(), quantity_in_words(*before, unit), told]
}

fn verdicts(story: &Story<'_>, change: &SourceChange) -> String {
    let rows = change.flips.iter().filter_map(|flip| {
        let claim = &story.assessments.get(flip.claim)?.claim.id.value;
        Some([claim.to_string(), flip.before.name().to_owned(), flip.now.name().to_owned()])
    });
    format!("claims\n{}", before_and_now(&rows.collect::<Vec<_>>()))
}

/// A line each: what it is, before, and now; aligned.
fn before_and_now(rows: &[[String; 3]]) -> String {
    let width = |column: fn(&[String; 3]) -> &String| {
        rows.iter().map(|row| column(row).chars().count()).max().unwrap_or_default()
    };
    let (names, befores) = (width(|[name, ..]| name), width(|[_, before, _]| before));
    let line = |[name, before, now]: &[String; 3]| format!("  {name:names$}  {before:>befores$} → {now}");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
