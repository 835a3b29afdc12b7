//! In: lists of English words, when the lexicon is built. Out: a compact file that tells whether a
//! word is English: the sorted lower halves of the words' keys. One unknown word in twenty
//! thousand is taken for a known one; that hides a damaged word and never invents one.

use crate::keys::key;

/// The lexicon that ships; `data/en/lexicon.md` tells where it is from.
const LEXICON: &[u8] = include_bytes!("../data/en/lexicon.bin");

/// Bytes of one entry.
const ENTRY: usize = 4;

/// The lexicon of a list of words, one a line.
pub fn build(words: &str) -> Vec<u8> {
    let mut entries: Vec<u32> = words
        .split_whitespace()
        .map(|word| key(word) as u32)
        .collect();
    entries.sort_unstable();
    entries.dedup();
    entries.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// Whether the word with this key is in the English lexicon, in any letter case.
pub(crate) fn is_english(key: u64) -> bool {
    contains(LEXICON, key)
}

fn contains(lexicon: &[u8], key: u64) -> bool {
    let wanted = key as u32;
    let entry = |index: usize| {
        let bytes = lexicon.get(index * ENTRY..(index + 1) * ENTRY)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    let (mut low, mut high) = (0, lexicon.len() / ENTRY);
    while low < high {
        let middle = low + (high - low) / 2;
        match entry(middle) {
            Some(found) if found == wanted => return true,
            Some(found) if found < wanted => low = middle + 1,
            _ => high = middle,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_found_again() {
        let lexicon = build("harbour harbours Harl\nferry");
        assert!(
            ["Harbour", "harl", "ferry"]
                .iter()
                .all(|word| contains(&lexicon, key(word)))
        );
        assert!(!contains(&lexicon, key("embbady")) && !contains(&[], key("ferry")));
        assert!(!contains(&lexicon[..7], key("nothing")));
    }

    #[test]
    fn the_lexicon_that_ships_knows_english() {
        for word in [
            "embassy",
            "embassies",
            "harbour",
            "color",
            "classified",
            "ministers",
        ] {
            assert!(is_english(key(word)), "{word}");
        }
        assert!(!is_english(key("embbady")) && !is_english(key("clbuttic")));
    }
}
