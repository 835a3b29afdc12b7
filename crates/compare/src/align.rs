//! In: scored pairs. Out: groups of statements that state one claim. Groups join where the *mean*
//! over all their cross pairs is high (average linkage), so that a chain of middling matches never
//! becomes one claim; a pair that is no candidate counts as zero. A sentence that could not be cut
//! can carry two claims: afterwards it also joins any other group that it matches throughout.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::relation::Pair;
use crate::weights::Weights;

/// A statement carries so many claims beside its own at most: those that it matches best.
const MOST_SHARED: usize = 3;

/// Part of the statements of two groups that must be in both for them to be one claim. Without it a story tells one claim twice.
const SAME_CLAIM: f32 = 0.5;

/// A mean score as an orderable key: millionths.
fn key(sum: f64, pairs: usize) -> u64 {
    (sum / pairs.max(1) as f64 * 1e6) as u64
}

/// Groups the statements `0..count`: every group sorted, groups by their first statement. Most
/// statements are alone; one that carries several claims is in several groups.
pub(crate) fn align(count: usize, pairs: &[Pair], weights: &Weights) -> Vec<Vec<u32>> {
    let groups = disjoint(count, pairs, weights.join);
    shared(count, pairs, weights.share, groups)
}

/// Adds to each group the statements of other groups that match all of it.
fn shared(count: usize, pairs: &[Pair], share: f32, groups: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    let mut own = vec![0usize; count];
    for (index, group) in groups.iter().enumerate() {
        for &one in group {
            own[one as usize] = index;
        }
    }
    // Sums of the scores of one statement with the members of one other group.
    let mut sums: BTreeMap<(u32, usize), f64> = BTreeMap::new();
    for pair in pairs {
        for (one, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
            let (from, to) = (own[one as usize], own[other as usize]);
            if from != to && groups[from].len() > 1 {
                *sums.entry((one, to)).or_insert(0.0) += f64::from(pair.relation.same);
            }
        }
    }
    let mut widened = groups.clone();
    let mut joins: BTreeMap<u32, Vec<(u64, Reverse<usize>)>> = BTreeMap::new();
    for ((one, to), sum) in sums {
        let mean = key(sum, groups[to].len());
        if mean >= key(f64::from(share), 1) {
            joins.entry(one).or_default().push((mean, Reverse(to)));
        }
    }
    for (one, mut found) in joins {
        found.sort_unstable_by(|a, b| b.cmp(a));
        for (_, Reverse(to)) in found.into_iter().take(MOST_SHARED) {
            widened[to].push(one);
        }
    }
    for group in &mut widened {
        group.sort_unstable();
    }
    told_once(count, widened)
}

/// A group that lies in another, and groups most of whose statements are the same, are one claim: told
/// once, by all of them.
fn told_once(count: usize, mut groups: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    // The largest first, so that what a group lies in is there before it.
    groups.sort_by(|a, b| (Reverse(a.len()), a).cmp(&(Reverse(b.len()), b)));
    let mut kept: Vec<Vec<u32>> = Vec::new();
    let mut kept_of: Vec<Vec<usize>> = vec![Vec::new(); count];
    for group in groups {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for &at in group.iter().flat_map(|&one| &kept_of[one as usize]) {
            *common.entry(at).or_insert(0) += 1;
        }
        let same = common.into_iter().find(|&(at, common)| {
            let all = group.len() + kept[at].len() - common;
            common == group.len() || common as f32 >= SAME_CLAIM * all as f32
        });
        let at = same.map_or(kept.len(), |(at, _)| at);
        if at == kept.len() {
            kept.push(Vec::new());
        }
        let new: Vec<u32> = group
            .into_iter()
            .filter(|one| kept[at].binary_search(one).is_err())
            .collect();
        new.iter().for_each(|&one| kept_of[one as usize].push(at));
        kept[at].extend(new);
        kept[at].sort_unstable();
    }
    kept.sort();
    kept
}

