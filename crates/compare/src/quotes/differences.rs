//! In: the readings of one utterance. Out: where they differ: other words, a cut, another speaker,
//! a translation there and back. Refuses differences of case, quote marks, brackets, stops and spelling, one
//! speaker under two names, and function words where one side gives the matter in its own words.

use std::collections::HashMap;

use model::{
    Difference, DifferenceKind, Document, Mention, NameIx, QuoteReading, QuoteReadingIx,
    Resolution, Span, Story,
};
use model::{Form, TokenClass};

use super::reading::Read;
use super::unmarked;
use super::words::{LONGEST, Word};
use crate::spelling;

/// Words by which a reading must be shorter at an end to count as cut.
const CUT: usize = 3;
/// Words on one side of a difference; more is another sentence, not another wording.
const WIDEST: usize = 8;
/// Words on one side of a difference at the start or end of a reading.
const LEAD: usize = 3;
/// Part of the shorter reading's words that must be equal for their differences to be a matter of
/// wording.
const ALIKE: f32 = 0.4;

/// Finds the differences between the best attested wording and each other one, and between
/// speakers.
pub(super) fn find(story: &Story, docs: &[&Document], reads: &[Read]) -> Vec<Difference> {
    let mut out = Vec::new();
    if reads.len() < 2 {
        return out;
    }
    let Some(full) = fullest(reads) else {
        return out;
    };
    // Copies differ from it as their first one does.
    let mut seen: Vec<Vec<u64>> = vec![wording(&reads[full])];
    for (at, read) in reads.iter().enumerate() {
        let keys = wording(read);
        if !seen.contains(&keys) {
            seen.push(keys);
            words(docs, reads, full, at, read, &mut out);
        }
        if seen.len() > WORDINGS {
            break;
        }
    }
    speakers(story, docs, reads, full, &mut out);
    out.sort_by_key(|d| (d.kind, d.readings, d.sides[0], d.sides[1]));
    out.dedup();
    out
}

/// Wordings of one utterance that are told apart: bounds the work on a phrase that all repeat.
const WORDINGS: usize = 64;

/// The words of a reading, for equality.
fn wording(read: &Read) -> Vec<u64> {
    read.words.iter().map(|word| word.key).collect()
}

/// Whether a reading gives the very words, in marks or not.
fn verbatim(read: &Read) -> bool {
    read.reading.form == Form::Direct || read.reading.rule == unmarked::RULE
}

/// The reading that the others are held against: direct before mixed before indirect, then the
/// wording that most readings have, then the longest.
fn fullest(reads: &[Read]) -> Option<usize> {
    let mut counts: HashMap<Vec<u64>, usize> = HashMap::new();
    for read in reads {
        *counts.entry(wording(read)).or_default() += 1;
    }
    (0..reads.len()).max_by_key(|&at| {
        let read = &reads[at];
        let form = match read.reading.form {
            Form::Direct => 2,
            Form::Mixed => 1,
            Form::Indirect => 0,
        };
        let quoted = read.words.iter().filter(|word| word.quoted).count();
        let count = counts.get(&wording(read)).copied().unwrap_or(0);
        (form, count, quoted, read.words.len(), std::cmp::Reverse(at))
    })
}

/// A stretch of words of each side that has no counterpart.
struct Gap {
    a: std::ops::Range<usize>,
    b: std::ops::Range<usize>,
}

