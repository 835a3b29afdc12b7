//! In: a parsed page and its JSON-LD. Out: what the page says of itself, the best source first:
//! JSON-LD, OpenGraph and other meta tags, microdata, visible elements, the address. Refuses the
//! date of change as the date of publication where there is any other.

use std::borrow::Cow;
use std::collections::HashMap;

use model::Warning;
use trafilatura::dom::{Document, NodeId};

use super::json_ld;
use crate::language;
use crate::says::{Said, agencies, author, credit, date, title};

/// Meta tags that give the day of publication, best first.
const PUBLISHED: [&str; 34] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "article:published",
    "published_time",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "pub_date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.created",
    "dc.date",
    "dc:date",
    "date",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "article:post_date",
    "originalpublicationdate",
    "article_date_original",
    "article.created",
    "vr:published_time",
    "shareaholic:article_published_time",
    "bt:pubdate",
    "release_date",
];
/// Meta tags that give the day of change.
const CHANGED: [&str; 6] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
];
/// Meta tags that give authors.
const AUTHORS: [&str; 13] = [
    "author",
    "article:author",
    "og:article:author",
    "article:author_name",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "shareaholic:article_author_name",
    "authors",
];
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

/// Labels of an author in the cards of networks, in lower case.
const WRITTEN_BY: [&str; 12] = [
    "written by",
    "verfasst von",
    "geschrieben von",
    "écrit par",
    "escrito por",
    "scritto da",
    "geschreven door",
    "skriven av",
    "skrevet av",
    "yazan",
    "napisane przez",
    "автор",
];

/// Makers of sites, which templates name as the site.
const PLATFORMS: [&str; 4] = ["blogger", "wordpress", "wix", "drupal"];

/// Nodes of visible bylines that are looked at.
const BYLINES: usize = 6;
/// Bytes of a visible byline at most.
const BYLINE_BYTES: usize = 160;

/// Reads what a page says of itself into `said`, without overwriting what is known.
pub(crate) fn read(page: &Document, scripts: &[Cow<'_, str>], said: &mut Said) {
    let root = page.root();
    let tags = meta_tags(page, root);
    let tag = |names: &[&str]| names.iter().find_map(|name| tags.get(*name)).cloned();
    let heading = only_heading(page, root);
    let og_title = tag(&["og:title", "twitter:title", "dc.title", "title"]);
    let canonical = page
        .query_selector(root, "link[rel='canonical']")
        .and_then(|node| page.get_attribute(node, "href"))
        .filter(|url| url.starts_with("http"));
    let url = said
        .url
        .clone()
        .or(canonical)
        .or_else(|| tag(&["og:url"]).filter(|url| url.starts_with("http")));
    let best_headline = heading.clone().or_else(|| og_title.clone());
    let place = url.as_deref().or(said.url_hint.as_deref());
    let node = json_ld::read(scripts, best_headline.as_deref(), place);
    if node.broken {
        said.warn(Warning::BrokenMetadata {
            what: "JSON-LD".to_owned(),
        });
    }
    said.url = url.or(node.url.clone()).or_else(|| said.url_hint.clone());

    language_of(page, root, &tags, &node, said);
    titles(page, root, &node, og_title, heading, &tag, said);
    dates(page, root, &node, &tag, said);
    authors(page, root, &node, &tags, said);
}

/// Meta tags by lower-case name or property; the first of each counts.
fn meta_tags(page: &Document, root: NodeId) -> HashMap<String, String> {
    let mut tags = HashMap::new();
    for node in page.get_elements_by_tag_name(root, "meta") {
        let Some(content) = page.get_attribute(node, "content") else {
            continue;
        };
        let content = title::tidy(&super::source::plain(&content));
        if content.is_empty() {
            continue;
        }
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = page.get_attribute(node, key) {
                tags.entry(name.trim().to_lowercase())
                    .or_insert_with(|| content.clone());
            }
        }
    }
    tags
}

/// The text of the `<h1>`, where one of them stands out.
fn only_heading(page: &Document, root: NodeId) -> Option<String> {
    let text = |node: &NodeId| title::tidy(&page.text_content(*node));
    let headings = page.get_elements_by_tag_name(root, "h1");
    let texts: Vec<String> = headings
        .iter()
        .map(text)
        .filter(|text| !text.is_empty())
        .collect();
    match &texts[..] {
        [one] => Some(one.clone()),
        // Of several, the site's name is the short one.
        several => several
            .iter()
            .find(|text| text.split_whitespace().count() >= 4)
            .cloned(),
    }
}

