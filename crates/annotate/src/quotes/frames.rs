//! In: a sentence as items. Out: its reporting frames: a cue, the words for who speaks, and how the
//! two stand to one another. Refuses cues that report nothing here: infinitives, passives without
//! a speaker, nouns that look like verbs.

use std::ops::Range;

use super::cues::{Closed, Cue, Lexicon, VerbForm, Ways};
use super::phrases::{Gram, Item, phrase_before, phrase_from};

/// How cue and source stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `Lund said`
    SubjectVerb,
    /// `said Lund`
    VerbSubject,
    /// `…, adding`, `a letter saying`
    Participle,
    /// `Lund came and said`
    Coordinated,
    /// `Lund, who said`
    Relative,
    /// `according to Lund`
    Phrase,
}

/// A cue with the words for who speaks.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The verb with its auxiliaries and particle, as items.
    pub cue: Range<usize>,
    /// The words for who speaks, as items.
    pub source: Option<Range<usize>>,
    /// How the cue reports.
    pub ways: Ways,
    /// How cue and source stand.
    pub order: Order,
    /// Whether the cue stands under a negation, a modal verb or in the infinitive.
    pub unreal: bool,
    /// Whether the cue is passive: its subject is the one who is told.
    pub passive: bool,
}

impl Frame {
    /// First item of cue and source, as far as they stand together.
    pub fn start(&self) -> usize {
        match (&self.source, self.order) {
            (Some(source), Order::SubjectVerb | Order::Relative) => {
                source.start.min(self.cue.start)
            }
            _ => self.cue.start,
        }
    }

    /// One past their last item.
    pub fn end(&self) -> usize {
        match (&self.source, self.order) {
            (Some(source), Order::VerbSubject | Order::Phrase) => source.end.max(self.cue.end),
            _ => self.cue.end,
        }
    }
}

/// Items around a cue in which its source is looked for: bounds the work on endless sentences.
const WINDOW: usize = 90;

/// Finds the frames of a sentence, in order.
pub fn frames(items: &[Item], lexicon: &Lexicon, sentence: Range<usize>) -> Vec<Frame> {
    let mut out: Vec<Frame> = Vec::new();
    for at in sentence.clone() {
        let item = &items[at];
        if item.word.source
            && let Some(len) =
                lexicon.source_phrase(items[at..sentence.end].iter().map(|item| item.key))
        {
            let source = phrase_from(items, at + len, sentence.end);
            if source.is_some() {
                out.push(Frame {
                    cue: at..at + len,
                    source,
                    ways: Ways::SPEECH,
                    order: Order::Phrase,
                    unreal: false,
                    passive: false,
                });
            }
            continue;
        }
        let Some((cue, len)) = cue_at(items, lexicon, at, sentence.end) else {
            continue;
        };
        if out.last().is_some_and(|last| last.cue.contains(&at)) {
            continue;
        }
        let low = out.last().map_or(sentence.start, |last| last.cue.end);
        let near = at.saturating_sub(WINDOW)..sentence.end.min(at + WINDOW);
        let around = sentence.start.max(near.start)..near.end;
        if let Some(frame) = frame(items, around, low, at, cue, len, out.last()) {
            out.push(frame);
        }
    }
    out
}

/// The cue that starts here, with its number of items.
fn cue_at(items: &[Item], lexicon: &Lexicon, at: usize, high: usize) -> Option<(Cue, usize)> {
    let item = &items[at];
    if item.gram != Gram::Verb {
        return None;
    }
    if item.word.particle
        && at + 1 < high
        && let Some(cue) = lexicon.with_particle(item.key, items[at + 1].key)
    {
        return Some((cue, 2));
    }
    item.word.cue.map(|cue| (cue, 1))
}

