//! The reader's pages. In: an address. Out: a page of what the store has, by the report's templates.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use crossread::report::{self, site, wire};
use serde::Deserialize;
use store::{Query, Reader, StoryFilter, StoryOrder, StoryRow, Words, snippet};

use crate::app::{App, Asked, asked, day};
use crate::orders;
use crate::refusal::Refusal;
use crate::times;

pub type Page = Result<Html<String>, Refusal>;

/// Stories on the front page, hits on a page of the search.
const STORIES: u32 = 40;
const HITS: u32 = 20;
/// Outlets that are offered to choose from.
pub const OUTLETS: u32 = 500;
/// Names that have the words searched for.
pub const NAMES: u32 = 8;
/// Bytes of a hit's passage.
const PASSAGE: usize = 320;
/// Utterances and stories on a name's page.
const SAID: u32 = 100;
/// Names of a story that are looked for elsewhere.
const ELSEWHERE: u32 = 24;
/// Events of a story that are shown, the latest.
const EVENTS: usize = 300;

/// The pages' addresses.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(front))
        .route("/stories/{id}", get(story))
        .route("/stories/{id}/{key}", get(lasting))
        .route("/names/{id}", get(name))
        .route("/outlets/{name}", get(outlet))
        .route("/compare", get(compare))
        .route("/ask", get(ask))
        .route("/help", get(help))
        .route("/assets/page.css", get(style))
        .route("/assets/page.js", get(script))
        .route("/assets/icon.svg", get(icon))
        .route("/favicon.ico", get(icon))
}

/// An address that leads nowhere.
pub async fn not_found() -> Refusal {
    Refusal::NotFound("page")
}

async fn help() -> Html<String> {
    Html(site::help())
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        site::STYLE,
    )
}

async fn icon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml")], site::ICON)
}

async fn script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        site::SCRIPT,
    )
}

/// What the front page is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Which {
    outlet: String,
    called: String,
    from: String,
    to: String,
    disputed: String,
    several: String,
    sort: String,
    after: String,
}

impl Which {
    fn filter(&self, store: &Reader) -> Result<StoryFilter, Refusal> {
        let order = self.order();
        let given = |word: &str| Some(word.trim().to_owned()).filter(|word| !word.is_empty());
        Ok(StoryFilter {
            outlet: given(&self.outlet)
                .map(|outlet| written(store, outlet))
                .transpose()?,
            called: given(&self.called),
            from: day("from", Some(&self.from))?,
            to: day("to", Some(&self.to))?,
            articles: (!self.several.is_empty()).then_some(2),
            disputed: !self.disputed.is_empty(),
            after: orders::after(order, &self.after),
            name: None,
            order,
        })
    }

    /// The latest first, where it asks for an order that there is not.
    fn order(&self) -> StoryOrder {
        orders::named(&self.sort).unwrap_or_default()
    }

    /// The address of what comes after a story.
    fn next(&self, last: &StoryRow) -> String {
        let mut address = "/?".to_owned();
        for (key, value) in [
            ("outlet", &self.outlet),
            ("called", &self.called),
            ("from", &self.from),
            ("to", &self.to),
            ("disputed", &self.disputed),
            ("several", &self.several),
            ("sort", &self.sort),
        ] {
            if !value.is_empty() {
                address.push_str(&format!("{key}={}&", site::escape(value)));
            }
        }
        address + &format!("after={}", orders::next(self.order(), last))
    }
}

/// An outlet as the store writes it, where a reader wrote it in other letters.
fn written(store: &Reader, outlet: String) -> Result<String, Refusal> {
    let outlet = outlet.trim();
    Ok(store
        .outlet_like(outlet)?
        .unwrap_or_else(|| outlet.to_owned()))
}

async fn front(State(app): State<Arc<App>>, which: Asked<Which>) -> Page {
    let which = asked(which)?;
    let page = app
        .read(move |store| {
            let rows = store.stories(&which.filter(store)?, STORIES)?;
            let cards = cards(store, &rows)?;
            let more = rows.len() == STORIES as usize;
            let next = rows.last().filter(|_| more).map(|last| which.next(last));
            let [articles, _, stories] = store.counts()?;
            let filter = site::Filter {
                outlets: store.outlets(OUTLETS)?,
                disputed: !which.disputed.is_empty(),
                several: !which.several.is_empty(),
                outlet: which.outlet,
                called: which.called,
                from: which.from,
                to: which.to,
                sort: which.sort,
            };
            Ok(site::front(
                &cards,
                &filter,
                [articles, stories],
                next.as_deref(),
            ))
        })
        .await?;
    Ok(Html(page))
}

