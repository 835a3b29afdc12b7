//! A server of the tests' own, and watches against it. In: how a path is answered. Out: what was asked.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crossread::{Engine, Options};
use desk::{Desk, Turns};
use fetch::{Again, ClientOptions, News, Tally, WatchOptions};
use store::Reader;

/// What was asked of the server: paths with the headers that matter.
#[derive(Default)]
pub struct Seen {
    pub asked: Mutex<Vec<(String, String)>>,
    pub at_once: AtomicUsize,
    pub most_at_once: AtomicUsize,
    /// How often a path was asked for.
    pub times: Mutex<HashMap<String, usize>>,
}

pub fn serve(answer: fn(&str, &str, usize, SocketAddr) -> Vec<u8>) -> (SocketAddr, Arc<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let seen = Arc::new(Seen::default());
    let shared = Arc::clone(&seen);
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let seen = Arc::clone(&shared);
            std::thread::spawn(move || talk(connection, &seen, answer, address));
        }
    });
    (address, seen)
}

pub fn talk(
    mut connection: TcpStream,
    seen: &Seen,
    answer: fn(&str, &str, usize, SocketAddr) -> Vec<u8>,
    address: SocketAddr,
) {
    let now = seen.at_once.fetch_add(1, Ordering::SeqCst) + 1;
    seen.most_at_once.fetch_max(now, Ordering::SeqCst);
    let mut head = String::new();
    let mut reader = BufReader::new(connection.try_clone().expect("a copy"));
    while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
    let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
    let times = {
        let mut times = seen.times.lock().expect("times");
        let count = times.entry(path.clone()).or_insert(0);
        *count += 1;
        *count
    };
    let tags = head.to_lowercase();
    seen.asked
        .lock()
        .expect("asked")
        .push((path.clone(), tags.clone()));
    let bytes = answer(&path, &tags, times, address);
    if bytes.is_empty() {
        // It never answers.
        std::thread::sleep(Duration::from_secs(4));
    }
    let _ = connection.write_all(&bytes);
    seen.at_once.fetch_sub(1, Ordering::SeqCst);
}

pub fn ok(kind: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{more}Connection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    out.extend_from_slice(body);
    out
}

pub fn status(line: &str, more: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n").into_bytes()
}

pub fn page(name: &str) -> Vec<u8> {
    let body = format!(
        "<!doctype html><html><head><title>The {name} of Orl fell</title></head><body><article><h1>The {name} of Orl fell</h1>\
         <p>The {name} of Orl fell on Monday night, the mayor said in a statement that was read out in the town hall.</p>\
         <p>Nobody was near the {name} when it happened, Ada Lorne told reporters, and the streets around it stay closed.</p>\
         <p>The owners of the {name} have not said why it fell, and an inquiry is to begin on Wednesday morning.</p></article></body></html>"
    );
    ok("text/html; charset=utf-8", "", body.as_bytes())
}

pub fn feed(links: &[&str]) -> Vec<u8> {
    let items: String = links
        .iter()
        .map(|link| {
            format!(
                "<item><title>x</title><link>{link}</link>\
                 <pubDate>Sat, 18 Mar 2023 10:00:00 +0100</pubDate></item>"
            )
        })
        .collect();
    let body = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>N</title><link>/</link><description>n</description>{items}</channel></rss>"
    );
    ok("application/rss+xml", "ETag: \"v1\"\r\n", body.as_bytes())
}

pub fn options(once: bool) -> WatchOptions {
    WatchOptions {
        client: ClientOptions {
            patience: Duration::from_millis(1_500),
            most: 1 << 20,
            allow_private: true,
            ..ClientOptions::default()
        },
        every: 3_600,
        pause: Duration::from_millis(1),
        again: Again::default(),
        once,
        asked_for: false,
        threads: 4,
        alerts: std::sync::Arc::default(),
    }
}

pub fn reader(desk: &Turns) -> Reader {
    Reader::open(desk.path()).expect("a reader")
}

fn engine() -> Engine {
    let engine = Options {
        threads: Some(2),
        align: crossread::Align::Words,
        ..Options::default()
    };
    Engine::new(engine).expect("an engine")
}

/// A desk that a watch takes turns at.
pub fn desk(path: &Path) -> Turns {
    Turns::new(engine(), path, || 1_000).expect("a store")
}

/// A desk that is held, as by another program.
pub fn held(path: &Path) -> Desk {
    Desk::open(engine(), path, 1_000).expect("a store")
}

pub fn once(desk: &Turns, source: &str, options: &WatchOptions) -> (Tally, Vec<(String, String)>) {
    let mut troubles = Vec::new();
    let mut tell = |news: News<'_>| {
        if let News::Trouble(url, why) = news {
            troubles.push((url.to_owned(), why.to_owned()));
        }
    };
    let sources = [source.to_owned()];
    let stop = AtomicBool::new(false);
    let tally = fetch::watch(desk, &sources, options, &stop, &mut tell).expect("watched");
    (tally, troubles)
}
