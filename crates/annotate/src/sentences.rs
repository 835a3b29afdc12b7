//! In: an article's blocks. Out: its tokens and sentences. A sentence never crosses a block
//! and ends after [`LONGEST`] tokens; a heading is one. Each sentence of a quotation of several
//! stands alone. Refuses nothing.
//!
//! A mark that can end a sentence does so unless what follows says otherwise: a small letter, a
//! figure behind an abbreviation, the verb that reports a quoted question.

use model::{Document, Token, TokenClass};

use crate::language::{Abbreviation, Language};
use crate::tokens::{self, Dot};

/// Tokens after which a sentence ends whatever they are: no writer's sentence is so long, and what
/// reads a sentence as a whole stays in bounds on a text without an end.
const LONGEST: usize = 500;

/// Adds the layers of tokens and sentences.
pub(crate) fn add(doc: &mut Document, language: &Language) {
    // One token for six bytes of English.
    doc.tokens.reserve(doc.article.text.len() / 5);
    let mut dots = Vec::new();
    for index in 0..doc.article.blocks.len() {
        let block = doc.article.blocks[index].span;
        let first = doc.tokens.len();
        dots.clear();
        tokens::of_block(doc, block, language, &mut dots);
        let splitter = Splitter {
            text: doc.article.text.as_str(),
            tokens: &doc.tokens[first..],
            dots: &dots,
            language,
        };
        let mut from = 0;
        let mut at = 0;
        while at < splitter.tokens.len() {
            let end = splitter.end_behind(at);
            at = end.unwrap_or(at + 1);
            if end.is_none() && at < splitter.tokens.len() && at - from < LONGEST {
                continue;
            }
            let (Some(a), Some(z)) = (splitter.tokens.get(from), splitter.tokens.get(at - 1))
            else {
                continue;
            };
            doc.sentences.push(model::Sentence {
                span: a.span.hull(z.span),
                tokens: (first + from) as u32..(first + at) as u32,
                block: index as u32,
            });
            from = at;
        }
    }
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    dots: &'a [Dot],
    language: &'a Language,
}

/// How far behind a quoted question its reporting verb can stand: `“Who?” Colonel Ada Brim asked`.
const REPORT_WITHIN: usize = 5;

