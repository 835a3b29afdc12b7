//! What readers decide and note: the page on which it is done, the forms, and the same for programs. In: what a reader
//! points at, by what lasts of it. Out: a mark of the passages that stand there now.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use crossread::report::{self, site, wire};
use serde::Deserialize;
use store::{Mark, MarkKind, Marked, Reader};

use crate::app::{App, Asked, Sent, asked, sent};
use crate::pages;
use crate::refusal::Refusal;
use crate::tokens::Right;
use crate::who::Peer;

/// Claims that a claim may be put together with, at most.
const OTHERS: usize = 200;
/// Turns of drawing after a mark, so that its maker sees what it does.
const TURNS: usize = 4;

/// Their addresses.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/marks", post(make))
        .route("/marks/new", get(choose))
        .route("/marks/undo", post(undo))
}

/// What a reader points at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Pointed {
    story: String,
    key: String,
    article: String,
}

/// What a reader wants to keep.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    kind: MarkKind,
    /// The story's id.
    story: String,
    /// What lasts of the claim, quotation or dispute.
    #[serde(default)]
    key: String,
    /// A passage: the article's id, a comma, the code point at which it begins; of an article the id alone.
    #[serde(default)]
    passage: String,
    /// The key of the other claim.
    #[serde(default)]
    other: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    pub by: String,
    #[serde(default)]
    pub token: String,
}

fn value(mention: &wire::Mention) -> String {
    format!("{},{}", mention.article, mention.start)
}

fn marked(mention: &wire::Mention) -> Marked {
    Marked {
        article: mention.article.clone(),
        exact: mention.text.clone(),
        start: mention.start,
    }
}

/// The passages of a claim, quotation or dispute, and what it is.
fn passages(story: &wire::Story, key: &str) -> Result<(&'static str, Vec<wire::Mention>), Refusal> {
    let none = || Refusal::NotFound("claim, quotation or dispute of this key");
    let id = report::find(story, key).ok_or_else(none)?;
    if let Some(claim) = story.claims.iter().find(|claim| claim.id == id) {
        // What only comes near it does not state it.
        let states = claim.readings.iter().filter(|reading| !reading.near);
        return Ok(("claim", states.map(|one| one.mention.clone()).collect()));
    }
    if let Some(quote) = story.quotes.iter().find(|quote| quote.id == id) {
        let readings = quote.readings.iter();
        return Ok((
            "quotation",
            readings.map(|one| one.mention.clone()).collect(),
        ));
    }
    let dispute = story.disputes.iter().find(|dispute| dispute.id == id);
    let sides = dispute.ok_or_else(none)?.sides.iter();
    let mentions = sides.flat_map(|side| side.mentions.iter().cloned());
    Ok(("dispute", mentions.collect()))
}

async fn choose(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    pointed: Asked<Pointed>,
) -> Result<Html<String>, Refusal> {
    let pointed = asked(pointed)?;
    // Whom a proxy let in need not say it again.
    let by = app
        .who(&headers, peer, Right::Mark)
        .ok()
        .map(|who| who.name);
    let page = app
        .read(move |store| {
            let (row, story) = pages::compared(store, &pointed.story)?;
            let outlet = |id: &str| -> Result<String, Refusal> {
                let row = store.article(id)?;
                Ok(row
                    .and_then(|row| row.outlet)
                    .unwrap_or_else(|| id.to_owned()))
            };
            let choice = |mention: &wire::Mention| -> Result<site::Choice, Refusal> {
                Ok(site::Choice {
                    value: value(mention),
                    outlet: outlet(&mention.article)?,
                    text: mention.text.clone(),
                })
            };
            let mut of = site::MarkPage {
                story: (row.id, story.title.clone()),
                by,
                ..site::MarkPage::default()
            };
            if !pointed.article.is_empty() {
                let article = store.article(&pointed.article)?;
                let article = article.ok_or(Refusal::NotFound("article"))?;
                of.what = "article";
                of.passages.push(site::Choice {
                    outlet: outlet(&article.id)?,
                    text: article.title.unwrap_or_default(),
                    value: article.id,
                });
                return Ok(site::mark(&of));
            }
            let (what, mentions) = passages(&story, &pointed.key)?;
            of.what = what;
            of.passages = mentions.iter().map(choice).collect::<Result<_, _>>()?;
            if what == "claim" {
                let shown = |claim: &wire::Claim| {
                    let text = claim.readings.iter().find(|reading| !reading.near)?;
                    Some(site::Choice {
                        value: claim.key.clone(),
                        outlet: String::new(),
                        text: text.mention.text.clone(),
                    })
                };
                let others = story.claims.iter().filter(|claim| claim.key != pointed.key);
                of.claims = others.filter_map(shown).take(OTHERS).collect();
            }
            of.key = pointed.key;
            Ok(site::mark(&of))
        })
        .await?;
    Ok(Html(page))
}

