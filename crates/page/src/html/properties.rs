//! In: a parsed page. Out: the things of one type that properties of its elements describe (HTML microdata, RDFa Lite
//! 1.1), as its JSON-LD would have them. Refuses to follow references (`itemref`, `resource`): what stands elsewhere is
//! not looked for.

use serde_json::{Map, Value};

use super::dom::{Document, NodeId};

/// How a page writes down what an element is, and of what it is a property.
struct Syntax {
    kind: &'static str,
    property: &'static str,
}

const MICRODATA: Syntax = Syntax {
    kind: "itemtype",
    property: "itemprop",
};
const RDFA: Syntax = Syntax {
    kind: "typeof",
    property: "property",
};

/// Attributes that hold the value of a property, where an element shows other words or none.
const VALUES: [&str; 4] = ["content", "datetime", "href", "resource"];

/// The things whose type's name ends so, the outermost, in the page's order.
pub(super) fn things(page: &Document, kind: &str) -> Vec<Value> {
    let mut things = Vec::new();
    look(page, page.root(), kind, &mut things);
    things
}

fn look(page: &Document, node: NodeId, kind: &str, things: &mut Vec<Value>) {
    for child in page.child_nodes(node).filter(|node| page.is_element(*node)) {
        let syntax = [MICRODATA, RDFA].into_iter().find(|syntax| {
            let given = page.attribute(child, syntax.kind).unwrap_or_default();
            given.split_whitespace().any(|name| name.ends_with(kind))
        });
        match syntax {
            Some(syntax) => things.push(thing(page, child, &syntax)),
            None => look(page, child, kind, things),
        }
    }
}

fn thing(page: &Document, node: NodeId, syntax: &Syntax) -> Value {
    let kinds = page.attribute(node, syntax.kind).unwrap_or_default();
    let kinds: Vec<Value> = kinds.split_whitespace().map(Value::from).collect();
    let mut said = Map::new();
    said.insert("@type".to_owned(), Value::from(kinds));
    gather(page, node, syntax, &mut said);
    Value::Object(said)
}

/// The properties of a thing, of whatever depth, but not those of the things in it.
fn gather(page: &Document, node: NodeId, syntax: &Syntax, said: &mut Map<String, Value>) {
    for child in page.child_nodes(node).filter(|node| page.is_element(*node)) {
        let is_thing = page.attribute(child, syntax.kind).is_some()
            || page.attribute(child, "itemscope").is_some();
        let names = page.attribute(child, syntax.property).unwrap_or_default();
        if !names.is_empty() {
            let value = match is_thing {
                true => thing(page, child, syntax),
                false => Value::from(value(page, child)),
            };
            for name in names.split_whitespace() {
                let name = name.rsplit(['/', ':']).next().unwrap_or(name);
                put(said, name, value.clone());
            }
        }
        if !is_thing {
            gather(page, child, syntax, said);
        }
    }
}

fn value(page: &Document, node: NodeId) -> String {
    let given = VALUES.iter().find_map(|name| page.attribute(node, name));
    given.unwrap_or_else(|| page.text_content(node)).to_owned()
}

/// A property that is given twice has a list of values.
fn put(said: &mut Map<String, Value>, name: &str, value: Value) {
    match said.get_mut(name) {
        Some(Value::Array(values)) => values.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
        None => {
            said.insert(name.to_owned(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn microdata_and_rdfa_say_the_same() {
        let micro = r#"<body><div><div itemscope itemtype="https://schema.org/ClaimReview">
            <p>We looked at <q itemprop="claimReviewed">The pier was sold</q>.</p>
            <span itemprop="author" itemscope itemtype="https://schema.org/Organization"><a itemprop="url" href="https://check.example/"><b itemprop="name">Harbour Check</b></a></span>
            <div itemprop="reviewRating" itemscope><meta itemprop="ratingValue" content="1"><b itemprop="alternateName">False</b></div>
            <time itemprop="datePublished" datetime="2026-03-05">Thursday</time></div></div></body>"#;
        let rdfa = r#"<body vocab="https://schema.org/"><div typeof="ClaimReview">
            <q property="claimReviewed">The pier was sold</q>
            <span property="schema:author" typeof="Organization"><a property="url" href="https://check.example/"><b property="name">Harbour Check</b></a></span>
            <div property="reviewRating" typeof="Rating"><meta property="ratingValue" content="1"><b property="alternateName">False</b></div>
            <time property="datePublished" datetime="2026-03-05">Thursday</time></div></body>"#;
        for page in [micro, rdfa] {
            let things = things(&Document::parse(page), "ClaimReview");
            assert_eq!(things.len(), 1, "{page}");
            let thing = &things[0];
            assert_eq!(thing["claimReviewed"], "The pier was sold");
            assert_eq!(thing["author"]["name"], "Harbour Check");
            assert_eq!(thing["author"]["url"], "https://check.example/");
            assert_eq!(thing["reviewRating"]["ratingValue"], "1");
            assert_eq!(thing["reviewRating"]["alternateName"], "False");
            assert_eq!(thing["datePublished"], "2026-03-05");
            assert!(thing.get("name").is_none());
        }
        let twice = "<p itemscope itemtype=X><i itemprop=a>1</i><i itemprop='a b'>2</i></p>";
        let things = things(&Document::parse(twice), "X");
        assert_eq!(things[0]["a"], json!(["1", "2"]));
        assert_eq!(things[0]["b"], "2");
    }
}
