//! What a user may be stricter or laxer in. In: the user's numbers, where there are any. Out: the program's own,
//! with the user's in their place. The figures in the documentation hold for the program's own.

use crate::relation::{CONFIRMS, Part};
use crate::weights::Weights;

/// Above this share of one article standing in another, everything in it counts as taken from
/// there, not the shared passages alone.
const WHOLE_COPY: f64 = 0.6;

/// The user's numbers; the program's own hold where there is none. Each is from 0 to 1, and higher is stricter,
/// but for `whole_copy`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Thresholds {
    /// The mean chance from which groups of statements are one claim, [`Weights::join`].
    pub join: Option<f32>,
    /// The chance from which one statement confirms another, [`Weights::corroborates`].
    pub corroborates: Option<f32>,
    /// The part of a passage that another must tell to confirm it: .55 by the encoder, .25 by words.
    pub told: Option<f32>,
    /// The part of an article that another has too from which whatever both say is of one origin: .6. Lower is
    /// stricter.
    pub whole_copy: Option<f64>,
}

/// What decides whether a claim is corroborated.
pub(crate) struct Rules {
    pub(crate) corroborates: f32,
    pub(crate) confirms: Part,
    pub(crate) whole_copy: f64,
}

impl Thresholds {
    /// The pair scorer's weights with the user's thresholds.
    pub(crate) fn weights(&self, own: &Weights) -> Weights {
        let join = self.join.unwrap_or(own.join);
        Weights {
            join,
            // Whoever wants claims looser wants their edges looser too.
            share: (own.share * join / own.join).min(1.0),
            corroborates: self.corroborates.unwrap_or(own.corroborates),
            ..own.clone()
        }
    }

    pub(crate) fn rules(&self, weights: &Weights) -> Rules {
        Rules {
            corroborates: weights.corroborates,
            confirms: self.told.map_or(CONFIRMS, Part::of),
            whole_copy: self.whole_copy.unwrap_or(WHOLE_COPY),
        }
    }
}
