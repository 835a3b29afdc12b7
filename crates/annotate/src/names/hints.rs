//! In: a document's tokens and sentences. Out: the words that the taggers read, each hashed once,
//! with what the lists and the whole document say of it.

use model::{Document, TokenClass};
use tagger::Word;

use super::lexicon::{CAPITAL_ELSEWHERE, FIRST, HEADLINE, INSIDE, Lexicon, SMALL_ELSEWHERE};

/// Fewest words of a line for it to count as a headline by its capitals.
const HEADLINE_WORDS: usize = 4;

/// The words of a document, one a token.
pub(crate) fn words(doc: &Document, lexicon: &Lexicon) -> Vec<Word> {
    let uses = Uses::of(doc);
    let mut words = Vec::with_capacity(doc.tokens.len());
    let mut lowered = String::new();
    for sentence in &doc.sentences {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let Some(tokens) = doc.tokens.get(range.clone()) else {
            continue;
        };
        words.resize(range.start, Word::new("", 0));
        let line = Line::of(doc, tokens);
        let mut inside: (usize, u32) = (0, 0);
        let mut marks = true;
        for (at, token) in tokens.iter().enumerate() {
            let text = doc.get(token.span);
            let mut hints = lexicon.word(token.key);
            let capital = text.starts_with(char::is_uppercase);
            if inside.0 > 0 {
                hints |= inside.1 | INSIDE;
                inside.0 -= 1;
            } else if capital
                && let Some((len, bits)) = lexicon.place(tokens[at..].iter().map(|t| t.key))
            {
                hints |= bits;
                inside = (len - 1, bits);
            }
            if capital {
                hints |= uses.get(token.key);
            }
            if marks {
                hints |= FIRST;
            }
            marks &= token.class == TokenClass::Mark;
            if line != Line::Plain {
                hints |= HEADLINE;
            }
            let shown = if line == Line::Capitals && token.class == TokenClass::Word {
                small_but_first(text, &mut lowered);
                lowered.as_str()
            } else {
                text
            };
            words.push(Word::new(shown, hints));
        }
    }
    words.resize(doc.tokens.len(), Word::new("", 0));
    words
}

/// "WASHINGTON" as "Washington".
fn small_but_first(text: &str, out: &mut String) {
    out.clear();
    let mut chars = text.chars();
    out.extend(chars.next());
    out.extend(chars.flat_map(char::to_lowercase));
}

/// How a line is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    Plain,
    /// Nearly every word with a capital.
    Title,
    /// All letters capitals.
    Capitals,
}

impl Line {
    /// How these tokens are written.
    pub(crate) fn of(doc: &Document, tokens: &[model::Token]) -> Self {
        let (mut long, mut capitals, mut upper) = (0, 0, 0);
        for token in tokens
            .iter()
            .filter(|t| t.class == TokenClass::Word && t.span.len() > 3)
        {
            let text = doc.get(token.span);
            long += 1;
            if text.starts_with(char::is_uppercase) {
                capitals += 1;
                upper += usize::from(!text.chars().any(char::is_lowercase));
            } else if long > 8 && capitals * 2 < long {
                return Self::Plain;
            }
        }
        match long {
            _ if long >= 2 && upper == long => Self::Capitals,
            _ if long >= HEADLINE_WORDS && capitals * 10 >= long * 9 => Self::Title,
            _ => Self::Plain,
        }
    }
}

/// How each word is written across a document: open addressing, at most half full.
struct Uses {
    slots: Vec<(u64, u32)>,
}

impl Uses {
    fn of(doc: &Document) -> Self {
        let size = (doc.tokens.len() * 2).next_power_of_two().max(2);
        let mut uses = Self {
            slots: vec![(0, 0); size],
        };
        for sentence in &doc.sentences {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let Some(tokens) = doc.tokens.get(range) else {
                continue;
            };
            if Line::of(doc, tokens) != Line::Plain {
                continue;
            }
            let mut first = true;
            for token in tokens {
                if token.class != TokenClass::Word {
                    // What follows a colon or a quote mark may be a sentence's first word.
                    first |= token.span.len() != 1 || doc.get(token.span) != ",";
                    continue;
                }
                let text = doc.get(token.span);
                if text.starts_with(char::is_lowercase) {
                    uses.add(token.key, SMALL_ELSEWHERE);
                } else if !first {
                    uses.add(token.key, CAPITAL_ELSEWHERE);
                }
                first = false;
            }
        }
        uses
    }

    fn add(&mut self, key: u64, bits: u32) {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at].1 != 0 && self.slots[at].0 != key {
            at = (at + 1) & mask;
        }
        self.slots[at] = (key, self.slots[at].1 | bits);
    }

    fn get(&self, key: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.slots[at] {
                (_, 0) => return 0,
                (found, bits) if found == key => return bits,
                _ => at = (at + 1) & mask,
            }
        }
    }
}
