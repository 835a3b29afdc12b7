//! Sentences and tokens against `tests/suite/sentences`: `LANGUAGE-*.txt`, a sentence a line, a
//! blank line between paragraphs, `#` before a note. A paragraph's lines, joined by spaces, must
//! come apart again.

mod given;

use annotate::Annotator;
use model::TokenClass;

fn sentences(text: &str, language: &str) -> Vec<String> {
    let doc = Annotator::new().annotate(given::article(text, Some(language)));
    doc.sentences
        .iter()
        .map(|s| doc.get(s.span).to_string())
        .collect()
}

fn tokens(text: &str) -> Vec<String> {
    let doc = Annotator::new().annotate(given::article(text, Some("en")));
    doc.tokens
        .iter()
        .map(|t| doc.get(t.span).to_string())
        .collect()
}

#[test]
fn paragraphs_come_apart_into_their_sentences() {
    let mut wrong = Vec::new();
    for (path, cases) in given::cases("sentences") {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let language = name.split('-').next().unwrap_or_default();
        for paragraph in cases.split("\n\n") {
            let expected: Vec<&str> = paragraph
                .lines()
                .filter(|l| !l.starts_with('#') && !l.is_empty())
                .collect();
            let found = sentences(&expected.join(" "), language);
            if found != expected {
                wrong.push(format!(
                    "{name}\n  expected {expected:#?}\n  found {found:#?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_keep_what_belongs_to_them() {
    let check = |text: &str, expected: &str| {
        assert_eq!(tokens(text).join("|"), expected, "{text}");
    };
    check("Veska’s 16-year-old son", "Veska|’s|16-year-old|son");
    check(
        "They didn't, can’t and won't.",
        "They|did|n't|,|ca|n’t|and|wo|n't|.",
    );
    check(
        "Lt. Gen. A. B. O'Hara of the U.S.",
        "Lt.|Gen.|A.|B.|O'Hara|of|the|U.S.",
    );
    check("$1,800.50, 20-25 or 50%", "$|1,800.50|,|20|-|25|or|50|%");
    check("in the 1990s--at 19:49…", "in|the|1990s|--|at|19:49|…");
    check(
        "See www.example.org/a?b=1. Next",
        "See|www.example.org/a?b=1|.|Next",
    );
    check("the ministers’ ‘plan’", "the|ministers|’|‘|plan|’");
    check("“Yes,” he said…and left.", "“|Yes|,|”|he|said|…|and|left|.");
    check("東京で3人", "東|京|で|3|人");
    check("a\u{0}b c\u{200b}d", "a|b|c|d");
    check(
        "cafe\u{301} co\u{ad}operate 👍🏽!",
        "cafe\u{301}|co\u{ad}operate|👍🏽|!",
    );
}

#[test]
fn a_word_has_one_key_however_it_is_written() {
    assert_eq!(annotate::key("O’HARA"), annotate::key("O'Hara"));
    assert_eq!(annotate::key("ÉCOLE"), annotate::key("école"));
    let doc = Annotator::new().annotate(given::article("Veska’s plan, Veska said", Some("en")));
    assert_eq!(doc.tokens[0].key, doc.tokens[4].key);
    assert_eq!(doc.tokens[0].key, annotate::key("veska"));
    assert!(doc.tokens[1].stop && !doc.tokens[2].stop);
    let doc = Annotator::new().annotate(given::article("negotiations negotiation", Some("en")));
    assert_eq!(doc.tokens[0].stem, doc.tokens[1].stem);
}

/// Every visible character lies in one token, every token in one sentence.
#[test]
fn any_text_is_covered_in_order() {
    let long = "x".repeat(300_000);
    let quotes = "\"“”'".repeat(50_000);
    let stops = ". ".repeat(50_000);
    let odd = "ا\u{301}\u{202e}ب. 👩‍👩‍👧 \u{0}\r\n«Да?» — сказал. \u{feff}ก็ดี ''s 's. n't 't ..“";
    for text in ["", " \n ", ".", odd, &long, &quotes, &stops] {
        for language in ["en", "de", "xx"] {
            let doc = Annotator::new().annotate(given::article(text, Some(language)));
            let mut covered = 0;
            for token in &doc.tokens {
                let between = text.get(covered..token.span.start()).unwrap_or("OVERLAP");
                assert!(
                    between.chars().all(|c| c.is_whitespace()
                        || c.is_control()
                        || "\u{200b}\u{2060}\u{feff}\u{200e}\u{200f}".contains(c)),
                    "{between:?} is in no token"
                );
                covered = token.span.end();
            }
            let mut next = 0;
            for sentence in &doc.sentences {
                assert_eq!(sentence.tokens.start, next);
                next = sentence.tokens.end;
                assert_eq!(
                    doc.tokens_in(sentence.span),
                    sentence.tokens.start as usize..next as usize
                );
            }
            assert_eq!(next as usize, doc.tokens.len());
            assert!(
                doc.tokens
                    .iter()
                    .all(|t| t.class != TokenClass::Mark || t.stop)
            );
        }
    }
}

#[test]
fn a_missing_space_does_not_hide_an_end() {
    assert_eq!(
        sentences("The court adjourned.The judge left.", "en"),
        ["The court adjourned.", "The judge left."]
    );
}
