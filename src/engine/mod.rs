//! To come.

pub mod parallel;
