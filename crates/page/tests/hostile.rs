//! Bad input: each gives a reason or an article with a warning, in bounded time, and no panic.

use std::time::{Duration, Instant};

use model::{Article, SkipReason, Skipped, Warning};
use page::Options;

/// What one page may take in a test build on a busy machine; a runaway takes minutes.
const PATIENCE: Duration = Duration::from_secs(60);

/// The stack that the engine gives its threads.
const STACK: usize = 16 << 20;

fn read(path: &str, bytes: Vec<u8>) -> Vec<Result<Article, Skipped>> {
    let path = path.to_owned();
    let start = Instant::now();
    let reading = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || page::read(&path, &bytes, &Options::default()))
        .expect("a thread");
    let read = reading.join().expect("no panic");
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    read
}

fn reason(path: &str, bytes: impl Into<Vec<u8>>) -> SkipReason {
    let mut read = read(path, bytes.into());
    assert_eq!(read.len(), 1);
    read.remove(0).expect_err("a reason").reason
}

fn limited(article: &Article) -> bool {
    article
        .warnings
        .iter()
        .any(|warning| matches!(warning, Warning::Limit { .. }))
}

const PARAGRAPH: &str = "<p>The harbour of Selen was shut on Monday because the storm had not moved, the office \
     said, and the ferry was not expected to leave before the evening of the next day.</p>\n";

#[test]
fn pdfs_that_nest_without_end() {
    let page = |inside: String| {
        format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
                 3 0 obj<</Type/Page/Parent 2 0 R/X {inside}>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
        )
    };
    for (opens, closes) in [("[", "]"), ("<</A ", ">>")] {
        for depth in [3_000, 500_000] {
            let bytes = page(opens.repeat(depth) + &closes.repeat(depth)).into_bytes();
            assert!(read("a.pdf", bytes).iter().all(Result::is_err));
        }
    }
}

