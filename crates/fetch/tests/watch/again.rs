//! Pages that change in silence, and what a watch says of what it waits for.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fetch::{Again, News, Pace};

use crate::server::{desk, feed, ok, once, options, page, reader, serve, status};

/// A feed of today that never changes; a page that changes on its third answer, and tells by its tag whether it did; one that
/// is years old; one that is taken away.
fn silent(path: &str, head: &str, times: usize, _: SocketAddr) -> Vec<u8> {
    match path {
        "/feed" if head.contains("if-none-match") => status("304 Not Modified", ""),
        "/feed" => {
            let now = fetch::now();
            let body = format!(
                "<rss version='2.0'><channel><item><link>/young</link><pubDate>{now}</pubDate></item>\
                 <item><link>/gone</link><pubDate>{now}</pubDate></item>\
                 <item><link>/old</link><pubDate>Sat, 18 Mar 2023 10:00:00 +0100</pubDate></item></channel></rss>"
            );
            ok("application/rss+xml", "ETag: \"f\"\r\n", body.as_bytes())
        }
        "/young" if times == 2 && head.contains("if-none-match: \"v1\"") => {
            status("304 Not Modified", "")
        }
        "/young" => {
            let name = if times < 3 { "bridge" } else { "tower" };
            let answer = String::from_utf8_lossy(&page(name)).into_owned();
            let tag = format!("\r\nETag: \"v{}\"\r\n", if times < 3 { 1 } else { 2 });
            answer.replacen("\r\n", &tag, 1).into_bytes()
        }
        "/gone" if times > 1 => status("410 Gone", ""),
        "/robots.txt" => status("404 Not Found", ""),
        path => page(&format!("kiln{}", &path[1..])),
    }
}

#[test]
fn a_silent_change_of_a_young_page_is_seen() {
    let (address, seen) = serve(silent);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let source = format!("http://{address}/feed");
    let mut options = options(true);
    options.again = Again::by(vec![Pace {
        up_to: 3_600,
        every: 1,
    }]);
    let times = |path: &str| *seen.times.lock().expect("times").get(path).unwrap_or(&0);
    let (tally, troubles) = once(&desk, &source, &options);
    assert_eq!((tally.new, tally.again), (3, 0), "{troubles:?}");
    let row = reader(&desk).watched_page(&format!("http://{address}/young"));
    let row = row.expect("read").expect("there");
    assert!(row.again.is_some() && row.etag.as_deref() == Some("\"v1\""));
    // Unchanged, then changed; nobody asked again for what is old, nor twice for what is gone.
    let (mut again, mut changed) = (0, 0);
    for _ in 0..2 {
        thread::sleep(Duration::from_millis(1_300));
        let (tally, _) = once(&desk, &source, &options);
        assert_eq!(tally.unchanged, 1);
        again += tally.again;
        changed += tally.changed;
    }
    assert_eq!((again, changed), (3, 1));
    assert_eq!((times("/young"), times("/old"), times("/gone")), (3, 1, 2));
    let row = reader(&desk).watched_page(&format!("http://{address}/gone"));
    let row = row.expect("read").expect("there");
    assert!(row.again.is_none() && row.told.contains("410"), "{row:?}");
    // Whoever wants none has none.
    options.again = Again::never();
    thread::sleep(Duration::from_millis(1_300));
    let (tally, _) = once(&desk, &source, &options);
    assert_eq!((tally.again, times("/young")), (0, 3));
}

#[test]
fn it_says_what_it_waits_for() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        match path {
            "/feed" => feed(&["/1"]),
            "/robots.txt" => status("404 Not Found", ""),
            path => page(&format!("mill{}", &path[1..])),
        }
    }
    let (address, _) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let sources = [format!("http://{address}/feed")];
    let stop = AtomicBool::new(false);
    let mut waits: Vec<(String, i64)> = Vec::new();
    let began = Instant::now();
    let mut tell = |news: News<'_>| {
        if let News::Waiting(address, at) = news {
            waits.push((address.to_owned(), at));
        }
        if began.elapsed() > Duration::from_secs(2) {
            stop.store(true, Ordering::Relaxed);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_secs(3));
            stop.store(true, Ordering::Relaxed);
        });
        fetch::watch(&desk, &sources, &options(false), &stop, &mut tell).expect("watched");
    });
    // Said once, and not at every turn.
    let last = waits.last().expect("said").clone();
    assert!(waits.len() <= 3, "{waits:?}");
    assert_eq!(last.0, sources[0]);
    let left = last.1 - fetch::now();
    assert!((3_500..=3_600).contains(&left), "{left}");
}
