//! What the stages give, an object a line: articles, their annotations, their stories. In: the objects. Out: each as
//! JSON, and all as a table.

use crossread::model::Skipped;
use crossread::report::lines::{Annotated, Grouped};
use crossread::report::tables::{self, Batch, Field, Listed};
use crossread::report::{self, wire};
use pyo3::prelude::*;

use crate::report::{none, skipped_json};
use crate::table::{Table, failed, record_batch, schema};

/// Articles of a batch.
const TOGETHER: usize = 1_000;

/// Objects, one a line, with what gave none.
#[pyclass(module = "crossread._crossread", frozen)]
pub(crate) struct Lines {
    lines: Vec<String>,
    skipped: String,
    fields: Vec<Field>,
    batches: Vec<Batch>,
}

impl Lines {
    pub(crate) fn articles(articles: &[wire::Article], skipped: &[Skipped]) -> Self {
        let batch = |some: &[wire::Article]| {
            tables::articles(some.iter().map(|article| Listed {
                article,
                story: None,
                versions: None,
            }))
        };
        Self::new(articles, skipped, tables::Table::Articles.fields(), batch)
    }

    pub(crate) fn annotated(annotated: &[Annotated], skipped: &[Skipped]) -> Self {
        Self::new(annotated, skipped, tables::mark_fields(), tables::marks)
    }

    pub(crate) fn grouped(grouped: &[Grouped], skipped: &[Skipped]) -> Self {
        Self::new(grouped, skipped, tables::group_fields(), tables::groups)
    }

    fn new<T: serde::Serialize>(
        all: &[T],
        skipped: &[Skipped],
        fields: Vec<Field>,
        batch: impl Fn(&[T]) -> Batch,
    ) -> Self {
        Self {
            lines: all.iter().map(report::line).collect(),
            skipped: skipped_json(skipped),
            fields,
            batches: all.chunks(TOGETHER).map(batch).collect(),
        }
    }
}

#[pymethods]
impl Lines {
    fn __len__(&self) -> usize {
        self.lines.len()
    }

    /// One of them as JSON.
    fn line(&self, at: usize) -> PyResult<&str> {
        self.lines.get(at).map(String::as_str).ok_or_else(none)
    }

    /// What gave none, as JSON.
    fn skipped(&self) -> &str {
        &self.skipped
    }

    /// All of them as a table.
    fn table(&self) -> PyResult<Table> {
        let schema = schema(&self.fields);
        let batches = self.batches.iter().cloned();
        let made = Table::held(
            schema.clone(),
            batches.map(|batch| record_batch(&schema, batch)),
        );
        made.map_err(|error| failed(&error))
    }
}
