//! What the desk promises: a page stands once, a change is a version of it, stories keep their articles and
//! names, and a store that was closed at any moment goes on as if it had not been.

mod records;

use std::path::Path;

use crossread::report::tables::{Format, Table};
use crossread::{Engine, Input, Options, Silent};
use desk::{Added, Desk, export};
use records::{record, word};
use serde_json::json;
use store::{Query, Reader, Writer};

fn desk(path: &Path) -> Desk {
    let silence = crossread::Silence {
        open: 0,
        ..crossread::Silence::default()
    };
    let options = Options {
        silence,
        threads: Some(2),
        align: crossread::Align::Words,
        ..Options::default()
    };
    Desk::open(Engine::new(options).expect("an engine"), path, 1000).expect("a store")
}

fn input(name: &str, records: &[String]) -> Result<Input, crossread::model::Skipped> {
    Ok(Input {
        path: name.to_owned(),
        bytes: records.join("\n").into_bytes(),
        ..Input::default()
    })
}

fn add(desk: &mut Desk, records: &[String]) -> Added {
    let inputs = [input("news.jsonl", records)];
    desk.add(inputs, "test", &|| 1000, &Silent).expect("added")
}

/// Which articles stand together, and under which id.
fn stories(store: &Reader) -> Vec<(String, String)> {
    let rows = store.articles_after(0, 10_000).expect("rows");
    let mut pairs: Vec<(String, String)> = rows
        .into_iter()
        .map(|row| (row.id, row.story.expect("a story")))
        .collect();
    pairs.sort();
    pairs
}

#[test]
fn the_same_page_twice_is_one_article_and_a_changed_one_a_version() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let mut desk = desk(&path);
    let added = add(
        &mut desk,
        &[record(0, 0, 0), record(0, 1, 0), record(1, 0, 0)],
    );
    assert_eq!(added.new.len(), 3);
    let again = add(&mut desk, &[record(0, 0, 0), record(0, 1, 7)]);
    assert_eq!(
        (again.new.len(), again.known.len(), again.changed.len()),
        (0, 1, 1)
    );
    assert!(added.new.contains(&again.changed[0]), "the id stays");
    desk.redraw(u64::MAX, &Silent).expect("drawn");

    let store = Reader::open(&path).expect("a store");
    assert_eq!(store.counts().expect("counts"), [3, 4, 2]);
    let known = store
        .by_id(&again.changed[0])
        .expect("read")
        .expect("there");
    let versions = store.versions(known.n).expect("versions");
    let counts: Vec<bool> = versions
        .iter()
        .map(|v| v.article.text.as_str().contains("10 people"))
        .collect();
    assert_eq!(counts, [false, true]);
    // Its original bytes are those that were given.
    let given = String::from_utf8(store.original(versions[0].seq).expect("bytes"));
    assert_eq!(given.expect("text"), record(0, 1, 0));
    let (passages, faults) = store.check(&|_| {}).expect("checked");
    assert!(passages > 20 && faults.is_empty(), "{faults:?}");
}

/// A page that is the same wherever it stands.
const REPRINT: &[u8] = b"<title>Bridge at Orl shut</title><article><h1>Bridge at Orl shut</h1><p>The bridge at Orl was \
      shut on Monday after a barge had hit one of its piers, the mayor, Ada Lorne, told reporters there.</p>\
      <p>Nobody was hurt, she said, and buses go by way of Vessim until the pier has been looked at.</p></article>";

fn at(paths: &[&str]) -> Vec<Result<Input, crossread::model::Skipped>> {
    let input = |path: &&str| {
        Ok(Input {
            path: (*path).to_owned(),
            bytes: REPRINT.to_vec(),
            ..Input::default()
        })
    };
    paths.iter().map(input).collect()
}

