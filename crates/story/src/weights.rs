//! What a word weighs: how rare it is in the background and among the texts seen so far.
//!
//! In: sketches, in order of arrival. Out: their bags. A text's weights are those of its arrival
//! and stay: what comes later changes no earlier article. The stream's own counts weigh less than
//! the background's, because a large story makes its own words common.

use serde::{Deserialize, Serialize};

use crate::background;
use crate::group::{Bags, FEW_TERMS, Settings};
use crate::sketch::Sketch;
use crate::terms::{HashKeyed, Terms, add, unit};

/// In how many of the texts seen each word stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Counts {
    texts: u32,
    words: HashKeyed<u32, u32>,
}

impl Counts {
    /// Counts a text; near-copies of one are not to be counted again.
    pub(crate) fn count(&mut self, sketch: &Sketch) {
        self.texts += 1;
        let (mut title, mut body) = (
            sketch.title.iter().peekable(),
            sketch.body.iter().peekable(),
        );
        // Both rise: each word once.
        loop {
            let next = match (title.peek(), body.peek()) {
                (Some(a), Some(b)) => a.0.min(b.0),
                (Some(a), None) => a.0,
                (None, Some(b)) => b.0,
                (None, None) => break,
            };
            title.next_if(|entry| entry.0 == next);
            body.next_if(|entry| entry.0 == next);
            *self.words.entry(next).or_default() += 1;
        }
    }

    /// The bags of a text.
    pub(crate) fn bags(&self, sketch: &Sketch, settings: &Settings) -> Bags {
        let own = settings.own_counts;
        let total = background::documents() as f32 + own * self.texts as f32;
        let idf = |term: u32| {
            let seen = own * self.words.get(&term).map_or(0.0, |&count| count as f32);
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
