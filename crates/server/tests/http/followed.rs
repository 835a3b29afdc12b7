//! Stories that are followed: the button, the page, the API, the feed; and what feeds call their entries.

use serde_json::{Value, json};

use crate::server::{Server, TOKEN};

fn story(server: &Server) -> String {
    let listed = server.json("/api/v1/stories?articles=2");
    let id = listed["stories"][0]["id"].as_str();
    id.expect("a story").to_owned()
}

#[test]
fn a_story_is_followed_and_let_go_by_who_may() {
    let server = Server::start(&[]);
    let story = story(&server);
    let page = server.get(&format!("/stories/{story}")).body;
    assert!(page.contains("Follow this story") && page.contains("action=\"/followed\""));
    let feed = format!("/feeds/stories/{story}.atom");
    assert_eq!(server.get(&feed).status, 404, "nobody follows it");
    let wanted = json!({ "story": story, "hook": "http://127.0.0.1:9/x", "by": "Anna Reader" });
    let wanted = wanted.to_string();
    let follow = |token: &str, body: &str| server.change("POST", "/api/v1/followed", token, body);
    assert_eq!(follow("wrong", &wanted).status, 403);
    let begun = follow(TOKEN, &wanted);
    assert_eq!(begun.status, 201, "{}", begun.body);
    let begun: Value = serde_json::from_str(&begun.body).expect("JSON");
    // What signs is told once, and where the hook leads never.
    assert_eq!(begun["secret"].as_str().map(str::len), Some(64));
    let listed = server.json("/api/v1/followed");
    assert_eq!(listed["followed"][0]["as"], "json");
    assert!(!listed.to_string().contains("127.0.0.1:9"), "{listed}");
    assert!(listed["followed"][0]["secret"].is_null());
    assert_eq!(server.get(&feed).status, 200);
    let page = server.get("/followed").body;
    assert!(
        page.contains("Anna Reader") && page.contains(&feed),
        "{page}"
    );
    for bad in [
        json!({ "story": "s-none" }),
        json!({ "story": story, "hook": "ftp://a.example/" }),
        json!({ "story": story, "hook": "https://a.example/", "as": "fax" }),
        json!({ "story": story, "mail": "nobody" }),
        json!({ "hook": "https://a.example/" }),
    ] {
        let status = follow(TOKEN, &bad.to_string()).status;
        assert!(matches!(status, 400 | 404), "{bad}: {status}");
    }
    let id = begun["id"].as_str().expect("an id");
    let forget =
        |token: &str| server.change("DELETE", &format!("/api/v1/followed/{id}"), token, "");
    assert_eq!(forget("wrong").status, 403);
    assert_eq!(forget(TOKEN).status, 204);
    assert_eq!(forget(TOKEN).status, 404);
    assert_eq!(server.json("/api/v1/followed")["followed"], json!([]));
    // The same by the forms of the pages.
    let token = TOKEN.replace(' ', "+");
    let sent = format!("story={story}&by=Bert&hours=24&mail=bert%40news.example&token={token}");
    assert_eq!(server.form_at("/followed", &sent).status, 303);
    let page = server.get("/followed").body;
    assert!(page.contains("Bert") && page.contains("by mail"), "{page}");
    let n = page
        .split("name=\"forget\" value=\"")
        .nth(1)
        .expect("a form");
    let n = n.split('"').next().expect("a number");
    let sent = format!("forget={n}&token={token}");
    assert_eq!(server.form_at("/followed", &sent).status, 303);
    assert!(
        server
            .get("/followed")
            .body
            .contains("No story is followed")
    );
}

#[test]
fn what_is_new_is_on_the_page_and_in_the_feed() {
    let server = Server::start(&[]);
    let story = story(&server);
    let first = server.json(&format!("/api/v1/stories/{story}"))["articles"][0].clone();
    let article = server.json(&format!(
        "/api/v1/articles/{}",
        first.as_str().expect("an id")
    ));
    let body = json!({ "story": story }).to_string();
    assert_eq!(
        server
            .change("POST", "/api/v1/followed", TOKEN, &body)
            .status,
        201
    );
    let text = article["text"].as_str().expect("text");
    let said = "\"We have seen nothing like it,\" said Viktor Maurer.";
    let record = json!({
        "url": "https://new.example/1", "outlet": "New Herald", "title": article["title"],
        "published": article["published"], "text": format!("{text}{said}\n"),
    });
    assert_eq!(server.post(TOKEN, &record.to_string()).status, 201);
    let feed = format!("/feeds/stories/{story}.json");
    let mut items = Value::Null;
    for _ in 0..300 {
        items = server.json(&feed)["items"].clone();
        if items.as_array().is_some_and(|items| !items.is_empty()) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let items = items.as_array().expect("items").clone();
    let titled = |title: &str| items.iter().find(|item| item["title"] == title);
    assert!(titled("New article").is_some(), "{items:?}");
    let spoken = titled("New quotation").expect("a quotation");
    let text = spoken["content_text"].as_str().expect("text");
    assert!(text.contains("Viktor Maurer, New Herald"), "{text}");
    let page = server.get("/followed").body;
    assert!(
        page.contains("New quotation") && page.contains("Viktor Maurer, New Herald"),
        "{page}"
    );
}

#[test]
fn an_entry_has_one_id_under_any_host() {
    let server = Server::start(&[]);
    let by = |host: &str, path: &str| {
        let answer = server.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(answer.status, 200, "{path}");
        answer.body
    };
    let ids = |feed: &str| -> Vec<String> {
        let parts = feed.split("<id>").skip(1);
        parts
            .filter_map(|part| part.split("</id>").next())
            .map(str::to_owned)
            .collect()
    };
    let own = server.address.to_string();
    let story = story(&server);
    for path in [
        "/feeds/stories.atom",
        "/feeds/disputes.atom",
        "/feeds/search.atom?q=police",
    ] {
        let (one, other) = (by(&own, path), by("news.test", path));
        assert_ne!(one, other, "links are of the host");
        assert_eq!(ids(&one), ids(&other), "{path}");
        assert!(
            ids(&one).iter().all(|id| id.starts_with("urn:crossread:")),
            "{one}"
        );
    }
    let feed = by(&own, "/feeds/stories.atom");
    let named = format!("urn:crossread:stories:{story}:");
    assert!(ids(&feed).iter().any(|id| id.starts_with(&named)), "{feed}");
    let items = |host: &str| -> Vec<Value> {
        let feed: Value = serde_json::from_str(&by(host, "/feeds/stories.json")).expect("JSON");
        let items = feed["items"].as_array().expect("items").iter();
        items.map(|item| item["id"].clone()).collect()
    };
    assert_eq!(items(&own), items("news.test"));
}
