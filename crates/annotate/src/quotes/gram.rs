//! In: a token, what the lexicon knows of it and what stands before it. Out: what it is in its sentence, as the patterns
//! read it. Refuses nothing: what no class fits is [`Gram::Other`].

use model::{Document, NameKind, Tag, Token, TokenClass};

use super::cues::{Closed, Word};

/// What an item is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "grammar's own words")]
pub enum Gram {
    Personal,
    Object,
    Determiner,
    Relative,
    That,
    Question,
    Auxiliary,
    Negation,
    Preposition,
    Subordinator,
    Conjunction,
    Adverb,
    Time,
    Possessive,
    Name,
    Noun,
    Adjective,
    Number,
    Verb,
    Comma,
    Colon,
    /// A mark that ends a sentence or a half of one.
    Stop,
    Dash,
    OpenBracket,
    CloseBracket,
    Other,
    Quote,
}

impl Gram {
    /// Whether a noun phrase can begin so.
    pub fn starts_phrase(self) -> bool {
        use Gram::*;
        matches!(
            self,
            Personal | Determiner | Name | Noun | Adjective | Number
        )
    }

    /// Whether a noun phrase can end so.
    pub fn ends_phrase(self) -> bool {
        use Gram::*;
        matches!(
            self,
            Personal | Object | Name | Noun | Number | Determiner | CloseBracket
        )
    }
}

/// A word, a mark or a whole quoted stretch.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Bytes of the text.
    pub start: usize,
    /// One past them.
    pub end: usize,
    /// Its class.
    pub gram: Gram,
    /// The token's key; 0 for a quoted stretch.
    pub key: u64,
    /// The quoted stretch, an index into the paragraph's list.
    pub quote: Option<usize>,
    /// What the lexicon knows of the word.
    pub word: Word,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it ends as a participle does (`going`).
    pub ing: bool,
    /// The sentence that the splitter puts it in.
    pub sentence: usize,
}

/// Whether a word that the tagger takes for another kind is part of a name: `Oskar` at the start of
/// a sentence, `am` in `Lindau am See`.
pub fn is_of_name(doc: &Document, token: &Token, word: &Word, gram: Gram, capital: bool) -> bool {
    let strange = match capital {
        true => {
            // `Jan` and `April` are people as well.
            gram != Gram::Name
                && token.class == TokenClass::Word
                && word.closed.is_none_or(|closed| closed == Closed::Time)
        }
        false => matches!(gram, Gram::Auxiliary | Gram::Verb),
    };
    if !strange {
        return false;
    }
    let next = doc
        .names
        .partition_point(|name| name.span.start() <= token.span.start());
    doc.names[..next].last().is_some_and(|name| {
        name.span.contains(token.span)
            && match capital {
                true => matches!(name.kind, NameKind::Person | NameKind::Organisation),
                false => name.span.start() < token.span.start(),
            }
    })
}

/// The class of a token, behind the item before it.
pub fn gram_of(
    token: &Token,
    word: &Word,
    text: &str,
    capital: bool,
    before: Option<&Item>,
) -> Gram {
    match token.class {
        TokenClass::Mark => return text.chars().next().map_or(Gram::Other, mark),
        TokenClass::Number => return Gram::Number,
        TokenClass::Word => {}
    }
    if matches!(text, "'s" | "’s" | "'" | "’")
        && before.is_some_and(|b| matches!(b.gram, Gram::Name | Gram::Noun | Gram::Number))
    {
        return Gram::Possessive;
    }
    if let Some(closed) = word.closed {
        // `May` and `Will` are names as well.
        let name =
            capital && before.is_some() && token.tag == Tag::Propn && closed == Closed::Modal;
        // `US` is no pronoun.
        let acronym = closed == Closed::Object && text.chars().all(char::is_uppercase);
        if !name && !acronym {
            return match closed {
                Closed::Personal => Gram::Personal,
                Closed::Object => Gram::Object,
                Closed::Determiner | Closed::ObjectDeterminer | Closed::Genitive => {
                    Gram::Determiner
                }
                Closed::Relative | Closed::Owner => Gram::Relative,
                Closed::That => Gram::That,
                Closed::Question => Gram::Question,
                Closed::Be | Closed::Modal | Closed::Auxiliary => Gram::Auxiliary,
                Closed::Negation => Gram::Negation,
                Closed::Origin | Closed::Preposition => Gram::Preposition,
                Closed::Subordinator | Closed::Likewise => Gram::Subordinator,
                Closed::Conjunction | Closed::Contrast => Gram::Conjunction,
                Closed::Adverb => Gram::Adverb,
                Closed::Time => Gram::Time,
            };
        }
    }
    match token.tag {
        Tag::Noun => Gram::Noun,
        Tag::Propn => Gram::Name,
        Tag::Adj => Gram::Adjective,
        Tag::Verb => Gram::Verb,
        Tag::Aux => Gram::Auxiliary,
        Tag::Adv => Gram::Adverb,
        Tag::Num => Gram::Number,
        Tag::Adp => Gram::Preposition,
        Tag::Det => Gram::Determiner,
        Tag::Pron => Gram::Personal,
        Tag::Cconj => Gram::Conjunction,
        Tag::Sconj => Gram::Subordinator,
        Tag::Part => Gram::Other,
        Tag::Unknown => untagged(word, text, capital, before),
        _ => Gram::Other,
    }
}

/// A guess from the word's shape, for texts that nothing tagged.
fn untagged(word: &Word, text: &str, capital: bool, before: Option<&Item>) -> Gram {
    let determined = before.is_some_and(|b| {
        matches!(
            b.gram,
            Gram::Determiner | Gram::Possessive | Gram::Adjective
        )
    });
    if (word.cue.is_some() || word.particle) && !determined && !capital {
        return Gram::Verb;
    }
    if capital {
        return Gram::Name;
    }
    if determined {
        return Gram::Noun;
    }
    if text.ends_with("ly") {
        Gram::Adverb
    } else if text.ends_with("ing") || (text.ends_with("ed") && text.len() > 4) {
        Gram::Verb
    } else {
        Gram::Noun
    }
}

/// What a mark is in a sentence, in the scripts of news.
pub fn mark(c: char) -> Gram {
    match c {
        ',' | '،' | '、' | '，' => Gram::Comma,
        ':' | '：' => Gram::Colon,
        '.' | '!' | '?' | ';' | '…' | '。' | '؟' | '！' | '？' | '；' | '।' | '۔' | '։' => {
            Gram::Stop
        }
        '—' | '–' | '―' | '-' | '−' => Gram::Dash,
        '(' | '[' | '{' => Gram::OpenBracket,
        ')' | ']' | '}' => Gram::CloseBracket,
        _ => Gram::Other,
    }
}