/// Stories as they are listed.
pub fn cards(store: &Reader, rows: &[StoryRow]) -> Result<Vec<site::Card>, store::Error> {
    let numbers: Vec<u32> = rows.iter().map(|row| row.n).collect();
    let growth = store.growth(&numbers)?;
    let named = store.outlets_of(&numbers)?;
    let card = |row: &StoryRow| site::Card {
        id: row.id.clone(),
        title: row.title.clone().unwrap_or_else(|| row.id.clone()),
        days: row
            .days
            .and_then(|(first, last)| times::day(first).zip(times::day(last))),
        articles: row.articles,
        outlets: row.outlets,
        named: named.get(&row.n).cloned().unwrap_or_default(),
        origins: row.origins,
        corroborated: row.corroborated,
        disputes: row.disputes,
        growth: growth.get(&row.n).map(spread).unwrap_or_default(),
        fresh: row.fresh,
    };
    Ok(rows.iter().map(card).collect())
}

/// Articles a day, days without any among them; nothing where the days are too many for a picture.
fn spread(days: &std::collections::BTreeMap<i64, u32>) -> Vec<u32> {
    const MOST: i64 = 60;
    let (Some(first), Some(last)) = (days.keys().next(), days.keys().next_back()) else {
        return Vec::new();
    };
    match last - first >= MOST {
        true => Vec::new(),
        false => (*first..=*last)
            .map(|day| days.get(&day).copied().unwrap_or(0))
            .collect(),
    }
}

/// A report that cannot be read.
pub fn damaged() -> Refusal {
    Refusal::Inside(
        "the report of this story is damaged; `crossread check` names what is lost".to_owned(),
    )
}

/// A story as it is listed, and as it was last compared.
pub fn compared(store: &Reader, id: &str) -> Result<(StoryRow, wire::Story), Refusal> {
    let row = store.story(id)?.ok_or(Refusal::NotFound("story"))?;
    let kept = store.report(row.n)?;
    let kept = kept.ok_or(Refusal::NotFound("report of this story yet"))?;
    let story = report::story(&kept.story).ok_or_else(damaged)?;
    Ok((row, story))
}

/// A story with the articles that its report is made of, as a report of its own.
pub fn report_of(store: &Reader, row: &StoryRow) -> Result<Option<wire::Report>, Refusal> {
    Ok(desk::export::report_of(store, row.n, &row.id)?)
}

/// What a story's page is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sifted {
    find: String,
    paper: Option<String>,
}

async fn story(State(app): State<Arc<App>>, Path(id): Path<String>, sifted: Asked<Sifted>) -> Page {
    let changes = app.changes();
    let Sifted { find, paper } = asked(sifted)?;
    let page = app
        .read(move |store| {
            let row = store.story(&id)?.ok_or(Refusal::NotFound("story"))?;
            let Some(report) = report_of(store, &row)? else {
                return Ok(site::waiting(&row.id));
            };
            if paper.is_some() {
                return Ok(site::paper(&report));
            }
            let outlets: HashMap<&str, String> = report
                .articles
                .iter()
                .map(|a| {
                    (
                        a.id.as_str(),
                        a.outlet.clone().unwrap_or_else(|| a.id.clone()),
                    )
                })
                .collect();
            let events = store.events(&row.id)?;
            let history = events
                .into_iter()
                .rev()
                .take(EVENTS)
                .map(|event| site::Happened {
                    at: times::instant(event.at),
                    article: event.article.map(|id| {
                        let outlet = outlets.get(id.as_str()).cloned();
                        (id.clone(), outlet.unwrap_or(id))
                    }),
                    kind: event.kind,
                    other: event.other,
                });
            let page = site::StoryPage {
                history: history.collect(),
                elsewhere: store
                    .elsewhere(row.n, ELSEWHERE)?
                    .into_iter()
                    .map(|name| (name.id, name.name, name.stories))
                    .collect(),
                chain: store.chain(&row.id)?.into_iter().map(event).collect(),
                names: store.names_of(row.n)?.into_iter().collect(),
                decisions: crate::decisions::decisions(store, row.n)?,
                changes,
                stale: !row.fresh,
            };
            let words = Words::of(&find);
            let holds = |text: &str| words.all_in(text);
            let sieve = site::Sieve {
                words: &find,
                holds: &holds,
            };
            let sieve = Some(sieve).filter(|_| !words.is_empty());
            Ok(site::story(&report, &page, sieve))
        })
        .await?;
    Ok(Html(page))
}

/// A story as one event of a matter.
fn event(row: StoryRow) -> site::Event {
    let day = row.days.and_then(|(first, _)| times::day(first));
    site::Event {
        title: row.title.unwrap_or_else(|| row.id.clone()),
        day: day.map(|day| day.to_string()),
        articles: row.articles.into(),
        id: row.id,
    }
}

