//! The pair scorer's weights: fitted on the project's comparison gold, whole stories left out in
//! turn.

use crate::pair::FEATURES;

/// The numbers that decide which statements state one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// One weight for each of [`crate::pair::FEATURE_NAMES`].
    pub pair: [f32; FEATURES],
    /// Two groups join where the mean score of all pairs between them reaches this.
    pub join: f32,
    /// A statement of one group also joins another where its mean score with the members there
    /// reaches this.
    pub share: f32,
}

impl Weights {
    /// The chance that a pair with these features states one claim.
    pub fn score(&self, features: &[f32; FEATURES]) -> f32 {
        let sum: f32 = features.iter().zip(&self.pair).map(|(f, w)| f * w).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// The weights that ship. Mean F1 of aligned pairs over the eight stories of the comparison gold:
/// .6994 with each story left out of the fit in turn (.7090 when all are in); idf cosine alone .683.
/// Rebuilt by `cargo xtask eval fit-claims`.
#[rustfmt::skip]
pub const FITTED: Weights = Weights {
    pair: [
        -3.853, // bias
        1.424, // idf cosine
        -3.865, // cosine squared
        3.206, // shared over shorter
        3.126, // shared over longer
        -4.854, // longest run over shorter
        4.683, // shared word pairs
        0.000, // shared names over fewer
        0.000, // persons differ
        0.000, // number shared
        0.000, // number differs
        0.000, // number on one side
        0.000, // day shared
        0.000, // day differs
        0.000, // verbs shared
        -0.659, // negation differs
        -1.314, // stance differs
        0.000, // both quoted
        0.000, // quote against own voice
        0.000, // speaker shared
        0.000, // speaker differs
        -1.129, // modality differs
        -0.994, // place differs
        0.880, // length ratio
        0.410, // neighbours alike
        0.747, // cross neighbours alike
        -0.151, // best for both
        2.283, // near the best
        0.250, // articles alike
        -1.381, // same article
    ],
    join: 0.25,
    share: 0.4,
};
