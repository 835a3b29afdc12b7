//! In: a sentence as items. Out: its reporting frames: a cue, the words for who speaks, and how the
//! two stand to one another. Refuses cues that report nothing here: infinitives, passives without
//! a speaker, nouns that look like verbs.

mod second;

use std::ops::Range;

use crate::keys::key;

use super::cues::{Closed, Cue, Lexicon, VerbForm, Ways};
use super::gram::{Gram, Item};
use super::phrases::{phrase_before, phrase_from, simple_phrase};
use second::{divided_cue, names_somebody, verb_second};

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
        // `„…“, so der Minister`: only there does the one word name a source.
        let placed = !item.word.noun.any(Ways::BEHIND)
            || at > sentence.start && matches!(items[at - 1].gram, Gram::Comma | Gram::Quote);
        if item.word.source
            && placed
            && let Some(len) =
                lexicon.source_phrase(items[at..sentence.end].iter().map(|item| item.key))
        {
            // Behind an opening phrase the comma ends the source: `According to Lund, the …`.
            let high = match at <= sentence.start + 1 && !lexicon.comma_clause {
                true => (at + len..sentence.end)
                    .find(|&i| items[i].gram == Gram::Comma)
                    .unwrap_or(sentence.end),
                false => sentence.end,
            };
            // `according to him`
            let object = items[at + len..high]
                .first()
                .is_some_and(|item| item.gram == Gram::Object);
            let source = match object {
                true => Some(at + len..at + len + 1),
                false => phrase_from(items, at + len, high),
            };
            let source = source
                .filter(|source| !lexicon.comma_clause || names_somebody(&items[source.clone()]));
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
        if lexicon.comma_clause {
            if let Some(cue) = divided_cue(items, lexicon, at, sentence.end) {
                out.extend(verb_second(items, sentence.clone(), at, cue));
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
    // `a written statement`
    let describes = at > 0
        && matches!(
            items[at - 1].gram,
            Gram::Determiner | Gram::Possessive | Gram::Adjective | Gram::Number
        )
        && items
            .get(at + 1)
            .is_some_and(|next| matches!(next.gram, Gram::Noun | Gram::Name));
    if describes {
        return None;
    }
    if item.gram != Gram::Verb && !stands_as_verb(items, lexicon, at, high) {
        return None;
    }
    if item.word.particle
        && at + 1 < high
        && let Some(cue) = lexicon.with_particle(item.key, items[at + 1].key)
    {
        // `called on Monday his officials to …`: the particle opens the time.
        let timed = items
            .get(at + 2)
            .is_some_and(|next| next.gram == Gram::Time);
        return Some((cue, if timed { 1 } else { 2 }));
    }
    item.word.cue.map(|cue| (cue, 1))
}

/// Whether a word that the tagger took for a noun or name can only be the verb that reports the
/// quote beside it: `"…," Lund adds.`
fn stands_as_verb(items: &[Item], lexicon: &Lexicon, at: usize, high: usize) -> bool {
    const NEAR: usize = 10;
    let divided = (items[at].word.particle && at + 1 < high)
        .then(|| lexicon.with_particle(items[at].key, items[at + 1].key))
        .flatten();
    let (cue, next) = match (divided, items[at].word.cue) {
        (Some(cue), _) => (cue, at + 2),
        (None, Some(cue)) => (cue, at + 1),
        (None, None) => return false,
    };
    let before = at.checked_sub(1).map(|before| items[before].gram);
    let after = (next < high).then(|| items[next].gram);
    let quote_before = items[at.saturating_sub(NEAR)..at]
        .iter()
        .any(|item| item.gram == Gram::Quote);
    cue.ways.any(Ways::QUOTE | Ways::THINK)
        && matches!(cue.form, VerbForm::Past | VerbForm::Present)
        && !items[at].capital
        && matches!(
            before,
            Some(Gram::Name | Gram::Personal | Gram::Noun | Gram::Relative)
        )
        && match after {
            None | Some(Gram::Stop) => quote_before || closes_with_name(items, at),
            Some(Gram::Comma) => quote_before,
            Some(Gram::Colon | Gram::Quote | Gram::That) => true,
            Some(Gram::Time | Gram::Preposition) => quote_before,
            _ => false,
        }
}

/// Whether nothing but a name stands between a comma and a word: `…, the Harl Tide reports.`
fn closes_with_name(items: &[Item], at: usize) -> bool {
    const LONGEST: usize = 5;
    let low = at.saturating_sub(LONGEST);
    let bar = (low..at)
        .rev()
        .find(|&i| !matches!(items[i].gram, Gram::Name | Gram::Determiner));
    bar.is_some_and(|bar| items[bar].gram == Gram::Comma && items[at - 1].gram == Gram::Name)
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
    let foreseen = cue.form == VerbForm::Participle && is_foreseen(items, sentence.start, start);
    let unreal = negated || modal || infinitive || foreseen;
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
        && cue.ways.any(Ways::INVERTS)
        && !auxiliary
        && behind_content(items, sentence.start, start);
    let bracketed = start > floor
        && matches!(
            items[start - 1].gram,
            Gram::Comma | Gram::Dash | Gram::CloseBracket
        );
    let bracketed = bracketed
        .then(|| bracketed_subject(items, floor, start))
        .flatten();
    if inverts
        && bracketed.is_none()
        && end < sentence.end
        && items[end].gram != Gram::Relative
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
        Gram::Comma | Gram::Dash | Gram::CloseBracket => match bracketed {
            Some(source) => make(Some(source), Order::SubjectVerb),
            None => make(
                same_subject(items, floor, start - 1, last),
                Order::Coordinated,
            ),
        },
        _ => {
            let source = modified_subject(items, floor, start)
                .or_else(|| phrase_before(items, floor, start))
                .or_else(|| phrase_before(items, floor, before_time(items, floor, start)?))
                .or_else(|| all_of_it(items, floor, start));
            let source = source.and_then(|source| owner(items, floor, source));
            make(
                source.map(|source| with_document(items, floor, source)),
                Order::SubjectVerb,
            )
        }
    }
}

/// Where words of time between a subject and its verb begin: `Lund on Monday evening said`.
fn before_time(items: &[Item], low: usize, start: usize) -> Option<usize> {
    const WIDEST: usize = 5;
    let mut at = start;
    let mut timed = false;
    while at > low && start - at < WIDEST {
        match items[at - 1].gram {
            Gram::Time => timed = true,
            Gram::Number | Gram::Adverb => {}
            Gram::Determiner | Gram::Preposition if timed => {}
            // `a poll released on Monday found`
            Gram::Verb if timed && at > low + 1 && items[at - 2].gram.ends_phrase() => {
                return Some(at - 1);
            }
            _ => break,
        }
        at -= 1;
    }
    (timed && at > low).then_some(at)
}

/// `a letter seen by the Tide shows`, `a note sent to parents said`: it is the document that speaks.
fn with_document(items: &[Item], low: usize, source: Range<usize>) -> Range<usize> {
    let made = source.start.checked_sub(2).filter(|&made| {
        made > low
            && items[made].gram == Gram::Verb
            && !items[made].ing
            && items[made + 1].gram == Gram::Preposition
            && items[made - 1].word.noun.any(Ways::DOCUMENT)
    });
    let document = made.and_then(|made| phrase_before(items, low, made));
    document.map_or(source.clone(), |document| document.start..source.end)
}

/// A thing is never the speaker for the word `whose` that ties it to somebody: `traders, whose
/// shops reported …` gives the traders, or nobody.
fn owner(items: &[Item], low: usize, source: Range<usize>) -> Option<Range<usize>> {
    let whose = source.start.checked_sub(1).filter(|&at| at >= low);
    let Some(whose) = whose.filter(|&at| items[at].word.closed == Some(Closed::Owner)) else {
        return Some(source);
    };
    let comma = whose > low && items[whose - 1].gram == Gram::Comma;
    phrase_before(items, low, whose - usize::from(comma))
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
            || start > low + 1
                && items[start - 1].gram == Gram::Adverb
                && matches!(items[start - 2].gram, Gram::Quote | Gram::Comma))
}

