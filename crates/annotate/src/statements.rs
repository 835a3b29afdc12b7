//! In: a document with its sentences, tokens and quotations. Out: its statements: for every
//! sentence the clauses that can stand alone, each with stance and modality and the quotation it
//! lies in. They cover the sentence's words in order without overlap; a reporting clause that says
//! no more than who spoke is left out where the content stands for it.
//!
//! A boundary is set only where both halves have a verb of their own; in doubt the sentence stays
//! whole, since half a clause aligned is worse than a whole sentence. Languages whose file names no
//! subjects get their sentences.

mod ends;

use std::ops::Range;

use ends::{behind_dateline, trimmed};
use model::{
    BlockKind, Document, Form, Quotation, Sentence, Span, Stance, Statement, Tag, Token, TokenClass,
};

use crate::keys::key;
use crate::language::{FOLDERS, KeySet, folder_of, section_words};
use crate::nearby::quotes_near;
use crate::phrases::Phrases;
use crate::polarity::Polarity;

/// A clause with fewer content words is a part of its neighbour.
const LEAST_CONTENT: usize = 2;
/// A reporting clause with so many content words beside cue and source states something itself:
/// when, where and to whom a thing was said.
const REPORTING_CONTENT: usize = 4;
/// A subject's verb stands within so many tokens.
const SUBJECT_REACH: usize = 12;

/// The words that bound and colour clauses, by language.
#[derive(Debug)]
pub(crate) struct Clauses {
    /// In the order of [`FOLDERS`].
    folders: Vec<Words>,
    neutral: Words,
}

#[derive(Debug)]
struct Words {
    denial: KeySet,
    rejection: KeySet,
    matter: KeySet,
    withheld: KeySet,
    subordinator: KeySet,
    span: KeySet,
    relative: KeySet,
    coordinator: KeySet,
    pronoun: KeySet,
    finite: KeySet,
    be: KeySet,
    refutation: Phrases<()>,
    doubt: Phrases<()>,
    /// Whether sentences are cut into clauses: the file names subjects.
    cuts: bool,
    to: u64,
    that: u64,
    only: u64,
    by: u64,
    comma: u64,
    semicolon: u64,
}

impl Words {
    fn of(list: &str) -> Self {
        let set = |name| section_words(list, name).map(key).collect();
        let phrases = |name| Phrases::new(section_words(list, name).map(|phrase| (phrase, ())));
        Self {
            denial: set("denial"),
            rejection: set("rejection"),
            matter: set("matter"),
            withheld: set("withheld"),
            subordinator: set("subordinator"),
            span: set("span"),
            relative: set("relative"),
            coordinator: set("coordinator"),
            pronoun: set("pronoun"),
            finite: set("finite"),
            be: set("be"),
            refutation: phrases("refutation"),
            doubt: phrases("doubt"),
            cuts: section_words(list, "pronoun").next().is_some(),
            to: key("to"),
            that: key("that"),
            only: key("only"),
            by: key("by"),
            comma: key(","),
            semicolon: key(";"),
        }
    }
}

impl Clauses {
    /// Reads the word files, which are part of the program.
    pub(crate) fn new() -> Self {
        let folders = FOLDERS.iter().map(|folder| Words::of(folder.statements));
        Self {
            folders: folders.collect(),
            neutral: Words::of(""),
        }
    }

    /// Adds the statements of a document.
    pub(crate) fn add(&self, doc: &mut Document, polarity: &Polarity) {
        let words = folder_of(doc.article.language.as_deref())
            .map_or(&self.neutral, |folder| &self.folders[folder]);
        let mut statements = Vec::with_capacity(doc.sentences.len() * 3 / 2);
        for (index, sentence) in doc.sentences.iter().enumerate() {
            // What a desk says of its own article ("an earlier version said …") is no report of the event.
            let block = doc.article.blocks.get(sentence.block as usize);
            if block.is_some_and(|block| matches!(block.kind, BlockKind::Note | BlockKind::Table)) {
                continue;
            }
            for range in (Splitter {
                doc,
                words,
                sentence,
            })
            .clauses()
            {
                let Some(span) = trimmed(doc, range.clone()) else {
                    continue;
                };
                let quote = quote_of(doc, span);
                let reading = polarity.read(doc, doc.tokens_in(span));
                statements.push(Statement {
                    span,
                    sentence: index as u32,
                    stance: stance(doc, words, polarity, range, quote),
                    modality: reading.modality,
                    negated: reading.negated,
                    conditional: reading.conditional,
                    whether: reading.whether,
                    quote: quote.map(|(index, _)| index),
                });
            }
        }
        doc.statements = statements;
    }
}

struct Splitter<'a> {
    doc: &'a Document,
    words: &'a Words,
    sentence: &'a Sentence,
}

