//! `/changes?page=NAME&version=VERSION`: tells a page how it stands, and every time that this becomes another, as
//! server-sent events.

use std::io::{self, Write};
use std::time::Duration;

use super::answer;
use super::request::Request;
use super::site::{Site, Standing};

/// The path of the stream, which is no page's name: those end in `.html`.
pub(super) const PATH: &str = "changes";
/// How often a line that means nothing is sent, to notice who has gone.
const PULSE: Duration = Duration::from_secs(10);

/// Tells until the page has to be asked for anew, or its reader has gone.
pub(super) fn tell(out: &mut impl Write, site: &Site, request: &Request) -> io::Result<()> {
    answer::events(out)?;
    if request.is_head {
        return Ok(());
    }
    let of = |name: &str| {
        request.query.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.as_str())
    };
    let (page, version) = (of("page"), of("version"));
    let mut told = None;
    while told != Some(Standing::Changed) {
        match site.await_other(page, version, told, PULSE) {
            Some(standing) => {
                let name = match standing {
                    Standing::Current => "current",
                    Standing::Checking => "checking",
                    Standing::Changed => "changed",
                    Standing::Gone => "gone",
                };
                // An event without data is none.
                write!(out, "event: {name}\ndata: {name}\n\n")?;
                told = Some(standing);
            }
            None => out.write_all(b":\n\n")?,
        }
        out.flush()?;
    }
    Ok(())
}
