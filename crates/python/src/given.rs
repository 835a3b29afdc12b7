//! What is to be read, as the Python half hands it over: paths, pages in memory, records. Out: the inputs of the engine.

use std::path::PathBuf;

use crossread::model::{Locator, Skipped};
use crossread::{Input, Limits, Source, inputs};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

/// One thing to be read.
#[derive(FromPyObject)]
pub(crate) enum Given {
    /// A name, how many records of that name came before, and records: JSON objects, one a line.
    #[pyo3(transparent)]
    Records((String, u64, PyBackedBytes)),
    /// A name and the bytes of a file.
    #[pyo3(transparent)]
    File((String, PyBackedBytes)),
    /// A file or folder.
    #[pyo3(transparent)]
    Path(PathBuf),
}

/// The inputs, one at a time.
pub(crate) fn open(given: Vec<Given>) -> impl Iterator<Item = Result<Input, Skipped>> {
    let open = |one| -> Box<dyn Iterator<Item = _>> {
        match one {
            Given::Path(path) => Box::new(cli::inputs::walk(&[path], false)),
            Given::File((name, bytes)) => {
                let source = Source::from(bytes.to_vec());
                Box::new(inputs(&name, source, Limits::default()))
            }
            Given::Records((path, records_before, bytes)) => {
                let from = Locator {
                    records_before,
                    ..Locator::default()
                };
                let bytes = bytes.to_vec();
                Box::new(std::iter::once(Ok(Input { path, bytes, from })))
            }
        }
    };
    given.into_iter().flat_map(open)
}
