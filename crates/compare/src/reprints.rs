//! What stands in the same words in many articles: one agency's report on a thousand sites. In: a story's
//! documents. Out: which of their statements only repeat an earlier one, and where each is repeated.
//!
//! Reprints are one voice. Read, paired and judged one by one they would cost the square of their number and say
//! nothing more; what a site changed is no reprint and is compared like anything else.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{Document, Mention, Span};

/// Articles with the same words from which the later ones are reprints: fewer cost little, and are compared.
pub(crate) const MANY: usize = 12;
/// Bytes of a statement that does not arise so often by chance: some eight words.
const LONG: usize = 48;

/// Statements that repeat an earlier one, and where each first one is repeated.
#[derive(Default)]
pub(crate) struct Reprints {
    /// Those that do, by article and statement.
    repeats: HashSet<(u32, u32)>,
    /// By the place of a first one, of a statement or a sentence, its repetitions.
    of: BTreeMap<Mention, Vec<Mention>>,
}

impl Reprints {
    /// Finds them in the articles' own order, among the first so many statements of each.
    pub(crate) fn of(docs: &[&Document], most: usize) -> Self {
        let mut places: HashMap<&str, Vec<(u32, u32, Span)>> = HashMap::new();
        if docs.len() < MANY {
            return Self::default();
        }
        for (article, doc) in (0u32..).zip(docs) {
            for (at, statement) in (0u32..).zip(doc.statements.iter().take(most)) {
                let words = doc.get(statement.span);
                if words.len() >= LONG {
                    let known = places.entry(words).or_default();
                    // What an article says twice is its own matter.
                    if known.last().is_none_or(|last| last.0 != article) {
                        known.push((article, at, statement.span));
                    }
                }
            }
        }
        let mut found = Self::default();
        for same in places.into_values().filter(|same| same.len() >= MANY) {
            let again = same[1..].iter();
            found.repeats.extend(again.map(|one| (one.0, one.1)));
            found.keep(same.iter().map(|one| (one.0, one.2)));
        }
        found.of_sentences(docs, most);
        found
    }

    /// The same of whole sentences: what one article alone has is told by them.
    fn of_sentences(&mut self, docs: &[&Document], most: usize) {
        let mut places: HashMap<&str, Vec<(u32, Span)>> = HashMap::new();
        for (article, doc) in (0u32..).zip(docs) {
            for sentence in doc.sentences.iter().take(most) {
                let words = doc.get(sentence.span);
                if words.len() >= LONG {
                    let known = places.entry(words).or_default();
                    if known.last().is_none_or(|last| last.0 != article) {
                        known.push((article, sentence.span));
                    }
                }
            }
        }
        for same in places.into_values().filter(|same| same.len() >= MANY) {
            self.keep(same.into_iter());
        }
    }

    /// Keeps places of the same words, the first of them before those that repeat it.
    fn keep(&mut self, places: impl Iterator<Item = (u32, Span)>) {
        let mut places = places.map(|(article, span)| Mention { article, span });
        if let Some(first) = places.next() {
            self.of.insert(first, places.collect());
        }
    }

    /// Whether a statement of an article only repeats an earlier one.
    pub(crate) fn repeats(&self, article: u32, statement: u32) -> bool {
        self.repeats.contains(&(article, statement))
    }

    /// Where a passage is repeated: a statement's repetitions.
    pub(crate) fn again(&self, place: Mention) -> &[Mention] {
        self.of.get(&place).map_or(&[], Vec::as_slice)
    }
}
