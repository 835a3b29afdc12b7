//! The articles of stories, cited. In: a store, which stories. Out: one citation an article, in one style.

use std::io::Write;

use crossread::report::cite::{Cited, Style, cite};
use crossread::report::wire;
use store::Reader;

use super::{Chosen, ExportError, fetched};

/// Writes a citation of each article of the stories chosen, in the version that its story is made of. CSL-JSON is one
/// array, so that all of it is held until it is written.
///
/// # Errors
/// Those of the store and of `out`.
pub fn citations(
    store: &Reader,
    chosen: &Chosen,
    style: Style,
    out: &mut dyn Write,
    seen: &dyn Fn(usize),
) -> Result<(), ExportError> {
    let mut all: Vec<(wire::Article, String)> = Vec::new();
    let written = |all: &[(wire::Article, String)]| {
        let cited = all.iter().map(|(article, retrieved)| Cited {
            article,
            passage: None,
            retrieved: Some(retrieved),
        });
        cite(cited, style)
    };
    chosen.each_story(store, seen, |n, _| {
        all.extend(fetched(store, n)?);
        if style != Style::Csl {
            out.write_all(written(&all).as_bytes())?;
            all.clear();
        }
        Ok(())
    })?;
    if style == Style::Csl {
        out.write_all(written(&all).as_bytes())?;
    }
    Ok(())
}