fn words(
    docs: &[&Document],
    reads: &[Read],
    full: usize,
    other: usize,
    read: &Read,
    out: &mut Vec<Difference>,
) {
    let (a, b) = (&reads[full].words, &read.words);
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let (gaps, equal) = gaps(a, b);
    let forms = [reads[full].reading.form, read.reading.form];
    if !(verbatim(&reads[full]) || forms[0] == Form::Mixed)
        || !(verbatim(read) || forms[1] == Form::Mixed)
        || (equal as f32) < ALIKE * a.len().min(b.len()) as f32
    {
        return;
    }
    let quoted = |word: &Word, read: &Read| verbatim(read) || word.quoted;
    let damaged = damaged(docs, &reads[full].reading) || damaged(docs, &read.reading);
    for (nth, gap) in gaps.iter().enumerate() {
        let from = nth.checked_sub(1).map_or(0, |nth| gaps[nth].a.end);
        let to = gaps.get(nth + 1).map_or(a.len(), |next| next.a.start);
        let (left, right) = (&a[gap.a.clone()], &b[gap.b.clone()]);
        let edge =
            gap.a.start == 0 && gap.b.start == 0 || gap.a.end == a.len() && gap.b.end == b.len();
        let cut = right.is_empty() && left.len() >= CUT || left.is_empty() && right.len() >= CUT;
        if edge && cut {
            // Where the longer one goes on in the outlet's own words, nothing was cut.
            let (longer, side) = if right.is_empty() {
                (&reads[full], left)
            } else {
                (read, right)
            };
            if !side.iter().all(|word| quoted(word, longer)) {
                continue;
            }
            out.push(difference(
                DifferenceKind::Truncated,
                [full, other],
                [left, right],
                reads,
            ));
            continue;
        }
        if left.is_empty() || right.is_empty() || left.len() > WIDEST || right.len() > WIDEST {
            continue;
        }
        // At an edge one outlet's own words lead up to the quoted ones or go on from them, and
        // nothing beyond shows that the two fill one place.
        if edge && left.len().max(right.len()) > LEAD {
            continue;
        }
        let flanked = firm(a, from..gap.a.start) && firm(a, gap.a.end..to);
        if !(verbatim(&reads[full]) && verbatim(read) || flanked) {
            continue;
        }
        let verbatim = left.iter().all(|word| quoted(word, &reads[full]))
            && right.iter().all(|word| quoted(word, read));
        let content = left.iter().any(|w| !w.stop) && right.iter().any(|w| !w.stop);
        let stems =
            left.len() == right.len() && left.iter().zip(right).all(|(x, y)| x.stem == y.stem);
        // At an edge of a fragment the other outlet's own words begin.
        if !(verbatim || content && !stems) {
            continue;
        }
        let kind = if damaged {
            DifferenceKind::Translation
        } else {
            DifferenceKind::Wording
        };
        let found = difference(kind, [full, other], [left, right], reads);
        if !spelled_alike(docs, &found.sides) {
            out.push(found);
        }
    }
}

/// Whether both sides have the same words in two spellings, or one number in letters and in digits.
fn spelled_alike(docs: &[&Document], sides: &[Option<Mention>; 2]) -> bool {
    let read = |side: &Option<Mention>| {
        let side = (*side)?;
        let doc = docs.get(side.article.at())?;
        let mut numbers = doc.quantities.iter().filter(|q| q.number == side.span);
        Some((
            doc.get(side.span),
            numbers.next().map(|q| (q.value, q.high)),
        ))
    };
    match (read(&sides[0]), read(&sides[1])) {
        (Some((_, Some(a))), Some((_, Some(b)))) => a == b,
        (Some((a, _)), Some((b, _))) => spelling::alike(a, b),
        _ => false,
    }
}

/// Whether the equal words on one side of a gap within a paraphrase show that one place is meant:
/// two of them, one that says something, or none as both readings end.
fn firm(words: &[Word], run: std::ops::Range<usize>) -> bool {
    let run = words.get(run).unwrap_or_default();
    run.len() != 1 || run.iter().any(|word| !word.stop)
}

/// Whether the article of a reading shows a machine's hand.
fn damaged(docs: &[&Document], reading: &QuoteReading) -> bool {
    const SIGNS: usize = 2;
    docs.get(reading.mention.article.at()).is_some_and(|doc| {
        doc.damage.len() >= SIGNS
            || doc
                .damage
                .iter()
                .any(|damage| reading.mention.span.contains(damage.span))
    })
}

fn difference(
    kind: DifferenceKind,
    at: [usize; 2],
    sides: [&[Word]; 2],
    reads: &[Read],
) -> Difference {
    let mut readings = at.map(QuoteReadingIx::new);
    let mut sides = [0, 1].map(|side| {
        let hull = sides[side]
            .iter()
            .map(|word| word.span)
            .reduce(Span::hull)?;
        Some(Mention {
            article: reads[at[side]].reading.mention.article,
            span: hull,
        })
    });
    if readings[0] > readings[1] {
        readings.reverse();
        sides.reverse();
    }
    Difference {
        kind,
        readings,
        sides,
    }
}

/// The stretches without counterpart in the longest common subsequence, and its length.
fn gaps(a: &[Word], b: &[Word]) -> (Vec<Gap>, usize) {
    let width = b.len() + 1;
    let mut table = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i * width + j] = if a[i].key == b[j].key {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut from) = (0, 0, (0, 0));
    let mut out = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i].key == b[j].key {
            if from != (i, j) {
                out.push(Gap {
                    a: from.0..i,
                    b: from.1..j,
                });
            }
            i += 1;
            j += 1;
            from = (i, j);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    if from != (a.len(), b.len()) {
        out.push(Gap {
            a: from.0..a.len(),
            b: from.1..b.len(),
        });
    }
    (out, usize::from(table[0]))
}

