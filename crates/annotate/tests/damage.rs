//! Damaged words against `tests/suite/damage`: a text, then what is broken in it, line by line.

mod given;

use annotate::Annotator;

#[test]
fn broken_words_are_noted_and_rare_ones_left_alone() {
    let annotator = Annotator::new();
    let mut wrong = Vec::new();
    for (path, cases) in given::cases("damage") {
        for case in cases.split("\n\n").filter(|case| !case.starts_with('#')) {
            let mut lines = case.lines();
            let Some(text) = lines.next() else { continue };
            let expected: Vec<&str> = lines.map(str::trim).collect();
            let doc = annotator.annotate(given::article(text, Some("en")));
            let found: Vec<String> = doc
                .damage
                .iter()
                .map(|d| {
                    let repair = d.repair.as_deref().unwrap_or("-");
                    format!("{} -> {repair} ({:?})", doc.get(d.span), d.kind)
                })
                .collect();
            if found != expected {
                wrong.push(format!("{path:?}\n  {text}\n  found {found:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_broken_word_is_compared_as_the_word_that_it_was() {
    let annotator = Annotator::new();
    let stem = |text: &str, word: &str| {
        let doc = annotator.annotate(given::article(text, Some("en")));
        let token = doc.tokens.iter().find(|token| doc.get(token.span) == word);
        token.expect("the word").stem
    };
    let broken = stem("The envoy left the embbady on Monday.", "embbady");
    assert_eq!(
        broken,
        stem("The envoy left the embassy on Monday.", "embassy")
    );
    let name = stem("The envoy met Embbani on Monday.", "Embbani");
    assert_ne!(
        name,
        stem("The envoy met Embassani on Monday.", "Embassani")
    );
}
