//! In: a story's statements, how they pair, its claims and utterances. Out: what its articles, or
//! the voices in them, disagree on. One file a kind. A dispute names two sides with a passage each;
//! where the conflict is not plain in the words, none is claimed: a silly dispute costs more than a
//! missed one.

mod attribution;
mod date;
mod denial;
mod figure;
mod number;
mod order;
mod phrase;
mod plain;
mod state;
mod toll;

use std::collections::HashMap;

use model::{
    AtLeast, ClaimIx, Dispute, DisputeKind, Document, Mention, NameIx, NameKind, NonEmpty,
    Quotation, QuoteIx, Side, Span, Stance, Story, Utterance,
};

use crate::judged::Judged;
use crate::nearby::quotes_near;
use crate::relation::Relations;
use crate::terms::{Said, Terms, name_of};

/// What the kinds of dispute are found in.
pub(crate) struct Ground<'a> {
    pub story: &'a Story,
    pub docs: &'a [&'a Document],
    pub terms: &'a Terms,
    /// For each statement, the first claim that it belongs to.
    pub claim_of: HashMap<u32, ClaimIx>,
    pub relations: &'a Relations<'a>,
    pub utterances: &'a [Utterance],
    /// For each article the readings of utterances in it, with the utterance.
    pub quoted: &'a [Vec<(Span, QuoteIx)>],
}

/// A side before its claims are known.
pub(crate) struct Found {
    pub kind: DisputeKind,
    pub question: Vec<Mention>,
    pub sides: Vec<FoundSide>,
}

/// The passages of one side and who holds it.
pub(crate) struct FoundSide {
    pub mentions: Vec<Mention>,
    pub held_by: Vec<NameIx>,
}

/// Finds the disputes, plain ones (denials) first; [`finish`] ties them to claims.
pub(crate) fn find(ground: &Ground<'_>) -> Vec<Found> {
    let mut found = denial::find(ground);
    found.extend(order::find(ground));
    found.extend(state::find(ground));
    let tolls = toll::Tolls::of(ground);
    found.extend(number::find(ground, &tolls));
    let of_tolls = toll::find(ground, &tolls, &found);
    found.extend(of_tolls);
    let in_sentences = figure::find(ground, &tolls, &found);
    found.extend(in_sentences);
    found.extend(date::find(ground));
    found.extend(plain::find(ground));
    found.extend(attribution::find(ground));
    one_each(found)
}

/// Puts together what was found twice, through two claims that share their passages: disputes of one kind, each of
/// whose sides has a passage in common.
fn one_each(found: Vec<Found>) -> Vec<Found> {
    let mut told: Vec<Found> = Vec::new();
    for one in found {
        let known = told.iter_mut().find(|known| known.is_of(&one));
        match known {
            Some(known) => known.take(one),
            None => told.push(one),
        }
    }
    told
}

impl Found {
    fn is_of(&self, other: &Self) -> bool {
        let shares = |(side, other): (&FoundSide, &FoundSide)| {
            side.mentions.iter().any(|m| other.mentions.contains(m))
        };
        self.kind == other.kind
            && self.sides.len() == other.sides.len()
            && self.sides.iter().zip(&other.sides).all(shares)
    }

    fn take(&mut self, other: Self) {
        for (side, more) in self.sides.iter_mut().zip(other.sides) {
            side.mentions.extend(more.mentions);
            side.held_by.extend(more.held_by);
        }
    }
}

/// For each statement, the first of the claims that it belongs to.
pub(crate) fn claims_by_statement(claims: &[Judged]) -> HashMap<u32, ClaimIx> {
    let mut found = HashMap::new();
    for (claim, judged) in ClaimIx::all().zip(claims) {
        for said in &judged.said {
            found.entry(*said).or_insert(claim);
        }
    }
    found
}

/// The statements that disputes set against each other: each with its dispute and its side. Where only the
/// speaker is in dispute, what was said is not.
pub(crate) fn sides(terms: &Terms, found: &[Found]) -> Vec<(u32, u32, u32)> {
    let place: HashMap<Mention, u32> = (0..terms.said.len() as u32)
        .map(|said| (terms.mention(said), said))
        .collect();
    let mut sides = Vec::new();
    for (dispute, one) in (0u32..).zip(found) {
        if one.kind == DisputeKind::Attribution {
            continue;
        }
        for (number, side) in (0u32..).zip(&one.sides) {
            let said = side
                .mentions
                .iter()
                .filter_map(|mention| place.get(mention));
            sides.extend(said.map(|said| (*said, dispute, number)));
        }
    }
    sides
}

