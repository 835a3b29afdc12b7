//! What a word weighs: how rare it is in the background and among the texts seen so far.
//!
//! In: sketches, in order of arrival. Out: their bags. A text's weights are those of its arrival
//! and stay: what comes later changes no earlier article. The stream's own counts weigh less than
//! the background's, because a large story makes its own words common.

use serde::{Deserialize, Serialize};

use crate::background;
use crate::group::{Bags, FEW_TERMS, Settings};
use crate::sketch::Sketch;
use crate::terms::{HashKeyed, Terms, add, top, unit};

/// In how many of the texts seen each word stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Counts {
    texts: u32,
    words: HashKeyed<u32, u32>,
    /// What other streams see, and how much of it by now.
    #[serde(skip)]
    elsewhere: Elsewhere,
    #[serde(skip)]
    passed: u32,
}

/// Texts that are placed elsewhere: a stream too long for one machine is grouped in parts, and a word is as common in a
/// part as in the whole.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    texts: u32,
    words: HashKeyed<u32, u32>,
}

impl Elsewhere {
    /// All texts, and in how many of them each term stands, as counted on `sample` of them; without those that are
    /// placed here.
    pub fn new(
        texts: u32,
        sample: u32,
        words: impl IntoIterator<Item = (u32, u32)>,
        here: &[Sketch],
    ) -> Self {
        let mut own = Counts::default();
        here.iter().for_each(|sketch| own.count(sketch));
        let scale = f64::from(texts) / f64::from(sample.max(1));
        let left = |(term, count): (u32, u32)| {
            let all = (f64::from(count) * scale) as u32;
            let here = own.words.get(&term).copied().unwrap_or_default();
            (term, all.saturating_sub(here))
        };
        Self {
            texts: texts.saturating_sub(own.texts),
            words: words
                .into_iter()
                .map(left)
                .filter(|(_, n)| *n > 0)
                .collect(),
        }
    }
}

impl Counts {
    /// Counts a text; near-copies of one are not to be counted again.
    pub(crate) fn count(&mut self, sketch: &Sketch) {
        self.texts += 1;
        for term in sketch.terms() {
            *self.words.entry(term).or_default() += 1;
        }
    }

    /// Says what other streams see in all.
    pub(crate) fn beside(&mut self, elsewhere: Elsewhere) {
        self.elsewhere = elsewhere;
    }

    /// Says how many texts other streams have seen by now.
    pub(crate) fn passed(&mut self, texts: u32) {
        self.passed = texts.min(self.elsewhere.texts);
    }

    /// The bags of a text.
    pub(crate) fn bags(&self, sketch: &Sketch, settings: &Settings) -> Bags {
        let own = settings.own_counts;
        let texts = self.texts as f32 + self.passed as f32;
        let total = background::documents() as f32 + own * texts;
        let share = self.passed as f32 / self.elsewhere.texts.max(1) as f32;
        let count =
            |words: &HashKeyed<u32, u32>, term: u32| words.get(&term).map_or(0.0, |&n| n as f32);
        let idf = |term: u32| {
            let there = match self.passed {
                0 => 0.0,
                _ => share * count(&self.elsewhere.words, term),
            };
            let seen = own * (count(&self.words, term) + there);
            ((total + 1.0) / (background::frequency(term) as f32 + seen + 0.5))
                .ln()
                .max(0.05)
        };
        let weighed = |terms: &Terms| -> Terms {
            terms
                .iter()
                .map(|&(term, count)| (term, count * idf(term)))
                .collect()
        };
        let (title, body) = (weighed(&sketch.title), weighed(&sketch.body));
        Bags {
            all: unit(add(
                &unit(body),
                &unit(title.clone()),
                settings.title_in_all / 4.0,
            )),
            titled: f32::from(!title.is_empty()),
            named: f32::from(!sketch.names.is_empty()),
            title: unit(title),
            names: unit(weighed(&sketch.names)),
            seen: Terms::new(),
            members: 1.0,
            short: (1.0 - sketch.body.len() as f32 / FEW_TERMS).max(0.0),
            days: sketch.day.map(|day| (day, day)),
        }
    }
}

impl Sketch {
    /// The terms of title and body, rising, each once.
    pub fn terms(&self) -> Vec<u32> {
        let both = self.title.iter().chain(&self.body);
        let mut terms: Vec<u32> = both.map(|entry| entry.0).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// The terms that weigh most by the background alone, heaviest first, each with its weight, 0 to 1 or little more.
    pub fn heaviest(&self, limit: usize) -> Vec<(u32, f32)> {
        let bags = Counts::default().bags(self, &Settings::default());
        top(&bags.all, limit)
    }
}
