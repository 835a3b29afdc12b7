//! Stores that become one: the same however it is asked for, and whatever stopped the program.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::run::{program, run};

/// Records of an outlet, about some events.
fn records(outlet: usize, events: std::ops::Range<usize>) -> String {
    let mut lines = String::new();
    for event in events {
        let thing = format!("thing{}", event * 31 % 997);
        let _ = writeln!(
            lines,
            r#"{{"url": "https://o{outlet}.example/{event}", "outlet": "O{outlet}", "published": "2023-03-{:02}", "title": "The {thing} of Orl{event} fell", "text": "The {thing} of Orl{event} fell on Monday, Ada Lorne said.\nIt was {event} years old, and outlet {outlet} asked why.\n"}}"#,
            1 + event % 28
        );
    }
    lines
}

fn crossread(folder: &Path, arguments: &[&str]) -> String {
    let mut command = program();
    let done = run(command.current_dir(folder).args(arguments), b"");
    assert_eq!(done.code, Some(0), "{arguments:?}: {}", done.stderr);
    done.stdout
}

/// Two stores, and their exports.
fn filled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, outlet, events) in [("a", 1, 0..700), ("b", 2, 300..900)] {
        let file = folder.path().join(format!("{name}.jsonl"));
        std::fs::write(file, records(outlet, events)).expect("written");
        let (file, db, out) = (
            format!("{name}.jsonl"),
            format!("{name}.db"),
            format!("{name}.out"),
        );
        crossread(folder.path(), &["add", &file, "--db", &db, "--quiet"]);
        crossread(
            folder.path(),
            &["export", "--db", &db, "-o", &out, "--quiet"],
        );
    }
    folder
}

#[test]
fn stores_and_their_exports_become_the_same_store() {
    let folder = filled();
    let path = folder.path();
    let merged = crossread(
        path,
        &["merge", "a.db", "b.db", "--into", "c.db", "--quiet"],
    );
    assert!(
        merged.starts_with("1300 articles, 1300 versions"),
        "{merged}"
    );
    crossread(
        path,
        &["import", "b.out", "a.out", "--db", "d.db", "--quiet"],
    );
    let export = |db| crossread(path, &["export", "--db", db, "--quiet"]);
    assert_eq!(export("c.db"), export("d.db"));
    crossread(path, &["check", "--db", "c.db"]);
    let left = std::fs::read_dir(path).expect("a folder").flatten();
    let left = left.filter(|entry| entry.file_name().to_string_lossy().contains(".import-"));
    assert_eq!(left.count(), 0, "what was made on the way is gone");
    let mut again = program();
    let refused = run(
        again
            .current_dir(path)
            .args(["merge", "a.db", "--into", "b.db"]),
        b"",
    );
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("holds articles already"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_merge_that_is_killed_goes_on() {
    let folder = filled();
    let path = folder.path();
    crossread(
        path,
        &["merge", "a.db", "b.db", "--into", "whole.db", "--quiet"],
    );
    for millis in [40, 150, 300, 500, 800] {
        let mut merge = program();
        let mut running = merge
            .current_dir(path)
            .args(["merge", "b.db", "a.db", "--into", "c.db", "--quiet"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_millis(millis));
        // One that was done before is as good.
        let _ = running.kill();
        running.wait().expect("ended");
    }
    crossread(
        path,
        &["merge", "b.db", "a.db", "--into", "c.db", "--quiet"],
    );
    let export = |db| crossread(path, &["export", "--db", db, "--quiet"]);
    assert!(export("whole.db") == export("c.db"), "the stores differ");
    crossread(path, &["check", "--db", "c.db"]);
}
