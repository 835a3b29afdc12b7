//! In: every article of giveme5w, read as the program reads records. Out: the parts of what the report
//! says that can be checked without a gold: mentions that equal their slice of the article's text, and
//! claims, sides of disputes and sentences of the brief that have a mention at all. Each must be 1.

use std::collections::HashMap;

use anyhow::Result;
use crossread::{Input, report};
use serde_json::Value;

use crate::documents::Told;
use crate::figures::{Better, Case, Scores};
use crate::lab::Lab;
use crate::measure::share;

const KIND: &str = "evidence";
const SET: &str = "giveme5w";

/// Scores the set.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    if !lab.wants(SET) {
        return Ok(scores);
    }
    let told: Vec<Told> = lab.records("stories/giveme5w.jsonl.gz")?;
    let inputs = told.iter().map(input).collect();
    let report = serde_json::to_value(report::assemble(&lab.read(inputs)))?;
    let mut check = Check::new(&report);
    check.walk(&report["stories"]);
    let figures = [
        ("mentions that equal their slice", check.mentions),
        (
            "claims with a reading",
            evidenced(&report, "claims", "readings"),
        ),
        ("disputes with two sides of passages", disputes(&report)),
        (
            "brief sentences with a mention",
            evidenced(&report, "brief", "mentions"),
        ),
    ];
    for (name, (right, all)) in figures {
        scores.add(KIND, SET, name, share(right, all), Better::More);
    }
    scores.add(
        KIND,
        SET,
        "mentions",
        check.mentions.1 as f64,
        Better::Neither,
    );
    scores.cases = check.cases;
    Ok(scores)
}

fn input(told: &Told) -> Input {
    let record = serde_json::json!({
        "id": told.id, "outlet": told.source, "title": told.title,
        "published": told.date, "text": told.text,
    });
    Input {
        path: format!("{}.jsonl", told.id),
        bytes: record.to_string().into_bytes(),
        ..Input::default()
    }
}

/// Compares mentions with the texts that they are of.
struct Check<'r> {
    texts: HashMap<&'r str, Vec<char>>,
    /// Those that hold, and all.
    mentions: (usize, usize),
    cases: Vec<Case>,
}

impl<'r> Check<'r> {
    fn new(report: &'r Value) -> Self {
        let articles = report["articles"].as_array().into_iter().flatten();
        let texts = articles.filter_map(|article| {
            let text = article["text"].as_str()?.chars().collect();
            Some((article["id"].as_str()?, text))
        });
        Self {
            texts: texts.collect(),
            mentions: (0, 0),
            cases: Vec::new(),
        }
    }

    fn walk(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.walk(item)),
            Value::Object(fields) => {
                if ["article", "start", "end"]
                    .iter()
                    .all(|key| fields.contains_key(*key))
                {
                    self.mention(value);
                }
                fields.values().for_each(|field| self.walk(field));
            }
            _ => {}
        }
    }

    fn mention(&mut self, mention: &Value) {
        let place = |key: &str| {
            mention[key]
                .as_u64()
                .and_then(|at| usize::try_from(at).ok())
        };
        let id = mention["article"].as_str().unwrap_or_default();
        let slice: Option<String> = self.texts.get(id).and_then(|text| {
            let slice = text.get(place("start")?..place("end")?)?;
            Some(slice.iter().collect())
        });
        let told = mention["text"].as_str();
        self.mentions.1 += 1;
        if slice.is_some() && slice.as_deref() == told {
            self.mentions.0 += 1;
        } else {
            self.cases.push(Case {
                set: SET.to_owned(),
                place: id.to_owned(),
                expected: slice.unwrap_or_default(),
                found: told.unwrap_or_default().to_owned(),
                context: String::new(),
                weight: 1.0,
            });
        }
    }
}

/// Of the things of one kind in all stories, those with a mention in this list, and all.
fn evidenced(report: &Value, kind: &str, list: &str) -> (usize, usize) {
    count(report, kind, |thing| filled(&thing[list]))
}

fn disputes(report: &Value) -> (usize, usize) {
    count(report, "disputes", |dispute| {
        let sides = dispute["sides"].as_array().into_iter().flatten();
        let held = sides
            .clone()
            .filter(|side| filled(&side["mentions"]))
            .count();
        held >= 2 && held == sides.count()
    })
}

fn count(report: &Value, kind: &str, holds: impl Fn(&Value) -> bool) -> (usize, usize) {
    let stories = report["stories"].as_array().into_iter().flatten();
    let things = stories.filter_map(|story| story[kind].as_array()).flatten();
    things.fold((0, 0), |(right, all), thing| {
        (right + usize::from(holds(thing)), all + 1)
    })
}

fn filled(list: &Value) -> bool {
    list.as_array().is_some_and(|list| !list.is_empty())
}
