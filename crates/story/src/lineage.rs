//! Which of a story's articles share text that did not arise independently, and which came from
//! which.
//!
//! In: a story's documents, in order of time. Out: its copies, each with its passages, its kind,
//! its direction where something tells it, and the reasons; and the articles that show signs of
//! having been made from something that is not at hand.
//!
//! What a sceptic would ask is answered in this order. Is what they share the articles' own words,
//! or a third party's (quoted speech, a statement, a paragraph)? A third party's words make a
//! shared source, never a copy of one from the other. How much of each is shared? Nearly all of
//! both: a copy; nearly all of one: an excerpt; less: a rewrite. Who had it first? Only where a
//! page says so, where one breaks off, where a machine's hand shows, or where time lies between
//! them; two outlets that credit one agency are copies of the agency, not of each other.

use std::collections::HashMap;

use model::{
    ArticleIx, Copy, CopyKind, Credit, DamageKind, Direction, Document, Mention, NonEmpty, Passage,
    Reason, ReasonKind, Rewrite, SignKind, Span,
};

use crate::furniture::Furniture;
use crate::passages::{Aligned, Speech, Words, align};

/// Part of an article's words that must be shared for it to be "nearly the whole".
const NEARLY_ALL: f64 = 0.8;

/// Part of either article's own words (those that are nobody's speech) that must be shared for one
/// to be made from the other; below it, what they share is a paragraph or a statement that both have
/// from somewhere.
const OWN_PART: f64 = 0.2;

/// Own words shared, at least, for the same.
const OWN_WORDS: usize = 25;

/// Part of the shared passages' words that are equal in a copy or an excerpt; more edits than that
/// make a rewrite, however much of the text is covered.
const VERBATIM: f64 = 0.92;

/// Part of either article's words that must be shared for word-for-word passages to be a rewrite;
/// below it they are paragraphs that both have from somewhere. Chosen with the copies of
/// `cargo xtask eval comparison` and the unplanted pairs of `cargo xtask eval copies`.
const MADE_FROM: f64 = 0.33;

/// Equal words of one passage, and of them the articles' own, from which it was lifted, however
/// small a part of both it is: a statement that two quote does not come with twenty words of one
/// reporter around it. Chosen with `cargo xtask eval copies` (three paragraphs lifted into another
/// report: .10 found without, .79 with; the pairs newly found in giveme5w all share an agency's text).
const LIFTED: usize = 50;
const LIFTED_OWN: usize = 20;

/// Equal words that one passage of a pair must have: shorter runs alone are how any two reports
/// of one event say where it was. Of quoted speech the shortest passage will do.
const ANCHOR: usize = 10;

/// Damaged words that show a machine's hand; one or two may be slips.
const DAMAGED: usize = 3;

/// Seconds between two publications that are more than the noise of two clocks and time zones.
const TIME_GAP: i64 = 6 * 3600;

/// Equal grams that make a pair worth aligning: a passage of eight words has five.
const WORTH_ALIGNING: u32 = 4;

/// Articles with one gram up to which all pairs are counted; beyond, each is paired with the first
/// [`HUBS`] of them, which keeps copies of one report connected at linear cost.
const PAIRED: usize = 12;
const HUBS: usize = 6;

/// The copies among a story's documents, by articles.
pub(crate) fn copies(docs: &[&Document], furniture: &Furniture) -> Vec<Copy> {
    if docs.len() < 2 {
        return Vec::new();
    }
    let words: Vec<Words> = docs.iter().map(|doc| Words::new(doc)).collect();
    candidates(&words)
        .into_iter()
        .filter_map(|(a, b)| {
            let (one, other) = (&words[a.at()], &words[b.at()]);
            let mut shared = align(one, other);
            shared.retain(|passage| !furniture.covers(one, &passage.a));
            judged(one, other, a, b, &shared)
        })
        .collect()
}

