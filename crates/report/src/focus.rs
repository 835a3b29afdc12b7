//! In: a report and what a reader wants to look at. Out: the report narrowed to it, every id as it was.
//! Refuses what it cannot find, and what could be several things, with what there is to choose from.

use std::collections::BTreeSet;

use crate::clean::one_line;
use crate::wire::{Mention, Report, Story};

/// What was asked for is not one thing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FocusError {
    /// Nothing is called so.
    #[error(
        "nothing in the report is called {what:?}; name a story by words of its title, a person or \
         organisation, or an id such as c3 (see --format json)"
    )]
    Nothing {
        /// As asked for.
        what: String,
    },
    /// Several stories have it.
    #[error("{what:?} is in several stories; write one of: {}", found.join(", "))]
    Several {
        /// As asked for.
        what: String,
        /// How to say which.
        found: Vec<String>,
    },
}

/// One thing of a story, by its id there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The story's place in the report.
    pub story: usize,
    /// "c3", "d1", "q2", "n4" or "copy1".
    pub id: String,
}

/// Finds a thing by its id: "c3", or "STORY/c3" where several stories have one.
pub fn locate(report: &Report, what: &str) -> Result<Place, FocusError> {
    let (wanted, id) = match what.rsplit_once('/') {
        Some((story, id)) => (Some(story), id),
        None => (None, what),
    };
    let here = |story: &Story| wanted.is_none_or(|wanted| story.id.starts_with(wanted));
    let stories: Vec<usize> = (0..report.stories.len())
        .filter(|&at| here(&report.stories[at]) && has(&report.stories[at], id))
        .collect();
    match stories[..] {
        [story] => Ok(Place {
            story,
            id: id.to_owned(),
        }),
        [] => Err(FocusError::Nothing {
            what: what.to_owned(),
        }),
        _ => {
            // Where one story alone compares anything, it is the one that is meant.
            let mut several = stories
                .iter()
                .filter(|&&at| report.stories[at].articles.len() > 1);
            if let (Some(&story), None) = (several.next(), several.next()) {
                let id = id.to_owned();
                return Ok(Place { story, id });
            }
            let named = |&at: &usize| format!("{}/{id}", report.stories[at].id);
            Err(FocusError::Several {
                what: what.to_owned(),
                found: stories.iter().map(named).collect(),
            })
        }
    }
}

fn has(story: &Story, id: &str) -> bool {
    story.claims.iter().any(|one| one.id == id)
        || story.disputes.iter().any(|one| one.id == id)
        || story.quotes.iter().any(|one| one.id == id)
        || story.names.iter().any(|one| one.id == id)
        || story.copies.iter().any(|one| one.id == id)
}

/// Narrows a report to a story (its id, or words of its title), to a person, organisation or place by
/// any of its spellings, or to a claim, dispute, quotation or name by its id.
pub fn focus(mut report: Report, what: &str) -> Result<Report, FocusError> {
    let what = what.trim();
    let low = what.to_lowercase();
    let by_id = match locate(&report, what) {
        Ok(place) => Some(place),
        Err(FocusError::Nothing { .. }) => None,
        Err(several) => return Err(several),
    };
    if let Some(place) = by_id {
        let mut story = report.stories.swap_remove(place.story);
        narrow(&mut story, &BTreeSet::from([place.id]));
        report.stories = vec![story];
    } else if report.stories.iter().any(|story| story.id == what) {
        report.stories.retain(|story| story.id == what);
    } else {
        let named = |story: &Story| -> BTreeSet<String> {
            let is = |text: &str| one_line(text).to_lowercase() == low;
            let names = story.names.iter();
            names
                .filter(|name| is(&name.name) || name.variants.iter().any(|variant| is(variant)))
                .map(|name| name.id.clone())
                .collect()
        };
        let titled = |story: &Story| !low.is_empty() && story.title.to_lowercase().contains(&low);
        if report.stories.iter().any(|story| !named(story).is_empty()) {
            report.stories.retain(|story| !named(story).is_empty());
            for story in &mut report.stories {
                let ids = named(story);
                narrow(story, &ids);
            }
        } else {
            report.stories.retain(titled);
        }
    }
    if report.stories.is_empty() {
        return Err(FocusError::Nothing {
            what: what.to_owned(),
        });
    }
    let kept: BTreeSet<&String> = report
        .stories
        .iter()
        .flat_map(|story| &story.articles)
        .collect();
    report.articles.retain(|article| kept.contains(&article.id));
    Ok(report)
}

