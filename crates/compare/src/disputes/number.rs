//! Numbers: two figures for one thing. In: pairs of statements that state one claim. Out: disputes
//! where both give a number of the same unit in the same words and the two cannot both be right,
//! hedges considered. A toll that rose is none.

use std::collections::HashSet;

use model::{ClaimIx, DateKind, DisputeKind, Mention, NameIx, NameKind, QuantityKind, Span, Tag};

use super::phrase::{Phrase, is_content};
use super::{Found, FoundSide, Ground, toll};
use crate::figures::is_converted;
use crate::lexicon::{is_negation, is_one_of, lexicon};
use crate::nearby::quotes_near;
use crate::numbers::Number;
use crate::shared::{Sharing, days};
use crate::terms::Said;

/// Content words looked at on either side of a number.
const REACH: usize = 4;
/// Words that must be shared there, the verb among them, where the pair itself is not sure.
const STRICTLY: usize = 2;
/// Tokens before a number among which its bracket opens ("(about 341 miles)"), and before a verb among
/// which its negation stands.
const AROUND: usize = 3;

pub(super) fn find(ground: &Ground<'_>, tolls: &toll::Tolls) -> Vec<Found> {
    let mut found: Vec<Conflict> = Vec::new();
    for pair in ground.relations.pairs() {
        let (a, b) = (
            &ground.terms.said[pair.a as usize],
            &ground.terms.said[pair.b as usize],
        );
        let both = ground.asserts(pair.a) && ground.asserts(pair.b);
        if a.article == b.article
            || !pair.relation.is_one_matter()
            || !both
            || days(a, b) == Sharing::Differs
            || of_others(a, b)
        {
            continue;
        }
        // Below this only the figures' own verbs can tell that both speak of one thing.
        let strict = !pair.relation.is_likely();
        let Some((one, other)) = conflict(ground, a, b, strict) else {
            continue;
        };
        let claim = ground.claim_of(pair.a);
        // The lower figure first.
        let (low, high) = match one.value <= other.value {
            true => ((pair.a, one), (pair.b, other)),
            false => ((pair.b, other), (pair.a, one)),
        };
        let said = |(said, _): (u32, Number)| &ground.terms.said[said as usize];
        if toll::rose(ground, tolls, (said(low), &low.1), (said(high), &high.1)) {
            continue;
        }
        // Of one claim and unit, one dispute: further passages join the side of their value.
        let same = found
            .iter_mut()
            .find(|known| claim.is_some() && known.claim == claim && known.unit == one.unit);
        match same {
            Some(known) => {
                known.sides[0].1.push(low.0);
                known.sides[1].1.push(high.0);
            }
            None => found.push(Conflict {
                claim,
                unit: one.unit,
                question: [number(a, &one), number(b, &other)],
                sides: [(low.1, vec![low.0]), (high.1, vec![high.0])],
            }),
        }
    }
    found.iter_mut().for_each(|one| one.widen(ground));
    found.into_iter().map(|one| one.told(ground)).collect()
}

fn number(said: &Said, number: &Number) -> Mention {
    Mention {
        article: said.article,
        span: number.span,
    }
}

/// Two figures for one thing, each with the statements that give it.
struct Conflict {
    claim: Option<ClaimIx>,
    unit: u64,
    question: [Mention; 2],
    sides: [(Number, Vec<u32>); 2],
}

impl Conflict {
    /// Brings in who else states the same with the same figure: a side is all who say it, not the two whose words
    /// are nearest.
    fn widen(&mut self, ground: &Ground<'_>) {
        for (figure, side) in &mut self.sides {
            let gives = |said: u32| {
                let mut numbers = ground.terms.said[said as usize].numbers.iter();
                numbers.any(|n| {
                    n.unit == self.unit && n.value == figure.value && n.hedge == figure.hedge
                })
            };
            // The two whose words are nearest stay in front; a thousand reprints come in once.
            let mut there = HashSet::new();
            side.retain(|said| there.insert(*said));
            let first = there.clone();
            let alike = ground.relations.pairs().iter();
            let alike = alike.filter(|pair| pair.relation.is_one_claim());
            for (one, other) in alike.flat_map(|pair| [(pair.a, pair.b), (pair.b, pair.a)]) {
                let new = first.contains(&one) && !there.contains(&other);
                if new && gives(other) && ground.asserts(other) {
                    there.insert(other);
                    side.push(other);
                }
            }
            // What is made from something else stands for nothing beside what is not.
            let made = |said: &u32| {
                let article = ground.terms.said[*said as usize].article;
                ground
                    .story
                    .rewrites
                    .iter()
                    .any(|rewrite| rewrite.article == article)
            };
            side.sort_by_key(made);
        }
    }

    fn told(self, ground: &Ground<'_>) -> Found {
        let side = |(_, said): (Number, Vec<u32>)| FoundSide {
            mentions: said.iter().map(|&one| ground.terms.mention(one)).collect(),
            held_by: said.iter().filter_map(|&one| ground.holder(one)).collect(),
        };
        Found {
            kind: DisputeKind::Number,
            question: self.question.to_vec(),
            sides: self.sides.into_iter().map(side).collect(),
        }
    }
}

