//! In: a parsed page and its JSON-LD. Out: what the page says of itself, the best source first:
//! JSON-LD, OpenGraph and other meta tags, microdata, visible elements, the address; with where each thing
//! was found. Refuses the address of a site's front for that of a page.

mod dates;
mod writers;

use std::collections::HashMap;

use model::{Field, Provenance, Warning};

use super::dom::{Document, NodeId};
use super::headline::{self, Given, Place};
use super::place::Places;
use super::{json_ld, properties};
use crate::language;
use crate::says::{Said, date, title};

/// Meta tags by lower-case name or property.
type Tags = HashMap<String, String>;

/// Meta tags that give the outlet.
const OUTLETS: [&str; 7] = [
    "og:site_name",
    "application-name",
    "publisher",
    "dc.publisher",
    "article:publisher_name",
    "al:android:app_name",
    "twitter:app:name:iphone",
];

/// Makers of sites, which templates name as the site.
const PLATFORMS: [&str; 4] = ["blogger", "wordpress", "wix", "drupal"];

/// Bytes of a title at most: each heading is compared with it, and what is longer is a text.
const TITLE_BYTES: usize = 1000;
/// Keywords of a page at most, and bytes of one.
const KEYWORDS: usize = 40;
const KEYWORD_BYTES: usize = 80;

/// Words of a site's name that may be an article's headline.
const HEADLINE_WORDS: usize = 4;

/// Reads what a page says of itself into `said`, without overwriting what is known.
pub(crate) fn read(page: &Document, records: &json_ld::Records, said: &mut Said) {
    said.found_in(Provenance::Record);
    let root = page.root();
    let tags = meta_tags(page, root);
    let tag = |names: &[&str]| names.iter().find_map(|name| tags.get(*name)).cloned();
    let short = |title: &String| !title.is_empty() && title.len() <= TITLE_BYTES;
    let og_title = tag(&["og:title", "twitter:title", "dc.title", "title"]).filter(short);
    let head = page
        .first(root, "title")
        .map(|node| title::tidy(page.text_content(node)))
        .filter(short);
    let mut claims: Vec<&str> = og_title.iter().chain(&head).map(String::as_str).collect();
    let places = Places::new(page, &claims);
    let canonical = page
        .get_elements_by_tag_name(root, "link")
        .into_iter()
        .find(|node| page.attribute(*node, "rel") == Some("canonical"))
        .and_then(|node| page.get_attribute(node, "href"));
    let url = said.url.clone().or_else(|| {
        let mut given = [canonical, tag(&["og:url"])].into_iter().flatten();
        given.find(|url| is_page(url))
    });
    let best_headline = places.headline(&claims).or_else(|| og_title.clone());
    let place = url.as_deref().or(said.url_hint.as_deref());
    let mut node = json_ld::read(records, best_headline.as_deref(), place);
    node.headline = node.headline.filter(short);
    if node.broken {
        said.warn(Warning::BrokenMetadata {
            what: "JSON-LD".to_owned(),
        });
    }
    let urls = [
        (Provenance::Tag, url),
        (
            Provenance::JsonLd,
            node.url.clone().filter(|url| is_page(url)),
        ),
        (Provenance::Record, said.url_hint.clone()),
    ];
    if let Some((origin, url)) = urls.into_iter().find_map(|(from, url)| Some((from, url?))) {
        said.url = Some(url);
        said.about.note(Field::Url, origin);
    }
    claims.extend(node.headline.as_deref());
    let heading = places
        .headline(&claims)
        .filter(|_| places.heading_is_headline(&claims));

    said.types = node.types.clone();
    said.section = tag(&["article:section", "og:section", "section"]).or(node.section.clone());
    said.about.free = said.about.free.or(node.free);
    let listed = tag(&["news_keywords", "keywords", "article:tag", "parsely-tags"]);
    said.about.keywords = keywords(&node.keywords, listed.as_deref());
    language_of(page, root, &tags, &node, said);
    let titles_given = Titles {
        heading,
        og_title: og_title.clone(),
        head: head.clone(),
    };
    titles(&places, &node, titles_given, &tag, said);
    reviews(page, records, said);
    dates::dates(&places, &node, &tags, head.as_deref(), said);
    writers::authors(&places, &node, &tags, said);
}

