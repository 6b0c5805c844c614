//! To come.

pub mod parallel;
mod root;