/// Sorts a dispute's passages, ties them to claims and drops what has no two sides.
pub(crate) fn finish(claims: &[Judged], found: Found) -> Option<Dispute> {
    let sides: Vec<(Mention, NonEmpty<Mention>, Vec<NameIx>)> = found
        .sides
        .into_iter()
        .filter_map(|side| {
            let label = *side.mentions.first()?;
            let mut mentions = side.mentions;
            mentions.sort();
            mentions.dedup();
            let mut held_by = side.held_by;
            held_by.sort_unstable();
            held_by.dedup();
            Some((label, NonEmpty::new(mentions)?, held_by))
        })
        .collect();
    // A passage cannot stand on both sides; the side that came first keeps it.
    if sides.len() >= 2 {
        let first = &sides[0].1;
        if sides[1..]
            .iter()
            .any(|side| side.1.iter().any(|m| first.contains(m)))
        {
            return None;
        }
    }
    let passages: Vec<&[Mention]> = sides.iter().map(|side| &side.1[..]).collect();
    let claims = claims_of(claims, &passages);
    let mut sides: Vec<Side> = sides
        .into_iter()
        .zip(claims)
        .map(|((label, mentions, held_by), claims)| Side {
            label,
            claims,
            mentions,
            held_by,
        })
        .collect();
    sides.sort_by_key(|side| side.claims.is_empty());
    Some(Dispute {
        kind: found.kind,
        question: NonEmpty::new(found.question)?,
        sides: AtLeast::new(sides)?,
    })
}

/// For each side the claims that its passages are readings of. A claim is in a dispute only where
/// more than half of its readings are, or half and the one that stands for it: one that merely shares
/// a passage with it is not what is disputed.
fn claims_of(judged: &[Judged], sides: &[&[Mention]]) -> Vec<Vec<ClaimIx>> {
    let mut claims = vec![Vec::new(); sides.len()];
    for (index, judged) in ClaimIx::all().zip(judged) {
        let readings = &judged.readings;
        let counts: Vec<usize> = sides
            .iter()
            .map(|mentions| {
                readings
                    .iter()
                    .filter(|reading| mentions.iter().any(|m| is_reading(m, &reading.mention)))
                    .count()
            })
            .collect();
        let clearest = readings.get(judged.clearest.at());
        let stands = sides
            .iter()
            .flat_map(|side| side.iter())
            .any(|m| clearest.is_some_and(|reading| is_reading(m, &reading.mention)));
        if counts.iter().sum::<usize>() * 2 + usize::from(stands) <= readings.len() {
            continue;
        }
        for (side, _) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            claims[side].push(index);
        }
    }
    claims
}

/// Whether a passage and a reading share half of the shorter of the two.
fn is_reading(passage: &Mention, reading: &Mention) -> bool {
    passage.article == reading.article
        && passage.span.overlap(reading.span) * 2 >= passage.span.len().min(reading.span.len())
}

impl Ground<'_> {
    /// The claim that a statement belongs to.
    pub(crate) fn claim_of(&self, said: u32) -> Option<ClaimIx> {
        self.claim_of.get(&said).copied()
    }

    /// Who stands behind a statement: who is quoted, in it or with most of it; of several at once ("Klara Wendt and
    /// another passenger") the one who is named.
    pub(crate) fn holder(&self, said: u32) -> Option<NameIx> {
        self.holder_of(&self.terms.said[said as usize])
    }

    fn holder_of(&self, one: &Said) -> Option<NameIx> {
        one.speaker.or_else(|| {
            let doc = self.docs[one.article];
            let most = |quote: &&Quotation| {
                let source = quote.source.map_or(0, |source| source.overlap(one.span));
                quote.content().overlap(one.span) * 2 >= one.span.len() - source
            };
            let quote = quotes_near(doc, one.span).iter().find(most)?;
            if let Some(speaker) = quote.speaker {
                return name_of(self.story, one.article, speaker);
            }
            let mut named = doc.names[doc.names_in(quote.source?)]
                .iter()
                .filter(|name| name.kind == NameKind::Person)
                .filter_map(|name| name_of(self.story, one.article, name.entity?));
            let first = named.next()?;
            named.all(|other| other == first).then_some(first)
        })
    }

    /// Whether two statements give words of one utterance: what differs is a reading, no dispute.
    pub(crate) fn one_utterance(&self, a: u32, b: u32) -> bool {
        let quoted = |said: u32| {
            let at = self.terms.mention(said);
            let here = self.quoted[at.article.at()].iter();
            here.filter(move |(span, _)| span.overlaps(at.span))
                .map(|(_, utterance)| *utterance)
        };
        quoted(a).any(|one| quoted(b).any(|other| other == one))
    }

    /// Whether a statement is put forward as true.
    pub(crate) fn asserts(&self, said: u32) -> bool {
        self.terms.said[said as usize].stance == Stance::Asserts
    }

    pub(crate) fn doc(&self, said: u32) -> &Document {
        self.docs[self.terms.said[said as usize].article]
    }
}
