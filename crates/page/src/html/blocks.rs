//! In: a parsed page. Out: its blocks of text in the page's own words, and its markup in the form that
//! the extractor reads without loss: a block is a `<p>`, a heading or an item, holds nothing but text
//! and links, and carries a mark by which it is known again in what the extractor gives back.
//! Refuses to judge what is the article; leaves out only what no reader of the page sees.

use std::hash::{DefaultHasher, Hash, Hasher};

use model::BlockKind;
use trafilatura::dom::{Document, NodeId};

use super::DEPTH;
use super::boxes::{self, Named};
use super::marks::mark;
use super::measure::{Measures, is_heading};
use super::run::{Found, PARAGRAPH_WORDS, Run, escape, is_sentence};
use crate::furniture::shape;
use crate::says::title::tidy;

/// Words of a sentence that is the page's own although it is one link.
const LINKED_SENTENCE_WORDS: usize = 12;

/// Elements that are open at once in what the extractor is given; the text of deeper ones stands in
/// the last.
const OPEN: usize = 200;
/// Words of the rest of a page that may be the story that teasers stand beside.
const STORY_WORDS: usize = 60;
/// How many times as long as it all teasers together may be. A list of things, each under a heading
/// that is a link, is longer than what introduces it.
const CARDS_SHARE: usize = 4;

/// A block of a page.
#[derive(Debug)]
pub(crate) struct Block {
    /// Its words.
    pub text: String,
    /// What it is.
    pub kind: BlockKind,
    /// The element that holds it, in [`Page::elements`]; of a paragraph, the one around it.
    pub holder: usize,
    /// Whether it is a sentence or more, and not a link.
    pub prose: bool,
    /// Whether most of it is a link.
    pub linked: bool,
    /// Whether the extractor was given it.
    pub offered: bool,
    /// Whether its names or its place put it beside the article.
    pub aside: bool,
}

/// An element that holds blocks.
#[derive(Debug)]
pub(crate) struct Element {
    /// The one around it; the first is its own.
    pub holder: usize,
    /// A hash of its tag and class.
    pub form: u64,
    /// Words in it, and those that may be running text.
    pub words: usize,
    pub prose: usize,
    /// Whether it only lays out what it holds, and is no article or item of its own.
    pub layout: bool,
    /// Whether something is to be filled in in it.
    pub form_field: bool,
}

/// A page, taken apart.
pub(crate) struct Page {
    /// Its markup, for the extractor.
    pub html: String,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// Its elements.
    pub elements: Vec<Element>,
}

/// Takes a page apart.
pub(crate) fn read(document: &Document) -> Page {
    let measures = Measures::of(document);
    let body = document.body().unwrap_or_else(|| document.root());
    let mut walk = Walk {
        document,
        measures: &measures,
        page: Page {
            html: String::from("<!doctype html><html><head>"),
            blocks: Vec::new(),
            elements: vec![Element {
                holder: 0,
                form: 0,
                words: measures.whole.words,
                prose: measures.whole.prose,
                layout: true,
                form_field: false,
            }],
        },
        run: Run::default(),
    };
    walk.records();
    walk.page.html.push_str("</head><body>");
    let place = Place {
        element: 0,
        around: Around::Box,
        kind: BlockKind::Paragraph,
        aside: false,
        list: false,
    };
    walk.inside(body, &place, 0);
    walk.flush(&place);
    walk.page.html.push_str("</body></html>");
    walk.page
}

/// What the text of a place is written into.
enum Around {
    /// An element of blocks: text in it is a paragraph if it looks like one.
    Box,
    /// A paragraph, with its attributes.
    Paragraph(String),
    /// A cell of a table, which may be one of numbers or one of paragraphs.
    Cell,
    /// Anything else that takes text: a heading, an item.
    Own,
}

struct Place {
    element: usize,
    around: Around,
    kind: BlockKind,
    aside: bool,
    /// Whether this is a list.
    list: bool,
}

