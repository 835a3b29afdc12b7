//! Saved searches, and the hooks that are told of what they find.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crossread::Input;
use desk::Desk;
use fetch::{Alert, AlertOptions, Alerts, ClientOptions, News};
use store::SavedSearch;

use crate::server::{desk, feed, held, options, page, serve, status};

/// Keeps a search from the first version on.
fn search(db: &Path, name: &str, words: &str, hook: Option<String>) {
    let search = SavedSearch {
        name: name.to_owned(),
        words: words.to_owned(),
        hook,
        ..SavedSearch::default()
    };
    store::save(db, &search).expect("kept");
}

/// What saved searches tell at a time: found articles by search, then hooks that refuse.
fn told(desk: &Desk, alerts: &Alerts, now: i64) -> Vec<(String, usize)> {
    let mut told = Vec::new();
    let mut tell = |alert: Alert<'_>| {
        told.push(match alert {
            Alert::Came(search, rows) => (search.name.clone(), rows.len()),
            Alert::News(row, _) => (row.story.clone(), 0),
            Alert::Refused(_, why) => (why.to_owned(), 0),
        });
    };
    alerts.tell(desk.store(), now, &mut tell).expect("told");
    let patience = Duration::from_secs(10);
    alerts
        .finish(desk.store(), now, patience, &mut tell)
        .expect("posted");
    told
}

#[test]
fn what_a_saved_search_finds_is_told_and_posted_once() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        match path {
            "/feed" => feed(&["/bridge", "/mill"]),
            "/robots.txt" => status("404 Not Found", ""),
            "/hook" => status("204 No Content", ""),
            path => page(&path[1..]),
        }
    }
    let (address, seen) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let desk = desk(&db);
    // The desk is the store's only writer; a search is kept all the same.
    let hook = format!("http://{address}/hook");
    search(&db, "bridges", "bridge orl", Some(hook));
    search(&db, "airships", "zeppelin", None);
    search(&db, "mills", "mill orl", None);
    let options = options(true);
    let mut told = Vec::new();
    let mut tell = |news: News<'_>| {
        if let News::Alert(Alert::Came(search, rows)) = news {
            told.push((search.name.clone(), rows.len()));
        }
    };
    let sources = [format!("http://{address}/feed")];
    let stop = AtomicBool::new(false);
    for _ in 0..2 {
        fetch::watch(&desk, &sources, &options, &stop, &mut tell).expect("watched");
    }
    told.sort();
    let once = [("bridges".to_owned(), 1), ("mills".to_owned(), 1)];
    assert_eq!(told, once);
    assert_eq!(seen.times.lock().expect("times").get("/hook"), Some(&1));
}

#[test]
fn a_hook_that_fails_is_told_later_and_nothing_is_left_out() {
    fn answer(path: &str, _: &str, times: usize, _: SocketAddr) -> Vec<u8> {
        match (path, times) {
            ("/hook", 1 | 2) => status("500 Internal Server Error", ""),
            ("/hook", _) => status("204 No Content", ""),
            _ => status("404 Not Found", ""),
        }
    }
    let (address, seen) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let mut desk = held(&db);
    let hook = format!("http://{address}/hook");
    search(&db, "bridges", "bridge", Some(hook.clone()));
    search(&db, "orl", "orl", Some(hook));
    let record = |id: &str, more: &str| {
        Input {
        path: "a.jsonl".to_owned(),
        bytes: format!(
            r#"{{"id": "{id}", "title": "A bridge at Orl fell", "text": "A bridge at Orl fell on Monday, Ada Lorne said. {more}\n"}}"#
        )
        .into_bytes(),
        ..Input::default()
    }
    };
    let add = |desk: &mut Desk, input: Input| {
        desk.add([Ok(input)], "test", &|| 1_000, &crossread::Silent)
            .expect("added");
    };
    let alerts = Alerts::default();
    let asked = || *seen.times.lock().expect("times").get("/hook").unwrap_or(&0);
    let named = |told: &[(String, usize)]| -> usize { told.iter().map(|(_, rows)| rows).sum() };
    let refused = |told: &[(String, usize)]| told.iter().any(|(why, _)| why.contains("500"));
    add(&mut desk, record("a", ""));
    // People are told at once. Both have the same hook: it is asked once, and left alone for a while.
    let first = told(&desk, &alerts, 1_000);
    assert!(named(&first) == 2 && refused(&first), "{first:?}");
    assert_eq!(asked(), 1);
    add(&mut desk, record("b", ""));
    drop(desk);
    let mut desk = held(&db);
    let second = told(&desk, &alerts, 1_010);
    assert!(named(&second) == 2 && !refused(&second), "{second:?}");
    assert_eq!(asked(), 1);
    assert!(!alerts.are_due(desk.store(), 1_020).expect("read"));
    // Its time has come; it fails again, and is left alone for twice as long.
    let third = told(&desk, &Alerts::default(), 1_040);
    assert!(named(&third) == 0 && refused(&third), "{third:?}");
    assert_eq!(asked(), 2);
    assert_eq!(told(&desk, &alerts, 1_090), []);
    assert_eq!(asked(), 2);
    // When its time has come it is given all that it did not take, each search's once.
    assert!(alerts.are_due(desk.store(), 2_000).expect("read"));
    assert_eq!(told(&desk, &alerts, 2_000), []);
    assert_eq!(asked(), 4);
    assert!(!alerts.are_due(desk.store(), 3_000).expect("read"));
    assert_eq!(told(&desk, &alerts, 3_000), []);
    assert_eq!(asked(), 4);
    // A page that changed is news again.
    add(&mut desk, record("a", "It was eighty years old."));
    assert_eq!(named(&told(&desk, &alerts, 4_000)), 2);
    assert_eq!(asked(), 6);
    for wrong in ["ftp://a.example/", "http://me:secret@a.example/", "a"] {
        assert!(fetch::address_fault(wrong).is_some(), "{wrong}");
    }
    assert_eq!(fetch::address_fault("https://a.example/x"), None);
}

