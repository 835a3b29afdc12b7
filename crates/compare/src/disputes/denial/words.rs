//! The words that denials and charges are made of, and what they tell of a statement.

use std::ops::Range;

use model::Document;

use super::super::Ground;
use super::super::phrase::is_one_of;
use crate::terms::name_of;

/// Verbs that deny, or do where a thing said is their object.
pub(super) const DENY: [&str; 10] = [
    "denied",
    "denies",
    "deny",
    "denying",
    "rejected",
    "rejects",
    "dismissed",
    "refuted",
    "disputed",
    "disputes",
];

/// Words that stand for what was said before: what is denied is in the clause before.
pub(super) const ANAPHORS: [&str; 22] = [
    "that",
    "this",
    "it",
    "allegation",
    "allegations",
    "accusation",
    "accusations",
    "charge",
    "charges",
    "claim",
    "claims",
    "them",
    "suggestion",
    "report",
    "reports",
    "complaint",
    "rumours",
    "rumors",
    // "The news media reports" are no more than reports.
    "news",
    "media",
    "press",
    "newspaper",
];

/// Those of them that only say whose report it is.
pub(super) const MEDIA: [&str; 4] = ["news", "media", "press", "newspaper"];

/// Verbs and nouns that put a charge forward; the charge begins after them.
pub(super) const CHARGES: [&str; 16] = [
    "accuse",
    "accuses",
    "accused",
    "accusing",
    "alleges",
    "alleged",
    "alleging",
    "claims",
    "claimed",
    "claiming",
    "complained",
    "complaints",
    "complains",
    "allegations",
    "accusations",
    "suspected",
];

/// Verbs that say that a thing is gone: their object is not asserted to be there.
pub(super) const REMOVAL: [&str; 12] = [
    "eliminated",
    "destroyed",
    "dismantled",
    "removed",
    "closed",
    "ended",
    "cleared",
    "eliminating",
    "destroying",
    "dismantling",
    "ensure",
    "without",
];

/// Of what somebody had no warning or did not know, he says that it is so: "no warning that the hall was charged".
pub(super) const KNOWN: [&str; 8] = [
    "warning",
    "idea",
    "knowledge",
    "know",
    "known",
    "aware",
    "realise",
    "realize",
];

/// Words that put a clause under a condition.
pub(super) const SUPPOSED: [&str; 3] = ["if", "whether", "unless"];

/// Forms of "to be": they make a passive, and say that a thing is there.
pub(super) const BE: [&str; 6] = ["is", "are", "was", "were", "be", "been"];

/// Forms of "to have" before a participle.
pub(super) const HAVE: [&str; 3] = ["has", "have", "had"];

/// Words for what might be.
pub(super) const MAY_BE: [&str; 5] = ["would", "could", "might", "may", "'d"];

/// Words for what is not so.
pub(super) const UNTRUE: [&str; 16] = [
    "untrue",
    "false",
    "baseless",
    "unfounded",
    "groundless",
    "fabricated",
    "invented",
    "nonsense",
    "nonexistent",
    "incorrect",
    "lie",
    "lies",
    "invention",
    "fiction",
    "absurd",
    "foundation",
];

/// Words with which a charge is told to make nothing of it.
pub(super) const SCORN: [&str; 7] = [
    "bogus",
    "sham",
    "hoax",
    "phony",
    "fake",
    "supposed",
    "so-called",
];

/// Words that put a thing somewhere, or say whose it is.
pub(super) const PLACED: [&str; 14] = [
    "in", "on", "at", "for", "within", "inside", "across", "from", "by", "to", "against", "among",
    "that", "who",
];

/// Nouns of which there can be none without a thing being denied: "no reports of damage" leaves open
/// whether there was any, and "no other drivers" speaks of the rest.
pub(super) const NOT_OF_A_THING: [&str; 22] = [
    "longer",
    "more",
    "doubt",
    "sign",
    "signs",
    "evidence",
    "need",
    "reason",
    "other",
    "others",
    "report",
    "reports",
    "indication",
    "indications",
    "word",
    "information",
    "details",
    "immediate",
    "confirmation",
    "question",
    "one",
    "way",
];

/// Where the passive of a verb begins, if it is one: "was flatly denied", "were “unequivocally denied”".
pub(super) fn passive(doc: &Document, start: usize, verb: usize) -> Option<usize> {
    const BEFORE: usize = 3;
    let from = start.max(verb.saturating_sub(BEFORE));
    (from..verb)
        .rev()
        .find(|&at| is_one_of(doc, &doc.tokens[at], &BE))
}

/// Whether a statement has one of these words.
pub(super) fn has(ground: &Ground<'_>, said: u32, lists: &[&[&str]]) -> bool {
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(ground.terms.said[said as usize].span);
    doc.tokens[tokens]
        .iter()
        .any(|token| lists.iter().any(|words| is_one_of(doc, token, words)))
}

/// Whether a statement says what would be: nobody says that it is so.
pub(super) fn supposed(ground: &Ground<'_>, said: u32) -> bool {
    has(ground, said, &[&SUPPOSED])
}

/// Whether a statement tells of a charge to make nothing of it: "a bogus claim".
pub(super) fn scorns(ground: &Ground<'_>, said: u32) -> bool {
    has(ground, said, &[&SCORN, &UNTRUE, &DENY])
}

/// The name that stands last before a verb: its subject, most often.
pub(super) fn subject(
    ground: &Ground<'_>,
    article: u32,
    doc: &Document,
    tokens: Range<usize>,
) -> Option<u32> {
    let (first, last) = (
        doc.tokens.get(tokens.start)?,
        doc.tokens.get(tokens.end.checked_sub(1)?)?,
    );
    doc.names[doc.names_in(first.span.hull(last.span))]
        .iter()
        .find_map(|name| name_of(ground.story, article, name.entity?))
}
