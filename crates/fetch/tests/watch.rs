//! A watch against a server that does everything wrong that servers do.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crossread::{Engine, Input, Options};
use desk::{Desk, Turns};
use fetch::{Alert, Alerts, ClientOptions, News, Tally, WatchOptions};
use flate2::Compression;
use flate2::write::GzEncoder;
use store::{Reader, SavedSearch};

/// What was asked of the server: paths with the headers that matter.
#[derive(Default)]
struct Seen {
    asked: Mutex<Vec<(String, String)>>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    /// How often a path was asked for.
    times: Mutex<HashMap<String, usize>>,
}

fn serve(answer: fn(&str, &str, usize, SocketAddr) -> Vec<u8>) -> (SocketAddr, Arc<Seen>) {
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

fn talk(
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

fn ok(kind: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{more}Connection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    out.extend_from_slice(body);
    out
}

fn status(line: &str, more: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n").into_bytes()
}

fn page(name: &str) -> Vec<u8> {
    let body = format!(
        "<!doctype html><html><head><title>The {name} of Orl fell</title></head><body><article><h1>The {name} of Orl fell</h1>\
         <p>The {name} of Orl fell on Monday night, the mayor said in a statement that was read out in the town hall.</p>\
         <p>Nobody was near the {name} when it happened, Ada Lorne told reporters, and the streets around it stay closed.</p>\
         <p>The owners of the {name} have not said why it fell, and an inquiry is to begin on Wednesday morning.</p></article></body></html>"
    );
    ok("text/html; charset=utf-8", "", body.as_bytes())
}

fn feed(links: &[&str]) -> Vec<u8> {
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

/// A server with every fault.
fn faulty(path: &str, head: &str, times: usize, address: SocketAddr) -> Vec<u8> {
    match path {
        "/robots.txt" => ok("text/plain", "", b"User-agent: *\nDisallow: /private/\n"),
        "/feed" if head.contains("if-none-match: \"v1\"") => status("304 Not Modified", ""),
        "/feed" => feed(&[
            "/bridge",
            "/moved",
            "/private/x",
            "/missing",
            "/slow",
            "/loop",
            "/huge",
            "/bomb",
            "/sometimes",
            "/inside",
            "/cut",
            "/garbage",
            "/file",
            "/creds",
        ]),
        "/bridge" => page("bridge"),
        "/moved" => status("301 Moved Permanently", "Location: /tower\r\n"),
        "/tower" => page("tower"),
        "/private/x" => page("secret"),
        "/missing" => status("404 Not Found", ""),
        "/slow" => Vec::new(),
        "/loop" => status("302 Found", "Location: /loop\r\n"),
        "/huge" => ok("text/html", "", &vec![b'x'; 3 << 20]),
        "/bomb" => {
            let mut packed = GzEncoder::new(Vec::new(), Compression::best());
            let _ = packed.write_all(&vec![b' '; 64 << 20]);
            ok(
                "text/html",
                "Content-Encoding: gzip\r\n",
                &packed.finish().expect("packed"),
            )
        }
        "/sometimes" if times == 1 => status("503 Service Unavailable", "Retry-After: 1\r\n"),
        "/sometimes" => page("lighthouse"),
        "/inside" => status(
            "302 Found",
            "Location: http://169.254.169.254/latest/meta-data\r\n",
        ),
        "/cut" => b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<p>half".to_vec(),
        "/garbage" => b"\x00\x01\x02nonsense\r\n\r\n".to_vec(),
        "/file" => status("302 Found", "Location: file:///etc/passwd\r\n"),
        "/creds" => status(
            "302 Found",
            &format!("Location: http://user:pass@{address}/bridge\r\n"),
        ),
        _ => status("500 Internal Server Error", ""),
    }
}

fn options(once: bool) -> WatchOptions {
    WatchOptions {
        client: ClientOptions {
            patience: Duration::from_millis(1_500),
            most: 1 << 20,
            allow_private: true,
            ..ClientOptions::default()
        },
        every: 3_600,
        pause: Duration::from_millis(1),
        once,
        threads: 4,
    }
}

fn desk(path: &Path) -> Turns {
    let engine = Options {
        threads: Some(2),
        align: crossread::Align::Words,
        ..Options::default()
    };
    Turns::new(Engine::new(engine).expect("an engine"), path, || 1_000).expect("a store")
}

fn reader(desk: &Turns) -> Reader {
    Reader::open(desk.path()).expect("a reader")
}

fn once(desk: &Turns, source: &str, options: &WatchOptions) -> (Tally, Vec<(String, String)>) {
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

#[test]
fn what_can_be_had_is_kept_and_what_cannot_is_named() {
    let (address, seen) = serve(faulty);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let source = format!("http://{address}/feed");
    let (tally, troubles) = once(&desk, &source, &options(true));
    assert_eq!(tally.new, 3, "{troubles:?}");
    let why = |path: &str| -> String {
        let of = troubles.iter().filter(|(url, _)| url.ends_with(path));
        of.map(|(_, why)| why.as_str())
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert!(why("/private/x").contains("robots.txt"), "{troubles:?}");
    assert!(why("/missing").contains("404"));
    assert!(why("/slow").contains("too long"), "{}", why("/slow"));
    assert!(why("/loop").contains("redirects more than"));
    assert!(why("/huge").contains("larger than"));
    assert!(why("/bomb").contains("larger than"));
    assert!(why("/file").contains("neither http nor https"));
    assert!(why("/creds").contains("name or password"));
    assert!(!why("/cut").is_empty() && !why("/garbage").is_empty());
    let asked = seen.asked.lock().expect("asked");
    assert!(!asked.iter().any(|(path, _)| path.starts_with("/private/")));
    assert!(
        asked
            .iter()
            .all(|(_, head)| head.contains("user-agent: crossread/"))
    );
    // One at a time, whatever the threads; the slow one's connection may outlive its request.
    assert!(seen.most_at_once.load(Ordering::SeqCst) <= 3);
    drop(asked);
    // The address that was moved is the page's.
    let rows = reader(&desk).articles_after(0, 10).expect("rows");
    // The pages give no day; their feed does.
    let dated = |row: &store::ArticleRow| row.published.as_deref() == Some("2023-03-18T09:00:00Z");
    assert!(rows.iter().all(dated), "{rows:?}");
    assert!(rows.iter().any(|row| {
        row.url
            .as_deref()
            .is_some_and(|url| url.ends_with("/tower"))
    }));

    // Again: the feed is as it was, and nothing is asked for twice.
    let before = seen.asked.lock().expect("asked").len();
    let (tally, troubles) = once(&desk, &source, &options(true));
    assert_eq!(
        (tally.feeds, tally.unchanged, tally.pages),
        (1, 1, 0),
        "{troubles:?}"
    );
    assert_eq!(seen.asked.lock().expect("asked").len(), before + 1);
}

#[test]
fn this_machine_is_not_asked_unless_it_may_be() {
    let (address, seen) = serve(faulty);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let mut options = options(true);
    options.client.allow_private = false;
    for source in [
        format!("http://{address}/feed"),
        format!("http://localhost:{}/feed", address.port()),
        format!("http://[::ffff:127.0.0.1]:{}/feed", address.port()),
        format!("http://0x7f000001:{}/feed", address.port()),
        format!("http://2130706433:{}/feed", address.port()),
    ] {
        let (tally, troubles) = once(&desk, &source, &options);
        assert_eq!(tally.pages, 0);
        assert!(
            troubles[0].1.contains("--allow-private"),
            "{source}: {troubles:?}"
        );
    }
    assert!(seen.asked.lock().expect("asked").is_empty());
}

#[test]
fn what_waits_is_fetched_after_a_stop() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        match path {
            "/feed" => feed(&["/1", "/2", "/3", "/4", "/5", "/6"]),
            "/robots.txt" => status("404 Not Found", ""),
            path => page(&format!("mill{}", &path[1..])),
        }
    }
    let (address, _) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let source = format!("http://{address}/feed");
    let stop = AtomicBool::new(false);
    let mut slow = options(false);
    slow.pause = Duration::from_millis(150);
    let first = desk(&db);
    let began = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(500));
            stop.store(true, Ordering::Relaxed);
        });
        fetch::watch(
            &first,
            std::slice::from_ref(&source),
            &slow,
            &stop,
            &mut |_| {},
        )
        .expect("watched");
    });
    assert!(began.elapsed() < Duration::from_secs(10));
    let kept = reader(&first).counts().expect("counts")[0];
    assert!(kept < 6, "{kept}");
    drop(first);
    let second = desk(&db);
    assert!(!reader(&second).waiting_pages().expect("waiting").is_empty());
    once(&second, &source, &options(true));
    assert_eq!(reader(&second).counts().expect("counts")[0], 6);
    assert!(reader(&second).waiting_pages().expect("waiting").is_empty());
}

