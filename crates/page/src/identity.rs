//! What makes two articles one page. In: an article. Out: what names its page, and ids that derive from
//! content. Refuses to name a page after the address of a whole site.
//!
//! A page alone has the id of its bytes. Where the same bytes are another page, as a reprint is, its id derives
//! from them and from what names that page.

use model::{Article, ArticleId, Sha256};
use sha2::Digest;

use crate::says::title;

/// The path of what was handed over without a place, and that of standard input: no place of their own.
pub const POSTED: &str = "http";
const GIVEN: &str = "-";

/// An id derived from content.
pub(crate) fn id_of(hash: &Sha256) -> ArticleId {
    let hex: String = hash
        .0
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    ArticleId::new(&format!("a-{hex}"))
}

/// The id of another page with the same content as the one that has `id`.
pub fn id_beside(id: &ArticleId, page: &str) -> ArticleId {
    let hash = sha2::Sha256::digest(format!("{id}\n{page}"));
    id_of(&Sha256(hash.into()))
}

/// Whether an id has the form of one derived from content: no record gave it.
pub fn is_derived(id: &ArticleId) -> bool {
    let hex = |digit: &u8| digit.is_ascii_digit() || (b'a'..=b'f').contains(digit);
    let digits = id.as_str().strip_prefix("a-");
    digits.is_some_and(|digits| digits.len() == 12 && digits.as_bytes().iter().all(hex))
}

/// What makes an article the same page: the id that its record gives, else its address, else its file. A
/// record without either is its own words, and so is a page that was handed over without a place.
pub fn page_of(article: &Article) -> String {
    if !is_derived(&article.id) {
        return format!("id:{}", article.id);
    }
    let url = article.url.as_deref().filter(|url| tells_a_page(url));
    // What another site prints is another page, even where it names the first as the original.
    let elsewhere = fetched_from(&article.path).filter(|path| {
        tells_a_page(path) && url.is_some_and(|url| title::site_of(url) != title::site_of(path))
    });
    if let Some(url) = elsewhere.or(url) {
        // A fragment is a place on the page.
        return format!("url:{}", url.split('#').next().unwrap_or(url));
    }
    // Of an archive the same: what it calls its files, another one does too.
    let within = article.path.strip_prefix(GIVEN);
    let nameless = article.path == POSTED
        || within.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if of_record(&article.path) || nameless {
        return format!("text:{}", article.id);
    }
    format!("path:{}", article.path)
}

/// The path of an article, where it is an address.
fn fetched_from(path: &str) -> Option<&str> {
    let web = path.starts_with("http://") || path.starts_with("https://");
    Some(path).filter(|path| web && !of_record(path))
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

    #[test]
    fn a_page_is_named_by_id_address_or_file() {
        let named = |id: &str, path: &str, url: Option<&str>| {
            page_of(&Article {
                id: ArticleId::new(id),
                path: path.to_owned(),
                url: url.map(str::to_owned),
                ..Article::nothing()
            })
        };
        let own = "a-0123456789ab";
        let lock = Some("https://www.post.example/lock");
        assert_eq!(named("x", "a.html", lock), "id:x");
        assert_eq!(
            named(own, "a.html", lock),
            "url:https://www.post.example/lock"
        );
        assert_eq!(
            named(own, "a.html", Some("https://post.example/")),
            "path:a.html"
        );
        assert_eq!(named(own, "a.jsonl:3", None), format!("text:{own}"));
        // The page's own word for it counts on its own site, not on another.
        let at = |path| named(own, path, lock);
        assert_eq!(
            at("https://m.post.example/lock?from=a"),
            "url:https://www.post.example/lock"
        );
        assert_eq!(
            at("https://other.example/lock"),
            "url:https://other.example/lock"
        );
        assert_eq!(
            at("https://other.example/dump:2"),
            "url:https://www.post.example/lock"
        );
        assert!(is_derived(&id_beside(&ArticleId::new(own), "url:x")));
    }
}
