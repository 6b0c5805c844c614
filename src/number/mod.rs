//! Exact numbers: intervals, and numbers as they are written in English.

mod arithmetic;
mod interval;
mod numeral;
mod order;
mod written;

pub use arithmetic::{ArithmeticError, checked_power};
pub use interval::{High, Interval, Low};
pub use numeral::{
    Numeral, Style, begins_numeral, continues_article, is_length, is_word, numeral_at, numeral_heads,
    numeral_words, past_digits, word_at,
};
pub use order::{order, order_apart};
pub use rust_decimal::Decimal;
pub use written::{Reading, Written};
