//! In: articles with their attributions by hand (source, cue, content; PolNeAR and the German
//! Wikinews set). Out: how well quotations and their speakers are found, exactly and roughly.
//! Measured on `annotate` alone: the articles are given as clean text.

mod align;
mod count;

use std::ops::Range;

use anyhow::Result;
use crossread::model::{Document, Form};
use serde::Deserialize;

use crate::documents::{Given, article};
use crate::figures::Scores;
use crate::lab::{Lab, bytes_of_code_points};
use align::{Attribution, hull};
use count::Sums;

const KIND: &str = "quotations";

/// A record of a set; offsets are code points.
#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    attributions: Vec<GoldAttribution>,
}

#[derive(Deserialize)]
struct GoldAttribution {
    #[serde(rename = "type")]
    form: String,
    #[serde(default)]
    source: Vec<[usize; 2]>,
    #[serde(default)]
    cue: Vec<[usize; 2]>,
    #[serde(default)]
    content: Vec<[usize; 2]>,
    #[serde(default)]
    nested: bool,
}

/// The forms, as the sets and the table call them.
const FORMS: [(&str, Form); 3] = [
    ("direct", Form::Direct),
    ("mixed", Form::Mixed),
    ("indirect", Form::Indirect),
];

/// Scores every set.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    for (set, path, language) in [
        ("polnear-dev", "quotations/polnear-dev.jsonl.gz", "en"),
        ("polnear-train", "quotations/polnear-train.jsonl.gz", "en"),
        ("german-dev", "quotations/german-dev.jsonl.gz", "de"),
    ] {
        if lab.wants(set) {
            let records: Vec<Record> = lab.records(path)?;
            scores.extend(score_set(lab, set, records, language));
        }
    }
    Ok(scores)
}

fn score_set(lab: &Lab, set: &str, records: Vec<Record>, language: &str) -> Scores {
    let (mut texts, mut golds) = (Vec::new(), Vec::new());
    for record in records {
        golds.push(gold(&record, language == "de"));
        texts.push(article(Given {
            id: record.id,
            language: language.to_owned(),
            text: record.text,
            ..Given::default()
        }));
    }
    let docs = lab.annotate(texts);
    let mut sums = Sums::default();
    let mut cases = Vec::new();
    for (doc, gold) in docs.iter().zip(&golds) {
        sums.count(set, doc, gold, &mut cases);
    }
    let mut scores = Scores::default();
    if language == "en" {
        sums.figures(set, &mut scores);
    } else {
        sums.speaker_figures(set, &mut scores);
        scores.add_prf(KIND, set, "content exact", sums.content[0].prf());
        scores.add_prf(KIND, set, "content overlap", sums.content[1].prf());
    }
    scores.cases = cases;
    scores
}

/// The gold attributions of a record, in bytes. The German set's free indirect speech has no
/// reporting words at all and is left out, as is what is nested in another quotation.
fn gold(record: &Record, german: bool) -> Vec<Attribution> {
    let byte = bytes_of_code_points(&record.text);
    let to_bytes = |spans: &[[usize; 2]]| -> Vec<Range<usize>> {
        spans
            .iter()
            .filter_map(|[start, end]| Some(*byte.get(*start)?..*byte.get(*end)?))
            .filter(|range| !range.is_empty())
            .collect()
    };
    record
        .attributions
        .iter()
        .filter(|one| !(german && one.nested))
        .filter_map(|one| {
            let content = to_bytes(&one.content);
            let form = match one.form.as_str() {
                "direct" => Form::Direct,
                "mixed" if german => Form::Mixed,
                "freeindirect" | "indirectfreeindirect" if german => return None,
                "nocontent" => return None,
                _ if german => Form::Indirect,
                _ => marked(&record.text, &content),
            };
            (!content.is_empty()).then(|| Attribution {
                form,
                content,
                cue: hull(&to_bytes(&one.cue)),
                source: hull(&to_bytes(&one.source)),
            })
        })
        .collect()
}

/// The form of what PolNeAR does not call direct. Its forms are derived from the quote marks, and
/// that derivation does not know the typewriter's mark, two apostrophes, which one of its newspapers
/// uses throughout, and takes a part whose other mark fell outside the annotation for unquoted.
/// Here a part is quoted that has a mark at one end and none inside.
fn marked(text: &str, content: &[Range<usize>]) -> Form {
    const MARKS: [&str; 4] = ["''", "\"", "\u{201c}", "\u{201d}"];
    let outer = |c: char| c.is_whitespace() || c == ',';
    let quoted = |part: &Range<usize>| -> (bool, bool) {
        let mut inner = text[part.clone()].trim_matches(outer);
        let before = MARKS.iter().any(|mark| text[..part.start].ends_with(mark));
        let after = MARKS.iter().any(|mark| text[part.end..].starts_with(mark));
        let (mut opens, mut closes) = (before, after);
        for mark in MARKS {
            if let Some(rest) = inner.strip_prefix(mark) {
                (inner, opens) = (rest, true);
            }
            if let Some(rest) = inner.strip_suffix(mark) {
                (inner, closes) = (rest, true);
            }
        }
        let within = MARKS.iter().any(|mark| inner.contains(mark));
        ((opens || closes) && !within, opens || closes || within)
    };
    let parts: Vec<(bool, bool)> = content.iter().map(quoted).collect();
    if parts.iter().all(|(whole, _)| *whole) {
        Form::Direct
    } else if parts.iter().any(|(_, some)| *some) {
        Form::Mixed
    } else {
        Form::Indirect
    }
}