/// Claims of others that a page says it checked: its records' words before those of its elements' properties, which
/// often say the same once more.
fn reviews(page: &Document, records: &json_ld::Records, said: &mut Said) {
    let own = (&records.values, Provenance::JsonLd);
    let shown = (
        &properties::things(page, "ClaimReview"),
        Provenance::Property,
    );
    for (values, origin) in [own, shown] {
        let (found, more) = json_ld::reviews::read(values, origin, said.locale());
        if more {
            said.warn(Warning::Limit {
                what: format!("more than {} checked claims", json_ld::reviews::MOST),
            });
        }
        for review in found {
            let known = &mut said.about.reviews;
            if !known
                .iter()
                .any(|known| known.claim == review.claim && known.rating == review.rating)
            {
                known.push(review);
            }
        }
    }
}

/// The keywords of a page's record, or else of its tags.
fn keywords(own: &[String], listed: Option<&str>) -> Vec<String> {
    let fields = own.iter().map(String::as_str);
    let fields: Vec<&str> = match own.is_empty() {
        true => listed.into_iter().collect(),
        false => fields.collect(),
    };
    let mut words: Vec<String> = Vec::new();
    for word in fields
        .iter()
        .flat_map(|field| field.split([',', ';', '،', '、']))
    {
        let word = title::tidy(word);
        // What has a colon is a note of the writing system's: "type:article".
        let label = word.contains([':', '=', '{']) || word.len() > KEYWORD_BYTES;
        if !word.is_empty() && !label && !words.contains(&word) {
            words.push(word);
        }
    }
    words.truncate(KEYWORDS);
    words
}

/// Whether an address is a page's rather than a site's: one that leads to the home page names no
/// article.
fn is_page(url: &str) -> bool {
    if !url.starts_with("http") {
        return false;
    }
    let path = url
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or("", |(_, path)| path.trim_end_matches('/'));
    // "/", "/en", "/en-gb", "/index.html"
    let language = |path: &str| {
        let mut parts = path.split(['-', '_']);
        parts.all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic()))
    };
    let index = path.split_once('.').is_some_and(|(name, end)| {
        matches!(name, "index" | "home" | "default") && !end.contains('?')
    });
    !(path.is_empty() || language(path) || index || path == "home")
}

/// The titles that a page gives beside its record.
struct Titles {
    heading: Option<String>,
    og_title: Option<String>,
    head: Option<String>,
}

/// Meta tags by lower-case name or property; the first of each counts.
fn meta_tags(page: &Document, root: NodeId) -> Tags {
    let mut tags = HashMap::new();
    for node in page.get_elements_by_tag_name(root, "meta") {
        let Some(content) = page.get_attribute(node, "content") else {
            continue;
        };
        let content = title::tidy(&super::source::plain(&content));
        if content.is_empty() {
            continue;
        }
        // What has an `itemprop` is looked at where it stands: it may be a comment's.
        for key in ["property", "name", "http-equiv"] {
            if let Some(name) = page.get_attribute(node, key) {
                tags.entry(name.trim().to_lowercase())
                    .or_insert_with(|| content.clone());
            }
        }
    }
    tags
}

fn language_of(page: &Document, root: NodeId, tags: &Tags, node: &json_ld::Node, said: &mut Said) {
    let html = page.first(root, "html").and_then(|node| {
        page.get_attribute(node, "lang")
            .or_else(|| page.get_attribute(node, "xml:lang"))
    });
    let claims = [
        html,
        node.language.clone(),
        tags.get("og:locale").cloned(),
        tags.get("content-language").cloned(),
        tags.get("language").cloned(),
    ];
    for claim in claims.into_iter().flatten() {
        if said.language.is_none() {
            said.language = language::primary(&claim);
        }
        if said.order.is_none()
            && let Some((_, region)) = claim.split_once(['-', '_'])
        {
            said.order = date::order_of(region.trim());
        }
    }
    let host = said.url.as_deref().and_then(title::host_of);
    let domain = host.and_then(|host| host.rsplit('.').next());
    said.order = said.order.or(domain.and_then(date::order_of));
    if said.order.is_none()
        && said
            .language
            .as_deref()
            .is_none_or(|language| language == "en")
    {
        said.order = page
            .body()
            .and_then(|body| date::order_in(page.text_content(body)));
    }
}

