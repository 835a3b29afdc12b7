//! The site behind a proxy: under a path of its host, with what trusted proxies say of where a request was sent.

use std::collections::BTreeSet;

use crate::server::{Answer, Server, TOKEN};

const BASE: &str = "/crossread";

fn behind(trusted: &str) -> Server {
    Server::with(&[], |options| {
        options.base = BASE.to_owned();
        options.hosts = vec!["desk.example".to_owned()];
        options.trusted = vec![trusted.parse().expect("a network")];
    })
}

/// The addresses in a page that lead somewhere on this host.
fn links(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for attribute in ["href", "action", "formaction", "src"] {
        for rest in page.split(&format!(" {attribute}=\"")).skip(1) {
            let address = rest.split('"').next().unwrap_or_default();
            let address = address.split('#').next().unwrap_or_default();
            if !address.is_empty() && !address.contains("://") {
                found.insert(address.replace("&amp;", "&"));
            }
        }
    }
    found
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let mut lines = answer.headers.lines();
    lines.find_map(|line| line.strip_prefix(&format!("{name}: ")))
}

#[test]
fn no_link_leaves_the_base() {
    let server = behind("10.0.0.0/8");
    let kept = server.change(
        "PUT",
        "/crossread/api/v1/searches/ropes",
        TOKEN,
        r#"{"words": "rope"}"#,
    );
    assert_eq!(kept.status, 204, "{}", kept.body);
    let entry = server.get(BASE);
    assert_eq!(entry.status, 308);
    assert_eq!(header(&entry, "location"), Some("/crossread/"));
    let mut ahead: Vec<String> = [
        "/",
        "/search?q=rope",
        "/search?q=%22+href%3D%22%2Fetc",
        "/ask?q=The+cable+car+fell+on+Saturday",
        "/nothing-of-that-name",
        "/searches",
        "/feeds/stories.json",
        "/feeds/disputes.json",
        "/feeds/searches/ropes.json",
    ]
    .map(|path| format!("{BASE}{path}"))
    .to_vec();
    let mut seen: BTreeSet<String> = ahead.iter().cloned().collect();
    let root = format!("http://{}{BASE}/", server.address);
    let (mut pages, mut feeds) = (0, 0);
    while let Some(path) = ahead.pop() {
        let answer = server.get(&path);
        // Where a form leads, an address is only posted to.
        let fits = answer.status < 400 || answer.status == 405 || path.contains("nothing");
        assert!(fits, "{path}: {}", answer.status);
        let kind = header(&answer, "content-type")
            .unwrap_or_default()
            .to_owned();
        if let Some(place) = header(&answer, "location") {
            assert!(place.starts_with("/crossread/"), "{path} leads to {place}");
        }
        if kind.starts_with("text/html") {
            pages += 1;
            assert!(answer.body.contains(" data-base=\"/crossread\""), "{path}");
            for link in links(&answer.body) {
                assert!(link.starts_with("/crossread/"), "{path} has {link}");
                if seen.insert(link.clone()) {
                    ahead.push(link);
                }
            }
        } else if kind.contains("feed+json") || kind.contains("atom") {
            feeds += 1;
            let own = format!("http://{}", server.address);
            for address in answer.body.split(own.as_str()).skip(1) {
                assert!(
                    address.starts_with("/crossread/"),
                    "{path}: {}",
                    &address[..40]
                );
            }
            assert!(answer.body.contains(&root), "{path}");
        }
    }
    assert!(pages > 40 && feeds > 8, "{pages} pages, {feeds} feeds");
    let described = server.json("/crossread/openapi.json");
    assert_eq!(described["servers"][0]["url"], BASE);
    let kept = server.json("/crossread/api/v1/searches");
    assert_eq!(
        kept["searches"][0]["feed"],
        "/crossread/feeds/searches/ropes.json"
    );
    // A form's answer leads back under the base.
    let fields = format!("forget=ropes&token={}", TOKEN.replace(' ', "+"));
    let gone = server.form(&fields);
    assert_eq!(header(&gone, "location"), Some("/crossread/searches"));
}

fn feed(server: &Server, headers: &str) -> Answer {
    server.ask(&format!(
        "GET /crossread/feeds/stories.atom HTTP/1.1\r\nHost: {}\r\n{headers}Connection: close\r\n\r\n",
        server.address
    ))
}

#[test]
fn only_a_trusted_proxy_says_where_a_request_was_sent() {
    let said = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: desk.example\r\n";
    let root = "href=\"https://desk.example/crossread/feeds/stories.atom\"";
    let trusting = behind("127.0.0.1/32");
    assert!(feed(&trusting, said).body.contains(root));
    assert!(!feed(&trusting, "").body.contains("desk.example"));
    assert_eq!(
        feed(&trusting, "X-Forwarded-Host: evil.example\r\n").status,
        421
    );
    let other = behind("10.0.0.0/8");
    assert!(!feed(&other, said).body.contains("desk.example"));
}

#[test]
fn forms_of_other_sites_are_refused() {
    let server = Server::start(&[]);
    let fields = format!("name=mills&words=mill&token={}", TOKEN.replace(' ', "+"));
    let post = |headers: &str| {
        let answer = server.ask(&format!(
            "POST /searches HTTP/1.1\r\nHost: {}\r\n{headers}Content-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{fields}",
            server.address,
            fields.len()
        ));
        answer.status
    };
    let own = format!("Origin: http://{}\r\n", server.address);
    assert_eq!(post(""), 303);
    assert_eq!(post(&own), 303);
    assert_eq!(post("Sec-Fetch-Site: same-origin\r\nOrigin: null\r\n"), 303);
    let port = server.address.port();
    for foreign in [
        "Sec-Fetch-Site: cross-site\r\n".to_owned(),
        "Sec-Fetch-Site: same-site\r\n".to_owned(),
        format!("Sec-Fetch-Site: cross-site\r\n{own}"),
        "Origin: http://evil.example\r\n".to_owned(),
        "Origin: null\r\n".to_owned(),
        format!("Origin: http://evil.example:{port}\r\n"),
        "Origin: http://127.0.0.1:1\r\n".to_owned(),
    ] {
        assert_eq!(post(&foreign), 403, "{foreign}");
    }
    // A program with a token in its header is no page, whatever a browser says of its extension.
    let extension = format!(
        "PUT /api/v1/searches/x HTTP/1.1\r\nHost: {}\r\nOrigin: moz-extension://x\r\nSec-Fetch-Site: cross-site\r\n\
         Authorization: Bearer {TOKEN}\r\nContent-Length: 17\r\nConnection: close\r\n\r\n{{\"words\": \"mill\"}}",
        server.address
    );
    assert_eq!(server.ask(&extension).status, 204);
}