/// Leads to a claim, quotation or dispute by what lasts of it, where it stands now; to its story where no claim has that
/// passage any more: a sentence that one outlet had whole, and of which others now state a part.
async fn lasting(
    State(app): State<Arc<App>>,
    Path((id, key)): Path<(String, String)>,
) -> Result<Redirect, Refusal> {
    let place = app
        .read(move |store| {
            let (row, story) = compared(store, &id)?;
            Ok(match report::find(&story, &key) {
                Some(local) => site::place(&row.id, local),
                None => format!("/stories/{}", row.id),
            })
        })
        .await?;
    Ok(Redirect::to(&place))
}

async fn name(State(app): State<Arc<App>>, Path(id): Path<String>) -> Page {
    let page = app
        .read(move |store| {
            let name = store.name(&id)?.ok_or(Refusal::NotFound("name"))?;
            let filter = StoryFilter {
                name: Some(id.clone()),
                ..StoryFilter::default()
            };
            let rows = store.stories(&filter, STORIES)?;
            let mut page = site::NamePage {
                name: name.name.clone(),
                kind: name.kind.clone(),
                feed: format!("/feeds/names/{}.atom", site::escape(&name.id)),
                stories: cards(store, &rows)?,
                ..site::NamePage::default()
            };
            for row in &rows {
                let Some(report) = report_of(store, row)? else {
                    continue;
                };
                let locals = store.local_names(name.n, row.n)?;
                let names = report.stories.iter().flat_map(|story| &story.names);
                for known in names.filter(|known| locals.contains(&known.id)) {
                    let spellings = known.variants.iter().chain([&known.name]);
                    gather(
                        &mut page.variants,
                        spellings.filter(|s| **s != page.name).cloned(),
                    );
                    gather(&mut page.roles, known.roles.iter().cloned());
                }
            }
            page.said = sayings(store, name.n, SAID)?;
            Ok(site::name(&page))
        })
        .await?;
    Ok(Html(page))
}

fn gather(list: &mut Vec<String>, more: impl Iterator<Item = String>) {
    const MOST: usize = 24;
    for one in more {
        if list.len() < MOST && !list.contains(&one) {
            list.push(one);
        }
    }
}

/// Everything that a name said, the latest first.
pub fn sayings(store: &Reader, name: i64, most: u32) -> Result<Vec<site::Saying>, Refusal> {
    let mut said = Vec::new();
    let mut open: Option<(StoryRow, wire::Report)> = None;
    for (n, local) in store.said_by(name, most)? {
        if open.as_ref().is_none_or(|(row, _)| row.n != n) {
            let Some(row) = store.story_by_number(n)? else {
                continue;
            };
            let Some(report) = report_of(store, &row)? else {
                continue;
            };
            open = Some((row, report));
        }
        let Some((row, report)) = &open else { continue };
        let story = report.stories.first();
        let quote = story.and_then(|story| story.quotes.iter().find(|q| q.id == local));
        let Some(quote) = quote else { continue };
        let outlet = |id: &str| {
            let article = report.articles.iter().find(|a| a.id == id);
            article
                .and_then(|a| a.outlet.clone())
                .unwrap_or_else(|| id.to_owned())
        };
        // What others are said to have said in these words is not theirs.
        let locals = store.local_names(name, n)?;
        let theirs = |reading: &&wire::QuoteReading| match &reading.speaker {
            Some(speaker) => locals.contains(speaker),
            None => reading.source.is_none(),
        };
        said.push(site::Saying {
            story: row.id.clone(),
            key: quote.key.clone(),
            title: row.title.clone().unwrap_or_else(|| row.id.clone()),
            day: row.days.and_then(|days| times::day(days.1)),
            readings: quote
                .readings
                .iter()
                .filter(theirs)
                .map(|reading| site::Said {
                    article: reading.mention.article.clone(),
                    outlet: outlet(&reading.mention.article),
                    text: reading.mention.text.clone(),
                    form: match reading.form {
                        wire::Form::Direct => "direct",
                        wire::Form::Mixed => "mixed",
                        wire::Form::Indirect => "indirect",
                    }
                    .to_owned(),
                    cue: reading.cue.as_ref().map(|cue| cue.text.clone()),
                })
                .collect(),
        });
    }
    Ok(said)
}

async fn outlet(State(app): State<Arc<App>>, Path(name): Path<String>) -> Page {
    let page = app
        .read(move |store| {
            let (articles, alone) = store.outlet(&name)?;
            if articles == 0 {
                return Err(Refusal::NotFound("outlet"));
            }
            let filter = StoryFilter {
                outlet: Some(name.clone()),
                ..StoryFilter::default()
            };
            let rows = store.stories(&filter, STORIES)?;
            let copies = store.copies_of(&name)?;
            let of = |took: Option<bool>| {
                let some = copies.iter().filter(|copy| copy.took == took);
                some.map(|copy| (copy.other.clone(), copy.times)).collect()
            };
            Ok(site::outlet(&site::OutletPage {
                articles,
                alone,
                copies_from: of(Some(true)),
                copied_by: of(Some(false)),
                shares_with: of(None),
                stories: cards(store, &rows)?,
                name,
            }))
        })
        .await?;
    Ok(Html(page))
}

