//! In: a page's markup. Out: where things in it end. Refuses to look twice for an end that is not there, so
//! that a page of beginnings costs no more than its length.

/// The ends of one kind in a page.
#[derive(Default)]
pub(crate) struct Ends {
    /// From here on there is none.
    none: Option<usize>,
}

impl Ends {
    /// Finds the next end at or behind a place.
    pub fn find(&mut self, page: &str, from: usize, end: &str) -> Option<usize> {
        self.search(from, || page.get(from..)?.find(end).map(|at| from + at))
    }

    /// Finds the next closing tag of an element, at or behind a place: where it opens.
    pub fn closing(&mut self, page: &str, from: usize, name: &str) -> Option<usize> {
        self.search(from, || {
            let bytes = page.as_bytes();
            let is = |at: &usize| {
                let start = at + 2;
                let named = bytes.get(start..start + name.len());
                bytes.get(at + 1) == Some(&b'/')
                    && named.is_some_and(|named| named.eq_ignore_ascii_case(name.as_bytes()))
            };
            let opens = page
                .get(from..)?
                .match_indices('<')
                .map(|(at, _)| from + at);
            opens.into_iter().find(is)
        })
    }

    fn search(&mut self, from: usize, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        if self.none.is_some_and(|none| from >= none) {
            return None;
        }
        let found = find();
        if found.is_none() {
            self.none = Some(from);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_found_and_missed_once() {
        let page = "<a> b --> <I>c</i> d";
        let mut ends = Ends::default();
        assert_eq!(ends.find(page, 0, "-->"), Some(6));
        assert_eq!(ends.find(page, 9, "-->"), None);
        assert_eq!(ends.none, Some(9));
        assert_eq!(Ends::default().closing(page, 0, "i"), Some(14));
        assert_eq!(Ends::default().closing(page, 0, "b"), None);
    }
}