/// Readings that give the same words to others than the fullest reading does: one difference each.
fn speakers(
    story: &Story,
    docs: &[&Document],
    reads: &[Read],
    full: usize,
    out: &mut Vec<Difference>,
) {
    let mut kinds: Vec<(usize, Signature)> = Vec::new();
    let order = std::iter::once(full).chain((0..reads.len()).filter(|&at| at != full));
    for (at, read) in order.map(|at| (at, &reads[at])) {
        let Some(signature) = signature(story, docs, &read.reading) else {
            continue;
        };
        match kinds.iter_mut().find(|(_, known)| known.same(&signature)) {
            // A name shows better who speaks than a pronoun does.
            Some((known, _))
                if reads[*known].reading.resolution != Resolution::Named
                    && read.reading.resolution == Resolution::Named =>
            {
                *known = at;
            }
            Some(_) => {}
            None => kinds.push((at, signature)),
        }
        if kinds.len() >= MAX_SIGNATURES {
            break;
        }
    }
    let Some(((first, _), others)) = kinds.split_first() else {
        return;
    };
    for (other, _) in others {
        let (a, b) = (*first.min(other), *first.max(other));
        let sides = [a, b].map(|at| shown(story, &reads[at].reading));
        if !spelled_alike(docs, &sides) {
            out.push(Difference {
                kind: DifferenceKind::Speaker,
                readings: [a, b].map(QuoteReadingIx::new),
                sides,
            });
        }
    }
}

/// The words that show who speaks: for a pronoun, the last mention before it of the name that it
/// stands for.
fn shown(story: &Story, reading: &QuoteReading) -> Option<Mention> {
    let source = reading.source?;
    let name = reading
        .speaker
        .filter(|_| reading.resolution == Resolution::Pronoun)
        .and_then(|name| story.names.get(name.at()));
    let before = name.and_then(|name| {
        let next = name.mentions.partition_point(|&mention| mention < source);
        let last = name.mentions.get(next.checked_sub(1)?)?;
        (last.article == source.article).then_some(*last)
    });
    before.or(Some(source))
}

/// Signatories of one utterance that are told apart.
const MAX_SIGNATURES: usize = 6;

/// Whom a reading names for the words.
struct Signature {
    name: Option<NameIx>,
    /// Stems of the content words of the source.
    stems: Vec<u64>,
    /// Those of the clearest words for its name.
    clearest: Vec<u64>,
}

impl Signature {
    fn same(&self, other: &Self) -> bool {
        match (self.name, other.name) {
            (Some(a), Some(b)) if a == b => true,
            // "Orlo", of whom a text says no more, may be "Dorin Orlo"; "Ada Orlo" is another.
            (Some(_), Some(_)) => {
                let (a, b) = (&self.clearest, &other.clearest);
                let part = |a: &[u64], b: &[u64]| a.iter().all(|stem| b.contains(stem));
                !a.is_empty() && !b.is_empty() && (part(a, b) || part(b, a))
            }
            _ => {
                let of = |one: &'_ Self| one.stems.iter().chain(&one.clearest).copied().collect();
                let (own, theirs): (Vec<u64>, Vec<u64>) = (of(self), of(other));
                own.iter().any(|stem| theirs.contains(stem))
            }
        }
    }
}

fn signature(story: &Story, docs: &[&Document], reading: &QuoteReading) -> Option<Signature> {
    let stems = |words: Mention| -> Vec<u64> {
        let Some(doc) = docs.get(words.article.at()) else {
            return Vec::new();
        };
        doc.tokens[doc.tokens_in(words.span)]
            .iter()
            .filter(|token| token.class == TokenClass::Word && !token.stop)
            .map(|token| token.stem)
            .collect()
    };
    let own = stems(reading.source?);
    let name = reading.speaker.and_then(|name| story.names.get(name.at()));
    let carried = reading.resolution == Resolution::Carried && reading.rule != unmarked::RULE;
    let vague = own.is_empty() || carried;
    (reading.speaker.is_some() || !vague).then(|| Signature {
        name: reading.speaker,
        stems: own,
        clearest: name.map_or_else(Vec::new, |name| stems(name.clearest)),
    })
}
