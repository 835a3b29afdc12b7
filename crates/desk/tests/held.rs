//! What a store is held to: an import takes nothing that does not go together, and leaves nothing half made; a deep check
//! finds words that are not those of the bytes.

mod by_words;

use std::path::Path;

use crossread::{Input, Silent};
use data_encoding::BASE64;
use desk::{Desk, check_deep};
use serde_json::{Value, json};
use store::{Reader, Writer};

const PAGES: [(&str, &str); 3] = [
    (
        "one.html",
        "<title>Ferry to Skarn stops</title><link rel=canonical href=https://bote.example/ferry/1><article>\
         <h1>Ferry to Skarn stops</h1><p>The ferry to Skarn stopped on Monday after its engine had failed twice, the \
         harbour master, Ida Brandt, said in Vessim.</p><p>“Nobody was in danger,” Brandt said.</p></article>",
    ),
    (
        "two.html",
        "<title>Skarn without a ferry</title><article><h1>Skarn without a ferry</h1><p>The island of Skarn has had no \
         ferry since Monday, when the engine failed for the second time, harbour master Ida Brandt said.</p><p>Brandt \
         told reporters that a second ship would come on Thursday.</p></article>",
    ),
    (
        "three.txt",
        "Bakers of Orl win prize\n\nThe bakers of Orl won a prize for their rye bread on Sunday, the guild said in a \
         letter to its members.\n",
    ),
];

fn filled(path: &Path) -> Desk {
    let mut desk = Desk::open(by_words::engine(), path, 1000).expect("a store");
    let pages = PAGES.map(|(name, page)| {
        Ok(Input {
            path: name.to_owned(),
            bytes: page.as_bytes().to_vec(),
            ..Input::default()
        })
    });
    let added = desk.add(pages, "test", &|| 1000, &Silent).expect("added");
    assert_eq!(added.new.len(), 3, "{added:?}");
    desk.redraw(u64::MAX, &Silent).expect("drawn");
    desk
}

fn lines(store: &Reader) -> Vec<Value> {
    let mut out = Vec::new();
    store.export(&mut out, &|_| {}).expect("exported");
    let out = String::from_utf8(out).expect("text");
    out.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

fn import(path: &Path, lines: &[Value]) -> Result<(), String> {
    let lines: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
    let lines = lines.concat();
    Writer::import(path, &mut lines.as_bytes(), &|_| {}).map_err(|error| error.to_string())
}

/// Lines that were changed by hand, each with what the refusal says.
fn spoilt(lines: &[Value]) -> Vec<(Vec<Value>, &'static str)> {
    let with = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut lines = lines.to_vec();
        change(&mut lines);
        lines
    };
    let at = |pointer: &'static str, value: Value| {
        move |line: &mut Value| *line.pointer_mut(pointer).expect(pointer) = value.clone()
    };
    let first = |change: &dyn Fn(&mut Value)| with(&|lines: &mut Vec<Value>| change(&mut lines[0]));
    let last = |change: &dyn Fn(&mut Value)| with(&|lines: &mut Vec<Value>| change(&mut lines[3]));
    vec![
        (
            first(&at("/text", json!("Something else.\n"))),
            "whose text is not that of its record",
        ),
        (
            first(&at("/crossread/record/text", json!("Short.\n"))),
            "whose record does not fit its text",
        ),
        (
            first(&at("/url", json!("https://other.example/x"))),
            "says otherwise than its record",
        ),
        (
            first(&at("/crossread/path", json!("other.html"))),
            "says otherwise than its record",
        ),
        (
            first(&at("/crossread/day", json!(7))),
            "says otherwise than its record",
        ),
        (
            first(&at("/crossread/original", json!(BASE64.encode(b"x")))),
            "whose bytes are not those of its hash",
        ),
        (
            first(&at("/crossread/layers/names/0/text", json!("Nobody"))),
            "whose annotations do not fit",
        ),
        (
            first(&at("/crossread/layers/sentences/0", json!([5, 9_000]))),
            "whose annotations do not fit",
        ),
        (first(&at("/crossread/seq", json!(1))), "not in its place"),
        (
            first(&at("/crossread/number", json!(2))),
            "does not go with those before",
        ),
        (
            first(&at("/crossread/newest", json!(false))),
            "not in the index of words",
        ),
        (
            with(&|lines| lines[1]["crossread"]["n"] = lines[0]["crossread"]["n"].clone()),
            "does not go with those before",
        ),
        (
            with(&|lines| {
                lines.remove(1);
            }),
            "lines are missing",
        ),
        (
            with(&|lines| {
                lines.pop();
            }),
            "the export is cut off",
        ),
        (
            last(&at("/crossread/stories", json!([]))),
            "articles without their version or story",
        ),
        (
            last(&at("/crossread/batches", json!([[0, 1, 1000]]))),
            "versions that no batch brought",
        ),
        (
            last(&at("/crossread/batches", json!([[2, 0, 1000]]))),
            "nobody can have added",
        ),
        (
            last(&at(
                "/crossread/batches",
                json!([[0, 4_000_000_000u32, 1000]]),
            )),
            "nobody can have added",
        ),
        (
            last(&at(
                "/crossread/batches",
                json!([[0, 0, 1000], [2, 2, 1000]]),
            )),
            "batches that do not go on",
        ),
        (
            last(&at("/crossread/state", json!([3, "crossread", "?"]))),
            "not in base 64",
        ),
        (
            last(&at(
                "/crossread/searches",
                json!([{"name": "<b>", "words": "x", "outlet": null, "hook": null, "made": 0, "told": 0, "posted": 0,
                        "failures": 0, "due": 0}]),
            )),
            "a search that cannot be kept",
        ),
    ]
}

