//! SQL over the project's own sources, on a cluster. The feature `cluster`.

#[cfg(not(feature = "cluster"))]
mod disabled;
#[cfg(not(feature = "cluster"))]
pub use disabled::run;
