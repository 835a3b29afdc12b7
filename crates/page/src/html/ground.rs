//! In: a page's blocks and its title. Out: which element holds the article, which of those in it holds its
//! text, and what stands beside it. Refuses to judge an element by its name alone, whatever it is
//! called, if it holds the title or far more text than all else.
//!
//! Every block is worth something to the element that holds it: sentences for it, links and labels
//! against it. The article is the element that is worth most, as a stretch of text is found by the
//! largest sum of such scores (Pasternack and Roth, "Extracting article text from the web with
//! maximum subsequence segmentation", 2009).

use std::collections::{HashMap, HashSet};

use model::BlockKind;

use super::blocks::{Block, Element, Page};
use crate::furniture::same_title;

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
/// Worth of an article that holds the title, of several in one page, at least; and how many times as
/// much all together may be.
const ARTICLE_WORTH: i32 = 60;
const ARTICLES: i32 = 4;
/// How many times as much as an element with the title and a text another may be worth.
const TITLED: i32 = 3;
/// Worth of an element that may be a further part of a text at least.
const LIKE_WORTH: i32 = 25;
/// Tenths of what all else is worth that an element must hold that its name puts beside the article, for
/// its name to be no reason.
const MISNAMED: i32 = 15;
/// The same where the name says that the words are others'.
const MISNAMED_OTHERS: i32 = 100;
/// Paragraphs of an element from which such a name is none.
const MISNAMED_PARAGRAPHS: usize = 3;
/// Worth of such an element at least.
const MISNAMED_WORTH: i32 = 60;

/// Where the article stands.
pub(crate) struct Ground {
    /// Which elements stand in the one that holds it, that one with them.
    pub root: Vec<bool>,
    /// The same of the one that holds its text.
    pub core: Vec<bool>,
    /// Which elements stand beside it, whatever holds them.
    pub beside: Vec<bool>,
}

