//! Where settings come from, and what on the command line goes before them.

use std::path::PathBuf;

use clap::Args;

use super::Color;
use crate::engine::{Options, Replies};
use crate::source::cluster::is_engine;

/// Where settings come from.
#[derive(Clone, Debug, Default, Args)]
pub struct SettingsArguments {
    /// Read settings from this file, not from a factcheck.toml in the parents of the path
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Read no settings
    #[arg(long)]
    pub isolated: bool,
    /// Run every query again, and keep no replies; see docs/queries.md
    #[arg(long)]
    pub no_cache: bool,
    /// Run SQL over sources on a cluster, like `df://host:50050` [default: the settings', or this machine]
    #[arg(long, value_name = "URL", value_parser = engine)]
    pub engine: Option<String>,
    /// When to use colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

impl SettingsArguments {
    /// The same, for the engine, with nothing to check yet.
    pub(in crate::cli) fn options(&self) -> Options {
        Options {
            config: self.config.clone(),
            isolated: self.isolated,
            replies: if self.no_cache { Replies::Afresh } else { Replies::Kept },
            engine: self.engine.clone(),
            ..Options::default()
        }
    }
}

fn engine(url: &str) -> Result<String, String> {
    if is_engine(url) { Ok(url.to_owned()) } else { Err("write it like df://host:50050".to_owned()) }
}
