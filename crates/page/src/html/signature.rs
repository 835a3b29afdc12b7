//! In: the places of a page. Out: writers who sign without a word that says so: a name beside the day,
//! a name alone and in bold above the text, a name alone below it. Refuses a line that holds anything
//! but names, and names of which several stand so: they are headings.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::place::Places;
use crate::says::{author, date, title};

/// Bytes of a paragraph of running text at least.
const RUNNING: usize = 120;
/// Bytes of a line that is a name or a few, at most.
const NAMES_BYTES: usize = 80;
/// Bytes of a label at least: "Author" is one, "By" opens a line of its own.
const LABEL_BYTES: usize = 5;
/// What parts a name from the day beside it.
const BARS: [&str; 6] = ["|", "•", "·", " - ", " – ", " — "];

/// The names on a line of the article's head that holds a day and nothing else.
pub(super) fn beside_day(pieces: &[String], outlet: Option<&str>) -> Option<Vec<String>> {
    let mut parts: Vec<&str> = pieces.iter().map(String::as_str).collect();
    for bar in BARS {
        parts = parts.iter().flat_map(|part| part.split(bar)).collect();
    }
    let parts = parts.iter().map(|part| part.trim());
    let mut others = Vec::new();
    let mut days = 0;
    for part in parts.filter(|part| part.contains(char::is_alphanumeric)) {
        match date::line(part, date::Locale::default()) {
            Some(found) if found.other_words == 0 => days += 1,
            _ => others.push(part),
        }
    }
    let [one] = others[..] else { return None };
    (days > 0).then(|| author::only_names(one, outlet))?
}

/// The names that stand alone right above or below the article's text, in the box of its paragraphs.
pub(super) fn alone(places: &Places<'_>, outlet: Option<&str>) -> Vec<String> {
    let Some((text, first, last)) = text_box(places) else {
        return Vec::new();
    };
    let signed = |at: usize| {
        let line = matches!(places.tag(at), "p" | "div")
            && (1..=NAMES_BYTES).contains(&places.bytes(at))
            && is_set_apart(places, at);
        let names = line.then(|| author::only_names(&places.line(at), outlet))?;
        Some((at, names?))
    };
    let inside = places.elements().filter(|at| places.parent(*at) == text);
    let found: Vec<(usize, Vec<String>)> = inside.filter_map(signed).collect();
    match &found[..] {
        [(at, names)] if *at < first || *at > last => names.clone(),
        _ => Vec::new(),
    }
}

/// The element that holds most paragraphs of running text, and the first and the last of them.
fn text_box(places: &Places<'_>) -> Option<(usize, usize, usize)> {
    // Of equals the first.
    let mut boxes: BTreeMap<Reverse<usize>, (usize, usize, usize)> = BTreeMap::new();
    for at in places.elements() {
        if places.tag(at) == "p" && places.bytes(at) >= RUNNING {
            let parent = Reverse(places.parent(at));
            let (_, last, count) = boxes.entry(parent).or_insert((at, at, 0));
            (*last, *count) = (at, *count + 1);
        }
    }
    let (text, (first, last, _)) = boxes.into_iter().max_by_key(|(_, (.., count))| *count)?;
    Some((text.0, first, last))
}

/// The names behind a label in a list of facts: `<li><strong>Author</strong> Ada Lindqvist</li>`; of
/// several such lists all must say the same.
pub(super) fn labelled(places: &Places<'_>, outlet: Option<&str>) -> Vec<String> {
    let mut found: Option<Vec<String>> = None;
    for at in places.elements() {
        let short = (LABEL_BYTES..=NAMES_BYTES).contains(&places.bytes(at));
        if !short || !matches!(places.tag(at), "li" | "tr" | "p" | "div") || places.foreign(at) {
            continue;
        }
        let line = places.line(at);
        let label = places
            .inside(at)
            .find(|inner| !places.tag(*inner).is_empty());
        let Some(label) = label.map(|label| places.line(label)) else {
            continue;
        };
        let Some(value) = line.strip_prefix(label.as_str()) else {
            continue;
        };
        if label.len() < LABEL_BYTES || !author::is_opener(&label) {
            continue;
        }
        let value = value.trim_start_matches([':', ' ']);
        let Some(names) = author::only_names(value, outlet) else {
            continue;
        };
        if found.as_ref().is_some_and(|known| *known != names) {
            return Vec::new();
        }
        found = Some(names);
    }
    found.unwrap_or_default()
}

