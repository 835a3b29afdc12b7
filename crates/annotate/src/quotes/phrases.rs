//! In: the tokens of a paragraph and its quoted stretches. Out: the paragraph as the patterns read
//! it — words with their classes, each quoted stretch one item — cut into sentences, and the noun
//! phrases around a place. Refuses phrases without a noun, name or pronoun.

use std::ops::Range;

use model::{Document, Span};

use super::cues::{Closed, Lexicon, Ways, Word};
use super::gram::{Gram, Item, gram_of, is_of_name};
use super::marks::Quoted;
use super::mend;

/// Lines a paragraph up as items.
pub fn items(doc: &Document, lexicon: &Lexicon, block: Span, quoted: &[Quoted]) -> Vec<Item> {
    let base = block.start();
    let range = doc.tokens_in(block);
    let mut out: Vec<Item> = Vec::with_capacity(range.len());
    let mut quotes = quoted.iter().enumerate().peekable();
    let mut sentence = doc.sentences.partition_point(|s| s.span.end() <= base);
    let mut inside = 0;
    for token in &doc.tokens[range] {
        let (start, end) = (token.span.start(), token.span.end());
        while doc
            .sentences
            .get(sentence)
            .is_some_and(|s| s.span.end() <= start)
        {
            sentence += 1;
        }
        if let Some(&(index, quote)) = quotes.peek()
            && start >= base + quote.open
        {
            quotes.next();
            inside = base + quote.close;
            out.push(Item {
                start: base + quote.open,
                end: inside,
                gram: Gram::Quote,
                key: 0,
                quote: Some(index),
                word: Word::default(),
                capital: doc.article.text.as_str()[base + quote.start..]
                    .starts_with(|c: char| c.is_uppercase() || c == '[' || c == '…' || c == '.'),
                ing: false,
                sentence,
            });
        }
        if start < inside {
            continue;
        }
        let word = lexicon.word(token.key);
        let text = doc.get(token.span);
        if matches!(text, "#" | "@") {
            // The sign of a `#hashtag` is no word of the sentence.
            continue;
        }
        let capital = text.starts_with(char::is_uppercase);
        let mut gram = gram_of(token, &word, text, capital, out.last());
        // `Left-wing columnist Eva Lund`
        let hyphened = matches!(gram, Gram::Verb | Gram::Adverb)
            && text.contains('-')
            && out.last().is_none_or(|before| {
                matches!(
                    before.gram,
                    Gram::Stop | Gram::Determiner | Gram::Possessive
                )
            });
        if hyphened {
            gram = Gram::Adjective;
        }
        if is_of_name(doc, token, &word, gram, capital) {
            gram = Gram::Name;
        }
        out.push(Item {
            start,
            end,
            gram,
            key: token.key,
            quote: None,
            word,
            capital,
            ing: text.ends_with("ing"),
            sentence,
        });
    }
    mend::mend(&mut out);
    out
}

/// Items of a sentence: a longer one is no sentence, and is cut so that no work grows with it.
const MAX_ITEMS: usize = 400;

/// Cuts a paragraph into sentences in which a quoted stretch never hides a boundary and never
/// makes one where the reporting clause follows.
pub fn sentences(items: &[Item], inner_end: impl Fn(usize) -> Option<char>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for at in 1..items.len() {
        let (left, right) = (&items[at - 1], &items[at]);
        let ends = match (left.quote, right.quote) {
            (None, None) => left.sentence != right.sentence,
            (None, Some(_)) => left.gram == Gram::Stop,
            (Some(_), Some(_)) => true,
            (Some(quote), None) => match inner_end(quote) {
                Some('.' | '…') => right.capital && !reports_back(&items[at..], true),
                Some('?' | '!') => right.capital && !reports_back(&items[at..], false),
                _ => false,
            },
        };
        if ends || at - from >= MAX_ITEMS {
            out.push(from..at);
            from = at;
        }
    }
    if from < items.len() {
        out.push(from..items.len());
    }
    out
}

