//! The server as a browser and other programs meet it: pages, API, feeds, what it refuses.

mod adding;
mod assistants;
mod base;
mod citing;
mod connections;
mod finding;
mod followed;
mod kept;
mod marks;
mod rights;
mod server;
mod watching;

use std::io::{Read, Write};
use std::sync::mpsc;
use std::time::Duration;

use crossread::Engine;
use desk::Desk;
use serde_json::Value;

use crate::server::{Answer, Server, TOKEN, options};

const HOSTILE: &str = r#"{"id": "evil\"><script>alert(1)</script>", "url": "javascript:alert(2)", "outlet": "<img src=x onerror=alert(3)>", "title": "</title><script>alert(4)</script> & \"quotes\"", "published": "2023-03-18", "text": "Ada <b onclick=alert(5)>Lorne</b> said on Monday that the bridge fell.\n\"</p><script>alert(6)</script>,\" Lorne told reporters in Orl, <style>*{display:none}</style> she said.\n"}"#;

#[test]
fn every_page_is_there_and_nothing_on_it_runs() {
    let server = Server::start(&[("evil.jsonl", HOSTILE)]);
    let stories = server.json("/api/v1/stories")["stories"].clone();
    let stories = stories.as_array().expect("a list");
    assert!(stories.len() >= 4);
    let mut pages = vec![
        "/".to_owned(),
        "/?disputed=1&several=1&from=2023-01-01".to_owned(),
        "/search?q=lorne".to_owned(),
        "/search?q=%22%3E%3Cscript%3E".to_owned(),
        "/search?q=".to_owned(),
        "/ask?q=".to_owned(),
        "/ask?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E+fell+on+Saturday".to_owned(),
        "/names/n-1".to_owned(),
        "/outlets/Morgen".to_owned(),
        "/outlets/%3Cimg%20src%3Dx%20onerror%3Dalert%283%29%3E".to_owned(),
    ];
    for listed in stories {
        let id = listed["id"]
            .as_str()
            .expect("an id")
            .replace('"', "%22")
            .replace('<', "%3C")
            .replace('>', "%3E")
            .replace('/', "%2F");
        pages.push(format!("/stories/{id}"));
        let story = server.json(&format!("/api/v1/stories/{id}"));
        let escape = |value: &Value| {
            value
                .as_str()
                .expect("an id")
                .replace('"', "%22")
                .replace('<', "%3C")
                .replace('>', "%3E")
                .replace('/', "%2F")
        };
        let articles: Vec<String> = story["articles"]
            .as_array()
            .expect("a list")
            .iter()
            .map(escape)
            .collect();
        for article in &articles {
            pages.push(format!("/articles/{article}"));
            let article = server.json(&format!("/api/v1/articles/{article}"));
            assert!(
                article["text"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
        }
        if let [a, b, ..] = articles.as_slice() {
            pages.push(format!("/compare?a={a}&b={b}"));
        }
    }
    for page in pages {
        let answer = server.get(&page);
        assert_eq!(answer.status, 200, "{page}");
        assert!(
            answer
                .headers
                .contains("content-security-policy: default-src 'none'")
        );
        let low = answer.body.to_lowercase();
        assert_eq!(low.matches("<script").count(), 1, "{page}");
        assert!(low.contains("<script src=\"/assets/page.js?v="));
        for never in [
            "<style",
            " onclick",
            " onerror",
            "javascript:",
            "<img",
            " style=",
            "http-equiv",
        ] {
            let shown = low.replace("javascript:alert(2)</dd>", "");
            assert!(
                !shown.contains(&format!("<b{never}")) && !has_tag_with(&shown, never),
                "{page}: {never}"
            );
        }
    }
}

/// Whether some tag of a page holds these letters.
fn has_tag_with(html: &str, letters: &str) -> bool {
    html.split('<').skip(1).any(|tag| {
        let tag = format!("<{}", tag.split('>').next().unwrap_or_default());
        let outside: String = tag.split('"').step_by(2).collect();
        outside.contains(letters) || letters == "javascript:" && tag.contains("href=\"javascript:")
    })
}

#[test]
fn the_api_is_what_its_description_says() {
    let server = Server::start(&[]);
    let described = server.json("/openapi.json");
    assert_eq!(described["openapi"], "3.1.0");
    let paths = described["paths"].as_object().expect("paths");
    let kept = server.change(
        "PUT",
        "/api/v1/searches/ropes",
        TOKEN,
        r#"{"words": "rope"}"#,
    );
    assert_eq!(kept.status, 204, "{}", kept.body);
    let story = server.json("/api/v1/stories?limit=1");
    let next = story["next"].as_str().expect("more").to_owned();
    let second = server.json(&format!("/api/v1/stories?limit=1&after={next}"));
    assert_ne!(story["stories"][0]["id"], second["stories"][0]["id"]);
    let id = story["stories"][0]["id"].as_str().expect("an id");
    let whole = server.json(&format!("/api/v1/stories/{id}"));
    let article = whole["articles"][0].as_str().expect("an id");
    let body = serde_json::json!({ "story": id, "by": "Anna Reader" }).to_string();
    let followed = server.change("POST", "/api/v1/followed", TOKEN, &body);
    assert!(followed.status < 300, "{}", followed.body);
    for (path, operations) in paths {
        let asked = path
            .replace("/stories/{id}", &format!("/stories/{id}"))
            .replace("/articles/{id}", &format!("/articles/{article}"))
            .replace("/names/{id}", "/names/n-1");
        let Some(get) = operations.get("get") else {
            continue;
        };
        // What is cited is no object of JSON.
        if path.ends_with("/cite") {
            let cited = server.get(&format!("{asked}?story={id}"));
            assert_eq!(cited.status, 200, "{path}");
            continue;
        }
        if path.starts_with("/feeds/") {
            let named = asked.replace("{id}", "n-1").replace("{name}", "ropes");
            let feed = server.get(&(named.replace("{kind}", "atom") + "?q=rope"));
            assert_eq!(feed.status, 200, "{path}");
            continue;
        }
        let asked = match path.ends_with("/search") {
            true => asked + "?q=the",
            false if path.ends_with("/ask") => asked + "?says=The+cable+car+fell+on+Saturday",
            false => asked,
        };
        let answer = server.json(&asked);
        let reference =
            get["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].as_str();
        let name = reference
            .and_then(|r| r.rsplit('/').next())
            .expect("a schema");
        let schema = serde_json::json!({
            "$ref": format!("#/components/schemas/{name}"),
            "components": described["components"],
        });
        let schema = jsonschema::validator_for(&schema).expect("a schema");
        let faults: Vec<String> = schema
            .iter_errors(&answer)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{path} is no {name}: {faults:?}");
    }
    // Each operation has a name of its own.
    let operations = paths
        .values()
        .flat_map(|path| path.as_object().expect("operations"));
    let ids: Vec<&str> = operations
        .map(|(_, one)| one["operationId"].as_str().expect("an id"))
        .collect();
    let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    // Every reference leads somewhere.
    let text = described.to_string();
    for piece in text.split("\"#/components/schemas/").skip(1) {
        let name = piece.split('"').next().expect("a name");
        assert!(
            described["components"]["schemas"].get(name).is_some(),
            "{name}"
        );
    }
    assert_eq!(server.get("/api/v1/stories?from=monday").status, 400);
    assert_eq!(server.get("/api/v1/search").status, 400);
    assert_eq!(server.get("/api/v1/ask").status, 400);
    assert_eq!(server.get("/api/v1/ask?says=+").status, 400);
    assert_eq!(server.get("/api/v1/stories/nothing").status, 404);
    assert_eq!(server.get("/api/v2").status, 404);
}

#[test]
fn articles_are_added_with_the_token_alone() {
    let server = Server::start(&[]);
    let record = r#"{"url": "https://new.example/1", "title": "A lighthouse at Quell fell", "text": "A lighthouse at Quell fell into the sea on Sunday, Ada Lorne said.\n"}"#;
    assert_eq!(server.post("wrong", record).status, 403);
    assert_eq!(server.post("", record).status, 401);
    let before = server.json("/api/v1/search?q=lighthouse+quell");
    assert_eq!(before["articles"].as_array().map(Vec::len), Some(0));
    let added = server.post(TOKEN, record);
    assert_eq!(added.status, 201, "{}", added.body);
    assert_eq!(server.post(TOKEN, record).status, 200);
    let changed = server.post(TOKEN, &record.replace("Sunday", "Monday"));
    let changed: Value = serde_json::from_str(&changed.body).expect("JSON");
    let id = changed["changed"][0].as_str().expect("an id");
    let article = server.json(&format!("/api/v1/articles/{id}"));
    assert_eq!(article["versions"].as_array().map(Vec::len), Some(2));
    let page = server.get(&format!("/articles/{id}"));
    assert!(page.body.contains("<del") && page.body.contains("<ins"));
    let old = server.get(&format!("/articles/{id}?version=1"));
    assert!(old.body.contains("on Sunday") && old.body.contains("a later version replaced"));
    let found = server.json("/api/v1/search?q=lighthouse+quell");
    assert_eq!(found["articles"].as_array().map(Vec::len), Some(1));
}

#[test]
fn links_to_claims_last_while_their_story_grows() {
    let server = Server::start(&[]);
    let of = |what: &str| -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        let all = server.json("/api/v1/stories");
        for id in all["stories"]
            .as_array()
            .expect("stories")
            .iter()
            .map(|s| &s["id"])
        {
            let id = id.as_str().expect("an id");
            let story = server.json(&format!("/api/v1/stories/{id}"));
            for one in story[what].as_array().expect("a list") {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                found.push((
                    format!("/stories/{id}/{}", text(&one["key"])),
                    format!("/stories/{id}#s1{}", text(&one["id"])),
                    one.to_string(),
                ));
            }
        }
        found
    };
    let leads = |address: &str| -> String {
        let answer = server.get(address);
        assert_eq!(answer.status, 303, "{address}: {}", answer.body);
        let head = answer.headers.lines();
        let place = head
            .filter_map(|line| line.strip_prefix("location: "))
            .next();
        place.expect("a place").to_owned()
    };
    let before: Vec<_> = ["claims", "quotes", "disputes"]
        .iter()
        .map(|what| of(what))
        .collect();
    for (key, place, _) in before.iter().flatten() {
        assert_eq!(leads(key), *place);
    }
    // One that comes before all others and is first of all to say something: numbers move.
    let record = r#"{"url": "https://new.example/ordin", "outlet": "Abendpost", "title": "Cable car falls on Mount Ordin", "published": "2023-03-18T00:01:00Z", "text": "A cable car fell on Mount Ordin on Saturday, the mountain rescue service said.\nAt least nine people were killed when a cable car cabin fell on Mount Ordin on Saturday.\nA helicopter of the army was sent to the valley station.\n"}"#;
    assert_eq!(server.post(TOKEN, record).status, 201);
    let waiting = || {
        !server
            .get("/metrics")
            .body
            .contains("crossread_stories_waiting 0")
    };
    while waiting() {
        std::thread::sleep(Duration::from_millis(20));
    }
    let after = of("claims");
    // What one outlet had whole and others now state in part leads to its story.
    let lasts = |old: &&(String, String, String)| leads(&old.0).contains('#');
    assert!(before[0].iter().filter(lasts).count() * 10 > before[0].len() * 9);
    let moved = before[0].iter().filter(lasts).filter(|old| {
        let now = after
            .iter()
            .find(|new| new.1 == leads(&old.0))
            .expect("a claim");
        // What the key was made of is still what it leads to.
        let old_text: Value = serde_json::from_str(&old.2).expect("JSON");
        let readings = old_text["readings"].as_array().expect("readings");
        let mut stated = readings.iter().filter(|reading| reading["near"] != true);
        assert!(
            stated.any(|reading| now.2.contains(&reading["mention"]["text"].to_string())),
            "{} {}",
            old.2,
            now.2
        );
        now.1 != old.1
    });
    assert!(moved.count() > 0, "no number moved: the test shows nothing");
    assert_eq!(server.get("/stories/nothing/c0").status, 404);
    let gone = before[0][0].0.rsplit_once('/').expect("a key").0.to_owned();
    assert_eq!(leads(&format!("{gone}/c000000000000")), gone);
}

#[test]
fn searches_are_kept_with_the_token_alone() {
    let server = Server::start(&[]);
    let one = "/api/v1/searches/ropes";
    let words = r#"{"words": "\"cable car\"", "hook": "http://127.0.0.1:9/secret"}"#;
    assert_eq!(server.change("PUT", one, "wrong", words).status, 403);
    assert_eq!(server.change("DELETE", one, "wrong", "").status, 403);
    assert_eq!(server.change("PUT", one, TOKEN, words).status, 204);
    for (path, body) in [
        ("/api/v1/searches/a%2Fb", words),
        (one, "{}"),
        (one, r#"{"words": "*"}"#),
        (one, r#"{"words": "rope", "hook": "file:///etc/passwd"}"#),
    ] {
        let refused = server.change("PUT", path, TOKEN, body);
        assert_eq!(refused.status, 400, "{path} {body}: {}", refused.body);
    }
    let kept = server.json("/api/v1/searches");
    assert_eq!(kept["searches"][0]["words"], "\"cable car\"");
    assert_eq!(kept["searches"][0]["hooked"], true);
    let page = server.get("/searches").body;
    assert!(page.contains("ropes") && page.contains("<mark"), "{page}");
    assert!(!page.contains("secret") && !kept.to_string().contains("secret"));
    let feed = server.get("/feeds/searches/ropes.atom");
    assert!(feed.status == 200 && feed.body.contains("<entry>"));
    assert_eq!(server.get("/feeds/searches/other.atom").status, 404);
    // The same by the forms of the pages, which know the token only from who fills them in.
    let token = TOKEN.replace(' ', "+");
    assert_eq!(server.form("name=mills&words=mill&token=wrong").status, 403);
    let made = server.form(&format!(
        "name=mills&words=mill&outlet=&hook=&token={token}"
    ));
    assert_eq!(made.status, 303, "{}", made.body);
    assert_eq!(
        server.form(&format!("forget=ropes&token={token}")).status,
        303
    );
    assert_eq!(
        server.form(&format!("forget=ropes&token={token}")).status,
        404
    );
    let kept = server.json("/api/v1/searches");
    assert_eq!(kept["searches"].as_array().map(Vec::len), Some(1));
    assert_eq!(kept["searches"][0]["name"], "mills");
}

#[test]
fn lists_are_narrowed() {
    let server = Server::start(&[]);
    let cards = |path: &str| server.get(path).body.matches("class=\"card\"").count();
    let all = cards("/");
    let named = cards("/?called=viktor+maurer");
    assert!(named > 0 && named < all, "{named} of {all}");
    assert_eq!(cards("/?called=MAURER"), named);
    assert_eq!(cards("/?called=nobody+at+all"), 0);
    assert_eq!(cards("/?called=*"), 0);
    assert_eq!(server.get("/?from=monday").status, 400);
    assert_eq!(server.get("/search?q=rope&to=2023-02-31").status, 400);
    let found = server.get("/search?q=maurer").body;
    assert!(found.contains("href=\"/names/n-"), "{found}");
    let outlets = server.json("/api/v1/search?q=rope");
    let outlet = outlets["articles"][0]["outlet"]
        .as_str()
        .expect("an outlet");
    let address = format!("/search?q=rope&outlet={}", outlet.replace(' ', "+"));
    let one = server.get(&address).body;
    let hits = |page: &str| page.matches("class=\"facts\"").count();
    assert!(hits(&one) > 0 && hits(&one) < hits(&server.get("/search?q=rope").body));
}

#[test]
fn pages_without_an_address_are_pages_of_their_own() {
    let server = Server::start(&[]);
    let page = |thing: &str| {
        format!(
            "<!doctype html><title>The {thing} of Quell fell</title><article><h1>The {thing} of Quell fell</h1>\
             <p>The {thing} of Quell fell on Monday night, the mayor, Ada Lorne, said in a statement.</p>\
             <p>Nobody was near the {thing} when it fell into the sea, and the streets stay closed.</p></article>"
        )
    };
    let post = |path: &str, kind: &str, body: &str| {
        server.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: {kind}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            server.address,
            body.len()
        ))
    };
    let add = "/api/v1/articles";
    let told = |answer: Answer| -> Value { serde_json::from_str(&answer.body).expect("JSON") };
    let first = told(post(add, "text/html", &page("lighthouse")));
    let second = told(post(add, "text/html", &page("windmill")));
    assert_eq!(
        second["new"].as_array().map(Vec::len),
        Some(1),
        "{first} {second}"
    );
    assert_ne!(first["new"], second["new"]);
    // With an address a page that changed is a version of the one before.
    let at = "/api/v1/articles?url=https%3A%2F%2Fnew.example%2Fquell";
    let third = told(post(at, "text/html; charset=utf-8", &page("harbour")));
    let fourth = told(post(at, "text/html", &page("harbour wall")));
    assert_eq!(third["new"], fourth["changed"]);
    // What holds many is opened, and what cannot be read is named.
    let table = "url,title,text\nhttps://c.example/1,Lock reopens,\"The old lock of Quillmouth reopened on Monday after two \
                 years of repairs, the harbour office said in a statement.\"\n";
    assert_eq!(
        told(post(add, "text/csv", table))["new"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let damaged = told(post(add, "application/pdf", "%PDF-1.7"));
    assert!(
        damaged["skipped"][0]["reason"]
            .as_str()
            .is_some_and(|why| why.contains("PDF")),
        "{damaged}"
    );
    for (path, kind, body, status) in [
        (add, "video/mp4", "x", 415),
        (add, "image/png", "x", 415),
        (add, "application/jsonl", "xx", 400),
        (
            "/api/v1/articles?url=file%3A%2F%2F%2Fetc%2Fpasswd",
            "text/html",
            "x",
            400,
        ),
    ] {
        let refused = post(path, kind, body);
        assert_eq!(refused.status, status, "{kind}: {}", refused.body);
        assert!(told(refused)["error"].is_string());
    }
}

#[test]
fn others_may_write_while_nothing_is_added() {
    let server = Server::start(&[]);
    let record = r#"{"url": "https://new.example/1", "title": "A mill at Quell fell", "text": "A mill at Quell fell into the sea on Sunday, Ada Lorne said.\n"}"#;
    let db = server.folder.path().join("news.db");
    let another = || Desk::open(Engine::new(options()).expect("an engine"), &db, 2_000);
    assert_eq!(server.post(TOKEN, record).status, 201);
    // Between two turns of the server the store is free; what another adds the server then has.
    let mut desk = another().expect("opened");
    let added = desk.add(
        [Ok(crossread::Input {
            path: "other.jsonl".to_owned(),
            bytes: record.replace("/1", "/2").into_bytes(),
            ..crossread::Input::default()
        })],
        "test",
        &|| 2_000,
        &crossread::Silent,
    );
    assert_eq!(added.expect("added").new.len(), 1);
    desk.rest().expect("rested");
    let known = server.post(TOKEN, &record.replace("/1", "/2"));
    assert_eq!(known.status, 200, "{}", known.body);
    assert_eq!(server.post(TOKEN, &record.replace("/1", "/3")).status, 201);
    // And the other has what the server added.
    desk.wake().expect("woken");
    assert!(
        desk.store()
            .page("url:https://new.example/3")
            .expect("read")
            .is_some()
    );
}

#[test]
fn what_is_added_is_posted_to_the_hooks_of_searches() {
    let hook = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = hook.local_addr().expect("an address");
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut connection, _) = hook.accept().expect("asked");
        let mut asked = vec![0; 4_096];
        let mut read = 0;
        while !String::from_utf8_lossy(&asked[..read]).contains("lighthouse\"}") {
            read += connection.read(&mut asked[read..]).expect("read");
        }
        let answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
        connection.write_all(answer.as_bytes()).expect("answered");
        let words = String::from_utf8_lossy(&asked[..read]).into_owned();
        tell.send(words).expect("told");
    });
    let server = Server::start(&[]);
    let words = format!(r#"{{"words": "lighthouse", "hook": "http://{address}/hook"}}"#);
    let kept = server.change("PUT", "/api/v1/searches/lights", TOKEN, &words);
    assert_eq!(kept.status, 204, "{}", kept.body);
    let record = r#"{"id": "light", "title": "A lighthouse at Quell fell", "text": "A lighthouse at Quell fell into the sea on Sunday, Ada Lorne said.\n"}"#;
    assert_eq!(server.post(TOKEN, record).status, 201);
    let posted = told.recv_timeout(Duration::from_secs(30)).expect("posted");
    assert!(posted.starts_with("POST /hook"), "{posted}");
    assert!(
        posted.contains("\"search\":\"lights\"") && posted.contains("\"id\":\"light\""),
        "{posted}"
    );
}

#[test]
fn one_page_posted_for_two_addresses_is_two_articles() {
    let server = Server::start(&[]);
    let page = "<title>Bridge at Orl shut</title><article><h1>Bridge at Orl shut</h1><p>The bridge at Orl was shut on \
                Monday after a barge had hit one of its piers, the mayor, Ada Lorne, told reporters there.</p>\
                <p>Nobody was hurt, she said, and buses go by way of Vessim until then.</p></article>";
    let post = |outlet: &str| -> Value {
        let path = format!("/api/v1/articles?url=https%3A%2F%2F{outlet}.example%2Forl");
        serde_json::from_str(&server.change("POST", &path, TOKEN, page).body).expect("JSON")
    };
    let (first, second) = (post("morgen"), post("kurier"));
    let id = |added: &Value| added["new"][0].as_str().expect("an article").to_owned();
    assert_ne!(id(&first), id(&second));
    assert_eq!(
        post("kurier")["known"][0].as_str(),
        Some(id(&second).as_str())
    );
    let mail = format!(
        "MIME-Version: 1.0\r\nSubject: Orl\r\nFrom: Bote <a@bote.example>\r\nContent-Type: text/html\r\n\r\n{page}"
    );
    let path = "/api/v1/articles";
    let added = server.change("POST", path, TOKEN, &mail);
    assert_eq!(added.status, 201, "{}", added.body);
}

#[test]
fn two_articles_show_where_shared_words_differ_and_what_is_furniture() {
    let server = Server::start(&[]);
    let page = |outlet: &str, number: &str| {
        format!(
            "<!doctype html><title>Lighthouse at Quell fell</title><nav><ul><li><a href=/>{outlet} front page</a>\
             <li><a href=/x>Weather & tides</a></ul></nav><article><h1>Lighthouse at Quell fell</h1>\
             <p>The old lighthouse at Quell fell into the sea on Monday night after {number} days of storm, the \
             harbour master said in a statement that was read out in the town hall in the evening.</p>\
             <p>Nobody was near it when it fell, he said, and the keeper had moved out of the tower in autumn \
             because the rock on which it stood had begun to crack along its western side.</p>\
             <p>Ships are asked to keep two miles away from the point until the stones have been lifted from the \
             channel by a crane that is on its way from the capital.</p></article><footer>Copyright {outlet}</footer>"
        )
    };
    let post = |outlet: &str, number: &str| -> String {
        let path = format!("/api/v1/articles?url=https%3A%2F%2F{outlet}.example%2Fquell");
        let added = server.change("POST", &path, TOKEN, &page(outlet, number));
        let added: Value = serde_json::from_str(&added.body).expect("JSON");
        added["new"][0].as_str().expect("an article").to_owned()
    };
    let (a, b) = (post("morgen", "nine"), post("kurier", "twelve"));
    while !server
        .get("/metrics")
        .body
        .contains("crossread_stories_waiting 0")
    {
        std::thread::sleep(Duration::from_millis(20));
    }
    let two = server.get(&format!("/compare?a={a}&b={b}")).body;
    for word in ["nine", "twelve"] {
        let at = two
            .find(&format!(">{word}</mark>"))
            .unwrap_or_else(|| panic!("{word}: {two}"));
        let tag = two[..at].rfind("<mark").expect("a mark");
        assert!(
            two[tag..at].contains("k-differs"),
            "{word}: {}",
            &two[tag..at]
        );
    }
    let (_, left_out) = two
        .split_once("Left out of the page as furniture")
        .expect("furniture");
    let (left_out, _) = left_out.split_once("</details>").expect("its end");
    assert!(left_out.contains("Weather &amp; tides") && left_out.contains("morgen front page"));
    assert!(!left_out.contains("Ships are asked to keep two miles away"));
}

#[test]
fn other_names_for_this_machine_are_refused() {
    let server = Server::start(&[]);
    let ask = |host: &str| {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        server.ask(&request).status
    };
    assert_eq!(ask("evil.example"), 421);
    assert_eq!(ask("evil.example:7319"), 421);
    assert_eq!(ask("localhost:7319"), 200);
    assert_eq!(ask("[::1]:7319"), 200);
    assert_eq!(ask("news.test"), 200);
}

#[test]
fn feeds_health_and_metrics() {
    let server = Server::start(&[]);
    for path in [
        "/feeds/stories.atom",
        "/feeds/disputes.atom",
        "/feeds/names/n-1.atom",
        "/feeds/search.atom?q=rope",
    ] {
        let feed = server.get(path);
        assert_eq!(feed.status, 200, "{path}");
        assert!(feed.headers.contains("application/atom+xml"));
        assert_eq!(
            feed.body.matches("<entry>").count(),
            feed.body.matches("</entry>").count()
        );
        assert!(feed.body.ends_with("</feed>\n"));
    }
    let feed = server.json("/feeds/stories.json");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert!(
        feed["items"]
            .as_array()
            .is_some_and(|items| items.len() >= 3)
    );
    assert_eq!(server.get("/feeds/stories.exe").status, 404);
    assert_eq!(server.get("/healthz").body, "ok\n");
    let metrics = server.get("/metrics").body;
    assert!(metrics.contains("crossread_requests_total{status=\"2xx\"}"));
    assert!(metrics.contains("crossread_stories_waiting 0"));
}

#[test]
fn two_hundred_readers_at_once() {
    let server = Server::start(&[]);
    let id = server.json("/api/v1/stories")["stories"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    std::thread::scope(|scope| {
        for reader in 0..200 {
            let (server, id) = (&server, &id);
            scope.spawn(move || {
                let path = match reader % 3 {
                    0 => "/".to_owned(),
                    1 => format!("/stories/{id}"),
                    _ => "/search?q=rope".to_owned(),
                };
                assert_eq!(server.get(&path).status, 200);
            });
        }
    });
}
