//! The same bytes at the size of a newsroom's week: 300 articles in several kinds of files, for 1, 2 and 8 threads,
//! several locales and zones, and orders of the files; and a store's reports after it was exported and imported.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{program, run};

/// How many stories there are, and how many articles each has.
const STORIES: usize = 60;
const ARTICLES: usize = 5;

/// Rows of the pairs of passages that a story is made of, and how far the next story's are.
const ROWS: usize = 7;
const STEP: usize = 74;

/// The project's own pairs of passages: what is the same, nearly the same and contrary, of many events.
fn passages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../training/pairs");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the pairs")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    let mut pairs = Vec::new();
    for file in files {
        let rows = fs::read_to_string(file).expect("read");
        pairs.extend(rows.lines().filter_map(|row| {
            let mut fields = row.split('\t').skip(2);
            Some((fields.next()?.to_owned(), fields.next()?.to_owned()))
        }));
    }
    pairs
}

/// Writes the corpus; gives its files, by name.
fn corpus(folder: &Path) -> Vec<PathBuf> {
    let passages = passages();
    assert!(passages.len() > STORIES * STEP, "{}", passages.len());
    let mut files = Vec::new();
    let mut records = String::new();
    for story in 0..STORIES {
        let rows = &passages[story * STEP..][..ROWS];
        for outlet in 0..ARTICLES {
            let said: Vec<&str> = rows
                .iter()
                .enumerate()
                // Each outlet leaves something out, and tells the rest in the one way or the other.
                .filter(|(nth, _)| nth % ARTICLES != outlet)
                .map(|(nth, (one, other))| {
                    if (nth + outlet) % 2 == 0 {
                        &one[..]
                    } else {
                        other
                    }
                })
                .collect();
            let title = said[0].split([',', '.']).next().unwrap_or_default();
            let day = format!("2023-03-{:02}", 1 + (story + outlet / 3) % 28);
            let name = format!("{}-{story:02}-{outlet}", story * 7 % 10);
            let (file, text) = match (story + outlet) % 3 {
                0 => {
                    let paragraphs: String =
                        said.iter().map(|line| format!("<p>{line}</p>")).collect();
                    let page = format!(
                        "<title>{title}</title><meta property=article:published_time content={day}>\
                         <meta property=og:site_name content=\"Outlet {outlet}\"><article><h1>{title}</h1>{paragraphs}</article>"
                    );
                    (format!("{name}.html"), page)
                }
                1 => {
                    let page = format!(
                        "{title}\n\nOutlet {outlet}\n\n{day}\n\n{}\n",
                        said.join("\n\n")
                    );
                    (format!("{name}.txt"), page)
                }
                _ => {
                    let record = serde_json::json!({
                        "id": name, "outlet": format!("Outlet {outlet}"), "title": title, "published": day,
                        "text": said.join("\n"),
                    });
                    records.push_str(&format!("{record}\n"));
                    continue;
                }
            };
            fs::write(folder.join(&file), text).expect("written");
            files.push(file.into());
        }
    }
    fs::write(folder.join("5-records.jsonl"), records).expect("written");
    files.push("5-records.jsonl".into());
    files.sort();
    files
}

/// A run in a locale and a zone.
fn in_place(folder: &Path, locale: &str, zone: &str) -> Command {
    let mut command = program();
    command.current_dir(folder);
    command
        .env("LC_ALL", locale)
        .env("LANG", locale)
        .env("TZ", zone);
    command
}

#[test]
fn three_hundred_articles_give_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = corpus(folder.path());
    let mut backwards = files.clone();
    backwards.reverse();
    let mut turned = files.clone();
    turned.rotate_left(files.len() / 3);
    let read = |threads: &str, (locale, zone): (&str, &str), files: &[PathBuf]| {
        let mut read = in_place(folder.path(), locale, zone);
        read.args([
            "read",
            "--align",
            "words",
            "--format",
            "json",
            "--threads",
            threads,
        ]);
        let ended = run(read.args(files), b"");
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        ended.stdout
    };
    let first = read("1", ("C", "UTC"), &files);
    let report: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    let count = |what: &str| report[what].as_array().map_or(0, Vec::len);
    assert_eq!(count("articles") + count("skipped"), STORIES * ARTICLES);
    assert!(
        count("articles") > 280 && count("stories") < 200,
        "{}, {}",
        count("articles"),
        count("stories")
    );
    let disputed = report["stories"].as_array().expect("stories").iter();
    assert!(
        disputed
            .filter(|story| story["disputes"][0].is_object())
            .count()
            > 5
    );
    for (threads, place, files) in [
        ("2", ("tr_TR.UTF-8", "Asia/Kathmandu"), &backwards),
        ("8", ("de_DE.UTF-8", "America/Los_Angeles"), &turned),
    ] {
        assert!(
            read(threads, place, files) == first,
            "another answer with {threads} threads, {place:?}"
        );
    }
}

#[test]
fn a_store_says_the_same_after_it_was_exported_and_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = corpus(folder.path());
    let told = |place: (&str, &str), words: &[&str], more: &[PathBuf]| {
        let ended = run(
            in_place(folder.path(), place.0, place.1)
                .args(words)
                .args(more),
            b"",
        );
        assert_eq!(ended.code, Some(0), "{words:?}: {}", ended.stderr);
        ended.stdout
    };
    let (here, there) = (("C", "UTC"), ("tr_TR.UTF-8", "Asia/Kathmandu"));
    told(
        here,
        &["add", "--threads", "1", "--db", "a.db"],
        &files[..100],
    );
    told(
        here,
        &["add", "--threads", "1", "--db", "a.db"],
        &files[100..],
    );
    told(here, &["export", "--db", "a.db", "-o", "a.jsonl"], &[]);
    told(there, &["import", "a.jsonl", "--db", "b.db"], &[]);
    let export = |db: &str, place, format: &[&str]| {
        told(place, &[&["export", "--db", db][..], format].concat(), &[])
    };
    for format in [
        &["--format", "jsonl"][..],
        &["--format", "markdown"],
        &["--format", "annotations"],
        &["--format", "csv", "--table", "claims"],
        &["--format", "csv", "--table", "disputes"],
    ] {
        let (one, other) = (export("a.db", here, format), export("b.db", there, format));
        assert!(one.len() > 2_000, "{format:?}: {one}");
        assert!(one == other, "{format:?}: another answer after the import");
    }
}