/// Whether a line is all in bold or italics, or stands at the right.
fn is_set_apart(places: &Places<'_>, at: usize) -> bool {
    let right = |style: String| style.replace(' ', "").contains("text-align:right");
    let marked = |inner: usize| {
        matches!(places.tag(inner), "strong" | "b" | "em" | "i")
            && places.bytes(inner) == places.bytes(at)
    };
    places.attribute(at, "style").is_some_and(right) || places.inside(at).any(marked)
}

/// Whether the page gives a name to the account of its house: a link to `/author/admin`.
pub(super) fn is_house_account(places: &Places<'_>, name: &str) -> bool {
    let name = title::bare(name);
    let mut links = places.elements().filter(|at| places.tag(*at) == "a");
    links.any(|at| {
        places
            .writers_page(at)
            .is_some_and(|slug| author::is_placeholder(&slug))
            && title::bare(&places.line(at)) == name
    })
}

#[cfg(test)]
mod tests {
    use super::super::dom::Document;
    use super::*;

    const TEXT: &str = "<p>The ferry went down off Selen on Monday night, and the harbour master said on Tuesday \
                        that nobody had reported it missing for all of nine hours before that.</p>";

    fn of(page: &str) -> Vec<String> {
        let page = Document::parse(page);
        alone(&Places::new(&page, &["Ferry sinks off Selen"]), None)
    }

    #[test]
    fn a_name_alone_signs() {
        let page = |above: &str, below: &str| {
            format!(
                "<main><article><h1>Ferry sinks off Selen</h1>{above}{TEXT}{TEXT}{below}</article></main>"
            )
        };
        let name = "<p><strong>Ada Lindqvist/Omar Tayib</strong></p>";
        assert_eq!(of(&page(name, "")), ["Ada Lindqvist", "Omar Tayib"]);
        let right = "<p style='text-align: right'>Ada Lindqvist</p>";
        assert_eq!(of(&page("", right)), ["Ada Lindqvist"]);
        for (above, below) in [
            ("<p><b>Ada Lindqvist speaks</b></p>", ""),
            ("<p>Ada Lindqvist</p>", ""),
            ("<p><b>Ada Lindqvist</b></p>", "<p><b>Omar Tayib</b></p>"),
        ] {
            assert_eq!(of(&page(above, below)), [""; 0], "{above}{below}");
        }
    }

    #[test]
    fn a_label_names_the_writer() {
        let of = |list: &str| {
            let page = format!("<h1>Ferry sinks off Selen</h1>{TEXT}<ul>{list}</ul>");
            let page = Document::parse(&page);
            labelled(&Places::new(&page, &["Ferry sinks off Selen"]), None)
        };
        let one = "<li><b>Author</b> Ada Lindqvist</li>";
        assert_eq!(of(one), ["Ada Lindqvist"]);
        assert_eq!(of("<li><b>Author</b> of the week</li>"), [""; 0]);
        let other = "<li><b>Author</b> Omar Tayib</li>";
        assert_eq!(of(&format!("{one}{other}")), [""; 0]);
    }

    #[test]
    fn a_name_stands_beside_the_day() {
        let of = |line: &str| beside_day(&[line.to_owned()], None);
        let names = Some(vec!["Ada Lindqvist".to_owned()]);
        assert_eq!(
            of("Ada Lindqvist | 05.04.2025 - Updated : 06.04.2025"),
            names
        );
        assert_eq!(of("Ada Lindqvist | Selen | 05.04.2025"), None);
        assert_eq!(of("Ada Lindqvist"), None);
    }
}
