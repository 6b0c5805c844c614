//! The settings of a project: `factcheck.toml`.

use std::path::PathBuf;

use serde::Deserialize;

use super::complaint::Complaint;
use super::decode::{Entry, Field, decode};
use super::demands::Demands;
use super::document::{Parser, ROOT};
use super::lasting::Lasting;
use super::queries::{RawEngine, RawQueries};
use super::review::{RawReview, Review};
use super::scalar::{RawMap, RawText, RawValue};
use super::spanned::Spanned;
use crate::finding::Severity;
use crate::hedge::Hedge;
use crate::mention::Kind;
use crate::number::Decimal;
use crate::scope::FiscalYear;
use crate::source::query::Limits;

/// What a project has decided for all its stories. The default is that of a project without the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How much the findings of a check weigh, by its slug; the slugs are not yet looked up.
    pub checks: Vec<(Spanned<String>, Level)>,
    /// How far from a hedged number a value may be and be near it, as a share of the number: 0.05.
    pub near: Decimal,
    /// From where on a hedge is stretched too far, likewise: 0.15; never less than `near`.
    pub far: Decimal,
    /// Hedges beyond the lexicon's, in lower case.
    pub hedges: Vec<(Spanned<String>, Hedge)>,
    /// On which day a fiscal year begins.
    pub fiscal_year: FiscalYear,
    /// Whether drafts and sources may lie outside the project's folder.
    pub allow_outside_root: bool,
    /// From which severity on a run fails.
    pub fail_on: FailOn,
    /// How long before publication the numbers of a source may end.
    pub stale_after: Option<Lasting>,
    /// Which numbers need a claim.
    pub coverage: Demands,
    /// How verdicts are published.
    pub review: Review,
    /// What a query may take.
    pub queries: Limits,
    /// The cluster that runs SQL over sources, where it is not this machine: `df://host:50050`.
    pub engine: Option<String>,
    /// The folder for what is written down for a cluster, which its executors see under the same path.
    pub engine_folder: Option<PathBuf>,
}

/// How much a check's findings weigh; `Off` where it is not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not looked for.
    Off,
    /// Worth knowing.
    Note,
    /// Somebody should look.
    Warning,
    /// The draft must not be printed like this.
    Error,
}

/// From which severity on findings fail a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors only.
    #[default]
    Error,
    /// Warnings and errors.
    Warning,
    /// Findings never fail a run.
    Never,
}

impl Level {
    /// The severity of the findings; `None` where there are to be none.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            checks: Vec::new(),
            near: Decimal::new(5, 2),
            far: Decimal::new(15, 2),
            hedges: Vec::new(),
            fiscal_year: FiscalYear::default(),
            allow_outside_root: false,
            fail_on: FailOn::default(),
            stale_after: None,
            coverage: Demands::default(),
            review: Review::default(),
            queries: Limits::default(),
            engine: None,
            engine_folder: None,
        }
    }
}

impl Settings {
    /// With numbers without a claim as errors.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.coverage.severity = Severity::Error;
        self
    }

    /// Reads the settings file.
    ///
    /// # Errors
    ///
    /// All that is wrong with it, in the order of the file.
    pub fn parse(text: &str) -> Result<Self, Vec<Complaint>> {
        let mut parser = Parser::new();
        let (document, mut complaints) = parser.parse(text);
        if complaints.is_empty() {
            let raw: Option<RawSettings<'_>> = decode(&document, ROOT, &mut complaints);
            let settings = raw.map(|raw| raw.settings(&mut complaints));
            if let (Some(settings), true) = (settings, complaints.is_empty()) {
                return Ok(settings);
            }
        }
        complaints.sort_by_key(|complaint| complaint.span);
        Err(complaints)
    }
}

#[derive(Default)]
struct RawSettings<'a> {
    checks: RawMap<'a, Level>,
    hedges: RawHedges<'a>,
    fiscal_year_start: Option<Spanned<RawText<'a>>>,
    allow_outside_root: bool,
    fail_on: FailOn,
    coverage: RawCoverage<'a>,
    review: RawReview<'a>,
    sources: RawSources<'a>,
    queries: RawQueries<'a>,
    engine: RawEngine<'a>,
}

#[derive(Default)]
struct RawSources<'a> {
    stale_after: Option<Spanned<RawText<'a>>>,
}

#[derive(Default)]
struct RawCoverage<'a> {
    kinds: Option<Vec<Kind>>,
    minimum: Option<Spanned<RawValue<'a>>>,
    severity: Option<Level>,
}

#[derive(Default)]
struct RawHedges<'a> {
    near: Option<Spanned<RawValue<'a>>>,
    far: Option<Spanned<RawValue<'a>>>,
    words: RawMap<'a, Hedge>,
}