/// Whether the phrase behind a verb is the subject of a clause of its own (`, said he would`).
fn goes_on_as_clause(items: &[Item], source: &Range<usize>, high: usize) -> bool {
    items[source.end..high].first().is_some_and(|item| {
        matches!(item.gram, Gram::Auxiliary | Gram::Verb | Gram::Negation) && !item.ing
    })
}

/// Whether a participle is the last of a list of what may be: "measures could include cuts and declaring it …".
fn is_foreseen(items: &[Item], low: usize, start: usize) -> bool {
    if start <= low || items[start - 1].gram != Gram::Conjunction {
        return false;
    }
    let verb = (low..start - 1).rev().find(|&i| match items[i].gram {
        Gram::Verb => !items[i].ing,
        gram => gram == Gram::Auxiliary,
    });
    let before = verb.map_or(low..low, |verb| low..verb + 1);
    let mut words = before
        .rev()
        .skip_while(|&i| matches!(items[i].gram, Gram::Verb | Gram::Adverb));
    words
        .next()
        .is_some_and(|i| items[i].word.closed == Some(Closed::Modal))
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
        Gram::Noun | Gram::Name | Gram::Personal | Gram::Object => {
            let phrase = phrase_before(items, low, start)?;
            // `she issued a statement saying`: she speaks; `a letter saying`: the letter does.
            let document = items[phrase.clone()]
                .iter()
                .any(|item| item.word.noun.any(Ways::DOCUMENT));
            // `sent out a message to readers saying`
            let verb = (low..phrase.start)
                .rev()
                .find(|&i| !matches!(items[i].gram, Gram::Preposition | Gram::Adverb));
            let issued = verb.filter(|&i| items[i].gram == Gram::Verb);
            if let Some(issued) = issued.filter(|_| document) {
                return subject_of_clause(items, low, issued + 1).or(Some(phrase));
            }
            Some(phrase)
        }
        _ => last
            .and_then(|last| last.source.clone())
            .or_else(|| subject_of_clause(items, low, start)),
    }
}