/// Which two articles.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Two {
    a: String,
    b: String,
}

async fn compare(State(app): State<Arc<App>>, two: Asked<Two>) -> Page {
    let two = asked(two)?;
    if two.a.is_empty() || two.b.is_empty() {
        let what = "a and b are missing: the ids of the two articles that are set side by side";
        return Err(Refusal::Bad(what.to_owned()));
    }
    let page = app
        .read(move |store| {
            let (known_a, known_b) = match (store.by_id(&two.a)?, store.by_id(&two.b)?) {
                (Some(a), Some(b)) => (a, b),
                _ => return Err(Refusal::NotFound("article")),
            };
            let version = |id: &str, number: u32| {
                store
                    .version(id, number)?
                    .ok_or(Refusal::NotFound("article"))
            };
            let mut copy = None;
            let mut numbers = (known_a.versions, known_b.versions);
            if known_a.story == known_b.story
                && let Some(kept) = store.report(known_a.story)?
            {
                let of = |id: &str| {
                    kept.made_of
                        .iter()
                        .find(|(known, _)| known == id)
                        .map(|(_, n)| *n)
                };
                if let (Some(a), Some(b)) = (of(&two.a), of(&two.b)) {
                    numbers = (a, b);
                }
                let story = report::story(&kept.story).ok_or_else(damaged)?;
                copy = story.copies.into_iter().find(|copy| {
                    (&copy.a, &copy.b) == (&two.a, &two.b) || (&copy.a, &copy.b) == (&two.b, &two.a)
                });
            }
            let side = |id: &str, number: u32| -> Result<site::Side, Refusal> {
                let version = version(id, number)?;
                let passages = copy.iter().flat_map(|copy| &copy.passages);
                let shared = passages
                    .flat_map(|p| [&p.a, &p.b])
                    .filter(|m| m.article == id);
                let original = store.original(version.seq)?;
                Ok(site::Side {
                    left_out: crossread::left_out(&original, &version.article),
                    article: report::lines::article(&version.article),
                    shared: shared.cloned().collect(),
                })
            };
            let (a, b) = (side(&two.a, numbers.0)?, side(&two.b, numbers.1)?);
            Ok(site::compare(&a, &b, copy.as_ref()))
        })
        .await?;
    Ok(Html(page))
}

/// What is searched for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sought {
    pub q: String,
    pub outlet: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub before: Option<i64>,
}

impl Sought {
    pub fn query(&self, store: &Reader) -> Result<Query, Refusal> {
        let outlet = self
            .outlet
            .clone()
            .filter(|outlet| !outlet.trim().is_empty());
        Ok(Query {
            words: self.q.clone(),
            outlet: outlet.map(|outlet| written(store, outlet)).transpose()?,
            from: day("from", self.from.as_deref())?,
            to: day("to", self.to.as_deref())?,
            before: self.before,
        })
    }
}

/// Articles that were found, and where the search goes on.
pub fn hits(store: &Reader, sought: &Sought) -> Result<(Vec<site::Hit>, Option<i64>), Refusal> {
    found(store, &sought.query(store)?, HITS)
}

/// The same, so many at most.
pub fn found(
    store: &Reader,
    query: &Query,
    most: u32,
) -> Result<(Vec<site::Hit>, Option<i64>), Refusal> {
    let found = store.search(query, most)?;
    let next = found.last().filter(|_| found.len() == most as usize);
    let next = next.map(|last| last.n);
    let mut hits = Vec::new();
    for one in found {
        let Some(version) = store.newest(&one.id)? else {
            continue;
        };
        let (passage, marks) = snippet(version.article.text.as_str(), &query.words, PASSAGE);
        hits.push(site::Hit {
            title: one.title.unwrap_or_else(|| "(no headline)".to_owned()),
            outlet: one.outlet.unwrap_or_default(),
            published: one.published.unwrap_or_default(),
            story: one.story,
            id: one.id,
            passage: passage.to_owned(),
            marks,
        });
    }
    Ok((hits, next))
}

/// What is asked about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Says {
    #[serde(alias = "says")]
    q: String,
    language: Option<String>,
}

async fn ask(State(app): State<Arc<App>>, says: Asked<Says>) -> Page {
    let Says { q, language } = asked(says)?;
    if q.trim().is_empty() {
        return Ok(Html(site::ask("", None)));
    }
    match app.ask(q.clone(), language).await {
        Ok(answer) => Ok(Html(site::answer(&answer))),
        Err(Refusal::Bad(why)) => Ok(Html(site::ask(&q, Some(&why)))),
        Err(refusal) => Err(refusal),
    }
}
