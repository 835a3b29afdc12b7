//! In: sets of articles with the story each belongs to. Out: B-cubed of the stories that the engine
//! makes of them, and its speed. Where a set's times would tell the answer they are left out, and
//! its articles are shuffled by their ids.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use anyhow::Result;
use crossread::model::{Article, Document};
use crossread::{Grouper, Settings};

use crate::documents::{Given, Told, article, in_order, published, scatter};
use crate::figures::{Better, Case, Scores};
use crate::lab::Lab;
use crate::measure::{b_cubed, share};

const KIND: &str = "stories";

/// How a set's times are used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    /// As they are.
    Kept,
    /// Left out, the articles shuffled.
    Left,
    /// Only articles that have one.
    Dated,
}

/// Every run: the figure's set, the file, how its times are used.
const RUNS: [(&str, &str, Times); 9] = [
    ("allsides", "stories/allsides-a.jsonl.gz", Times::Kept),
    (
        "allsides without time",
        "stories/allsides-a.jsonl.gz",
        Times::Left,
    ),
    ("neus without time", "stories/neus-a.jsonl.gz", Times::Left),
    ("giveme5w", "stories/giveme5w.jsonl.gz", Times::Kept),
    (
        "giveme5w without time",
        "stories/giveme5w.jsonl.gz",
        Times::Left,
    ),
    ("ecbplus", "stories/ecbplus.jsonl.gz", Times::Left),
    (
        "uci-headlines",
        "stories/uci-headlines.jsonl.gz",
        Times::Left,
    ),
    (
        "wikinews without time",
        "stories/wikinews.jsonl.gz",
        Times::Left,
    ),
    ("wikinews dated", "stories/wikinews.jsonl.gz", Times::Dated),
];

/// Sets that are grouped as they come too, and in how many batches, each of one article at least.
const BATCHED: [&str; 2] = ["giveme5w", "allsides"];
const BATCHES: [(&str, usize); 2] = [("in 30 batches", 30), ("one by one", usize::MAX)];

/// Scores every set.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    for (set, path, times) in RUNS {
        if !lab.wants(set) {
            continue;
        }
        let records: Vec<Told> = lab.records(path)?;
        let label_of: BTreeMap<String, String> = records
            .iter()
            .map(|r| (id(r, times), r.label.clone()))
            .collect();
        let articles = articles(records, times);
        let half = articles.len() / 2;
        let later = articles[half..].to_vec();
        let whole = run(lab, articles);
        scores.add_prf(KIND, set, "", b_cubed(&whole.pairs(&label_of)));
        let [recall, precision] = whole.paraphrases(&label_of);
        scores.add(KIND, set, "paraphrased pairs found", recall, Better::More);
        scores.add(
            KIND,
            set,
            "pairs put together rightly",
            precision,
            Better::More,
        );
        let wrong = whole.joined_wrongly(&label_of);
        let figure = "events wrongly joined, of a thousand articles";
        scores.add(KIND, set, figure, wrong, Better::Neither);
        for (way, batches) in BATCHES.iter().filter(|_| BATCHED.contains(&set)) {
            let [_, _, f1] = b_cubed(&whole.in_batches(lab, *batches).pairs(&label_of));
            scores.add(KIND, set, format!("{way}, F1"), f1, Better::More);
        }
        // Where a set is coarser than one event: stories with those that they go on from.
        let [_, _, chains] = b_cubed(&whole.chained().pairs(&label_of));
        scores.add(KIND, set, "chains F1", chains, Better::Neither);
        scores.add(KIND, set, "articles a second", whole.speed, Better::Neither);
        scores.cases.extend(whole.cases(set, &label_of));
        // Thresholds are chosen on the first half; this is the half that chose nothing.
        let [_, _, f1] = b_cubed(&run(lab, later).pairs(&label_of));
        scores.add(KIND, set, "second half F1", f1, Better::More);
    }
    Ok(scores)
}

/// An article's id: scattered where its place in the set would tell its story.
fn id(record: &Told, times: Times) -> String {
    match times {
        Times::Left => format!("{:016x}", scatter(&record.id)),
        Times::Kept | Times::Dated => record.id.clone(),
    }
}

fn articles(records: Vec<Told>, times: Times) -> Vec<Article> {
    let mut articles: Vec<Article> = records
        .into_iter()
        .filter_map(|record| {
            let at = record.date.as_deref().and_then(published);
            if times == Times::Dated && at.is_none() {
                return None;
            }
            Some(article(Given {
                id: id(&record, times),
                published: at.filter(|_| times != Times::Left),
                ..record.given()
            }))
        })
        .collect();
    in_order(&mut articles);
    articles
}