fn frame(
    items: &[Item],
    sentence: Range<usize>,
    low: usize,
    at: usize,
    cue: Cue,
    len: usize,
    last: Option<&Frame>,
) -> Option<Frame> {
    let mut start = at;
    let (mut negated, mut modal, mut auxiliary, mut be) = (false, false, false, false);
    while start > low {
        let item = &items[start - 1];
        match item.gram {
            Gram::Auxiliary => {
                auxiliary = true;
                be |= item.word.closed == Some(Closed::Be);
                modal |= item.word.closed == Some(Closed::Modal);
            }
            Gram::Negation => negated = true,
            Gram::Adverb => {}
            _ => break,
        }
        start -= 1;
    }
    // An adverb that opens the sentence is no part of the verb.
    while start < at && start == sentence.start && items[start].gram == Gram::Adverb {
        start += 1;
    }
    let infinitive = cue.form == VerbForm::Base
        && start > sentence.start
        && items[start - 1].gram == Gram::Preposition;
    let passive = be && cue.form == VerbForm::Past;
    let unreal = negated || modal || infinitive;
    let end = at + len;
    let make = |source: Option<Range<usize>>, order| {
        let cue_items = if order == Order::VerbSubject {
            at..end
        } else {
            start..end
        };
        Some(Frame {
            cue: cue_items,
            source,
            ways: cue.ways,
            order,
            unreal,
            passive,
        })
    };
    // A quoted stretch before the verb that is a speech of its own bars the way to its left.
    let floor = (sentence.start..start)
        .rev()
        .find(|&i| items[i].gram == Gram::Quote && (items[i].capital || closes_clause(items, i)))
        .map_or(sentence.start, |i| i + 1);
    if infinitive {
        let source = subject_of_clause(items, floor, start).or_else(|| last?.source.clone());
        return make(source, Order::Participle);
    }
    if cue.form == VerbForm::Participle && !auxiliary {
        return make(
            participle_source(items, floor, start, last),
            Order::Participle,
        );
    }
    // "…," said Lund
    let inverts = matches!(cue.form, VerbForm::Past | VerbForm::Present)
        && cue.ways.any(Ways::QUOTE)
        && !auxiliary
        && behind_content(items, sentence.start, start);
    if inverts
        && end < sentence.end
        && let Some(source) = phrase_from(items, end, sentence.end)
        && !goes_on_as_clause(items, &source, sentence.end)
    {
        return make(Some(source), Order::VerbSubject);
    }
    if start <= floor {
        // "…," said at last the mayor: nothing before it, nothing behind.
        let source = last
            .filter(|_| floor > sentence.start)
            .and_then(|last| last.source.clone());
        return make(source, Order::Coordinated);
    }
    let before = &items[start - 1];
    match before.gram {
        Gram::Relative => make(Some(start - 1..start), Order::Relative),
        Gram::That => {
            let source = phrase_before(items, floor, start - 1);
            make(source, Order::Relative)
        }
        Gram::Conjunction => {
            let source = same_subject(items, floor, start - 1, last);
            make(source, Order::Coordinated)
        }
        Gram::Comma | Gram::Dash | Gram::CloseBracket => {
            match bracketed_subject(items, floor, start) {
                Some(source) => make(Some(source), Order::SubjectVerb),
                None => make(
                    same_subject(items, floor, start - 1, last),
                    Order::Coordinated,
                ),
            }
        }
        _ => {
            let source = modified_subject(items, floor, start)
                .or_else(|| phrase_before(items, floor, start));
            match source {
                Some(source) => make(Some(source), Order::SubjectVerb),
                None => make(None, Order::SubjectVerb),
            }
        }
    }
}

/// Whether the quoted stretch ends a clause, so that a reporting clause can follow.
fn closes_clause(items: &[Item], at: usize) -> bool {
    items
        .get(at + 1)
        .is_some_and(|next| matches!(next.gram, Gram::Comma | Gram::Dash))
}

/// Whether a verb stands where a reported clause or quote has just ended.
fn behind_content(items: &[Item], low: usize, start: usize) -> bool {
    start > low
        && (matches!(items[start - 1].gram, Gram::Quote | Gram::Comma | Gram::Dash)
            // `"…" so said Lund`
            || start > low + 1 && items[start - 2].gram == Gram::Quote)
}

/// Whether the phrase behind a verb is the subject of a clause of its own (`, said he would`).
fn goes_on_as_clause(items: &[Item], source: &Range<usize>, high: usize) -> bool {
    items[source.end..high]
        .first()
        .is_some_and(|item| matches!(item.gram, Gram::Auxiliary | Gram::Verb | Gram::Negation))
}

/// Who speaks where the cue is a participle.
fn participle_source(
    items: &[Item],
    low: usize,
    start: usize,
    last: Option<&Frame>,
) -> Option<Range<usize>> {
    if start <= low {
        return last.and_then(|last| last.source.clone());
    }
    match items[start - 1].gram {
        // `a letter saying`
        Gram::Noun | Gram::Name | Gram::Personal | Gram::Object => phrase_before(items, low, start),
        _ => last
            .and_then(|last| last.source.clone())
            .or_else(|| subject_of_clause(items, low, start)),
    }
}

