//! In: two statements. Out: what they share of one kind of detail: terms, numbers, days.

use crate::terms::Said;

/// What two statements make of one kind of detail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sharing {
    /// One has none, or they cannot be set against each other.
    Silent,
    /// They share one.
    Shared,
    /// They have different ones in the same place.
    Differs,
}

/// Whether two statements give the same number, or different ones of one unit.
pub(crate) fn numbers(a: &Said, b: &Said) -> Sharing {
    let mut sharing = Sharing::Silent;
    for one in &a.numbers {
        for other in &b.numbers {
            if one.kind == other.kind && one.agrees(other) {
                return Sharing::Shared;
            }
            if one.kind == other.kind && one.unit == other.unit && one.unit != 0 {
                sharing = Sharing::Differs;
            }
        }
    }
    sharing
}

/// Whether two statements speak of the same days or of different ones.
pub(crate) fn days(a: &Said, b: &Said) -> Sharing {
    if a.days.is_empty() || b.days.is_empty() {
        return Sharing::Silent;
    }
    let agree = a
        .days
        .iter()
        .any(|one| b.days.iter().any(|other| one.agrees(other)));
    if agree {
        Sharing::Shared
    } else {
        Sharing::Differs
    }
}

/// Cosine of two statements' terms, and the weight of what they share.
pub(crate) fn shared_terms(a: &Said, b: &Said) -> (f32, f32) {
    let (mut dot, mut shared, mut at) = (0.0, 0.0, 0);
    for &(term, weight) in &a.terms {
        while b.terms.get(at).is_some_and(|other| other.0 < term) {
            at += 1;
        }
        if let Some(&(_, other)) = b.terms.get(at).filter(|other| other.0 == term) {
            dot += weight * other;
            shared += weight.min(other);
        }
    }
    (dot / (a.norm * b.norm).max(f32::MIN_POSITIVE), shared)
}