/// What the engine made of a set.
struct Grouped {
    docs: Vec<Document>,
    /// For each document the story it is in.
    story_of: Vec<usize>,
    /// For a story the earlier one that it goes on from.
    earlier: BTreeMap<usize, usize>,
    speed: f64,
}

fn run(lab: &Lab, articles: Vec<Article>) -> Grouped {
    let count = articles.len();
    let began = Instant::now();
    let docs = lab.annotate(articles);
    let stories = lab.group(&docs);
    let speed = count as f64 / began.elapsed().as_secs_f64().max(1e-9);
    // A document in no story is a story of its own.
    let mut story_of: Vec<usize> = (stories.len()..stories.len() + docs.len()).collect();
    for (index, story) in stories.iter().enumerate() {
        for &doc in story.articles.iter() {
            if let Some(place) = story_of.get_mut(doc.at()) {
                *place = index;
            }
        }
    }
    let by_id: BTreeMap<&str, usize> = stories
        .iter()
        .enumerate()
        .map(|(at, s)| (s.id.as_str(), at))
        .collect();
    let earlier = stories
        .iter()
        .enumerate()
        .filter_map(|(at, s)| Some((at, *by_id.get(s.earlier.as_deref()?)?)))
        .collect();
    Grouped {
        docs,
        story_of,
        earlier,
        speed,
    }
}

impl Grouped {
    /// Of the pairs of articles with one label that share the fewest words, a fifth of all, the part
    /// that is in one story; and of all pairs in one story the part with one label.
    fn paraphrases(&self, label_of: &BTreeMap<String, String>) -> [f64; 2] {
        const FIFTH: usize = 5;
        let words: Vec<BTreeSet<u64>> = self
            .docs
            .iter()
            .map(|doc| {
                doc.tokens
                    .iter()
                    .filter(|t| !t.stop)
                    .map(|t| t.stem)
                    .collect()
            })
            .collect();
        let label = |at: usize| label_of.get(self.docs[at].article.id.as_str());
        let (mut together, mut right) = (0, 0);
        let mut same: Vec<(f64, bool)> = Vec::new();
        for a in 0..self.docs.len() {
            for b in a + 1..self.docs.len() {
                let (one_label, one_story) =
                    (label(a) == label(b), self.story_of[a] == self.story_of[b]);
                together += usize::from(one_story);
                right += usize::from(one_story && one_label);
                if one_label {
                    let both = words[a].intersection(&words[b]).count();
                    let all = words[a].len() + words[b].len() - both;
                    same.push((share(both, all), one_story));
                }
            }
        }
        same.sort_by(|a, b| a.0.total_cmp(&b.0));
        same.truncate(same.len() / FIFTH);
        let found = same.iter().filter(|pair| pair.1).count();
        [share(found, same.len()), share(right, together)]
    }

    /// The same with each story in the first of its chain.
    fn chained(&self) -> Self {
        let first = |mut story: usize| {
            for _ in 0..self.earlier.len() {
                let Some(&before) = self.earlier.get(&story) else {
                    break;
                };
                story = before;
            }
            story
        };
        Self {
            docs: self.docs.clone(),
            story_of: self.story_of.iter().map(|&story| first(story)).collect(),
            earlier: BTreeMap::new(),
            speed: self.speed,
        }
    }

    /// The same articles in batches, as a desk takes them in.
    fn in_batches(&self, lab: &Lab, batches: usize) -> Self {
        let mut stream = Grouper::new(Settings::default());
        let size = self.docs.len().div_ceil(batches).max(1);
        for batch in self.docs.chunks(size) {
            lab.engine.take_in(&mut stream, batch, &[]);
            let silence = lab.engine.options().silence;
            stream.close(silence.days, silence.open);
        }
        let story = |article: usize| stream.story_of(article as u32).unwrap_or_default() as usize;
        Self {
            docs: self.docs.clone(),
            story_of: (0..self.docs.len()).map(story).collect(),
            earlier: BTreeMap::new(),
            speed: 0.0,
        }
    }

    /// How many pairs of events stand in one story, for a thousand articles.
    fn joined_wrongly(&self, label_of: &BTreeMap<String, String>) -> f64 {
        let mut labels: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for (label, story) in self.pairs(label_of) {
            labels.entry(story).or_default().insert(label);
        }
        let mut joined = BTreeSet::new();
        for labels in labels.values() {
            for one in labels {
                joined.extend(
                    labels
                        .range::<&str, _>(one..)
                        .skip(1)
                        .map(|other| (*one, *other)),
                );
            }
        }
        joined.len() as f64 * 1000.0 / self.docs.len().max(1) as f64
    }