/// The subject that a verb shares with the verb before it. "…, which cost a million, and shows …"
/// can go on with either clause: nobody is named for it.
fn same_subject(
    items: &[Item],
    low: usize,
    start: usize,
    last: Option<&Frame>,
) -> Option<Range<usize>> {
    let which = key("which");
    if items[low..start].iter().any(|item| item.key == which) {
        return None;
    }
    subject_of_clause(items, low, start).or_else(|| last?.source.clone())
}

/// The nearest noun phrase before a place that a verb follows in a main clause; failing that, the
/// first one of any clause.
pub fn subject_of_clause(items: &[Item], low: usize, high: usize) -> Option<Range<usize>> {
    let mut at = low;
    let mut any = None;
    let mut main = None;
    while at < high {
        // The object of a preposition is no subject, and nothing stands in apposition to it.
        if at > low
            && items[at - 1].gram == Gram::Preposition
            && let Some(object) = simple_phrase(items, at, high)
        {
            at = object.end;
            continue;
        }
        let phrase = items[at]
            .gram
            .starts_phrase()
            .then(|| phrase_from(items, at, high))
            .flatten();
        let Some(mut phrase) = phrase else {
            at += 1;
            continue;
        };
        // What reaches to the end took a clause for an apposition: `After the talks, the council
        // issued …`.
        if phrase.end == high
            && let Some(short) = simple_phrase(items, at, high)
        {
            phrase = short;
        }
        let mut next = phrase.end;
        if next < high && items[next].gram == Gram::Comma && phrase.len() > 2 {
            next += 1;
        }
        // "the ministers following the talks": a participle is no verb of a clause.
        let verb = items[next.min(high)..high].first().is_some_and(|item| {
            matches!(
                item.gram,
                Gram::Verb | Gram::Auxiliary | Gram::Adverb | Gram::Negation
            ) && !item.ing
        });
        if verb {
            let under = at > low
                && matches!(
                    items[at - 1].gram,
                    Gram::Relative
                        | Gram::That
                        | Gram::Subordinator
                        | Gram::Question
                        | Gram::Preposition
                        | Gram::Verb
                        | Gram::Noun
                );
            if !under {
                main = Some(phrase.clone());
            }
            any.get_or_insert(phrase.clone());
        }
        at = phrase.end.max(at + 1);
    }
    main.or(any)
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
                        | Gram::OpenBracket
                )
                // `said Lund, the mayor, told …`
                || items[at - 1].gram == Gram::Verb && items[at - 1].word.cue.is_some()
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
                    | Gram::Auxiliary
                    | Gram::Relative
                    | Gram::Object
                    | Gram::Question
                    | Gram::That
            )
            // `the chief operating officer, Eva Lund, said`
            && !(items[head].gram == Gram::Verb && !(items[head].ing && head > at))
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
        // `Lund, on her first visit to the islands,`: where she was is no part of who she is.
        if inner.gram == Gram::Preposition && inner.word.closed != Some(Closed::Origin) {
            return (!clause).then_some(at..head);
        }
        (says_more && !clause).then_some(at..if close { end + 1 } else { end })
    })
}

/// All that stands between a quote and its verb, where it begins as a noun phrase does.
fn all_of_it(items: &[Item], low: usize, start: usize) -> Option<Range<usize>> {
    const WIDEST: usize = 8;
    let fits = low > 0
        && items[low - 1].gram == Gram::Quote
        && (1..=WIDEST).contains(&(start - low))
        && items[low].gram.starts_phrase();
    fits.then_some(low..start)
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
