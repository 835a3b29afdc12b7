//! In: a sentence of an article. Out: whether it can be read alone, as a sentence that tells something:
//! no caption, no heading, no words of somebody who is not named; and where it begins behind its dateline.

use model::{BlockKind, Document, Form, NameKind, Sentence, Span, Tag, Token, TokenClass};

use crate::lexicon::{has_word, lexicon};
use crate::nearby::quotes_near;

/// A dateline has so many tokens at most: `PORT ELM, Vossland, March 14 (Agency Name) —` has twelve.
const LONGEST_DATELINE: usize = 18;

/// The tokens of a sentence.
fn tokens<'d>(doc: &'d Document, sentence: &Sentence) -> &'d [Token] {
    let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
    doc.tokens.get(tokens).unwrap_or_default()
}

/// Whether a sentence ends as sentences do; headings and menu lines do not.
fn ends(words: &str) -> bool {
    words
        .trim_end_matches(['"', '”', '’', '\'', ')'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

/// Whether a sentence says that anything is so: headings and captions often do not, and an agency's
/// picture from its files shows another day.
pub(super) fn tells(doc: &Document, sentence: &Sentence) -> bool {
    const FROM_THE_FILES: &str = "FILE";
    let own = tokens(doc, sentence);
    let verb = |token: &Token| matches!(token.tag, Tag::Verb | Tag::Aux);
    let first = own.first().map(|token| doc.get(token.span));
    let block = doc.article.blocks.get(sentence.block as usize);
    let words = doc.get(sentence.span);
    own.iter().any(verb)
        && first.is_none_or(|word| !word.eq_ignore_ascii_case(FROM_THE_FILES))
        && block.is_none_or(|block| block.kind != BlockKind::Heading)
        && ends(words)
        && !credits_a_picture(doc, words)
}

/// Whether words name who made a picture, as captions do: `(AP Photo/Ann Lee)`, `Photo: Ann Lee`.
fn credits_a_picture(doc: &Document, words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    let mut credits = lexicon(doc).credits.iter();
    credits.any(|credit| words.contains(credit)) || words.contains('©')
}

/// Whether a sentence lies within words in quote marks, and the marks do not lie within it.
pub(super) fn within_quotes(doc: &Document, sentence: &Sentence) -> bool {
    quotes_near(doc, sentence.span)
        .iter()
        .filter(|quote| quote.form == Form::Direct)
        .any(|quote| quote.parts.iter().any(|part| part.contains(sentence.span)))
}

/// Whether a sentence is somebody's words, with only a pronoun behind them for who: "…, it added."
pub(super) fn of_a_pronoun(doc: &Document, sentence: &Sentence) -> bool {
    quotes_near(doc, sentence.span).iter().any(|quote| {
        quote.source.is_some_and(|source| {
            sentence.span.contains(source)
                && quote.content().start() < source.start()
                && has_word(&lexicon(doc).pronouns, doc.get(source))
        })
    })
}

/// Whether a sentence can be read without the one before: it does not open with a word that points
/// back, its quote marks are paired and it ends.
pub(super) fn stands_alone(doc: &Document, sentence: &Sentence) -> bool {
    let words = doc.get(sentence.span);
    let first = tokens(doc, sentence)
        .iter()
        .find(|t| t.class != TokenClass::Mark)
        .map(|token| doc.get(token.span));
    let points_back = first.is_none_or(|word| has_word(&lexicon(doc).points_back, word));
    let count = |mark: char| words.chars().filter(|c| *c == mark).count();
    let paired = count('"') % 2 == 0 && count('“') == count('”');
    !points_back && paired && ends(words)
}

/// A sentence without its dateline: `PORT ELM (Agency) — Eva Lund said …`, `PORT ELM: Eva Lund said …`,
/// `PORT ELM (Agency) Eva Lund said …`. Only a sentence that opens its paragraph has one, and a place is
/// named or shouted there, or an agency stands in brackets.
pub(super) fn behind_dateline(doc: &Document, sentence: &Sentence) -> Span {
    let own = tokens(doc, sentence);
    let text = |token: &Token| doc.get(token.span);
    let dash = |token: &Token| matches!(text(token), "-" | "–" | "—" | "--");
    // The dash that a dateline of a sentence of its own left behind.
    let own = &own[own.iter().take_while(|token| dash(token)).count()..];
    let rest = |from: usize| {
        let words = own.get(from..).unwrap_or_default().iter();
        words.map(|token| token.span).reduce(Span::hull)
    };
    let whole = rest(0).unwrap_or(sentence.span);
    let head = &own[..own.len().min(LONGEST_DATELINE)];
    let ahead = doc.article.text.as_str()[..whole.start()].trim_end_matches([' ', '\u{a0}', '\t']);
    if !(ahead.is_empty() || ahead.ends_with('\n')) {
        return whole;
    }
    let bare = |token: &Token| match token.class {
        TokenClass::Number => true,
        TokenClass::Mark => matches!(text(token), "," | "." | "(" | ")" | "/"),
        TokenClass::Word => text(token).starts_with(char::is_uppercase),
    };
    let Some(end) = head.iter().position(|token| !bare(token)) else {
        return whole;
    };
    let shouted = |token: &Token| {
        let word = text(token);
        word.len() > 2
            && word.chars().all(|c| !c.is_lowercase())
            && word.chars().any(char::is_alphabetic)
    };
    let shouted = head.first().is_some_and(shouted);
    let bracket = head[..end].iter().any(|token| text(token) == "(");
    let place = head.first().is_some_and(|first| {
        let at = |name: &model::Name| name.span.start();
        let found = doc.names.binary_search_by_key(&first.span.start(), at);
        found.is_ok_and(|name| doc.names[name].kind == NameKind::Place)
    });
    // Two dashes enclose an aside.
    let one_dash = own.iter().filter(|token| dash(token)).count() == 1;
    let at = match text(&head[end]) {
        "-" | "–" | "—" | "--" if shouted || bracket || place && one_dash => end,
        ":" if place => end,
        // The bracket of an agency that no dash follows.
        _ if shouted && bracket => match head[..end].iter().rposition(|t| text(t) == ")") {
            Some(closed) => closed,
            None => return whole,
        },
        _ => return whole,
    };
    let spaced = own
        .get(at + 1)
        .is_some_and(|next| next.span.start() > own[at].span.end());
    let mut behind = own[at + 1..].iter().filter(|t| t.class != TokenClass::Mark);
    let begins = behind
        .next()
        .is_some_and(|next| text(next).starts_with(|c: char| !c.is_lowercase()));
    match spaced && begins && at > 0 {
        true => rest(at + 1).unwrap_or(whole),
        false => whole,
    }
}