fn found(doc: &Document) -> Vec<Attribution> {
    doc.quotes
        .iter()
        .map(|quote| Attribution {
            form: quote.form,
            content: quote.parts.iter().map(|part| part.range()).collect(),
            cue: quote.cue.map(|span| span.range()),
            source: quote.source.map(|span| span.range()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Tally;
    use crossread::model::{Confidence, NonEmpty, Quotation, Resolution};

    const TEXT: &str =
        "\u{201c}The bridge is safe,\u{201d} said Ada Lorne. She said it would open.";

    fn gold_of(json: &str) -> Vec<Attribution> {
        let attributions = serde_json::from_str(json).unwrap();
        gold(
            &Record {
                id: "a".to_owned(),
                text: TEXT.to_owned(),
                attributions,
            },
            false,
        )
    }

    /// Form, content and source.
    type Quoted = (Form, Range<usize>, Option<Range<usize>>);

    fn document(quotes: &[Quoted]) -> Document {
        let mut doc = Document::new(article(Given {
            id: "a".to_owned(),
            text: TEXT.to_owned(),
            ..Given::default()
        }));
        let text = doc.article.text.clone();
        doc.quotes = quotes
            .iter()
            .map(|(form, content, source)| Quotation {
                form: *form,
                parts: NonEmpty::one(text.span(content.clone()).unwrap()),
                cue: None,
                source: source.clone().map(|range| text.span(range).unwrap()),
                speaker: None,
                resolution: Resolution::Named,
                confidence: Confidence::Certain,
                rule: "test",
                nested: Vec::new(),
            })
            .collect();
        doc
    }

    /// Code points 0..21 are the quotation with its marks, 27..36 its speaker.
    const GOLD: &str = r#"[
        {"type": "direct", "source": [[27, 36]], "cue": [[22, 26]], "content": [[0, 21]]},
        {"type": "indirect", "source": [[38, 41]], "cue": [[42, 46]], "content": [[47, 60]]}
    ]"#;

    #[test]
    fn marks_around_a_quotation_do_not_matter_and_offsets_are_bytes() {
        let at = TEXT.find("The bridge").unwrap();
        let lorne = TEXT.find("Ada").unwrap();
        let doc = document(&[(Form::Direct, at..at + 19, Some(lorne..lorne + 9))]);
        let mut sums = Sums::default();
        sums.count("s", &doc, &gold_of(GOLD), &mut Vec::new());
        assert_eq!(sums.direct.prf(), [1.0, 1.0, 1.0]);
        assert_eq!(sums.speakers[0], [1, 1, 1]);
        assert_eq!(
            sums.content[0],
            Tally {
                right: 1,
                found: 1,
                hit: 1,
                gold: 2
            }
        );
        assert_eq!(
            sums.source[0],
            Tally {
                right: 1,
                found: 1,
                hit: 1,
                gold: 2
            }
        );
    }

    #[test]
    fn forms_follow_from_the_marks() {
        let text = "''We go,'' she said. He said ''no'' to it. It rains, he said.";
        let form = |words: &str| {
            let at = text.find(words).unwrap();
            let part = at..at + words.len();
            marked(text, &[part])
        };
        assert_eq!(form("''We go,''"), Form::Direct);
        assert_eq!(form("We go,"), Form::Direct);
        assert_eq!(form("go,''"), Form::Direct);
        assert_eq!(form("''no'' to it"), Form::Mixed);
        assert_eq!(form("It rains"), Form::Indirect);
    }

    #[test]
    fn half_a_speaker_overlaps_and_a_wrong_one_is_counted() {
        let at = TEXT.find("The bridge").unwrap();
        let lorne = TEXT.find("Lorne").unwrap();
        for (source, expected, wrong) in [
            (lorne..lorne + 5, [1, 0, 1], [1, 0]),
            (at..at + 10, [1, 0, 0], [1, 1]),
        ] {
            let doc = document(&[(Form::Direct, at..at + 19, Some(source))]);
            let mut sums = Sums::default();
            let mut cases = Vec::new();
            sums.count("s", &doc, &gold_of(GOLD), &mut cases);
            assert_eq!((sums.speakers[0], sums.given), (expected, wrong));
            assert!(!cases.is_empty());
        }
    }
}
