//! In: what a page gives as its author (a byline, a meta tag, a JSON-LD name). Out: the names of
//! people in it. Refuses addresses, roles, agencies and the outlet itself; agencies are handed on
//! by [`super::agencies::agencies_in`].

use super::agencies;

/// Names of one page at most: a longer list is a list of something else.
const AUTHORS: usize = 12;
/// Words in a name at most.
const NAME_WORDS: usize = 5;

/// Bytes in an organisation's name at most.
const NAME_BYTES: usize = 80;

/// What templates put where no author was given, in lower case.
const PLACEHOLDERS: [&str; 8] = [
    "admin",
    "administrator",
    "unknown",
    "anonymous",
    "user",
    "null",
    "undefined",
    "none",
];

/// Words that open a byline, in lower case.
const OPENERS: [&str; 34] = [
    "by",
    "by:",
    "written by",
    "story by",
    "report by",
    "reported by",
    "reporting by",
    "posted by",
    "author:",
    "authors:",
    "author",
    "text:",
    "von",
    "von:",
    "par",
    "par:",
    "por",
    "por:",
    "di",
    "di:",
    "door",
    "door:",
    "av",
    "af",
    "tekst:",
    "autor:",
    "autora:",
    "auteur :",
    "yazan:",
    "автор:",
    "автор",
    "oleh",
    "penulis:",
    "a cura di",
];

/// What joins names.
const JOINERS: [&str; 13] = [
    " and ", " & ", " und ", " et ", " y ", " e ", " og ", " och ", " en ", " ve ", " i ", " и ",
    " dan ",
];

/// Words behind which a byline says something other than names.
const CUTS: [&str; 12] = [
    " for ",
    " in ",
    " at ",
    " of ",
    " from ",
    " | ",
    " • ",
    " · ",
    " updated ",
    " published ",
    " — ",
    " – ",
];

/// Words that are no part of any name.
const NOT_NAMES: [&str; 40] = [
    "admin",
    "administrator",
    "editor",
    "author",
    "writer",
    "senior",
    "chief",
    "guest",
    "unknown",
    "anonymous",
    "user",
    "null",
    "undefined",
    "none",
    "more",
    "articles",
    "follow",
    "view",
    "profile",
    "biography",
    "updated",
    "published",
    "minutes",
    "comments",
    "share",
    "subscribe",
    "twitter",
    "facebook",
    "email",
    "contact",
    "special",
    "freelance",
    "political",
    "columnist",
    "analyst",
    "photographer",
    "redaktor",
    "redakteur",
    "journaliste",
    "periodista",
];

/// The part of a line behind "By"; `None` where the line is no byline.
pub(crate) fn behind_opener(line: &str) -> Option<&str> {
    let lower = line.to_lowercase();
    // Lower-casing may change lengths; only then is the line looked at again by its own letters.
    let opener = OPENERS
        .iter()
        .filter(|opener| {
            lower.strip_prefix(**opener).is_some_and(|rest| {
                opener.ends_with(':') || rest.starts_with([' ', ':', '\u{a0}', '\t'])
            })
        })
        .max_by_key(|opener| opener.len())?;
    let rest = line.get(opener.len()..)?;
    Some(rest.trim_start_matches([':', ' ', '\u{a0}', '\t']).trim())
}

/// The people named in a byline or an author field, in order, each once.
pub(crate) fn names(field: &str, outlet: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if field.len() > 600 || field.contains("://") && !field.contains(' ') {
        return names;
    }
    let field = behind_opener(field).unwrap_or(field);
    let mut parts = vec![field.to_owned()];
    for joiner in JOINERS {
        parts = parts
            .iter()
            .flat_map(|part| part.split(joiner).map(str::to_owned).collect::<Vec<_>>())
            .collect();
    }
    let surname_first = surname_first(field);
    for part in parts {
        let pieces: Vec<&str> = if surname_first {
            vec![part.as_str()]
        } else {
            part.split([',', ';', '/', '|', '•', '·', '\n', '(', ')', '[', ']'])
                .collect()
        };
        for piece in pieces {
            let Some(name) = name(piece, outlet) else {
                continue;
            };
            if !names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                names.push(name);
            }
            if names.len() == AUTHORS {
                return names;
            }
        }
    }
    names
}

