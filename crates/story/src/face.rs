//! How a story presents itself: the headline that serves as its title, its days, its place and its
//! keywords.
//!
//! In: a story's documents, their bags and names. Out: positions, dates and passages, all from the
//! sources; no word is written here.

use model::{
    ArticleIx, DamageKind, Document, Mention, NameIx, NameKind, Precision, StoryName, TokenClass,
    When,
};

use crate::group::Bags;
use crate::terms::{dot, term, top};

/// Words and marks at the start of a text that say where it happened.
const WHERE_WORDS: usize = 60;

/// Keywords of a story, at most, and the heaviest words that they are chosen from.
const KEYWORDS: usize = 8;
const KEYWORDS_FROM: usize = 40;

/// Words of a headline that says what happened without telling it all.
const SHORTEST: usize = 4;
const LONGEST: usize = 18;

/// What a headline keeps of its score if it is cut off, asks, shouts, or is too short or long.
const CUT: f32 = 0.6;
const ODD: f32 = 0.8;
const TOO_SHORT: f32 = 0.5;

/// The article whose headline is closest to what all articles and headlines say, a position in
/// `docs`; ties go to the earlier one. `sum` is the articles' bags together.
pub(crate) fn title_from(docs: &[&Document], bags: &[Bags], sum: &Bags) -> ArticleIx {
    let mut best = (f32::NEG_INFINITY, ArticleIx::default());
    for (at, (doc, bag)) in ArticleIx::all().zip(docs.iter().zip(bags)) {
        let others = (sum.titled - bag.titled).max(1.0);
        let central = (dot(&bag.title, &sum.title) - bag.titled) / others
            + dot(&bag.title, &sum.all) / sum.members.max(1.0);
        let clear = doc.article.title.as_deref().map_or(-1.0, clearness);
        let damaged = doc.damage.iter().any(|d| d.kind != DamageKind::Charset);
        // A bonus of a tenth decides between headlines where the words say nothing.
        let score = (0.1 + central) * clear * if damaged { ODD } else { 1.0 };
        if score > best.0 {
            best = (score, at);
        }
    }
    best.1
}

/// How well a headline reads, from its shape alone.
fn clearness(title: &str) -> f32 {
    let words = title.split_whitespace().count();
    let mut clear = 1.0;
    if words < SHORTEST {
        clear *= TOO_SHORT;
    }
    if words > LONGEST {
        clear *= ODD;
    }
    if title.ends_with("...") || title.ends_with('\u{2026}') {
        clear *= CUT;
    }
    if title.ends_with('?') {
        clear *= ODD;
    }
    if title.chars().any(char::is_lowercase) {
        clear
    } else {
        clear * ODD
    }
}

/// Words that say that something is at the place behind them.
const LOCATIVE: [&str; 5] = ["in", "at", "near", "outside", "on"];

/// Part of a story's articles that must say at their start that it is at a place.
const PLACED: usize = 3;

/// The one place that articles begin with as where it happens: in a dateline, or behind "in", "at",
/// "near"; a name of the story. `None` where less than a third of them do, or where two places are
/// named as often.
pub(crate) fn place(docs: &[&Document], names: &[StoryName]) -> Option<NameIx> {
    let mut ranks: Vec<(usize, NameIx)> = Vec::new();
    for (index, name) in NameIx::all().zip(names) {
        if name.kind == NameKind::Place {
            let at = |m: &&Mention| happens_at(docs[m.article], m);
            let mut there: Vec<ArticleIx> =
                name.mentions.iter().filter(at).map(|m| m.article).collect();
            there.dedup();
            ranks.push((there.len(), index));
        }
    }
    ranks.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let (most, place) = *ranks.first()?;
    let next = ranks.get(1).map_or(0, |rank| rank.0);
    (PLACED * most >= docs.len() && most > next).then_some(place)
}

/// Whether a mention at the start of an article says where it happens.
fn happens_at(doc: &Document, mention: &Mention) -> bool {
    let first = doc
        .tokens
        .partition_point(|t| t.span.start() < mention.span.start());
    if first > WHERE_WORDS {
        return false;
    }
    let before = first.checked_sub(1).map(|at| doc.get(doc.tokens[at].span));
    let behind = doc
        .tokens
        .iter()
        .find(|t| t.span.start() >= mention.span.end());
    let dateline =
        first < 2 && behind.is_some_and(|t| matches!(doc.get(t.span), "-" | "–" | "—" | "," | "("));
    dateline || before.is_some_and(|word| LOCATIVE.iter().any(|at| word.eq_ignore_ascii_case(at)))
}

/// The words and names that tell the story from others, heaviest first, each where an article has it
/// first. In a story of several articles two must have it.
pub(crate) fn keywords(docs: &[&Document], sum: &Bags) -> Vec<Mention> {
    let least = if docs.len() > 1 { 2.0 } else { 1.0 };
    let known = |wanted: u32| {
        let at = sum.seen.binary_search_by_key(&wanted, |entry| entry.0);
        at.is_ok_and(|at| sum.seen[at].1 >= least)
    };
    let mut found: Vec<Mention> = Vec::new();
    for (wanted, _) in top(&sum.all, KEYWORDS_FROM) {
        if found.len() >= KEYWORDS {
            break;
        }
        if !known(wanted) {
            continue;
        }
        let here = ArticleIx::all().zip(docs).find_map(|(article, doc)| {
            let word = doc
                .tokens
                .iter()
                .find(|t| t.class == TokenClass::Word && term(t.stem) == wanted)?;
            let name = doc.names.iter().find(|name| name.span.contains(word.span));
            let span = name.map_or(word.span, |name| name.span);
            Some(Mention { article, span })
        });
        let words = |mention: &Mention| docs[mention.article].get(mention.span).to_lowercase();
        let fresh = |mention: &Mention| {
            let new = words(mention);
            !found
                .iter()
                .map(&words)
                .any(|old| old.contains(&new) || new.contains(&old))
        };
        found.extend(here.filter(fresh));
    }
    found
}

/// First and last day on which the articles were published.
pub(crate) fn days(docs: &[&Document]) -> Option<When> {
    let dates = || {
        docs.iter()
            .filter_map(|doc| doc.article.published)
            .map(|p| p.date)
    };
    let (start, end) = (dates().min()?, dates().max()?);
    Some(When {
        start,
        end,
        time: None,
        precision: Precision::Day,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_plain_headline_reads_best() {
        let plain = clearness("Harbour bridge closed after crack is found");
        for worse in [
            "Harbour bridge closed after...",
            "Bridge shut",
            "HARBOUR BRIDGE CLOSED NOW",
        ] {
            assert!(clearness(worse) < plain, "{worse}");
        }
    }
}
