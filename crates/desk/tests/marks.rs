//! What marks promise: what a reader decides holds in the story, and goes on holding when it is drawn anew; what is
//! taken back leaves no trace; marks go where the store goes.

mod by_words;
mod records;

use std::path::Path;

use crossread::report::{self, wire};
use crossread::{Input, Silent};
use desk::Desk;
use records::record;
use store::{Mark, MarkKind, Marked, Reader, Writer};

fn desk(path: &Path) -> Desk {
    Desk::open(by_words::engine(), path, 1_000).expect("a store")
}

fn filled(path: &Path) -> Desk {
    let mut desk = desk(path);
    let records: Vec<String> = (0..3).map(|outlet| record(0, outlet, 0)).collect();
    let input = Input {
        path: "news.jsonl".to_owned(),
        bytes: records.join("\n").into_bytes(),
        ..Input::default()
    };
    desk.add([Ok(input)], "test", &|| 1_000, &Silent)
        .expect("added");
    desk.redraw(u64::MAX, &Silent).expect("drawn");
    desk
}

fn only(store: &Reader) -> (String, wire::Story) {
    let rows = store
        .stories(&store::StoryFilter::default(), 9)
        .expect("stories");
    assert_eq!(rows.len(), 1);
    let kept = store.report(rows[0].n).expect("read").expect("a report");
    let story = report::story(&kept.story).expect("a story");
    (rows[0].id.clone(), story)
}

fn mark(kind: MarkKind, story: &str, about: Vec<Marked>, with: Vec<Marked>) -> Mark {
    Mark {
        id: String::new(),
        kind,
        by: "Anna Reader".to_owned(),
        at: 2_000,
        story: story.to_owned(),
        key: String::new(),
        about,
        with,
        note: String::new(),
        undone: None,
    }
    .named()
}

fn marked(mention: &wire::Mention) -> Marked {
    Marked {
        article: mention.article.clone(),
        exact: mention.text.clone(),
        start: mention.start,
    }
}

fn drawn(desk: &mut Desk) -> wire::Story {
    desk.redraw(u64::MAX, &Silent).expect("drawn");
    only(desk.store()).1
}

/// The passages that state a claim.
fn states(claim: &wire::Claim) -> Vec<&wire::Mention> {
    let readings = claim.readings.iter().filter(|reading| !reading.near);
    readings.map(|reading| &reading.mention).collect()
}

fn together(story: &wire::Story, a: &wire::Mention, b: &wire::Mention) -> bool {
    let both = |claim: &wire::Claim| {
        let has = |one: &wire::Mention| {
            let mut readings = claim.readings.iter().map(|reading| &reading.mention);
            readings.any(|m| m.article == one.article && m.start < one.end && one.start < m.end)
        };
        has(a) && has(b)
    };
    story.claims.iter().any(both)
}

#[test]
fn a_wrong_match_is_parted_until_it_is_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = filled(&folder.path().join("a.db"));
    let (id, before) = only(desk.store());
    let claim = before.claims.iter().find(|claim| states(claim).len() >= 3);
    let claim = claim.expect("a claim of three");
    let passages = states(claim);
    let (one, others) = (passages[0], &passages[1..]);
    let with = others.iter().map(|m| marked(m)).collect();
    let mark = mark(MarkKind::WrongMatch, &id, vec![marked(one)], with);
    assert!(desk.mark(&mark).expect("kept"));
    // What comes twice is one.
    assert!(!desk.mark(&mark).expect("kept"));
    let parted = drawn(&mut desk);
    for other in others {
        assert!(together(&before, one, other) && !together(&parted, one, other));
    }
    assert!(together(&parted, others[0], others[1]), "the rest stays");
    // It is compared anew, and a report more comes.
    desk.recompare(&Silent).expect("compared");
    let more = Input {
        path: "more.jsonl".to_owned(),
        bytes: record(0, 3, 0).into_bytes(),
        ..Input::default()
    };
    desk.add([Ok(more)], "test", &|| 3_000, &Silent)
        .expect("added");
    assert!(!together(&drawn(&mut desk), one, others[0]));
    assert!(desk.undo(&mark.id, "Ben", 4_000).expect("undone"));
    assert!(!desk.undo(&mark.id, "Ben", 4_000).expect("undone"));
    assert!(together(&drawn(&mut desk), one, others[0]));
    let kept = desk.store().marks().expect("marks");
    assert_eq!(kept[0].undone, Some(("Ben".to_owned(), 4_000)));
}

