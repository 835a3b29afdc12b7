//! In: words in their order, as stems. Out: their neighbouring pairs, and the longest run that two sequences share.
//! Refuses nothing.

/// Length of the longest run of equal stems.
pub(crate) fn longest_run(a: &[u64], b: &[u64]) -> usize {
    // Copies meet themselves often.
    if a == b {
        return a.len();
    }
    let mut best = 0;
    let mut before = vec![0usize; b.len() + 1];
    for one in a {
        let mut diagonal = 0;
        for (at, other) in b.iter().enumerate() {
            let above = before[at + 1];
            before[at + 1] = if one == other { diagonal + 1 } else { 0 };
            best = best.max(before[at + 1]);
            diagonal = above;
        }
    }
    best
}

/// The neighbouring pairs of a sequence, sorted: so that two lists are compared in one walk.
pub(crate) fn neighbour_pairs(sequence: &[u64]) -> Vec<(u64, u64)> {
    let mut pairs: Vec<(u64, u64)> = sequence.windows(2).map(|two| (two[0], two[1])).collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_is_contiguous() {
        assert_eq!(longest_run(&[1, 2, 3, 9, 4], &[7, 2, 3, 4]), 2);
        assert_eq!(longest_run(&[], &[1]), 0);
        assert_eq!(longest_run(&[5, 5, 5], &[5, 5]), 2);
    }

    #[test]
    fn word_pairs_are_sorted_and_keep_repeats() {
        assert_eq!(
            neighbour_pairs(&[3, 1, 2, 1, 2]),
            vec![(1, 2), (1, 2), (2, 1), (3, 1)]
        );
        assert!(neighbour_pairs(&[1]).is_empty());
    }
}
