//! Bad input is normal: each file is named with its reason, the others are read, nothing panics.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use crate::run::{article, program, reason, report, run};

const GOOD: &str = "Harbour bridge reopens\n\nPORT ORLA - The harbour bridge reopened on Monday \
    after two years of repairs, the mayor's office said in a statement.\n\nTraffic was light in the \
    first hours, and buses ran on time for the first time since the closure, the office added.\n";

/// A folder with one good page and what a test puts beside it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("good.txt"), GOOD).unwrap();
    for (name, bytes) in files {
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    dir
}

#[test]
fn empty_and_binary_files_are_named() {
    let noise: Vec<u8> = (0..4096u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    let dir = folder(&[
        ("empty.html", b""),
        ("blank.txt", b" \n\t\r\n "),
        ("noise.txt", &noise),
        ("picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"),
    ]);
    let (ended, report) = report(dir.path());
    assert_eq!(ended.code, Some(0));
    article(&report, "good.txt");
    assert_eq!(reason(&report, "empty.html"), "empty");
    assert_eq!(reason(&report, "blank.txt"), "empty");
    assert!(reason(&report, "noise.txt").contains("not text"));
    reason(&report, "picture.html");
}

#[test]
fn a_page_of_fifty_megabytes_is_read_or_refused() {
    let mut page = String::from("<html><head><title>Long count</title></head><body><article>");
    let line = "<p>The count of the ballots in the northern district went on into the night.</p>\n";
    while page.len() < 50 << 20 {
        page.push_str(line);
    }
    page.push_str("</article></body></html>");
    let dir = folder(&[("huge.html", page.as_bytes())]);
    let (ended, report) = report(dir.path());
    assert_eq!(ended.code, Some(0));
    article(&report, "good.txt");
    let read = report["articles"].as_array().unwrap().iter().any(|a| {
        a["path"].as_str().unwrap().ends_with("huge.html")
            && a["warnings"]
                .as_array()
                .unwrap()
                .iter()
                .any(|w| w.as_str().unwrap().contains("limit"))
    });
    assert!(read || reason(&report, "huge.html").contains("limit"));
}

#[test]
fn ten_thousand_nested_elements_do_not_break_it() {
    let deep = format!(
        "<html><body>{}<p>{}</p>{}</body></html>",
        "<div><b>".repeat(5000),
        "The council met on Tuesday and voted for the new tram line, nine to four. ".repeat(8),
        "</b></div>".repeat(5000)
    );
    let dir = folder(&[("deep.html", deep.as_bytes())]);
    let (ended, report) = report(dir.path());
    assert_eq!(ended.code, Some(0));
    article(&report, "good.txt");
    let listed = |key: &str| {
        report[key]
            .as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["path"].as_str().unwrap().ends_with("deep.html"))
    };
    assert!(listed("articles") || listed("skipped"));
}

#[test]
fn a_wrong_charset_is_survived() {
    // Says UTF-8, is windows-1252.
    let page =
        b"<html><head><meta charset=utf-8><title>Caf\xe9 closes</title></head><body><article>\
        <p>The caf\xe9 on the market square closed on Friday after sixty years, its owner said.</p>\
        <p>Regulars had signed a petition, and the mayor had promised to help, but the rent rose \
        again in the spring and no buyer was found.</p></article></body></html>";
    let dir = folder(&[("cafe.html", page)]);
    let (ended, report) = report(dir.path());
    assert_eq!(ended.code, Some(0));
    let cafe = article(&report, "cafe.html");
    let text = cafe["text"].as_str().unwrap();
    assert!(text.contains("The café on the market square") || text.contains("The caf\u{fffd}"));
}

