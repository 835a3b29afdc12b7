//! What is in a store, for other programs. In: a store. Out: a WARC file of the original pages, tables, W3C
//! annotations, readers' marks, Markdown. Every passage carries its article and its place there.

mod annotations;
mod chosen;
mod citations;
mod marks;
mod tables;
mod warc;

use std::io::{self, Write};

use crossread::report::{self, wire};
use jiff::Timestamp;
use store::Reader;

pub use annotations::annotations;
pub use chosen::Chosen;
pub use citations::{Selection, citations, drafts, selection};
pub use marks::{annotation, marks};
pub use tables::{batches, table};
pub use warc::warc;

/// Why nothing can be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The store.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A story that is not there.
    #[error("there is no story {0}; `crossread export --format csv --table stories` lists them")]
    NoStory(String),
    /// What was chosen of a story is not there.
    #[error(transparent)]
    Choice(#[from] report::choice::ChoiceError),
    /// The place where it goes.
    #[error("cannot write the export: {0}")]
    Io(#[from] io::Error),
    /// A table.
    #[error(transparent)]
    Table(#[from] report::tables::Error),
}

fn damaged(store: &Reader, story: &str) -> store::Error {
    store::Error::Damaged {
        path: store.path().to_owned(),
        what: format!("the report of story {story}"),
    }
}

/// The articles of a story in the versions that its report is made of.
pub fn articles_of(store: &Reader, n: u32) -> Result<Vec<wire::Article>, store::Error> {
    let fetched = fetched(store, n)?.into_iter();
    Ok(fetched.map(|(article, _)| article).collect())
}

/// The same, each with when it was fetched: an RFC 3339 instant.
///
/// # Errors
/// Those of the store.
pub fn fetched(store: &Reader, n: u32) -> Result<Vec<(wire::Article, String)>, store::Error> {
    let Some(report) = store.report(n)? else {
        return Ok(Vec::new());
    };
    let mut articles = Vec::new();
    for (id, number) in report.made_of {
        if let Some(version) = store.version(&id, number)? {
            let at = Timestamp::from_second(version.fetched).unwrap_or_default();
            let article = report::lines::article(&version.article);
            articles.push((article, at.to_string()));
        }
    }
    Ok(articles)
}

/// A story's last report with the articles it is made of, as a report of its own; none where it was not
/// drawn yet.
///
/// # Errors
/// Those of the store.
pub fn report_of(store: &Reader, n: u32, id: &str) -> Result<Option<wire::Report>, store::Error> {
    let Some(kept) = store.report(n)? else {
        return Ok(None);
    };
    let story = report::story(&kept.story).ok_or_else(|| damaged(store, id))?;
    Ok(Some(wire::Report {
        schema: wire::SCHEMA.to_owned(),
        offsets: "code-point".to_owned(),
        articles: articles_of(store, n)?,
        skipped: Vec::new(),
        stories: vec![story],
    }))
}

/// The stories chosen as Markdown, one after another.
///
/// # Errors
/// Those of the store and of `out`.
pub fn markdown(
    store: &Reader,
    chosen: &Chosen,
    out: &mut dyn Write,
    seen: &dyn Fn(usize),
) -> Result<(), ExportError> {
    let [articles, _, stories] = store.counts()?;
    if chosen.is_all() {
        out.write_all(report::markdown_head(articles, stories).as_bytes())?;
    }
    chosen.each_story(store, seen, |n, story| {
        if let Some(report) = report_of(store, n, &story.id)? {
            out.write_all(report::markdown_stories(&report).as_bytes())?;
        }
        Ok(())
    })
}
