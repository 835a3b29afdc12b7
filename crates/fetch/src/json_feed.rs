//! A JSON Feed. In: its text. Out: the pages that its items name. A value of another type than the format asks for
//! (an `id` that is a number) is read where it can be; an item that cannot be read costs that item, and a feed that is cut off
//! the items from there on.

use serde_json::{Deserializer, Value};
use url::Url;

use crate::entries::{Entry, Found, Kind, Lost, MOST, address};

/// Reads a JSON Feed; addresses are relative to where it is from.
pub fn read(text: &str, from: &Url) -> Kind {
    let text = text.trim_start_matches('\u{feff}');
    let (items, broken) = match serde_json::from_str::<Value>(text) {
        Ok(mut feed) => match feed.get_mut("items").map(Value::take) {
            Some(Value::Array(items)) => (items, None),
            _ => return Kind::Broken("the feed cannot be read: it has no items".to_owned()),
        },
        Err(error) => (whole_items(text), Some(error.to_string())),
    };
    let mut lost = Lost::default();
    if let Some(why) = broken {
        (lost.entries, lost.why) = (1, why);
    }
    let mut entries: Vec<Entry> = Vec::new();
    for item in items.iter().take(MOST) {
        match entry(item, from) {
            Some(entry) => entries.push(entry),
            None if item.is_object() => {}
            None => {
                lost.entries += 1;
                lost.why = "an item is no object".to_owned();
            }
        }
    }
    match lost.entries > 0 && entries.is_empty() {
        true => Kind::Broken(format!("the feed cannot be read: {}", lost.why)),
        false => Kind::Entries(entries, (lost.entries > 0).then_some(lost)),
    }
}

fn entry(item: &Value, from: &Url) -> Option<Entry> {
    let text = |name: &str| match item.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    // A permalink may stand in the id alone, as an address then.
    let id = text("id");
    let id = Some(id).filter(|id| id.starts_with("http://") || id.starts_with("https://"));
    let mut links = [text("url"), text("external_url"), id.unwrap_or_default()].into_iter();
    let link = links.find(|link| address(from, link).is_some())?;
    let found = Found {
        link,
        published: text("date_published"),
        updated: text("date_modified"),
        ..Found::default()
    };
    found.entry(from)
}

/// The items before the place where a feed breaks.
fn whole_items(text: &str) -> Vec<Value> {
    let Some(at) = text.find("\"items\"") else {
        return Vec::new();
    };
    let rest = &text[at + "\"items\"".len()..];
    let Some(open) = rest.find('[') else {
        return Vec::new();
    };
    let (mut rest, mut items) = (&rest[open + 1..], Vec::new());
    while items.len() < MOST {
        rest = rest.trim_start().trim_start_matches(',');
        let mut values = Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(item)) = values.next() else { break };
        rest = &rest[values.byte_offset()..];
        items.push(item);
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Kind {
        read(
            text,
            &Url::parse("https://a.example/feed.json").expect("an address"),
        )
    }

    #[test]
    fn one_bad_item_costs_that_item() {
        let head = r#"{"version": "https://jsonfeed.org/version/1.1", "items": "#;
        let links = |kind: Kind| match kind {
            Kind::Entries(entries, lost) => (
                entries
                    .iter()
                    .map(|entry| entry.url.path().to_owned())
                    .collect::<Vec<_>>(),
                lost.map_or(0, |lost| lost.entries),
            ),
            other => (vec![format!("{other:?}")], 0),
        };
        let items = r#"[{"id": 2, "url": "/a", "date_published": null}, 7, {"id": "https://a.example/b"}, {"id": "c"}]}"#;
        assert_eq!(
            links(of(&format!("{head}{items}"))),
            (vec!["/a".to_owned(), "/b".to_owned()], 1)
        );
        let cut = r#"[{"url": "/a"}, {"url": "/b", "tit"#;
        assert_eq!(
            links(of(&format!("{head}{cut}"))),
            (vec!["/a".to_owned()], 1)
        );
        let cut = r#"[{"url": "/a"#;
        assert!(matches!(of(&format!("{head}{cut}")), Kind::Broken(_)));
    }

    #[test]
    fn the_day_of_publication_goes_before_that_of_change() {
        let feed = r#"{"items": [{"url": "/a", "date_published": "2024-03-10T08:00:00Z", "date_modified": "2024-03-12T18:30:00Z"}]}"#;
        let Kind::Entries(entries, None) = of(feed) else {
            panic!("a feed");
        };
        assert_eq!(
            entries[0].published.as_deref(),
            Some("2024-03-10T08:00:00Z")
        );
        assert_eq!(entries[0].stamp, "2024-03-12T18:30:00+00:00");
    }
}