/// The documents that share text with another, by articles: tokens are enough to tell.
pub(crate) fn sharing(docs: &[&Document]) -> Vec<ArticleIx> {
    if docs.len() < 2 {
        return Vec::new();
    }
    let words: Vec<Words> = docs.iter().map(|doc| Words::new(doc)).collect();
    let pairs = candidates(&words);
    let mut all: Vec<ArticleIx> = pairs.into_iter().flat_map(|(a, b)| [a, b]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Pairs of articles that share enough grams, by articles.
fn candidates(words: &[Words]) -> Vec<(ArticleIx, ArticleIx)> {
    let mut all: Vec<(u64, ArticleIx)> = Vec::with_capacity(words.iter().map(Words::len).sum());
    for (article, words) in ArticleIx::all().zip(words) {
        all.extend(words.grams.iter().map(|&(hash, _)| (hash, article)));
    }
    all.sort_unstable();
    all.dedup();
    // A pair is no hash: taken for one, all pairs of a hub would fall into one place of the table.
    let mut counts: HashMap<(ArticleIx, ArticleIx), u32> = HashMap::new();
    for same in all.chunk_by(|a, b| a.0 == b.0) {
        let hubs = if same.len() <= PAIRED {
            same.len()
        } else {
            HUBS
        };
        for (at, &(_, first)) in same.iter().take(hubs).enumerate() {
            for &(_, second) in &same[at + 1..] {
                *counts.entry((first, second)).or_default() += 1;
            }
        }
    }
    let mut pairs: Vec<(ArticleIx, ArticleIx)> = counts
        .into_iter()
        .filter(|&(_, count)| count >= WORTH_ALIGNING)
        .map(|(pair, _)| pair)
        .collect();
    pairs.sort_unstable();
    pairs
}

/// What the shared passages of a pair come to; `None` where there are none.
fn judged(
    one: &Words,
    other: &Words,
    a: ArticleIx,
    b: ArticleIx,
    shared: &[Aligned],
) -> Option<Copy> {
    let anchored =
        |passage: &Aligned| passage.equal >= ANCHOR || 2 * passage.speech > passage.equal;
    if !shared.iter().any(anchored) {
        return None;
    }
    let passages: Vec<Passage> = shared
        .iter()
        .filter_map(|passage| {
            let (x, y) = spans(one, other, passage)?;
            Some(Passage {
                a: Mention {
                    article: a,
                    span: x,
                },
                b: Mention {
                    article: b,
                    span: y,
                },
            })
        })
        .collect();
    let passages = NonEmpty::new(passages)?;
    let part = |inside: usize, words: &Words| inside as f64 / words.len().max(1) as f64;
    let share_a = part(shared.iter().map(|p| p.a.len()).sum(), one);
    let share_b = part(shared.iter().map(|p| p.b.len()).sum(), other);
    let equal: usize = shared.iter().map(|p| p.equal).sum();
    let speech: usize = shared.iter().map(|p| p.speech).sum();
    let covered: usize = shared.iter().map(|p| p.a.len().max(p.b.len())).sum();
    let verbatim = equal as f64 >= VERBATIM * covered as f64;
    let own = equal.saturating_sub(speech);
    let own_of = |words: &Words| {
        let written = words.speech.iter().filter(|s| **s == Speech::Own).count();
        own as f64 / written.max(1) as f64
    };
    let own_part = own_of(one).max(own_of(other));
    let mangled = damaged(one.doc) >= DAMAGED || damaged(other.doc) >= DAMAGED;
    let paragraphs = verbatim && !mangled && share_a.max(share_b) < MADE_FROM;
    let lifted = verbatim
        && !mangled
        && shared
            .iter()
            .any(|p| p.equal >= LIFTED && p.equal.saturating_sub(p.speech) >= LIFTED_OWN);
    let kind = if (own < OWN_WORDS || own_part < OWN_PART || paragraphs) && !lifted {
        CopyKind::SharedSource
    } else if !verbatim || mangled {
        CopyKind::Rewrite
    } else if share_a.min(share_b) >= NEARLY_ALL {
        CopyKind::Copy
    } else {
        // What was taken over was not edited, however much was left out or added.
        CopyKind::Excerpt
    };
    let mut because = vec![Reason {
        // Whoever has the whole text has it from the article, quoted speech and all.
        kind: if kind == CopyKind::SharedSource && 2 * speech > equal {
            ReasonKind::SharedStatement
        } else {
            ReasonKind::SharedPassages
        },
        articles: vec![a, b],
        words: None,
    }];
    let direction = if kind == CopyKind::SharedSource {
        because.extend(shared_credit(one.doc, other.doc, a, b));
        Direction::Unknown
    } else {
        direction((one.doc, a, share_a), (other.doc, b, share_b), &mut because)
    };
    Some(Copy {
        a,
        b,
        kind,
        direction,
        share_a,
        share_b,
        because,
        passages,
    })
}

/// One side of a pair: the document, its place in the story, and how much of it is shared.
type One<'a> = (&'a Document, ArticleIx, f64);

/// Which came from which, with the reasons that say so; reasons that disagree leave it unknown.
fn direction(a: One, b: One, because: &mut Vec<Reason>) -> Direction {
    let before = because.len();
    let mut signs: Vec<Reason> = Vec::new();
    let common = shared_credit(a.0, b.0, a.1, b.1);
    // Each reason names the article that came from the other first.
    let mut says = |from: &One, of: &One, kind, words: Option<&str>| {
        signs.push(Reason {
            kind,
            articles: vec![from.1, of.1],
            words: words.map(str::to_owned),
        });
    };
    for (from, of) in [(&a, &b), (&b, &a)] {
        if let Some(credit) = credits_outlet(from.0, of.0) {
            says(from, of, ReasonKind::Credit, Some(&credit.line));
        }
        let link = |doc: &Document| {
            doc.article
                .signs
                .iter()
                .find(|s| s.kind == SignKind::SourceLink)
                .cloned()
        };
        if let (Some(sign), None) = (link(from.0), link(of.0)) {
            says(from, of, ReasonKind::SourceLink, Some(&sign.line));
        }
        if damaged(from.0) >= DAMAGED && damaged(of.0) == 0 {
            says(from, of, ReasonKind::DamagedWords, damaged_word(from.0));
        }
        let cut = |doc: &Document| {
            doc.article
                .signs
                .iter()
                .any(|s| s.kind == SignKind::Truncated)
        };
        if cut(from.0) && !cut(of.0) && from.2 >= NEARLY_ALL && of.2 < from.2 {
            says(from, of, ReasonKind::Truncation, None);
        }
        if common.is_none() && later(from.0, of.0) {
            says(from, of, ReasonKind::Dates, None);
        }
    }
    because.extend(common);
    // What a page itself says outweighs what its date suggests.
    let strong = signs.iter().any(|sign| sign.kind != ReasonKind::Dates);
    let told: Vec<&Reason> = signs
        .iter()
        .filter(|s| !strong || s.kind != ReasonKind::Dates)
        .collect();
    let from_a = told.iter().any(|sign| sign.articles[0] == a.1);
    let from_b = told.iter().any(|sign| sign.articles[0] == b.1);
    let direction = match (from_a, from_b) {
        (true, false) => Direction::AFromB,
        (false, true) => Direction::BFromA,
        _ => return Direction::Unknown,
    };
    because.extend(
        signs
            .iter()
            .filter(|s| !strong || s.kind != ReasonKind::Dates)
            .cloned(),
    );
    because[before..].sort();
    direction
}

/// Whether the second page was published well before the first.
fn later(from: &Document, of: &Document) -> bool {
    let (Some(from), Some(of)) = (from.article.published, of.article.published) else {
        return false;
    };
    if from.time.is_some() && of.time.is_some() {
        from.order() - of.order() >= TIME_GAP
    } else {
        from.date > of.date
    }
}

/// The credit by which one page names the other's outlet.
fn credits_outlet<'a>(from: &'a Document, of: &Document) -> Option<&'a Credit> {
    let outlet = of.article.outlet.as_deref()?;
    from.article
        .credits
        .iter()
        .find(|credit| same_outlet(&credit.name, outlet))
}

