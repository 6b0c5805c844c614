//! Rule files as they are written. Rule files are decoded into these structs (a test holds the keys of `decode/entries.rs`
//! to their fields), which describe them to editors too: the JSON Schema is made from them, so that every comment on a
//! field here is read in an editor.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Spanned;
use super::condition::RawCondition;
use super::scalar::{RawDate, RawMap, RawNames, RawOccurrence, RawRow, RawText, RawValue};

/// The rules of a story, or a library of sources, figures and scopes that several stories share.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(title = "factcheck rules", deny_unknown_fields)]
pub struct RawFile<'a> {
    /// The draft that the claims are made in, relative to this file. A file without one is a library.
    pub draft: Option<Spanned<RawText<'a>>>,
    /// The day of publication, from which "last month" and "the first 70 days" are counted.
    pub published: Option<Spanned<RawDate>>,
    /// The scope of every claim, facet by facet, unless the claim says otherwise.
    pub default_scope: Option<Spanned<RawScope<'a>>>,
    /// The facets of what may be said of what, each with its members: `[scope.agency]`.
    #[schemars(default)]
    pub scope: RawMap<'a, RawMap<'a, Spanned<RawMember<'a>>>>,
    /// Documents and tables that figures come from: `[source.name]`, the name in `snake_case`.
    #[schemars(default)]
    pub source: RawMap<'a, Spanned<RawSource<'a>>>,
    /// Values taken from sources: `[figure.name]`, the name in `snake_case`.
    #[schemars(default)]
    pub figure: RawMap<'a, Spanned<RawFigure<'a>>>,
    /// What the draft claims: one `[[claim]]` each.
    #[schemars(default)]
    pub claim: Vec<Spanned<RawClaim<'a>>>,
    /// Numbers of the draft that need no claim: one `[[ignore]]` each.
    #[schemars(default)]
    pub ignore: Vec<Spanned<RawIgnore<'a>>>,
}

/// The keys of a rule file.
pub(super) const KEYS: [&str; 8] =
    ["draft", "published", "default_scope", "scope", "source", "figure", "claim", "ignore"];

/// What a number counts: for each facet a member or a list of them, and `period = "2025-03"`.
pub type RawScope<'a> = RawMap<'a, RawNames<'a>>;

/// A member of a facet.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
#[schemars(rename = "Member")]
pub struct RawMember<'a> {
    /// Members whose numbers are counted in this one's.
    pub includes: Vec<Spanned<RawText<'a>>>,
    /// Other names for it, as drafts may use them.
    pub aliases: Vec<Spanned<RawText<'a>>>,
    /// Whether it counts nothing but what it includes.
    pub complete: bool,
}

/// A document or table with its provenance.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
#[schemars(rename = "Source")]
pub struct RawSource<'a> {
    /// What it is called.
    pub title: Option<Spanned<RawText<'a>>>,
    /// Who publishes it.
    pub publisher: Option<Spanned<RawText<'a>>>,
    /// Where it is found.
    pub url: Option<Spanned<RawText<'a>>>,
    /// Where a copy of it is kept.
    pub archive_url: Option<Spanned<RawText<'a>>>,
    /// The page or sheet that the figures stand on.
    pub page: Option<Spanned<RawValue<'a>>>,
    /// Anything worth knowing about it.
    pub note: Option<Spanned<RawText<'a>>>,
    /// The day it was retrieved.
    pub retrieved: Option<Spanned<RawDate>>,
    /// The day up to which it counts: "as of April 7".
    pub as_of: Option<Spanned<RawDate>>,
    /// The first day on which somebody should look whether there is a newer one.
    pub recheck_by: Option<Spanned<RawDate>>,
    /// Whether its publisher says that the numbers may change.
    pub status: Option<Spanned<RawStatus>>,
    /// The table, relative to this rule file. `*` and `?` in its name stand for several files with the same columns.
    pub file: Option<Spanned<RawText<'a>>>,
    /// The database that figures are queried from, instead of a `file`: a file of `SQLite`, relative to this rule file; a URL
    /// without a password, as in `postgres://reader@db.example/desk`; or a name, whose connection stands in the environment:
    /// `desk` in `FACTCHECK_DATABASE_DESK`.
    pub database: Option<Spanned<RawText<'a>>>,
    /// The column with the name of the file, of a table in several files: `file`, unless this says otherwise.
    pub file_column: Option<Spanned<RawText<'a>>>,
    /// The sheet of a spreadsheet; may be left out where only one is visible.
    pub sheet: Option<Spanned<RawText<'a>>>,
    /// The row of a spreadsheet with the names of the columns, the lowest if they take several; else it is looked for.
    pub header: Option<Spanned<RawRow>>,
    /// The cells of a spreadsheet that are the table, column names included: "B4:F31", "Summary!B4:F31".
    pub range: Option<Spanned<RawText<'a>>>,
    /// The table's format, where the file's name does not tell.
    pub format: Option<Spanned<RawFormat>>,
    /// The column whose values name the rows, so that formulas can name cells: `budget.fy2024.amount`.
    pub key: Option<Spanned<RawText<'a>>>,
    /// What holds for whole columns, by their names in the table.
    pub columns: RawMap<'a, Spanned<RawColumn<'a>>>,
    /// The unit of every number in the table, where its column gives none.
    pub unit: Option<Spanned<RawText<'a>>>,
    /// What every number is multiplied by, where its column gives nothing: `thousand`, `million`.
    pub scale: Option<Spanned<RawText<'a>>>,
    /// What every number counts, facet by facet, where its column gives nothing.
    pub scope: Option<Spanned<RawScope<'a>>>,
}

