//! A folder with two stories, `factcheck serve` beside it, and clients that say exactly what a test wants said.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Longer than any machine takes; a test that waits so long fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The rules of a story whose only claim takes its figure from a table.
pub(crate) const RULES: &str = "draft = \"../draft.md\"\n[source.budget]\nfile = \"../spent.csv\"\nkey = \"year\"\n\
     columns = { amount = { unit = \"USD\" } }\n[[claim]]\nid = \"spent\"\nquote = \"spent $5 million\"\n\
     formula = \"budget[\\\"2025\\\"].amount\"\n";
/// Its draft.
pub(crate) const DRAFT: &str = "# The council\n\nThe council spent $5 million.\n";
const OTHER: &str = "draft = \"../other.md\"\n[[claim]]\nid = \"bridge\"\nquote = \"cost $8 million\"\nformula = \"$8 million\"\n";

pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
    program: Child,
    pub(crate) port: u16,
}

/// An answer, taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Desk {
    pub(crate) fn start(name: &str) -> Self {
        Self::start_with(name, &[])
    }

    pub(crate) fn start_with(name: &str, arguments: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve").join(name);
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("claims")).unwrap();
        for (file, content) in [
            ("draft.md", DRAFT),
            ("spent.csv", "year,amount\n2025,5000000\n"),
            ("claims/story.toml", RULES),
            ("other.md", "The bridge cost $8 million.\n"),
            ("claims/other.toml", OTHER),
            ("factcheck.toml", ""),
        ] {
            fs::write(folder.join(file), content).unwrap();
        }
        let mut program = Command::new(env!("CARGO_BIN_EXE_factcheck"))
            .args(["serve", "--port", "0"])
            .args(arguments)
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut told = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut told).unwrap();
        let port = told.strip_prefix("serving http://127.0.0.1:").unwrap();
        let port = port.strip_suffix("/; Ctrl-C ends\n").unwrap().parse().unwrap();
        Self { folder, program, port }
    }

    /// Saves a file as many editors do: beside it, then in its place.
    pub(crate) fn save(&self, file: &str, content: &str) {
        let new = self.folder.join("new~");
        fs::write(&new, content).unwrap();
        fs::rename(new, self.folder.join(file)).unwrap();
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// What is answered to these bytes.
    pub(crate) fn ask(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // What is refused before its end may not be read to its end.
        _ = stream.write_all(bytes);
        answer(stream).unwrap()
    }

    /// What is answered to a request with these lines before its end, and the right host.
    pub(crate) fn request(&self, lines: &str) -> Answer {
        self.ask(format!("{lines}\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port).as_bytes())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.request(&format!("GET {path} HTTP/1.1"))
    }

    /// The first answer at an address of which something holds.
    pub(crate) fn until(&self, path: &str, holds: impl Fn(&Answer) -> bool) -> Answer {
        let end = std::time::Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if holds(&answer) {
                return answer;
            }
            assert!(std::time::Instant::now() < end, "{path} stays at {}: {}", answer.status, answer.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The version of a page, and the events that are told of it.
    pub(crate) fn events(&self, page: &str) -> impl Iterator<Item = String> + use<> {
        let body = self.get(&format!("/{page}")).body;
        let version = body.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut stream = self.connect();
        let line = format!("GET /changes?page={page}&version={version} HTTP/1.1");
        write!(stream, "{line}\r\nHost: localhost:{}\r\n\r\n", self.port).unwrap();
        let lines = BufReader::new(stream).lines().map(Result::unwrap);
        lines.filter_map(|line| line.strip_prefix("event: ").map(str::to_owned))
    }

    /// Ends the program as Ctrl-C does; how it ended.
    pub(crate) fn interrupt(&mut self) -> std::process::ExitStatus {
        let id = self.program.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.program.wait().unwrap()
    }
}

impl Answer {
    /// The body without style and scripts.
    pub(crate) fn said(&self) -> &str {
        let from = self.body.rfind("</style>").unwrap_or(0);
        self.body.get(from..).and_then(|body| body.split("<script>").next()).unwrap_or(&self.body)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        _ = self.program.kill();
        _ = self.program.wait();
    }
}

/// What a connection answers, to its end.
pub(crate) fn answer(mut stream: TcpStream) -> io::Result<Answer> {
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let (head, body) = text.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    let status = head.get(9..12).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}
