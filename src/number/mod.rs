//! Exact numbers: intervals, and numbers as they are written in English.

mod interval;
mod written;

pub use interval::{High, Interval, Low};
pub use rust_decimal::Decimal;
pub use written::{Reading, Written};
