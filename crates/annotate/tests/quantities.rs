//! Quantities against `tests/suite/quantities`: a sentence, then what it holds, line by line.

mod given;

use annotate::Annotator;

#[test]
fn numbers_are_found_with_what_they_count() {
    let annotator = Annotator::new();
    let mut wrong = Vec::new();
    for (path, cases) in given::cases("quantities") {
        for case in cases.split("\n\n").filter(|case| !case.starts_with('#')) {
            let mut lines = case.lines();
            let Some(sentence) = lines.next() else {
                continue;
            };
            let expected: Vec<&str> = lines.map(str::trim).collect();
            let doc = annotator.annotate(given::article(sentence, Some("en")));
            let found: Vec<String> = doc
                .quantities
                .iter()
                .map(|q| {
                    let high = q.high.map(|high| format!("..{high}")).unwrap_or_default();
                    format!(
                        "{} | {} | {}{high} | {:?} {:?} | {}",
                        doc.get(q.span),
                        doc.get(q.number),
                        q.value,
                        q.hedge,
                        q.kind,
                        q.unit.map_or("-", |unit| doc.get(unit))
                    )
                })
                .collect();
            if found != expected {
                wrong.push(format!("{path:?}\n  {sentence}\n  found {found:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
