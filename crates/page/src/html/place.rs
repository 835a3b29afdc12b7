//! In: a parsed page and what it claims as its title. Out: where its elements stand: which heading is
//! the article's, in which box the article is, where its head is, what belongs to other things
//! (comments, teasers, pictures, menus). Refuses to call anything foreign that holds the heading or
//! the text, whatever its class says. The words are in `data/places.txt`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use crate::says::sections;
use crate::says::title::{bare, tidy};

use super::dom::{Document, NodeId};

/// Bytes of a paragraph of running text at least: bylines and lines of facts are shorter.
const RUNNING: usize = 120;
/// Bytes of a sentence around a name at least.
const SENTENCE: usize = 40;
/// Paragraphs of running text within which the head ends: a standfirst may come before the byline.
const HEAD_PARAGRAPHS: usize = 2;
/// Bytes of text in a box that belongs to the heading, or between the article's start and it.
const HEADER_BYTES: usize = 400;
/// Bytes of the head of a page without running text.
const HEAD_BYTES: usize = 2000;
/// Bytes of a box that shows another article.
const TEASER_BYTES: usize = 1500;
/// Elements of such a box that are looked at.
const TEASER_SPOTS: usize = 200;
/// Words of a headline at least, where a link or a heading may be something else.
const HEADLINE_WORDS: usize = 3;
/// Words of a headline at most: what is longer is a caption or a text.
const LONGEST_HEADLINE: usize = 40;
/// Words that two titles share at least: two are those of a site's name.
const SHARED_WORDS: usize = 3;
/// Bytes of a title that is no accident in another.
const TITLE_BYTES: usize = 8;

/// Elements that hold other things than the article, wherever they stand.
const FOREIGN: [&str; 6] = [
    "footer",
    "nav",
    "figcaption",
    "figure",
    "blockquote",
    "form",
];
/// Elements whose text is not on the page.
const UNSEEN: [&str; 4] = ["script", "style", "template", "noscript"];
/// Elements that may hold a whole article.
const HOLDERS: [&str; 2] = ["article", "main"];
/// Things with an author and a date of their own, by their schema.
const OTHER_THINGS: [&str; 8] = [
    "Comment",
    "UserComments",
    "VideoObject",
    "ImageObject",
    "AudioObject",
    "Rating",
    "Event",
    "Product",
];

/// Parts of addresses that lead to a writer's page.
const WRITERS_PAGES: [&str; 16] = [
    "author",
    "authors",
    "autor",
    "autores",
    "autoren",
    "auteur",
    "auteurs",
    "autore",
    "staff",
    "people",
    "journalist",
    "journalists",
    "contributor",
    "contributors",
    "writer",
    "reporter",
];

/// The sections of `data/places.txt` in which a word stands.
static WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut of: HashMap<&str, Vec<&str>> = HashMap::new();
    for (section, words) in sections(include_str!("../../data/places.txt")) {
        for word in words {
            of.entry(word).or_default().push(section);
        }
    }
    of
});

/// Whether a word is one of a section of `data/places.txt`.
pub(crate) fn holds(section: &str, word: &str) -> bool {
    WORDS
        .get(word)
        .is_some_and(|sections| sections.contains(&section))
}

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// From the article's start to its first paragraphs.
    Head,
    /// Elsewhere in the article's box.
    Own,
    /// Beyond it.
    Outside,
}

/// A node, in the page's order.
struct Spot {
    node: NodeId,
    parent: usize,
    /// Behind its last descendant.
    end: usize,
    /// Bytes of the page's text before it, without white space.
    before: usize,
    /// Bytes of its own text, without its descendants' and without white space.
    direct: usize,
    element: bool,
    foreign: bool,
    /// Its names, in [`Places::names`].
    names: usize,
}

/// What words begin with that somebody asks for although no section of `data/places.txt` has them.
const OPENINGS: [&str; 3] = ["byline", "author", "publi"];

/// What a class and an id say.
struct Names {
    /// Those of their words that anybody asks for.
    words: Vec<String>,
    foreign: bool,
    /// Whether they speak of a writer or a day.
    own: bool,
}

impl Names {
    fn of(class: &str, id: &str) -> Self {
        let mut words = Vec::new();
        let (mut foreign, mut own) = (false, false);
        let mut take = |word: &str| {
            let sections = WORDS.get(word);
            for section in sections.into_iter().flatten() {
                foreign |= *section == "foreign";
                own |= matches!(*section, "writer" | "day");
            }
            if sections.is_some() || OPENINGS.iter().any(|opening| word.starts_with(opening)) {
                words.push(word.to_owned());
            }
        };
        take_apart(class, &mut take);
        take_apart(id, &mut take);
        Self {
            foreign,
            own,
            words,
        }
    }
}

