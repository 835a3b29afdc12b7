//! In: the records of a page. Out: claims of others that they say were checked (ClaimReview of schema.org), in the
//! forms that pages have them in: alone, in lists and graphs, beside an article or in it, with the rating as an
//! object, a word or a number. Refuses a check that does not say of what, and words too long to be what they stand for.

use model::{ClaimReview, Provenance, Rating};
use serde_json::{Map, Value};

use super::{address, bare_type, collect, names, text, types};
use crate::says::{date, title};

/// Checks of one page at most: a page of checks has fewer than twenty.
pub(crate) const MOST: usize = 50;
/// Bytes of a claim, and of a name or a word for a rating, at most.
const CLAIM: usize = 2_000;
const WORDS: usize = 300;
/// Bytes of an address, and addresses at which one claim appeared, at most.
const ADDRESS: usize = 2_000;
const APPEARANCES: usize = 20;

type Object = Map<String, Value>;

/// The checks in records, each once, in their order; and whether there were more than are kept.
pub(crate) fn read(
    records: &[Value],
    found: Provenance,
    locale: date::Locale<'_>,
) -> (Vec<ClaimReview>, bool) {
    let mut all = Vec::new();
    for record in records {
        collect(record, &mut all, false, 0);
    }
    let graph = Graph {
        objects: all.into_iter().map(|(object, _)| object).collect(),
        found,
        locale,
    };
    let mut reviews: Vec<ClaimReview> = Vec::new();
    let is = |object: &&&Object| types(object).any(|name| bare_type(name) == "ClaimReview");
    for object in graph.objects.iter().filter(is) {
        let Some(review) = graph.review(object) else {
            continue;
        };
        if reviews.contains(&review) {
            continue;
        }
        if reviews.len() == MOST {
            return (reviews, true);
        }
        reviews.push(review);
    }
    (reviews, false)
}

/// All objects of some records, which refer to each other by `@id`.
struct Graph<'a> {
    objects: Vec<&'a Object>,
    found: Provenance,
    locale: date::Locale<'a>,
}

impl<'a> Graph<'a> {
    fn review(&self, object: &'a Object) -> Option<ClaimReview> {
        let item = self.object(object.get("itemReviewed"));
        let own = item.filter(|item| is_one_of(item, &["Claim"]));
        let claim = words(object.get("claimReviewed"), CLAIM)
            .or_else(|| words(own?.get("text"), CLAIM))
            .or_else(|| words(own?.get("name"), CLAIM))?;
        let by = ["author", "publisher"].map(|key| (self.named(object.get(key)), key));
        let by = by.into_iter().find(|(names, _)| !names.is_empty());
        let (by, key) = by.unwrap_or_else(|| (Vec::new(), "author"));
        let who = self.object(object.get(key));
        let urls = |object: &'a Object, keys: &[&str]| {
            let all = keys.iter().flat_map(|key| addresses(object.get(*key)));
            all.into_iter().next()
        };
        let (claimants, claimed, appearances) = match item {
            Some(item) => self.item(item),
            None => Default::default(),
        };
        Some(ClaimReview {
            claim,
            by_url: who.and_then(|who| urls(who, &["url", "sameAs", "@id"])),
            by,
            url: urls(object, &["url", "mainEntityOfPage"]),
            published: self.day(object.get("datePublished")),
            rating: self.rating(object.get("reviewRating")),
            claimants,
            claimed,
            appearances,
            found: self.found,
        })
    }

    /// Who made the claim, when, and where it appeared.
    fn item(&self, item: &'a Object) -> (Vec<String>, Option<model::Published>, Vec<String>) {
        // Some pages put who made the claim in its place.
        let person = is_one_of(item, &["Person", "Organization", "NewsMediaOrganization"]);
        if person {
            let name = words(item.get("name"), WORDS);
            return (name.into_iter().collect(), None, Vec::new());
        }
        let claimants = ["author", "creator"].map(|key| self.named(item.get(key)));
        let claimants = claimants.into_iter().find(|names| !names.is_empty());
        let claimed = ["datePublished", "dateCreated"];
        let claimed = claimed.iter().find_map(|key| self.day(item.get(*key)));
        let mut appearances: Vec<String> = Vec::new();
        for key in ["firstAppearance", "appearance", "url", "sameAs"] {
            for url in addresses(item.get(key)) {
                if appearances.len() < APPEARANCES && !appearances.contains(&url) {
                    appearances.push(url);
                }
            }
        }
        (claimants.unwrap_or_default(), claimed, appearances)
    }

    fn rating(&self, given: Option<&'a Value>) -> Rating {
        let Some(rating) = self.object(given) else {
            let said = words(given, WORDS);
            return match said.as_deref().is_some_and(is_number) {
                true => Rating {
                    value: said,
                    ..Rating::default()
                },
                false => Rating {
                    name: said,
                    ..Rating::default()
                },
            };
        };
        let said = |key: &str| words(rating.get(key), WORDS);
        Rating {
            name: said("alternateName").or_else(|| said("name")),
            value: said("ratingValue"),
            best: said("bestRating"),
            worst: said("worstRating"),
        }
    }

    /// The object that a value is, or refers to; the first of several.
    fn object(&self, value: Option<&'a Value>) -> Option<&'a Object> {
        match value? {
            Value::Object(object) => {
                let id = object.get("@id").and_then(Value::as_str);
                let bare = object.len() == 1;
                let referred = || {
                    let same = |other: &&&Object| {
                        other.len() > 1 && other.get("@id").and_then(Value::as_str) == id
                    };
                    self.objects.iter().find(same).copied()
                };
                let referred = id.filter(|_| bare).and_then(|_| referred());
                Some(referred.unwrap_or(object))
            }
            Value::Array(items) => items.iter().find_map(|item| match item {
                Value::Object(_) => self.object(Some(item)),
                _ => None,
            }),
            _ => None,
        }
    }

    /// The names of people and organisations.
    fn named(&self, value: Option<&Value>) -> Vec<String> {
        let mut all = Vec::new();
        names(value, &self.objects, &mut all, 0);
        let mut kept: Vec<String> = Vec::new();
        for name in all.iter().filter_map(|name| tidy(name, WORDS)) {
            if !name.starts_with("http") && !kept.contains(&name) {
                kept.push(name);
            }
        }
        kept
    }

    fn day(&self, value: Option<&Value>) -> Option<model::Published> {
        date::machine_in(&text(value)?, self.locale)
    }
}

