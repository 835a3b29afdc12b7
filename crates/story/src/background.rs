//! How common a word is in English at large: the frozen half of the inverse document frequency.
//!
//! In: a term. Out: in how many of the background's documents it stands. The table ships with the
//! program (`models/background.bin`, its card beside it, rebuilt by `cargo xtask background`).
//!
//! Why a frozen table and not the stream alone: five articles about one event make every word of
//! that event look common, and grouping must work for five as for a million. The stream's own
//! counts are added on top (see `group`), so that a large stream outweighs the table.

/// The table: `CRBG`, then little-endian `u32` documents, `u32` entries, and each entry's `u32`
/// term and `u16` document frequency, terms rising.
static TABLE: &[u8] = include_bytes!("../../../models/background.bin");

const HEADER: usize = 12;
const ENTRY: usize = 6;

/// Documents that the background was counted over.
pub(crate) fn documents() -> u32 {
    number(TABLE, 4)
}

/// In how many of them the term stands; 0 for terms that it does not hold.
pub(crate) fn frequency(term: u32) -> u32 {
    let entries = (number(TABLE, 8) as usize).min(TABLE.len().saturating_sub(HEADER) / ENTRY);
    let (mut low, mut high) = (0, entries);
    while low < high {
        let middle = low.midpoint(high);
        let at = HEADER + middle * ENTRY;
        match number(TABLE, at).cmp(&term) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => {
                return u32::from(TABLE[at + 4]) | u32::from(TABLE[at + 5]) << 8;
            }
        }
    }
    0
}

/// Makes the table from document frequencies; used by `cargo xtask background`.
pub fn encode(documents: u32, mut frequencies: Vec<(u32, u16)>) -> Vec<u8> {
    frequencies.sort_unstable();
    frequencies.dedup_by_key(|entry| entry.0);
    let mut bytes = Vec::with_capacity(HEADER + frequencies.len() * ENTRY);
    bytes.extend_from_slice(b"CRBG");
    bytes.extend_from_slice(&documents.to_le_bytes());
    bytes.extend_from_slice(&(frequencies.len() as u32).to_le_bytes());
    for (term, frequency) in frequencies {
        bytes.extend_from_slice(&term.to_le_bytes());
        bytes.extend_from_slice(&frequency.to_le_bytes());
    }
    bytes
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let quad = bytes.get(at..at + 4).and_then(|quad| quad.try_into().ok());
    u32::from_le_bytes(quad.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::term_of;

    #[test]
    fn common_words_are_common_and_rare_ones_are_not() {
        assert!(TABLE.starts_with(b"CRBG") && documents() > 500);
        let (year, bridge) = (frequency(term_of("year")), frequency(term_of("bridg")));
        assert!(
            year > 4 * bridge && bridge > 0,
            "year {year}, bridge {bridge}"
        );
        assert_eq!(frequency(term_of("quuxly")), 0);
    }

    #[test]
    fn a_table_is_sorted_whatever_comes_in() {
        let bytes = encode(9, vec![(7, 1), (3, 2), (7, 1)]);
        assert_eq!(bytes.len(), HEADER + 2 * ENTRY);
        assert_eq!(
            (number(&bytes, HEADER), number(&bytes, HEADER + ENTRY)),
            (3, 7)
        );
    }
}