#[test]
fn an_import_takes_nothing_that_does_not_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = filled(&folder.path().join("a.db"));
    let lines = lines(desk.store());
    let place = folder.path().join("b.db");
    for (spoilt, what) in spoilt(&lines) {
        let refused = import(&place, &spoilt).expect_err(what);
        assert!(refused.contains(what), "{what}: {refused}");
        assert!(refused.contains("Nothing was imported"), "{refused}");
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("a file").file_name())
            .filter(|name| name.to_string_lossy().starts_with("b.db"))
            .collect();
        assert!(left.is_empty(), "{what}: {left:?}");
    }
    import(&place, &lines).expect("imported");
    // Again: it is there already, and what was not drawn is drawn by whoever opens it next.
    import(&place, &lines).expect("the same is there");
    assert!(import(&place, &lines[..3]).is_err());
    let mut second = Desk::open(by_words::engine(), &place, 1000).expect("a store");
    assert!(second.redraw(u64::MAX, &Silent).expect("drawn") > 0);
    for (n, _) in desk.store().reported().expect("reports") {
        let report = |store: &Reader| store.report(n).expect("read").expect("a report").story;
        assert!(
            report(desk.store()) == report(second.store()),
            "the same report"
        );
    }
    // Another's store stays.
    second
        .remove(&[lines[0]["id"].as_str().expect("an id").to_owned()], 2000)
        .expect("removed");
    assert!(
        import(&place, &lines)
            .expect_err("refused")
            .contains("is there already")
    );
}

#[test]
fn words_that_are_not_those_of_the_bytes_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = filled(&folder.path().join("a.db"));
    let deep = |store: &Reader| check_deep(&by_words::engine(), store, &|_| {}).expect("checked");
    let whole = deep(desk.store());
    assert_eq!((whole.read, whole.otherwise), (3, 0));
    assert!(whole.faults.is_empty(), "{:?}", whole.faults);

    // Everywhere in the export but in the bytes, in as many letters.
    let change = |from: &str, to: &str| -> Vec<Value> {
        let mut lines = lines(desk.store());
        for line in &mut lines {
            let text = line.to_string().replace(from, to);
            *line = serde_json::from_str(&text).expect("JSON");
        }
        lines
    };
    for (at, (from, to, said)) in [
        ("in danger", "in safety", "“Nobody was in safety,”"),
        (
            "ferry/1",
            "ferry/7",
            "its address https://bote.example/ferry/7",
        ),
        (
            "Bakers of Orl win",
            "Bakers of Orl eat",
            "“Bakers of Orl eat prize”",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let place = folder.path().join(format!("{at}.db"));
        import(&place, &change(from, to)).expect("imported");
        let store = Reader::open(&place).expect("a store");
        let (_, faults) = store.check(&|_| {}).expect("checked");
        assert!(faults.is_empty(), "{faults:?}");
        let faults = deep(&store).faults;
        assert!(
            faults.iter().any(|fault| fault.what.contains(said)),
            "{said}: {faults:?}"
        );
    }
    // A page that is listed as another's.
    let mut lines = lines(desk.store());
    for line in &mut lines {
        if let Some(page) = line.pointer_mut("/crossread/page")
            && page.as_str().is_some_and(|page| page.contains("ferry"))
        {
            *page = json!("url:https://other.example/ferry");
        }
    }
    let place = folder.path().join("listed.db");
    import(&place, &lines).expect("imported");
    let faults = deep(&Reader::open(&place).expect("a store")).faults;
    assert!(
        faults.iter().any(|fault| fault.what.contains("listed as")),
        "{faults:?}"
    );
}

#[test]
fn who_looks_at_all_of_it_sees_nothing_half_taken_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("news.db");
    let desk = std::cell::RefCell::new(filled(&path));
    let store = Reader::open(&path).expect("a store");
    let ids: Vec<String> = lines(&store)
        .iter()
        .filter_map(|line| Some(line["id"].as_str()?.to_owned()))
        .collect();
    assert_eq!(ids.len(), 3);
    // While it is looked at, another takes an article out.
    let take_out = |id: &String| {
        let gone = desk.borrow_mut().remove(std::slice::from_ref(id), 2_000);
        assert_eq!(gone.expect("removed").len(), 1);
    };
    let once = std::cell::Cell::new(false);
    let (_, faults) = store
        .check(&|_| {
            if !once.replace(true) {
                take_out(&ids[2]);
            }
        })
        .expect("checked");
    assert_eq!(faults, []);
    once.set(false);
    let mut out = Vec::new();
    store
        .export(&mut out, &|_| {
            if !once.replace(true) {
                take_out(&ids[1]);
            }
        })
        .expect("exported");
    let told = String::from_utf8(out).expect("text").lines().count();
    assert_eq!(told, 3, "two articles and the last line");
}
