//! In: a document with tokens. Out: notes on words that something broke on the way from page to
//! page, each with its repair where that can be told: letters that a word filter swapped inside a
//! longer word, abbreviations that a machine translation left in another language, bytes decoded
//! with the wrong charset. Refuses to call a rare word or a name damaged: a filtered word must be
//! unknown, must not look like a name, and must become a known English word when one swap of
//! `data/en/damage.txt` is taken back.

mod charset;

use model::{Damage, DamageKind, Document, Span, Token, TokenClass};

use crate::keys::key;
use crate::language::words;
use crate::spelling::is_english;
use crate::tokens::english_stem;

/// Finds damaged words.
#[derive(Debug)]
pub(crate) struct Damages {
    /// What a filter writes, and what may have stood there.
    filters: Vec<(&'static str, Vec<&'static str>)>,
    /// What a filter covers with asterisks.
    masked: Vec<&'static str>,
    /// Foreign abbreviations and what they stand for.
    leftovers: Vec<(&'static str, &'static str)>,
}

/// Letters of the shortest word that a filter is believed to have broken. Below it, chance turns
/// too many unknown words into known ones.
const SHORTEST: usize = 6;

/// Letters of the longest one; longer words are no words.
const LONGEST: usize = 32;

impl Damages {
    /// Reads its list, which is a part of the program.
    pub(crate) fn new() -> Self {
        let (mut filters, mut masked, mut leftovers) = (Vec::new(), Vec::new(), Vec::new());
        for line in include_str!("../data/en/damage.txt").lines() {
            let Some((head, rest)) = line.split_once(':') else {
                continue;
            };
            match head.split_once(' ') {
                Some(("filter", letters)) => filters.push((letters, words(rest).collect())),
                Some(("leftover", form)) => leftovers.push((form, rest.trim())),
                None if head == "mask" => masked.extend(words(rest)),
                _ => {}
            }
        }
        Self {
            filters,
            masked,
            leftovers,
        }
    }

    /// Adds the layer of damage; of words only in English.
    pub(crate) fn add(&self, doc: &mut Document, english: bool) {
        let mut found = charset::find(&doc.article.text);
        if english {
            self.filtered(doc, &mut found);
            self.masks(doc, &mut found);
            self.left(doc, &mut found);
        }
        found.sort_by_key(|damage| (damage.span.start(), damage.span.end()));
        found.dedup_by(|next, kept| kept.span.overlaps(next.span));
        doc.damage = found;
        mend(doc);
    }

