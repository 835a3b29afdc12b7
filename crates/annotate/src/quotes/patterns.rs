//! In: a paragraph's sentences as items, with their frames. Out: what is reported, by named rules:
//! quotes before, behind and around their reporting clause, and clauses with or without quoted
//! words. Refuses quoted words that no cue reports, unless they are a speech of their own.

#![allow(
    clippy::single_range_in_vec_init,
    reason = "content is a list of ranges, often of one"
)]

mod bare;
mod clauses;
mod marked;

use std::ops::Range;

use super::cues::{Closed, Lexicon, VerbForm, Ways};
use super::frames::{Frame, Order};
use super::gram::{Gram, Item};
use super::phrases::simple_phrase;

/// A stretch of items as content.
pub type Part = Range<usize>;

/// What a sentence reports.
#[derive(Clone, Debug)]
pub struct Report {
    /// The content, part by part, as items.
    pub parts: Vec<Part>,
    /// The frame that reports it, an index into the sentence's frames; `None` for a bare quote.
    pub frame: Option<usize>,
    /// The words for who speaks, where no frame gives them.
    pub source: Option<Part>,
    /// The rule that found it.
    pub rule: &'static str,
    /// Whether the pieces are quoted stretches and nothing else.
    pub quoted: bool,
}

/// What the patterns need to know of a quoted stretch.
#[derive(Clone, Copy, Debug)]
pub struct QuoteFacts {
    /// Words inside.
    pub words: usize,
    /// The last character inside.
    pub last: Option<char>,
    /// Whether nearly all its longer words have capitals, as titles of works have.
    pub title: bool,
}

/// Words from which a quoted stretch behind a colon is taken for speech: below four, a fifth to a
/// half are names, titles and words held at arm's length (PolNeAR train).
pub const FRAGMENT_WORDS: usize = 4;

/// Words that say something in what somebody is asked to do, from which it is a report of speech.
const DEED_WORDS: usize = 3;

/// Words between a verb and the quote it introduces: an addressee, a place, a time.
const REACH: usize = 32;

/// Reads one sentence.
pub fn read(
    items: &[Item],
    sentence: Range<usize>,
    frames: &[Frame],
    lexicon: &Lexicon,
    facts: impl Fn(usize) -> QuoteFacts,
) -> Vec<Report> {
    let mut reader = Reader {
        items,
        sentence,
        frames,
        commas: lexicon.comma_clause,
        facts,
        used: 0,
        out: Vec::new(),
    };
    if lexicon.is_empty() {
        reader.marked();
        return reader.out;
    }
    for index in 0..frames.len() {
        reader.frame(index);
    }
    reader.bare();
    reader.out
}

struct Reader<'a, F> {
    items: &'a [Item],
    sentence: Range<usize>,
    frames: &'a [Frame],
    /// Whether a comma opens the reported clause.
    commas: bool,
    facts: F,
    /// Items before this one have been given to a frame.
    used: usize,
    out: Vec<Report>,
}

