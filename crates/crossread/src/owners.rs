//! Which outlets belong together, as the user knows it: two outlets of one house may have one origin,
//! however differently they put it.
//!
//! In: lines of `House: outlet, outlet`; an outlet is the name or the host that its pages give. Out: the
//! house of an outlet. Refuses what [`ListError`] says.

use std::collections::HashMap;

use model::Article;

use crate::lists::{self, ListError};

/// Houses by outlet.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    of: HashMap<String, String>,
}

impl Owners {
    /// Reads a list of houses.
    ///
    /// # Errors
    /// [`ListError`] names the first line that cannot be read.
    pub fn read(list: &str) -> Result<Self, ListError> {
        let of = lists::read(list, folded)?;
        Ok(Self { of })
    }

    /// Whether it names no outlet.
    pub(crate) fn is_empty(&self) -> bool {
        self.of.is_empty()
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
    fn an_outlet_is_known_by_its_name_or_its_host() {
        let owners = Owners::read("Tribune House: Harbour Tribune, www.tribune.example").unwrap();
        assert_eq!(owners.of["harbour tribune"], "Tribune House");
        assert_eq!(owners.of["tribune.example"], "Tribune House");
        assert_eq!(
            host_of("https://www.tribune.example/a?b"),
            Some("www.tribune.example")
        );
    }
}
