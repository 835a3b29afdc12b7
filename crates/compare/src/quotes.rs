//! In: a story and its documents. Out: utterances: what somebody said once, with every article's
//! reading of it, direct, mixed or in other words. Refuses to join readings that share only common
//! words, and paraphrases whose speakers are two different names.
//!
//! Quotations are cut into sentences first, so that a statement that one outlet prints whole and
//! another quotes in pieces meets itself; sentences that nobody else quotes are put together again.
//! Candidates come from an index over word runs and rare stems, so the work grows with what is
//! shared, not with the square of the story.

mod differences;
mod meaning;
mod reading;
mod speaker;
mod unit;
mod unmarked;
mod words;

use std::collections::HashMap;

use model::{ArticleIx, AtLeast, Document, Form, NameIx, QuoteIx, Span, Story, Utterance};

use crate::contrary::Of;
use crate::days::Days;
use crate::passages::Reader;

use meaning::Meanings;
use reading::{Read, innermost, read};
use unit::{Unit, units};
use unmarked::Quotes;
use words::{Word, longest_run};

/// Words of a run that finds a candidate.
const RUN: usize = 3;
/// Units under one run or stem that are still compared with each other.
const CROWD: usize = 48;
/// Pairs of units that are compared, about: a story of 100 articles with 30 quotations each has a tenth of them.
const PAIRS: usize = 1_000_000;
/// Rarest stems of a unit that find a candidate.
const RARE: usize = 6;
/// A run of equal words this long is one utterance whoever is named for it.
const SAME_WORDS: usize = 6;
/// A shorter run needs this part of the lighter reading's weight.
const SHORT_RUN: usize = 4;
/// Part of the lighter reading's weight that both must share, by how they are tied.
const SHARE_RUN: f32 = 0.55;
const SHARE_LONG_RUN: f32 = 0.3;
const SHARE_FRAGMENT: f32 = 0.4;
const SHARE_HEAVY: f32 = 0.25;
/// Part of the pairs between two groups that must be alike before a paraphrase joins them: one
/// loose tie must not chain two utterances together.
const ALIKE_PAIRS: f32 = 0.5;
/// What alike means there, and how many members of a group are asked.
const SHARE_CHAIN: f32 = 0.3;
const ASKED: usize = 4;
const SHARE_SAME_SPEAKER: f32 = 0.5;
/// Two persons share an utterance only where it is most of what one of them says.
const SHARE_RIVALS: f32 = 0.6;
const SHARE_OTHER: f32 = 0.62;
/// Sources that share no word (`officials`, `the minister`) seldom say the same thing by chance.
const SHARE_STRANGERS: f32 = 0.75;
/// Scores from here on are ties by equal words.
const VERBATIM: f32 = 1.0;

/// Groups the quotations of a story's articles into utterances; `reader` where the encoder was run.
pub(crate) fn utterances(
    story: &Story,
    docs: &[&Document],
    days: &Days,
    reader: Option<&Reader<'_>>,
) -> Vec<Utterance> {
    let quotes = Quotes::of(docs);
    let units = units(story, docs, days, &quotes);
    let weights = Weights::of(&units);
    let mut sets = Sets::new(&units);
    let mut meanings = reader.map(|reader| Meanings::of(&units, reader));
    let mut found = candidates(&units, &weights);
    if let Some(meanings) = &meanings {
        meanings.add_nearest(&units, &mut found);
    }
    let mut means = |a: u32, b: u32| {
        let read = meanings.as_mut();
        read.map_or(0.0, |meanings| meanings.alike(a, b))
    };
    let mut pairs: Vec<(f32, u32, u32)> = found
        .into_iter()
        .filter_map(|(a, b)| {
            let (x, y) = (&units[a as usize], &units[b as usize]);
            if contrary(x, y) {
                return None;
            }
            let score = tie(x, y, &weights).or_else(|| {
                let least = meaning::least(x, y)?;
                let score = means(a, b);
                // Behind whatever words tie.
                (score >= least).then_some(score / 4.0)
            })?;
            Some((score, a, b))
        })
        .collect();
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (score, a, b) in pairs {
        if score >= VERBATIM || sets.alike(a, b, &units, &weights, &mut means) {
            sets.join(a, b, &units);
        }
    }
    let groups = whole_again(&units, sets.groups());
    let mut out: Vec<Utterance> = groups
        .iter()
        .filter_map(|group| utterance(story, docs, &quotes, &units, group))
        .collect();
    out.sort_by_cached_key(|one| {
        let mut articles: Vec<ArticleIx> = one.readings.iter().map(|r| r.mention.article).collect();
        articles.sort_unstable();
        articles.dedup();
        let first = one.readings.first().mention;
        (
            std::cmp::Reverse(articles.len()),
            first.article,
            first.span.start(),
            first.span.end(),
        )
    });
    out
}

