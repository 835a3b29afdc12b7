//! Pages as browsers, mail programs and press offices save them; and texts whose offsets are to hold.

use std::fs;

use serde_json::{Value, json};

use crate::run::{article, program, reason, report, run};

const PAGE: &str = "<html><head><title>Bridge reopens</title></head><body><article><h1>Bridge reopens</h1><p>The harbour \
    bridge reopened on Monday after two years of repairs, the mayor's office said in a statement.</p><p>Traffic was \
    light in the first hours, and buses ran on time for the first time since the closure.</p></article></body></html>";

#[test]
fn what_belongs_to_a_saved_page_is_counted_and_not_read() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("bridge.html"), PAGE).unwrap();
    fs::write(
        dir.path().join("notes.txt"),
        "The mayor's office keeps the minutes of the meeting.",
    )
    .unwrap();
    for (folder, page) in [("bridge_files", true), ("notes_files", false)] {
        let folder = dir.path().join(folder);
        fs::create_dir_all(folder.join("more")).unwrap();
        let frame = PAGE.replace("Bridge", &format!("Frame {page}"));
        fs::write(folder.join("saved_resource.html"), frame).unwrap();
        fs::write(
            folder.join("more/gtm.js.download"),
            "var a = 1;\nvar b = 2;\n",
        )
        .unwrap();
    }
    let (_, report) = report(dir.path());
    article(&report, "bridge.html");
    assert!(reason(&report, "bridge_files").starts_with("2 files that belong to the saved page"));
    // A folder that belongs to no page is a folder.
    article(&report, "notes_files/saved_resource.html");
    assert!(reason(&report, "gtm.js.download").contains("a program"));
    // Given by name alone, it is read.
    let folder = dir.path().join("bridge_files");
    let ended = run(program().arg("extract").arg(&folder), b"");
    assert!(ended.stdout.contains("Frame true"), "{}", ended.stderr);
    let page = dir.path().join("bridge.html");
    let both = run(program().arg("extract").args([&page, &folder]), b"");
    assert!(!both.stdout.contains("Frame true") && both.stderr.contains("bridge_files: 2 files"));
}

#[test]
fn fields_of_other_names_are_read_when_they_are_named() {
    let dump = json!({ "headline": "Bridge reopens", "body": "The bridge reopened on Monday.", "date": "2024-03-12" });
    let given = run(
        program().args(["extract", "-"]),
        dump.to_string().as_bytes(),
    );
    assert_eq!(given.code, Some(1));
    assert!(
        given
            .stderr
            .contains("--field text=body --field title=headline --field published=date"),
        "{}",
        given.stderr
    );
    for command in ["extract", "annotate", "group"] {
        let mut named = program();
        named.args([
            command,
            "-",
            "--field",
            "text=body",
            "--field",
            "published=date",
        ]);
        let ended = run(&mut named, dump.to_string().as_bytes());
        assert_eq!(
            (ended.code, ended.stdout.lines().count()),
            (Some(0), 1),
            "{command}"
        );
    }
    let wrong = run(
        program().args(["extract", "-", "--field", "words=body"]),
        b"",
    );
    assert_eq!(wrong.code, Some(2));
}

/// Texts as dumps have them: blank lines, tabs, furniture, characters beyond 16 bits, lines broken at a column.
fn texts() -> Vec<String> {
    const PIECES: [&str; 16] = [
        "Ada Lorne, the mayor of Orl, said on Monday that 14 people were hurt.",
        "“We had no choice,” said Viktor Maurer. “The bridge was shut.”",
        "Leave a Reply",
        "Share this:",
        "Read more: Ferry timetable cut again",
        "\u{1f6a2}\u{1f30a} Barges wait",
        "Der Bürgermeister sprach am 12. März 2024.",
        "𝔗he old lock of Vessim, built in 1961",
        "Subscribe to our newsletter",
        "(AP) — The board met on Tuesday night.",
        "\u{feff}\u{200b}",
        "had not moved on during the night, and the mayor, Ada",
        "Lorne, told the crews of Orl to stay on shore on Friday",
        "* a list of 3,200 names",
        "…",
        "Copyright 2024 Harbour News. All rights reserved.",
    ];
    const ENDS: [&str; 9] = [
        "\n", "\n\n", "\r\n", "\t", " ", "\n \t\n", "\u{2028}", "\n\n\n", "\r",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let mut text = || -> String {
        let count = 1 + next(24);
        let piece = |_| [ENDS[next(ENDS.len())], PIECES[next(PIECES.len())]];
        (0..count).flat_map(piece).chain(["\n"]).collect()
    };
    (0..150).map(|_| text()).collect()
}

#[test]
fn offsets_are_those_of_the_text_that_was_given() {
    let texts = texts();
    let record = |(at, text): (usize, &String)| json!({ "id": format!("t{at}"), "title": "Barges wait", "text": text });
    let lines: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|one| record(one).to_string())
        .collect();
    let ended = run(
        program().args(["annotate", "-q", "-"]),
        lines.join("\n").as_bytes(),
    );
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let mut held = 0;
    for line in ended.stdout.lines() {
        let one: Value = serde_json::from_str(line).unwrap();
        let id = one["article"].as_str().unwrap();
        let text: Vec<char> = texts[id[1..].parse::<usize>().unwrap()].chars().collect();
        let mut open = vec![&one];
        while let Some(value) = open.pop() {
            if let (Some(start), Some(end), Some(words)) = (
                value["start"].as_u64(),
                value["end"].as_u64(),
                value["text"].as_str(),
            ) {
                let slice: String = text[start as usize..end as usize].iter().collect();
                assert_eq!(slice, words, "{id}");
                held += 1;
            }
            match value {
                Value::Array(items) => open.extend(items),
                Value::Object(fields) => open.extend(fields.values()),
                _ => {}
            }
        }
        for sentence in one["sentences"].as_array().unwrap() {
            let [start, end] = [0, 1].map(|at| sentence[at].as_u64().unwrap() as usize);
            let slice = &text[start..end];
            assert!(
                !slice[0].is_whitespace() && !slice[slice.len() - 1].is_whitespace(),
                "{id}"
            );
        }
    }
    assert!(held > 1_000, "{held} passages");
    assert_eq!(ended.stdout.lines().count(), texts.len());
}