/// Numbers of one unit in like surroundings that cannot both be right.
fn conflict(ground: &Ground<'_>, a: &Said, b: &Said, strict: bool) -> Option<(Number, Number)> {
    for one in &a.numbers {
        for other in &b.numbers {
            let comparable = one.kind == other.kind
                && one.kind != QuantityKind::Ordinal
                && one.unit == other.unit
                && one.unit != 0;
            if !comparable
                || one.agrees(other)
                || is_converted(ground.docs[a.article], a, one)
                || is_converted(ground.docs[b.article], b, other)
            {
                continue;
            }
            // A number that agrees, or the same figure of anything ("five of whom"): the two
            // speak of parts and wholes.
            let matched = |n: &Number, of: &Said, by: &Said| {
                let figure = ground.docs[of.article].get(n.figure);
                let doc = ground.docs[by.article];
                by.numbers.iter().any(|o| o.kind == n.kind && o.agrees(n))
                    || doc.tokens[doc.tokens_in(by.span)]
                        .iter()
                        .any(|token| is_one_of(doc, token, &[figure]))
            };
            let rest = |said: &Said, number: &Number| {
                let doc = ground.docs[said.article];
                doc.tokens[doc.tokens_in(number.span)]
                    .iter()
                    .any(|t| is_one_of(doc, t, &lexicon(doc).rest))
            };
            // Of several sums or shares in one statement nothing tells which is the other's.
            let several =
                |said: &Said| said.numbers.iter().filter(|n| n.kind == one.kind).count() > 1;
            let bare = matches!(one.kind, QuantityKind::Money | QuantityKind::Percent);
            // A price at one o'clock is not contradicted by that at three.
            let at_a_time = |said: &Said| {
                let doc = ground.docs[said.article];
                let dates = &doc.dates[doc.dates_in(said.span)];
                dates.iter().any(|date| date.kind == DateKind::Time)
            };
            if bare && (several(a) || several(b) || at_a_time(a) || at_a_time(b)) {
                continue;
            }
            if matched(one, a, b) || matched(other, b, a) || rest(a, one) || rest(b, other) {
                continue;
            }
            let governors = (governor(ground, a, one), governor(ground, b, other));
            let one_deed = match governors {
                (Some(verb), Some(other)) => verb.0 == other.0 && verb.1 == other.1,
                _ => !strict && said_alike(a, b),
            };
            let around = common_around(ground, a, one.span, b, other.span);
            let least = if strict { STRICTLY } else { 1 };
            if one_deed && around >= least {
                return Some((*one, *other));
            }
        }
    }
    None
}

/// Whether both name persons, groups or things, and none in common: they speak of two.
fn of_others(a: &Said, b: &Said) -> bool {
    let named = |said: &Said| -> Vec<NameIx> {
        let names = said.names.iter();
        names
            .filter(|(_, kind)| *kind != NameKind::Place)
            .map(|(name, _)| *name)
            .collect()
    };
    let (one, other) = (named(a), named(b));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|name| other.contains(name))
}

/// The verb that a figure belongs to: the nearest before it, or else the nearest after it, in its
/// statement; and whether it is negated. Light ones ("had four", "is four") say nothing of what is
/// counted.
fn governor(ground: &Ground<'_>, said: &Said, number: &Number) -> Option<(u64, bool)> {
    let doc = ground.docs[said.article];
    let (all, own) = (doc.tokens_in(said.span), doc.tokens_in(number.span));
    let verb = |at: &usize| {
        let token = &doc.tokens[*at];
        token.tag == Tag::Verb && !token.stop
    };
    let before = (all.start..own.start.max(all.start)).rev().find(verb);
    let verb = before.or_else(|| (own.end.min(all.end)..all.end).find(verb));
    verb.map(|at| {
        let before = &doc.tokens[at.saturating_sub(AROUND).max(all.start)..at];
        let negated = before.iter().any(|t| is_negation(doc, t));
        (doc.tokens[at].stem, negated)
    })
}

/// Whether two statements say the same to be done: a verb in common, where both have one. Twelve
/// people who died are not the 22 who are in hospital.
fn said_alike(a: &Said, b: &Said) -> bool {
    a.verbs.is_empty() || b.verbs.is_empty() || a.verbs.iter().any(|verb| b.verbs.contains(verb))
}

/// How many content words beside the unit are shared near two numbers.
fn common_around(ground: &Ground<'_>, a: &Said, one: Span, b: &Said, other: Span) -> usize {
    let around = |said: &Said, number: Span| -> Phrase {
        let doc = ground.docs[said.article];
        let all = doc.tokens_in(said.span);
        let own = doc.tokens_in(number);
        // Who said both figures does not make them figures for one thing.
        let voices: Vec<Span> = quotes_near(doc, said.span)
            .iter()
            .flat_map(|quote| [quote.source, quote.cue])
            .flatten()
            .collect();
        let telling = |at: &usize| {
            let token = &doc.tokens[*at];
            is_content(doc, token) && !voices.iter().any(|voice| voice.contains(token.span))
        };
        let mut before: Vec<usize> = (all.start..own.start.max(all.start))
            .rev()
            .filter(telling)
            .take(REACH)
            .collect();
        let after: Vec<usize> = (own.end.min(all.end)..all.end)
            .filter(telling)
            .take(REACH)
            .collect();
        before.extend(after);
        let mut stems: Vec<(u64, f32)> = before
            .into_iter()
            .map(|at| doc.tokens[at].stem)
            .map(|stem| (stem, ground.terms.stem_weight(stem)))
            .collect();
        stems.sort_by_key(|s| s.0);
        stems.dedup_by_key(|s| s.0);
        Phrase { stems }
    };
    around(a, one).shared(&around(b, other)).len()
}
