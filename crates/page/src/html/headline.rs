//! In: the headlines that a page gives in several places. Out: the one that its readers see. Refuses
//! to take the first `<h1>` for it: many outlets put a line for search engines there and show their
//! headline in a second heading.

use model::Provenance;

use super::place::{Places, Zone, holds};
use crate::says::title::bare;

/// Bytes by which an element's text may be longer than the headline in it: a mark, a comma.
const MARKS: usize = 12;

/// Where a page gives a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Its own record of the article (JSON-LD).
    Record,
    /// The heading that readers see.
    Heading,
    /// The tags that networks read (OpenGraph).
    Networks,
    /// The title of the window.
    Window,
}

impl Place {
    /// What is said of a headline that was found here.
    pub(super) fn provenance(self) -> Provenance {
        match self {
            Self::Record => Provenance::JsonLd,
            Self::Heading => Provenance::Heading,
            Self::Networks => Provenance::Tag,
            Self::Window => Provenance::Window,
        }
    }
}

/// A headline and where it stands.
pub(super) type Given = (Place, String);

/// The headline among those that a page gives.
///
/// What another place gives too is shown in a heading beside the `<h1>`: it is the headline. Otherwise
/// what more places give than anything else, and of two that as many give the heading.
pub(super) fn choose(places: &Places<'_>, given: &[Given]) -> Option<Given> {
    let of = |place: Place| given.iter().find(|(at, _)| *at == place);
    let shown = [Place::Record, Place::Networks]
        .into_iter()
        .filter_map(of)
        .find(|(_, text)| is_shown_beside(places, text));
    let ranked = [Place::Heading, Place::Record, Place::Networks]
        .into_iter()
        .filter_map(of);
    // Of equals the last is taken, so they come in reverse.
    let common = || {
        let mut ranked: Vec<&Given> = ranked.collect();
        ranked.reverse();
        ranked.into_iter().max_by_key(|one| support(one, given))
    };
    let best = shown.or_else(common).or_else(|| of(Place::Window))?;
    // The letters are those of who wrote it rather than of its heading, which may be set in capitals.
    let same = |one: &&Given| bare(&one.1) == bare(&best.1);
    let written = [Place::Record, Place::Networks].into_iter().filter_map(of);
    let written = written.chain([best]).find(same);
    written.map(|(_, text)| (best.0, text.clone()))
}

/// How many other places give the same words; the window counts half, for it is made for search engines.
fn support(one: &Given, given: &[Given]) -> usize {
    let words = bare(&one.1);
    let others = given.iter().filter(|(place, _)| *place != one.0);
    others
        .filter(|(_, text)| bare(text) == words)
        .map(|(place, _)| 1 + usize::from(*place != Place::Window))
        .sum()
}

/// Whether a headline is shown in the article's box in a heading that is not the `<h1>`.
fn is_shown_beside(places: &Places<'_>, headline: &str) -> bool {
    let words = bare(headline);
    let bytes: usize = headline.split_whitespace().map(str::len).sum();
    let heading = places.heading.unwrap_or(usize::MAX);
    if places.heading.is_some() && bare(&places.line(heading)) == words {
        return false;
    }
    // At the article's head the words alone are enough.
    let titled = |at: usize| {
        places.zone(at) == Zone::Head
            || matches!(places.tag(at), "h2" | "h3")
            || places
                .attribute(at, "itemprop")
                .is_some_and(|property| property == "headline")
            || places.words(at).iter().any(|word| holds("headline", word))
    };
    let mut elements = places.elements().filter(|at| {
        *at != heading
            && places.bytes(*at).abs_diff(bytes) <= MARKS
            && places.zone(*at) != Zone::Outside
            && !places.foreign(*at)
            && places.tag(*at) != "title"
    });
    elements.any(|at| titled(at) && bare(&places.line(at)) == words && !is_linked(places, at))
}

/// Whether an element is a link or in one: a teaser, the page's own among them.
fn is_linked(places: &Places<'_>, at: usize) -> bool {
    let within = std::iter::once(at).chain(places.around(at));
    within
        .chain(places.inside(at))
        .any(|at| places.tag(at) == "a")
}

#[cfg(test)]
mod tests {
    use super::super::dom::Document;
    use super::*;

    fn chosen(page: &str, given: &[(Place, &str)]) -> Option<String> {
        let page = Document::parse(page);
        let claims: Vec<&str> = given.iter().map(|(_, text)| *text).collect();
        let places = Places::new(&page, &claims);
        let given: Vec<Given> = given
            .iter()
            .map(|(place, text)| (*place, (*text).to_owned()))
            .collect();
        choose(&places, &given).map(|(_, text)| text)
    }

    #[test]
    fn a_second_heading_may_be_the_headline() {
        let given = [
            (Place::Record, "Selen ferry sinking: what we know"),
            (Place::Heading, "Selen ferry sinking: what we know"),
            (Place::Networks, "The ferry that nobody missed"),
            (Place::Window, "Selen ferry sinking: what we know"),
        ];
        let text = "<p>The ferry went down off Selen on Monday night, and the harbour master, Ada Lorne, \
                    said on Tuesday that nobody had reported it missing for nine hours.</p>";
        let page = |heading: &str| {
            format!(
                "<main><article><h1>{}</h1>{heading}{text}</article></main>",
                given[1].1
            )
        };
        for (heading, expected) in [
            ("<h2>The ferry that nobody missed</h2>", given[2].1),
            (
                "<h2><a href='/a'>The ferry that nobody missed</a></h2>",
                given[1].1,
            ),
            (
                "<footer><p>The ferry that nobody missed</p></footer>",
                given[1].1,
            ),
        ] {
            assert_eq!(chosen(&page(heading), &given).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_more_places_give_counts() {
        let given = [
            (Place::Record, "Ferry sinks off Selen"),
            (Place::Heading, "Sinking: nobody missed the ferry"),
            (Place::Networks, "Ferry sinks off Selen"),
        ];
        assert_eq!(chosen("", &given).as_deref(), Some("Ferry sinks off Selen"));
        assert_eq!(chosen("", &given[..2]).as_deref(), Some(given[1].1));
        assert_eq!(chosen("", &[]), None);
    }
}
