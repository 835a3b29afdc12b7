//! Which outlets belong together, as the user knows it: two outlets of one house may have one origin,
//! however differently they put it.
//!
//! In: lines of `House: outlet, outlet`; an outlet is the name or the host that its pages give; `#` opens
//! a comment. Out: the house of an outlet. Refuses a line without a colon and an outlet in two houses.

use std::collections::HashMap;

use model::Article;

/// Houses by outlet.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    of: HashMap<String, String>,
}

/// Why a list of houses cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OwnersError {
    /// A line is no `House: outlet, outlet`.
    #[error("line {line} is not `House: outlet, outlet`: {words:?}")]
    Line {
        /// The line, counted from 1.
        line: usize,
        /// Its words.
        words: String,
    },
    /// An outlet stands in two houses.
    #[error("line {line}: {outlet:?} stands in {first:?} already; an outlet has one house")]
    Twice {
        /// The line, counted from 1.
        line: usize,
        /// The outlet.
        outlet: String,
        /// The house that has it.
        first: String,
    },
}

impl Owners {
    /// Reads a list of houses.
    ///
    /// # Errors
    /// [`OwnersError`] names the first line that cannot be read.
    pub fn read(list: &str) -> Result<Self, OwnersError> {
        let mut owners = Self::default();
        for (at, line) in list.lines().enumerate() {
            let (number, line) = (at + 1, line.trim());
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let parts = line
                .split_once(':')
                .map(|(house, outlets)| (house.trim(), outlets));
            let Some((house, outlets)) = parts.filter(|(house, _)| !house.is_empty()) else {
                return Err(OwnersError::Line {
                    line: number,
                    words: line.to_owned(),
                });
            };
            for outlet in outlets.split(',').map(str::trim).filter(|o| !o.is_empty()) {
                let known = owners.of.insert(folded(outlet), house.to_owned());
                if let Some(first) = known.filter(|first| first != house) {
                    return Err(OwnersError::Twice {
                        line: number,
                        outlet: outlet.to_owned(),
                        first,
                    });
                }
            }
        }
        Ok(owners)
    }

    /// Notes the house of an article's outlet, by its name or the host of its address.
    pub(crate) fn note(&self, article: &mut Article) {
        let host = article.url.as_deref().and_then(host_of);
        let names = article.outlet.as_deref().into_iter().chain(host);
        article.owner = names
            .filter_map(|name| self.of.get(&folded(name)))
            .next()
            .cloned();
    }
}

fn folded(outlet: &str) -> String {
    let low = outlet.to_lowercase();
    low.strip_prefix("www.").map(str::to_owned).unwrap_or(low)
}

fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    rest.split(['/', '?', '#', ':']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn houses_are_read_and_faults_named() {
        let owners =
            Owners::read("# ours\nTribune House: Harbour Tribune, www.tribune.example\n\n")
                .unwrap();
        assert_eq!(owners.of["harbour tribune"], "Tribune House");
        assert_eq!(owners.of["tribune.example"], "Tribune House");
        assert_eq!(
            host_of("https://www.tribune.example/a?b"),
            Some("www.tribune.example")
        );
        let line = Owners::read("a: b\nTribune").unwrap_err();
        assert!(line.to_string().starts_with("line 2 is not"));
        let twice = Owners::read("a: X\nb: x").unwrap_err();
        assert!(twice.to_string().contains("stands in \"a\" already"));
    }
}