fn is_one_of(object: &Object, wanted: &[&str]) -> bool {
    types(object).any(|name| wanted.contains(&bare_type(name)))
}

fn is_number(words: &str) -> bool {
    words.parse::<f64>().is_ok()
}

/// The words of a value, numbers among them; nothing where they are too long.
fn words(value: Option<&Value>, most: usize) -> Option<String> {
    let said = match value? {
        Value::Number(number) => number.to_string(),
        value => text(Some(value))?,
    };
    tidy(&said, most)
}

fn tidy(said: &str, most: usize) -> Option<String> {
    let said = title::tidy(said);
    (!said.is_empty() && said.len() <= most).then_some(said)
}

/// The addresses that a value is, or that the things in it have.
fn addresses(value: Option<&Value>) -> Vec<String> {
    let items = match value {
        Some(Value::Array(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let found = items.iter().filter_map(|item| {
        let listed = item.get("url").and_then(Value::as_array);
        let first = listed.and_then(|urls| urls.first());
        address(Some(item)).or_else(|| address(first))
    });
    found.filter(|url| url.len() <= ADDRESS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(record: &str) -> Vec<ClaimReview> {
        let (values, _) = super::super::mend::parse(record);
        read(&values, Provenance::JsonLd, date::Locale::default()).0
    }

    fn one(record: &str) -> ClaimReview {
        let mut all = of(record);
        assert_eq!(all.len(), 1, "{record}");
        all.remove(0)
    }

    fn some(words: &str) -> Option<String> {
        Some(words.to_owned())
    }

    #[test]
    fn the_form_that_is_recommended() {
        let review = one(
            r#"{"@context": "https://schema.org", "@type": "ClaimReview",
            "url": "https://check.example/pier", "claimReviewed": "The pier of Orl was sold &amp; closed",
            "datePublished": "2026-03-05",
            "author": {"@type": "Organization", "name": "Harbour Check", "url": "https://check.example/"},
            "itemReviewed": {"@type": "Claim", "datePublished": "2026-03-01T08:00:00Z",
                "author": {"@type": "Person", "name": "Ada Lindqvist"},
                "firstAppearance": {"@type": "CreativeWork", "url": "https://posts.example/1"},
                "appearance": [{"@type": "CreativeWork", "url": "https://posts.example/1"}, "https://posts.example/2"]},
            "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": "5", "worstRating": 1, "alternateName": "False"}}"#,
        );
        assert_eq!(review.claim, "The pier of Orl was sold & closed");
        assert_eq!(review.by, ["Harbour Check"]);
        assert_eq!(review.by_url, some("https://check.example/"));
        assert_eq!(review.url, some("https://check.example/pier"));
        assert_eq!(review.published.map(|at| at.rfc3339()), some("2026-03-05"));
        assert_eq!(review.rating.name, some("False"));
        assert_eq!(review.rating.value, some("1"));
        assert_eq!(review.rating.best, some("5"));
        assert_eq!(review.claimants, ["Ada Lindqvist"]);
        assert_eq!(
            review.claimed.map(|at| at.date.to_string()),
            some("2026-03-01")
        );
        assert_eq!(
            review.appearances,
            ["https://posts.example/1", "https://posts.example/2"]
        );
    }

    #[test]
    fn a_graph_whose_parts_refer_to_each_other() {
        let review = one(r##"{"@context": "https://schema.org", "@graph": [
            {"@type": "NewsArticle", "headline": "Was the pier sold?", "review": {"@id": "#r"}},
            {"@id": "#r", "@type": ["Review", "ClaimReview"], "claimReviewed": "The pier was sold",
             "author": {"@id": "#o"}, "itemReviewed": {"@id": "#c"}, "reviewRating": {"@id": "#v"}},
            {"@id": "#o", "@type": "Organization", "name": "Harbour Check", "url": ["https://check.example/"]},
            {"@id": "#c", "@type": "Claim", "author": {"@type": "Organization", "name": "Port of Orl"}},
            {"@id": "#v", "@type": "Rating", "alternateName": "Half true"}]}"##);
        assert_eq!(review.by, ["Harbour Check"]);
        assert_eq!(review.by_url, some("https://check.example/"));
        assert_eq!(review.claimants, ["Port of Orl"]);
        assert_eq!(review.rating.name, some("Half true"));
        assert_eq!((review.rating.value, review.rating.best), (None, None));
    }

    #[test]
    fn lists_older_forms_and_forms_with_gaps() {
        let all = of(
            r#"[[{"@type": "ClaimReview", "claimReviewed": "One", "reviewRating": "Misleading"},
            {"@type": "http://schema.org/ClaimReview", "claimReviewed": ["Two"], "reviewRating": 2.5,
             "itemReviewed": {"@type": "Person", "name": "Tomas Reyk"}, "author": "Harbour Check"},
            {"@type": "schema:ClaimReview", "claimReviewed": {"@value": "Three"}, "publisher": {"name": "Sea Desk"},
             "itemReviewed": [{"@type": "CreativeWork", "author": [{"name": "A"}, {"name": "B"}], "datePublished": "1 March 2026", "sameAs": "https://p.example/3"}],
             "reviewRating": [{"@type": "Rating", "ratingValue": "Mostly true"}]},
            {"@type": "ClaimReview", "itemReviewed": {"@type": "Claim", "name": "Four"}},
            {"@type": "ClaimReview", "claimReviewed": "One", "reviewRating": "Misleading"}]]"#,
        );
        let claims: Vec<&str> = all.iter().map(|review| review.claim.as_str()).collect();
        assert_eq!(claims, ["One", "Two", "Three", "Four"]);
        assert_eq!(all[0].rating.name, some("Misleading"));
        assert!(all[0].by.is_empty());
        assert_eq!(all[1].rating.value, some("2.5"));
        assert_eq!(all[1].claimants, ["Tomas Reyk"]);
        assert_eq!(all[1].by, ["Harbour Check"]);
        assert_eq!(all[2].by, ["Sea Desk"]);
        assert_eq!(all[2].claimants, ["A", "B"]);
        assert_eq!(all[2].rating.value, some("Mostly true"));
        assert_eq!(all[2].appearances, ["https://p.example/3"]);
        assert!(all[2].claimed.is_some());
    }

    #[test]
    fn broken_and_hostile_forms() {
        for nothing in [
            r#"{"@type": "ClaimReview", "reviewRating": {"alternateName": "False"}}"#,
            r#"{"@type": "ClaimReview", "claimReviewed": "  "}"#,
            r#"{"@type": "ClaimReview", "claimReviewed": {"a": [1]}}"#,
            r#"{"@type": "Review", "claimReviewed": "No check"}"#,
            r#"{"@type": 3, "claimReviewed": "No check"}"#,
            r#"{"@type": "ClaimReview", "itemReviewed": {"@type": "CreativeWork", "name": "A film"}}"#,
        ] {
            assert!(of(nothing).is_empty(), "{nothing}");
        }
        let long = format!(
            r#"{{"@type": "ClaimReview", "claimReviewed": "{}"}}"#,
            "a".repeat(CLAIM + 1)
        );
        assert!(of(&long).is_empty());
        let review = one(
            r#"{"@type": "ClaimReview", "claimReviewed": "The pier is <b>shut</b>", "url": "javascript:alert(1)",
            "author": {"name": 7, "url": "data:text/html,x"}, "itemReviewed": "The pier", "reviewRating": [], "datePublished": "soon",}"#,
        );
        assert_eq!(review.claim, "The pier is shut");
        assert_eq!((review.url, review.by_url), (None, None));
        assert!(review.by.is_empty() && review.appearances.is_empty());
        assert_eq!(review.rating, Rating::default());
        // What refers to itself has an end.
        let looped = one(
            r##"{"@type": "ClaimReview", "claimReviewed": "The pier", "@id": "#a", "author": {"@id": "#a"}, "itemReviewed": {"@id": "#a"}}"##,
        );
        assert!(looped.claimants.is_empty());
        let many: Vec<String> = (0..MOST + 5)
            .map(|at| format!(r#"{{"@type": "ClaimReview", "claimReviewed": "Claim {at}"}}"#))
            .collect();
        let (values, _) = super::super::mend::parse(&format!("[{}]", many.join(",")));
        let (kept, more) = read(&values, Provenance::JsonLd, date::Locale::default());
        assert!(kept.len() == MOST && more);
    }
}
