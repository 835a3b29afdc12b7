//! In: the writers that a page's record, tags and bylines give. Out: people, from the best place, with where
//! that was; agencies as credits. Refuses the house itself, and its account where somebody else signs.

use model::Provenance;

use super::super::place::Places;
use super::super::{byline, json_ld, signature};
use super::Tags;
use crate::says::{Said, agencies, author, credit, title};

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

/// Reads the writers of a page whose outlet is known.
pub(super) fn authors(places: &Places<'_>, node: &json_ld::Node, tags: &Tags, said: &mut Said) {
    let outlet = said.outlet.clone();
    // The house may be given by another of its names, or with its address.
    let host = said
        .url
        .as_deref()
        .and_then(title::host_of)
        .map(str::to_owned);
    let is_house = |field: &str| {
        let publisher = node.publisher.as_deref().map(title::bare);
        publisher == Some(title::bare(field))
            || host.as_deref().is_some_and(|host| field.contains(host))
    };
    let take = |fields: &[String], said: &mut Said| {
        for field in fields {
            credit::of_byline(field, field, said);
        }
        if said.authors.is_empty() {
            for field in fields.iter().filter(|field| !is_house(field)) {
                for name in author::names(field, outlet.as_deref()) {
                    if !said.authors.contains(&name) {
                        said.authors.push(name);
                    }
                }
            }
        }
    };
    take(&node.authors, said);
    said.found_in(Provenance::JsonLd);
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
    said.found_in(Provenance::Tag);
    if said.authors.is_empty() {
        said.authors = byline::writers(places, outlet.as_deref());
        said.found_in(Provenance::Shown);
    }
    // The house's own account wrote nothing that somebody else signs.
    let of_house = |name: &String| signature::is_house_account(places, name);
    if !said.authors.is_empty() && said.authors.iter().all(of_house) {
        let signed = signature::alone(places, outlet.as_deref());
        if !signed.is_empty() {
            said.authors = signed;
        }
    }
    if said.authors.is_empty() {
        let persons = node.persons.iter();
        said.authors
            .extend(persons.filter_map(|name| author::single(name, outlet.as_deref())));
        said.found_in(Provenance::JsonLd);
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
        said.found_in(Provenance::JsonLd);
    }
}
