//! In: a pronoun that somebody's words are given to. Out: the person or office that it stands for,
//! where one alone fits. Refuses whom one only tells, who is named for somebody else's sake, and
//! anybody at all where somebody unknown spoke last.

use model::{EntityIx, Name, NameKind, Span};

use super::super::cues::{Closed, Ways};
use super::{REACH, Resolver};
use crate::names::gender::Gender;

impl Resolver<'_> {
    /// Whom a pronoun stands for: `None` where the source is no pronoun, `Some(None)` where it
    /// could be two or nobody.
    pub(super) fn pronoun(&self, source: Span) -> Option<Option<EntityIx>> {
        let word = self.doc.get(source);
        let is = |pronoun: &str| word.eq_ignore_ascii_case(pronoun);
        if is("he") || is("she") {
            let gender = if is("he") { Gender::He } else { Gender::She };
            return Some(self.person_before(source, gender));
        }
        if is("who") || is("which") {
            let kind = |entity: &EntityIx| match is("which") {
                true => self.kind(*entity) == Some(NameKind::Organisation),
                false => true,
            };
            return Some(self.antecedent(source).filter(kind));
        }
        if is("it") {
            let office = self
                .last_known(source)
                .filter(|&entity| self.kind(entity) == Some(NameKind::Organisation));
            return Some(office);
        }
        let other = [
            "they", "i", "we", "you", "others", "some", "many", "someone", "one",
        ];
        other.iter().any(|pronoun| is(pronoun)).then_some(None)
    }

    /// Who spoke last, near enough for a pronoun.
    fn last_known(&self, source: Span) -> Option<EntityIx> {
        let near =
            |&(_, at): &(Option<EntityIx>, usize)| source.start().saturating_sub(at) <= REACH;
        self.last.filter(near)?.0
    }

    /// The person that `he` or `she` stands for.
    fn person_before(&self, source: Span, gender: Gender) -> Option<EntityIx> {
        let block = self
            .doc
            .sentence_at(source.start())
            .and_then(|at| self.doc.sentences.get(at))
            .map(|sentence| sentence.block as usize);
        let blocks = &self.doc.article.blocks;
        let start = |block: usize| blocks.get(block).map(|block| block.span.start());
        let paragraph = block.and_then(start).unwrap_or(source.start());
        // Somebody whose name is not known spoke in this paragraph: it may be that one.
        if self.unknown_since(paragraph) {
            return None;
        }
        let fits = |entity: EntityIx| {
            self.gender(entity).is_none_or(|known| known == gender)
                && !self.muddled.contains(&entity)
                && !self.stands_for_body(entity)
        };
        let people = |from: usize, to: usize| {
            let mut people = self.people(from, to);
            people.retain(|&entity| fits(entity));
            people
        };
        let last = self
            .last_known(source)
            .filter(|&entity| self.kind(entity) == Some(NameKind::Person) && fits(entity));
        let mut here = people(paragraph, source.start());
        let first_here = here.first().copied();
        here.sort_unstable();
        here.dedup();
        match here[..] {
            [one] => Some(one),
            [] if self.unknown_since(paragraph.saturating_sub(REACH)) => None,
            [] => {
                let before = block.and_then(|block| block.checked_sub(1)).and_then(start);
                let near = people(before.unwrap_or(paragraph), paragraph);
                match last {
                    // Others have come in since.
                    Some(last) => (near.is_empty() || near.contains(&last)).then_some(last),
                    // Nobody has spoken yet: the one person named so far.
                    None => {
                        let mut so_far = people(paragraph.saturating_sub(REACH), paragraph);
                        so_far.sort_unstable();
                        so_far.dedup();
                        match so_far[..] {
                            [one] => Some(one),
                            _ => None,
                        }
                    }
                }
            }
            // Several: only the one who opens the paragraph and spoke last.
            _ => last.filter(|&entity| first_here == Some(entity)),
        }
    }

    /// Whether somebody unknown spoke last, and not before a place.
    fn unknown_since(&self, place: usize) -> bool {
        self.last
            .is_some_and(|(who, at)| who.is_none() && at >= place)
    }

    /// The people named between two places, outside quotes, in order.
    fn people(&self, from: usize, to: usize) -> Vec<EntityIx> {
        let first = self.doc.names.partition_point(|n| n.span.start() < from);
        self.doc.names[first..]
            .iter()
            .take_while(|name| name.span.end() <= to)
            .filter(|name| name.kind == NameKind::Person && !self.in_speech(name.span))
            .filter(|name| !self.is_told(name) && !self.only_describes(name))
            .filter_map(|name| name.entity)
            .collect()
    }

    /// Whether a name only says more of another noun: `Lund supporters`, `a spokesman for Lund`.
    fn only_describes(&self, name: &Name) -> bool {
        let all = &self.doc.tokens;
        let range = self.doc.tokens_in(name.full);
        let modifies = all.get(range.end).is_some_and(|after| {
            after.tag == model::Tag::Noun
                && self.doc.get(after.span).starts_with(char::is_lowercase)
                // "Lund claims she was told": a verb, whatever the tagger says.
                && self.lexicon.word(after.key).cue.is_none()
        });
        let serves = range.start.checked_sub(2).is_some_and(|role| {
            let closed = self.lexicon.word(all[role + 1].key).closed;
            self.lexicon.word(all[role].key).noun.any(Ways::ROLE)
                && matches!(closed, Some(Closed::Origin | Closed::Preposition))
        });
        modifies || serves
    }

    /// Whether somebody is told or asked something there: `Lund told radio host Jan Berg`.
    fn is_told(&self, name: &Name) -> bool {
        const WIDEST: usize = 4;
        let first = self.doc.tokens_in(name.full).start;
        let mut before = self.doc.tokens[..first].iter().rev().take(WIDEST);
        let verb = before.find(|token| {
            !matches!(
                token.tag,
                model::Tag::Noun | model::Tag::Adj | model::Tag::Det | model::Tag::Propn
            )
        });
        verb.and_then(|verb| self.lexicon.word(verb.key).cue)
            .is_some_and(|cue| cue.ways.any(Ways::TELL | Ways::ASK))
    }

    fn in_speech(&self, span: Span) -> bool {
        let next = self.spoken.partition_point(|s| s.start() <= span.start());
        next.checked_sub(1)
            .is_some_and(|at| self.spoken[at].overlaps(span))
    }

    /// The name right before `who`.
    fn antecedent(&self, source: Span) -> Option<EntityIx> {
        const GAP: usize = 3;
        let next = self
            .doc
            .names
            .partition_point(|n| n.span.end() <= source.start());
        let name = self.doc.names.get(next.checked_sub(1)?)?;
        if name.kind == NameKind::Other {
            return None;
        }
        (source.start() - name.span.end() <= GAP)
            .then_some(name.entity)
            .flatten()
    }

    /// What a person's titles say, else the given name.
    fn gender(&self, entity: EntityIx) -> Option<Gender> {
        let entity = self.doc.entities.get(entity.at())?;
        let names = || {
            entity
                .names
                .iter()
                .filter_map(|&name| self.doc.names.get(name as usize))
        };
        names()
            .find_map(|name| self.genders.told(self.doc, name))
            .or_else(|| names().find_map(|name| self.genders.given(self.doc.get(name.span))))
    }
}
