//! The page on which an article is read. In: its id, and which version. Out: its text with what its story says of each
//! passage and sentence, and what its outlet changed.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Html;
use axum::routing::get;
use crossread::report::{self, site, wire};
use serde::Deserialize;
use store::{Known, Reader, StoryRow, Version};

use crate::app::{App, Asked, asked};
use crate::pages::{Page, damaged};
use crate::refusal::Refusal;
use crate::times;

/// Its address.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/articles/{id}", get(article))
}

/// Which version of an article; the newest where none is named.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WhichVersion {
    version: Option<u32>,
}

/// An article as the store knows it, its versions, and which of them was asked for.
pub fn versions(
    store: &Reader,
    id: &str,
    which: &WhichVersion,
) -> Result<(Known, Vec<Version>, usize), Refusal> {
    let known = store.by_id(id)?.ok_or(Refusal::NotFound("article"))?;
    let versions = store.versions(known.n)?;
    let number = which.version.unwrap_or(known.versions);
    let at = versions.iter().position(|version| version.number == number);
    let at = at.ok_or(Refusal::NotFound("version of this article"))?;
    Ok((known, versions, at))
}

async fn article(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    which: Asked<WhichVersion>,
) -> Page {
    let which = asked(which)?;
    let page = app
        .read(move |store| {
            let (known, versions, at) = versions(store, &id, &which)?;
            let number = versions[at].number;
            let row = store.story_by_number(known.story)?;
            let story = match &row {
                Some(row) => told(store, row, &id, number)?,
                None => None,
            };
            let passages = story.as_ref().map(|story| passages(story, &id));
            let sentences = match &story {
                Some(story) => sentences(&store.layers(versions[at].seq)?, story, &id),
                None => Vec::new(),
            };
            let before = at.checked_sub(1).map(|before| &versions[before]);
            let page = site::ArticlePage {
                article: report::lines::article(&versions[at].article),
                version: (number, known.versions),
                fetched: versions.iter().map(|v| times::instant(v.fetched)).collect(),
                story: row.map(|row| {
                    let title = row.title.unwrap_or_else(|| row.id.clone());
                    (row.id, title)
                }),
                passages: passages.unwrap_or_default(),
                sentences,
                changes: before
                    .map(|before| changes(before, &versions[at]))
                    .unwrap_or_default(),
            };
            Ok(site::article(&page))
        })
        .await?;
    Ok(Html(page))
}

/// An article's story as it was last compared, where that was of this version.
fn told(
    store: &Reader,
    row: &StoryRow,
    id: &str,
    number: u32,
) -> Result<Option<wire::Story>, Refusal> {
    let Some(kept) = store.report(row.n)? else {
        return Ok(None);
    };
    let is = |(of, version): &(String, u32)| of == id && *version == number;
    if !kept.made_of.iter().any(is) {
        return Ok(None);
    }
    Ok(Some(report::story(&kept.story).ok_or_else(damaged)?))
}

/// What of an article's annotations its page needs.
#[derive(Default, Deserialize)]
struct Layers {
    sentences: Vec<[u32; 2]>,
}

/// An article's sentences, each with the claim of its story that it states and that matters most: one in dispute, then
/// one that others have too.
fn sentences(layers: &[u8], story: &wire::Story, id: &str) -> Vec<site::Sentence> {
    let layers: Layers = serde_json::from_slice(layers).unwrap_or_default();
    let weight = |claim: &wire::Claim| match claim.verdict {
        wire::Verdict::Disputed => 3,
        wire::Verdict::Corroborated => 2,
        wire::Verdict::SingleOrigin => 1,
        wire::Verdict::OnlyHere => 0,
    };
    let mut stated: Vec<(&wire::Mention, &wire::Claim)> = Vec::new();
    for claim in &story.claims {
        let here = report::stated(claim).filter(|mention| mention.article == id);
        stated.extend(here.map(|mention| (mention, claim)));
    }
    let of = |[start, end]: [u32; 2]| {
        let inside = stated
            .iter()
            .filter(|(mention, _)| mention.start < end && start < mention.end);
        let most = inside.max_by_key(|(_, claim)| (weight(claim), claim.outlets));
        let claim = most.map(|(_, claim)| (claim.id.clone(), claim.verdict, claim.outlets));
        ([start, end], claim)
    };
    layers.sentences.into_iter().map(of).collect()
}

/// The passages of an article that its story's report speaks of, with what speaks of them there.
fn passages(story: &wire::Story, id: &str) -> Vec<(wire::Mention, site::Layer, Option<String>)> {
    let mut found = Vec::new();
    let mut take = |mentions: &mut dyn Iterator<Item = &wire::Mention>,
                    layer: site::Layer,
                    thing: Option<&String>| {
        let here = mentions.filter(|mention| mention.article == id);
        found.extend(here.map(|mention| (mention.clone(), layer, thing.cloned())));
    };
    for dispute in &story.disputes {
        let mut mentions = dispute.sides.iter().flat_map(|side| &side.mentions);
        take(&mut mentions, site::Layer::Dispute, Some(&dispute.id));
    }
    for claim in &story.claims {
        // A claim of this article alone is its text; what others state too is worth a mark.
        if report::stated(claim).any(|mention| mention.article != id) {
            let mut stated = report::stated(claim);
            take(&mut stated, site::Layer::Claim, Some(&claim.id));
        }
    }
    for quote in &story.quotes {
        let mut readings = quote.readings.iter().map(|r| &r.mention);
        take(&mut readings, site::Layer::Quote, Some(&quote.id));
    }
    for passage in story.copies.iter().flat_map(|copy| &copy.passages) {
        let mut both = [&passage.a, &passage.b].into_iter();
        take(&mut both, site::Layer::Copy, None);
    }
    for name in &story.names {
        take(&mut name.mentions.iter(), site::Layer::Name, None);
    }
    found
}

/// What an outlet changed: paragraphs that are gone, with those that stand in their place.
fn changes(before: &Version, after: &Version) -> Vec<(String, String)> {
    let lines = |version: &Version| -> Vec<String> {
        let article = &version.article;
        let title = article.title.clone().unwrap_or_default();
        let text = article.text.as_str().lines().map(str::to_owned);
        std::iter::once(title).chain(text).collect()
    };
    let (old, new) = (lines(before), lines(after));
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        // The nearest paragraph that both have: what stands before it on either side is the change.
        let near = (0..old.len() - i + new.len() - j).find_map(|away| {
            (0..=away).find_map(|skip| {
                let (a, b) = (i + skip, j + away - skip);
                let same = a < old.len() && b < new.len() && old[a] == new[b];
                same.then_some((a, b))
            })
        });
        let (to_i, to_j) = near.unwrap_or((old.len(), new.len()));
        out.push((old[i..to_i].join("\n"), new[j..to_j].join("\n")));
        (i, j) = (to_i, to_j);
    }
    out
}
