//! Numbers that run on from row to row, and are added up as if each stood for itself.

use rust_decimal::Decimal;

use super::super::answer::CellPlace;
use super::Trap;

/// So many rows climb at least.
const LEAST: u64 = 6;

/// How far the numbers climb without a fall, from the top down and from the bottom up.
#[derive(Debug, Default)]
pub(super) struct Climb {
    runs: [Run; 2],
    longest: Option<Run>,
}

/// Rows in a row whose numbers do not fall, or do not rise.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    ends: Option<[(CellPlace, Decimal); 2]>,
    rows: u64,
}

impl Climb {
    pub(super) fn cell(&mut self, place: CellPlace, value: Decimal) {
        for (at, run) in self.runs.iter_mut().enumerate() {
            let goes_on =
                run.ends.is_some_and(|[_, (_, last)]| if at == 0 { value >= last } else { value <= last });
            *run = match run.ends.filter(|_| goes_on) {
                Some([first, _]) => Run { ends: Some([first, (place, value)]), rows: run.rows + 1 },
                None => Run { ends: Some([(place, value); 2]), rows: 1 },
            };
            if run.rows > self.longest.map_or(0, |longest| longest.rows) {
                self.longest = Some(*run);
            }
        }
    }

    /// The trap, where one of the column's names says that its numbers run on. Without such a name, numbers may climb
    /// for any other reason.
    pub(super) fn finish(self, names: [&str; 2]) -> Option<Trap> {
        let column = names.into_iter().find(|name| says_so(name))?;
        let Run { ends, rows } = self.longest?;
        let [(first, low), (last, high)] = ends?;
        let column = column.to_owned();
        (rows >= LEAST && low != high).then_some(Trap::CumulativeSummed {
            column,
            cells: [first, last],
            rows,
        })
    }
}

/// Whether a column's name says that its numbers run on.
fn says_so(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let known = ["cumulative", "cumul", "ytd", "fytd", "cytd", "fyttd"];
    words.iter().any(|word| known.contains(word))
        || words.windows(2).any(|pair| matches!(pair, ["to", "date"] | ["running", "total"]))
}