/// Each statement in one group: the nearest-neighbour chain (Murtagh 1983), which joins what a search
/// for the best pair of all would, since no two groups become more alike to a third by joining.
fn disjoint(count: usize, pairs: &[Pair], join: f32) -> Vec<Vec<u32>> {
    let mut members: Vec<Vec<u32>> = (0..count as u32).map(|one| vec![one]).collect();
    // Sums of scores between groups; only candidates are kept, so this is sparse.
    let mut sums: Vec<BTreeMap<u32, f64>> = vec![BTreeMap::new(); count];
    for pair in pairs.iter().filter(|pair| pair.relation.same > 0.0) {
        let score = f64::from(pair.relation.same);
        sums[pair.a as usize].insert(pair.b, score);
        sums[pair.b as usize].insert(pair.a, score);
    }
    let least = key(f64::from(join), 1);
    let mut chain: Vec<u32> = Vec::new();
    for start in 0..count as u32 {
        chain.extend((!members[start as usize].is_empty()).then_some(start));
        while let Some(&last) = chain.last() {
            let size = members[last as usize].len();
            let mean = |(other, sum): (&u32, &f64)| {
                let pairs = size * members[*other as usize].len();
                (key(*sum, pairs), Reverse(*other))
            };
            let best = sums[last as usize].iter().map(mean).max();
            let Some((best, Reverse(other))) = best.filter(|(mean, _)| *mean >= least) else {
                // Joins nothing; what led here is looked at again.
                chain.clear();
                break;
            };
            let before = chain.len().checked_sub(2).map(|at| chain[at]);
            let back = before.is_some_and(|before| {
                let sum = sums[last as usize].get(&before);
                sum.is_some_and(|sum| mean((&before, sum)).0 == best)
            });
            if !back {
                chain.push(other);
                continue;
            }
            chain.truncate(chain.len() - 2);
            let other = before.unwrap_or(other);
            let joined = last.min(other);
            unite(joined, last.max(other), &mut members, &mut sums);
            if chain.is_empty() {
                chain.push(joined);
            }
        }
    }
    let mut groups: Vec<Vec<u32>> = members
        .into_iter()
        .filter(|group| !group.is_empty())
        .collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

/// The group `a` takes `b` in.
fn unite(a: u32, b: u32, members: &mut [Vec<u32>], sums: &mut [BTreeMap<u32, f64>]) {
    let moved = std::mem::take(&mut members[b as usize]);
    members[a as usize].extend(moved);
    for (other, sum) in std::mem::take(&mut sums[b as usize]) {
        sums[other as usize].remove(&b);
        if other != a {
            *sums[a as usize].entry(other).or_insert(0.0) += sum;
            *sums[other as usize].entry(a).or_insert(0.0) += sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relation::Relation;

    fn pair(a: u32, b: u32, score: f32) -> Pair {
        let relation = Relation {
            same: score,
            ..Relation::NONE
        };
        Pair { a, b, relation }
    }

    #[test]
    fn a_chain_does_not_become_one_claim() {
        let pairs = [pair(0, 1, 0.9), pair(1, 2, 0.8), pair(2, 3, 0.9)];
        assert_eq!(disjoint(4, &pairs, 0.5), vec![vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn a_group_that_agrees_throughout_is_one() {
        let pairs = [pair(0, 1, 0.9), pair(0, 2, 0.7), pair(1, 2, 0.8)];
        assert_eq!(disjoint(3, &pairs, 0.5), vec![vec![0, 1, 2]]);
    }

    #[test]
    fn nothing_in_common_stays_apart() {
        assert_eq!(disjoint(2, &[pair(0, 1, 0.2)], 0.5), vec![vec![0], vec![1]]);
        assert!(disjoint(0, &[], 0.5).is_empty());
    }

    #[test]
    fn what_is_mostly_the_same_is_told_once() {
        let groups = vec![vec![0, 1, 2], vec![1], vec![1, 2, 3], vec![3, 4]];
        assert_eq!(told_once(5, groups), vec![vec![0, 1, 2, 3], vec![3, 4]]);
        let apart = vec![vec![0, 1, 2], vec![2, 3, 4]];
        assert_eq!(told_once(5, apart.clone()), apart);
    }

    #[test]
    fn a_statement_of_two_claims_is_in_both() {
        let groups = vec![vec![0, 1], vec![2, 3]];
        let pairs = [
            pair(0, 1, 0.9),
            pair(2, 3, 0.9),
            pair(1, 2, 0.6),
            pair(1, 3, 0.5),
        ];
        assert_eq!(
            shared(4, &pairs, 0.5, groups.clone()),
            vec![vec![0, 1], vec![1, 2, 3]]
        );
        assert_eq!(shared(4, &pairs, 0.7, groups.clone()), groups);
    }
}
