//! In: the title and the lines of a page. Out: what it is where it stands in the place of an article: an
//! error page, a wall of consent, a check for robots, a shell. Refuses to judge a page of many words. The
//! phrases are in `data/no_article.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::SkipReason;

use crate::furniture::shape::norm;
use crate::says::sections;

/// Words of such a page at most; where its title does not say so.
const WORDS: usize = 120;
const WORDS_UNTITLED: usize = 60;
/// Lines of it that are looked at, and bytes of one.
const LINES: usize = 4;
const LINE_BYTES: usize = 300;
/// Bytes of a title that says so, at most: a headline about error pages is longer.
const TITLE_BYTES: usize = 80;

/// What a page of nothing but links is.
pub(crate) const LINKS: &str = "a list of links";
/// What a page without text is that has scripts, and one that has none.
pub(crate) const SHELL: &str = "a page that its scripts fill";
pub(crate) const NO_TEXT: &str = "hardly any text";

static PHRASES: LazyLock<HashMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| sections(include_str!("../data/no_article.txt")));

/// The sections, in the order in which they are asked: a check for robots speaks of cookies too.
const KINDS: [&str; 4] = [
    "an error page",
    "a check for robots",
    "a wall of consent",
    SHELL,
];

/// What a page of these lines is, where it is no article.
pub(crate) fn what<'a>(
    title: Option<&'a str>,
    lines: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'static str> {
    let count = |line: &str| line.split_whitespace().count();
    let words: usize = lines.clone().map(count).sum();
    if words > WORDS {
        return None;
    }
    let titled = title.filter(|title| title.len() < TITLE_BYTES);
    let few = words < WORDS_UNTITLED;
    let lines = lines.take(if few { LINES } else { 0 });
    let texts: Vec<String> = titled.into_iter().chain(lines).map(norm).collect();
    kind_of(texts.iter().filter(|text| text.len() < LINE_BYTES))
}

/// Why nothing was read from a page that has no text: by its title, all its visible words, and whether it
/// has scripts.
pub(crate) fn of_empty(title: Option<&str>, visible: &str, scripts: bool) -> &'static str {
    let texts = [norm(title.unwrap_or_default()), norm(visible)];
    let few = visible.split_whitespace().count() <= WORDS;
    let told = kind_of(texts.iter().filter(|_| few));
    told.unwrap_or(if scripts && few { SHELL } else { NO_TEXT })
}

/// The reason that names what a page is.
pub(crate) fn reason(what: &str) -> SkipReason {
    SkipReason::NoPage(what.to_owned())
}

fn kind_of<'a>(texts: impl Iterator<Item = &'a String> + Clone) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| {
        let phrases = PHRASES.get(kind).map_or(&[][..], Vec::as_slice);
        let holds = |text: &String| phrases.iter().any(|phrase| text.contains(phrase));
        texts.clone().any(holds)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_phrases() {
        for kind in KINDS {
            let phrases = PHRASES.get(kind).expect(kind);
            assert!(
                phrases.iter().all(|phrase| norm(phrase) == *phrase),
                "{kind}"
            );
        }
        assert_eq!(PHRASES.len(), KINDS.len());
    }

    #[test]
    fn walls_say_what_they_are() {
        let cases = [
            ("Seite nicht gefunden", "Zur Startseite", "an error page"),
            (
                "Le Quai",
                "La page demandée n'existe plus.",
                "an error page",
            ),
            (
                "Un momento",
                "Verifica que eres humano para seguir.",
                "a check for robots",
            ),
            (
                "Il Molo",
                "Abbiamo a cuore la tua privacy",
                "a wall of consent",
            ),
            ("O Cais", "Ative o JavaScript para ler.", SHELL),
        ];
        for (title, line, expected) in cases {
            let lines = [line].into_iter();
            assert_eq!(what(Some(title), lines), Some(expected), "{title}");
            assert_eq!(of_empty(Some(title), line, true), expected, "{title}");
        }
        let story = ["The town's site answered “page not found” for a week, and nobody knows why it did.";
            12];
        assert_eq!(what(Some("Town without a page"), story.into_iter()), None);
        assert_eq!(of_empty(None, "Home", false), NO_TEXT);
    }
}
