//! `factcheck watch`, driven as an editor at a desk does: by saving files.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test writes files and fails by panicking"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// Longer than any machine takes; a test that waits so long fails.
const PATIENCE: Duration = Duration::from_secs(30);

struct Watch {
    folder: PathBuf,
    program: Child,
    report: Receiver<String>,
    errors: Receiver<String>,
}

impl Watch {
    /// In a folder with one story, whose only number is right.
    fn start(name: &str) -> Self {
        Self::start_with(name, &[])
    }

    fn start_with(name: &str, more: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("watch").join(name);
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("claims")).unwrap();
        fs::write(folder.join("draft.md"), "The council spent $5 million.\n").unwrap();
        fs::write(folder.join("spent.csv"), "year,amount\n2025,5000000\n").unwrap();
        fs::write(
            folder.join("claims/story.toml"),
            "draft = \"../draft.md\"\n[source.budget]\nfile = \"../spent.csv\"\nkey = \"year\"\n\
             columns = { amount = { unit = \"USD\" } }\n[[claim]]\nid = \"spent\"\nquote = \"spent $5 million\"\n\
             formula = \"budget[\\\"2025\\\"].amount\"\n",
        )
        .unwrap();
        fs::write(folder.join("accepted.toml"), "").unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_factcheck"))
            .args(["watch", "--format", "concise"])
            .args(more)
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let report = lines(program.stdout.take().unwrap());
        let errors = lines(program.stderr.take().unwrap());
        let watch = Self { folder, program, report, errors };
        watch.reports("1 claim: 1 supported");
        watch
    }

    fn save(&self, file: &str, content: &str) {
        // As many editors do it: beside the file, then in its place.
        let new = self.folder.join("new~");
        fs::write(&new, content).unwrap();
        fs::rename(new, self.folder.join(file)).unwrap();
    }

    /// Waits for a line of the report that begins so, and for the end of the check.
    fn reports(&self, start: &str) {
        wait_for(&self.report, start);
        wait_for(&self.errors, "watching ");
    }
}

/// The lines of a stream, as they come.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            _ = sender.send(line.unwrap());
        }
    });
    lines
}

fn wait_for(lines: &Receiver<String>, start: &str) {
    while !lines.recv_timeout(PATIENCE).unwrap().starts_with(start) {}
}

impl Drop for Watch {
    fn drop(&mut self) {
        _ = self.program.kill();
        _ = self.program.wait();
    }
}

#[test]
fn what_is_saved_is_checked_again() {
    let watch = Watch::start("saved");
    watch.save("draft.md", "The council spent $7 million.\n");
    watch.reports("draft.md:1:13: error[quote-not-found]");
    watch.save("draft.md", "The council spent $5 million.\n");
    watch.reports("1 claim: 1 supported");
    watch.save("spent.csv", "year,amount\n2025,8000000\n");
    watch.reports("draft.md:1:19: error[value-refuted]");
}

#[test]
fn a_file_that_goes_and_one_that_comes_are_noticed() {
    let watch = Watch::start("come");
    fs::remove_file(watch.folder.join("spent.csv")).unwrap();
    watch.reports("1 claim: 0 supported, 0 refuted, 0 undecided, 1 unchecked");
    watch.save("spent.csv", "year,amount\n2025,5000000\n");
    watch.reports("1 claim: 1 supported");
    watch.save("claims/broken.toml", "draft = \n");
    wait_for(&watch.errors, "error: string values must be quoted");
}

#[test]
fn a_baseline_is_looked_at_too() {
    let watch = Watch::start_with("baseline", &["--baseline", "accepted.toml"]);
    watch.save("accepted.toml", "accepted = \n");
    wait_for(&watch.errors, "error: string values must be quoted");
}

#[test]
fn standard_input_cannot_be_watched() {
    let output = Command::new(env!("CARGO_BIN_EXE_factcheck")).args(["watch", "-"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard input can be read once"));
}
