//! Expressions of time against `tests/suite/dates`: `PUBLISHED: sentence {words = value} …`. Every
//! expression that is found must be marked, and the other way round.

mod given;

use annotate::Annotator;
use model::{Published, Relative, Toward};

/// A case's plain sentence and what it expects, as `words = value`.
fn unmark(marked: &str) -> (String, Vec<String>) {
    let (mut plain, mut expected) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        plain.push_str(before);
        let (inside, behind) = after.split_once('}').expect("a closing brace");
        let (words, _) = inside.split_once(" = ").expect("words = value");
        plain.push_str(words);
        expected.push(inside.to_string());
        rest = behind;
    }
    plain.push_str(rest);
    (plain, expected)
}

#[test]
fn expressions_of_time_are_found_and_resolved() {
    let annotator = Annotator::new();
    let mut wrong = Vec::new();
    for (path, cases) in given::cases("dates") {
        for case in cases
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
        {
            let (published, marked) = case.split_once(": ").expect("PUBLISHED: sentence");
            let (plain, expected) = unmark(marked);
            let mut article = given::article(&plain, Some("en"));
            article.published = published.parse().ok().map(Published::day);
            let doc = annotator.annotate(article);
            let found: Vec<String> = doc
                .dates
                .iter()
                .map(|d| {
                    format!(
                        "{} = {}",
                        doc.get(d.span),
                        d.value.as_deref().unwrap_or("-")
                    )
                })
                .collect();
            if found != expected {
                wrong.push(format!("{path:?}\n  {case}\n  found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_text_without_a_date_keeps_the_distance() {
    let doc = Annotator::new().annotate(given::article("He arrived on Monday.", Some("en")));
    let relative = doc.dates.first().and_then(|date| date.relative);
    assert_eq!(relative, Some(Relative::Weekday(1, Toward::AtOrBefore)));
    assert_eq!(doc.dates[0].when, None);
    let anchor = "2017-12-06".parse().expect("a date");
    let when = relative.and_then(|relative| relative.resolve(anchor));
    assert_eq!(when.map(|when| when.iso()).as_deref(), Some("2017-12-04"));
}

#[test]
fn other_languages_claim_nothing() {
    let doc = Annotator::new().annotate(given::article("On May 4, 2017 Harl …", Some("fr")));
    assert!(doc.dates.is_empty());
}