#[test]
fn files_that_are_no_pages() {
    assert_eq!(reason("empty.txt", ""), SkipReason::Empty);
    assert_eq!(reason("blank.html", " \n\t\u{feff}\n"), SkipReason::Empty);
    assert_eq!(
        reason("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        SkipReason::Binary
    );
    assert_eq!(
        reason("a.txt", (0u8..=255).cycle().take(4000).collect::<Vec<_>>()),
        SkipReason::Binary
    );
    for (bytes, kind) in [
        (&b"\x1f\x8b\x08\0\0\0\0\0"[..], "gzip"),
        (b"PK\x03\x04..", "zip"),
        (b"WARC/1.0\r\n", "WARC"),
        (
            b"<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel/></rss>",
            "RSS",
        ),
        (
            b"<feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>",
            "Atom",
        ),
        (b"<opml version=\"2.0\"></opml>", "OPML"),
    ] {
        let SkipReason::Unsupported(what) = reason("x", bytes) else {
            panic!("{kind}")
        };
        assert!(what.contains(kind), "{what}");
    }
    for (bytes, what) in [
        (
            &b"PK\x03\x04\x14\0[Content_Types].xml"[..],
            "office document",
        ),
        (b"PK\x03\x04mimetypeapplication/epub+zip", "e-book"),
        (b"%PDF-1.7\n", "PDF"),
    ] {
        assert!(reason("x", bytes).to_string().contains(what), "{what}");
    }
}

#[test]
fn records_stand_in_arrays_and_over_lines_too() {
    let text = "The harbour of Selen was shut on Monday, the office said.";
    let one = format!("{{\n  \"text\": {text:?}\n}}\n");
    let many = format!(
        "[{{\"text\": {text:?}}},\n{{\"text\": \"The ferry waits.\"}}, 7, {{\"text\": \"Cut"
    );
    let paths = |read: Vec<Result<Article, Skipped>>| -> Vec<String> {
        let path = |one: &Result<Article, Skipped>| match one {
            Ok(article) => format!("{} read", article.path),
            Err(skip) => format!("{} {}", skip.path, skip.reason),
        };
        read.iter().map(path).collect()
    };
    assert_eq!(paths(read("a.json", one.into_bytes())), ["a.json:1 read"]);
    let read = paths(read("a.json", many.into_bytes()));
    assert_eq!(read[..2], ["a.json:1 read", "a.json:2 read"]);
    assert!(read[2].starts_with("a.json:3 not a record: "), "{read:?}");
    assert!(
        read[3].starts_with("a.json:4 not a record: JSON that breaks off"),
        "{read:?}"
    );
    let one = format!("{{\"text\": {text:?}}}");
    let alone = page::read("a.jsonl", one.as_bytes(), &Options::default());
    let array = page::read("a.json", format!("[{one}]").as_bytes(), &Options::default());
    let id = |read: &[Result<Article, Skipped>]| read[0].as_ref().expect("an article").id.clone();
    assert_eq!(id(&alone), id(&array));
}

#[test]
fn other_names_of_fields_are_told_once_a_file() {
    let record = |day: u8| {
        format!(
            "{{\"headline\": \"Harbour shut\", \"body\": \"The harbour of Selen was shut on day {day}.\", \
             \"date\": \"2024-03-0{day}\", \"source\": \"Selen Post\"}}\n"
        )
    };
    let dump = [1, 2, 3].map(record).concat();
    let SkipReason::BadRecord(why) = reason("d.jsonl", dump.clone()) else {
        panic!("a record")
    };
    assert!(
        why.starts_with("3 of 3 are none") && why.contains("headline, body, date, source"),
        "{why}"
    );
    let given =
        "--field text=body --field title=headline --field published=date --field outlet=source";
    assert!(why.ends_with(given), "{why}");
    let renamed = given.split("--field ").filter(|one| !one.is_empty());
    let renamed = renamed.map(|one| one.trim().parse().expect("a field"));
    let options = Options {
        fields: page::Fields::new(renamed.collect()),
        ..Options::default()
    };
    let read = page::read("d.jsonl", dump.as_bytes(), &options);
    let last = read[2].as_ref().expect("an article");
    assert_eq!(
        last.text.as_str(),
        "The harbour of Selen was shut on day 3.\n"
    );
    let said = (last.title.as_deref(), last.outlet.as_deref());
    assert_eq!(said, (Some("Harbour shut"), Some("Selen Post")));
    assert_eq!(
        last.published.expect("a day").date.to_string(),
        "2024-03-03"
    );
    // Where the text is found, what else has another name is a warning, at the first record alone.
    let dump = dump.replace("\"body\"", "\"text\"");
    let told = |read: &Result<Article, Skipped>| {
        let warnings = &read.as_ref().expect("an article").warnings;
        warnings
            .iter()
            .any(|warning| matches!(warning, Warning::OtherNames { .. }))
    };
    let read = page::read("d.jsonl", dump.as_bytes(), &Options::default());
    assert_eq!(
        read.iter().map(told).collect::<Vec<_>>(),
        [true, false, false]
    );
}

#[test]
fn mails_of_many_parts_and_broken_ones() {
    let part = "--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n////\n";
    let head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n";
    let nested =
        (0..5_000).map(|at| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n"));
    for mail in [
        format!("{head}{}", part.repeat(50_000)),
        format!("MIME-Version: 1.0\n{}", nested.collect::<String>()),
        format!(
            "{head}{}",
            "Content-Type: message/rfc822\n\n".repeat(20_000)
        ),
        format!(
            "MIME-Version: 1.0\nSubject: {}\n\nx",
            "=?utf-8?Q?=E2?= ".repeat(100_000)
        ),
        head.to_owned(),
    ] {
        assert_eq!(read("m.eml", mail.into_bytes()).len(), 1);
    }
}

#[test]
fn ten_thousand_nested_elements() {
    for tag in [
        "div",
        "b",
        "blockquote",
        "ul><li",
        "table><tr><td",
        "span class=x",
    ] {
        let name = tag.split([' ', '>']).next().unwrap_or(tag);
        let page = format!(
            "<html><body>{}{}{}</body></html>",
            format!("<{tag}>").repeat(10_000),
            PARAGRAPH.repeat(5),
            format!("</{name}>").repeat(10_000)
        );
        let read = read("deep.html", page.into_bytes());
        let article = read[0]
            .as_ref()
            .unwrap_or_else(|skip| panic!("{tag}: {skip:?}"));
        assert!(
            article.text.as_str().contains("The harbour of Selen"),
            "{tag}"
        );
        assert!(limited(article), "{tag}");
    }
}

#[test]
fn a_page_of_fifty_megabytes() {
    let junk = "<div class=\"menu\"><a href=\"/x\">Entry of a menu</a></div>\n".repeat(900_000);
    let page = format!(
        "<html><body><h1>Harbour shut</h1><article>{}</article>{junk}",
        PARAGRAPH.repeat(5)
    );
    assert!(page.len() > 50_000_000);
    match &read("big.html", page.into_bytes())[0] {
        Ok(article) => assert!(limited(article)),
        Err(skip) => assert!(matches!(skip.reason, SkipReason::NoPage(_))),
    }
    let scripts = format!(
        "<html><body><script>{}</script>{}",
        "var x = 1;".repeat(5_000_000),
        PARAGRAPH.repeat(5)
    );
    let read = read("scripts.html", scripts.into_bytes());
    assert!(read[0].as_ref().is_ok_and(|article| !limited(article)));
}

#[test]
fn a_page_over_the_limit() {
    let options = Options {
        page_limit: 1000,
        ..Options::default()
    };
    let read = page::read("big.txt", "Words. ".repeat(1000).as_bytes(), &options);
    assert!(matches!(&read[0], Err(skip) if skip.reason == SkipReason::TooLarge { limit: 1000 }));
}

#[test]
fn a_wrong_charset_is_seen_through() {
    let words = "<p>Die Fähre nach Nordvik müsse für Tage im Hafen bleiben, sagte die Leiterin des Amtes über Funk. \
         Früher sei das öfter geschehen, heute könne man die Gefahr besser einschätzen als vor zwölf Jahren.</p>";
    let latin: Vec<u8> = format!("<meta charset=utf-8>{words}{words}")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect();
    let read = read("wrong.html", latin);
    let article = read[0].as_ref().expect("an article");
    assert!(
        article.text.as_str().contains("Fähre nach Nordvik müsse"),
        "{}",
        article.text.as_str()
    );
    let mut torn = format!("{words}{words}").into_bytes();
    torn.insert(40, 0xff);
    let read = page::read("torn.html", &torn, &Options::default());
    let article = read[0].as_ref().expect("an article");
    assert!(
        article
            .warnings
            .iter()
            .any(|w| matches!(w, Warning::BadBytes { .. }))
    );
}

#[test]
fn records_good_and_bad() {
    let lines = [
        r#"{"id": "x1", "title": "Harbour shut", "text": "The harbour of Selen was shut on Monday.\nCrews waited."}"#,
        "this is not JSON",
        r#"{"text": "breaks off"#,
        r#"{"title": "", "text": "  "}"#,
        r#"{"title": "A headline alone", "text": ""}"#,
        r#"{"text": "A lone \ud800 surrogate in a sentence of the harbour office."}"#,
        r#"["a list"]"#,
        "",
        r#"{"id": "x9", "html": "<p>The harbour of Selen was shut on Monday because the storm had not moved, the office said to all who asked.</p>"}"#,
    ];
    let read = read("r.jsonl", lines.join("\r\n").into_bytes());
    let seen: Vec<String> = read
        .iter()
        .map(|one| match one {
            Ok(article) => format!("{} ok", article.path),
            Err(skip) => format!("{} {}", skip.path, skip.reason),
        })
        .collect();
    let expected = [
        "r.jsonl:1 ok",
        "r.jsonl:2 not a record: not JSON",
        "r.jsonl:3 not a record: JSON that breaks off",
        "r.jsonl:4 not a record: it has neither",
        "r.jsonl:5 ok",
        "r.jsonl:6 ok",
        "r.jsonl:7 not a record:",
        "r.jsonl:9 ok",
    ];
    assert_eq!(seen.len(), expected.len(), "{seen:?}");
    for (seen, expected) in seen.iter().zip(expected) {
        assert!(seen.starts_with(expected), "{seen:?} is not {expected:?}");
    }
    let ids: Vec<&str> = read
        .iter()
        .flatten()
        .map(|article| article.id.as_str())
        .collect();
    assert_eq!((ids[0], ids[3]), ("x1", "x9"));
    assert!(ids[1].starts_with("a-") && ids[1].len() == 14);
    let headline = read[4].as_ref().expect("kept");
    assert!(headline.text.is_empty() && headline.warnings.contains(&Warning::Short));
    let lone = read[5].as_ref().expect("kept");
    assert!(lone.text.as_str().contains('\u{fffd}'));
    assert!(
        lone.warnings
            .iter()
            .any(|w| matches!(w, Warning::BadBytes { .. }))
    );
}

#[test]
fn a_records_text_is_kept_to_the_letter() {
    let text = "  Harbour shut\r\n\r\nThe harbour was shut.\rLeave a Reply\u{2028}Last.";
    let line = format!("{{\"title\": \"Harbour shut\", \"text\": {text:?}}}")
        .replace("\\u{2028}", "\u{2028}");
    let options = Options {
        strip_text: false,
        ..Options::default()
    };
    let read = page::read("r.jsonl", line.as_bytes(), &options);
    let article = read[0].as_ref().expect("an article");
    assert_eq!(article.text.as_str(), text);
    let blocks: Vec<&str> = article
        .blocks
        .iter()
        .map(|block| article.text.get(block.span))
        .collect();
    assert_eq!(
        blocks,
        [
            "Harbour shut",
            "The harbour was shut.",
            "Leave a Reply",
            "Last."
        ]
    );
    // A paragraph that is broken at a column is one all the same.
    let wrapped = "The harbour at Selen was closed on Monday because the storm\n\
                   had not moved on during the night, and the mayor, Ada\n\
                   Lorne, told the crews to stay on shore until the wind had\n\
                   fallen to half of its strength.\n\n\
                   The ferry to the islands was not expected to leave before\n\
                   the evening of the next day, and what it carries is most\n\
                   of what people there eat and drink.\n";
    let line = format!("{{\"text\": {wrapped:?}}}");
    let read = page::read("r.jsonl", line.as_bytes(), &options);
    let article = read[0].as_ref().expect("an article");
    assert_eq!((article.text.as_str(), article.blocks.len()), (wrapped, 2));
    let stripped = page::read("r.jsonl", line.as_bytes(), &Options::default());
    let article = stripped[0].as_ref().expect("an article");
    assert!(
        !article.text.as_str().contains("Leave a Reply")
            && !article.text.as_str().contains("Harbour shut")
    );
}

/// Pages torn and shuffled at random, the same ones in every run.
#[test]
fn torn_pages() {
    let seeds = [
        include_str!("../../../tests/suite/page/article.html"),
        include_str!("../../../tests/suite/page/broken-metadata.html"),
        include_str!("../../../tests/suite/page/duplicated-title.txt"),
        r#"{"id": "é", "title": "Tïtle", "published": "2019-05-0é", "text": "One é. “Two”\ud83d\ude00 …"}"#,
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    for round in 0..400 {
        let seed = seeds[round % seeds.len()];
        let page = seed.split_once("--- page\n").map_or(seed, |(_, page)| page);
        let mut bytes = page.as_bytes().to_vec();
        for _ in 0..1 + next(12) {
            let at = next(bytes.len());
            match next(5) {
                0 => bytes.truncate(at.max(1)),
                1 => bytes[at] = next(256) as u8,
                2 => drop(bytes.drain(at..(at + next(40)).min(bytes.len()))),
                3 => {
                    let piece = bytes[at..(at + next(60)).min(bytes.len())].to_vec();
                    let to = next(bytes.len());
                    bytes.splice(to..to, piece);
                }
                _ => bytes.insert(at, b"<>\"'&{}[]\\/=\n\xe2"[next(14)]),
            }
            if bytes.is_empty() {
                bytes.push(b'x');
            }
        }
        for strip_text in [true, false] {
            let options = Options {
                strip_text,
                ..Options::default()
            };
            for article in page::read("torn", &bytes, &options).into_iter().flatten() {
                assert!(
                    article
                        .blocks
                        .iter()
                        .all(|block| !article.text.get(block.span).is_empty())
                );
            }
        }
    }
}
