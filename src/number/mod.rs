//! Exact numbers: intervals, and numbers as they are written in English.

mod arithmetic;
mod interval;
mod written;

pub use arithmetic::{ArithmeticError, checked_power};
pub use interval::{High, Interval, Low};
pub use rust_decimal::Decimal;
pub use written::{Reading, Written};
