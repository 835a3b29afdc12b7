//! The report, as Python holds it. In: the wire report. Out: its parts as JSON, its pages, its tables.

use arrow_schema::ArrowError;
use crossread::model::Skipped;
use crossread::report::tables::Table as Which;
use crossread::report::{self, TextOptions, wire};
use pyo3::exceptions::{PyIndexError, PyKeyError};
use pyo3::prelude::*;

use crate::table::{Table, failed, record_batch, schema};

/// Columns of a report as text, where Python does not say.
pub(crate) const WIDTH: usize = 80;

/// What many pages say together and apart.
#[pyclass(module = "crossread._crossread", frozen)]
pub(crate) struct Report(wire::Report);

impl Report {
    pub(crate) fn new(report: wire::Report) -> Self {
        Self(report)
    }

    /// A report with one of its stories alone, and that story's articles.
    fn alone(&self, at: usize) -> PyResult<wire::Report> {
        let story = self.0.stories.get(at).ok_or_else(none)?;
        let articles = self.0.articles.iter();
        Ok(wire::Report {
            schema: self.0.schema.clone(),
            offsets: self.0.offsets.clone(),
            articles: articles
                .filter(|article| story.articles.contains(&article.id))
                .cloned()
                .collect(),
            skipped: Vec::new(),
            stories: vec![story.clone()],
        })
    }
}

/// What is raised behind the last of them.
pub(crate) fn none() -> PyErr {
    PyIndexError::new_err("there are not so many")
}

/// The table of this name.
pub(crate) fn table_named(name: &str) -> PyResult<Which> {
    Which::named(name).ok_or_else(|| {
        let all: Vec<&str> = Which::ALL.iter().map(|table| table.name()).collect();
        PyKeyError::new_err(format!(
            "there is no table {name:?}: there are {}",
            all.join(", ")
        ))
    })
}

/// A table of a report.
pub(crate) fn table_of(report: &wire::Report, which: Which) -> Result<Table, ArrowError> {
    let schema = schema(&which.fields());
    let batches = which.batches(report);
    Table::held(
        schema.clone(),
        batches.map(|batch| record_batch(&schema, batch)),
    )
}

/// Inputs that gave no article, as JSON.
pub(crate) fn skipped_json(skipped: &[Skipped]) -> String {
    let skipped: Vec<wire::Skipped> = skipped
        .iter()
        .map(|skip| wire::Skipped {
            path: skip.path.clone(),
            reason: skip.reason.to_string(),
        })
        .collect();
    report::line(&skipped)
}

#[pymethods]
impl Report {
    /// Articles, stories and inputs that gave none.
    #[getter]
    fn counts(&self) -> (usize, usize, usize) {
        (
            self.0.articles.len(),
            self.0.stories.len(),
            self.0.skipped.len(),
        )
    }

    /// The whole report as JSON, version 1.
    fn json(&self, py: Python<'_>) -> String {
        py.detach(|| report::json(&self.0))
    }

    /// One of its articles as JSON.
    fn article(&self, at: usize) -> PyResult<String> {
        self.0.articles.get(at).map(report::line).ok_or_else(none)
    }

    /// One of its stories as JSON.
    fn story(&self, py: Python<'_>, at: usize) -> PyResult<String> {
        let story = self.0.stories.get(at).ok_or_else(none)?;
        Ok(py.detach(|| report::line(story)))
    }

    /// What gave no article, as JSON.
    fn skipped(&self) -> String {
        report::line(&self.0.skipped)
    }

    /// As one self-contained HTML file: of one story, or of all.
    #[pyo3(signature = (at = None))]
    fn html(&self, py: Python<'_>, at: Option<usize>) -> PyResult<String> {
        match at {
            Some(at) => self.alone(at).map(|one| py.detach(|| report::html(&one))),
            None => Ok(py.detach(|| report::html(&self.0))),
        }
    }

    /// As Markdown: of one story, or of all.
    #[pyo3(signature = (at = None))]
    fn markdown(&self, py: Python<'_>, at: Option<usize>) -> PyResult<String> {
        match at {
            Some(at) => self.alone(at).map(|one| report::markdown(&one)),
            None => Ok(py.detach(|| report::markdown(&self.0))),
        }
    }

    /// As plain text: of one story, or of all.
    #[pyo3(signature = (at = None, width = WIDTH))]
    fn text(&self, py: Python<'_>, at: Option<usize>, width: usize) -> PyResult<String> {
        let options = TextOptions {
            width,
            colour: false,
        };
        match at {
            Some(at) => self.alone(at).map(|one| report::text(&one, options)),
            None => Ok(py.detach(|| report::text(&self.0, options))),
        }
    }

    /// A table of it.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        let which = table_named(name)?;
        let made = py.detach(|| table_of(&self.0, which));
        made.map_err(|error| failed(&error))
    }
}
