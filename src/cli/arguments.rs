//! The command line's grammar.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

use super::exit;

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
}

/// Everything but checking.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Write a project that passes, to start from
    Init(InitArguments),
    /// Compute a formula, and say whether words fit its value
    Eval(EvalArguments),
    /// List every number of a draft, and how it was read
    Numbers(NumbersArguments),
    /// Write rules for the numbers of a draft, to be completed
    Stub(StubArguments),
    /// Show how a claim's value comes about, step by step, down to the source cells
    Trace(TraceArguments),
    /// Show a check's page, or the list of checks
    Explain {
        /// The check, for instance `value-refuted`
        check: Option<String>,
    },
    /// Print the JSON Schema of the rule files
    Schema,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// What to check, and how to report it.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Folders of rule files, single rule files, or drafts, which are held against themselves; `-` is a draft on
    /// standard input
    #[arg(value_name = "PATH", default_value = "claims")]
    pub paths: Vec<PathBuf>,
    /// The day of publication of drafts whose rules do not say it, like 2025-04-08
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,
    /// How to report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: FormatName,
    /// Write the report to a file; with `--format html` also a folder, which gets a page a story and an index
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// From which severity on findings fail the run [default: error, or the settings']
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
    /// Take numbers without a claim for errors
    #[arg(long)]
    pub strict: bool,
    /// Threads [default: one a core]
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Where settings come from
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// Where settings come from.
#[derive(Clone, Debug, Default, Args)]
pub struct SettingsArguments {
    /// Read settings from this file, not from a factcheck.toml in the parents of the path
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Read no settings
    #[arg(long)]
    pub isolated: bool,
    /// When to use colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
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
    /// The formula, for instance `change($9 billion, $9.5 billion)`; figures of the project are known by their names
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

/// Formats of a list of numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A line a number, in columns
    #[default]
    Full,
    /// One JSON object
    Json,
    /// A JSON object a number
    Jsonl,
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

/// Report formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// Findings with the lines they point at
    #[default]
    Full,
    /// A line a finding
    Concise,
    /// For programs; see docs/json.md
    Json,
    /// Fact-check files to look at and print, a page a story; needs `--output`
    Html,
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Findings never fail the run
    Never,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
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
        assert_eq!(arguments.check.paths.len(), 2);
    }
}
