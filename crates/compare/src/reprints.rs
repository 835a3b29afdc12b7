//! What stands in the same words in many articles: one agency's report on a thousand sites. In: a story's
//! documents. Out: which of their statements only repeat an earlier one, and where each is repeated.
//!
//! Reprints are one voice. Read, paired and judged one by one they would cost the square of their number and say
//! nothing more. What a site changed is no reprint and is compared like anything else, up to some hundreds of sites:
//! those that changed most.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use model::{ArticleIx, Document, Mention, Span};

/// Articles with the same words from which the later ones are reprints: fewer cost little, and are compared.
pub(crate) const MANY: usize = 12;
/// Bytes of a statement that does not arise so often by chance: some eight words.
const LONG: usize = 48;

/// Articles that mostly repeat others and are compared in what they changed, at most.
const CHANGED: usize = 300;

/// Statements that repeat an earlier one, and where each first one is repeated.
#[derive(Default)]
pub(crate) struct Reprints {
    /// Those that do, by article and statement.
    repeats: HashSet<(ArticleIx, u32)>,
    /// Articles that mostly repeat others and are not compared beyond that.
    uncompared: HashSet<ArticleIx>,
    /// By the place of a first one, of a statement or a sentence, its repetitions.
    of: BTreeMap<Mention, Vec<Mention>>,
}

impl Reprints {
    /// Finds them in the articles' own order, among the first so many statements of each.
    pub(crate) fn of(docs: &[&Document], most: usize) -> Self {
        let mut found = Self::default();
        if docs.len() < MANY {
            return found;
        }
        let statements = |doc: &Document| -> Vec<Span> {
            let statements = doc.statements.iter().take(most);
            statements.map(|statement| statement.span).collect()
        };
        for same in in_many(docs, statements) {
            let again = same[1..].iter();
            found
                .repeats
                .extend(again.map(|(place, at)| (place.article, *at)));
            found.keep(&same);
        }
        found.uncompared = found.least_changed(docs, statements);
        // What one article alone has is told by whole sentences.
        let sentences = |doc: &Document| -> Vec<Span> {
            let sentences = doc.sentences.iter().take(most);
            sentences.map(|sentence| sentence.span).collect()
        };
        for same in in_many(docs, sentences) {
            found.keep(&same);
        }
        found
    }

    /// Keeps places of the same words, the first of them before those that repeat it.
    fn keep(&mut self, same: &[(Mention, u32)]) {
        if let Some(((first, _), again)) = same.split_first() {
            let again = again.iter().map(|(place, _)| *place);
            self.of.insert(*first, again.collect());
        }
    }

    /// The articles at least half of which repeats others, but for those that changed most.
    fn least_changed(
        &self,
        docs: &[&Document],
        statements: impl Fn(&Document) -> Vec<Span>,
    ) -> HashSet<ArticleIx> {
        let mut changed: Vec<(Reverse<usize>, ArticleIx)> = Vec::new();
        for (article, doc) in ArticleIx::all().zip(docs) {
            let (mut all, mut own) = (0, 0);
            for (at, span) in (0u32..).zip(statements(doc)) {
                all += span.len();
                own += if self.repeats(article, at) {
                    0
                } else {
                    span.len()
                };
            }
            if own * 2 <= all {
                changed.push((Reverse(own), article));
            }
        }
        changed.sort_unstable();
        let rest = changed.into_iter().skip(CHANGED);
        rest.map(|(_, article)| article).collect()
    }

    /// Whether a statement of an article only repeats an earlier one.
    fn repeats(&self, article: ArticleIx, statement: u32) -> bool {
        self.repeats.contains(&(article, statement))
    }

    /// Whether a statement is not compared: it repeats an earlier one, or its article does in all but a few words.
    pub(crate) fn leaves_out(&self, article: ArticleIx, statement: u32) -> bool {
        self.is_uncompared(article) || self.repeats(article, statement)
    }

    /// Whether an article mostly repeats others, and what it changed is not compared.
    pub(crate) fn is_uncompared(&self, article: ArticleIx) -> bool {
        self.uncompared.contains(&article)
    }

    /// Where a passage is repeated: a statement's repetitions.
    pub(crate) fn again(&self, place: Mention) -> &[Mention] {
        self.of.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The places in other articles of what an article repeats.
    pub(crate) fn repeated_by(&self, article: ArticleIx) -> impl Iterator<Item = Mention> {
        let of = self.of.iter();
        of.filter(move |(_, again)| again.iter().any(|place| place.article == article))
            .map(|(first, _)| *first)
    }
}

/// For all long passages that stand in many articles, their places in the articles' order, each with the passage's
/// number in its article.
fn in_many(
    docs: &[&Document],
    passages: impl Fn(&Document) -> Vec<Span>,
) -> impl Iterator<Item = Vec<(Mention, u32)>> {
    let mut places: HashMap<&str, Vec<(Mention, u32)>> = HashMap::new();
    for (article, doc) in ArticleIx::all().zip(docs) {
        for (at, span) in (0u32..).zip(passages(doc)) {
            let words = doc.get(span);
            if words.len() < LONG {
                continue;
            }
            let known = places.entry(words).or_default();
            // What an article says twice is its own matter.
            if known.last().is_none_or(|(last, _)| last.article != article) {
                known.push((Mention { article, span }, at));
            }
        }
    }
    places.into_values().filter(|same| same.len() >= MANY)
}