#[test]
fn two_claims_are_one_when_a_reader_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = filled(&folder.path().join("a.db"));
    for (outlet, own) in [
        (4, "Nine cranes had been brought to the harbour by noon."),
        (
            5,
            "Heavy lifting gear stood ready on the quay before lunch.",
        ),
    ] {
        let told = record(0, outlet, 0).replace("Outlet ", &format!("{own} Outlet "));
        let input = Input {
            path: format!("{outlet}.jsonl"),
            bytes: told.into_bytes(),
            ..Input::default()
        };
        desk.add([Ok(input)], "test", &|| 1_000, &Silent)
            .expect("added");
    }
    drawn(&mut desk);
    let (id, before) = only(desk.store());
    let claims = || before.claims.iter();
    let pair = claims().find_map(|a| {
        let (one, other) = (states(a)[0], claims().map(|b| states(b)[0]));
        let apart =
            |other: &&wire::Mention| other.article != one.article && !together(&before, one, other);
        Some((one, other.clone().find(apart)?))
    });
    let (one, other) = pair.expect("two claims");
    let mark = mark(
        MarkKind::OneClaim,
        &id,
        vec![marked(one)],
        vec![marked(other)],
    );
    desk.mark(&mark).expect("kept");
    let joined = drawn(&mut desk);
    assert!(together(&joined, one, other));
    desk.undo(&mark.id, "Ben", 4_000).expect("undone");
    assert_eq!(report::line(&drawn(&mut desk)), report::line(&before));
}

#[test]
fn a_wrong_speaker_is_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = filled(&folder.path().join("a.db"));
    let (id, before) = only(desk.store());
    let given = |story: &wire::Story| -> Vec<(wire::Mention, Option<String>)> {
        let readings = story.quotes.iter().flat_map(|quote| &quote.readings);
        readings
            .map(|r| (r.mention.clone(), r.speaker.clone()))
            .collect()
    };
    let said = given(&before)
        .into_iter()
        .find(|(_, speaker)| speaker.is_some());
    let (said, _) = said.expect("somebody said something");
    let mark = mark(MarkKind::WrongSpeaker, &id, vec![marked(&said)], Vec::new());
    desk.mark(&mark).expect("kept");
    let after = given(&drawn(&mut desk));
    let now = after
        .iter()
        .find(|(mention, _)| mention.start == said.start && mention.article == said.article);
    assert_eq!(now.expect("still there").1, None);
}

#[test]
fn an_article_that_tells_of_something_else_is_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = filled(&folder.path().join("a.db"));
    let (id, before) = only(desk.store());
    let whole = |article: &String| Marked {
        article: article.clone(),
        exact: String::new(),
        start: 0,
    };
    let out = mark(
        MarkKind::NotThisStory,
        &id,
        vec![whole(&before.articles[1])],
        Vec::new(),
    );
    desk.mark(&out).expect("kept");
    let after = drawn(&mut desk);
    assert!(!after.articles.contains(&before.articles[1]) && after.articles.len() == 2);
    // Of all of them none is left out: a story is not emptied.
    let all = before.articles.iter().map(whole).collect();
    desk.mark(&mark(MarkKind::NotThisStory, &id, all, Vec::new()))
        .expect("kept");
    assert_eq!(drawn(&mut desk).articles.len(), 3);
}

#[test]
fn marks_go_where_the_store_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = filled(&folder.path().join("a.db"));
    let (id, before) = only(desk.store());
    let claim = before.claims.iter().find(|claim| states(claim).len() >= 2);
    let passages = states(claim.expect("a claim"));
    let mut note = mark(MarkKind::Note, &id, vec![marked(passages[0])], Vec::new());
    note.note = "<b>asked</b> the mayor’s office".to_owned();
    let note = note.named();
    let apart = mark(
        MarkKind::WrongMatch,
        &id,
        vec![marked(passages[0])],
        vec![marked(passages[1])],
    );
    for mark in [&note, &apart] {
        desk.mark(mark).expect("kept");
    }
    let decided = drawn(&mut desk);
    let mut lines = Vec::new();
    desk.store().export(&mut lines, &|_| {}).expect("exported");
    let other = folder.path().join("b.db");
    Writer::import(&other, &mut lines.as_slice(), &|_| {}).expect("imported");
    let mut imported = self::desk(&other);
    assert_eq!(
        imported.store().marks().expect("marks"),
        desk.store().marks().expect("marks")
    );
    assert_eq!(report::line(&drawn(&mut imported)), report::line(&decided));
    drop(imported);
    // A merge has them too.
    let merged = folder.path().join("c.db");
    let mut whole = self::desk(&merged);
    let stores = [Reader::open(&other).expect("a reader")];
    whole.merge(&stores, 5_000, &Silent).expect("merged");
    assert_eq!(whole.store().marks().expect("marks").len(), 2);
    assert!(!together(&drawn(&mut whole), passages[0], passages[1]));
    // As annotations they say whose they are.
    let mut out = Vec::new();
    desk::export::marks(desk.store(), &mut out, &|_| {}).expect("written");
    let first: serde_json::Value =
        serde_json::from_slice(out.split(|b| *b == b'\n').next().expect("a line")).expect("JSON");
    assert_eq!(first["motivation"], "commenting");
    assert_eq!(first["creator"]["name"], "Anna Reader");
    assert_eq!(
        first["target"][0]["selector"][0]["exact"],
        passages[0].text.as_str()
    );
}
