//! Tables, from pages and from a store: which one is asked for, how it is written, what is refused.

use crate::run::{Ended, program, run};

/// `crossread read samples` as a table.
fn read(options: &[&str]) -> Ended {
    // Words line claims up faster, and as a store does by itself.
    let flags = ["read", "samples", "--align", "words", "--quiet"];
    run(program().args(flags).args(options), b"")
}

fn header(table: &Ended) -> &str {
    assert_eq!(table.code, Some(0), "{}", table.stderr);
    table.stdout.lines().next().expect("a line of names")
}

#[test]
fn a_table_is_the_same_from_pages_and_from_a_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("a.db");
    run(program().args(["add", "samples", "--db"]).arg(&db), b"");
    let export = |options: &[&str]| {
        let mut export = program();
        export.args(["export", "--format", "csv", "--quiet", "--db"]);
        run(export.arg(&db).args(options), b"")
    };
    // The one that is meant where none is named.
    let readings = read(&["--format", "csv"]);
    assert_eq!(readings, read(&["--format", "csv", "--table", "readings"]));
    assert_eq!(header(&readings), header(&export(&[])));
    assert!(header(&readings).starts_with("story_id,claim_id,claim_key,claim_text,verdict,"));
    let sorted = |table: Ended| {
        let mut lines: Vec<String> = table.stdout.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    for table in [
        "readings", "claims", "disputes", "sides", "copies", "timeline",
    ] {
        let of_pages = sorted(read(&["--format", "csv", "--table", table]));
        assert!(of_pages.len() > 1, "{table}");
        assert_eq!(of_pages, sorted(export(&["--table", table])), "{table}");
    }
}

#[test]
fn a_mark_comes_first_where_it_is_wanted() {
    let table = read(&["--format", "csv", "--table", "stories", "--bom"]);
    assert!(header(&table).starts_with("\u{feff}story_id,"));
    assert!(table.stdout.lines().count() > 2);
}

#[test]
fn what_is_no_table_is_wrong_usage() {
    for options in [
        &["--table", "claims"][..],
        &["--format", "json", "--table", "claims"],
        &["--format", "html", "--bom"],
        &["--format", "parquet", "--bom"],
        &["--format", "csv", "--table", "gkg"],
    ] {
        let refused = read(options);
        assert_eq!(
            (refused.code, refused.stdout.as_str()),
            (Some(2), ""),
            "{options:?}"
        );
        assert!(refused.stderr.starts_with("error: "), "{}", refused.stderr);
    }
    let export = ["export", "--db", "nowhere.db", "--table", "claims"];
    assert_eq!(run(program().args(export), b"").code, Some(2));
}

#[test]
fn a_table_of_nothing_has_its_columns() {
    let table = run(program().args(["read", "-", "--format", "csv"]), b"");
    assert_eq!(table.code, Some(1));
    assert_eq!(table.stdout.lines().count(), 1);
    assert!(table.stderr.contains("nothing could be read"));
}

#[test]
fn stories_that_wait_to_be_compared_are_told_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("a.db");
    run(
        program()
            .args(["add", "samples", "--later", "--db"])
            .arg(&db),
        b"",
    );
    let export = |table: &str| {
        let mut export = program();
        export.args(["export", "--format", "csv", "--table", table, "--db"]);
        let table = run(export.arg(&db), b"");
        assert!(
            table.stderr.contains("3 stories not compared"),
            "{}",
            table.stderr
        );
        table.stdout.lines().count()
    };
    assert_eq!(export("readings"), 1);
    assert!(export("articles") > 14);
}
