//! Near-copies, found in one pass without comparing all pairs.
//!
//! In: sketches, in order of time. Out: for each article the earlier one that it nearly repeats,
//! so that a wire report printed forty times counts once when stories are formed. Who copied whom,
//! and passage by passage, is `lineage`'s work; here it is only asked which texts cannot be told
//! apart by what they say.
//!
//! Cost: an article of 500 words posts about 60 sampled shingles (12 bytes each), and looks up as
//! many. A copy posts only what its source has not, so a report's fame does not lengthen the lists;
//! a shingle that still stands in [`FURNITURE`] different texts is furniture or a set phrase, and
//! is no evidence.

use crate::sketch::Sketch;
use crate::terms::HashKeyed;

/// Different texts in which a shingle stands before it says nothing about where a text is from.
const FURNITURE: u32 = 24;

/// Sampled shingles that must be shared at least: 4 of 1 in 8 speak for about 32 shared ones.
const SHARED: u32 = 4;

/// Part of the smaller text that must stand in the larger one.
const CONTAINED: f32 = 0.6;

/// Part of the larger text that must stand in the smaller one: below it, the larger one is a
/// digest that holds a short report among others, and says more than that report.
const CONTAINING: f32 = 0.3;

/// Part of both that must be shared for the later one to add no shingle worth posting.
const SAME: f32 = 0.8;

/// The shingles that stand in more than one text.
pub(crate) struct Repeated(HashKeyed<u64, Posting>);

impl Repeated {
    /// Whether a shingle stands in at least so many different texts.
    pub(crate) fn often(&self, hash: u64, texts: u32) -> bool {
        self.0
            .get(&hash)
            .is_some_and(|posting| posting.texts >= texts)
    }
}

struct Posting {
    texts: u32,
    last: u32,
}

/// For each article, the first of the near-copies it belongs to: itself where there is none.
/// `order` lists the articles in order of time.
pub(crate) fn leaders(sketches: &[Sketch], order: &[u32]) -> (Vec<u32>, Repeated) {
    let mut leader: Vec<u32> = (0..sketches.len() as u32).collect();
    let mut posted: HashKeyed<u64, Posting> = HashKeyed::default();
    // Postings are chains in one list: (article, next), `NONE` at the end.
    let mut chain: Vec<(u32, u32)> = Vec::new();
    let mut shared = vec![0_u32; sketches.len()];
    let mut touched: Vec<u32> = Vec::new();
    for &article in order {
        let own = &sketches[article as usize].shingles;
        for hash in own {
            let Some(posting) = posted.get(hash).filter(|p| p.texts < FURNITURE) else {
                continue;
            };
            let mut at = posting.last;
            while let Some(&(other, next)) = chain.get(at as usize) {
                if shared[other as usize] == 0 {
                    touched.push(other);
                }
                shared[other as usize] += 1;
                at = next;
            }
        }
        let mut best: Option<(u32, u32)> = None;
        for other in touched.drain(..) {
            let count = std::mem::take(&mut shared[other as usize]);
            let (small, large) = parts(count, own.len(), sketches[other as usize].shingles.len());
            if count >= SHARED && small >= CONTAINED && large >= CONTAINING {
                // Of equal candidates the one with the smaller index, whatever the chains' order.
                let better =
                    best.is_none_or(|(most, of)| count > most || count == most && other < of);
                if better {
                    best = Some((count, other));
                }
            }
        }
        let mut same = false;
        if let Some((count, other)) = best {
            leader[article as usize] = leader[other as usize];
            let (_, large) = parts(count, own.len(), sketches[other as usize].shingles.len());
            same = large >= SAME;
        }
        for &hash in own {
            let known = posted.contains_key(&hash);
            if same && known {
                continue;
            }
            let posting = posted.entry(hash).or_insert(Posting {
                texts: 0,
                last: NONE,
            });
            posting.texts += 1;
            if posting.texts < FURNITURE {
                chain.push((article, posting.last));
                posting.last = chain.len() as u32 - 1;
            }
        }
    }
    posted.retain(|_, posting| posting.texts > 1);
    (leader, Repeated(posted))
}

const NONE: u32 = u32::MAX;

/// What part of the smaller and of the larger of two is shared.
fn parts(shared: u32, a: usize, b: usize) -> (f32, f32) {
    (
        shared as f32 / a.min(b).max(1) as f32,
        shared as f32 / a.max(b).max(1) as f32,
    )
}
