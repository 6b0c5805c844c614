//! A real `PostgreSQL` that a test starts for itself, on loopback and in a folder of its own.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use factcheck::source::databases::Database;

/// Whom the server belongs to. Its password has what URLs and password files would trip over.
const OWNER: &str = "press";
pub(super) const PASSWORD: &str = "p@ss:w/rd?#% é\\";

/// A server that runs as long as somebody holds it.
pub(super) struct Server {
    process: Child,
    programs: PathBuf,
    folder: PathBuf,
    pub(super) port: u16,
}

/// The server that all tests share; `None`, and a word about it, where there is none to be started. CI must have one.
pub(super) fn server() -> Option<Arc<Server>> {
    static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(server) = shared.upgrade() {
        return Some(server);
    }
    let Some(programs) = programs() else {
        assert!(std::env::var_os("CI").is_none(), "no PostgreSQL is installed: .ci/postgres does it");
        eprintln!(
            "skipped: no PostgreSQL is installed (initdb is neither in PATH nor in /usr/lib/postgresql); see .ci/postgres"
        );
        return None;
    };
    let server = Arc::new(Server::start(programs));
    *shared = Arc::downgrade(&server);
    Some(server)
}

impl Server {
    fn start(programs: PathBuf) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("factcheck-postgres-{port}"));
        let secret = folder.with_extension("secret");
        fs::write(&secret, PASSWORD).unwrap();
        let made = as_nobody(&programs.join("initdb"))
            .args(["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "-U", OWNER])
            .arg(format!("--pwfile={}", secret.display()))
            .arg("-D")
            .arg(&folder)
            .output()
            .unwrap();
        fs::remove_file(&secret).unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let process = as_nobody(&programs.join("postgres"))
            .args(["-h", "127.0.0.1", "-c", "fsync=off", "-p", &port.to_string()])
            .arg("-k")
            .arg(&folder)
            .arg("-D")
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { process, programs, folder, port };
        server.wait();
        server.run(include_str!("newsroom.sql"));
        server
    }

    fn wait(&self) {
        let start = Instant::now();
        while self.psql("SELECT 1").is_err() {
            assert!(start.elapsed() < Duration::from_mins(1), "the server does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Runs statements as the owner.
    pub(super) fn run(&self, sql: &str) {
        self.psql(sql).unwrap();
    }

    fn psql(&self, sql: &str) -> Result<(), String> {
        let output = Command::new(self.client())
            .args([
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                "127.0.0.1",
                "-U",
                OWNER,
                "-d",
                "postgres",
                "-c",
                sql,
            ])
            .args(["-p", &self.port.to_string()])
            .env("PGPASSWORD", PASSWORD)
            .output()
            .unwrap();
        if output.status.success() {
            Ok(())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    /// The client, which Debian's package has in two places, and others elsewhere.
    fn client(&self) -> PathBuf {
        let own = self.programs.join("psql");
        if own.is_file() { own } else { PathBuf::from("psql") }
    }

    /// The URL of a role, without its password.
    pub(super) fn url(&self, role: &str) -> String {
        format!("postgres://{role}@127.0.0.1:{}/postgres", self.port)
    }

    /// The newsroom's database, as somebody who may only read.
    pub(super) fn reader(&self) -> Database {
        Database::Postgres(factcheck::source::databases::with_password(&self.url("reader"), PASSWORD))
    }

    /// The same, under a name that others see.
    pub(super) fn reader_called(&self, name: &str) -> Database {
        let url = format!("{}?application_name={name}", self.url("reader"));
        Database::Postgres(factcheck::source::databases::with_password(&url, PASSWORD))
    }

    /// The URL of a role over the socket in the server's folder.
    pub(super) fn socket(&self, role: &str) -> String {
        format!("postgres://{role}@/postgres?host={}&port={}", self.folder.display(), self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = as_nobody(&self.programs.join("pg_ctl"))
            .args(["stop", "-s", "-m", "immediate", "-D"])
            .arg(&self.folder)
            .status();
        _ = self.process.kill();
        _ = self.process.wait();
        _ = fs::remove_dir_all(&self.folder);
    }
}

/// A program run by somebody without powers: the server does not start as root.
fn as_nobody(program: &Path) -> Command {
    let id = Command::new("id").arg("-u").output().unwrap();
    let mut command = if id.stdout == b"0\n" {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(std::env::temp_dir());
    command
}

/// The folder of the server's programs.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    folders.extend(versions.map(|version| version.unwrap().path().join("bin")));
    folders.into_iter().find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}
