//! What watching beside the server promises: what readers have watched comes into the same store while others post and
//! read, and can be let go.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use crate::server::{Server, TOKEN};

/// A site of news: a feed with three pages.
fn site() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.expect("asked");
            let mut asked = [0; 2_048];
            let read = connection.read(&mut asked).unwrap_or(0);
            let asked = String::from_utf8_lossy(&asked[..read]).into_owned();
            let path = asked.split(' ').nth(1).unwrap_or("/");
            let (status, body) = match path {
                "/robots.txt" => ("404 Not Found", String::new()),
                "/feed" => {
                    let item = |n: u32| {
                        format!(
                            "<item><title>Mill {n}</title><link>http://{address}/mill{n}</link></item>"
                        )
                    };
                    let items: String = (0..3).map(item).collect();
                    (
                        "200 OK",
                        format!(
                            "<rss version=\"2.0\"><channel><title>Orl</title>{items}</channel></rss>"
                        ),
                    )
                }
                path => (
                    "200 OK",
                    format!(
                        "<!doctype html><html><head><title>Mill {path} burned at Orl</title></head><body><article><h1>Mill {path} burned at Orl</h1><p>A mill at Orl called {path} burned on Monday night, the fire chief Ada Lorne said. Nobody was hurt when its roof came down.</p></article></body></html>"
                    ),
                ),
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = connection.write_all(answer.as_bytes());
        }
    });
    address
}

#[test]
fn what_a_reader_has_watched_comes_while_others_post() {
    let server = Server::start(&[]);
    let feed = format!("http://{}/feed", site());
    let escaped = feed.replace(':', "%3A").replace('/', "%2F");
    let change = |fields: &str| server.form_at("/watch", fields).status;
    assert_eq!(
        change(&format!(
            "address={escaped}&by=Anna&token=wrong-wrong-wrong"
        )),
        403
    );
    assert_eq!(
        change(&format!("address=file%3A%2F%2F%2Fetc&token={TOKEN}")),
        400
    );
    assert_eq!(
        change(&format!("address={escaped}&by=Anna&token={TOKEN}")),
        303
    );
    let until = Instant::now() + Duration::from_secs(60);
    let mut posted = 0;
    loop {
        let record = format!(
            r#"{{"url": "https://new.example/{posted}", "title": "A rope at Quell broke", "text": "Rope {posted} at Quell broke on Sunday, Ben Farr said.\n"}}"#
        );
        let began = Instant::now();
        assert_eq!(server.post(TOKEN, &record).status, 201);
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "{:?}",
            began.elapsed()
        );
        posted += 1;
        let found = server.json("/api/v1/search?q=burned+Orl");
        if found["articles"].as_array().expect("articles").len() == 3 {
            break;
        }
        assert!(Instant::now() < until, "{found}");
        std::thread::sleep(Duration::from_millis(100));
    }
    let page = server.get("/watch").body;
    assert!(
        page.contains(&feed) && page.contains("Anna") && page.contains("3 new"),
        "{page}"
    );
    assert_eq!(change(&format!("forget={escaped}&token={TOKEN}")), 303);
    assert!(
        !server
            .get("/watch")
            .body
            .contains(&format!("<b>{feed}</b>"))
    );
    assert_eq!(change(&format!("forget={escaped}&token={TOKEN}")), 404);
}
