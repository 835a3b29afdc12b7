//! In: articles of one story and among them a sentence that somebody asks about. Out: who states it, who comes near
//! it, who says what cannot be true with it; of each statement of the sentence apart. Refuses to read in a way of its
//! own: what two passages are to each other is what a comparison of the story would find.
//!
//! Stricter than a claim's list in one thing: who leaves a figure of the sentence open does not state it.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{
    Answer, ArticleIx, ClaimReading, Contradiction, DisputeKind, Document, Mention, Modality, Story,
};

use crate::concerns::{Concerns, stems};
use crate::contrary::Of;
use crate::judge::{Judging, has_figures_of};
use crate::passages::Sentences;
use crate::relation::{CONFIRMS, Relation, Relations, STATES};
use crate::terms::Said;
use crate::thresholds::Thresholds;
use crate::{Related, disputes, related};

/// The chance of one matter from which passages that are contrary in what they pin down contradict each other.
const MATTER: f32 = 0.5;
/// The same of passages that have the two ends of a pair of opposites.
const OPPOSITES: f32 = 0.7;

/// What articles say of the statements of one of them, `asked`, in its own order; nothing where it states nothing.
/// The rest as for [`crate::compare`].
pub fn ask(
    story: &Story,
    docs: &[&Document],
    asked: ArticleIx,
    sentences: Option<&Sentences>,
    thresholds: &Thresholds,
) -> Vec<Answer> {
    related(story, docs, sentences, thresholds, |read| {
        let Related {
            quotes,
            rules,
            relations,
            found,
            ..
        } = read;
        let judging = Judging::new(story, docs, &quotes, &rules, relations);
        let words = docs.iter().map(|doc| stems(&doc.tokens)).collect();
        let asking = Asking {
            docs,
            words,
            asked,
            relations,
            against: Against::of(relations, &found),
            judging,
        };
        asking.statements().map(|one| asking.answer(one)).collect()
    })
}

struct Asking<'a> {
    docs: &'a [&'a Document],
    /// The stems of each article's words.
    words: Vec<HashSet<u64>>,
    asked: ArticleIx,
    relations: &'a Relations<'a>,
    against: Against,
    judging: Judging<'a>,
}

/// The statements that disputes set against each other.
struct Against(HashMap<(u32, u32), DisputeKind>);

impl Against {
    fn of(relations: &Relations<'_>, found: &[disputes::Found]) -> Self {
        let sides = disputes::sides(relations.terms, found);
        let mut against = HashMap::new();
        for (at, (one, dispute, side)) in sides.iter().enumerate() {
            let others = sides[at + 1..].iter();
            for (other, _, _) in others
                .take_while(|(_, of, _)| of == dispute)
                .filter(|(_, _, on)| on != side)
            {
                let kind = found[*dispute as usize].kind;
                against
                    .entry((*one.min(other), *one.max(other)))
                    .or_insert(kind);
            }
        }
        Self(against)
    }

    fn between(&self, one: u32, other: u32) -> Option<DisputeKind> {
        self.0.get(&(one.min(other), one.max(other))).copied()
    }
}

