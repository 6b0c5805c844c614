//! How queries name the columns of a table.

use std::collections::{BTreeSet, HashMap};

use crate::source::name;

/// The names in a query, which columns are found by.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Whether every column is meant, as by `*`.
    pub(super) all: bool,
    /// As they stand in the query.
    pub(super) names: BTreeSet<String>,
}

impl Asked {
    /// Whether a column may be meant.
    pub(super) fn may_mean(&self, printed: &str) -> bool {
        self.all
            || self.names.contains(printed)
            || self.names.iter().any(|asked| is_name_of(&asked.to_ascii_lowercase(), printed))
    }
}

/// Whether a name without quotation marks, in lower case, may stand for a column.
pub(super) fn is_name_of(asked: &str, printed: &str) -> bool {
    asked.eq_ignore_ascii_case(printed) || name::names(asked, printed)
}

/// What each column is called in queries: in snake case, where no other column is called so; else as it is printed.
pub(super) fn called(printed: &[String]) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in printed {
        *counts.entry(snake(name)).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut calls = Vec::with_capacity(printed.len());
    for (at, name) in printed.iter().enumerate() {
        let snake = snake(name);
        let is_alone = counts.get(&snake) == Some(&1) && !snake.is_empty();
        let mut called = if is_alone { snake } else { name.clone() };
        // Two columns of one name can be told by their place alone.
        if called.is_empty() || taken.contains(&called) {
            let place = format!("{name} (column {})", at + 1);
            place.trim_start().clone_into(&mut called);
        }
        taken.insert(called.clone());
        calls.push(called);
    }
    calls
}

/// A name in lower case, with an underscore for each run of other characters than letters and digits.
fn snake(printed: &str) -> String {
    let words: Vec<String> = printed
        .split(|next: char| !next.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_in_snake_case_where_no_other_is() {
        let calls =
            |printed: &[&str]| called(&printed.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
        assert_eq!(calls(&["FY 2024", "Total -- (*)", "Ärzte"]), ["fy_2024", "total", "Ärzte"]);
        assert_eq!(calls(&["a b", "a_b", "c"]), ["a b", "a_b", "c"]);
        assert_eq!(calls(&["a", "a", "", "--"]), ["a", "a (column 2)", "(column 3)", "--"]);
    }
}
