//! What was fetched, told by its content. In: bytes and where they are from. Out: the entries of a feed
//! (RSS, Atom, JSON Feed) or of a sitemap, the addresses of a list of feeds (OPML) or of sitemaps, or a page.

use std::io::Read;

use crossread::read_text;
use flate2::read::GzDecoder;
use url::Url;

use crate::entries::Kind;
use crate::{json_feed, xml_feed};

/// Bytes that a packed sitemap may swell to.
const UNPACKED: u64 = 64 << 20;
/// Where the first element of a feed stands at the latest.
const HEAD: usize = 4_096;
/// What feeds and lists begin with, and what their entries are called.
const ROOTS: [(&str, &str); 6] = [
    ("<rss", "item"),
    ("<rdf:rdf", "item"),
    ("<feed", "entry"),
    ("<urlset", "url"),
    ("<sitemapindex", "sitemap"),
    ("<opml", "outline"),
];

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
    let text = read_text(bytes);
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    let roots = ROOTS.iter();
    let found = roots.filter_map(|(root, entry)| Some((head.find(root)?, *entry)));
    let page = head.find("<html").unwrap_or(usize::MAX);
    if let Some((_, entry)) = found.min().filter(|(at, _)| *at < page) {
        return xml_feed::read(&text, entry, from);
    }
    let json = head.trim_start().starts_with('{') && head.contains("jsonfeed.org");
    match json {
        true => json_feed::read(&text, from),
        false => Kind::Page,
    }
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
            Kind::Entries(entries, _) => entries
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
        assert_eq!(of("<!doctype html><html><p>how to write <rss>"), Kind::Page);
        assert!(matches!(of("<rss><channel><item>"), Kind::Broken(_)));
        assert_eq!(of(""), Kind::Page);
        let long = format!(
            "<urlset><url><loc>/{}</loc></url><url><loc>/f</loc></url></urlset>",
            "x".repeat(8_000)
        );
        assert_eq!(addresses(of(&long)).len(), 1);
    }

    #[test]
    fn no_bytes_make_it_fail() {
        let from = Url::parse("https://news.example/list").expect("an address");
        let whole = [
            "<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>\u{f6} & b</title><link>/a?x=1&y</link><guid>https://a.example/&#x10ffff;</guid><pubDate>Di, 12 M\u{e4}r 2024 18:30 CET</pubDate><source url='x'>H</source></item><item><description><![CDATA[<item>]]></description></item></channel></rss>",
            "<feed xml:base='http://b.example'><entry><link href='b'/><updated>2024-03-05T08:00:00+01:00</updated><content type='xhtml'><div/></content></entry></feed>",
            r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 2, "url": "/c", "date_published": "1710268200"}, {"url": "\u00e9"}]}"#,
            "<urlset><url><loc>/d</loc><n:news><n:publication><n:name>N</n:name></n:publication><n:publication_date>2024</n:publication_date></n:news></url></urlset>",
        ];
        // The same numbers each time.
        let mut state = 7u64;
        let mut chance = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as usize % below
        };
        for _ in 0..20_000 {
            let mut bytes = whole[chance(whole.len())].as_bytes().to_vec();
            for _ in 0..=chance(6) {
                let at = chance(bytes.len());
                match chance(4) {
                    0 => bytes[at] = chance(256) as u8,
                    1 => bytes.truncate(at.max(1)),
                    2 => bytes.insert(at, b"<>&'\"/]!\0 \xc3"[chance(11)]),
                    _ => drop(bytes.remove(at)),
                }
                if bytes.is_empty() {
                    bytes.push(b'<');
                }
            }
            let _ = kind(&bytes, &from);
        }
    }
}
