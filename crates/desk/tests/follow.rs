//! What following a story promises: all that is new in it is told once, by passages that stand in its articles; what is
//! followed goes where the store goes, and where its story goes.

mod by_words;
mod records;

use std::path::Path;

use crossread::report::news::{Kind, News};
use crossread::{Input, Silent};
use desk::{Desk, follow};
use records::record;
use store::{Follower, Reader, StoryFilter, Writer};

fn desk(path: &Path) -> Desk {
    Desk::open(by_words::engine(), path, 1_000).expect("a store")
}

fn add(desk: &mut Desk, records: &[String]) {
    let input = Input {
        path: "news.jsonl".to_owned(),
        bytes: records.join("\n").into_bytes(),
        ..Input::default()
    };
    desk.add([Ok(input)], "test", &|| 1_000, &Silent)
        .expect("added");
    desk.redraw(u64::MAX, &Silent).expect("drawn");
}

fn stories(store: &Reader) -> Vec<String> {
    let rows = store.stories(&StoryFilter::default(), 9).expect("stories");
    rows.into_iter().map(|row| row.id).collect()
}

fn begin(path: &Path, story: &str, hook: Option<&str>) {
    let store = Reader::open(path).expect("a store");
    let now = follow::begin(&store, story)
        .expect("read")
        .expect("a story");
    let follower = Follower {
        story: now.story.clone(),
        hook: hook.map(str::to_owned),
        by: "Anna Reader".to_owned(),
        ..Follower::default()
    };
    store::follow(path, &follower, now.drawn, now.told.as_deref()).expect("followed");
}

/// What is new, kept; each by what it is of.
fn news(store: &Writer) -> Vec<News> {
    let noticed = follow::notice(store).expect("noticed");
    for one in &noticed {
        let batch = store.batch().expect("a batch");
        let kept = batch.noticed(&one.before, &one.now, &one.news, 2_000);
        kept.expect("kept");
        batch.commit().expect("committed");
    }
    let read = |news: &String| serde_json::from_str(news).expect("news");
    noticed
        .iter()
        .flat_map(|one| one.news.iter().map(read))
        .collect()
}

fn of(news: &[News], kind: Kind) -> Vec<&News> {
    news.iter().filter(|one| one.kind == kind).collect()
}

/// A report of the same event with another sentence.
fn with(outlet: usize, version: usize, sentence: &str) -> String {
    let mut value: serde_json::Value =
        serde_json::from_str(&record(0, outlet, version)).expect("a record");
    let text = format!("{}{sentence}\n", value["text"].as_str().expect("text"));
    value["text"] = serde_json::json!(text);
    value.to_string()
}

