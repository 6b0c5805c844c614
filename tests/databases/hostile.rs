//! Servers that are slow, vanish, or send what no server sends.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use factcheck::source::databases::Database;
use factcheck::source::query::{Limits, QueryError};

use super::ask_within;

/// A server of one connection, which does as it likes.
fn server(serve: impl FnOnce(TcpStream) + Send + 'static) -> Database {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        if let Ok((socket, _)) = listener.accept() {
            serve(socket);
        }
    });
    Database::Postgres(format!("postgres://reader:s3cret@127.0.0.1:{port}/news?sslmode=disable"))
}

/// A message of the protocol: its letter, its length, its body.
fn message(letter: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap();
    [&[letter][..], &length.to_be_bytes(), body].concat()
}

/// What lets a client in, and says that it may ask.
fn welcome() -> Vec<u8> {
    [message(b'R', &[0; 4]), message(b'K', &[0; 8]), message(b'Z', b"I")].concat()
}

/// Reads whatever is sent, and tells how much came at once.
fn hear(socket: &mut TcpStream) -> usize {
    socket.read(&mut [0; 4096]).unwrap_or(0)
}

/// What is said of the server, in bounded time.
fn told(database: &Database) -> QueryError {
    let time = Duration::from_millis(800);
    let start = Instant::now();
    let outcome = ask_within(database, "SELECT 1 AS a", time);
    assert!(start.elapsed() < Duration::from_secs(5), "{outcome:?}");
    let error = outcome.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    error
}

#[test]
fn silence_is_not_waited_out() {
    let silent = server(|mut socket| while hear(&mut socket) > 0 {});
    let error = told(&silent);
    assert!(error.to_string().contains("it did not let us in within 800 ms"), "{error}");
    let silent_later = server(|mut socket| {
        hear(&mut socket);
        socket.write_all(&welcome()).unwrap();
        while hear(&mut socket) > 0 {}
    });
    assert_eq!(told(&silent_later), QueryError::TooSlow(Duration::from_millis(800)));
}

/// Whoever gives up says so on a second connection, with the key that the first one was given.
#[test]
fn a_query_that_is_given_up_is_cancelled() {
    const KEY: [u8; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://reader:s3cret@{}/news", listener.local_addr().unwrap());
    let (sender, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut asking = listener.accept().unwrap().0;
        hear(&mut asking);
        asking
            .write_all(&[message(b'R', &[0; 4]), message(b'K', &KEY), message(b'Z', b"I")].concat())
            .unwrap();
        let mut request = Vec::new();
        listener.accept().unwrap().0.read_to_end(&mut request).unwrap();
        sender.send(request).unwrap();
    });
    assert_eq!(told(&Database::Postgres(url)), QueryError::TooSlow(Duration::from_millis(800)));
    // A length, the code of this request, the key.
    let request = heard.recv_timeout(Duration::from_secs(5)).expect("nobody cancels");
    assert_eq!(request, [&[0, 0, 0, 16, 4, 210, 22, 46][..], &KEY].concat());
}

#[test]
fn a_trickle_is_not_waited_out() {
    let trickling = server(|mut socket| {
        hear(&mut socket);
        for byte in welcome().into_iter().cycle() {
            if socket.write_all(&[byte]).is_err() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    assert!(matches!(told(&trickling), QueryError::Unreachable { .. }));
}

#[test]
fn who_leaves_is_told() {
    let leaving = server(|mut socket| {
        hear(&mut socket);
        socket.write_all(&welcome()[..7]).unwrap();
    });
    assert!(matches!(told(&leaving), QueryError::Unreachable { .. }));
    let leaving_later = server(|mut socket| {
        hear(&mut socket);
        socket.write_all(&welcome()).unwrap();
        hear(&mut socket);
        socket.write_all(b"C\0\0").unwrap();
    });
    assert!(matches!(told(&leaving_later), QueryError::Unreachable { .. }));
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = told(&Database::Postgres(format!("postgres://reader:s3cret@127.0.0.1:{nobody}/news")));
    assert!(
        error
            .to_string()
            .starts_with(&format!("postgres://reader@127.0.0.1:{nobody}/news cannot be reached: ")),
        "{error}"
    );
    let nowhere = told(&Database::Postgres("postgres://reader:s3cret@nowhere.invalid/news".to_owned()));
    assert!(matches!(nowhere, QueryError::Unreachable { .. } | QueryError::TooSlow(_)), "{nowhere:?}");
}

#[test]
fn no_more_is_taken_in_than_a_reply_has() {
    let too_much = QueryError::TooMuch { most: Limits::BYTES, what: "bytes" };
    // One message of nearly two gigabytes, which does come.
    let long = server(|mut socket| {
        hear(&mut socket);
        socket.write_all(&welcome()).unwrap();
        hear(&mut socket);
        let mut sent = 0_u64;
        let mut start = message(b'D', &[]);
        start[1..5].copy_from_slice(&0x7fff_fff0_u32.to_be_bytes());
        _ = socket.write_all(&start);
        while socket.write_all(&[0; 8192]).is_ok() {
            sent += 8192;
        }
        assert!(sent < 64 << 20, "{sent} bytes went out");
    });
    assert_eq!(told(&long), too_much);
    // Notices without end: each is whole, and none is an answer.
    let noisy = server(|mut socket| {
        hear(&mut socket);
        socket.write_all(&welcome()).unwrap();
        let notice = message(b'N', b"SNOTICE\0C00000\0Mnothing\0\0").repeat(1000);
        while socket.write_all(&notice).is_ok() {}
    });
    assert!(matches!(told(&noisy), QueryError::TooMuch { .. } | QueryError::TooSlow(_)));
    // Rows that nobody asked for, in the place of every answer.
    let rows = server(|mut socket| {
        hear(&mut socket);
        socket.write_all(&welcome()).unwrap();
        hear(&mut socket);
        let row = message(b'D', &[0, 1, 0, 0, 0, 1, b'1']).repeat(1000);
        while socket.write_all(&row).is_ok() {}
    });
    assert!(matches!(told(&rows), QueryError::TooMuch { .. } | QueryError::TooSlow(_)));
}

/// The network of the address is one for documents (RFC 5737), and leads nowhere.
#[test]
fn nothing_goes_over_a_network_in_the_open_unless_somebody_says_so() {
    let url = "postgres://reader:s3cret@192.0.2.1/news";
    for (url, why) in
        [(url.to_owned(), "would not be encrypted"), (format!("{url}?sslmode=verify-full"), "cannot make")]
    {
        let error = told(&Database::Postgres(url));
        assert!(error.to_string().contains(why), "{error}");
    }
    let error = told(&Database::Postgres(format!("{url}?sslmode=disable")));
    assert!(matches!(&error, QueryError::Unreachable { why, .. } if !why.contains("encrypt")), "{error}");
}

#[test]
fn noise_is_no_protocol() {
    for noise in [
        &b"HTTP/1.1 400 Bad Request\r\n\r\n"[..],
        &[0xff; 64],
        &[b'R', 0, 0, 0, 0],
        &[b'E', 0, 0, 0, 5, b'S'],
        &[b'R', 0xff, 0xff, 0xff, 0xff],
    ] {
        let noisy = server(move |mut socket| {
            hear(&mut socket);
            _ = socket.write_all(noise);
        });
        let error = told(&noisy);
        assert!(matches!(error, QueryError::Unreachable { .. }), "{error:?}");
    }
}
