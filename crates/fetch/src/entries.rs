//! What feeds, sitemaps and lists name. In: the words of an entry. Out: the page that it names, with what is said of it.

use url::Url;

use crate::dates;

/// Entries of one feed that are looked at; sitemaps may have 50,000.
pub(crate) const MOST: usize = 50_000;
/// Bytes of an address at most: servers take no more (RFC 9110, 4.1).
const LONGEST: usize = 8_000;

/// What it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A feed or a sitemap of pages; and how many of its entries are lost, with the reason.
    Entries(Vec<Entry>, Option<Lost>),
    /// A list of feeds, or a sitemap of sitemaps.
    Lists(Vec<Url>),
    /// A page.
    Page,
    /// A feed that cannot be read, and why.
    Broken(String),
}

/// Entries that cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// How many.
    pub entries: usize,
    /// Why, of the first.
    pub why: String,
}

/// A page that a feed names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its address.
    pub url: Url,
    /// How the feed tells that it changed; empty where it does not.
    pub stamp: String,
    /// When it was published: RFC 3339, or a day.
    pub published: Option<String>,
    /// Who published it, where the feed says so.
    pub publisher: Option<Publisher>,
}

/// Who published a page, as a feed says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// The host of the publisher's own pages, where the feed gives it.
    pub host: Option<String>,
}

/// What stands in a feed's entry.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub link: String,
    pub published: String,
    pub updated: String,
    /// When the file changed, as sitemaps have it: no word of the article.
    pub touched: String,
    pub publisher: String,
    /// An address of the publisher's.
    pub site: String,
}

impl Found {
    /// The entry, where it names a page; `base` is what addresses are relative to.
    pub fn entry(self, base: &Url) -> Option<Entry> {
        let url = untracked(address(base, &self.link)?);
        let of = |text: &str| dates::read(text).map(|found| dates::kept(&found));
        let mut changes = [&self.touched, &self.updated, &self.published].into_iter();
        let changed = changes.find(|text| !text.trim().is_empty());
        let name = self.publisher.split_whitespace().collect::<Vec<_>>();
        let host = |site: &str| Some(base.join(site.trim()).ok()?.host_str()?.to_owned());
        Some(Entry {
            url,
            stamp: changed.map(|text| dates::stamp(text)).unwrap_or_default(),
            published: of(&self.published).or_else(|| of(&self.updated)),
            publisher: (!name.is_empty()).then(|| Publisher {
                name: name.join(" "),
                host: Some(&self.site)
                    .filter(|site| !site.is_empty())
                    .and_then(|site| host(site)),
            }),
        })
    }
}

/// An address in a list, against that of the list.
pub(crate) fn address(from: &Url, link: &str) -> Option<Url> {
    let link = link.trim();
    if link.is_empty() || link.len() > LONGEST {
        return None;
    }
    let mut url = from.join(link).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// An address without what only tells its outlet who led there: the page is the same.
fn untracked(mut url: Url) -> Url {
    let Some(query) = url.query() else { return url };
    let fields: Vec<&str> = query.split('&').collect();
    let own: Vec<&str> = fields
        .iter()
        .copied()
        .filter(|field| !tracks(field))
        .collect();
    if own.len() < fields.len() {
        let own = own.join("&");
        url.set_query(Some(own.as_str()).filter(|own| !own.is_empty()));
    }
    url
}

fn tracks(field: &str) -> bool {
    let name = field.split('=').next().unwrap_or(field);
    let lower = name.to_ascii_lowercase();
    lower.starts_with("utm_") || matches!(lower.as_str(), "fbclid" | "gclid" | "mc_cid" | "mc_eid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_led_to_a_page_is_no_part_of_its_address() {
        let of = |link: &str| untracked(Url::parse(link).expect("an address")).to_string();
        for (link, expected) in [
            (
                "https://a.example/b?utm_source=rss&UTM_medium=feed",
                "https://a.example/b",
            ),
            (
                "https://a.example/b?id=7&utm_source=rss&x",
                "https://a.example/b?id=7&x",
            ),
            (
                "https://a.example/b?q=a%26b+c&utmost=1",
                "https://a.example/b?q=a%26b+c&utmost=1",
            ),
            ("https://a.example/b?", "https://a.example/b?"),
        ] {
            assert_eq!(of(link), expected);
        }
    }
}