    fn pairs<'l>(&self, label_of: &'l BTreeMap<String, String>) -> Vec<(&'l str, usize)> {
        self.docs
            .iter()
            .zip(&self.story_of)
            .filter_map(|(doc, &story)| {
                Some((label_of.get(doc.article.id.as_str())?.as_str(), story))
            })
            .collect()
    }

    /// The stories that mix labels worst, and the labels that fall apart worst.
    fn cases(&self, set: &str, label_of: &BTreeMap<String, String>) -> Vec<Case> {
        let mut stories: BTreeMap<usize, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
        let mut labels: BTreeMap<&str, BTreeMap<usize, Vec<&str>>> = BTreeMap::new();
        for (doc, &story) in self.docs.iter().zip(&self.story_of) {
            let Some(label) = label_of.get(doc.article.id.as_str()) else {
                continue;
            };
            let title = doc.article.title.as_deref().unwrap_or("(no title)");
            stories
                .entry(story)
                .or_default()
                .entry(label)
                .or_default()
                .push(title);
            labels
                .entry(label)
                .or_default()
                .entry(story)
                .or_default()
                .push(title);
        }
        let titles = |groups: &mut dyn Iterator<Item = (String, &Vec<&str>)>| {
            let mut parts: Vec<(usize, String)> = groups
                .map(|(name, titles)| {
                    let first: Vec<&str> = titles.iter().take(3).copied().collect();
                    (
                        titles.len(),
                        format!("{name} {}\u{d7}: {}", titles.len(), first.join(" | ")),
                    )
                })
                .collect();
            parts.sort_by(|a, b| b.cmp(a));
            let texts: Vec<String> = parts.into_iter().take(6).map(|(_, text)| text).collect();
            texts.join("  \u{2016}  ")
        };
        let mut cases = Vec::new();
        for (story, parts) in stories.iter().filter(|(_, parts)| parts.len() > 1) {
            let sizes: Vec<usize> = parts.values().map(Vec::len).collect();
            cases.push(Case {
                set: set.to_owned(),
                place: format!("story {story}"),
                expected: format!("{} stories", parts.len()),
                found: "one story".to_owned(),
                context: titles(&mut parts.iter().map(|(l, t)| ((*l).to_owned(), t))),
                weight: spread(&sizes),
            });
        }
        for (label, parts) in labels.iter().filter(|(_, parts)| parts.len() > 1) {
            let sizes: Vec<usize> = parts.values().map(Vec::len).collect();
            cases.push(Case {
                set: set.to_owned(),
                place: (*label).to_owned(),
                expected: "one story".to_owned(),
                found: format!("{} stories", parts.len()),
                context: titles(&mut parts.iter().map(|(s, t)| (format!("story {s}"), t))),
                weight: spread(&sizes),
            });
        }
        cases
    }
}

/// Pairs of items that lie in different parts: what mixing or splitting so costs.
fn spread(sizes: &[usize]) -> f64 {
    let all: usize = sizes.iter().sum();
    let squares: usize = sizes.iter().map(|size| size * size).sum();
    (all * all - squares) as f64 / 2.0 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, date: &str, label: &str) -> Told {
        Told {
            id: id.to_owned(),
            date: Some(date.to_owned()),
            title: format!("Title {id}"),
            text: format!("The council of Harrowby met. It is the meeting {id}."),
            source: None,
            label: label.to_owned(),
        }
    }

    #[test]
    fn times_that_tell_the_answer_are_left_out() {
        let records = || vec![record("1", "2018-01-02", "x"), record("2", "", "y")];
        assert!(
            articles(records(), Times::Left)
                .iter()
                .all(|a| a.published.is_none())
        );
        assert_eq!(articles(records(), Times::Dated).len(), 1);
        let kept = articles(records(), Times::Kept);
        assert_eq!((kept.len(), kept[0].id.as_str()), (2, "1"));
    }

    #[test]
    fn a_story_that_mixes_two_is_a_case() {
        let records = vec![
            record("1", "2018-01-02", "x"),
            record("2", "2018-01-02", "y"),
        ];
        let label_of: BTreeMap<String, String> = records
            .iter()
            .map(|r| (r.id.clone(), r.label.clone()))
            .collect();
        let docs: Vec<Document> = articles(records, Times::Kept)
            .into_iter()
            .map(Document::new)
            .collect();
        let mixed = Grouped {
            docs,
            story_of: vec![7, 7],
            earlier: BTreeMap::new(),
            speed: 1.0,
        };
        assert_eq!(b_cubed(&mixed.pairs(&label_of)), [0.5, 1.0, 2.0 / 3.0]);
        assert_eq!(mixed.cases("s", &label_of).len(), 1);
        assert_eq!(spread(&[1, 1]), 0.5);
    }
}
