//! Single values of series, which formulas name by their keys.

use std::sync::Arc;

use super::{Book, Slot};
use crate::engine::complaints::Unknown;
use crate::formula::{Name, Quantity};
use crate::number::Interval;
use crate::scope::Period;
use crate::series::Series;
use crate::source::Answer;
use crate::text::nearest;

/// A value of a series, and what it was taken from.
pub(super) struct Member {
    quantity: Quantity,
    answer: Option<Answer>,
}

impl<'a> Book<'a> {
    /// The slot of one value of a series, whose own slot is made before it.
    pub(super) fn member_slot(&mut self, name: &Name<'a>) -> Result<usize, Unknown> {
        let whole = Name { member: None, ..name.clone() };
        let of = self.slot(&whole).map_err(|unknown| match self.names.source(name.head) {
            Some(_) => Unknown {
                message: format!("`{name}` names a row of a source, and no column"),
                help: Some(format!("a cell has both: {name}.amount, {name}[\"Amount\"]")),
            },
            None => unknown,
        })?;
        self.slots.push(Slot::Member { name: name.clone(), of, done: None });
        Ok(self.slots.len() - 1)
    }

    /// The value of a series at a key; why there is none, in words.
    pub(super) fn member(&mut self, at: usize) -> Result<Quantity, String> {
        let Some(Slot::Member { name, of, done }) = self.slots.get(at) else {
            return Err("there is no such value".to_owned());
        };
        if let Some(done) = done {
            return Ok(done.quantity.clone());
        }
        let (of, head, key) = (*of, name.head, name.member.unwrap_or_default());
        let whole = self.figure(of)?.quantity.clone();
        let Some(series) = &whole.series else {
            return Err(format!(
                "`{head}` is one value and no series: give it `group_by`, or leave the key out"
            ));
        };
        let place = series.position(key).ok_or_else(|| {
            let message = format!("the series `{head}` has no key `{key}` ({})", series.extent());
            match nearest(key, series.members().iter().map(|member| &*member.key)) {
                Some(near) => format!("{message}; did you mean `{near}`?"),
                None => message,
            }
        })?;
        let value = series.values().nth(place).unwrap_or_default();
        // A key that is a period says when.
        let turn = series.turns().and_then(|turns| turns.get(place)).map(ToString::to_string);
        let period = turn.and_then(|turn| Period::parse(&turn, self.desk.fiscal).ok());
        let scope = match period {
            Some(period) => whole.scope.clone().with_period(Some(period)),
            None => whole.scope.clone(),
        };
        let request = match self.slots.get(of) {
            Some(Slot::Figure { request, .. }) => *request,
            _ => None,
        };
        let answer =
            request.and_then(|request| self.answer(request).ok()).map(|table| table.answer.of_member(place));
        let quantity =
            Quantity { nominal: value, range: Interval::point(value), scope, series: None, ..whole };
        if let Some(Slot::Member { done, .. }) = self.slots.get_mut(at) {
            *done = Some(Box::new(Member { quantity: quantity.clone(), answer }));
        }
        Ok(quantity)
    }
}

impl Book<'_> {
    /// The series that a slot names a value of, and the value's place in it.
    pub(in crate::engine) fn series_of(&mut self, at: usize) -> Option<(Arc<Series>, usize)> {
        let Some(Slot::Member { name, of, .. }) = self.slots.get(at) else { return None };
        let (of, key) = (*of, name.member?);
        let series = self.figure(of).ok()?.quantity.series.clone()?;
        let place = series.position(key)?;
        Some((series, place))
    }
}

impl Member {
    pub(super) fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    pub(super) fn answer(&self) -> Option<&Answer> {
        self.answer.as_ref()
    }
}
