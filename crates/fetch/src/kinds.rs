//! What was fetched, told by its content. In: bytes and where they are from. Out: the entries of a feed
//! (RSS, Atom, JSON Feed), the addresses of a sitemap or an OPML list, or a page.

use std::io::Read;

use feed_rs::parser;
use flate2::read::GzDecoder;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use url::Url;

/// Entries of one feed that are looked at; sitemaps may have 50,000.
const MOST: usize = 50_000;
/// Bytes that a packed sitemap may swell to.
const UNPACKED: u64 = 64 << 20;

/// What it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A feed or a sitemap of pages.
    Entries(Vec<Entry>),
    /// A list of feeds, or a sitemap of sitemaps.
    Lists(Vec<Url>),
    /// A page.
    Page,
    /// A feed that cannot be read, and why.
    Broken(String),
}

/// A page that a feed names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its address.
    pub url: Url,
    /// How the feed tells that it changed; empty where it does not.
    pub stamp: String,
}

/// Tells what some bytes are.
pub fn kind(bytes: &[u8], from: &Url) -> Kind {
    let unpacked;
    let mut bytes = bytes;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        let read = GzDecoder::new(bytes).take(UNPACKED).read_to_end(&mut plain);
        if read.is_ok() {
            unpacked = plain;
            bytes = &unpacked;
        }
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]).to_lowercase();
    if head.contains("<urlset") || head.contains("<sitemapindex") || head.contains("<opml") {
        return list(bytes, from);
    }
    let json = head
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{');
    let feed = head.contains("<rss")
        || head.contains("<feed")
        || head.contains("<rdf:rdf")
        || json && head.contains("jsonfeed.org");
    if !feed {
        return Kind::Page;
    }
    match parser::parse(bytes) {
        Ok(feed) => Kind::Entries(entries(feed, from)),
        Err(error) => Kind::Broken(format!("the feed cannot be read: {error}")),
    }
}

fn entries(feed: feed_rs::model::Feed, from: &Url) -> Vec<Entry> {
    let entry = |entry: feed_rs::model::Entry| {
        let link = entry
            .links
            .iter()
            .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
            .or(entry.links.first())?;
        let stamp = entry.updated.or(entry.published);
        Some(Entry {
            url: address(from, &link.href)?,
            stamp: stamp.map(|at| at.to_rfc3339()).unwrap_or_default(),
        })
    };
    feed.entries
        .into_iter()
        .take(MOST)
        .filter_map(entry)
        .collect()
}

/// An address in a list, against that of the list.
fn address(from: &Url, link: &str) -> Option<Url> {
    let mut url = from.join(link.trim()).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// A sitemap, a sitemap of sitemaps, or OPML. What is broken ends the list there.
fn list(bytes: &[u8], from: &Url) -> Kind {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let (mut entries, mut lists): (Vec<Entry>, Vec<Url>) = (Vec::new(), Vec::new());
    let (mut words, mut maps) = (String::new(), false);
    while entries.len() + lists.len() < MOST {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                words.clear();
                maps |= tag
                    .local_name()
                    .as_ref()
                    .eq_ignore_ascii_case("sitemapindex");
                if tag.local_name().as_ref().eq_ignore_ascii_case("outline") {
                    let feed = attribute(&tag, "xmlUrl").or_else(|| attribute(&tag, "xmlurl"));
                    lists.extend(feed.and_then(|feed| address(from, &feed)));
                }
            }
            Ok(Event::Text(text)) => words.push_str(&text),
            Ok(Event::CData(text)) => words.push_str(&text),
            Ok(Event::GeneralRef(name)) => {
                let entity = format!("&{};", &*name);
                words.push_str(&unescape(&entity).unwrap_or_default());
            }
            Ok(Event::End(tag)) => {
                let name = tag.local_name().as_ref().to_ascii_lowercase();
                match name.as_str() {
                    "loc" if maps => lists.extend(address(from, &words)),
                    "loc" => entries.extend(address(from, &words).map(|url| Entry {
                        url,
                        stamp: String::new(),
                    })),
                    "lastmod" | "publication_date" => {
                        if let Some(entry) = entries.last_mut() {
                            entry.stamp = words.trim().to_owned();
                        }
                    }
                    _ => {}
                }
                words.clear();
            }
            Ok(Event::Eof) | Err(_) => break,
            _ => {}
        }
    }
    match lists.is_empty() {
        true => Kind::Entries(entries),
        false => Kind::Lists(lists),
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    Some(unescape(&attribute.value).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Kind {
        kind(
            text.as_bytes(),
            &Url::parse("https://news.example/list").expect("an address"),
        )
    }

    fn addresses(kind: Kind) -> Vec<(String, String)> {
        match kind {
            Kind::Entries(entries) => entries
                .into_iter()
                .map(|e| (e.url.to_string(), e.stamp))
                .collect(),
            Kind::Lists(lists) => lists
                .into_iter()
                .map(|u| (u.to_string(), "list".to_owned()))
                .collect(),
            Kind::Page => vec![("page".to_owned(), String::new())],
            Kind::Broken(_) => vec![("broken".to_owned(), String::new())],
        }
    }

    #[test]
    fn feeds_of_every_kind_are_told_by_content() {
        let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>N</title><item><title>A</title><link>/a#x</link><pubDate>Sat, 18 Mar 2023 10:00:00 GMT</pubDate></item><item><title>B</title><link>javascript:alert(1)</link></item></channel></rss>";
        assert_eq!(
            addresses(of(rss)),
            [(
                "https://news.example/a".to_owned(),
                "2023-03-18T10:00:00+00:00".to_owned()
            )]
        );
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title><id>x</id><updated>2023-03-18T10:00:00Z</updated><entry><id>1</id><title>A</title><updated>2023-03-19T10:00:00Z</updated><link rel='alternate' href='b'/></entry></feed>";
        assert_eq!(addresses(of(atom))[0].0, "https://news.example/b");
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [{"id": "1", "url": "https://news.example/c"}]}"#;
        assert_eq!(addresses(of(json))[0].0, "https://news.example/c");
        let map = "<urlset xmlns='x' xmlns:news='y'><url><loc>https://news.example/d?a=1&amp;b=2</loc><news:news><news:publication_date>2023-03-18</news:publication_date></news:news></url><url><loc>/e</loc></url></urlset>";
        assert_eq!(
            addresses(of(map)),
            [
                (
                    "https://news.example/d?a=1&b=2".to_owned(),
                    "2023-03-18".to_owned()
                ),
                ("https://news.example/e".to_owned(), String::new())
            ]
        );
        let maps = "<sitemapindex><sitemap><loc>https://news.example/m.xml.gz</loc><lastmod>2023</lastmod></sitemap></sitemapindex>";
        assert_eq!(
            addresses(of(maps))[0],
            (
                "https://news.example/m.xml.gz".to_owned(),
                "list".to_owned()
            )
        );
        let opml = "<opml version='2.0'><body><outline text='Dailies'><outline type='rss' text='N' xmlUrl='https://news.example/rss?a=1&amp;b=2'/></outline></body></opml>";
        assert_eq!(addresses(of(opml))[0].0, "https://news.example/rss?a=1&b=2");
        assert_eq!(of("<!doctype html><p>A page"), Kind::Page);
        assert!(matches!(of("<rss><channel><item>"), Kind::Broken(_)));
        assert_eq!(of(""), Kind::Page);
    }
}