#[test]
fn all_that_is_new_is_told_once_by_passages_that_stand_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let mut desk = desk(&path);
    add(&mut desk, &[record(0, 0, 0), record(0, 1, 0)]);
    let story = stories(desk.store()).remove(0);
    begin(&path, &story, None);
    assert_eq!(news(desk.store()), []);
    // Drawn anew, it is as it was.
    desk.recompare(&Silent).expect("drawn");
    assert_eq!(news(desk.store()), []);

    let said = "\"The repair will take a year,\" said Viktor Maurer, who leads the inquiry.";
    add(&mut desk, &[with(2, 0, said)]);
    let told = news(desk.store());
    let joined = of(&told, Kind::Joined);
    assert_eq!(joined.len(), 1, "{told:?}");
    assert_eq!(joined[0].passages[0].outlet, "Outlet 2");
    let spoken = of(&told, Kind::Said);
    let maurer = spoken
        .iter()
        .flat_map(|one| &one.passages)
        .find(|one| one.text.contains("repair will take a year"))
        .expect("what he said");
    assert_eq!(maurer.speaker.as_deref(), Some("Viktor Maurer"));
    assert_eq!(maurer.day.as_deref(), Some("2023-03-01"));
    assert_eq!(maurer.url.as_deref(), Some("https://outlet2.example/0"));
    assert_eq!(news(desk.store()), [], "told once");

    // An outlet changes its number: what stood there and what stands there now.
    add(&mut desk, &[record(0, 0, 6)]);
    let told = news(desk.store());
    let changed = of(&told, Kind::Changed);
    assert_eq!(changed.len(), 1, "{told:?}");
    let at = |gone: bool| {
        let mut passages = changed[0].passages.iter();
        passages
            .find(|one| one.gone == Some(gone))
            .expect("a passage")
    };
    assert!(at(true).text.contains("Some 3 people"), "{changed:?}");
    assert!(at(false).text.contains("Some 9 people"), "{changed:?}");
    assert_eq!(of(&told, Kind::Joined).len(), 0);
    let disputes = of(&told, Kind::Dispute);
    assert_eq!(disputes.len(), 1, "{told:?}");
    let texts: Vec<&str> = disputes[0]
        .passages
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert!(
        texts.iter().any(|one| one.contains('3')) && texts.iter().any(|one| one.contains('9')),
        "{texts:?}"
    );

    // And takes it back: the claim has its origins again.
    add(&mut desk, &[record(0, 0, 0)]);
    let told = news(desk.store());
    assert_eq!(of(&told, Kind::Dispute).len(), 0, "{told:?}");
    // Every passage is of an article of the store.
    for row in desk.store().latest_news(&story, 99).expect("news") {
        let news: News = serde_json::from_str(&row.news).expect("news");
        for passage in &news.passages {
            let known = desk
                .store()
                .by_id(&passage.article)
                .expect("read")
                .expect("there");
            let versions = desk.store().versions(known.n).expect("versions");
            let stands = versions.iter().any(|version| {
                let title = version.article.title.as_deref();
                version.article.text.as_str().contains(&passage.text)
                    || title == Some(&passage.text)
            });
            assert!(stands, "{passage:?}");
        }
    }
}

#[test]
fn corroboration_gained_and_lost_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let mut desk = desk(&path);
    let told = |outlet: usize, title: &str, text: &str| {
        let record = serde_json::json!({
            "id": format!("road-{outlet}"), "outlet": format!("Outlet {outlet}"),
            "published": "2023-03-01", "title": title, "text": text,
        });
        record.to_string()
    };
    let first = told(
        0,
        "Road to Ordin closed",
        "Inspectors closed the Kessel road to Ordin on Friday. Mayor Jana Holub spoke of an old crack in the Kessel \
         tunnel. Buses to Ordin go by way of Brenn.",
    );
    let second = told(
        1,
        "Ordin: no way through the Kessel tunnel",
        "Drivers waited at the Kessel tunnel for hours. A crack runs along the wall, Jana Holub, the mayor of Ordin, \
         wrote in a letter. Brenn lends its buses.",
    );
    add(&mut desk, &[first, second]);
    let story = stories(desk.store()).remove(0);
    begin(&path, &story, None);
    let third = |of_road: &str| {
        let rest =
            "Jana Holub asked for patience. Whoever must get to Ordin can take the bus from Brenn.";
        told(
            2,
            "Kessel tunnel: Ordin cut off",
            &format!("{of_road} {rest}"),
        )
    };
    let road =
        "The Kessel road to Ordin was closed on Friday after inspectors had looked at the tunnel.";
    add(&mut desk, &[third(road)]);
    let told = news(desk.store());
    let gained = of(&told, Kind::Gained);
    let road = gained
        .iter()
        .find(|one| one.passages.iter().any(|p| p.text.contains("Kessel road")))
        .unwrap_or_else(|| panic!("{told:?}"));
    let (before, now) = road.stands.expect("how it stands");
    assert!(before.expect("it was there").high < now.high, "{road:?}");
    assert!(
        road.label().starts_with("Gained corroboration: "),
        "{}",
        road.label()
    );
    let outlets: Vec<&str> = road
        .passages
        .iter()
        .map(|one| one.outlet.as_str())
        .collect();
    assert!(
        outlets.contains(&"Outlet 0") && outlets.contains(&"Outlet 2"),
        "{outlets:?}"
    );
    // The outlet that confirmed it takes it out.
    add(&mut desk, &[third("The way to Ordin is a long one.")]);
    let told = news(desk.store());
    let lost = of(&told, Kind::Lost);
    assert!(
        lost.iter()
            .any(|one| one.passages.iter().any(|p| p.text.contains("Kessel road"))),
        "{told:?}"
    );
}

