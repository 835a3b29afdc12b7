//! Plain contradictions: two passages that say the same but for what they are contrary in: a denial, a
//! pair of opposites, a length of time, a time of day, which hall or flight. In: pairs of statements
//! with what they are contrary in. Out: disputes where all else is alike. Figures, tolls and days have
//! rules of their own.

use std::collections::HashSet;

use model::{
    DisputeKind, Document, Mention, Modality, Name, NameIx, NameKind, Precision, Span, Tag,
    TokenClass,
};

use super::phrase::{Phrase, is_content};
use super::{Found, FoundSide, Ground};
use crate::contrary::{Contrary, Of};
use crate::lexicon::{has_word, is_negation, is_one_of, lexicon};
use crate::nearby::quotes_near;
use crate::relation::Pair;
use crate::slots::Slot;
use crate::terms::{Said, name_of};

/// What two that deny each other, or have opposite words, must say of each other by what they mean, in all and
/// outside names; words that are merely shared say less.
const MEANT: f32 = 0.38;
const MEANT_PLAIN: f32 = 0.35;
/// Part of its content, but for what is contrary and who says it, that the one that has less must have in common
/// with the other; and the other with it.
const HELD: f32 = 0.5;
const HELD_OF_MORE: f32 = 0.3;
/// The same for a denial, which can be of something else in the passage: the two parts together, and the words
/// outside names in common; fewer only where all of one is in the other.
const HELD_DENIED: f32 = 0.6;
const HELD_TOGETHER: f32 = 1.1;
const COMMON_DENIED: usize = 2;
/// Content words in common at least where something else is contrary.
const COMMON: usize = 2;
/// Pairs of a story in which one thing in the place of another is looked for, at most.
const SLOTS: usize = 20_000;
pub(super) fn find(ground: &Ground<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let alike = alike(ground);
    // Statements that stand on a side already: a thousand reprints are one dispute.
    let mut told: HashSet<u32> = HashSet::new();
    let mut slots = SLOTS;
    for pair in ground.relations.pairs() {
        if told.contains(&pair.a) && told.contains(&pair.b) {
            continue;
        }
        let (a, b) = (
            &ground.terms.said[pair.a as usize],
            &ground.terms.said[pair.b as usize],
        );
        let Some((kind, contrary)) = contradiction(ground, pair, &mut slots) else {
            continue;
        };
        // Who denies comes second, as he answers.
        let first_denies = a.negated && !b.negated;
        let (one, other) = match first_denies {
            true => (pair.b, pair.a),
            false => (pair.a, pair.b),
        };
        let sides = [
            side(ground, &alike, one, other, &mut told),
            side(ground, &alike, other, one, &mut told),
        ];
        let known = found.iter_mut().find(|known| {
            let meets = |at: usize, side: &FoundSide| {
                side.mentions
                    .iter()
                    .any(|mention| known.sides[at].mentions.contains(mention))
            };
            meets(0, &sides[0]) || meets(1, &sides[1])
        });
        if let Some(known) = known {
            for (known, side) in known.sides.iter_mut().zip(sides) {
                known.mentions.extend(side.mentions);
                known.held_by.extend(side.held_by);
            }
            continue;
        }
        let words = |said: &Said, at: usize| Mention {
            article: said.article,
            span: contrary.words[at].unwrap_or(said.span),
        };
        found.push(Found {
            kind,
            question: match contrary.of {
                Of::Denial => vec![ground.terms.mention(one)],
                _ => vec![words(a, 0), words(b, 1)],
            },
            sides: sides.into(),
        });
    }
    found
}

