//! What the fields of records are called. In: a record's key. Out: the field that it is here. Refuses
//! names that nobody gave: other names are hinted at, never taken.

use std::borrow::Cow;
use std::fmt::Write;
use std::str::FromStr;

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its name for good.
    Id,
    /// Its address.
    Url,
    /// Who published it.
    Outlet,
    /// Its headline.
    Title,
    /// Who wrote it.
    Authors,
    /// When it was published.
    Published,
    /// Its language.
    Language,
    /// Its words.
    Text,
    /// Its page.
    Html,
}

/// Each field with its name.
const NAMES: [(&str, Field); 10] = [
    ("text", Field::Text),
    ("title", Field::Title),
    ("published", Field::Published),
    ("outlet", Field::Outlet),
    ("url", Field::Url),
    ("language", Field::Language),
    ("authors", Field::Authors),
    ("author", Field::Authors),
    ("html", Field::Html),
    ("id", Field::Id),
];

/// What others call them.
const OTHERS: &str = include_str!("../data/fields.txt");

/// A string of this many bytes is likely a record's text, whatever it is called.
const LONG: usize = 200;

/// Fields that are named in a hint, and bytes of each name.
const NAMED: usize = 12;
const NAME_BYTES: usize = 40;

/// One field under another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The field.
    pub field: Field,
    /// What the records call it.
    pub name: String,
}

impl FromStr for Renamed {
    type Err = String;

    /// Of `text=body`: our name, then theirs.
    fn from_str(given: &str) -> Result<Self, String> {
        let (field, name) = given
            .split_once('=')
            .ok_or("FIELD=NAME, such as text=body")?;
        let known = NAMES.iter().find(|(known, _)| *known == field.trim());
        let (_, field) = known.ok_or_else(|| {
            let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
            format!(
                "one of {}, then = and the name that the records give it",
                names.join(", ")
            )
        })?;
        match name.trim() {
            "" => Err("a name after the =".to_owned()),
            name => Ok(Self {
                field: *field,
                name: name.to_owned(),
            }),
        }
    }
}

/// What the fields of records are called: as in this program, but for those that are renamed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<Renamed>);

impl Fields {
    /// With some renamed. A field that is renamed is looked for under its other names alone.
    pub fn new(renamed: Vec<Renamed>) -> Self {
        Self(renamed)
    }

    /// The field of a key.
    pub(crate) fn of(&self, key: &str) -> Option<Field> {
        if let Some(renamed) = self.0.iter().find(|renamed| renamed.name == key) {
            return Some(renamed.field);
        }
        let (_, field) = NAMES.iter().find(|(name, _)| *name == key)?;
        self.0
            .iter()
            .all(|renamed| renamed.field != *field)
            .then_some(*field)
    }
}

/// The keys of a record that are no field, with the bytes of those that are strings.
pub(crate) type Unread<'a> = Vec<(Cow<'a, str>, usize)>;

/// The key that a field likely has among these.
fn likely<'u>(field: &str, unread: &'u Unread<'_>) -> Option<&'u str> {
    let mut others = OTHERS.lines().filter_map(|line| line.split_once(": "));
    let (_, names) = others.find(|(name, _)| *name == field)?;
    let named = names
        .split(' ')
        .find_map(|name| unread.iter().find(|(key, _)| key == name));
    let long = || {
        let longest = unread.iter().max_by_key(|(_, bytes)| *bytes);
        longest.filter(|(_, bytes)| field == "text" && *bytes >= LONG)
    };
    named
        .filter(|(_, bytes)| *bytes > 0)
        .or_else(long)
        .map(|(key, _)| key.as_ref())
}

/// Whether a record's text likely stands under one of these keys.
pub(crate) fn hold_text(unread: &Unread<'_>) -> bool {
    likely("text", unread).is_some()
}

/// What to say of keys that were not read: the keys, and what to write for those of `wanted` that likely
/// have another name among them. The second is empty where none has.
pub(crate) fn hint(unread: &Unread<'_>, wanted: &[&str]) -> (String, String) {
    let mut keys = String::new();
    for (key, _) in unread.iter().take(NAMED) {
        let key: String = key.chars().take(NAME_BYTES).collect();
        let comma = if keys.is_empty() { "" } else { ", " };
        let _ = write!(keys, "{comma}{key}");
    }
    if unread.len() > NAMED {
        keys.push_str(", …");
    }
    let flag = |field: &&str| {
        let key = likely(field, unread)?;
        Some(format!("--field {field}={key}"))
    };
    let flags: Vec<String> = wanted.iter().filter_map(flag).collect();
    (keys, flags.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_field_has_its_other_name_alone() {
        let fields = Fields::new(vec!["text=body".parse().expect("a field")]);
        assert_eq!(fields.of("body"), Some(Field::Text));
        assert_eq!(fields.of("text"), None);
        assert_eq!(fields.of("title"), Some(Field::Title));
        assert!("words=body".parse::<Renamed>().is_err() && "text=".parse::<Renamed>().is_err());
    }

    #[test]
    fn other_names_are_hinted_at() {
        let unread: Unread = [("date", 10), ("story", 900), ("n", 0)]
            .map(|(key, bytes)| (Cow::Borrowed(key), bytes))
            .to_vec();
        let (keys, flags) = hint(&unread, &["text", "published", "outlet"]);
        assert_eq!(keys, "date, story, n");
        assert_eq!(flags, "--field text=story --field published=date");
    }
}
