//! In: the dates that a page's record, tags, elements, address and window give. Out: when it was
//! published and when it was changed, each from the best place, with where that was. Refuses a day of
//! change for the day of publication.

use model::{Field, Provenance, Published};

use super::super::place::Places;
use super::super::{day, json_ld};
use super::Tags;
use crate::says::{Said, date, title};

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
/// Ends of the names of other such tags, compared without marks (`og:pubdate`, `cms-published-at`).
const PUBLISHED_ENDS: [&str; 12] = [
    "datepublished",
    "publishedtime",
    "publishtime",
    "publishedat",
    "publisheddate",
    "publishdate",
    "publicationdate",
    "pubdate",
    "published",
    "dateissued",
    "datecreated",
    "createdat",
];
/// What the names of such tags hold where they are about something else.
const NOT_PUBLISHED: [&str; 8] = [
    "video",
    "image",
    "comment",
    "last",
    "modif",
    "updat",
    "expir",
    "unpublish",
];
/// Meta tags that give the day of change.
const CHANGED: [&str; 7] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "modified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
];

/// Reads the dates of a page; `head` is its window's title.
pub(super) fn dates(
    places: &Places<'_>,
    node: &json_ld::Node,
    tags: &Tags,
    head: Option<&str>,
    said: &mut Said,
) {
    let first = |names: &[&str], said: &Said| {
        let mut given = names.iter().filter_map(|name| tags.get(*name));
        given.find_map(|value| date::machine_in(value, said.locale()))
    };
    let own =
        |value: &Option<String>, said: &Said| date::machine_in(value.as_deref()?, said.locale());
    if said.changed.is_none() {
        said.changed = own(&node.modified, said);
        said.found_in(Provenance::JsonLd);
        said.changed = said.changed.or_else(|| first(&CHANGED, said));
        said.found_in(Provenance::Tag);
    }
    let days = day::read(places, said.locale());
    if said.published.is_none() {
        let in_url = said.url.as_deref().and_then(date::in_url);
        let found = [
            (Provenance::JsonLd, own(&node.published, said)),
            (Provenance::Tag, first(&PUBLISHED, said)),
            (Provenance::Property, days.stated),
            (Provenance::Tag, by_end(tags, said)),
            (Provenance::Address, in_url),
            (Provenance::Shown, days.shown),
            (Provenance::JsonLd, own(&node.uploaded, said)),
            (
                Provenance::Window,
                head.and_then(|head| title::day_behind(head, said.locale())),
            ),
        ];
        if let Some((origin, day)) = found.into_iter().find_map(|(from, day)| Some((from, day?))) {
            said.published = Some(day);
            said.about.note(Field::Published, origin);
        }
    }
    said.changed = said.changed.or(days.changed);
    said.found_in(Provenance::Shown);
}

/// The day in a tag whose name ends as names of such tags do; the best end first.
fn by_end(tags: &Tags, said: &Said) -> Option<Published> {
    PUBLISHED_ENDS.iter().find_map(|end| {
        tags.iter()
            .filter(|(name, _)| {
                let bare = title::bare(name);
                bare.ends_with(end) && !NOT_PUBLISHED.iter().any(|other| bare.contains(other))
            })
            .filter_map(|(name, value)| Some((name, date::machine_in(value, said.locale())?)))
            .min_by_key(|(name, _)| *name)
            .map(|(_, found)| found)
    })
}