impl<'a> Entry<'a> for RawSettings<'a> {
    const KEYS: &'static [&'static str] = &[
        "checks",
        "hedges",
        "fiscal_year_start",
        "allow_outside_root",
        "fail_on",
        "coverage",
        "review",
        "sources",
        "queries",
        "engine",
    ];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "checks" => value.put(&mut self.checks),
            "hedges" => value.put(&mut self.hedges),
            "fiscal_year_start" => value.put(&mut self.fiscal_year_start),
            "allow_outside_root" => value.put(&mut self.allow_outside_root),
            "fail_on" => value.put(&mut self.fail_on),
            "coverage" => value.put(&mut self.coverage),
            "review" => value.put(&mut self.review),
            "sources" => value.put(&mut self.sources),
            "queries" => value.put(&mut self.queries),
            "engine" => value.put(&mut self.engine),
            _ => false,
        }
    }
}

impl<'a> Entry<'a> for RawSources<'a> {
    const KEYS: &'static [&'static str] = &["stale_after"];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "stale_after" => value.put(&mut self.stale_after),
            _ => false,
        }
    }
}

impl<'a> Entry<'a> for RawCoverage<'a> {
    const KEYS: &'static [&'static str] = &["kinds", "minimum", "severity"];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "kinds" => value.put(&mut self.kinds),
            "minimum" => value.put(&mut self.minimum),
            "severity" => value.put(&mut self.severity),
            _ => false,
        }
    }
}

impl<'a> Entry<'a> for RawHedges<'a> {
    const KEYS: &'static [&'static str] = &["near", "far", "words"];

    fn set(&mut self, key: &str, value: Field<'_, 'a>) -> bool {
        match key {
            "near" => value.put(&mut self.near),
            "far" => value.put(&mut self.far),
            "words" => value.put(&mut self.words),
            _ => false,
        }
    }
}

impl RawSettings<'_> {
    fn settings(self, complaints: &mut Vec<Complaint>) -> Settings {
        let defaults = Settings::default();
        let near = share("near", self.hedges.near.as_ref(), complaints).unwrap_or(defaults.near);
        let far = share("far", self.hedges.far.as_ref(), complaints).unwrap_or(defaults.far);
        let stated = self.hedges.near.as_ref().or(self.hedges.far.as_ref());
        if let Some(stated) = stated
            && far < near
        {
            let message = format!("`far` ({far}) is less than `near` ({near})");
            complaints.push(Complaint::new(stated.span, message));
        }
        for (words, _) in self.hedges.words.iter().filter(|(words, _)| words.trim().is_empty()) {
            complaints.push(Complaint::new(words.span, "a hedge without words"));
        }
        let fiscal_year = self.fiscal_year_start.and_then(|start| first_day(&start, complaints));
        Settings {
            checks: owned(self.checks),
            near,
            far,
            hedges: owned(self.hedges.words)
                .into_iter()
                .map(|(words, hedge)| (Spanned { value: words.value.to_lowercase(), ..words }, hedge))
                .collect(),
            fiscal_year: fiscal_year.unwrap_or_default(),
            allow_outside_root: self.allow_outside_root,
            fail_on: self.fail_on,
            stale_after: self.sources.stale_after.and_then(|stated| lasting(&stated, complaints)),
            coverage: self.coverage.demands(complaints),
            review: self.review.review(complaints),
            queries: self.queries.limits(complaints),
            engine_folder: self.engine.folder(complaints),
            engine: self.engine.url(complaints),
        }
    }
}

impl RawCoverage<'_> {
    fn demands(self, complaints: &mut Vec<Complaint>) -> Demands {
        let defaults = Demands::default();
        let is_off = self.severity == Some(Level::Off);
        Demands {
            kinds: if is_off { Vec::new() } else { self.kinds.unwrap_or(defaults.kinds) },
            minimum: self.minimum.as_ref().and_then(|stated| minimum(stated, complaints)),
            severity: self.severity.and_then(Level::severity).unwrap_or(defaults.severity),
        }
    }
}

/// A share of a draft: from 0 to 1, both of them allowed.
fn minimum(stated: &Spanned<RawValue<'_>>, complaints: &mut Vec<Complaint>) -> Option<Decimal> {
    match &stated.value {
        RawValue::Number(share) if *share >= Decimal::ZERO && *share <= Decimal::ONE => Some(*share),
        _ => {
            let message = "`minimum`: expected a number from 0 to 1";
            complaints.push(Complaint::new(stated.span, message).help("0.9 is 90% of a draft's quantities"));
            None
        }
    }
}