fn language_of(
    page: &Document,
    root: NodeId,
    tags: &HashMap<String, String>,
    node: &json_ld::Node,
    said: &mut Said,
) {
    let html = page.query_selector(root, "html").and_then(|node| {
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
    }
}

fn titles(
    page: &Document,
    root: NodeId,
    node: &json_ld::Node,
    og_title: Option<String>,
    heading: Option<String>,
    tag: &dyn Fn(&[&str]) -> Option<String>,
    said: &mut Said,
) {
    let head = page
        .query_selector(root, "title")
        .map(|node| title::tidy(&page.text_content(node)));
    // The site's own name is what readers know; the publisher is often the company behind it.
    let name = |tags: &[&str]| {
        tag(tags).filter(|name| name.len() < 60 && !name.contains("://") && !name.starts_with('@'))
    };
    let outlet = name(&["og:site_name"])
        .or_else(|| node.publisher.clone().filter(|name| name.len() < 80))
        .or_else(|| name(&OUTLETS));
    let url = said.url.clone();
    // A page gives its headline in several places. What the article's own record says is the
    // headline that its desk wrote; the heading that readers see comes next; what networks are
    // given is often shortened or sharpened, and the window's title is made for search engines.
    // (In this order 81 of 100 titles are right to the letter; by a vote of the four, 78.)
    let candidates = [node.headline.clone(), heading.clone(), og_title, head];
    let mut cut = None;
    let mut titles: Vec<String> = Vec::new();
    for candidate in candidates.into_iter().flatten() {
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
            titles.push(text);
        }
    }
    if said.title.is_none() {
        let shortened = titles.first().and_then(|first| {
            let stem = first.trim_end_matches(['.', '…', ' ']);
            let cut = first.ends_with("...") || first.ends_with('…');
            let whole = |other: &&String| other.len() > first.len() && other.starts_with(stem);
            titles.iter().find(whole).filter(|_| cut)
        });
        said.title = shortened.or(titles.first()).cloned();
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
}

fn dates(
    page: &Document,
    root: NodeId,
    node: &json_ld::Node,
    tag: &dyn Fn(&[&str]) -> Option<String>,
    said: &mut Said,
) {
    let from_tags = || {
        PUBLISHED
            .iter()
            .find_map(|name| date::machine(&tag(&[name])?))
    };
    if said.published.is_none() {
        said.published = node
            .published
            .as_deref()
            .and_then(date::machine)
            .or_else(from_tags)
            .or_else(|| microdata_date(page, root))
            .or_else(|| said.url.as_deref().and_then(date::in_url))
            .or_else(|| time_element(page, root));
    }
    if said.changed.is_none() {
        said.changed = node
            .modified
            .as_deref()
            .and_then(date::machine)
            .or_else(|| {
                CHANGED
                    .iter()
                    .find_map(|name| date::machine(&tag(&[name])?))
            });
    }
}

fn microdata_date(page: &Document, root: NodeId) -> Option<model::Published> {
    page.query_selector_all(
        root,
        "[itemprop='datePublished'], time[pubdate], abbr.published, .published[title]",
    )
    .into_iter()
    .find_map(|node| date_of(page, node))
}

fn date_of(page: &Document, node: NodeId) -> Option<model::Published> {
    ["datetime", "content", "title"]
        .iter()
        .filter_map(|name| page.get_attribute(node, name))
        .find_map(|value| date::machine(&value))
        .or_else(|| date::machine(&page.text_content(node)))
}

/// The first `<time>` of the page that is not marked as a change; of those in the article first.
fn time_element(page: &Document, root: NodeId) -> Option<model::Published> {
    for selector in ["article time, main time, header time", "time"] {
        for node in page.query_selector_all(root, selector) {
            let marks = format!(
                "{} {}",
                page.class_name(node),
                page.get_attribute(node, "itemprop").unwrap_or_default()
            )
            .to_lowercase();
            if !marks.contains("updat")
                && !marks.contains("modif")
                && let Some(found) = date_of(page, node)
            {
                return Some(found);
            }
        }
    }
    None
}

fn authors(
    page: &Document,
    root: NodeId,
    node: &json_ld::Node,
    tags: &HashMap<String, String>,
    said: &mut Said,
) {
    let outlet = said.outlet.clone();
    let take = |fields: &[String], said: &mut Said| {
        for field in fields {
            credit::of_byline(field, field, said);
        }
        if said.authors.is_empty() {
            for field in fields {
                for name in author::names(field, outlet.as_deref()) {
                    if !said.authors.contains(&name) {
                        said.authors.push(name);
                    }
                }
            }
        }
    };
    take(&node.authors, said);
    for organisation in &node.organisations {
        credit::of_byline(organisation, organisation, said);
    }
    // What writing systems put into the cards of networks: a label and its value.
    for at in [1, 2] {
        let label = tags
            .get(&format!("twitter:label{at}"))
            .map(|label| label.to_lowercase());
        if label.is_some_and(|label| WRITTEN_BY.contains(&label.as_str()))
            && let Some(value) = tags.get(&format!("twitter:data{at}"))
        {
            take(std::slice::from_ref(value), said);
        }
    }
    for name in AUTHORS {
        if let Some(value) = tags.get(name).filter(|_| said.authors.is_empty()) {
            take(std::slice::from_ref(value), said);
        }
    }
    for selector in [
        "[rel='author']",
        "[itemprop='author'] [itemprop='name'], [itemprop='author']",
        "[class*='byline' i] a, [class*='author-name' i], [class*='authorname' i], [class*='author__name' i]",
        "[class*='byline' i], [class~='author' i], [class~='authors' i]",
        "[class*='author' i]:not([class*='bio' i])",
        "article a[href*='/author/'], article a[href*='/autor/'], article a[href*='/autoren/'], a[href*='/author/']",
    ] {
        if !said.authors.is_empty() {
            break;
        }
        let fields: Vec<String> = page
            .query_selector_all(root, selector)
            .into_iter()
            .take(BYLINES)
            .map(|node| title::tidy(&page.text_content(node)))
            .filter(|text| !text.is_empty() && text.len() <= BYLINE_BYTES)
            .collect();
        take(&fields, said);
    }
    // Where no person is named, the organisation that the page itself gives as its author.
    if said.authors.is_empty() {
        let given = node.organisations.iter();
        let unsure = node.authors.iter().chain(tags.get("author"));
        let organisations =
            given
                .filter_map(|name| author::organisation(name))
                .chain(unsure.filter_map(|name| {
                    let known = outlet
                        .as_deref()
                        .is_some_and(|o| title::bare(o) == title::bare(name));
                    author::organisation(name).filter(|name| known || agencies::is_outlet(name))
                }));
        for name in organisations {
            let known = |other: &String| title::bare(other) == title::bare(&name);
            if !said.authors.iter().any(known) {
                said.authors.push(name);
            }
        }
    }
}