#[test]
fn the_same_bytes_at_two_addresses_are_two_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = |name: &str| desk(&folder.path().join(name));
    let add = |desk: &mut Desk, paths: &[&str]| {
        desk.add(at(paths), "test", &|| 1000, &Silent)
            .expect("added")
    };
    let (post, courier) = ("https://post.example/orl", "https://courier.example/orl");
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    // In one run, in any order: the same two ids, one of them what the page alone would have.
    let both = sorted(add(&mut open("a.db"), &[post, courier]).new);
    assert_eq!(both.len(), 2);
    let turned = add(&mut open("b.db"), &[courier, post]).new;
    assert_eq!(sorted(turned), both);
    let mut alone = open("c.db");
    let first = add(&mut alone, &[post]).new;
    assert!(both.contains(&first[0]));
    // Run after run: the first keeps its id, each is known by its address, and both are reported.
    let second = add(&mut alone, &[courier]).new;
    assert_eq!((second.len(), second == first), (1, false));
    for path in [post, courier] {
        let again = add(&mut alone, &[path]);
        assert_eq!((again.new.len(), again.known.len()), (0, 1), "{path}");
    }
    // Files that say no address are copies of the page that is known, wherever they lie, in any order.
    let files = add(&mut alone, &["/a/orl.html", "/b/orl.html", "/a/orl.html"]);
    assert_eq!((files.new.len(), files.known.len()), (0, 3));
    let mixed = add(&mut open("e.db"), &["/a/orl.html", post, "/b/orl.html"]);
    assert_eq!((mixed.new.len(), mixed.known.len()), (1, 2));
    alone.redraw(u64::MAX, &Silent).expect("drawn");
    let store = alone.store();
    assert_eq!(store.counts().expect("counts"), [2, 2, 1]);
    let urls = store.articles_after(0, 9).expect("rows").into_iter();
    let urls: Vec<Option<String>> = urls.map(|row| row.url).collect();
    assert!(urls.contains(&Some(post.to_owned())) && urls.contains(&Some(courier.to_owned())));
    let (_, faults) = store.check(&|_| {}).expect("checked");
    assert!(faults.is_empty(), "{faults:?}");
    // An export makes the same store, which knows them all.
    let mut lines = Vec::new();
    store.export(&mut lines, &|_| {}).expect("exported");
    let path = folder.path().join("d.db");
    Writer::import(&path, &mut &lines[..], &|_| {}).expect("imported");
    let mut imported = desk(&path);
    assert_eq!(stories(imported.store()), stories(alone.store()));
    let again = add(&mut imported, &[courier, "/b/orl.html", post]);
    assert_eq!((again.new.len(), again.known.len()), (0, 3));
}

#[test]
fn a_version_that_came_twice_in_one_batch_is_kept_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let mut desk = desk(&path);
    let added = add(
        &mut desk,
        &[record(0, 0, 0), record(0, 0, 1), record(0, 0, 0)],
    );
    assert_eq!((added.new.len(), added.changed.len()), (1, 2));
    let newest = desk
        .store()
        .newest(&added.new[0])
        .expect("read")
        .expect("there");
    assert_eq!(newest.number, 3);
}

#[test]
fn a_store_that_was_closed_goes_on_as_one_that_was_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let all: Vec<String> = (0..120).map(|at| record(at / 4, at % 4, 0)).collect();
    let once = folder.path().join("once.db");
    let mut one = desk(&once);
    for part in all.chunks(17) {
        add(&mut one, part);
    }
    let often = folder.path().join("often.db");
    for part in all.chunks(17) {
        let mut desk = desk(&often);
        add(&mut desk, part);
        desk.redraw(3, &Silent).expect("drawn");
    }
    let (one, two) = (stories(one.store()), stories(desk(&often).store()));
    assert!(one.len() == 120 && one == two);
    let distinct: std::collections::BTreeSet<&String> = one.iter().map(|pair| &pair.1).collect();
    assert!((20..60).contains(&distinct.len()), "{}", distinct.len());
}

