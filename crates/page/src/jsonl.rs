//! Reader of JSONL. In: lines, each a JSON object with `text` or `html` and what is known about it.
//! Out: an article a line. Refuses a line that is no JSON object or has neither a text nor a title,
//! names it `FILE:LINE`, and goes on with the next.

use std::borrow::Cow;
use std::fmt;

use model::{Article, SkipReason, Skipped, Warning};
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use sha2::Digest;

use crate::finish::{self, Identity};
use crate::furniture::Fate;
use crate::says::{Said, author, credit, date, title};
use crate::{Options, furniture, html, language, text};

/// A record, as far as it is known here.
#[derive(Default)]
struct Record<'a> {
    id: Option<Cow<'a, str>>,
    url: Option<Cow<'a, str>>,
    outlet: Option<Cow<'a, str>>,
    title: Option<Cow<'a, str>>,
    published: Option<Cow<'a, str>>,
    language: Option<Cow<'a, str>>,
    text: Option<Cow<'a, str>>,
    html: Option<Cow<'a, str>>,
    authors: Vec<String>,
}

/// Reads every line.
pub(crate) fn read(
    path: &str,
    all: &str,
    options: &Options,
    bad_bytes: Option<&str>,
) -> Vec<Result<Article, Skipped>> {
    let mut articles = Vec::new();
    for (number, line) in (1u64..).zip(all.split('\n')) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let path = format!("{path}:{number}");
        let skip = |reason| Skipped {
            path: path.clone(),
            reason,
        };
        if line.len() > options.page_limit {
            articles.push(Err(skip(SkipReason::TooLarge {
                limit: options.page_limit as u64,
            })));
            continue;
        }
        let mut said = Said::default();
        if let Some(charset) = bad_bytes
            && line.contains('\u{fffd}')
        {
            said.warn(Warning::BadBytes {
                charset: charset.to_owned(),
            });
        }
        articles.push(record(&path, line, options, said).map_err(skip));
    }
    articles
}

/// Reads one line.
fn record(
    path: &str,
    line: &str,
    options: &Options,
    mut said: Said,
) -> Result<Article, SkipReason> {
    let mended;
    let record = match parse(line) {
        Ok(record) => record,
        Err(error) => {
            let Some(line) = without_lone_surrogates(line) else {
                return Err(bad(&error));
            };
            mended = line;
            said.warn(Warning::BadBytes {
                charset: "UTF-16 (lone \\u escapes)".to_owned(),
            });
            parse(&mended).map_err(|error| bad(&error))?
        }
    };
    let hash = finish::sha256(line.as_bytes());
    let given = record
        .id
        .as_deref()
        .map(str::trim)
        // `.` and `..` are no names where an id is part of an address.
        .filter(|id| !matches!(*id, "" | "." | ".."));
    let id = given.map_or_else(
        || finish::id_of(&content_hash(&record)),
        model::ArticleId::new,
    );
    let identity = Identity {
        path: path.to_owned(),
        id,
        sha256: hash,
    };

    let full = |field: &Option<Cow<'_, str>>| {
        field
            .as_deref()
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    };
    said.title = full(&record.title).map(|value| title::tidy(&value));
    said.outlet = full(&record.outlet);
    said.url = full(&record.url);
    said.language = record.language.as_deref().and_then(language::primary);
    said.published = record.published.as_deref().and_then(date::machine);
    if let Some(given) = full(&record.published)
        && said.published.is_none()
    {
        let given: String = given.chars().take(40).collect();
        said.warn(Warning::BrokenMetadata {
            what: format!("the date “{given}”"),
        });
    }
    for field in &record.authors {
        credit::of_byline(field, field, &mut said);
        for name in author::names(field, said.outlet.as_deref()) {
            if !said.authors.contains(&name) {
                said.authors.push(name);
            }
        }
    }

    let has = |field: &Option<Cow<'_, str>>| field.as_deref().is_some_and(|v| !v.trim().is_empty());
    if has(&record.text) || !has(&record.html) {
        let text = record.text.as_deref().unwrap_or_default();
        if text.trim().is_empty() && said.title.is_none() {
            let why = "it has neither a text, nor html, nor a title";
            return Err(SkipReason::BadRecord(why.to_owned()));
        }
        return Ok(from_text(identity, text, options, said));
    }
    html::read(identity, record.html.as_deref().unwrap_or_default(), said)
}

