//! Paraphrases of one utterance that share few words, as the encoder reads them. In: units of quotations
//! and their passages. Out: pairs to look at, and how much of each other two of them must say. Refuses
//! two speakers, and sources that share no word.

use encoder::Passage;

use super::Unit;
use crate::passages::near_pairs;

/// The nearest units of other articles, by the mean of their pieces, that are looked at: so many, with a
/// cosine of so much.
const NEAREST: usize = 8;
const LEAST_NEAR: f32 = 0.4;
/// How much of each other two units must say where words do not tie them, by who said it. At .5 and
/// .58, .55 and .65, .6 and .7 readings of one quote are put together with precision .86, .90, .90 and
/// recall .74, .74, .73; by words alone .90 and .70 (`cargo xtask eval comparison`, records).
const SAME_SPEAKER: f32 = 0.55;
const OTHER: f32 = 0.65;
/// What alike means for a paraphrase that would chain two utterances.
pub(super) const CHAIN: f32 = 0.5;
/// Content words below which meaning ties nothing.
const LEAST_WORDS: usize = 3;

/// Adds units of different articles that mean much the same in whatever words.
pub(super) fn add_nearest(units: &[Unit], passages: &[Passage], pairs: &mut Vec<(u32, u32)>) {
    pairs.extend(near_pairs(passages, NEAREST, LEAST_NEAR, |at| {
        units[at].article
    }));
    pairs.sort_unstable();
    pairs.dedup();
}

/// How much of each other two units must say to be one utterance in other words; `None` where they
/// cannot be: two speakers, or sources that share no word.
pub(super) fn least(a: &Unit, b: &Unit) -> Option<f32> {
    let one = a.words.iter().filter(|word| !word.stop).count();
    let other = b.words.iter().filter(|word| !word.stop).count();
    let same = a.speaker.is_some() && a.speaker == b.speaker;
    let conflict = matches!((a.speaker, b.speaker), (Some(x), Some(y)) if x != y);
    let shared = a.source.iter().any(|s| b.source.binary_search(s).is_ok());
    if a.article == b.article || conflict || one.min(other) < LEAST_WORDS {
        return None;
    }
    if same {
        Some(SAME_SPEAKER)
    } else if shared || a.source.is_empty() || b.source.is_empty() {
        Some(OTHER)
    } else {
        None
    }
}
