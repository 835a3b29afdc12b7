//! In: the JSON-LD of a page. Out: what its article node says: headline, dates, authors, publisher,
//! address. Refuses nodes of other types, except a page's own dates where no article has one.
//! Broken JSON is mended where the break is a common one, and told.

mod mend;
pub(super) mod reviews;

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::place::agree;
use crate::says::title::bare;

/// What an article node says, as written.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// Its types, without what stands before them.
    pub types: Vec<String>,
    /// `articleSection`.
    pub section: Option<String>,
    /// `keywords`, as written.
    pub keywords: Vec<String>,
    /// `isAccessibleForFree`.
    pub free: Option<bool>,
    /// `headline` or `name`.
    pub headline: Option<String>,
    /// `datePublished`.
    pub published: Option<String>,
    /// `dateModified`.
    pub modified: Option<String>,
    /// Names of people, and names that the node does not say whose they are.
    pub authors: Vec<String>,
    /// Those of them that the node gives as people's.
    pub persons: Vec<String>,
    /// Names that the node gives as organisations' among its authors.
    pub organisations: Vec<String>,
    /// `publisher.name`.
    pub publisher: Option<String>,
    /// `url` or `mainEntityOfPage`.
    pub url: Option<String>,
    /// `inLanguage`.
    pub language: Option<String>,
    /// `uploadDate` of a video that is the page's own: its name is the page's headline.
    pub uploaded: Option<String>,
    /// Whether a script on the page was broken.
    pub broken: bool,
}

/// Levels of nesting that are looked at.
const DEPTH: usize = 12;
/// Properties behind which other things stand than the page's own article.
const OTHERS: [&str; 14] = [
    "mentions",
    "citation",
    "comment",
    "isBasedOn",
    "relatedLink",
    "relatedItem",
    "itemListElement",
    "hasPart",
    "isPartOf",
    "review",
    "associatedMedia",
    "video",
    "image",
    "about",
];

/// The values in a page's scripts.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// What each script says, in order.
    pub values: Vec<Value>,
    /// Whether a script was broken.
    pub broken: bool,
}

impl Records {
    /// Parses every script of a page.
    pub fn parse(scripts: &[Cow<'_, str>]) -> Self {
        let mut records = Self::default();
        for script in scripts {
            let text = script.trim().trim_end_matches(';');
            if text.is_empty() {
                continue;
            }
            let (values, mended) = mend::parse(text);
            records.broken |= mended || values.is_empty();
            records.values.extend(values);
        }
        records
    }
}

/// Reads a page's records. `headline` and `url` are what the rest of the page says, to choose among
/// several articles.
pub(crate) fn read(records: &Records, headline: Option<&str>, url: Option<&str>) -> Node {
    let roots = &records.values;
    let mut found = Vec::new();
    for root in roots {
        collect(root, &mut found, false, 0);
    }
    let objects: Vec<&Map<String, Value>> = found.iter().map(|(object, _)| *object).collect();
    let articles: Vec<(&Map<String, Value>, bool)> = found
        .iter()
        .copied()
        .filter(|(object, _)| is_article(object))
        .collect();
    let mut node = match choose(&articles, headline, url) {
        Some(article) => from(article, &objects),
        None => Node::default(),
    };
    let wanted = headline.map(bare).unwrap_or_default();
    node.uploaded = objects
        .iter()
        .filter(|object| types(object).any(|name| name.ends_with("VideoObject")))
        .find(|video| text(video.get("name")).is_some_and(|name| bare(&name) == wanted))
        .and_then(|video| {
            text(video.get("uploadDate")).or_else(|| text(video.get("datePublished")))
        });
    // The page around the article often has the date and the publisher that the node lacks.
    let pages = found
        .iter()
        .filter(|(_, other)| !other)
        .map(|(object, _)| object);
    for object in pages.filter(|object| is_page(object)) {
        if node.published.is_none() {
            node.published = text(object.get("datePublished"));
        }
        if node.modified.is_none() {
            node.modified = text(object.get("dateModified"));
        }
    }
    node.broken = records.broken;
    node
}

/// Every object, and whether it stands behind a property for other things than the page's own.
fn collect<'a>(
    value: &'a Value,
    objects: &mut Vec<(&'a Map<String, Value>, bool)>,
    other: bool,
    depth: usize,
) {
    if depth > DEPTH || objects.len() > 2000 {
        return;
    }
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect(item, objects, other, depth + 1)),
        Value::Object(object) => {
            objects.push((object, other));
            for (key, value) in object {
                let other = other || OTHERS.contains(&key.as_str());
                collect(value, objects, other, depth + 1);
            }
        }
        _ => {}
    }
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let one = object.get("@type").and_then(Value::as_str);
    let many = object.get("@type").and_then(Value::as_array);
    one.into_iter()
        .chain(many.into_iter().flatten().filter_map(Value::as_str))
}

