//! In: the blocks of an article. Out: its tokens; every character that is not white space lies in
//! exactly one. Refuses nothing: any Unicode text has tokens, in linear time.
//!
//! A word keeps its inner hyphens, apostrophes and digits (`Inter-Services`, `16-year-old`,
//! `O'Hara`) and the full stop of an abbreviation (`Gen.`, `U.S.`, `J.`). English contractions are
//! split as in Universal Dependencies: `Veska` + `'s`, `did` + `n't`, `they` + `'ll`; so a name has
//! one key with and without its genitive. French elisions are words of their own: `l'` + `eau`. A number keeps its separators (`1,800`, `19:49`, `2.5`);
//! one with letters is a word (`1990s`, `4th`). Marks stand alone; runs of one mark (`...`, `--`)
//! are one token. Scripts that write without spaces get a token a character.

use std::cell::RefCell;

use model::{Document, Span, Tag, Text, Token, TokenClass};
use rust_stemmers::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

use crate::keys::{fold, is_apostrophe};
use crate::language::{Abbreviation, Language};

/// What the splitter of sentences needs to know of a token beyond what it keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dot {
    /// No full stop inside the token.
    None,
    /// An abbreviation of the language.
    Abbreviation(Abbreviation),
    /// One letter: `J.`
    Initial,
    /// Letters each with a stop: `U.S.`
    Acronym,
}

/// Adds the tokens of a block to the document and tells for each what its full stop is.
pub(crate) fn of_block(doc: &mut Document, block: Span, language: &Language, dots: &mut Vec<Dot>) {
    let Document {
        article, tokens, ..
    } = doc;
    let mut scanner = Scanner {
        text: &article.text,
        words: article.text.get(block),
        base: block.start(),
        language,
        tokens,
        dots,
        folded: Vec::with_capacity(32),
    };
    scanner.run();
}

