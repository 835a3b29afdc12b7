//! In: markup. Out: its tree as browsers build it, in two flat lists: the nodes in the page's order, and
//! the text of all of them in one string, so that the text of any element is a slice of it. Refuses
//! to keep comments, and the text of elements that no reader sees as text (scripts, styles).
//!
//! The parsing is html5ever's; this is its sink, and what is left when it is done.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::collections::HashMap;
use std::ops::Range;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, QualName, local_name, ns, parse_document};
use xxhash_rust::xxh3::xxh3_64;

use super::tags;

/// A node, by its number in the page's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(u32);

impl NodeId {
    /// Its number.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

struct Node {
    /// Empty for text.
    name: LocalName,
    parent: u32,
    /// Behind its last descendant.
    end: u32,
    attributes: Range<u32>,
    text: Range<u32>,
    /// The number of its class and id among those of the page.
    names: u32,
}

/// A parsed page.
pub(crate) struct Document {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    text: String,
    /// For each pair of a class and an id the first node that has it.
    names: Vec<NodeId>,
    whole: bool,
}

/// Elements whose text is not on the page.
fn is_unseen(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("template")
            | local_name!("noscript")
    )
}

/// Nodes of a page at most. Real pages have a few thousand; what comes behind is not read.
const NODES: usize = 400_000;
/// Bytes of guarded markup for each node, about.
const NODE_BYTES: usize = 24;
/// Bytes that are parsed between two looks at how many nodes there are.
const PIECE: usize = 16 << 10;

impl Document {
    /// Parses markup: a whole page or a piece of one.
    pub fn parse(html: &str) -> Self {
        let sink = Sink::of(html.len() / NODE_BYTES);
        let mut parser = parse_document(sink, Default::default());
        let mut rest = html;
        while !rest.is_empty() && !parser.tokenizer.sink.sink.is_full() {
            let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE));
            parser.process(StrTendril::from_slice(piece));
            rest = behind;
        }
        let mut document = parser.finish();
        document.whole = rest.is_empty();
        document
    }

    /// Whether all of the markup was read.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// What holds all nodes.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// The page's body.
    pub fn body(&self) -> Option<NodeId> {
        self.named(self.root(), local_name!("body")).next()
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// All nodes in a node, in the page's order.
    pub fn inside(&self, node: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (node.0 + 1..self.nodes[node.index()].end).map(NodeId)
    }

    /// The nodes directly in a node.
    pub fn child_nodes(&self, node: NodeId) -> Children<'_> {
        Children {
            nodes: &self.nodes,
            next: node.0 + 1,
            end: self.nodes[node.index()].end,
        }
    }

    /// Whether a node is text.
    pub fn is_text(&self, node: NodeId) -> bool {
        node.0 > 0 && self.nodes[node.index()].name.is_empty()
    }

    /// Whether a node is an element.
    pub fn is_element(&self, node: NodeId) -> bool {
        !self.nodes[node.index()].name.is_empty()
    }

    /// An element's name in lower case; empty for text.
    pub fn tag_name(&self, node: NodeId) -> &str {
        &self.nodes[node.index()].name
    }

    /// The text of a node and all that is in it.
    pub fn text_content(&self, node: NodeId) -> &str {
        let text = &self.nodes[node.index()].text;
        &self.text[text.start as usize..text.end as usize]
    }

    /// The text of a node with a blank wherever a block begins or ends.
    pub fn spaced_text(&self, node: NodeId) -> String {
        let mut text = String::new();
        let mut around = None;
        for inner in self.inside(node).filter(|inner| self.is_text(*inner)) {
            let parent = self.nodes[inner.index()].parent;
            let is_block = |at: u32| tags::is_block(self.tag_name(NodeId(at)));
            if around
                .is_some_and(|before| before != parent && (is_block(before) || is_block(parent)))
            {
                text.push(' ');
            }
            around = Some(parent);
            text.push_str(self.text_content(inner));
        }
        text
    }

    /// The attributes of an element: names and values.
    pub fn attributes(&self, node: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let of = &self.nodes[node.index()].attributes;
        let attributes = &self.attributes[of.start as usize..of.end as usize];
        attributes
            .iter()
            .map(|given| (&*given.name.local, &*given.value))
    }

    /// An attribute of an element.
    pub fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        let found = self.attributes(node).find(|(given, _)| *given == name);
        found.map(|(_, value)| value)
    }

    /// The same, owned.
    pub fn get_attribute(&self, node: NodeId, name: &str) -> Option<String> {
        self.attribute(node, name).map(str::to_owned)
    }

    /// An element's class; empty where there is none.
    pub fn class_name(&self, node: NodeId) -> &str {
        self.attribute(node, "class").unwrap_or_default()
    }

    /// An element's id; empty where there is none.
    pub fn id_attr(&self, node: NodeId) -> &str {
        self.attribute(node, "id").unwrap_or_default()
    }

    /// The number of an element's class and id among those of the page, and 0 where it has neither: what
    /// is asked of them is asked once.
    pub fn names(&self, node: NodeId) -> usize {
        self.nodes[node.index()].names as usize
    }

    /// The class and the id of each number.
    pub fn all_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names
            .iter()
            .map(|node| (self.class_name(*node), self.id_attr(*node)))
    }

    fn number_names(&mut self) {
        let mut numbers = vec![0; self.nodes.len()];
        let mut known = HashMap::from([((0, 0), 0)]);
        let mut firsts = vec![self.root()];
        let key = |name: &str| {
            if name.is_empty() {
                0
            } else {
                xxh3_64(name.as_bytes())
            }
        };
        for (at, node) in self.nodes.iter().enumerate() {
            if node.attributes.is_empty() {
                continue;
            }
            let node = NodeId(at as u32);
            let key = (key(self.class_name(node)), key(self.id_attr(node)));
            numbers[at] = *known.entry(key).or_insert_with(|| {
                firsts.push(node);
                firsts.len() as u32 - 1
            });
        }
        for (node, number) in self.nodes.iter_mut().zip(numbers) {
            node.names = number;
        }
        self.names = firsts;
    }

    /// The elements of a name in a node, in the page's order.
    pub fn get_elements_by_tag_name(&self, node: NodeId, tag: &str) -> Vec<NodeId> {
        self.named(node, LocalName::from(tag)).collect()
    }

    /// The first element of a name in a node.
    pub fn first(&self, node: NodeId, tag: &str) -> Option<NodeId> {
        self.named(node, LocalName::from(tag)).next()
    }

    fn named(&self, node: NodeId, name: LocalName) -> impl Iterator<Item = NodeId> + '_ {
        self.inside(node)
            .filter(move |node| self.nodes[node.index()].name == name)
    }
}

