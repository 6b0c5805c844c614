//! A cluster of processes.

use std::io::Read as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use factcheck::source::cluster::Cluster;

use crate::Folder;

/// What a process that is started as a node is: `scheduler PORT`, or `executor PORT SCHEDULER FOLDER`.
const ROLE: &str = "FACTCHECK_TEST_NODE";

/// A process that is started as a node is one, until whoever started it is gone. Any other has nothing to do here.
#[test]
fn node() {
    let Ok(role) = std::env::var(ROLE) else { return };
    std::thread::spawn(|| {
        _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let words: Vec<&str> = role.split(' ').collect();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().thread_stack_size(16 << 20).enable_all().build().unwrap();
    match words[..] {
        ["scheduler", port] => runtime.block_on(scheduler(port.parse().unwrap())),
        ["executor", port, scheduler, folder] => {
            runtime.block_on(executor(port.parse().unwrap(), scheduler.parse().unwrap(), folder));
        }
        _ => panic!("no such node: {role}"),
    }
}

async fn scheduler(port: u16) {
    let config = SchedulerConfig {
        bind_port: port,
        // As docs/cluster.md has them; of themselves a dead executor is waited for for three minutes.
        executor_timeout_seconds: 6,
        expire_dead_executor_interval_seconds: 2,
        no_executors_grace_period_seconds: 6,
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await.unwrap();
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    start_server(cluster, address, Arc::new(config)).await.unwrap();
}

async fn executor(port: u16, scheduler: u16, folder: &str) {
    let config = ExecutorProcessConfig {
        port,
        grpc_port: free_port(),
        external_host: Some("127.0.0.1".to_owned()),
        scheduler_host: "127.0.0.1".to_owned(),
        scheduler_port: scheduler,
        vcores: 2,
        work_dir: Some(folder.to_owned()),
        executor_heartbeat_interval_seconds: 2,
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await.unwrap();
}

/// A process of a cluster, which ends with this.
pub(crate) struct Node {
    child: Child,
    pub(crate) port: u16,
}

impl Node {
    fn start(role: &str, port: u16) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "node::node", "--nocapture"])
            .env(ROLE, role)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, port }
    }

    pub(crate) fn scheduler() -> Self {
        Self::scheduler_at(free_port())
    }

    pub(crate) fn scheduler_at(port: u16) -> Self {
        let node = Self::start(&format!("scheduler {port}"), port);
        node.wait();
        node
    }

    pub(crate) fn executor(scheduler: &Self, folder: &Folder) -> Self {
        let port = free_port();
        let work = folder.0.join(format!("work-{port}"));
        std::fs::create_dir_all(&work).unwrap();
        let node = Self::start(&format!("executor {port} {} {}", scheduler.port, work.display()), port);
        node.wait();
        node
    }

    /// Until it listens.
    fn wait(&self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(60), "a node does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Stops it without ending it: its connections stay, and nobody answers.
    #[cfg(unix)]
    pub(crate) fn freeze(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-STOP", &pid]).status().unwrap().success());
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// A scheduler and executors.
pub(crate) struct Nodes {
    pub(crate) scheduler: Node,
    pub(crate) executors: Vec<Node>,
    pub(crate) folder: Folder,
}

impl Nodes {
    pub(crate) fn start(executors: usize) -> Self {
        let (folder, scheduler) = (Folder::new(), Node::scheduler());
        let executors = (0..executors).map(|_| Node::executor(&scheduler, &folder)).collect();
        Self { scheduler, executors, folder }
    }

    pub(crate) fn cluster(&self) -> Cluster {
        let url = format!("df://127.0.0.1:{}", self.scheduler.port);
        Cluster { url, folder: Some(self.folder.0.join("staged")) }
    }
}

/// A port that is free at the moment.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