/// The agency or outlet that both pages credit, or that one credits and the other is.
fn shared_credit(one: &Document, other: &Document, a: ArticleIx, b: ArticleIx) -> Option<Reason> {
    let both = one.article.credits.iter().find(|credit| {
        other
            .article
            .credits
            .iter()
            .any(|c| same_outlet(&c.name, &credit.name))
    })?;
    let words = Some(both.name.clone());
    Some(Reason {
        kind: ReasonKind::Credit,
        articles: vec![a, b],
        words,
    })
}

/// Whether two names are one outlet's: letters and digits alike, or one the initials of the other.
pub(crate) fn same_outlet(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("the"))
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let initials = |short: &[String], long: &[String]| {
        short.len() == 1
            && long.len() > 1
            && long
                .iter()
                .filter_map(|word| word.chars().next())
                .eq(short[0].chars())
    };
    !a.is_empty() && (a.concat() == b.concat() || initials(&a, &b) || initials(&b, &a))
}

/// Words that a filter or a machine translation broke; a wrong charset tells nothing of a text's
/// origin.
fn damaged(doc: &Document) -> usize {
    doc.damage
        .iter()
        .filter(|d| d.kind != DamageKind::Charset)
        .count()
}

fn damaged_word(doc: &Document) -> Option<&str> {
    let first = doc.damage.iter().find(|d| d.kind != DamageKind::Charset)?;
    Some(doc.get(first.span))
}

