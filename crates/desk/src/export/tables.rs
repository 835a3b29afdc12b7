//! Tables. In: a store. Out: one table of all its stories or articles, a story at a time, whatever its format.

use std::io::Write;

use engine::report::lines;
use engine::report::tables::{self, Articles, Format, Listed, Table, Writer};
use store::Reader;

use super::{ExportError, articles_of, each_story};

/// Articles that are read together.
const TOGETHER: u32 = 100;

/// Writes a table.
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
    if table == Table::Articles {
        articles(store, &mut writer, seen)?;
    } else {
        each_story(store, seen, |n, story| {
            let articles = match table.needs_articles() {
                true => articles_of(store, n)?,
                false => Vec::new(),
            };
            writer.write(table.rows(&story, &Articles::new(&articles)))?;
            Ok(())
        })?;
    }
    Ok(writer.finish()?)
}

/// Every article as it is now, in order of arrival, whether its story was compared or not.
fn articles<W: Write + Send>(
    store: &Reader,
    writer: &mut Writer<W>,
    seen: &dyn Fn(usize),
) -> Result<(), ExportError> {
    let mut after = 0;
    loop {
        let rows = store.articles_after(after, TOGETHER)?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.n;
        let mut articles = Vec::new();
        for row in &rows {
            let newest = store.newest(&row.id)?;
            articles.extend(newest.map(|version| (row, lines::article(&version.article))));
        }
        writer.write(tables::articles(articles.iter().map(|(row, article)| {
            Listed {
                article,
                story: row.story.as_deref(),
                versions: Some(row.versions),
            }
        })))?;
        seen(rows.len());
    }
}
