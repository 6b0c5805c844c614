//! Questions and answers as lines of JSON: one line out for each line in, in order.

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::output::Quiet;

/// Answers the lines of a file, or of standard input for `-`. Blank lines are passed over; what is no line of JSON as it
/// should be is answered too, so that lines stay in step.
pub(super) fn answer<Q: DeserializeOwned, A: Serialize>(
    path: &Path,
    answer: impl FnMut(Result<Q, serde_json::Error>) -> A,
) -> Result<()> {
    if path.as_os_str() == "-" {
        return lines(io::stdin().lock(), answer);
    }
    let file = crate::system::open(path).with_context(|| path.display().to_string())?;
    lines(BufReader::new(file), answer)
}

fn lines<Q: DeserializeOwned, A: Serialize>(
    mut input: impl BufRead,
    mut answer: impl FnMut(Result<Q, serde_json::Error>) -> A,
) -> Result<()> {
    let mut out = BufWriter::new(Quiet::new(io::stdout().lock()));
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        serde_json::to_writer(&mut out, &answer(serde_json::from_slice(&line)))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
