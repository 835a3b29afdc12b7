//! Reader of records. In: JSON objects, one a line, or in an array, or over several lines, with `text` or
//! `html` and what is known about it. Out: an article an object. Refuses an object that is no JSON or has
//! neither a text nor a title, names it `FILE:LINE` (in an array `FILE:NUMBER`), and goes on with the next;
//! records whose fields have other names are named once a file.

mod parse;

use std::borrow::Cow;
use std::ops::Range;

use model::{Article, Locator, SkipReason, Skipped, Warning};
use sha2::Digest;

use crate::fields;
use crate::finish::{self, Identity};
use crate::furniture::Fate;
use crate::kind::Kind;
use crate::outlet::{Draft, Plain, Recurring};
use crate::says::{Said, author, credit, date, title};
use crate::{Options, furniture, html, identity, language, lines, text};
use parse::{Record, parse};

/// The fields that a hint looks for in a record that has no text, and in one that has.
const ALL: [&str; 6] = ["text", "title", "published", "outlet", "url", "language"];
const ABOUT: [&str; 3] = ["title", "published", "outlet"];

/// Where each record stands in a text of records: lines, some of them blank; or the objects of an array.
/// What stands between two objects and is neither blank nor a comma is given as one, to be refused by name.
pub(crate) fn pieces(all: &str, kind: Kind) -> Vec<Range<usize>> {
    let trimmed = |range: Range<usize>| {
        let piece = &all[range.clone()];
        let from = range.start + (piece.len() - piece.trim_start().len());
        from..from + piece.trim().len()
    };
    if kind != Kind::Json {
        let mut at = 0;
        let line = |line: &str| {
            let from = at;
            at += line.len() + 1;
            trimmed(from..from + line.len())
        };
        return all.split('\n').map(line).collect();
    }
    let mut pieces = Vec::new();
    let between = |range: Range<usize>, pieces: &mut Vec<Range<usize>>| {
        let junk =
            all[range.clone()].trim_matches(|c: char| c.is_whitespace() || "[],".contains(c));
        if let Some(at) = all[range.clone()].find(junk).filter(|_| !junk.is_empty()) {
            pieces.push(range.start + at..range.start + at + junk.len());
        }
    };
    let (mut depth, mut from, mut quoted, mut escaped) = (0usize, 0, false, false);
    for (at, byte) in all.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' => {
                if depth == 0 {
                    between(from..at, &mut pieces);
                    from = at;
                }
                depth += 1;
            }
            b'}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    pieces.push(from..at + 1);
                    from = at + 1;
                }
            }
            _ => {}
        }
    }
    match depth {
        0 => between(from..all.len(), &mut pieces),
        _ => pieces.push(trimmed(from..all.len())),
    }
    pieces
}

/// A record whose fields have other names.
struct Stranger {
    path: String,
    keys: String,
    flags: String,
}

/// Reads every record.
pub(crate) fn read(
    path: &str,
    all: &str,
    kind: Kind,
    from: &Locator,
    options: &Options,
    bad_bytes: Option<&str>,
) -> Vec<Result<Draft, Skipped>> {
    let file = path;
    let mut articles = Vec::new();
    let mut strangers: Vec<Stranger> = Vec::new();
    let (mut records, mut told) = (0, false);
    let pieces = pieces(all, kind);
    if kind == Kind::Json
        && !pieces
            .iter()
            .any(|range| all[range.clone()].starts_with('{'))
    {
        return vec![Err(Skipped {
            path: file.to_owned(),
            reason: SkipReason::NoPage("JSON without a record".to_owned()),
        })];
    }
    for (number, range) in (from.records_before + 1..).zip(pieces) {
        let line = &all[range];
        if line.is_empty() {
            continue;
        }
        records += 1;
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
        match record(&path, line, options, said, &mut told) {
            Ok(article) => articles.push(Ok(article)),
            Err(Refused::For(reason)) => articles.push(Err(skip(reason))),
            Err(Refused::Strange { keys, flags }) => {
                strangers.push(Stranger { path, keys, flags });
            }
        }
    }
    articles.extend(strange(file, records, &strangers).map(Err));
    articles
}

/// What is said of records whose fields have other names: once a file, after the first of them.
fn strange(file: &str, records: usize, strangers: &[Stranger]) -> Option<Skipped> {
    let Stranger { path, keys, flags } = strangers.first()?;
    let which = match flags.contains("text=") {
        true => flags,
        false => "--field text=NAME",
    };
    let which = format!("no text, html or title but {keys}; to say which is which: {which}");
    let (path, why) = match strangers.len() {
        1 if records > 1 => (path.as_str(), format!("it has {which}")),
        1 => (file, format!("it has {which}")),
        some => (
            file,
            format!("{some} of {records} are none; the first has {which}"),
        ),
    };
    Some(Skipped {
        path: path.to_owned(),
        reason: SkipReason::BadRecord(why),
    })
}