impl<F: Fn(usize) -> QuoteFacts> Reader<'_, F> {
    fn facts_at(&self, at: usize) -> Option<QuoteFacts> {
        self.items.get(at)?.quote.map(&self.facts)
    }

    fn gram(&self, at: usize) -> Option<Gram> {
        (self.sentence.contains(&at)).then(|| self.items[at].gram)
    }

    fn frame(&mut self, index: usize) {
        let frame = &self.frames[index];
        if frame.passive && frame.order != Order::VerbSubject {
            return;
        }
        if self.behind_quote(index) || self.before_quote(index) {
            return;
        }
        if frame.unreal && !(frame.ways.any(Ways::DENY)) {
            return;
        }
        let _ = self.behind_clause(index) || self.labels(index) || self.before_clause(index);
    }

    fn report(&mut self, index: usize, parts: Vec<Part>, rule: &'static str, quoted: bool) -> bool {
        if let Some(last) = parts.last() {
            self.used = self.used.max(last.end).max(self.frames[index].end());
        }
        self.out.push(Report {
            parts,
            frame: Some(index),
            source: None,
            rule,
            quoted,
        });
        true
    }

    /// Where the next frame of the sentence begins.
    fn next_start(&self, index: usize) -> usize {
        self.frames
            .get(index + 1)
            .map_or(self.sentence.end, Frame::start)
    }

    /// `"…," said Lund`, `"…," Lund said`, with what follows: `"…," Lund said, "…"`.
    fn behind_quote(&mut self, index: usize) -> bool {
        let frame = &self.frames[index];
        let direct = matches!(
            frame.order,
            Order::SubjectVerb | Order::VerbSubject | Order::Phrase | Order::Coordinated
        );
        if !direct || !frame.ways.any(Ways::QUOTE) || frame.source.is_none() {
            return false;
        }
        let (start, end) = (frame.start(), frame.end());
        let mut before = start;
        while before > self.sentence.start
            && matches!(
                self.items[before - 1].gram,
                Gram::Comma | Gram::Dash | Gram::Adverb
            )
        {
            before -= 1;
        }
        if before <= self.used.max(self.sentence.start) {
            return false;
        }
        let at = before - 1;
        let Some(facts) = self.facts_at(at) else {
            return false;
        };
        let comma = before < start;
        let closes = comma || matches!(facts.last, Some(',' | '?' | '!' | '…' | '—' | '–' | '-'));
        // Without a mark of its own the quote must be all that comes before.
        let alone = at == self.first_content();
        let over = self.ends_here(end);
        if !(closes || alone && (frame.order == Order::VerbSubject || over)) {
            return false;
        }
        if matches!(self.gram(end), Some(Gram::That)) || self.introduces(end) && !closes {
            return false;
        }
        let first = self.first_content();
        let mut parts = vec![first..at + 1];
        let quoted = (first..=at).all(|i| self.items[i].quote.is_some());
        if !quoted && self.has_subordinate_opening(first) {
            // `When asked, "…," he said`: the words before the quote are no content.
            parts = vec![at..at + 1];
        }
        let quoted = parts[0].clone().all(|i| self.items[i].quote.is_some());
        let rule = match (frame.order, quoted) {
            (_, false) => "clause-quote-source",
            (Order::VerbSubject, _) => "quote-verb-source",
            (Order::Phrase, _) => "quote-according",
            _ => "quote-source-verb",
        };
        // The other half: `"…," he said, "…"`.
        let limit = self.next_start(index);
        if let Some(more) = (end..limit.min(end + REACH)).find(|&i| self.items[i].quote.is_some())
            && (more == end
                || matches!(
                    self.items[more - 1].gram,
                    Gram::Comma | Gram::Colon | Gram::Dash
                ))
            && self.ends_here(more + 1)
        {
            parts.push(more..more + 1);
        }
        self.report(index, parts, rule, quoted)
    }

    /// Whether a sentence opens with a word that makes its first clause an adjunct.
    fn has_subordinate_opening(&self, at: usize) -> bool {
        matches!(
            self.gram(at),
            Some(Gram::Subordinator | Gram::Question | Gram::Preposition | Gram::Adverb)
        ) && self.items[at].word.closed.is_some()
    }

    /// The first item of the sentence that can be content and has not been given away.
    fn first_content(&self) -> usize {
        let mut at = self.used.max(self.sentence.start);
        while at < self.sentence.end
            && matches!(
                self.items[at].gram,
                Gram::Comma | Gram::Conjunction | Gram::Dash | Gram::Colon | Gram::Stop
            )
        {
            at += 1;
        }
        at
    }

    /// Whether nothing but a stop, a comma or the end follows.
    fn ends_here(&self, at: usize) -> bool {
        matches!(
            self.gram(at),
            None | Some(Gram::Stop | Gram::Comma | Gram::Dash | Gram::Conjunction)
        )
    }

    /// Whether a quote with a capital follows: the frame looks forward.
    fn introduces(&self, at: usize) -> bool {
        let next = match self.gram(at) {
            Some(Gram::Comma | Gram::Colon) => at + 1,
            _ => at,
        };
        self.sentence.contains(&next) && self.items[next].quote.is_some()
    }

    /// `Lund said, "…"`, `Lund told reporters in Oslo: "…"`, `adding: "…"`.
    fn before_quote(&mut self, index: usize) -> bool {
        let frame = &self.frames[index];
        if !frame.ways.any(Ways::QUOTE | Ways::READ | Ways::REQUEST) {
            return false;
        }
        let end = frame.end();
        let limit = self.next_start(index).max(end).min(self.sentence.end);
        let reach = (end + REACH).min(limit);
        let Some(at) = (end..reach).find(|&i| self.items[i].quote.is_some()) else {
            return false;
        };
        // `asked: "…?" she went on.`: the clause behind the quote is its own.
        let next_frame = self.frames.get(index + 1).filter(|next| {
            matches!(next.order, Order::SubjectVerb | Order::VerbSubject) && next.source.is_some()
        });
        if next_frame.is_some_and(|next| next.start() == at + 1 && self.ends_here(next.end()))
            && self
                .facts_at(at)
                .is_some_and(|facts| matches!(facts.last, Some(',' | '?' | '!')))
        {
            return false;
        }
        // `read "The Long Way Home"`: a title, no speech.
        if at == end && self.facts_at(at).is_some_and(|facts| facts.title) {
            return false;
        }
        let marked = at > end && matches!(self.items[at - 1].gram, Gram::Comma | Gram::Colon);
        let colon = at > end && self.items[at - 1].gram == Gram::Colon;
        let between = end..if marked { at - 1 } else { at };
        let clause = between.clone().any(|i| {
            matches!(
                self.items[i].gram,
                Gram::That | Gram::Question | Gram::Auxiliary
            ) || self.items[i].gram == Gram::Verb && self.items[i].word.cue.is_none() && !colon
        });
        let capital = self.items[at].capital;
        // `hoped to find "common ground"`: nobody has said anything yet.
        let few = self
            .facts_at(at)
            .is_some_and(|facts| facts.words < FRAGMENT_WORDS);
        if frame.unreal && few && !capital && frame.ways.any(Ways::READ) {
            return false;
        }
        let fits = if at == end {
            true
        } else if colon {
            // A colon reaches over anything.
            capital || !clause
        } else if marked {
            let amid = self.gram(frame.start().wrapping_sub(1)) == Some(Gram::Comma);
            !clause && (capital || at == end + 1 && !amid)
        } else {
            // `told reporters "…"`: nothing but an addressee in between.
            capital && !clause && between.len() <= 6 && self.ends_here(at + 1)
        };
        if !fits {
            return false;
        }
        let tail = at + 1;
        let whole = self.ends_here(tail) || capital && marked;
        if whole {
            let rule = match (frame.order, colon) {
                (_, true) => "source-verb-colon-quote",
                (Order::Participle, _) => "participle-quote",
                _ => "source-verb-quote",
            };
            let mut parts = vec![at..at + 1];
            // `said "…" and "…"`
            let mut next = tail;
            while self.gram(next) == Some(Gram::Conjunction)
                && self.gram(next + 1) == Some(Gram::Quote)
                && !capital
            {
                parts = vec![at..next + 2];
                next += 2;
            }
            let quoted = parts[0].len() == 1;
            return self.report(index, parts, rule, quoted);
        }
        if at == end || !clause && !marked {
            // `said "the worst" was over`
            let stop = self.clause_stop(index, end);
            return self.report(index, vec![end..stop], "source-verb-fragment", false);
        }
        false
    }

    /// `…, Lund said`, `…, according to Lund`, and the reporting clause amid: `…, Lund said, …`.
    fn behind_clause(&mut self, index: usize) -> bool {
        let frame = &self.frames[index];
        let fits = match frame.order {
            Order::SubjectVerb | Order::VerbSubject => {
                frame
                    .ways
                    .any(Ways::SPEECH | Ways::TELL | Ways::ASK | Ways::THINK)
                    || frame.ways.any(Ways::READ) && self.document(index)
            }
            Order::Phrase => true,
            _ => false,
        };
        let (mut start, end) = (frame.start(), frame.end());
        if !fits || frame.source.is_none() {
            return false;
        }
        // `…, as the Tide reported`, `As the Tide reported, …`
        let like = start > self.sentence.start
            && self.items[start - 1].word.closed == Some(Closed::Likewise);
        if like {
            start -= 1;
            if start == self.sentence.start {
                return self.behind_like(index);
            }
        }
        let first = self.first_content();
        if frame.order == Order::Phrase && start <= first + 1 {
            // `According to Lund, …`, `Laut Lund ist …`
            let bare = self.commas && self.gram(end) != Some(Gram::Comma);
            let mut from = if bare { end - 1 } else { end };
            while !self.commas && from < self.sentence.end && self.items[from].gram != Gram::Comma {
                from += 1;
            }
            let stop = self.clause_stop(index, from + 1);
            if from + 2 < stop {
                return self.report(index, vec![from + 1..stop], "according-clause", false);
            }
            return false;
        }
        // What an inner voice has taken, an outer one reports as well: `Lund told Berg that …, an
        // aide said.`
        let outer = start <= first && start > self.sentence.start + 2;
        let first = if outer { self.sentence.start } else { first };
        if start <= first || outer && frame.order == Order::Phrase {
            return false;
        }
        let comma = matches!(self.items[start - 1].gram, Gram::Comma | Gram::Dash);
        if !(comma || frame.order == Order::Phrase) {
            return false;
        }
        let content_end = if comma { start - 1 } else { start };
        if !self.is_clause(first..content_end) {
            return comma && !outer && self.around(index, first..content_end);
        }
        // Behind a clause `according to …` can only tell where it is from.
        if frame.order != Order::Phrase && !self.over(end, index) {
            // `The plan, Lund said, would fail.`
            if comma
                && !outer
                && self.gram(end) == Some(Gram::Comma)
                && frame.order != Order::Phrase
            {
                let stop = self.clause_stop(index, end + 1);
                if end + 1 < stop && self.next_start(index) >= stop {
                    let parts = vec![first..content_end, end + 1..stop];
                    return self.report(index, parts, "clause-around", false);
                }
            }
            return false;
        }
        let rule = match frame.order {
            Order::Phrase => "clause-according",
            Order::VerbSubject => "clause-verb-source",
            _ => "clause-source-verb",
        };
        self.report(index, vec![first..content_end], rule, false)
    }

    /// What follows `As the Tide reported,`.
    fn behind_like(&mut self, index: usize) -> bool {
        let end = self.frames[index].end();
        let Some(comma) = (end..self.next_start(index))
            .take_while(|&i| !matches!(self.items[i].gram, Gram::Verb | Gram::Auxiliary))
            .find(|&i| self.items[i].gram == Gram::Comma)
        else {
            return false;
        };
        let stop = self.clause_stop(index, comma + 1);
        self.is_clause(comma + 1..stop.max(comma + 1))
            && self.report(index, vec![comma + 1..stop], "according-clause", false)
    }

    /// A reporting clause behind the subject of what it reports: `The goal, Lund said, is to …`.
    fn around(&mut self, index: usize, head: Part) -> bool {
        let end = self.frames[index].end();
        if self.gram(end) != Some(Gram::Comma) {
            return false;
        }
        let stop = self.clause_stop(index, end + 1);
        let reports_more = self.frames[index + 1..]
            .iter()
            .any(|next| next.start() < stop && next.start() <= end + 1);
        if reports_more || !self.is_clause(end + 1..stop) {
            return false;
        }
        self.report(index, vec![head, end + 1..stop], "clause-around", false)
    }

    /// Whether a reporting clause is over but for where and when: `said in a statement on Monday`.
    fn over(&self, at: usize, index: usize) -> bool {
        if self.ends_here(at) {
            // A comma goes on only with another cue or an adjunct.
            return match self.gram(at) {
                Some(Gram::Comma) => match self.gram(at + 1) {
                    Some(Gram::Verb | Gram::Preposition | Gram::Subordinator | Gram::Relative) => {
                        true
                    }
                    Some(Gram::Conjunction) => true,
                    _ => self.next_start(index) == at + 1,
                },
                _ => true,
            };
        }
        let mut here = at;
        while let Some(gram) = self.gram(here) {
            match gram {
                Gram::Stop => return true,
                Gram::That | Gram::Quote => return false,
                Gram::Comma | Gram::Conjunction | Gram::Subordinator => {
                    return here > at || gram == Gram::Subordinator;
                }
                Gram::Auxiliary | Gram::Verb => return false,
                _ => {}
            }
            if here == at
                && !matches!(
                    gram,
                    Gram::Preposition
                        | Gram::Time
                        | Gram::Adverb
                        | Gram::Subordinator
                        | Gram::Object
                )
                && !self.frames[index].ways.any(Ways::TELL)
            {
                return false;
            }
            here += 1;
        }
        true
    }

    /// `called the plan "a farce"`: the thing named and the quoted words.
    fn labels(&mut self, index: usize) -> bool {
        let frame = &self.frames[index];
        if !frame
            .ways
            .any(Ways::LABEL | Ways::REQUEST | Ways::VOW | Ways::DENY | Ways::CLAUSE)
        {
            return false;
        }
        let from = frame.end();
        let stop = self.clause_stop(index, from);
        let quote = (from..stop).find(|&i| self.items[i].quote.is_some());
        let Some(quote) = quote else {
            return self.charges(index, from..stop);
        };
        let apart = (from..quote)
            .any(|i| matches!(self.items[i].gram, Gram::Comma | Gram::Colon | Gram::That));
        let next_voice = self.next_start(index) == quote + 1
            && self
                .facts_at(quote)
                .is_some_and(|facts| facts.last == Some(','));
        if !frame.ways.any(Ways::LABEL)
            || next_voice
            || apart
            || self.facts_at(quote).is_some_and(|facts| facts.title)
        {
            return false;
        }
        // The object ends where a new clause begins behind the quote.
        let end = (quote + 1..stop)
            .find(|&i| {
                matches!(
                    self.items[i].gram,
                    Gram::Comma | Gram::Subordinator | Gram::Relative | Gram::Dash
                )
            })
            .unwrap_or(stop);
        self.report(index, vec![from..end], "label", false)
    }

    /// `accused the firm of hiding the report`, `praised the crews for their work`.
    fn charges(&mut self, index: usize, rest: Part) -> bool {
        let frame = &self.frames[index];
        let said = matches!(
            frame.order,
            Order::SubjectVerb | Order::Coordinated | Order::Relative
        );
        if !frame.ways.any(Ways::LABEL) || frame.source.is_none() || frame.unreal || !said {
            return false;
        }
        let object = match self.gram(rest.start) {
            Some(Gram::Object) => Some(rest.start + 1),
            Some(gram) if gram.starts_phrase() => {
                simple_phrase(self.items, rest.start, rest.end).map(|phrase| phrase.end)
            }
            _ => None,
        };
        let Some(at) = object.filter(|&at| at < rest.end) else {
            return false;
        };
        // `accused them of theft and put them off the plane`: the deed goes on, not the charge.
        let end = (at + 1..rest.end)
            .find(|&i| {
                self.items[i].gram == Gram::Comma
                    || self.items[i].gram == Gram::Conjunction
                        && self.verbs(i + 1..rest.end) > 0
                        && !self.items[i + 1].ing
            })
            .unwrap_or(rest.end);
        // `welcomed Eva Lund of Harl and her son`: where she is from is no charge.
        let home = self.items[at].word.closed == Some(Closed::Origin)
            && self.gram(at - 1) == Some(Gram::Name)
            && self.gram(at + 1) == Some(Gram::Name)
            && !matches!(
                self.gram(at + 2),
                Some(Gram::Noun | Gram::Adjective | Gram::Possessive)
            );
        let charge = self.items[at].word.noun.any(Ways::CHARGE) && !home;
        if !charge || self.content(at + 1..end) < 2 {
            return false;
        }
        self.report(index, vec![rest.start..end], "label-charge", false)
    }

    /// Whether the source of a frame is a document.
    fn document(&self, index: usize) -> bool {
        let source = self.frames[index].source.clone().unwrap_or_default();
        let mut items = self.items[source].iter();
        items.any(|item| item.word.noun.any(Ways::DOCUMENT))
    }

    /// Where the reported clause ends: before the next voice, `, but`, a half-stop, the end.
    fn clause_stop(&self, index: usize, from: usize) -> usize {
        let mut stop = self.sentence.end;
        for (nth, frame) in self.frames.iter().enumerate().skip(index + 1) {
            let start = frame.start();
            if start < from {
                continue;
            }
            let before = start
                .checked_sub(1)
                .filter(|&b| b >= from)
                .map(|b| self.items[b].gram);
            let other_voice = match frame.order {
                Order::Participle => {
                    matches!(
                        before,
                        Some(Gram::Comma | Gram::Dash | Gram::Conjunction | Gram::Quote)
                    ) && self.items[frame.cue.clone()].iter().any(|item| {
                        item.word
                            .cue
                            .is_some_and(|cue| cue.form == VerbForm::Participle)
                    })
                }
                Order::Coordinated => {
                    frame.source.is_some() && frame.source == self.frames[index].source
                }
                Order::Phrase => matches!(before, Some(Gram::Comma)),
                // `…, he said`: a reporting clause at the end; `…, a man yelled "…"`.
                Order::SubjectVerb | Order::VerbSubject => {
                    self.introduces(frame.end())
                        && matches!(self.gram(frame.end()), Some(Gram::Comma | Gram::Colon))
                        || matches!(before, Some(Gram::Comma | Gram::Dash))
                            && (self.over(frame.end(), nth) || self.introduces(frame.end()))
                        || matches!(before, Some(Gram::Conjunction))
                            && self.items[start - 1].key != 0
                            && start >= 2
                            && self
                                .items
                                .get(start - 2)
                                .is_some_and(|i| i.gram == Gram::Comma)
                }
                Order::Relative => false,
            };
            if other_voice {
                stop = start;
                break;
            }
        }
        // `, but …`, `; …`
        for at in from..stop {
            let item = &self.items[at];
            if item.gram == Gram::Stop
                && at + 1 < stop
                && self.items[at].end - self.items[at].start == 1
            {
                stop = at;
                break;
            }
            if item.gram == Gram::Quote && at + 1 < stop && self.contrasts(at + 1) {
                stop = at + 1;
                break;
            }
            let over = item.gram == Gram::Comma && at + 1 < stop;
            if over && (self.contrasts(at + 1) || self.resumes(index, from, at)) {
                stop = at;
                break;
            }
        }
        while stop > from
            && matches!(
                self.items[stop - 1].gram,
                Gram::Stop | Gram::Comma | Gram::Conjunction | Gram::Dash | Gram::Colon
            )
        {
            stop -= 1;
        }
        stop
    }

    /// Whether the clause that holds a relative one goes on behind a comma: `Lund, who says it is
    /// safe, closed it`.
    fn resumes(&self, index: usize, from: usize, comma: usize) -> bool {
        let frame = &self.frames[index];
        frame.order == Order::Relative
            && self.gram(frame.start().wrapping_sub(1)) == Some(Gram::Comma)
            && matches!(self.gram(comma + 1), Some(Gram::Verb | Gram::Auxiliary))
            && !self.items[comma + 1].ing
            && self.is_main_clause(from..comma)
    }

    fn contrasts(&self, at: usize) -> bool {
        self.items[at].word.closed == Some(Closed::Contrast)
    }

    /// Whether a stretch that no `that` opens is a clause of its own: a finite verb of the main
    /// clause is in it, none of a relative clause and no participle (`posted a clip of her cousin
    /// smiling`).
    fn is_main_clause(&self, range: Range<usize>) -> bool {
        for at in range.clone() {
            let item = &self.items[at];
            let opens = at == range.start;
            match item.gram {
                Gram::Auxiliary | Gram::Quote => return !opens || item.gram == Gram::Quote,
                Gram::Verb if !item.ing && at > range.start => {
                    // `to leave`; `claimed 12 lives and sank the boat`.
                    let joined = matches!(
                        self.items[at - 1].gram,
                        Gram::Preposition | Gram::Conjunction
                    );
                    if !joined {
                        return true;
                    }
                }
                // A clause before the main one may have its verb first: `if it rains, …`.
                Gram::Subordinator | Gram::Question | Gram::Relative | Gram::That if opens => {
                    return self.is_clause(range);
                }
                Gram::Relative => {
                    return self.is_clause(at + 1..range.end) && self.verbs(at + 1..range.end) > 1;
                }
                _ => {}
            }
        }
        false
    }

    /// How many verbs, each with its auxiliaries, a stretch holds.
    fn verbs(&self, range: Range<usize>) -> usize {
        let verb = |i: usize| matches!(self.items[i].gram, Gram::Verb | Gram::Auxiliary);
        range
            .clone()
            .filter(|&i| verb(i) && !(i > range.start && verb(i - 1)))
            .count()
    }

    /// Whether a stretch is a clause: a phrase and a verb.
    fn is_clause(&self, range: Range<usize>) -> bool {
        if range.end <= range.start + 1 {
            return false;
        }
        self.items[range].iter().any(|item| {
            matches!(item.gram, Gram::Verb | Gram::Auxiliary | Gram::Quote)
                || item.word.closed == Some(Closed::Be)
        })
    }

    /// Words of a stretch that say something: nouns, names, verbs, adjectives, quoted words.
    fn content(&self, range: Range<usize>) -> usize {
        let says = |item: &&Item| {
            matches!(
                item.gram,
                Gram::Noun | Gram::Name | Gram::Verb | Gram::Adjective | Gram::Number | Gram::Quote
            )
        };
        self.items[range].iter().filter(says).count()
    }
}
