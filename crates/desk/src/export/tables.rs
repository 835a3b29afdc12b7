//! Tables. In: a store. Out: one table of all its stories or articles, a story at a time, whatever its format.

use std::borrow::Borrow;
use std::collections::VecDeque;
use std::io::Write;

use crossread::report::tables::{self, Articles, Batch, Format, Listed, Table, Writer};
use crossread::report::{self, lines};
use store::Reader;

use super::{ExportError, articles_of, damaged};

/// Articles that are read together.
const TOGETHER: u32 = 100;

/// Writes a table; `seen` is told of rows of articles, or of stories, as they are read.
///
/// # Errors
/// Those of the store and of `out`.
pub fn table(
    store: &Reader,
    table: Table,
    format: Format,
    out: impl Write + Send,
    seen: &dyn Fn(usize),
) -> Result<(), ExportError> {
    let mut writer = Writer::new(format, table, out)?;
    for batch in batches(store, table)? {
        let batch = batch?;
        seen(match table {
            Table::Articles => batch.rows(),
            _ => 1,
        });
        writer.write(batch)?;
    }
    Ok(writer.finish()?)
}

/// The rows of a table, those of a story or of some articles at a time. Every article has its row, as it is now and in
/// order of arrival, whether its story was compared or not.
///
/// # Errors
/// Those of the store.
pub fn batches<S: Borrow<Reader>>(
    store: S,
    table: Table,
) -> Result<impl Iterator<Item = Result<Batch, ExportError>>, ExportError> {
    let stories = match table {
        Table::Articles => Vec::new(),
        _ => store.borrow().reported()?,
    };
    Ok(Batches {
        store,
        table,
        after: 0,
        stories: stories.into(),
    })
}

struct Batches<S> {
    store: S,
    table: Table,
    /// The number of the last article that was read.
    after: i64,
    /// Numbers and ids of stories that are to be read.
    stories: VecDeque<(u32, String)>,
}

impl<S: Borrow<Reader>> Iterator for Batches<S> {
    type Item = Result<Batch, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.table {
            Table::Articles => self.articles().transpose(),
            _ => self.story().transpose(),
        }
    }
}

impl<S: Borrow<Reader>> Batches<S> {
    fn articles(&mut self) -> Result<Option<Batch>, ExportError> {
        let store = self.store.borrow();
        let rows = store.articles_after(self.after, TOGETHER)?;
        let Some(last) = rows.last() else {
            return Ok(None);
        };
        let mut articles = Vec::new();
        for row in &rows {
            let newest = store.newest(&row.id)?;
            articles.extend(newest.map(|version| (row, lines::article(&version.article))));
        }
        self.after = last.n;
        let listed = articles.iter().map(|(row, article)| Listed {
            article,
            story: row.story.as_deref(),
            versions: Some(row.versions),
        });
        Ok(Some(tables::articles(listed)))
    }

    fn story(&mut self) -> Result<Option<Batch>, ExportError> {
        let store = self.store.borrow();
        while let Some((n, id)) = self.stories.pop_front() {
            // Removed since.
            let Some(kept) = store.report(n)? else {
                continue;
            };
            let story = report::story(&kept.story).ok_or_else(|| damaged(store, &id))?;
            let articles = match self.table.needs_articles() {
                true => articles_of(store, n)?,
                false => Vec::new(),
            };
            let rows = self.table.rows(&story, &Articles::new(&articles));
            return Ok(Some(rows));
        }
        Ok(None)
    }
}
