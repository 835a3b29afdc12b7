//! What browsers and feed readers keep: tags, how long, and how much is sent.

use std::io::Read;

use crate::server::{Answer, Server, TOKEN};

fn get(server: &Server, path: &str, headers: &str) -> Answer {
    server.ask(&format!(
        "GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}Connection: close\r\n\r\n",
        server.address
    ))
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let mut lines = answer.headers.lines();
    let value = lines.find_map(|line| line.strip_prefix(&format!("{name}: ")));
    value.unwrap_or_else(|| panic!("no {name}: {}", answer.headers))
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let server = Server::start(&[]);
    let id = server.json("/api/v1/stories")["stories"][0]["id"].clone();
    let story = format!("/stories/{}", id.as_str().expect("an id"));
    for path in [
        "/",
        &story,
        "/feeds/stories.atom",
        "/feeds/stories.json",
        "/api/v1/stories",
        "/openapi.json",
        "/assets/page.css",
    ] {
        let first = server.get(path);
        assert_eq!(
            header(&first, "cache-control"),
            "private, no-cache",
            "{path}"
        );
        // The harness has headers in small letters.
        let tag = header(&first, "etag").replace("w/", "W/");
        let again = get(&server, path, &format!("If-None-Match: \"x\", {tag}\r\n"));
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
        assert_eq!(header(&again, "etag"), tag.to_lowercase());
        let other = get(&server, path, "If-None-Match: W/\"other\"\r\n");
        assert_eq!(other.status, 200, "{path}");
    }
    assert_eq!(header(&server.get("/healthz"), "cache-control"), "no-store");
    // The files of a page have their version in their address.
    let page = server.get("/").body;
    let style = page
        .split("href=\"/assets/page.css?")
        .nth(1)
        .expect("a style");
    let style = style.split('"').next().expect("its end");
    let kept = server.get(&format!("/assets/page.css?{style}"));
    assert!(header(&kept, "cache-control").contains("immutable"));
    let old = server.get("/assets/page.css?v=0");
    assert!(!header(&old, "cache-control").contains("immutable"));
}

#[test]
fn a_feed_is_new_when_the_store_is() {
    let server = Server::start(&[]);
    let feed = "/feeds/search.json?q=lighthouse+quell";
    let count = || server.json(feed)["items"].as_array().map(Vec::len);
    assert_eq!(count(), Some(0));
    let tag = header(&server.get(feed), "etag").replace("w/", "W/");
    let record = r#"{"url": "https://new.example/1", "title": "A lighthouse at Quell fell", "text": "A lighthouse at Quell fell into the sea on Sunday, Ada Lorne said.\n"}"#;
    assert_eq!(server.post(TOKEN, record).status, 201);
    let asked = format!("If-None-Match: {tag}\r\n");
    assert_eq!(get(&server, feed, &asked).status, 200);
    assert_eq!(count(), Some(1));
}

#[test]
fn long_answers_are_packed_for_who_takes_that() {
    let server = Server::start(&[]);
    // HTTP/1.0: the body ends with the connection, and has no chunks.
    let asked = |path: &str| {
        let request = format!(
            "GET {path} HTTP/1.0\r\nHost: {}\r\nAccept-Encoding: gzip\r\n\r\n",
            server.address
        );
        let bytes = server.bytes(&request);
        let at = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let at = at.expect("an answer");
        let head = String::from_utf8_lossy(&bytes[..at]).to_lowercase();
        (head, bytes[at + 4..].to_vec())
    };
    for path in [
        "/",
        "/assets/page.css",
        "/feeds/stories.atom",
        "/openapi.json",
    ] {
        let (head, packed) = asked(path);
        assert!(head.contains("content-encoding: gzip"), "{path}: {head}");
        assert!(head.contains("vary: accept-encoding"), "{path}: {head}");
        let mut text = String::new();
        let mut unpacked = flate2::read::GzDecoder::new(packed.as_slice());
        unpacked.read_to_string(&mut text).expect("gzip");
        assert_eq!(text, server.get(path).body, "{path}");
        assert!(
            packed.len() * 3 < text.len() * 2,
            "{path}: {}",
            packed.len()
        );
    }
    let (head, body) = asked("/healthz");
    assert!(
        !head.contains("content-encoding") && body == b"ok\n",
        "{head}"
    );
}
