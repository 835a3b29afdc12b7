//! What turns promise: programs and threads that write to one store in turns leave the store that one of them would
//! have made, and nobody waits for the whole of what another does.

mod by_words;
mod records;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossread::model::Skipped;
use crossread::{Input, Silent};
use desk::{Desk, Turns};
use store::Reader;

fn turns(path: &Path) -> Turns {
    Turns::new(by_words::engine(), path, || 1_000).expect("a store")
}

fn page(event: usize, outlet: usize) -> Result<Input, Skipped> {
    Ok(Input {
        path: format!("{outlet}-{event}.jsonl"),
        bytes: records::record(event, outlet, 0).into_bytes(),
        ..Input::default()
    })
}

fn add(turns: &Turns, event: usize, outlet: usize) {
    let add = |desk: &mut Desk| desk.add([page(event, outlet)], "test", &|| 1_000, &Silent);
    assert_eq!(turns.take(add).expect("added").new.len(), 1);
}

fn reports(path: &Path) -> Vec<(String, Vec<u8>)> {
    let store = Reader::open(path).expect("a reader");
    let rows = store
        .stories(&store::StoryFilter::default(), 500)
        .expect("stories");
    let report = |n: u32| store.report(n).expect("read").expect("a report").story;
    let mut reports: Vec<_> = rows
        .iter()
        .map(|row| (row.id.clone(), report(row.n)))
        .collect();
    reports.sort();
    reports
}

#[test]
fn two_programs_in_turns_make_the_store_that_one_makes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (shared, alone) = (folder.path().join("a.db"), folder.path().join("b.db"));
    let (one, two, single) = (turns(&shared), turns(&shared), turns(&alone));
    for event in 0..12 {
        for outlet in 0..3 {
            add([&one, &two][(event + outlet) % 2], event, outlet);
            add(&single, event, outlet);
        }
        if event % 4 == 3 {
            // What a story is told from others by depends on when it is drawn.
            while one.draw().expect("drawn") {}
            while single.draw().expect("drawn") {}
        }
    }
    while two.draw().expect("drawn") {}
    while single.draw().expect("drawn") {}
    let kept = reports(&shared);
    assert!(kept.len() >= 10, "{}", kept.len());
    let alone = reports(&alone);
    for ((id, one), (other, two)) in kept.iter().zip(&alone) {
        assert_eq!(id, other);
        let (one, two) = (String::from_utf8_lossy(one), String::from_utf8_lossy(two));
        assert_eq!(one, two);
    }
    assert_eq!(kept.len(), alone.len());
}

#[test]
fn a_turn_that_does_not_end_well_harms_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let turns = Arc::new(turns(&path));
    add(&turns, 0, 0);
    let other = Arc::clone(&turns);
    let fell = std::thread::spawn(move || {
        let _ = other.take(|_| -> Result<(), desk::Error> { panic!("a turn that falls") });
    });
    assert!(fell.join().is_err());
    add(&turns, 0, 1);
    assert_eq!(
        Reader::open(&path)
            .expect("a reader")
            .counts()
            .expect("counts")[0],
        2
    );
}

#[test]
fn who_posts_does_not_wait_for_all_that_is_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let turns = turns(&path);
    for event in 0..25 {
        add(&turns, event, 0);
    }
    let mut mid = 0;
    std::thread::scope(|scope| {
        let drawing = scope.spawn(|| while turns.draw().expect("drawn") {});
        for event in 0..5 {
            let began = Instant::now();
            add(&turns, event, 1);
            assert!(
                began.elapsed() < Duration::from_secs(8),
                "{:?}",
                began.elapsed()
            );
            mid += 1;
        }
        drawing.join().expect("drawn");
    });
    assert_eq!(mid, 5);
    assert_eq!(
        Reader::open(&path)
            .expect("a reader")
            .counts()
            .expect("counts")[0],
        30
    );
}

#[test]
fn who_cannot_go_on_keeps_nobody_out_and_goes_on_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let (one, two) = (turns(&path), turns(&path));
    add(&one, 0, 0);
    add(&two, 0, 1);
    // What the other added is damaged: the first cannot take it in.
    let seq: u32 = 1;
    let record = |bytes: &[u8]| {
        let store = rusqlite::Connection::open(&path).expect("opened");
        let sql = "SELECT record FROM version WHERE seq = ?";
        let whole: Vec<u8> = store.query_row(sql, [seq], |row| row.get(0)).expect("read");
        let change = "UPDATE version SET record = ? WHERE seq = ?";
        store
            .execute(change, rusqlite::params![bytes, seq])
            .expect("changed");
        whole
    };
    let whole = record(b"nothing");
    assert!(one.take(|_| Ok::<_, desk::Error>(())).is_err());
    // The lock is free at once.
    let began = Instant::now();
    add(&two, 1, 0);
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "{:?}",
        began.elapsed()
    );
    record(&whole);
    add(&one, 2, 1);
    while one.draw().expect("drawn") {}
    let counts = Reader::open(&path).expect("a reader").counts();
    assert_eq!(counts.expect("counts")[0], 4);
}
