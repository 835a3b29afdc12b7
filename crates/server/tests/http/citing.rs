//! What is cited by the server: what a reader ticked, words of an article, drafts of checks; and the orders of stories.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::server::Server;

/// A story with a dispute: its id, and it.
fn disputed(server: &Server) -> (String, Value) {
    let stories = server.json("/api/v1/stories?sort=disputes");
    let id = stories["stories"][0]["id"].as_str().expect("a story");
    (id.to_owned(), server.json(&format!("/api/v1/stories/{id}")))
}

fn key(of: &Value) -> &str {
    of["key"].as_str().expect("a key")
}

#[test]
fn what_is_ticked_is_cited_in_every_style() {
    let server = Server::start(&[]);
    let (id, story) = disputed(&server);
    let (claim, dispute) = (&story["claims"][0], &story["disputes"][0]);
    let page = server.get(&format!("/stories/{id}")).body;
    let ticks = format!("form=\"cite\" name=\"key\" value=\"{}\"", key(claim));
    assert!(
        page.contains(&ticks)
            && page.contains(&format!("id=\"cite\" action=\"/cite/stories/{id}\""))
    );
    let query = format!("key={}&key={}", key(claim), key(dispute));
    let cited = server.get(&format!("/cite/stories/{id}?{query}"));
    assert_eq!(cited.status, 200);
    for style in ["BibTeX", "RIS", "CSL-JSON", "Markdown", "text"] {
        assert!(
            cited.body.contains(&format!("aria-label=\"{style}\"")),
            "{style}"
        );
    }
    let file = format!("/cite/bib/stories/{id}?{}", query.replace('&', "&amp;"));
    assert!(cited.body.contains(&file), "{file}");
    let words = claim["text"].as_str().expect("words");
    let csl = server.get(&format!("/cite/json/stories/{id}?{query}"));
    assert!(
        csl.headers
            .contains("application/vnd.citationstyles.csl+json")
    );
    let csl: Value = serde_json::from_str(&csl.body).expect("JSON");
    let items = csl.as_array().expect("a list");
    let ids: BTreeSet<&str> = items
        .iter()
        .map(|one| one["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(ids.len(), items.len(), "{ids:?}");
    assert!(items.iter().any(|one| one["annote"] == words), "{words}");
    let stated = claim["readings"].as_array().expect("readings");
    let stated = stated.iter().filter(|one| one["near"] == false).count();
    let sides = dispute["sides"].as_array().expect("sides");
    let told: usize = sides
        .iter()
        .map(|side| side["mentions"].as_array().map_or(0, Vec::len))
        .sum();
    assert!(items.len() > stated && items.len() <= stated + told);
    let markdown = server.get(&format!("/cite/md/stories/{id}?{query}")).body;
    let marks = markdown
        .lines()
        .filter(|line| line.starts_with("- "))
        .count();
    let notes = markdown
        .lines()
        .filter(|line| line.starts_with("[^"))
        .count();
    assert!(marks == items.len() && notes == marks, "{markdown}");
    // The same for programs.
    let api = format!("/api/v1/cite?story={id}&{query}&format=markdown");
    assert_eq!(server.get(&api).body, markdown);
    // Without a choice it is the articles.
    let all = server.get(&format!("/cite/json/stories/{id}")).body;
    let all: Value = serde_json::from_str(&all).expect("JSON");
    assert_eq!(
        all.as_array().map(Vec::len),
        story["articles"].as_array().map(Vec::len)
    );
    for bad in [
        format!("/cite/md/stories/{id}?key=c0123456789ab"),
        format!("/cite/stories/{id}?key=%3Cscript%3E"),
        format!("/api/v1/cite?story={id}&format=docx"),
        format!("/api/v1/cite?story={id}&article=x"),
        "/api/v1/cite".to_owned(),
        format!("/cite/md/stories/{id}?{}", "key=c1&".repeat(201)),
    ] {
        assert_eq!(server.get(&bad).status, 400, "{bad}");
    }
    assert_eq!(server.get("/cite/md/stories/nothing").status, 404);
    assert_eq!(server.get(&format!("/cite/docx/stories/{id}")).status, 404);
}

#[test]
fn words_of_an_article_are_cited_where_they_stand() {
    let server = Server::start(&[]);
    let (_, story) = disputed(&server);
    let id = story["articles"][0].as_str().expect("an id");
    let article = server.json(&format!("/api/v1/articles/{id}"));
    let text = article["text"].as_str().expect("a text");
    let words: Vec<&str> = text.split_whitespace().skip(3).take(6).collect();
    let exact = words.join("++");
    let page = server.get(&format!("/articles/{id}")).body;
    assert!(page.contains(&format!("action=\"/cite/articles/{id}\"")));
    let markdown = server.get(&format!("/cite/md/articles/{id}?exact={exact}"));
    assert_eq!(markdown.status, 200, "{exact}");
    assert_eq!(
        markdown
            .body
            .lines()
            .filter(|line| line.starts_with("[^"))
            .count(),
        1
    );
    let csl = server.json(&format!(
        "/api/v1/cite?article={id}&exact={exact}&format=csl-json"
    ));
    let annote = csl[0]["annote"].as_str().expect("the words");
    assert_eq!(annote.split_whitespace().collect::<Vec<_>>(), words);
    let none = server.get(&format!(
        "/cite/articles/{id}?exact=nobody+wrote+%3Cthis%3E"
    ));
    assert_eq!(none.status, 400);
    assert!(none.body.contains("do not stand in the article") && !none.body.contains("<this>"));
}

#[test]
fn a_dispute_has_a_draft_of_a_check() {
    let server = Server::start(&[]);
    let (id, story) = disputed(&server);
    let dispute = &story["disputes"][0];
    let href = format!("/cite/claimreview/stories/{id}?key={}", key(dispute));
    assert!(server.get(&format!("/stories/{id}")).body.contains(&href));
    let draft = server.get(&href);
    assert!(draft.headers.contains("application/ld+json"));
    let drafts: Value = serde_json::from_str(&draft.body).expect("JSON");
    let sides = drafts["@graph"].as_array().expect("a side each");
    assert_eq!(Some(sides.len()), dispute["sides"].as_array().map(Vec::len));
    assert!(
        sides
            .iter()
            .all(|one| one["@type"] == "ClaimReview" && one.get("reviewRating").is_none())
    );
    let api = format!(
        "/api/v1/cite?story={id}&key={}&format=claimreview",
        key(dispute)
    );
    assert_eq!(server.get(&api).body, draft.body);
}

#[test]
fn stories_are_sorted_and_every_order_can_be_walked() {
    let server = Server::start(&[]);
    for sort in ["latest", "changed", "disputes", "origins"] {
        let whole = server.json(&format!("/api/v1/stories?sort={sort}&limit=500"));
        let whole = whole["stories"].as_array().expect("a list").clone();
        assert!(!whole.is_empty() && whole.len() < 500, "{sort}");
        let (mut walked, mut after) = (Vec::new(), String::new());
        loop {
            let page = server.json(&format!("/api/v1/stories?sort={sort}&limit=1{after}"));
            walked.extend(page["stories"].as_array().expect("a list").clone());
            assert!(walked.len() <= whole.len(), "{sort} has no end");
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert_eq!(walked, whole, "{sort}");
        let number = |one: &Value| match sort {
            "disputes" => one["disputes"].as_u64(),
            "origins" => one["origins"]["low"].as_u64(),
            _ => Some(0),
        };
        assert!(whole.is_sorted_by(|a, b| number(a) >= number(b)), "{sort}");
        // The page goes on where the API does.
        let place = &after;
        let front = server.get(&format!("/?sort={sort}{place}"));
        assert_eq!(front.status, 200);
    }
    let disputed = server.json("/api/v1/stories?sort=disputes");
    let disputed = disputed["stories"].as_array().expect("a list");
    assert!(
        disputed
            .iter()
            .all(|one| one["disputes"].as_u64() > Some(0))
    );
    assert_eq!(server.get("/api/v1/stories?sort=loudest").status, 400);
    // A place of another order is none of this one.
    let next = server.json("/api/v1/stories?limit=1")["next"].clone();
    let next = next.as_str().expect("more");
    let other = format!("/api/v1/stories?sort=disputes&after={next}");
    assert_eq!(server.get(&other).status, 400);
}
