//! The exceptions that the package raises: one family, `Error`.

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

create_exception!(
    crossread,
    Error,
    PyException,
    "What went wrong, and what to do about it. All other exceptions of this package are kinds of it."
);
create_exception!(
    crossread,
    InputError,
    Error,
    "What was given cannot be read: it names the path, the row or the column."
);
create_exception!(
    crossread,
    StoreError,
    Error,
    "A store that is missing, damaged, locked, or of a newer version."
);

pub(crate) fn add(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("Error", py.get_type::<Error>())?;
    module.add("InputError", py.get_type::<InputError>())?;
    module.add("StoreError", py.get_type::<StoreError>())
}

/// An error of a store, with what led to it.
pub(crate) fn of_store(error: &dyn std::error::Error) -> PyErr {
    StoreError::new_err(told(error))
}

/// An error and what led to it, each said once: some tell their cause themselves.
pub(crate) fn told(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if !told.contains(&words) {
            told.push_str(": ");
            told.push_str(&words);
        }
        cause = error.source();
    }
    told
}
