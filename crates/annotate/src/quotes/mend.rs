//! In: the items of a paragraph as the tagger has them. Out: the same, mended where the words around
//! leave no doubt. Refuses nothing: what it does not know stays as it is.

use super::gram::{Gram, Item};

/// Mends what a tagger that sees strange words one by one gets wrong: `the chief executive, Eva
/// Lund, said` has a noun there, and what stands with a capital before a name is one.
pub fn mend(items: &mut [Item]) {
    // Whether a determiner has opened the phrase, and a noun is in it.
    let (mut opened, mut solid) = (false, false);
    for at in 0..items.len() {
        let (item, behind) = (items[at], &items[at + 1..]);
        let next = behind.first();
        match item.gram {
            Gram::Determiner | Gram::Possessive => (opened, solid) = (true, false),
            Gram::Adjective if opened && ends_in_adjective(behind, solid) => {
                items[at].gram = Gram::Noun;
            }
            Gram::Other
                if item.capital && next.is_some_and(|n| n.capital && n.gram == Gram::Name) =>
            {
                items[at].gram = Gram::Name;
            }
            // `one official said`, `one said`
            Gram::Personal
                if item.word.determines
                    && next.is_some_and(|n| {
                        matches!(n.gram, Gram::Noun | Gram::Adjective | Gram::Name)
                    }) =>
            {
                items[at].gram = Gram::Determiner;
                (opened, solid) = (true, false);
            }
            Gram::Adjective => {}
            Gram::Noun => solid = true,
            // `its founder and chief executive`
            Gram::Conjunction => solid = false,
            _ => opened = false,
        }
    }
}

/// Whether no noun follows an adjective: it stands for one itself.
fn ends_in_adjective(behind: &[Item], solid: bool) -> bool {
    let gram = |at: usize| behind.get(at).map(|item| item.gram);
    match gram(0) {
        Some(Gram::Comma) => {
            gram(1) == Some(Gram::Name) || !solid && gram(1) == Some(Gram::Determiner)
        }
        // `the best known song`
        Some(Gram::Verb) => {
            let described = matches!(gram(1), Some(Gram::Noun | Gram::Adjective | Gram::Name));
            !solid && !behind[0].ing && (behind[0].word.cue.is_some() || !described)
        }
        Some(Gram::Possessive | Gram::Relative) => !solid,
        _ => false,
    }
}