/// The subject that a verb shares with the verb before it.
fn same_subject(
    items: &[Item],
    low: usize,
    start: usize,
    last: Option<&Frame>,
) -> Option<Range<usize>> {
    subject_of_clause(items, low, start).or_else(|| last?.source.clone())
}

/// The first noun phrase of a clause that a verb follows.
pub fn subject_of_clause(items: &[Item], low: usize, high: usize) -> Option<Range<usize>> {
    let mut at = low;
    while at < high {
        if items[at].gram.starts_phrase()
            && let Some(phrase) = phrase_from(items, at, high)
        {
            let mut next = phrase.end;
            if next < high && items[next].gram == Gram::Comma && phrase.len() > 2 {
                next += 1;
            }
            if items[next.min(high)..high].first().is_some_and(|item| {
                matches!(
                    item.gram,
                    Gram::Verb | Gram::Auxiliary | Gram::Adverb | Gram::Negation
                )
            }) {
                return Some(phrase);
            }
            // The object of a preposition is no subject.
            at = phrase.end.max(at + 1);
        } else {
            at += 1;
        }
    }
    None
}

/// The places where a clause can begin: its start and behind each comma, leftmost first.
fn starts(items: &[Item], low: usize, high: usize) -> impl Iterator<Item = usize> + '_ {
    (low..high)
        .filter(move |&at| {
            at == low
                || matches!(
                    items[at - 1].gram,
                    Gram::Comma
                        | Gram::Dash
                        | Gram::Colon
                        | Gram::Stop
                        | Gram::Quote
                        | Gram::Conjunction
                        | Gram::That
                        | Gram::Subordinator
                )
        })
        .filter(move |&at| items[at].gram.starts_phrase())
        .take(MAX_STARTS)
}

/// Places tried as a subject's start: longer sentences have other troubles.
const MAX_STARTS: usize = 12;

/// `Lund, a teacher from Oslo, said`: the phrase before the comma that opens the bracket.
fn bracketed_subject(items: &[Item], low: usize, start: usize) -> Option<Range<usize>> {
    let end = start - 1;
    let close = items[end].gram == Gram::CloseBracket;
    starts(items, low, end).find_map(|at| {
        let mut head = at;
        // Names, nouns and what hangs on them, up to a comma or bracket.
        while head < end
            && !matches!(
                items[head].gram,
                Gram::Comma
                    | Gram::Dash
                    | Gram::OpenBracket
                    | Gram::Verb
                    | Gram::Auxiliary
                    | Gram::Relative
                    | Gram::Object
                    | Gram::Question
                    | Gram::That
            )
        {
            head += 1;
        }
        let opens = matches!(
            items.get(head)?.gram,
            Gram::Comma | Gram::Dash | Gram::OpenBracket
        );
        if !opens || head >= end || head == at || !items[head - 1].gram.ends_phrase() {
            return None;
        }
        let inner = &items[head + 1];
        let says_more = matches!(
            inner.gram,
            Gram::Determiner
                | Gram::Noun
                | Gram::Name
                | Gram::Adjective
                | Gram::Number
                | Gram::Relative
                | Gram::Preposition
                | Gram::Verb
        );
        // A clause of its own between the commas is no apposition.
        let clause = inner.gram != Gram::Relative
            && items[head + 1..end]
                .iter()
                .any(|i| i.gram == Gram::Auxiliary)
            && !items[head + 1..end]
                .iter()
                .any(|i| i.gram == Gram::Relative);
        (says_more && !clause).then_some(at..if close { end + 1 } else { end })
    })
}

/// `a man who knows her said`, `people familiar with the matter said`.
fn modified_subject(items: &[Item], low: usize, start: usize) -> Option<Range<usize>> {
    starts(items, low, start).find_map(|at| {
        let relative = (at + 1..start).find(|&i| {
            !matches!(
                items[i].gram,
                Gram::Noun
                    | Gram::Name
                    | Gram::Adjective
                    | Gram::Number
                    | Gram::Determiner
                    | Gram::Preposition
                    | Gram::Possessive
            )
        })?;
        let plain = items[relative].gram == Gram::Relative
            && items[relative - 1].gram.ends_phrase()
            && !items[relative..start].iter().any(|i| i.gram == Gram::Comma)
            && start - relative <= 12
            && relative + 1 < start;
        plain.then_some(at..start)
    })
}
