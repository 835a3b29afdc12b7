//! In: a page that came. Out: whether it is new, a change of a known one, or known. Two pages are one where
//! their records' ids are, or their addresses, or else their files; bytes that are there already are known
//! under any name.

use engine::model::{Article, Published};
use engine::{Page, is_derived};
use jiff::Timestamp;
use jiff::tz::TimeZone;
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
    pub skipped: Vec<engine::report::wire::Skipped>,
}

impl Added {
    pub(crate) fn join(&mut self, other: Self) {
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

/// The path of what a request brings without an address, and that of standard input: no place of their own.
pub const POSTED: &str = "http";
const GIVEN: &str = "-";

/// What makes an article the same page: the id that its record gives, else its address, else its file. A
/// record without either is its own words, and so is a page that was handed over without a place.
pub(crate) fn page_of(article: &Article) -> String {
    if !is_derived(&article.id) {
        return format!("id:{}", article.id);
    }
    if let Some(url) = article.url.as_deref().filter(|url| tells_a_page(url)) {
        // A fragment is a place on the page.
        return format!("url:{}", url.split('#').next().unwrap_or(url));
    }
    if of_record(&article.path) || matches!(article.path.as_str(), POSTED | GIVEN) {
        return format!("text:{}", article.id);
    }
    format!("path:{}", article.path)
}

/// Whether an address is that of a page and not of a whole site, which some pages give by mistake.
fn tells_a_page(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    !path.trim_matches('/').is_empty()
}

/// Whether a path is that of a record: `FILE:LINE`.
fn of_record(path: &str) -> bool {
    let line = path.rsplit_once(':').map(|(_, line)| line);
    line.is_some_and(|line| !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit()))
}

/// A time that a feed gives (RFC 3339), where it is one.
pub(crate) fn published(stamp: &str) -> Option<Published> {
    let at = stamp.parse::<Timestamp>().ok()?.to_zoned(TimeZone::UTC);
    Some(Published {
        date: at.date(),
        time: Some(at.time()),
        offset: Some(at.offset()),
    })
}

/// Tells what a page is to the store.
pub(crate) fn tell(store: &Reader, page: &Page) -> Result<Arrival, Error> {
    let article = &page.article;
    let key = page_of(article);
    let Some(known) = store.page(&key)? else {
        let same = match store.with_bytes(article.sha256)? {
            Some(same) => Some(same),
            None => store.by_id(article.id.as_str())?,
        };
        return Ok(match same {
            Some(same) => Arrival::Known { id: same.id },
            None => Arrival::New { page: key },
        });
    };
    if known.sha256 == article.sha256 {
        return Ok(Arrival::Known { id: known.id });
    }
    let newest = store.versions_between(known.seq, known.seq)?.pop();
    // Other advertisements about the same article are no change of it.
    let same = newest.is_some_and(|newest| says_the_same(&newest.article, article));
    Ok(match same {
        true => Arrival::Known { id: known.id },
        false => Arrival::Changed { known },
    })
}

fn says_the_same(a: &Article, b: &Article) -> bool {
    a.text == b.text
        && a.title == b.title
        && a.authors == b.authors
        && a.published == b.published
        && a.outlet == b.outlet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_no_page() {
        assert!(tells_a_page("https://example.org/2023/03/fall"));
        assert!(!tells_a_page("https://example.org/"));
        assert!(!tells_a_page("https://example.org"));
    }

    #[test]
    fn records_are_told_by_their_line() {
        assert!(of_record("news.jsonl:12"));
        assert!(!of_record("news.html"));
        assert!(!of_record("a:"));
    }
}
