//! Console blocks of the README and the documentation, run as they stand.
//!
//! A page whose blocks name files behind their language (`toml claims/story.toml`) is a walk: it is followed in an empty folder,
//! and each file is written, each command run, in the order of the page. Blocks of all other pages run in the project's
//! folder. `TRYCMD=overwrite` writes what was printed into the pages.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests read files and fail by panicking"
)]

#[path = "handbook/blocks.rs"]
mod blocks;
mod handbook;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use blocks::{Block, blocks};
use handbook::pages;

#[test]
fn console_blocks_print_what_they_show() {
    let cases = trycmd::TestCases::new();
    for page in run().into_iter().filter(|page| !is_walk(page)) {
        cases.case(page);
    }
}

#[test]
fn a_walk_in_an_empty_folder_prints_what_its_page_shows() {
    let walks: Vec<PathBuf> = run().into_iter().filter(|page| is_walk(page)).collect();
    assert!(!walks.is_empty());
    for path in walks {
        let page = fs::read_to_string(&path).unwrap();
        let folder = empty_folder(path.file_stem().unwrap().to_str().unwrap());
        let walked = walked(&page, &folder);
        fs::remove_dir_all(&folder).unwrap();
        if env::var("TRYCMD").is_ok_and(|mode| mode == "overwrite") {
            fs::write(&path, walked).unwrap();
        } else {
            similar(&page, &walked, &path);
        }
    }
}

#[test]
fn every_console_block_is_run_and_none_looks_like_one_that_is_not() {
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        for block in blocks(&page) {
            let first = block.text.lines().next().unwrap_or_default();
            let said = format!("{}: the block that begins with {first:?}", path.display());
            if block.language.starts_with("console") || block.language == "trycmd" {
                assert!(run().contains(&path), "{said} is on a page that is not run");
                assert!(
                    block.language == "console" && block.rest.is_empty(),
                    "{said} has more than `console`"
                );
                assert!(
                    page[..block.place.start].ends_with("\n```console\n"),
                    "{said} is indented, or quoted"
                );
                assert!(first.starts_with("$ "), "{said} runs nothing");
            } else {
                let prompts = block.text.lines().any(|line| line.starts_with("$ "));
                assert!(
                    !prompts,
                    "{said} shows a prompt and is no console block: write `sh`, without output"
                );
            }
        }
    }
}

/// The pages whose console blocks are run.
fn run() -> Vec<PathBuf> {
    let is_run = |path: &PathBuf| path == Path::new("README.md") || path.parent() == Some(Path::new("docs"));
    pages().into_iter().filter(is_run).collect()
}

fn is_walk(page: &Path) -> bool {
    blocks(&fs::read_to_string(page).unwrap()).iter().any(|block| block.file().is_some())
}

/// A folder that holds nothing, below none that has settings or rules.
fn empty_folder(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("factcheck-{name}-{}", std::process::id()));
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The page as it would be if its console blocks showed what they print.
fn walked(page: &str, folder: &Path) -> String {
    let mut walked = String::new();
    let mut copied = 0;
    for block in blocks(page) {
        if block.language == "console" {
            walked += &page[copied..block.place.start];
            walked += &printed(&block, folder);
            copied = block.place.end;
        } else if let Some(file) = block.file() {
            write(file, &block, folder);
        }
    }
    walked += &page[copied..];
    walked
}

/// Writes a block's file; with a `+` behind its name, at the end of what it has; with `diff` before it, changed.
fn write(file: &str, block: &Block, folder: &Path) {
    let (name, is_added) = file.strip_suffix(" +").map_or((file, false), |name| (name, true));
    let path = folder.join(name);
    let before = || fs::read_to_string(&path).unwrap();
    let text = match &*block.language {
        "diff" => changed(&before(), &block.text),
        _ if is_added => before() + &block.text,
        _ => block.text.clone(),
    };
    // Folders are the reader's to make.
    fs::write(&path, text).unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// A file after the changes of a block, which stand apart by empty lines: what begins with `-` gives way to what begins with
/// `+`, and what begins with a space stays.
fn changed(file: &str, block: &str) -> String {
    let mut file = file.to_owned();
    for change in block.split("\n\n") {
        let without = |sign: char| -> String {
            let kept = change.lines().filter(|line| !line.starts_with(sign));
            kept.filter_map(|line| line.get(1..)).flat_map(|line| [line, "\n"]).collect()
        };
        let (old, new) = (without('+'), without('-'));
        assert_eq!(file.matches(&old).count(), 1, "{old:?} is not once in\n{file}");
        file = file.replace(&old, &new);
    }
    file
}

/// A block with what its commands print, and the code of those that fail.
fn printed(block: &Block, folder: &Path) -> String {
    let mut printed = String::new();
    for line in block.text.lines().filter(|line| line.starts_with("$ ")) {
        let command = line.strip_prefix("$ ").unwrap();
        let output = shell(command, folder).output().unwrap();
        writeln!(printed, "{line}").unwrap();
        if !output.status.success() {
            writeln!(printed, "? {}", output.status.code().unwrap()).unwrap();
        }
        printed += &String::from_utf8(output.stdout).unwrap();
    }
    printed
}

/// A shell that finds the program and, wherever it runs, the same git.
fn shell(command: &str, folder: &Path) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_factcheck")).parent().unwrap();
    let path = format!("{}:{}", program.display(), env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{{ {command}\n}} 2>&1")).current_dir(folder).env("PATH", path);
    // What a hook of git tells about the repository that it runs in.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        shell.env_remove(name);
    }
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ("GIT_AUTHOR_NAME", "A. Editor"),
        ("GIT_AUTHOR_EMAIL", "editor@example.org"),
        ("GIT_COMMITTER_NAME", "A. Editor"),
        ("GIT_COMMITTER_EMAIL", "editor@example.org"),
    ] {
        shell.env(name, value);
    }
    shell
}

/// Fails at the first line in which a page and its walk differ.
fn similar(page: &str, walked: &str, path: &Path) {
    let differs = page.lines().zip(walked.lines()).enumerate().find(|(_, (shown, printed))| shown != printed);
    if let Some((at, (shown, printed))) = differs {
        panic!("{}:{}: shown and printed differ:\n  {shown}\n  {printed}", path.display(), at + 1);
    }
    assert_eq!(page, walked, "{}", path.display());
}
