//! In: a parsed page. Out: the paragraphs of its article, in order, and apart from them its captions.
//! Refuses to judge by a block alone: the article is the element that holds most of the page's
//! sentences and least of its links, menus and labels; what is dropped in it is a box, or a line that
//! leads elsewhere.

use std::borrow::Cow;
use std::collections::HashSet;
use std::iter::zip;
use std::ops::Range;

use model::BlockKind;

use super::blocks::{self, Block, Element, Page};
use super::dom::Document;
use super::recover;
use super::stated::Stated;
use crate::furniture::{Line, same_title};
use crate::says::title::{bare, tidy};

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

/// Worth of an article that holds the title, of several in one page, at least.
const ARTICLE_WORTH: i32 = 60;
/// How many times as much as an element with the title and a text another may be worth.
const TITLED: i32 = 3;
/// Worth of an element that may be a further part of a text at least.
const LIKE_WORTH: i32 = 25;
/// Words of a text in a record from which it may stand for the page's.
const STATED_WORDS: usize = 40;
/// Bytes of a description at least, and those by which it is known.
const DESCRIPTION_BYTES: usize = 30;
const DESCRIPTION_KEY: usize = 60;
/// Words of a heading that may be the title's at least.
const TITLE_WORDS: usize = 3;
/// How many times as much as all else an element must hold that its name puts beside the article, for
/// its name to be no reason.
const MISNAMED: i32 = 15;
/// The same where the name says that the words are others'.
const MISNAMED_OTHERS: i32 = 100;
/// Paragraphs of an element from which such a name is none.
const MISNAMED_PARAGRAPHS: usize = 3;
/// Worth of such an element at least.
const MISNAMED_WORTH: i32 = 60;

