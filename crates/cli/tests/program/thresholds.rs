//! What a user wants stricter is stricter, from a flag, the environment and a file, and for a store as well.

use std::fs;
use std::path::Path;

use crate::owners::PAGES;
use crate::run::{program, run};

/// Corroborated claims of the samples, as `read` gives them.
fn read(flags: &[&str], config: Option<&Path>, variable: Option<&str>) -> usize {
    let mut read = program();
    read.args(["read", "samples", "--align", "words", "--format", "json"]);
    read.args(flags);
    if let Some(file) = config {
        read.env("CROSSREAD_CONFIG", file);
    }
    if let Some(value) = variable {
        read.env("CROSSREAD_CLAIMS_CORROBORATES", value);
    }
    let ended = run(&mut read, b"");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    ended.stdout.matches("\"verdict\":\"corroborated\"").count()
}

#[test]
fn a_threshold_is_a_flag_over_the_environment_over_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("strict.toml");
    fs::write(&file, "[claims]\ncorroborates = 1.0\n").expect("a file");
    let own = read(&[], None, None);
    assert!(own > 0);
    assert_eq!(read(&[], Some(&file), None), 0);
    assert_eq!(read(&[], Some(&file), Some("0.8")), own);
    assert_eq!(read(&["--corroborates", "1"], None, Some("0.8")), 0);
    // Each of them decides something.
    assert_eq!(read(&["--told", "1"], None, None), 0);
    assert!(read(&["--told", "0", "--corroborates", "0"], None, None) > own);
    assert!(read(&["--join", "0.99"], None, None) < own);
    let ended = run(program().args(["read", "samples", "--told", "2"]), b"");
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("from 0 to 1"), "{}", ended.stderr);
}

#[test]
fn what_part_of_an_article_makes_it_a_copy_is_the_users_to_say() {
    // Two of a house's pages in their own words, and a paragraph that one has from the other.
    let shared = "Divers had been sent down the week before to look at the piers, and they came back with \
                  photographs that the harbour master pinned to the wall of his office, where every visitor \
                  could see what twelve winters of drifting ice had done to the stone.";
    let lines: Vec<String> = PAGES
        .iter()
        .map(|(outlet, text)| {
            let record = serde_json::json!({
                "id": outlet, "outlet": outlet, "title": "Swing bridge at Norhaven closed to cars",
                "published": "2031-05-06", "language": "en", "text": format!("{text}\n{shared}\n"),
            });
            record.to_string()
        })
        .collect();
    let corroborated = |part: &str| {
        let mut read = program();
        read.args(["read", "-", "--format", "json", "--whole-copy", part]);
        let told = run(&mut read, lines.join("\n").as_bytes()).stdout;
        told.matches("\"verdict\":\"corroborated\"").count()
    };
    assert!(corroborated("0.6") > 0);
    assert_eq!(corroborated("0.5"), 0);
}

#[test]
fn a_store_is_compared_anew_as_the_user_now_wants_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("a.db");
    let call = |words: &[&str]| {
        let ended = run(program().args(words).arg("--db").arg(&db), b"");
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        ended.stdout
    };
    let corroborated = || {
        let table = call(&["export", "--format", "csv", "--table", "claims", "--quiet"]);
        table.matches(",corroborated,").count()
    };
    call(&["add", "samples"]);
    let own = corroborated();
    assert!(own > 0);
    let told = call(&["recompare", "--corroborates", "1"]);
    assert_eq!(told, "3 stories compared\n");
    assert_eq!(corroborated(), 0);
    call(&["recompare"]);
    assert_eq!(corroborated(), own);
    // Outlets that the user has come to know to be of one house.
    let owners = folder.path().join("owners.txt");
    let list = "House: Alpenbote, City Herald, Lindauer Kurier, Morgen, Radio Ordin, Meridian Press, \
                The Harbour Gazette, Coast Courier, Norlund Observer, Globe Mirror 24, The Ledger, \
                Wexcombe Crier, Crumb\n";
    fs::write(&owners, list).expect("a file");
    call(&["recompare", "--owners", owners.to_str().expect("a path")]);
    assert!(corroborated() < own);
}
