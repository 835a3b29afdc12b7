//! What hosts allow, and lists that servers make up.

use std::net::SocketAddr;

use crate::server::{desk, feed, ok, once, options, page, reader, serve, status};

fn asked(seen: &crate::server::Seen, end: &str) -> usize {
    let times = seen.times.lock().expect("times");
    times.get(end).copied().unwrap_or(0)
}

#[test]
fn every_request_asks_first_whether_it_may() {
    fn answer(path: &str, head: &str, _: usize, address: SocketAddr) -> Vec<u8> {
        let elsewhere = head.contains("host: localhost");
        match path {
            "/robots.txt" if elsewhere => {
                ok("text/plain", "", b"User-agent: crossread\nDisallow: /no")
            }
            "/robots.txt" => ok("text/plain", "", b"User-agent: *\nDisallow: /closed"),
            "/all.opml" => ok(
                "text/x-opml",
                "",
                b"<opml version='2.0'><body><outline xmlUrl='/closed/feed'/><outline xmlUrl='/maps.xml'/>\
                  <outline xmlUrl='/feed'/></body></opml>",
            ),
            "/maps.xml" => ok(
                "text/xml",
                "",
                b"<sitemapindex><sitemap><loc>/closed/map.xml</loc></sitemap></sitemapindex>",
            ),
            "/feed" => feed(&["/away", "/away/too", "/1"]),
            "/away" => status(
                "302 Found",
                &format!("Location: http://localhost:{}/no/1\r\n", address.port()),
            ),
            "/away/too" => status(
                "302 Found",
                &format!("Location: http://localhost:{}/yes\r\n", address.port()),
            ),
            path => page(&format!("mill{}", path.replace('/', ""))),
        }
    }
    let (address, seen) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let source = format!("http://{address}/all.opml");
    let (tally, troubles) = once(&desk, &source, &options(true));
    assert_eq!(tally.new, 2, "{troubles:?}");
    for closed in ["/closed/feed", "/closed/map.xml", "/no/1"] {
        assert_eq!(asked(&seen, closed), 0, "{closed}");
    }
    for why in ["/closed/feed", "/closed/map.xml", "/away"] {
        let told = troubles
            .iter()
            .find(|(url, _)| url.ends_with(why))
            .map(|(_, told)| told.as_str());
        assert!(
            told.is_some_and(|told| told.contains("robots.txt")),
            "{why}: {troubles:?}"
        );
    }
    // Both hosts' were read, each once.
    assert_eq!((asked(&seen, "/robots.txt"), asked(&seen, "/yes")), (2, 1));
    // One that is given by name asks as well; and a list that is as before still leads to its feeds.
    let (_, troubles) = once(&desk, &format!("http://{address}/closed/x"), &options(true));
    assert!(troubles[0].1.contains("robots.txt"), "{troubles:?}");
    let (tally, _) = once(&desk, &source, &options(true));
    assert_eq!(tally.feeds, 5);
}

#[test]
fn lists_without_end_come_to_an_end() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        match path {
            "/robots.txt" => status("404 Not Found", ""),
            path => ok(
                "text/xml",
                "",
                format!("<sitemapindex><sitemap><loc>{path}x</loc></sitemap></sitemapindex>")
                    .as_bytes(),
            ),
        }
    }
    let (address, _) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let (tally, troubles) = once(&desk, &format!("http://{address}/m"), &options(true));
    assert_eq!(tally.feeds, 4);
    assert!(
        matches!(&troubles[..], [(_, why)] if why.contains("within 3 lists")),
        "{troubles:?}"
    );
}

#[test]
fn a_delay_beyond_reason_kills_no_thread() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        match path {
            "/robots.txt" => ok("text/plain", "", b"User-agent: *\nCrawl-delay: 1e30\n"),
            "/feed" => feed(&[]),
            path => page(&format!("mill{}", &path[1..])),
        }
    }
    let (address, _) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let mut options = options(true);
    options.threads = 1;
    let (tally, troubles) = once(&desk, &format!("http://{address}/page"), &options);
    assert_eq!((tally.new, tally.failed), (1, 0), "{troubles:?}");
}

#[test]
fn what_gives_no_article_says_why() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        match path {
            "/robots.txt" => status("404 Not Found", ""),
            "/feed" => feed(&["/empty", "/style", "/nothing", "/1"]),
            "/empty" => ok("text/html", "", b""),
            "/style" => ok(
                "text/css",
                "",
                b"body { color: red; margin: 0 }\np { color: blue }\n",
            ),
            "/nothing" | "/later" => status("204 No Content", ""),
            path => page(&format!("mill{}", &path[1..])),
        }
    }
    let (address, seen) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(&folder.path().join("news.db"));
    let (tally, troubles) = once(&desk, &format!("http://{address}/feed"), &options(true));
    assert_eq!(tally.new, 1, "{troubles:?}");
    let why = |path: &str| {
        let found = troubles.iter().find(|(url, _)| url.ends_with(path));
        found.map_or("", |(_, why)| why.as_str())
    };
    assert!(
        why("/empty").starts_with("it gives no article"),
        "{troubles:?}"
    );
    assert!(
        why("/style").starts_with("it gives no article"),
        "{troubles:?}"
    );
    assert!(why("/nothing").contains("HTTP 204"), "{troubles:?}");
    assert_eq!(asked(&seen, "/nothing"), 1);
    let kept = reader(&desk).watched_page(&format!("http://{address}/empty"));
    let kept = kept.expect("read").expect("there");
    assert!(kept.told.starts_with("it gives no article") && kept.again.is_none());
    // An address of one's own says it as well, and one without content is no failure.
    let (_, troubles) = once(&desk, &format!("http://{address}/empty"), &options(true));
    assert!(
        troubles[0].1.starts_with("it gives no article"),
        "{troubles:?}"
    );
    let (tally, troubles) = once(&desk, &format!("http://{address}/later"), &options(true));
    assert_eq!((tally.feeds, tally.failed), (1, 0), "{troubles:?}");
}
