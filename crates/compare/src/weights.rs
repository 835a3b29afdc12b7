//! The pair scorer's weights: fitted on the project's comparison gold, whole stories left out in
//! turn.

use crate::features::FEATURES;

/// The numbers that decide which statements state one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// One weight for each of [`crate::features::FEATURE_NAMES`].
    pub pair: [f32; FEATURES],
    /// Two groups join where the mean score of all pairs between them reaches this.
    pub join: f32,
    /// A statement of one group also joins another where its mean score with the members there
    /// reaches this.
    pub share: f32,
    /// Two statements corroborate each other only where their score is this high: a loose match may
    /// widen a claim, and must not confirm it.
    pub corroborates: f32,
    /// Two statements that share no number and few words outside names are a pair only where the one says so
    /// much of the other in whatever words.
    pub least_told: f32,
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
/// The fitter: `cargo xtask train claims DATA words`.
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
        0.000, // best stretch
        0.000, // best stretch of the sentences
        0.000, // in the stretch, the more
        0.000, // in the stretch, the less
    ],
    join: 0.45,
    share: 0.300,
    corroborates: 0.8,
    least_told: 0.5,
};

/// The weights for statements that the encoder read: the mean of what was fitted on the eight stories that the
/// project grew up on, and of a fit to all of the gold and the invented stories of `training/`. Mean F1 over
/// the gold's nine other stories, each left out of the fit in turn, is told by the fitter:
/// `cargo xtask train claims DATA encoder`.
#[rustfmt::skip]
pub const ENCODER: Weights = Weights {
    pair: [
        -8.046, // bias
        3.419, // idf cosine
        -4.640, // cosine squared
        1.674, // shared over shorter
        1.791, // shared over longer
        -3.095, // longest run over shorter
        2.732, // shared word pairs
        -0.794, // shared names over fewer
        -0.926, // persons differ
        0.922, // number shared
        -2.764, // number differs
        0.450, // number on one side
        1.094, // day shared
        -0.535, // day differs
        0.721, // verbs shared
        -0.138, // negation differs
        -0.971, // stance differs
        -0.234, // both quoted
        -0.043, // quote against own voice
        0.226, // speaker shared
        -1.240, // speaker differs
        -0.648, // modality differs
        -0.904, // place differs
        0.227, // length ratio
        0.758, // neighbours alike
        0.659, // cross neighbours alike
        -0.211, // best for both
        1.246, // near the best
        -0.085, // articles alike
        -1.834, // same article
        -1.004, // plain words shared over fewer
        -1.545, // plain words shared over more
        1.527, // said in each other
        1.960, // said, the more
        1.871, // said, the less
        1.516, // said, near the best
        0.175, // said, best for both
        -0.146, // said, neighbours
        2.748, // plain words said, the more
        1.683, // plain words said, the less
        0.265, // verbs said, the more
        0.127, // verbs said, the less
        0.952, // best stretch
        -0.216, // best stretch of the sentences
        0.164, // in the stretch, the more
        -0.553, // in the stretch, the less
    ],
    join: 0.45,
    share: 0.34,
    corroborates: 0.75,
    least_told: 0.5,
};

/// The weights for pairs of statements that the multilingual encoder read: by what it reads alone, since words
/// of two languages share nothing. Fitted on every other family of `training/multilingual`:
/// `cargo xtask train multilingual FILE`. [`Weights::pair`] and [`Weights::least_told`] are used of them.
pub const MULTILINGUAL: Weights = Weights {
    pair: across(&[
        (0, -15.141), // bias
        (29, -1.834), // same article, as in `ENCODER`
        (32, 5.691),  // said in each other
        (34, 6.158),  // said, the less
        (35, 8.022),  // said, near the best
        (39, 5.189),  // plain words said, the less
        (42, 0.557),  // best stretch
    ]),
    join: 0.45,
    share: 0.34,
    corroborates: 1.0,
    least_told: 0.0,
};

/// Weights that are nought but for these.
const fn across(given: &[(usize, f32)]) -> [f32; FEATURES] {
    let mut weights = [0.0; FEATURES];
    let mut at = 0;
    while at < given.len() {
        weights[given[at].0] = given[at].1;
        at += 1;
    }
    weights
}

/// The weights for statements that the encoder read, or for words alone.
pub(crate) fn of(encoded: bool) -> &'static Weights {
    if encoded { &ENCODER } else { &WORDS }
}
