//! In: a document with sentences, tokens, names and entities. Out: its quotations, direct, mixed
//! and indirect, each with its cue, the words for its source and the rule that found it. Refuses
//! scare quotes, titles of works and speech without an explicit cue; a speaker is named only where
//! one alone fits.
//!
//! The way: quote marks are paired paragraph by paragraph ([`marks`]); words and quoted stretches
//! become items ([`gram`], [`phrases`], [`mend`]); cues with their sources become frames ([`frames`]); ordered
//! rules give each frame its content ([`patterns`]); what stands alone continues what came before or
//! has its speaker in a line beside it ([`lines`]); and sources are resolved to people
//! ([`speakers`]).

mod cues;
mod frames;
mod gram;
mod lines;
mod marks;
mod mend;
mod patterns;
mod phrases;
mod posts;
mod speakers;

use std::ops::Range;

use model::{
    BlockKind, Confidence, Document, EntityIx, Form, NameKind, NonEmpty, Quotation, Resolution,
    Span, TokenClass,
};

use crate::language::{FOLDERS, folder_of};
use crate::names::gender::Genders;
use cues::{Lexicon, Ways};
use frames::Frame;
use gram::{Gram, Item};
use marks::Quoted;
use patterns::{FRAGMENT_WORDS, QuoteFacts, Report};

/// The rule of a quote whose speaker stands behind it, after a dash.
const SIGNED: &str = "quote-signed";

/// Bytes of a line that signs a quote: a name, an office, a place. A longer one tells something.
const LONGEST_SIGNATURE: usize = 120;

/// The lexicons of all languages that have one.
pub(crate) struct Lexicons {
    /// In the order of [`FOLDERS`].
    folders: Vec<Lexicon>,
    /// Knows no word: quote marks are found and nobody is named.
    none: Lexicon,
}

impl Lexicons {
    /// Reads the data that ships with the program.
    pub(crate) fn new() -> Self {
        Self {
            folders: FOLDERS
                .iter()
                .map(|folder| Lexicon::new(folder.cues, folder.closed_class))
                .collect(),
            none: Lexicon::new("", ""),
        }
    }

    /// The lexicon of a language; a text too short to tell is read as English.
    fn get(&self, code: Option<&str>) -> &Lexicon {
        folder_of(code).map_or(&self.none, |folder| &self.folders[folder])
    }
}

/// A quotation on its way, before its speaker is resolved.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    parts: Vec<Span>,
    cue: Option<Span>,
    source: Option<Span>,
    form: Form,
    rule: &'static str,
    /// Whether its source was taken over from the quotation before.
    carried: bool,
    /// Whether a mark was odd or a source had rivals.
    doubtful: bool,
    /// Whether somebody quotes it inside another quotation.
    nested: bool,
}

/// Finds the quotations of a document.
pub(crate) fn find(doc: &Document, lexicons: &Lexicons, genders: &Genders) -> Vec<Quotation> {
    let lexicon = lexicons.get(doc.article.language.as_deref());
    let mut finder = Finder {
        doc,
        lexicon,
        drafts: Vec::new(),
        open: None,
        pending: None,
    };
    let mut behind = 0;
    for (index, block) in doc.article.blocks.iter().enumerate() {
        if block.kind == BlockKind::Post {
            if index >= behind {
                let (posts, end) = posts::read(doc, index);
                finder.drafts.extend(posts);
                behind = end;
            }
            finder.open = None;
            finder.pending = None;
            continue;
        }
        let heading = block.kind == BlockKind::Heading && !finder.is_signed(index, block.span);
        if heading || matches!(block.kind, BlockKind::Note | BlockKind::Table) {
            finder.open = None;
            finder.pending = None;
            continue;
        }
        finder.paragraph(index, block.span);
    }
    for draft in &mut finder.drafts {
        draft.source = draft.source.map(|source| whole_name(doc, source, draft));
    }
    speakers::resolve(doc, lexicon, genders, finder.drafts)
}

/// A source with the rest of the name that it ends in: `the hospital in Lindau am See`. A name that goes on into the
/// words reported, or into those that report them, is none.
fn whole_name(doc: &Document, source: Span, draft: &Draft) -> Span {
    let at = doc
        .names
        .partition_point(|name| name.span.end() <= source.end());
    let name = doc.names.get(at).map(|name| name.span);
    let name = name.filter(|name| {
        let apart = |span: &Span| !span.overlaps(*name);
        name.start() < source.end() && draft.cue.iter().chain(&draft.parts).all(apart)
    });
    name.map_or(source, |name| source.hull(name))
}

