//! In: labelled sentences. Out: a [`Model`]: an averaged perceptron that decodes greedily and learns
//! from its own history, so that tagging meets no situation that training did not. Deterministic:
//! the same sentences in the same order give the same bytes.

use crate::feature::{Features, START, Task};
use crate::model::{MOST_LABELS, Model, ModelError, best, may_follow};
use crate::word::Word;

/// A labelled sentence.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its words.
    pub words: Vec<Word>,
    /// A label a word, as indices into the labels.
    pub labels: Vec<u8>,
}

/// How to train.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Rows of the table, as a power of two.
    pub bits: u8,
    /// Times through the data.
    pub rounds: usize,
    /// How often to learn anew, in another order of the sentences each time. The model is the mean:
    /// what hangs on the order falls out of it.
    pub orders: u64,
    /// A word seen this often …
    pub known_count: u32,
    /// … with one label in this part of the cases or more always gets that label. Above 1: never.
    pub known_share: f64,
    /// By how much the right label must win, in updates of one feature each.
    pub margin: i32,
}

/// The share of all weights other than zero that a byte holds without cutting; the few beyond are
/// cut to the largest. Measured with `cargo xtask train`: no loss against full numbers.
const KEPT: f64 = 0.9995;

/// Trains a model.
pub fn train(
    task: Task,
    labels: Vec<String>,
    examples: &[Example],
    settings: &Settings,
) -> Result<Model, ModelError> {
    let width = labels.len();
    if width == 0 || width > MOST_LABELS {
        return Err(ModelError::Malformed("too few or too many labels"));
    }
    let fits = |e: &Example| {
        e.words.len() == e.labels.len() && e.labels.iter().all(|l| usize::from(*l) < width)
    };
    if !examples.iter().all(fits) {
        return Err(ModelError::Malformed(
            "a sentence has other labels than words",
        ));
    }
    let known = known_words(examples, settings);
    let mut sums = vec![0; width << settings.bits];
    for seed in 0..settings.orders {
        learn(task, &labels, examples, settings, &known, seed).add_to(&mut sums);
    }
    Model::new(task, labels, settings.bits, known, &bytes(&sums))
}

/// Learns once, with the sentences in the order of this seed.
fn learn(
    task: Task,
    labels: &[String],
    examples: &[Example],
    settings: &Settings,
    known: &[(u64, u8)],
    seed: u64,
) -> Table {
    let width = labels.len();
    let mut table = Table::new(width, settings.bits);
    let allowed: Vec<u64> = (0..width).map(|label| may_follow(labels, label)).collect();
    let begins: Vec<u8> = (0..width).map(|label| begin_of(labels, label)).collect();
    let mut features = Features::new(u32::from(settings.bits));
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut random = Random(0x5eed + seed);
    for _ in 0..settings.rounds {
        random.shuffle(&mut order);
        for &index in &order {
            let Example { words, labels } = &examples[index as usize];
            let mut before = [START, START];
            for (at, (word, &gold)) in words.iter().zip(labels).enumerate() {
                let fixed = known.binary_search_by_key(&word.exact, |(hash, _)| *hash);
                if let Ok(found) = fixed {
                    before = [known[found].1, before[0]];
                    continue;
                }
                table.step += 1;
                features.fill(task, words, at, before);
                let mut scores = table.scores(features.places());
                // Behind a wrong label the right one may be out of reach: the name begins here.
                let bit = 1u64 << before[0].min(63);
                let gold = match allowed[usize::from(gold)] & bit {
                    0 => begins[usize::from(gold)],
                    _ => gold,
                };
                let guess = best(&scores[..width], &allowed, before[0]);
                // Ask for a margin: the right label pays a handicap while learning.
                scores[usize::from(gold)] -= settings.margin;
                let rival = best(&scores[..width], &allowed, before[0]);
                if rival != gold {
                    for &place in features.places() {
                        table.update(place, gold, 1);
                        table.update(place, rival, -1);
                    }
                }
                before = [guess, before[0]];
            }
        }
    }
    table
}

/// `B-x` for `I-x`, any other label for itself.
fn begin_of(labels: &[String], label: usize) -> u8 {
    let begin = labels[label].strip_prefix("I-").and_then(|kind| {
        labels
            .iter()
            .position(|other| other.strip_prefix("B-") == Some(kind))
    });
    begin.unwrap_or(label) as u8
}

