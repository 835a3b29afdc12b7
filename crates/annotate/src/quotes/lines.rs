//! In: the words before a colon, or a line that a dash opens. Out: whom they introduce or who signs
//! with them. Refuses lines that tell something: a signature has no verb but in a relative clause.

use std::ops::Range;

use crate::keys::key;

use super::cues::Ways;
use super::frames::subject_of_clause;
use super::gram::{Gram, Item};
use super::phrases::{phrase_before, phrase_from};

/// Whom the words before a colon introduce: `Eva Lund, who owns four barges:`, `A last word from Eva
/// Lund:`, or the subject of their clause.
pub fn introduced(items: &[Item], low: usize, colon: usize) -> Option<Range<usize>> {
    use Gram::{Adverb, Conjunction, Dash, Preposition, Stop, Time};
    let first = (low..colon).find(|&at| !matches!(items[at].gram, Dash | Stop | Conjunction))?;
    let whole = phrase_from(items, first, colon).filter(|phrase| {
        let noun = |item: &Item| matches!(item.gram, Gram::Name | Gram::Noun | Gram::Personal);
        items[phrase.clone()].iter().any(noun) && !items[phrase.end..colon].iter().any(is_finite)
    });
    // `And this from the mayor, Eva Lund:`
    let last = || {
        let phrase = phrase_before(items, low, colon)?;
        let comma = phrase.start > first && items[phrase.start - 1].gram == Gram::Comma;
        let head = comma.then(|| phrase_before(items, first, phrase.start - 1));
        let start = head.flatten().map_or(phrase.start, |head| head.start);
        let lead = &items[first..start.max(first)];
        let plain = |item: &Item| matches!(item.gram, Preposition | Adverb | Time);
        let from = lead.last().is_some_and(|item| item.gram == Preposition);
        let alone = lead.iter().all(plain)
            || lead
                .last()
                .is_some_and(|item| matches!(item.gram, Dash | Stop));
        let short = lead.len() <= LEAD && !lead.iter().any(is_finite);
        (alone || (from || comma) && short).then_some(start..colon)
    };
    let phrase = whole
        .or_else(last)
        .or_else(|| subject_of_clause(items, low, colon))?;
    let named = |at: usize| items[at].gram == Gram::Name;
    let from = (phrase.start..phrase.end)
        .take_while(|&at| !named(at))
        .find(|&at| items[at].key == key("from"));
    Some(from.map_or(phrase.start, |from| from + 1)..phrase.end)
}

/// Whether a phrase names a person or an office, and no thing.
pub fn is_somebody(phrase: &[Item]) -> bool {
    let who = |item: &Item| item.gram == Gram::Name || item.word.noun.any(Ways::ROLE);
    phrase.iter().any(who)
}

/// Who signs the words before: `— Eva Lund, teacher`, with nothing told of her but in a relative
/// clause.
pub fn signer(items: &[Item], line: Range<usize>) -> Option<Range<usize>> {
    const LONGEST: usize = 32;
    let signs = items.get(line.start)?.gram == Gram::Dash
        && line.len() <= LONGEST
        && items[line.clone()].get(1)?.capital;
    let who = signs.then(|| phrase_from(items, line.start + 1, line.end))??;
    let told = items[who.start..line.end].iter().position(is_finite);
    let within = |verb: usize| {
        let before = &items[who.start..who.start + verb];
        who.start + verb < who.end && before.iter().any(|item| item.gram == Gram::Relative)
    };
    told.is_none_or(within).then_some(who)
}

/// Words before a preposition that hands over to a speaker: `A last word from …`.
const LEAD: usize = 5;

fn is_finite(item: &Item) -> bool {
    matches!(item.gram, Gram::Verb | Gram::Auxiliary)
}