struct Walk<'a> {
    document: &'a Document,
    measures: &'a Measures,
    page: Page,
    run: Run,
}

impl Walk<'_> {
    /// The extractor looks for an article's text in structured data too.
    fn records(&mut self) {
        for node in self.document.scripts_with_type(&["application/ld+json"]) {
            let html = &mut self.page.html;
            html.push_str("<script type=\"application/ld+json\">");
            html.push_str(&self.document.text_content(node));
            html.push_str("</script>");
        }
    }

    fn inside(&mut self, node: NodeId, place: &Place, depth: usize) {
        if depth > DEPTH {
            let text = self.document.text_content(node);
            self.run.text(&text);
            return;
        }
        let children = self.document.child_nodes(node);
        let cards = self.cards(&children);
        let mut before = None;
        for child in children {
            if self.document.is_text(child) {
                let text = self.document.text_content(child);
                self.run.text(&text);
            } else if self.document.is_element(child) && !(cards && self.is_card(child)) {
                self.element(child, before, place, depth);
                before = Some(child);
            }
        }
    }

    /// Whether the teasers among some elements go: more than one, or one that is an article of its
    /// own; and there is a story without them, of which they are not the parts.
    fn cards(&self, children: &[NodeId]) -> bool {
        let cards = children.iter().filter(|child| self.is_card(**child));
        let (mut count, mut prose, mut own) = (0, 0, false);
        for card in cards {
            count += 1;
            prose += self.measures.held(*card).prose;
            own |= self.document.tag_name(*card) == "article";
        }
        let rest = self.measures.whole.prose.saturating_sub(prose);
        (count > 1 || own) && rest >= STORY_WORDS && rest * CARDS_SHARE >= prose
    }

    fn is_card(&self, node: NodeId) -> bool {
        matches!(
            self.document.tag_name(node),
            "article" | "li" | "div" | "section" | "a" | "figure" | "td"
        ) && self.measures.held(node).is_card()
            && !self.measures.holds_story(node)
    }

    fn element(&mut self, node: NodeId, before: Option<NodeId>, place: &Place, depth: usize) {
        let document = self.document;
        let tag = document.tag_name(node);
        if matches!(tag, "br" | "lb") {
            if self.run.line_ends() {
                self.flush(place);
            }
            return;
        }
        if GONE.contains(&tag) {
            if matches!(tag, "input" | "textarea" | "select") && self.is_field(node) {
                self.note_field(place.element);
            }
            return;
        }
        let (class, id) = (document.class_name(node), document.id_attr(node));
        let story = self.measures.holds_story(node);
        let named = boxes::of(&class, &id);
        if !story && (named == Named::Gone || self.is_hidden(node)) {
            return;
        }
        let boxed = !story && (named == Named::Aside || ASIDE.contains(&tag));
        if !BLOCKS.contains(&tag) {
            // A pop-up opens with the words that it pops up over.
            if before.is_some_and(|before| self.pops_up(node, before)) {
                return;
            }
            let piece = if tag == "a" {
                self.run.open_link();
                self.inside(node, place, depth + 1);
                self.run.close_link(boxed);
                return;
            } else if boxed || matches!(tag, "button" | "label") {
                Some(self.run.here())
            } else {
                None
            };
            self.inside(node, place, depth + 1);
            if let Some(from) = piece {
                self.run.doubtful(from);
            }
            return;
        }
        self.flush(place);
        if depth > OPEN {
            self.inside(node, place, depth + 1);
            self.flush(place);
            return;
        }
        let holds = boxed || place.aside;
        let kind = match tag {
            _ if is_heading(tag) => BlockKind::Heading,
            "li" | "dt" | "dd" => BlockKind::ListItem,
            "blockquote" => BlockKind::Quote,
            _ => place.kind,
        };
        // What holds the story is no box beside it, whatever it is called.
        let figure = matches!(tag, "figure" | "figcaption");
        let plain =
            story && (named != Named::Plain || ASIDE.contains(&tag)) || figure && self.tells(node);
        let attributes = if plain {
            String::new()
        } else {
            self.attributes(node, &class, &id)
        };
        if matches!(tag, "p" | "pre") {
            let inner = Place {
                element: place.element,
                around: Around::Paragraph(attributes),
                kind,
                aside: holds,
                list: false,
            };
            self.inside(node, &inner, depth + 1);
            self.flush(&inner);
            return;
        }
        let tag = if plain || figure && self.tells(node) {
            "div"
        } else {
            tag
        };
        let around = match tag {
            "td" | "th" => Around::Cell,
            "li" | "dt" | "dd" | "caption" | "summary" => Around::Own,
            _ if is_heading(tag) => Around::Own,
            _ => Around::Box,
        };
        let aside = holds && !(figure && self.tells(node));
        let inner = Place {
            element: self.open(node, tag, &class, place.element),
            around,
            kind,
            aside,
            list: matches!(tag, "ul" | "ol" | "menu" | "dir"),
        };
        let orphan = tag == "li" && !place.list;
        let html = &mut self.page.html;
        if orphan {
            html.push_str("<ul>");
        }
        html.push('<');
        html.push_str(tag);
        html.push_str(&attributes);
        html.push('>');
        self.inside(node, &inner, depth + 1);
        self.flush(&inner);
        let html = &mut self.page.html;
        html.push_str("</");
        html.push_str(tag);
        html.push('>');
        if orphan {
            html.push_str("</ul>");
        }
    }

    fn open(&mut self, node: NodeId, tag: &str, class: &str, holder: usize) -> usize {
        let held = self.measures.held(node);
        let mut form = DefaultHasher::new();
        (tag, class).hash(&mut form);
        self.page.elements.push(Element {
            holder,
            form: form.finish(),
            words: held.words,
            prose: held.prose,
            layout: matches!(tag, "div" | "section") && !held.opens_linked,
            form_field: false,
        });
        self.page.elements.len() - 1
    }

    /// Whether a picture's element tells a part of the story: under a heading of its own.
    fn tells(&self, node: NodeId) -> bool {
        let held = self.measures.held(node);
        held.headings > 0 && held.prose >= PARAGRAPH_WORDS / 2
    }

    fn is_hidden(&self, node: NodeId) -> bool {
        let document = self.document;
        let style = document.get_attribute(node, "style").unwrap_or_default();
        let is = |what: &str| {
            style.match_indices(what).any(|(at, _)| {
                let value = style[at + what.len()..].trim_start_matches([' ', ':']);
                value.starts_with("none") || value.starts_with("hidden")
            })
        };
        is("display")
            || is("visibility")
            || document
                .get_attribute(node, "hidden")
                .is_some_and(|how| how != "until-found")
            || document.get_attribute(node, "aria-hidden").as_deref() == Some("true")
            || document.get_attribute(node, "role").as_deref() == Some("tooltip")
    }

    /// Whether an element in a line repeats the words before it and says more.
    fn pops_up(&self, node: NodeId, before: NodeId) -> bool {
        let (own, other) = (self.measures.held(node), self.measures.held(before));
        if other.words == 0 || own.words < other.words + POP_UP_WORDS {
            return false;
        }
        let words = tidy(&self.document.text_content(before));
        words.len() >= POP_UP_BYTES && tidy(&self.document.text_content(node)).starts_with(&words)
    }

    /// Whether something is to be written into an element of a form.
    fn is_field(&self, node: NodeId) -> bool {
        let kind = self.document.get_attribute(node, "type");
        matches!(kind.as_deref().map(str::trim), Some("email" | "tel"))
    }

    /// The boxes around a form have a form.
    fn note_field(&mut self, element: usize) {
        let mut at = element;
        while at != 0 && !self.page.elements[at].form_field {
            self.page.elements[at].form_field = true;
            at = self.page.elements[at].holder;
        }
    }

    /// The attributes by which the extractor judges.
    fn attributes(&self, node: NodeId, class: &str, id: &str) -> String {
        let mut attributes = String::new();
        let mut push = |name: &str, value: &str| {
            if value.is_empty() {
                return;
            }
            attributes.push_str(&format!(" {name}=\""));
            escape(value, &mut attributes);
            attributes.push('"');
        };
        push("class", class);
        push("id", id);
        for name in ["role", "itemprop", "itemtype", "style", "data-component"] {
            push(
                name,
                &self.document.get_attribute(node, name).unwrap_or_default(),
            );
        }
        attributes
    }

    /// Ends a block.
    fn flush(&mut self, place: &Place) {
        for found in std::mem::take(&mut self.run).end() {
            self.block(found, place);
        }
    }

    /// Whether bare words stand among others. Where a page writes its text in `<p>`, a sentence that is
    /// alone in its box and in the one around it is a teaser's, a picture's, a form's.
    fn in_company(&self, place: &Place, words: usize) -> bool {
        let whole = self.measures.whole;
        let element = &self.page.elements[place.element];
        let around = &self.page.elements[element.holder];
        whole.paragraphs * 2 <= whole.prose
            || !place.aside && element.prose.max(around.prose) >= 2 * words
    }

    fn block(&mut self, found: Found, place: &Place) {
        let Some(mark) = mark(self.page.blocks.len()) else {
            return;
        };
        let sentence = is_sentence(&found.text);
        let linked = found.linked * 2 > found.text.len();
        let words = shape::words(&found.text);
        let around = self.page.elements[place.element].prose;
        // A sentence of the text may be one link all over; a list of links is none.
        let own_link = linked
            && words >= LINKED_SENTENCE_WORDS
            && around >= 2 * words
            && shape::ends_sentence(&found.text);
        let paragraph = match &place.around {
            Around::Paragraph(attributes) => Some(attributes.as_str()),
            Around::Box | Around::Cell if sentence && !linked && self.in_company(place, words) => {
                Some("")
            }
            _ => None,
        };
        let html = &mut self.page.html;
        match (paragraph, &place.around) {
            (Some(attributes), _) => {
                html.push_str("<p");
                html.push_str(attributes);
                html.push('>');
                html.push(mark);
                found.write(!own_link, html);
                html.push_str("</p>");
            }
            // Bare words that are no sentence: the extractor would take them where it finds little
            // else, with all the menus and labels of the page.
            (None, Around::Box) => {}
            (None, _) => {
                html.push(mark);
                found.write(!own_link, html);
                html.push(' ');
            }
        }
        self.page.blocks.push(Block {
            text: found.text,
            kind: place.kind,
            holder: place.element,
            prose: sentence && (!linked || own_link),
            linked: linked && !own_link,
            offered: paragraph.is_some() || !matches!(place.around, Around::Box),
            aside: place.aside,
        });
    }
}

/// Words that a pop-up says beyond those that it stands over, and bytes of these, at least.
const POP_UP_WORDS: usize = 4;
const POP_UP_BYTES: usize = 4;

/// Elements that go with what they hold: no words of the page, words for other readers (the sound of
/// a character, what a browser cannot show), words that the page has taken back.
const GONE: [&str; 30] = [
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas",
    "audio", "video", "map", "math", "select", "datalist", "textarea", "input", "img", "head",
    "title", "meta", "link", "rt", "rp", "rtc", "del", "s", "strike", "progress", "wbr",
];

/// Elements beside the article.
const ASIDE: [&str; 8] = [
    "aside",
    "nav",
    "footer",
    "form",
    "figure",
    "figcaption",
    "dialog",
    "menu",
];

/// Elements that end a paragraph; all others stand in a line.
pub(super) const BLOCKS: [&str; 45] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "ul",
    "ol",
    "menu",
    "dir",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "hr",
    "center",
    "address",
    "hgroup",
    "details",
    "summary",
    "dialog",
    "body",
];
