//! In: a statement. Out: the denials in it whose matter can be told: what is denied, in which words, by whom.

use std::ops::Range;

use crate::lexicon::{is_negation, is_one_of, lexicon};
use encoder::Passage;
use model::{Document, Mention, NameIx, Stance, Tag, TokenClass};

use super::super::Ground;
use super::super::phrase::{Phrase, is_content};
use super::words::*;

/// Tokens of what nobody did, at most: up to a mark.
const MATTER: usize = 8;

pub(super) struct Denial {
    pub(super) said: u32,
    /// What is denied.
    pub(super) matter: Phrase,
    /// Where those words stand.
    pub(super) words: Mention,
    /// The statement that the denial answers, where it points back.
    pub(super) answers: Option<u32>,
    pub(super) holder: Option<NameIx>,
    /// "The charge", where no charge stands near: believed only beside another denial of the same.
    pub(super) vague: bool,
    /// The same as the encoder read them, where it was run.
    pub(super) meant: Option<Passage>,
    /// The deed in it, or else its first noun: whoever affirms it must say that above all.
    pub(super) head: Option<Passage>,
    /// The verbs of what is denied: who says that somebody investigates does not say that anything is related to
    /// the investigation.
    pub(super) deeds: Vec<u64>,
    /// Whether what is denied is that there is such a thing.
    pub(super) absent: bool,
}

/// The denials in a statement whose matter can be told: "X denied P and Y has denied Q" is two.
pub(super) fn denials(ground: &Ground<'_>, said: u32) -> Vec<Denial> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(one.span);
    if one.stance != Stance::Denies {
        return absent(ground, said).into_iter().collect();
    }
    let verbs: Vec<usize> = tokens
        .clone()
        .filter(|&at| is_one_of(doc, &doc.tokens[at], &lexicon(doc).denies))
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
pub(super) fn denied(
    ground: &Ground<'_>,
    said: u32,
    from: usize,
    verb: usize,
    end: usize,
) -> Option<Denial> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    // "Any allegation of P was denied": what is denied stands before.
    let is_object =
        |t: &model::Token| is_content(doc, t) || is_one_of(doc, t, &lexicon(doc).anaphors);
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
        .filter(|t| is_content(doc, t) || is_one_of(doc, t, &lexicon(doc).anaphors))
        .filter(|t| !dates.iter().any(|date| date.span.contains(t.span)))
        .all(|t| is_one_of(doc, t, &lexicon(doc).anaphors));
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
    is_content(doc, token)
        && is_one_of(doc, token, &lexicon(doc).anaphors)
        && !is_one_of(doc, token, &lexicon(doc).media)
}

/// A denial of "that", or of what a noun stands for ("the reports"): which, an earlier passage tells.
fn pointing_back(
    ground: &Ground<'_>,
    said: u32,
    noun: Option<u64>,
    holder: Option<NameIx>,
) -> Option<Denial> {
    let (answers, charged) = before(ground, said, noun)?;
    let vague = noun.is_some() && !charged;
    Some(answering(ground, said, answers, holder, vague))
}