#[test]
fn lists_lead_to_feeds_and_broken_feeds_are_named() {
    fn answer(path: &str, _: &str, _: usize, address: SocketAddr) -> Vec<u8> {
        match path {
            "/all.opml" => ok(
                "text/x-opml",
                "",
                format!("<opml version=\"2.0\"><body><outline xmlUrl=\"http://{address}/a.xml\"/><outline xmlUrl=\"/map.xml\"/><outline xmlUrl=\"/broken\"/></body></opml>").as_bytes(),
            ),
            "/a.xml" => feed(&["/1"]),
            "/map.xml" => ok("text/xml", "", b"<urlset><url><loc>/2</loc></url></urlset>"),
            "/broken" => ok("text/xml", "", b"<rss version=\"2.0\"><channel><item>"),
            "/robots.txt" => status("404 Not Found", ""),
            path => page(&format!("kiln{}", &path[1..])),
        }
    }
    let (address, _) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let (tally, troubles) = once(&desk, &format!("http://{address}/all.opml"), &options(true));
    assert_eq!((tally.new, tally.feeds), (2, 4), "{troubles:?}");
    assert!(
        troubles
            .iter()
            .any(|(url, why)| url.ends_with("/broken") && why.contains("cannot be read"))
    );
}

/// Keeps a search from the first version on.
fn search(db: &Path, name: &str, words: &str, hook: Option<String>) {
    let search = SavedSearch {
        name: name.to_owned(),
        words: words.to_owned(),
        hook,
        ..SavedSearch::default()
    };
    store::save(db, &search).expect("kept");
}