#[test]
fn bad_records_are_named_by_line() {
    let lines = [
        r#"{"id": "one", "title": "Ferry resumes", "text": "The ferry to Orla resumed on Monday after a week of storms, the operator said."}"#,
        r#"{"id": "two", "text": "#,
        r#"just words"#,
        r#"{"id": "three", "title": "no text"}"#,
        r#"{"id": "four", "text": "A lone surrogate \ud800 stands in this sentence about the ferry to Orla."}"#,
        "",
        r#"[1, 2]"#,
        r#"{"id": "five", "text": "The last ferry of the day left Orla at nine, an hour late, a spokesman said."}"#,
    ];
    let dir = folder(&[("records.jsonl", lines.join("\n").as_bytes())]);
    let (ended, report) = report(dir.path());
    assert_eq!(ended.code, Some(0));
    let ids: Vec<_> = report["articles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["id"].as_str().unwrap())
        .collect();
    assert!(ids.contains(&"one") && ids.contains(&"five"), "{ids:?}");
    for line in ["records.jsonl:2", "records.jsonl:3", "records.jsonl:7"] {
        assert!(
            reason(&report, line).starts_with("not a record: "),
            "{}",
            reason(&report, line)
        );
    }
    if !ids.contains(&"four") {
        reason(&report, "records.jsonl:5");
    }
}

#[cfg(unix)]
#[test]
fn what_the_file_system_refuses_is_named() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = folder(&[]);
    symlink(dir.path().join("gone"), dir.path().join("dangling.html")).unwrap();
    let closed = dir.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::write(
        closed.join("inside.txt"),
        GOOD.replace("harbour", "railway"),
    )
    .unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // Root may read everything, so ask the system and not the mode.
    let refused = fs::read_dir(&closed).is_err();
    let (ended, report) = report(dir.path());
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(ended.code, Some(0));
    assert!(reason(&report, "dangling.html").contains("no such file"));
    if refused {
        assert!(reason(&report, "closed").contains("no permission"));
    } else {
        article(&report, "inside.txt");
    }
}

#[test]
fn paths_that_are_not_there_are_named_and_the_exit_code_says_so() {
    let ended = run(program().args(["read", "no/such/page.html"]), b"");
    assert_eq!(ended.code, Some(1));
    assert!(
        ended
            .stderr
            .contains("no/such/page.html: cannot be read: no such file or folder")
    );
    assert!(ended.stderr.contains("nothing could be read"));
    assert_eq!(run(program().arg("read"), b"").code, Some(2));
    assert_eq!(
        run(program().args(["read", "samples", "--format", "pdf"]), b"").code,
        Some(2)
    );
}

#[test]
fn a_reader_that_goes_away_is_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(
        dir.path().join("long.txt"),
        format!("{GOOD}{}", GOOD.repeat(2000)),
    )
    .unwrap();
    for command in [
        &["read", "--format", "json"][..],
        &["read", "--format", "csv", "--table", "articles"],
        &["extract"],
        &["annotate"],
    ] {
        let mut child = program()
            .args(command)
            .arg(dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut few = [0; 16];
        let _ = child.stdout.take().unwrap().read(&mut few).unwrap();
        let output = child.wait_with_output().unwrap();
        // Whoever pipes a report into a file through another program learns that it is not whole.
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command:?}: {stderr}");
        assert!(stderr.contains("cannot write"), "{command:?}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{command:?}: {stderr}");
    }
}

#[test]
fn nothing_on_standard_input_is_said_so() {
    let ended = run(program().args(["read", "-"]), b"");
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stderr.contains("skipped -: empty"),
        "{}",
        ended.stderr
    );
    let ended = run(program().args(["extract", "-"]), GOOD.as_bytes());
    assert_eq!(ended.code, Some(0));
    assert!(ended.stdout.contains("Harbour bridge reopens"));
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let dir = folder(&[]);
    let good = dir.path().join("good.txt");
    let place = dir.path().join("report.json");
    let ended = run(
        program()
            .arg("read")
            .arg(&good)
            .args(["--format", "json", "-o"])
            .arg(&place),
        b"",
    );
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""));
    assert!(
        fs::read_to_string(&place)
            .unwrap()
            .contains("crossread.report/1")
    );
    let nowhere = dir.path().join("no/such/folder/report.json");
    let ended = run(
        program().arg("read").arg(&good).arg("-o").arg(&nowhere),
        b"",
    );
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("cannot write"), "{}", ended.stderr);
    let left: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().contains(".part")),
        "{left:?}"
    );
}

#[test]
fn the_same_page_twice_is_one_article() {
    let dir = folder(&[("again.txt", GOOD.as_bytes())]);
    let (_, report) = report(dir.path());
    assert_eq!(report["articles"].as_array().unwrap().len(), 1);
    assert!(reason(&report, "good.txt").contains("the same article as"));
}

#[test]
fn an_id_given_to_two_texts_is_named() {
    let records = "{\"id\": \"x\", \"text\": \"The ferry left at noon.\"}\n\
                   {\"id\": \"x\", \"text\": \"The ferry left at four.\"}\n";
    let dir = folder(&[("records.jsonl", records.as_bytes())]);
    let (_, report) = report(dir.path());
    assert!(reason(&report, "records.jsonl:2").contains("its id is that of"));
}
