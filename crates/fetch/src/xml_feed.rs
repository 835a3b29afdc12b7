//! Feeds and lists in XML: RSS, Atom, sitemaps, OPML. In: their text. Out: the pages that entries name, or the
//! addresses of other lists. Of an entry no more is read than a watch needs; `feed-rs`, which reads feeds that
//! carry their pieces in full (`container`), knows no publisher of an entry, and ends where a feed is not well formed. Here a bare `&`, an
//! unknown entity or a tag that nobody closes cost nothing, and what cannot be read costs the entry it stands in.

use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event};
use url::Url;

use crate::entries::{Entry, Found, Kind, Lost, MOST, address};

/// Elements of text alone: one that is still open where another begins was never closed.
const TEXTS: [&str; 10] = [
    "", "title", "link", "guid", "id", "pubdate", "date", "author", "category", "comments",
];

/// Elements within elements of an entry that are told apart.
const DEEPEST: usize = 64;

/// Bytes of one field that are kept.
const FIELD: usize = 16 << 10;

/// Reads a list whose entries are called `entry`; addresses are relative to where it is from.
pub fn read(text: &str, entry: &'static str, from: &Url) -> Kind {
    let mut list = List {
        entry,
        base: from.clone(),
        from,
        entries: Vec::new(),
        lists: Vec::new(),
        open: None,
        broken: 0,
        words: String::new(),
    };
    let mut lost = Lost::default();
    let mut rest = match list.events(text) {
        Ok(()) => "",
        Err((at, why)) => {
            lost.why = why;
            text.get(at..).unwrap_or_default()
        }
    };
    lost.entries = usize::from(!lost.why.is_empty());
    // From the entry on that cannot be read, each by itself: no fault reaches beyond the next.
    let mut first = true;
    while let Some(at) = list.opening(rest, 0).filter(|_| list.len() < MOST) {
        let end = list.opening(rest, at + 1).unwrap_or(rest.len());
        list.open = None;
        let whole = list.events(&rest[at..end]).is_ok() && list.open.is_none();
        // The first has been counted.
        lost.entries += usize::from(!whole && !first);
        (first, rest) = (false, &rest[end..]);
    }
    if lost.why.is_empty() {
        lost.entries = list.broken + usize::from(list.open.is_some());
        lost.why = match list.broken {
            0 => "it breaks off".to_owned(),
            _ => "one is never closed".to_owned(),
        };
    } else {
        lost.entries += list.broken;
    }
    match (list.lists.is_empty(), list.entries.is_empty()) {
        (false, _) => Kind::Lists(list.lists),
        (true, true) if lost.entries > 0 => {
            Kind::Broken(format!("the feed cannot be read: {}", lost.why))
        }
        (true, _) => Kind::Entries(list.entries, (lost.entries > 0).then_some(lost)),
    }
}

/// An entry that is being read.
struct Open {
    found: Found,
    base: Url,
    /// The elements inside it that are open.
    path: Vec<String>,
    /// An address that is only taken where there is no other.
    guid: String,
}

struct List<'a> {
    from: &'a Url,
    /// What an entry is called.
    entry: &'static str,
    /// What addresses are relative to.
    base: Url,
    entries: Vec<Entry>,
    lists: Vec<Url>,
    open: Option<Open>,
    /// Entries that were never closed, though another begins.
    broken: usize,
    words: String,
}

