//! Same bytes in, same answer out: whatever the threads, the order of the paths, the locale, the
//! time zone.

use std::fs;
use std::path::PathBuf;

use crate::run::{program, run};

const FORMATS: [&str; 4] = ["json", "html", "markdown", "text"];

/// The sample pages, by name.
fn samples() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the sample corpus")
        .map(|entry| PathBuf::from("samples").join(entry.unwrap().file_name()))
        .collect();
    pages.sort();
    assert!(
        pages.len() >= 14,
        "the corpus has fourteen pages or more: {pages:?}"
    );
    pages
}

#[test]
fn threads_order_locale_and_time_zone_change_nothing() {
    let pages = samples();
    let mut backwards = pages.clone();
    backwards.reverse();
    let mut turned = pages.clone();
    turned.rotate_left(pages.len() / 3);
    for format in FORMATS {
        let first = run(
            program()
                .arg("read")
                .args(&pages)
                .args(["--format", format, "--threads", "1"]),
            b"",
        );
        assert_eq!(first.code, Some(0));
        assert!(
            first.stdout.len() > 2000,
            "a report of some length: {}",
            first.stdout
        );
        let others = [
            ("16", "Asia/Tokyo", "tr_TR.UTF-8", &pages),
            ("2", "America/Los_Angeles", "C", &backwards),
            ("16", "UTC", "de_DE.UTF-8", &turned),
        ];
        for (threads, zone, locale, paths) in others {
            let other = run(
                program()
                    .arg("read")
                    .args(paths)
                    .args(["--format", format, "--threads", threads])
                    .env("TZ", zone)
                    .env("LC_ALL", locale)
                    .env("LANG", locale),
                b"",
            );
            assert!(
                other.stdout == first.stdout,
                "{format}: another answer with {threads} threads, {zone}, {locale}"
            );
        }
    }
}

#[test]
fn the_other_commands_too() {
    let pages = samples();
    let mut backwards = pages.clone();
    backwards.reverse();
    for command in ["extract", "annotate", "group"] {
        let first = run(
            program().arg(command).args(&pages).args(["--threads", "1"]),
            b"",
        );
        let other = run(
            program()
                .arg(command)
                .args(&backwards)
                .args(["--threads", "16"]),
            b"",
        );
        assert_eq!(first.code, Some(0));
        assert!(first.stdout.lines().count() >= 14);
        assert!(first.stdout == other.stdout, "{command}: another answer");
    }
}
