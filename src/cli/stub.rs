//! `factcheck stub DRAFT [RULES]`: rules for a draft's numbers, to be completed.

use std::path::Path;

use anyhow::{Result, bail};

use super::arguments::StubArguments;
use super::exit::Exit;
use super::{open, options, print, tell};
use crate::engine::{Stub, toml_text};
use crate::system::{Disk, System as _};

pub(super) fn run(arguments: &StubArguments) -> Result<Exit> {
    let path = arguments.rules.as_ref().unwrap_or(&arguments.draft);
    let options = options(std::slice::from_ref(path), &arguments.settings);
    let Some(project) = open(&Disk, &options, &arguments.settings)? else { return Ok(Exit::CouldNotCheck) };
    let (mut drafts, problems) = project.stubs();
    tell(&problems, &arguments.settings);
    let exit = if problems.is_empty() { Exit::Clean } else { Exit::CouldNotCheck };
    let name = arguments.draft.display();
    let Some(rules) = &arguments.rules else {
        let stubs = drafts.pop().map(|draft| draft.stubs).unwrap_or_default();
        if problems.is_empty() {
            print((head(&arguments.draft) + &claims(&stubs)).as_bytes())?;
        }
        return Ok(exit);
    };
    let wanted = Disk.resolve(&arguments.draft)?;
    drafts.retain(|story| Disk.resolve(&story.draft).is_ok_and(|draft| draft == wanted));
    match &drafts[..] {
        [story] => print(claims(&story.stubs).as_bytes())?,
        [] if exit == Exit::CouldNotCheck => {}
        [] => bail!("{}: no rules for the draft {name}", rules.display()),
        [..] => bail!("{}: several rule files for the draft {name}; name one of them", rules.display()),
    }
    Ok(exit)
}

/// The beginning of a story's rule file.
fn head(draft: &Path) -> String {
    let from = if draft.is_absolute() { Path::new("") } else { Path::new("..") };
    let draft = from.join(draft);
    let name = draft.to_string_lossy();
    format!(
        "# A stub for each number of the draft. To complete one, write its `formula` and remove its `todo`; a number that
# needs no check becomes an [[ignore]] with a quote and a reason. Where the draft itself says how a number follows
# from others, the formula is written, over figures that you define.

# The draft, as seen from this file; from the folder claims/, unless you change it.
draft = {}

",
        toml_text(&name.replace('\\', "/"))
    )
}

/// An entry a stub.
fn claims(stubs: &[Stub]) -> String {
    let entries: Vec<String> = stubs.iter().map(Stub::entry).collect();
    entries.join("\n")
}
