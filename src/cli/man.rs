//! `factcheck man [VERB]`: the man page, in the form that `man` reads (roff).

use anyhow::{Result, bail};
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::arguments::Arguments;
use super::exit::Exit;
use super::print;

pub(super) fn run(verb: Option<&str>) -> Result<Exit> {
    let mut whole = Arguments::command();
    // Each verb learns what it is called from the whole: "factcheck numbers".
    whole.build();
    let command = match verb {
        None => whole,
        Some(verb) => of_verb(&whole, verb)?,
    };
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    print(&page)?;
    Ok(Exit::Clean)
}

fn of_verb(whole: &Command, verb: &str) -> Result<Command> {
    let Some(command) = whole.find_subcommand(verb) else {
        let verbs: Vec<&str> = whole.get_subcommands().map(Command::get_name).collect();
        bail!("there is no verb `{verb}`; there are {}", verbs.join(", "))
    };
    Ok(command.clone())
}
