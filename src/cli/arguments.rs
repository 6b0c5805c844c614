//! The command line's grammar.

mod settings;
mod words;

pub(super) use settings::SettingsArguments;
pub use words::Color;
pub(super) use words::{FailOn, ListFormat, ReportFormat, SourcesFormat};

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};
use clap_complete::Shell;
use jiff::civil::Date;

use super::exit;
use crate::engine::Options;
use crate::report;

/// Checks the numbers in a news story against their sources.
#[derive(Debug, Parser)]
#[command(name = "factcheck", version, args_conflicts_with_subcommands = true, after_help = exit::HELP)]
pub struct Arguments {
    /// What to do; checking, where nothing is said.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// The arguments of a check.
    #[command(flatten)]
    pub check: CheckArguments,
    /// What else a check may do.
    #[command(flatten)]
    pub fix: FixArguments,
}

/// Everything but checking.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Write a project that passes, to start from
    Init(InitArguments),
    /// Let findings stand: write them into a baseline, with the reason
    Baseline(BaselineArguments),
    /// Write verdicts on what others claim in a form that other programs publish
    Export(ExportArguments),
    /// Write down what the sources are, so that one that changes is noticed
    Lock(LockArguments),
    /// List the sources, with their age and the claims that rest on each
    Sources(SourcesArguments),
    /// Compute a formula, and say whether words fit its value
    Eval(EvalArguments),
    /// List every number of a draft, and how it was read
    Numbers(NumbersArguments),
    /// Write rules for the numbers of a draft, to be completed
    Stub(StubArguments),
    /// Show how a claim's value comes about, step by step, down to the source cells
    Trace(TraceArguments),
    /// Check, and again whenever a draft, a rule file or a source changes
    Watch(CheckArguments),
    /// Show the fact-check files in a browser, and reload them whenever something changes
    Serve(ServeArguments),
    /// Replies to queries, kept from one run to the next
    Cache(CacheArguments),
    /// Show a check's page, or the list of checks
    Explain {
        /// The check, for instance `value-refuted`
        check: Option<String>,
    },
    /// Serve a text editor, by the Language Server Protocol
    Lsp(LspArguments),
    /// Print the JSON Schema of the rule files
    Schema,
    /// Print the man page
    Man {
        /// The page of one verb, for instance `numbers`
        verb: Option<String>,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// What to check, and how strictly.
#[derive(Debug, Args)]
pub struct ProjectArguments {
    /// Folders of rule files, single rule files, or drafts, which are held against themselves; `-` is a draft on
    /// standard input
    #[arg(value_name = "PATH", default_value = "claims")]
    pub paths: Vec<PathBuf>,
    /// The day of publication of drafts whose rules do not say it, like 2025-04-08
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,
    /// Take numbers without a claim for errors
    #[arg(long)]
    pub strict: bool,
    /// Let the findings stand that this file names; see docs/baseline.md
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Report only findings on lines that were changed since this branch left REV; asks git
    #[arg(long, value_name = "REV")]
    pub diff: Option<String>,
    /// Threads [default: one a core]
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Where settings come from
    #[command(flatten)]
    pub settings: SettingsArguments,
}

impl ProjectArguments {
    /// The same, for the engine.
    pub(super) fn options(&self) -> Options {
        Options {
            paths: self.paths.clone(),
            jobs: self.jobs,
            strict: self.strict,
            published: self.published,
            ..self.settings.options()
        }
    }

    /// Whether a draft is read from standard input, which can be done once.
    pub(super) fn has_standard_input(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }
}

/// What to check, and how to report it.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// What to check
    #[command(flatten)]
    pub project: ProjectArguments,
    /// How to report
    #[arg(long, value_enum, default_value = report::ALL[0].name, value_name = "FORMAT")]
    pub format: ReportFormat,
    /// Write the report to a file; with `--format html` also a folder, which gets a page a story and an index
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// From which severity on findings fail the run [default: error, or the settings']
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
}

/// Whether to change words that do not fit.
#[derive(Debug, Args)]
pub struct FixArguments {
    /// Show the fixes that are safe, as a diff; at a terminal ask whether to apply them, and check again
    #[arg(long)]
    pub fix: bool,
    /// With --fix, apply them without asking
    #[arg(long, requires = "fix")]
    pub yes: bool,
}

/// What to serve, and where.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// What to check
    #[command(flatten)]
    pub project: ProjectArguments,
    /// The port; 0 for any that is free [default: 3228, or any that is free]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
}

