//! In: what people decided of a story's passages. Out: the same of its statements: pairs and groups that hold to it. Of
//! two decisions on one pair the later one holds.

use std::collections::BTreeMap;

use model::{Decided, Mention};

use crate::terms::Terms;

/// What people decided of pairs of statements: whether both state one claim, by their places, the lesser first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decisions(BTreeMap<(u32, u32), bool>);

impl Decisions {
    #[cfg(test)]
    pub(crate) fn of_pairs(pairs: &[((u32, u32), bool)]) -> Self {
        Self(pairs.iter().copied().collect())
    }

    pub(crate) fn of(decided: &Decided, terms: &Terms) -> Self {
        let mut pairs = BTreeMap::new();
        let statements = |mention: &Mention| -> Vec<u32> {
            let said = (0u32..).zip(&terms.said);
            let said = said.filter(|(_, said)| {
                said.article == mention.article
                    && said.span.start() < mention.span.end()
                    && mention.span.start() < said.span.end()
            });
            said.map(|(at, _)| at).collect()
        };
        for (mentions, one) in &decided.pairs {
            for &a in &statements(&mentions[0]) {
                for &b in statements(&mentions[1]).iter().filter(|b| **b != a) {
                    pairs.insert((a.min(b), a.max(b)), *one);
                }
            }
        }
        Self(pairs)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was decided of two statements, if anything.
    pub(crate) fn on(&self, one: u32, other: u32) -> Option<bool> {
        if self.is_empty() {
            return None;
        }
        self.0.get(&(one.min(other), one.max(other))).copied()
    }

    /// The pairs that were put together.
    pub(crate) fn together(&self) -> impl Iterator<Item = (u32, u32)> {
        let together = self.0.iter().filter(|(_, one)| **one);
        together.map(|(pair, _)| *pair)
    }

    /// Groups that hold to it: those of two statements that are together are one, and of two that are apart the
    /// second leaves, into a group of its own where it is in no other.
    pub(crate) fn grouped(&self, mut groups: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
        for (&(a, b), _) in self.0.iter().filter(|(_, one)| **one) {
            let of = |groups: &[Vec<u32>], said: u32| {
                groups.iter().position(|group| group.contains(&said))
            };
            if let (Some(to), Some(from)) = (of(&groups, a), of(&groups, b))
                && to != from
            {
                let moved = groups.remove(from);
                let to = to - usize::from(from < to);
                groups[to].extend(moved);
                groups[to].sort_unstable();
                groups[to].dedup();
            }
        }
        for (&(a, b), _) in self.0.iter().filter(|(_, one)| !**one) {
            // Who is apart from most of a group is who leaves it.
            for at in 0..groups.len() {
                let group = &groups[at];
                if !(group.contains(&a) && group.contains(&b)) {
                    continue;
                }
                let apart = |said: u32| {
                    let others = group
                        .iter()
                        .filter(|other| self.on(said, **other) == Some(false));
                    others.count()
                };
                let leaves = if apart(a) > apart(b) { a } else { b };
                groups[at].retain(|said| *said != leaves);
                if !groups.iter().any(|group| group.contains(&leaves)) {
                    groups.push(vec![leaves]);
                }
            }
        }
        groups.sort();
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decisions(pairs: &[((u32, u32), bool)]) -> Decisions {
        Decisions::of_pairs(pairs)
    }

    #[test]
    fn who_is_apart_leaves_and_who_is_together_joins() {
        let groups = vec![vec![0, 1, 2], vec![3], vec![4, 5]];
        let apart = decisions(&[((0, 2), false), ((1, 2), false)]);
        let parted = vec![vec![0, 1], vec![2], vec![3], vec![4, 5]];
        assert_eq!(apart.grouped(groups.clone()), parted);
        let together = decisions(&[((2, 4), true)]);
        assert_eq!(
            together.grouped(groups.clone()),
            vec![vec![0, 1, 2, 4, 5], vec![3]]
        );
        assert_eq!(decisions(&[]).grouped(groups.clone()), groups);
    }
}
