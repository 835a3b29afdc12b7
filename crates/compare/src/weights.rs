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
/// .7299 with each story left out of the fit in turn (.7647 when all are in); idf cosine alone .683.
/// Rebuilt by `cargo xtask eval fit-claims`.
#[rustfmt::skip]
pub const FITTED: Weights = Weights {
    pair: [
        -3.282, // bias
        1.271, // idf cosine
        -0.961, // cosine squared
        2.202, // shared over shorter
        2.890, // shared over longer
        -2.528, // longest run over shorter
        3.845, // shared word pairs
        -0.166, // shared names over fewer
        -0.773, // persons differ
        0.525, // number shared
        -2.302, // number differs
        0.283, // number on one side
        1.195, // day shared
        0.177, // day differs
        1.482, // verbs shared
        -0.515, // negation differs
        -1.069, // stance differs
        -0.247, // both quoted
        -0.001, // quote against own voice
        -0.137, // speaker shared
        -1.372, // speaker differs
        -0.895, // modality differs
        -1.685, // place differs
        0.633, // length ratio
        0.355, // neighbours alike
        0.431, // cross neighbours alike
        -0.172, // best for both
        1.846, // near the best
        -0.489, // articles alike
        -1.577, // same article
        0.0,
        0.0,
    ],
    join: 0.35,
    share: 0.35,
};