/// Which findings to let stand, and who says so.
#[derive(Debug, Args)]
pub struct BaselineArguments {
    /// The baseline; entries are added at its end, and it is created where there is none
    pub file: PathBuf,
    /// Folders of rule files, single rule files, or drafts
    #[arg(value_name = "PATH", default_value = "claims")]
    pub paths: Vec<PathBuf>,
    /// Why the findings may stand
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who lets them stand
    #[arg(long, value_name = "NAME")]
    pub author: String,
    /// The first day on which they may no longer, like 2027-01-31
    #[arg(long, value_name = "DATE")]
    pub expires: Option<Date>,
    /// Only findings of this check; without it and --claim, all errors and warnings
    #[arg(long, value_name = "CHECK")]
    pub check: Option<String>,
    /// Only findings about the claim of this id
    #[arg(long, value_name = "ID")]
    pub claim: Option<String>,
    /// Where settings come from
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// What to export, and where to.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("form").required(true).args(["claimreview"]))]
pub struct ExportArguments {
    /// As schema.org `ClaimReview`, in JSON-LD: a review for each claim that the rules attribute to somebody; see
    /// docs/claimreview.md
    #[arg(long)]
    pub claimreview: bool,
    /// Folders of rule files, or single rule files
    #[arg(value_name = "PATH", default_value = "claims")]
    pub paths: Vec<PathBuf>,
    /// Write to a file, which is replaced as a whole
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The day of publication of stories whose rules do not say it, like 2025-04-08
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,
    /// Where settings come from
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// Which sources to lock, and who accepts those that have changed.
#[derive(Debug, Args)]
pub struct LockArguments {
    /// Folders of rule files, or single rule files
    #[arg(value_name = "PATH", default_value = "claims")]
    pub paths: Vec<PathBuf>,
    /// Accept sources that have changed since they were locked
    #[arg(long, requires = "reason", requires = "author")]
    pub update: bool,
    /// Why they changed; it is kept in the lock
    #[arg(long, value_name = "TEXT", requires = "update")]
    pub reason: Option<String>,
    /// Who has looked at them
    #[arg(long, value_name = "NAME", requires = "update")]
    pub author: Option<String>,
    /// Where settings come from
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// Which sources to list, and how.
#[derive(Debug, Args)]
pub struct SourcesArguments {
    /// Folders of rule files, or single rule files
    #[arg(value_name = "PATH", default_value = "claims")]
    pub paths: Vec<PathBuf>,
    /// How to list them
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: SourcesFormat,
    /// Where settings come from
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// What to do with the replies that are kept.
#[derive(Debug, Args)]
pub struct CacheArguments {
    /// What to do
    #[command(subcommand)]
    pub verb: CacheVerb,
}

/// What can be done with the replies that are kept.
#[derive(Debug, Subcommand)]
pub enum CacheVerb {
    /// Forget them all
    Clear {
        /// Folders of rule files, or single rule files, of the project
        #[arg(value_name = "PATH", default_value = "claims")]
        paths: Vec<PathBuf>,
        /// Where settings come from
        #[command(flatten)]
        settings: SettingsArguments,
    },
}

/// Where `init` writes.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder, created where it does not exist
    #[arg(default_value = ".")]
    pub folder: PathBuf,
}

/// A formula, and words to hold against it.
#[derive(Debug, Args)]
pub struct EvalArguments {
    /// The formula, for instance `change($9 billion, $9.5 billion)`
    #[arg(required_unless_present = "jsonl", allow_hyphen_values = true)]
    pub formula: Option<String>,
    /// Words to hold against the value, for instance `a little more than 5%`
    #[arg(long, value_name = "WORDS")]
    pub says: Option<String>,
    /// Read one JSON object a line from a file, or from standard input for `-`, and answer line by line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["formula", "says"])]
    pub jsonl: Option<PathBuf>,
    /// Where settings come from
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// Which draft to list the numbers of.
#[derive(Debug, Args)]
pub struct NumbersArguments {
    /// The draft
    #[arg(required_unless_present = "jsonl")]
    pub draft: Option<PathBuf>,
    /// How to list them
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: ListFormat,
    /// Read one JSON object a line from a file, or from standard input for `-`, and answer line by line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["draft", "format"])]
    pub jsonl: Option<PathBuf>,
    /// Where settings come from
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// Which draft to write stubs for.
#[derive(Debug, Args)]
pub struct StubArguments {
    /// The draft
    pub draft: PathBuf,
    /// The rules that it has, a file or a folder: stubs are written for the numbers that they are not about
    pub rules: Option<PathBuf>,
    /// Where settings come from
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// How an editor is served: there is one way, which many editors name.
#[derive(Debug, Args)]
pub struct LspArguments {
    /// Taken for granted
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// Which claim to trace.
#[derive(Debug, Args)]
pub struct TraceArguments {
    /// The claim's id; where several stories have it, `story:id`, the story being its rule file's name
    pub claim: String,
    /// Folders of rule files, or single rule files
    #[arg(value_name = "PATH", default_value = "claims")]
    pub paths: Vec<PathBuf>,
    /// Where settings come from
    #[command(flatten)]
    pub settings: SettingsArguments,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn paths_need_no_verb() {
        let arguments = Arguments::parse_from(["factcheck", "a", "b.toml", "--format", "json"]);
        assert!(arguments.verb.is_none());
        assert_eq!(arguments.check.project.paths.len(), 2);
    }
}