impl Splitter<'_> {
    /// The sentence's clauses, as ranges of `Document.tokens`.
    fn clauses(&self) -> Vec<Range<usize>> {
        let mut range = self.sentence.tokens.start as usize..self.sentence.tokens.end as usize;
        if range.end > self.doc.tokens.len() || range.is_empty() {
            return Vec::new();
        }
        range.start = behind_dateline(self.doc, range.clone());
        let (mut bounds, reporting) = self.quotations(&range);
        self.marks_and_conjunctions(&range, &mut bounds);
        bounds.sort_unstable();
        bounds.dedup();
        let mut clauses: Vec<Range<usize>> = Vec::new();
        let mut from = range.start;
        for to in bounds.into_iter().chain([range.end]) {
            if to <= from {
                continue;
            }
            let clause = from..to;
            from = to;
            let bare_reporting = reporting
                .iter()
                .any(|r| r.start <= clause.start && clause.end <= r.end);
            if bare_reporting {
                continue;
            }
            let small = self.content(&clause) < LEAST_CONTENT;
            match clauses.last_mut() {
                Some(last) if small && last.end == clause.start => last.end = clause.end,
                _ => clauses.push(clause),
            }
        }
        // A small first clause joins the second.
        if clauses.len() > 1
            && self.content(&clauses[0]) < LEAST_CONTENT
            && clauses[0].end == clauses[1].start
        {
            clauses[1].start = clauses[0].start;
            clauses.remove(0);
        }
        if clauses.is_empty() {
            clauses.push(range.clone());
        }
        for clause in &mut clauses {
            if clause.end < range.end
                && self
                    .words
                    .subordinator
                    .contains(self.doc.tokens[clause.end].key)
            {
                clause.end = self.span_before(clause.end, clause.start);
            }
        }
        clauses
    }

    fn content(&self, range: &Range<usize>) -> usize {
        self.doc.tokens[range.clone()]
            .iter()
            .filter(|t| t.class != TokenClass::Mark && !t.stop)
            .count()
    }

    /// Bounds around the content of quotations, and the reporting clauses that say nothing else.
    fn quotations(&self, range: &Range<usize>) -> (Vec<usize>, Vec<Range<usize>>) {
        let span = self.sentence.span;
        let (mut bounds, mut reporting) = (Vec::new(), Vec::new());
        let mut content = 0;
        let mut told: Vec<Span> = Vec::new();
        for quote in quotes_in(self.doc, span) {
            for part in quote.parts.iter().filter(|part| part.overlaps(span)) {
                let Some(part) = part.intersection(span) else {
                    continue;
                };
                let tokens = self.doc.tokens_in(part);
                let inside = tokens.start.max(range.start)..tokens.end.min(range.end);
                // A part too short to state anything is left in its sentence.
                if inside.is_empty() || self.content(&inside) < LEAST_CONTENT + 1 {
                    continue;
                }
                // Indirect speech is one clause with its report: "said that P" is read as it
                // stands.
                if quote.form != Form::Direct || !self.has_verb(inside.clone()) {
                    continue;
                }
                bounds.extend([self.before_open_mark(inside.start, range.start), inside.end]);
                content += 1;
            }
            told.extend([quote.cue, quote.source].into_iter().flatten());
        }
        if content == 0 {
            return (Vec::new(), Vec::new());
        }
        bounds.sort_unstable();
        bounds.dedup();
        let mut from = range.start;
        for to in bounds.iter().copied().chain([range.end]) {
            let gap = from..to;
            from = to;
            let inside_content = trimmed(self.doc, gap.clone())
                .and_then(|span| quote_of(self.doc, span))
                .is_some();
            if gap.is_empty() || inside_content {
                continue;
            }
            let own = self.doc.tokens[gap.clone()]
                .iter()
                .filter(|t| t.class != TokenClass::Mark && !t.stop)
                .filter(|t| !told.iter().any(|span| span.contains(t.span)))
                .count();
            if own < REPORTING_CONTENT {
                reporting.push(gap);
            }
        }
        (bounds, reporting)
    }

    /// The index of the quote mark that opens right before a token, or the token's own.
    fn before_open_mark(&self, token: usize, first: usize) -> usize {
        if token > first && self.doc.tokens[token - 1].class == TokenClass::Mark {
            let mark = self.doc.get(self.doc.tokens[token - 1].span);
            if mark.starts_with(['"', '“', '‘', '\'', '«', '„']) {
                return token - 1;
            }
        }
        token
    }

    fn marks_and_conjunctions(&self, range: &Range<usize>, bounds: &mut Vec<usize>) {
        let tokens = &self.doc.tokens;
        if !self.words.cuts {
            return;
        }
        let mut from = range.start;
        let mut at = range.start;
        while at < range.end {
            if bounds.contains(&at) {
                from = at;
            }
            if let Some(bound) = self.bound_at(at, from, range) {
                bounds.push(bound);
                from = bound;
            }
            at += 1;
        }
        // "After the rain stopped, the crew left": a clause that opens the sentence.
        let first = tokens[range.start].key;
        if self.words.subordinator.contains(first) {
            let comma = (range.start + 3..range.end.min(range.start + 30)).find(|&at| {
                tokens[at].key == self.words.comma && self.subject_and_verb(at + 1, range.end)
            });
            if let Some(comma) = comma
                && self.subject_and_verb(range.start + 1, comma)
            {
                bounds.push(comma + 1);
            }
        }
    }

    /// Where a clause begins because of the token `at`, if one does.
    fn bound_at(&self, at: usize, from: usize, range: &Range<usize>) -> Option<usize> {
        let tokens = &self.doc.tokens;
        let words = self.words;
        let key = tokens[at].key;
        if at == range.start || !self.has_verb(from..at) {
            return None;
        }
        if key == words.semicolon {
            return self.has_verb(at + 1..range.end).then_some(at + 1);
        }
        let after_comma = tokens[at - 1].key == words.comma;
        if words.coordinator.contains(key) {
            let next = tokens.get(at + 1).filter(|_| at + 1 < range.end)?;
            let nominal = matches!(
                tokens[at - 1].tag,
                Tag::Noun | Tag::Propn | Tag::Pron | Tag::Adj | Tag::Unknown | Tag::Num
            );
            let clear = after_comma || words.pronoun.contains(next.key) || !nominal;
            return (clear && self.subject_and_verb(at + 1, range.end)).then_some(at);
        }
        if words.subordinator.contains(key) {
            // "… warned that if P, Q": what was warned of begins here, and the warning has no end
            // without it.
            if tokens[at - 1].key == words.that {
                return None;
            }
            // "Only after P": the clause before has no end without it.
            let hangs = tokens[at - 1].key == words.only || self.is_before_a_time(at, range.end);
            return (!hangs && self.subject_and_verb(at + 1, range.end)).then_some(at);
        }
        if after_comma && words.relative.contains(key) {
            let verb = (at + 1..range.end.min(at + 6)).any(|at| self.is_finite(at));
            return (verb && !self.main_clause_resumes(at, range.end)).then_some(at);
        }
        None
    }

    /// Whether a word has no clause behind it but a time: "since January and that all had sailed".
    fn is_before_a_time(&self, at: usize, end: usize) -> bool {
        let tokens = &self.doc.tokens;
        let Some(next) = tokens.get(at + 1) else {
            return false;
        };
        let dates = &self.doc.dates;
        let place = dates.partition_point(|date| date.span.end() <= next.span.start());
        let Some(date) = dates
            .get(place)
            .filter(|date| date.span.contains(next.span))
        else {
            return false;
        };
        let behind = self.doc.tokens_in(date.span).end;
        tokens
            .get(behind)
            .filter(|_| behind < end)
            .is_none_or(|token| {
                token.class == TokenClass::Mark || self.words.coordinator.contains(token.key)
            })
    }

    /// Where "a day after" begins, given its "after": how much later is no part of the earlier clause.
    /// The token itself where nothing is measured, or nothing would be left before it.
    fn span_before(&self, at: usize, from: usize) -> usize {
        let tokens = &self.doc.tokens;
        if !self.words.span.contains(tokens[at - 1].key) {
            return at;
        }
        // "a day", "two long years"
        const WORDS: usize = 3;
        let inside = |t: &Token| matches!(t.tag, Tag::Det | Tag::Num | Tag::Adj | Tag::Adv);
        let mut start = at - 1;
        while start > from + 1 && at - start < WORDS && inside(&tokens[start - 1]) {
            start -= 1;
        }
        start
    }

    /// Whether after a relative clause its main clause goes on: ", who led the crew, resigned".
    fn main_clause_resumes(&self, relative: usize, end: usize) -> bool {
        (relative + 1..end.saturating_sub(1)).any(|at| {
            self.doc.tokens[at].key == self.words.comma
                && (at + 1..end.min(at + 3)).any(|next| self.is_finite(next))
        })
    }

    /// Whether a clause with a subject and a finite verb opens here.
    fn subject_and_verb(&self, from: usize, end: usize) -> bool {
        let end = end.min(from + SUBJECT_REACH);
        let tokens = &self.doc.tokens;
        let Some(first) = tokens.get(from).filter(|_| from < end) else {
            return false;
        };
        let mut subject = self.words.pronoun.contains(first.key);
        if !subject && !opens_phrase(first) {
            return false;
        }
        for at in from..end {
            let token = &tokens[at];
            if subject && self.is_finite(at) {
                let passive = tokens.get(at + 1).is_some_and(|t| t.key == self.words.by);
                return !passive || self.words.finite.contains(token.key);
            }
            let stops = token.class == TokenClass::Mark
                || self.words.coordinator.contains(token.key)
                    && token.key != crate::keys::key("and")
                || self.words.relative.contains(token.key)
                || self.words.subordinator.contains(token.key);
            if stops && at > from {
                return false;
            }
            subject |= match token.tag {
                Tag::Noun | Tag::Propn | Tag::Pron | Tag::Num => true,
                Tag::Unknown => token.class == TokenClass::Word && !token.stop,
                _ => false,
            };
        }
        false
    }

    fn has_verb(&self, range: Range<usize>) -> bool {
        range.clone().any(|at| self.is_finite(at))
    }

    /// Whether a token is a verb that can carry a clause: no infinitive, no -ing form.
    fn is_finite(&self, at: usize) -> bool {
        let Some(token) = self.doc.tokens.get(at) else {
            return false;
        };
        let after_to = at > 0 && self.doc.tokens[at - 1].key == self.words.to;
        match token.tag {
            Tag::Aux => !after_to,
            Tag::Verb => !after_to && !self.doc.get(token.span).ends_with("ing"),
            Tag::Unknown => {
                let word = self.doc.get(token.span);
                !after_to
                    && (self.words.finite.contains(token.key)
                        || token.class == TokenClass::Word
                            && word.len() > 4
                            && word.ends_with("ed")
                            && !word.starts_with(char::is_uppercase))
            }
            _ => false,
        }
    }
}