/// The places of a page. Elements are known by their number in the page's order.
pub(crate) struct Places<'a> {
    /// The page.
    pub page: &'a Document,
    spots: Vec<Spot>,
    /// The names that elements have, each once.
    names: Vec<Names>,
    text: usize,
    /// The article's heading.
    pub heading: Option<usize>,
    paragraph: Option<usize>,
    own: Range<usize>,
    head: Range<usize>,
}

impl<'a> Places<'a> {
    /// Looks the page over once. `claims` are its titles by its meta tags, the best first.
    pub fn new(page: &'a Document, claims: &[&str]) -> Self {
        let mut places = Self {
            page,
            spots: Vec::new(),
            names: page
                .all_names()
                .map(|(class, id)| Names::of(class, id))
                .collect(),
            text: 0,
            heading: None,
            paragraph: None,
            own: 0..0,
            head: 0..0,
        };
        places.walk();
        places.heading = places.main_heading(claims);
        places.paragraph = places.running(places.heading.unwrap_or(0)..places.spots.len());
        places.spread_foreign();
        places.own = places.own_box();
        places.head = places.head_of();
        places
    }

    fn walk(&mut self) {
        // A node, its parent's number, and whether it is left rather than entered.
        let mut stack = vec![(self.page.root(), 0, None)];
        while let Some((node, parent, left)) = stack.pop() {
            if let Some(at) = left {
                let end = self.spots.len();
                let spot: &mut Spot = &mut self.spots[at];
                spot.end = end;
                continue;
            }
            let element = self.page.is_element(node);
            if element && UNSEEN.contains(&self.page.tag_name(node)) {
                continue;
            }
            let at = self.spots.len();
            self.spots.push(Spot {
                names: self.page.names(node),
                node,
                parent,
                end: at + 1,
                before: self.text,
                direct: 0,
                element,
                foreign: false,
            });
            if self.page.is_text(node) {
                let text = self.page.text_content(node);
                let bytes = text.split_whitespace().map(str::len).sum::<usize>();
                self.text += bytes;
                self.spots[parent].direct += bytes;
                continue;
            }
            stack.push((node, parent, Some(at)));
            let first = stack.len();
            stack.extend(self.page.child_nodes(node).map(|child| (child, at, None)));
            stack[first..].reverse();
        }
    }

    fn spread_foreign(&mut self) {
        for at in 1..self.spots.len() {
            if !self.spots[at].element || self.is_around(at) {
                continue;
            }
            let named = &self.names[self.spots[at].names];
            let (foreign, own) = (named.foreign, named.own);
            self.spots[at].foreign = self.spots[self.spots[at].parent].foreign
                || FOREIGN.contains(&self.tag(at))
                // An article other than this, and a comment where comments are articles.
                || self.tag(at) == "article"
                || self.tag(at) == "aside" && !own
                || foreign;
        }
    }

    /// Whether an element holds the heading or the text.
    fn is_around(&self, at: usize) -> bool {
        let within = |inner: Option<usize>| {
            inner.is_some_and(|inner| at <= inner && inner < self.spots[at].end)
        };
        within(self.heading) || within(self.paragraph)
    }

