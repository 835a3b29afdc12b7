//! Who may change something: by a token of one's own, by the name that a trusted proxy gives.

use ::server::Tokens;

use crate::server::{Answer, Server, TOKEN};

const ADA: &str = "the token of ada";
const BEN: &str = "the token of ben";
const SEARCH: &str = r#"{"words": "rope"}"#;

/// Keeps a search with what headers there are.
fn keep(server: &Server, headers: &str) -> Answer {
    server.ask(&format!(
        "PUT /api/v1/searches/ropes HTTP/1.1\r\nHost: {}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{SEARCH}",
        server.address,
        SEARCH.len()
    ))
}

fn bearer(scheme: &str, token: &str) -> String {
    format!("Authorization: {scheme} {token}\r\n")
}

#[test]
fn a_missing_token_is_asked_for_and_a_wrong_one_is_refused() {
    let server = Server::start(&[]);
    for headers in [
        "",
        "Authorization: Basic YWRhOng=\r\n",
        "Authorization: Bearer \r\n",
    ] {
        let missing = keep(&server, headers);
        assert_eq!(missing.status, 401, "{headers}");
        let asks = "www-authenticate: bearer realm=";
        assert!(missing.headers.contains(asks), "{}", missing.headers);
    }
    let wrong = keep(&server, &bearer("Bearer", "some other token"));
    assert_eq!(wrong.status, 403);
    assert!(!wrong.headers.contains("www-authenticate"));
    for scheme in ["Bearer", "bearer", "BEARER"] {
        assert_eq!(
            keep(&server, &bearer(scheme, TOKEN)).status,
            204,
            "{scheme}"
        );
    }
}

fn tokens(more: &str) -> Option<Tokens> {
    let [ada, ben] = [ADA, BEN].map(|token| token.replace(' ', "-"));
    let file = format!("ada add,mark {ada}\nben mark,read {ben}\n{more}");
    Some(Tokens::read(&file).expect("tokens"))
}

#[test]
fn each_token_has_its_rights() {
    let server = Server::with(&[], |options| options.tokens = tokens(""));
    let with = |token: &str| keep(&server, &bearer("Bearer", &token.replace(' ', "-")));
    assert_eq!(with(ADA).status, 204);
    let refused = with(BEN);
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("no right to add"), "{}", refused.body);
}

#[test]
fn a_name_counts_from_a_trusted_proxy_alone() {
    let by = |name: &str| format!("Remote-User: {name}\r\n");
    let persons = "carla add -\ndora mark -\n";
    let open = Server::with(&[], |options| options.tokens = tokens(persons));
    assert_eq!(keep(&open, &by("carla")).status, 401);
    let behind = Server::with(&[], |options| {
        options.tokens = tokens(persons);
        options.trusted = vec!["127.0.0.0/8".parse().expect("a network")];
    });
    assert_eq!(keep(&behind, &by("carla")).status, 204);
    // A header that a reader slipped in beside the proxy's own makes both worthless.
    assert_eq!(keep(&behind, &(by("carla") + &by("carla"))).status, 401);
    for name in ["dora", "emil"] {
        assert_eq!(keep(&behind, &by(name)).status, 403, "{name}");
    }
    // The name of a line with a token is nobody's who does not show it.
    assert_eq!(keep(&behind, &by("ada")).status, 403);
    let token = bearer("Bearer", &ADA.replace(' ', "-"));
    assert_eq!(keep(&behind, &(by("emil") + &token)).status, 204);
}

#[test]
fn a_closed_server_is_read_with_the_right_alone() {
    let server = Server::with(&[], |options| {
        options.tokens = tokens("carla read -\n");
        options.closed = true;
        options.trusted = vec!["127.0.0.1/32".parse().expect("a network")];
    });
    let get = |path: &str, headers: &str| {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n", server.address);
        server
            .ask(&format!("{head}{headers}Connection: close\r\n\r\n"))
            .status
    };
    let token = |token: &str| bearer("Bearer", &token.replace(' ', "-"));
    for path in [
        "/",
        "/api/v1/stories",
        "/feeds/stories.atom",
        "/metrics",
        "/assets/page.css",
    ] {
        assert_eq!(get(path, ""), 401, "{path}");
        assert_eq!(get(path, &token(ADA)), 403, "{path}: ada may not read");
        assert_eq!(get(path, &token(BEN)), 200, "{path}");
        assert_eq!(get(path, "Remote-User: carla\r\n"), 200, "{path}");
    }
    assert_eq!(get("/healthz", ""), 200);
    let assistant = server.ask(&format!(
        "POST /mcp HTTP/1.1\r\nHost: {}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}",
        server.address
    ));
    assert_eq!(assistant.status, 401);
    // Who may add needs no right to read.
    assert_eq!(keep(&server, &token(ADA)).status, 204);
}
