//! The ways in, one function each. In: any bytes. Out: nothing; a panic, a hang or memory without end is a fault. What is
//! promised of an output is asserted here too.
//!
//! `tests/corpus.rs` runs them on the corpus and on some mutations of it with every test; `cargo xtask fuzz` runs them
//! under libFuzzer for as long as one likes.

mod kept;
mod talk;

use std::sync::LazyLock;

use annotate::Annotator;
use container::{Limits, Source};
use model::{Article, Text};

/// A way in: its name, which is that of its folder in the corpus, and what is done with the bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 11] = [
    ("page", page),
    ("jsonl", |data| read("a.jsonl", data)),
    ("warc", |data| opened("a.warc", data)),
    ("mhtml", |data| read("a.mhtml", data)),
    ("zip", |data| opened("a.zip", data)),
    ("feed", |data| opened("a.xml", data)),
    ("annotate", annotate),
    ("report", kept::report),
    ("settings", settings),
    ("store", kept::store),
    ("mcp", talk::mcp),
];

/// A target by its name.
pub fn named(name: &str) -> Option<fn(&[u8])> {
    TARGETS
        .iter()
        .find(|(own, _)| *own == name)
        .map(|(_, run)| *run)
}

/// What a file of these tests may cost: less than the program allows, so that what costs more than it should shows.
fn limits() -> Limits {
    Limits {
        file: 8 << 20,
        held: 8 << 20,
        page: 4 << 20,
        members: 64,
        ..Limits::default()
    }
}

/// Bytes as a page of a kind that a name only hints at.
fn page(data: &[u8]) {
    let (path, bytes) = match data.split_first() {
        Some((b'0', rest)) => ("a.txt", rest),
        Some((b'1', rest)) => ("https://example.org/2023/a", rest),
        _ => ("a.html", data),
    };
    read(path, bytes);
}

fn read(path: &str, bytes: &[u8]) {
    for strip_text in [true, false] {
        let options = page::Options {
            strip_text,
            ..page::Options::default()
        };
        for article in page::read(path, bytes, &options).iter().flatten() {
            promised(article, bytes);
        }
    }
}

/// What is promised of an article.
fn promised(article: &Article, bytes: &[u8]) {
    let text = article.text.as_str();
    for block in &article.blocks {
        assert!(text.get(block.span.start()..block.span.end()).is_some());
    }
    let _ = page::left_out(bytes, article);
    let _ = page::not_said(bytes, article);
    let _ = page::page_of(article);
    let line = report::article_line(article);
    assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok());
    // What the store keeps of it is what it was.
    let again = store::record::read(&store::record::write(article), article.sha256);
    assert!(
        again.is_some_and(|again| again.text == article.text && again.blocks == article.blocks)
    );
}

/// Bytes as a file that may hold others.
fn opened(path: &str, data: &[u8]) {
    let inputs = container::inputs(path, Source::from(data.to_vec()), limits());
    for input in inputs.take(200).flatten() {
        let options = page::Options::default();
        let read = page::read_from(&input.path, &input.bytes, &input.from, &options);
        for article in read.iter().flatten() {
            report::article_line(article);
        }
    }
}

/// Text, its language first: E, D, or F.
fn annotate(data: &[u8]) {
    static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(Annotator::new);
    let Ok(words) = std::str::from_utf8(data) else {
        return;
    };
    let (language, words) = match words.as_bytes().first() {
        Some(b'D') => ("de", &words[1..]),
        Some(b'F') => ("fr", &words[1..]),
        Some(b'E') => ("en", &words[1..]),
        _ => ("en", words),
    };
    let record = serde_json::json!({ "id": "one", "language": language, "published": "2023-03-18", "text": words });
    let options = page::Options {
        strip_text: false,
        ..page::Options::default()
    };
    let articles = page::read("a.jsonl", record.to_string().as_bytes(), &options);
    for article in articles.into_iter().flatten() {
        let doc = ANNOTATOR.annotate(article);
        let line = report::document_line(&doc);
        let line: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
        let text: Vec<char> = doc.article.text.as_str().chars().collect();
        for name in line["names"].as_array().into_iter().flatten() {
            let at = |key: &str| name[key].as_u64().unwrap_or(u64::MAX) as usize;
            let slice: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(Some(&*slice), name["text"].as_str());
        }
        assert_eq!(doc.article.text, Text::new(doc.article.text.as_str()));
    }
}

fn settings(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = cli::settings_fault(text);
    }
}
