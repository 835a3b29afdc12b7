//! What marks promise over HTTP: who may decides, what is decided holds and is shown as that person's, and it can be
//! taken back.

use serde_json::{Value, json};

use crate::server::{Server, TOKEN};

/// A story with a claim of several passages: its id, the claim's key, its passages.
fn claim(server: &Server) -> (String, String, Vec<Value>) {
    let stories = server.json("/api/v1/stories");
    for story in stories["stories"].as_array().expect("stories") {
        let id = story["id"].as_str().expect("an id");
        let story = server.json(&format!("/api/v1/stories/{id}"));
        for claim in story["claims"].as_array().expect("claims") {
            let readings = claim["readings"].as_array().expect("readings");
            let states = readings.iter().filter(|reading| reading["near"] != true);
            let states: Vec<Value> = states.map(|r| r["mention"].clone()).collect();
            if states.len() >= 3 {
                let key = claim["key"].as_str().expect("a key");
                return (id.to_owned(), key.to_owned(), states);
            }
        }
    }
    panic!("no claim of three");
}

/// Whether a claim has both passages.
fn together(server: &Server, story: &str, a: &Value, b: &Value) -> bool {
    let story = server.json(&format!("/api/v1/stories/{story}"));
    let claims = story["claims"].as_array().expect("claims");
    claims.iter().any(|claim| {
        let readings = claim["readings"].as_array().expect("readings");
        let has = |one: &Value| readings.iter().any(|reading| reading["mention"] == *one);
        has(a) && has(b)
    })
}

#[test]
fn a_reader_decides_and_takes_it_back() {
    let server = Server::start(&[]);
    let (story, key, passages) = claim(&server);
    let page = server.get(&format!("/stories/{story}"));
    assert!(
        page.body
            .contains(&format!("/marks/new?story={story}&amp;key={key}"))
    );
    let choose = server.get(&format!("/marks/new?story={story}&key={key}"));
    assert_eq!(choose.status, 200, "{}", choose.body);
    assert!(choose.body.contains("A passage does not state it"));
    let (one, other) = (&passages[0], &passages[1]);
    assert!(together(&server, &story, one, other));
    let passage = format!(
        "{},{}",
        one["article"].as_str().expect("an id"),
        one["start"]
    );
    let fields = |token: &str| {
        format!(
            "kind=wrong-match&story={story}&key={key}&passage={passage}&by=Anna&note=%3Cb%3Eno%3C%2Fb%3E&token={token}"
        )
    };
    assert_eq!(
        server
            .form_at("/marks", &fields("wrong-wrong-wrong"))
            .status,
        403
    );
    let sent = server.form_at("/marks", &fields(TOKEN));
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(!together(&server, &story, one, other));
    let page = server.get(&format!("/stories/{story}")).body;
    assert!(page.contains("What readers decided") && page.contains("set a passage apart"));
    assert!(page.contains("&lt;b&gt;no&lt;/b&gt;") && !page.contains("<b>no</b>"));
    let marks = server.json(&format!("/api/v1/marks?story={story}"));
    let mark = &marks["marks"][0];
    assert_eq!(mark["creator"]["name"], "Anna");
    assert_eq!(mark["target"][0]["selector"][0]["exact"], one["text"]);
    let id = mark["id"]
        .as_str()
        .expect("an id")
        .rsplit(':')
        .next()
        .expect("an id");
    let undone = server.form_at("/marks/undo", &format!("id={id}&by=Ben&token={TOKEN}"));
    assert_eq!(undone.status, 303, "{}", undone.body);
    assert!(together(&server, &story, one, other));
    assert!(
        server
            .get(&format!("/stories/{story}"))
            .body
            .contains("taken back by Ben")
    );
    assert_eq!(
        server
            .form_at("/marks/undo", &format!("id={id}&by=Ben&token={TOKEN}"))
            .status,
        404
    );
}

#[test]
fn programs_decide_as_readers_do() {
    let server = Server::start(&[]);
    let (story, key, _) = claim(&server);
    let note = json!({ "kind": "note", "story": story, "key": key, "note": "asked the mayor", "by": "Anna" });
    let kept = server.change("POST", "/api/v1/marks", TOKEN, &note.to_string());
    assert_eq!(kept.status, 201, "{}", kept.body);
    let kept: Value = serde_json::from_str(&kept.body).expect("JSON");
    assert_eq!(kept["motivation"], "commenting");
    for (change, status) in [
        (json!({ "note": " " }), 400),
        (json!({ "by": "" }), 400),
        (json!({ "key": "c00" }), 404),
        (json!({ "story": "s-none" }), 404),
        (json!({ "kind": "wrong-speaker" }), 400),
        (json!({ "kind": "praise" }), 400),
        (json!({ "note": "a\u{1b}[31mred" }), 400),
    ] {
        let mut wrong = note.clone();
        for (name, value) in change.as_object().expect("fields") {
            wrong[name] = value.clone();
        }
        let refused = server.change("POST", "/api/v1/marks", TOKEN, &wrong.to_string());
        assert_eq!(refused.status, status, "{wrong}: {}", refused.body);
    }
    let id = kept["id"]
        .as_str()
        .expect("an id")
        .rsplit(':')
        .next()
        .expect("an id");
    let path = format!("/api/v1/marks/{id}?by=Anna");
    assert!([401, 403].contains(&server.change("DELETE", &path, "", "").status));
    assert_eq!(server.change("DELETE", &path, TOKEN, "").status, 204);
    assert_eq!(server.change("DELETE", &path, TOKEN, "").status, 404);
}
