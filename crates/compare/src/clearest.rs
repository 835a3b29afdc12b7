//! In: the passages of a claim. Out: the one that stands for it; and whether a passage can be read by
//! itself. Prefers what another origin states too, whole sentences, undamaged words.

use std::collections::{BTreeMap, HashSet};

use model::{ArticleIx, Document, Span, Stance, Story, TokenClass};

use crate::lexicon::{Words, has_word, lexicon};
use crate::terms::{Said, Terms};

/// Quote marks and brackets, in bytes, that can stand before a sentence's first word.
const OPENING_MARKS: usize = 6;
/// A statement is all of its sentence where it has so many tenths of it.
const WHOLE_TENTHS: usize = 8;

/// Whether a statement is all of its sentence, or nearly.
pub(crate) fn is_sentence(doc: &Document, said: &Said) -> bool {
    doc.sentences
        .get(said.sentence as usize)
        .is_some_and(|sentence| said.span.len() * 10 >= sentence.span.len() * WHOLE_TENTHS)
}

/// Whether a statement can be read by itself: a sentence that ends as sentences do (a menu line or
/// a byline does not), or a clause of one that does not open with a word that hangs on another.
pub(crate) fn is_whole(doc: &Document, said: &Said) -> bool {
    let Some(sentence) = doc.sentences.get(said.sentence as usize) else {
        return false;
    };
    let words = doc.get(sentence.span);
    let ends = words
        .trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»“)]".contains(c))
        .ends_with([
            '.', '!', '?', '…', ':', ';', ',', '。', '！', '？', '؟', '।',
        ]);
    let first = doc.tokens[doc.tokens_in(said.span)]
        .iter()
        .find(|token| token.class != TokenClass::Mark);
    let hangs = first.is_some_and(|token| {
        let word = doc.get(token.span);
        let opens = token.span.start() <= sentence.span.start() + OPENING_MARKS;
        let is = |words: &Words| has_word(words, word);
        // "And it fell." is a sentence, "If it falls," a part of one.
        !opens && is(&lexicon(doc).joining)
            || (!opens || !is_sentence(doc, said)) && is(&lexicon(doc).hanging)
    });
    let notice = words.contains(" | ") || words.contains('©') || {
        let mut words = words.split_whitespace();
        words
            .next()
            .is_some_and(|w| w.eq_ignore_ascii_case("copyright"))
    };
    ends && !hangs && !notice
}

/// The passages that stand for a claim already, and their words.
#[derive(Default)]
pub(crate) struct Shown<'a> {
    words: HashSet<&'a [u64]>,
    passages: BTreeMap<ArticleIx, Vec<Span>>,
}

impl<'a> Shown<'a> {
    pub(crate) fn push(&mut self, said: &'a Said) {
        self.words.insert(&said.content);
        self.passages
            .entry(said.article)
            .or_default()
            .push(said.span);
    }

    fn holds(&self, said: &Said) -> bool {
        let here = self.passages.get(&said.article);
        self.words.contains(&said.content[..])
            || here.is_some_and(|spans| spans.iter().any(|span| span.overlaps(said.span)))
    }
}

/// The reading that stands best alone: asserted, undamaged, a whole sentence, neither
/// clipped nor endless.
pub(crate) fn clearest(
    story: &Story,
    docs: &[&Document],
    terms: &Terms,
    said: &[&Said],
    stands: &[i64],
    shown: &Shown<'_>,
) -> usize {
    // The words that the readings share are what the claim says; one that holds more of them, and
    // little else, is the clearest.
    let central = |one: &Said| -> i64 {
        let (mut held, mut mass) = (0.0, 0.0);
        for &stem in &one.content {
            let others = said
                .iter()
                .filter(|other| other.content.contains(&stem))
                .count()
                - 1;
            let weight = terms.stem_weight(stem);
            held += weight * others as f32 / (said.len().max(2) - 1) as f32;
            mass += weight;
        }
        (40.0 * held / f32::max(mass, f32::MIN_POSITIVE)) as i64
    };
    // A machine's words stand for a claim where there are no others.
    let made_over = |article: ArticleIx| story.rewrites.iter().any(|one| one.article == article);
    let value = |at: usize, one: &Said| -> i64 {
        let doc = docs[one.article];
        let whole = is_sentence(doc, one);
        let named = one.names.len().min(3) as i64;
        let length = (one.span.len() as i64 - 160).abs() / 20;
        let damaged = doc.damage.iter().any(|d| one.span.overlaps(d.span));
        let again = shown.holds(one);
        40 * i64::from(one.stance == Stance::Asserts)
            + 20 * i64::from(whole)
            + 6 * named
            + central(one)
            + 100 * stands[at]
            + 40 * i64::from(is_whole(doc, one))
            - 1_000 * i64::from(again)
            - 500 * i64::from(made_over(one.article))
            - length
            - 30 * i64::from(damaged)
            - (doc.damage.len().min(10) as i64)
    };
    said.iter()
        .enumerate()
        .max_by_key(|(at, one)| (value(*at, one), std::cmp::Reverse(*at)))
        .map_or(0, |(at, _)| at)
}