struct Scanner<'a> {
    text: &'a Text,
    words: &'a str,
    base: usize,
    language: &'a Language,
    tokens: &'a mut Vec<Token>,
    dots: &'a mut Vec<Dot>,
    folded: Vec<u8>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(c) = char_at(self.words, at) {
            at = match sort_of(c) {
                Sort::Space => at + c.len_utf8(),
                Sort::Letter | Sort::Digit => self.word(at),
                Sort::Alone => {
                    let end = at + c.len_utf8();
                    self.push(at, end, TokenClass::Word, Dot::None);
                    end
                }
                Sort::Mark => self.mark(at, c),
            };
        }
    }

    /// A run of one mark where runs mean something, or one mark.
    fn mark(&mut self, at: usize, c: char) -> usize {
        let mut end = at + c.len_utf8();
        if matches!(
            c,
            '.' | '-' | '*' | '_' | '=' | '~' | '·' | '\u{2014}' | '\u{2013}'
        ) {
            while char_at(self.words, end) == Some(c) {
                end += c.len_utf8();
            }
        }
        // Marks that modify an emoji or a mark belong to it.
        while let Some(next) = char_at(self.words, end).filter(|&next| is_extender(next)) {
            end += next.len_utf8();
        }
        self.push(at, end, TokenClass::Mark, Dot::None);
        end
    }

    /// A word or number that starts at `at`; gives where it ends.
    fn word(&mut self, at: usize) -> usize {
        if let Some(end) = self.address(at) {
            self.push(at, end, TokenClass::Word, Dot::None);
            return end;
        }
        let mut end = at;
        let mut letters = false;
        let mut digits = false;
        // Where the apostrophe stands that comes last, for contractions.
        let mut apostrophe = None;
        while let Some(c) = char_at(self.words, end) {
            let after = end + c.len_utf8();
            match sort_of(c) {
                Sort::Letter => letters |= !is_extender(c),
                Sort::Digit => digits = true,
                _ => {
                    let last = self.words[..end].chars().next_back();
                    let next = char_at(self.words, after).map(|n| (n, sort_of(n)));
                    if !joins(c, last, next, letters) {
                        break;
                    }
                    if is_apostrophe(c) {
                        if self.elides(at, end) {
                            self.push(at, after, TokenClass::Word, Dot::None);
                            return after;
                        }
                        apostrophe = Some(end);
                    }
                }
            }
            end = after;
        }
        if self.language.english
            && letters
            && let Some(split) = apostrophe.and_then(|mark| contraction(self.words, at, mark, end))
        {
            self.push(at, split, TokenClass::Word, Dot::None);
            self.push(split, end, TokenClass::Word, Dot::None);
            return end;
        }
        if letters && self.words[end..].starts_with('.') {
            let dot = self.dot(&self.words[at..end]);
            let ellipsis = self.words[end + 1..].starts_with('.');
            if dot != Dot::None && !ellipsis {
                self.push(at, end + 1, TokenClass::Word, dot);
                return end + 1;
            }
        }
        let class = if digits && !letters {
            TokenClass::Number
        } else {
            TokenClass::Word
        };
        self.push(at, end, class, Dot::None);
        end
    }

    /// Whether what stands before an apostrophe is a word of its own: `l'` + `eau`.
    fn elides(&mut self, from: usize, to: usize) -> bool {
        if self.language.elided.is_empty() {
            return false;
        }
        fold(&self.words[from..to], &mut self.folded);
        self.language.elided.contains(xxh3_64(&self.folded))
    }

    /// What a full stop behind a word makes of it.
    fn dot(&self, word: &str) -> Dot {
        if let Some(kind) = self.language.abbreviation(word) {
            return Dot::Abbreviation(kind);
        }
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        match (letters.next(), letters.next()) {
            (Some(one), None) if one.is_uppercase() && word.len() == one.len_utf8() => Dot::Initial,
            (Some(_), Some(_)) if is_acronym(word) => Dot::Acronym,
            _ => Dot::None,
        }
    }

    /// Where a web or e-mail address that starts at `at` ends.
    fn address(&self, at: usize) -> Option<usize> {
        let rest = &self.words[at..];
        let scheme = ["http://", "https://", "www."].iter().any(|s| {
            rest.get(..s.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(s))
        });
        if !scheme {
            return None;
        }
        let stop = rest.find(|c: char| sort_of(c) == Sort::Space || "<>\"”’«»".contains(c));
        let address = &rest[..stop.unwrap_or(rest.len())];
        let trimmed = address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        (trimmed.len() > 8).then_some(at + trimmed.len())
    }

    fn push(&mut self, from: usize, to: usize, class: TokenClass, dot: Dot) {
        let Ok(span) = self.text.span(self.base + from..self.base + to) else {
            return;
        };
        fold(&self.words[from..to], &mut self.folded);
        let key = xxh3_64(&self.folded);
        let stem = match (class, self.language.stemmer) {
            (TokenClass::Word, Some(algorithm)) => stem(key, &self.folded, algorithm),
            _ => key,
        };
        let stop = class == TokenClass::Mark || self.language.stop.contains(key);
        self.tokens.push(Token {
            span,
            key,
            stem,
            class,
            tag: Tag::Unknown,
            stop,
        });
        self.dots.push(dot);
    }
}

/// Stems that a thread keeps at hand; a collision only costs the work again.
const STEMS: usize = 1 << 14;

/// One kept stem: the word's key mixed with the language, and the stem's hash.
type Kept = (u64, u64);