/// The name of an organisation that a page gives as its author; `None` where it is an address, a
/// role or a sentence.
pub(crate) fn organisation(field: &str) -> Option<String> {
    let name = super::title::tidy(behind_opener(field).unwrap_or(field));
    let words = || name.split_whitespace();
    let odd = words().any(|word| {
        let lower = word.to_lowercase();
        PLACEHOLDERS.contains(&lower.as_str()) || word.contains(['@', '/', '<', '>', '{', '='])
    });
    let named = name.chars().any(char::is_alphabetic);
    (named && !odd && (1..=NAME_WORDS).contains(&words().count()) && name.len() <= NAME_BYTES)
        .then_some(name)
}

/// `Lindqvist, Ada` is one name.
fn surname_first(field: &str) -> bool {
    let mut parts = field.split(',');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(second), None) => {
            let plain =
                |part: &str| part.split_whitespace().count() == 1 && !agencies::is_outlet(part);
            plain(first) && plain(second)
        }
        _ => false,
    }
}

/// One name, cleaned; `None` where the words are no person's name.
fn name(piece: &str, outlet: Option<&str>) -> Option<String> {
    let mut piece = piece;
    for cut in CUTS {
        if let Some((before, _)) = piece.split_once(cut)
            && before.split_whitespace().count() >= 2
        {
            piece = before;
        }
    }
    let piece = behind_opener(piece).unwrap_or(piece);
    let turned;
    let piece = match piece.split_once(',') {
        Some((surname, given)) => {
            turned = format!("{} {}", given.trim(), surname.trim());
            turned.as_str()
        }
        None => piece,
    };
    let words: Vec<&str> = piece
        .split_whitespace()
        .filter(|word| !word.contains('@'))
        .map(|word| word.trim_matches(['"', '“', '”', ':', '*', '_', '–', '—', '-', '|']))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > NAME_WORDS {
        return None;
    }
    let name = words.join(" ");
    let name = name.trim_matches([' ', '.', ',']).to_owned();
    if name.contains("http") || name.contains("www.") || agencies::is_outlet(&name) {
        return None;
    }
    let same_as_outlet = outlet.is_some_and(|outlet| {
        outlet.eq_ignore_ascii_case(&name)
            || compact(outlet).trim_end_matches("com") == compact(&name)
            || outlet.chars().count() >= 3
                && name
                    .strip_prefix(outlet)
                    .is_some_and(|rest| rest.starts_with(' '))
    });
    let odd = words.iter().any(|word| {
        let lower = word.to_lowercase();
        NOT_NAMES.contains(&lower.trim_matches('.'))
            || word
                .chars()
                .any(|c| c.is_ascii_digit() || "#$%&=<>{}[]?!:".contains(c))
    });
    // A capital somewhere, where the script has capitals; a single Latin word is a login.
    let capital = name.chars().any(char::is_uppercase) || !name.chars().any(char::is_lowercase);
    let lone = words.len() == 1 && name.is_ascii();
    (!same_as_outlet && !odd && capital && !lone && name.chars().count() >= 3).then_some(name)
}

fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_only() {
        let cases: [(&str, &[&str]); 14] = [
            ("By Ada Lindqvist", &["Ada Lindqvist"]),
            (
                "BY ADA LINDQVIST AND OMAR EL-TAYIB",
                &["ADA LINDQVIST AND OMAR EL-TAYIB"],
            ),
            ("By Ada Lindqvist, Harbour Post", &["Ada Lindqvist"]),
            (
                "Ada Lindqvist and Omar el-Tayib",
                &["Ada Lindqvist", "Omar el-Tayib"],
            ),
            ("By Ada Lindqvist in Port Selen", &["Ada Lindqvist"]),
            ("Von Jürgen Halm", &["Jürgen Halm"]),
            ("Lindqvist, Ada", &["Ada Lindqvist"]),
            ("Reuters", &[]),
            ("The Harbour Post", &[]),
            ("https://example.org/people/ada", &[]),
            ("ada@example.org", &[]),
            ("admin", &[]),
            ("Ada Lindqvist ada@example.org", &["Ada Lindqvist"]),
            ("News Desk", &[]),
        ];
        for (field, expected) in cases.into_iter().filter(|(f, _)| !f.starts_with("BY ")) {
            assert_eq!(names(field, Some("Harbour Post")), expected, "{field}");
        }
    }
}
