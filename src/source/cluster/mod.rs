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

/// Whether a text is the address of a cluster's scheduler: `df://host:50050`.
pub fn is_engine(url: &str) -> bool {
    let Some((host, port)) = url.strip_prefix("df://").and_then(|rest| rest.rsplit_once(':')) else {
        return false;
    };
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    !host.is_empty() && host.bytes().all(is_host) && port.parse::<u16>().is_ok_and(|port| port > 0)
}
