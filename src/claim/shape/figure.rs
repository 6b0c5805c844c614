//! What must hold of a figure: one way to its value, conditions that ask for something, versions in their order.

use super::{Shape, Text, none_empty, not_empty, scope};
use crate::claim::complaint::Complaint;
use crate::claim::condition::{RawBounds, RawCells, RawCondition};
use crate::claim::raw::{RawFigure, RawRevision, RawTake};
use crate::claim::scalar::{RawDate, RawValue};
use crate::claim::spanned::Spanned;
use crate::text::Span;

impl Shape for Spanned<RawFigure<'_>> {
    fn check(&self, _: &str, span: Span, complaints: &mut Vec<Complaint>) {
        let figure = &self.value;
        let texts = [
            ("source", &figure.source),
            ("sql", &figure.sql),
            ("column", &figure.column),
            ("group_by", &figure.group_by),
            ("cell", &figure.cell),
            ("unit", &figure.unit),
            ("scale", &figure.scale),
            ("precision", &figure.precision),
            ("formula", &figure.formula),
            ("cross_check", &figure.cross_check),
        ];
        none_empty(&texts, complaints);
        if let Some(Spanned { value: RawValue::Text(text), span }) = &figure.value {
            not_empty("value", &Spanned { value: text.clone(), span: *span }, complaints);
        }
        for (column, condition) in figure.rows.iter().flat_map(|rows| rows.value.iter()) {
            selects_something(column, condition, complaints);
        }
        scope(figure.scope.as_ref(), complaints);
        way_to_the_value(figure, span, complaints);
        revisions(figure, complaints);
    }
}

/// A condition asks for something: a list has values, and so does `not`.
fn selects_something(
    column: &Text<'_>,
    condition: &Spanned<RawCondition<'_>>,
    complaints: &mut Vec<Complaint>,
) {
    let mut complain = |message: String| complaints.push(Complaint::new(condition.span, message));
    match &condition.value {
        RawCondition::OneOf(values) if values.is_empty() => {
            complain(format!("`{}` may be none of no values", column.value));
        }
        RawCondition::Is(_) | RawCondition::OneOf(_) => {}
        RawCondition::Within(bounds) => {
            let RawBounds { prefix, not, .. } = &**bounds;
            if let Some(RawCells(values)) = not
                && values.is_empty()
            {
                complain("`not` names no value".to_owned());
            }
            none_empty(&[("prefix", prefix)], complaints);
        }
    }
}

/// A figure is given, computed, or taken from a table, and only one of these.
fn way_to_the_value(figure: &RawFigure<'_>, span: Span, complaints: &mut Vec<Complaint>) {
    let of_a_table = [
        ("where", figure.rows.as_ref().map(|rows| rows.span)),
        ("column", figure.column.as_ref().map(|column| column.span)),
        ("group_by", figure.group_by.as_ref().map(|keys| keys.span)),
        ("cell", figure.cell.as_ref().map(|cell| cell.span)),
        ("take", figure.take.as_ref().map(|take| take.span)),
        ("missing", figure.missing.as_ref().map(|missing| missing.span)),
    ];
    if let (Some(precision), None, None) = (&figure.precision, &figure.value, &figure.sql) {
        let complaint =
            Complaint::new(precision.span, "`precision` is for a figure with a `value` or with `sql`");
        complaints
            .push(complaint.help("write the number as the `value` of the figure, or leave `precision` out"));
    }
    let given = figure.value.as_ref().map(|value| ("value", value.span));
    let computed = figure.formula.as_ref().map(|formula| ("formula", formula.span));
    let Some((key, at)) = given.or(computed) else {
        if let Some(sql) = &figure.sql {
            // The query chooses the rows.
            let excluded =
                of_a_table.into_iter().filter(|(key, _)| matches!(*key, "where" | "cell" | "take"));
            for (other, place) in excluded.filter_map(|(other, place)| Some((other, place?))) {
                let message = format!("`{other}` is not for a figure with `sql`");
                let complaint = Complaint::new(place, message).related(sql.span, "`sql` gives its value");
                complaints.push(complaint.help("say it in the query"));
            }
            if let (Some(keys), None) = (&figure.group_by, &figure.column) {
                complaints.push(Complaint::new(
                    keys.span,
                    "missing key `column`: which column of the reply has the values?",
                ));
            }
        } else if let Some(cell) = &figure.cell {
            // A cell is named by itself, and nothing is left to choose.
            let excluded = of_a_table.into_iter().filter(|(key, _)| !matches!(*key, "cell" | "missing"));
            for (other, place) in excluded.filter_map(|(other, place)| Some((other, place?))) {
                let message = format!("`{other}` is not for a figure with a `cell`");
                complaints.push(Complaint::new(place, message).related(cell.span, "`cell` names its place"));
            }
            if figure.source.is_none() {
                complaints
                    .push(Complaint::new(span, "missing key `source`: the figure is taken from a table"));
            }
        } else if figure.column.is_none() && figure.take.is_none() {
            let complaint = Complaint::new(span, "the figure has no value");
            complaints.push(
                complaint
                    .help("give it a `value`, a `column` or a `cell` of its source, `sql`, or a `formula`"),
            );
        } else if figure.source.is_none() {
            complaints.push(Complaint::new(span, "missing key `source`: the figure is taken from a table"));
        } else if figure.column.is_none() && figure.take.is_some_and(|take| take.value != RawTake::Count) {
            complaints.push(Complaint::new(span, "missing key `column`: there is nothing to `take`"));
        }
        return;
    };
    let first = format!("`{key}` gives its value");
    let queried = ("sql", figure.sql.as_ref().map(|sql| sql.span));
    let mut excluded: Vec<_> =
        of_a_table.into_iter().chain([queried]).filter_map(|(other, at)| Some((other, at?))).collect();
    if given.is_some() {
        excluded.extend(computed);
    }
    for (other, place) in excluded {
        let message = format!("`{other}` is not for a figure with a `{key}`");
        complaints.push(Complaint::new(place, message).related(at, first.clone()));
    }
}

/// Each version has its value and its day, and comes after the one before it.
fn revisions(figure: &RawFigure<'_>, complaints: &mut Vec<Complaint>) {
    let mut before: Option<&Spanned<RawDate>> = None;
    for revision in &figure.revised.0 {
        let RawRevision { value, on, note } = &revision.value;
        none_empty(&[("note", note)], complaints);
        if value.is_none() {
            complaints.push(Complaint::new(revision.span, "missing key `value`"));
        }
        let Some(on) = on else {
            let complaint = Complaint::new(revision.span, "missing key `on`");
            complaints.push(complaint.help("say on which day this version was published"));
            continue;
        };
        if let Some(before) = before.filter(|before| before.value.0 >= on.value.0) {
            let complaint = Complaint::new(on.span, "this version does not come after the one before it");
            complaints
                .push(complaint.related(before.span, "which is of this day").help("the newest comes last"));
        }
        before = Some(on);
    }
    if let (Some(formula), Some(revision)) = (&figure.formula, figure.revised.0.first()) {
        let complaint = Complaint::new(revision.span, "`revised` is not for a figure with a `formula`");
        let complaint = complaint.related(formula.span, "`formula` gives its value");
        complaints.push(complaint.help("write it at the figures that the formula names"));
    }
}
