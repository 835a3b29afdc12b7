//! In: a reason of the program. Out: the fixed phrase for it, with outlets' names and words of a
//! page in it. Refuses to say more than the reason holds.

use model::{Article, Document, Reason, ReasonKind};

/// What is said where nothing leads two outlets back to one voice.
pub const NONE_FOUND: &str = "no shared origin found";

/// The name under which a reader knows an article's publisher: the outlet, else the file's name.
pub fn outlet_of(article: &Article) -> &str {
    match article.outlet.as_deref().map(str::trim) {
        Some(outlet) if !outlet.is_empty() => outlet,
        _ => file_name(&article.path),
    }
}

/// The last part of a path; the whole where it has no parts.
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\'])
        .find(|part| !part.is_empty())
        .unwrap_or(path)
}

/// Puts a reason in words. `docs` are the story's documents in its own order.
pub fn phrase(reason: &Reason, docs: &[&Document]) -> String {
    let articles: Vec<&Article> = reason
        .articles
        .iter()
        .filter_map(|at| docs.get(at.at()))
        .map(|doc| &doc.article)
        .collect();
    let outlets = distinct(articles.iter().map(|article| outlet_of(article)));
    let who = join(&outlets);
    let words = reason
        .words
        .as_deref()
        .map(str::trim)
        .filter(|words| !words.is_empty());
    let quoted = words.map(|words| format!("“{words}”"));
    let with = |phrase: String| match &quoted {
        Some(words) => format!("{phrase}: {words}"),
        None => phrase,
    };
    let many = outlets.len() > 1;
    match reason.kind {
        ReasonKind::Credit => match (outlets.len(), &quoted) {
            (0, _) => with("a page credits its source".into()),
            (_, Some(words)) => {
                format!("{who} {} {words}", if many { "credit" } else { "credits" })
            }
            (1, None) => format!("{who} credits the other"),
            (_, None) => format!("{who} credit the same source"),
        },
        ReasonKind::Dates => with(dates(&articles)),
        ReasonKind::SourceLink => with(if who.is_empty() {
            "a page links to its source".into()
        } else {
            format!("{who} {} to a source", if many { "link" } else { "links" })
        }),
        ReasonKind::DamagedWords => with(place("damaged words", &who)),
        ReasonKind::Truncation => match outlets.len() {
            1 => with(format!("{who} breaks off where the other goes on")),
            _ => with("one breaks off where the other goes on".into()),
        },
        ReasonKind::SharedPassages => with(match articles.len() {
            0 | 1 => "long passages are the same".into(),
            _ if many => format!("long passages are the same in {who}"),
            count => format!("long passages are the same in {} articles", number(count)),
        }),
        ReasonKind::SharedStatement => with(match (outlets.len(), articles.len()) {
            (count, _) if count > 1 => {
                format!("{} outlets quote the same statement", number(count))
            }
            (_, count) if count > 1 => {
                format!("{} articles quote the same statement", number(count))
            }
            _ => "they quote the same statement".into(),
        }),
        ReasonKind::SameSpeaker => with(match (outlets.len(), articles.len()) {
            (count, _) if count > 1 => {
                format!("{} outlets have it from the same speaker", number(count))
            }
            (_, count) if count > 1 => {
                format!("{} articles have it from the same speaker", number(count))
            }
            _ => "it comes from the same speaker".into(),
        }),
        ReasonKind::SameWords => with(match outlets.len() {
            count if count > 1 => format!("{} outlets have it in the same words", number(count)),
            _ => "it stands there in the same words".into(),
        }),
        ReasonKind::Opinion => with("what stands in opinion pieces confirms nothing".into()),
        ReasonKind::UnknownDenial => with(
            "what denies is not known in the language of some: one may deny what another says"
                .into(),
        ),
        ReasonKind::AcrossLanguages => with(
            "in other languages than English like passages are found, not judged: they may differ"
                .into(),
        ),
        ReasonKind::UnnamedSource => with("they may have it from one source".into()),
        ReasonKind::LooseMatch => {
            with("it is not sure that passages of other origin state all of it".into())
        }
        ReasonKind::SameOutlet => with(match outlets.as_slice() {
            [outlet] if articles.len() > 1 => {
                format!(
                    "{} articles are of one outlet, {outlet}",
                    number(articles.len())
                )
            }
            [outlet] => format!("one outlet, {outlet}"),
            _ => "articles of one outlet".into(),
        }),
        ReasonKind::SameOwner => with(format!("{who} belong to one house")),
        ReasonKind::NoSharedOriginFound => {
            with(format!("{NONE_FOUND}, which is no proof of independence"))
        }
        _ => with("for another reason".into()),
    }
}

/// "A (2017-12-04) came before B (2017-12-05)", earliest first.
fn dates(articles: &[&Article]) -> String {
    let mut dated: Vec<_> = articles
        .iter()
        .filter_map(|article| {
            article
                .published
                .map(|p| (p.order(), p.date, outlet_of(article)))
        })
        .collect();
    dated.sort();
    match (dated.first(), dated.last()) {
        (Some(first), Some(last)) if dated.len() > 1 && first.1 != last.1 => {
            format!(
                "{} ({}) came before {} ({})",
                first.2, first.1, last.2, last.1
            )
        }
        (Some(first), Some(last)) if dated.len() > 1 && first.0 != last.0 => {
            format!("{} came before {} on {}", first.2, last.2, last.1)
        }
        _ => "one was published before the other".into(),
    }
}

fn place(what: &str, who: &str) -> String {
    if who.is_empty() {
        what.to_owned()
    } else {
        format!("{what} in {who}")
    }
}

/// The items once each, in order of first appearance.
fn distinct<'a>(items: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut kept: Vec<&str> = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

/// "A", "A and B", "A, B and C"; past four, "A, B, C and 9 more".
pub fn join(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [a, b] => format!("{a} and {b}"),
        [head @ .., last] if items.len() <= 4 => format!("{} and {last}", head.join(", ")),
        _ => format!("{} and {} more", items[..3].join(", "), items.len() - 3),
    }
}

/// Small numbers as words.
fn number(count: usize) -> String {
    const WORDS: [&str; 11] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |&word| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_a_person_writes_them() {
        assert_eq!(join(&[]), "");
        assert_eq!(join(&["A", "B"]), "A and B");
        assert_eq!(join(&["A", "B", "C"]), "A, B and C");
        assert_eq!(join(&["A", "B", "C", "D", "E"]), "A, B, C and 2 more");
        assert_eq!((number(2), number(11)), ("two".into(), "11".into()));
    }

    #[test]
    fn a_path_without_parts_is_its_own_name() {
        assert_eq!(file_name("pages/b.html"), "b.html");
        assert_eq!(file_name("pages/"), "pages");
        assert_eq!(file_name("-"), "-");
        assert_eq!(file_name("/"), "/");
    }
}
