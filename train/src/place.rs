//! In: a path of the project. Out: the same wherever the program is started, so that what is made
//! lands in its place. Refuses nothing.

use std::path::{Path, PathBuf};

/// A file or folder of the project, named from its root.
pub(crate) fn of(path: &str) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).join(path)
}
