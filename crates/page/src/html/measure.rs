//! In: a parsed page. Out: of each element how many words it holds, how many of them in links, what
//! it opens with, and what its names say. Refuses nothing. One walk, so that whoever asks about an
//! element need not read what is below it again.

use super::DEPTH;
use super::boxes::{self, Named};
use super::dom::{Document, NodeId};
use super::tags::{is_block, is_heading};
use crate::furniture::shape;

/// What an element holds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Held {
    /// Words.
    pub words: usize,
    /// Words that are in no link, in pieces long enough to be running text.
    pub prose: usize,
    /// Of these, words in `<p>`.
    pub paragraphs: usize,
    /// How many `<p>`.
    pub count: usize,
    /// Words in links.
    pub linked: usize,
    /// Headings.
    pub headings: usize,
    /// Whether the first that one reads in it is a heading, or a heading's words, in a link.
    pub opens_linked: bool,
    /// What its class and id say.
    pub named: Named,
}

/// Words of a piece of text that may be running text: menus and buttons have fewer.
const PIECE_WORDS: usize = 4;

/// Words of a teaser at most, with its description.
const CARD_WORDS: usize = 90;

impl Held {
    /// Whether this looks like a teaser: a heading that leads elsewhere, and a line or two.
    pub fn is_card(&self) -> bool {
        self.opens_linked && self.headings <= 1 && self.words <= CARD_WORDS
    }
}

/// The same in a third of the room: there is one for each node of a page.
#[derive(Clone, Copy, Default)]
struct Packed {
    words: u32,
    prose: u32,
    paragraphs: u32,
    count: u32,
    linked: u32,
    headings: u32,
    opens_linked: bool,
    named: Named,
}

impl Packed {
    // A page has fewer bytes than a `u32` counts.
    fn of(held: Held) -> Self {
        Self {
            words: held.words as u32,
            prose: held.prose as u32,
            paragraphs: held.paragraphs as u32,
            count: held.count as u32,
            linked: held.linked as u32,
            headings: held.headings as u32,
            opens_linked: held.opens_linked,
            named: held.named,
        }
    }

    fn held(&self) -> Held {
        Held {
            words: self.words as usize,
            prose: self.prose as usize,
            paragraphs: self.paragraphs as usize,
            count: self.count as usize,
            linked: self.linked as usize,
            headings: self.headings as usize,
            opens_linked: self.opens_linked,
            named: self.named,
        }
    }
}

/// The measures of a page's elements.
pub(crate) struct Measures {
    of: Vec<Packed>,
    /// Of the page.
    pub whole: Held,
}

impl Measures {
    /// Measures a page.
    pub fn of(document: &Document) -> Self {
        let mut measures = Self {
            of: vec![Packed::default(); document.len()],
            whole: Held::default(),
        };
        let root = document.body().unwrap_or_else(|| document.root());
        let names = document.all_names();
        let named: Vec<Named> = names.map(|(class, id)| boxes::of(class, id)).collect();
        measures.whole = measures.measure(document, root, &named, false, 0);
        measures
    }

    /// What an element holds.
    pub fn held(&self, node: NodeId) -> Held {
        self.of
            .get(node.index())
            .map(Packed::held)
            .unwrap_or_default()
    }

    /// Whether an element holds most of the page's sentences.
    pub fn holds_story(&self, node: NodeId) -> bool {
        self.held(node).prose * 2 > self.whole.prose
    }

    fn measure(
        &mut self,
        document: &Document,
        node: NodeId,
        named: &[Named],
        link: bool,
        depth: usize,
    ) -> Held {
        let mut held = Held::default();
        if depth > DEPTH {
            return held;
        }
        held.named = named[document.names(node)];
        let mut opened = false;
        for child in document.child_nodes(node) {
            if document.is_text(child) {
                let words = shape::words(document.text_content(child));
                held.words += words;
                if link {
                    held.linked += words;
                } else if words >= PIECE_WORDS {
                    held.prose += words;
                }
                opened |= words > 0;
                continue;
            }
            if !document.is_element(child) {
                continue;
            }
            let tag = document.tag_name(child);
            if matches!(tag, "script" | "style" | "noscript" | "head" | "template") {
                continue;
            }
            let inner = self.measure(document, child, named, link || tag == "a", depth + 1);
            held.words += inner.words;
            held.linked += inner.linked;
            held.headings += inner.headings + usize::from(is_heading(tag));
            held.count += inner.count + usize::from(tag == "p");
            if inner.named != Named::Gone {
                held.prose += inner.prose;
                held.paragraphs += if tag == "p" {
                    inner.prose
                } else {
                    inner.paragraphs
                };
            }
            if !opened && inner.words > 0 {
                opened = true;
                // The name of a section in a link is no headline.
                let headline = inner.words >= 2 && inner.linked * 10 >= inner.words * 9;
                let in_link = tag == "a" && inner.headings > 0;
                held.opens_linked = inner.opens_linked || headline && (is_block(tag) || in_link);
            }
        }
        if let Some(of) = self.of.get_mut(node.index()) {
            *of = Packed::of(held);
        }
        held
    }
}