/// Whether a phrase that can be a subject may begin with this token.
fn opens_phrase(token: &Token) -> bool {
    match token.tag {
        Tag::Unknown => token.class != TokenClass::Mark,
        tag => matches!(
            tag,
            Tag::Noun | Tag::Propn | Tag::Pron | Tag::Det | Tag::Adj | Tag::Num
        ),
    }
}

/// The quotations whose content touches a span.
fn quotes_in(doc: &Document, span: Span) -> impl Iterator<Item = &Quotation> {
    quotes_near(doc, span)
        .map(|(_, quote)| quote)
        .filter(move |quote| quote.parts.iter().any(|part| part.overlaps(span)))
}

/// The quotation in whose content a span lies for the most part: the innermost.
fn quote_of(doc: &Document, span: Span) -> Option<(u32, &Quotation)> {
    quotes_near(doc, span)
        .filter(|(_, quote)| {
            let inside: usize = quote.parts.iter().map(|part| part.overlap(span)).sum();
            inside * 2 >= span.len()
        })
        .min_by_key(|(_, quote)| quote.content().len())
        .map(|(index, quote)| (index as u32, quote))
}

/// Whether a clause asserts, denies or questions.
fn stance(
    doc: &Document,
    words: &Words,
    polarity: &Polarity,
    range: Range<usize>,
    quote: Option<(u32, &Quotation)>,
) -> Stance {
    let cue_denies = quote
        .and_then(|(_, quote)| quote.cue)
        .is_some_and(|cue| denies(doc, words, polarity, doc.tokens_in(cue)));
    let tokens = &doc.tokens[range.clone()];
    if cue_denies || denies(doc, words, polarity, range) || holds(tokens, &words.refutation) {
        return Stance::Denies;
    }
    let asks = tokens
        .iter()
        .rev()
        .take_while(|t| t.class == TokenClass::Mark)
        .any(|t| doc.get(t.span).starts_with('?'));
    if asks || holds(tokens, &words.doubt) {
        return Stance::Questions;
    }
    Stance::Asserts
}

/// Whether a denying verb stands in a range of tokens, used to deny and not to withhold, and not
/// negated itself ("did not deny").
fn denies(doc: &Document, words: &Words, polarity: &Polarity, range: Range<usize>) -> bool {
    let tokens = &doc.tokens;
    range.clone().any(|at| {
        let own = words.denial.contains(tokens[at].key);
        let rejects = words.rejection.contains(tokens[at].key);
        if !own && !rejects || polarity.negates(doc, at) {
            return false;
        }
        let rest = &tokens[(at + 1).min(tokens.len())..tokens.len().min(at + 8)];
        let passive = at > 0
            && words.be.contains(tokens[at - 1].key)
            && rest.first().is_none_or(|t| t.key != words.by);
        let withheld = rest.iter().take(6).any(|t| words.withheld.contains(t.key));
        let matter = rest
            .iter()
            .any(|t| words.matter.contains(t.key) || t.key == words.that);
        if own {
            !passive && !withheld
        } else {
            matter && !passive
        }
    })
}

/// Whether one of some phrases stands among tokens.
fn holds(tokens: &[Token], phrases: &Phrases<()>) -> bool {
    (0..tokens.len()).any(|at| phrases.at(tokens, at, tokens.len()).next().is_some())
}