impl Splitter<'_> {
    /// Where the sentence ends (one past its last token) if the token at `at` ends it.
    fn end_behind(&self, at: usize) -> Option<usize> {
        let mark = self.word(at);
        let dot = self.dots[at];
        let terminal = match mark.chars().next()? {
            '.' if self.is_mark(at) && self.is_ordinal(at) => {
                Terminal::Abbreviation(Dot::Abbreviation(Abbreviation::Suffix))
            }
            '.' if self.is_mark(at) => Terminal::Stop {
                ellipsis: mark.len() > 1,
            },
            '…' => Terminal::Stop { ellipsis: true },
            '!' | '?' | '‽' | '؟' | '⁇' | '⁈' | '⁉' => Terminal::Call,
            '。' | '！' | '？' | '｡' | '।' | '۔' => Terminal::Plain,
            _ if dot != Dot::None => Terminal::Abbreviation(dot),
            _ => return None,
        };
        // Further marks of the same end, then what closes behind it: `?!`, `.”`, `.)`, `."`
        let mut end = at + 1;
        let mut closed = false;
        let mut terminal = terminal;
        while end < self.tokens.len() && (!self.gap_before(end) || self.closes_apart(end)) {
            match self.word(end) {
                "!" | "?" => terminal = Terminal::Call,
                "…" => {}
                word if word.bytes().all(|b| b == b'.') => {}
                "”" | "’" | "\"" | "'" | ")" | "]" | "»" | "›" | "“" | "‘" | "」" | "』" | "）"
                | "}" => closed = true,
                _ => break,
            }
            end += 1;
        }
        if end == self.tokens.len() {
            return Some(end);
        }
        let next = self.next_word(end)?;
        self.splits(at, terminal, closed, end, next).then_some(end)
    }

    fn splits(&self, at: usize, terminal: Terminal, closed: bool, end: usize, next: usize) -> bool {
        let start = self.word(next).chars().next().unwrap_or(' ');
        let gap = self.gap_before(end);
        if terminal == Terminal::Plain {
            return true;
        }
        if !gap {
            // No space behind a full stop: a slip only where a small word stands before and a
            // capital behind; a number or an address is joined already.
            return matches!(
                terminal,
                Terminal::Stop { ellipsis: false } | Terminal::Call
            ) && start.is_uppercase()
                && (closed || self.is_small_word(at));
        }
        if start.is_lowercase() {
            return false;
        }
        match terminal {
            Terminal::Call => !(closed && self.reports(next)),
            Terminal::Stop { ellipsis: true } => {
                start.is_alphabetic() && !(closed && self.reports(next))
            }
            Terminal::Stop { .. } | Terminal::Plain => true,
            // A closing mark behind an abbreviation ends the sentence like one behind a stop.
            Terminal::Abbreviation(_) if closed => !start.is_numeric(),
            Terminal::Abbreviation(dot) => self.abbreviation_ends(dot, next, start),
        }
    }

    /// Whether the full stop of an abbreviation also ends the sentence, given the word that
    /// follows.
    fn abbreviation_ends(&self, dot: Dot, next: usize, start: char) -> bool {
        let number = start.is_numeric();
        let starter = start.is_uppercase() && self.tokens[next].stop && self.word(next) != "I";
        match dot {
            Dot::None => true,
            Dot::Abbreviation(Abbreviation::Title) => false,
            Dot::Abbreviation(Abbreviation::Number) => !number,
            Dot::Abbreviation(Abbreviation::Clock) => {
                let word = self.word(next);
                let zone = word.chars().all(|c| c.is_uppercase() || c == '.');
                let day = word.ends_with("day") || word.ends_with("days");
                let zone_name = matches!(word, "Eastern" | "Central" | "Pacific" | "Mountain");
                !number && (starter || !zone && !day && !zone_name && !self.is_month(word))
            }
            Dot::Abbreviation(Abbreviation::Date | Abbreviation::Suffix) | Dot::Acronym => starter,
            // The middle of a name, or `plan B.` at an end.
            Dot::Initial => starter,
        }
    }

    fn is_month(&self, word: &str) -> bool {
        matches!(
            word.get(..3),
            Some(
                "Jan"
                    | "Feb"
                    | "Mar"
                    | "Apr"
                    | "May"
                    | "Jun"
                    | "Jul"
                    | "Aug"
                    | "Sep"
                    | "Oct"
                    | "Nov"
                    | "Dec"
            )
        )
    }

    /// Whether the words from `next` on report the quotation before them.
    fn reports(&self, next: usize) -> bool {
        self.tokens[next..]
            .iter()
            .take(REPORT_WITHIN)
            .take_while(|token| {
                token.class != TokenClass::Mark || self.get(token).contains(['-', ','])
            })
            .any(|token| self.language.reporting.contains(token.key))
    }

    /// The first word or number from `from` on, past what opens a quotation or bracket.
    fn next_word(&self, from: usize) -> Option<usize> {
        // A line of marks is no reason to look on for ever.
        const LOOK: usize = 8;
        (from..self.tokens.len().min(from + LOOK))
            .find(|&index| !self.is_mark(index))
            .or_else(|| (from < self.tokens.len()).then_some(from))
    }

    /// Whether a closing mark stands behind a space, as French sets it: `« Oui. »`
    fn closes_apart(&self, index: usize) -> bool {
        matches!(self.word(index), "»" | "”")
            && (index + 1 == self.tokens.len() || self.gap_before(index + 1))
    }

    /// Whether the full stop at `at` makes an ordinal, as in most languages but English: `4. Mai`.
    fn is_ordinal(&self, at: usize) -> bool {
        !self.language.english
            && !self.gap_before(at)
            && at.checked_sub(1).is_some_and(|before| {
                self.tokens[before].class == TokenClass::Number && self.word(before).len() <= 2
            })
    }

    /// Whether the word before the mark at `at` is in small letters.
    fn is_small_word(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            let word = self.word(before);
            word.len() > 1 && word.chars().all(char::is_lowercase)
        })
    }

    fn gap_before(&self, index: usize) -> bool {
        index == 0 || self.tokens[index - 1].span.end() < self.tokens[index].span.start()
    }

    fn is_mark(&self, index: usize) -> bool {
        self.tokens[index].class == TokenClass::Mark
    }

    fn word(&self, index: usize) -> &str {
        self.get(&self.tokens[index])
    }

    fn get(&self, token: &Token) -> &str {
        self.text.get(token.span.range()).unwrap_or_default()
    }
}

/// What a mark is that may end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Terminal {
    /// A full stop or an ellipsis.
    Stop { ellipsis: bool },
    /// A question or exclamation mark.
    Call,
    /// A full stop of a script without capitals: always an end.
    Plain,
    /// The full stop of an abbreviation.
    Abbreviation(Dot),
}
