//! Stories that readers follow. In: what was last told of each, and its kept report now. Out: what is new, and what that
//! report has, for the store to keep. Nothing is drawn here, and nothing written: whoever holds the store keeps it.

use std::collections::HashSet;

use crossread::report::news::{Had, Kind, News, Passage};
use crossread::report::{self, news, wire};
use serde::Deserialize;
use store::{Followed, Reader, StoryRow};

use crate::export;

/// What is new in one story.
#[derive(Clone, Debug)]
pub struct Noticed {
    /// What was told of before.
    pub before: Followed,
    /// What is told of now.
    pub now: Followed,
    /// What is new: JSON of [`News`].
    pub news: Vec<String>,
}

/// Passages of a page that changed: gone, and new.
const PASSAGES: usize = 12;

/// What a story has now, to be followed from here on; none where there is no such story.
///
/// # Errors
/// Those of the store.
pub fn begin(store: &Reader, id: &str) -> Result<Option<Followed>, store::Error> {
    let Some(row) = store.story(id)? else {
        return Ok(None);
    };
    let read = read(store, &row)?;
    Ok(Some(match read {
        Some((now, ..)) => now,
        None => Followed {
            story: row.id,
            drawn: -1,
            told: None,
        },
    }))
}

/// What is new in the stories that are followed.
///
/// # Errors
/// Those of the store.
pub fn notice(store: &Reader) -> Result<Vec<Noticed>, store::Error> {
    let mut noticed = Vec::new();
    if !store.news_wait()? {
        return Ok(noticed);
    }
    for before in store.followed()? {
        let Some(row) = store.story(&before.story)? else {
            continue;
        };
        let drawn = store.drawn(row.n)?;
        if drawn.is_none() || drawn == Some(before.drawn) && row.id == before.story {
            continue;
        }
        let Some((now, own, report)) = read(store, &row)? else {
            continue;
        };
        let told = before.told.as_deref();
        let news = match told.and_then(|told| serde_json::from_slice::<Had>(told).ok()) {
            Some(had) => told_of(store, &before, &row, (&had, &own), &report)?,
            // Who begins to follow a story that was not compared yet begins with its first report.
            None => Vec::new(),
        };
        let news = news
            .iter()
            .filter_map(|one| serde_json::to_string(one).ok());
        noticed.push(Noticed {
            news: news.collect(),
            before,
            now,
        });
    }
    Ok(noticed)
}

/// What a story's kept report has.
fn read(
    store: &Reader,
    row: &StoryRow,
) -> Result<Option<(Followed, Had, wire::Report)>, store::Error> {
    // First: what is drawn meanwhile is looked at again.
    let Some(drawn) = store.drawn(row.n)? else {
        return Ok(None);
    };
    let Some(report) = export::report_of(store, row.n, &row.id)? else {
        return Ok(None);
    };
    let made_of = store.report(row.n)?.map(|kept| kept.made_of);
    let events = store.events(&row.id)?;
    let merged = events.iter().filter(|event| event.kind == "merged").count();
    let Some(story) = report.stories.first() else {
        return Ok(None);
    };
    let had = news::had(story, &made_of.unwrap_or_default(), merged);
    let now = Followed {
        story: row.id.clone(),
        drawn,
        told: serde_json::to_vec(&had).ok(),
    };
    Ok(Some((now, had, report)))
}

fn told_of(
    store: &Reader,
    before: &Followed,
    row: &StoryRow,
    (had, has): (&Had, &Had),
    report: &wire::Report,
) -> Result<Vec<News>, store::Error> {
    let merged = |other: String| News {
        kind: Kind::Merged,
        key: other,
        stands: None,
        passages: Vec::new(),
        more: 0,
    };
    let mut told = Vec::new();
    if row.id == before.story {
        let events = store.events(&row.id)?.into_iter();
        let others = events.filter(|event| event.kind == "merged");
        told.extend(
            others
                .skip(had.merged)
                .filter_map(|event| event.other)
                .map(merged),
        );
    } else {
        told.push(merged(before.story.clone()));
    }
    told.extend(news::news(had, report));
    for (id, &number) in &had.articles {
        match has.articles.get(id) {
            Some(&now) if now != number => told.extend(changed(store, id, [number, now])?),
            Some(_) => {}
            None => {
                let newest = store.newest(id)?;
                let article = newest.map(|version| report::lines::article(&version.article));
                told.extend(article.map(|article| news::of_article(Kind::Left, &article)));
            }
        }
    }
    told.sort_by_key(|one| one.kind);
    Ok(told)
}

/// The sentences of a version's annotations.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sentences {
    sentences: Vec<(usize, usize)>,
}

/// What an outlet changed on its page: sentences that are there no more, and those that were not.
fn changed(store: &Reader, id: &str, numbers: [u32; 2]) -> Result<Option<News>, store::Error> {
    let mut sides = Vec::new();
    for number in numbers {
        let Some(version) = store.version(id, number)? else {
            return Ok(None);
        };
        let layers = store.layers(version.seq)?;
        let layers: Sentences = serde_json::from_slice(&layers).unwrap_or_default();
        let article = report::lines::article(&version.article);
        let letters: Vec<char> = article.text.chars().collect();
        let title = article.title.iter().cloned();
        let sentences = layers
            .sentences
            .iter()
            .filter_map(|&(start, end)| Some(letters.get(start..end)?.iter().collect::<String>()));
        let sentences: Vec<String> = title.chain(sentences).collect();
        sides.push((article, sentences));
    }
    let [(old, were), (new, are)] = sides.as_slice() else {
        return Ok(None);
    };
    let apart = |article: &wire::Article, own: &[String], others: &[String], gone: bool| {
        let others: HashSet<&str> = others.iter().map(|one| one.trim()).collect();
        let own = own.iter().filter(|one| !others.contains(one.trim()));
        let passages = own.map(|one| Passage {
            gone: Some(gone),
            ..Passage::of(article, one.trim())
        });
        passages.collect::<Vec<_>>()
    };
    let (mut lost, mut came) = (apart(old, were, are, true), apart(new, are, were, false));
    // A page may be stored anew with the same words.
    if lost.is_empty() && came.is_empty() {
        return Ok(None);
    }
    let all = lost.len() + came.len();
    lost.truncate(PASSAGES);
    came.truncate(PASSAGES);
    lost.extend(came);
    Ok(Some(News {
        kind: Kind::Changed,
        key: id.to_owned(),
        stands: None,
        more: all - lost.len(),
        passages: lost,
    }))
}