/// Where the words behind a dateline begin: `OSLO, Norway – Eva Lund said …`.
pub fn behind_dateline(items: &[Item], sentence: &Range<usize>) -> usize {
    // `PORT ELM, Vossland, March 14 (Agency Name) —` has twelve.
    const LONGEST: usize = 18;
    let head = &items[sentence.start..sentence.end.min(sentence.start + LONGEST)];
    let dash = head.iter().position(|item| item.gram == Gram::Dash);
    let place = dash.is_some_and(|dash| {
        dash > 0
            && head[..dash].iter().all(|item| {
                item.capital && item.quote.is_none()
                    || matches!(
                        item.gram,
                        Gram::Name
                            | Gram::Comma
                            | Gram::Stop
                            | Gram::OpenBracket
                            | Gram::CloseBracket
                            | Gram::Number
                            | Gram::Time
                    )
            })
            && head
                .get(dash + 1)
                .is_some_and(|next| next.start > head[dash].end)
    });
    match dash {
        Some(dash) if place => sentence.start + dash + 1,
        _ => sentence.start,
    }
}

/// How far behind a quote its reporting clause may end.
const REPORT_WINDOW: usize = 14;

/// Whether the words behind a quote are a short clause that only reports it. A full stop inside
/// the quote makes that unlikely, so the clause must then be over at once.
fn reports_back(items: &[Item], strict: bool) -> bool {
    let window = &items[..items.len().min(REPORT_WINDOW)];
    for (at, item) in window.iter().enumerate() {
        match item.gram {
            Gram::Verb | Gram::Noun | Gram::Other
                if item.word.cue.is_some_and(|cue| cue.ways.any(Ways::QUOTE)) && at > 0 =>
            {
                return match window.get(at + 1).map(|next| next.gram) {
                    None | Some(Gram::Stop) => true,
                    Some(Gram::That | Gram::Personal | Gram::Quote | Gram::Colon) => false,
                    Some(_) => !strict,
                };
            }
            Gram::Stop | Gram::Quote | Gram::Auxiliary | Gram::Verb | Gram::Colon => return false,
            _ => {}
        }
    }
    false
}

/// The noun phrase that ends right before `end`, not reaching before `low`.
pub fn phrase_before(items: &[Item], low: usize, end: usize) -> Option<Range<usize>> {
    let mut at = end;
    let mut solid = false;
    while at > low {
        let item = &items[at - 1];
        let inside = at < end;
        match item.gram {
            Gram::Noun | Gram::Name | Gram::Number => solid = true,
            Gram::Adjective | Gram::Possessive if inside => {}
            // `Many`, `others`, `some` stand alone; else a determiner opens the phrase.
            Gram::Determiner => {
                solid = true;
                at -= 1;
                // `der Sprecher der Polizei`
                if item.word.closed == Some(Closed::Genitive)
                    && at > low
                    && matches!(items[at - 1].gram, Gram::Noun | Gram::Name)
                {
                    continue;
                }
                if at > low && items[at - 1].gram == Gram::Determiner {
                    at -= 1;
                }
                // `one of the men`: the phrase goes on to the left.
                if at > low + 1
                    && items[at - 1].gram == Gram::Preposition
                    && nominal(&items[at - 2])
                {
                    at -= 1;
                    continue;
                }
                break;
            }
            Gram::Personal if !inside => {
                at -= 1;
                solid = true;
                break;
            }
            Gram::Personal if at > low && next_is(items, at, end, Gram::Preposition) => {
                // `one of …`, `everyone in …`
                at -= 1;
                break;
            }
            Gram::Time if inside || solid => {
                // `Monday's statement`, `the Jan. 6 committee`; never the start of a phrase.
                if !(at > low + 1 && items[at - 2].gram == Gram::Determiner) {
                    break;
                }
            }
            Gram::Preposition
                if inside
                    && at > low + 1
                    && (nominal(&items[at - 2])
                        || (items[at - 2].gram == Gram::Adjective
                            && at > low + 2
                            && nominal(&items[at - 3]))) => {}
            Gram::Conjunction if inside && at > low + 1 && nominal(&items[at - 2]) => {
                // `Lund and Berg said`: only where nothing but names and nouns leads up to it.
                let start = run_of_names(items, low, at - 1);
                if start > low && !matches!(items[start - 1].gram, Gram::Comma | Gram::Stop) {
                    break;
                }
            }
            Gram::Verb if inside && at > low + 1 && items[at - 2].gram == Gram::Determiner => {}
            Gram::CloseBracket => match open_bracket(items, low, at - 1) {
                Some(open) if open > low => {
                    at = open;
                    continue;
                }
                _ => break,
            },
            Gram::Quote if inside => {}
            Gram::Dash if inside && at > low + 1 && nominal(&items[at - 2]) => break,
            _ => break,
        }
        at -= 1;
    }
    while at < end
        && matches!(
            items[at].gram,
            Gram::Preposition | Gram::Conjunction | Gram::Possessive | Gram::Quote
        )
    {
        at += 1;
    }
    (solid && at < end).then_some(at..end)
}