/// The nodes directly in a node.
pub(crate) struct Children<'a> {
    nodes: &'a [Node],
    next: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let node = self.next;
        (node < self.end).then(|| {
            self.next = self.nodes[node as usize].end;
            NodeId(node)
        })
    }
}

/// A node while the parser may still move it.
struct Growing {
    data: Data,
    parent: Option<u32>,
    first: Option<u32>,
    last: Option<u32>,
    before: Option<u32>,
    behind: Option<u32>,
}

enum Data {
    /// The document, a comment.
    Nothing,
    Text(StrTendril),
    Element(QualName, Vec<Attribute>),
}

/// What the parser builds the tree in.
struct Sink {
    nodes: RefCell<Vec<Growing>>,
}

impl Sink {
    /// For so many nodes, about.
    fn of(nodes: usize) -> Self {
        let sink = Self {
            nodes: RefCell::new(Vec::with_capacity(nodes)),
        };
        sink.add(Data::Nothing);
        sink
    }

    fn is_full(&self) -> bool {
        self.nodes.borrow().len() > NODES
    }

    fn add(&self, data: Data) -> u32 {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Growing {
            data,
            parent: None,
            first: None,
            last: None,
            before: None,
            behind: None,
        });
        (nodes.len() - 1) as u32
    }

    fn unlink(nodes: &mut [Growing], node: u32) {
        let Growing {
            parent,
            before,
            behind,
            ..
        } = nodes[node as usize];
        if let Some(before) = before {
            nodes[before as usize].behind = behind;
        } else if let Some(parent) = parent {
            nodes[parent as usize].first = behind;
        }
        if let Some(behind) = behind {
            nodes[behind as usize].before = before;
        } else if let Some(parent) = parent {
            nodes[parent as usize].last = before;
        }
        let node = &mut nodes[node as usize];
        (node.parent, node.before, node.behind) = (None, None, None);
    }

    /// Puts a node into a parent, before one of its children or last.
    fn link(nodes: &mut [Growing], parent: u32, node: u32, behind: Option<u32>) {
        Self::unlink(nodes, node);
        let before = match behind {
            Some(behind) => nodes[behind as usize].before,
            None => nodes[parent as usize].last,
        };
        match before {
            Some(before) => nodes[before as usize].behind = Some(node),
            None => nodes[parent as usize].first = Some(node),
        }
        match behind {
            Some(behind) => nodes[behind as usize].before = Some(node),
            None => nodes[parent as usize].last = Some(node),
        }
        let node = &mut nodes[node as usize];
        (node.parent, node.before, node.behind) = (Some(parent), before, behind);
    }

    fn insert(&self, parent: u32, child: NodeOrText<u32>, behind: Option<u32>) {
        let node = match child {
            NodeOrText::AppendNode(node) => node,
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = match behind {
                    Some(behind) => nodes[behind as usize].before,
                    None => nodes[parent as usize].last,
                };
                if let Some(before) = before
                    && let Data::Text(own) = &mut nodes[before as usize].data
                {
                    own.push_tendril(&text);
                    return;
                }
                drop(nodes);
                self.add(Data::Text(text))
            }
        };
        Self::link(&mut self.nodes.borrow_mut(), parent, node, behind);
    }
}

