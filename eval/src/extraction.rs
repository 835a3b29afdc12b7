//! In: news pages as HTML with their article's text, title, authors or date, as far as a set has them,
//! by hand or parser. Out: F1 of the text by runs of four words, averaged over pages as the
//! scrapinghub benchmark does it; strict matches of the metadata; speed. All pages of a set are
//! read together, as the program reads a folder; and once more as plain text with all its furniture, each in the
//! folder of its outlet.

mod plain;

mod byline;

use std::collections::HashMap;
use std::time::Instant;

use anyhow::Result;
use engine::Input;
use engine::model::Article;
use serde::Deserialize;

use crate::figures::{Better, Case, Scores};
use crate::lab::Lab;
use crate::measure::{harmonic, mean, share, shingles};

const KIND: &str = "extraction";
/// The set made of plain text.
const PLAIN: &str = "plain text";

/// A page's truth.
#[derive(Deserialize)]
pub(crate) struct Truth {
    file: String,
    #[serde(default)]
    url: Option<String>,
    body: Option<String>,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
}

/// A set, and how its truth is written.
pub(crate) struct Set {
    /// Its folder.
    pub name: &'static str,
    /// Its writers are the page's byline as it stands there, rather than names with `;` between them,
    /// and its titles the window's in places, with the site's name behind the headline.
    as_shown: bool,
}

pub(crate) const SETS: [Set; 4] = [
    set("scrapinghub", false),
    set("fundus", false),
    set("readability", true),
    set("mediacloud-a", false),
];

const fn set(name: &'static str, as_shown: bool) -> Set {
    Set { name, as_shown }
}

/// Scores every set.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    for set in SETS.iter().filter(|set| lab.wants(set.name)) {
        let truths = truths(lab, set)?;
        scores.extend(score_set(lab, set, &truths, inputs(lab, set, &truths)?));
    }
    if lab.wants(PLAIN) {
        scores.extend(plain_text(lab)?);
    }
    Ok(scores)
}

/// The pages of fundus as plain text, menus and footers included.
fn plain_text(lab: &Lab) -> Result<Scores> {
    let fundus = set("fundus", false);
    let mut truths = truths(lab, &fundus)?;
    let mut inputs = inputs(lab, &fundus, &truths)?;
    for (truth, input) in truths.iter_mut().zip(&mut inputs) {
        let url = truth.url.as_deref().unwrap_or_default();
        let host = url.split('/').nth(2).unwrap_or("unknown");
        let name = truth.file.rsplit('/').next().unwrap_or_default();
        truth.file = format!("{host}/{}.txt", name.trim_end_matches(".html.gz"));
        input.path.clone_from(&truth.file);
        input.bytes = plain::text(&String::from_utf8_lossy(&input.bytes)).into_bytes();
    }
    // Some pages show nothing until their scripts run: there is no plain text of them.
    let shows: HashMap<String, bool> = inputs
        .iter()
        .map(|input| (input.path.clone(), input.bytes.len() > 1))
        .collect();
    truths.retain(|truth| shows.get(&truth.file) == Some(&true));
    inputs.retain(|input| input.bytes.len() > 1);
    let mut scores = score_set(lab, &set(PLAIN, false), &truths, inputs);
    let told = ["text F1", "title right", "title wrong"];
    scores
        .figures
        .retain(|figure| told.contains(&figure.name.as_str()));
    Ok(scores)
}

fn score_set(lab: &Lab, set: &Set, truths: &[Truth], inputs: Vec<Input>) -> Scores {
    let began = Instant::now();
    let (articles, skipped) = lab.articles(inputs);
    let speed = truths.len() as f64 / began.elapsed().as_secs_f64().max(1e-9);
    let article_of: HashMap<&str, &Article> = articles
        .iter()
        .map(|article| (article.path.as_str(), article))
        .collect();
    let mut scores = compare(set, truths, &article_of);
    let set = set.name;
    scores.add(
        KIND,
        set,
        "pages without an article",
        skipped.len() as f64,
        Better::Neither,
    );
    scores.add(KIND, set, "pages a second", speed, Better::Neither);
    scores
}

/// The truth of a set.
pub(crate) fn truths(lab: &Lab, set: &Set) -> Result<Vec<Truth>> {
    lab.records(&format!("extraction/{}/truth.jsonl", set.name))
}

/// The pages of a set, unpacked.
pub(crate) fn inputs(lab: &Lab, set: &Set, truths: &[Truth]) -> Result<Vec<Input>> {
    let input = |truth: &Truth| {
        let bytes = lab.bytes(&format!("extraction/{}/{}", set.name, truth.file))?;
        Ok(Input {
            path: truth.file.clone(),
            bytes,
            ..Input::default()
        })
    };
    truths.iter().map(input).collect()
}

