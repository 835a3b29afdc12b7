//! What a feed knows of a page that the page may not say. In: an article as it was read, and what the feed said of it. Out: the same
//! with its day and its outlet.

use crossread::model::{Article, Field, Provenance};
use crossread::read_date;
use store::PageRow;
use url::Url;

use crate::again::{moment, moment_of};

/// Adds to an article what its feed says: the day where the page gives none, and who published it.
pub fn add(article: &mut Article, page: &PageRow) {
    if article.published.is_none()
        && let Some(published) = page.published.as_deref().and_then(read_date)
    {
        article.published = Some(published);
        note(article, Field::Published);
    }
    if let Some(outlet) = &page.outlet
        && !is_own_word(article, page.site.as_deref())
    {
        article.outlet = Some(outlet.clone());
        note(article, Field::Outlet);
    }
}

/// When an article was published, as far as its page or its feed tells, and at the latest at a time: that of the first look.
pub fn born(article: Option<&Article>, page: &PageRow, now: i64) -> i64 {
    let own = article.and_then(|article| article.published.as_ref().map(moment));
    let told = [
        own,
        page.born,
        page.published.as_deref().and_then(moment_of),
        moment_of(&page.stamp),
    ];
    told.into_iter().flatten().fold(now, i64::min)
}

/// Whether an article names its outlet, and stands on that outlet's own pages: elsewhere a page names whoever
/// passes it on.
fn is_own_word(article: &Article, site: Option<&str>) -> bool {
    let says = article.outlet.is_some()
        && article.about.provenance(Field::Outlet) != Some(Provenance::Address);
    let address = Url::parse(&article.path).ok();
    let host = address.as_ref().and_then(Url::host_str);
    says && matches!((site, host), (Some(site), Some(host)) if is_same_site(site, host))
}

/// Whether two hosts are one, or one is part of the other.
fn is_same_site(a: &str, b: &str) -> bool {
    let plain = |host: &str| {
        let host = host.to_ascii_lowercase();
        host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
    };
    let (a, b) = (plain(a), plain(b));
    let within = |a: &str, b: &str| a.strip_suffix(b).is_some_and(|rest| rest.ends_with('.'));
    a == b || within(&a, &b) || within(&b, &a)
}

fn note(article: &mut Article, field: Field) {
    article.about.found.retain(|(found, _)| *found != field);
    article.about.note(field, Provenance::Record);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_believed_on_its_own_outlets_pages() {
        let page = PageRow {
            outlet: Some("Herald".to_owned()),
            site: Some("www.herald.example".to_owned()),
            published: Some("2024-03-12".to_owned()),
            ..PageRow::default()
        };
        for (path, own, from, expected) in [
            (
                "https://news.herald.example/a",
                Some("The Herald"),
                Provenance::Tag,
                "The Herald",
            ),
            (
                "https://news.herald.example/a",
                Some("news.herald.example"),
                Provenance::Address,
                "Herald",
            ),
            (
                "https://mirror.example/a",
                Some("Mirror"),
                Provenance::Tag,
                "Herald",
            ),
            (
                "https://notherald.example/a",
                Some("Other"),
                Provenance::Tag,
                "Herald",
            ),
            ("https://mirror.example/a", None, Provenance::Tag, "Herald"),
        ] {
            let mut article = Article::nothing();
            article.path = path.to_owned();
            article.outlet = own.map(str::to_owned);
            if own.is_some() {
                article.about.note(Field::Outlet, from);
            }
            add(&mut article, &page);
            assert_eq!(article.outlet.as_deref(), Some(expected), "{path}");
            assert_eq!(
                article.published.map(|day| day.rfc3339()).as_deref(),
                Some("2024-03-12")
            );
            assert_eq!(born(Some(&article), &page, 2_000_000_000), 1_710_288_000);
            assert_eq!(born(None, &PageRow::default(), 5), 5);
        }
    }
}
