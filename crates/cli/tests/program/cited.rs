//! What `export` cites and drafts: passages of a story by their keys, checks of its disputes.

use std::path::Path;

use serde_json::Value;

use crate::run::{Ended, program, run};

fn export(db: &Path, args: &[&str]) -> Ended {
    let mut export = program();
    run(
        export
            .args(["export", "--quiet"])
            .args(args)
            .arg("--db")
            .arg(db),
        b"",
    )
}

#[test]
fn passages_are_cited_and_checks_drafted() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let added = run(
        program()
            .args(["add", "--quiet", "samples", "--db"])
            .arg(&db),
        b"",
    );
    assert_eq!(added.code, Some(0), "{}", added.stderr);
    let readings = export(&db, &["--format", "csv", "--table", "sides"]).stdout;
    // The story that has a dispute, as the table of sides names it.
    let (head, row) = (readings.lines().next(), readings.lines().nth(1));
    let at = head
        .expect("a head")
        .split(',')
        .position(|name| name == "story_id");
    let story = row
        .expect("a side")
        .split(',')
        .nth(at.expect("a column"))
        .expect("an id");
    let of = |more: &[&str]| {
        let args = [&["--story", story], more].concat();
        export(&db, &args)
    };
    let csl = of(&["--format", "csl", "--passage", "d1", "--passage", "c1"]);
    let csl: Value = serde_json::from_str(&csl.stdout).expect("JSON");
    let items = csl.as_array().expect("a list");
    assert!(items.len() > 2 && items.iter().all(|one| one["annote"].is_string()));
    let markdown = of(&["--format", "markdown", "--passage", "d1"]).stdout;
    assert!(
        markdown.starts_with("- ") && markdown.contains("\n[^"),
        "{markdown}"
    );
    let draft = of(&["--format", "claimreview", "--claim", "d1"]);
    assert_eq!(draft.code, Some(0), "{}", draft.stderr);
    let draft: Value = serde_json::from_str(&draft.stdout).expect("JSON-LD");
    assert_eq!(draft["@context"], "https://schema.org");
    assert_eq!(draft["@graph"].as_array().map(Vec::len), Some(2));
    for (args, why) in [
        (
            &["--format", "csl", "--passage", "c0123456789ab"][..],
            "nothing with the key",
        ),
        (
            &["--format", "warc", "--passage", "c1"][..],
            "--story, --since",
        ),
        (
            &["--format", "annotations", "--passage", "c1"][..],
            "--passage chooses",
        ),
        (&["--format", "csl", "--claim", "c1"][..], "--claim chooses"),
    ] {
        let refused = of(args);
        assert_ne!(refused.code, Some(0), "{args:?}");
        assert!(refused.stderr.contains(why), "{args:?}: {}", refused.stderr);
    }
    let all = export(&db, &["--format", "claimreview"]);
    assert!(all.stderr.contains("of one story"), "{}", all.stderr);
    let help = run(program().args(["export", "--help"]), b"").stdout;
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        help.contains("reviewRating, author, datePublished and url are left for the person"),
        "{help}"
    );
}