#[test]
fn a_hook_that_hangs_stops_nobody() {
    fn answer(path: &str, _: &str, _: usize, _: SocketAddr) -> Vec<u8> {
        match path {
            // It never answers.
            "/hang" => Vec::new(),
            _ => status("204 No Content", ""),
        }
    }
    let (address, seen) = serve(answer);
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let mut desk = held(&db);
    search(&db, "a", "bridge", Some(format!("http://{address}/hang")));
    // One of another host, and one that comes after the one that hangs.
    let other = format!("http://localhost:{}/hook", address.port());
    search(&db, "b", "bridge", Some(other));
    search(&db, "c", "bridge", Some(format!("http://{address}/hook")));
    let alerts = Alerts::new(&AlertOptions {
        client: ClientOptions {
            patience: Duration::from_secs(2),
            ..ClientOptions::default()
        },
        ..AlertOptions::default()
    });
    let began = Instant::now();
    for round in 0..20 {
        let input = Input {
            path: "a.jsonl".to_owned(),
            bytes: format!(r#"{{"id": "{round}", "title": "A bridge at Orl fell", "text": "Bridge {round} at Orl fell on Monday, Ada Lorne said.\n"}}"#).into_bytes(),
            ..Input::default()
        };
        desk.add([Ok(input)], "test", &|| 1_000, &crossread::Silent)
            .expect("added");
        alerts
            .tell(desk.store(), 1_000 + round, &mut |_| {})
            .expect("told");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(
        began.elapsed() < Duration::from_secs(2),
        "{:?}",
        began.elapsed()
    );
    let posted = |name: &str| {
        desk.store()
            .saved(name)
            .expect("read")
            .expect("kept")
            .posted
    };
    assert!(posted("b") > 0 && posted("a") == 0);
    // The one that hangs is given up, and what waited for its host with it; nothing is lost.
    let mut refused = Vec::new();
    let mut tell = |alert: Alert<'_>| {
        if let Alert::Refused(hook, why) = alert {
            refused.push((hook.to_owned(), why.to_owned()));
        }
    };
    let patience = Duration::from_secs(8);
    alerts
        .finish(desk.store(), 2_000, patience, &mut tell)
        .expect("posted");
    assert!(
        matches!(&refused[..], [(hook, why)] if hook.ends_with("/hang") && why.contains("too long")),
        "{refused:?}"
    );
    assert_eq!((posted("a"), posted("b"), posted("c")), (0, 20, 0));
    // When its time has come again, the others of its host have theirs.
    store::forget(&db, "a").expect("gone");
    alerts
        .finish(desk.store(), 9_000, patience, &mut |_| {})
        .expect("posted");
    assert_eq!((posted("b"), posted("c")), (20, 20));
    assert!(seen.times.lock().expect("times")["/hook"] >= 2);
}
