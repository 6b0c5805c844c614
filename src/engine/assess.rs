//! One claim: its words found in the draft, its formula computed, the two held against each other.

mod record;

use super::book::{Book, Desk};
use super::complaints::{inside, of_formula, scope};
use super::sensitivity::{daily, margin, rounding};
use crate::assessment::{
    Assessment, Coverage, Disclosure, Draft, FileText, Held, Judged, State, Unchecked, hold, hold_against,
    hold_comparison,
};
use crate::claim::{RawClaim, RawOccurrence, RawRecord, Spanned};
use crate::draft::{Found, Quote};
use crate::formula::{Context, Formula, Quantity, Value};
use crate::hedge::{Hedge, Verdict};
use crate::mention::Mention;
use crate::number::Decimal;
use crate::scope::{Facets, PERIOD, Relation, Scope};
use crate::text::Span;
use crate::unit::Unit;

/// What claims of a story are assessed with.
pub(super) struct Assessor<'b, 'a> {
    pub(super) desk: Desk<'a>,
    pub(super) rules: &'a FileText<'a>,
    pub(super) draft: &'b Draft<'b>,
    pub(super) facets: &'a Facets,
    pub(super) default_scope: &'b Scope,
}

/// A claim's formulas, parsed, with the slots of their names.
pub(super) struct Prepared<'a> {
    pub(super) formula: Result<Computation<'a>, Unchecked>,
    pub(super) against: Option<Result<Computation<'a>, Unchecked>>,
}

/// A formula with the slots of its names.
pub(super) struct Computation<'a> {
    pub(super) formula: Formula<'a>,
    pub(super) slots: Vec<usize>,
    place: Span,
}

impl<'a> Prepared<'a> {
    /// Parses the formulas of a claim and asks the book for their figures.
    pub(super) fn new(
        claim: &'a RawClaim<'a>,
        rules: &FileText<'_>,
        desk: &Desk<'_>,
        book: &mut Book<'a>,
    ) -> Self {
        let mut prepare = |text: &'a str, place: Span| Computation::new(text, place, rules, desk, book);
        let formula = match &claim.todo {
            Some(todo) => Err(Unchecked::Outside {
                message: format!("it is a stub, with this left to do: {}", todo.value),
                help: Some("write its formula, and remove `todo`".to_owned()),
                in_rule: todo.span,
            }),
            None => prepare(&claim.formula.value.0, claim.formula.span),
        };
        let against = claim.against.as_ref().map(|against| prepare(&against.value.0, against.span));
        Self { formula, against }
    }
}

impl Prepared<'_> {
    /// The slots of all names in the claim's formulas.
    pub(super) fn slots(&self) -> impl Iterator<Item = usize> {
        let computations = std::iter::once(&self.formula).chain(&self.against);
        computations.flatten().flat_map(|computation| computation.slots.iter().copied())
    }
}

impl<'a> Computation<'a> {
    fn new(
        text: &'a str,
        place: Span,
        rules: &FileText<'_>,
        desk: &Desk<'_>,
        book: &mut Book<'a>,
    ) -> Result<Self, Unchecked> {
        let formula = Formula::parse(text, desk.fiscal).map_err(|error| {
            let complaint = of_formula(&error, rules, place);
            Unchecked::Outside { message: complaint.message, help: complaint.help, in_rule: complaint.span }
        })?;
        let mut slots = Vec::with_capacity(formula.names().len());
        for name in formula.names() {
            slots.push(book.slot(name).map_err(|unknown| {
                let in_rule = inside(rules, place, text, name.span);
                Unchecked::Outside { message: unknown.message, help: unknown.help, in_rule }
            })?);
        }
        Ok(Self { formula, slots, place })
    }

    /// The figures, in the order of the formula's names.
    pub(super) fn quantities(
        &self,
        rules: &FileText<'_>,
        book: &mut Book<'_>,
    ) -> Result<Vec<Quantity>, Unchecked> {
        let mut quantities = Vec::with_capacity(self.slots.len());
        for (slot, name) in self.slots.iter().zip(self.formula.names()) {
            let quantity = book.quantity(*slot).map_err(|message| Unchecked::Outside {
                message: format!("`{name}` has no value: {message}"),
                help: None,
                in_rule: inside(rules, self.place, self.formula.text(), name.span),
            })?;
            quantities.push(quantity);
        }
        Ok(quantities)
    }