/// The articles that show signs of having been made from something that is not at hand.
pub(crate) fn rewrites(docs: &[&Document], copies: &[Copy]) -> Vec<Rewrite> {
    let mut found = Vec::new();
    for (article, doc) in ArticleIx::all().zip(docs) {
        let explained = copies.iter().any(|copy| {
            copy.a == article && copy.direction == Direction::AFromB
                || copy.b == article && copy.direction == Direction::BFromA
        });
        if explained {
            continue;
        }
        let reason = |kind, words: Option<&str>| Reason {
            kind,
            articles: vec![article],
            words: words.map(str::to_owned),
        };
        let mut because = Vec::new();
        if damaged(doc) >= DAMAGED {
            because.push(reason(ReasonKind::DamagedWords, damaged_word(doc)));
        }
        if let Some(sign) = doc
            .article
            .signs
            .iter()
            .find(|s| s.kind == SignKind::SourceLink)
        {
            because.push(reason(ReasonKind::SourceLink, Some(&sign.line)));
        }
        if let Some(because) = NonEmpty::new(because) {
            found.push(Rewrite { article, because });
        }
    }
    found
}

/// The passage in the two texts: from its first word to its last, with the marks around a whole
/// sentence where both sides have the whole of one.
fn spans(one: &Words, other: &Words, passage: &Aligned) -> Option<(Span, Span)> {
    let edge = |words: &Words, at: usize| {
        let token = *words.tokens.get(at)? as usize;
        let span = words.doc.tokens[token].span;
        let sentence = words
            .doc
            .sentences
            .get(words.doc.sentence_at(span.start())?)?;
        let inside = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let outside = |token: usize| {
            !inside.contains(&token)
                || words
                    .doc
                    .tokens
                    .get(token)
                    .is_none_or(|t| t.class == model::TokenClass::Mark)
        };
        let first = inside
            .clone()
            .take_while(|&t| outside(t))
            .last()
            .map_or(inside.start, |t| t + 1);
        let last = inside
            .clone()
            .rev()
            .take_while(|&t| outside(t))
            .last()
            .unwrap_or(inside.end);
        Some((span, sentence.span, token == first, token + 1 == last))
    };
    let (a0, b0) = (edge(one, passage.a.start)?, edge(other, passage.b.start)?);
    let (a1, b1) = (
        edge(one, passage.a.end.checked_sub(1)?)?,
        edge(other, passage.b.end.checked_sub(1)?)?,
    );
    let (opens, closes) = (a0.2 && b0.2, a1.3 && b1.3);
    let span = |words: &Words, first: (Span, Span, bool, bool), last: (Span, Span, bool, bool)| {
        let start = if opens {
            first.1.start()
        } else {
            first.0.start()
        };
        let end = if closes { last.1.end() } else { last.0.end() };
        words.doc.article.text.span(start..end).ok()
    };
    Some((span(one, a0, a1)?, span(other, b0, b1)?))
}