/// The mark that a reader wants, of what stands there now.
pub fn wanted(store: &Reader, wanted: Wanted, by: String, at: i64) -> Result<Mark, Refusal> {
    let (row, story) = pages::compared(store, &wanted.story)?;
    let bad = |why: &str| Refusal::Bad(why.to_owned());
    let (mut about, mut with) = (Vec::new(), Vec::new());
    if wanted.kind == MarkKind::NotThisStory || wanted.key.is_empty() {
        if !story.articles.contains(&wanted.passage) {
            return Err(Refusal::NotFound("article in this story"));
        }
        about.push(Marked {
            article: wanted.passage.clone(),
            exact: String::new(),
            start: 0,
        });
    } else {
        let (what, mentions) = passages(&story, &wanted.key)?;
        let chosen = |mention: &&wire::Mention| value(mention) == wanted.passage;
        match (wanted.kind, what) {
            (MarkKind::WrongMatch, "claim") => {
                let one = mentions.iter().find(chosen);
                about.extend(one.map(marked));
                let others = mentions.iter().filter(|mention| !chosen(mention));
                with.extend(others.map(marked));
            }
            (MarkKind::OneClaim, "claim") => {
                about.extend(mentions.iter().map(marked));
                with.extend(passages(&story, &wanted.other)?.1.iter().map(marked));
            }
            (MarkKind::WrongSpeaker, "quotation") => {
                about.extend(mentions.iter().find(chosen).map(marked));
            }
            (MarkKind::Checked, "claim" | "dispute") | (MarkKind::Note, _) => {
                about.extend(mentions.iter().map(marked));
            }
            _ => return Err(bad("this cannot be decided of that")),
        }
    }
    let mark = Mark {
        id: String::new(),
        kind: wanted.kind,
        by: by.trim().to_owned(),
        at,
        story: row.id,
        key: wanted.key,
        about,
        with,
        note: wanted.note.trim().replace("\r\n", "\n"),
        undone: None,
    };
    match mark.fault() {
        Some(fault) => Err(Refusal::Bad(fault)),
        None => Ok(mark.named()),
    }
}

/// Keeps a mark, and draws its story anew; gives its id.
pub async fn keep(app: &Arc<App>, given: Wanted, by: String) -> Result<Mark, Refusal> {
    let at = fetch::now();
    let mark = app.read(move |store| wanted(store, given, by, at)).await?;
    let kept = mark.clone();
    app.turn(move |desk| desk.mark(&kept)).await?;
    draw(app).await?;
    Ok(mark)
}

/// Takes a mark back.
pub async fn take_back(app: &Arc<App>, id: String, by: String) -> Result<(), Refusal> {
    if by.trim().is_empty() {
        return Err(Refusal::Bad("who takes it back?".to_owned()));
    }
    let at = fetch::now();
    let undone = app.turn(move |desk| desk.undo(&id, by.trim(), at)).await?;
    draw(app).await?;
    match undone {
        true => Ok(()),
        false => Err(Refusal::NotFound("mark that holds")),
    }
}

async fn draw(app: &Arc<App>) -> Result<(), Refusal> {
    for _ in 0..TURNS {
        if !app.draw().await? {
            break;
        }
    }
    Ok(())
}

async fn make(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    given: Sent<Wanted>,
) -> Result<Redirect, Refusal> {
    let given = sent(given)?;
    let who = app.who_by(Some(&given.token), &headers, peer, Right::Mark)?;
    let by = who.called(&given.by);
    let mark = keep(&app, given, by).await?;
    Ok(Redirect::to(&format!(
        "/stories/{}#decided",
        site::escape(&mark.story)
    )))
}

/// Which mark is taken back, and by whom.
#[derive(Debug, Deserialize)]
struct Undone {
    id: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    token: String,
}

async fn undo(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    given: Sent<Undone>,
) -> Result<Redirect, Refusal> {
    let given = sent(given)?;
    let who = app.who_by(Some(&given.token), &headers, peer, Right::Mark)?;
    let id = given.id.clone();
    let mark = app.read(move |store| Ok(store.mark_by_id(&id)?)).await?;
    let mark = mark.ok_or(Refusal::NotFound("mark"))?;
    take_back(&app, given.id, who.called(&given.by)).await?;
    Ok(Redirect::to(&format!(
        "/stories/{}#decided",
        site::escape(&mark.story)
    )))
}