    fn value(
        &self,
        quantities: &[Quantity],
        context: &Context<'_>,
        rules: &FileText<'_>,
    ) -> Result<Value, Unchecked> {
        self.formula.evaluate(quantities, context).map_err(|error| {
            let complaint = of_formula(&error, rules, self.place);
            Unchecked::Outside { message: complaint.message, help: complaint.help, in_rule: complaint.span }
        })
    }
}

impl<'a> Assessor<'_, 'a> {
    /// Assesses a claim once for each passage that it quotes: several only for `occurrence = "all"`, of which the first
    /// that is not supported counts.
    pub(super) fn assess(
        &self,
        claim: &'a Spanned<RawClaim<'a>>,
        prepared: Prepared<'a>,
        book: &mut Book<'a>,
        coverage: &mut Coverage,
    ) -> Assessment<'a> {
        let mut state = self.state(claim, &prepared, book, coverage);
        if let (State::Judged(judged), Ok(computation)) = (&mut state, prepared.formula) {
            judged.figures = computation.slots;
        }
        Assessment { claim, state }
    }

    /// What a claim comes to, without the figures that it rests on.
    pub(super) fn state(
        &self,
        claim: &'a Spanned<RawClaim<'a>>,
        prepared: &Prepared<'a>,
        book: &mut Book<'a>,
        coverage: &mut Coverage,
    ) -> State {
        match (self.passages(claim), &prepared.formula) {
            (passages, Err(unfinished)) if claim.todo.is_some() => {
                for passage in passages.iter().flat_map(Found::spans) {
                    if let Ok(Said { at: Some(at), .. }) = self.said(claim, *passage) {
                        coverage.claim(at);
                    }
                }
                State::Unchecked(unfinished.clone())
            }
            (Err(unchecked), _) => State::Unchecked(unchecked),
            (Ok(passages), _) => {
                // All of them are claimed, also those behind the first that is not supported.
                for passage in passages.spans().get(1..).unwrap_or_default() {
                    if let Ok(Said { at: Some(at), .. }) = self.said(claim, *passage) {
                        coverage.claim(at);
                    }
                }
                let mut worst: Option<State> = None;
                for passage in passages.spans() {
                    let state = self
                        .judge(claim, prepared, *passage, book, coverage)
                        .unwrap_or_else(State::Unchecked);
                    let is_clean = matches!(&state, State::Judged(judged) if judged.judgement().verdict == Verdict::Supported);
                    if worst.is_none() || !is_clean {
                        worst = Some(state);
                    }
                    if !is_clean {
                        break;
                    }
                }
                worst.unwrap_or(State::Unchecked(Unchecked::QuoteNotFound { closest: None, differs: None }))
            }
        }
    }

    /// Where the quote stands.
    fn passages(&self, claim: &RawClaim<'_>) -> Result<Found, Unchecked> {
        let prose = &self.draft.prose;
        let quote = Quote::new(&claim.quote.value);
        let occurrence = claim.occurrence.as_ref().map(|occurrence| occurrence.value);
        match (prose.find(&quote), occurrence) {
            (Found::None, _) => {
                let closest = prose.closest(&quote);
                let differs = closest
                    .as_ref()
                    .and_then(|closest| closest.differs.as_ref())
                    .map(|it| (it.quoted.clone(), it.drafted));
                Err(Unchecked::QuoteNotFound { closest: closest.map(|closest| closest.span), differs })
            }
            (found @ Found::Once(_), None | Some(RawOccurrence::All | RawOccurrence::Nth(1)))
            | (found @ Found::Many(_), Some(RawOccurrence::All)) => Ok(found),
            (found, wanted) => {
                let wanted = if let Some(RawOccurrence::Nth(nth)) = wanted { Some(nth) } else { None };
                let at = wanted.and_then(|nth| usize::try_from(nth).ok()?.checked_sub(1));
                match at.and_then(|at| found.spans().get(at)) {
                    Some(span) => Ok(Found::Once(*span)),
                    None => Err(Unchecked::QuoteAmbiguous { places: found.spans().to_vec(), wanted }),
                }
            }
        }
    }

    fn judge(
        &self,
        claim: &'a RawClaim<'a>,
        prepared: &Prepared<'a>,
        quote: Span,
        book: &mut Book<'a>,
        coverage: &mut Coverage,
    ) -> Result<State, Unchecked> {
        let mut said = match claim.record {
            Some(kind) if kind.value != RawRecord::First => self.record_words(claim, quote)?,
            _ => self.said(claim, quote)?,
        };
        if let Some(at) = said.at {
            coverage.claim(at);
        }
        let computation = prepared.formula.as_ref().map_err(Clone::clone)?;
        let quantities = computation.quantities(self.rules, book)?;
        let context = Context { facets: self.facets, over: claim.over.as_ref().map(|over| &*over.value.0) };
        let value = computation.value(&quantities, &context, self.rules)?;
        said.mention = said.mention.map(|mention| mention.unless_other(value.unit));
        if value.unit == Unit::Points {
            said.mention = said.mention.map(|mention| mention.in_points(self.draft.prose.text()));
        }
        self.cover(quote, said.at, &values(&quantities).chain(computation.formula.literals()), coverage);
        let record = match claim.record {
            Some(kind) => {
                let series = record::series_of(claim, computation, book)?;
                Some(self.record(claim, kind.value, series, &said, quote, &value)?)
            }
            None => None,
        };
        let held = match (&prepared.against, said.mention) {
            _ if let Some((_, held)) = record => held,
            (Some(against), mention) => {
                let against = against.as_ref().map_err(Clone::clone)?;
                let others = against.quantities(self.rules, book)?;
                let other = against.value(&others, &context, self.rules)?;
                let whole = std::iter::once((other.nominal, other.unit));
                self.cover(quote, said.at, &values(&others).chain(whole), coverage);
                let hedge = said.hedge.or(mention.map(|mention| mention.hedge)).unwrap_or(Hedge::Exact);
                hold_against(hedge, &value, &other, &self.desk.widths)
            }
            (None, Some(mention)) => self.hold(&said, &mention, &value),
            (None, None) if value.is_comparison => hold_comparison(&value),
            (None, None) => return Err(self.no_number(claim, &said)),
        };
        let again = |quantities: &[Quantity]| -> Option<Held> {
            let value = computation.formula.evaluate(quantities, &context).ok()?;
            said.mention.map(|mention| self.hold(&said, &mention, &value))
        };
        let is_computed = !computation.formula.is_figure();
        let printed = || computation.slots.iter().map(|slot| book.printed(*slot));
        let rounding = if is_computed { rounding(&quantities, printed(), &held, again) } else { None };
        let by_day = || computation.formula.evaluate_by_daily_rates(&quantities, &context);
        let by_day = || said.mention.zip(by_day()).map(|(mention, value)| self.hold(&said, &mention, &value));
        let daily = daily(&value, &held, by_day);
        let margin = margin(&computation.formula, &quantities);
        let is_plain = said.mention.is_some_and(|mention| mention.hedge == Hedge::Plain);
        let printed = printed().next().flatten().filter(|_| !is_computed && is_plain);
        let dropped = printed.and_then(|printed| printed.hedge.clone());
        let own = claim
            .scope
            .as_ref()
            .map_or(Ok(Scope::default()), |raw| scope(&raw.value, self.facets, self.desk.fiscal));
        let own = own.map_err(|complaints| {
            let first = complaints.into_iter().next();
            let in_rule = first.as_ref().map_or(claim.id.span, |complaint| complaint.span);
            let (message, help) =
                first.map_or_else(Default::default, |complaint| (complaint.message, complaint.help));
            Unchecked::Outside { message, help, in_rule }
        })?;
        let scope = own.over(self.default_scope);
        let mut facets = self.facets.compare(&scope, &value.scope);
        if computation.formula.names().iter().any(|name| name.member.is_some()) {
            // The key of a value says its period; no figure declares it, and no claim need repeat it.
            facets.retain(|facet| facet.facet != PERIOD || facet.relation != Relation::Undeclared);
        }
        let disclosure = self.disclosure(claim, &facets);
        Ok(State::Judged(Box::new(Judged {
            quote,
            words: said.words,
            mention: said.mention,
            value,
            held,
            rounding,
            dropped,
            record: record.map(|(record, _)| Box::new(record)),
            daily,
            margin,
            scope,
            facets,
            disclosure,
            figures: Vec::new(),
        })))
    }

    fn hold(&self, said: &Said, mention: &Mention, value: &Value) -> Held {
        let direction = || {
            let text = self.draft.prose.text();
            let sentence = self.draft.prose.sentence(said.words);
            let inside = |at: u32| at.saturating_sub(sentence.start) as usize;
            let number = Span::new(inside(said.words.start), inside(said.words.end));
            let (direction, word) = self.desk.lexicon.direction(sentence.of(text), number)?;
            Some((direction, word.shift(sentence.start as usize)))
        };
        hold(mention, value, direction, &self.desk.widths)
    }

    /// Where the words of `says` stand in the quote, or the quote itself, and where the rule has them.
    fn words(&self, claim: &RawClaim<'_>, quote: Span) -> Result<(Span, Span), Unchecked> {
        let prose = &self.draft.prose;
        Ok(match &claim.says {
            None => (quote, claim.quote.span),
            Some(says) => match prose.find_within(quote, &Quote::new(&says.value)) {
                Found::Once(span) => (span, says.span),
                found => {
                    let count = found.spans().len();
                    let message = match count {
                        0 => format!("`says` is not in the quote: \"{}\"", says.value),
                        _ => format!("`says` stands {count} times in the quote: \"{}\"", says.value),
                    };
                    let help =
                        "copy the words from the quote, with enough around them to be found once".to_owned();
                    return Err(Unchecked::Words {
                        message,
                        help: Some(help),
                        in_draft: Some(quote),
                        in_rule: says.span,
                    });
                }
            },
        })
    }

    /// The words that are judged: those of `says` in the quote, or the quote's only number, as the draft has them now.
    fn said(&self, claim: &RawClaim<'_>, quote: Span) -> Result<Said, Unchecked> {
        let (within, in_rule) = self.words(claim, quote)?;
        let text = self.draft.prose.text();
        let found = self.draft.survey.overlapping(within);
        let mentions = self.draft.survey.mentions.get(found.clone()).unwrap_or_default();
        match mentions {
            [_, second, ..] => Err(Unchecked::Words {
                message: format!("several numbers where one is claimed: \"{}\"", within.of(text)),
                help: Some("say which one is meant: says = \"…\"".to_owned()),
                in_draft: Some(second.span),
                in_rule,
            }),
            [mention] => {
                let (words, at) = (mention.words(), Some(found.start));
                Ok(Said { words, at, mention: Some(*mention), hedge: None })
            }
            [] => {
                let hedge = self.desk.lexicon.whole(within.of(text)).map(|(hedge, _)| hedge);
                Ok(Said { words: within, at: None, mention: None, hedge })
            }
        }
    }

    fn no_number(&self, claim: &RawClaim<'_>, said: &Said) -> Unchecked {
        let in_rule = claim.says.as_ref().map_or(claim.quote.span, |says| says.span);
        let words = said.words.of(self.draft.prose.text());
        let excluded = self.draft.survey.excluded.iter().find(|excluded| excluded.span.overlaps(said.words));
        let (message, help) = if let Some(excluded) = excluded {
            let number = excluded.span.of(self.draft.prose.text());
            (
                format!("\"{number}\" is read as a {}, not as a quantity", excluded.rule.name()),
                "quote the quantity that is meant, or leave this number without a claim",
            )
        } else if said.hedge.is_some() {
            (
                format!("\"{words}\" hedges a number that is not in these words"),
                "name the figure it is held against: against = \"…\"",
            )
        } else {
            (
                format!("no number in \"{words}\""),
                "quote a passage with a number, or say which words are meant: says = \"…\"",
            )
        };
        Unchecked::Words { message, help: Some(help.to_owned()), in_draft: Some(said.words), in_rule }
    }

    fn disclosure(&self, claim: &RawClaim<'_>, facets: &[crate::scope::FacetComparison]) -> Disclosure {
        let Some(passage) = &claim.disclosed else { return Disclosure::None };
        let prose = &self.draft.prose;
        let found = prose.find(&Quote::new(&passage.value));
        let Some(place) = found.spans().first() else { return Disclosure::Gone };
        let told = place.of(prose.text());
        let differing =
            facets.iter().filter(|facet| !matches!(facet.relation, Relation::Same | Relation::Undeclared));
        let members = differing.map(|facet| {
            let named = self.facets.named_in(&facet.facet, told).into_iter().map(str::to_owned);
            (facet.facet.clone(), named.collect())
        });
        Disclosure::Told { place: *place, members: members.collect() }
    }
}

/// The words of a claim as they stand in the draft.
struct Said {
    /// With their hedge.
    words: Span,
    /// The number's place among the draft's.
    at: Option<usize>,
    mention: Option<Mention>,
    /// For words without a number.
    hedge: Option<Hedge>,
}

/// The values of figures; a series has no one value.
fn values(quantities: &[Quantity]) -> impl Iterator<Item = (Decimal, Unit)> + Clone {
    let single = quantities.iter().filter(|quantity| quantity.series.is_none());
    single.map(|quantity| (quantity.nominal, quantity.unit))
}
