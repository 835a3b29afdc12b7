//! In: the readings of one utterance. Out: where they differ: other words, a cut, another speaker,
//! a translation there and back. Refuses differences of case, quote marks, brackets and stops, and
//! function words where one side gives the matter in its own words.

use model::{Difference, DifferenceKind, Document, Mention, QuoteReading, Resolution, Span, Story};
use model::{Form, TokenClass};

use crate::quotes::{LONGEST, Read, Word};

/// Words by which a reading must be shorter at an end to count as cut.
const CUT: usize = 3;
/// Words on one side of a difference; more is another sentence, not another wording.
const WIDEST: usize = 8;
/// Words on one side of a difference at the start of a reading.
const LEAD: usize = 3;
/// Part of the shorter reading's words that must be equal for their differences to be a matter of
/// wording.
const ALIKE: f32 = 0.4;

/// Finds the differences between the fullest reading and each other one, and between speakers.
pub(crate) fn find(story: &Story, docs: &[&Document], reads: &[Read]) -> Vec<Difference> {
    let mut out = Vec::new();
    if reads.len() < 2 {
        return out;
    }
    let Some(full) = fullest(reads) else {
        return out;
    };
    for (at, read) in reads.iter().enumerate() {
        if at != full {
            words(docs, reads, full, at, read, &mut out);
        }
    }
    speakers(story, docs, reads, &mut out);
    out.sort_by_key(|d| (d.kind, d.readings, d.sides[0], d.sides[1]));
    out.dedup();
    out
}

/// The reading with the most quoted words: direct before mixed before indirect, longest first.
fn fullest(reads: &[Read]) -> Option<usize> {
    (0..reads.len()).max_by_key(|&at| {
        let read = &reads[at];
        let quoted = read.words.iter().filter(|word| word.quoted).count();
        let rank = match read.reading.form {
            Form::Direct => read.words.len(),
            Form::Mixed => quoted,
            Form::Indirect => 0,
        };
        (rank, read.words.len(), std::cmp::Reverse(at))
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
    if forms.contains(&Form::Indirect) || (equal as f32) < ALIKE * a.len().min(b.len()) as f32 {
        return;
    }
    let quoted = |word: &Word, form: Form| form == Form::Direct || word.quoted;
    let damaged = damaged(docs, &reads[full].reading) || damaged(docs, &read.reading);
    for gap in gaps {
        let (left, right) = (&a[gap.a.clone()], &b[gap.b.clone()]);
        let edge = gap.a.start == 0 || gap.a.end == a.len();
        if right.is_empty() && edge && left.len() >= CUT {
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
        // At the start one outlet's own words lead up to the quoted ones.
        let starts = gap.a.start == 0 || gap.b.start == 0;
        if starts && left.len().max(right.len()) > LEAD {
            continue;
        }
        let verbatim = left.iter().all(|word| quoted(word, forms[0]))
            && right.iter().all(|word| quoted(word, forms[1]));
        let content = left.iter().any(|w| !w.stop) && right.iter().any(|w| !w.stop);
        let stems =
            left.len() == right.len() && left.iter().zip(right).all(|(x, y)| x.stem == y.stem);
        // At an edge of a fragment the other outlet's own words begin.
        if !(verbatim || content) || stems && !verbatim {
            continue;
        }
        let kind = if damaged {
            DifferenceKind::Translation
        } else {
            DifferenceKind::Wording
        };
        out.push(difference(kind, [full, other], [left, right], reads));
    }
}

/// Whether the article of a reading shows a machine's hand.
fn damaged(docs: &[&Document], reading: &QuoteReading) -> bool {
    const SIGNS: usize = 2;
    docs.get(reading.mention.article as usize)
        .is_some_and(|doc| {
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
    let mut readings = at.map(|at| at as u32);
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

/// Readings that give the same words to different speakers: one difference for each two.
fn speakers(story: &Story, docs: &[&Document], reads: &[Read], out: &mut Vec<Difference>) {
    let mut kinds: Vec<(usize, Signature)> = Vec::new();
    for (at, read) in reads.iter().enumerate() {
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
    kinds.sort_by_key(|(at, _)| *at);
    for (nth, (a, _)) in kinds.iter().enumerate() {
        for (b, _) in &kinds[nth + 1..] {
            out.push(Difference {
                kind: DifferenceKind::Speaker,
                readings: [*a as u32, *b as u32],
                sides: [reads[*a].reading.source, reads[*b].reading.source],
            });
        }
    }
}

/// Signatories of one utterance that are told apart.
const MAX_SIGNATURES: usize = 6;

/// Whom a reading names for the words.
struct Signature {
    name: Option<u32>,
    /// Stems of the content words of the source.
    stems: Vec<u64>,
}

impl Signature {
    fn same(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (self.name, other.name) {
            return a == b;
        }
        self.stems.iter().any(|stem| other.stems.contains(stem))
    }
}

fn signature(_story: &Story, docs: &[&Document], reading: &QuoteReading) -> Option<Signature> {
    let source = reading.source?;
    let doc = docs.get(source.article as usize)?;
    let stems: Vec<u64> = doc.tokens[doc.tokens_in(source.span)]
        .iter()
        .filter(|token| token.class == TokenClass::Word && !token.stop)
        .map(|token| token.stem)
        .collect();
    let vague = stems.is_empty() || reading.resolution == Resolution::Carried;
    (reading.speaker.is_some() || !vague).then_some(Signature {
        name: reading.speaker,
        stems,
    })
}