/// For each article the readings of utterances in it, with the utterance.
pub(crate) fn by_article(articles: usize, utterances: &[Utterance]) -> Vec<Vec<(Span, QuoteIx)>> {
    let mut quoted = vec![Vec::new(); articles];
    for (index, utterance) in QuoteIx::all().zip(utterances) {
        for reading in &utterance.readings {
            let mention = reading.mention;
            quoted[mention.article.at()].push((mention.span, index));
        }
    }
    quoted
}

/// How much each stem says in this story.
pub(crate) struct Weights {
    frequency: HashMap<u64, u32>,
    units: f32,
}

impl Weights {
    fn of(units: &[Unit]) -> Self {
        let mut frequency = HashMap::new();
        let mut seen = Vec::new();
        for unit in units {
            seen.clear();
            seen.extend(unit.words.iter().map(|w| w.stem));
            seen.sort_unstable();
            seen.dedup();
            for &stem in &seen {
                *frequency.entry(stem).or_insert(0u32) += 1;
            }
        }
        Self {
            frequency,
            units: units.len() as f32,
        }
    }

    fn weight(&self, word: &Word) -> f32 {
        const STOP: f32 = 0.1;
        let frequency = self.frequency.get(&word.stem).copied().unwrap_or(1).max(1) as f32;
        let plain = (1.0 + self.units / frequency).ln();
        if word.stop { plain * STOP } else { plain }
    }

    fn frequency(&self, stem: u64) -> u32 {
        self.frequency.get(&stem).copied().unwrap_or(0)
    }
}

