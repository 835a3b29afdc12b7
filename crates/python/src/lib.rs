//! The library as a Python package: the compiled half, `crossread._crossread`. In: what Python gives. Out: reports as
//! JSON and as Arrow tables.
//!
//! The other half, in `python/crossread`, has the names, types and documentation that people see. Work runs on threads
//! of its own, with the interpreter free meanwhile; the calling thread only looks after progress and Ctrl-C (`work`).

mod cluster;
mod engine;
mod error;
mod frame;
mod given;
mod lines;
mod report;
mod store;
mod table;
mod work;

use std::ffi::OsString;
use std::process::ExitCode;

use pyo3::prelude::*;

/// Many threads allocate many small things at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs the program `crossread` with a command line, its own name first; gives its exit code.
#[pyfunction]
fn program(py: Python<'_>, command_line: Vec<OsString>) -> i32 {
    let code = py.detach(|| cli::program(command_line));
    let known = (0..=u8::MAX).find(|&known| ExitCode::from(known) == code);
    i32::from(known.unwrap_or(1))
}

#[pymodule]
fn _crossread(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    error::add(module)?;
    module.add_class::<engine::Engine>()?;
    module.add_class::<lines::Lines>()?;
    module.add_class::<report::Report>()?;
    module.add_class::<store::Store>()?;
    module.add_class::<table::Table>()?;
    module.add_function(wrap_pyfunction!(cluster::sketches, module)?)?;
    module.add_function(wrap_pyfunction!(cluster::stories, module)?)?;
    module.add_function(wrap_pyfunction!(cluster::term_counts, module)?)?;
    module.add_function(wrap_pyfunction!(frame::records, module)?)?;
    module.add_function(wrap_pyfunction!(program, module)?)
}