impl TreeSink for Sink {
    type Handle = u32;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        flatten(self.nodes.into_inner())
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> u32 {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a u32) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| {
            match &nodes[*target as usize].data {
                Data::Element(name, _) => name,
                _ => &NO_NAME,
            }
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> u32 {
        self.add(Data::Element(name, attributes))
    }

    fn create_comment(&self, _: StrTendril) -> u32 {
        self.add(Data::Nothing)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> u32 {
        self.add(Data::Nothing)
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        self.insert(*parent, child, None);
    }

    fn append_based_on_parent_node(&self, element: &u32, other: &u32, child: NodeOrText<u32>) {
        if self.nodes.borrow()[*element as usize].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(other, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &u32) -> u32 {
        *target
    }

    fn same_node(&self, one: &u32, other: &u32) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &u32, child: NodeOrText<u32>) {
        let parent = self.nodes.borrow()[*sibling as usize].parent;
        if let Some(parent) = parent {
            self.insert(parent, child, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, target: &u32, attributes: Vec<Attribute>) {
        if let Data::Element(_, own) = &mut self.nodes.borrow_mut()[*target as usize].data {
            for attribute in attributes {
                if !own.iter().any(|given| given.name == attribute.name) {
                    own.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &u32) {
        Self::unlink(&mut self.nodes.borrow_mut(), *target);
    }

    fn reparent_children(&self, node: &u32, parent: &u32) {
        let nodes = &mut self.nodes.borrow_mut();
        while let Some(child) = nodes[*node as usize].first {
            Self::link(nodes, *parent, child, None);
        }
    }
}

/// The name of what has none.
static NO_NAME: QualName = QualName {
    prefix: None,
    ns: ns!(),
    local: local_name!(""),
};

/// Puts a tree into the page's order.
fn flatten(mut growing: Vec<Growing>) -> Document {
    let mut document = Document {
        nodes: Vec::with_capacity(growing.len()),
        attributes: Vec::new(),
        text: String::new(),
        names: Vec::new(),
        whole: true,
    };
    // Entered with the number of what is around it; left when all in it is done.
    let (mut at, mut around, mut unseen) = (0, 0, 0usize);
    loop {
        let own = document.nodes.len() as u32;
        let written = document.text.len() as u32;
        let taken = std::mem::replace(&mut growing[at].data, Data::Nothing);
        let (name, attributes) = match taken {
            Data::Element(name, attributes) => (name.local, attributes),
            Data::Text(text) => {
                if unseen == 0 {
                    document.text.push_str(&text);
                }
                (local_name!(""), Vec::new())
            }
            Data::Nothing => (local_name!(""), Vec::new()),
        };
        unseen += usize::from(is_unseen(&name));
        let first = document.attributes.len() as u32;
        document.attributes.extend(attributes);
        document.nodes.push(Node {
            name,
            parent: around,
            end: own + 1,
            attributes: first..document.attributes.len() as u32,
            text: written..document.text.len() as u32,
            names: 0,
        });
        let mut next = growing[at].first;
        if next.is_some() {
            around = own;
        } else {
            unseen -= usize::from(is_unseen(&document.nodes[own as usize].name));
        }
        while next.is_none() && at != 0 {
            next = growing[at].behind;
            if next.is_none() {
                let Some(parent) = growing[at].parent else {
                    break;
                };
                at = parent as usize;
                let (end, text) = (document.nodes.len() as u32, document.text.len() as u32);
                let node = &mut document.nodes[around as usize];
                (node.end, node.text.end) = (end, text);
                unseen -= usize::from(is_unseen(&node.name));
                around = node.parent;
            }
        }
        match next {
            Some(next) => at = next as usize,
            None => break,
        }
    }
    document.number_names();
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_flat() {
        let page = Document::parse(
            "<!doctype html><title>T</title><script>x</script><!-- no --><p class=a id=b>One <b>two</b>.<p>Three",
        );
        let body = page.body().expect("a body");
        let paragraphs = page.get_elements_by_tag_name(body, "p");
        let texts: Vec<&str> = paragraphs.iter().map(|p| page.text_content(*p)).collect();
        assert_eq!(texts, ["One two.", "Three"]);
        assert_eq!(page.text_content(page.root()), "TOne two.Three");
        assert_eq!(
            (page.class_name(paragraphs[0]), page.id_attr(paragraphs[0])),
            ("a", "b")
        );
        assert_eq!(page.child_nodes(paragraphs[0]).count(), 3);
        assert_eq!(page.names(body), 0);
        assert_eq!(
            page.all_names().nth(page.names(paragraphs[0])),
            Some(("a", "b"))
        );
    }

    #[test]
    fn what_is_moved_stands_where_browsers_put_it() {
        // Text in a table stands before it; bold goes on in the next paragraph.
        let page = Document::parse("<table>a<tr><td>b</table><p><b>c</p><p>d</b>e</p>");
        let body = page.body().expect("a body");
        assert_eq!(page.text_content(body), "abcde");
        assert_eq!(page.get_elements_by_tag_name(body, "b").len(), 2);
        assert_eq!(
            page.text_content(page.child_nodes(body).next().expect("text")),
            "a"
        );
    }
}
