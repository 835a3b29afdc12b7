//! How a story presents itself: the headline that serves as its title, and its days.
//!
//! In: a story's documents and their bags. Out: positions and dates, all from the sources; no word
//! is written here.

use model::{DamageKind, Document, Precision, When};

use crate::group::Bags;
use crate::terms::dot;

/// Words of a headline that says what happened without telling it all.
const SHORTEST: usize = 4;
const LONGEST: usize = 18;

/// What a headline keeps of its score if it is cut off, asks, shouts, or is too short or long.
const CUT: f32 = 0.6;
const ODD: f32 = 0.8;
const TOO_SHORT: f32 = 0.5;

/// The article whose headline is closest to what all articles and headlines say, a position in
/// `docs`; ties go to the earlier one.
pub(crate) fn title_from(docs: &[&Document], bags: &[Bags]) -> u32 {
    let mut sum = Bags::default();
    for bag in bags {
        sum.add(bag);
    }
    let mut best = (f32::NEG_INFINITY, 0);
    for (at, (doc, bag)) in docs.iter().zip(bags).enumerate() {
        let others = (sum.titled - bag.titled).max(1.0);
        let central = (dot(&bag.title, &sum.title) - bag.titled) / others
            + dot(&bag.title, &sum.all) / sum.members.max(1.0);
        let clear = doc.article.title.as_deref().map_or(-1.0, clearness);
        let damaged = doc.damage.iter().any(|d| d.kind != DamageKind::Charset);
        // A bonus of a tenth decides between headlines where the words say nothing.
        let score = (0.1 + central) * clear * if damaged { ODD } else { 1.0 };
        if score > best.0 {
            best = (score, at as u32);
        }
    }
    best.1
}

/// How well a headline reads, from its shape alone.
fn clearness(title: &str) -> f32 {
    let words = title.split_whitespace().count();
    let mut clear = 1.0;
    if words < SHORTEST {
        clear *= TOO_SHORT;
    }
    if words > LONGEST {
        clear *= ODD;
    }
    if title.ends_with("...") || title.ends_with('\u{2026}') {
        clear *= CUT;
    }
    if title.ends_with('?') {
        clear *= ODD;
    }
    if title.chars().any(char::is_lowercase) {
        clear
    } else {
        clear * ODD
    }
}

/// First and last day on which the articles were published.
pub(crate) fn days(docs: &[&Document]) -> Option<When> {
    let dates = || {
        docs.iter()
            .filter_map(|doc| doc.article.published)
            .map(|p| p.date)
    };
    let (start, end) = (dates().min()?, dates().max()?);
    Some(When {
        start,
        end,
        time: None,
        precision: Precision::Day,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_plain_headline_reads_best() {
        let plain = clearness("Harbour bridge closed after crack is found");
        for worse in [
            "Harbour bridge closed after...",
            "Bridge shut",
            "HARBOUR BRIDGE CLOSED NOW",
        ] {
            assert!(clearness(worse) < plain, "{worse}");
        }
    }
}
