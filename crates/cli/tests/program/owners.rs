//! What the user knows of outlets decides what counts as confirmation.

use std::fs;

use serde_json::Value;

use crate::run::{program, run};

/// Two pages of two outlets that tell one event in their own words.
pub const PAGES: [(&str, &str); 2] = [
    (
        "post",
        "The swing bridge at Norhaven was closed to cars on Tuesday after engineers found cracks in three of \
         its girders. Repairs will take eight weeks. The bridge carries nine thousand vehicles a day.",
    ),
    (
        "herald",
        "Cracks in three girders have shut the swing bridge at Norhaven to cars. Engineers found them on \
         Tuesday. Nine thousand vehicles a day used the bridge, and the repairs will take eight weeks.",
    ),
];

fn verdicts(owners: Option<&str>) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let lines: Vec<String> = PAGES
        .iter()
        .map(|(outlet, text)| {
            let record = serde_json::json!({
                "id": outlet, "outlet": outlet, "title": "Swing bridge at Norhaven closed to cars",
                "published": "2031-05-06", "language": "en", "text": text,
            });
            record.to_string()
        })
        .collect();
    let pages = folder.path().join("pages.jsonl");
    fs::write(&pages, lines.join("\n")).expect("a file");
    let mut command = program();
    command.arg("read").arg(&pages).args(["--format", "json"]);
    if let Some(owners) = owners {
        let list = folder.path().join("owners.txt");
        fs::write(&list, owners).expect("a file");
        command.arg("--owners").arg(list);
    }
    let ended = run(&mut command, b"");
    let report: Value = serde_json::from_str(&ended.stdout).unwrap_or_default();
    let claims = report["stories"][0]["claims"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let verdicts = claims
        .iter()
        .filter(|claim| claim["outlets"] == 2)
        .map(|claim| claim["verdict"].as_str().unwrap_or_default().to_owned())
        .collect();
    (verdicts, ended.stdout + &ended.stderr)
}

#[test]
fn two_outlets_of_one_house_confirm_nothing() {
    let (apart, _) = verdicts(None);
    assert!(apart.contains(&"corroborated".to_owned()), "{apart:?}");
    let (one, report) = verdicts(Some("Orne House: Post, Herald\n"));
    assert!(
        !one.is_empty() && !one.contains(&"corroborated".to_owned()),
        "{one:?}"
    );
    assert!(report.contains("belong to one house: “Orne House”"));
}

#[test]
fn a_list_that_cannot_be_read_is_named_by_its_line() {
    let (_, said) = verdicts(Some("Post, Herald\n"));
    assert!(said.contains("line 1 is not"), "{said}");
}