/// Finds the article, and marks the blocks that stand beside it.
pub(crate) fn find(page: &mut Page, title: Option<&str>) -> Ground {
    call_in_paragraphs(page);
    call_in_title(page, title);
    let worths: Vec<i32> = page.blocks.iter().map(worth).collect();
    for (others, times) in [(false, MISNAMED), (true, MISNAMED_OTHERS)] {
        call_in(page, &worths, others, times);
    }
    let beside = within(page, |element| element.aside);
    let totals = totals(page, &worths, &beside);
    let root = titled(page, &totals, most(page, &totals), title);
    let core = core(page, &totals, root, title);
    for block in &mut page.blocks {
        block.aside |= beside[block.holder];
    }
    Ground {
        root: inside(&page.elements, root),
        core: inside(&page.elements, core),
        beside,
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
fn within(page: &Page, is: impl Fn(&Element) -> bool) -> Vec<bool> {
    let mut within = vec![false; page.elements.len()];
    for (at, element) in page.elements.iter().enumerate() {
        within[at] = is(element) || within[element.holder];
    }
    within
}

/// Takes paragraphs for the article's that only their names put beside it, where many in one element
/// have such a name.
fn call_in_paragraphs(page: &mut Page) {
    let mut named = vec![0; page.elements.len()];
    for block in page
        .blocks
        .iter()
        .filter(|block| block.aside && block.prose)
    {
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
pub(crate) fn is_title(block: &Block, title: Option<&str>) -> bool {
    block.kind == BlockKind::Heading
        && !block.linked
        && title.is_some_and(|title| same_title(&block.text, title))
}

/// Takes elements for the article's that only their names put beside it, where what they hold is worth
/// `times` as much as all else; with `others`, those of other people's words too.
fn call_in(page: &mut Page, worths: &[i32], others: bool, times: i32) {
    let totals_of = |beside: &[bool]| totals(page, worths, beside);
    let by_name = totals_of(&within(page, |element| element.aside));
    let by_worth = totals_of(&within(page, |element| element.comments && !others));
    let (named, best) = (most(page, &by_name), most(page, &by_worth));
    if by_worth[best] < MISNAMED_WORTH.max(by_name[named] * times / 10) {
        return;
    }
    let mut at = best;
    while at != 0 {
        page.elements[at].aside = false;
        at = page.elements[at].holder;
    }
    // A text may be laid out in several boxes of one form.
    let mut forms: HashMap<u64, i32> = HashMap::new();
    let inside = inside(&page.elements, best);
    let tagged = within(page, |element| element.tagged);
    let mut own = vec![false; page.elements.len()];
    for at in (best..page.elements.len()).filter(|at| inside[*at]) {
        let element = &page.elements[at];
        own[at] = by_worth[at] * 2 >= by_worth[best];
        if element.aside && !tagged[at] && page.elements[element.holder].form != element.form {
            *forms.entry(element.form).or_default() += by_worth[at];
        }
    }
    for (at, element) in page.elements.iter_mut().enumerate() {
        let many = |worth: &i32| worth * 2 >= by_worth[best];
        let formed = inside[at] && !tagged[at] && forms.get(&element.form).is_some_and(many);
        element.aside &= !own[at] && !formed;
    }
}

/// The element whose blocks are worth most; of those the innermost.
fn most(page: &Page, totals: &[i32]) -> usize {
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
fn titled(page: &Page, totals: &[i32], root: usize, title: Option<&str>) -> usize {
    let elements = &page.elements;
    let Some(heading) = page.blocks.iter().find(|block| is_title(block, title)) else {
        return root;
    };
    let up = |at: &usize| (*at > 0).then(|| elements[*at].holder);
    let around: HashSet<usize> = std::iter::successors(Some(root), up).collect();
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
    let Some(heading) = page.blocks.iter().find(|block| is_title(block, title)) else {
        return core;
    };
    let heads = heads(page);
    let mut at = heading.holder;
    while at > core && !elements[at].article && !repeats(elements, &heads, at) {
        at = elements[at].holder;
    }
    if at > core && totals[at] * ARTICLES >= totals[core].max(ARTICLES * ARTICLE_WORTH) {
        at
    } else {
        core
    }
}

/// Whether beside an element there is another of its form that holds text too.
fn has_like(elements: &[Element], totals: &[i32], at: usize) -> bool {
    let one = &elements[at];
    elements
        .iter()
        .enumerate()
        .skip(one.holder + 1)
        .any(|(other, like)| {
            other != at
                && (like.holder, like.form) == (one.holder, one.form)
                && totals[other] >= LIKE_WORTH
                && like.linked * 3 < like.words
                && !holds_article(elements, other)
        })
}

/// Whether an element holds an `<article>`.
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

/// For each form, in the element around it, the elements of it that hold a headline: the first and
/// whether there are more.
fn heads(page: &Page) -> HashMap<(usize, u64), (usize, bool)> {
    let elements = &page.elements;
    let mut holds = vec![false; elements.len()];
    for block in page
        .blocks
        .iter()
        .filter(|block| block.first && !block.linked)
    {
        let mut at = block.holder;
        while at != 0 && !std::mem::replace(&mut holds[at], true) {
            at = elements[at].holder;
        }
    }
    let mut heads = HashMap::new();
    for (at, element) in elements.iter().enumerate().filter(|(at, _)| holds[*at]) {
        heads
            .entry((element.holder, element.form))
            .and_modify(|(_, more)| *more = true)
            .or_insert((at, false));
    }
    heads
}

/// Whether beside an element there is one of its form with a headline of its own: pages that go on with
/// the next article.
fn repeats(elements: &[Element], heads: &HashMap<(usize, u64), (usize, bool)>, at: usize) -> bool {
    let form = (elements[at].holder, elements[at].form);
    heads
        .get(&form)
        .is_some_and(|(first, more)| *more || *first != at)
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

#[cfg(test)]
mod tests {
    use super::super::blocks;
    use super::super::dom::Document;
    use super::*;

    const SENTENCE: &str = "The harbour office closed the eastern pier on Monday after the storm.";

    /// The blocks that the element with the text holds.
    fn text(html: &str, title: &str) -> Vec<String> {
        let mut page = blocks::read(&Document::parse(html));
        let ground = find(&mut page, Some(title));
        let own = page.blocks.into_iter();
        let own = own.filter(|block| ground.core[block.holder] && !block.aside);
        own.map(|block| block.text).collect()
    }

    #[test]
    fn the_text_is_worth_most() {
        let html = format!(
            "<div><a href=a>One link</a><a href=b>Another one</a></div><div><h1>Pier</h1>\
             <div class=x><p>{SENTENCE}</p><p>{SENTENCE}</p><p>{SENTENCE}</p></div>\
             <ul><li><a href=c>Ferry is late again</a></li></ul></div><p>Imprint of the Post</p>"
        );
        assert_eq!(text(&html, "Pier"), [SENTENCE; 3]);
    }

    #[test]
    fn a_name_is_no_reason_against_the_title() {
        let html = format!(
            "<div class=sidebar><h1>Pier closed after the storm</h1><p>{SENTENCE}</p></div>\
             <footer><p>{SENTENCE} {SENTENCE}</p></footer>"
        );
        let found = text(&html, "Pier closed after the storm");
        assert_eq!(found.last().map(String::as_str), Some(SENTENCE));
    }

    #[test]
    fn the_next_article_is_another() {
        let story = |title: &str| {
            format!(
                "<div class=story><h1>{title}</h1><p>{SENTENCE} {SENTENCE} {SENTENCE}</p><p>{SENTENCE} {SENTENCE} {SENTENCE}</p></div>"
            )
        };
        let html = format!(
            "<main>{}{}</main>",
            story("Pier closed for a week"),
            story("Ferry late")
        );
        assert_eq!(text(&html, "Pier closed for a week").len(), 3);
    }
}
