//! Citations of what is stored, of articles and of passages that a reader chose: as files for programs that keep
//! literature (`/cite/{style}/…`), as a page to copy from (`/cite/…`), for programs (`/api/v1/cite`); and drafts of
//! checks (ClaimReview) of what is in dispute. Refuses more passages at once than anybody reads.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use crossread::report::cite::Style;
use crossread::report::{choice, draft, lines, site};
use desk::export::{ExportError, Selection, drafts, selection};
use store::Reader;

use crate::api::Trouble;
use crate::app::{App, Asked, asked};
use crate::refusal::Refusal;
use crate::times;

/// What a reader may choose at once, at most.
const MOST: usize = 200;

/// Their addresses.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/cite/{style}/stories/{id}", get(story))
        .route("/cite/{style}/articles/{id}", get(article))
        .route("/cite/claimreview/stories/{id}", get(drafted))
        .route("/cite/stories/{id}", get(story_page))
        .route("/cite/articles/{id}", get(article_page))
        .route("/api/v1/cite", get(for_programs))
}

/// What an address chooses; what is given several times is chosen together.
#[derive(Debug, Default)]
struct Choice {
    /// `key`: claims, quotations and disputes of a story.
    keys: Vec<String>,
    /// `exact`: words of an article.
    words: Vec<String>,
    story: Option<String>,
    article: Option<String>,
    format: Option<String>,
}

impl Choice {
    fn of(pairs: Asked<Vec<(String, String)>>) -> Result<Self, Refusal> {
        let mut choice = Self::default();
        for (name, value) in asked(pairs)? {
            match name.as_str() {
                "key" => choice.keys.push(value),
                "exact" => choice.words.push(value),
                "story" => choice.story = Some(value),
                "article" => choice.article = Some(value),
                "format" => choice.format = Some(value),
                _ => {}
            }
        }
        if choice.keys.len().max(choice.words.len()) > MOST {
            let most = format!("that are more than {MOST} at once: cite them in parts");
            return Err(Refusal::Bad(most));
        }
        Ok(choice)
    }
}

impl From<ExportError> for Refusal {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => Self::Store(error),
            ExportError::NoStory(_) => Self::NotFound("story"),
            ExportError::Choice(error) => Self::Bad(error.to_string()),
            error => Self::Inside(error.to_string()),
        }
    }
}

fn style_of(ending: &str) -> Result<Style, Refusal> {
    Style::of_ending(ending).ok_or(Refusal::NotFound("style"))
}

async fn story(
    State(app): State<Arc<App>>,
    Path((style, id)): Path<(String, String)>,
    choice: Asked<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (style, choice) = (style_of(&style)?, Choice::of(choice)?);
    let chosen = app
        .read(move |store| Ok(selection(store, &id, &choice.keys)?))
        .await?;
    Ok(file(chosen.cite(style), style.media_type()))
}

async fn article(
    State(app): State<Arc<App>>,
    Path((style, id)): Path<(String, String)>,
    choice: Asked<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (style, choice) = (style_of(&style)?, Choice::of(choice)?);
    let chosen = app
        .read(move |store| of_article(store, &id, &choice.words))
        .await?;
    Ok(file(chosen.cite(style), style.media_type()))
}

async fn drafted(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    choice: Asked<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let choice = Choice::of(choice)?;
    let drafts = app
        .read(move |store| Ok(drafts(store, &id, &choice.keys)?))
        .await?;
    Ok(file(drafts, "application/ld+json"))
}

/// An article's newest version, or words of it.
fn of_article(store: &Reader, id: &str, words: &[String]) -> Result<Selection, Refusal> {
    let version = store.newest(id)?.ok_or(Refusal::NotFound("article"))?;
    let article = lines::article(&version.article);
    let passages = choice::by_words(&article, words).map_err(ExportError::Choice)?;
    Ok(Selection {
        passages,
        articles: vec![(article, times::instant(version.fetched))],
    })
}

fn file(words: String, media_type: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, "attachment"),
    ];
    (headers, words).into_response()
}

async fn story_page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    choice: Asked<Vec<(String, String)>>,
) -> Result<Html<String>, Refusal> {
    let choice = Choice::of(choice)?;
    let page = app
        .read(move |store| {
            let row = store.story(&id)?.ok_or(Refusal::NotFound("story"))?;
            let chosen = selection(store, &row.id, &choice.keys)?;
            let title = row.title.unwrap_or_else(|| row.id.clone());
            let of = ("stories", row.id.as_str(), title.as_str());
            Ok(page_of(&chosen, of, "key", &choice.keys))
        })
        .await?;
    Ok(Html(page))
}

async fn article_page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    choice: Asked<Vec<(String, String)>>,
) -> Result<Html<String>, Refusal> {
    let choice = Choice::of(choice)?;
    let page = app
        .read(move |store| {
            let chosen = of_article(store, &id, &choice.words)?;
            let title = chosen.articles.first();
            let title = title.and_then(|(article, _)| article.title.clone());
            let title = title.unwrap_or_else(|| id.clone());
            let of = ("articles", id.as_str(), title.as_str());
            Ok(page_of(&chosen, of, "exact", &choice.words))
        })
        .await?;
    Ok(Html(page))
}

/// The page of a choice; `of`: what it is of, by kind, id and headline.
fn page_of(
    chosen: &Selection,
    of: (&'static str, &str, &str),
    name: &str,
    values: &[String],
) -> String {
    let pairs = values
        .iter()
        .map(|value| format!("{name}={}", site::escape(value)));
    let query = pairs.collect::<Vec<_>>().join("&");
    let outlet = |id: &str| {
        let article = chosen.articles.iter().find(|(article, _)| article.id == id);
        let outlet = article.and_then(|(article, _)| article.outlet.clone());
        outlet.unwrap_or_else(|| id.to_owned())
    };
    let passages = chosen.passages.iter();
    site::cited(&site::CitedPage {
        of,
        query: &query,
        passages: passages
            .map(|passage| (outlet(&passage.article), passage.text.clone()))
            .collect(),
        told: Style::ALL.map(|style| (style, chosen.cite(style))).into(),
    })
}

async fn for_programs(
    State(app): State<Arc<App>>,
    choice: Asked<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let mut choice = Choice::of(choice)?;
    let format = choice.format.take().unwrap_or_default();
    let style = match format.as_str() {
        "" => Some(Style::Csl),
        draft::FORMAT => None,
        name => Some(Style::named(name).ok_or_else(|| {
            let names = Style::ALL.map(Style::name).join(", ");
            Refusal::Bad(format!("format is one of {names}, {}", draft::FORMAT))
        })?),
    };
    let told = app
        .read(
            move |store| match (style, choice.story, choice.article) {
                (Some(style), Some(story), None) => {
                    Ok(selection(store, &story, &choice.keys)?.cite(style))
                }
                (Some(style), None, Some(article)) => {
                    Ok(of_article(store, &article, &choice.words)?.cite(style))
                }
                (None, Some(story), None) => Ok(drafts(store, &story, &choice.keys)?),
                _ => Err(Refusal::Bad(
                    "give the id of a story, with the key of each passage, or that of an article, with its exact words"
                        .to_owned(),
                )),
            },
        )
        .await?;
    let media_type = style.map_or("application/ld+json", Style::media_type);
    Ok(([(header::CONTENT_TYPE, media_type)], told).into_response())
}
