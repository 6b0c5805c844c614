//! SQL over the project's own sources, on a cluster. The feature `cluster`.

#[cfg(not(feature = "cluster"))]
mod disabled;
#[cfg(not(feature = "cluster"))]
pub use disabled::run;
#[cfg(feature = "cluster")]
mod enabled;
#[cfg(feature = "cluster")]
pub use enabled::run;

use std::path::PathBuf;

/// A cluster that runs queries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cluster {
    /// Where its scheduler listens: `df://host:50050`.
    pub url: String,
    /// The folder for what is written down for it, which its executors must see under the same path; the system's own for
    /// passing files where none is named, which serves only where all run on one machine.
    pub folder: Option<PathBuf>,
}
