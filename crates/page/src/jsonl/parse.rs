//! In: a JSON object. Out: the fields of a record that are known here. Refuses what is no JSON object; a value
//! of a wrong kind is as if it were not there.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::fields::{Field, Fields, Unread};

/// Keys that are kept for a hint at most.
const UNREAD: usize = 64;

/// A record, as far as it is known here.
#[derive(Default)]
pub(super) struct Record<'a> {
    pub id: Option<Cow<'a, str>>,
    pub url: Option<Cow<'a, str>>,
    pub outlet: Option<Cow<'a, str>>,
    pub title: Option<Cow<'a, str>>,
    pub published: Option<Cow<'a, str>>,
    pub language: Option<Cow<'a, str>>,
    pub text: Option<Cow<'a, str>>,
    pub html: Option<Cow<'a, str>>,
    pub authors: Vec<String>,
    /// The keys that are none of these.
    pub unread: Unread<'a>,
}

/// Parses an object.
pub(super) fn parse<'a>(line: &'a str, fields: &Fields) -> Result<Record<'a>, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(line);
    let record = reader.deserialize_any(RecordVisitor { fields })?;
    reader.end()?;
    Ok(record)
}

/// Replaces `\ud800`-like escapes without their other half by `\ufffd`; `None` where there are
/// none.
pub(super) fn without_lone_surrogates(line: &str) -> Option<String> {
    let bytes = line.as_bytes();
    let unit = |at: usize| -> Option<u16> {
        let escape = line.get(at..at + 6)?;
        u16::from_str_radix(escape.strip_prefix("\\u")?, 16).ok()
    };
    let mut out = String::with_capacity(line.len());
    let (mut at, mut kept, mut changed) = (0, 0, false);
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => at += 12,
            Some(0xd800..=0xdfff) => {
                out.push_str(&line[kept..at]);
                out.push_str("\\ufffd");
                at += 6;
                kept = at;
                changed = true;
            }
            Some(_) => at += 6,
            None => at += 2,
        }
    }
    if !changed {
        return None;
    }
    out.push_str(line.get(kept..).unwrap_or_default());
    Some(out)
}

struct RecordVisitor<'f> {
    fields: &'f Fields,
}

impl<'de> Visitor<'de> for RecordVisitor<'_> {
    type Value = Record<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = Record::default();
        while let Some(Scalar(key)) = map.next_key::<Scalar<'de>>()? {
            let Some(key) = key else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let field = match self.fields.of(&key) {
                Some(Field::Id) => &mut record.id,
                Some(Field::Url) => &mut record.url,
                Some(Field::Outlet) => &mut record.outlet,
                Some(Field::Title) => &mut record.title,
                Some(Field::Published) => &mut record.published,
                Some(Field::Language) => &mut record.language,
                Some(Field::Text) => &mut record.text,
                Some(Field::Html) => &mut record.html,
                Some(Field::Authors) => {
                    let Names(names) = map.next_value()?;
                    record.authors.extend(names);
                    continue;
                }
                None => {
                    let Length(bytes) = map.next_value()?;
                    if record.unread.len() < UNREAD {
                        record.unread.push((key, bytes));
                    }
                    continue;
                }
            };
            let Scalar(value) = map.next_value()?;
            if value.is_some() {
                *field = value;
            }
        }
        Ok(record)
    }
}

/// A string, a number as written, or nothing where the value is of another kind.
struct Scalar<'a>(Option<Cow<'a, str>>);

impl<'de> serde::Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or a number")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Borrowed(value))))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Owned(value.to_owned()))))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Owned(value.to_string()))))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Owned(value.to_string()))))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Scalar(Some(Cow::Owned(value.to_string()))))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Scalar(None))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar(None))
    }
}

/// A name or a list of names.
struct Names(Vec<String>);

impl<'de> serde::Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct NamesVisitor;
        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or a list of names")
            }
            fn visit_str<E>(self, value: &str) -> Result<Names, E> {
                Ok(Names(vec![value.to_owned()]))
            }
            fn visit_unit<E>(self) -> Result<Names, E> {
                Ok(Names(Vec::new()))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Names, E> {
                Ok(Names(Vec::new()))
            }
            fn visit_u64<E>(self, _: u64) -> Result<Names, E> {
                Ok(Names(Vec::new()))
            }
            fn visit_i64<E>(self, _: i64) -> Result<Names, E> {
                Ok(Names(Vec::new()))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Names, E> {
                Ok(Names(Vec::new()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(Scalar(value)) = seq.next_element::<Scalar<'de>>()? {
                    names.extend(value.map(Cow::into_owned));
                }
                Ok(Names(names))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Names(Vec::new()))
            }
        }
        from.deserialize_any(NamesVisitor)
    }
}

/// The bytes of a string; a number counts as one, and nothing else as any.
struct Length(usize);

impl<'de> serde::Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct LengthVisitor;
        impl<'de> Visitor<'de> for LengthVisitor {
            type Value = Length;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }
            fn visit_str<E>(self, value: &str) -> Result<Length, E> {
                Ok(Length(value.len()))
            }
            fn visit_i64<E>(self, _: i64) -> Result<Length, E> {
                Ok(Length(1))
            }
            fn visit_u64<E>(self, _: u64) -> Result<Length, E> {
                Ok(Length(1))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Length, E> {
                Ok(Length(1))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Length, E> {
                Ok(Length(0))
            }
            fn visit_unit<E>(self) -> Result<Length, E> {
                Ok(Length(0))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Length, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Length(0))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Length, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Length(0))
            }
        }
        from.deserialize_any(LengthVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_are_replaced() {
        let line = r#"{"text": "a \ud83d\ude00 b \ud800 c \udc00 \\ud800"}"#;
        let mended = without_lone_surrogates(line).unwrap();
        let record = parse(&mended, &Fields::default()).ok().unwrap();
        assert_eq!(record.text.unwrap(), "a 😀 b \u{fffd} c \u{fffd} \\ud800");
        assert!(without_lone_surrogates(r#"{"text": "\\ud800"}"#).is_none());
    }

    #[test]
    fn odd_values_are_no_accident() {
        let fields = Fields::default();
        let line = r#"{"id": 7, "title": null, "text": ["x"], "extra": {"a": [1]}, "title": "T"}"#;
        let record = parse(line, &fields).ok().unwrap();
        assert_eq!(record.unread, [("extra".into(), 0)]);
        assert_eq!(
            (record.id.as_deref(), record.title.as_deref()),
            (Some("7"), Some("T"))
        );
        assert!(record.text.is_none());
        assert!(parse("[1]", &fields).is_err() && parse("{} x", &fields).is_err());
    }
}
