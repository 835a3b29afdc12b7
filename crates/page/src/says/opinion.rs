//! Opinion pieces. In: what a page says of itself, and its text. Out: the words by which it is known as somebody's
//! opinion: its section, its address, its headline, or that its writer says "I" outside all quotes. Refuses what only
//! speaks of an opinion: a word in the middle of a headline is none.

/// Names of sections, as pages, headlines and addresses write them, in lower case.
const SECTIONS: [&str; 32] = [
    "opinion",
    "opinions",
    "op-ed",
    "oped",
    "op-eds",
    "editorial",
    "editorials",
    "comment",
    "commentary",
    "commentisfree",
    "columnist",
    "columnists",
    "column",
    "viewpoint",
    "viewpoints",
    "perspective",
    "letters",
    "letters to the editor",
    "meinung",
    "kommentar",
    "kommentare",
    "leitartikel",
    "kolumne",
    "gastbeitrag",
    "opinión",
    "opinion-es",
    "opiniones",
    "tribuna",
    "tribune",
    "tribunes",
    "éditorial",
    "chronique",
];
/// Segments of an address that name other things as well as sections: they count in headlines and sections alone.
const NOT_IN_ADDRESSES: [&str; 4] = ["comment", "column", "perspective", "tribune"];
/// So many words for oneself, and one in so many of all words, are a writer's own voice.
const LEAST_SELF: usize = 3;
const ONE_IN: usize = 120;

/// The words that say that a page is an opinion piece.
pub(crate) fn sign<'a>(
    section: Option<&'a str>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    text: &'a str,
    english: bool,
) -> Option<&'a str> {
    section
        .filter(|section| is_section(section))
        .or_else(|| url.and_then(in_address))
        .or_else(|| title.and_then(in_title))
        .or_else(|| first_person(text).filter(|_| english))
}

fn is_section(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    SECTIONS.contains(&name.as_str())
}

/// The segment of an address that names a section of opinions.
fn in_address(url: &str) -> Option<&str> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let host = path
        .split('/')
        .next()
        .and_then(|host| host.split('.').next());
    let mut segments = path.split('/').skip(1).collect::<Vec<_>>();
    // The last one is the article's own.
    segments.pop()?;
    segments
        .into_iter()
        .chain(host)
        .find(|segment| is_section(segment) && !NOT_IN_ADDRESSES.contains(segment))
}

/// The label in front of a headline or behind it: "Opinion: …", "… | Editorial".
fn in_title(title: &str) -> Option<&str> {
    const MARKS: [char; 5] = [':', '|', '–', '—', '•'];
    let first = title.split(MARKS).next()?.trim();
    let last = title.rsplit(['|', '–', '—']).next()?.trim();
    [first, last]
        .into_iter()
        .find(|label| label.len() < title.trim().len() && is_section(label))
}

/// The first words for oneself of a text that has many of them outside quote marks.
fn first_person(text: &str) -> Option<&str> {
    let (mut own, mut words, mut first) = (0, 0, None);
    for line in text.lines() {
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

    #[test]
    fn sections_are_told() {
        let of = |url, title| sign(None, url, title, "", true);
        assert_eq!(
            of(Some("https://post.example/opinion/2031/bridge"), None),
            Some("opinion")
        );
        assert_eq!(
            of(Some("https://meinung.post.example/a/b"), None),
            Some("meinung")
        );
        assert_eq!(of(None, Some("Opinion: Close the bridge")), Some("Opinion"));
        assert_eq!(
            of(None, Some("Close the bridge | Editorial")),
            Some("Editorial")
        );
        assert_eq!(of(Some("https://post.example/news/opinion"), None), None);
        assert_eq!(
            of(None, Some("Court gives its opinion: bridge stays")),
            None
        );
        assert_eq!(of(None, Some("Opinion")), None);
    }

    #[test]
    fn the_writer_says_i() {
        let own = "I have crossed the bridge for years. My father built it, and I know every bolt.";
        assert_eq!(sign(None, None, None, own, true), Some("I"));
        let quoted =
            "“I know it. I built it. My father built it,” she said. King Aldo I opened it.";
        assert_eq!(sign(None, None, None, quoted, true), None);
    }
}