/// The denial of what an earlier statement says.
fn answering(
    ground: &Ground<'_>,
    said: u32,
    answers: u32,
    holder: Option<NameIx>,
    vague: bool,
) -> Denial {
    let (matter, words) = charge(ground, answers);
    Denial {
        said,
        matter,
        words,
        meant: ground.relations.meant(words),
        answers: Some(answers),
        holder,
        vague,
        head: None,
        deeds: Vec::new(),
        absent: false,
    }
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
    let verdict = |from: usize| {
        (from..tokens.end).find(|&at| is_one_of(doc, &doc.tokens[at], &lexicon(doc).untrue))
    };
    if let Some(noun) = noun {
        if let Some(verdict) = verdict(noun).filter(|_| that(noun)) {
            return spelled_out(ground, said, noun + 2..verdict, holder);
        }
        let answers = naming(ground, said, doc.tokens[noun].stem)?;
        return Some(answering(ground, said, answers, holder, false));
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
    if content.all(|t| is_one_of(doc, t, &lexicon(doc).untrue)) {
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
pub(super) fn absent(ground: &Ground<'_>, said: u32) -> Option<Denial> {
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

/// Whether a verb of denial denies nothing: "cannot deny that P" grants it, and of rights "denied by
/// fanatics" nobody says that they are untrue.
fn grants(doc: &Document, start: usize, verb: usize) -> bool {
    const BEFORE: usize = 3;
    let before = &doc.tokens[start.max(verb.saturating_sub(BEFORE))..verb];
    let next = doc.tokens.get(verb + 1);
    before.iter().any(|t| is_negation(doc, t)) || next.is_some_and(|t| is_one_of(doc, t, &["by"]))
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
    holder: Option<NameIx>,
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
            !is_one_of(doc, token, &lexicon(doc).anaphors)
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
            let was = is(at.checked_sub(1), &lexicon(doc).be) && !is(at.checked_sub(2), &["there"]);
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
    let head = head.and_then(|token| {
        ground.relations.meant(Mention {
            article,
            span: token.span,
        })
    });
    Some(Denial {
        said,
        matter,
        words,
        meant: ground.relations.meant(words),
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
        .find(|&at| at > tokens.start && is(at, &lexicon(doc).turns))
        .unwrap_or(tokens.end);
    let said = |to: usize| {
        let tokens = doc.tokens[tokens.start..to].iter();
        tokens.filter(|t| is_content(doc, t)).count()
    };
    // "That the hall was charged when it exploded": that it exploded is not denied; nor is what is told of a
    // person in passing ("coaching of people who recently arrived"), or what comes behind a mark.
    (tokens.start..end)
        .find(|&at| {
            is(at, &lexicon(doc).subordinators) && said(at) > 1
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
        .any(|t| is_one_of(doc, t, &lexicon(doc).supposed))
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
                    is_one_of(doc, token, &lexicon(doc).placed)
                        || is_stop(doc, at)
                        || token.tag == Tag::Adv
                })
                .unwrap_or(noun.end);
        let existential = word(at, &["no"])
            && at > 0
            && word(at - 1, &lexicon(doc).be)
            && at > 1
            && word(at - 2, &["there"]);
        let longer = word(at + 1, &lexicon(doc).not_of_a_thing);
        let nobody = word(at, &["nobody"]) || word(at, &["no"]) && word(at + 1, &["one"]);
        if existential && !longer {
            return Some(noun);
        }
        if nobody {
            // "Nobody was hurt", "no one had been arrested".
            let from = at + 1 + usize::from(word(at + 1, &["one"]));
            let verb = (from..tokens.end)
                .find(|&at| !word(at, &lexicon(doc).be) && !word(at, &lexicon(doc).have))
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
pub(super) fn before(ground: &Ground<'_>, said: u32, noun: Option<u64>) -> Option<(u32, bool)> {
    let own = &ground.terms.said[said as usize];
    let back = || {
        (0..said)
            .rev()
            .take_while(|&other| ground.terms.said[other as usize].article == own.article)
            // Who denies does not say what is denied.
            .filter(|&other| {
                let one = &ground.terms.said[other as usize];
                one.stance == Stance::Asserts && !scorns(ground, other)
            })
    };
    let near = |sentences: u32| {
        back().take_while(move |&other| {
            ground.terms.said[other as usize].sentence + sentences > own.sentence
        })
    };
    let charges = |said: u32| has(ground, said, |words| &words.charges);
    // "Refused to confirm the report" says nothing of what was reported.
    let has_noun = |other: u32| {
        let doc = ground.doc(other);
        let one = &ground.terms.said[other as usize];
        let mut tokens = doc.tokens[doc.tokens_in(one.span)].iter();
        !one.negated && noun.is_some_and(|noun| tokens.any(|t| t.stem == noun))
    };
    near(2)
        .find(|&other| charges(other))
        .or_else(|| near(BACK + 1).find(|&other| has_noun(other)))
        .map(|charge| (charge, true))
        .or_else(|| Some((back().next()?, false)))
        .filter(|(other, _)| !supposed(ground, *other))
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
pub(super) fn charge(ground: &Ground<'_>, said: u32) -> (Phrase, Mention) {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(one.span);
    // "A report that ships have sold oil": what was reported.
    let tells = |&at: &usize| {
        let that = at > tokens.start && is_one_of(doc, &doc.tokens[at], &["that"]);
        that && is_one_of(doc, &doc.tokens[at - 1], &lexicon(doc).anaphors)
            || is_one_of(doc, &doc.tokens[at], &lexicon(doc).charges)
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
