//! Words in a story and across stories; a story on paper; the margin of an article.

use serde_json::Value;

use crate::server::{Server, TOKEN};

/// The sample story with claims of every verdict, as the API has it.
fn story(server: &Server) -> Value {
    let listed = server.json("/api/v1/search?q=%22Mount+Ordin%22");
    let id = listed["articles"][0]["story"].as_str().expect("a story");
    server.json(&format!("/api/v1/stories/{id}"))
}

/// Whether a passage that states a claim has a word.
fn has(claim: &Value, word: &str) -> bool {
    let readings = claim["readings"].as_array().expect("readings");
    readings.iter().any(|reading| {
        let text = reading["mention"]["text"].to_string().to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        reading["near"] != true && words.any(|own| own == word)
    })
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn words_are_found_in_a_story_without_a_script() {
    let server = Server::start(&[]);
    let story = story(&server);
    let at = format!("/stories/{}", story["id"].as_str().expect("an id"));
    let page = server.get(&format!("{at}?find=rope")).body;
    let claims = list(&story, "claims");
    let found = claims.iter().filter(|claim| has(claim, "rope")).count();
    assert!(found > 0 && found < claims.len());
    assert!(
        page.contains(&format!("Claims {found} of {}", claims.len())),
        "{page}"
    );
    for claim in claims {
        let id = claim["id"].as_str().expect("an id");
        let shown = page.contains(&format!("id=\"s1{id}\">"));
        assert_eq!(shown, has(claim, "rope"), "{id}");
    }
    let nothing = server.get(&format!("{at}?find=zyzzyva")).body;
    assert!(
        nothing.contains("No claim, quote, dispute or date of this story has all these words.")
    );
    assert!(nothing.contains("href=\"/search?of=claims&amp;q=zyzzyva\""));
    // Nothing is looked for: all of it stays.
    for empty in ["", "?find=", "?find=+", "?find=%22"] {
        let all = server.get(&format!("{at}{empty}")).body;
        assert!(
            all.contains("<p class=\"note\" id=\"sifted\" role=\"status\"></p>"),
            "{empty}"
        );
        for claim in claims {
            let id = claim["id"].as_str().expect("an id");
            assert!(all.contains(&format!("id=\"s1{id}\">")), "{empty}: {id}");
        }
    }
    let hostile = server.get(&format!("{at}?find=%22%3E%3Cscript%3E")).body;
    assert!(
        hostile.contains("value=\"&quot;&gt;&lt;script&gt;\"") && !hostile.contains("<script>")
    );
}

#[test]
fn claims_and_quotes_are_found_across_stories_once_each() {
    let server = Server::start(&[]);
    let mut met = 0;
    for (of, what) in [("claims", "claims"), ("quotes", "quotes")] {
        let found = server.json(&format!("/api/v1/search?q=the&of={of}"));
        assert!(list(&found, "articles").is_empty() && found["looked_at"].as_u64() > Some(1));
        let mut stories: Vec<&str> = Vec::new();
        for one in list(&found, what) {
            let id = one["story"].as_str().expect("a story");
            if stories.last() != Some(&id) {
                assert!(!stories.contains(&id), "{id} comes twice");
                stories.push(id);
            }
            let story = server.json(&format!("/api/v1/stories/{id}"));
            let mut known = list(&story, what).iter();
            let thing = known
                .find(|known| known["id"] == one["id"])
                .expect("it is there");
            assert!(one["passage"].as_str().is_some_and(|text| !text.is_empty()));
            assert_eq!(thing["key"], one["key"]);
            met += 1;
        }
        assert!(!stories.is_empty());
    }
    assert!(met > 10);
    let found = server.json("/api/v1/search?q=rope&of=claims");
    let page = server.get("/search?q=rope&of=claims").body;
    for claim in list(&found, "claims") {
        let text = |key: &str| claim[key].as_str().expect("text").to_owned();
        assert!(text("passage").to_lowercase().contains("rope"));
        let place = format!("href=\"/stories/{}#s1{}\"", text("story"), text("id"));
        assert!(page.contains(&place), "{place}");
    }
    assert!(page.contains("<mark class=\"differs\">rope</mark>"));
    // Words of one article that stand in no passage together.
    let apart = server
        .get("/search?q=%22cable+car%22+zyzzyva&of=claims")
        .body;
    assert!(apart.contains("No claim has all these words in one passage."));
    assert_eq!(server.get("/search?q=rope&of=names").status, 400);
    assert_eq!(server.get("/api/v1/search?q=+&of=claims").status, 400);
}

#[test]
fn a_claim_is_found_by_the_outlet_and_day_of_its_passage() {
    let server = Server::start(&[]);
    for (outlet, day, passage) in [
        (
            "Quell Post",
            "2024-02-01",
            "The mill at Quell fell into the sea on Thursday.",
        ),
        (
            "Orl Echo",
            "2024-02-02",
            "The mill at Quell fell into the sea on Thursday.",
        ),
    ] {
        let record = serde_json::json!({
            "url": format!("https://{}.example/mill", outlet.to_lowercase().replace(' ', "-")),
            "outlet": outlet, "title": "Mill at Quell falls into the sea", "published": day,
            "text": format!("{passage}\nNobody was inside the old mill when its walls gave way, Ada Lorne said.\n"),
        });
        assert_eq!(server.post(TOKEN, &record.to_string()).status, 201);
    }
    let waits = || {
        !server
            .get("/metrics")
            .body
            .contains("crossread_stories_waiting 0")
    };
    while waits() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let found = |narrow: &str| -> Vec<String> {
        let found = server.json(&format!("/api/v1/search?q=mill+quell&of=claims{narrow}"));
        let claims = list(&found, "claims").iter();
        let outlets = claims.map(|claim| claim["outlet"].as_str().unwrap_or_default().to_owned());
        outlets.collect()
    };
    assert!(!found("").is_empty());
    let of = found("&outlet=Orl+Echo");
    assert!(
        !of.is_empty() && of.iter().all(|outlet| outlet == "Orl Echo"),
        "{of:?}"
    );
    let early = found("&to=2024-02-01");
    assert!(
        !early.is_empty() && early.iter().all(|outlet| outlet == "Quell Post"),
        "{early:?}"
    );
    assert!(found("&from=2024-02-03").is_empty());
    let all = server.json("/api/v1/search?q=mill+quell&of=claims");
    let story = all["claims"][0]["story"].as_str().expect("a story");
    let paper = server.get(&format!("/stories/{story}?paper")).body;
    assert!(paper.contains("https://orl-echo.example/mill") && paper.contains("Orl Echo"));
}

#[test]
fn a_handout_names_its_sources_and_has_no_buttons() {
    let server = Server::start(&[]);
    let story = story(&server);
    let page = server.get(&format!(
        "/stories/{}?paper",
        story["id"].as_str().expect("an id")
    ));
    assert_eq!(page.status, 200);
    for never in ["<button", "<form", "<script", "<nav", "<input"] {
        assert!(!page.body.contains(never), "{never}");
    }
    for id in list(&story, "articles") {
        let article = server.json(&format!("/api/v1/articles/{}", id.as_str().expect("an id")));
        for key in ["outlet", "url"] {
            let told = article[key].as_str().unwrap_or_default();
            assert!(page.body.contains(told), "{told}");
        }
    }
    for dispute in list(&story, "disputes") {
        assert!(
            page.body.contains("<article class=\"dispute\">"),
            "{dispute}"
        );
    }
    let hostile = Server::start(&[("evil.jsonl", crate::HOSTILE)]);
    let all = hostile.json("/api/v1/stories");
    for listed in list(&all, "stories") {
        let id = listed["id"].as_str().expect("an id").replace('"', "%22");
        let id = id
            .replace('<', "%3C")
            .replace('>', "%3E")
            .replace('/', "%2F");
        let body = hostile.get(&format!("/stories/{id}?paper")).body;
        assert!(body.contains("<h1") && !body.contains("<script") && !body.contains("<b onclick"));
    }
}

#[test]
fn what_cannot_be_shown_says_why_and_leads_on() {
    let server = Server::start(&[]);
    for (page, status, says) in [
        ("/stories/nothing", 404, "there is no such story"),
        ("/articles/nothing", 404, "there is no such article"),
        ("/compare?a=1", 400, "a and b are missing"),
        ("/compare?a=1&b=2", 404, "there is no such article"),
        ("/?from=monday", 400, "from is a day like"),
        ("/nothing", 404, "there is no such page"),
    ] {
        let answer = server.get(page);
        assert_eq!(answer.status, status, "{page}");
        assert!(answer.body.contains(says), "{page}: {}", answer.body);
        assert!(
            answer.body.contains("<a href=\"/\">To the stories</a>")
                && !answer.body.contains("<p class=\"note\"></p>")
        );
    }
    let asked = server.get("/ask?says=The+cable+car+fell+on+Saturday");
    assert!(asked.status == 200 && asked.body.contains("The cable car fell on Saturday"));
}

#[test]
fn each_sentence_of_an_article_leads_to_who_else_says_it() {
    let server = Server::start(&[]);
    let story = story(&server);
    let id = story["articles"][0].as_str().expect("an id");
    let article = server.json(&format!("/api/v1/articles/{id}"));
    let sentences = list(&article["layers"], "sentences").len();
    let page = server.get(&format!("/articles/{id}")).body;
    assert!(sentences > 3);
    let bars = page.matches("<rect width=\"24\"").count();
    assert_eq!(bars, sentences);
    let claims = format!(
        "href=\"/stories/{}#s1c",
        story["id"].as_str().expect("an id")
    );
    assert!(page.matches(&claims).count() > 2);
    assert!(
        page.contains("aria-label=\"Corroborated: claim c")
            || page.contains("aria-label=\"Disputed: claim c")
    );
    // An old version has no report of its own, and so no margin.
    let record = serde_json::json!({"url": "https://new.example/1", "title": "A lighthouse at Quell fell", "text": "A lighthouse at Quell fell into the sea on Sunday, Ada Lorne said.\n"}).to_string();
    server.post(TOKEN, &record);
    let changed = server.post(TOKEN, &record.replace("Sunday", "Monday"));
    let changed: Value = serde_json::from_str(&changed.body).expect("JSON");
    let id = changed["changed"][0].as_str().expect("an id");
    let old = server.get(&format!("/articles/{id}?version=1")).body;
    assert!(!old.contains("<svg class=\"bars\""));
}
