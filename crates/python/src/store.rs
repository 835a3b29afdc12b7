//! A store, as Python holds it. In: the path of its file. Out: its stories as reports, its tables, what a search finds;
//! and it takes pages in.
//!
//! Each call opens the store for itself: a reader that is kept would hold back what a writer may clear away, and Python
//! has threads of its own.

use std::path::PathBuf;

use arrow_schema::ArrowError;
use crossread::report::tables::Table as Which;
use crossread::report::{self, lines, wire};
use desk::{ALIGN, Desk, export};
use pyo3::prelude::*;
use serde_json::{Value, json};
use store::{ArticleRow, Query, Reader, StoryFilter, StoryOrder, StoryRow, snippet};

use crate::error::{of_store, told};
use crate::given::{Given, open};
use crate::report::{Report, table_named};
use crate::table::{Batches, Rows, Table, record_batch, schema};
use crate::work;

/// Code points of a passage that a search shows.
const SHOWN: usize = 240;

/// The file of a store.
#[pyclass(module = "crossread._crossread", frozen)]
pub(crate) struct Store(PathBuf);

/// A table of a store.
struct Kept(PathBuf, Which);

impl Batches for Kept {
    fn open(&self) -> PyResult<Rows> {
        let store = reader(&self.0)?;
        let schema = schema(&self.1.fields());
        let batches = export::batches(store, self.1).map_err(|error| of_store(&error))?;
        Ok(Box::new(batches.map(move |batch| match batch {
            Ok(batch) => record_batch(&schema, batch),
            Err(error) => Err(ArrowError::ExternalError(told(&error).into())),
        })))
    }
}

fn reader(path: &std::path::Path) -> PyResult<Reader> {
    Reader::open(path).map_err(|error| of_store(&error))
}

/// A place in the order of stories: a last day, and a number.
type Place = (i64, u32);

/// Which stories are asked for.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Asked {
    outlet: Option<String>,
    name: Option<String>,
    since: Option<i64>,
    until: Option<i64>,
    articles: Option<u32>,
    disputed: bool,
    after: Option<Place>,
    limit: u32,
}

#[pymethods]
impl Store {
    /// A store that is there.
    #[new]
    fn new(path: PathBuf) -> PyResult<Self> {
        reader(&path)?;
        Ok(Self(path))
    }

    /// A store, made where there is none.
    #[staticmethod]
    fn made(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let opened = py.detach(|| store::Writer::open(&path));
        opened.map(drop).map_err(|error| of_store(&error))?;
        Ok(Self(path))
    }

    /// Articles, versions of them, stories.
    fn counts(&self) -> PyResult<[u64; 3]> {
        reader(&self.0)?.counts().map_err(|error| of_store(&error))
    }

    /// What its claims were last lined up by; none where nothing was compared yet.
    fn align(&self) -> PyResult<Option<String>> {
        reader(&self.0)?
            .setting(ALIGN)
            .map_err(|error| of_store(&error))
    }

    /// Stories, the latest first, as JSON; and the place in that order from which the next ones follow.
    fn stories(&self, asked: Asked) -> PyResult<(Vec<String>, Option<Place>)> {
        let filter = StoryFilter {
            outlet: asked.outlet,
            called: asked.name,
            from: asked.since,
            to: asked.until,
            articles: asked.articles,
            disputed: asked.disputed,
            after: asked.after.map(|(day, n)| vec![day, n.into()]),
            ..StoryFilter::default()
        };
        let rows = reader(&self.0)?.stories(&filter, asked.limit);
        let rows = rows.map_err(|error| of_store(&error))?;
        let last = rows.last().and_then(|row| {
            let day = row.place(StoryOrder::Latest).first().copied()?;
            Some((day, row.n))
        });
        let full = rows.len() as u64 == u64::from(asked.limit);
        Ok((rows.iter().map(listed).collect(), last.filter(|_| full)))
    }

    /// A story's report by the story's id, or by one that it had; none where there is no such story, or its report is
    /// not made yet.
    fn story(&self, py: Python<'_>, id: &str) -> PyResult<Option<Report>> {
        let found = py.detach(|| {
            let store = Reader::open(&self.0)?;
            let Some(row) = store.story(id)? else {
                return Ok(None);
            };
            export::report_of(&store, row.n, &row.id)
        });
        Ok(found.map_err(|error| of_store(&error))?.map(Report::new))
    }

    /// An article as it is now, as JSON.
    fn article(&self, id: &str) -> PyResult<Option<String>> {
        let newest = reader(&self.0)?
            .newest(id)
            .map_err(|error| of_store(&error))?;
        Ok(newest.map(|version| report::line(&lines::article(&version.article))))
    }

    /// Articles that have all the words, the last that came first, as JSON, each with the passage where they stand.
    fn search(
        &self,
        py: Python<'_>,
        words: String,
        outlet: Option<String>,
        since: Option<i64>,
        until: Option<i64>,
        limit: u32,
    ) -> PyResult<Vec<String>> {
        let query = Query {
            words,
            outlet,
            from: since,
            to: until,
            before: None,
        };
        let found = py.detach(|| {
            let store = Reader::open(&self.0)?;
            let rows = store.search(&query, limit)?;
            let found = rows.iter().map(|row| found(&store, row, &query.words));
            found.collect::<Result<Vec<_>, store::Error>>()
        });
        found.map_err(|error| of_store(&error))
    }

    /// Takes pages in and compares the stories that they changed; gives what came of them, as JSON.
    fn add(
        &self,
        py: Python<'_>,
        engine: PyRef<'_, crate::engine::Engine>,
        given: Vec<Given>,
        compare: bool,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        let engine = engine.made_anew()?;
        let path = self.0.clone();
        let added = work::run(py, progress, move |progress| {
            let mut desk = Desk::open(engine, &path, fetch::now())?;
            let added = desk.add(open(given), "add", &fetch::now, progress)?;
            desk.redraw(if compare { u64::MAX } else { 0 }, progress)?;
            Ok::<_, desk::Error>(added)
        })?;
        Ok(report::line(&added.map_err(|error| of_store(&error))?))
    }

    /// A table, read as it is asked for.
    fn table(&self, name: &str) -> PyResult<Table> {
        let which = table_named(name)?;
        Ok(Table::read(
            schema(&which.fields()),
            Kept(self.0.clone(), which),
        ))
    }
}

fn listed(row: &StoryRow) -> String {
    report::line(&json!({
        "id": row.id,
        "title": row.title,
        "first": row.days.map(|(first, _)| first),
        "last": row.days.map(|(_, last)| last),
        "articles": row.articles,
        "outlets": row.outlets,
        "corroborated": row.corroborated,
        "disputes": row.disputes,
        "earlier": row.earlier,
        "compared": row.fresh,
    }))
}

fn found(store: &Reader, row: &ArticleRow, words: &str) -> Result<String, store::Error> {
    let newest = store.newest(&row.id)?;
    let mention = newest.as_ref().and_then(|version| {
        let text = version.article.text.as_str();
        let (shown, _) = snippet(text, words, SHOWN);
        let start = (shown.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        let start = text.get(..start)?.chars().count() as u32;
        Some(wire::Mention {
            article: row.id.clone(),
            start,
            end: start + shown.chars().count() as u32,
            text: shown.to_owned(),
        })
    });
    let value: Value = json!({
        "article": row.id,
        "outlet": row.outlet,
        "title": row.title,
        "url": row.url,
        "published": row.published,
        "language": row.language,
        "story": row.story,
        "mention": mention,
    });
    Ok(report::line(&value))
}
