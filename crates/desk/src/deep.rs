//! A store's articles beside their bytes. In: a store. Out: what was kept otherwise than the bytes have it: words that do
//! not stand in them, an address that is nowhere in them, a page that is another. Nothing is changed.
//!
//! Every version is read anew. One that an older program read, or another way, may have come out otherwise: then what it
//! says has to stand in its bytes all the same, and it is counted.

use crossread::model::Article;
use crossread::report::one_line;
use crossread::{Engine, Input, Recurring, Shelf, Shelves, not_said, page_of};
use store::{Fault, Reader};

use crate::error::Error;

/// Versions in memory at one time.
const TOGETHER: u32 = 64;

/// Faults that are named, and bytes of what each shows.
const MOST: usize = 1_000;
const SHOWN: usize = 120;

/// What became of reading a store's pages anew.
#[derive(Clone, Debug, Default)]
pub struct Deep {
    /// Versions that were read.
    pub read: usize,
    /// Those that this program reads otherwise, though their words stand in their bytes.
    pub otherwise: usize,
    /// What does not hold.
    pub faults: Vec<Fault>,
}

/// Reads every version of every article anew; `seen` is told how many were.
///
/// # Errors
/// Those of the store. A version that cannot be unpacked is left to [`Reader::check`].
pub fn check_deep(engine: &Engine, store: &Reader, seen: &dyn Fn(usize)) -> Result<Deep, Error> {
    let mut deep = Deep::default();
    let arrived = store.arrived()?;
    for first in (0..arrived).step_by(TOGETHER as usize) {
        let last = first.saturating_add(TOGETHER - 1);
        let mut kept = Vec::new();
        for version in store.readable(first, last)? {
            if let Ok(original) = store.original(version.seq) {
                kept.push((version, original));
            }
        }
        let alone = engine.each(&kept, |(version, original)| {
            let kept = &version.article;
            let again = engine.read_again(&kept.path, original, &Recurring::default());
            again.filter(|again| is_same(again, kept))
        });
        for ((version, original), alone) in kept.iter().zip(alone) {
            let again = match alone {
                Some(alone) => Some(alone),
                None => among_others(engine, store, &version.article, original)?,
            };
            let page = store.page_of(version.n)?.unwrap_or_default();
            let otherwise = again.is_none();
            let faults = faults(&version.article, original, again, &page);
            deep.otherwise += usize::from(otherwise && faults.is_empty());
            let article = &version.article;
            let (number, id, path) = (version.number, &article.id, &article.path);
            let place = format!("version {number} of article {id} ({path})");
            deep.faults.extend(faults.into_iter().map(|what| Fault {
                place: place.clone(),
                what,
            }));
        }
        deep.read += kept.len();
        seen(kept.len());
        if deep.faults.len() > MOST {
            deep.faults.truncate(MOST);
            break;
        }
    }
    Ok(deep)
}

/// What is kept of an article, where its bytes give it now.
fn is_same(again: &Article, kept: &Article) -> bool {
    let checks = &again.about.reviews;
    let checked = kept.about.reviews.iter().all(|one| checks.contains(one));
    again.text == kept.text && again.title == kept.title && checked
}

/// The same as a page of an outlet of which so much is known as the store has.
fn among_others(
    engine: &Engine,
    store: &Reader,
    kept: &Article,
    original: &[u8],
) -> Result<Option<Article>, Error> {
    let input = Input {
        path: kept.path.clone(),
        bytes: original.to_vec(),
        ..Input::default()
    };
    let drafts = engine.drafts(&[input]);
    let mut shelves = Shelves::new();
    for draft in drafts.iter().flatten() {
        if let Some(outlet) = draft.draft.outlet() {
            let bytes = store.shelf(outlet)?.unwrap_or_default();
            shelves.insert(outlet.to_owned(), Shelf::from_bytes(&bytes));
        }
    }
    let pages = engine.pages(drafts, &mut shelves);
    let mut articles = pages.into_iter().flatten().map(|page| page.article);
    Ok(articles.find(|again| is_same(again, kept)))
}

/// What of an article does not hold beside its bytes.
fn faults(article: &Article, original: &[u8], again: Option<Article>, page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if again.is_none() {
        let lines = not_said(original, article);
        faults.extend(lines.iter().map(|line| {
            let line = one_line(line);
            let end = line.floor_char_boundary(SHOWN);
            let more = if end < line.len() { "…" } else { "" };
            format!("“{}{more}” does not stand in its bytes", &line[..end])
        }));
    }
    // An address that the page itself does not tell came from elsewhere: a feed, an archive.
    if let Some(url) = article.url.as_deref()
        && let Some(told) = again.and_then(|again| again.url)
        && told != url
        && !article.path.contains(url)
        && !String::from_utf8_lossy(original).contains(url)
    {
        faults.push(format!(
            "its address {} stands neither in its bytes nor in its path",
            one_line(url)
        ));
    }
    let of = page_of(article);
    let named = |key: &str| key.starts_with("url:") || key.starts_with("id:");
    if named(page) && named(&of) && page != of {
        faults.push(format!(
            "it is listed as {}, and is {}",
            one_line(page),
            one_line(&of)
        ));
    }
    faults
}