/// Words that always have one label.
fn known_words(examples: &[Example], settings: &Settings) -> Vec<(u64, u8)> {
    let mut seen: Vec<(u64, u8)> = examples
        .iter()
        .flat_map(|e| {
            e.words
                .iter()
                .map(|word| word.exact)
                .zip(e.labels.iter().copied())
        })
        .collect();
    seen.sort_unstable();
    let mut known = Vec::new();
    for word in seen.chunk_by(|a, b| a.0 == b.0) {
        let most = word
            .chunk_by(|a, b| a.1 == b.1)
            .max_by_key(|labels| labels.len());
        let Some(most) = most else { continue };
        let share = most.len() as f64 / word.len() as f64;
        if word.len() as u32 >= settings.known_count && share >= settings.known_share {
            known.push(most[0]);
        }
    }
    known
}

/// Weights under training, with the sums that averaging needs.
struct Table {
    width: usize,
    /// Words seen so far.
    step: u64,
    now: Vec<i32>,
    /// The sum of each weight over all steps, less what `now` adds since its last change.
    sums: Vec<i64>,
    changed: Vec<u64>,
}

impl Table {
    fn new(width: usize, bits: u8) -> Self {
        let size = width << bits;
        Self {
            width,
            step: 0,
            now: vec![0; size],
            sums: vec![0; size],
            changed: vec![0; size],
        }
    }

    fn scores(&self, places: &[u32]) -> [i32; MOST_LABELS] {
        let mut scores = [0; MOST_LABELS];
        for &place in places {
            let row = place as usize * self.width;
            for (score, weight) in scores.iter_mut().zip(&self.now[row..row + self.width]) {
                *score += weight;
            }
        }
        scores
    }

    fn update(&mut self, place: u32, label: u8, by: i32) {
        let at = place as usize * self.width + usize::from(label);
        self.sums[at] += (self.step - self.changed[at]) as i64 * i64::from(self.now[at]);
        self.changed[at] = self.step;
        self.now[at] += by;
    }

    /// Adds the sum of each weight over all steps.
    fn add_to(&self, sums: &mut [i64]) {
        for (at, total) in sums.iter_mut().enumerate() {
            *total +=
                self.sums[at] + (self.step - self.changed[at]) as i64 * i64::from(self.now[at]);
        }
    }
}

/// Sums of weights, scaled to bytes.
fn bytes(sums: &[i64]) -> Vec<i8> {
    let mut sizes: Vec<u64> = sums
        .iter()
        .filter(|s| **s != 0)
        .map(|s| s.unsigned_abs())
        .collect();
    sizes.sort_unstable();
    let index = (sizes.len() as f64 * KEPT) as usize;
    let Some(&high) = sizes.get(index.min(sizes.len().saturating_sub(1))) else {
        return vec![0; sums.len()];
    };
    let byte = |sum: &i64| {
        (*sum as f64 / high as f64 * 127.0)
            .round()
            .clamp(-127.0, 127.0) as i8
    };
    sums.iter().map(byte).collect()
}

/// A small generator (Knuth's MMIX constants), so that no crate's change changes a model.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn shuffle(&mut self, items: &mut [u32]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "Mr X" is a name, "the x" is not.
    fn lessons() -> Vec<Example> {
        let example = |text: &str, labels: &[u8]| Example {
            words: text.split(' ').map(|word| Word::new(word, 0)).collect(),
            labels: labels.to_vec(),
        };
        vec![
            example("said Mr Arbo today", &[0, 0, 1, 0]),
            example("Mr Belk Ostin left", &[0, 1, 2, 0]),
            example("the boat left today", &[0, 0, 0, 0]),
            example("said the mayor today", &[0, 0, 0, 0]),
        ]
    }

    fn settings() -> Settings {
        Settings {
            bits: 12,
            rounds: 8,
            orders: 2,
            known_count: 2,
            known_share: 2.0,
            margin: 1,
        }
    }

    #[test]
    fn it_learns_and_does_so_the_same_way_twice() {
        let labels = ["O", "B-p", "I-p"].map(String::from).to_vec();
        let learn = || train(Task::Names, labels.clone(), &lessons(), &settings()).unwrap();
        let model = learn();
        assert_eq!(model.to_bytes(), learn().to_bytes());
        let words: Vec<Word> = "today Mr Corvin left the boat"
            .split(' ')
            .map(|word| Word::new(word, 0))
            .collect();
        let mut out = Vec::new();
        model.tag(&words, &mut out);
        assert_eq!(out, [0, 0, 1, 0, 0, 0]);
    }

    #[test]
    fn labels_that_do_not_fit_are_refused() {
        let labels = ["O", "B-p"].map(String::from).to_vec();
        assert!(train(Task::Names, labels, &lessons(), &settings()).is_err());
    }
}
