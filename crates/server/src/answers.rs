//! What the API and assistants are told of lists: stories, names, what a search finds. In: rows of the store. Out: the
//! same as wire types, of which the schemas are made.

use crossread::report::{site, wire};
use schemars::JsonSchema;
use serde::Serialize;
use store::{NameAcross, Reader, StoryFilter, StoryRow};

use crate::pages::{self, Sought};
use crate::refusal::Refusal;
use crate::{seeking, times};

/// Stories of a name that are listed, at most.
pub const STORIES: u32 = 500;
/// Utterances of a name, at most.
pub const SAID: u32 = 1_000;

/// A range of origins.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(rename = "OriginsRange")]
pub struct Range {
    /// At least so many.
    low: u32,
    /// At most so many.
    high: u32,
}

/// A story as it is listed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Listed {
    /// Its id.
    id: String,
    /// The headline of one of its articles; null where there is none.
    title: Option<String>,
    /// First day of publication.
    first: Option<String>,
    /// Last day of publication.
    last: Option<String>,
    /// How many articles it has.
    articles: u32,
    /// How many outlets.
    outlets: u32,
    /// Origins of its best attested claim; null where it is not compared yet.
    origins: Option<Range>,
    /// Corroborated claims.
    corroborated: u32,
    /// Disputes.
    disputes: u32,
    /// The story that it goes on from.
    earlier: Option<String>,
    /// When it last changed.
    changed: String,
    /// Whether its comparison is of its articles as they are.
    fresh: bool,
}

impl From<&StoryRow> for Listed {
    fn from(row: &StoryRow) -> Self {
        Self {
            id: row.id.clone(),
            title: row.title.clone(),
            first: row.days.and_then(|days| times::day(days.0)),
            last: row.days.and_then(|days| times::day(days.1)),
            articles: row.articles,
            outlets: row.outlets,
            origins: row.origins.map(|(low, high)| Range { low, high }),
            corroborated: row.corroborated,
            disputes: row.disputes,
            earlier: row.earlier.clone(),
            changed: times::instant(row.changed),
            fresh: row.fresh,
        }
    }
}

/// A name across stories, as it is listed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NameFound {
    /// Its id.
    id: String,
    /// person, organisation, place, other.
    kind: String,
    /// Its spelling.
    name: String,
    /// How many stories name it.
    stories: u64,
}

impl From<NameAcross> for NameFound {
    fn from(name: NameAcross) -> Self {
        Self {
            id: name.id,
            kind: name.kind,
            name: name.name,
            stories: name.stories,
        }
    }
}

/// An article that a search finds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Hit {
    /// Its id.
    id: String,
    /// Its headline.
    title: String,
    /// Its outlet.
    outlet: String,
    /// When it was published; null where the page does not say.
    published: Option<String>,
    /// The id of its story.
    story: Option<String>,
    /// Where most of the words stand together.
    passage: String,
    /// The words as they stand in it.
    words: Vec<String>,
}

impl From<&site::Hit> for Hit {
    fn from(hit: &site::Hit) -> Self {
        let words = hit
            .marks
            .iter()
            .filter_map(|mark| hit.passage.get(mark.clone()));
        Self {
            id: hit.id.clone(),
            title: hit.title.clone(),
            outlet: hit.outlet.clone(),
            published: Some(hit.published.clone()).filter(|day| !day.is_empty()),
            story: hit.story.clone(),
            words: words.map(str::to_owned).collect(),
            passage: hit.passage.clone(),
        }
    }
}

/// What a search finds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Found {
    /// Names that have the words.
    names: Vec<NameFound>,
    /// Articles that have all of them, the last added first; empty where claims or quotes are searched.
    articles: Vec<Hit>,
    /// Claims that have all of them in one passage, by story; only where claims are searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<Vec<ClaimFound>>,
    /// Quotations that have all of them in one passage, by story; only where quotes are searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    quotes: Option<Vec<QuoteFound>>,
    /// How many articles with the words were looked at for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    looked_at: Option<usize>,
    /// What `before` is for the articles behind these; null where there are none.
    next: Option<i64>,
}

/// A claim that a search finds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClaimFound {
    /// The id of its story.
    story: String,
    /// Its id in the story.
    id: String,
    /// What leads to it while the story grows: `/stories/{story}/{key}`.
    key: String,
    /// The article of the passage.
    article: String,
    /// Its outlet.
    outlet: String,
    /// A passage that states it and has the words.
    passage: String,
    /// The words as they stand in it.
    words: Vec<String>,
    /// What the outlets make of it.
    verdict: wire::Verdict,
    /// How many of them state it.
    outlets: u32,
    /// How many origins it can have.
    origins: Range,
}

