//! What a merge promises: one store with all that several have, the same whichever is named first, and the same
//! wherever it was stopped; what was known by an id is found by it.

mod by_words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossread::{Input, Progress, Silent, Stage};
use desk::{Desk, Error};
use serde_json::json;
use store::{Reader, SavedSearch};

fn desk(path: &Path) -> Desk {
    Desk::open(by_words::engine(), path, 1_000).expect("a store")
}

/// A report of an event by an outlet.
fn record(event: usize, outlet: usize, version: usize) -> String {
    const TOWNS: [&str; 8] = [
        "Hallowmere",
        "Quenby",
        "Ostrava",
        "Tarnwick",
        "Ulverdale",
        "Brisco",
        "Lynmouth",
        "Ferrick",
    ];
    const THINGS: [&str; 5] = ["ferry", "reservoir", "orchestra", "viaduct", "observatory"];
    let (town, thing) = (TOWNS[event % 8], THINGS[event / 8 % 5]);
    let text = format!(
        "The {thing} of {town} closed on Monday after {} complaints, mayor Ida Kern of {town} said in version {version}.\n\
         Outlet {outlet} saw the {thing} shut at noon. \"Nobody told {town} about the {thing},\" Kern said.\n",
        event + 3
    );
    json!({
        "url": format!("https://outlet{outlet}.example/{event}"),
        "outlet": format!("Outlet {outlet}"),
        "title": format!("{thing} of {town} closes"),
        "published": format!("2023-03-{:02}", 1 + event % 27),
        "text": text,
    })
    .to_string()
}

/// Adds reports that were fetched at a time.
fn add(desk: &mut Desk, at: i64, records: &[String]) {
    let input = Input {
        path: "news.jsonl".to_owned(),
        bytes: records.join("\n").into_bytes(),
        ..Input::default()
    };
    desk.add([Ok(input)], "test", &|| at, &Silent)
        .expect("added");
}

/// Two stores: each has what the other has not, some pages are in both, some changed.
fn two(folder: &Path) -> [std::path::PathBuf; 2] {
    let paths = ["a.db", "b.db"].map(|name| folder.join(name));
    let (mut a, mut b) = (desk(&paths[0]), desk(&paths[1]));
    let of = |events: std::ops::Range<usize>, outlet, version| -> Vec<String> {
        events.map(|event| record(event, outlet, version)).collect()
    };
    add(&mut a, 1_000, &of(0..30, 1, 1));
    add(&mut b, 1_500, &of(10..40, 2, 1));
    add(&mut a, 2_000, &of(0..20, 3, 1));
    add(&mut b, 2_000, &of(0..20, 3, 1));
    add(&mut b, 2_500, &of(10..15, 1, 2));
    add(&mut a, 3_000, &of(20..25, 1, 3));
    for desk in [&mut a, &mut b] {
        desk.redraw(u64::MAX, &Silent).expect("drawn");
    }
    drop((a, b));
    for (path, words, hook) in [
        (&paths[0], "ferry", None),
        (&paths[1], "viaduct", Some("http://127.0.0.1:9/")),
    ] {
        let search = SavedSearch {
            name: "desk".to_owned(),
            words: words.to_owned(),
            hook: hook.map(str::to_owned),
            ..SavedSearch::default()
        };
        store::save(path, &search).expect("kept");
    }
    paths
}

fn readers(paths: &[std::path::PathBuf]) -> Vec<Reader> {
    let open = |path: &std::path::PathBuf| Reader::open(path).expect("a store");
    paths.iter().map(open).collect()
}

/// All that is in a store, as an export has it.
fn all(path: &Path) -> String {
    let mut out = Vec::new();
    let store = Reader::open(path).expect("a store");
    store.export(&mut out, &|_| ()).expect("exported");
    String::from_utf8(out).expect("text")
}

/// A merge from the beginning to its end.
fn merged(into: &Path, paths: &[std::path::PathBuf]) -> String {
    let mut desk = desk(into);
    desk.merge(&readers(paths), 5_000, &Silent).expect("merged");
    desk.redraw(u64::MAX, &Silent).expect("drawn");
    drop(desk);
    all(into)
}

#[test]
fn a_merge_has_every_article_and_version_once_whatever_the_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = two(folder.path());
    let reversed = [paths[1].clone(), paths[0].clone()];
    let one = merged(&folder.path().join("c.db"), &paths);
    let other = merged(&folder.path().join("d.db"), &reversed);
    assert_eq!(one, other);
    let store = Reader::open(&folder.path().join("c.db")).expect("a store");
    let [articles, versions, _] = store.counts().expect("counts");
    // Outlet 1 has thirty, outlet 2 thirty, outlet 3 twenty in both stores; ten pages changed once.
    assert_eq!((articles, versions), (80, 90));
    let (checked, faults) = store.check(&|_| ()).expect("checked");
    assert!(checked > 0 && faults.is_empty(), "{faults:?}");
}

#[test]
fn what_was_known_by_an_id_is_found_by_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = two(folder.path());
    merged(&folder.path().join("c.db"), &paths);
    let store = Reader::open(&folder.path().join("c.db")).expect("a store");
    for reader in readers(&paths) {
        for (story, members) in reader.members_by_story_id().expect("stories") {
            let now = store
                .story(&story)
                .expect("read")
                .expect("a story of this id");
            assert!(now.articles as usize >= members.len().min(1), "{story}");
        }
    }
    let searches = store.searches().expect("searches");
    let names: Vec<&str> = searches.iter().map(|search| search.name.as_str()).collect();
    assert_eq!(names, ["desk", "desk 2"]);
    let arrived = store.arrived().expect("a number");
    assert!(
        searches
            .iter()
            .all(|search| search.told == arrived && search.posted == arrived)
    );
}

/// Ends the work after so many items.
struct Until(AtomicUsize);

impl Progress for Until {
    fn begin(&self, _: Stage, _: Option<usize>) {}

    fn advance(&self, items: usize) {
        let left = self.0.load(Ordering::Relaxed);
        if left < items {
            std::panic::resume_unwind(Box::new("stopped"));
        }
        self.0.store(left - items, Ordering::Relaxed);
    }
}

#[test]
fn a_merge_that_was_stopped_goes_on_to_the_same_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = two(folder.path());
    let whole = merged(&folder.path().join("whole.db"), &paths);
    for (nth, most) in [0, 30, 55, 85].into_iter().enumerate() {
        let into = folder.path().join(format!("stopped-{nth}.db"));
        let stop = Until(AtomicUsize::new(most));
        let mut first = desk(&into);
        let ended = catch_unwind(AssertUnwindSafe(|| {
            first.merge(&readers(&paths), 5_000, &stop)
        }));
        assert!(ended.is_err(), "stopped after {most}");
        drop(first);
        assert_eq!(merged(&into, &paths), whole, "stopped after {most}");
        // Once more is no news.
        assert_eq!(merged(&into, &paths), whole);
    }
}

#[test]
fn a_store_that_holds_something_else_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = two(folder.path());
    let into = folder.path().join("mine.db");
    let mut own = desk(&into);
    add(&mut own, 900, &[record(50, 9, 1)]);
    let refused = own.merge(&readers(&paths), 5_000, &Silent);
    assert!(matches!(refused, Err(Error::Occupied(path)) if path == into));
    assert_eq!(own.store().counts().expect("counts")[0], 1);
    drop(own);
    let into = folder.path().join("c.db");
    merged(&into, &paths);
    let refused = desk(&into).merge(&readers(&paths[..1]), 5_000, &Silent);
    assert!(matches!(refused, Err(Error::Occupied(_))));
}
