//! In: a page's blocks and which of them the extractor gave back. Out: the lines of the article: those
//! blocks, what it lost beside them, each once. Refuses what no sentence is, what
//! stands in a box beside the article, and what has no kept neighbour.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use model::BlockKind;

use super::blocks::{Block, Element};
use crate::furniture::{Line, Place, shape};

/// Words of a block that is a copy of an earlier one and no refrain or label.
const COPY_WORDS: usize = 8;
/// Words of a bare line that is no label.
const LINE_WORDS: usize = 8;
/// Boxes with a kept sentence each that show how a page lays out its paragraphs.
const ALIKE: usize = 2;
/// Headings and items between two sentences of an article, at most.
const GAP: usize = 12;
/// How many times as long as a list of what else one may read the text before it is, at least.
const LIST_SHARE: usize = 4;
/// Headings that are links, or called what no heading is, and are an article's own, at least.
const SECTIONS: usize = 3;
/// Blocks before the article among which its day and its writer are looked for.
const AHEAD: usize = 12;
/// Words of a box that may be furniture as a whole.
const GROUP_WORDS: usize = 120;
/// Words of kept sentences in an element whose like beside it holds the rest of the story.
const CHUNK_WORDS: usize = 40;
/// Tenths of its words that are running text; a column of other things has more labels and links.
const CHUNK_PROSE: usize = 8;
/// Most such elements: what comes in more is comments, entries of a diary, other articles.
const CHUNKS: usize = 5;

/// The article's lines.
pub(crate) fn lines(
    blocks: Vec<Block>,
    elements: Vec<Element>,
    mut kept: Vec<bool>,
) -> Vec<Line<'static>> {
    lists(&blocks, &elements, &mut kept);
    neighbours(&blocks, &mut kept);
    paragraphs(&blocks, &elements, &mut kept);
    sections(&blocks, &elements, &mut kept);
    labels(&blocks, &mut kept);
    headings(&blocks, &elements, &mut kept);
    chunks(&blocks, &elements, &mut kept);
    copies(&blocks, &mut kept);
    let groups = groups(&elements);
    for (block, kept) in blocks.iter().zip(&mut kept) {
        // A small box with a field for an address is a newsletter's.
        *kept &= !groups[block.holder].is_some_and(|group| {
            elements[group].form_field && elements[group].prose * 3 < elements[0].prose
        });
    }
    let ahead = ahead(&blocks, &kept);
    let numbered = blocks.into_iter().enumerate();
    numbered
        .filter(|(at, block)| kept[*at] || ahead.contains(at) && block.bare)
        .map(|(at, block)| Line {
            place: Place {
                group: groups[block.holder],
                linked: block.linked,
                ahead: !kept[at],
            },
            text: Cow::Owned(block.text),
            kind: block.kind,
            at: None,
        })
        .collect()
}

/// The bare lines between an article and the heading before it: its day and its writer.
fn ahead(blocks: &[Block], kept: &[bool]) -> Range<usize> {
    let text = (0..blocks.len()).find(|at| kept[*at] && blocks[*at].prose);
    let first = text.unwrap_or(0);
    let from = first.saturating_sub(AHEAD);
    let heading = (from..first).rfind(|at| blocks[*at].kind == BlockKind::Heading);
    heading.map_or(first, |at| at + 1)..first
}

/// Lists behind the text in which an item leads elsewhere: what else one may read.
fn lists(blocks: &[Block], elements: &[Element], kept: &mut [bool]) {
    let item = |block: &Block| block.kind == BlockKind::ListItem;
    let list = |block: &Block| elements[block.holder].holder;
    let text = kept_prose(blocks, kept).filter(|(block, _)| !item(block));
    let end = text.map(|(_, at)| at + 1).last().unwrap_or(0);
    let leads = blocks
        .iter()
        .skip(end)
        .filter(|block| item(block) && block.linked);
    let mut lists: HashMap<usize, usize> = leads.map(|block| (list(block), 0)).collect();
    for block in blocks.iter().skip(end).filter(|block| item(block)) {
        lists
            .entry(list(block))
            .and_modify(|words| *words += block.words);
    }
    let text: usize = kept_prose(blocks, kept).map(|(block, _)| block.words).sum();
    lists.retain(|_, words| *words * LIST_SHARE <= text);
    let goes = |block: &Block| item(block) && lists.contains_key(&list(block));
    for at in end..blocks.len() {
        if !goes(&blocks[at]) {
            continue;
        }
        kept[at] = false;
        // What the list is called goes with it.
        if at > end && !goes(&blocks[at - 1]) && !shape::ends_sentence(&blocks[at - 1].text) {
            kept[at - 1] = false;
        }
    }
}

