//! The engine, as Python holds it. In: how it works, then what is to be read. Out: reports, and lines of the stages.

use std::sync::Arc;

use crossread::model::{ComparedStory, Comparison, Findings};
use crossread::report::{self, Level};
use crossread::{Aliases, Align, Fields, Options, Owners, PageOptions};
use pyo3::prelude::*;

use crate::error::{Error, InputError, told};
use crate::given::{Given, open};
use crate::lines::Lines;
use crate::report::{Report, skipped_json, table_of};
use crate::table::{Table, failed};
use crate::work;

/// The stages, ready to run; made once, used for any number of readings.
#[pyclass(module = "crossread._crossread", frozen)]
pub(crate) struct Engine(Arc<crossread::Engine>);

impl Engine {
    pub(crate) fn shared(&self) -> Arc<crossread::Engine> {
        self.0.clone()
    }

    /// Another that works so: a store takes one for itself.
    pub(crate) fn made_anew(&self) -> PyResult<crossread::Engine> {
        crossread::Engine::new(self.0.options().clone())
            .map_err(|error| Error::new_err(told(&error)))
    }
}

/// How an engine works, from the words of Python.
#[allow(clippy::too_many_arguments, reason = "one argument a setting, by name")]
pub(crate) fn made(
    align: &str,
    threads: Option<usize>,
    fields: Vec<(String, String)>,
    one_story: bool,
    strip_text: bool,
    owners: &str,
    aliases: &str,
) -> PyResult<crossread::Engine> {
    let align = Align::named(align).ok_or_else(|| {
        InputError::new_err(format!(
            "there is no align={align:?}: write \"encoder\" (the meaning of sentences) or \"words\" (fast)"
        ))
    })?;
    let fields: Result<Vec<_>, String> = fields
        .into_iter()
        .map(|(field, name)| format!("{field}={name}").parse())
        .collect();
    let fields = fields.map_err(InputError::new_err)?;
    let list = |what: &str, error: crossread::ListError| {
        InputError::new_err(format!("{what}: {}", told(&error)))
    };
    let options = Options {
        threads,
        align,
        one_story,
        owners: Owners::read(owners).map_err(|error| list("owners", error))?,
        aliases: Aliases::read(aliases).map_err(|error| list("aliases", error))?,
        page: PageOptions {
            strip_text,
            fields: Fields::new(fields),
            ..PageOptions::default()
        },
        ..Options::default()
    };
    crossread::Engine::new(options).map_err(|error| Error::new_err(told(&error)))
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (*, align, threads, fields, one_story, strip_text, owners, aliases))]
    fn new(
        align: &str,
        threads: Option<usize>,
        fields: Vec<(String, String)>,
        one_story: bool,
        strip_text: bool,
        owners: &str,
        aliases: &str,
    ) -> PyResult<Self> {
        let made = made(
            align, threads, fields, one_story, strip_text, owners, aliases,
        )?;
        Ok(Self(Arc::new(made)))
    }

    /// The whole flow.
    fn read(
        &self,
        py: Python<'_>,
        given: Vec<Given>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Report> {
        let report = work::run(py, progress, |progress| {
            report::assemble(&self.0.read(open(given), progress))
        })?;
        Ok(Report::new(report))
    }

    /// Pages to articles.
    fn extract(
        &self,
        py: Python<'_>,
        given: Vec<Given>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Lines> {
        work::run(py, progress, |progress| {
            let (articles, skipped) = self.0.articles(open(given), progress);
            let articles = self.0.each(&articles, report::lines::article);
            Lines::articles(&articles, &skipped)
        })
    }

    /// Articles to their names, quotations, dates and quantities.
    fn annotate(
        &self,
        py: Python<'_>,
        given: Vec<Given>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Lines> {
        work::run(py, progress, |progress| {
            let (articles, skipped) = self.0.articles(open(given), progress);
            let documents = self.0.annotate(articles, progress);
            let annotated = self.0.each(&documents, report::lines::document);
            Lines::annotated(&annotated, &skipped)
        })
    }

    /// Articles to the pairs of them that share text, whatever their stories: a table of copies. The engine is one that
    /// takes all for one story.
    fn copies(&self, py: Python<'_>, given: Vec<Given>) -> PyResult<(Table, String)> {
        let made = work::run(py, None, |progress| {
            let (articles, skipped) = self.0.articles(open(given), progress);
            let documents = self.0.annotate(articles, progress);
            let stories = self.0.group(&documents, progress).into_iter();
            let compared = |story| ComparedStory {
                story,
                comparison: Comparison::default(),
            };
            let findings = Findings {
                documents,
                skipped,
                stories: stories.map(compared).collect(),
            };
            let table = table_of(&report::assemble(&findings), report::tables::Table::Copies);
            table.map(|table| (table, skipped_json(&findings.skipped)))
        })?;
        made.map_err(|error| failed(&error))
    }

    /// Articles to their stories and originals.
    fn group(
        &self,
        py: Python<'_>,
        given: Vec<Given>,
        chains: bool,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Lines> {
        let level = match chains {
            true => Level::Chain,
            false => Level::Story,
        };
        work::run(py, progress, |progress| {
            let (articles, skipped) = self.0.articles(open(given), progress);
            let grouped = self.0.sort_out(articles, progress);
            let lines =
                report::lines::groups(&grouped.documents, &grouped.stories, &grouped.across, level);
            Lines::grouped(&lines, &skipped)
        })
    }
}