/// What was read of a set beside its truth: text and metadata.
pub(crate) fn compare(of: &Set, truths: &[Truth], article_of: &HashMap<&str, &Article>) -> Scores {
    let set = of.name;
    let mut scores = Scores::default();
    let (mut precision, mut recall) = (Vec::new(), Vec::new());
    for truth in truths {
        let article = article_of.get(truth.file.as_str());
        let text = article
            .map(|article| article.text.as_str())
            .unwrap_or_default();
        let Some((p, r)) = truth.body.as_deref().and_then(|body| shingles(body, text)) else {
            continue;
        };
        precision.push(p);
        recall.push(r);
        scores.cases.push(body_case(set, truth, text, p, r));
    }
    let (p, r) = (mean(&precision), mean(&recall));
    if !precision.is_empty() {
        scores.add_prf(KIND, set, "text", [p, r, harmonic(p, r)]);
    }
    metadata(of, truths, article_of, &mut scores);
    scores
}

/// How a page's text is wrong: the first lines that are there and should not be, and the other way.
fn body_case(set: &str, truth: &Truth, text: &str, p: f64, r: f64) -> Case {
    let lines = |of: &str, not_in: &str| {
        let lines = of.lines().map(str::trim).filter(|line| line.len() > 3);
        let odd: Vec<&str> = lines
            .filter(|line| !not_in.contains(line))
            .take(4)
            .collect();
        odd.iter()
            .map(|line| line.chars().take(160).collect::<String>())
            .collect::<Vec<_>>()
            .join(" \u{b6} ")
    };
    let body = truth.body.as_deref().unwrap_or_default();
    Case {
        set: set.to_owned(),
        place: truth.file.clone(),
        expected: format!("R {r:.3}; not found: {}", lines(body, text)),
        found: format!("P {p:.3}; too much: {}", lines(text, body)),
        context: text.chars().take(200).collect(),
        weight: 1.0 - harmonic(p, r),
    }
}

/// Strict matches of title, authors and day, where the truth has them.
fn metadata(
    set: &Set,
    truths: &[Truth],
    article_of: &HashMap<&str, &Article>,
    scores: &mut Scores,
) {
    type Field = (
        &'static str,
        fn(&Set, &Truth) -> String,
        fn(&Article) -> String,
    );
    let fields: [Field; 3] = [
        (
            "title",
            |_, t| spaced(t.title.as_deref().unwrap_or_default()),
            |a| spaced(a.title.as_deref().unwrap_or_default()),
        ),
        (
            "authors",
            |set, t| {
                let field = t.author.as_deref().unwrap_or_default();
                match set.as_shown {
                    true => people(byline::names(field).into_iter()),
                    false => people(field.split(';')),
                }
            },
            |a| people(a.authors.iter().map(String::as_str)),
        ),
        (
            "date",
            |_, t| {
                let date = t.date.as_deref().unwrap_or_default();
                date.chars().take(10).collect()
            },
            |a| {
                a.published
                    .map(|at| at.date.to_string())
                    .unwrap_or_default()
            },
        ),
    ];
    for (name, wanted, given) in fields {
        let (mut all, mut right, mut wrong, mut bare) = (0, 0, 0, 0);
        for truth in truths {
            let expected = wanted(set, truth);
            if expected.is_empty() {
                continue;
            }
            let article = article_of.get(truth.file.as_str());
            let found = article.map(|article| given(article)).unwrap_or_default();
            all += 1;
            right += usize::from(found == expected);
            bare += usize::from(byline::is_headline_of(&found, &expected));
            wrong += usize::from(found != expected && !found.is_empty());
            if found != expected {
                scores.cases.push(Case {
                    set: set.name.to_owned(),
                    place: format!("{} {name}", truth.file),
                    expected,
                    found,
                    context: String::new(),
                    weight: 0.3,
                });
            }
        }
        if all > 0 {
            let mut add = |what: &str, count: usize, better| {
                scores.add(
                    KIND,
                    set.name,
                    format!("{name} {what}"),
                    share(count, all),
                    better,
                );
            };
            add("right", right, Better::More);
            add("wrong", wrong, Better::Neither);
            if name == "title" && set.as_shown {
                add("right without the site's name", bare, Better::More);
            }
        }
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names in an order that does not count.
fn people<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<String> = names.map(spaced).filter(|name| !name.is_empty()).collect();
    names.sort();
    names.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{Given, article, published};

    #[test]
    fn metadata_is_right_wrong_or_blank() {
        let truth = |file: &str, author: &str, date: &str| Truth {
            file: file.to_owned(),
            url: None,
            body: None,
            title: None,
            author: Some(author.to_owned()),
            date: Some(date.to_owned()),
        };
        let truths = [
            truth("a", "Ada Lorne; Bo Tarn", "2020-05-04"),
            truth("b", "Ada Lorne", ""),
        ];
        let mut one = article(Given {
            published: published("2020-05-05"),
            ..Given::default()
        });
        one.authors = vec!["Bo Tarn".to_owned(), "Ada  Lorne".to_owned()];
        let article_of = HashMap::from([("a", &one)]);
        let mut scores = Scores::default();
        metadata(&set("s", false), &truths, &article_of, &mut scores);
        let values: Vec<(String, f64)> = scores
            .figures
            .iter()
            .map(|f| (f.name.clone(), f.value))
            .collect();
        let expected = [
            ("authors right", 0.5),
            ("authors wrong", 0.0),
            ("date right", 0.0),
            ("date wrong", 1.0),
        ];
        assert_eq!(
            values,
            expected.map(|(name, value)| (name.to_owned(), value))
        );
    }
}