fn owned<T>(map: RawMap<'_, T>) -> Vec<(Spanned<String>, T)> {
    map.0
        .into_iter()
        .map(|(name, value)| (Spanned { value: name.value.0.into_owned(), span: name.span }, value))
        .collect()
}

/// A share of a number: at least 0, less than 1.
fn share(
    key: &str,
    stated: Option<&Spanned<RawValue<'_>>>,
    complaints: &mut Vec<Complaint>,
) -> Option<Decimal> {
    let stated = stated?;
    match &stated.value {
        RawValue::Number(share) if *share >= Decimal::ZERO && *share < Decimal::ONE => Some(*share),
        _ => {
            let message = format!("`{key}`: expected a number from 0 to less than 1");
            complaints.push(Complaint::new(stated.span, message).help("0.05 is 5% of the number written"));
            None
        }
    }
}

/// The day that fiscal years begin on, as month and day: `10-01`.
fn first_day(start: &Spanned<RawText<'_>>, complaints: &mut Vec<Complaint>) -> Option<FiscalYear> {
    let number = |text: &str| if text.len() == 2 { text.parse().ok() } else { None };
    let year = start
        .split_once('-')
        .and_then(|(month, day)| Some((number(month)?, number(day)?)))
        .and_then(|(month, day)| FiscalYear::from_start(month, day));
    if year.is_none() {
        let message = format!("`fiscal_year_start`: `{}` is no day of every year", start.value);
        complaints.push(Complaint::new(start.span, message).help("write month and day, like \"10-01\""));
    }
    year
}

/// A length of time in whole days, weeks, months or years: `P90D`.
fn lasting(stated: &Spanned<RawText<'_>>, complaints: &mut Vec<Complaint>) -> Option<Lasting> {
    let lasting = Lasting::parse(&stated.value);
    if lasting.is_none() {
        let message = format!("`stale_after`: `{}` is no length of time", stated.value);
        let help = "write a number of days, weeks, months or years, like \"P90D\", \"P3M\" or \"P1Y\"";
        complaints.push(Complaint::new(stated.span, message).help(help));
    }
    lasting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_can_be_set() {
        let settings = Settings::parse(
            "fiscal_year_start = \"04-01\"\nallow_outside_root = true\nfail_on = \"warning\"\n\
             [checks]\nvalue-truncated = \"off\"\n\
             [hedges]\nnear = 0.030\n[hedges.words]\n\"A shade over\" = \"just-above\"\n\
             [sources]\nstale_after = \"P90D\"\n",
        )
        .unwrap();
        assert_eq!(settings.near.to_string(), "0.030");
        assert_eq!(settings.far, Settings::default().far);
        assert_eq!(settings.fiscal_year, FiscalYear::from_start(4, 1).unwrap());
        assert_eq!(settings.fail_on, FailOn::Warning);
        assert!(settings.allow_outside_root);
        assert_eq!(settings.stale_after, Lasting::parse("P90D"));
        let (slug, level) = &settings.checks[0];
        assert_eq!((slug.as_str(), level.severity()), ("value-truncated", None));
        let (words, hedge) = &settings.hedges[0];
        assert_eq!((words.as_str(), *hedge), ("a shade over", Hedge::JustAbove));
        assert_eq!(Settings::parse("").unwrap(), Settings::default());
    }

    #[test]
    fn everything_wrong_is_said_where_it_stands() {
        let text = "fiscal_year_start = \"13-01\"\nfail_in = \"error\"\n[checks]\na = \"err\"\nb = 1\n\
                    [hedges]\nnear = 0.2\nfar = 15\n[hedges.words]\nx = \"just-over\"\n\
                    [sources]\nstale_after = \"90 days\"\n";
        let complaints = Settings::parse(text).unwrap_err();
        let seen: Vec<_> = complaints.iter().map(|c| (c.span.of(text), c.message.as_str())).collect();
        assert_eq!(
            seen,
            [
                ("\"13-01\"", "`fiscal_year_start`: `13-01` is no day of every year"),
                ("fail_in", "unknown key `fail_in`"),
                ("\"err\"", "`a`: `err` is none of the words known here"),
                ("1", "`b`: expected one of `off`, `note`, `warning`, `error`, found an integer"),
                ("0.2", "`far` (0.15) is less than `near` (0.2)"),
                ("15", "`far`: expected a number from 0 to less than 1"),
                ("\"just-over\"", "`x`: `just-over` is none of the words known here"),
                ("\"90 days\"", "`stale_after`: `90 days` is no length of time"),
            ]
        );
        assert_eq!(complaints[1].help.as_deref(), Some("did you mean `fail_on`?"));
    }
}