fn is_article(object: &Map<String, Value>) -> bool {
    types(object).any(|name| {
        let name = bare_type(name);
        name.ends_with("Article")
            || matches!(
                name,
                "BlogPosting"
                    | "LiveBlogPosting"
                    | "Report"
                    | "SocialMediaPosting"
                    | "ImageGallery"
                    | "MediaGallery"
            )
    })
}

/// A type without the vocabulary before it.
fn bare_type(name: &str) -> &str {
    name.rsplit(['/', ':']).next().unwrap_or(name)
}

fn is_page(object: &Map<String, Value>) -> bool {
    types(object).any(|name| matches!(name, "WebPage" | "ItemPage" | "NewsPage"))
}

/// The page's own article: the one with its address, or its headline; else the first that is not
/// another page's by its address and headline.
fn choose<'a>(
    articles: &[(&'a Map<String, Value>, bool)],
    headline: Option<&str>,
    url: Option<&str>,
) -> Option<&'a Map<String, Value>> {
    let wanted = headline.map(bare).filter(|wanted| !wanted.is_empty());
    let addresses = |article: &Map<String, Value>| -> Vec<String> {
        ["url", "mainEntityOfPage", "@id"]
            .iter()
            .filter_map(|key| address(article.get(*key)))
            .collect()
    };
    let same = |given: &String, url: &str| path_of(given) == path_of(url);
    let by_url = || {
        let url = url?;
        articles
            .iter()
            .find(|(article, _)| addresses(article).iter().any(|given| same(given, url)))
    };
    let by_headline = || {
        let wanted = wanted.as_deref()?;
        articles.iter().find(|(article, _)| {
            text(article.get("headline")).is_some_and(|given| {
                let given = bare(&given);
                given.len() > 8 && (wanted.contains(&given) || given.contains(wanted))
            })
        })
    };
    let own = |article: &Map<String, Value>| {
        let given = text(article.get("headline")).or_else(|| text(article.get("name")));
        let alike =
            given.is_none_or(|given| headline.is_none_or(|headline| agree(&given, headline)));
        let elsewhere = url.is_some_and(|url| {
            let given = addresses(article);
            !given.is_empty() && !given.iter().any(|given| same(given, url))
        });
        alike || !elsewhere
    };
    let left = || {
        articles
            .iter()
            .filter(|(article, other)| !other && own(article))
    };
    let dated = || left().find(|(article, _)| article.contains_key("datePublished"));
    by_url()
        .or_else(by_headline)
        .or_else(dated)
        .or_else(|| left().next())
        .map(|(article, _)| *article)
}

/// An address without its scheme, query and last slash.
fn path_of(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.trim_start_matches("www.").trim_end_matches('/')
}

fn from(article: &Map<String, Value>, objects: &[&Map<String, Value>]) -> Node {
    let (mut authors, mut organisations, mut persons) = (Vec::new(), Vec::new(), Vec::new());
    for key in ["author", "creator"] {
        if !authors.is_empty() || !organisations.is_empty() {
            break;
        }
        let one = article.get(key);
        let many = one.and_then(Value::as_array).map(Vec::as_slice);
        for author in many.unwrap_or(one.map(std::slice::from_ref).unwrap_or_default()) {
            let organisation = author
                .as_object()
                .is_some_and(|object| types(object).any(|name| name.ends_with("Organization")));
            let list = if organisation {
                &mut organisations
            } else {
                &mut authors
            };
            let from = list.len();
            names(Some(author), objects, list, 0);
            let person = author
                .as_object()
                .is_some_and(|object| types(object).any(|name| name.ends_with("Person")));
            if person {
                persons.extend_from_slice(&list[from..]);
            }
        }
    }
    let mut publisher = Vec::new();
    names(article.get("publisher"), objects, &mut publisher, 0);
    Node {
        types: types(article).map(bare_type).map(str::to_owned).collect(),
        section: text(article.get("articleSection")),
        keywords: texts(article.get("keywords")),
        free: truth(article.get("isAccessibleForFree")),
        headline: text(article.get("headline")).or_else(|| text(article.get("name"))),
        published: text(article.get("datePublished")).or_else(|| text(article.get("dateCreated"))),
        modified: text(article.get("dateModified")),
        authors,
        persons,
        organisations,
        uploaded: None,
        publisher: publisher.into_iter().next(),
        url: address(article.get("url")).or_else(|| address(article.get("mainEntityOfPage"))),
        language: text(article.get("inLanguage")),
        broken: false,
    }
}

