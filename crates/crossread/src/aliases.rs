//! Which names are one, as the user knows it: spellings and nicknames that no rule can tell.
//!
//! In: lines of `Name: alias, alias`. Out: stories in which they are one name. Refuses what [`ListError`] says.

use std::collections::HashMap;

use model::{Document, Mention, NameIx, NonEmpty, Story, StoryName};

use crate::lists::{self, ListError};

/// Names by alias.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    of: HashMap<String, String>,
}

impl Aliases {
    /// Reads a list of aliases.
    ///
    /// # Errors
    /// [`ListError`] names the first line that cannot be read.
    pub fn read(list: &str) -> Result<Self, ListError> {
        let mut of = lists::read(list, folded)?;
        let names: Vec<String> = of.values().cloned().collect();
        // A name is its own alias, unless it is another's.
        for name in names {
            of.entry(folded(&name)).or_insert(name);
        }
        Ok(Self { of })
    }

    /// Makes one name of those of a story that the user says are one. The kind and the clearest words are those
    /// of the most mentioned.
    pub(crate) fn join(&self, story: &mut Story, docs: &[&Document]) {
        if self.of.is_empty() {
            return;
        }
        let known = |name: &StoryName| {
            let words =
                |mention: &Mention| docs.get(mention.article.at()).map(|d| d.get(mention.span));
            let mut mentions = name.mentions.iter().filter_map(words);
            mentions.find_map(|words| self.of.get(&folded(words)))
        };
        // Each goes to the first of its name, which is the most mentioned.
        let mut first: HashMap<&str, usize> = HashMap::new();
        let into: Vec<usize> = (0..)
            .zip(&story.names)
            .map(|(at, name)| known(name).map_or(at, |name| *first.entry(name).or_insert(at)))
            .collect();
        if into.iter().enumerate().all(|(at, to)| at == *to) {
            return;
        }
        let mut joined: Vec<Option<StoryName>> = Vec::new();
        for (name, &to) in std::mem::take(&mut story.names).into_iter().zip(&into) {
            match joined.get_mut(to) {
                Some(Some(whole)) => {
                    take_in(whole, name);
                    joined.push(None);
                }
                _ => joined.push(Some(name)),
            }
        }
        let mut order: Vec<usize> = (0..joined.len())
            .filter(|&at| joined[at].is_some())
            .collect();
        let count = |at: usize| joined[at].as_ref().map_or(0, |name| name.mentions.len());
        order.sort_by_key(|&at| (std::cmp::Reverse(count(at)), at));
        let mut place = vec![NameIx::default(); joined.len()];
        for (new, &at) in NameIx::all().zip(&order) {
            place[at] = new;
        }
        let moved = |old: &mut NameIx| *old = place[into[old.at()]];
        story.name_of.iter_mut().flatten().flatten().for_each(moved);
        story.place.iter_mut().for_each(moved);
        story.names = order
            .into_iter()
            .filter_map(|at| joined[at].take())
            .collect();
    }
}

/// Adds the mentions and roles of a name to another.
fn take_in(whole: &mut StoryName, part: StoryName) {
    let mut mentions =
        std::mem::replace(&mut whole.mentions, NonEmpty::one(whole.clearest)).into_vec();
    mentions.extend(part.mentions.into_vec());
    mentions.sort_unstable();
    mentions.dedup();
    if let Some(mentions) = NonEmpty::new(mentions) {
        whole.mentions = mentions;
    }
    whole.roles.extend(part.roles);
}

fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
