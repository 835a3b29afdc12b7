//! Statements against `tests/suite/statements`: a text, then its clauses line by line, each with
//! what it does beside asserting a fact.

mod given;

use annotate::Annotator;
use model::{Modality, Stance};

#[test]
fn sentences_fall_into_the_clauses_that_stand_alone() {
    let annotator = Annotator::new();
    let mut wrong = Vec::new();
    for (path, cases) in given::cases("statements") {
        for case in cases.split("\n\n").filter(|case| !case.starts_with('#')) {
            let mut lines = case.lines();
            let Some(text) = lines.next() else { continue };
            let expected: Vec<&str> = lines.map(str::trim).collect();
            let doc = annotator.annotate(given::article(text, Some(&given::language(&path))));
            let found: Vec<String> = doc
                .statements
                .iter()
                .map(|statement| {
                    let mut line = doc.get(statement.span).to_owned();
                    match statement.stance {
                        Stance::Asserts => {}
                        Stance::Denies => line.push_str(" [denies]"),
                        Stance::Questions => line.push_str(" [questions]"),
                    }
                    match statement.modality {
                        Modality::Fact => {}
                        Modality::Future => line.push_str(" [future]"),
                        Modality::Possible => line.push_str(" [possible]"),
                    }
                    match statement.negated {
                        Some(false) => {}
                        Some(true) => line.push_str(" [negated]"),
                        None => line.push_str(" [unknown]"),
                    }
                    if statement.conditional {
                        line.push_str(" [conditional]");
                    }
                    if statement.whether {
                        line.push_str(" [whether]");
                    }
                    line
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
fn statements_lie_in_order_and_apart() {
    let text = "After the dam broke, crews left; the mayor, who lives in Harl, said \"we were \
                warned\" and asked whether help would come, but nobody answered.";
    let doc = Annotator::new().annotate(given::article(text, Some("en")));
    assert!(doc.statements.len() > 1);
    for pair in doc.statements.windows(2) {
        assert!(pair[0].span.end() <= pair[1].span.start());
    }
}

#[test]
fn what_a_desk_says_of_its_own_article_states_nothing() {
    let text = "The Orla bridge reopened on Monday.\nAn earlier version said that it was closed.\n";
    let mut article = given::article(text, Some("en"));
    assert_eq!(
        Annotator::new().annotate(article.clone()).statements.len(),
        2
    );
    article.blocks[1].kind = model::BlockKind::Note;
    let doc = Annotator::new().annotate(article);
    assert_eq!(doc.statements.len(), 1);
    assert_eq!(doc.sentences.len(), 2);
}