#[test]
fn removed_articles_are_gone_from_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let mut desk = desk(&path);
    let added = add(
        &mut desk,
        &[record(0, 0, 0), record(0, 1, 0), record(6, 2, 0)],
    );
    desk.redraw(u64::MAX, &Silent).expect("drawn");
    let outlet = |at: usize| -> String {
        let row = desk
            .store()
            .article(&added.new[at])
            .expect("read")
            .expect("there");
        row.outlet.expect("an outlet")
    };
    let gone = (0..3).find(|&at| outlet(at) == "Outlet 2").expect("there");
    let gone = vec![added.new[gone].clone()];
    assert_eq!(desk.remove(&gone, 2000).expect("removed"), gone);
    assert!(desk.remove(&gone, 2000).expect("nothing").is_empty());
    desk.redraw(u64::MAX, &Silent).expect("drawn");
    drop(desk);
    let mut desk = self::desk(&path);
    assert_eq!(desk.store().counts().expect("counts"), [2, 2, 1]);
    let (_, faults) = desk.store().check(&|_| {}).expect("checked");
    assert!(faults.is_empty(), "{faults:?}");
    let query = Query {
        words: word(6, 1),
        ..Query::default()
    };
    assert!(
        desk.store()
            .search(&query, 10)
            .expect("searched")
            .is_empty()
    );
    // What was taken out can come again.
    assert_eq!(add(&mut desk, &[record(6, 2, 0)]).new.len(), 1);
}

#[test]
fn what_is_removed_stands_in_no_other_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let mut desk = desk(&path);
    add(&mut desk, &[record(0, 0, 0), record(0, 1, 0)]);
    desk.redraw(u64::MAX, &Silent).expect("drawn");
    let reports = |store: &Reader| -> Vec<String> {
        let reported = store.reported().expect("stories");
        let report = |n| store.report(n).expect("read").expect("a report").story;
        let reports = reported.iter().map(|(n, _)| report(*n));
        reports
            .map(|report| String::from_utf8(report).expect("text"))
            .collect()
    };
    // The page now says something else and is in a story of its own; the first story's report is still the old one.
    let moved = record(6, 1, 0).replace("outlet1.example/6", "outlet1.example/0");
    let changed = add(&mut desk, &[moved]).changed;
    let [id] = changed.as_slice() else {
        panic!("{changed:?}");
    };
    assert!(reports(desk.store())[0].contains(id.as_str()));
    desk.remove(std::slice::from_ref(id), 2000)
        .expect("removed");
    // Killed here, before anything is drawn.
    drop(desk);
    let store = Reader::open(&path).expect("a store");
    assert!(
        reports(&store)
            .iter()
            .all(|report| !report.contains(id.as_str()))
    );
    let (_, faults) = store.check(&|_| {}).expect("checked");
    assert!(faults.is_empty(), "{faults:?}");
    assert!(
        store.stale_count().expect("a count") > 0,
        "it waits to be drawn"
    );
}

#[test]
fn a_store_takes_one_writer_and_any_readers() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let mut one = desk(&path);
    add(&mut one, &[record(0, 0, 0)]);
    let engine = Engine::new(Options::default()).expect("an engine");
    let Err(second) = Desk::open(engine, &path, 1000) else {
        panic!("a second writer");
    };
    assert!(
        second.to_string().contains("another crossread is writing"),
        "{second}"
    );
    let reader = Reader::open(&path).expect("a reader");
    add(&mut one, &[record(1, 0, 0)]);
    assert_eq!(reader.counts().expect("counts")[0], 2);
    // While the first rests the second writes, and the first has it when it wakes.
    one.rest().expect("rested");
    let mut two = desk(&path);
    add(&mut two, &[record(1, 1, 0)]);
    two.rest().expect("rested");
    one.wake().expect("woken");
    add(&mut one, &[record(1, 2, 0)]);
    one.redraw(u64::MAX, &Silent).expect("drawn");
    let rows = reader
        .stories(&store::StoryFilter::default(), 10)
        .expect("stories");
    assert_eq!(rows.iter().map(|row| row.articles).max(), Some(3));
}