/// What saved searches tell at a time: found articles by search, then hooks that refuse.
fn told(desk: &Turns, alerts: &Alerts, now: i64) -> Vec<(String, usize)> {
    let mut told = Vec::new();
    let mut tell = |alert: Alert<'_>| {
        told.push(match alert {
            Alert::Came(search, rows) => (search.name.clone(), rows.len()),
            Alert::Refused(_, why) => (why.to_owned(), 0),
        });
    };
    let turn = desk.take(|desk| Ok::<_, desk::Error>(alerts.tell(desk.store(), now, &mut tell)?));
    turn.expect("told");
    told
}

#[test]
fn what_a_saved_search_finds_is_told_and_posted_once() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        match path {
            "/feed" => feed(&["/bridge", "/mill"]),
            "/robots.txt" => status("404 Not Found", ""),
            "/hook" => status("204 No Content", ""),
            path => page(&path[1..]),
        }
    }
    let (address, seen) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let desk = desk(&db);
    // The desk is the store's only writer; a search is kept all the same.
    let hook = format!("http://{address}/hook");
    search(&db, "bridges", "bridge orl", Some(hook));
    search(&db, "airships", "zeppelin", None);
    search(&db, "mills", "mill orl", None);
    let options = options(true);
    let mut told = Vec::new();
    let mut tell = |news: News<'_>| {
        if let News::Alert(Alert::Came(search, rows)) = news {
            told.push((search.name.clone(), rows.len()));
        }
    };
    let sources = [format!("http://{address}/feed")];
    let stop = AtomicBool::new(false);
    for _ in 0..2 {
        fetch::watch(&desk, &sources, &options, &stop, &mut tell).expect("watched");
    }
    told.sort();
    let once = [("bridges".to_owned(), 1), ("mills".to_owned(), 1)];
    assert_eq!(told, once);
    assert_eq!(seen.times.lock().expect("times").get("/hook"), Some(&1));
}