fn next_is(items: &[Item], at: usize, end: usize, gram: Gram) -> bool {
    at < end && items[at].gram == gram
}

fn nominal(item: &Item) -> bool {
    matches!(
        item.gram,
        Gram::Noun | Gram::Name | Gram::Number | Gram::CloseBracket
    ) || (item.gram == Gram::Personal || item.gram == Gram::Determiner)
        && item.word.closed.is_some()
}

fn run_of_names(items: &[Item], low: usize, end: usize) -> usize {
    let mut at = end;
    while at > low
        && matches!(
            items[at - 1].gram,
            Gram::Noun
                | Gram::Name
                | Gram::Number
                | Gram::Adjective
                | Gram::Determiner
                | Gram::Possessive
        )
    {
        at -= 1;
    }
    at
}

fn open_bracket(items: &[Item], low: usize, close: usize) -> Option<usize> {
    const WIDEST: usize = 12;
    (low.max(close.saturating_sub(WIDEST))..close)
        .rev()
        .find(|&at| items[at].gram == Gram::OpenBracket)
}

/// The noun phrase that starts at `start`, with what stands in apposition to it, up to `high`.
pub fn phrase_from(items: &[Item], start: usize, high: usize) -> Option<Range<usize>> {
    let head = simple_phrase(items, start, high)?;
    let mut end = head.end;
    let named = items[head.clone()]
        .iter()
        .any(|item| item.gram == Gram::Name);
    if items[head.start].gram == Gram::Personal && head.len() == 1 {
        return Some(head);
    }
    end = attached(items, end, high, !named);
    // ` and Berg`
    if end < high
        && items[end].gram == Gram::Conjunction
        && let Some(more) = simple_phrase(items, end + 1, high)
        && (more.end >= high
            || matches!(items[more.end].gram, Gram::Stop | Gram::Comma | Gram::Quote))
    {
        end = more.end;
    }
    if end < high
        && items[end].gram == Gram::OpenBracket
        && let Some(close) =
            (end..high.min(end + 12)).find(|&at| items[at].gram == Gram::CloseBracket)
    {
        end = close + 1;
    }
    // `a man who …`
    if end < high && items[end].gram == Gram::Relative {
        end = clause_end(items, end, high);
    }
    let mut rounds = 0;
    while rounds < 3
        && end + 1 < high
        && items[end].gram == Gram::Comma
        && apposes(items, end + 1, high)
    {
        let stop = clause_end(items, end + 1, high);
        if stop <= end + 1 {
            break;
        }
        end = stop;
        rounds += 1;
    }
    Some(start..end)
}

/// Whether what follows a comma says more of the name before it.
fn apposes(items: &[Item], at: usize, high: usize) -> bool {
    let item = &items[at];
    match item.gram {
        Gram::Determiner | Gram::Number => true,
        // `, who said …` goes on with the report.
        Gram::Relative => !items[at + 1..high]
            .iter()
            .take(3)
            .any(|next| next.word.cue.is_some_and(|cue| cue.ways.any(Ways::SPEECH))),
        Gram::Preposition => {
            // `, of Oslo,`
            item.word.closed == Some(Closed::Origin)
                && at + 1 < high
                && items[at + 1].gram == Gram::Name
        }
        Gram::Noun | Gram::Adjective | Gram::Name => {
            item.word.cue.is_none()
                && simple_phrase(items, at, high).is_some_and(|phrase| {
                    !items[phrase.end..high].first().is_some_and(|next| {
                        matches!(next.gram, Gram::Verb | Gram::Auxiliary) && !next.ing
                    })
                })
        }
        _ => false,
    }
}

