//! What sort of piece a page is. In: what it says of itself, and its text. Out: the genres that it shows, each with
//! the words that show it, from `data/genre.txt`: its own record, its section, its address, its headline; or the
//! form of its text: a writer who says "I" outside all quotes, entries with their times, parts about different
//! things. Refuses what only speaks of it: a word in the middle of a headline is no label.

use std::sync::LazyLock;

use model::Genre;

use super::parts::{Paragraph, entry_time, is_apart};

/// So many words for oneself, and one in so many of all words, are a writer's own voice.
const LEAST_SELF: usize = 3;
const ONE_IN: usize = 120;

/// Words of the data file and where they stand, as their letters say.
struct Sign {
    places: &'static str,
    words: &'static str,
}

/// The signs of one genre, or of notes.
fn signs(section: &str) -> Vec<Sign> {
    let file = super::sections(include_str!("../../data/genre.txt"));
    let lines = file.get(section).into_iter().flatten();
    lines
        .filter_map(|line| line.split_once(' '))
        .map(|(places, words)| Sign { places, words })
        .collect()
}

static SIGNS: LazyLock<Vec<(Genre, Vec<Sign>)>> = LazyLock::new(|| {
    let of = |genre: Genre| (genre, signs(genre.name()));
    Genre::ALL.into_iter().map(of).collect()
});
static NOTES: LazyLock<Vec<Sign>> = LazyLock::new(|| signs("note"));

/// What a page says of itself that may tell its genre.
#[derive(Clone, Copy, Default)]
pub(crate) struct Page<'a> {
    /// The types of its own record.
    pub types: &'a [String],
    pub section: Option<&'a str>,
    pub url: Option<&'a str>,
    pub title: Option<&'a str>,
    pub paragraphs: &'a [Paragraph<'a>],
    pub english: bool,
}

/// The genres that a page shows, in their order, each with the words that show it.
pub(crate) fn read<'a>(page: &Page<'a>) -> Vec<(Genre, &'a str)> {
    let signed = |genre| {
        let (_, signs) = SIGNS.iter().find(|(of, _)| *of == genre)?;
        said(signs, page)
    };
    let mut found = Vec::new();
    for genre in Genre::ALL {
        let says = match genre {
            Genre::Opinion => signed(genre).or_else(|| first_person(page).filter(|_| page.english)),
            Genre::LiveBlog => signed(genre).or_else(|| entry_time(page.paragraphs)),
            Genre::RoundUp => {
                let label = signed(genre);
                is_apart(page.paragraphs, page.title, label.is_some())
                    .map(|parts| label.unwrap_or(parts))
            }
            Genre::Gallery | Genre::Correction => signed(genre),
        };
        found.extend(says.map(|says| (genre, says)));
    }
    found
}

/// Whether a paragraph is what the desk says of the article itself: that an earlier version was wrong.
pub(crate) fn is_note(paragraph: &str) -> bool {
    let low = paragraph.trim_start_matches(|c: char| !c.is_alphanumeric());
    let low = low.to_lowercase();
    NOTES.iter().any(|note| match note.places {
        "o" => low.starts_with(note.words),
        _ => low.contains(note.words),
    })
}

/// The words of a page that are one of these signs.
fn said<'a>(signs: &[Sign], page: &Page<'a>) -> Option<&'a str> {
    let among = |place: char, words: &str| {
        let words = words.trim().to_lowercase().replace('\u{2019}', "'");
        let of = |sign: &Sign| sign.places.contains(place) && sign.words == words;
        signs.iter().any(of)
    };
    let typed = |name: &&String| {
        let of = |sign: &Sign| sign.places.contains('t') && sign.words == name.as_str();
        signs.iter().any(of)
    };
    let types = page.types.iter().find(typed).map(String::as_str);
    types
        .or_else(|| page.section.filter(|section| among('s', section)))
        .or_else(|| page.url.and_then(|url| in_address(url, &among)))
        .or_else(|| page.title.and_then(|title| in_title(title, signs, &among)))
}

/// The part of an address that is such a name.
fn in_address<'a>(url: &'a str, among: &dyn Fn(char, &str) -> bool) -> Option<&'a str> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let host = path
        .split('/')
        .next()
        .and_then(|host| host.split('.').next());
    let mut segments = path.split('/').skip(1).collect::<Vec<_>>();
    // The last one is the article's own.
    segments.pop()?;
    let segment = segments.into_iter().find(|segment| among('a', segment));
    segment.or(host.filter(|host| among('h', host)))
}

