//! `factcheck cache clear [PATH]...`

use anyhow::{Context, Result};

use super::arguments::{CacheArguments, CacheVerb};
use super::exit::Exit;
use super::{open, options, print};
use crate::system::{Disk, remove_folder};

pub(super) fn run(arguments: &CacheArguments) -> Result<Exit> {
    let CacheVerb::Clear { paths, settings } = &arguments.verb;
    let Some(project) = open(&Disk, &options(paths, settings), settings)? else {
        return Ok(Exit::CouldNotCheck);
    };
    let folder = project.cache();
    let was_there = remove_folder(&folder).with_context(|| folder.display().to_string())?;
    let told = if was_there { "removed" } else { "nothing is kept in" };
    print(format!("{told} {}\n", folder.display()).as_bytes())?;
    Ok(Exit::Clean)
}
