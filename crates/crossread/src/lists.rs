//! Lists that a user keeps. In: lines of `Name: other, other`; `#` opens a comment. Out: for each of the
//! others the name before the colon. Refuses a line without a colon and what stands under two names: which
//! one holds would depend on the order.

use std::collections::HashMap;

/// Why a list cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// A line is no `Name: other, other`.
    #[error("line {line} is not `Name: other, other`: {words:?}")]
    Line {
        /// The line, counted from 1.
        line: usize,
        /// Its words.
        words: String,
    },
    /// One of the others stands under two names.
    #[error("line {line}: {other:?} stands in {first:?} already; it can stand in one")]
    Twice {
        /// The line, counted from 1.
        line: usize,
        /// What stands there twice.
        other: String,
        /// The name that has it.
        first: String,
    },
}

/// Reads a list: the name for each of the others, as `fold` writes these.
pub(crate) fn read(
    list: &str,
    fold: fn(&str) -> String,
) -> Result<HashMap<String, String>, ListError> {
    let mut of = HashMap::new();
    for (line, words) in (1..).zip(list.lines().map(str::trim)) {
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        let parts = words
            .split_once(':')
            .map(|(name, rest)| (name.trim(), rest));
        let Some((name, others)) = parts.filter(|(name, _)| !name.is_empty()) else {
            let words = words.to_owned();
            return Err(ListError::Line { line, words });
        };
        for other in others.split(',').map(str::trim).filter(|o| !o.is_empty()) {
            let known = of.insert(fold(other), name.to_owned());
            if let Some(first) = known.filter(|first| first != name) {
                let other = other.to_owned();
                return Err(ListError::Twice { line, other, first });
            }
        }
    }
    Ok(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_named_with_their_line() {
        let read = |list| read(list, str::to_lowercase);
        let known = read("# ours\nTribune House: Harbour Tribune, Coast  \n\n").unwrap();
        assert_eq!(known["harbour tribune"], "Tribune House");
        let line = read("a: b\nTribune").unwrap_err();
        assert!(line.to_string().starts_with("line 2 is not"));
        let twice = read("a: X\nb: x").unwrap_err();
        assert!(twice.to_string().contains("stands in \"a\" already"));
    }
}