/// What the next quote can go on from.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// The quotation, an index into the drafts.
    draft: usize,
    /// The block in which its last part stands.
    block: usize,
    /// Whether its last part ended right before the place where the next could begin.
    adjacent: bool,
    /// Whether its closing mark was missing.
    unclosed: bool,
    /// Whether its last part asks: somebody else may answer.
    question: bool,
}

/// A frame whose content must follow: the paragraph ended in a colon.
#[derive(Clone, Copy, Debug)]
struct Pending {
    cue: Option<Span>,
    source: Option<Span>,
    rule: &'static str,
    block: usize,
}

struct Finder<'a> {
    doc: &'a Document,
    lexicon: &'a Lexicon,
    drafts: Vec<Draft>,
    open: Option<Open>,
    pending: Option<Pending>,
}

impl Finder<'_> {
    fn paragraph(&mut self, block: usize, span: Span) {
        let quoted = marks::scan(self.doc.get(span));
        for quote in &quoted {
            self.nested(block, span, quote);
        }
        let (items, sentences) = self.lined_up(span, &quoted);
        if self.signed(block, &items) {
            return;
        }
        if self.next_signs(block) && !self.open.is_some_and(|open| open.unclosed) {
            self.open = None;
        }
        let mut pending = self
            .pending
            .take()
            .filter(|pending| pending.block + 1 == block);
        for (nth, sentence) in sentences.iter().enumerate() {
            let from = match nth {
                0 => phrases::behind_dateline(&items, sentence),
                _ => sentence.start,
            };
            let sentence = &(from..sentence.end);
            let frames = frames::frames(&items, self.lexicon, sentence.clone());
            let facts = |quote: usize| self.facts(span, &quoted, quote);
            let reports = patterns::read(&items, sentence.clone(), &frames, self.lexicon, facts);
            let has_reports = !reports.is_empty();
            for report in reports {
                self.take(
                    block,
                    span,
                    &quoted,
                    &items,
                    &frames,
                    report,
                    nth == 0,
                    &mut pending,
                );
            }
            if let Some(open) = &mut self.open {
                // Only the very next sentence can go on with a quote.
                open.adjacent = has_reports && open.block == block;
            }
            if !has_reports {
                pending = self.dangling(&items, &frames, sentence);
            }
            if nth + 1 == sentences.len() {
                self.pend(block, &items, &frames, sentence.clone());
            }
        }
    }

    /// Whether a short line that looks like a heading is a quote with its speaker, or signs the one
    /// before.
    fn is_signed(&self, block: usize, span: Span) -> bool {
        let words = self.doc.get(span);
        let dash = |c: char| gram::mark(c) == Gram::Dash;
        if self.lexicon.is_empty() || !words.contains(dash) {
            return false;
        }
        let quoted = marks::scan(words);
        let signs = match quoted.first() {
            None => words.starts_with(dash) && self.open.is_some_and(|o| o.block + 1 == block),
            Some(quote) => quote.open == 0 && quote.closed,
        };
        signs && {
            let items = phrases::items(self.doc, self.lexicon, span, &quoted);
            lines::signer(&items, usize::from(!quoted.is_empty())..items.len()).is_some()
        }
    }

    /// Gives the quote in the paragraph before its speaker, where this one signs it: `— Eva Lund`.
    fn signed(&mut self, block: usize, items: &[Item]) -> bool {
        let Some(open) = self.open.filter(|open| open.block + 1 == block) else {
            return false;
        };
        let Some(who) = lines::signer(items, 0..items.len()) else {
            return false;
        };
        let source = self.span_of(items, who);
        let Some(quote) = self.drafts.get_mut(open.draft) else {
            return false;
        };
        if quote.rule != "quote-alone" {
            return false;
        }
        quote.source = source;
        quote.rule = SIGNED;
        self.open = None;
        true
    }

    /// Whether the next paragraph can sign this one: a line that a dash opens. What it signs goes on
    /// with nothing before.
    fn next_signs(&self, block: usize) -> bool {
        let next = self.doc.article.blocks.get(block + 1);
        next.is_some_and(|next| {
            let words = self.doc.get(next.span);
            !self.lexicon.is_empty()
                && words.len() <= LONGEST_SIGNATURE
                && words.starts_with(|c: char| gram::mark(c) == Gram::Dash)
                && !words.ends_with('.')
        })
    }

    /// The items of a paragraph, or of the words in one quote, and its sentences.
    fn lined_up(&self, span: Span, quoted: &[Quoted]) -> (Vec<Item>, Vec<Range<usize>>) {
        let words = self.doc.get(span);
        let items = phrases::items(self.doc, self.lexicon, span, quoted);
        let inner_end = |quote: usize| {
            quoted
                .get(quote)
                .and_then(|q| words[q.start..q.end].chars().next_back())
        };
        let sentences = phrases::sentences(&items, inner_end);
        (items, sentences)
    }

    /// Whom somebody quotes within a quote: `"He told us 'we go'," Lund said.` Only quoted words
    /// with a cue of their own count, one level deep: inside marks, what else is told is vague.
    fn nested(&mut self, block: usize, span: Span, outer: &Quoted) {
        let text = &self.doc.article.text;
        let Some(inner) = text.trimmed(span.start() + outer.start..span.start() + outer.end) else {
            return;
        };
        let quoted = marks::scan(self.doc.get(inner));
        if quoted.is_empty() {
            return;
        }
        let (items, sentences) = self.lined_up(inner, &quoted);
        let (open, first) = (self.open.take(), self.drafts.len());
        for sentence in sentences {
            let frames = frames::frames(&items, self.lexicon, sentence.clone());
            let facts = |quote: usize| self.facts(inner, &quoted, quote);
            let reports = patterns::read(&items, sentence, &frames, self.lexicon, facts);
            let speech = |at: usize| {
                let words = items[at].quote.map(|quote| facts(quote).words);
                words.is_some_and(|words| words >= FRAGMENT_WORDS)
            };
            let mut own: Vec<Report> = reports
                .into_iter()
                .filter(|report| report.frame.is_some())
                .collect();
            for report in own.iter_mut().filter(|report| !report.quoted) {
                report.quoted = true;
                let all = report.parts.iter().flat_map(Range::clone);
                report.parts = all.filter(|&at| speech(at)).map(|at| at..at + 1).collect();
            }
            for report in own {
                self.take(
                    block, inner, &quoted, &items, &frames, report, false, &mut None,
                );
            }
        }
        self.open = open;
        for draft in &mut self.drafts[first..] {
            draft.nested = true;
        }
    }

    /// A frame without content at the end of a sentence: `Lund agreed. "…"`.
    fn dangling(
        &self,
        items: &[Item],
        frames: &[Frame],
        sentence: &Range<usize>,
    ) -> Option<Pending> {
        let frame = frames.last()?;
        let rest = items.get(frame.end()..sentence.end)?;
        let bare = rest.iter().all(|item| {
            !matches!(
                item.gram,
                Gram::Verb | Gram::Auxiliary | Gram::Quote | Gram::That
            )
        });
        let fits = bare
            && frame.ways.any(Ways::QUOTE)
            && !frame.passive
            && !frame.unreal
            && frame.source.is_some();
        fits.then(|| Pending {
            cue: self.span_of(items, frame.cue.clone()),
            source: frame
                .source
                .clone()
                .and_then(|source| self.span_of(items, source)),
            rule: "sentence-before",
            block: 0,
        })
    }

    /// Notes a paragraph that ends in a colon: what follows is somebody's words.
    fn pend(&mut self, block: usize, items: &[Item], frames: &[Frame], sentence: Range<usize>) {
        let ends = items
            .get(sentence.end.wrapping_sub(1))
            .is_some_and(|i| i.gram == Gram::Colon);
        if !ends {
            return;
        }
        let frame = frames.iter().rev().find(|frame| frame.source.is_some());
        let source = match frame {
            Some(frame) => frame.source.clone(),
            None if self.lexicon.comma_clause => return,
            None if self.lexicon.is_empty() => None,
            None => lines::introduced(items, sentence.start, sentence.end - 1)
                .filter(|who| lines::is_somebody(&items[who.clone()])),
        };
        self.pending = Some(Pending {
            cue: frame.and_then(|frame| self.span_of(items, frame.cue.clone())),
            source: source.and_then(|source| self.span_of(items, source)),
            rule: "colon-before",
            block,
        });
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one paragraph's parts, used once"
    )]
    fn take(
        &mut self,
        block: usize,
        span: Span,
        quoted: &[Quoted],
        items: &[Item],
        frames: &[Frame],
        report: Report,
        first: bool,
        pending: &mut Option<Pending>,
    ) {
        let text = &self.doc.article.text;
        let mut parts = Vec::new();
        let mut unclosed = false;
        for part in &report.parts {
            let single = if part.len() == 1 {
                items[part.start].quote
            } else {
                None
            };
            let range = match single.and_then(|quote| quoted.get(quote)) {
                Some(quote) => {
                    unclosed |= !quote.closed;
                    span.start() + quote.start..span.start() + quote.end
                }
                None => self.content_range(items, part.clone()),
            };
            match text.trimmed(range) {
                Some(part) if self.lexicon.is_empty() && report.quoted => {
                    parts.extend(self.voice(part));
                }
                part if single.is_some() => parts.extend(part),
                part => parts.extend(part.map(|part| self.before_closing(part))),
            }
        }
        if parts.is_empty() {
            return;
        }
        let quotes_inside = report.parts.iter().flat_map(|p| p.clone());
        let mixed = quotes_inside.clone().any(|i| items[i].quote.is_some());
        let form = match (report.quoted, mixed) {
            (true, _) => Form::Direct,
            (false, true) => Form::Mixed,
            (false, false) => Form::Indirect,
        };
        let frame = report.frame.and_then(|index| frames.get(index));
        let label = match parts.as_slice() {
            [words] if report.quoted && frame.is_none() && report.source.is_none() => {
                self.label(*words)
            }
            _ => None,
        };
        if let Some((_, words)) = label {
            parts = vec![words];
        }
        let mut draft = Draft {
            parts,
            cue: frame.and_then(|frame| self.span_of(items, frame.cue.clone())),
            source: frame
                .and_then(|frame| frame.source.clone())
                .or(report.source)
                .and_then(|source| self.span_of(items, source))
                .or(label.and_then(|(who, _)| who)),
            form,
            rule: label
                .and_then(|(who, _)| who)
                .map_or(report.rule, |_| "transcript-label"),
            carried: false,
            doubtful: unclosed,
            nested: false,
        };
        if frame.is_none() {
            // Capitals open a turn that goes on with no other.
            if label.is_none() && self.goes_on(&draft, block, first, report.rule) {
                if let Some(open) = &mut self.open {
                    open.unclosed = unclosed;
                    open.block = block;
                }
                return;
            }
            if draft.rule == "quote-alone" && (label.is_none() || pending.is_some()) {
                self.lend(&mut draft, block, pending);
            }
        }
        let direct = draft.form == Form::Direct;
        if direct || mixed {
            *pending = None;
        }
        let draft_signed = draft.rule == SIGNED;
        self.drafts.push(draft);
        if draft_signed {
            // What is signed is over.
            self.open = None;
        } else if direct || mixed {
            let question = self.asks(self.drafts.last());
            self.open = Some(Open {
                question,
                draft: self.drafts.len() - 1,
                block,
                adjacent: true,
                unclosed,
            });
        }
    }

    /// What stands before a closing mark that nothing opened: a page lost the opening one, and what
    /// follows is no speech (`…the border,” it read`).
    fn before_closing(&self, part: Span) -> Span {
        let words = self.doc.get(part);
        let mark = words.find(['“', '”', '"', '„']);
        let lone = mark.filter(|&at| at > 0 && words[at..].starts_with('”'));
        let to = lone.map_or(words.len(), |at| at);
        let cut = self
            .doc
            .article
            .text
            .trimmed(part.start()..part.start() + to);
        cut.unwrap_or(part)
    }

    /// What is speech in a quote of a language without data: where dashes take the reporting clause
    /// into the marks (`«Мы уходим, — сказала она. — Пора»`), the words between them are left out.
    fn voice(&self, part: Span) -> Vec<Span> {
        let words = self.doc.get(part);
        let mut dashes = words.match_indices([' ', '\u{a0}']).filter(|&(at, _)| {
            let mut behind = words[at..].chars().skip(1);
            behind.next().is_some_and(|c| matches!(c, '—' | '–'))
                && behind.next().is_some_and(char::is_whitespace)
                && words[..at].ends_with([',', '.', '!', '?', '…'])
        });
        let (Some((first, _)), Some((second, _))) = (dashes.next(), dashes.next()) else {
            return vec![part];
        };
        let behind = words[second..].char_indices().nth(2);
        let from = behind.map_or(words.len(), |(dash, _)| second + dash);
        let text = &self.doc.article.text;
        let to = dashes.next().map_or(words.len(), |(third, _)| third);
        [0..first, from..to]
            .into_iter()
            .filter_map(|r| text.trimmed(part.start() + r.start..part.start() + r.end))
            .collect()
    }

    /// Whose turn of a transcript capitals open, and the words behind: `"LUND: We have time.` Without
    /// a person's name, as in `"BREAKING: …`, it is nobody's, and the words stay whole.
    fn label(&self, words: Span) -> Option<(Option<Span>, Span)> {
        const LONGEST: usize = 40;
        let text = self.doc.get(words);
        let colon = text.bytes().take(LONGEST).position(|b| b == b':')?;
        let head = &text[..colon];
        let capitals = head.chars().filter(|c| c.is_uppercase()).count();
        if capitals < 2 || head.chars().any(char::is_lowercase) {
            return None;
        }
        let end = words.start() + colon;
        let names = &self.doc.names;
        let name = names
            .partition_point(|name| name.span.end() <= end)
            .checked_sub(1)
            .and_then(|at| names.get(at))
            .filter(|name| name.kind == NameKind::Person && name.span.end() == end);
        if name.is_none() {
            return Some((None, words));
        }
        let behind = self.doc.article.text.trimmed(end + 1..words.end())?;
        Some((self.doc.article.text.trimmed(words.start()..end), behind))
    }

    /// Adds a quote that goes on with the one before to it.
    fn goes_on(&mut self, draft: &Draft, block: usize, first: bool, rule: &str) -> bool {
        let Some(open) = self.open else { return false };
        let Some(before) = self.drafts.get_mut(open.draft) else {
            return false;
        };
        let same = open.block == block && open.adjacent;
        let next = first && open.block + 1 == block;
        // The next paragraph goes on: its mark takes up an unclosed one, or it is a quote and
        // nothing else right behind the reporting clause.
        let told = !self.lexicon.is_empty();
        let chained = next && (open.unclosed || told && open.adjacent && !open.question);
        if rule != "quote-alone" || !(same || chained) {
            return false;
        }
        before.parts.extend(draft.parts.iter().copied());
        true
    }

    fn asks(&self, draft: Option<&Draft>) -> bool {
        draft
            .and_then(|draft| draft.parts.last())
            .is_some_and(|&part| self.doc.get(part).ends_with('?'))
    }

    /// Gives a quote that stands alone the source that stands before it.
    fn lend(&self, draft: &mut Draft, block: usize, pending: &mut Option<Pending>) {
        if let Some(lender) = pending.take() {
            draft.cue = lender.cue;
            draft.source = lender.source;
            draft.rule = lender.rule;
            return;
        }
        let Some(open) = self.open else { return };
        let Some(before) = self.drafts.get(open.draft) else {
            return;
        };
        if open.block + 1 >= block && before.source.is_some() {
            draft.source = before.source;
            draft.carried = true;
            draft.rule = "carried";
            draft.doubtful = open.block != block;
        }
    }

    /// The bytes of a stretch of items.
    fn content_range(&self, items: &[Item], part: Range<usize>) -> Range<usize> {
        match (items.get(part.start), items.get(part.end.wrapping_sub(1))) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    fn span_of(&self, items: &[Item], range: Range<usize>) -> Option<Span> {
        let first = items.get(range.start)?;
        let last = items.get(range.end.checked_sub(1)?)?;
        self.doc.article.text.trimmed(first.start..last.end)
    }

    fn facts(&self, span: Span, quoted: &[Quoted], quote: usize) -> QuoteFacts {
        let Some(quote) = quoted.get(quote) else {
            return QuoteFacts {
                words: 0,
                last: None,
                title: false,
            };
        };
        let text = &self.doc.article.text;
        let (mut words, mut long, mut capitals) = (0, 0, 0);
        if let Ok(inner) = text.span(span.start() + quote.start..span.start() + quote.end) {
            for token in &self.doc.tokens[self.doc.tokens_in(inner)] {
                if token.class != TokenClass::Mark {
                    words += 1;
                    let word = self.doc.get(token.span);
                    if word.len() > 3 {
                        long += 1;
                        capitals += usize::from(word.starts_with(char::is_uppercase));
                    }
                }
            }
        }
        let inner = &self.doc.get(span)[quote.start..quote.end];
        let last = inner
            .trim_end_matches(['"', '”', '’', '\'', ' ', ']', ')'])
            .chars()
            .next_back();
        let title = long >= 2
            && capitals == long
            && words <= 10
            && !inner.ends_with(['.', '!'])
            && inner.chars().any(char::is_lowercase);
        QuoteFacts { words, last, title }
    }
}

/// Makes the quotation of a draft with its speaker.
pub(crate) fn finish(
    draft: Draft,
    speaker: Option<EntityIx>,
    resolution: Resolution,
    confidence: Confidence,
) -> Option<Quotation> {
    Some(Quotation {
        form: draft.form,
        parts: NonEmpty::new(draft.parts)?,
        cue: draft.cue,
        source: draft.source,
        speaker,
        resolution,
        confidence,
        rule: draft.rule,
        nested: Vec::new(),
    })
}
