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
    /// Two statements corroborate each other only where their score is this high: a loose match may
    /// widen a claim, and must not confirm it.
    pub corroborates: f32,
}

impl Weights {
    /// The chance that a pair with these features states one claim.
    pub fn score(&self, features: &[f32; FEATURES]) -> f32 {
        let sum: f32 = features.iter().zip(&self.pair).map(|(f, w)| f * w).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// The weights for words alone. Mean F1 of aligned pairs over the eight stories of the comparison gold,
/// each story left out of the fit and of the choice of thresholds in turn, on pages as they are read:
/// .710 (.748 when all are in). The features were chosen on the same stories, so that other stories
/// will score lower.
/// The fitter: `cargo run --release -p crossread-eval --example fit-claims -- DATA words`.
#[rustfmt::skip]
pub const WORDS: Weights = Weights {
    pair: [
        -3.634, // bias
        0.761, // idf cosine
        -1.584, // cosine squared
        1.753, // shared over shorter
        2.974, // shared over longer
        -2.510, // longest run over shorter
        3.773, // shared word pairs
        -0.200, // shared names over fewer
        -1.160, // persons differ
        0.666, // number shared
        -2.442, // number differs
        0.293, // number on one side
        1.111, // day shared
        1.565, // day differs
        1.568, // verbs shared
        -0.551, // negation differs
        -1.325, // stance differs
        -0.309, // both quoted
        0.108, // quote against own voice
        0.775, // speaker shared
        -1.582, // speaker differs
        -0.831, // modality differs
        -1.634, // place differs
        0.796, // length ratio
        0.269, // neighbours alike
        0.437, // cross neighbours alike
        -0.437, // best for both
        2.188, // near the best
        -0.831, // articles alike
        -1.831, // same article
        0.734, // plain words shared over fewer
        0.718, // plain words shared over more
        0.000, // said in each other
        0.000, // said, the more
        0.000, // said, the less
        0.000, // said, near the best
        0.000, // said, best for both
        0.000, // said, neighbours
        0.000, // plain words said, the more
        0.000, // plain words said, the less
        0.000, // verbs said, the more
        0.000, // verbs said, the less
    ],
    join: 0.45,
    share: 0.300,
    corroborates: 0.8,
};

/// The weights for statements that the encoder read; fitted as above, .754 (.770 when all are in). With
/// `share` at .305, .315 and .325 precision and recall are .83/.71, .85/.71 and .85/.71, pairs of few
/// common words found .50, .50 and .50, the gold's claims of two origins called corroborated .79, .79 and
/// .83 (`cargo xtask eval comparison`, records).
/// The fitter: `cargo run --release -p crossread-eval --example fit-claims -- DATA encoder`. Both were
/// fitted before statements of one or two content words were left out of the candidates; fitted without
/// them they score lower on every count (.760 for .768).
#[rustfmt::skip]
pub const ENCODER: Weights = Weights {
    pair: [
        -8.387, // bias
        1.564, // idf cosine
        -3.938, // cosine squared
        1.820, // shared over shorter
        2.042, // shared over longer
        -2.855, // longest run over shorter
        2.735, // shared word pairs
        -0.719, // shared names over fewer
        -1.180, // persons differ
        0.903, // number shared
        -3.918, // number differs
        0.646, // number on one side
        1.139, // day shared
        -0.064, // day differs
        1.337, // verbs shared
        -0.031, // negation differs
        -1.357, // stance differs
        -0.314, // both quoted
        0.100, // quote against own voice
        0.475, // speaker shared
        -1.618, // speaker differs
        -0.816, // modality differs
        -1.028, // place differs
        0.631, // length ratio
        0.524, // neighbours alike
        0.128, // cross neighbours alike
        -0.538, // best for both
        1.875, // near the best
        -0.155, // articles alike
        -1.822, // same article
        -0.346, // plain words shared over fewer
        -0.495, // plain words shared over more
        2.221, // said in each other
        2.204, // said, the more
        1.720, // said, the less
        1.139, // said, near the best
        -0.000, // said, best for both
        -0.351, // said, neighbours
        2.827, // plain words said, the more
        1.103, // plain words said, the less
        0.233, // verbs said, the more
        0.389, // verbs said, the less
    ],
    join: 0.45,
    share: 0.325,
    corroborates: 0.75,
};

/// The weights for statements that the encoder read, or for words alone.
pub(crate) fn of(encoded: bool) -> &'static Weights {
    if encoded { &ENCODER } else { &WORDS }
}
