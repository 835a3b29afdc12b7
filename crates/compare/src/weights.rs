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
/// .7081 with each story left out of the fit in turn (.7465 when all are in); idf cosine alone .683.
/// Rebuilt by `cargo xtask eval fit-claims`.
#[rustfmt::skip]
pub const FITTED: Weights = Weights {
    pair: [
        -3.550, // bias
        -0.020, // idf cosine
        -7.792, // cosine squared
        2.621, // shared over shorter
        8.271, // shared over longer
        -4.827, // longest run over shorter
        6.882, // shared word pairs
        0.000, // shared names over fewer
        0.000, // persons differ
        0.000, // number shared
        0.000, // number differs
        0.000, // number on one side
        1.467, // day shared
        0.810, // day differs
        1.411, // verbs shared
        -0.419, // negation differs
        -1.424, // stance differs
        -0.276, // both quoted
        0.204, // quote against own voice
        0.000, // speaker shared
        0.000, // speaker differs
        -1.008, // modality differs
        -1.405, // place differs
        0.107, // length ratio
        0.677, // neighbours alike
        0.396, // cross neighbours alike
        0.139, // best for both
        1.520, // near the best
        -0.280, // articles alike
        -1.680, // same article
    ],
    join: 0.3,
    share: 0.35,
};
