//! In: a parsed page. Out: the paragraphs of its article, in order, and apart from them its captions.
//! Refuses to judge by a block alone: the article is the element that holds most of the page's
//! sentences and least of its links, menus and labels; what is dropped in it is a box, or a line that
//! leads elsewhere.

use std::borrow::Cow;

use model::BlockKind;

use super::blocks::{self, Block, Element, Page};
use super::dom::Document;
use super::recover;
use crate::furniture::Line;

/// Words of a block that count at most: one long paragraph is no article.
const WORTH: i32 = 80;
/// Words of a link, and of a bare label, that count against what holds it, at most.
const LINK_COST: i32 = 12;
const LABEL_COST: i32 = 4;

/// What a page shows.
pub(crate) struct Selected {
    /// The lines of its article.
    pub lines: Vec<Line<'static>>,
    /// The captions of its pictures.
    pub captions: Vec<String>,
}

/// The article in a page.
pub(crate) fn article(document: &Document) -> Selected {
    let page = blocks::read(document);
    let worths: Vec<i32> = page.blocks.iter().map(worth).collect();
    let root = root(&page, &worths);
    let inside = inside(&page.elements, root);
    let kept: Vec<bool> = page
        .blocks
        .iter()
        .map(|block| {
            inside[block.holder] && !block.aside && !block.linked && (block.prose || !block.bare)
        })
        .collect();
    let Page {
        blocks,
        elements,
        captions,
    } = page;
    Selected {
        lines: recover::lines(blocks, elements, kept),
        captions,
    }
}

/// What a block says for the element that holds it.
fn worth(block: &Block) -> i32 {
    let words = i32::try_from(block.words).unwrap_or(i32::MAX);
    if block.aside {
        0
    } else if block.linked {
        -words.min(LINK_COST)
    } else if block.prose {
        words.min(WORTH)
    } else if block.bare {
        -words.min(LABEL_COST)
    } else {
        0
    }
}

/// The element whose blocks are worth most; of those the innermost.
fn root(page: &Page, worths: &[i32]) -> usize {
    let totals = totals(page, worths);
    let mut best = 0;
    for (at, total) in totals.iter().enumerate() {
        if *total > totals[best] || *total == totals[best] && page.elements[at].holder == best {
            best = at;
        }
    }
    best
}

/// What the blocks in each element are worth.
fn totals(page: &Page, worths: &[i32]) -> Vec<i32> {
    let mut totals = vec![0; page.elements.len()];
    for (block, worth) in page.blocks.iter().zip(worths) {
        totals[block.holder] += worth;
    }
    for at in (1..totals.len()).rev() {
        totals[page.elements[at].holder] += totals[at];
    }
    totals
}

/// Which elements stand in one.
fn inside(elements: &[Element], root: usize) -> Vec<bool> {
    let mut inside = vec![false; elements.len()];
    for at in root..elements.len() {
        inside[at] = at == root || at > 0 && inside[elements[at].holder];
    }
    inside
}

/// All that a page says, in order.
pub(crate) fn lines_of(html: &str) -> Vec<Line<'static>> {
    let page = blocks::read(&Document::parse(html));
    lines(page.blocks.into_iter().map(|block| (block.text, block.kind)))
}

/// Texts as lines of which nothing more is known.
pub(crate) fn lines(texts: impl IntoIterator<Item = (String, BlockKind)>) -> Vec<Line<'static>> {
    let line = |(text, kind)| Line {
        text: Cow::Owned(text),
        kind,
        at: None,
        place: Default::default(),
    };
    texts.into_iter().map(line).collect()
}
