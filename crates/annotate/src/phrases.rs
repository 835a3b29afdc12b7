//! In: words and phrases with a meaning each, as the data files list them. Out: which of them stand
//! at a token. `_` joins the words of a phrase, `..` in it is a gap: `lehnte_.._ab`.

use model::{Token, TokenClass};

use crate::keys::key;
use crate::language::KeyMap;

/// Stands for a gap among the keys of a phrase; no word has it for its key.
const GAP: u64 = 0;
/// So many words may stand in a gap: an object with its attributes. No mark may.
const WIDEST_GAP: usize = 8;

/// Phrases by their first word.
#[derive(Debug)]
pub(crate) struct Phrases<V> {
    heads: KeyMap<(u32, u32)>,
    list: Vec<(Vec<u64>, V)>,
}

/// A phrase that stands in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match<V> {
    /// One past its last token.
    pub(crate) end: usize,
    /// Whether other words may stand in it.
    pub(crate) gapped: bool,
    /// What it means.
    pub(crate) value: V,
}

impl<V: Copy> Phrases<V> {
    /// Of phrases as they are written in the data files.
    pub(crate) fn new<'a>(entries: impl IntoIterator<Item = (&'a str, V)>) -> Self {
        let keys = |phrase: &str| -> Vec<u64> {
            let words = phrase.split('_').filter(|word| !word.is_empty());
            words
                .map(|word| if word == ".." { GAP } else { key(word) })
                .collect()
        };
        let entries = entries
            .into_iter()
            .map(|(phrase, value)| (keys(phrase), value));
        let mut list: Vec<(Vec<u64>, V)> = entries.filter(|(keys, _)| !keys.is_empty()).collect();
        // Stable: of equal phrases the order of the file holds.
        list.sort_by_key(|(keys, _)| keys[0]);
        let mut heads = Vec::new();
        let mut from = 0;
        for run in list.chunk_by(|a, b| a.0[0] == b.0[0]) {
            heads.push((run[0].0[0], (from as u32, (from + run.len()) as u32)));
            from += run.len();
        }
        Self {
            heads: KeyMap::new(heads),
            list,
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The phrases that begin with the token `at` and end before `end`.
    pub(crate) fn at(
        &self,
        tokens: &[Token],
        at: usize,
        end: usize,
    ) -> impl Iterator<Item = Match<V>> {
        let tokens = &tokens[..end.min(tokens.len())];
        let run = tokens
            .get(at)
            .and_then(|token| self.heads.get(token.key))
            .map_or(&[][..], |(from, to)| &self.list[from as usize..to as usize]);
        run.iter().filter_map(move |(keys, value)| {
            Some(Match {
                end: matched(keys, tokens, at)?,
                gapped: keys.contains(&GAP),
                value: *value,
            })
        })
    }
}

/// Where a phrase ends that begins with the token `at`.
fn matched(keys: &[u64], tokens: &[Token], mut at: usize) -> Option<usize> {
    let mut keys = keys.iter().copied();
    while let Some(key) = keys.next() {
        if key == GAP {
            let next = keys.next()?;
            let within = tokens[at..].iter().take(WIDEST_GAP + 1);
            at += within
                .take_while(|token| token.class != TokenClass::Mark)
                .position(|token| token.key == next)?;
        } else if tokens.get(at)?.key != key {
            return None;
        }
        at += 1;
    }
    Some(at)
}
