//! Claims and quotations that have some words, across stories. In: a search. Out: the stories in whose claims or quotations
//! all its words stand in one passage. Candidates are the articles that the full-text index has, the newest first; a story
//! stands where its newest article with such a passage does, so that no later page has it again. Work is bounded: so many
//! articles are looked at and so many stories read; where the search goes on is told.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use crossread::report::{site, wire, within};
use serde::Deserialize;
use store::{ArticleRow, Query, Reader, StoryRow, Words};

use crate::app::{App, Asked, asked};
use crate::pages::{self, Page, Sought};
use crate::refusal::Refusal;
use crate::times;

/// Articles that are looked at for one page.
const ARTICLES: u32 = 200;
/// Stories that are read for one page.
const STORIES: usize = 40;
/// Claims or quotations of one story that are shown.
const EACH: usize = 5;

/// Its address.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/search", get(search))
}

/// What an address says is searched.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WhichOf {
    of: String,
}

impl WhichOf {
    /// The same, where it is something that can be searched.
    pub fn read(&self) -> Result<site::Of, Refusal> {
        site::Of::read(&self.of)
            .ok_or_else(|| Refusal::Bad("of is articles, claims or quotes".to_owned()))
    }
}

/// The search's page.
async fn search(State(app): State<Arc<App>>, sought: Asked<Sought>, of: Asked<WhichOf>) -> Page {
    let sought = asked(sought)?;
    let of = asked(of)?.read()?;
    let kept_here = app.changes();
    let page = app
        .read(move |store| {
            let (hits, within, next) = match of {
                site::Of::Articles => {
                    let (hits, next) = pages::hits(store, &sought)?;
                    (hits, site::Within::default(), next)
                }
                of => {
                    let (within, next) = seek(store, &sought, of)?;
                    (Vec::new(), within, next)
                }
            };
            let first = sought.before.is_none();
            let names = match first {
                true => store.names_called(&sought.q, pages::NAMES)?,
                false => Vec::new(),
            };
            Ok(site::search(&site::SearchPage {
                outlets: store.outlets(pages::OUTLETS)?,
                names: names
                    .into_iter()
                    .map(|name| (name.id, name.kind, name.name, name.stories))
                    .collect(),
                words: sought.q,
                outlet: sought.outlet.unwrap_or_default(),
                from: sought.from.unwrap_or_default(),
                to: sought.to.unwrap_or_default(),
                of,
                hits,
                within,
                next,
                kept_here,
            }))
        })
        .await?;
    Ok(Html(page))
}

/// A story's claims or quotations that have the words, and the number of the newest article with such a passage.
struct Holding {
    newest: i64,
    found: site::InStory,
}

/// The articles that passages stand in, by id: number and outlet where the search is of them too.
struct Articles<'s> {
    store: &'s Reader,
    query: Query,
    known: HashMap<String, Option<(i64, String)>>,
}

impl Articles<'_> {
    fn of(&mut self, id: &str) -> Result<Option<(i64, String)>, Refusal> {
        if let Some(known) = self.known.get(id) {
            return Ok(known.clone());
        }
        let row = self.store.article(id)?;
        let found = row.filter(|row| fits(&self.query, row));
        let found = found.map(|row| (row.n, row.outlet.unwrap_or_default()));
        self.known.insert(id.to_owned(), found.clone());
        Ok(found)
    }
}

/// Whether an article is among those that are searched.
fn fits(query: &Query, row: &ArticleRow) -> bool {
    let day = row.published.as_deref().and_then(|at| at.get(..10));
    let day = day.and_then(times::days);
    let outlet = query.outlet.is_none() || query.outlet == row.outlet;
    let from = query
        .from
        .is_none_or(|from| day.is_some_and(|day| day >= from));
    let to = query.to.is_none_or(|to| day.is_some_and(|day| day <= to));
    outlet && from && to
}

