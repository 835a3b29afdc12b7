//! The same words in two articles, aligned and verified in the text.
//!
//! In: two articles' words. Out: passages that both have, a few words changed, left out or added
//! inside, each a range of words of either side. Seeds are runs of [`GRAM`] equal words; each is
//! extended both ways over small edits as long as agreement outweighs them (seed and extend with a
//! drop-off, as in BLAST). It refuses passages that say nothing of where a text is from: names with
//! titles, set phrases, a handful of function words.
//!
//! Cost of a pair: linear in the words of both (grams are sorted once per article), plus the
//! words that are shared.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use model::{Document, Form, TokenClass};
use xxhash_rust::xxh3::xxh3_64;

/// Equal words that start a passage.
pub(crate) const GRAM: usize = 5;

/// A gram that an article repeats more often than this starts nothing.
const REPEATS: usize = 3;

/// Words that one edit may change, drop or add.
const EDIT: usize = 6;

/// Words by which edits may outweigh agreement before extension gives up.
const DROP: i32 = 7;

/// Equal words behind an edit that bring two texts together again.
const RESUME: usize = 2;

/// Equal words of a passage at least, and how many of them must be evidence (no part of a name or
/// a set phrase), and how many of those must be more than function words. Below this, different
/// reports of one event share phrases by chance (`cargo xtask eval copies`).
const EQUAL: usize = 8;
const EVIDENCE: usize = 6;
const CONTENT: usize = 4;

/// Part of a passage's words that must be equal.
const AGREEMENT: f32 = 0.65;

/// Phrases that any newsroom writes.
static SET_PHRASES: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    let mut trigrams = HashSet::new();
    for line in include_str!("../data/set_phrases.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        let keys: Vec<u64> = line
            .split_whitespace()
            .map(|w| xxh3_64(w.as_bytes()))
            .collect();
        trigrams.extend(keys.windows(3).map(gram_of));
    }
    trigrams
});

/// An article's words (no marks), ready to be aligned.
pub(crate) struct Words<'a> {
    pub(crate) doc: &'a Document,
    /// Their tokens, as indices into `Document.tokens`.
    pub(crate) tokens: Vec<u32>,
    keys: Vec<u64>,
    worth: Vec<Worth>,
    pub(crate) speech: Vec<Speech>,
    /// Hash and place of each gram, rising.
    pub(crate) grams: Vec<(u64, u32)>,
}

/// What an equal word says about where a text is from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Worth {
    /// Nothing: a name or a set phrase.
    Nothing,
    /// A little: a function word.
    Function,
    /// A word that could have been another.
    Content,
}

/// Whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speech {
    /// The article's own.
    Own,
    /// Reported without quote marks.
    Reported,
    /// In quote marks, or content of which a part is.
    Quoted,
}

/// A passage: the same words in two articles, as ranges of their words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Aligned {
    pub(crate) a: Range<usize>,
    pub(crate) b: Range<usize>,
    /// Equal words.
    pub(crate) equal: usize,
    /// Of them, those that are somebody's speech rather than the articles' own words.
    pub(crate) speech: usize,
}