    /// The numbers of all elements.
    pub fn elements(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.spots.len()).filter(|at| self.spots[*at].element)
    }

    /// The numbers of all nodes in an element.
    pub fn inside(&self, at: usize) -> Range<usize> {
        at + 1..self.spots[at].end
    }

    /// The node of a number.
    pub fn node(&self, at: usize) -> NodeId {
        self.spots[at].node
    }

    /// The number of an element's parent.
    pub fn parent(&self, at: usize) -> usize {
        self.spots[at].parent
    }

    /// An element's tag; empty for text.
    pub fn tag(&self, at: usize) -> &str {
        self.page.tag_name(self.spots[at].node)
    }

    /// An attribute of an element.
    pub fn attribute(&self, at: usize, name: &str) -> Option<String> {
        self.page.get_attribute(self.spots[at].node, name)
    }

    /// Bytes of an element's text without white space.
    pub fn bytes(&self, at: usize) -> usize {
        let end = self.spots[at].end;
        self.spots.get(end).map_or(self.text, |next| next.before) - self.spots[at].before
    }

    /// An element's text as one line.
    pub fn line(&self, at: usize) -> String {
        tidy(self.page.text_content(self.spots[at].node))
    }

    /// The words of an element's class and id that anybody asks for, in lower case.
    pub fn words(&self, at: usize) -> &[String] {
        &self.names[self.spots[at].names].words
    }

    /// Whether an element belongs to something other than the article.
    pub fn foreign(&self, at: usize) -> bool {
        self.spots[at].foreign
    }

    /// Where an element stands.
    pub fn zone(&self, at: usize) -> Zone {
        if self.head.contains(&at) {
            Zone::Head
        } else if self.own.contains(&at) {
            Zone::Own
        } else {
            Zone::Outside
        }
    }

    /// The elements around an element, the nearest first, up to those that hold the article.
    pub fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let up = |at: &usize| (*at > 0).then(|| self.spots[*at].parent);
        std::iter::successors(up(&at), up).take_while(|at| *at > 0 && !self.is_around(*at))
    }

    /// Whether an element says by its schema that what it holds is a video's, a comment's, …
    pub fn of_other_thing(&self, at: usize) -> bool {
        std::iter::once(at)
            .chain(self.around(at))
            .filter_map(|around| self.attribute(around, "itemtype"))
            .any(|schema| OTHER_THINGS.contains(&schema.rsplit('/').next().unwrap_or_default()))
    }

    /// Whether an element stands in a box that shows another article: with a headline of its own
    /// that is a link.
    pub fn in_teaser(&self, at: usize) -> bool {
        self.around(at)
            .take_while(|around| self.bytes(*around) <= TEASER_BYTES)
            .any(|around| self.shows_article(around, at))
    }

    /// The last part of the address of a writer's page to which a link leads.
    pub fn writers_page(&self, at: usize) -> Option<String> {
        let link = self.attribute(at, "href")?;
        let path = link.split(['?', '#']).next()?;
        let mut parts = path.trim_end_matches('/').rsplit('/');
        let last = parts.next()?;
        let writers = parts.any(|part| WRITERS_PAGES.contains(&part.to_ascii_lowercase().as_str()));
        writers.then(|| last.to_owned())
    }

    fn shows_article(&self, around: usize, name: usize) -> bool {
        // Below the article a link with a headline's words is enough, in a list anywhere.
        let listed = matches!(self.tag(around), "li" | "tr" | "dd")
            || self.zone(name) != Zone::Head && self.bytes(around) <= HEADER_BYTES;
        self.inside(around)
            .take(TEASER_SPOTS)
            .filter(|at| self.spots[*at].element && !self.inside(*at).contains(&name))
            .any(|at| {
                let heading = matches!(self.tag(at), "h2" | "h3" | "h4" | "h5" | "h6");
                let writer = self.writers_page(at).is_some()
                    || self
                        .attribute(at, "rel")
                        .is_some_and(|rel| rel.contains("author"));
                let link = self.tag(at) == "a" && !writer;
                let shows = heading || link && listed;
                if at == name || !shows {
                    return false;
                }
                let linked = link
                    || self.inside(at).any(|inner| self.tag(inner) == "a")
                    || self.around(at).any(|outer| self.tag(outer) == "a");
                linked && self.line(at).split_whitespace().count() >= HEADLINE_WORDS
            })
    }

    /// Whether an element is a part of running text.
    pub fn in_running_text(&self, at: usize) -> bool {
        std::iter::once(at)
            .chain(self.around(at))
            .find(|around| matches!(self.tag(*around), "p" | "li" | "td" | "dd" | "blockquote"))
            .or(Some(self.spots[at].parent).filter(|parent| self.is_running(*parent)))
            .is_some_and(|around| {
                let others = self.bytes(around) - self.bytes(at).min(self.bytes(around));
                let sentence = || self.line(around).ends_with(['.', '!', '?', '"', '”', '…']);
                others > RUNNING || others > SENTENCE && sentence()
            })
    }

    fn is_running(&self, at: usize) -> bool {
        if !self.spots[at].element || self.bytes(at) < RUNNING {
            return false;
        }
        if self.tag(at) == "p" {
            return true;
        }
        self.tag(at) != "title" && self.spots[at].direct >= RUNNING
    }

    fn running(&self, mut within: Range<usize>) -> Option<usize> {
        within.find(|at| self.is_running(*at) && !self.in_marked(*at))
    }

    /// Whether an element or one around it calls itself foreign, before the article is known.
    fn in_marked(&self, at: usize) -> bool {
        let mut around = at;
        while around > 0 {
            let tag = self.tag(around);
            // The site's header is the one with its menu.
            let menu = || self.inside(around).any(|inner| self.tag(inner) == "nav");
            let mark = matches!(tag, "footer" | "nav" | "aside" | "figcaption" | "figure");
            if mark || tag == "header" && menu() {
                return true;
            }
            around = self.spots[around].parent;
        }
        false
    }

    fn in_holder(&self, at: usize) -> bool {
        self.holder(at).is_some()
    }

    /// The nearest `<article>` or `<main>` around an element.
    fn holder(&self, at: usize) -> Option<usize> {
        let up = |at: &usize| (*at > 0).then(|| self.spots[*at].parent);
        std::iter::successors(Some(at), up).find(|at| {
            HOLDERS.contains(&self.tag(*at))
                || self.attribute(*at, "itemtype").is_some_and(|schema| {
                    schema.ends_with("Article") || schema.ends_with("BlogPosting")
                })
        })
    }

    /// The heading that is the article's: the one that the page's own titles agree with, or that
    /// stands in the article's box.
    fn main_heading(&self, claims: &[&str]) -> Option<usize> {
        let mut best: Option<(usize, usize)> = None;
        for at in self.elements().filter(|at| self.tag(*at) == "h1") {
            let text = self.line(at);
            if text.is_empty() {
                continue;
            }
            if text.split_whitespace().count() > LONGEST_HEADLINE {
                continue;
            }
            let agrees = claims.iter().any(|claim| agree(&text, claim));
            let same = claims.iter().any(|claim| one_holds_other(&text, claim));
            let score = 16 * usize::from(same)
                + 8 * usize::from(agrees)
                + 4 * usize::from(self.in_holder(at))
                + 2 * usize::from(!self.in_marked(at))
                + usize::from(text.split_whitespace().count() > HEADLINE_WORDS);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// Whether the heading may be trusted to be the headline: it agrees with one of the page's own
    /// titles, or these do not agree among themselves, or it stands in the article and has a
    /// headline's length.
    pub fn heading_is_headline(&self, claims: &[&str]) -> bool {
        let Some(at) = self.heading else { return false };
        let text = self.line(at);
        let words = text.split_whitespace().count();
        if claims.is_empty() || claims.iter().any(|claim| agree(&text, claim)) {
            return true;
        }
        let united = claims.len() > 1 && claims.windows(2).all(|pair| agree(pair[0], pair[1]));
        let placed = self.in_holder(at) && !self.in_marked(at);
        words > HEADLINE_WORDS && (placed || !united)
    }

    fn own_box(&self) -> Range<usize> {
        let all = 0..self.spots.len();
        let has_text = |at: &usize| {
            self.paragraph
                .is_none_or(|inner| *at <= inner && inner < self.spots[*at].end)
        };
        let mut at = self.heading.and_then(|heading| self.holder(heading));
        while let Some(holder) = at {
            if has_text(&holder) {
                return holder..self.spots[holder].end;
            }
            at = self.holder(self.spots[holder].parent).filter(|up| *up > 0);
        }
        self.paragraph
            .and_then(|paragraph| self.holder(paragraph))
            .map_or(all, |holder| holder..self.spots[holder].end)
    }

    fn head_of(&self) -> Range<usize> {
        let from = match self.heading {
            Some(heading) => {
                let near = |at: usize| {
                    self.spots[heading]
                        .before
                        .saturating_sub(self.spots[at].before)
                        <= HEADER_BYTES
                };
                if self.own.start > 0 && self.own.contains(&heading) && near(self.own.start) {
                    self.own.start
                } else {
                    let up = |at: &usize| (*at > 0).then(|| self.spots[*at].parent);
                    std::iter::successors(Some(heading), up)
                        .take_while(|at| self.bytes(*at) <= HEADER_BYTES)
                        .last()
                        .unwrap_or(heading)
                }
            }
            None => self.own.start,
        };
        let mut end = from;
        let mut paragraphs = 0;
        while end < self.spots.len() {
            if end > self.heading.unwrap_or(from) && self.is_running(end) && !self.foreign(end) {
                paragraphs += 1;
                if paragraphs == HEAD_PARAGRAPHS {
                    break;
                }
                end = self.spots[end].end.max(end + 1);
                continue;
            }
            if paragraphs == 0 && self.spots[end].before > self.spots[from].before + HEAD_BYTES {
                break;
            }
            end += 1;
        }
        from..end
    }

    /// The heading's text without what is no part of the headline: a date, a subtitle, a kicker.
    pub fn headline(&self, claims: &[&str]) -> Option<String> {
        let heading = self.heading?;
        let whole = self.line(heading);
        // What another source gives in full is a headline in full.
        if claims
            .iter()
            .any(|claim| bare(claim).contains(&bare(&whole)))
        {
            return Some(whole);
        }
        let mut text = String::new();
        let mut at = heading + 1;
        while at < self.spots[heading].end {
            let addition = self.spots[at].element
                && (matches!(self.tag(at), "small" | "time" | "sup" | "button")
                    || self.words(at).iter().any(|word| holds("addition", word)));
            if addition {
                text.push(' ');
                at = self.spots[at].end;
                continue;
            }
            if self.page.is_text(self.spots[at].node) {
                text.push_str(self.page.text_content(self.spots[at].node));
            } else if matches!(self.tag(at), "br" | "div" | "p") {
                text.push(' ');
            }
            at += 1;
        }
        let kept = tidy(&text);
        let kept = if kept.split_whitespace().count() >= HEADLINE_WORDS {
            kept
        } else {
            whole
        };
        // Where one element of the heading is word for word what another source gives, it is it.
        let exact = self.inside(heading).find_map(|at| {
            let piece = self.line(at);
            let given = claims.iter().any(|claim| bare(claim) == bare(&piece));
            (given && piece.split_whitespace().count() >= HEADLINE_WORDS).then_some(piece)
        });
        let kept = kept.trim_matches([':', '|', '-', '–', ' ']).to_owned();
        Some(exact.unwrap_or(kept)).filter(|text| !text.is_empty())
    }
}

/// Whether two titles can be one: one holds the other, or they share half of the shorter's words.
pub(crate) fn agree(a: &str, b: &str) -> bool {
    let words = |text: &str| -> HashSet<String> {
        text.split_whitespace()
            .map(bare)
            .filter(|word| word.len() > 2)
            .collect()
    };
    let (of_a, of_b) = (words(a), words(b));
    let shared = of_a.intersection(&of_b).count();
    one_holds_other(a, b) || shared >= SHARED_WORDS && shared * 2 >= of_a.len().min(of_b.len())
}

fn one_holds_other(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    // The site's name stands in the window's title too, but behind the headline and shorter.
    let large = long.starts_with(short.as_str()) || short.len() * 2 >= long.len();
    short.len() > TITLE_BYTES && large && long.contains(short.as_str()) || short == long
}

/// The words of a class name, in lower case: `authorName`, `entry-meta`, `byline__name`.
fn take_apart(value: &str, take: &mut impl FnMut(&str)) {
    let mut lower = String::new();
    let mut word = |word: &str| {
        lower.clear();
        lower.push_str(word);
        lower.make_ascii_lowercase();
        take(&lower);
    };
    for piece in value.split(|c: char| !c.is_ascii_alphabetic()) {
        let mut start = 0;
        let bytes = piece.as_bytes();
        for at in 1..bytes.len() {
            if bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase() {
                word(&piece[start..at]);
                start = at;
            }
        }
        if start < piece.len() {
            word(&piece[start..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_are_taken_apart() {
        let mut words = Vec::new();
        take_apart(
            "entry-meta byline__name HeroTextBelow-authorName h2",
            &mut |word: &str| words.push(word.to_owned()),
        );
        let expected = [
            "entry", "meta", "byline", "name", "hero", "text", "below", "author", "name", "h",
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn the_heading_is_the_articles() {
        let page = Document::parse(
            "<header><h1>Harbour days</h1></header><main><article><h1>Ferry sinks off Selen</h1>\
             <p class='byline'>By Ada</p></article></main>",
        );
        let places = Places::new(&page, &["Ferry sinks off Selen | Harbour Post"]);
        assert_eq!(
            places.headline(&[]).as_deref(),
            Some("Ferry sinks off Selen")
        );
        let banner = Document::parse("<header><h1>SATIRE</h1></header><main><p>Text</p></main>");
        let claims = [
            "Ferry sinks off Selen",
            "Ferry sinks off Selen | Harbour Post",
        ];
        assert!(!Places::new(&banner, &claims).heading_is_headline(&claims));
    }
}
