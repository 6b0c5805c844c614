//! A socket to the server, over which no more comes than a reply can be.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::source::databases::address::Address;
use crate::source::query::Limits;

/// How many bytes a server may send: the texts of the largest reply, four bytes of length before each, and a mebibyte for
/// names, types, notices and greetings.
const MOST: usize = Limits::BYTES + 4 * Limits::ROWS * Limits::COLUMNS + (1 << 20);

/// Where a server may be.
pub(super) enum Place {
    /// An address and a port.
    Net(SocketAddr),
    /// A socket in the file system.
    #[cfg(unix)]
    Unix(std::path::PathBuf),
}

impl Place {
    /// Whether it is on this machine.
    pub(super) fn is_here(&self) -> bool {
        match self {
            Self::Net(address) => address.ip().is_loopback(),
            #[cfg(unix)]
            Self::Unix(_) => true,
        }
    }
}

/// All places that the host's name stands for.
pub(super) fn places(address: &Address) -> Result<Vec<Place>, String> {
    if address.host.starts_with('/') {
        #[cfg(unix)]
        return Ok(vec![Place::Unix(format!("{}/.s.PGSQL.{}", address.host, address.port).into())]);
        #[cfg(not(unix))]
        return Err("sockets in folders are there on Unix only".to_owned());
    }
    let found = (address.host.as_str(), address.port).to_socket_addrs().map_err(|error| error.to_string())?;
    let places: Vec<Place> = found.map(Place::Net).collect();
    if places.is_empty() { Err("its name stands for no address".to_owned()) } else { Ok(places) }
}

/// Connects to the first place where somebody listens.
pub(super) async fn connect<'a>(places: &'a [Place], budget: &Budget) -> io::Result<(Metered, &'a Place)> {
    let mut failure = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for place in places {
        match Metered::to(place, budget).await {
            Ok(socket) => return Ok((socket, place)),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

/// How many bytes may still come.
#[derive(Clone)]
pub(super) struct Budget(Arc<AtomicUsize>);

impl Default for Budget {
    fn default() -> Self {
        Self(Arc::new(AtomicUsize::new(MOST)))
    }
}

impl Budget {
    /// Whether more came than may come.
    pub(super) fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    fn spend(&self, bytes: usize) -> io::Result<()> {
        let left = self.0.load(Ordering::Relaxed).saturating_sub(bytes);
        self.0.store(left, Ordering::Relaxed);
        if left == 0 { Err(io::Error::other("the server sent more than any reply has")) } else { Ok(()) }
    }
}

/// A socket that fails when its budget is spent.
pub(super) struct Metered {
    socket: Socket,
    budget: Budget,
}

enum Socket {
    Net(TcpStream),
    #[cfg(unix)]
    Unix(tokio::net::UnixStream),
}

impl Metered {
    /// A connection to the place.
    pub(super) async fn to(place: &Place, budget: &Budget) -> io::Result<Self> {
        let socket = match place {
            Place::Net(address) => {
                let socket = TcpStream::connect(address).await?;
                socket.set_nodelay(true)?;
                Socket::Net(socket)
            }
            #[cfg(unix)]
            Place::Unix(path) => Socket::Unix(tokio::net::UnixStream::connect(path).await?),
        };
        Ok(Self { socket, budget: budget.clone() })
    }
}

impl AsyncRead for Metered {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let polled = match &mut self.socket {
            Socket::Net(socket) => Pin::new(socket).poll_read(context, into),
            #[cfg(unix)]
            Socket::Unix(socket) => Pin::new(socket).poll_read(context, into),
        };
        match polled {
            Poll::Ready(Ok(())) => Poll::Ready(self.budget.spend(into.filled().len() - before)),
            other => other,
        }
    }
}

impl AsyncWrite for Metered {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut self.socket {
            Socket::Net(socket) => Pin::new(socket).poll_write(context, bytes),
            #[cfg(unix)]
            Socket::Unix(socket) => Pin::new(socket).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.socket {
            Socket::Net(socket) => Pin::new(socket).poll_flush(context),
            #[cfg(unix)]
            Socket::Unix(socket) => Pin::new(socket).poll_flush(context),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.socket {
            Socket::Net(socket) => Pin::new(socket).poll_shutdown(context),
            #[cfg(unix)]
            Socket::Unix(socket) => Pin::new(socket).poll_shutdown(context),
        }
    }
}
