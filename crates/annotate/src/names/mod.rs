//! In: a document with tags, its hashed words. Out: its names, with exact spans, kinds and roles;
//! none overlap. The tagger proposes; lists, titles and the rest of the article decide.
//!
//! Steps, a file each: `hints` (what the tagger reads) · `view` (what the rules ask) · `draft` (its proposals) · `months` · `places` ·
//! `organisations` · `titles` · `vote` (all mentions together). A name is marked as news sets do:
//! without titles, articles and genitives; these go into [`Name::full`] and [`Name::roles`].

mod draft;
pub(crate) mod gender;
pub(crate) mod hints;
pub(crate) mod lexicon;
mod months;
mod organisations;
mod places;
mod titles;
mod view;
mod vote;

use model::{Document, Name, NameKind, Span};
use tagger::{Model, Word};

use draft::Draft;
pub(crate) use organisations::Pair;
pub(crate) use places::ON;
use view::View;

/// How many drafts are looked at around a person's for the person before or behind.
const NEAR: usize = 12;

/// The labels of the tagger of names, in the order of their numbers.
pub const LABELS: [&str; 9] = [
    "O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-OTH", "I-OTH",
];

/// Finds the names of a document; gives the acronyms that stand in brackets behind what they stand
/// for, as indices into the names.
pub(crate) fn add(doc: &mut Document, words: &[Word], model: &Model) -> Vec<Pair> {
    let view = View { doc, words };
    let (mut labels, mut drafts, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    let mut sentence_drafts = Vec::new();
    for sentence in &doc.sentences {
        let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
        sentence_drafts.clear();
        draft::propose(
            view,
            model,
            tokens.clone(),
            &mut labels,
            &mut sentence_drafts,
        );
        places::mend(view, tokens.clone(), &mut sentence_drafts);
        titles::announced(view, tokens.clone(), &mut sentence_drafts);
        titles::months(view, tokens.clone(), &mut sentence_drafts);
        titles::offices(view, &mut sentence_drafts);
        titles::particles(view, tokens.clone(), &mut sentence_drafts);
        organisations::mend(view, tokens, &mut sentence_drafts, &mut pairs);
        drafts.extend(
            sentence_drafts
                .drain(..)
                .filter_map(|draft| titles::strip(view, draft)),
        );
    }
    vote::settle(view, &mut drafts);
    organisations::remove_overlaps(&mut drafts);
    titles::drop_roles(view, &mut drafts);
    let names = names(view, &drafts);
    let index = |first: usize| {
        drafts
            .binary_search_by_key(&first, |draft| draft.first)
            .ok()
    };
    let pairs = pairs
        .iter()
        .filter_map(|pair| {
            Some(Pair {
                full: index(pair.full)?,
                short: index(pair.short)?,
            })
        })
        .collect();
    doc.names = names;
    pairs
}

/// The drafts as names, with their roles.
fn names(view: View, drafts: &[Draft]) -> Vec<Name> {
    let mut names = Vec::with_capacity(drafts.len());
    let mut sentence = 0;
    let sentences = &view.doc.sentences;
    for (index, draft) in drafts.iter().enumerate() {
        while sentences
            .get(sentence)
            .is_some_and(|s| s.tokens.end as usize <= draft.first)
        {
            sentence += 1;
        }
        let Some(here) = sentences.get(sentence) else {
            break;
        };
        let Some(span) = span(view, draft.first, draft.end) else {
            continue;
        };
        let mut name = Name {
            span,
            full: span,
            kind: draft.kind,
            roles: Vec::new(),
            entity: None,
        };
        if draft.kind == NameKind::Person {
            let mut floor = here.tokens.start as usize;
            // Another person's name ends the search; an organisation's may stand inside a role.
            let before = drafts[..index]
                .iter()
                .rev()
                .take(NEAR)
                .take_while(|d| d.end > floor);
            if let Some(other) = before.into_iter().find(|d| d.kind == NameKind::Person) {
                floor = floor.max(other.end);
            }
            for (first, end) in titles::before(view, draft.first, floor) {
                name.roles.extend(self::span(view, first, end));
            }
            if let Some(first) = name.roles.first() {
                name.full = name.full.hull(*first);
            }
            let mut limit = here.tokens.end as usize;
            let next = drafts[index + 1..]
                .iter()
                .take(NEAR)
                .find(|d| d.kind == NameKind::Person);
            if let Some(next) = next.filter(|next| next.first < limit) {
                limit = next.first;
            }
            if let Some((first, end)) = titles::behind(view, draft.end, limit) {
                name.roles.extend(self::span(view, first, end));
            }
        }
        names.push(name);
    }
    names
}

fn span(view: View, first: usize, end: usize) -> Option<Span> {
    let tokens = &view.doc.tokens;
    Some(
        tokens
            .get(first)?
            .span
            .hull(tokens.get(end.checked_sub(1)?)?.span),
    )
}