#[test]
fn what_is_no_store_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = |path: &Path| {
        let engine = Engine::new(Options::default()).expect("an engine");
        Desk::open(engine, path, 1000).err().map(|e| e.to_string())
    };
    let text = folder.path().join("text.db");
    std::fs::write(&text, "A letter to the editor, of some length. ".repeat(50)).expect("written");
    assert!(open(&text).expect("refused").contains("no Crossread store"));
    let read = std::fs::read_to_string(&text).expect("read");
    assert!(read.starts_with("A letter"));

    let path = folder.path().join("a.db");
    add(&mut desk(&path), &[record(0, 0, 0)]);
    let mut bytes = std::fs::read(&path).expect("read");
    // SQLite keeps `user_version` at byte 60.
    bytes[60..64].copy_from_slice(&99u32.to_be_bytes());
    std::fs::write(&path, &bytes).expect("written");
    assert!(open(&path).expect("refused").contains("newer Crossread"));
    let gone = folder.path().join("gone.db");
    let missing = Reader::open(&gone).expect_err("refused");
    assert!(missing.to_string().contains("crossread add"));
    assert!(!gone.exists());
}

#[test]
fn an_export_makes_the_same_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let mut desk = desk(&path);
    let all: Vec<String> = (0..60).map(|at| record(at / 3, at % 3, 0)).collect();
    let added = add(&mut desk, &all);
    add(&mut desk, &[record(2, 1, 5), record(30, 0, 0)]);
    desk.remove(&added.new[..2], 3000).expect("removed");
    add(&mut desk, &[record(31, 0, 0)]);
    let search = store::SavedSearch {
        name: "bridges".to_owned(),
        words: "bridge \"at orl\"".to_owned(),
        hook: Some("http://127.0.0.1:9/".to_owned()),
        made: 3000,
        ..store::SavedSearch::default()
    };
    store::save(&path, &search).expect("kept");
    let export = |store: &Reader| -> Vec<u8> {
        let mut out = Vec::new();
        store.export(&mut out, &|_| {}).expect("exported");
        out
    };
    let first = export(desk.store());
    let again = folder.path().join("b.db");
    Writer::import(&again, &mut &first[..], &|_| {}).expect("imported");
    let mut second = self::desk(&again);
    assert_eq!(export(second.store()), first);
    let kept = second.store().searches().expect("searches");
    assert_eq!((kept.len(), kept[0].told), (1, 63));
    assert_eq!(stories(second.store()), stories(desk.store()));
    // Both go on alike.
    for desk in [&mut desk, &mut second] {
        add(desk, &[record(3, 7, 0), record(40, 1, 0)]);
    }
    assert_eq!(stories(second.store()), stories(desk.store()));
    // An export that was cut off, or changed, makes no store.
    let cut = folder.path().join("c.db");
    let half = &first[..first.len() / 2];
    let error = Writer::import(&cut, &mut &half[..], &|_| {}).expect_err("refused");
    assert!(error.to_string().contains("of the export is"), "{error}");
    let text = String::from_utf8(first).expect("text");
    let other = text.replacen("\"original\":\"ey", "\"original\":\"eX", 1);
    assert!(Writer::import(&cut, &mut other.as_bytes(), &|_| {}).is_err());
    assert!(!cut.exists());
}

/// The rows of a table, as CSV has them.
fn rows(store: &store::Reader, table: Table) -> Vec<csv::StringRecord> {
    let mut written = Vec::new();
    let format = Format::Csv { bom: false };
    export::table(store, table, format, &mut written, &|_| {}).expect("a table");
    let mut reader = csv::Reader::from_reader(&written[..]);
    reader.records().map(|row| row.expect("a row")).collect()
}

