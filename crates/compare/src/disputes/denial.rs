//! Denials: "X denied that P" or "there is no P" against statements of P. In: statements that
//! deny. Out: disputes with who says it and who denies it. What "that" or "the charge" means is
//! looked up in the clause before; a denial that nothing in the story asserts makes no dispute.

use std::ops::Range;

use model::{DisputeKind, Document, Mention, Modality, NameKind, Stance, Tag, TokenClass};

use super::phrase::{Phrase, is_content, is_one_of};
use super::{Found, FoundSide, Ground};
use crate::terms::{is_negation, name_of};

/// A statement affirms what is denied when it holds this much of its content words' weight.
/// Set by hand on the comparison gold, where every side found was read; other values were not
/// measured.
const HOLDS: f32 = 0.55;
/// Two denials are of one matter when one holds this much of the other.
const SAME_MATTER: f32 = 0.6;
/// The same by what their words mean: how much of each the other says, in all and outside names.
const ONE_MATTER: f32 = 0.7;
/// A side shows so many passages at most, the closest first.
const SHOWN: usize = 10;

const DENY: [&str; 10] = [
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
const ANAPHORS: [&str; 22] = [
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
const MEDIA: [&str; 4] = ["news", "media", "press", "newspaper"];
/// Verbs and nouns that put a charge forward; the charge begins after them.
const CHARGES: [&str; 16] = [
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
const REMOVAL: [&str; 12] = [
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
const KNOWN: [&str; 8] = [
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
const SUPPOSED: [&str; 3] = ["if", "whether", "unless"];
/// Tokens from the first to the last word of the matter in a passage that affirms it, at most; and beside
/// these words where it is that a thing is there.
const TOGETHER: usize = 12;
const BESIDE: usize = 3;

/// Forms of "to be": they make a passive, and say that a thing is there.
const BE: [&str; 6] = ["is", "are", "was", "were", "be", "been"];

/// Tokens of what nobody did, at most: up to a mark.
const MATTER: usize = 8;

/// Forms of "to have" before a participle.
const HAVE: [&str; 3] = ["has", "have", "had"];

/// Words for what might be.
const MAY_BE: [&str; 5] = ["would", "could", "might", "may", "'d"];

/// Words for what is not so.
const UNTRUE: [&str; 16] = [
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
const SCORN: [&str; 7] = [
    "bogus",
    "sham",
    "hoax",
    "phony",
    "fake",
    "supposed",
    "so-called",
];

/// Words that put a thing somewhere, or say whose it is.
const PLACED: [&str; 14] = [
    "in", "on", "at", "for", "within", "inside", "across", "from", "by", "to", "against", "among",
    "that", "who",
];

/// Nouns of which there can be none without a thing being denied: "no reports of damage" leaves open
/// whether there was any, and "no other drivers" speaks of the rest.
const NOT_OF_A_THING: [&str; 22] = [
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

struct Denial {
    said: u32,
    /// What is denied.
    matter: Phrase,
    /// Where those words stand.
    words: Mention,
    /// The statement that the denial answers, where it points back.
    answers: Option<u32>,
    holder: Option<u32>,
    /// "The charge", where no charge stands near: believed only beside another denial of the same.
    vague: bool,
    /// The deed in it, or else its first noun: whoever affirms it must say that above all.
    head: Option<Mention>,
    /// The verbs of what is denied: who says that somebody investigates does not say that anything is related to
    /// the investigation.
    deeds: Vec<u64>,
    /// Whether what is denied is that there is such a thing.
    absent: bool,
}

pub(super) fn find(ground: &Ground<'_>) -> Vec<Found> {
    let denials: Vec<Denial> = (0..ground.terms.said.len() as u32)
        .flat_map(|said| denials(ground, said))
        .collect();
    // Denials of one matter are one dispute.
    let mut group: Vec<usize> = (0..denials.len()).collect();
    for i in 0..denials.len() {
        for j in i + 1..denials.len() {
            let (one, other) = (&denials[i].matter, &denials[j].matter);
            let same = one.shared(other).len() >= 2
                && (one.held_by(other) >= SAME_MATTER || other.held_by(one) >= SAME_MATTER);
            if same || one_matter(ground, &denials[i], &denials[j]) {
                let (from, to) = (group[j], group[i]);
                group
                    .iter_mut()
                    .filter(|g| **g == from)
                    .for_each(|g| *g = to);
            }
        }
    }
    let mut found = Vec::new();
    for first in 0..denials.len() {
        if group[first] != first {
            continue;
        }
        let members: Vec<&Denial> = denials
            .iter()
            .zip(&group)
            .filter(|(_, g)| **g == first)
            .map(|(d, _)| d)
            .collect();
        if members.iter().any(|denial| !denial.vague) {
            found.extend(dispute(ground, &members));
        }
    }
    found
}

/// Whether two denials say in whatever words that the same is not so.
fn one_matter(ground: &Ground<'_>, one: &Denial, other: &Denial) -> bool {
    let alike = |(all, plain): (f32, f32)| all >= ONE_MATTER && plain >= ONE_MATTER;
    one.absent == other.absent && ground.told.alike(one.words, other.words).is_some_and(alike)
}

fn dispute(ground: &Ground<'_>, denials: &[&Denial]) -> Option<Found> {
    let mut affirmed: Vec<(f32, u32)> = Vec::new();
    for denial in denials {
        affirmed.extend(denial.answers.map(|said| (ANSWERED, said)));
        affirmed.extend((0..ground.terms.said.len() as u32).filter_map(|said| {
            let sure = affirms(ground, denial, said).or_else(|| says(ground, denial, said));
            Some((sure?, said))
        }));
    }
    affirmed.retain(|(_, said)| !denials.iter().any(|denial| denial.said == *said));
    affirmed.sort_by(|a, b| (b.0.total_cmp(&a.0)).then(a.1.cmp(&b.1)));
    let mut seen = Vec::new();
    affirmed.retain(|(_, said)| {
        !seen.contains(said) && {
            seen.push(*said);
            true
        }
    });
    let surest = affirmed.iter().map(|(sure, _)| *sure);
    let surest = surest.filter(|sure| *sure < ANSWERED).fold(0.0, f32::max);
    affirmed.retain(|(sure, _)| *sure >= NEARLY * surest.min(1.0));
    affirmed.truncate(SHOWN);
    // The denial that spells its matter out stands for all.
    let clearest = denials
        .iter()
        .min_by_key(|d| (d.answers.is_some(), d.said))?;
    // The side is labelled with the passage that says most of the matter in the fewest words.
    let matter = matter_stems(ground, clearest.words);
    let label = affirmed
        .iter()
        .enumerate()
        .max_by(|a, b| {
            let worth = |said: u32| pointed(ground, said, &matter);
            worth(a.1.1).total_cmp(&worth(b.1.1)).then(b.0.cmp(&a.0))
        })
        .map(|(at, _)| at);
    if let Some(label) = label {
        affirmed[..=label].rotate_right(1);
    }
    let mut denying: Vec<u32> = denials.iter().map(|denial| denial.said).collect();
    denying.sort_by_key(|said| (*said != clearest.said, *said));
    Some(Found {
        kind: DisputeKind::Denial,
        question: vec![clearest.words],
        sides: vec![
            FoundSide {
                mentions: affirmed
                    .iter()
                    .map(|(_, said)| ground.terms.mention(*said))
                    .collect(),
                held_by: affirmed
                    .iter()
                    .filter_map(|(_, said)| accuser(ground, *said))
                    .collect(),
            },
            FoundSide {
                mentions: denying
                    .iter()
                    .map(|said| ground.terms.mention(*said))
                    .collect(),
                held_by: denials.iter().filter_map(|denial| denial.holder).collect(),
            },
        ],
    })
}

/// Letters of a passage that weigh as much as all words of the matter.
const LONG_LABEL: f32 = 400.0;

/// How well a statement stands for a matter: the part of its words that it has, less its length;
/// one that hangs on another clause stands for nothing.
fn pointed(ground: &Ground<'_>, said: u32, matter: &[u64]) -> f32 {
    let one = &ground.terms.said[said as usize];
    let held = matter.iter().filter(|stem| one.content.contains(stem));
    let hangs = !crate::clearest::is_whole(ground.doc(said), one);
    held.count() as f32 / matter.len().max(1) as f32
        - one.span.len() as f32 / LONG_LABEL
        - f32::from(hangs)
}

/// The stems of a passage's content words.
fn matter_stems(ground: &Ground<'_>, mention: Mention) -> Vec<u64> {
    let doc = ground.docs[mention.article as usize];
    doc.tokens[doc.tokens_in(mention.span)]
        .iter()
        .filter(|t| t.class == TokenClass::Word && !t.stop)
        .map(|t| t.stem)
        .collect()
}

/// The denials in a statement whose matter can be told: "X denied P and Y has denied Q" is two.
fn denials(ground: &Ground<'_>, said: u32) -> Vec<Denial> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(one.span);
    if one.stance != Stance::Denies {
        return absent(ground, said).into_iter().collect();
    }
    let verbs: Vec<usize> = tokens
        .clone()
        .filter(|&at| is_one_of(doc, &doc.tokens[at], &DENY))
        .collect();
    if verbs.is_empty() {
        return refuted(ground, said).into_iter().collect();
    }
    let mut from = tokens.start;
    let mut found = Vec::new();
    for (nth, &verb) in verbs.iter().enumerate() {
        let end = verbs.get(nth + 1).map_or(tokens.end, |next| *next);
        found.extend(denied(ground, said, from, verb, end));
        from = verb + 1;
    }
    found
}

/// What a verb of denial denies; `from` is where its subject may begin, `end` where its object must end.
fn denied(ground: &Ground<'_>, said: u32, from: usize, verb: usize, end: usize) -> Option<Denial> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    // "Any allegation of P was denied": what is denied stands before.
    let is_object = |t: &model::Token| is_content(doc, t) || is_one_of(doc, t, &ANAPHORS);
    if !doc.tokens[verb + 1..end].iter().any(is_object)
        && let Some(be) = passive(doc, from, verb)
    {
        return spelled_out(ground, said, from..be, one.speaker);
    }
    if grants(doc, from, verb) {
        return None;
    }
    let object = verb + 1..object_end(doc, verb + 1..end);
    let holder = one
        .speaker
        .or_else(|| subject(ground, one.article, doc, from..verb + 1));
    let dates = &doc.dates[doc.dates_in(one.span)];
    let points_back = doc.tokens[object.clone()]
        .iter()
        .filter(|t| is_content(doc, t) || is_one_of(doc, t, &ANAPHORS))
        .filter(|t| !dates.iter().any(|date| date.span.contains(t.span)))
        .all(|t| is_one_of(doc, t, &ANAPHORS));
    if points_back {
        let noun = object
            .clone()
            .find(|&at| is_noun_for_it(doc, at))
            .map(|at| doc.tokens[at].stem);
        return pointing_back(ground, said, noun, holder);
    }
    if !names_something(doc, object.clone()) {
        return None;
    }
    spelled_out(ground, said, object, holder)
}

/// Whether a token is a noun that stands for what was said before: "the charge".
fn is_noun_for_it(doc: &Document, at: usize) -> bool {
    let token = &doc.tokens[at];
    is_content(doc, token) && is_one_of(doc, token, &ANAPHORS) && !is_one_of(doc, token, &MEDIA)
}

/// A denial of "that", or of what a noun stands for ("the reports"): which, an earlier passage tells.
fn pointing_back(
    ground: &Ground<'_>,
    said: u32,
    noun: Option<u64>,
    holder: Option<u32>,
) -> Option<Denial> {
    let (answers, charged) = before(ground, said, noun)?;
    let (matter, words) = charge(ground, answers);
    Some(Denial {
        said,
        matter,
        words,
        answers: Some(answers),
        holder,
        vague: noun.is_some() && !charged,
        head: None,
        deeds: Vec::new(),
        absent: false,
    })
}

/// "X said the charges were false", "“P” is nonsense": what is said to be untrue.
fn refuted(ground: &Ground<'_>, said: u32) -> Option<Denial> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(one.span);
    let holder = one
        .speaker
        .or_else(|| subject(ground, one.article, doc, tokens.clone()));
    // "Rumours that there were two gunmen are false" says which.
    let noun = tokens.clone().rev().find(|&at| is_noun_for_it(doc, at));
    let that = |at: usize| {
        let next = doc.tokens.get(at + 1);
        next.is_some_and(|t| is_one_of(doc, t, &["that", "of", "about"]))
    };
    let verdict =
        |from: usize| (from..tokens.end).find(|&at| is_one_of(doc, &doc.tokens[at], &UNTRUE));
    if let Some(noun) = noun {
        if let Some(verdict) = verdict(noun).filter(|_| that(noun)) {
            return spelled_out(ground, said, noun + 2..verdict, holder);
        }
        let answers = naming(ground, said, doc.tokens[noun].stem)?;
        let (matter, words) = charge(ground, answers);
        return Some(Denial {
            said,
            matter,
            words,
            answers: Some(answers),
            holder,
            vague: false,
            head: None,
            deeds: Vec::new(),
            absent: false,
        });
    }
    let verdict = verdict(tokens.start)?;
    // Who says so is no part of it: "the president said “P” is nonsense".
    let says = |&at: &usize| is_one_of(doc, &doc.tokens[at], &["said", "says", "that"]);
    let from = (tokens.start..verdict).rev().find(says);
    let end = passive(doc, tokens.start, verdict).unwrap_or(verdict);
    let subject = from.map_or(tokens.start, |at| at + 1)..end;
    // "That is untrue."
    let back = |t: &model::Token| is_one_of(doc, t, &["that", "this", "it"]);
    let mut content = doc.tokens[subject.clone()]
        .iter()
        .filter(|t| is_content(doc, t));
    if content.all(|t| is_one_of(doc, t, &UNTRUE)) {
        let points = doc.tokens[subject].iter().any(back);
        return points
            .then(|| pointing_back(ground, said, None, holder))
            .flatten();
    }
    names_something(doc, subject.clone())
        .then(|| spelled_out(ground, said, subject, holder))
        .flatten()
}

/// "There are no P": a denial that there is such a thing.
fn absent(ground: &Ground<'_>, said: u32) -> Option<Denial> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(one.span);
    let there_is_no = absence(doc, tokens)?;
    let denial = spelled_out(ground, said, there_is_no, one.speaker)?;
    Some(Denial {
        absent: true,
        ..denial
    })
}

/// Where the passive of a verb begins, if it is one: "was flatly denied", "were “unequivocally denied”".
fn passive(doc: &Document, start: usize, verb: usize) -> Option<usize> {
    const BEFORE: usize = 3;
    let from = start.max(verb.saturating_sub(BEFORE));
    (from..verb)
        .rev()
        .find(|&at| is_one_of(doc, &doc.tokens[at], &BE))
}

/// Whether a verb of denial denies nothing: "cannot deny that P" grants it, and of rights "denied by
/// fanatics" nobody says that they are untrue.
fn grants(doc: &Document, start: usize, verb: usize) -> bool {
    const BEFORE: usize = 3;
    let before = &doc.tokens[start.max(verb.saturating_sub(BEFORE))..verb];
    let next = doc.tokens.get(verb + 1);
    before.iter().any(|t| is_negation(doc.get(t.span)))
        || next.is_some_and(|t| is_one_of(doc, t, &["by"]))
}

/// Whether the object of a denial is something: a name or a verb alone does not say what is denied.
fn names_something(doc: &Document, object: Range<usize>) -> bool {
    let tokens = &doc.tokens[object];
    let Some((first, last)) = tokens.first().zip(tokens.last()) else {
        return false;
    };
    let names = &doc.names[doc.names_in(first.span.hull(last.span))];
    tokens.iter().any(|token| {
        matches!(token.tag, Tag::Noun | Tag::Unknown)
            && is_content(doc, token)
            && !names.iter().any(|name| name.span.contains(token.span))
    })
}

fn spelled_out(
    ground: &Ground<'_>,
    said: u32,
    tokens: Range<usize>,
    holder: Option<u32>,
) -> Option<Denial> {
    let doc = ground.doc(said);
    let from = tokens.start;
    let first = tokens
        .clone()
        .find(|&at| is_content(doc, &doc.tokens[at]))?;
    let last = tokens
        .clone()
        .rev()
        .find(|&at| doc.tokens[at].class != TokenClass::Mark)?;
    let span = doc.tokens[first].span.hull(doc.tokens[last].span);
    // "Denied allegations of assault": that there are allegations is not what is denied.
    let matter = Phrase::of_tokens(
        doc,
        ground.terms,
        doc.tokens[tokens].iter().filter(|token| {
            // Nor is the day of it.
            let dates = &doc.dates[doc.dates_in(token.span)];
            !is_one_of(doc, token, &ANAPHORS)
                && !dates.iter().any(|date| date.span.contains(token.span))
        }),
    );
    let words = Mention {
        article: ground.terms.said[said as usize].article,
        span,
    };
    let names = &doc.names[doc.names_in(span)];
    let object = &doc.tokens[from..=last];
    let article = ground.terms.said[said as usize].article;
    let own_word = |token: &&model::Token| {
        is_content(doc, token) && !names.iter().any(|name| name.span.contains(token.span))
    };
    let noun = |t: &&model::Token| own_word(t) && matches!(t.tag, Tag::Noun | Tag::Unknown);
    let is =
        |at: Option<usize>, words: &[&str]| at.is_some_and(|at| is_one_of(doc, &object[at], words));
    let deeds: Vec<&model::Token> = object
        .iter()
        .enumerate()
        .filter(|(at, token)| {
            // "Denied it was related to P": what it was counts like a deed.
            let was = is(at.checked_sub(1), &BE) && !is(at.checked_sub(2), &["there"]);
            (token.tag == Tag::Verb || was) && own_word(token)
        })
        .map(|(_, token)| token)
        .collect();
    // "That the suit had a purpose" is of the purpose; "a deal with the rebels" of the deal.
    let clause = object.iter().any(|t| matches!(t.tag, Tag::Aux | Tag::Verb));
    let head = deeds.first().copied().or_else(|| match clause {
        true => object.iter().rfind(noun),
        false => object.iter().find(noun),
    });
    let head = head.map(|token| Mention {
        article,
        span: token.span,
    });
    Some(Denial {
        said,
        matter,
        words,
        answers: None,
        holder,
        vague: false,
        head,
        deeds: deeds.iter().map(|token| token.stem).collect(),
        absent: false,
    })
}

/// Where the object of a denial ends: at a second verb phrase ("denies it and accuses …") or the
/// clause's end.
fn object_end(doc: &Document, tokens: Range<usize>) -> usize {
    let is = |at: usize, words: &[&str]| is_one_of(doc, &doc.tokens[at], words);
    let end = tokens
        .clone()
        .find(|&at| at > tokens.start && is(at, &["and", "but", "saying", "while", "adding"]))
        .unwrap_or(tokens.end);
    let said = |to: usize| {
        let tokens = doc.tokens[tokens.start..to].iter();
        tokens.filter(|t| is_content(doc, t)).count()
    };
    // "That the hall was charged when it exploded": that it exploded is not denied; nor is what is told of a
    // person in passing ("coaching of people who recently arrived"), or what comes behind a mark.
    (tokens.start..end)
        .find(|&at| {
            is(
                at,
                &["when", "before", "after", "because", "although", "who"],
            ) && said(at) > 1
                || is(at, &[",", ";", "\u{2014}", "\u{2013}"])
                    && said(at) > 0
                    && !(at + 1 < end && is(at + 1, &["including"]))
        })
        .unwrap_or(end)
}

/// Whether a clause or a list goes on elsewhere from this mark.
fn is_stop(doc: &Document, at: usize) -> bool {
    is_one_of(doc, &doc.tokens[at], &[",", ";", ":", "."])
}

/// "There are no P", "no one was P": what is said not to be.
fn absence(doc: &Document, tokens: Range<usize>) -> Option<Range<usize>> {
    // What would be if it were so is said of nothing.
    if doc.tokens[tokens.clone()]
        .iter()
        .any(|t| is_one_of(doc, t, &SUPPOSED))
    {
        return None;
    }
    let word =
        |at: usize, words: &[&str]| tokens.contains(&at) && is_one_of(doc, &doc.tokens[at], words);
    for at in tokens.clone() {
        // "There are no passengers on the trains": what is absent is the noun, not its place.
        let noun = at + 1..tokens.end.min(at + 7);
        let noun = noun.start
            ..noun
                .clone()
                .find(|&at| {
                    let token = &doc.tokens[at];
                    is_one_of(doc, token, &PLACED) || is_stop(doc, at) || token.tag == Tag::Adv
                })
                .unwrap_or(noun.end);
        let existential =
            word(at, &["no"]) && at > 0 && word(at - 1, &BE) && at > 1 && word(at - 2, &["there"]);
        let longer = word(at + 1, &NOT_OF_A_THING);
        let nobody = word(at, &["nobody"]) || word(at, &["no"]) && word(at + 1, &["one"]);
        if existential && !longer {
            return Some(noun);
        }
        if nobody {
            // "Nobody was hurt", "no one had been arrested".
            let from = at + 1 + usize::from(word(at + 1, &["one"]));
            let verb = (from..tokens.end)
                .find(|&at| !word(at, &BE) && !word(at, &HAVE))
                .filter(|&verb| verb > from);
            if let Some(verb) = verb {
                let end = tokens.end.min(verb + MATTER);
                return Some(verb..(verb..end).find(|&at| is_stop(doc, at)).unwrap_or(end));
            }
        }
    }
    None
}

/// Sentences before a denial in which what it answers is looked for.
const BACK: u32 = 3;

/// The statement that a denial without an object of its own answers: one shortly before it in the same
/// article that puts a charge forward, or has the noun that stands for it ("the reports": what was
/// reported); else the clause before it. And whether it does.
fn before(ground: &Ground<'_>, said: u32, noun: Option<u64>) -> Option<(u32, bool)> {
    let own = &ground.terms.said[said as usize];
    let back = || {
        (0..said)
            .rev()
            .take_while(|&other| ground.terms.said[other as usize].article == own.article)
            // Who denies does not say what is denied.
            .filter(|&other| {
                ground.terms.said[other as usize].stance == Stance::Asserts
                    && !scorns(ground, other)
            })
    };
    let near = |sentences: u32| {
        back().take_while(move |&other| {
            ground.terms.said[other as usize].sentence + sentences > own.sentence
        })
    };
    let charges = |said: u32| {
        let doc = ground.doc(said);
        let span = ground.terms.said[said as usize].span;
        doc.tokens[doc.tokens_in(span)]
            .iter()
            .any(|t| is_one_of(doc, t, &CHARGES))
    };
    let has_noun = |other: u32| {
        let doc = ground.doc(other);
        let span = ground.terms.said[other as usize].span;
        noun.is_some_and(|noun| {
            doc.tokens[doc.tokens_in(span)]
                .iter()
                .any(|t| t.stem == noun)
        })
    };
    near(2)
        .find(|&other| charges(other))
        .or_else(|| near(BACK + 1).find(|&other| has_noun(other)))
        .map(|charge| (charge, true))
        .or_else(|| Some((back().next()?, false)))
        .filter(|(other, _)| !supposed(ground, *other))
}

/// Whether a statement says what would be: nobody says that it is so.
fn supposed(ground: &Ground<'_>, said: u32) -> bool {
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(ground.terms.said[said as usize].span);
    doc.tokens[tokens]
        .iter()
        .any(|t| is_one_of(doc, t, &SUPPOSED))
}

/// The nearest earlier statement of the same article that has this noun.
fn naming(ground: &Ground<'_>, said: u32, stem: u64) -> Option<u32> {
    let own = &ground.terms.said[said as usize];
    (0..said)
        .rev()
        .take_while(|&other| ground.terms.said[other as usize].article == own.article)
        .filter(|&other| ground.terms.said[other as usize].sentence != own.sentence)
        .find(|&other| {
            let doc = ground.doc(other);
            let tokens = doc.tokens_in(ground.terms.said[other as usize].span);
            let mut tokens = doc.tokens[tokens].iter();
            tokens
                .any(|token| token.stem == stem && token.tag != Tag::Verb && is_content(doc, token))
        })
}

/// The charge in a statement: what follows the word that puts it forward, or all of it.
fn charge(ground: &Ground<'_>, said: u32) -> (Phrase, Mention) {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(one.span);
    // "A report that ships have sold oil": what was reported.
    let tells = |&at: &usize| {
        let that = at > tokens.start && is_one_of(doc, &doc.tokens[at], &["that"]);
        that && is_one_of(doc, &doc.tokens[at - 1], &ANAPHORS)
            || is_one_of(doc, &doc.tokens[at], &CHARGES)
    };
    let from = tokens
        .clone()
        .rev()
        .find(tells)
        .filter(|&at| at + 3 < tokens.end)
        .map_or(tokens.start, |at| at + 1);
    let span = match (doc.tokens.get(from), tokens.end.checked_sub(1)) {
        (Some(first), Some(last)) => first.span.hull(doc.tokens[last].span),
        _ => one.span,
    };
    let phrase = Phrase::of(doc, ground.terms, from..tokens.end);
    (
        phrase,
        Mention {
            article: one.article,
            span,
        },
    )
}

/// Part of what is denied, by weight, that a passage must say in whatever words to affirm it; and of its
/// words outside names.
const SAYS: f32 = 0.52;
const SAYS_PLAIN: f32 = 0.45;
/// The same of its deed.
const SAYS_HEAD: f32 = 0.4;
/// How surely what a denial answers affirms it.
const ANSWERED: f32 = 2.0;
/// Part of what the surest of them says that the others must say too.
const NEARLY: f32 = 0.85;

/// Whether a statement tells of a charge to make nothing of it: "a bogus claim".
fn scorns(ground: &Ground<'_>, said: u32) -> bool {
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(ground.terms.said[said as usize].span);
    doc.tokens[tokens].iter().any(|t| {
        is_one_of(doc, t, &SCORN) || is_one_of(doc, t, &UNTRUE) || is_one_of(doc, t, &DENY)
    })
}

/// How surely a statement affirms in other words what is denied; `None` where it does not.
fn says(ground: &Ground<'_>, denial: &Denial, said: u32) -> Option<f32> {
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
    let (all, plain) = ground.told.said_of(denial.words, said)?;
    let head = match denial.head {
        Some(head) => ground.told.said_of(head, said)?.0,
        None => plain,
    };
    (all >= SAYS && plain >= SAYS_PLAIN && head >= SAYS_HEAD).then_some(all)
}

/// How surely a statement affirms what is denied; `None` where it does not.
fn affirms(ground: &Ground<'_>, denial: &Denial, said: u32) -> Option<f32> {
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
                .any(|t| is_one_of(doc, t, &MAY_BE)));
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
            .any(|t| is_one_of(doc, t, &KNOWN));
        is_negation(doc.get(t.span)) && !unknown
            || is_one_of(doc, t, &REMOVAL)
            || is_one_of(doc, t, &DENY)
    };
    let undone = (first.saturating_sub(6).max(tokens.start)..=last).any(against)
        || doc.tokens[tokens.clone()]
            .iter()
            .any(|t| is_one_of(doc, t, &UNTRUE) || is_one_of(doc, t, &SCORN));
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
    let charged = doc.tokens[tokens]
        .iter()
        .any(|t| is_one_of(doc, t, &CHARGES));
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

/// The name that stands last before a verb: its subject, most often.
fn subject(ground: &Ground<'_>, article: u32, doc: &Document, tokens: Range<usize>) -> Option<u32> {
    let (first, last) = (
        doc.tokens.get(tokens.start)?,
        doc.tokens.get(tokens.end.checked_sub(1)?)?,
    );
    doc.names[doc.names_in(first.span.hull(last.span))]
        .iter()
        .find_map(|name| name_of(ground.story, article, name.entity?))
}

/// Who puts a charge forward: who is quoted, or the first name before the verb that accuses.
fn accuser(ground: &Ground<'_>, said: u32) -> Option<u32> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(one.span);
    one.speaker.or_else(|| {
        let verb = tokens
            .clone()
            .find(|&at| is_one_of(doc, &doc.tokens[at], &CHARGES))?;
        // Who is accused accuses nobody.
        if passive(doc, tokens.start, verb).is_some() {
            return None;
        }
        subject(ground, one.article, doc, tokens.start..verb)
    })
}
