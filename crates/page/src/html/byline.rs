//! In: the places of a page. Out: the people whom it shows as the article's writers. Refuses who
//! stands elsewhere (a commenter, a teaser's writer, a photographer, the maker of a theme) and who is
//! named in running text; of several boxes the one at the article's head counts.

use super::place::{Places, Zone, holds};
use super::signature;
use crate::says::{author, date, title};

/// Bytes of a visible byline at most.
const BYLINE_BYTES: usize = 160;
/// Bytes of the box around a byline's parts at most.
const BOX_BYTES: usize = 200;
/// Candidates that are looked at.
const CANDIDATES: usize = 60;
/// Boxes of one page that show a writer each.
const BOXES: usize = 8;
/// How an element shows a writer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// It holds the name and no more.
    Name,
    /// It holds the byline.
    Byline,
}

/// The writers that a page shows.
pub(crate) fn writers(places: &Places<'_>, outlet: Option<&str>) -> Vec<String> {
    let reading = Reading { places, outlet };
    let marked: Vec<(usize, Mark)> = places
        .elements()
        .filter(|at| places.bytes(*at) <= BYLINE_BYTES)
        .filter_map(|at| Some((at, mark(places, at)?)))
        .filter(|(at, _)| !places.foreign(*at) && !places.in_running_text(*at))
        .filter(|(at, _)| !places.of_other_thing(*at) && !places.in_teaser(*at))
        .take(CANDIDATES)
        .collect();
    let zone = |zone: Zone| -> Vec<(usize, Mark)> {
        let here = |at: &(usize, Mark)| places.zone(at.0) == zone;
        marked.iter().copied().filter(here).collect()
    };
    let head = reading.group(&zone(Zone::Head));
    if !head.is_empty() {
        return head;
    }
    let lines = reading.lines();
    if !lines.is_empty() {
        return lines;
    }
    let own = reading.group(&zone(Zone::Own));
    if !own.is_empty() {
        return own;
    }
    for found in [signature::alone, signature::labelled] {
        let signed = found(places, outlet);
        if !signed.is_empty() {
            return signed;
        }
    }
    // Far from the article a name is a writer's only where it is the only one.
    let boxed = |(at, _): &(usize, Mark)| {
        let around = std::iter::once(*at).chain(places.around(*at).take(2));
        let property = places.attribute(*at, "itemprop").is_some();
        property
            || around
                .into_iter()
                .any(|at| places.words(at).iter().any(|word| is_writer(word)))
    };
    let outside: Vec<(usize, Mark)> = zone(Zone::Outside).into_iter().filter(boxed).collect();
    let first = reading.group(&outside);
    let alone = |at: &(usize, Mark)| {
        reading
            .names_of(at.0, at.1)
            .iter()
            .all(|name| first.contains(name))
    };
    if first.len() == 1 && outside.iter().all(alone) {
        return first;
    }
    Vec::new()
}

/// Whether a word of a class name says that a writer is shown.
fn is_writer(word: &str) -> bool {
    holds("writer", word)
        || word.starts_with("byline")
        || word
            .strip_prefix("author")
            .is_some_and(|rest| matches!(rest, "name" | "link" | "info" | "box"))
}

/// What an element's class, relation and address say.
fn mark(places: &Places<'_>, at: usize) -> Option<Mark> {
    let words = places.words(at);
    let has = |section| words.iter().any(|word| holds(section, word));
    let writer = |word: &String| is_writer(word);
    let other = has("aside") && !has("name");
    let property = places
        .attribute(at, "itemprop")
        .or_else(|| places.attribute(at, "property"))
        .unwrap_or_default();
    let relation = places.attribute(at, "rel").unwrap_or_default();
    if relation.split_whitespace().any(|word| word == "author") && !other
        || matches!(property.as_str(), "author" | "schema:author")
    {
        return Some(Mark::Name);
    }
    if places.tag(at) == "a" && !other && places.writers_page(at).is_some() {
        return Some(Mark::Name);
    }
    if !words.iter().any(writer) || other {
        // A name within a byline: `<span class="fn">`.
        let within = || {
            places
                .around(at)
                .take(2)
                .any(|around| places.words(around).iter().any(writer))
        };
        return ((property == "name" || words.len() <= 2 && has("name")) && !other && within())
            .then_some(Mark::Name);
    }
    Some(if has("name") {
        Mark::Name
    } else {
        Mark::Byline
    })
}

struct Reading<'a> {
    places: &'a Places<'a>,
    outlet: Option<&'a str>,
}

