//! Opposites against `tests/suite/opposites`: two passages, then the words in which they hold the two
//! ends of one pair.

mod given;

use annotate::Annotator;
use model::Document;

/// The words of the first passage whose pair has its other end in the second, with these.
fn met(one: &Document, other: &Document) -> Vec<String> {
    let mut met = Vec::new();
    for a in &one.opposites {
        let against = other
            .opposites
            .iter()
            .filter(|b| b.pair == a.pair && b.end != a.end);
        met.extend(against.map(|b| format!("{} | {}", one.get(a.span), other.get(b.span))));
    }
    met.dedup();
    met
}

#[test]
fn opposed_words_are_met() {
    let annotator = Annotator::new();
    let mut wrong = Vec::new();
    for (path, cases) in given::cases("opposites") {
        let language = given::language(&path);
        for case in cases.split("\n\n").filter(|case| !case.starts_with('#')) {
            let mut lines = case.lines();
            let (Some(one), Some(other)) = (lines.next(), lines.next()) else {
                continue;
            };
            let expected: Vec<&str> = lines.map(str::trim).collect();
            let read = |text| annotator.annotate(given::article(text, Some(&language)));
            let found = met(&read(one), &read(other));
            if found != expected {
                wrong.push(format!("{path:?}\n  {one}\n  {other}\n  found {found:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
