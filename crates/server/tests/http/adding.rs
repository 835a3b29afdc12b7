//! What adding from the browser promises: what is sent is kept and told, page by page; what cannot be had is told why;
//! nothing that is sent is a path or markup.

use std::time::{Duration, Instant};

use crate::server::{Answer, Server, TOKEN, parts};

const PAGE: &str = "<!doctype html><html><head><title>A mill at Quell fell</title><meta property=\"og:site_name\" content=\"Quell Post\"></head><body><article><h1>A mill at Quell fell</h1><p>A mill at Quell fell into the sea on Sunday, Ada Lorne said. Nobody was inside the old mill when its walls gave way.</p><p>The harbour office of Quell closed the quay until Monday and asked people to stay away from the water.</p></article></body></html>";

/// What the page says when everything is read.
fn over(server: &Server, sent: &Answer) -> String {
    assert_eq!(sent.status, 303, "{}", sent.body);
    let place = sent
        .headers
        .lines()
        .find_map(|line| line.strip_prefix("location: "))
        .expect("a place");
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let page = server.get(place);
        assert_eq!(page.status, 200, "{}", page.body);
        if page.body.contains("What came of it") {
            return page.body;
        }
        assert!(Instant::now() < until, "{}", page.body);
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn files_text_and_addresses_come_from_a_page() {
    let server = Server::with(&[], |options| options.watch = None);
    assert!(
        server
            .get("/add?address=https%3A%2F%2Fa.example%2F%22%3E")
            .body
            .contains("https://a.example/&quot;&gt;")
    );
    let form = |more: &[(&str, Option<&str>, &str)]| {
        let mut all = vec![("token", None, TOKEN)];
        all.extend_from_slice(more);
        server.send_parts("/add", "", &parts(&all))
    };
    let told = over(
        &server,
        &form(&[
            ("addresses", None, "https://quell.example/mill"),
            ("file", Some("../../etc/passwd"), PAGE),
            ("file", Some("empty.html"), ""),
        ]),
    );
    assert!(told.contains("1 page read, 0 skipped"), "{told}");
    assert!(told.contains("A mill at Quell fell") && !told.contains("passwd"));
    let found = server.json("/api/v1/search?q=Quell");
    let id = found["articles"][0]["id"].as_str().expect("an id");
    let article = server.json(&format!("/api/v1/articles/{id}"));
    assert_eq!(article["url"], "https://quell.example/mill");
    // The same again is known; text has its headline; what is no article is told.
    let again = form(&[
        ("addresses", None, "https://quell.example/mill"),
        ("file", Some("mill.html"), PAGE),
    ]);
    assert!(over(&server, &again).contains("Already here"));
    let text = "The ferry to Orl was late on Friday, Ben Farr said.\nIt had waited for the tide at Quell for two hours.";
    let pasted = form(&[
        ("text", None, text),
        ("title", None, "Late <script>alert(1)</script> ferry"),
        ("outlet", None, "Orl Letter"),
    ]);
    let told = over(&server, &pasted);
    assert!(told.contains("Late &lt;script&gt;") && !told.contains("<script>alert"));
    // Addresses of this machine are not fetched, whatever they are called.
    let own = format!(
        "http://{}/\nhttp://[::1]/\nfile:///etc/passwd",
        server.address
    );
    let told = over(&server, &form(&[("addresses", None, &own)]));
    assert!(told.contains("0 pages read, 3 skipped"), "{told}");
    assert!(told.contains("neither http nor https"), "{told}");
}

#[test]
fn only_who_may_adds_from_a_page() {
    let server = Server::start(&[]);
    let sent = |fields: &[(&str, Option<&str>, &str)]| {
        server.send_parts("/add", "", &parts(fields)).status
    };
    assert!([401, 403].contains(&sent(&[("file", Some("a.html"), PAGE)])));
    assert_eq!(
        sent(&[
            ("token", None, "wrong wrong wrong wrong"),
            ("file", Some("a.html"), PAGE)
        ]),
        403
    );
    assert_eq!(sent(&[("token", None, TOKEN)]), 400);
    assert_eq!(server.get("/add/999").status, 404);
    let many = "https://a.example/\n".repeat(51);
    assert_eq!(
        sent(&[("token", None, TOKEN), ("addresses", None, &many)]),
        400
    );
}

#[test]
fn an_extension_of_the_browser_posts_a_page_as_a_form() {
    let server = Server::start(&[]);
    let body = parts(&[
        ("url", None, "https://quell.example/mill"),
        ("file", Some("A mill (12-1-2026).html"), PAGE),
    ]);
    let bearer = format!("Authorization: Bearer {TOKEN}\r\n");
    let sent = server.send_parts("/api/v1/articles", &bearer, &body);
    assert_eq!(sent.status, 201, "{}", sent.body);
    assert_eq!(
        server.send_parts("/api/v1/articles", &bearer, &body).status,
        200
    );
    assert!([401, 403].contains(&server.send_parts("/api/v1/articles", "", &body).status));
    let none = parts(&[("url", None, "https://quell.example/mill")]);
    assert_eq!(
        server.send_parts("/api/v1/articles", &bearer, &none).status,
        400
    );
    let broken = server.send_parts("/api/v1/articles", &bearer, "--edge\r\nnothing");
    assert_eq!(broken.status, 400, "{}", broken.body);
}