#[test]
fn what_is_followed_goes_where_the_store_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let mut desk = desk(&path);
    add(&mut desk, &[record(0, 0, 0), record(0, 1, 0)]);
    let story = stories(desk.store()).remove(0);
    begin(&path, &story, Some("http://127.0.0.1:9/hook"));
    begin(&path, &story, None);
    assert_eq!(desk.store().followers().expect("read").len(), 2);
    let mut lines = Vec::new();
    desk.store().export(&mut lines, &|_| {}).expect("exported");
    let copy = folder.path().join("copy.db");
    Writer::import(&copy, &mut lines.as_slice(), &|_| {}).expect("imported");
    let mut other = self::desk(&copy);
    other.redraw(u64::MAX, &Silent).expect("drawn");
    let hooks = |desk: &Desk| -> Vec<(String, Option<String>)> {
        let followers = desk.store().followers().expect("read").into_iter();
        followers.map(|one| (one.story, one.hook)).collect()
    };
    assert_eq!(hooks(&other), hooks(&desk));
    // What came before counts as told; what comes is news.
    assert_eq!(news(other.store()), []);
    add(&mut other, &[record(0, 2, 0)]);
    assert_eq!(of(&news(other.store()), Kind::Joined).len(), 1);
    drop((desk, other));

    let merged = folder.path().join("merged.db");
    let stores = [&path, &copy].map(|path| Reader::open(path).expect("a store"));
    let mut both = self::desk(&merged);
    both.merge(&stores, 3_000, &Silent).expect("merged");
    both.redraw(u64::MAX, &Silent).expect("drawn");
    assert_eq!(both.store().followers().expect("read").len(), 2);
    assert_eq!(news(both.store()), []);
    let (_, faults) = both.store().check(&|_| {}).expect("checked");
    assert_eq!(faults, []);
    for one in both.store().followers().expect("read") {
        assert!(store::unfollow(&merged, one.n).expect("gone"));
    }
    assert_eq!(both.store().followed().expect("read"), []);
}

#[test]
fn a_story_that_turns_out_to_be_another_is_followed_as_that() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let mut desk = desk(&path);
    add(
        &mut desk,
        &[record(0, 0, 0), record(0, 1, 0), record(1, 0, 0)],
    );
    let ids = stories(desk.store());
    assert_eq!(ids.len(), 2);
    for id in &ids {
        begin(&path, id, None);
    }
    // The second turns out to be the first: the store leads its id on.
    let n = |id: &str| desk.store().story(id).expect("read").expect("there").n;
    let (kept, gone) = (n(&ids[0]), n(&ids[1]));
    let batch = desk.store().batch().expect("a batch");
    for (article, _) in batch.members(gone).expect("members") {
        batch.move_to(article, kept).expect("moved");
    }
    batch.touch(gone, &ids[1], 2_000).expect("touched");
    batch.touch(kept, &ids[0], 2_000).expect("touched");
    batch.alias(&ids[1], &ids[0]).expect("led on");
    batch
        .event(&ids[0], 2_000, "merged", None, Some(&ids[1]))
        .expect("noted");
    batch.commit().expect("committed");
    desk.redraw(u64::MAX, &Silent).expect("drawn");
    let told = news(desk.store());
    assert!(
        of(&told, Kind::Merged).iter().any(|one| one.key == ids[1]),
        "{told:?}"
    );
    let followed: Vec<String> = desk
        .store()
        .followed()
        .expect("read")
        .into_iter()
        .map(|one| one.story)
        .collect();
    assert_eq!(followed, [ids[0].clone()]);
    // Who followed both follows one.
    assert_eq!(desk.store().followers().expect("read").len(), 1);
    assert_eq!(news(desk.store()), []);
}