/// In what two statements contradict each other plainly, and what kind of dispute that is.
fn contradiction(
    ground: &Ground<'_>,
    pair: &Pair,
    slots: &mut usize,
) -> Option<(DisputeKind, Contrary)> {
    let (a, b) = (
        &ground.terms.said[pair.a as usize],
        &ground.terms.said[pair.b as usize],
    );
    if !pair.relation.is_one_matter() {
        return None;
    }
    let Some(contrary) = pair.relation.contrary else {
        if *slots == 0 || !pair.relation.is_one_claim() || !comparable(ground, pair, Of::Label) {
            return None;
        }
        *slots -= 1;
        let slot = ground.relations.slot(pair.a, pair.b)?;
        let kind = exclusive(ground, a, b, &slot)?;
        let contrary = Contrary {
            of: Of::Label,
            words: slot.words.map(Some),
        };
        return Some((kind, contrary));
    };
    let kind = match contrary.of {
        Of::Denial | Of::Opposites => DisputeKind::Negation,
        Of::Length => DisputeKind::Number,
        Of::Label => DisputeKind::Description,
        Of::Clock => DisputeKind::Date,
        Of::Day if both_named(ground, a, b, &contrary) => DisputeKind::Date,
        Of::Figure | Of::Day => return None,
    };
    let told = comparable(ground, pair, contrary.of)
        && alike_otherwise(ground, a, b, &contrary)
        && meant_alike(ground, pair, contrary.of);
    told.then_some((kind, contrary))
}

/// Whether both times are years or months that the texts name, or stretches of the past ("the past ten days"): single
/// days have rules of their own, and "two years ago" is often as rough as it sounds.
fn both_named(ground: &Ground<'_>, a: &Said, b: &Said, contrary: &Contrary) -> bool {
    [(a, contrary.words[0]), (b, contrary.words[1])]
        .iter()
        .all(|(said, words)| {
            let doc = ground.docs[said.article];
            let mut dates = doc.dates.iter();
            let date = dates.find(|date| Some(date.span) == *words);
            date.is_some_and(|date| {
                let coarse = date.when.is_some_and(|when| when.start != when.end);
                date.when.is_none() || coarse && !doc.get(date.span).contains(" ago")
            })
        })
        && kind_of_time(ground, a, contrary.words[0]) == kind_of_time(ground, b, contrary.words[1])
}

/// How finely a time is named; a stretch of the past stands beside a month.
fn kind_of_time(ground: &Ground<'_>, said: &Said, words: Option<Span>) -> Option<Precision> {
    let doc = ground.docs[said.article];
    let date = doc.dates.iter().find(|date| Some(date.span) == words)?;
    Some(date.when.map_or(Precision::Month, |when| when.precision))
}

/// The kind of dispute that two things in one place are, where only one of them can stand there: by whom a thing was
/// done, what is the largest or the only one, where one and the same was brought.
fn exclusive(ground: &Ground<'_>, a: &Said, b: &Said, slot: &Slot) -> Option<DisputeKind> {
    let (doc, of) = (ground.docs[a.article], ground.docs[b.article]);
    let all = &doc.tokens[doc.tokens_in(a.span)];
    let before = slot.before.map(|span| doc.get(span).to_lowercase());
    let superlative = all
        .iter()
        .any(|token| is_one_of(doc, token, &lexicon(doc).only_one));
    if superlative && slot.alone && named(doc, slot.words[0]) && named(of, slot.words[1]) {
        return Some(DisputeKind::Description);
    }
    if !slot.alone || a.modality != Modality::Fact {
        return None;
    }
    match before.as_deref()? {
        "by" => Some(DisputeKind::Attribution),
        word if has_word(&lexicon(doc).whereto, word)
            && (named(doc, slot.words[0]) || named(of, slot.words[1])) =>
        {
            Some(DisputeKind::Place)
        }
        _ => None,
    }
}

/// Whether a place, a body or a building is named here.
fn named(doc: &Document, words: Span) -> bool {
    let mut names = doc.names.iter().filter(|name| name.span.overlaps(words));
    names.any(|name| name.kind != NameKind::Person)
}

/// Whether two statements put their matter forward in one way, in two articles, and not as readings of one
/// utterance.
fn comparable(ground: &Ground<'_>, pair: &Pair, of: Of) -> bool {
    let (a, b) = (
        &ground.terms.said[pair.a as usize],
        &ground.terms.said[pair.b as usize],
    );
    let outlet = |said: &Said| ground.docs[said.article].article.outlet.as_deref();
    let one_outlet = outlet(a).is_some() && outlet(a) == outlet(b);
    a.article != b.article
        && !one_outlet
        && ground.asserts(pair.a)
        && ground.asserts(pair.b)
        && (a.modality == Modality::Fact) == (b.modality == Modality::Fact)
        && !(a.conditional || b.conditional || a.whether || b.whether)
        && !(of == Of::Denial && bounded(ground, if a.negated { a } else { b }))
        && !ground.one_utterance(pair.a, pair.b)
}