#[test]
fn exports_for_other_programs_hold_every_passage() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let mut desk = desk(&path);
    add(
        &mut desk,
        &[record(0, 0, 0), record(0, 1, 0), record(5, 0, 0)],
    );
    desk.redraw(u64::MAX, &Silent).expect("drawn");
    let store = desk.store();
    let mut lines = Vec::new();
    export::annotations(store, &Default::default(), &mut lines, &|_| {}).expect("annotations");
    let lines = String::from_utf8(lines).expect("text");
    assert!(lines.lines().count() > 10);
    for line in lines.lines() {
        let one: serde_json::Value = serde_json::from_str(line).expect("an object");
        let selectors = &one["target"]["selector"];
        let id = one["target"]["source"].as_str().expect("a source");
        let rows = store.articles_after(0, 10).expect("rows");
        let row = rows
            .iter()
            .find(|row| row.url.as_deref() == Some(id))
            .expect("an article");
        let text = store
            .newest(&row.id)
            .expect("read")
            .expect("there")
            .article
            .text;
        let at = |key: &str| selectors[1][key].as_u64().expect("a place") as usize;
        let slice: String = text
            .as_str()
            .chars()
            .take(at("end"))
            .skip(at("start"))
            .collect();
        assert_eq!(Some(slice.as_str()), selectors[0]["exact"].as_str());
    }
    for (table, least) in [
        (Table::Articles, 3),
        (Table::Stories, 2),
        (Table::Claims, 3),
        (Table::Readings, 4),
        (Table::Quotes, 2),
        (Table::Names, 2),
        (Table::Mentions, 4),
    ] {
        let rows = rows(store, table);
        assert!(rows.len() >= least, "{table:?} has {} rows", rows.len());
        let stories = store.reported().expect("read");
        let fields = table.fields();
        let story = fields.iter().position(|field| field.name == "story_id");
        let story = story.expect("a column");
        for row in &rows {
            assert!(stories.iter().any(|(_, id)| *id == row[story]), "{row:?}");
        }
    }
    let articles = rows(store, Table::Articles);
    for reading in rows(store, Table::Readings) {
        let field = |name: &str| {
            let fields = Table::Readings.fields();
            let at = fields.iter().position(|field| field.name == name);
            reading[at.expect("a column")].to_owned()
        };
        let own = articles.iter().find(|row| row[1] == field("article_id"));
        let text = &own.expect("its article")[Table::Articles.fields().len() - 1];
        let number = |name: &str| field(name).parse::<usize>().expect("a number");
        let slice: String = text
            .chars()
            .take(number("end"))
            .skip(number("start"))
            .collect();
        assert_eq!(slice, field("text"));
    }
    let mut archive = Vec::new();
    export::warc(store, &mut archive, &|_| {}).expect("an archive");
    let mut plain = String::new();
    let mut members = flate2::read::MultiGzDecoder::new(&archive[..]);
    std::io::Read::read_to_string(&mut members, &mut plain).expect("gzip");
    assert_eq!(plain.matches("WARC/1.1\r\n").count(), 4);
    assert!(plain.contains(&record(5, 0, 0)));
    let mut told = Vec::new();
    export::markdown(store, &Default::default(), &mut told, &|_| {}).expect("markdown");
    assert!(String::from_utf8(told).expect("text").contains(&word(0, 1)));
}

#[test]
fn a_stream_that_cannot_be_recalled_is_grouped_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let all: Vec<String> = (0..40).map(|at| record(at / 4, at % 4, 0)).collect();
    let mut first = desk(&path);
    add(&mut first, &all);
    first.redraw(u64::MAX, &Silent).expect("drawn");
    let before = stories(first.store());
    // Another program would have put the first article elsewhere.
    let store = first.store();
    let rows = store.articles_after(0, 2).expect("rows");
    let other = store
        .by_id(&before[before.len() - 1].0)
        .expect("read")
        .expect("there");
    let batch = store.batch().expect("begun");
    batch.move_to(rows[0].n, other.story).expect("moved");
    batch.commit().expect("kept");
    assert_ne!(stories(store), before);
    drop(first);
    let mut second = desk(&path);
    assert_eq!(stories(second.store()), before);
    assert!(second.redraw(u64::MAX, &Silent).expect("drawn") > 0);
    let (_, faults) = second.store().check(&|_| {}).expect("checked");
    assert!(faults.is_empty(), "{faults:?}");
    // A state that is damaged is no state.
    let batch = second.store().batch().expect("begun");
    batch
        .state(40, "crossread", b"CRSG nonsense")
        .expect("written");
    batch.commit().expect("kept");
    drop(second);
    let mut third = desk(&path);
    assert_eq!(stories(third.store()), before);
    assert_eq!(add(&mut third, &[record(0, 9, 0)]).new.len(), 1);
    for (_, story) in before {
        assert!(
            third.store().story(&story).expect("read").is_some(),
            "{story} leads somewhere"
        );
    }
}