/// Pairs of units that share a run of words or several rare stems.
fn candidates(units: &[Unit], weights: &Weights) -> Vec<(u32, u32)> {
    let mut index: HashMap<u64, Vec<u32>> = HashMap::new();
    let mut rare: Vec<(u32, u64)> = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        let at = at as u32;
        let mut keys: Vec<u64> = unit
            .words
            .windows(RUN)
            .filter(|run| run.iter().any(|word| !word.stop))
            .map(|run| {
                run.iter()
                    .fold(7, |hash: u64, word| hash.rotate_left(9) ^ word.key)
            })
            .collect();
        rare.clear();
        rare.extend(
            unit.words
                .iter()
                .filter(|w| !w.stop)
                .map(|w| (weights.frequency(w.stem), w.stem)),
        );
        rare.sort_unstable();
        rare.dedup();
        // The rarest stems and their pairs: one shared stem alone is too common a thing.
        let few: Vec<u64> = rare
            .iter()
            .filter(|(count, _)| *count > 1)
            .take(RARE)
            .map(|&(_, stem)| stem)
            .collect();
        for (nth, a) in few.iter().enumerate() {
            for b in &few[nth + 1..] {
                keys.push((a ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            }
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let list = index.entry(key).or_default();
            if list.len() < CROWD {
                list.push(at);
            }
        }
    }
    // The rarest first: of a text that repeats itself without end, the commonest are left.
    let mut lists: Vec<Vec<u32>> = index.into_values().filter(|list| list.len() > 1).collect();
    lists.sort_unstable_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    lists.dedup();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for list in lists {
        if pairs.len() > PAIRS {
            break;
        }
        for (nth, &a) in list.iter().enumerate() {
            for &b in &list[nth + 1..] {
                pairs.push((a, b));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.retain(|&(a, b)| {
        let (a, b) = (&units[a as usize], &units[b as usize]);
        (a.article, a.quote) != (b.article, b.quote)
            && (a.article != b.article || !overlap(&a.parts, &b.parts))
    });
    pairs
}

/// Whether parts of one article's quotations overlap: one stands inside the other.
fn overlap(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.overlaps(*y)))
}

/// Whether two units cannot be readings of one utterance: they give other figures, days or lengths, the one denies what
/// the other says, or says its opposite. Of nearly the same words nothing is contrary but figures and labels: a cut may
/// have taken off the denial, and a day is read against each text's own.
fn contrary(a: &Unit, b: &Unit) -> bool {
    a.facts.against(&b.facts).is_some_and(|contrary| {
        matches!(contrary.of, Of::Figure | Of::Label)
            || longest_run(&a.words, &b.words).0 < SAME_WORDS
    })
}

/// How surely two units are readings of one utterance; `None` where they are not.
fn tie(a: &Unit, b: &Unit, weights: &Weights) -> Option<f32> {
    let share = share(a, b, weights);
    let (run, content) = longest_run(&a.words, &b.words);
    let conflict = matches!((a.speaker, b.speaker), (Some(x), Some(y)) if x != y);
    let same = a.speaker.is_some() && a.speaker == b.speaker;
    let verbatim = run >= SAME_WORDS && content >= 2 && share.light >= SHARE_LONG_RUN
        || run >= SHORT_RUN && content >= 2 && share.light >= SHARE_RUN;
    let rivals = conflict && a.person && b.person;
    if verbatim && (!rivals || share.light >= SHARE_RIVALS) {
        return Some(VERBATIM + share.light);
    }
    if conflict || a.article == b.article && a.form == Form::Indirect && b.form == Form::Indirect {
        return None;
    }
    let strangers = !same
        && !a.source.is_empty()
        && !b.source.is_empty()
        && !a.source.iter().any(|s| b.source.binary_search(s).is_ok());
    let fragment = !strangers
        && [(a, b), (b, a)].iter().any(|(x, y)| {
            let quoted: Vec<&Word> = x.words.iter().filter(|w| w.quoted && !w.stop).collect();
            !quoted.is_empty()
                && x.form == Form::Mixed
                && quoted
                    .iter()
                    .all(|w| y.words.iter().any(|v| v.stem == w.stem))
        });
    let enough = share.common >= 3 || share.common == 2 && share.heavy >= SHARE_HEAVY;
    if fragment && enough && share.light >= SHARE_FRAGMENT {
        return Some(share.light);
    }
    let limit = if same {
        SHARE_SAME_SPEAKER
    } else if strangers {
        SHARE_STRANGERS
    } else {
        SHARE_OTHER
    };
    (share.common >= 3 && share.light >= limit && share.heavy >= limit / 2.0).then_some(share.light)
}

/// What two units share.
struct Share {
    /// Part of the lighter one's weight.
    light: f32,
    /// Part of the heavier one's weight.
    heavy: f32,
    /// Content stems in both.
    common: usize,
}

fn share(a: &Unit, b: &Unit, weights: &Weights) -> Share {
    let stems = |unit: &Unit| {
        let mut stems: Vec<(u64, f32, bool)> = unit
            .words
            .iter()
            .map(|w| (w.stem, weights.weight(w), w.stop))
            .collect();
        stems.sort_unstable_by_key(|s| s.0);
        stems.dedup_by_key(|s| s.0);
        stems
    };
    let (left, right) = (stems(a), stems(b));
    let total = |list: &[(u64, f32, bool)]| list.iter().map(|s| s.1).sum::<f32>().max(0.01);
    let (mut i, mut j, mut sum, mut common) = (0, 0, 0.0, 0);
    while i < left.len() && j < right.len() {
        match left[i].0.cmp(&right[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += left[i].1;
                common += usize::from(!left[i].2);
                i += 1;
                j += 1;
            }
        }
    }
    let (x, y) = (total(&left), total(&right));
    Share {
        light: sum / x.min(y),
        heavy: sum / x.max(y),
        common,
    }
}

/// Disjoint sets of units in which no quotation stands twice.
struct Sets {
    parent: Vec<u32>,
    members: Vec<Vec<u32>>,
}

impl Sets {
    fn new(units: &[Unit]) -> Self {
        let all = 0..units.len() as u32;
        Self {
            parent: all.clone().collect(),
            members: all.map(|unit| vec![unit]).collect(),
        }
    }

    fn find(&self, mut unit: u32) -> u32 {
        while self.parent[unit as usize] != unit {
            unit = self.parent[unit as usize];
        }
        unit
    }

    /// Whether most members of two groups are alike and no two names stand for them.
    fn alike(
        &self,
        a: u32,
        b: u32,
        units: &[Unit],
        weights: &Weights,
        means: &mut impl FnMut(u32, u32) -> f32,
    ) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        let named = |set: u32| {
            let members = self.members[set as usize].iter();
            let mut names: Vec<NameIx> = members
                .filter_map(|&unit| units[unit as usize].speaker)
                .collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        let (left, right) = (named(a), named(b));
        let common = left.iter().any(|name| right.binary_search(name).is_ok());
        if !left.is_empty() && !right.is_empty() && !common {
            return false;
        }
        let of = |set: u32| self.members[set as usize].iter().take(ASKED);
        let (mut pairs, mut alike) = (0, 0);
        for &x in of(a) {
            for &y in of(b) {
                pairs += 1;
                let share = share(&units[x as usize], &units[y as usize], weights);
                let by_words = share.light >= SHARE_CHAIN && share.common >= 2;
                alike += usize::from(by_words || means(x, y) >= meaning::CHAIN);
            }
        }
        alike as f32 >= ALIKE_PAIRS * pairs as f32
    }

    fn join(&mut self, a: u32, b: u32, units: &[Unit]) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let quotes = |set: u32| {
            self.members[set as usize].iter().map(|&unit| {
                let unit = &units[unit as usize];
                (unit.article, unit.quote)
            })
        };
        let mut held: Vec<(ArticleIx, u32)> = quotes(a).collect();
        held.sort_unstable();
        if quotes(b).any(|quote| held.binary_search(&quote).is_ok()) {
            return;
        }
        let (keep, drop) = if self.members[a as usize].len() >= self.members[b as usize].len() {
            (a, b)
        } else {
            (b, a)
        };
        let moved = std::mem::take(&mut self.members[drop as usize]);
        self.parent[drop as usize] = keep;
        self.members[keep as usize].extend(moved);
    }

    fn groups(self) -> Vec<Vec<u32>> {
        let mut groups: Vec<Vec<u32>> = self
            .members
            .into_iter()
            .filter(|members| !members.is_empty())
            .map(|mut members| {
                members.sort_unstable();
                members
            })
            .collect();
        groups.sort();
        groups
    }
}

/// Puts sentences of a quotation together again where no reading tells them apart: neighbours that
/// stand in the same quotations, one behind the other.
fn whole_again(units: &[Unit], groups: Vec<Vec<u32>>) -> Vec<Vec<Vec<u32>>> {
    let mut out: Vec<Vec<Vec<u32>>> = Vec::new();
    // Group that ends with a unit, by that unit.
    let mut ending: HashMap<u32, usize> = HashMap::new();
    for group in groups {
        let follows = group.first().and_then(|&first| {
            let at = *ending.get(&first.checked_sub(1)?)?;
            let before = &out[at];
            let fits = before.len() == group.len()
                && before.iter().zip(&group).all(|(reading, &unit)| {
                    let last = reading.last().copied();
                    last.is_some_and(|last| {
                        let (x, y) = (&units[last as usize], &units[unit as usize]);
                        last + 1 == unit && (x.article, x.quote) == (y.article, y.quote)
                    })
                });
            fits.then_some(at)
        });
        match follows {
            Some(at) => {
                for (reading, &unit) in out[at].iter_mut().zip(&group) {
                    reading.push(unit);
                }
                ending.insert(group[0], at);
            }
            None => {
                ending.insert(group[0], out.len());
                out.push(group.into_iter().map(|unit| vec![unit]).collect());
            }
        }
    }
    out
}

fn utterance(
    story: &Story,
    docs: &[&Document],
    quotes: &Quotes,
    units: &[Unit],
    group: &[Vec<u32>],
) -> Option<Utterance> {
    let mut reads: Vec<Read> = group
        .iter()
        .filter_map(|reading| read(docs, quotes, units, reading))
        .collect();
    reads.sort_by_key(|r| (r.reading.mention.article, r.reading.mention.span));
    let reads = innermost(reads);
    let differences = differences::find(story, docs, &reads);
    let (speaker, speaker_text) = speaker::of(docs, &reads);
    Some(Utterance {
        speaker,
        speaker_text,
        readings: AtLeast::new(reads.into_iter().map(|r| r.reading).collect())?,
        differences,
    })
}
