//! In: statements that no other article is known to make. Out: a passage for each sentence or clause of
//! them that can be read by itself and makes a claim. A clause that hangs on another is told with it; a line that is no
//! sentence (a menu, a byline) is no claim.

use std::collections::HashSet;
use std::ops::Range;

use model::{ArticleIx, Document, Span, Tag, TokenClass};

use crate::clearest::is_whole;
use crate::terms::Said;

/// Content words of a claim at least: "It rained." says little enough.
const LEAST_CONTENT: usize = 2;
/// A clause whose sentence is told already makes the whole sentence a claim only with so many.
const OF_ITS_OWN: usize = 3;

/// The passages that make a claim each, with the statement that each is told by.
pub(crate) fn passages(docs: &[&Document], said: &[Said], stated: &[bool]) -> Vec<(u32, Span)> {
    let mut found = Vec::new();
    // What an article says twice in the same words it says once.
    let mut told: HashSet<(ArticleIx, &[u64])> = HashSet::new();
    let mut from = 0;
    while from < said.len() {
        let sentence = (said[from].article, said[from].sentence);
        let same = |one: &Said| (one.article, one.sentence) == sentence;
        let to = from + said[from..].iter().take_while(|one| same(one)).count();
        let doc = docs[sentence.0];
        for (one, span) in of_sentence(doc, said, from..to, stated) {
            let whole = &said[one as usize];
            if told.insert((whole.article, &whole.content)) {
                found.push((one, span));
            }
        }
        from = to;
    }
    found
}

/// The passages of one sentence that make a claim each, with the statement that each is told by.
fn of_sentence(
    doc: &Document,
    said: &[Said],
    sentence: Range<usize>,
    stated: &[bool],
) -> Vec<(u32, Span)> {
    let mut found: Vec<(u32, Span)> = Vec::new();
    let mut hanging: Option<(u32, Span)> = None;
    let mut before_is_open = false;
    for at in sentence.clone() {
        let one = &said[at];
        if stated[at] {
            before_is_open = false;
            continue;
        }
        let whole = is_whole(doc, one);
        match found.last_mut() {
            Some((_, span)) if !whole && before_is_open => *span = span.hull(one.span),
            _ if whole => {
                // "If it falls," is told with what follows it.
                let lead = hanging.take().filter(|_| before_is_open);
                let span = lead.map_or(one.span, |(_, lead)| lead.hull(one.span));
                found.push((at as u32, span));
            }
            _ => hanging = hanging.or(Some((at as u32, one.span))),
        }
        before_is_open = true;
    }
    let content = |span: Span| {
        doc.tokens[doc.tokens_in(span)]
            .iter()
            .filter(|token| token.class != TokenClass::Mark && !token.stop && token.tag != Tag::Aux)
            .count()
    };
    // "Mattis said on December 3" says nothing of what was said.
    let only_frame = |one: u32, span: Span| {
        let one = &said[one as usize];
        one.frame && one.span == span
    };
    found.retain(|&(one, span)| content(span) >= LEAST_CONTENT && !only_frame(one, span));
    // What hangs on a clause that is told with others is no claim by itself: the sentence is.
    if let Some((one, span)) = hanging
        && let Some(whole) = doc.sentences.get(said[one as usize].sentence as usize)
        && found.is_empty()
        && content(span) >= OF_ITS_OWN
        && ends(doc.get(whole.span))
    {
        found.push((one, whole.span));
    }
    found
}

/// Whether a line ends as sentences do.
fn ends(words: &str) -> bool {
    words
        .trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»“)]".contains(c))
        .ends_with([
            '.', '!', '?', '…', ':', ';', ',', '。', '！', '？', '؟', '।',
        ])
}