/// A quotation that a search finds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuoteFound {
    /// The id of its story.
    story: String,
    /// Its id in the story.
    id: String,
    /// What leads to it while the story grows: `/stories/{story}/{key}`.
    key: String,
    /// The article of the passage.
    article: String,
    /// Its outlet.
    outlet: String,
    /// The words that were said.
    passage: String,
    /// The words that were looked for, as they stand in it.
    words: Vec<String>,
    /// Who said it; null where nobody or several are named.
    speaker: Option<String>,
    /// The speaker's id across stories.
    name: Option<String>,
    /// direct, mixed or indirect.
    form: String,
}

/// Claims and quotations of what was found.
fn things(of: site::Within) -> (Vec<ClaimFound>, Vec<QuoteFound>) {
    let (mut claims, mut quotes) = (Vec::new(), Vec::new());
    for found in of.stories {
        for thing in found.things {
            let words = thing
                .marks
                .iter()
                .filter_map(|mark| thing.passage.get(mark.clone()))
                .map(str::to_owned)
                .collect();
            let story = found.id.clone();
            match thing.told {
                site::Told::Claim {
                    verdict,
                    outlets,
                    origins: (low, high),
                } => claims.push(ClaimFound {
                    story,
                    id: thing.id,
                    key: thing.key,
                    article: thing.article,
                    outlet: thing.outlet,
                    passage: thing.passage,
                    words,
                    verdict,
                    outlets,
                    origins: Range { low, high },
                }),
                site::Told::Quote { speaker, form } => {
                    let (speaker, name) = speaker.unzip();
                    quotes.push(QuoteFound {
                        story,
                        id: thing.id,
                        key: thing.key,
                        article: thing.article,
                        outlet: thing.outlet,
                        passage: thing.passage,
                        words,
                        speaker,
                        name: name.flatten(),
                        form: form.to_owned(),
                    });
                }
            }
        }
    }
    (claims, quotes)
}

/// Searches claims or quotations.
pub fn within(store: &Reader, sought: &Sought, of: site::Of) -> Result<Found, Refusal> {
    if of == site::Of::Articles {
        return found(store, sought);
    }
    worded(sought)?;
    let (within, next) = seeking::seek(store, sought, of)?;
    let looked_at = Some(within.looked_at);
    let (claims, quotes) = things(within);
    Ok(Found {
        names: Vec::new(),
        articles: Vec::new(),
        claims: Some(claims).filter(|_| of == site::Of::Claims),
        quotes: Some(quotes).filter(|_| of == site::Of::Quotes),
        looked_at,
        next,
    })
}

fn worded(sought: &Sought) -> Result<(), Refusal> {
    match sought.q.trim().is_empty() {
        true => Err(Refusal::Bad(
            "q is missing: the words to search for".to_owned(),
        )),
        false => Ok(()),
    }
}

/// Searches.
pub fn found(store: &Reader, sought: &Sought) -> Result<Found, Refusal> {
    worded(sought)?;
    let names = store.names_called(&sought.q, pages::NAMES)?;
    let (hits, next) = pages::hits(store, sought)?;
    Ok(Found {
        names: names.into_iter().map(NameFound::from).collect(),
        articles: hits.iter().map(Hit::from).collect(),
        claims: None,
        quotes: None,
        looked_at: None,
        next,
    })
}

/// One article's wording of something that was said.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reading {
    /// The article's id.
    article: String,
    /// Its outlet.
    outlet: String,
    /// direct, mixed or indirect.
    form: String,
    /// The words that report it.
    cue: Option<String>,
    /// What was said.
    text: String,
}

/// Something that somebody said.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Saying {
    /// The id of its story.
    story: String,
    /// The day of it.
    day: Option<String>,
    /// As each article has it.
    readings: Vec<Reading>,
}

/// A name with what it does in all stories.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Person {
    /// Its id.
    id: String,
    /// person, organisation, place, other.
    kind: String,
    /// Its spelling.
    name: String,
    /// Stories that name it, the latest first.
    stories: Vec<Listed>,
    /// What it said, the latest first.
    quotes: Vec<Saying>,
}

/// Somebody by the id, with so many stories and utterances at most.
pub fn person(store: &Reader, id: &str, stories: u32, said: u32) -> Result<Person, Refusal> {
    let name = store.name(id)?.ok_or(Refusal::NotFound("name"))?;
    let filter = StoryFilter {
        name: Some(id.to_owned()),
        ..StoryFilter::default()
    };
    let rows = store.stories(&filter, stories)?;
    let said = pages::sayings(store, name.n, said)?;
    let reading = |said: &site::Said| Reading {
        article: said.article.clone(),
        outlet: said.outlet.clone(),
        form: said.form.clone(),
        cue: said.cue.clone(),
        text: said.text.clone(),
    };
    let quotes = said.iter().map(|saying| Saying {
        story: saying.story.clone(),
        day: saying.day.clone(),
        readings: saying.readings.iter().map(reading).collect(),
    });
    Ok(Person {
        id: name.id,
        kind: name.kind,
        name: name.name,
        stories: rows.iter().map(Listed::from).collect(),
        quotes: quotes.collect(),
    })
}
