//! In: a parsed page. Out: its blocks of text in the page's own words, with the elements that hold them,
//! and its captions, which are apart from the text. Refuses to judge what is the article; leaves out
//! only what no reader of the page sees.

use model::BlockKind;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::DEPTH;
use super::boxes::Named;
use super::dom::{Document, NodeId};
use super::measure::Measures;
use super::run::{Found, PARAGRAPH_WORDS, Run, is_sentence};
use super::table;
use super::tags::{is_aside, is_block, is_gone, is_heading};
use crate::furniture::shape;
use crate::says::title::tidy;

/// Words of a sentence that is the page's own although it is one link.
const LINKED_SENTENCE_WORDS: usize = 12;
/// A caption longer than this is some page's name for its text.
const CAPTION_BYTES: usize = 900;
/// Paragraphs of a caption at most.
const CAPTION_PARAGRAPHS: usize = 2;

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
    /// How many.
    pub words: usize,
    /// What it is.
    pub kind: BlockKind,
    /// The element that holds it, in [`Page::elements`]; of a paragraph, the one around it.
    pub holder: usize,
    /// Whether it is a first-level heading.
    pub first: bool,
    /// Whether it is a sentence or more, and not a link.
    pub prose: bool,
    /// Whether most of it is a link.
    pub linked: bool,
    /// Whether it stands in an element of blocks, in none of its own.
    pub bare: bool,
    /// Whether its own names put it beside the article.
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
    /// Words in links.
    pub linked: usize,
    /// Whether it only lays out what it holds, and is no article or item of its own.
    pub layout: bool,
    /// Whether it is an `<article>`, a `<figure>`.
    pub article: bool,
    pub figure: bool,
    /// Whether something is to be filled in in it.
    pub form_field: bool,
    /// Whether the page says that it holds an article's text.
    pub body: bool,
    /// Whether its names or its tag put it beside the article.
    pub aside: bool,
    /// Whether its tag alone does.
    pub tagged: bool,
    /// Whether it holds the words of readers.
    pub comments: bool,
}

/// A page, taken apart.
pub(crate) struct Page {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// Its elements, each behind the one around it.
    pub elements: Vec<Element>,
    /// The captions of its pictures, each with the element that holds it.
    pub captions: Vec<(usize, String)>,
}

/// Takes a page apart.
pub(crate) fn read(document: &Document) -> Page {
    let measures = Measures::of(document);
    let body = document.body().unwrap_or_else(|| document.root());
    let mut walk = Walk {
        document,
        measures: &measures,
        page: Page {
            blocks: Vec::new(),
            elements: vec![Element {
                holder: 0,
                form: 0,
                words: measures.whole.words,
                prose: measures.whole.prose,
                linked: measures.whole.linked,
                layout: true,
                article: false,
                figure: false,
                form_field: false,
                body: false,
                aside: false,
                tagged: false,
                comments: false,
            }],
            captions: Vec::new(),
        },
        run: Run::default(),
        links: 0,
    };
    let place = Place {
        element: 0,
        around: Around::Box,
        kind: BlockKind::Paragraph,
        aside: false,
        first: false,
        own_aside: false,
    };
    walk.inside(body, &place, 0);
    walk.flush(&place);
    walk.page
}

/// What the text of a place stands in.
#[derive(Clone, Copy)]
enum Around {
    /// An element of blocks: text in it is a paragraph if it looks like one.
    Box,
    /// A paragraph.
    Paragraph,
    /// A cell of a table, which may be one of numbers or one of paragraphs.
    Cell,
    /// Anything else that takes text: a heading, an item.
    Own,
}

struct Place {
    element: usize,
    around: Around,
    kind: BlockKind,
    /// Whether an element around it is beside the article.
    aside: bool,
    /// Whether it is a first-level heading.
    first: bool,
    /// Whether the paragraph that it is says so of itself.
    own_aside: bool,
}

struct Walk<'a> {
    document: &'a Document,
    measures: &'a Measures,
    page: Page,
    run: Run,
    /// Links that are open: a link may hold whole blocks.
    links: usize,
}