impl<'a> Words<'a> {
    pub(crate) fn new(doc: &'a Document) -> Self {
        let tokens: Vec<u32> = (0..doc.tokens.len())
            .filter(|&at| doc.tokens[at].class != TokenClass::Mark)
            .map(|at| at as u32)
            .collect();
        let keys: Vec<u64> = tokens
            .iter()
            .map(|&at| doc.tokens[at as usize].key)
            .collect();
        let mut worth: Vec<Worth> = tokens
            .iter()
            .map(|&at| {
                if doc.tokens[at as usize].stop {
                    Worth::Function
                } else {
                    Worth::Content
                }
            })
            .collect();
        let within = |span: model::Span| {
            let tokens_in = doc.tokens_in(span);
            let first = tokens.partition_point(|&at| (at as usize) < tokens_in.start);
            let last = tokens.partition_point(|&at| (at as usize) < tokens_in.end);
            first..last
        };
        for name in &doc.names {
            worth[within(name.full)].fill(Worth::Nothing);
        }
        for (at, three) in keys.windows(3).enumerate() {
            if SET_PHRASES.contains(&gram_of(three)) {
                worth[at..at + 3].fill(Worth::Nothing);
            }
        }
        let mut speech = vec![Speech::Own; tokens.len()];
        for quote in &doc.quotes {
            for part in quote.parts.iter() {
                for word in &mut speech[within(*part)] {
                    match quote.form {
                        Form::Direct | Form::Mixed => *word = Speech::Quoted,
                        Form::Indirect if *word == Speech::Own => *word = Speech::Reported,
                        Form::Indirect => {}
                    }
                }
            }
        }
        let mut grams: Vec<(u64, u32)> = keys
            .windows(GRAM)
            .enumerate()
            .map(|(at, four)| (gram_of(four), at as u32))
            .collect();
        grams.sort_unstable();
        Self {
            doc,
            tokens,
            keys,
            worth,
            speech,
            grams,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }
}

/// The passages that two articles share, most equal words first.
pub(crate) fn align(a: &Words, b: &Words) -> Vec<Aligned> {
    let free = (vec![false; a.len()], vec![false; b.len()]);
    let mut rough: Vec<(usize, usize, usize)> = Vec::new();
    // Where, on each diagonal, what has been extended ends, so that one passage is extended once.
    let mut reached = vec![0; a.len() + b.len()];
    let diagonal = |i: usize, j: usize| b.len() + i - j;
    // The longest of all, which comes first below, while no word is taken yet.
    let mut longest = Vec::new();
    let mut longest_seed = None;
    for (i, j) in seeds(a, b) {
        if reached[diagonal(i, j)] > j {
            continue;
        }
        let found = extend(a, b, (i, j), &free);
        for &(i, j) in &found {
            reached[diagonal(i, j)] = j + 1;
        }
        rough.push((found.len(), i, j));
        let seed = (std::cmp::Reverse(found.len()), i, j);
        if longest_seed.is_none_or(|before| seed < before) {
            (longest_seed, longest) = (Some(seed), found);
        }
    }
    rough.sort_unstable_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut used = free;
    let mut passages = Vec::new();
    for (at, (words, i, j)) in rough.into_iter().enumerate() {
        // As long as nothing is taken, extending again gives the same, and the rest is no longer.
        if passages.is_empty() && words < EQUAL {
            break;
        }
        if (i..i + GRAM).any(|at| used.0[at]) || (j..j + GRAM).any(|at| used.1[at]) {
            continue;
        }
        let pairs = if at == 0 {
            std::mem::take(&mut longest)
        } else {
            extend(a, b, (i, j), &used)
        };
        if let Some(passage) = verified(a, b, &pairs) {
            used.0[passage.a.clone()].fill(true);
            used.1[passage.b.clone()].fill(true);
            passages.push(passage);
        }
    }
    passages.sort_by(|x, y| y.equal.cmp(&x.equal).then(x.a.start.cmp(&y.a.start)));
    passages
}

/// Pairs of places where equal grams start, by place in `b`, then in `a`.
fn seeds(a: &Words, b: &Words) -> Vec<(usize, usize)> {
    let mut seeds = Vec::new();
    let (mut x, mut y) = (0, 0);
    while let (Some(&(one, _)), Some(&(other, _))) = (a.grams.get(x), b.grams.get(y)) {
        if one < other {
            x += 1;
        } else if other < one {
            y += 1;
        } else {
            let run = |grams: &[(u64, u32)]| grams.iter().take_while(|g| g.0 == one).count();
            let (many_a, many_b) = (run(&a.grams[x..]), run(&b.grams[y..]));
            if many_a <= REPEATS && many_b <= REPEATS {
                for &(_, i) in &a.grams[x..x + many_a] {
                    seeds.extend(
                        b.grams[y..y + many_b]
                            .iter()
                            .map(|&(_, j)| (i as usize, j as usize)),
                    );
                }
            }
            x += many_a;
            y += many_b;
        }
    }
    seeds.sort_unstable_by_key(|&(i, j)| (j, i));
    seeds
}

/// The equal words of the passage around a seed, in order.
fn extend(
    a: &Words,
    b: &Words,
    (i, j): (usize, usize),
    used: &(Vec<bool>, Vec<bool>),
) -> Vec<(usize, usize)> {
    // Word n steps to the left (or right) of the seed, unless it is taken.
    let left = |n: usize, from: usize, keys: &[u64], used: &[bool]| {
        let at = from.checked_sub(n + 1)?;
        (!used[at]).then(|| keys[at])
    };
    let right = |n: usize, from: usize, keys: &[u64], used: &[bool]| {
        let at = from + n;
        (!*used.get(at)?).then(|| keys[at])
    };
    let before = walk(
        |n| left(n, i, &a.keys, &used.0),
        |n| left(n, j, &b.keys, &used.1),
    );
    let after = walk(
        |n| right(n, i, &a.keys, &used.0),
        |n| right(n, j, &b.keys, &used.1),
    );
    let mut pairs: Vec<(usize, usize)> = before
        .into_iter()
        .rev()
        .map(|(m, n)| (i - m - 1, j - n - 1))
        .collect();
    pairs.extend(after.into_iter().map(|(m, n)| (i + m, j + n)));
    pairs
}

/// Walks two texts away from a common point while agreement outweighs edits; gives the equal words.
fn walk(a: impl Fn(usize) -> Option<u64>, b: impl Fn(usize) -> Option<u64>) -> Vec<(usize, usize)> {
    let (mut i, mut j, mut score, mut best, mut keep) = (0, 0, 0, 0, 0);
    let mut pairs = Vec::new();
    while let (Some(x), Some(y)) = (a(i), b(j)) {
        if x == y {
            pairs.push((i, j));
            score += 1;
            if score >= best {
                (best, keep) = (score, pairs.len());
            }
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let Some((da, db)) = edit(|n| a(i + n), |n| b(j + n)) else {
            break;
        };
        score -= da.max(db) as i32;
        if score < best - DROP {
            break;
        }
        (i, j) = (i + da, j + db);
    }
    pairs.truncate(keep);
    pairs
}

/// The smallest edit (words left out of either side) behind which two texts go on alike.
///
/// Aligning reports of one event asks this more often than anything else, and the answer is mostly
/// none: a filter of one bit a word tells that without comparing every word with every other.
fn edit(
    a: impl Fn(usize) -> Option<u64>,
    b: impl Fn(usize) -> Option<u64>,
) -> Option<(usize, usize)> {
    const WINDOW: usize = EDIT + RESUME;
    let other: [Option<u64>; WINDOW] = std::array::from_fn(&b);
    let filter = other
        .iter()
        .flatten()
        .fold(0_u64, |bits, key| bits | 1 << (key & 63));
    // For each word of `a`, a bit for each equal word of `b`.
    let mut equal = [0_u32; WINDOW];
    let mut any = 0;
    for (at, mask) in equal.iter_mut().enumerate() {
        let Some(key) = a(at).filter(|key| filter >> (key & 63) & 1 == 1) else {
            continue;
        };
        for (place, word) in other.iter().enumerate() {
            *mask |= u32::from(*word == Some(key)) << place;
        }
        any |= *mask;
    }
    if any == 0 {
        return None;
    }
    let resumes = |da: usize, db: usize| (0..RESUME).all(|n| equal[da + n] >> (db + n) & 1 == 1);
    (1..=2 * EDIT)
        .flat_map(|total| (0..=total).map(move |da| (da, total - da)))
        .filter(|&(da, db)| da <= EDIT && db <= EDIT)
        .find(|&(da, db)| resumes(da, db))
}

/// The passage that the equal words make, where it is evidence.
fn verified(a: &Words, b: &Words, pairs: &[(usize, usize)]) -> Option<Aligned> {
    let (first, last) = (pairs.first()?, pairs.last()?);
    let passage = Aligned {
        a: first.0..last.0 + 1,
        b: first.1..last.1 + 1,
        equal: pairs.len(),
        // Words quoted in either are the speaker's; words reported in both are their source's.
        speech: pairs
            .iter()
            .filter(|&&(i, j)| {
                let (x, y) = (a.speech[i], b.speech[j]);
                x == Speech::Quoted || y == Speech::Quoted || x != Speech::Own && y != Speech::Own
            })
            .count(),
    };
    let evidence = pairs
        .iter()
        .filter(|(i, _)| a.worth[*i] != Worth::Nothing)
        .count();
    let content = pairs
        .iter()
        .filter(|(i, j)| a.worth[*i] == Worth::Content && b.worth[*j] != Worth::Nothing)
        .count();
    let longest = passage.a.len().max(passage.b.len()) as f32;
    (pairs.len() >= EQUAL
        && evidence >= EVIDENCE
        && content >= CONTENT
        && pairs.len() as f32 >= AGREEMENT * longest)
        .then_some(passage)
}

fn gram_of(keys: &[u64]) -> u64 {
    keys.iter().fold(0x2545_F491_4F6C_DD1D, |hash: u64, key| {
        (hash.rotate_left(19) ^ key).wrapping_mul(0x9FB2_1C65_1E98_DF25)
    })
}