thread_local! {
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// The hash of an English word's stem, as a token of it has it.
pub(crate) fn english_stem(word: &str) -> u64 {
    let mut folded = Vec::with_capacity(word.len());
    fold(word, &mut folded);
    stem(xxh3_64(&folded), &folded, Algorithm::English)
}

/// The hash of a word's stem.
fn stem(key: u64, folded: &[u8], algorithm: Algorithm) -> u64 {
    // Longer words than this are no words of a dictionary, and a stemmer need not be fast on them.
    const LONGEST: usize = 64;
    if folded.len() > LONGEST {
        return key;
    }
    let Ok(word) = std::str::from_utf8(folded) else {
        return key;
    };
    let name = (key ^ (algorithm as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)).max(1);
    KEPT.with_borrow_mut(|kept| {
        if kept.is_empty() {
            kept.resize(STEMS, (0, 0));
        }
        let slot = &mut kept[name as usize % STEMS];
        if slot.0 != name {
            let found = Stemmer::create(algorithm).stem(word);
            *slot = (name, xxh3_64(found.as_bytes()));
        }
        slot.1
    })
}

/// What a character is to the tokeniser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Space,
    Letter,
    Digit,
    Mark,
    /// A letter of a script without spaces: a token of its own.
    Alone,
}

fn sort_of(c: char) -> Sort {
    match c {
        'a'..='z' | 'A'..='Z' => Sort::Letter,
        '0'..='9' => Sort::Digit,
        ' '..='~' => {
            if c == ' ' {
                Sort::Space
            } else {
                Sort::Mark
            }
        }
        // Controls, and the invisible ones that web pages leave between words.
        _ if c.is_whitespace() || c.is_control() => Sort::Space,
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}' => Sort::Space,
        '\u{3041}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Sort::Alone,
        _ if c.is_alphabetic() || is_extender(c) => Sort::Letter,
        _ if c.is_numeric() => Sort::Digit,
        _ => Sort::Mark,
    }
}

/// Whether a character only modifies the one before it.
fn is_extender(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{93c}' | '\u{94d}' | '\u{9cd}' | '\u{e31}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether the mark `c` joins what stands before it in a word to what comes.
fn joins(c: char, last: Option<char>, next: Option<(char, Sort)>, letters: bool) -> bool {
    let (Some(last), Some((next, sort))) = (last, next) else {
        return false;
    };
    let (before, after) = (sort_of(last), sort);
    match c {
        _ if is_apostrophe(c) => {
            // ‘ before a letter opens a quotation, except where a page writes it for an apostrophe.
            before == Sort::Letter && after == Sort::Letter
        }
        '-' | '\u{2010}' | '\u{2011}' => match (before, after) {
            // 20-25 is a range; F-16, 16-year and 1990s-era are words.
            (Sort::Digit, Sort::Digit) => letters,
            (Sort::Letter | Sort::Digit, Sort::Letter | Sort::Digit) => true,
            _ => false,
        },
        ',' | ':' => !letters && before == Sort::Digit && after == Sort::Digit,
        '.' => match (before, after) {
            (Sort::Digit, Sort::Digit) => true,
            // U.S, a.m, example.com; a capital behind a small letter starts a sentence.
            (Sort::Letter, Sort::Letter) => last.is_uppercase() || next.is_lowercase(),
            _ => false,
        },
        '@' | '_' | '&' => {
            matches!(before, Sort::Letter | Sort::Digit)
                && matches!(after, Sort::Letter | Sort::Digit)
        }
        _ => false,
    }
}

/// Whether every letter stands alone between stops: `U.S`, `a.m`.
fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1)
}

/// Where an English contraction splits, given where its last apostrophe stands.
fn contraction(words: &str, start: usize, mark: usize, end: usize) -> Option<usize> {
    let tail = words.get(mark..end)?.trim_start_matches(is_apostrophe);
    let is = |ending: &str| tail.eq_ignore_ascii_case(ending);
    if is("s") || is("ll") || is("re") || is("ve") || is("d") || is("m") {
        return (mark > start).then_some(mark);
    }
    if is("t") {
        let n = words
            .get(..mark)?
            .char_indices()
            .next_back()
            .filter(|(_, c)| "nN".contains(*c))?
            .0;
        return (n > start).then_some(n);
    }
    None
}

fn char_at(words: &str, at: usize) -> Option<char> {
    let bytes = words.as_bytes();
    match bytes.get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        Some(_) => words.get(at..)?.chars().next(),
        None => None,
    }
}