    /// Words with a filter's letters inside.
    fn filtered(&self, doc: &Document, found: &mut Vec<Damage>) {
        let mut swaps = Vec::new();
        let mut capitals = Vec::new();
        for token in &doc.tokens {
            let length = token.span.len();
            if token.class != TokenClass::Word || !(SHORTEST..=LONGEST).contains(&length) {
                continue;
            }
            let word = doc.get(token.span);
            if !word.bytes().all(|byte| byte.is_ascii_alphabetic()) || is_english(token.key) {
                continue;
            }
            if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                if let Some((repair, swap)) = self.unfilter(word) {
                    swaps.push(swap);
                    found.push(damage(token.span, Some(repair), DamageKind::Filter));
                }
            } else {
                capitals.push(token.span);
            }
        }
        // A word with a capital is most likely a name, except where the same filter has been seen
        // at work in this text.
        for span in capitals {
            let word = doc.get(span);
            let lower = word.to_ascii_lowercase();
            if let Some((repair, _)) = self
                .unfilter(&lower)
                .filter(|(_, swap)| swaps.contains(swap))
            {
                found.push(damage(span, Some(like(word, &repair)), DamageKind::Filter));
            }
        }
    }

    /// The English word that one swap taken back makes of an unknown one, and the swap.
    fn unfilter(&self, word: &str) -> Option<(String, (usize, usize))> {
        for (index, (letters, originals)) in self.filters.iter().enumerate() {
            for (at, _) in word.match_indices(letters) {
                for (which, original) in originals.iter().enumerate() {
                    let repair = [&word[..at], original, &word[at + letters.len()..]].concat();
                    // The whole word gone is a filter's honest work and no riddle.
                    if repair.len() > original.len() && is_english(key(&repair)) {
                        return Some((repair, (index, which)));
                    }
                }
            }
        }
        None
    }

    /// Asterisks inside a longer word: `cl***ic`.
    fn masks(&self, doc: &Document, found: &mut Vec<Damage>) {
        let text = doc.article.text.as_str();
        for token in doc
            .tokens
            .iter()
            .filter(|token| token.class == TokenClass::Mark)
        {
            let stars = doc.get(token.span);
            if !stars.bytes().all(|byte| byte == b'*') {
                continue;
            }
            let before = text[..token.span.start()].bytes().rev().take(LONGEST);
            let start = token.span.start() - before.take_while(u8::is_ascii_alphabetic).count();
            let behind = text[token.span.end()..].bytes().take(LONGEST);
            let end = token.span.end() + behind.take_while(u8::is_ascii_alphabetic).count();
            let (Some(head), Some(tail)) = (
                text.get(start..token.span.start()),
                text.get(token.span.end()..end),
            ) else {
                continue;
            };
            if head.len() + tail.len() < 3 {
                continue;
            }
            let repair = self
                .masked
                .iter()
                .filter(|original| original.len() == stars.len())
                .map(|original| [head, original, tail].concat())
                .find(|word| is_english(key(word)));
            if let (Some(repair), Ok(span)) = (repair, doc.article.text.span(start..end)) {
                found.push(damage(span, Some(repair), DamageKind::Filter));
            }
        }
    }

    /// Abbreviations of another language; not where the text explains them in brackets.
    fn left(&self, doc: &Document, found: &mut Vec<Damage>) {
        for (index, token) in doc.tokens.iter().enumerate() {
            let word = doc.get(token.span);
            if token.class != TokenClass::Word
                || !word.starts_with(|c: char| c.is_ascii_uppercase())
            {
                continue;
            }
            let bare = word.trim_end_matches('.');
            let Some((form, repair)) = self.leftovers.iter().find(|(form, _)| *form == bare) else {
                continue;
            };
            let next = |ahead: usize| {
                doc.tokens
                    .get(index + ahead)
                    .map_or("", |token: &Token| doc.get(token.span))
            };
            let before = index
                .checked_sub(1)
                .map_or("", |i| doc.get(doc.tokens[i].span));
            if before == "(" || before == "/" || next(1) == ")" {
                continue;
            }
            // `EE` alone is something else; `EE. UU.` is one thing.
            let mut span = token.span;
            if *form == "EE" {
                let ahead = if next(1) == "." { 2 } else { 1 };
                match doc
                    .tokens
                    .get(index + ahead)
                    .filter(|_| next(ahead).trim_end_matches('.') == "UU")
                {
                    Some(uu) => span = span.hull(uu.span),
                    None => continue,
                }
            }
            found.push(damage(
                span,
                Some(String::from(*repair)),
                DamageKind::Translation,
            ));
        }
    }
}

/// What a filter broke is compared as the word that it was: its letters stay, and its stem is that of the repair.
fn mend(doc: &mut Document) {
    for damage in doc.damage.iter().filter(|d| d.kind == DamageKind::Filter) {
        let Some(repair) = &damage.repair else {
            continue;
        };
        let at = doc
            .tokens
            .partition_point(|token| token.span.start() < damage.span.start());
        if let Some(token) = doc
            .tokens
            .get_mut(at)
            .filter(|token| token.span == damage.span)
        {
            token.stem = english_stem(repair);
        }
    }
}

fn damage(span: Span, repair: Option<String>, kind: DamageKind) -> Damage {
    Damage { span, repair, kind }
}

/// A repair in the letter case of the broken word.
fn like(word: &str, repair: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return repair.to_ascii_uppercase();
    }
    let mut letters = repair.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}
