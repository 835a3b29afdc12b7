//! In: real articles. Out: how many of the copies planted among them are found, and what is called a copy among the
//! articles themselves.

use std::collections::HashMap;

use anyhow::Result;
use crossread::model::{Article, CopyKind};

use super::KIND;
use super::ties::{pair, ties};
use crate::documents::{Given, Told, article, in_order};
use crate::figures::{Better, Case, Scores};
use crate::lab::Lab;
use crate::measure::share;
use crate::plant::{WAYS, plant};

/// Copies planted each way.
const EACH: usize = 50;

/// Plants copies in the dated articles of giveme5w and counts which are found, each with all its
/// sources; and what is called a copy among the articles themselves, where the two are in one story.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    if lab.wants("giveme5w planted") {
        scores.extend(planted(lab)?);
    }
    for set in ["giveme5w", "ecbplus"] {
        let name = format!("{set} as it is");
        if lab.wants(&name) {
            scores.extend(unplanted(lab, set, &name)?);
        }
    }
    Ok(scores)
}

fn planted(lab: &Lab) -> Result<Scores> {
    const SET: &str = "giveme5w planted";
    let records: Vec<Told> = lab.records("stories/giveme5w.jsonl.gz")?;
    let texts: Vec<String> = records.iter().map(|r| r.text.clone()).collect();
    let stories: Vec<String> = records.iter().map(|r| r.label.clone()).collect();
    let plants = plant(&texts, &stories, EACH);
    let mut articles: Vec<Article> = records.iter().map(|r| article(r.given())).collect();
    for (number, plant) in plants.iter().enumerate() {
        // A lifted or mixed text carries the headline of the report that it is in.
        let source = &records[*plant.of.last().unwrap_or(&0)];
        articles.push(article(Given {
            id: format!("plant-{number}"),
            outlet: Some(format!("Harbour Tribune {number}")),
            text: plant.text.clone(),
            ..source.given()
        }));
    }
    in_order(&mut articles);
    let ties = ties(&lab.sort_out(articles));
    let mut scores = Scores::default();
    for way in WAYS {
        let (mut all, mut found) = (0, 0);
        for (number, plant) in plants.iter().enumerate().filter(|(_, p)| p.way == way) {
            for (nth, &source) in plant.of.iter().enumerate() {
                let id = format!("plant-{number}");
                let of = &records[source].id;
                let tie = ties.get(&pair(&id, of));
                let right = tie.is_some_and(|(kind, _)| *kind != CopyKind::SharedSource);
                all += 1;
                found += usize::from(right);
                if !right {
                    scores.cases.push(Case {
                        set: SET.to_owned(),
                        place: format!("{id} {way}, source {}", nth + 1),
                        expected: of.clone(),
                        found: tie.map(|(kind, _)| format!("{kind:?}")).unwrap_or_default(),
                        context: plant.lifted.clone(),
                        weight: 0.5,
                    });
                }
            }
        }
        scores.add(
            KIND,
            SET,
            format!("{way} found"),
            share(found, all),
            Better::More,
        );
    }
    Ok(scores)
}

/// Pairs of one story that are called copies, rewrites or excerpts, of all pairs of one story.
fn unplanted(lab: &Lab, set: &str, name: &str) -> Result<Scores> {
    let records: Vec<Told> = lab.records(&format!("stories/{set}.jsonl.gz"))?;
    let label: HashMap<&str, &str> = records
        .iter()
        .map(|r| (r.id.as_str(), r.label.as_str()))
        .collect();
    let text: HashMap<&str, &str> = records
        .iter()
        .map(|r| (r.id.as_str(), r.text.as_str()))
        .collect();
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for record in &records {
        *sizes.entry(record.label.as_str()).or_default() += 1;
    }
    let pairs: usize = sizes.values().map(|size| size * (size - 1) / 2).sum();
    let mut articles: Vec<Article> = records.iter().map(|r| article(r.given())).collect();
    in_order(&mut articles);
    let mut scores = Scores::default();
    let mut found = 0;
    for ((a, b), (kind, _)) in ties(&lab.sort_out(articles)) {
        if kind == CopyKind::SharedSource {
            continue;
        }
        let same = label.get(a.as_str()) == label.get(b.as_str());
        found += usize::from(same);
        let start = |id: &str| text[id].chars().take(200).collect::<String>();
        scores.cases.push(Case {
            set: name.to_owned(),
            place: format!("{a} {b}"),
            expected: if same { "one story" } else { "two stories" }.to_owned(),
            found: format!("{kind:?}"),
            context: format!("{} \u{2016} {}", start(&a), start(&b)),
            weight: 0.1,
        });
    }
    scores.add(
        KIND,
        name,
        "pairs of one story called copies",
        share(found, pairs),
        Better::Neither,
    );
    Ok(scores)
}
