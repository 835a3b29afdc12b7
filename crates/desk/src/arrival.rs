//! In: a page that came. Out: whether it is new, a change of a known one, or known. Two pages are one where
//! their records' ids are, or their addresses, or else their files. The same bytes under two addresses are two
//! pages: a reprint is what is to be counted.

use std::collections::BTreeMap;

use crossread::model::Article;
use crossread::{Engine, Page, id_beside, is_derived, page_of};
use serde::Serialize;
use store::{Error, Known, Reader};

/// What came of pages that were added, by id.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Added {
    /// Articles that the store did not have.
    pub new: Vec<String>,
    /// Articles whose page says something else than before.
    pub changed: Vec<String>,
    /// Articles whose page is as the store has it.
    pub known: Vec<String>,
    /// Inputs that gave no article.
    pub skipped: Vec<crossread::report::wire::Skipped>,
}

impl Added {
    /// Takes in what came of others.
    pub fn join(&mut self, other: Self) {
        self.new.extend(other.new);
        self.changed.extend(other.changed);
        self.known.extend(other.known);
        self.skipped.extend(other.skipped);
    }
}

/// What a page is to the store.
pub(crate) enum Arrival {
    /// Not seen before.
    New {
        /// What makes it the same page.
        page: String,
    },
    /// Another version of a page.
    Changed {
        /// The page as the store has it.
        known: Known,
    },
    /// As the store has it, under this id.
    Known {
        /// The article's public id.
        id: String,
    },
}

/// Gives pages that came together and have one content an id each: the one whose page is first by name keeps
/// its content's, whatever the order in which they came. Files that say no address come last: one with the bytes
/// of another page is a copy of that.
pub(crate) fn tell_apart(pages: &mut [Page]) {
    pages.sort_by_key(|page| is_file(&page_of(&page.article)));
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let derived =
        |page: &&mut Page| is_derived(&page.article.id) && !is_file(&page_of(&page.article));
    for page in pages.iter_mut().filter(derived) {
        let name = page_of(&page.article);
        let of = first.entry(page.article.id.to_string());
        let of = of.or_insert_with(|| name.clone());
        if name < *of {
            *of = name;
        }
    }
    for page in pages.iter_mut().filter(derived) {
        let name = page_of(&page.article);
        if first
            .get(page.article.id.as_str())
            .is_some_and(|of| *of != name)
        {
            page.article.id = id_beside(&page.article.id, &name);
        }
    }
}

/// Whether a page is known by nothing but where its file lies. A file that was moved or copied is the same page.
fn is_file(page: &str) -> bool {
    page.starts_with("path:")
}

/// Tells what a page is to the store; one that is new and has the id of another gets its own.
pub(crate) fn tell(store: &Reader, engine: &Engine, page: &mut Page) -> Result<Arrival, Error> {
    let article = &mut page.article;
    let key = page_of(article);
    let Some(known) = store.page(&key)? else {
        // A file whose address an older program did not read; a record that is its own words; a file that was moved.
        let mut same = store.with_bytes(article.sha256, &article.path)?;
        if same.is_none() && (key.starts_with("text:") || is_file(&key)) {
            same = store.by_id(article.id.as_str())?;
        }
        if let Some(same) = same {
            return Ok(Arrival::Known { id: same.id });
        }
        if store.by_id(article.id.as_str())?.is_some() {
            article.id = id_beside(&article.id, &key);
        }
        return Ok(match store.by_id(article.id.as_str())? {
            Some(same) => Arrival::Known { id: same.id },
            None => Arrival::New { page: key },
        });
    };
    if known.sha256 == article.sha256 {
        return Ok(Arrival::Known { id: known.id });
    }
    let newest = store.versions_between(known.seq, known.seq)?.pop();
    // Other advertisements about the same article are no change of it; nor is it that more is known of its outlet.
    let same = match newest.map(|newest| newest.article) {
        Some(newest) if says_the_same(&newest, &page.article) => true,
        Some(newest) => reads_the_same(store, engine, (known.seq, &newest), page)?,
        None => false,
    };
    Ok(match same {
        true => Arrival::Known { id: known.id },
        false => Arrival::Changed { known },
    })
}

/// Whether an article says what the newest version said, had that been read with what is known of its outlet now.
fn reads_the_same(
    store: &Reader,
    engine: &Engine,
    (seq, newest): (u32, &Article),
    page: &Page,
) -> Result<bool, Error> {
    let original = store.original(seq)?;
    let again = engine.read_again(&newest.path, &original, &page.recurring);
    let article = &page.article;
    Ok(again.is_some_and(|again| {
        again.text == article.text && tells_the_same(newest, article)
            || says_the_same(&again, article)
    }))
}

fn says_the_same(a: &Article, b: &Article) -> bool {
    a.text == b.text && tells_the_same(a, b)
}

/// Whether two pages say the same of themselves.
fn tells_the_same(a: &Article, b: &Article) -> bool {
    a.title == b.title
        && a.authors == b.authors
        && a.published == b.published
        && a.outlet == b.outlet
}