impl RawSource<'_> {
    /// The last part of its file's path; empty where it has none.
    pub fn file_name(&self) -> &str {
        let path = self.file.as_ref().map_or("", |file| &*file.value.0);
        path.rsplit(['/', '\\']).next().unwrap_or(path)
    }
}

/// What holds for a whole column of a table.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
#[schemars(rename = "Column")]
pub struct RawColumn<'a> {
    /// The unit of its numbers.
    pub unit: Option<Spanned<RawText<'a>>>,
    /// What its numbers are multiplied by: `thousand`, `million`.
    pub scale: Option<Spanned<RawText<'a>>>,
    /// What its numbers count.
    pub scope: Option<Spanned<RawScope<'a>>>,
}

/// A named value: given (`value`), taken from a table (`source`, `where`, `column`, `take`), queried (`sql`), or computed
/// (`formula`).
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
#[schemars(rename = "Figure")]
pub struct RawFigure<'a> {
    /// The source that it comes from.
    pub source: Option<Spanned<RawText<'a>>>,
    /// A query that gives it: one SELECT, which its `source` runs if that is a database; else the tables in it are sources, by
    /// their names.
    pub sql: Option<Spanned<RawText<'a>>>,
    /// The rows that are meant: column names, each with a value, a list of values, or bounds.
    #[schemars(rename = "where")]
    pub rows: Option<Spanned<RawMap<'a, Spanned<RawCondition<'a>>>>>,
    /// The column with the number.
    pub column: Option<Spanned<RawText<'a>>>,
    /// The column whose values each have a value of their own: a year, a month, a state. The figure is then a series.
    pub group_by: Option<Spanned<RawText<'a>>>,
    /// One cell of a spreadsheet, instead of `where` and `column`: "C7", "Summary!C7".
    pub cell: Option<Spanned<RawText<'a>>>,
    /// What to make of several rows; without it, exactly one must match.
    pub take: Option<Spanned<RawTake>>,
    /// What to make of rows without a number.
    pub missing: Option<Spanned<RawMissing>>,
    /// The value: a number, or words as in a story ("more than 117,000"), which bring their own precision.
    pub value: Option<Spanned<RawValue<'a>>>,
    /// The unit: a currency, `percent`, `days`, or what is counted.
    pub unit: Option<Spanned<RawText<'a>>>,
    /// What the number is multiplied by: `thousand`, `million`.
    pub scale: Option<Spanned<RawText<'a>>>,
    /// How finely it is known: "0.1 billion" is half of that to both sides.
    pub precision: Option<Spanned<RawText<'a>>>,
    /// Whether the digits given are all there is, and not rounded.
    pub exact: Option<Spanned<bool>>,
    /// What its publisher has made of it since, and from which day on: one version, or a list of them.
    #[schemars(default)]
    pub revised: RawRevisions<'a>,
    /// How it is computed from other figures.
    pub formula: Option<Spanned<RawText<'a>>>,
    /// Another figure, or a formula, that must give the same number.
    pub cross_check: Option<Spanned<RawText<'a>>>,
    /// What it counts.
    pub scope: Option<Spanned<RawScope<'a>>>,
    /// Whether it is a level at a time (`stock`: troops, prices) or what came together over a period (`flow`).
    pub kind: Option<Spanned<RawKind>>,
    /// Anything worth knowing about it.
    pub note: Option<Spanned<RawText<'a>>>,
}

/// A later version of a figure.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
#[schemars(extend("required" = ["value", "on"]))]
#[schemars(rename = "Revision")]
pub struct RawRevision<'a> {
    /// The value, written as the figure's own.
    pub value: Option<Spanned<RawValue<'a>>>,
    /// The day on which it was published.
    pub on: Option<Spanned<RawDate>>,
    /// Anything worth knowing about it.
    pub note: Option<Spanned<RawText<'a>>>,
}

/// The later versions of a figure, the newest last.
#[derive(Clone, Debug, Default)]
pub struct RawRevisions<'a>(pub Vec<Spanned<RawRevision<'a>>>);