/// Whether what is denied is denied for a stretch of time alone.
fn bounded(ground: &Ground<'_>, no: &Said) -> bool {
    let doc = ground.docs[no.article];
    doc.tokens[doc.tokens_in(no.span)]
        .iter()
        .any(|token| is_one_of(doc, token, &lexicon(doc).until))
}

/// Whether two statements that deny each other speak of one thing, by what they mean; by words alone nobody can tell.
fn meant_alike(ground: &Ground<'_>, pair: &Pair, of: Of) -> bool {
    if !matches!(of, Of::Denial | Of::Opposites) {
        return true;
    }
    let alike = ground.relations.alike_statements(pair.a, pair.b);
    alike.is_none_or(|(all, plain)| all >= MEANT && plain >= MEANT_PLAIN)
}

/// Whether two statements say the same but for what is contrary in them and who says it, of the same persons.
fn alike_otherwise(ground: &Ground<'_>, a: &Said, b: &Said, contrary: &Contrary) -> bool {
    let phrase = |said: &Said, at: usize| {
        let doc = ground.docs[said.article];
        let tokens = &doc.tokens[doc.tokens_in(said.span)];
        // Of whom "we" speaks is what is said of them.
        let own = tokens
            .iter()
            .any(|token| is_one_of(doc, token, &lexicon(doc).own_voice));
        // Opposite words are of one thing only where what is said of it is alike, and not only whose it is.
        let names = match contrary.of {
            Of::Opposites => &doc.names[doc.names_in(said.span)],
            _ => &[],
        };
        let matter = tokens.iter().filter(|token| {
            !names.iter().any(|name| name.span.contains(token.span))
                && !contrary.words[at].is_some_and(|words| words.contains(token.span))
                && !frame(doc, said.span).any(|frame| frame.contains(token.span))
                && !doc.dates[doc.dates_in(said.span)]
                    .iter()
                    .any(|date| date.span.contains(token.span))
        });
        let speaker = quotes_near(doc, said.span)
            .iter()
            .filter(|quote| own && quote.content().overlaps(said.span))
            .filter_map(|quote| quote.source)
            .flat_map(|source| &doc.tokens[doc.tokens_in(source)]);
        Phrase::of_tokens(doc, ground.terms, matter.chain(speaker))
    };
    let (one, other) = (phrase(a, 0), phrase(b, 1));
    let common = one.shared(&other).len();
    let (less, more) = {
        let (one_held, other_held) = (one.held_by(&other), other.held_by(&one));
        (one_held.max(other_held), one_held.min(other_held))
    };
    let shorter = one.stems.len().min(other.stems.len());
    if contrary.of == Of::Denial {
        let plain = |said: &Said, stem: u64| said.plain.iter().any(|word| word.0 == stem);
        let both = one.shared(&other);
        let both = both
            .iter()
            .filter(|(stem, _)| plain(a, *stem) && plain(b, *stem));
        let enough = both.count() >= COMMON_DENIED || common == shorter && common > 0;
        return less >= HELD_DENIED
            && less + more >= HELD_TOGETHER
            && enough
            && of_what_is_said(ground, a, b)
            && !of_others(ground, a, b);
    }
    let enough = common >= COMMON || common == shorter && common > 0;
    let one_thing = contrary.of != Of::Opposites || {
        let (a, b) = (
            first_noun(ground, a, contrary.words[0]),
            first_noun(ground, b, contrary.words[1]),
        );
        a.is_none_or(|noun| other.has(noun)) || b.is_none_or(|noun| one.has(noun))
    };
    less >= HELD && more >= HELD_OF_MORE && enough && one_thing && !of_others(ground, a, b)
}