impl Reading<'_> {
    /// The writers of the first box that shows any, and of the boxes that are built as it is.
    fn group(&self, marked: &[(usize, Mark)]) -> Vec<String> {
        let first = marked
            .iter()
            .find(|(at, mark)| !self.names_of(*at, *mark).is_empty());
        let Some((first, _)) = first else {
            return marked
                .iter()
                .filter(|(at, mark)| *mark == Mark::Name && self.places.zone(*at) != Zone::Outside)
                .find_map(|(at, _)| author::body(&self.places.line(*at)))
                .into_iter()
                .collect();
        };
        let around = std::iter::once(*first)
            .chain(self.places.around(*first))
            .take_while(|around| self.places.bytes(*around) <= BOX_BYTES)
            .last()
            .unwrap_or(*first);
        let mut names = self.in_box(around, marked);
        // Cards: one writer each, built alike.
        let class = |at: usize| {
            self.places
                .attribute(at, "class")
                .filter(|class| !class.is_empty())
        };
        let cards = self.places.elements().filter(|at| {
            *at > around
                && self.places.parent(*at) == self.places.parent(around)
                && self.places.tag(*at) == self.places.tag(around)
                && class(*at).is_some()
                && class(*at) == class(around)
        });
        for card in cards.take(BOXES) {
            add(&mut names, self.in_box(card, marked));
        }
        names
    }

    /// The writers in a box: the names that are marked as such, and who stands on a line with them.
    fn in_box(&self, around: usize, marked: &[(usize, Mark)]) -> Vec<String> {
        let inside: Vec<(usize, Mark)> = marked
            .iter()
            .copied()
            .filter(|(at, _)| *at == around || self.places.inside(around).contains(at))
            .collect();
        let (mut names, mut links) = (Vec::new(), Vec::new());
        for (at, mark) in inside.iter().filter(|(_, mark)| *mark == Mark::Name) {
            // A second link to the same page is a button, a picture or the name again.
            let link = self.places.attribute(*at, "href");
            let found = self.names_of(*at, *mark);
            if found.is_empty() || link.is_some() && links.contains(&link) {
                continue;
            }
            links.push(link);
            add(&mut names, found);
        }
        let sure = names.clone();
        let boxes = inside.iter().filter(|(_, mark)| *mark == Mark::Byline);
        let lines = boxes
            .flat_map(|(at, _)| self.pieces(*at))
            .chain(self.pieces(around));
        for line in lines {
            let found = author::names(&line, self.outlet);
            if sure.is_empty() && (author::behind_opener(&line).is_some() || found.len() == 1)
                || found.iter().any(|name| sure.contains(name))
            {
                add(&mut names, found);
            }
            if sure.is_empty() && !names.is_empty() {
                break;
            }
        }
        names
    }

    /// The names in a marked element.
    fn names_of(&self, at: usize, mark: Mark) -> Vec<String> {
        let mut names = Vec::new();
        let mut lines = self.pieces(at);
        if lines.is_empty() {
            // `<span itemprop="author"><meta itemprop="name" content="…">`
            lines = std::iter::once(at)
                .chain(self.places.inside(at))
                .filter_map(|at| self.places.attribute(at, "content"))
                .collect();
        }
        for line in lines {
            add(&mut names, author::names(&line, self.outlet));
        }
        if names.is_empty() && mark == Mark::Name && self.places.zone(at) != Zone::Outside {
            // A single word is a name where the writer's page is called so too.
            let line = self.places.line(at);
            let own_page = self
                .places
                .writers_page(at)
                .is_some_and(|slug| title::bare(&slug) == title::bare(&line));
            names.extend(author::single(&line, self.outlet).filter(|_| own_page));
        }
        names
    }

    /// The lines of an element: one ends with each block, break and time, where an opener or a
    /// small letter is followed by another element without a blank, and around what holds no name.
    fn pieces(&self, at: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        let mut inside = at + 1;
        let end = self.places.inside(at).end;
        while inside < end {
            let tag = self.places.tag(inside);
            if tag.is_empty() {
                let text = self.places.page.text_content(self.places.node(inside));
                let line = lines.last().map_or("", String::as_str);
                let glued =
                    line.ends_with(char::is_lowercase) && text.starts_with(char::is_uppercase);
                let opened = author::is_opener(line)
                    && (author::is_opener(text) || author::behind_opener(text).is_some());
                if glued || opened {
                    lines.push(String::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push_str(text);
                }
                inside += 1;
                continue;
            }
            let words = self.places.words(inside);
            let has = |section| words.iter().any(|word| holds(section, word));
            let no_name = tag == "time" || has("aside") && !has("name");
            if no_name
                || matches!(
                    tag,
                    "br" | "div" | "p" | "li" | "ul" | "h2" | "h3" | "h4" | "h5" | "h6"
                )
            {
                lines.push(String::new());
            }
            inside = if no_name {
                self.places.inside(inside).end
            } else {
                inside + 1
            };
        }
        lines
            .iter()
            .map(|line| title::tidy(line))
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// The writers on lines of the article's head that nothing marks: "By Ada Lindqvist"; a name
    /// above the outlet's and the day.
    fn lines(&self) -> Vec<String> {
        let head = self.places.elements().filter(|at| {
            self.places.zone(*at) == Zone::Head
                && matches!(
                    self.places.tag(*at),
                    "p" | "div" | "span" | "h2" | "h3" | "h4" | "h5" | "h6" | "address"
                )
                && (1..=BYLINE_BYTES).contains(&self.places.bytes(*at))
                && !self.places.foreign(*at)
                && !self.places.in_running_text(*at)
                && !self.places.in_teaser(*at)
        });
        for at in head {
            let pieces = self.pieces(at);
            let is_day = |line: &str| {
                date::line(line, date::Locale::default())
                    .is_some_and(|found| found.other_words == 0)
            };
            let is_outlet = |line: &str| {
                self.outlet
                    .is_some_and(|outlet| title::bare(outlet) == title::bare(line))
            };
            let signed = pieces.len() > 1
                && pieces
                    .iter()
                    .filter(|line| is_day(line) || is_outlet(line))
                    .count()
                    + 1
                    == pieces.len();
            for line in &pieces {
                let names = author::names(line, self.outlet);
                let opened = author::behind_opener(line).is_some();
                if !names.is_empty() && (opened || signed && names.len() == 1) {
                    return names;
                }
            }
            if let Some(names) = signature::beside_day(&pieces, self.outlet) {
                return names;
            }
        }
        Vec::new()
    }
}

fn add(names: &mut Vec<String>, found: Vec<String>) {
    for name in found {
        if !names
            .iter()
            .any(|known| known.to_lowercase() == name.to_lowercase())
        {
            names.push(name);
        }
    }
}
