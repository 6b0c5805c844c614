//! What a cluster says of a query that failed, in the words that this program has for the same.

use super::address::Address;
use crate::source::query::QueryError;

/// The longest message of a cluster's that is repeated, in characters.
const LONGEST: usize = 300;

/// An error of a query. A cluster gives nothing but a text, with an error of the engine's somewhere in it.
pub(super) fn told(message: &str, address: &Address) -> QueryError {
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if has(&["DivideByZero", "Divide by zero"]) {
        return QueryError::Wrong { message: "division by zero".to_owned(), at: None };
    }
    if has(&["ArithmeticOverflow", "Overflow happened", "too large to store", "overflow"]) {
        return QueryError::TooManyDigits("that comes out".to_owned());
    }
    if has(&["ResourcesExhausted", "Resources exhausted"]) {
        return QueryError::TooLarge("an executor of the cluster has no more memory".to_owned());
    }
    if has(&["No such file or directory", "NotFound", "not found: Object at location"]) {
        let why = "it does not find a file of the sources: executors and scheduler must see the same files under the same paths";
        return QueryError::Unreadable(format!("{address}: {why} ({})", line(message)));
    }
    if has(&[
        "ExecutorLost",
        "Executor lost",
        "No executors",
        "no executors",
        "FetchFailed",
        "GrpcConnectionError",
    ]) {
        return address
            .unreachable(format!("it lost an executor and did not get over it ({})", line(message)));
    }
    QueryError::Wrong { message: format!("{address} could not run it: {}", line(message)), at: None }
}

/// The first line of a message, if it is not too long.
pub(super) fn line(message: &str) -> String {
    let line = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("no reason is given");
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}