#[test]
fn a_hook_that_fails_is_told_later_and_nothing_is_left_out() {
    fn answer(path: &str, _: &str, times: usize, _: SocketAddr) -> Vec<u8> {
        match (path, times) {
            ("/hook", 1 | 2) => status("500 Internal Server Error", ""),
            ("/hook", _) => status("204 No Content", ""),
            _ => status("404 Not Found", ""),
        }
    }
    let (address, seen) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let desk = desk(&db);
    let hook = format!("http://{address}/hook");
    search(&db, "bridges", "bridge", Some(hook.clone()));
    search(&db, "orl", "orl", Some(hook));
    let record = |id: &str, more: &str| {
        Input {
        path: "a.jsonl".to_owned(),
        bytes: format!(
            r#"{{"id": "{id}", "title": "A bridge at Orl fell", "text": "A bridge at Orl fell on Monday, Ada Lorne said. {more}\n"}}"#
        )
        .into_bytes(),
        ..Input::default()
    }
    };
    let add = |desk: &Turns, input: Input| {
        let add = |desk: &mut Desk| desk.add([Ok(input)], "test", &|| 1_000, &crossread::Silent);
        desk.take(add).expect("added");
    };
    let alerts = Alerts::new(&ClientOptions::default());
    let asked = || *seen.times.lock().expect("times").get("/hook").unwrap_or(&0);
    let named = |told: &[(String, usize)]| -> usize { told.iter().map(|(_, rows)| rows).sum() };
    let refused = |told: &[(String, usize)]| told.iter().any(|(why, _)| why.contains("500"));
    add(&desk, record("a", ""));
    // People are told at once. Both have the same hook: it is asked once, and left alone for a while.
    let first = told(&desk, &alerts, 1_000);
    assert!(named(&first) == 2 && refused(&first), "{first:?}");
    assert_eq!(asked(), 1);
    add(&desk, record("b", ""));
    drop(desk);
    let desk = self::desk(&db);
    let second = told(&desk, &alerts, 1_010);
    assert!(named(&second) == 2 && refused(&second), "{second:?}");
    assert_eq!(asked(), 2);
    assert_eq!(told(&desk, &alerts, 1_020), []);
    // When its time has come it is given all that it did not take, each search's once.
    assert!(Alerts::are_due(&reader(&desk), 2_000).expect("read"));
    assert_eq!(told(&desk, &alerts, 2_000), []);
    assert_eq!(asked(), 4);
    assert!(!Alerts::are_due(&reader(&desk), 3_000).expect("read"));
    assert_eq!(told(&desk, &alerts, 3_000), []);
    assert_eq!(asked(), 4);
    // A page that changed is news again.
    add(&desk, record("a", "It was eighty years old."));
    assert_eq!(named(&told(&desk, &alerts, 4_000)), 2);
    assert_eq!(asked(), 6);
    for wrong in ["ftp://a.example/", "http://me:secret@a.example/", "a"] {
        assert!(fetch::address_fault(wrong).is_some(), "{wrong}");
    }
    assert_eq!(fetch::address_fault("https://a.example/x"), None);
}