/// A passage of the draft, and the formula that should give its number.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
#[schemars(extend("required" = ["id", "quote"]))]
#[schemars(extend("anyOf" = [{ "required": ["formula"] }, { "required": ["todo"] }]))]
#[schemars(rename = "Claim")]
pub struct RawClaim<'a> {
    /// The claim's name in reports, in `kebab-case`.
    pub id: Spanned<RawText<'a>>,
    /// The passage, as a reader sees it.
    pub quote: Spanned<RawText<'a>>,
    /// The words inside the quote that are checked; without it, the only number there.
    pub says: Option<Spanned<RawText<'a>>>,
    /// What the number should be.
    pub formula: Spanned<RawText<'a>>,
    /// What is left to do before the claim can be checked; until then it is unchecked, with or without a formula.
    pub todo: Option<Spanned<RawText<'a>>>,
    /// Another formula, against which a hedge without a number is read ("slightly under").
    pub against: Option<Spanned<RawText<'a>>>,
    /// What is said of a value among those before it; the formula names that value of a series: `a["2025-03"]`.
    pub record: Option<Spanned<RawRecord>>,
    /// The period that a record goes back to, where the quote does not say it ("the highest since 2017").
    pub since: Option<Spanned<RawValue<'a>>>,
    /// What the draft's number counts.
    pub scope: Option<Spanned<RawScope<'a>>>,
    /// The facet that is compared across, where it is not the period.
    pub over: Option<Spanned<RawText<'a>>>,
    /// Who says it, where the newsroom only reports it.
    pub by: Option<Spanned<RawBy<'a>>>,
    /// The passage of the draft that tells readers what else the figure counts.
    pub disclosed: Option<Spanned<RawText<'a>>>,
    /// Which place is meant, where the quote stands several times.
    pub occurrence: Option<Spanned<RawOccurrence>>,
    /// Anything worth knowing about it.
    pub note: Option<Spanned<RawText<'a>>>,
}

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawBy<'a> {
    /// A name, which may be anybody's: "a spokesperson".
    Name(RawText<'a>),
    /// A person or an organization.
    Speaker(Box<RawSpeaker<'a>>),
}

impl RawBy<'_> {
    /// The name, as the draft may have it.
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Speaker(speaker) => {
                let named = speaker.person.as_ref().or(speaker.organization.as_ref());
                named.map_or("", |name| &name.value)
            }
        }
    }
}

/// Who says something, where it is known whether that is a person or an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["person"] }, { "required": ["organization"] }]))]
#[schemars(rename = "Speaker")]
pub struct RawSpeaker<'a> {
    /// The person's name.
    pub person: Option<Spanned<RawText<'a>>>,
    /// The organization's name.
    pub organization: Option<Spanned<RawText<'a>>>,
    /// Their own page.
    pub url: Option<Spanned<RawText<'a>>>,
    /// A page that says without doubt who they are: an encyclopedia's, an official register's.
    pub same_as: Option<Spanned<RawText<'a>>>,
}

/// A number of the draft that needs no claim.
#[derive(Clone, Debug, Default, JsonSchema)]
#[schemars(default, deny_unknown_fields)]
#[schemars(extend("required" = ["quote", "reason"]))]
#[schemars(rename = "Ignore")]
pub struct RawIgnore<'a> {
    /// The passage, as a reader sees it.
    pub quote: Spanned<RawText<'a>>,
    /// Why it needs none.
    pub reason: Spanned<RawText<'a>>,
    /// Which place is meant, where the quote stands several times.
    pub occurrence: Option<Spanned<RawOccurrence>>,
}

/// Whether the numbers of a source may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Status")]
pub enum RawStatus {
    /// They are said to be preliminary.
    Preliminary,
    /// They are said to be final.
    Final,
}

impl RawStatus {
    /// As rules write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Preliminary => "preliminary",
            Self::Final => "final",
        }
    }
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Format")]
pub enum RawFormat {
    /// Separated by commas or semicolons.
    Csv,
    /// Separated by tabs.
    Tsv,
    /// A list of objects.
    Json,
    /// An object a line.
    Ndjson,
    /// A spreadsheet of Excel.
    Xlsx,
    /// The same, with macros, which are not run.
    Xlsm,
    /// A spreadsheet in the Open Document Format.
    Ods,
    /// A spreadsheet of Excel 97 to 2003.
    Xls,
    /// Apache Parquet, for `sql` alone.
    Parquet,
    /// Apache Arrow's file format, for `sql` alone.
    Arrow,
}

/// What is made of the numbers in several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Take")]
pub enum RawTake {
    /// Their sum.
    Sum,
    /// How many rows there are.
    Count,
    /// Their mean.
    Mean,
    /// The one in the middle.
    Median,
    /// The smallest.
    Min,
    /// The largest.
    Max,
}

/// What is made of a row without a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Missing")]
pub enum RawMissing {
    /// The figure cannot be had.
    Error,
    /// The row is left out.
    Skip,
    /// The row counts as 0.
    Zero,
}

/// What is said of a value among those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Record")]
pub enum RawRecord {
    /// It is higher than all of them: "a record", "the most since 2017".
    Highest,
    /// It is lower than all of them.
    Lowest,
    /// It is the first of which the quote's number is right: "exceeded 10,000 for the first time".
    First,
}

/// What sort of quantity a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Kind")]
pub enum RawKind {
    /// A level at a time: troops, prices, people in custody.
    Stock,
    /// What came together over a period: arrests, receipts.
    Flow,
}
