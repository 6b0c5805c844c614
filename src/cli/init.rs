//! `factcheck init`: a project that passes, to start from.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::arguments::InitArguments;
use super::exit::Exit;
use super::print;
use crate::system::{Disk, System};

const FILES: [(&str, &str); 4] = [
    ("drafts/budget.md", include_str!("init/budget.md")),
    ("claims/budget.toml", include_str!("init/budget.toml")),
    ("claims/scopes.toml", include_str!("init/scopes.toml")),
    ("sources/budget.csv", include_str!("init/budget.csv")),
];

pub(super) fn run(arguments: &InitArguments) -> Result<Exit> {
    let folder = &arguments.folder;
    // Nothing of anybody's is written over: either all files are new, or none is written.
    for (name, _) in FILES {
        let path = folder.join(name);
        if Disk.kind(&path).is_some() {
            bail!("{}: is there already; nothing was written", path.display());
        }
    }
    let mut told = String::new();
    for (name, content) in FILES {
        let path = folder.join(name);
        Disk.write(&path, content.as_bytes()).with_context(|| path.display().to_string())?;
        told.push_str(&format!("wrote {}\n", path.display()));
    }
    let check = if folder == Path::new(".") {
        "factcheck".to_owned()
    } else {
        format!("factcheck {}", folder.join("claims").display())
    };
    told.push_str(&format!("now run: {check}\n"));
    print(told.as_bytes())?;
    Ok(Exit::Clean)
}
