//! From rule files to outcomes: load, read, resolve, recompute, judge, find.
//!
//! [`Project`] is what one run is about. Libraries are decoded first and shared; then each story goes its way alone, on
//! any core: its rule file is decoded, its names resolved, each of its sources read once, its draft read, its claims
//! assessed, and the checks run over the assessments. Nothing of a story is kept once its outcome is delivered.

mod assess;
mod bare;
mod book;
mod complaints;
mod coverage;
mod discover;
mod dossier;
mod library;
mod index;
mod ledger;
mod manuscript;
mod memo;
mod names;
mod outcome;
mod parallel;
mod project;
mod queries;
mod revisions;
mod root;
mod sensitivity;
mod sources;
mod story;
mod stub;
mod survey;
mod trace;
mod unit_text;

pub use discover::{DiscoverError, SETTINGS};
pub use dossier::{
    CellFile, ClaimFile, Derivation, DerivedStep, Dossier, FigureFile, NumberFate, NumberFile, QueryFile,
    SourceFile, Speaker, SpeakerKind, TableFile,
};
pub use index::{draft_of, stories_below};
pub use memo::Memo;
pub use outcome::{ClaimOutcome, Comparison, Problem, StoryOutcome, Totals};
pub use project::{Options, Project, ProjectError, settings};
pub use queries::{CACHE, Replies};
pub use stub::{Stub, StubbedDraft, stub_at, toml_text};
pub use survey::{Survey, SurveyedSource};
pub use trace::{ClaimTrace, TraceError, TracedStep};
