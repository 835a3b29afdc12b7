//! In: a document's tokens and sentences. Out: the words that the taggers read, each hashed once,
//! with what the lists and the whole document say of it.

use model::{Document, TokenClass};
use tagger::Word;

use super::lexicon::{
    BODIED, CAPITAL_ELSEWHERE, FIRST, GIVEN, HEADLINE, HONORIFIC, INSIDE, INTRODUCED, Lexicon,
    ORG_HEAD, ORG_SUFFIX, PERSONAL, RANK, ROLE, RUN_END, RUN_START, SMALL_ELSEWHERE, STOP, WITHIN,
};

/// Most capitals in a row that are a person's full name rather than a heading or a list.
const RUN: usize = 3;

/// Fewest words of a line for it to count as a headline by its capitals.
const HEADLINE_WORDS: usize = 4;

/// The words of a document, one a token.
pub(crate) fn words(doc: &Document, lexicon: &Lexicon) -> Vec<Word> {
    let uses = Uses::of(doc, lexicon);
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
            let capital = text.starts_with(char::is_uppercase);
            let mut hints = if capital {
                lexicon.capital(token.key)
            } else {
                lexicon.word(token.key)
            };
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

/// Capitals in a row, so far.
#[derive(Default)]
struct Run {
    /// How many, titles left out.
    len: usize,
    /// Keys of the first and the last.
    first: u64,
    last: u64,
    /// What the lists say of the word before.
    bits: u32,
    /// Whether the word before the run is "in".
    within: bool,
}

/// How each word is written across a document: open addressing, at most half full.
struct Uses {
    slots: Vec<(u64, u32)>,
}

impl Uses {
    fn of(doc: &Document, lexicon: &Lexicon) -> Self {
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
            let mut run = Run::default();
            for token in tokens {
                if token.class != TokenClass::Word {
                    // What follows a colon or a quote mark may be a sentence's first word.
                    first |= token.span.len() != 1 || doc.get(token.span) != ",";
                    uses.end(&mut run, false);
                    continue;
                }
                let text = doc.get(token.span);
                if text.starts_with(char::is_lowercase) {
                    uses.add(token.key, SMALL_ELSEWHERE);
                    uses.end(&mut run, text == "in");
                } else {
                    if !first {
                        uses.add(token.key, CAPITAL_ELSEWHERE);
                    }
                    let bits = lexicon.capital(token.key);
                    // "The", "On": a capital because a sentence begins.
                    if bits & STOP != 0 && first {
                        uses.end(&mut run, false);
                    } else {
                        uses.go_on(&mut run, token.key, bits);
                    }
                }
                first = false;
            }
            uses.end(&mut run, false);
        }
        uses
    }

    /// Takes in the next capital of a run.
    fn go_on(&mut self, run: &mut Run, key: u64, bits: u32) {
        let title = HONORIFIC | RANK | ROLE;
        if run.bits & (GIVEN | PERSONAL | title) != 0 && bits & (title | ORG_HEAD) == 0 {
            self.add(key, INTRODUCED);
        }
        if bits & (ORG_HEAD | ORG_SUFFIX) != 0 && run.len > 0 {
            self.add(run.last, BODIED);
        }
        if bits & title != 0 {
            // A title before a name is no part of it.
            *run = Run {
                bits,
                ..Run::default()
            };
            return;
        }
        if run.len == 0 {
            run.first = key;
        }
        (run.last, run.bits) = (key, bits);
        run.len += 1;
    }

    /// Ends a run; `within` where the word that ends it is "in".
    fn end(&mut self, run: &mut Run, within: bool) {
        if (2..=RUN).contains(&run.len) {
            self.add(run.first, RUN_START);
            self.add(run.last, RUN_END);
        }
        if run.within && run.len == 1 {
            self.add(run.last, WITHIN);
        }
        *run = Run {
            within,
            ..Run::default()
        };
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