/// Searches; with where it goes on.
pub fn seek(
    store: &Reader,
    sought: &Sought,
    of: site::Of,
) -> Result<(site::Within, Option<i64>), Refusal> {
    let query = sought.query(store)?;
    let words = Words::of(&query.words);
    let rows = store.search(&query, ARTICLES)?;
    let mut articles = Articles {
        store,
        query,
        known: HashMap::new(),
    };
    let mut read: HashMap<String, Option<Holding>> = HashMap::new();
    let mut found = site::Within::default();
    let mut last = None;
    for row in &rows {
        let story = row.story.clone().unwrap_or_default();
        if !read.contains_key(&story) {
            if read.len() == STORIES {
                return Ok((found, last));
            }
            let holding = match store.story(&story)? {
                Some(row) => holding(&mut articles, &row, &words, of)?,
                None => None,
            };
            read.insert(story.clone(), holding);
        }
        found.looked_at += 1;
        last = Some(row.n);
        if let Some(Some(holding)) = read.get(&story)
            && holding.newest == row.n
        {
            found.stories.push(holding.found.clone());
        }
    }
    let more = rows.len() == ARTICLES as usize;
    Ok((found, last.filter(|_| more)))
}

/// What a story has of the words; nothing where it is not compared yet.
fn holding(
    articles: &mut Articles<'_>,
    row: &StoryRow,
    words: &Words,
    of: site::Of,
) -> Result<Option<Holding>, Refusal> {
    let Some(kept) = articles.store.report(row.n)? else {
        return Ok(None);
    };
    let story = crossread::report::story(&kept.story).ok_or_else(pages::damaged)?;
    let mut newest = None;
    let mut things = Vec::new();
    match of {
        site::Of::Quotes => {
            let names = articles.store.names_of(row.n)?;
            for quote in &story.quotes {
                let passages = within::quote(&story, quote);
                if let Some(passage) = first(articles, passages, words, &mut newest)? {
                    things.push(said(&story, quote, passage, &names));
                }
            }
        }
        _ => {
            let mut claims: Vec<&wire::Claim> = story.claims.iter().collect();
            claims.sort_by_key(|claim| std::cmp::Reverse(claim.outlets));
            for claim in claims {
                if let Some(passage) = first(articles, within::claim(claim), words, &mut newest)? {
                    things.push(stated(claim, passage));
                }
            }
        }
    }
    let Some(newest) = newest else {
        return Ok(None);
    };
    let more = things.len().saturating_sub(EACH);
    things.truncate(EACH);
    for thing in &mut things {
        thing.marks = words.places(&thing.passage);
    }
    Ok(Some(Holding {
        newest,
        found: site::InStory {
            id: row.id.clone(),
            title: row.title.clone().unwrap_or_else(|| row.id.clone()),
            day: row.days.and_then(|(_, last)| times::day(last)),
            things,
            more,
        },
    }))
}

/// A passage that has the words, and its outlet.
type Passage = (wire::Mention, String);

/// The first passage that has the words and stands in an article that is searched; `newest` learns of all of them.
fn first<'m>(
    articles: &mut Articles<'_>,
    passages: impl Iterator<Item = (&'m wire::Mention, String)>,
    words: &Words,
    newest: &mut Option<i64>,
) -> Result<Option<Passage>, Refusal> {
    let mut found = None;
    for (mention, told) in passages {
        if !words.all_in(&told) {
            continue;
        }
        let Some((n, outlet)) = articles.of(&mention.article)? else {
            continue;
        };
        *newest = (*newest).max(Some(n));
        found = found.or_else(|| Some((mention.clone(), outlet)));
    }
    Ok(found)
}

fn stated(claim: &wire::Claim, (mention, outlet): Passage) -> site::Thing {
    site::Thing {
        id: claim.id.clone(),
        key: claim.key.clone(),
        article: mention.article,
        outlet,
        passage: mention.text,
        marks: Vec::new(),
        told: site::Told::Claim {
            verdict: claim.verdict,
            outlets: claim.outlets,
            origins: (claim.origins.low, claim.origins.high),
        },
    }
}

fn said(
    story: &wire::Story,
    quote: &wire::Quote,
    (mention, outlet): Passage,
    names: &[(String, String)],
) -> site::Thing {
    let across = |id: &String| {
        let known = names.iter().find(|(local, _)| local == id);
        known.map(|(_, across)| across.clone())
    };
    let reading = quote.readings.iter().find(|one| one.mention == mention);
    let speaker = within::speaker(story, quote);
    site::Thing {
        id: quote.id.clone(),
        key: quote.key.clone(),
        article: mention.article.clone(),
        outlet,
        passage: mention.text,
        marks: Vec::new(),
        told: site::Told::Quote {
            speaker: speaker.map(|name| (name, quote.speaker.as_ref().and_then(across))),
            form: match reading.map(|reading| reading.form) {
                Some(wire::Form::Direct) => "direct",
                Some(wire::Form::Mixed) => "mixed",
                _ => "indirect",
            },
        },
    }
}
