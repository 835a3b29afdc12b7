//! In: a document's names. Out: who is who: names grouped into persons, organisations, places and
//! other things. A short form goes to the one name that it can stand for; where there are two it
//! stays without an entity. It never joins two full names that differ: a blank beats a guess.
//!
//! Names of different kinds are never one (a person and a place called Lincoln). Each kind has its
//! file: `persons` by the parts of their names, `bodies` (organisations, places, others) by their
//! words, acronyms and known short forms.

mod bodies;
mod persons;

use std::collections::HashMap;

use model::{Document, Entity, EntityIx, NameKind, NonEmpty};

use crate::names::Pair;
use crate::names::gender::{Gender, Genders};
use crate::names::lexicon::Lexicon;

/// One way in which a document writes a name of one kind. "Mr Marsh", "Mrs Marsh" and "Marsh" are
/// three: they may be two persons, and nobody knows which.
#[derive(Debug)]
pub(crate) struct Form<'a> {
    /// The words, white space as in the text.
    pub(crate) text: &'a str,
    /// What titles say of the person.
    pub(crate) told: Option<Gender>,
    /// The names written so, in order.
    pub(crate) names: Vec<u32>,
    /// The group that it belongs to.
    pub(crate) group: Option<u32>,
}

/// Groups the names of a document. `pairs` are names with their acronyms behind them.
pub(crate) fn add(doc: &mut Document, pairs: &[Pair], lexicon: &Lexicon, genders: &Genders) {
    let mut entity_of: Vec<Option<(NameKind, u32)>> = vec![None; doc.names.len()];
    for kind in [
        NameKind::Person,
        NameKind::Organisation,
        NameKind::Place,
        NameKind::Other,
    ] {
        let (mut forms, form_of) = forms(doc, kind, genders);
        if kind == NameKind::Person {
            persons::group(doc, lexicon, genders, &mut forms);
        } else {
            let tied: Vec<(u32, u32)> = pairs
                .iter()
                .filter_map(|pair| {
                    Some(((*form_of.get(pair.full)?)?, (*form_of.get(pair.short)?)?))
                })
                .collect();
            bodies::group(kind, &tied, &mut forms);
        }
        for form in &forms {
            for &name in &form.names {
                entity_of[name as usize] = form.group.map(|group| (kind, group));
            }
        }
    }
    number(doc, &entity_of);
}

/// The forms of one kind in order of appearance, and for each name its form.
fn forms<'a>(
    doc: &'a Document,
    kind: NameKind,
    genders: &Genders,
) -> (Vec<Form<'a>>, Vec<Option<u32>>) {
    let mut at: HashMap<(&str, Option<Gender>), u32> = HashMap::new();
    let mut forms: Vec<Form> = Vec::new();
    let mut form_of = vec![None; doc.names.len()];
    for (index, name) in doc
        .names
        .iter()
        .enumerate()
        .filter(|(_, name)| name.kind == kind)
    {
        let text = doc.article.text.get(name.span);
        let told = match kind {
            NameKind::Person => genders.told(doc, name),
            _ => None,
        };
        let form = *at.entry((text, told)).or_insert_with(|| {
            forms.push(Form {
                text,
                told,
                names: Vec::new(),
                group: None,
            });
            forms.len() as u32 - 1
        });
        forms[form as usize].names.push(index as u32);
        form_of[index] = Some(form);
    }
    (forms, form_of)
}

/// Numbers the groups in order of appearance and writes them into the document.
fn number(doc: &mut Document, entity_of: &[Option<(NameKind, u32)>]) {
    let mut numbers: HashMap<(NameKind, u32), usize> = HashMap::new();
    let mut members: Vec<(NameKind, Vec<u32>)> = Vec::new();
    for (index, group) in entity_of.iter().enumerate() {
        let Some(group) = group else { continue };
        let number = *numbers.entry(*group).or_insert_with(|| {
            members.push((group.0, Vec::new()));
            members.len() - 1
        });
        members[number].1.push(index as u32);
    }
    let mut entities: Vec<Entity> = Vec::with_capacity(members.len());
    for (kind, names) in members {
        let clearest = clearest(doc, &names);
        let number = EntityIx::new(entities.len());
        for &name in &names {
            if let Some(name) = doc.names.get_mut(name as usize) {
                name.entity = Some(number);
            }
        }
        if let (Some(names), Some(clearest)) = (NonEmpty::new(names), clearest) {
            entities.push(Entity {
                kind,
                names,
                clearest,
            });
        }
    }
    doc.entities = entities;
}

/// The mention with most words, then most letters, then the first; one that is not all capitals
/// where there is one.
fn clearest(doc: &Document, names: &[u32]) -> Option<u32> {
    let rank = |&index: &u32| {
        let text = doc
            .names
            .get(index as usize)
            .map_or("", |name| doc.get(name.span));
        let words = text.split_whitespace().count();
        let small = text.chars().any(char::is_lowercase);
        (words > 1, small, words, text.len(), u32::MAX - index)
    };
    names.iter().copied().max_by_key(rank)
}
