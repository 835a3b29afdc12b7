//! A server that does everything wrong that servers do.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::server::{desk, feed, ok, once, options, page, reader, serve, status};

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
    // The feed, and what its host allows.
    assert_eq!(seen.asked.lock().expect("asked").len(), before + 2);
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
        format!("http://[::ffff:0:127.0.0.1]:{}/feed", address.port()),
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

#[test]
fn a_stop_waits_for_no_silent_server() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        match path {
            "/feed" => feed(&["/silent"]),
            "/robots.txt" => status("404 Not Found", ""),
            _ => Vec::new(),
        }
    }
    let (address, seen) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let sources = [format!("http://{address}/feed")];
    let stop = AtomicBool::new(false);
    let mut patient = options(false);
    patient.client.patience = Duration::from_secs(30);
    let stopped = std::thread::scope(|scope| {
        let asker = scope.spawn(|| {
            while seen.times.lock().expect("times").get("/silent").is_none() {
                std::thread::sleep(Duration::from_millis(10));
            }
            stop.store(true, Ordering::Relaxed);
            Instant::now()
        });
        fetch::watch(&desk, &sources, &patient, &stop, &mut |_| {}).expect("watched");
        let ended = Instant::now();
        ended - asker.join().expect("it was asked")
    });
    assert!(stopped < Duration::from_secs(2), "{stopped:?}");
    // It is asked again when the watch begins anew.
    assert_eq!(reader(&desk).waiting_pages().expect("waiting").len(), 1);
}