impl List<'_> {
    fn len(&self) -> usize {
        self.entries.len() + self.lists.len()
    }

    fn is_entry(&self, name: &str) -> bool {
        name.eq_ignore_ascii_case(self.entry)
    }

    /// Where the next entry begins, from a place on.
    fn opening(&self, text: &str, from: usize) -> Option<usize> {
        let mut found = text.get(from..)?.match_indices('<');
        found.find_map(|(at, _)| {
            let rest = &text.as_bytes()[from + at + 1..];
            let (name, behind) = rest.split_at_checked(self.entry.len())?;
            let ends = matches!(
                behind.first(),
                Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n')
            );
            (ends && name.eq_ignore_ascii_case(self.entry.as_bytes())).then_some(from + at)
        })
    }

    /// Reads until the end, or to what is no XML: where the entry began that it stands in, and what it is.
    fn events(&mut self, text: &str) -> Result<(), (usize, String)> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let mut began = 0;
        while self.len() < MOST {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    if self.is_entry(tag.name().as_ref()) {
                        began = at;
                    }
                    self.start(&tag);
                }
                Ok(Event::Empty(tag)) => {
                    self.start(&tag);
                    self.end(tag.name().as_ref());
                }
                Ok(Event::Text(text)) => self.say(&text),
                Ok(Event::CData(text)) => self.say(&text),
                Ok(Event::GeneralRef(name)) => self.say(&resolved(&name)),
                Ok(Event::End(tag)) => self.end(tag.name().as_ref()),
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => {
                    let began = if self.open.is_some() { began } else { at };
                    return Err((began, error.to_string()));
                }
            }
        }
        Ok(())
    }

    fn say(&mut self, words: &str) {
        let room = FIELD.saturating_sub(self.words.len());
        if words.len() <= room {
            self.words.push_str(words);
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        self.words.clear();
        let name = tag.name().as_ref().to_ascii_lowercase();
        let base = attribute(tag, "xml:base");
        if name == "outline" && self.entry == name {
            let feed = attribute(tag, "xmlUrl").or_else(|| attribute(tag, "xmlurl"));
            let feed = feed.and_then(|feed| address(self.from, &feed));
            self.lists.extend(feed);
        }
        let inside = self
            .open
            .as_ref()
            .is_some_and(|open| open.path.iter().any(|name| !TEXTS.contains(&name.as_str())));
        if self.is_entry(&name) && !inside {
            self.broken += usize::from(self.open.is_some());
            let own = base.and_then(|base| self.base.join(&base).ok());
            self.open = Some(Open {
                found: Found::default(),
                base: own.unwrap_or_else(|| self.base.clone()),
                path: Vec::new(),
                guid: attribute(tag, "rdf:about").unwrap_or_default(),
            });
            return;
        }
        let Some(open) = &mut self.open else {
            if let Some(base) = base.and_then(|base| self.base.join(&base).ok()) {
                self.base = base;
            }
            return;
        };
        if is_field(&name) {
            while open
                .path
                .last()
                .is_some_and(|name| TEXTS.contains(&name.as_str()))
            {
                open.path.pop();
            }
        }
        match (open.path.is_empty(), name.as_str()) {
            (true, "link" | "atom:link") => {
                let rel = attribute(tag, "rel");
                if let Some(href) = attribute(tag, "href")
                    && rel.is_none_or(|rel| rel == "alternate")
                    && open.found.link.is_empty()
                {
                    open.found.link = href;
                }
            }
            (true, "guid") => {
                let link = attribute(tag, "isPermaLink").is_none_or(|is| is != "false");
                open.guid = if link { "?" } else { "" }.to_owned();
            }
            (true, "source") => open.found.site = attribute(tag, "url").unwrap_or_default(),
            (false, "link") if open.path == ["source"] && open.found.site.is_empty() => {
                open.found.site = attribute(tag, "href").unwrap_or_default();
            }
            _ => {}
        }
        if open.path.len() < DEEPEST {
            open.path.push(name);
        }
    }

    fn end(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        let words = std::mem::take(&mut self.words);
        let Some(open) = &mut self.open else { return };
        let Some(at) = open.path.iter().rposition(|open| *open == name) else {
            if self.is_entry(&name) {
                self.close();
            }
            return;
        };
        open.path.truncate(at);
        let outer: Vec<&str> = open.path.iter().map(|name| local(name)).collect();
        let found = &mut open.found;
        let field = match (outer.as_slice(), name.as_str()) {
            ([], "link" | "rss:link") if found.link.is_empty() => &mut found.link,
            ([], "guid") if open.guid == "?" => &mut open.guid,
            ([], "pubdate" | "dc:date" | "published" | "atom:published" | "issued") => {
                &mut found.published
            }
            ([], "updated" | "atom:updated" | "a10:updated" | "modified" | "dcterms:modified") => {
                &mut found.updated
            }
            ([], "source") if found.publisher.is_empty() => &mut found.publisher,
            (["source"], "title" | "atom:title") => &mut found.publisher,
            ([], "loc") => &mut found.link,
            ([], "lastmod") => &mut found.touched,
            (["news"], name) if local(name) == "publication_date" => &mut found.published,
            (["news", "publication"], name) if local(name) == "name" => {
                // A news sitemap is its outlet's own.
                found.site = self.from.to_string();
                &mut found.publisher
            }
            _ => return,
        };
        if !words.trim().is_empty() {
            *field = words;
        }
    }

    /// Takes an entry that was read to its end.
    fn close(&mut self) {
        let Some(Open {
            mut found,
            base,
            guid,
            ..
        }) = self.open.take()
        else {
            return;
        };
        if found.link.trim().is_empty() && guid.contains("://") {
            found.link = guid;
        }
        if self.entry == "sitemap" {
            self.lists.extend(address(&base, &found.link));
            return;
        }
        self.entries.extend(found.entry(&base));
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Whether an element, right inside an entry, is one of those that are read.
fn is_field(name: &str) -> bool {
    matches!(
        name,
        "link"
            | "guid"
            | "pubdate"
            | "dc:date"
            | "published"
            | "issued"
            | "updated"
            | "modified"
            | "source"
            | "description"
            | "title"
    )
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    let value = attribute.value;
    // One with a bare `&` is taken as it stands.
    let value = unescape_with(&value, resolve_html5_entity)
        .map(|value| value.into_owned())
        .unwrap_or_else(|_| value.to_string());
    Some(value)
}

/// What an entity stands for; one that nobody knows stands for itself.
fn resolved(name: &BytesRef<'_>) -> String {
    let number = name.resolve_char_ref().ok().flatten();
    let known = resolve_html5_entity(name).map(str::to_owned);
    number
        .map(String::from)
        .or(known)
        .unwrap_or_else(|| format!("&{};", &**name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str, entry: &'static str) -> (Vec<Entry>, usize) {
        let from = Url::parse("https://a.example/feeds/all.xml").expect("an address");
        match read(text, entry, &from) {
            Kind::Entries(entries, lost) => (entries, lost.map_or(0, |lost| lost.entries)),
            other => panic!("{other:?}"),
        }
    }

    fn links(text: &str) -> (Vec<String>, usize) {
        let (entries, lost) = entries(text, "item");
        let link = |entry: &Entry| match entry.url.as_str() {
            link if link.starts_with("https://a.example/") => link[18..].to_owned(),
            link => link.to_owned(),
        };
        (entries.iter().map(link).collect(), lost)
    }

    fn rss(items: &[&str]) -> String {
        let items = items.concat();
        format!(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>A &amp; B</title><link>/</link>\
             <image><url>/i.png</url></image>{items}</channel></rss>"
        )
    }

    #[test]
    fn one_bad_item_costs_that_item_and_no_more() {
        let good = |name: &str| format!("<item><title>t</title><link>/{name}</link></item>");
        let (a, z) = (good("a"), good("z"));
        for (bad, expected, lost) in [
            // Nothing is lost by what needs not be understood.
            (
                "<title>D&D & more</title><link>/b?a=1&b=2&copy=3</link></item>",
                "a b?a=1&b=2&copy=3 z",
                0,
            ),
            (
                "<title>F&ecirc;te &mdash; &foo;</title><link>/b</link></item>",
                "a b z",
                0,
            ),
            (
                "<title>Lo\u{1}ck\u{0}</title><link>/b</link></item>",
                "a b z",
                0,
            ),
            ("<title>never closed<link>/b</link></item>", "a b z", 0),
            ("<title>a < b</title><link>/b</link></item>", "a b z", 0),
            (
                "<description><p>one<br>two <b>three</description><link>/b</link></item>",
                "a b z",
                0,
            ),
            (
                "<description>&lt;![CDATA[x]]&gt;</description><link>/b</link></item>",
                "a b z",
                0,
            ),
            (
                "<guid>https://b.example/g</guid></item>",
                "a https://b.example/g z",
                0,
            ),
            (
                "<link>/b</link><foo:item>x</foo:item><image><url>/i</url></image></item>",
                "a b z",
                0,
            ),
            // An entry that names no page is no fault.
            (
                "<guid isPermaLink='false'>https://b.example/g</guid></item>",
                "a z",
                0,
            ),
            // What breaks an entry breaks that alone.
            (
                "<link>/b</link><description><![CDATA[never closed</description></item>",
                "a z",
                1,
            ),
            ("<link>/b</link><!-- never closed </item>", "a z", 1),
            ("<link>/b</link>", "a z", 1),
        ] {
            let (found, gone) = links(&rss(&[&a, "<item>", bad, &z]));
            assert_eq!((found.join(" ").as_str(), gone), (expected, lost), "{bad}");
        }
        // A feed that is cut off anywhere has what came before.
        let whole = rss(&[&a, &good("b"), &z]);
        let second = whole.find("<item><title>t</title><link>/b").expect("there");
        for end in second..whole.find("</channel>").expect("there") {
            let (found, _) = links(&whole[..end]);
            assert!("a b z".starts_with(&found.join(" ")), "{found:?}");
            assert!(!found.is_empty());
        }
    }

    #[test]
    fn a_feed_of_nothing_but_faults_takes_no_longer() {
        let began = std::time::Instant::now();
        let from = Url::parse("https://a.example/").expect("an address");
        let tags = |open: &str, close: &str| {
            format!(
                "<item>{}{}",
                open.repeat(1_000_000),
                close.repeat(1_000_000)
            )
        };
        for bad in [
            "<item><description><![CDATA[<item>".repeat(100_000),
            "<".repeat(4_000_000),
            format!("<item><![CDATA[{}", "<".repeat(4_000_000)),
            tags("<b>", "</c>"),
            tags("<item>", "</item>"),
            format!("<item {}>", "a='b' ".repeat(500_000)),
            "&a;".repeat(1_000_000),
        ] {
            read(&rss(&[&bad]), "item", &from);
        }
        assert!(began.elapsed() < std::time::Duration::from_secs(20));
    }

    #[test]
    fn who_published_it_and_when() {
        let feed = rss(&[
            "<item><link>/a</link><pubDate>Tue, 12 Mar 2024 18:30:00 CET</pubDate>\
             <source url='https://www.herald.example/rss'>The Herald &amp; Post</source></item>",
        ]);
        let (found, _) = entries(&feed, "item");
        assert_eq!(found[0].published.as_deref(), Some("2024-03-12T17:30:00Z"));
        let publisher = found[0].publisher.as_ref().expect("named");
        assert_eq!(publisher.name, "The Herald & Post");
        assert_eq!(publisher.host.as_deref(), Some("www.herald.example"));

        let atom = "<feed xml:base='https://b.example/x/'><updated>2024-01-01T00:00:00Z</updated>\
            <entry><source><title>Herald</title><link href='https://herald.example/'/>\
            <updated>2020-01-01T00:00:00Z</updated></source><link rel='enclosure' href='/m.mp3'/>\
            <link href='a'/><published>2024-03-10T08:00:00Z</published>\
            <updated>2024-03-12T18:30:00Z</updated><content type='xhtml'><div><link href='/other'/>\
            <updated>2019-01-01</updated></div></content></entry>\
            <entry><link href='c'/><updated>2024-03-05T08:00:00+01:00</updated></entry></feed>";
        let (found, _) = entries(atom, "entry");
        assert_eq!(found[0].url.as_str(), "https://b.example/x/a");
        assert_eq!(found[0].published.as_deref(), Some("2024-03-10T08:00:00Z"));
        assert_eq!(found[0].stamp, "2024-03-12T18:30:00+00:00");
        assert_eq!(found[0].publisher.as_ref().expect("named").name, "Herald");
        assert_eq!(found[1].published.as_deref(), Some("2024-03-05T07:00:00Z"));

        let map = "<urlset><url><loc>/a</loc><image:image><image:loc>/i.png</image:loc></image:image>\
            <lastmod>2024-03-20</lastmod><news:news><news:publication><news:name>Herald</news:name>\
            <news:language>en</news:language></news:publication>\
            <news:publication_date>2024-03-12T18:30+01:00</news:publication_date>\
            <news:title>t</news:title></news:news></url>\
            <url><loc>/b</loc><lastmod>2024-03-20</lastmod></url></urlset>";
        let (found, _) = entries(map, "url");
        assert_eq!(found[0].url.path(), "/a");
        assert_eq!(found[0].published.as_deref(), Some("2024-03-12T17:30:00Z"));
        assert_eq!(found[0].stamp, "2024-03-20");
        let publisher = found[0].publisher.as_ref().expect("named");
        assert_eq!(publisher.name, "Herald");
        assert_eq!(publisher.host.as_deref(), Some("a.example"));
        // When a file changed is no day of publication.
        assert_eq!(found[1].published, None);
        assert_eq!(found[1].stamp, "2024-03-20");
    }
}