/// Where a bracketing clause ends: before the next comma, quote or stop.
fn clause_end(items: &[Item], from: usize, high: usize) -> usize {
    (from..high)
        .find(|&at| {
            matches!(
                items[at].gram,
                Gram::Comma | Gram::Stop | Gram::Colon | Gram::Dash
            ) || (items[at].gram == Gram::Quote && items[at].capital)
        })
        .unwrap_or(high)
}

/// Determiners, adjectives, nouns and names in a row.
pub fn simple_phrase(items: &[Item], start: usize, high: usize) -> Option<Range<usize>> {
    let mut at = start;
    let mut solid = false;
    while at < high {
        match items[at].gram {
            Gram::Personal | Gram::Relative if at == start => return Some(start..at + 1),
            Gram::Noun | Gram::Name => solid = true,
            Gram::Number => solid = true,
            Gram::Determiner if at == start || items[at - 1].gram == Gram::Determiner => {
                solid = true;
            }
            Gram::Determiner
                if solid
                    && items[at].word.closed == Some(Closed::Genitive)
                    && matches!(items[at - 1].gram, Gram::Noun | Gram::Name) => {}
            Gram::Adjective => {}
            // `a recently published biography`, `the ‘Open Doors’ movement`
            Gram::Adverb | Gram::Time | Gram::Quote
                if at > start
                    && items[at - 1].gram == Gram::Determiner
                    && at + 1 < high
                    && describes(&items[at], &items[at + 1]) => {}
            Gram::Verb if at > start && !solid_before(items, start, at) => {}
            Gram::Possessive if solid => {}
            Gram::Dash
                if solid
                    && at + 1 < high
                    && items[at + 1].start == items[at].end
                    && items[at - 1].end == items[at].start => {}
            _ => break,
        }
        at += 1;
    }
    // `the embassy late` on Monday: an adjective without its noun belongs to what follows.
    // One with a capital is a name that the tagger did not know.
    while at > start
        && items[at - 1].gram == Gram::Adjective
        && !items[at - 1].capital
        && solid_before(items, start, at)
    {
        at -= 1;
    }
    (solid && at > start).then_some(start..at)
}

/// Whether an item behind a determiner goes on with the phrase, given the next.
fn describes(item: &Item, next: &Item) -> bool {
    match item.gram {
        Gram::Quote => next.gram == Gram::Noun,
        _ => matches!(next.gram, Gram::Verb | Gram::Adjective) && !next.ing,
    }
}

fn solid_before(items: &[Item], start: usize, at: usize) -> bool {
    items[start..at]
        .iter()
        .any(|item| matches!(item.gram, Gram::Noun | Gram::Name))
}

/// Goes on over prepositional phrases that belong to a noun: `of the council`, `for the firm`.
pub fn attached(items: &[Item], from: usize, high: usize, common: bool) -> usize {
    let mut end = from;
    for _ in 0..4 {
        // `a statement issued by the embassy`
        if end + 2 < high
            && items[end - 1].word.noun.any(Ways::DOCUMENT)
            && items[end].gram == Gram::Verb
            && items[end + 1].gram == Gram::Preposition
            && let Some(inner) = simple_phrase(items, end + 2, high)
        {
            end = inner.end;
            continue;
        }
        if end + 1 >= high || items[end].gram != Gram::Preposition {
            break;
        }
        // `Lund of Oslo`, but no `Lund at a rally`.
        let home =
            items[end].word.closed == Some(Closed::Origin) && items[end + 1].gram == Gram::Name;
        if !(common || home) {
            break;
        }
        let Some(inner) = simple_phrase(items, end + 1, high) else {
            break;
        };
        let adjunct = items[inner.clone()]
            .iter()
            .any(|item| item.gram == Gram::Time || item.word.noun.any(Ways::ADJUNCT));
        if adjunct || items[inner.start].gram == Gram::Time {
            break;
        }
        end = inner.end;
    }
    end
}