#[test]
fn a_table_holds_no_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = desk(&folder.path().join("a.db"));
    let formula = "=HYPERLINK(\"https://evil.example\")";
    let record =
        json!({ "id": "-1+1", "outlet": "@SUM(A1)", "title": formula, "text": record(0, 0, 0) });
    add(&mut desk, &[record.to_string()]);
    let row = rows(desk.store(), Table::Articles).remove(0);
    assert_eq!(
        (&row[1], &row[2], &row[3]),
        ("'-1+1", "'@SUM(A1)", &*format!("'{formula}"))
    );
}

/// Noon of a day of 2023, seconds since 1970.
fn noon(days_into_the_year: i64) -> i64 {
    (19_358 + days_into_the_year) * 86_400 + 43_200
}

#[test]
fn a_season_later_it_is_another_story_and_an_edit_is_still_of_the_old_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let mut desk = desk(&path);
    let mut add = |records: &[String], day: i64| {
        let inputs = [input("news.jsonl", records)];
        let at = noon(day);
        desk.add(inputs, "test", &|| at, &Silent).expect("added");
    };
    let dated = |record: String, day: &str| {
        let mut record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
        record["published"] = day.into();
        record
    };
    let later = |outlet: usize, day: &str| {
        let mut record = dated(self::record(3, outlet, 0), day);
        record["url"] = format!("https://outlet{outlet}.example/later").into();
        record.to_string()
    };
    // One page gives a day that has not come yet: nothing is over by that.
    let odd = dated(self::record(5, 0, 0), "2093-01-01").to_string();
    add(&[record(3, 0, 0), odd], 65);
    add(&[record(3, 1, 0)], 66);
    add(&[dated(record(4, 0, 0), "2023-07-20").to_string()], 201);
    add(&[later(0, "2023-07-21"), later(1, "2023-07-21")], 202);
    add(&[record(3, 0, 1)], 203);
    drop(desk);
    let reader = Reader::open(&path).expect("a store");
    let told = |reader: &Reader| -> Vec<(String, String)> {
        let rows = reader.articles_after(0, 100).expect("rows");
        rows.into_iter()
            .map(|row| (row.url.expect("a url"), row.story.expect("a story")))
            .collect()
    };
    let before = told(&reader);
    let of = |url: &str| -> &str {
        let found = before.iter().find(|(one, _)| one == url);
        &found.expect("an article").1
    };
    let old = of("https://outlet0.example/3");
    assert_eq!(old, of("https://outlet1.example/3"));
    let new = of("https://outlet0.example/later");
    assert_eq!(new, of("https://outlet1.example/later"));
    assert_ne!(old, new);
    let changed = reader.by_id(&id_of(&reader, "https://outlet0.example/3"));
    assert_eq!(changed.expect("read").expect("an article").versions, 2);
    drop(reader);
    // A small store keeps no state: its stream is made again, and comes out as it was.
    drop(self::desk(&path));
    assert_eq!(told(&Reader::open(&path).expect("a store")), before);
}

fn id_of(reader: &Reader, url: &str) -> String {
    let rows = reader.articles_after(0, 100).expect("rows");
    let row = rows.into_iter().find(|row| row.url.as_deref() == Some(url));
    row.expect("an article").id
}