/// Why a record gives no article.
enum Refused {
    /// Its own fault.
    For(SkipReason),
    /// Its fields have other names.
    Strange { keys: String, flags: String },
}

impl From<SkipReason> for Refused {
    fn from(reason: SkipReason) -> Self {
        Self::For(reason)
    }
}

/// Reads one record. `told`: whether the file's other names were told of already.
fn record(
    path: &str,
    line: &str,
    options: &Options,
    mut said: Said,
    told: &mut bool,
) -> Result<Draft, Refused> {
    let mended;
    let record = match parse(line, &options.fields) {
        Ok(record) => record,
        Err(error) => {
            let Some(line) = parse::without_lone_surrogates(line) else {
                return Err(bad(&error).into());
            };
            mended = line;
            said.warn(Warning::BadBytes {
                charset: "UTF-16 (lone \\u escapes)".to_owned(),
            });
            parse(&mended, &options.fields).map_err(|error| bad(&error))?
        }
    };
    let has = |field: &Option<Cow<'_, str>>| field.as_deref().is_some_and(|v| !v.trim().is_empty());
    if is_strange(&record) {
        let (keys, flags) = fields::hint(&record.unread, &ALL);
        return Err(Refused::Strange { keys, flags });
    }
    let hash = finish::sha256(line.as_bytes());
    let given = record
        .id
        .as_deref()
        .map(str::trim)
        // `.` and `..` are no names where an id is part of an address.
        .filter(|id| !matches!(*id, "" | "." | ".."));
    let id = given.map_or_else(
        || identity::id_of(&content_hash(&record)),
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

    if !*told && let Some(warning) = other_names(&record) {
        said.warn(warning);
        *told = true;
    }
    if has(&record.text) || !has(&record.html) {
        let text = record.text.as_deref().unwrap_or_default();
        if text.trim().is_empty() && said.title.is_none() {
            let why = "it has neither a text, nor html, nor a title";
            return Err(SkipReason::BadRecord(why.to_owned()).into());
        }
        if !options.strip_text {
            return Ok(Draft::whole(to_the_letter(identity, text, said)));
        }
        let plain = Plain {
            identity: identity.clone(),
            text: text.to_owned(),
            said: said.clone(),
            read: from_text,
        };
        let article = from_text(identity, text, said, &Recurring::default())?;
        return Ok(Draft::of_text(article, plain));
    }
    let page = record.html.as_deref().unwrap_or_default();
    Ok(Draft::of_html(html::read(identity, page, said)?))
}

/// Whether a record's text has another name: it has none itself, and either no title or a field that is
/// likely it.
fn is_strange(record: &Record<'_>) -> bool {
    record.text.is_none()
        && record.html.is_none()
        && !record.unread.is_empty()
        && (record.title.is_none() || fields::hold_text(&record.unread))
}

/// What to say of a record that was read while some of what is known about it has other names.
fn other_names(record: &Record<'_>) -> Option<Warning> {
    if record.unread.is_empty() {
        return None;
    }
    let lacks = |field: &&str| match *field {
        "title" => record.title.is_none(),
        "published" => record.published.is_none(),
        _ => record.outlet.is_none(),
    };
    let wanted: Vec<&str> = ABOUT.into_iter().filter(lacks).collect();
    let (_, flags) = fields::hint(&record.unread, &wanted);
    (!flags.is_empty()).then_some(Warning::OtherNames { flags })
}

/// A record's text as it stands.
fn to_the_letter(identity: Identity, text: &str, mut said: Said) -> Article {
    let given = said.title.is_some();
    text::sift(&lines::lines(text), &Recurring::default(), &mut said);
    if !given {
        // A title that was found stays in the text, so that it is no title beside it.
        said.title = None;
    }
    finish::to_the_letter(identity, text, said)
}

/// A record's text without the furniture in it.
fn from_text(
    identity: Identity,
    text: &str,
    mut said: Said,
    known: &Recurring,
) -> Result<Article, SkipReason> {
    let lines = lines::lines(text);
    let mut fates = text::sift(&lines, known, &mut said);
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
    Ok(finish::from_lines(identity, &lines, &fates, said))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_stand_in_lines_arrays_and_over_lines() {
        let found = |all: &str, kind| -> Vec<String> {
            let pieces = pieces(all, kind).into_iter();
            pieces.map(|range| all[range].to_owned()).collect()
        };
        assert_eq!(
            found(" {} \n\n{\"a\": 1}", Kind::Jsonl),
            ["{}", "", "{\"a\": 1}"]
        );
        let array = "[{\"a\": \"}]\\\"{\"},\n {\"b\": {\"c\": [1]}}, 7, {\"d\"";
        assert_eq!(
            found(array, Kind::Json),
            [
                "{\"a\": \"}]\\\"{\"}",
                "{\"b\": {\"c\": [1]}}",
                "7",
                "{\"d\""
            ]
        );
        assert_eq!(found("{\n\"a\": 1\n}\n", Kind::Json), ["{\n\"a\": 1\n}"]);
    }
}
