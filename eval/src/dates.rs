//! In: texts with their expressions of time and what these come to (TimeBank and AQUAINT as
//! TimeML; Recognizers' inputs with a reference time). Out: spans strict and relaxed, and values.

mod timeml;

use std::ops::Range;

use anyhow::Result;
use crossread::model::Document;
use serde::Deserialize;

use crate::documents::{Given, article, published};
use crate::figures::{Better, Case, Scores, context};
use crate::lab::{Lab, bytes_of_code_points};
use crate::measure::{Tally, share};

const KIND: &str = "dates";

/// An expression of time: where, and its value as TIMEX3 writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its value; more than one where the set allows more than one.
    pub values: Vec<String>,
}

/// A text with its expressions.
pub struct Timed {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// When it was written.
    pub written: String,
    /// Its expressions, in order.
    pub expressions: Vec<Expression>,
}

/// Scores every set.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    if lab.wants("timebank-aquaint") {
        let texts = timeml::read(&lab.bytes("dates/timebank-aquaint.tar.gz")?);
        scores.extend(score_set(lab, "timebank-aquaint", texts));
    }
    if lab.wants("recognizers") {
        let json = lab.text("dates/recognizers-english-datetime.json.gz")?;
        scores.extend(score_set(lab, "recognizers", recognizers(&json)?));
    }
    Ok(scores)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Input {
    input: String,
    #[serde(default)]
    context: Option<Reference>,
    results: Vec<Outcome>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reference {
    reference_date_time: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Outcome {
    start: usize,
    end: usize,
    #[serde(default)]
    resolution: Option<Resolution>,
}

#[derive(Deserialize)]
struct Resolution {
    #[serde(default)]
    values: Vec<serde_json::Map<String, serde_json::Value>>,
}

/// Recognizers' inputs: `End` is the last letter; of its values (the past and the future reading of
/// "2 May") any is right. A range is right by its first day or by its `timex`.
fn recognizers(json: &str) -> Result<Vec<Timed>> {
    let inputs: Vec<Input> = serde_json::from_str(json)?;
    let read = |(number, input): (usize, Input)| {
        let byte = bytes_of_code_points(&input.input);
        let expressions = input
            .results
            .iter()
            .filter_map(|one| {
                let range = *byte.get(one.start)?..*byte.get(one.end + 1)?;
                let texts = one
                    .resolution
                    .iter()
                    .flat_map(|r| &r.values)
                    .flat_map(|fields| {
                        ["timex", "value", "start"].map(|key| fields.get(key)?.as_str())
                    });
                let values = texts.flatten().map(|text| text.replace(' ', "T")).collect();
                Some(Expression { range, values })
            })
            .collect();
        let written = input
            .context
            .map(|one| one.reference_date_time)
            .unwrap_or_default();
        Timed {
            id: format!("input {}", number + 1),
            text: input.input,
            written,
            expressions,
        }
    };
    Ok(inputs.into_iter().enumerate().map(read).collect())
}

fn score_set(lab: &Lab, set: &str, texts: Vec<Timed>) -> Scores {
    let articles = texts
        .iter()
        .map(|timed| {
            article(Given {
                id: timed.id.clone(),
                published: published(&timed.written),
                language: "en".to_owned(),
                text: timed.text.clone(),
                ..Given::default()
            })
        })
        .collect();
    let docs = lab.annotate(articles);
    let mut sums = Sums::default();
    let mut scores = Scores::default();
    for (doc, timed) in docs.iter().zip(&texts) {
        sums.count(set, doc, timed, &mut scores.cases);
    }
    scores.add_prf(KIND, set, "span strict", sums.strict.prf());
    scores.add_prf(KIND, set, "span relaxed", sums.relaxed.prf());
    scores.add_prf(KIND, set, "value", sums.value.prf());
    let [found, right, wrong] = sums.values;
    scores.add(
        KIND,
        set,
        "value right, of found",
        share(right, found),
        Better::More,
    );
    scores.add(
        KIND,
        set,
        "value given and wrong",
        share(wrong, found),
        Better::Neither,
    );
    scores
}

/// What is counted over a set.
#[derive(Default)]
struct Sums {
    strict: Tally,
    relaxed: Tally,
    /// Overlapping and of the right value.
    value: Tally,
    /// Gold expressions found, of those: value right, value given and wrong.
    values: [usize; 3],
}

impl Sums {
    fn count(&mut self, set: &str, doc: &Document, timed: &Timed, cases: &mut Vec<Case>) {
        let text = doc.article.text.as_str();
        let mut taken = vec![false; doc.dates.len()];
        let (mut strict, mut relaxed, mut value) = (0, 0, 0);
        for one in &timed.expressions {
            let shared = |range: &Range<usize>| {
                range
                    .end
                    .min(one.range.end)
                    .saturating_sub(range.start.max(one.range.start))
            };
            let best = doc
                .dates
                .iter()
                .enumerate()
                .filter(|(at, date)| !taken[*at] && shared(&date.span.range()) > 0)
                .max_by_key(|(at, date)| (shared(&date.span.range()), std::cmp::Reverse(*at)));
            let expected = format!("{} = {}", &text[one.range.clone()], one.values.join(" or "));
            let Some((at, date)) = best else {
                cases.push(case(
                    set,
                    timed,
                    expected,
                    String::new(),
                    one.range.clone(),
                    0.8,
                ));
                continue;
            };
            taken[at] = true;
            relaxed += 1;
            let exact = date.span.range() == one.range;
            strict += usize::from(exact);
            let right = date
                .value
                .as_ref()
                .is_some_and(|value| one.values.iter().any(|v| same(v, value)));
            value += usize::from(right);
            self.values[0] += 1;
            self.values[1] += usize::from(right);
            self.values[2] += usize::from(!right && date.value.is_some());
            if !right || !exact {
                let given = date.value.as_deref().unwrap_or("no value");
                let found = format!("{} = {given} ({})", doc.get(date.span), date.rule);
                let weight = if right { 0.6 } else { 1.0 };
                cases.push(case(set, timed, expected, found, one.range.clone(), weight));
            }
        }
        for (date, _) in doc.dates.iter().zip(&taken).filter(|(_, taken)| !**taken) {
            let given = date.value.as_deref().unwrap_or("no value");
            let found = format!("{} = {given} ({})", doc.get(date.span), date.rule);
            cases.push(case(
                set,
                timed,
                String::new(),
                found,
                date.span.range(),
                0.7,
            ));
        }
        let of = |right| Tally {
            right,
            found: doc.dates.len(),
            hit: right,
            gold: timed.expressions.len(),
        };
        self.strict.add(of(strict));
        self.relaxed.add(of(relaxed));
        self.value.add(of(value));
    }
}

fn case(
    set: &str,
    timed: &Timed,
    expected: String,
    found: String,
    range: Range<usize>,
    weight: f64,
) -> Case {
    Case {
        set: set.to_owned(),
        place: format!("{} ({})", timed.id, timed.written),
        expected,
        found,
        context: context(&timed.text, range, 60),
        weight,
    }
}

/// Whether two values are one: seconds that are zero and left out do not count, nor does a part that
/// is only said to be unknown (`1949-XX`), nor a week's zero (`2000-W7`), nor a zone.
fn same(gold: &str, found: &str) -> bool {
    // The sets leave a time's zone out, or write Z.
    let zoned = |value: &str| value.contains('T') && value.len() > 16;
    let short = |value: &str| -> String {
        let value = value.trim().trim_end_matches('Z');
        let value = match value.char_indices().rev().nth(5) {
            Some((at, '+' | '-')) if zoned(value) => &value[..at],
            _ => value,
        };
        let colons = value.matches(':').count();
        let value = if colons == 2 {
            value.strip_suffix(":00").unwrap_or(value)
        } else {
            value
        };
        let value = value.trim_end_matches("-XX");
        match value.split_once("-W") {
            Some((year, week)) if week.len() == 1 => format!("{year}-W0{week}"),
            _ => value.to_owned(),
        }
    };
    short(gold) == short(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossread::model::{DateKind, DateMention};

    #[test]
    fn any_reading_of_an_input_is_right() {
        let json = r#"[{"Input": "Back on 2 May.", "Context": {"ReferenceDateTime": "2016-11-07T00:00:00"},
            "Results": [{"Text": "2 may", "Start": 8, "End": 12, "TypeName": "x", "Resolution":
            {"values": [{"timex": "XXXX-05-02", "value": "2016-05-02"}, {"value": "2017-05-02"}]}}]}]"#;
        let texts = recognizers(json).unwrap();
        let one = &texts[0].expressions[0];
        assert_eq!(&texts[0].text[one.range.clone()], "2 May");
        assert_eq!(one.values, ["XXXX-05-02", "2016-05-02", "2017-05-02"]);
    }

    #[test]
    fn spans_and_values_are_counted_apart() {
        let text = "It opened on Monday and shut in May 2020.";
        let timed = Timed {
            id: "a".to_owned(),
            text: text.to_owned(),
            written: "2020-06-03".to_owned(),
            expressions: vec![
                Expression {
                    range: 13..19,
                    values: vec!["2020-06-01".to_owned()],
                },
                Expression {
                    range: 32..40,
                    values: vec!["2020-05".to_owned()],
                },
            ],
        };
        let mut doc = Document::new(article(Given {
            text: text.to_owned(),
            ..Given::default()
        }));
        let source = doc.article.text.clone();
        for (range, value) in [(13..19, "2020-05-25"), (32..35, "2020-05")] {
            doc.dates.push(DateMention {
                span: source.span(range).unwrap(),
                kind: DateKind::Date,
                value: Some(value.to_owned()),
                when: None,
                relative: None,
                rule: "test",
            });
        }
        let (mut sums, mut cases) = (Sums::default(), Vec::new());
        sums.count("s", &doc, &timed, &mut cases);
        assert_eq!(
            (sums.strict.right, sums.relaxed.right, sums.value.right),
            (1, 2, 1)
        );
        assert_eq!((sums.values, cases.len()), ([2, 1, 1], 2));
        assert!(same("2020-05-02T10:00:00", "2020-05-02T10:00-05:00") && !same("2020", "2020-05"));
    }
}
