//! Connections that never say what they want, or never take what they asked for.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::server::{Server, TOKEN};

/// A connection that has sent this.
fn opened(server: &Server, bytes: &str) -> TcpStream {
    let mut connection = TcpStream::connect(server.address).expect("connected");
    connection.write_all(bytes.as_bytes()).expect("sent");
    connection
}

/// Whether the server closes a connection within so long, and what it says before.
fn closes(mut connection: &TcpStream, within: Duration) -> Option<String> {
    connection.set_read_timeout(Some(within)).expect("set");
    let mut said = Vec::new();
    match connection.read_to_end(&mut said) {
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => {}
        Err(_) => return None,
    }
    Some(String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn half_a_head_shuts_nobody_out_and_is_not_waited_for() {
    let server = Server::start(&[]);
    let half = "GET / HTTP/1.1\r\nHost: localhost\r\nX-";
    let began = Instant::now();
    let halves: Vec<TcpStream> = (0..400).map(|_| opened(&server, half)).collect();
    assert_eq!(server.get("/healthz").status, 200);
    assert!(began.elapsed() < Duration::from_secs(5));
    // One address has its share of places; the oldest gave theirs up.
    let cut = halves[..100]
        .iter()
        .filter(|half| closes(half, Duration::from_secs(1)).is_some());
    assert_eq!(cut.count(), 100);
    assert!(closes(&halves[399], Duration::from_secs(15)).is_some());
}

#[test]
fn a_head_without_an_end_is_refused() {
    let server = Server::start(&[]);
    let mut connection = opened(&server, "GET / HTTP/1.1\r\nHost: localhost\r\n");
    let line = format!("X-Long: {}\r\n", "x".repeat(4_000));
    for _ in 0..64 {
        if connection.write_all(line.as_bytes()).is_err() {
            break;
        }
    }
    let said = closes(&connection, Duration::from_secs(5)).expect("it is closed");
    assert!(said.is_empty() || said.contains(" 431 "), "{said}");
}

#[test]
fn it_ends_in_time_whatever_clients_do() {
    let mut server = Server::start(&[]);
    let half = opened(&server, "GET / HTTP/1.1\r\nHo");
    let body = format!(
        "POST /api/v1/articles HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 9000\r\n\r\n<p>",
        server.address
    );
    let posted = opened(&server, &body);
    let idle = opened(&server, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    std::thread::sleep(Duration::from_millis(300));
    let began = Instant::now();
    let _ = server.stop.take().map(|stop| stop.send(()));
    server
        .thread
        .take()
        .expect("a thread")
        .join()
        .expect("it ends");
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    drop((half, posted, idle));
}