/// Whether what is denied is what the other says: the word behind the one that denies stands in the other too. "Landed
/// without incident, and the bird was freed" denies nothing of the bird.
fn of_what_is_said(ground: &Ground<'_>, a: &Said, b: &Said) -> bool {
    let (no, yes) = if a.negated { (a, b) } else { (b, a) };
    let doc = ground.docs[no.article];
    let tokens = &doc.tokens[doc.tokens_in(no.span)];
    let mut denials = (0..tokens.len()).filter(|&at| is_negation(doc, &tokens[at]));
    let Some(denial) = denials.next() else {
        return true;
    };
    // Where both have such a word, a mark or a cut has made one count for two.
    let of = ground.docs[yes.article];
    let mut others = of.tokens[of.tokens_in(yes.span)].iter();
    if others.any(|token| is_negation(of, token)) {
        return false;
    }
    let fragment = tokens[..denial]
        .iter()
        .all(|token| token.class == TokenClass::Mark);
    let next = tokens[denial + 1..]
        .iter()
        .find(|token| is_content(doc, token));
    !fragment && next.is_some_and(|next| yes.content.contains(&next.stem))
}

/// The first noun of what a statement says, names aside: most often what it speaks of. A cabin that fell is no number
/// that rose.
fn first_noun(ground: &Ground<'_>, said: &Said, contrary: Option<Span>) -> Option<u64> {
    let doc = ground.docs[said.article];
    let names = &doc.names[doc.names_in(said.span)];
    let mut tokens = doc.tokens[doc.tokens_in(said.span)].iter();
    let noun = tokens.find(|token| {
        matches!(token.tag, Tag::Noun | Tag::Unknown)
            && is_content(doc, token)
            && !contrary.is_some_and(|words| words.contains(token.span))
            && !names.iter().any(|name| name.full.contains(token.span))
            && !frame(doc, said.span).any(|frame| frame.contains(token.span))
    });
    noun.map(|token| token.stem)
}

/// The words for who says it and that it is said.
fn frame(doc: &Document, span: Span) -> impl Iterator<Item = Span> + '_ {
    quotes_near(doc, span)
        .iter()
        .flat_map(|quote| [quote.source, quote.cue])
        .flatten()
}

/// Whether both name persons, groups or things in what they say, and none in common: they speak of two.
fn of_others(ground: &Ground<'_>, a: &Said, b: &Said) -> bool {
    let named = |said: &Said| -> Vec<NameIx> {
        let doc = ground.docs[said.article];
        let speaks = |name: &&Name| !frame(doc, said.span).any(|frame| frame.contains(name.span));
        doc.names[doc.names_in(said.span)]
            .iter()
            .filter(|name| name.kind != NameKind::Place)
            .filter(speaks)
            .filter_map(|name| name_of(ground.story, said.article, name.entity?))
            .collect()
    };
    let (one, other) = (named(a), named(b));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|name| other.contains(name))
}

/// For each statement those that state one claim with it and are contrary to it in nothing.
fn alike(ground: &Ground<'_>) -> Vec<Vec<u32>> {
    let mut alike = vec![Vec::new(); ground.terms.said.len()];
    let of = |pair: &&Pair| pair.relation.is_one_claim() && pair.relation.contrary.is_none();
    for pair in ground.relations.pairs().iter().filter(of) {
        alike[pair.a as usize].push(pair.b);
        alike[pair.b as usize].push(pair.a);
    }
    alike
}

/// All who state the same as one side of a pair, and the contrary of the other.
fn side(
    ground: &Ground<'_>,
    alike: &[Vec<u32>],
    said: u32,
    against: u32,
    told: &mut HashSet<u32>,
) -> FoundSide {
    let other = &ground.terms.said[against as usize];
    let mut all = vec![said];
    all.extend(alike[said as usize].iter().copied().filter(|&with| {
        let one = &ground.terms.said[with as usize];
        one.facts.against(&other.facts).is_some() && ground.asserts(with)
    }));
    told.extend(&all);
    FoundSide {
        mentions: all.iter().map(|&one| ground.terms.mention(one)).collect(),
        held_by: all.iter().filter_map(|&one| ground.holder(one)).collect(),
    }
}