/// The article in a page.
pub(crate) fn article(
    document: &Document,
    title: Option<&str>,
    records: &[Cow<'_, str>],
) -> Selected {
    let mut page = blocks::read(document);
    let stated = Stated::read(records);
    call_in_paragraphs(&mut page);
    call_in_title(&mut page, title);
    let sure: Vec<bool> = page
        .blocks
        .iter()
        .map(|block| stated.words > 0 && block.prose && stated.has(&block.text))
        .collect();
    let words: usize = zip(&page.blocks, &sure)
        .filter(|(_, sure)| **sure)
        .map(|(block, _)| block.words)
        .sum();
    if stated.words >= STATED_WORDS && words * 2 < stated.words {
        // The page shows less of its article than its record gives.
        let texts = stated.text.lines().map(tidy);
        let texts = texts.filter(|text| !text.is_empty());
        let texts = texts.map(|text| (text, BlockKind::Paragraph));
        let shown = page.blocks.iter().filter(|block| !block.linked);
        if shown.map(|block| block.words).sum::<usize>() * 2 < stated.words {
            if std::env::var("DBG").is_ok() { eprintln!("ROOT STATED"); } // DEBUG
            return Selected {
                lines: lines(texts),
                captions: page.captions,
            };
        }
    }
    let worths: Vec<i32> = page.blocks.iter().map(worth).collect();
    let description = description(document);
    for (others, times) in [(false, MISNAMED), (true, MISNAMED_OTHERS)] {
        call_in(&mut page, &worths, others, times);
    }
    let beside = beside(&page, |element| element.aside);
    let totals = totals(&page, &worths, &beside);
    let root = root(&page, &totals);
    let root = beside_title(&page, &totals, root, title);
    for block in &mut page.blocks {
        block.aside |= beside[block.holder];
    }
    let core = core(&page, &totals, root, title);
    let in_core = inside(&page.elements, core);
    let head = head(&page, &inside(&page.elements, root), &in_core, title);
    let kept: Vec<bool> = page
        .blocks
        .iter()
        .enumerate()
        .map(|(at, block)| {
            if at < head.end && block.kind != BlockKind::Heading && described(&block.text, &description) {
                return !block.linked;
            }
            let placed = if in_core[block.holder] { at >= head.start } else { head.contains(&at) && block.prose && block.kind != BlockKind::ListItem };
            placed && !block.aside && !block.linked && (block.prose || !block.bare)
        })
        .collect();
    let mut kept = kept;
    let read: usize = zip(&page.blocks, &kept)
        .filter(|(block, kept)| **kept && block.prose)
        .map(|(block, _)| block.words)
        .sum();
    if words > 0 && words * 10 >= stated.words * 8 && words * 10 >= read * 6 {
        confirm(&page, &sure, head.end, &mut kept);
    }
    if std::env::var("DBG").is_ok() { // DEBUG
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

/// Which elements are of a kind, or stand in one that is.
fn beside(page: &Page, is: impl Fn(&Element) -> bool) -> Vec<bool> {
    let mut beside = vec![false; page.elements.len()];
    for (at, element) in page.elements.iter().enumerate() {
        beside[at] = is(element) || beside[element.holder];
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

/// Takes for the article's what holds its title, whatever it is called.
fn call_in_title(page: &mut Page, title: Option<&str>) {
    let titles = page.blocks.iter().filter(|block| is_title(block, title));
    let mut around: Vec<usize> = titles.map(|block| block.holder).collect();
    while let Some(at) = around.pop() {
        page.elements[at].aside = false;
        if at != 0 {
            around.push(page.elements[at].holder);
        }
    }
}

/// Whether a block is the article's title.
fn is_title(block: &Block, title: Option<&str>) -> bool {
    block.kind == BlockKind::Heading
        && !block.linked
        && title.is_some_and(|title| same_title(&block.text, title))
}

/// Takes elements for the article's that only their names put beside it, where what they hold is worth
/// `times` as much as all else; with `others`, those of other people's words too.
fn call_in(page: &mut Page, worths: &[i32], others: bool, times: i32) {
    let totals_of = |beside: &[bool]| totals(page, worths, beside);
    let by_name = totals_of(&beside(page, |element| element.aside));
    let by_worth = totals_of(&beside(page, |element| element.comments && !others));
    let (named, best) = (root(page, &by_name), root(page, &by_worth));
    if by_worth[best] < MISNAMED_WORTH.max(by_name[named] * times / 10) {
        return;
    }
    let mut at = best;
    while at != 0 {
        page.elements[at].aside = false;
        at = page.elements[at].holder;
    }
    for at in best..page.elements.len() {
        page.elements[at].aside &= by_worth[at] * 2 < by_worth[best];
    }
}

/// The element whose blocks are worth most; of those the innermost.
fn root(page: &Page, totals: &[i32]) -> usize {
    let mut best = 0;
    for (at, total) in totals.iter().enumerate() {
        if *total > totals[best] || *total == totals[best] && page.elements[at].holder == best {
            best = at;
        }
    }
    best
}

/// The element that holds the title, where it has a text and the one that is worth most is another's: a
/// comment, a neighbour, what the site says of itself.
fn beside_title(page: &Page, totals: &[i32], root: usize, title: Option<&str>) -> usize {
    let elements = &page.elements;
    let Some(heading) = page.blocks.iter().find(|block| is_title(block, title)) else {
        return root;
    };
    let around = inside_of(elements, root);
    let mut at = heading.holder;
    let mut best = at;
    while !around.contains(&at) {
        if totals[at] > totals[best] {
            best = at;
        }
        at = elements[at].holder;
    }
    let own = around.contains(&heading.holder) || heading.holder == root;
    if !own && totals[best] >= ARTICLE_WORTH && totals[best] * TITLED >= totals[root] {
        best
    } else {
        root
    }
}

/// An element and those around it.
fn inside_of(elements: &[Element], at: usize) -> HashSet<usize> {
    let up = |at: &usize| (*at > 0).then(|| elements[*at].holder);
    std::iter::successors(Some(at), up).collect()
}

/// The innermost element that holds nearly all that one holds, and none of several parts of one form;
/// of several articles that of the title.
fn core(page: &Page, totals: &[i32], root: usize, title: Option<&str>) -> usize {
    let elements = &page.elements;
    let mut core = root;
    for (at, element) in elements.iter().enumerate().skip(root + 1) {
        let share = if element.body { BODY_CORE } else { CORE };
        if element.holder == core && totals[at] * 10 >= totals[core] * share {
            if has_like(elements, totals, at) {
                break;
            }
            core = at;
        }
    }
    let titled = Some(()).and_then(|()| {
        let heading = page.blocks.iter().find(|block| is_title(block, title))?;
        let mut at = heading.holder;
        while at > core && !elements[at].article && !repeats(page, at) {
            at = elements[at].holder;
        }
        (at > core && totals[at] * 4 >= totals[core].max(4 * ARTICLE_WORTH)).then_some(at)
    });
    titled.unwrap_or(core)
}

/// Where a record gives the whole text: what it does not have goes if it stands behind the text, or in a
/// box of its own.
fn confirm(page: &Page, sure: &[bool], from: usize, kept: &mut [bool]) {
    let holders: HashSet<usize> = zip(&page.blocks, sure)
        .filter(|(_, sure)| **sure)
        .map(|(block, _)| block.holder)
        .collect();
    let last = sure.iter().rposition(|sure| *sure).unwrap_or_default();
    for (at, block) in page.blocks.iter().enumerate().skip(from) {
        if sure[at] {
            kept[at] = true;
        } else if at > last || block.prose && !holders.contains(&block.holder) {
            kept[at] = false;
        }
    }
}

/// What the page says it is about.
fn description(document: &Document) -> Vec<String> {
    let metas = document.get_elements_by_tag_name(document.root(), "meta");
    let is = |name: &str| {
        let name = name.trim().to_ascii_lowercase();
        matches!(name.as_str(), "description" | "og:description" | "twitter:description")
    };
    let said = metas.into_iter().filter(|meta| {
        let names = ["name", "property"];
        names.iter().any(|name| document.attribute(*meta, name).is_some_and(is))
    });
    let said = said.filter_map(|meta| document.attribute(meta, "content"));
    said.map(bare).filter(|text| text.len() >= DESCRIPTION_BYTES).collect()
}

/// Whether a block is what the page says it is about.
fn described(text: &str, descriptions: &[String]) -> bool {
    if descriptions.is_empty() || text.len() < DESCRIPTION_BYTES {
        return false;
    }
    let text = bare(text);
    let begins = |long: &str, short: &str| {
        let end = long.floor_char_boundary(short.len().min(DESCRIPTION_KEY));
        short.len() >= DESCRIPTION_BYTES && short.starts_with(&long[..end])
    };
    descriptions.iter().any(|given| {
        given.len() <= text.len() * 2 && text.len() <= given.len() * 2 && begins(given, &text)
    })
}

/// Whether beside an element there is another of its form that holds text too.
fn has_like(elements: &[Element], totals: &[i32], at: usize) -> bool {
    let one = &elements[at];
    elements.iter().enumerate().skip(one.holder + 1).any(|(other, like)| {
        other != at
            && (like.holder, like.form) == (one.holder, one.form)
            && totals[other] >= LIKE_WORTH
            && like.linked * 3 < like.words
            && !holds_article(elements, other)
    })
}

fn holds_article(elements: &[Element], at: usize) -> bool {
    let mut inside = vec![at];
    for (other, element) in elements.iter().enumerate().skip(at + 1) {
        // Elements come in the page's order: what is inside one follows it.
        while inside.last().is_some_and(|last| *last != element.holder) {
            inside.pop();
        }
        if inside.is_empty() {
            return false;
        }
        if element.article {
            return true;
        }
        inside.push(other);
    }
    false
}

/// Whether beside an element there is one of its form with a headline of its own: pages that go on with
/// the next article.
fn repeats(page: &Page, at: usize) -> bool {
    let elements = &page.elements;
    let form = |at: usize| (elements[at].holder, elements[at].form);
    let heads = page.blocks.iter().filter(|block| block.first && !block.linked);
    heads.map(|block| block.holder).any(|head| {
        inside_of(elements, head)
            .into_iter()
            .any(|other| other != at && other != 0 && form(other) == form(at))
    })
}

/// The blocks between the headline and the text.
fn head(page: &Page, inside: &[bool], core: &[bool], title: Option<&str>) -> Range<usize> {
    let blocks = &page.blocks;
    let Some(first) = blocks.iter().position(|block| core[block.holder]) else {
        return 0..0;
    };
    let is_title = |at: &usize| {
        let block = &blocks[*at];
        let heading = block.kind == BlockKind::Heading && !block.linked;
        heading && (block.first || title.is_some_and(|title| same_title(&block.text, title)))
    };
    let is_heading = |at: &usize| {
        let block = &blocks[*at];
        block.kind == BlockKind::Heading
            && !block.linked
            && !block.prose
            && block.words >= TITLE_WORDS
            && inside[block.holder]
    };
    let text = blocks.iter().skip(first).position(|block| core[block.holder] && block.prose);
    let text = text.map_or(first, |at| first + at);
    if let Some(title) = (first..text).rfind(is_title) {
        return title + 1..title + 1;
    }
    let title = (0..first).rfind(is_title).or((0..first).find(is_heading));
    title.map_or(first, |at| at + 1)..first
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