/// The names of people or organisations, through references by `@id`.
fn names(
    value: Option<&Value>,
    objects: &[&Map<String, Value>],
    out: &mut Vec<String>,
    depth: usize,
) {
    if depth > 4 || out.len() > 20 {
        return;
    }
    match value {
        Some(Value::String(name)) => out.push(unescape(name)),
        Some(Value::Array(items)) => {
            items
                .iter()
                .for_each(|item| names(Some(item), objects, out, depth + 1));
        }
        Some(Value::Object(object)) => match object.get("name") {
            Some(name @ (Value::String(_) | Value::Array(_))) => {
                names(Some(name), objects, out, depth + 1);
            }
            _ if object.contains_key("familyName") => out.extend(given_and_family(object)),
            _ => {
                let id = object.get("@id").and_then(Value::as_str);
                let referred = id.and_then(|id| {
                    objects.iter().find(|other| {
                        other.get("@id").and_then(Value::as_str) == Some(id)
                            && (other.contains_key("name") || other.contains_key("familyName"))
                    })
                });
                match referred.map(|referred| (referred, referred.get("name"))) {
                    Some((_, Some(name))) => names(Some(name), objects, out, depth + 1),
                    Some((referred, None)) => out.extend(given_and_family(referred)),
                    None => {}
                }
            }
        },
        _ => {}
    }
}

/// A name that a node gives in its parts.
fn given_and_family(person: &Map<String, Value>) -> Option<String> {
    person.get("familyName")?;
    let parts = ["givenName", "additionalName", "familyName"];
    let parts: Vec<String> = parts
        .iter()
        .filter_map(|part| text(person.get(*part)))
        .collect();
    Some(parts.join(" ")).filter(|name| !name.is_empty())
}

fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => unescape(text),
        Value::Array(items) => items.first().and_then(Value::as_str).map(unescape)?,
        Value::Object(object) => object.get("@value").and_then(Value::as_str).map(unescape)?,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// All texts of a property.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(|item| text(Some(item))).collect(),
        one => text(one).into_iter().collect(),
    }
}

/// `true`, `"False"`, `"http://schema.org/True"`.
fn truth(value: Option<&Value>) -> Option<bool> {
    let word = match value? {
        Value::Bool(truth) => return Some(*truth),
        Value::String(word) => bare_type(word).trim().to_ascii_lowercase(),
        _ => return None,
    };
    match word.as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn address(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(url) => Some(url.trim().to_owned()),
        Value::Object(object) => ["@id", "url"]
            .iter()
            .find_map(|key| object.get(*key)?.as_str())
            .map(str::to_owned),
        _ => None,
    }
    .filter(|url| url.starts_with("http"))
}

/// JSON-LD often holds HTML's escapes too.
fn unescape(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.trim().to_owned();
    }
    super::source::plain(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(script: &str) -> Node {
        read(&Records::parse(&[Cow::Borrowed(script)]), None, None)
    }

    #[test]
    fn common_shapes() {
        let node = of(
            r#"{"@graph": [{"@type": "WebPage", "datePublished": "2019-05-04"},
            {"@type": ["NewsArticle"], "headline": "Ferry &amp; storm", "author": {"@id": "x1"},
             "isAccessibleForFree": "False", "keywords": ["ferry", "storm"],
             "publisher": {"@type": "Organization", "name": "Harbour Post"}},
            {"@type": "Person", "@id": "x1", "name": "Ada Lindqvist"}]}"#,
        );
        assert_eq!(node.headline.as_deref(), Some("Ferry & storm"));
        assert_eq!(node.published.as_deref(), Some("2019-05-04"));
        assert_eq!(node.authors, ["Ada Lindqvist"]);
        assert_eq!(node.publisher.as_deref(), Some("Harbour Post"));
        assert_eq!((node.free, node.keywords.len()), (Some(false), 2));
        assert!(!node.broken);
    }

    #[test]
    fn broken_scripts_are_mended() {
        for script in [
            "{\"@type\": \"NewsArticle\", \"headline\": \"Ferry\nsinks\", \"datePublished\": \"2019-05-04\",}",
            "{\"@type\": \"NewsArticle\", \"headline\": \"The \"Selen\" sinks\", \"datePublished\": \"2019-05-04\"}",
            "{\"@type\": \"NewsArticle\", \"datePublished\": \"2019-05-04\", \"headline\": \"Ferry",
            "{@type: NewsArticle, \"datePublished\": \"2019-05-04\"}",
        ] {
            let node = of(script);
            assert_eq!(node.published.as_deref(), Some("2019-05-04"), "{script}");
            assert!(node.broken);
        }
        assert!(of("<html>").broken);
    }
}
