//! In: a frame of a sentence. Out: the clause that it reports, behind it: where it begins, past the
//! addressee, place and time, and whether it is somebody's words at all. Refuses deeds too slight to
//! be a report, nouns without a verb of their own, and views held inside a report.

use crate::keys::key;

use super::super::cues::{Closed, Ways};
use super::super::frames::Order;
use super::super::gram::Gram;
use super::super::phrases::phrase_from;
use super::{DEED_WORDS, QuoteFacts, REACH, Reader};

impl<F: Fn(usize) -> QuoteFacts> Reader<'_, F> {
    /// `Lund said (that) …`, with or without quoted words in it.
    pub(super) fn before_clause(&mut self, index: usize) -> bool {
        let frame = &self.frames[index];
        if frame.source.is_none() {
            return false;
        }
        let ways = frame.ways;
        let end = frame.end();
        if self.commas {
            return self.behind_comma(index);
        }
        if frame.order == Order::VerbSubject {
            return false;
        }
        let Some((from, rule)) = self.clause_start(index, end) else {
            return false;
        };
        let stop = self.clause_stop(index, from);
        if from >= stop {
            return false;
        }
        let quote = (from..stop).any(|i| self.items[i].quote.is_some());
        let speaks =
            ways.any(Ways::CLAUSE | Ways::REQUEST | Ways::MANNER | Ways::THINK | Ways::WANT);
        // Only documents `read` what they say; people read books.
        let reads = ways.any(Ways::READ) && !ways.any(Ways::CLAUSE | Ways::REQUEST);
        if (reads || !speaks) && !(ways.any(Ways::READ) && self.document(index)) {
            return false;
        }
        let mind = ways.any(Ways::THINK | Ways::WANT) && !ways.any(Ways::CLAUSE);
        // `Lund said he believes …` is one report.
        if mind && frame.start() < self.used {
            return false;
        }
        // `moves that she said helped the town`: the clause's subject stands before the report.
        let gap = matches!(self.gram(from), Some(Gram::Verb | Gram::Auxiliary));
        let plain = match rule {
            "source-verb-that" | "source-verb-whether" => {
                ways.any(Ways::CLAUSE | Ways::READ | Ways::MANNER | Ways::THINK)
            }
            "source-verb-clause" => {
                ways.any(Ways::SPEECH | Ways::TELL | Ways::READ | Ways::THINK)
                    && (gap || self.is_main_clause(from..stop))
            }
            // `asked Lund to leave` reports a deed, and too little of it to be somebody's words.
            // `denied the charge` says what of, not what.
            "source-verb-deed" if ways.any(Ways::DENY) => self.content(from..stop) >= DEED_WORDS,
            "source-verb-deed" if ways.any(Ways::URGE | Ways::WANT) => {
                self.content(from..stop) >= DEED_WORDS
            }
            // What somebody is asked to do is a deed; only quoted words make it speech.
            "source-verb-deed" => !ways.any(Ways::BID),
            _ => false,
        };
        let quoted = quote
            && ways.any(Ways::CLAUSE | Ways::REQUEST | Ways::THINK)
            && self.is_clause(from..stop);
        if !(plain || quoted) {
            return false;
        }
        let own = self.aside(from, stop).unwrap_or(stop);
        self.report(index, vec![from..own], rule, false);
        self.used = self.used.max(stop);
        true
    }

    /// Where behind a reported clause the reporter's own words go on: `…, echoing the mayor`,
    /// `warned in May that it was not safe, two weeks before it fell`.
    fn aside(&self, from: usize, stop: usize) -> Option<usize> {
        (from + 1..stop.saturating_sub(1)).find(|&at| {
            self.items[at].gram == Gram::Comma
                && (self.items[at + 1].word.noun.any(Ways::ASIDE)
                    || self.looks_away(at + 1, stop) && self.dates_the_report(from, at))
        })
    }

    /// `two weeks before …`, `just after …`: a clause that tells how long something was from another.
    fn looks_away(&self, from: usize, stop: usize) -> bool {
        const WIDEST: usize = 6;
        let measure = (from..stop.min(from + WIDEST)).find(|&at| {
            !matches!(
                self.items[at].gram,
                Gram::Determiner | Gram::Number | Gram::Adverb | Gram::Adjective
            ) && self.items[at].key != key("than")
        });
        let Some(mut at) = measure else { return false };
        if self.items[at].word.noun.any(Ways::SPAN) {
            at += 1;
        } else if at == from {
            return false;
        }
        while self.gram(at) == Some(Gram::Adverb) {
            at += 1;
        }
        at < stop && [key("before"), key("after")].contains(&self.items[at].key)
    }

    /// Whether a clause of time behind a report tells when it was made, and not when what it tells
    /// of happened: the report is dated or tells of a state, and no time stands within it.
    fn dates_the_report(&self, from: usize, comma: usize) -> bool {
        let timed = |at: usize| {
            let gram = self.items[at].gram;
            gram == Gram::Time
                // `May` with a capital
                || gram == Gram::Name && self.items[at].word.closed == Some(Closed::Modal)
                || gram == Gram::Number
                    && at > self.sentence.start
                    && self.items[at - 1].gram == Gram::Preposition
        };
        let state = || {
            let verb = (from..comma)
                .find(|&at| matches!(self.items[at].gram, Gram::Verb | Gram::Auxiliary));
            verb.is_some_and(|at| {
                self.items[at].word.closed == Some(Closed::Be)
                    && !(at + 1..comma).any(|i| self.items[i].gram == Gram::Verb)
            })
        };
        !(from..comma).any(timed) && ((self.sentence.start..from).any(timed) || state())
    }

    /// `Lund sagte am Montag, die Brücke sei sicher`: the clause behind the first comma.
    fn behind_comma(&mut self, index: usize) -> bool {
        const FEWEST: usize = 3;
        let frame = &self.frames[index];
        let end = frame.end();
        let reach = (end + REACH).min(self.sentence.end);
        let bar = (end..reach).find(|&i| {
            matches!(
                self.items[i].gram,
                Gram::Comma | Gram::Colon | Gram::Quote | Gram::Stop
            )
        });
        let Some(comma) = bar.filter(|&i| matches!(self.items[i].gram, Gram::Comma | Gram::Colon))
        else {
            return false;
        };
        let that = self.gram(comma + 1) == Some(Gram::That);
        let from = comma + 1 + usize::from(that);
        let stop = self.clause_stop(index, from);
        let asks = self.gram(from) == Some(Gram::Question);
        let clause = self.items[from.min(stop)..stop]
            .iter()
            .any(|item| matches!(item.gram, Gram::Verb | Gram::Auxiliary));
        let relative = self.items.get(from).is_some_and(|item| {
            matches!(
                item.gram,
                Gram::Relative | Gram::Subordinator | Gram::Preposition | Gram::Conjunction
            ) && !that
        });
        let urges = frame.ways.any(Ways::URGE) && !relative;
        let reports = frame.ways.any(Ways::CLAUSE | Ways::THINK)
            && (that || asks || clause && !relative || urges)
            && !frame.unreal
            && stop >= from + FEWEST;
        let rule = if that {
            "source-verb-that"
        } else {
            "source-verb-clause"
        };
        reports && self.report(index, vec![from..stop], rule, false)
    }

    /// Where the reported clause begins behind a verb, past addressee, place and time.
    fn clause_start(&self, index: usize, end: usize) -> Option<(usize, &'static str)> {
        let frame = &self.frames[index];
        let limit = (end + REACH).min(self.sentence.end);
        let mut at = end;
        let next = self
            .frames
            .get(index + 1)
            .map_or(limit, |f| f.cue.start)
            .min(limit);
        // `that` within reach, before any verb, opens the clause for sure.
        let mut here = at;
        while here < next {
            match self.items[here].gram {
                Gram::That if here + 1 < self.sentence.end => {
                    // `said that was wrong`
                    if matches!(self.gram(here + 1), Some(Gram::Auxiliary | Gram::Verb)) {
                        return Some((here, "source-verb-clause"));
                    }
                    return Some((here + 1, "source-verb-that"));
                }
                Gram::Question if frame.ways.any(Ways::ASK | Ways::TELL | Ways::SPEECH) => {
                    return Some((here, "source-verb-whether"));
                }
                Gram::Verb | Gram::Auxiliary | Gram::Stop | Gram::Quote => break,
                Gram::Personal if here > at => break,
                _ => {}
            }
            here += 1;
        }
        // `called on Monday his officials to …`
        let timed =
            self.gram(at) == Some(Gram::Preposition) && self.gram(at + 1) == Some(Gram::Time);
        if timed {
            at += 2;
        }
        if frame.ways.any(Ways::REQUEST | Ways::VOW | Ways::WANT)
            && let Some(deed) = self.deed(at, limit, frame.ways)
        {
            return Some((deed, "source-verb-deed"));
        }
        if frame.ways.any(Ways::DENY) {
            let fits = self.gram(at).is_some_and(|gram| {
                gram.starts_phrase() || matches!(gram, Gram::Verb | Gram::Auxiliary)
            });
            return fits.then_some((at, "source-verb-deed"));
        }
        if frame.ways.any(Ways::TELL) {
            at = self.addressee(at, limit)?;
        } else {
            at = self.adjuncts(at, limit);
        }
        // `moves that she said helped the town`
        let gap = frame
            .start()
            .checked_sub(1)
            .and_then(|before| self.gram(before));
        if at == end
            && matches!(gap, Some(Gram::Relative | Gram::That))
            && matches!(self.gram(at), Some(Gram::Verb | Gram::Auxiliary))
        {
            return Some((at, "source-verb-clause"));
        }
        let starts = self.gram(at).is_some_and(|gram| {
            gram.starts_phrase()
                || matches!(
                    gram,
                    Gram::Quote | Gram::That | Gram::Subordinator | Gram::Adverb | Gram::Time
                )
        });
        starts.then_some((at, "source-verb-clause"))
    }

    /// Behind the one who is told.
    fn addressee(&self, at: usize, limit: usize) -> Option<usize> {
        let end = match self.gram(at)? {
            Gram::Object | Gram::Personal => at + 1,
            // `told her the news`
            Gram::Determiner if self.items[at].word.closed == Some(Closed::ObjectDeterminer) => {
                at + 1
            }
            gram if gram.starts_phrase() => {
                // The shortest phrase: what follows may be the clause's subject.
                let mut end = at + 1;
                while end < limit
                    && matches!(
                        self.items[end].gram,
                        Gram::Noun | Gram::Name | Gram::Possessive
                    )
                    && !matches!(self.items[end - 1].gram, Gram::Noun)
                {
                    end += 1;
                }
                // `told radio host Jan Berg it would …`
                let past =
                    |from: usize, gram: Gram| (from..limit).find(|&i| self.gram(i) != Some(gram));
                let name = past(end, Gram::Noun).unwrap_or(limit);
                let whole = past(name, Gram::Name).filter(|&whole| {
                    whole > name
                        && matches!(self.gram(whole), Some(Gram::Personal | Gram::Determiner))
                });
                whole.unwrap_or(end)
            }
            _ => return None,
        };
        Some(self.adjuncts(end, limit))
    }

    /// Behind words of place and time: `on Monday`, `to reporters`, `in a statement`.
    fn adjuncts(&self, at: usize, limit: usize) -> usize {
        let mut at = at;
        while at < limit {
            match self.items[at].gram {
                Gram::Time => at += 1,
                Gram::Adverb
                    if self
                        .gram(at + 1)
                        .is_some_and(|g| !matches!(g, Gram::Auxiliary)) =>
                {
                    at += 1;
                }
                Gram::Preposition => match phrase_from(self.items, at + 1, limit) {
                    Some(phrase) => {
                        // Only the noun phrase itself, no apposition.
                        let end = (phrase.start..phrase.end)
                            .find(|&i| self.items[i].gram == Gram::Comma)
                            .unwrap_or(phrase.end);
                        at = end;
                    }
                    None if self.gram(at + 1) == Some(Gram::Time) => at += 2,
                    None => return at,
                },
                _ => return at,
            }
        }
        at
    }

    /// `the council to act`, `to act`, `against acting`: what somebody is asked to do or vows.
    fn deed(&self, at: usize, limit: usize, ways: Ways) -> Option<usize> {
        let to = |i: usize| {
            self.gram(i) == Some(Gram::Preposition)
                && match self.gram(i + 1) {
                    // `warned of fallen trees` is no deed.
                    Some(Gram::Verb) => self.items[i].key == key("to") || self.items[i + 1].ing,
                    Some(Gram::Auxiliary | Gram::Adverb | Gram::Quote) => true,
                    _ => false,
                }
        };
        if ways.any(Ways::VOW | Ways::WANT) && to(at) {
            return Some(at);
        }
        if ways.any(Ways::REQUEST | Ways::WANT) {
            let mut here = at;
            while here < limit && here < at + 10 {
                if here > at && to(here) {
                    return Some(at);
                }
                if matches!(
                    self.items[here].gram,
                    Gram::Verb
                        | Gram::Auxiliary
                        | Gram::That
                        | Gram::Stop
                        | Gram::Comma
                        | Gram::Question
                ) {
                    return None;
                }
                here += 1;
            }
        }
        None
    }
}
