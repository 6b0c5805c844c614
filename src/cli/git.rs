//! What is asked of `git`. Nothing that a user or a repository names is taken for an option.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, anyhow, bail};

/// A repository, and the commit that a branch left from.
#[derive(Debug)]
pub(super) struct Repository {
    /// Its working tree.
    top: PathBuf,
    base: String,
}

impl Repository {
    /// The repository of the working folder, seen from where its branch left `revision`.
    ///
    /// # Errors
    /// There is no `git`, no repository, or no such revision.
    pub(super) fn since(revision: &str) -> Result<Self> {
        let here = Path::new(".");
        let top = run(here, ["rev-parse", "--show-toplevel"])?;
        let Some(top) = line(&top) else { bail!("--diff needs a git repository, and {}", said(&top)) };
        let commit = format!("{revision}^{{commit}}");
        let commit = run(here, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        let commit = line(&commit).ok_or_else(|| {
            anyhow!("git knows no revision `{revision}`; a shallow clone has few: fetch it, or clone in full")
        })?;
        let base = run(here, ["merge-base", &commit, "HEAD"])?;
        let base = line(&base).ok_or_else(|| {
            anyhow!("this branch has no commit in common with `{revision}`; a shallow clone may lack it")
        })?;
        Ok(Self { top: PathBuf::from(top), base })
    }

    /// The root of the working tree.
    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    /// Files that differ from the base, and files that git does not know yet, as seen from the top.
    pub(super) fn changed(&self) -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
        let diff = run(&self.top, self.diff(&["--name-only", "-z"], None))?;
        let new = run(&self.top, ["ls-files", "--others", "--exclude-standard", "-z"])?;
        Ok((paths(&succeeded(diff)?), paths(&succeeded(new)?)))
    }

    /// The differences of one file, without lines around them.
    pub(super) fn patch(&self, file: &Path) -> Result<Vec<u8>> {
        succeeded(run(&self.top, self.diff(&["--unified=0"], Some(file)))?)
    }

    /// What a repository's settings could run or turn into something else is off.
    fn diff(&self, options: &[&str], file: Option<&Path>) -> Vec<OsString> {
        let fixed =
            ["--literal-pathspecs", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"];
        let mut arguments: Vec<OsString> = fixed.iter().chain(options).map(OsString::from).collect();
        arguments.extend([OsString::from(&self.base), OsString::from("--")]);
        arguments.extend(file.map(|file| file.as_os_str().to_owned()));
        arguments
    }
}

fn run(folder: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Output> {
    let mut command = Command::new("git");
    command.arg("--no-optional-locks").args(arguments).current_dir(folder).stdin(Stdio::null());
    command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            anyhow!("--diff asks git what was changed, and there is no `git` to be found")
        }
        _ => anyhow!(error).context("git"),
    })
}

/// The one line that git printed; `None` where it failed.
fn line(output: &Output) -> Option<String> {
    let text = String::from_utf8(output.stdout.clone()).ok()?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    (output.status.success() && !line.is_empty()).then(|| line.to_owned())
}

fn succeeded(output: Output) -> Result<Vec<u8>> {
    if output.status.success() { Ok(output.stdout) } else { Err(anyhow!("{}", said(&output))).context("git") }
}

/// The first line of what git complains of.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().next().unwrap_or("git said nothing");
    line.strip_prefix("fatal: ").unwrap_or(line).to_owned()
}

/// Paths with a zero byte after each.
fn paths(bytes: &[u8]) -> Vec<PathBuf> {
    let names = bytes.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(path).collect()
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// Git writes paths in UTF-8 there.
#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