impl Walk<'_> {
    fn inside(&mut self, node: NodeId, place: &Place, depth: usize) {
        let document = self.document;
        if depth > DEPTH {
            self.run.text(document.text_content(node));
            return;
        }
        let cards = self.cards(node);
        let mut before = None;
        for child in document.child_nodes(node) {
            if document.is_text(child) {
                let text = document.text_content(child);
                if text.contains(char::is_alphanumeric) {
                    before = None;
                }
                self.run.text(text);
            } else if document.is_element(child) && !(cards && self.is_card(child)) {
                self.element(child, before, place, depth);
                before = Some(child);
            }
        }
    }

    /// Whether the teasers among an element's children go: more than one, or one that is an article
    /// of its own; and there is a story without them, of which they are not the parts.
    fn cards(&self, node: NodeId) -> bool {
        let (mut count, mut prose, mut own) = (0, 0, false);
        for child in self.document.child_nodes(node) {
            if self.is_card(child) {
                count += 1;
                prose += self.measures.held(child).prose;
                own |= self.document.tag_name(child) == "article";
            }
        }
        let rest = self.measures.whole.prose.saturating_sub(prose);
        (count > 1 || own) && rest >= STORY_WORDS && rest * CARDS_SHARE >= prose
    }

    fn is_card(&self, node: NodeId) -> bool {
        self.measures.held(node).is_card()
            && matches!(
                self.document.tag_name(node),
                "article" | "li" | "div" | "section" | "a" | "figure" | "td"
            )
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
        if is_gone(tag) {
            if matches!(tag, "input" | "textarea" | "select") && self.is_field(node) {
                self.note_field(place.element);
            }
            return;
        }
        let held = self.measures.held(node);
        let named = held.named;
        let story = self.measures.holds_story(node) && named != Named::Comments;
        if !story && (named == Named::Gone || self.is_hidden(node)) {
            return;
        }
        if self.is_caption(node) {
            self.caption(node, place);
            return;
        }
        let boxed = named >= Named::Aside || is_aside(tag);
        if !is_block(tag) {
            // A pop-up opens with the words that it pops up over.
            if before.is_some_and(|before| self.pops_up(node, before)) {
                return;
            }
            let piece = if tag == "a" && self.leads(node) {
                self.run.open_link();
                self.links += 1;
                self.inside(node, place, depth + 1);
                self.links -= 1;
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
        if tag == "table"
            && let Some(rows) = table::rows(document, node, held)
        {
            self.table(node, rows, place, boxed);
            return;
        }
        // What holds the story is no box beside it, whatever it is called.
        let tells = matches!(tag, "figure" | "figcaption") && self.tells(node);
        let kind = match tag {
            _ if is_heading(tag) => BlockKind::Heading,
            "li" | "dt" | "dd" => BlockKind::ListItem,
            _ if named == Named::Post || place.kind == BlockKind::Post => BlockKind::Post,
            "blockquote" => BlockKind::Quote,
            _ => place.kind,
        };
        let aside = (boxed || place.aside) && !tells;
        let paragraph = matches!(tag, "p" | "pre");
        let around = match tag {
            "p" | "pre" => Around::Paragraph,
            "td" | "th" => Around::Cell,
            "li" | "dt" | "dd" | "caption" | "summary" => Around::Own,
            _ if is_heading(tag) => Around::Own,
            _ => Around::Box,
        };
        let inner = Place {
            element: if paragraph {
                place.element
            } else {
                self.open(node, tag, place.element, boxed && !tells)
            },
            around,
            kind,
            aside,
            first: tag == "h1" || place.first,
            own_aside: paragraph && boxed,
        };
        self.inside(node, &inner, depth + 1);
        self.flush(&inner);
    }

    /// Takes the rows of a table.
    fn table(&mut self, node: NodeId, rows: Vec<String>, place: &Place, aside: bool) {
        let holder = self.open(node, "table", place.element, aside);
        let rows = rows.into_iter().map(|text| Block {
            words: shape::words(&text),
            text,
            kind: BlockKind::Table,
            holder,
            first: false,
            prose: false,
            linked: false,
            bare: false,
            aside: false,
        });
        self.page.blocks.extend(rows);
    }

    fn open(&mut self, node: NodeId, tag: &str, holder: usize, aside: bool) -> usize {
        let held = self.measures.held(node);
        let class = xxh3_64(self.document.class_name(node).as_bytes());
        let property = self.document.attribute(node, "itemprop");
        self.page.elements.push(Element {
            holder,
            form: xxh3_64_with_seed(tag.as_bytes(), class),
            words: held.words,
            prose: held.prose,
            linked: held.linked,
            layout: matches!(tag, "div" | "section") && !held.opens_linked,
            article: tag == "article",
            figure: tag == "figure",
            form_field: false,
            body: held.named == Named::Body
                || property.is_some_and(|property| property.contains("articleBody")),
            aside,
            tagged: aside && is_aside(tag),
            comments: held.named == Named::Comments,
        });
        self.page.elements.len() - 1
    }

    /// Takes a caption.
    fn caption(&mut self, node: NodeId, place: &Place) {
        let words = tidy(&self.document.spaced_text(node));
        let mut holder = place.element;
        while self.page.elements[holder].figure {
            holder = self.page.elements[holder].holder;
        }
        if words.chars().any(char::is_alphanumeric) {
            self.page.captions.push((holder, words));
        }
    }

    /// Whether an element is a caption.
    fn is_caption(&self, node: NodeId) -> bool {
        let document = self.document;
        let tag = document.tag_name(node);
        let held = self.measures.held(node);
        let caption = held.named == Named::Caption
            || matches!(tag, "figcaption" | "amp-sidebar")
            || document.attribute(node, "itemprop") == Some("caption");
        let text = document.text_content(node);
        // A caption with a heading is a part of an article that goes from picture to picture; but one whose
        // heading leads elsewhere tells of a film.
        let headed =
            held.headings > 0 && (held.count > 0 || tag != "figcaption") && !held.is_card();
        let holds_page = held.count > CAPTION_PARAGRAPHS || headed || text.len() > CAPTION_BYTES;
        caption && !holds_page && !matches!(tag, "html" | "body" | "article" | "main")
    }

    /// Whether a picture's element tells a part of the story: under a heading of its own.
    fn tells(&self, node: NodeId) -> bool {
        let held = self.measures.held(node);
        held.headings > 0 && held.prose >= PARAGRAPH_WORDS / 2
    }

    fn is_hidden(&self, node: NodeId) -> bool {
        self.document
            .attributes(node)
            .any(|(name, value)| match name {
                "style" => is_hidden_style(value),
                "hidden" => value != "until-found",
                "aria-hidden" => value == "true" && !self.is_paragraph(node),
                "role" => value == "tooltip",
                "class" => is_hidden_class(value),
                _ => false,
            })
    }

    /// Whether an element is a paragraph of the text: pages hide those that one pays for from programs.
    fn is_paragraph(&self, node: NodeId) -> bool {
        self.document.tag_name(node) == "p" && self.measures.held(node).prose >= PARAGRAPH_WORDS
    }

    /// Whether an element in a line repeats the words before it and says more.
    fn pops_up(&self, node: NodeId, before: NodeId) -> bool {
        let (own, other) = (self.measures.held(node), self.measures.held(before));
        if other.words == 0 || own.words < other.words + POP_UP_WORDS {
            return false;
        }
        let words = tidy(self.document.text_content(before));
        let own = self.document.text_content(node).trim_start();
        let own = &own[..own.floor_char_boundary(words.len() * POP_UP_SPACE)];
        words.len() >= POP_UP_BYTES && tidy(own).starts_with(&words)
    }

    /// Whether a link leads to another page.
    fn leads(&self, node: NodeId) -> bool {
        let href = self.document.attribute(node, "href");
        href.is_some_and(|href| !href.trim_start().starts_with('#'))
    }

    /// Whether something is to be written into an element of a form.
    fn is_field(&self, node: NodeId) -> bool {
        let kind = self.document.attribute(node, "type");
        matches!(kind.map(str::trim), Some("email" | "tel"))
    }

    /// The boxes around a form have a form.
    fn note_field(&mut self, element: usize) {
        let mut at = element;
        while at != 0 && !self.page.elements[at].form_field {
            self.page.elements[at].form_field = true;
            at = self.page.elements[at].holder;
        }
    }

    /// Ends a block.
    fn flush(&mut self, place: &Place) {
        let mut run = std::mem::take(&mut self.run);
        if self.links > 0 {
            run.close_link(false);
            self.run.open_link();
        }
        for found in run.end() {
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
        let sentence = is_sentence(&found.text);
        let linked = found.linked * 2 > found.text.len();
        let words = shape::words(&found.text);
        let around = self.page.elements[place.element].prose;
        // A sentence of the text may be one link all over; a list of links is none.
        let own_link = linked
            && words >= LINKED_SENTENCE_WORDS
            && around >= 2 * words
            && shape::ends_sentence(&found.text);
        let bare = match place.around {
            Around::Paragraph | Around::Own => false,
            Around::Box | Around::Cell if sentence && !linked => !self.in_company(place, words),
            Around::Box => true,
            Around::Cell => false,
        };
        self.page.blocks.push(Block {
            text: found.text,
            words,
            kind: place.kind,
            holder: place.element,
            first: place.first,
            prose: sentence && (!linked || own_link),
            linked: linked && !own_link,
            bare,
            aside: place.own_aside,
        });
    }
}

/// Whether a style hides an element.
fn is_hidden_style(style: &str) -> bool {
    ["display", "visibility"].into_iter().any(|what| {
        style.match_indices(what).any(|(at, _)| {
            let value = style[at + what.len()..].trim_start_matches([' ', ':']);
            value.starts_with("none") || value.starts_with("hidden")
        })
    })
}

/// Whether a class hides an element at every width: `hidden`, and not `hidden md:block`.
fn is_hidden_class(class: &str) -> bool {
    let mut names = class.split_ascii_whitespace();
    let hides = |name: &str| matches!(name, "hidden" | "d-none");
    let shows = |name: &str| {
        let shown = name
            .strip_prefix("d-")
            .or(name.rsplit_once(':').map(|(_, how)| how));
        shown.is_some_and(|how| !how.ends_with("none") && how != "hidden")
    };
    names.clone().any(hides) && !names.any(shows)
}

/// Words that a pop-up says beyond those that it stands over, and bytes of these, at least.
const POP_UP_WORDS: usize = 4;
const POP_UP_BYTES: usize = 4;
/// How many times as long markup may make them with white space.
const POP_UP_SPACE: usize = 4;