impl Asking<'_> {
    /// What is asked: the sentence's own statements, or those of others that it repeats word for word.
    fn statements(&self) -> impl Iterator<Item = u32> {
        let terms = self.relations.terms;
        let of = |article: ArticleIx| (terms.starts[article.at()]..).zip(terms.of_article(article));
        let own = of(self.asked)
            .filter(|(_, said)| !said.frame)
            .map(|(one, _)| one);
        let repeated = terms.reprints.repeated_by(self.asked);
        own.chain(repeated.filter_map(move |place| {
            let mut there = of(place.article);
            there
                .find(|(_, said)| said.span == place.span)
                .map(|(one, _)| one)
        }))
    }

    fn answer(&self, one: u32) -> Answer {
        let terms = self.relations.terms;
        let (mut states, mut near, mut contradicts) = (Vec::new(), Vec::new(), Vec::new());
        let concerns = Concerns::of(self.docs[self.asked], terms.said[one as usize].span);
        let others = self.words.iter().enumerate();
        let others = others.filter(|(article, _)| *article != self.asked.at());
        let others: Vec<&HashSet<u64>> = others.map(|(_, words)| words).collect();
        let of_things = concerns.are_things_of(&others);
        for (other, to) in self.beside(one) {
            let told = &terms.said[other as usize];
            let doc = self.docs[told.article];
            if !self
                .words
                .get(told.article.at())
                .is_some_and(|words| concerns.are_in(words))
            {
                continue;
            }
            let sentence = doc.sentences.get(told.sentence as usize);
            let sentence = sentence.map_or(told.span, |sentence| sentence.span);
            let meant = of_things && concerns.are_meant(doc, sentence, told.span);
            if let Some(kind) = self.contradicts(one, other, &to).filter(|_| meant) {
                let readings = self.readings(one, other);
                contradicts.extend(
                    readings
                        .into_iter()
                        .map(|reading| Contradiction { reading, kind }),
                );
            } else if meant && self.states(one, other) {
                states.push(other);
            } else if to.is_one_matter() {
                near.extend(
                    self.readings(one, other)
                        .into_iter()
                        .map(|reading| ClaimReading {
                            near: true,
                            ..reading
                        }),
                );
            }
        }
        if terms.said[one as usize].article != self.asked {
            states.push(one);
            states.sort_unstable();
        }
        let readings: Vec<ClaimReading> = states
            .iter()
            .map(|other| self.reading(one, *other))
            .collect();
        let origins = (!states.is_empty()).then(|| self.judging.origins_of(&readings, &states));
        let mut stating: Vec<ClaimReading> = states
            .iter()
            .flat_map(|other| self.readings(one, *other))
            .collect();
        stating.extend(self.again(terms.mention(one)).map(|mention| ClaimReading {
            mention,
            ..self.judging.reading(&terms.said[one as usize])
        }));
        stating.sort_by_key(|reading| reading.mention);
        stating.dedup_by_key(|reading| reading.mention);
        // Of who says something of it, what only comes near tells nothing more.
        let says = |article: ArticleIx| {
            let states = |reading: &ClaimReading| reading.mention.article == article;
            stating.iter().any(states)
                || contradicts
                    .iter()
                    .any(|one: &Contradiction| states(&one.reading))
        };
        near.retain(|reading: &ClaimReading| !says(reading.mention.article));
        Answer {
            asked: self.asked_words(one),
            near,
            contradicts,
            origins,
            states: stating,
        }
    }

    /// What others say that was set beside a statement, in order of place.
    fn beside(&self, one: u32) -> Vec<(u32, Relation)> {
        let terms = self.relations.terms;
        let near = self.relations.near(one);
        let mut others: BTreeMap<u32, Relation> = near.map(|(other, to)| (other, *to)).collect();
        // What a dispute sets against it may have been put beside it in no other way.
        for (a, b) in self.against.0.keys() {
            if [a, b].contains(&&one) {
                let other = if *a == one { *b } else { *a };
                others.entry(other).or_insert(Relation::NONE);
            }
        }
        others.retain(|other, _| terms.said[*other as usize].article != self.asked);
        others.into_iter().collect()
    }

    /// Whether who states the second states what is asked: as whole as what is listed as stating a claim, as real, and
    /// with its figures.
    fn states(&self, one: u32, other: u32) -> bool {
        let said = |said: u32| &self.relations.terms.said[said as usize];
        let (asked, told) = (said(one), said(other));
        // Who asks writes as if it had happened: what others only expect is not that.
        let real = told.modality == asked.modality;
        real && !told.conditional
            && !self.relations.across(one, other)
            && told.whether == asked.whether
            && has_figures_of(told, asked)
            && told.facts.has_lengths_of(&asked.facts)
            && self.has_times_of(told, asked)
            && self.relations.tells(one, other, &CONFIRMS)
            && self.judging.states(one, other)
    }

    /// Whether a statement has every time of day of another. Without a day nobody can tell what times they are: they are
    /// compared as they are written, in the whole sentence of who tells it.
    fn has_times_of(&self, told: &Said, asked: &Said) -> bool {
        let doc = self.docs[told.article];
        let sentence = doc.sentences.get(told.sentence as usize);
        let sentence = doc.get(sentence.map_or(told.span, |sentence| sentence.span));
        let told: Vec<&str> = clocks(sentence).collect();
        clocks(self.docs[asked.article].get(asked.span)).all(|clock| told.contains(&clock))
    }

    /// In what the two cannot both be true, where that is sure: a dispute is found between them, or they speak of one
    /// matter and what they pin down is contrary.
    fn contradicts(&self, one: u32, other: u32, to: &Relation) -> Option<DisputeKind> {
        let found = self
            .against
            .between(one, other)
            .filter(|kind| *kind != DisputeKind::Attribution)
            .filter(|kind| self.is_held_against(one, other, *kind));
        if found.is_some() || self.relations.across(one, other) {
            return found;
        }
        let told = &self.relations.terms.said[other as usize];
        let sure = to.matter >= MATTER && told.modality == Modality::Fact && !told.conditional;
        let contrary = to.contrary.filter(|contrary| {
            // "Fell" and "has risen" are said of two things more often than of one.
            let far = contrary.of == Of::Opposites && to.matter < OPPOSITES;
            sure && !far && self.relations.contrary(one, other)
        })?;
        let kind = match contrary.of {
            Of::Figure | Of::Length | Of::Label => DisputeKind::Number,
            Of::Day | Of::Clock => DisputeKind::Date,
            Of::Denial | Of::Opposites => DisputeKind::Negation,
        };
        Some(kind).filter(|kind| self.is_held_against(one, other, *kind))
    }

    /// Whether what two statements differ in is of what was asked: who contradicts it says the rest of it. An article that
    /// has the asked figures too has others for something else; and what is and is not so is one thing where it is told by
    /// one verb: what "escaped" was "not touched".
    fn is_held_against(&self, one: u32, other: u32, kind: DisputeKind) -> bool {
        let terms = self.relations.terms;
        let (asked, told) = (&terms.said[one as usize], &terms.said[other as usize]);
        let held = match kind {
            DisputeKind::Number => {
                let mut own = terms.of_article(told.article).iter();
                asked.numbers.is_empty() || !own.any(|told| has_figures_of(told, asked))
            }
            DisputeKind::Negation => asked.verbs.iter().any(|verb| told.verbs.contains(verb)),
            _ => true,
        };
        held && self.relations.tells(one, other, &STATES)
    }

    /// A statement as a reading of what is asked.
    fn reading(&self, one: u32, other: u32) -> ClaimReading {
        let mut reading = self
            .judging
            .reading(&self.relations.terms.said[other as usize]);
        reading.carried = self.relations.carried(other, one);
        reading
    }

    /// The same, with every place where it stands in the same words.
    fn readings(&self, one: u32, other: u32) -> Vec<ClaimReading> {
        let reading = self.reading(one, other);
        let again = self.again(reading.mention).map(|mention| ClaimReading {
            mention,
            source: None,
            carried: None,
            ..reading.clone()
        });
        std::iter::once(reading.clone()).chain(again).collect()
    }

    /// Where the sentence says it.
    fn asked_words(&self, one: u32) -> Mention {
        let place = self.relations.terms.mention(one);
        let again = self.relations.terms.reprints.again(place);
        let own = again.iter().find(|place| place.article == self.asked);
        own.copied().unwrap_or(place)
    }

    fn again(&self, place: Mention) -> impl Iterator<Item = Mention> {
        let again = self.relations.terms.reprints.again(place).iter().copied();
        again.filter(|mention| mention.article != self.asked)
    }
}

/// The times of day that are written in figures: `7:30`, `16:40`.
fn clocks(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == ':'));
    words.filter(|word| {
        let parts = word.split_once(':');
        parts.is_some_and(|(hour, minute)| (1..=2).contains(&hour.len()) && minute.len() == 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_as_they_are_written() {
        let of = |text| clocks(text).collect::<Vec<_>>();
        assert_eq!(
            of("It was sent at 7:30 p.m. and again at 16:40."),
            ["7:30", "16:40"]
        );
        assert!(of("It ended 3:1, 2.5 million saw it.").is_empty());
    }
}
