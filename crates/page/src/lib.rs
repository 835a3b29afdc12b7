//! Bytes to articles: decode · tell the kind · read · sift · finish, with a reader for each kind.
//!
//! In: a path's name and its bytes. Out: an [`Article`] for each page or record in them, or the
//! reason why there is none. Nothing is read from disk here and nothing is executed. Refuses what
//! is no text, and by name the kinds that are known and not read.
//!
//! A new kind is a value of `kind::Kind`, a file beside `html`, `text`, `mail`, `pdf`, `office` and `jsonl`, and a
//! line in [`read`]. Files that hold many pages are opened before, by the crate `container`.

mod decode;
mod fields;
mod finish;
mod furniture;
mod html;
mod identity;
mod jsonl;
mod kind;
mod language;
mod left_out;
mod lines;
mod mail;
mod mojibake;
mod no_article;
mod not_prose;
mod not_said;
mod office;
mod original;
mod outlet;
mod pdf;
mod saved;
mod says;
mod text;

use std::borrow::Cow;

use model::{Article, Locator, Published, SkipReason, Skipped, Warning};

use finish::Identity;
use kind::Kind;
use says::Said;

pub use fields::{Field, Fields, Renamed};
pub use identity::{POSTED, id_beside, is_derived, page_of};
pub use left_out::left_out;
pub use not_said::not_said;
pub use original::Originals;
pub use outlet::{Draft, READING, Recurring, Shelf, Shelves, learn};

/// How pages are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether page furniture is taken out of text that is given as text (JSONL `text`). Off, such
    /// a record's text is kept to the letter, so that offsets are those of the record.
    pub strip_text: bool,
    /// Bytes of one page or record that are read at most.
    pub page_limit: usize,
    /// What the fields of records are called.
    pub fields: Fields,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            strip_text: true,
            page_limit: 64 << 20,
            fields: Fields::default(),
        }
    }
}

/// A date as machines write it (ISO 8601, RFC 2822, seconds since 1970), or as a line shows it; `None` where it is none,
/// or could be two. Zones are read as offsets alone.
pub fn read_date(text: &str) -> Option<Published> {
    says::date::machine(text)
}

/// Bytes of any charset as text: by their mark, as UTF-8, by what they declare, or as is likeliest.
pub fn read_text(bytes: &[u8]) -> Cow<'_, str> {
    decode::decode(bytes).text
}

/// Reads every article in `bytes`. `path` names them, and is no more than a hint at their kind.
/// [`Article::source`] leads back into the bytes decoded to UTF-8; for a record, into the value of
/// its `text` or `html`; of a mail nowhere, for its parts are encoded.
pub fn read(path: &str, bytes: &[u8], options: &Options) -> Vec<Result<Article, Skipped>> {
    read_from(path, bytes, &Locator::default(), options)
}

/// The same for bytes that a container holds: `from` is what it says of them.
pub fn read_from(
    path: &str,
    bytes: &[u8],
    from: &Locator,
    options: &Options,
) -> Vec<Result<Article, Skipped>> {
    let drafts = drafts(path, bytes, from, options).into_iter();
    drafts
        .map(|draft| draft.map(|draft| draft.article))
        .collect()
}

/// The same for pages that are read together: [`learn`] tells what recurs at their outlets, and
/// [`Draft::knowing`] gives the article without that.
pub fn drafts(
    path: &str,
    bytes: &[u8],
    from: &Locator,
    options: &Options,
) -> Vec<Result<Draft, Skipped>> {
    let skip = |reason| {
        vec![Err(Skipped {
            path: path.to_owned(),
            reason,
        })]
    };
    let (kind, decoded) = match kind::tell(path, bytes) {
        Ok(told) => told,
        Err(reason) => return skip(reason),
    };
    let bad = decoded.bad.then_some(decoded.charset);
    if matches!(kind, Kind::Jsonl | Kind::Json) {
        return jsonl::read(path, &decoded.text, kind, from, options, bad);
    }
    if bytes.len() > options.page_limit {
        return skip(SkipReason::TooLarge {
            limit: options.page_limit as u64,
        });
    }
    let mut said = Said {
        url_hint: from.url.clone(),
        ..Said::default()
    };
    if let Some(charset) = bad {
        said.warn(Warning::BadBytes {
            charset: charset.to_owned(),
        });
    }
    let sha256 = finish::sha256(bytes);
    let identity = Identity {
        path: path.to_owned(),
        id: identity::id_of(&sha256),
        sha256,
    };
    let draft = match kind {
        Kind::Html => html::read(identity, &decoded.text, said).map(Draft::of_html),
        Kind::Mail => mail::read(identity, bytes).map(Draft::of_html),
        Kind::Pdf => pdf::read(identity, bytes, said).map(Draft::of_html),
        Kind::Office => office::read(identity, bytes, said).map(Draft::of_html),
        _ => text::draft(identity, decoded.text.into_owned(), said),
    };
    match draft {
        Ok(draft) => vec![Ok(draft)],
        Err(reason) => skip(reason),
    }
}
