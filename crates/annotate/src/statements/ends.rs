//! In: the tokens of a clause. Out: where its words begin and end: without the marks that bound it,
//! without a quote mark whose other half stands outside, without the conjunction that ties it to
//! the clause before, without the dateline before the first sentence.

use std::ops::Range;

use model::{Document, Span, Tag, Token, TokenClass};

/// A dateline has so many tokens at most: `PORT ELM, Vossland, March 14 (Agency Name) —` has twelve.
const LONGEST_DATELINE: usize = 18;

/// The span of a clause's tokens, from its first word of its own to its last.
pub(super) fn trimmed(doc: &Document, mut range: Range<usize>) -> Option<Span> {
    let text = |token: &Token| doc.get(token.span);
    let outer = |token: &Token| {
        token.class == TokenClass::Mark
            && matches!(text(token), "," | ";" | "-" | "–" | "—" | "--" | ":")
    };
    // A quote mark belongs to the clause only together with its other half.
    let alone = |range: &Range<usize>| {
        let marks = doc.tokens[range.clone()].iter();
        marks.filter(|token| is_quote(text(token))).count() == 1
    };
    while let Some(first) = doc.tokens[range.clone()].first()
        && (outer(first) || is_quote(text(first)) && alone(&range))
    {
        range.start += 1;
    }
    while let Some(last) = doc.tokens[range.clone()].last()
        && (outer(last) || is_quote(text(last)) && alone(&range))
    {
        range.end -= 1;
    }
    // "…, and the crew left": the conjunction ties the clause to the one before. A capital letter
    // opens the sentence and stays.
    if let [first, next, ..] = &doc.tokens[range.clone()]
        && first.tag == Tag::Cconj
        && next.class == TokenClass::Word
        && text(first).starts_with(char::is_lowercase)
    {
        range.start += 1;
    }
    let tokens = &doc.tokens[range];
    let worded = tokens.iter().any(|t| t.class != TokenClass::Mark);
    let (first, last) = (tokens.first()?.span, tokens.last()?.span);
    worded.then(|| first.hull(last))
}

fn is_quote(mark: &str) -> bool {
    matches!(
        mark,
        "\"" | "'" | "’" | "“" | "”" | "„" | "«" | "»" | "‘" | "‹" | "›" | "''" | "``"
    )
}

/// Where the words of a sentence begin behind a dateline: `PORT ELM, Vossland (Agency) — Eva Lund
/// said …`. Only a sentence that opens its paragraph has one, and its place is in capitals or an
/// agency stands behind it in brackets.
pub(super) fn behind_dateline(doc: &Document, range: Range<usize>) -> usize {
    let head = &doc.tokens[range.start..range.end.min(range.start + LONGEST_DATELINE)];
    let text = |token: &Token| doc.get(token.span);
    let Some(dash) = head
        .iter()
        .position(|token| matches!(text(token), "-" | "–" | "—" | "--"))
    else {
        return range.start;
    };
    let before = &head[..dash];
    let shouted = |token: &Token| {
        let word = text(token);
        word.len() > 2
            && word.chars().all(|c| !c.is_lowercase())
            && word.chars().any(char::is_alphabetic)
    };
    let place = before.first().is_some_and(shouted) || before.iter().any(|t| text(t) == "(");
    let bare = before.iter().all(|token| match token.class {
        TokenClass::Number => true,
        TokenClass::Mark => matches!(text(token), "," | "." | "(" | ")" | "/"),
        TokenClass::Word => text(token).starts_with(char::is_uppercase),
    });
    let spaced = head
        .get(dash + 1)
        .is_some_and(|next| next.span.start() > head[dash].span.end());
    let opens = before.first().is_some_and(|first| {
        let text = doc.article.text.as_str();
        let ahead = text[..first.span.start()].trim_end_matches([' ', '\u{a0}', '\t']);
        ahead.is_empty() || ahead.ends_with('\n')
    });
    if place && bare && spaced && opens {
        range.start + dash + 1
    } else {
        range.start
    }
}
