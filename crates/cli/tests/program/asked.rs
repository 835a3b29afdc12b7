//! A sentence that is asked of pages and of a store: the same answer, each passage to the letter.

use serde_json::Value;

use crate::run::{program, run};

fn ask(says: &str, of: &[&str]) -> Value {
    let mut command = program();
    command.args(["ask", says, "--format", "json"]).args(of);
    let ended = run(&mut command, b"");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    serde_json::from_str(&ended.stdout).expect("JSON")
}

fn outlets(statement: &Value, list: &str) -> Vec<String> {
    let all = statement[list].as_array().expect("a list").iter();
    let mut all: Vec<String> = all
        .map(|one| one["outlet"].as_str().expect("an outlet").to_owned())
        .collect();
    all.sort();
    all.dedup();
    all
}

#[test]
fn who_states_it_who_contradicts_it_and_who_does_neither() {
    let said = ask(
        "Norlund suspended aid to Sarenne's coast guard in August",
        &["samples"],
    );
    let of = &said["statements"][0];
    assert!(outlets(of, "states").len() >= 4, "{of}");
    assert!(
        of["contradicts"].as_array().is_some_and(Vec::is_empty),
        "{of}"
    );
    // Three of them print one text, and one is made of it.
    assert!(
        of["origins"]["low"] == 1 && of["origins"]["high"].as_u64() <= Some(3),
        "{of}"
    );

    let denied = ask(
        "There are smugglers' depots on the soil of Sarenne",
        &["samples"],
    );
    let of = &denied["statements"][0];
    assert!(outlets(of, "contradicts").len() >= 4, "{of}");
    assert!(outlets(of, "states").is_empty(), "{of}");

    let other = ask(
        "Norlund suspended aid to Sarenne's coast guard in May",
        &["samples"],
    );
    let of = &other["statements"][0];
    assert!(
        outlets(of, "states").is_empty() && !outlets(of, "contradicts").is_empty(),
        "{of}"
    );

    // A number is the same in words.
    let fell = ask(
        "The cabin of the cable car dropped sixty metres",
        &["samples"],
    );
    let of = &fell["statements"][0];
    assert!(outlets(of, "states").len() >= 2, "{of}");

    let none = ask("Two firefighters died in Hallowmere", &["samples"]);
    let of = &none["statements"][0];
    for list in ["states", "contradicts"] {
        assert!(outlets(of, list).is_empty(), "{of}");
    }
    assert_eq!(of["origins"], Value::Null);
    assert_eq!(none["rests_on"]["articles"], 14);
    let text = run(
        program().args(["ask", "Two firefighters died in Hallowmere", "samples"]),
        b"",
    );
    assert!(
        text.stdout.contains("Nobody here states it."),
        "{}",
        text.stdout
    );
    assert!(!text.stdout.contains("false"), "{}", text.stdout);
}

#[test]
fn a_store_answers_as_its_pages_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let db = db.to_str().expect("a path");
    let added = run(program().args(["add", "samples", "-q", "--db", db]), b"");
    assert_eq!(added.code, Some(0), "{}", added.stderr);
    for says in [
        "The navy has stopped twelve boats since January",
        "The cable car of Mount Ordin stopped on Saturday",
    ] {
        let (pages, store) = (ask(says, &["samples"]), ask(says, &["--db", db]));
        for list in ["states", "contradicts"] {
            assert_eq!(
                outlets(&pages["statements"][0], list),
                outlets(&store["statements"][0], list),
                "{says}: {list}"
            );
        }
    }
}

#[test]
fn what_cannot_be_asked_is_told() {
    for (says, why) in [
        ("", "nothing is stated"),
        (&*"long ".repeat(300), "longer than"),
    ] {
        let ended = run(program().args(["ask", says, "samples"]), b"");
        assert_eq!(ended.code, Some(1), "{}", ended.stdout);
        assert!(ended.stderr.contains(why), "{}", ended.stderr);
    }
    // Markup is words like any other.
    let said = ask(
        "<b>Hartvig</b> \u{1b}[31mvisited\u{1b}[0m Sarenne on Tuesday",
        &["samples"],
    );
    assert!(
        said["statements"]
            .as_array()
            .is_some_and(|all| !all.is_empty())
    );
}

/// Own pages: a record a line.
fn pages(texts: &[(&str, &str)]) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".jsonl").tempfile();
    let file = file.expect("a file");
    let lines: Vec<String> = texts
        .iter()
        .map(|(outlet, text)| {
            let record = serde_json::json!({
                "id": outlet, "outlet": outlet, "published": "2024-05-05", "text": text,
            });
            record.to_string()
        })
        .collect();
    std::fs::write(file.path(), lines.join("\n")).expect("written");
    file
}

#[test]
fn who_speaks_of_another_states_nothing_of_whom_one_asks() {
    let told = pages(&[
        (
            "Tarn Post",
            "Quillo removed the messaging app Telamon from its app store on Thursday. Telamon was removed from the \
             Quillo store after a complaint, the company said.",
        ),
        (
            "Brill News",
            "The messaging app Telamon has been removed from Quillo's app store. The founder of Telamon hopes that \
             the app will be back soon.",
        ),
    ]);
    let path = told.path().to_str().expect("a path");
    let of = ask("Quillo removed Telamon from its app store", &[path]);
    assert_eq!(outlets(&of["statements"][0], "states").len(), 2, "{of}");
    let of = ask("Ferris removed Telamon from its app store", &[path]);
    for list in ["states", "contradicts", "near"] {
        assert!(outlets(&of["statements"][0], list).is_empty(), "{of}");
    }
}

#[test]
fn who_tells_of_another_length_of_time_does_not_state_it() {
    let told = pages(&[
        (
            "Tarn Post",
            "The plane turned back four hours into the flight to Ordin.",
        ),
        (
            "Brill News",
            "The plane to Ordin suddenly turned back during the flight.",
        ),
    ]);
    let path = told.path().to_str().expect("a path");
    let of = ask("The plane turned back one hour into the flight", &[path]);
    assert!(outlets(&of["statements"][0], "states").is_empty(), "{of}");
}