/// The label in front of a headline or behind it ("Opinion: …", "… | Editorial"), the headline itself, or the words
/// in it.
fn in_title<'a>(
    title: &'a str,
    signs: &[Sign],
    among: &dyn Fn(char, &str) -> bool,
) -> Option<&'a str> {
    const MARKS: [char; 5] = [':', '|', '–', '—', '•'];
    let title = title.trim();
    let first = title.split(MARKS).next()?.trim();
    let last = title.rsplit(['|', '–', '—']).next()?.trim();
    let label = [first, last]
        .into_iter()
        .find(|label| label.len() < title.len() && among('l', label));
    let words = || {
        let low = title.to_lowercase();
        let at = |sign: &Sign| match sign.places {
            places if places.contains('p') => low.find(sign.words),
            places if places.contains('e') && low.ends_with(sign.words) => {
                let at = low.len() - sign.words.len();
                low[..at].ends_with([' ', ':', ',']).then_some(at)
            }
            _ => None,
        };
        let (at, len) = signs
            .iter()
            .find_map(|sign| Some((at(sign)?, sign.words.len())))?;
        // Where small letters are longer than large ones the places do not agree.
        Some(title.get(at..at + len).unwrap_or(title))
    };
    label
        .or_else(|| Some(title).filter(|title| among('w', title)))
        .or_else(words)
}

/// The first words for oneself of a text that has many of them outside quote marks.
fn first_person<'a>(page: &Page<'a>) -> Option<&'a str> {
    let (mut own, mut words, mut first) = (0, 0, None);
    for (line, _) in page.paragraphs {
        let mut quoted = false;
        let mut before = "";
        for word in line.split_whitespace() {
            let marks = word.chars().filter(|c| *c == '"').count();
            let (opens, closes) = (
                word.contains(['“', '«', '„', '‘']),
                word.contains(['”', '»']),
            );
            let inside = quoted || opens || marks > 0;
            quoted = match (opens, closes) {
                (true, true) => false,
                (true, false) => true,
                (false, true) => false,
                (false, false) => quoted ^ (marks % 2 == 1),
            };
            words += 1;
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && !"'’".contains(c));
            // "Elizabeth I", "World War I".
            let numbered = bare == "I"
                && before.starts_with(char::is_uppercase)
                && !before.ends_with(['.', '!', '?', ',', ':']);
            let mine = matches!(
                bare,
                "I" | "I'm"
                    | "I’m"
                    | "I've"
                    | "I’ve"
                    | "I'd"
                    | "I’d"
                    | "I'll"
                    | "I’ll"
                    | "my"
                    | "My"
            );
            if mine && !inside && !numbered {
                own += 1;
                first = first.or(Some(bare));
            }
            before = word;
        }
    }
    first.filter(|_| own >= LEAST_SELF && own * ONE_IN >= words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: Option<&'static str>, title: Option<&'static str>) -> Vec<(Genre, &'static str)> {
        read(&Page {
            url,
            title,
            english: true,
            ..Page::default()
        })
    }

    #[test]
    fn sections_are_told() {
        let opinion = |words| vec![(Genre::Opinion, words)];
        assert_eq!(
            of(Some("https://post.example/opinion/2031/bridge"), None),
            opinion("opinion")
        );
        assert_eq!(
            of(Some("https://meinung.post.example/a/b"), None),
            opinion("meinung")
        );
        assert_eq!(
            of(None, Some("Opinion: Close the bridge")),
            opinion("Opinion")
        );
        assert_eq!(
            of(None, Some("Close the bridge | Editorial")),
            opinion("Editorial")
        );
        assert_eq!(of(Some("https://post.example/news/opinion"), None), []);
        assert_eq!(of(None, Some("Court gives its opinion: bridge stays")), []);
        assert_eq!(of(None, Some("Opinion")), []);
    }

    #[test]
    fn headlines_name_their_form() {
        for (title, genre, says) in [
            (
                "Ferry fire off Quell: live updates",
                Genre::LiveBlog,
                "live updates",
            ),
            (
                "Fähre brennt vor Quell – Liveticker",
                Genre::LiveBlog,
                "Liveticker",
            ),
            ("En direct : incendie à bord", Genre::LiveBlog, "En direct"),
            (
                "The fire on the Selma Rose in pictures",
                Genre::Gallery,
                "in pictures",
            ),
            ("En imágenes: el incendio", Genre::Gallery, "En imágenes"),
            ("Correction: Fire on ferry", Genre::Correction, "Correction"),
            ("Berichtigung", Genre::Correction, "Berichtigung"),
        ] {
            assert_eq!(of(None, Some(title)), [(genre, says)], "{title}");
        }
        for title in [
            "Band plays live in Quell",
            "The correction of a river",
            "Photos lost in fire",
        ] {
            assert_eq!(of(None, Some(title)), [], "{title}");
        }
    }

    #[test]
    fn the_writer_says_i() {
        let voice = |text: &'static str| {
            let page = Page {
                paragraphs: &[(text, false)],
                english: true,
                ..Page::default()
            };
            let says = read(&page).first().map(|(_, says)| (*says).to_owned());
            says.unwrap_or_default()
        };
        let own = "I have crossed the bridge for years. My father built it, and I know every bolt.";
        assert_eq!(voice(own), "I");
        let quoted =
            "“I know it. I built it. My father built it,” she said. King Aldo I opened it.";
        assert_eq!(voice(quoted), "");
    }

    #[test]
    fn a_desk_speaks_of_its_article() {
        assert!(is_note("Correction: The bridge is 80 metres long."));
        assert!(is_note(
            "(An earlier version of this article gave another length.)"
        ));
        assert!(is_note(
            "In einer früheren Version dieses Artikels war die Länge falsch."
        ));
        assert!(!is_note("The correction of the river took ten years."));
    }
}
