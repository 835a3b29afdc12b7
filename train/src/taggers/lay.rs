//! In: a document of a set. Out: examples for the tagger: the program's own tokens and sentences,
//! hints and all, with the set's labels laid over them, so that training sees what tagging sees.

use annotate::{Annotator, training};
use model::Document;
use tagger::{Example, Model, Word};

use super::set::{Kind, Named, Source};

/// Parts of speech over our tokens: a token that covers several of the set's takes the last one
/// that is no mark (`16-year-old`: adjective).
pub(crate) fn speech(annotator: &Annotator, source: &Source, labels: &[String]) -> Vec<Example> {
    let doc = training::segment(annotator, &source.text);
    let words = training::words(annotator, &doc);
    let mut tags: Vec<Option<u8>> = Vec::with_capacity(doc.tokens.len());
    let mut next = 0;
    for token in &doc.tokens {
        while source
            .words
            .get(next)
            .is_some_and(|(at, _)| at.end <= token.span.start())
        {
            next += 1;
        }
        let mut tag = None;
        let covered = source.words[next..]
            .iter()
            .take_while(|(at, _)| at.start < token.span.end());
        for (_, name) in covered {
            let found = labels
                .iter()
                .position(|label| label == name)
                .map(|i| i as u8);
            if tag.is_none() || name != "PUNCT" {
                tag = found.or(tag);
            }
        }
        tags.push(tag);
    }
    examples(&doc, &words, |at| tags[at])
}

/// Names over our tokens.
pub(crate) fn names(
    annotator: &Annotator,
    source: &Source,
    tags: &Model,
    loose: bool,
) -> Vec<Example> {
    let mut doc = training::segment(annotator, &source.text);
    let mut words = training::words(annotator, &doc);
    training::tag(tags.clone(), &mut doc, &mut words);
    let mut labels = vec![0u8; doc.tokens.len()];
    let names: Vec<Named> = if loose {
        source
            .names
            .iter()
            .filter_map(|n| proper(annotator, &doc, n))
            .collect()
    } else {
        source
            .names
            .iter()
            .map(|n| bare(annotator, &doc, n))
            .collect()
    };
    for (range, kind) in names {
        let first = doc.tokens.partition_point(|t| t.span.start() < range.start);
        let end = doc.tokens.partition_point(|t| t.span.end() <= range.end);
        for (at, label) in labels.iter_mut().enumerate().take(end).skip(first) {
            *label = 1 + 2 * kind.number() + u8::from(at > first);
        }
    }
    // The sets differ in whether they mark "Afghan"; here it is always a name of another kind.
    for (at, token) in doc.tokens.iter().enumerate() {
        let capital = doc.get(token.span).starts_with(char::is_uppercase);
        if labels[at] == 0 && capital && training::is_demonym(annotator, token.key) {
            labels[at] = 1 + 2 * Kind::Other.number();
        }
    }
    examples(&doc, &words, |at| Some(labels[at]))
}

/// A person without titles, any name without its article.
fn bare(annotator: &Annotator, doc: &Document, (range, kind): &Named) -> Named {
    let mut range = range.clone();
    let first = doc.tokens.partition_point(|t| t.span.start() < range.start);
    for token in &doc.tokens[first..] {
        if token.span.end() >= range.end {
            break;
        }
        let title = *kind == Kind::Person && training::is_title(annotator, token.key);
        let article = *kind != Kind::Other && doc.get(token.span).eq_ignore_ascii_case("the");
        if !(title || article) {
            break;
        }
        let next = doc
            .tokens
            .partition_point(|t| t.span.start() <= token.span.start());
        let Some(next) = doc.tokens.get(next) else {
            break;
        };
        range.start = next.span.start();
    }
    (range, *kind)
}

/// The proper name inside a mention of a set that marks whole phrases ("the city of Mosul", "a new
/// Prime Minister"); `None` where there is none.
fn proper(annotator: &Annotator, doc: &Document, (range, kind): &Named) -> Option<Named> {
    let first = doc.tokens.partition_point(|t| t.span.start() < range.start);
    let end = doc.tokens.partition_point(|t| t.span.end() <= range.end);
    let tokens = doc.tokens.get(first..end)?;
    let text = |at: usize| doc.get(tokens[at].span);
    let capital = |at: usize| text(at).starts_with(char::is_uppercase);
    let plain = |at: usize| {
        !capital(at)
            || text(at) == "The"
            || *kind == Kind::Person && training::is_title(annotator, tokens[at].key)
    };
    // The last run of capitals, small words allowed inside.
    let last = (0..tokens.len()).rev().find(|at| capital(*at))?;
    let mut start = last;
    let inner = |at: usize| {
        let small = text(at);
        let of = *kind == Kind::Organisation && matches!(small, "of" | "for" | "and" | "the" | "&");
        of || matches!(small, "-" | "al" | "bin" | "’" | "'")
    };
    let mut at = last;
    while at > 0 {
        at -= 1;
        if capital(at) {
            start = at;
        } else if !inner(at) {
            break;
        }
    }
    while start < last && plain(start) {
        start += 1;
    }
    let outside = last + 1 < tokens.len() && *kind != Kind::Place;
    if plain(start) || outside || training::is_demonym(annotator, tokens[last].key) && start == last
    {
        return None;
    }
    let country = training::is_country(annotator, tokens[start..=last].iter().map(|t| t.key));
    let kind = if country { Kind::Place } else { *kind };
    Some((tokens[start].span.start()..tokens[last].span.end(), kind))
}

/// One example a sentence; sentences with a word without label are left out.
fn examples(doc: &Document, words: &[Word], label: impl Fn(usize) -> Option<u8>) -> Vec<Example> {
    doc.sentences
        .iter()
        .filter_map(|sentence| {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let labels: Option<Vec<u8>> = range.clone().map(&label).collect();
            Some(Example {
                words: words[range].to_vec(),
                labels: labels?,
            })
        })
        .filter(|example| !example.words.is_empty())
        .collect()
}
