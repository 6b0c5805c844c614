//! The script behind the GitHub action, run as the runner runs it.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads files and fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for a test, and what the runner sets there.
struct Runner {
    folder: PathBuf,
}

impl Runner {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("action").join(name);
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    fn run(&self, step: &str, variables: &[(&str, &str)]) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_factcheck")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        Command::new("bash")
            .args([".github/action.sh", step])
            .env("PATH", path)
            .env("RUNNER_TEMP", &self.folder)
            .env("GITHUB_ACTION_PATH", ".")
            .env("GITHUB_OUTPUT", self.folder.join("outputs"))
            .env("GITHUB_PATH", self.folder.join("path"))
            .env("GITHUB_STEP_SUMMARY", self.folder.join("summary"))
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    fn check(&self, paths: &str, arguments: &str) -> (Output, String) {
        let sarif = self.folder.join("a.sarif");
        let output = self.run(
            "check",
            &[
                ("FACTCHECK_PATHS", paths),
                ("FACTCHECK_ARGUMENTS", arguments),
                ("FACTCHECK_FAIL_ON", "error"),
                ("FACTCHECK_SARIF", sarif.to_str().unwrap()),
            ],
        );
        (output, self.read("outputs"))
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_check_annotates_sums_up_and_tells_its_code() {
    let runner = Runner::new("check");
    let (output, outputs) = runner.check("claims\nfixtures/disclosure-cut/claims\n", "--jobs=1\n");
    assert!(output.status.success(), "{}", text(&output));
    assert_eq!(outputs, "exit-code=1\n");
    assert!(
        text(&output).contains("::error file=fixtures/disclosure-cut/draft.md,line="),
        "{}",
        text(&output)
    );
    assert!(runner.read("summary").contains("factcheck: 1 error"), "{}", runner.read("summary"));
    let sarif: serde_json::Value = serde_json::from_str(&runner.read("a.sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["ruleId"] == "scope-differs"), "{results:#?}");
}

#[test]
fn what_cannot_be_checked_ends_the_job_with_its_own_code() {
    let runner = Runner::new("missing");
    let (output, outputs) = runner.check("no/such/folder", "");
    assert!(output.status.success(), "{}", text(&output));
    assert_eq!(outputs, "exit-code=2\n");
    let none = runner.run("check", &[("FACTCHECK_PATHS", "\n"), ("FACTCHECK_ARGUMENTS", "")]);
    assert_eq!(none.status.code(), Some(2), "{}", text(&none));
    assert!(text(&none).contains("::error title=factcheck::no paths to check"), "{}", text(&none));
}

#[test]
fn a_release_is_installed_only_as_it_was_released() {
    let runner = Runner::new("install");
    let machine = Command::new("uname").args(["-sm"]).output().unwrap();
    if String::from_utf8_lossy(&machine.stdout).trim() != "Linux x86_64" {
        return;
    }
    // A release on this disk, which curl reads as it reads the network.
    let name = "factcheck-v1.2.3-x86_64-unknown-linux-musl";
    let release = runner.folder.join("releases/v1.2.3");
    let content = runner.folder.join(name);
    fs::create_dir_all(&release).unwrap();
    fs::create_dir_all(&content).unwrap();
    fs::write(content.join("factcheck"), "a program").unwrap();
    let pack = format!(
        "tar -czf releases/v1.2.3/{name}.tar.gz {name} && cd releases/v1.2.3 && sha256sum {name}.tar.gz >{name}.tar.gz.sha256"
    );
    assert!(Command::new("bash").args(["-c", &pack]).current_dir(&runner.folder).status().unwrap().success());
    let releases = format!("file://{}", fs::canonicalize(runner.folder.join("releases")).unwrap().display());
    let install = || {
        let variables = [
            ("FACTCHECK_VERSION", "v1.2.3"),
            ("FACTCHECK_RELEASES", releases.as_str()),
            ("FACTCHECK_IS_ASKED", "true"),
        ];
        runner.run("install", &variables)
    };
    let output = install();
    assert!(output.status.success(), "{}", text(&output));
    assert_eq!(runner.read("factcheck/factcheck"), "a program");
    assert!(runner.read("path").trim().ends_with("/factcheck"));

    fs::write(release.join(format!("{name}.tar.gz")), "another program").unwrap();
    let output = install();
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("is not what was released"), "{}", text(&output));

    fs::remove_file(release.join(format!("{name}.tar.gz"))).unwrap();
    let output = install();
    assert!(text(&output).contains("there is no release v1.2.3 for this machine"), "{}", text(&output));
}
