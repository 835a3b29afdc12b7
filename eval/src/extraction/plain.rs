//! In: a page as HTML. Out: all of its words as a browser's "save as text" gives them, menus and footer included:
//! each block on lines of its own, what is hidden left out. Refuses to read style sheets: what only they hide or
//! break into lines stays as the markup has it.

use ego_tree::NodeRef;
use scraper::node::{Element, Node};

/// Elements that show nothing, or nothing that is text.
const UNSEEN: [&str; 20] = [
    "area", "audio", "canvas", "datalist", "head", "iframe", "input", "math", "noscript", "object",
    "option", "picture", "script", "select", "style", "svg", "template", "textarea", "title",
    "video",
];
/// Elements that stand on lines of their own.
const BLOCKS: [&str; 43] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tr",
    "ul",
];
/// Levels of markup that are walked.
const DEPTH: usize = 400;

/// The words of a page, a block a line.
pub fn text(html: &str) -> String {
    let page = scraper::Html::parse_document(html);
    let mut text = String::new();
    walk(page.tree.root(), &mut text, 0);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

fn walk(node: NodeRef<'_, Node>, text: &mut String, depth: usize) {
    if depth > DEPTH {
        return;
    }
    for child in node.children() {
        match child.value() {
            Node::Text(words) => push(words, text),
            Node::Element(element) if is_seen(element, node) => {
                let tag = element.name();
                let block = BLOCKS.contains(&tag);
                if block || tag == "br" {
                    text.push('\n');
                } else if matches!(tag, "td" | "th") {
                    text.push('\t');
                }
                walk(child, text, depth + 1);
                if block {
                    text.push('\n');
                }
            }
            _ => {}
        }
    }
}

/// Adds words, a blank for each run of white space.
fn push(words: &str, text: &mut String) {
    for c in words.chars() {
        if !c.is_whitespace() || c == '\u{a0}' {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}

fn is_seen(element: &Element, parent: NodeRef<'_, Node>) -> bool {
    let tag = element.name();
    let style = element
        .attr("style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_ascii_lowercase();
    let closed =
        |tag: &str, element: &Element| element.name() == tag && element.attr("open").is_none();
    let folded = parent
        .value()
        .as_element()
        .is_some_and(|parent| closed("details", parent))
        && tag != "summary";
    !UNSEEN.contains(&tag)
        && element.attr("hidden").is_none()
        && !style.contains("display:none")
        && !style.contains("visibility:hidden")
        && !closed("dialog", element)
        && !folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines_and_what_is_hidden_is_left_out() {
        let page = "<title>T</title><nav><ul><li>News<li>Sport</ul></nav><p>One <b>bold</b>\n line.<br>Two.</p>\
                    <div hidden>No</div><div style='display: none'>No</div><script>no()</script>\
                    <details><summary>More</summary><p>No</p></details>Loose <a>link</a>";
        assert_eq!(
            text(page),
            "News\nSport\nOne bold line.\nTwo.\nMore\nLoose link\n"
        );
    }
}
