//! In: the pairs of `training/multilingual`, our own, and the multilingual encoder, which does not ship. Out: how
//! many of the passages that state one fact are found, within a language and across, and how many are lined up; and
//! how many of those that contradict each other, look alike, or have nothing in common. Where the encoder was not
//! given nothing is scored, and a line says so.
//!
//! The weights were fitted on one half of the families (`cargo xtask train multilingual`), so that the other is
//! scored alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use compare::features::FEATURES;
use compare::weights::MULTILINGUAL;
use crossread::model::{Document, Mention, Story, Verdict};
use crossread::{Encoder, Multilingual};

use serde::Deserialize;

use crate::documents::{Given, article, one_story};
use crate::figures::{Better, Case, Scores};
use crate::lab::Lab;
use crate::measure::share;

const KIND: &str = "multilingual";
const REFERENCE: &str = include_str!("../../tests/ref/multilingual.json");
/// The files, without their ending.
pub const SETS: [&str; 4] = ["de", "fr", "es", "cross"];
/// Lines of a file that come in families of three; the others are of one each.
const IN_FAMILIES: usize = 42;
const FAMILY: usize = 3;
/// A passage is found where it is among so many.
const BEST: usize = 3;

/// Two passages, and how the second stands to the first.
pub struct Line {
    /// `same`, `contrary`, `near`, `apart`.
    pub relation: String,
    /// The passages, each with its language.
    pub passages: [(String, String); 2],
    /// Lines of one family are of one event.
    pub family: usize,
    /// Whether the weights may be fitted on it.
    pub fitted: bool,
}

/// Reads a model file.
pub fn model(file: &Path) -> Result<Multilingual> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Multilingual::new(bytes).with_context(|| file.display().to_string())
}

/// The lines of a file.
pub fn lines(set: &str) -> Result<Vec<Line>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../training/multilingual");
    let file = here.join(format!("{set}.tsv"));
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    let line = |(at, line): (usize, &str)| {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[relation, phenomenon, one, other] = fields.as_slice() else {
            return None;
        };
        let languages = match phenomenon.split(' ').next()?.split_once('-') {
            Some((one, other)) if set == "cross" => [one, other],
            _ => [set, set],
        };
        let family = match at < IN_FAMILIES {
            true => at / FAMILY,
            false => at,
        };
        Some(Line {
            relation: relation.to_owned(),
            passages: [
                (one.to_owned(), languages[0].to_owned()),
                (other.to_owned(), languages[1].to_owned()),
            ],
            family,
            fitted: family % 2 == 0,
        })
    };
    let lines: Option<Vec<Line>> = text.lines().enumerate().map(line).collect();
    lines.with_context(|| format!("{} is not as expected", file.display()))
}

/// Lines as one story: for each side and language an article, a passage a paragraph.
pub struct Told {
    /// Its articles.
    pub docs: Vec<Document>,
    /// All of them.
    pub story: Story,
    /// For each article its side, and for each paragraph which line it is of.
    places: Vec<(usize, Vec<usize>)>,
}

impl Told {
    /// Tells lines.
    pub fn of(lab: &Lab, lines: &[&Line]) -> Option<Self> {
        let mut articles: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (at, line) in lines.iter().enumerate() {
            for (side, (_, language)) in line.passages.iter().enumerate() {
                articles.entry((side, language)).or_default().push(at);
            }
        }
        let given = articles.iter().map(|((side, language), of)| {
            let passages = of.iter().map(|&at| lines[at].passages[*side].0.as_str());
            article(Given {
                id: format!("{side}-{language}"),
                outlet: Some(format!("Outlet {side} {language}")),
                language: (*language).to_owned(),
                text: passages.collect::<Vec<_>>().join("\n") + "\n",
                ..Given::default()
            })
        });
        let docs = lab.annotate(given.collect());
        let story = one_story(&docs)?;
        let places = articles.into_iter();
        Some(Self {
            places: places.map(|((side, _), of)| (side, of)).collect(),
            docs,
            story,
        })
    }