/// "More news:" before links that go.
fn labels(blocks: &[Block], kept: &mut [bool]) {
    for at in 1..blocks.len() {
        let label = &blocks[at - 1];
        let leads = blocks[at].linked && !kept[at];
        kept[at - 1] &= !(leads && !label.prose && label.text.ends_with(':'));
    }
}

/// Headings of one form that are links, or that only their names put beside the article, are its own
/// where they come again and again with a sentence behind each.
fn sections(blocks: &[Block], elements: &[Element], kept: &mut [bool]) {
    let form = |block: &Block| elements[block.holder].form;
    let named = |block: &Block| {
        let element = &elements[block.holder];
        element.aside && !elements[element.holder].aside
    };
    let heads = |at: usize| {
        let block = &blocks[at];
        block.kind == BlockKind::Heading
            && !kept[at]
            && (block.linked && !block.aside || block.aside && named(block))
            && kept.get(at + 1).is_some_and(|kept| *kept)
            && blocks[at + 1].prose
            && blocks[at + 1].kind != BlockKind::Heading
            && common(block.holder, blocks[at + 1].holder, elements) != 0
    };
    let heads: Vec<usize> = (0..blocks.len()).filter(|at| heads(*at)).collect();
    let mut like: HashMap<u64, usize> = HashMap::new();
    for at in &heads {
        *like.entry(form(&blocks[*at])).or_default() += 1;
    }
    for at in heads {
        kept[at] = like
            .get(&form(&blocks[at]))
            .is_some_and(|like| *like >= SECTIONS);
    }
}

/// Bare text beside kept sentences in one element, which the extractor was not given: lines of some
/// length, and shorter ones between two kept ones.
fn neighbours(blocks: &[Block], kept: &mut [bool]) {
    let holders: HashSet<usize> = kept_prose(blocks, kept)
        .map(|(block, _)| block.holder)
        .collect();
    let beside = |block: &Block| {
        block.bare && !block.linked && !block.aside && holders.contains(&block.holder)
    };
    for (block, kept) in blocks.iter().zip(kept.iter_mut()) {
        *kept |= beside(block) && shape::words(&block.text) >= LINE_WORDS;
    }
    for at in 1..blocks.len().saturating_sub(1) {
        let one = blocks[at - 1].holder == blocks[at + 1].holder;
        kept[at] |= beside(&blocks[at]) && one && kept[at - 1] && kept[at + 1];
    }
}

/// Short sentences in boxes of one form with those that hold kept ones: a page's own paragraphs.
fn paragraphs(blocks: &[Block], elements: &[Element], kept: &mut [bool]) {
    let form = |block: &Block| (elements[block.holder].holder, elements[block.holder].form);
    let mut like: HashMap<(usize, u64), usize> = HashMap::new();
    for (block, _) in kept_prose(blocks, kept) {
        *like.entry(form(block)).or_default() += 1;
    }
    for (block, kept) in blocks.iter().zip(kept.iter_mut()) {
        *kept |= block.bare
            && !block.linked
            && !block.aside
            && shape::ends_sentence(&block.text)
            && like.get(&form(block)).is_some_and(|like| *like >= ALIKE);
    }
}

fn kept_prose<'a>(
    blocks: &'a [Block],
    kept: &'a [bool],
) -> impl Iterator<Item = (&'a Block, usize)> {
    let numbered = blocks.iter().enumerate();
    numbered
        .filter(|(at, block)| kept[*at] && block.prose)
        .map(|(at, block)| (block, at))
}

/// Headings and items between two kept sentences, where nothing else stands between these.
fn headings(blocks: &[Block], elements: &[Element], kept: &mut [bool]) {
    let mut last: Option<usize> = None;
    for at in 0..blocks.len() {
        if !kept[at] || !blocks[at].prose {
            continue;
        }
        if let Some(from) = last
            && at - from <= GAP
            && common(blocks[from].holder, blocks[at].holder, elements) != 0
            && (from + 1..at).all(|at| own(&blocks[at]))
        {
            kept[from..at].fill(true);
        }
        last = Some(at);
    }
}

fn own(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading | BlockKind::ListItem) && !block.linked && !block.aside
}

/// The innermost element that holds both.
fn common(mut one: usize, mut other: usize, elements: &[Element]) -> usize {
    // An element comes behind those that hold it.
    while one != other {
        if one > other {
            one = elements[one].holder;
        } else {
            other = elements[other].holder;
        }
    }
    one
}

