//! Words as numbers, and bags of them.
//!
//! In: stems and weights. Out: [`Terms`], a sparse vector that two articles, or an article and a
//! story, can be compared by. Terms are the upper half of the stem's 64-bit hash: in a vocabulary
//! of a million, about a hundred pairs of words share one, which no cosine notices.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

/// A weighted bag of terms, terms rising.
pub(crate) type Terms = Vec<(u32, f32)>;

/// The term of a token's stem: the number by which grouping and the background know a word.
pub fn term(stem: u64) -> u32 {
    (stem >> 32) as u32
}

/// The term of a word's stem given as letters.
#[cfg(test)]
pub(crate) fn term_of(stem: &str) -> u32 {
    term(xxh3_64(stem.as_bytes()))
}

/// Sums the weights of equal terms and sorts by term.
pub(crate) fn gather(mut raw: Terms) -> Terms {
    raw.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    raw.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    raw
}

/// Keeps the `limit` heaviest terms (ties by term), terms rising again afterwards.
pub(crate) fn heaviest(mut terms: Terms, limit: usize) -> Terms {
    if limit == 0 {
        return Terms::new();
    }
    if terms.len() > limit {
        // The last that stays is found among copies: what stays is in order already.
        let mut all = terms.clone();
        let (_, last, _) = all.select_nth_unstable_by(limit - 1, by_weight);
        let last = *last;
        terms.retain(|entry| by_weight(entry, &last).is_le());
    }
    terms
}

/// The `limit` heaviest terms, heaviest first.
pub(crate) fn top(terms: &Terms, limit: usize) -> Terms {
    let mut best = heaviest(terms.clone(), limit);
    best.sort_unstable_by(by_weight);
    best
}

fn by_weight(a: &(u32, f32), b: &(u32, f32)) -> std::cmp::Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

/// Scales to length 1; an empty bag stays empty.
pub(crate) fn unit(mut terms: Terms) -> Terms {
    let length = terms.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    if length > 0.0 {
        terms.iter_mut().for_each(|entry| entry.1 /= length);
    }
    terms
}

/// The scalar product. Written without branches on the terms: which side is behind is as good as
/// random, and a wrong guess costs more than the step (twice as fast, measured on news).
pub(crate) fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        sum += if x.0 == y.0 { x.1 * y.1 } else { 0.0 };
        i += usize::from(x.0 <= y.0);
        j += usize::from(y.0 <= x.0);
    }
    sum
}

/// `a + scale × b`.
pub(crate) fn add(a: &[(u32, f32)], b: &[(u32, f32)], scale: f32) -> Terms {
    let mut sum = Terms::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    loop {
        match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x.0 == y.0 => {
                sum.push((x.0, x.1 + scale * y.1));
                i += 1;
                j += 1;
            }
            (Some(x), y) if y.is_none_or(|y| x.0 < y.0) => {
                sum.push(*x);
                i += 1;
            }
            (_, Some(y)) => {
                sum.push((y.0, scale * y.1));
                j += 1;
            }
            _ => return sum,
        }
    }
}

/// A map whose keys are hashes already.
pub(crate) type HashKeyed<K, V> = HashMap<K, V, BuildHasherDefault<AsIs>>;

/// Takes a key that is a hash as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }
    fn write_u32(&mut self, key: u32) {
        // The table takes its bucket from the low bits and its tag from the high ones.
        self.0 = u64::from(key) << 32 | u64::from(key);
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key.rotate_left(32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bags_add_up() {
        let a = gather(vec![(5, 1.0), (2, 1.0), (5, 2.0)]);
        assert_eq!(a, [(2, 1.0), (5, 3.0)]);
        assert_eq!(
            add(&a, &[(1, 1.0), (5, 1.0)], -1.0),
            [(1, -1.0), (2, 1.0), (5, 2.0)]
        );
        assert_eq!(dot(&a, &[(5, 2.0), (9, 1.0)]), 6.0);
        assert_eq!(
            heaviest(vec![(1, 1.0), (2, 3.0), (3, 1.0)], 2),
            [(1, 1.0), (2, 3.0)]
        );
        assert!((dot(&unit(a.clone()), &unit(a)) - 1.0).abs() < 1e-6);
    }
}