    /// The side and the line of a passage.
    pub fn place(&self, mention: &Mention) -> Option<(usize, usize)> {
        let (side, lines) = self.places.get(mention.article.at())?;
        let text = self.docs[mention.article.at()].article.text.as_str();
        let paragraph = text[..mention.span.start()].matches('\n').count();
        Some((*side, *lines.get(paragraph)?))
    }

    /// Every candidate pair of statements of both sides: their lines, its features.
    pub fn candidates(&self, lab: &Lab) -> Vec<(usize, usize, [f32; FEATURES])> {
        let docs: Vec<&Document> = self.docs.iter().collect();
        let sentences = lab.engine.sentences_of(&docs);
        let mut found = Vec::new();
        for (a, b, features) in compare::candidates(&self.story, &docs, sentences.as_ref()) {
            match (self.place(&a), self.place(&b)) {
                (Some((0, one)), Some((1, other))) | (Some((1, other)), Some((0, one))) => {
                    found.push((one, other, features));
                }
                _ => {}
            }
        }
        found
    }

    /// What the program makes of the lines.
    fn lined_up(&self, lab: &Lab) -> LinedUp {
        let mut found = LinedUp::default();
        for compared in lab.compare(&self.docs, vec![self.story.clone()]) {
            for claim in &compared.comparison.claims {
                let pairs = |near: bool| -> Vec<(usize, usize)> {
                    let readings = claim.readings.iter().filter(|r| near || !r.near);
                    let places = readings.filter_map(|reading| self.place(&reading.mention));
                    let places: Vec<(usize, usize)> = places.collect();
                    let of = |side: usize| places.iter().filter(move |place| place.0 == side);
                    let pairs = of(0).flat_map(|one| of(1).map(move |other| (one.1, other.1)));
                    pairs.collect()
                };
                found.together.extend(pairs(true));
                match claim.verdict {
                    Verdict::Disputed { .. } => found.disputed.extend(pairs(true)),
                    _ => found.stated.extend(pairs(false)),
                }
            }
        }
        found
    }
}

/// Pairs of lines, the first's passage and the second's other one, by what they share.
#[derive(Default)]
struct LinedUp {
    /// A claim.
    together: BTreeSet<(usize, usize)>,
    /// A claim that both are said to state, and that is not disputed.
    stated: BTreeSet<(usize, usize)>,
    /// A claim that is disputed.
    disputed: BTreeSet<(usize, usize)>,
}

/// Scores the sets.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    let Some(model) = &lab.engine.options().multilingual else {
        eprintln!(
            "multilingual is left out: it needs the encoder that does not ship (--multilingual FILE; \
             models/multilingual.md says how it is made)"
        );
        return Ok(scores);
    };
    eprintln!("multilingual by {}", model.about().identity());
    let encoder = model.encoder().context("the model cannot be unpacked")?;
    against_original(encoder, &mut scores)?;
    let words = lab.by_words()?;
    for set in SETS.into_iter().filter(|set| lab.wants(set)) {
        let lines = lines(set)?;
        let all: Vec<&Line> = lines.iter().collect();
        let told = Told::of(lab, &all).context("no lines")?;
        let found = share_found(&told.candidates(lab), &all);
        scores.add(KIND, set, "found among 3 of 60", found, Better::More);
        for relations in [&["same", "apart"][..], &["near"], &["contrary"]] {
            let chosen = |line: &&Line| !line.fitted && relations.contains(&line.relation.as_str());
            let lines: Vec<&Line> = lines.iter().filter(chosen).collect();
            let told = Told::of(lab, &lines).context("no lines")?;
            let found = told.lined_up(lab);
            let by_words = told.lined_up(&words);
            for &relation in relations {
                let of = lines.iter().enumerate();
                let of: Vec<(usize, usize)> = of
                    .filter(|(_, line)| line.relation == relation)
                    .map(|(at, _)| (at, at))
                    .collect();
                let mut add = |what: &str, among: &BTreeSet<(usize, usize)>, better| {
                    let count = of.iter().filter(|pair| among.contains(pair)).count();
                    let name = format!("{relation}, {what}");
                    scores.add(KIND, set, name, share(count, of.len()), better);
                };
                let better = match relation {
                    "same" => Better::More,
                    _ => Better::Neither,
                };
                add("lined up", &found.together, better);
                add("by words alone", &by_words.together, Better::Neither);
                add("stated as one", &found.stated, Better::Neither);
                add("disputed", &found.disputed, Better::Neither);
                let missed = of.iter().filter(|pair| !found.together.contains(pair));
                for &(at, _) in missed.filter(|_| relation == "same") {
                    let [one, other] = &lines[at].passages;
                    scores.cases.push(Case {
                        set: set.to_owned(),
                        place: format!("family {}", lines[at].family),
                        expected: "one claim".to_owned(),
                        found: "apart".to_owned(),
                        context: format!("{}  \u{2016}  {}", one.0, other.0),
                        weight: 1.0,
                    });
                }
            }
            let pairs = &found.together;
            let others = pairs
                .iter()
                .filter(|(a, b)| lines[*a].family != lines[*b].family);
            if relations.contains(&"same") {
                let wrong = others.count() as f64 / lines.len() as f64;
                let name = "of other events lined up, a passage";
                scores.add(KIND, set, name, wrong, Better::Neither);
            }
        }
    }
    Ok(scores)
}

