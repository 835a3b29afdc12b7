//! Files in the repository that the code can write itself: a stale one fails here, and
//! `CROSSREAD_BLESS=1 cargo test -p crossread-report` writes all of them anew.

use std::path::{Path, PathBuf};

/// A place in the repository.
pub fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// Compares a kept file with what it should be, or writes it when asked to.
pub fn check(path: &str, now: &str) {
    let at = in_repository(path);
    if std::env::var_os("CROSSREAD_BLESS").is_some() {
        if let Some(folder) = at.parent() {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(&at, now).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&at)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    if kept != now {
        let line = kept
            .lines()
            .zip(now.lines())
            .take_while(|(a, b)| a == b)
            .count();
        panic!(
            "{path} is stale from line {} on:\n  kept: {:?}\n  now:  {:?}\n\
             look at the change, then: CROSSREAD_BLESS=1 cargo test -p crossread-report",
            line + 1,
            kept.lines()
                .nth(line)
                .unwrap_or("(end)")
                .chars()
                .take(200)
                .collect::<String>(),
            now.lines()
                .nth(line)
                .unwrap_or("(end)")
                .chars()
                .take(200)
                .collect::<String>(),
        );
    }
}

#[test]
fn the_schema_is_the_one_that_the_wire_types_give() {
    check("schemas/report-1.schema.json", &report::report_schema());
    for (command, schema) in report::line_schemas() {
        // A line of `extract` is an article of the report.
        if command != "extract" {
            let schema = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
            check(&format!("schemas/{command}-1.schema.json"), &schema);
        }
    }
}

#[test]
fn the_schema_of_an_answer_is_the_one_that_its_types_give() {
    let schema = serde_json::to_string_pretty(&report::answer_schema()).expect("a schema is JSON");
    check("schemas/answer-1.schema.json", &(schema + "\n"));
}

#[test]
fn the_tables_are_documented_as_they_are_declared() {
    check("docs/tables.md", &report::tables::documentation());
}
