//! In: a parsed page. Out: the paragraphs of its article, in order, and apart from them its captions.
//! Refuses to judge by a block alone: what is dropped in the element that holds the article is a box
//! beside it, or a line that leads elsewhere.

use std::borrow::Cow;
use std::collections::HashSet;

use model::BlockKind;

use super::blocks;
use super::dom::Document;
use super::json_ld::Records;
use super::opening::{self, Description, is_standfirst};
use super::stated::Stated;
use super::{entries, ground, recover};
use crate::furniture::Line;

/// What a page shows.
pub(crate) struct Selected {
    /// The lines of its article.
    pub lines: Vec<Line<'static>>,
    /// The captions of its pictures, each once.
    pub captions: Vec<String>,
    /// All captions of the page.
    pub all_captions: Vec<String>,
}

/// Paragraphs of a standfirst at most.
const STANDFIRSTS: usize = 2;

/// The article in a page: `title` is the headline as the page gives it, `records` its JSON-LD.
pub(crate) fn article(document: &Document, title: Option<&str>, records: &Records) -> Selected {
    let mut page = blocks::read(document);
    let stated = Stated::read(records, &page.blocks);
    if stated.is_all() {
        let texts = stated.paragraphs().map(|text| (text, BlockKind::Paragraph));
        return Selected {
            lines: lines(texts),
            captions: Vec::new(),
            all_captions: page.captions.into_iter().map(|(_, words)| words).collect(),
        };
    }
    let ground = ground::find(&mut page, title);
    let opening = opening::blocks(&page, &ground, title);
    let description = Description::of(document);
    let numbered = page.blocks.iter().enumerate();
    let mut kept: Vec<bool> = numbered
        .map(|(at, block)| {
            if block.linked {
                return false;
            }
            let heading = block.kind == BlockKind::Heading;
            let placed = if ground.core[block.holder] {
                at >= opening.start
            } else {
                opening.contains(&at) && is_standfirst(block)
            };
            let own = placed && !block.aside && (block.prose || !block.bare);
            own || at < opening.end && !heading && description.is(&block.text)
        })
        .collect();
    stated.confirm(&page, opening.end, &mut kept);
    // A standfirst may also open the element that holds the text. Many paragraphs before that are the text.
    let before = opening.clone().filter(|at| kept.get(*at) == Some(&true));
    let stands = before.count() <= STANDFIRSTS;
    let mut opens = true;
    for (at, block) in page.blocks.iter_mut().enumerate().skip(opening.start) {
        if !kept[at] || !opens {
            continue;
        }
        let heading = block.kind == BlockKind::Heading && block.prose;
        opens = at < opening.end;
        if opens && stands || heading || description.is(&block.text) {
            block.kind = BlockKind::Standfirst;
        }
    }
    let own = |holder: usize| ground.root[holder] && !ground.beside[holder];
    let mut seen = HashSet::new();
    let captions = page.captions.iter().filter(|(holder, _)| own(*holder));
    let captions = captions.filter(|(_, words)| seen.insert(words.as_str()));
    let captions = captions.map(|(_, words)| words.clone()).collect();
    let all_captions = page.captions.into_iter().map(|(_, words)| words).collect();
    let mut lines = recover::lines(page.blocks, page.elements, kept);
    entries::mark(&mut lines);
    Selected {
        lines,
        captions,
        all_captions,
    }
}

/// All that a page says, in order.
pub(crate) fn lines_of(html: &str) -> Vec<Line<'static>> {
    let page = blocks::read(&Document::parse(html));
    lines(
        page.blocks
            .into_iter()
            .map(|block| (block.text, block.kind)),
    )
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
