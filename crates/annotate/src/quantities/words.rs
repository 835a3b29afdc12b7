//! In: `data/en/quantity.txt`. Out: what a word or phrase is to the reader of quantities, by key.

use model::Hedge;

use crate::keys::key;
use crate::language::KeyMap;

/// Words in the longest hedge of the list (`in the region of`).
pub(super) const LONGEST_HEDGE: usize = 4;

/// What a word is to a quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "named after the sorts of data/en/quantity.txt")]
pub(super) enum Kind {
    Small(u32),
    Scale(f64),
    Many(f64),
    Ordinal(u32),
    Percent,
    Points,
    Currency,
    Money,
    Coin,
    Measure,
    Square,
    Single,
    Collective,
}

/// The list, by key.
#[derive(Debug)]
pub(super) struct Words {
    kinds: KeyMap<Kind>,
    hedges: KeyMap<Hedge>,
}

impl Words {
    /// Reads `sort value: words` lines.
    pub(super) fn new(list: &str) -> Self {
        let (mut kinds, mut hedges) = (Vec::new(), Vec::new());
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, words)) = line.split_once(':') else {
                continue;
            };
            let Some((sort, value)) = head.split_once(' ') else {
                continue;
            };
            let value: f64 = value.trim().parse().unwrap_or_default();
            for word in words.split_whitespace() {
                if sort == "hedge" {
                    let hedge = match value as u8 {
                        1 => Hedge::About,
                        2 => Hedge::AtLeast,
                        _ => Hedge::AtMost,
                    };
                    hedges.push((phrase_key(word.split('_').map(key)), hedge));
                } else if let Some(kind) = kind(sort, value) {
                    kinds.push((key(word), kind));
                }
            }
        }
        Self {
            kinds: KeyMap::new(kinds),
            hedges: KeyMap::new(hedges),
        }
    }

    /// What the word with this key is.
    pub(super) fn get(&self, key: u64) -> Option<Kind> {
        self.kinds.get(key)
    }

    /// What a word is.
    pub(super) fn of(&self, word: &str) -> Option<Kind> {
        self.kinds.get(key(word))
    }

    /// The hedge that a phrase is.
    pub(super) fn hedge(&self, phrase: u64) -> Option<Hedge> {
        self.hedges.get(phrase)
    }
}

/// One key for the keys of a phrase.
pub(super) fn phrase_key(keys: impl Iterator<Item = u64>) -> u64 {
    keys.fold(0x517c_c1b7_2722_0a95, |hash: u64, key| {
        (hash.rotate_left(5) ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

fn kind(sort: &str, value: f64) -> Option<Kind> {
    Some(match sort {
        "small" => Kind::Small(value as u32),
        "scale" => Kind::Scale(value),
        "many" => Kind::Many(value),
        "ordinal" => Kind::Ordinal(value as u32),
        "percent" => Kind::Percent,
        "points" => Kind::Points,
        "currency" => Kind::Currency,
        "money" => Kind::Money,
        "coin" => Kind::Coin,
        "measure" => Kind::Measure,
        "square" => Kind::Square,
        "collective" => Kind::Collective,
        "single" => Kind::Single,
        _ => return None,
    })
}
