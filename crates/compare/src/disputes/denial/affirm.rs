//! In: a denial and a statement. Out: how surely the statement affirms what is denied, by its words or by
//! what they mean; and who puts a charge forward.

use model::{Modality, NameIx, NameKind, Stance, Tag};

use super::super::Ground;
use super::super::phrase::{Phrase, is_content};
use super::read::Denial;
use super::words::*;
use crate::lexicon::{is_negation, is_one_of, lexicon};
use crate::terms::name_of;

/// A statement affirms what is denied when it holds this much of its content words' weight.
const HOLDS: f32 = 0.55;

/// Tokens from the first to the last word of the matter in a passage that affirms it, at most; and beside
/// these words where it is that a thing is there.
const TOGETHER: usize = 12;

const BESIDE: usize = 3;

/// Part of what is denied, by weight, that a passage must say in whatever words to affirm it; and of its
/// words outside names.
const SAYS: f32 = 0.52;

const SAYS_PLAIN: f32 = 0.45;

/// The same of its deed.
const SAYS_HEAD: f32 = 0.4;

/// How surely a statement affirms in other words what is denied; `None` where it does not.
pub(super) fn says(ground: &Ground<'_>, denial: &Denial, said: u32) -> Option<f32> {
    let one = &ground.terms.said[said as usize];
    let own = &ground.terms.said[denial.said as usize];
    let same_sentence = (one.article, one.sentence) == (own.article, own.sentence);
    let put_forward =
        one.stance == Stance::Asserts && !one.negated && !one.conditional && !one.whether;
    if denial.absent
        || same_sentence
        || !put_forward
        || denial
            .holder
            .is_some_and(|holder| one.speaker == Some(holder))
        || supposed(ground, said)
        || scorns(ground, said)
    {
        return None;
    }
    let (all, plain) = ground.relations.said_of(denial.meant.as_ref()?, said)?;
    let head = match &denial.head {
        Some(head) => ground.relations.said_of(head, said)?.0,
        None => plain,
    };
    (all >= SAYS && plain >= SAYS_PLAIN && head >= SAYS_HEAD).then_some(all)
}

/// How surely a statement affirms what is denied; `None` where it does not.
pub(super) fn affirms(ground: &Ground<'_>, denial: &Denial, said: u32) -> Option<f32> {
    let one = &ground.terms.said[said as usize];
    let own = &ground.terms.said[denial.said as usize];
    let same_sentence = (one.article, one.sentence) == (own.article, own.sentence);
    if same_sentence
        || one.stance != Stance::Asserts
        || denial.holder.is_some_and(|h| one.speaker == Some(h))
    {
        return None;
    }
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(one.span);
    let phrase = Phrase::of(doc, ground.terms, tokens.clone());
    let shared = phrase.shared(&denial.matter);
    // One word is enough where the statement counts them: "no passengers" and "twelve passengers".
    // So are "no one was injured" and "two people were".
    let counted = |stem: u64| {
        one.numbers.iter().any(|number| {
            let unit = doc.tokens[doc.tokens_in(number.span)].last();
            number.unit == stem || unit.is_some_and(|t| is_one_of(doc, t, &["people", "persons"]))
        })
    };
    let single = denial.matter.stems.len() == 1 && counted(denial.matter.stems[0].0);
    let holds = denial.matter.held_by(&phrase);
    if holds < HOLDS || (shared.len() < 2 && !single) {
        return None;
    }
    let stands = |at: &usize| shared.iter().any(|s| s.0 == doc.tokens[*at].stem);
    let first = tokens.clone().find(stands)?;
    let last = tokens.clone().rev().find(stands)?;
    // Words far apart do not make one thing, and what would be is not said to be.
    let together = match denial.absent {
        true => denial.matter.stems.len() + BESIDE,
        false => TOGETHER,
    };
    let scattered = denial.answers.is_none() && last - first > together;
    // Who says that a thing must go says that it is there; who says that it would come does not.
    let foreseen = denial.absent
        && (one.modality == Modality::Future
            || doc.tokens[tokens.clone()]
                .iter()
                .any(|t| is_one_of(doc, t, &lexicon(doc).may_be)));
    let deeds = &denial.deeds;
    let other_deed =
        !deeds.is_empty() && !deeds.iter().any(|deed| shared.iter().any(|s| s.0 == *deed));
    if scattered || foreseen || other_deed || supposed(ground, said) {
        return None;
    }
    let against = |at: usize| {
        let t = &doc.tokens[at];
        let unknown = doc.tokens[at + 1..first.max(at + 1)]
            .iter()
            .any(|t| is_one_of(doc, t, &lexicon(doc).known));
        is_negation(doc, t) && !unknown
            || is_one_of(doc, t, &lexicon(doc).removal)
            || is_one_of(doc, t, &lexicon(doc).denies)
    };
    let undone = (first.saturating_sub(6).max(tokens.start)..=last).any(against)
        || [
            has(ground, said, |words| &words.untrue),
            has(ground, said, |words| &words.scorn),
        ]
        .contains(&true);
    // "passenger trains" are no passengers: the last of the shared words must not describe another.
    let describes = doc
        .tokens
        .get(last + 1)
        .is_some_and(|t| is_content(doc, t) && tokens.contains(&(last + 1)));
    let named = doc.tokens[last].tag != Tag::Verb;
    let one_thing = denial.answers.is_none() && describes && named && shared.len() == 1;
    if undone || one_thing || elsewhere(ground, denial, said, last) {
        return None;
    }
    let charged = has(ground, said, |words| &words.charges);
    Some(holds + if charged { 0.5 } else { 0.0 })
}

/// Whether the words right after the matter put it in a place that the denial does not speak of.
fn elsewhere(ground: &Ground<'_>, denial: &Denial, said: u32, last: usize) -> bool {
    let article = ground.terms.said[said as usize].article;
    let doc = ground.doc(said);
    let spoken_of = &ground.terms.said[denial.said as usize].names;
    let near = doc.tokens[last.min(doc.tokens.len())..]
        .iter()
        .skip(1)
        .take(6)
        .take_while(|t| !is_one_of(doc, t, &["who", "which", "that", "for", ",", "."]));
    for token in near {
        let names = doc.names_in(token.span);
        let Some(name) = doc
            .names
            .get(names.start)
            .filter(|n| n.span.overlaps(token.span))
        else {
            continue;
        };
        if name.kind != NameKind::Place {
            continue;
        }
        let place = name
            .entity
            .and_then(|entity| name_of(ground.story, article, entity));
        return place.is_some_and(|place| {
            denial.holder != Some(place) && !spoken_of.iter().any(|n| n.0 == place)
        });
    }
    false
}

/// Who puts a charge forward: who is quoted, or the first name before the verb that accuses.
pub(super) fn accuser(ground: &Ground<'_>, said: u32) -> Option<NameIx> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(one.span);
    one.speaker.or_else(|| {
        let verb = tokens
            .clone()
            .find(|&at| is_one_of(doc, &doc.tokens[at], &lexicon(doc).charges))?;
        // Who is accused accuses nobody.
        if passive(doc, tokens.start, verb).is_some() {
            return None;
        }
        subject(ground, one.article, doc, tokens.start..verb)
    })
}
