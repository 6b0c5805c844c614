//! `factcheck explain [CHECK]`

use anyhow::{Result, bail};

use super::exit::Exit;
use super::print;
use crate::checks;

pub(super) fn run(slug: Option<&str>) -> Result<Exit> {
    let Some(slug) = slug else {
        let width = checks::ALL.iter().map(|check| check.slug.len()).max().unwrap_or(0);
        let line = |check: &&checks::Check| {
            format!("{:width$}  {:7}  {}\n", check.slug, check.severity.name(), check.summary())
        };
        let list: String = checks::ALL.iter().map(line).collect();
        print(list.as_bytes())?;
        return Ok(Exit::Clean);
    };
    match (checks::named(slug), checks::nearest_slug(slug)) {
        (Some(check), _) => print(check.page.as_bytes()).map(|()| Exit::Clean),
        (None, Some(near)) => bail!("no check `{slug}`; did you mean `{near}`?"),
        (None, None) => bail!("no check `{slug}`; `factcheck explain` lists them"),
    }
}
