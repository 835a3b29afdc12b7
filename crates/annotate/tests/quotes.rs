//! Quotations against `tests/suite/quotes`: `LANGUAGE-*.txt`, cases apart by a blank line: the
//! paragraphs of a text, a line each, then `> form | source | content` for each quotation, parts
//! joined by ` ## `, `-` for no source; `>>` for one within another. Where the source reads
//! `he => Eva Lund`, who speaks is checked as well, `-` for nobody known. `#` opens a note.

mod given;

use annotate::Annotator;
use model::{Document, Quotation};

#[test]
fn texts_give_their_quotations() {
    let annotator = Annotator::new();
    let mut wrong = Vec::new();
    for (path, cases) in given::cases("quotes") {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let language = name.split('-').next().unwrap_or_default();
        for case in cases.split("\n\n") {
            let lines = || case.lines().filter(|line| !line.starts_with('#'));
            let text: Vec<&str> = lines().filter(|line| !line.starts_with('>')).collect();
            let mut expected: Vec<String> = lines()
                .filter_map(|line| Some(line.strip_prefix('>')?.to_owned()))
                .collect();
            if text.is_empty() {
                continue;
            }
            let doc = annotator.annotate(given::article(&text.join("\n"), Some(language)));
            let speakers = expected.iter().any(|line| line.contains(" => "));
            let line = |quote, depth| line(&doc, quote, depth, speakers);
            let mut found = Vec::new();
            for quote in &doc.quotes {
                found.push(line(quote, ""));
                found.extend(quote.nested.iter().map(|inner| line(inner, ">")));
            }
            expected.sort();
            found.sort();
            if found != expected {
                wrong.push(format!(
                    "{text:?}\n  expected {expected:#?}\n  found {found:#?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn line(doc: &Document, quote: &Quotation, depth: &str, speakers: bool) -> String {
    let parts: Vec<&str> = quote.parts.iter().map(|&part| doc.get(part)).collect();
    let mut source = quote
        .source
        .map_or("-", |source| doc.get(source))
        .to_owned();
    if speakers {
        let entity = quote
            .speaker
            .and_then(|speaker| doc.entities.get(speaker.at()));
        let name = entity.and_then(|entity| doc.names.get(entity.clearest as usize));
        source = format!(
            "{source} => {}",
            name.map_or("-", |name| doc.get(name.span))
        );
    }
    let form = format!("{:?}", quote.form).to_lowercase();
    format!("{depth} {form} | {source} | {}", parts.join(" ## "))
}

#[test]
fn marks_of_any_number_give_true_spans() {
    let annotator = Annotator::new();
    for piece in [
        "\"",
        "“",
        "” ",
        "' ",
        "‘a ",
        "he said, \"",
        "\" said \"",
        "said that ",
        "«» ",
    ] {
        let text = piece.repeat(20_000);
        let doc = annotator.annotate(given::article(&text, Some("en")));
        for quote in &doc.quotes {
            for &part in quote.parts.iter() {
                assert!(!doc.get(part).is_empty());
            }
        }
    }
}

#[test]
fn an_embedded_post_is_the_word_of_who_signed_it() {
    let text = "The harbour master answered on the network.\n\
                The board should stop blaming the divers. Show us the plans.\n\
                — Odo Brandt (@odobrandt) March 11, 2024\n\
                Nobody has seen the plans.\n\
                Engineers found cracks in the gate.";
    let mut article = given::article(text, Some("en"));
    for at in [1, 2, 3] {
        article.blocks[at].kind = model::BlockKind::Post;
    }
    let doc = Annotator::new().annotate(article);
    let posts: Vec<(&str, &str, &str)> = doc
        .quotes
        .iter()
        .map(|quote| {
            let words = |span: Option<model::Span>| span.map_or("-", |span| doc.get(span));
            let speaker = quote
                .speaker
                .map(|at| doc.names[doc.entities[at].clearest as usize].span);
            (
                doc.get(quote.content()),
                words(quote.source),
                words(speaker),
            )
        })
        .collect();
    assert_eq!(
        posts,
        [
            (
                "The board should stop blaming the divers. Show us the plans.",
                "Odo Brandt",
                "Odo Brandt"
            ),
            ("Nobody has seen the plans.", "-", "-"),
        ]
    );
    let own = doc
        .statements
        .iter()
        .filter(|statement| statement.quote.is_none());
    let own: Vec<&str> = own.map(|statement| doc.get(statement.span)).collect();
    assert!(
        own.iter()
            .all(|words| !words.contains("blaming") && !words.contains("Nobody")),
        "{own:?}"
    );
    assert!(own.iter().any(|words| words.contains("cracks")), "{own:?}");
}
