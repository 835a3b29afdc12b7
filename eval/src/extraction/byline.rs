//! In: bylines and window titles, as a set of a reader's test pages keeps them. Out: the names in the
//! one, and whether a headline is what the other opens with. Refuses nothing: it is the truth, tidied.

/// What opens a byline, in the set's languages.
const OPENERS: [&str; 3] = ["by", "par", "von"];
/// What joins the names in one.
const JOINS: [&str; 6] = ["and", "et", "y", "und", "avec", "with"];
/// What stands between a headline and a site's name.
const SEPARATORS: [char; 9] = ['|', '-', '–', '—', '_', '@', ':', '[', '（'];

/// The names in a byline: its first line, without what opens it, its day and addresses.
///
/// The set's bylines are the text of an element, which may hold the day and the paper's name on lines
/// of their own: `By Ada Lorne\n  March 25, 2015`.
pub(super) fn names(byline: &str) -> Vec<&str> {
    let line = byline.trim().lines().next().unwrap_or_default();
    let line = match line.find("(http") {
        Some(at) => &line[..at],
        None => line,
    };
    let digits = |at: usize| line[at..].starts_with(|c: char| c.is_ascii_digit());
    // A day begins with two digits or more: "Ada Lorne22 Dec 2016".
    let day = line
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| digits(*at) && line.get(at + 1..at + 2).is_some_and(|_| digits(at + 1)));
    let line = line[..day.unwrap_or(line.len())].trim();
    let mut names = vec![""];
    let (mut start, mut at) = (0, 0);
    for word in line.split_inclusive(' ') {
        let (from, bare) = (at, word.trim().trim_start_matches('('));
        at += word.len();
        let opens = start == from && OPENERS.contains(&bare.to_lowercase().as_str());
        if opens || JOINS.contains(&bare) {
            start = at;
            names.push("");
            continue;
        }
        if let Some(name) = names.last_mut() {
            *name = &line[start..at];
        }
        if bare.ends_with(',') {
            start = at;
            names.push("");
        }
    }
    names
        .into_iter()
        .map(|name| name.trim_matches([' ', ',', ')']))
        .filter(|name| !name.is_empty() && !is_degree(name))
        .collect()
}

/// `MA`, `PhD` behind a name's comma.
fn is_degree(name: &str) -> bool {
    name.len() <= 3 && name.chars().all(|c| c.is_ascii_alphabetic())
}

/// Whether a headline is all of a window's title but the site's name.
pub(super) fn is_headline_of(found: &str, window: &str) -> bool {
    let Some(rest) = window.strip_prefix(found).filter(|_| !found.is_empty()) else {
        return false;
    };
    rest.is_empty() || rest.trim_start().starts_with(SEPARATORS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_hold_names_and_more() {
        for (byline, expected) in [
            ("By Ada Lorne\n      March 25, 2015", vec!["Ada Lorne"]),
            ("by Ada Lorne22 Dec 2016", vec!["Ada Lorne"]),
            (
                "Ada Lorne (avec Bo Tarn et Cy Ames)",
                vec!["Ada Lorne", "Bo Tarn", "Cy Ames"],
            ),
            ("By Ada Lorne, MA", vec!["Ada Lorne"]),
            ("Ada Lorne, Bo Tarn", vec!["Ada Lorne", "Bo Tarn"]),
            ("Ada Lorne (http://a.example/ada/)", vec!["Ada Lorne"]),
        ] {
            assert_eq!(names(byline), expected, "{byline}");
        }
    }

    #[test]
    fn windows_name_their_site() {
        assert!(is_headline_of("Ferry sinks", "Ferry sinks | Harbour Post"));
        assert!(is_headline_of("Ferry sinks", "Ferry sinks"));
        assert!(!is_headline_of("Ferry", "Ferry sinks | Harbour Post"));
        assert!(!is_headline_of("", "Ferry sinks"));
    }
}