fn from_text(identity: Identity, text: &str, options: &Options, mut said: Said) -> Article {
    let lines = text::lines(text);
    if !options.strip_text {
        let given = said.title.is_some();
        text::sift(&lines, &mut said);
        if !given {
            // A title that was found stays in the text, so that it is no title beside it.
            said.title = None;
        }
        return finish::to_the_letter(identity, text, said);
    }
    let mut fates = text::sift(&lines, &mut said);
    // A record of nothing but other stories' headlines is kept for its title.
    if said.title.is_some() && furniture::is_link_list(&lines, &fates) {
        fates.fill(Fate::Drop);
    }
    let nothing_left = fates.iter().all(|fate| *fate == Fate::Drop);
    if nothing_left && said.title.is_none() {
        // A record is somebody's choice: its words are kept where nothing else would be left.
        fates = lines
            .iter()
            .map(|line| Fate::Keep(line.text.len()))
            .collect();
    }
    finish::from_lines(identity, &lines, &fates, said)
}

fn bad(error: &serde_json::Error) -> SkipReason {
    let text = error.to_string();
    let why = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(why, _)| why);
    SkipReason::BadRecord(if error.is_eof() {
        format!("JSON that breaks off at column {}", error.column())
    } else if error.is_data() {
        why.to_owned()
    } else {
        format!("not JSON: {why} at column {}", error.column())
    })
}

/// Hash of what a record says, whatever the order of its fields and the spaces between them.
fn content_hash(record: &Record<'_>) -> model::Sha256 {
    let mut hash = sha2::Sha256::new();
    let fields = [
        &record.url,
        &record.outlet,
        &record.title,
        &record.published,
        &record.language,
        &record.text,
        &record.html,
    ];
    for (mark, field) in (b'a'..).zip(fields) {
        if let Some(value) = field {
            hash.update([0, mark]);
            hash.update(value.as_bytes());
        }
    }
    model::Sha256(hash.finalize().into())
}

fn parse(line: &str) -> Result<Record<'_>, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(line);
    let record = reader.deserialize_any(RecordVisitor)?;
    reader.end()?;
    Ok(record)
}

/// Replaces `\ud800`-like escapes without their other half by `\ufffd`; `None` where there are
/// none.
fn without_lone_surrogates(line: &str) -> Option<String> {
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

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Record<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = Record::default();
        while let Some(Scalar(key)) = map.next_key::<Scalar<'de>>()? {
            let field = match key.as_deref().unwrap_or_default() {
                "id" => &mut record.id,
                "url" => &mut record.url,
                "outlet" => &mut record.outlet,
                "title" => &mut record.title,
                "published" => &mut record.published,
                "language" => &mut record.language,
                "text" => &mut record.text,
                "html" => &mut record.html,
                "authors" | "author" => {
                    let Names(names) = map.next_value()?;
                    record.authors.extend(names);
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_are_replaced() {
        let line = r#"{"text": "a \ud83d\ude00 b \ud800 c \udc00 \\ud800"}"#;
        let mended = without_lone_surrogates(line).unwrap();
        let record = parse(&mended).ok().unwrap();
        assert_eq!(record.text.unwrap(), "a 😀 b \u{fffd} c \u{fffd} \\ud800");
        assert!(without_lone_surrogates(r#"{"text": "\\ud800"}"#).is_none());
    }

    #[test]
    fn odd_values_are_no_accident() {
        let record =
            parse(r#"{"id": 7, "title": null, "text": ["x"], "extra": {"a": [1]}, "title": "T"}"#);
        let record = record.ok().unwrap();
        assert_eq!(
            (record.id.as_deref(), record.title.as_deref()),
            (Some("7"), Some("T"))
        );
        assert!(record.text.is_none());
        assert!(parse("[1]").is_err() && parse("{} x").is_err());
    }
}
