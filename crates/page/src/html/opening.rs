//! In: a page's blocks, where its article stands, and what the page says it is about. Out: the blocks
//! between the headline and the text, among which its standfirst is. Refuses lists and labels there.

use std::ops::Range;

use model::BlockKind;

use super::blocks::{Block, Page};
use super::dom::Document;
use super::ground::{Ground, is_title};
use crate::furniture::same_title;
use crate::says::title::bare;

/// Bytes of a description at least, and those by which it is known.
const DESCRIPTION_BYTES: usize = 30;
const DESCRIPTION_KEY: usize = 60;
/// Words of a heading that may be the title's at least.
const TITLE_WORDS: usize = 3;

/// The blocks between the headline and the text; nothing before them is the article's.
pub(crate) fn blocks(page: &Page, ground: &Ground, title: Option<&str>) -> Range<usize> {
    let blocks = &page.blocks;
    let Some(first) = blocks.iter().position(|block| ground.core[block.holder]) else {
        return 0..0;
    };
    let heading = |block: &Block| block.kind == BlockKind::Heading && !block.linked;
    let titles = |at: &usize| is_title(&blocks[*at], title);
    let first_level = |at: &usize| heading(&blocks[*at]) && blocks[*at].first;
    let heads = |at: &usize| {
        let block = &blocks[*at];
        heading(block) && !block.prose && block.words >= TITLE_WORDS && ground.root[block.holder]
    };
    // Some pages write their headline as any other line.
    let written = |at: &usize| {
        let block = &blocks[*at];
        !block.linked && title.is_some_and(|title| same_title(&block.text, title))
    };
    let is_text = |block: &Block| ground.core[block.holder] && block.prose;
    let text = blocks.iter().skip(first).position(is_text);
    let text = text.map_or(first, |at| first + at);
    let head = (first..text).rfind(titles).or_else(|| {
        // Some pages have a heading of the first level before each part of their text.
        let before = (0..first).any(|at| titles(&at));
        (first..text).rfind(first_level).filter(|_| !before)
    });
    if let Some(head) = head {
        return head + 1..head + 1;
    }
    let title = (0..first).rfind(titles);
    let title = title.or_else(|| (0..first).rfind(first_level));
    let title = title.or_else(|| (0..first).rfind(written));
    match title.or_else(|| (0..first).find(heads)) {
        Some(title) => title + 1..first,
        None => first..first,
    }
}

/// Whether a block of the opening is a standfirst by its shape.
pub(crate) fn is_standfirst(block: &Block) -> bool {
    block.prose && block.kind != BlockKind::ListItem
}

/// What a page says it is about.
pub(crate) struct Description(Vec<String>);

impl Description {
    /// Reads a page's meta tags.
    pub fn of(document: &Document) -> Self {
        let metas = document.get_elements_by_tag_name(document.root(), "meta");
        let is = |name: &str| {
            let name = name.trim().to_ascii_lowercase();
            matches!(
                name.as_str(),
                "description" | "og:description" | "twitter:description"
            )
        };
        let said = metas.into_iter().filter(|meta| {
            let mut names = ["name", "property"].into_iter();
            names.any(|name| document.attribute(*meta, name).is_some_and(is))
        });
        let said = said.filter_map(|meta| document.attribute(meta, "content"));
        let said = said.map(bare);
        Self(
            said.filter(|text| text.len() >= DESCRIPTION_BYTES)
                .collect(),
        )
    }

    /// Whether a text is it: its standfirst, whatever box it stands in.
    pub fn is(&self, text: &str) -> bool {
        if self.0.is_empty() || text.len() < DESCRIPTION_BYTES {
            return false;
        }
        let text = bare(text);
        let begins = |given: &str| {
            let end = given.floor_char_boundary(text.len().min(DESCRIPTION_KEY));
            text.len() >= DESCRIPTION_BYTES && text.starts_with(&given[..end])
        };
        let near = |given: &str| given.len() <= text.len() * 2 && text.len() <= given.len() * 2;
        self.0.iter().any(|given| near(given) && begins(given))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_known_again() {
        let page = Document::parse(
            "<meta name=description content='The eastern pier of Selen stays closed for a week, the office says.'>",
        );
        let description = Description::of(&page);
        assert!(
            description.is("The eastern pier of Selen stays closed for a week, the office says.")
        );
        assert!(!description.is("The eastern pier of Selen was built in 1961 and stands on oak."));
    }
}