fn titles(
    places: &Places<'_>,
    node: &json_ld::Node,
    given: Titles,
    tag: &dyn Fn(&[&str]) -> Option<String>,
    said: &mut Said,
) {
    let Titles {
        heading,
        og_title,
        head,
    } = given;
    // The site's own name is what readers know; the publisher is often the company behind it.
    let name = |tags: &[&str]| {
        tag(tags).filter(|name| name.len() < 60 && !name.contains("://") && !name.starts_with('@'))
    };
    // Some templates put the headline where the site's name belongs.
    let headlines = [&heading, &og_title, &node.headline];
    let is_headline = |name: &String| {
        name.split_whitespace().count() >= HEADLINE_WORDS
            && headlines.iter().any(|given| {
                given
                    .as_deref()
                    .is_some_and(|given| title::bare(given) == title::bare(name))
            })
    };
    let tagged = |tags: &[&str]| name(tags).filter(|name| !is_headline(name));
    let publisher = node.publisher.clone().filter(|name| name.len() < 80);
    let outlets = [
        (Provenance::Tag, tagged(&["og:site_name"])),
        (Provenance::JsonLd, publisher),
        (Provenance::Tag, tagged(&OUTLETS)),
    ];
    let outlet = outlets
        .into_iter()
        .find_map(|(from, name)| Some((from, name?)));
    let (outlet_from, outlet) = outlet.unzip();
    let url = said.url.clone();
    let candidates = [
        (Place::Record, node.headline.clone()),
        (Place::Heading, heading.clone()),
        (Place::Networks, og_title),
        (Place::Window, head),
    ];
    let mut cut = None;
    let mut given: Vec<Given> = Vec::new();
    for (place, candidate) in candidates {
        let Some(candidate) = candidate else { continue };
        let (text, site) = title::without_site(
            &candidate,
            outlet.as_deref(),
            url.as_deref(),
            heading.as_deref(),
        );
        cut = cut.or(site);
        let is_outlet = outlet
            .as_deref()
            .is_some_and(|outlet| title::bare(outlet) == title::bare(&text));
        if !text.is_empty() && !is_outlet {
            given.push((place, text));
        }
    }
    if said.title.is_none() {
        let chosen = headline::choose(places, &given);
        if let Some((place, _)) = &chosen {
            said.about.note(Field::Title, place.provenance());
        }
        said.title = chosen.map(|(_, text)| {
            // What breaks off is given in full elsewhere.
            let stem = text.trim_end_matches(['.', '…', ' ']);
            let cut = text.ends_with("...") || text.ends_with('…');
            let whole = |other: &&Given| other.1.len() > text.len() && other.1.starts_with(stem);
            match given.iter().find(whole).filter(|_| cut) {
                Some((_, whole)) => whole.clone(),
                None => text,
            }
        });
    }
    let site = url
        .as_deref()
        .and_then(title::site_of)
        .map(title::bare)
        .unwrap_or_default();
    // A part of the site's name ("magazine") is no name.
    let cut = cut.filter(|name| {
        let name = title::bare(name);
        !site.contains(&name) || name.len() * 10 >= site.len() * 7
    });
    if said.outlet.is_none() {
        said.outlet = outlet.or(cut.filter(|name| name.split_whitespace().count() <= 6));
    }
    if said
        .outlet
        .as_deref()
        .is_some_and(|name| PLATFORMS.contains(&name.to_lowercase().as_str()))
    {
        said.outlet = None;
    }
    if said.outlet.is_some() {
        let from = outlet_from.unwrap_or(Provenance::Window);
        said.about.note(Field::Outlet, from);
    }
}
