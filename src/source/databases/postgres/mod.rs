//! `PostgreSQL`, asked in a transaction that only reads and is never committed.
//!
//! The driver is given a socket and nothing else: who is connected to, how many bytes come from there, and how long that may
//! take is decided here. <https://www.postgresql.org/docs/current/protocol.html>

mod error;
mod session;
mod socket;
mod value;

use std::time::{Duration, Instant};

use tokio::runtime;
use tokio::time::{timeout, timeout_at};
use tokio_postgres::config::SslMode;
use tokio_postgres::{Client, Config, NoTls};

use self::error::Told;
use self::socket::{Budget, Metered, Place};
use super::address::{Address, Encryption};
use crate::source::query::{Limits, QueryError, Reply};

/// How long a server has to let us in.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long is tried to say farewell, and that nobody waits for the reply any more.
const FAREWELL: Duration = Duration::from_millis(200);

const NO_ENCRYPTION: &str = "its URL asks for an encrypted connection (sslmode), which factcheck cannot make; \
    connect through a tunnel, such as `ssh -L`, with sslmode=disable";
const IN_THE_OPEN: &str = "the connection would not be encrypted; connect through a tunnel, such as `ssh -L`, or, \
    if you trust the network, say so in the URL: ?sslmode=disable";

/// Runs one statement on the server.
pub(super) fn run(
    address: &Address,
    sql: &str,
    limits: &Limits,
    deadline: Instant,
) -> Result<Reply, QueryError> {
    let told = Told { address, sql, limits, deadline };
    let places = || socket::places(address).map_err(|why| told.unreachable(&why));
    let places = match address.encryption {
        Encryption::Required => return Err(told.unreachable(NO_ENCRYPTION)),
        Encryption::Optional => places()?,
        // Nobody's password and figures go over a network in the open unless somebody has said so.
        Encryption::Unsaid => {
            let places = places()?;
            if !places.iter().all(Place::is_here) {
                return Err(told.unreachable(IN_THE_OPEN));
            }
            places
        }
    };
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| told.unreachable(&error.to_string()))?;
    runtime.block_on(converse(&told, &places))
}

/// Connects, asks, and leaves.
async fn converse(told: &Told<'_>, places: &[Place]) -> Result<Reply, QueryError> {
    let budget = Budget::default();
    let patience = PATIENCE.min(told.deadline.saturating_duration_since(Instant::now()));
    let entered = timeout(patience, async {
        let (socket, place) =
            socket::connect(places, &budget).await.map_err(|error| told.unreachable(&error.to_string()))?;
        let entered = config(told.address).connect_raw(socket, NoTls).await;
        let (client, connection) = entered.map_err(|error| told.not_let_in(&error))?;
        Ok((client, connection, place))
    });
    let Ok(entered) = entered.await else {
        let patience = PATIENCE.min(told.limits.time);
        return Err(told.unreachable(&format!("it did not let us in within {} ms", patience.as_millis())));
    };
    let (client, connection, place) = entered?;
    let driver = tokio::spawn(connection);
    let outcome = match timeout_at(told.deadline.into(), session::ask(&client, told)).await {
        Ok(Err(_)) if budget.is_spent() => Err(QueryError::TooMuch { most: Limits::BYTES, what: "bytes" }),
        Ok(outcome) => outcome,
        Err(_) => {
            cancel(&client, place).await;
            Err(QueryError::TooSlow(told.limits.time))
        }
    };
    drop(client);
    // A transaction whose client leaves is rolled back. If the server does not listen any more, it learns from the socket.
    _ = timeout(FAREWELL, driver).await;
    outcome
}

/// What the driver has to know.
fn config(address: &Address) -> Config {
    let mut config = Config::new();
    config
        .user(&address.user)
        .dbname(&address.database)
        .application_name(&address.application)
        .ssl_mode(SslMode::Disable);
    if let Some(password) = &address.password {
        config.password(password);
    }
    config
}

/// Tells the server that nobody waits for the reply. It is tried, and not more.
async fn cancel(client: &Client, place: &Place) {
    let token = client.cancel_token();
    _ = timeout(FAREWELL, async {
        let budget = Budget::default();
        if let Ok(socket) = Metered::to(place, &budget).await {
            _ = token.cancel_query_raw(socket, NoTls).await;
        }
    })
    .await;
}