/// Of the lines that say the same and were not fitted on, those whose other passage is among the best by the
/// chance that it states the same.
fn share_found(candidates: &[(usize, usize, [f32; FEATURES])], lines: &[&Line]) -> f64 {
    let mut best: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    for (one, other, features) in candidates {
        let chance = best.entry((*one, *other)).or_default();
        *chance = chance.max(MULTILINGUAL.score(features));
    }
    let mut all = 0;
    let mut found = 0;
    for (at, line) in lines.iter().enumerate() {
        if line.relation != "same" || line.fitted {
            continue;
        }
        all += 1;
        let own = best.get(&(at, at)).copied().unwrap_or_default();
        let others = best.range((at, 0)..(at + 1, 0));
        let better = others.filter(|(_, chance)| **chance > own).count();
        found += usize::from(own > 0.0 && better < BEST);
    }
    share(found, all)
}

/// What the file's pieces and vectors are against the original's: `tests/ref/multilingual.json` holds sentences
/// written for it, the numbers of their pieces, and the vectors of some, computed in NumPy from the published
/// weights. And how long a sentence takes on one thread.
fn against_original(encoder: &Encoder, scores: &mut Scores) -> Result<()> {
    let sentences: Vec<Reference> = serde_json::from_str(REFERENCE)?;
    let (mut same, mut least) = (0, 1.0f64);
    for sentence in &sentences {
        let read = encoder.encode(&[&sentence.text]);
        let read = read.first().context("one sentence gives one")?;
        let ids: Vec<u32> = read.pieces().iter().map(|piece| piece.id).collect();
        if ids != sentence.ids {
            continue;
        }
        same += 1;
        for vector in &sentence.vectors {
            let ours = read.vector(vector.piece).iter().map(|x| f64::from(*x));
            let ours: Vec<f64> = ours.collect();
            let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
            let both = (dot(&ours, &ours) * dot(&vector.values, &vector.values)).sqrt();
            least = least.min(dot(&ours, &vector.values) / both);
        }
    }
    let share = share(same, sentences.len());
    let set = "original";
    scores.add(KIND, set, "sentences cut alike", share, Better::More);
    scores.add(KIND, set, "least cosine of a vector", least, Better::More);
    let mut texts = Vec::new();
    for set in SETS {
        let lines = lines(set)?.into_iter();
        texts.extend(
            lines
                .flat_map(|line| line.passages)
                .map(|passage| passage.0),
        );
    }
    let began = Instant::now();
    for chunk in texts.chunks(8) {
        let chunk: Vec<&str> = chunk.iter().map(String::as_str).collect();
        std::hint::black_box(encoder.encode(&chunk));
    }
    let spent = 1e3 * began.elapsed().as_secs_f64() / texts.len() as f64;
    scores.add(KIND, set, "milliseconds a sentence", spent, Better::Neither);
    Ok(())
}

/// A sentence as the original reads it.
#[derive(Deserialize)]
struct Reference {
    text: String,
    ids: Vec<u32>,
    vectors: Vec<ReferenceVector>,
}

#[derive(Deserialize)]
struct ReferenceVector {
    piece: usize,
    values: Vec<f64>,
}
