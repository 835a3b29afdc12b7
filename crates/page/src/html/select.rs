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
/// Words of a paragraph that is no sentence, at least, and those of them that count half, at most.
const LINE_WORDS: i32 = 4;
const LINE_WORTH: i32 = 20;
/// Tenths of what an element is worth that one in it must be worth to stand for it.
const CORE: i32 = 7;
/// The same of one that the page says holds the text.
const BODY_CORE: i32 = 5;

/// What a page shows.
pub(crate) struct Selected {
    /// The lines of its article.
    pub lines: Vec<Line<'static>>,
    /// The captions of its pictures.
    pub captions: Vec<String>,
}

/// How many times as much as all else an element must hold that its name puts beside the article, for
/// its name to be no reason.
const MISNAMED: i32 = 2;
/// Paragraphs of an element from which such a name is none.
const MISNAMED_PARAGRAPHS: usize = 3;
/// Worth of such an element at least.
const MISNAMED_WORTH: i32 = 60;

/// The article in a page.
pub(crate) fn article(document: &Document) -> Selected {
    let mut page = blocks::read(document);
    call_in_paragraphs(&mut page);
    let worths: Vec<i32> = page.blocks.iter().map(worth).collect();
    let mut beside = beside(&page);
    let mut root = root(&page, &worths, &beside);
    let most = totals(&page, &worths, &beside)[root];
    if call_in(&mut page, &worths, most) {
        beside = self::beside(&page);
        root = self::root(&page, &worths, &beside);
    }
    let core = core(&page, &totals(&page, &worths, &beside), root);
    let in_core = inside(&page.elements, core);
    let inside = inside(&page.elements, root);
    let first = page.blocks.iter().position(|block| in_core[block.holder]);
    let first = first.unwrap_or_default();
    for block in &mut page.blocks {
        block.aside |= beside[block.holder];
    }
    let kept: Vec<bool> = page
        .blocks
        .iter()
        .enumerate()
        .map(|(at, block)| {
            let placed = in_core[block.holder] || at < first && inside[block.holder] && block.prose;
            placed && !block.aside && !block.linked && (block.prose || !block.bare)
        })
        .collect();
    if std::env::var("DBG").is_ok() { // DEBUG
        let totals = totals(&page, &worths, &beside); // DEBUG
        eprintln!("ROOT {root} CORE {core} {} of {} total {} page {}", totals[core], page.elements.len(), totals[root], totals[0]); // DEBUG
        for (at, b) in page.blocks.iter().enumerate() { // DEBUG
            let mut path = vec![]; let mut e = b.holder; while e != 0 { path.push(e); e = page.elements[e].holder; } path.reverse(); // DEBUG
            let names: Vec<String> = path.iter().map(|e| format!("{}:{}{}", e, page.elements[*e].dbg, if page.elements[*e].aside {"^"} else {""})).collect(); // DEBUG
            eprintln!("{} {:?}{}{}{}{} w{} {} | {}", if kept[at] {"KEEP"} else {"    "}, b.kind, if b.prose {" prose"} else {""}, if b.linked {" linked"} else {""}, if b.bare {" bare"} else {""}, if b.aside {" ASIDE"} else {""}, worths[at], names[names.len().saturating_sub(12)..].join(">"), b.text.chars().take(90).collect::<String>()); // DEBUG
        } // DEBUG
    } // DEBUG
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
    } else if block.kind == BlockKind::Paragraph && words >= LINE_WORDS {
        words.min(LINE_WORTH) / 2
    } else {
        0
    }
}

/// Which elements stand beside the article by their names, or those of one around them.
fn beside(page: &Page) -> Vec<bool> {
    let mut beside = vec![false; page.elements.len()];
    for (at, element) in page.elements.iter().enumerate() {
        beside[at] = element.aside || beside[element.holder];
    }
    beside
}

/// Takes paragraphs for the article's that only their names put beside it, where many in one element
/// have such a name.
fn call_in_paragraphs(page: &mut Page) {
    let mut named = vec![0; page.elements.len()];
    for block in page.blocks.iter().filter(|block| block.aside && block.prose) {
        named[block.holder] += 1;
    }
    for block in &mut page.blocks {
        block.aside &= named[block.holder] < MISNAMED_PARAGRAPHS;
    }
}

/// Takes elements for the article's that only their names put beside it; whether there are any.
fn call_in(page: &mut Page, worths: &[i32], most: i32) -> bool {
    let nowhere = vec![false; page.elements.len()];
    let totals = totals(page, worths, &nowhere);
    let mut any = false;
    for (element, total) in page.elements.iter_mut().zip(totals) {
        if element.aside && !element.comments && total >= MISNAMED_WORTH.max(most * MISNAMED) {
            element.aside = false;
            any = true;
        }
    }
    any
}

/// The element whose blocks are worth most; of those the innermost.
fn root(page: &Page, worths: &[i32], beside: &[bool]) -> usize {
    let totals = totals(page, worths, beside);
    let mut best = 0;
    for (at, total) in totals.iter().enumerate() {
        if *total > totals[best] || *total == totals[best] && page.elements[at].holder == best {
            best = at;
        }
    }
    best
}

/// The innermost element that holds nearly all that one holds.
fn core(page: &Page, totals: &[i32], root: usize) -> usize {
    let mut core = root;
    for (at, element) in page.elements.iter().enumerate().skip(root + 1) {
        let share = if element.body { BODY_CORE } else { CORE };
        if element.holder == core && totals[at] * 10 >= totals[core] * share {
            core = at;
        }
    }
    core
}

/// What the blocks in each element are worth, but for those beside the article.
fn totals(page: &Page, worths: &[i32], beside: &[bool]) -> Vec<i32> {
    let mut totals = vec![0; page.elements.len()];
    for (block, worth) in page.blocks.iter().zip(worths) {
        totals[block.holder] += if beside[block.holder] { 0 } else { *worth };
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