/// Whether two passages have a letter in common.
fn overlaps(a: &Mention, b: &Mention) -> bool {
    a.article == b.article && a.start < b.end && b.start < a.end
}

/// Leaves of a story what has to do with the things of these ids.
fn narrow(story: &mut Story, ids: &BTreeSet<String>) {
    let is = |id: &String| ids.contains(id);
    let holds = |list: &[String]| list.iter().any(|id| ids.contains(id));
    // The passages of what is looked at.
    let mut places: Vec<Mention> = Vec::new();
    let names = story.names.iter().filter(|one| is(&one.id));
    places.extend(names.flat_map(|one| one.mentions.iter().cloned()));
    let claims = story.claims.iter().filter(|one| is(&one.id));
    places.extend(claims.flat_map(|one| crate::view::stated(one).cloned()));
    let quotes = story.quotes.iter().filter(|one| is(&one.id));
    places.extend(quotes.flat_map(|one| one.readings.iter().map(|r| r.mention.clone())));
    let copies = story.copies.iter().filter(|one| is(&one.id));
    let passages = copies.flat_map(|one| &one.passages);
    places.extend(passages.flat_map(|passage| [passage.a.clone(), passage.b.clone()]));
    let disputes = story.disputes.iter().filter(|one| is(&one.id));
    let sides = disputes.flat_map(|one| &one.sides);
    places.extend(sides.flat_map(|side| side.mentions.iter().cloned()));
    let touches = |mention: &Mention| places.iter().any(|place| overlaps(place, mention));
    // A claim stands by itself; around anything else are the claims that it is in.
    let one_claim = story.claims.iter().any(|one| is(&one.id));
    let of_dispute: BTreeSet<String> = story
        .disputes
        .iter()
        .filter(|one| is(&one.id))
        .flat_map(|one| one.sides.iter().flat_map(|side| side.claims.clone()))
        .collect();
    story.claims.retain(|one| {
        let in_it = || {
            one.readings
                .iter()
                .any(|r| !r.near && (holds(&r.attributed_to) || touches(&r.mention)))
        };
        is(&one.id) || of_dispute.contains(&one.id) || !one_claim && in_it()
    });
    let claims: BTreeSet<String> = story.claims.iter().map(|one| one.id.clone()).collect();
    let told = |list: &[String]| list.iter().any(|id| claims.contains(id));
    story.disputes.retain(|one| {
        is(&one.id)
            || one.sides.iter().any(|side| {
                told(&side.claims) || holds(&side.held_by) || side.mentions.iter().any(&touches)
            })
    });
    for side in story.disputes.iter_mut().flat_map(|one| &mut one.sides) {
        side.claims.retain(|id| claims.contains(id));
    }
    story.quotes.retain(|one| {
        is(&one.id)
            || one.speaker.as_ref().is_some_and(is)
            || one
                .readings
                .iter()
                .any(|r| r.speaker.as_ref().is_some_and(is) || touches(&r.mention))
    });
    story
        .timeline
        .retain(|one| told(&one.claims) || one.mentions.iter().any(&touches));
    story
        .brief
        .retain(|one| told(&one.claims) || one.mentions.iter().any(&touches));
    for list in story
        .timeline
        .iter_mut()
        .map(|one| &mut one.claims)
        .chain(story.brief.iter_mut().map(|one| &mut one.claims))
    {
        list.retain(|id| claims.contains(id));
    }
    let quotes: BTreeSet<&String> = story.quotes.iter().map(|one| &one.id).collect();
    story
        .wording
        .retain(|one| is(&one.about) || claims.contains(&one.about) || quotes.contains(&one.about));
    story.copies.retain(|one| {
        is(&one.id)
            || one
                .passages
                .iter()
                .any(|passage| touches(&passage.a) || touches(&passage.b))
    });
    // Names that what is left speaks of.
    let mut named: BTreeSet<&String> = ids.iter().collect();
    let claims = story.claims.iter().flat_map(|one| &one.readings);
    named.extend(claims.flat_map(|reading| &reading.attributed_to));
    let sides = story.disputes.iter().flat_map(|one| &one.sides);
    named.extend(sides.flat_map(|side| &side.held_by));
    for quote in &story.quotes {
        named.extend(&quote.speaker);
        named.extend(quote.readings.iter().filter_map(|r| r.speaker.as_ref()));
    }
    named.extend(&story.place);
    named.extend(story.wording.iter().map(|one| &one.about));
    story.names.retain(|one| named.contains(&one.id));
}
