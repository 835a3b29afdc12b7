//! In: a page that is safe to parse. Out: the paragraphs of its article, in order. Refuses to write
//! an extractor of its own: `trafilatura` measured best of those that there are. It says where the
//! article stands; the words are the page's own. What it leaves in (captions) goes before, what it
//! loses within the article is taken back behind.

use std::borrow::Cow;
use std::collections::HashSet;

use model::BlockKind;
use trafilatura::dom::{Document, NodeId};
use trafilatura::{HtmlDateMode, Options};

use super::{DEPTH, blocks, marks, recover};
use crate::furniture::Line;
use crate::says::title::tidy;

/// Elements that hold captions and the like, which extractors keep.
const CAPTIONS: &str = "figcaption, [class*='caption' i], [itemprop='caption'], [class*='image-credit' i], \
     [class*='photo-credit' i], [class*='img-credit' i], [class*='image-source' i], amp-sidebar, \
     [aria-hidden='true'] figcaption";
/// A caption longer than this is some page's name for its text.
const CAPTION_BYTES: usize = 900;

/// The paragraphs of the article in a page.
pub(crate) fn article(mut page: Document) -> Vec<Line<'static>> {
    drop_captions(&mut page);
    let page = blocks::read(&page);
    let options = Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    let Ok(extract) = trafilatura::extract_document(Document::parse(&page.html), &options) else {
        return Vec::new();
    };
    let html = &extract.content_html;
    if !html.chars().any(marks::is_mark) {
        // The page's structured data held the text.
        return lines_of(html);
    }
    recover::lines(page, marks::marked(html))
}

/// The captions of a page, each once: of a gallery they are all that it says.
pub(crate) fn captions(page: &Document) -> Vec<Line<'static>> {
    let mut seen = HashSet::new();
    let nodes = page.query_selector_all(page.root(), CAPTIONS);
    let texts = nodes.into_iter().map(|node| tidy(&page.text_content(node)));
    texts
        .filter(|text| text.len() <= CAPTION_BYTES && seen.insert(text.clone()))
        .map(|text| Line {
            text: Cow::Owned(text),
            kind: BlockKind::Paragraph,
            at: None,
            place: Default::default(),
        })
        .collect()
}

fn drop_captions(page: &mut Document) {
    for node in page.query_selector_all(page.root(), CAPTIONS) {
        let text = page.text_content(node);
        let paragraphs = page.get_elements_by_tag_name(node, "p").len();
        // A caption with a heading is a part of an article that goes from picture to picture.
        let headed = paragraphs > 0 && page.query_selector(node, "h2, h3, h4").is_some();
        let holds_page = paragraphs > 2 || headed || text.len() > CAPTION_BYTES;
        if !holds_page && !matches!(page.tag_name(node), "html" | "body" | "article" | "main") {
            page.remove(node, true);
        }
    }
}

/// The paragraphs of clean markup.
pub(crate) fn lines_of(html: &str) -> Vec<Line<'static>> {
    let document = Document::parse(html);
    let mut reading = Reading {
        document: &document,
        lines: Vec::new(),
        text: String::new(),
    };
    let root = document.body().unwrap_or_else(|| document.root());
    reading.node(root, BlockKind::Paragraph, 0);
    reading.flush(BlockKind::Paragraph);
    reading.lines
}

struct Reading<'a> {
    document: &'a Document,
    lines: Vec<Line<'static>>,
    text: String,
}

impl Reading<'_> {
    fn node(&mut self, node: NodeId, kind: BlockKind, depth: usize) {
        if depth > DEPTH {
            self.text.push_str(&self.document.text_content(node));
            return;
        }
        let children = self.document.child_nodes(node);
        let mut breaks = 0;
        for child in children {
            if self.document.is_text(child) {
                let text = self.document.text_content(child);
                if !text.trim().is_empty() {
                    breaks = 0;
                }
                self.text.push_str(&text);
                continue;
            }
            if !self.document.is_element(child) {
                continue;
            }
            let tag = self.document.tag_name(child);
            let inner = match tag {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
                "li" | "dt" | "dd" => BlockKind::ListItem,
                "blockquote" => BlockKind::Quote,
                _ => kind,
            };
            if matches!(tag, "br" | "lb") {
                // One break is a line's end, two are a paragraph's.
                breaks += 1;
                self.text.push(' ');
                if breaks == 2 {
                    self.flush(kind);
                }
                continue;
            }
            breaks = 0;
            if blocks::BLOCKS.contains(&tag) {
                self.flush(kind);
                self.node(child, inner, depth + 1);
                self.flush(inner);
            } else {
                self.node(child, inner, depth + 1);
            }
        }
    }

    /// Ends a paragraph.
    fn flush(&mut self, kind: BlockKind) {
        let text = tidy(&self.text);
        self.text.clear();
        if text.chars().any(char::is_alphanumeric) {
            self.lines.push(Line {
                text: Cow::Owned(text),
                kind,
                at: None,
                place: Default::default(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_rebuilt() {
        let lines = lines_of(
            "<h2>Head</h2><p>One <b>bold</b>\n line.</p>Loose<br><br>text<ul><li>Item</li></ul>\
             <blockquote><p>Said.</p></blockquote>",
        );
        let found: Vec<(&str, BlockKind)> =
            lines.iter().map(|l| (l.text.as_ref(), l.kind)).collect();
        use BlockKind::*;
        let expected = [
            ("Head", Heading),
            ("One bold line.", Paragraph),
            ("Loose", Paragraph),
            ("text", Paragraph),
            ("Item", ListItem),
            ("Said.", Quote),
        ];
        assert_eq!(found, expected);
    }
}