/// A story that is laid out in several boxes of one form goes on in the next one.
fn chunks(blocks: &[Block], elements: &[Element], kept: &mut [bool]) {
    let mut words: HashMap<usize, usize> = HashMap::new();
    for (block, _) in kept_prose(blocks, kept) {
        let mut at = block.holder;
        while at != 0 {
            *words.entry(at).or_default() += shape::words(&block.text);
            at = elements[at].holder;
        }
    }
    // What leads elsewhere in a story stands in a list; in other boxes it is what they are about.
    let mut leads = vec![false; elements.len()];
    for block in blocks
        .iter()
        .filter(|block| block.linked && block.kind != BlockKind::ListItem)
    {
        let mut at = block.holder;
        while at != 0 && !std::mem::replace(&mut leads[at], true) {
            at = elements[at].holder;
        }
    }
    let chunk = |at: usize| {
        let Element {
            layout,
            prose,
            words,
            linked,
            ..
        } = elements[at];
        let own = if leads[at] { words } else { words - linked };
        layout && prose >= CHUNK_WORDS && prose >= linked && prose * 10 >= own * CHUNK_PROSE
    };
    let form = |at: usize| (elements[at].holder, elements[at].form);
    let forms: HashSet<(usize, u64)> = words
        .iter()
        .filter(|(at, words)| **words >= CHUNK_WORDS && chunk(**at))
        .map(|(at, _)| form(*at))
        .collect();
    // A lost chunk with one sentence is a teaser's description.
    let mut lost: HashMap<usize, usize> = HashMap::new();
    for (number, block) in blocks.iter().enumerate() {
        let item = block.kind == BlockKind::ListItem;
        if kept[number] || !block.prose || block.aside || item {
            continue;
        }
        let mut at = block.holder;
        while at != 0 && !words.contains_key(&at) {
            if chunk(at) && forms.contains(&form(at)) {
                *lost.entry(at).or_default() += 1;
            }
            at = elements[at].holder;
        }
    }
    if lost.is_empty() {
        return;
    }
    let mut like: HashMap<(usize, u64), usize> = HashMap::new();
    for at in 1..elements.len() {
        *like.entry(form(at)).or_default() += 1;
    }
    lost.retain(|at, sentences| {
        *sentences > 1 && like.get(&form(*at)).is_some_and(|like| *like <= CHUNKS)
    });
    if lost.is_empty() {
        return;
    }
    let mut found = vec![false; elements.len()];
    for at in 1..elements.len() {
        found[at] = found[elements[at].holder] || lost.contains_key(&at);
    }
    for (block, kept) in blocks.iter().zip(kept.iter_mut()) {
        let own = !block.linked && !block.aside && (block.prose || !block.bare);
        *kept |= own && found[block.holder];
    }
}

/// A page that holds its text twice, for a phone and for a desk, is read once.
fn copies(blocks: &[Block], kept: &mut [bool]) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut copy = vec![false; blocks.len()];
    let mut short = Vec::new();
    for (at, block) in blocks.iter().enumerate().filter(|(at, _)| kept[*at]) {
        let first = *seen.entry(block.text.as_str()).or_insert(at);
        if first == at {
            continue;
        }
        // What comes again in the same box and is no sentence belongs to a list: of meals, of results.
        let listed = blocks[first].holder == block.holder && !shape::ends_sentence(&block.text);
        if !listed && shape::words(&block.text) >= COPY_WORDS {
            copy[at] = true;
        } else {
            short.push(at);
        }
    }
    // A heading that stands twice is a copy's if what stands beside it is.
    for at in short {
        let before = (0..at).rev().find(|at| kept[*at]);
        let behind = (at + 1..blocks.len()).find(|at| kept[*at]);
        copy[at] = before.is_some_and(|at| copy[at]) || behind.is_some_and(|at| copy[at]);
    }
    for (kept, copy) in kept.iter_mut().zip(copy) {
        *kept &= !copy;
    }
}

/// Of each element the small box that it stands in: the largest that holds little of the page; or, where
/// the page has little, the element itself.
fn groups(elements: &[Element]) -> Vec<Option<usize>> {
    let whole = elements[0].prose;
    let small = |at: usize| elements[at].words <= GROUP_WORDS;
    let mut groups: Vec<Option<usize>> = Vec::with_capacity(elements.len());
    for (at, element) in elements.iter().enumerate() {
        let around = (at > 0).then(|| groups[element.holder]).flatten();
        let little = at > 0 && small(at) && element.prose * 3 < whole;
        groups.push(around.or(little.then_some(at)));
    }
    for (at, group) in groups.iter_mut().enumerate().skip(1) {
        if group.is_none() && small(at) && elements[at].prose < whole {
            *group = Some(at);
        }
    }
    groups
}
