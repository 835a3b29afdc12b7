//! Vectors as they are kept, and passages compared by them. In: the rows of a sentence's pieces. Out:
//! small whole numbers, 384 bytes a piece; and how much of one passage's weight another says.

use std::ops::Range;

use crate::WIDTH;
use crate::kernel::products;
use crate::piece::Piece;

/// Greatest number in a vector that is kept.
const MOST: f32 = 127.0;

/// A sentence that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Encoded {
    pieces: Vec<Piece>,
    /// A row of [`WIDTH`] for each piece.
    vectors: Vec<i8>,
    /// One over the length of each row.
    scales: Vec<f32>,
}

impl Encoded {
    /// Appends pieces and their rows, but for pieces that have no letter.
    pub(crate) fn add(&mut self, pieces: &[Piece], rows: &[f32]) {
        let rows = pieces.iter().zip(rows.chunks_exact(WIDTH));
        for (piece, row) in rows.filter(|(piece, _)| !piece.is_empty()) {
            self.pieces.push(*piece);
            self.keep(row);
        }
    }

    /// Appends a row.
    fn keep(&mut self, row: &[f32]) {
        let most = row.iter().fold(0f32, |most, x| most.max(x.abs()));
        let fit = MOST / most.max(f32::MIN_POSITIVE);
        let mut square = 0i32;
        for x in row {
            let value = (x * fit).round() as i8;
            square += i32::from(value) * i32::from(value);
            self.vectors.push(value);
        }
        self.scales.push(1.0 / (square.max(1) as f32).sqrt());
    }

    /// The vector of a piece, up to its length.
    pub fn vector(&self, piece: usize) -> &[i8] {
        &self.vectors[piece * WIDTH..(piece + 1) * WIDTH]
    }

    /// Its pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// How much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        self.vectors.len() + self.scales.len() * size_of::<f32>() + size_of_val(&*self.pieces)
    }
}

/// How many ways there are to weigh a piece.
pub const VIEWS: usize = 3;

/// Some pieces of a sentence, each with its weights: one in each view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passage {
    vectors: Vec<i8>,
    scales: Vec<f32>,
    weights: Vec<[f32; VIEWS]>,
}

impl Passage {
    /// Appends a sentence's piece with its weights, none of them negative. A view sees the pieces that
    /// have a weight in it.
    pub fn push(&mut self, sentence: &Encoded, piece: usize, weights: [f32; VIEWS]) {
        let row = sentence.vector(piece);
        self.vectors.extend_from_slice(row);
        self.scales.push(sentence.scales[piece]);
        self.weights.push(weights);
    }

    /// How many pieces it has.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// How much of each passage's weight the other says in each view, as [`Meeting::said`] tells it.
    pub fn said_in(&self, other: &Passage, room: &mut Vec<i32>) -> [(f32, f32); VIEWS] {
        self.meet(other, room).said()
    }

    /// Sets every piece beside every piece of the other.
    pub fn meet<'p>(&'p self, other: &'p Passage, room: &'p mut Vec<i32>) -> Meeting<'p> {
        room.clear();
        room.resize(self.weights.len() * other.weights.len(), 0);
        products(&self.vectors, &other.vectors, WIDTH, room);
        Meeting {
            one: self,
            other,
            products: room,
        }
    }

    fn total(&self) -> [f32; VIEWS] {
        let mut all = [0f32; VIEWS];
        for weights in &self.weights {
            for view in 0..VIEWS {
                all[view] += weights[view];
            }
        }
        all
    }
}

/// Two passages, every piece beside every piece.
#[derive(Debug)]
pub struct Meeting<'p> {
    one: &'p Passage,
    other: &'p Passage,
    /// A row for each piece of the first.
    products: &'p [i32],
}

impl Meeting<'_> {
    /// How much of each passage's weight the other says in each view, each piece by its best cosine
    /// there: of the first in the second, and of the second in the first. From 0 to 1; 0 where either has no
    /// weight.
    pub fn said(&self) -> [(f32, f32); VIEWS] {
        let (one, other) = (self.one, self.other);
        let mut said = [(0f32, 0f32); VIEWS];
        let mut best = vec![[0f32; VIEWS]; other.weights.len()];
        let rows = self.products.chunks_exact(other.weights.len().max(1));
        for ((row, scale), weights) in rows.zip(&one.scales).zip(&one.weights) {
            let mut most = [0f32; VIEWS];
            let others = other.scales.iter().zip(&other.weights).zip(&mut best);
            for (&product, ((other, theirs), best)) in row.iter().zip(others) {
                let cosine = product as f32 * (scale * other);
                for view in 0..VIEWS {
                    if theirs[view] > 0.0 {
                        most[view] = most[view].max(cosine);
                    }
                    if weights[view] > 0.0 {
                        best[view] = best[view].max(cosine);
                    }
                }
            }
            for view in 0..VIEWS {
                said[view].0 += weights[view] * most[view];
            }
        }
        for (best, weights) in best.iter().zip(&other.weights) {
            for view in 0..VIEWS {
                said[view].1 += weights[view] * best[view];
            }
        }
        let (mine, theirs) = (one.total(), other.total());
        for view in 0..VIEWS {
            said[view].0 /= mine[view].max(f32::MIN_POSITIVE);
            said[view].1 /= theirs[view].max(f32::MIN_POSITIVE);
        }
        said
    }

    fn cosine(&self, one: usize, other: usize) -> f32 {
        let product = self.products[one * self.other.len() + other];
        product as f32 * (self.one.scales[one] * self.other.scales[other])
    }

    /// How much some pieces of either passage say of each other, by the weights of the first view: the harmonic
    /// mean of both ways, 0 where either has none.
    pub fn alike(&self, one: &[usize], other: &[usize]) -> f32 {
        let said = |pieces: &[usize], weights: &[[f32; VIEWS]], best: &dyn Fn(usize) -> f32| {
            let all: f32 = pieces.iter().map(|&at| weights[at][0]).sum();
            let said: f32 = pieces.iter().map(|&at| weights[at][0] * best(at)).sum();
            said / all.max(f32::MIN_POSITIVE)
        };
        if one.is_empty() || other.is_empty() {
            return 0.0;
        }
        let of_other = |a: usize| other.iter().map(|&b| self.cosine(a, b)).fold(0.0, f32::max);
        let of_one = |b: usize| one.iter().map(|&a| self.cosine(a, b)).fold(0.0, f32::max);
        let (there, back) = (
            said(one, &self.one.weights, &of_other),
            said(other, &self.other.weights, &of_one),
        );
        2.0 * there * back / (there + back).max(f32::MIN_POSITIVE)
    }

    /// The stretch of each passage that matches the other's best, by the weights of the first view; `None`
    /// where nothing matches. A piece's gain is its weight times what its best cosine in the other stretch is
    /// above .45; of one passage the stretch with the greatest sum is taken, of the other the one that
    /// matches it, and so in turn until both rest.
    ///
    /// A part of the weight, as [`Self::said`] gives it, forgets how much was matched, and what a long
    /// passage says beside thins it; the sum asks how much of rare matter stands in one place of both.
    pub fn stretch(&self) -> Option<Stretch> {
        let (one, other) = (self.one, self.other);
        let wide = other.weights.len();
        let (mut a, mut b) = (0..one.weights.len(), 0..wide);
        let mut mass = 0.0;
        for _ in 0..ROUNDS {
            let gain = |at: usize| {
                let best = b.clone().map(|b| self.cosine(at, b)).fold(-1.0, f32::max);
                (best - MATCHES) * one.weights[at][0]
            };
            let (of_one, first) = greatest(one.weights.len(), gain)?;
            let gain = |at: usize| {
                let best = of_one
                    .clone()
                    .map(|a| self.cosine(a, at))
                    .fold(-1.0, f32::max);
                (best - MATCHES) * other.weights[at][0]
            };
            let (of_other, second) = greatest(wide, gain)?;
            mass = f32::min(first, second);
            let rests = of_one == a && of_other == b;
            (a, b) = (of_one, of_other);
            if rests {
                break;
            }
        }
        let total = |weights: &[[f32; VIEWS]]| weights.iter().map(|w| w[0]).sum::<f32>();
        let part = |weights: &[[f32; VIEWS]], of: Range<usize>| {
            total(&weights[of]) / total(weights).max(f32::MIN_POSITIVE)
        };
        Some(Stretch {
            mass,
            parts: [
                part(&one.weights, a.clone()),
                part(&other.weights, b.clone()),
            ],
            pieces: [a, b],
        })
    }
}

/// A cosine from which two pieces say the same; at .45 and .5 what is found is the same.
pub const MATCHES: f32 = 0.45;
/// Times that the two stretches are fitted to each other; nearly all rest after two.
const ROUNDS: usize = 3;

/// Where two passages match best.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// How much of weight matches there: of the two stretches the lesser sum of gains.
    pub mass: f32,
    /// The part of each passage's weight that its stretch is: 0 to 1.
    pub parts: [f32; 2],
    /// The pieces of each.
    pub pieces: [Range<usize>; 2],
}

/// The run of `0..count` with the greatest sum of gains, and the sum (Bentley 1984); `None` where no gain is
/// above nothing.
pub fn greatest(count: usize, gain: impl Fn(usize) -> f32) -> Option<(Range<usize>, f32)> {
    let mut best: Option<(Range<usize>, f32)> = None;
    let (mut from, mut sum) = (0, 0f32);
    for at in 0..count {
        if sum <= 0.0 {
            (from, sum) = (at, 0.0);
        }
        sum += gain(at);
        if sum > best.as_ref().map_or(0.0, |best| best.1) {
            best = Some((from..at + 1, sum));
        }
    }
    best
}

/// Passages as one vector each: the mean of their pieces by weight.
#[derive(Clone, Debug, Default)]
pub struct Means {
    vectors: Vec<i8>,
    scales: Vec<f32>,
}

/// Rows that are compared with all others together.
const ROWS: usize = 32;
/// The others that are compared at one time: their rows fit the second cache.
const OTHERS: usize = 512;

impl Means {
    /// The means of passages by the weights of the first view, in order.
    pub fn of(passages: &[Passage]) -> Self {
        let mut means = Encoded::default();
        let mut sum = [0f32; WIDTH];
        for passage in passages {
            sum.fill(0.0);
            let rows = passage.vectors.chunks_exact(WIDTH);
            for ((row, scale), weight) in rows.zip(&passage.scales).zip(&passage.weights) {
                let by = scale * weight[0];
                for (sum, value) in sum.iter_mut().zip(row) {
                    *sum += f32::from(*value) * by;
                }
            }
            means.keep(&sum);
        }
        Self {
            vectors: means.vectors,
            scales: means.scales,
        }
    }

    /// For each passage the others with a cosine of `least` or more that `may` be paired with it, the
    /// nearest first and at most `most`. Every pair is looked at: 40 million a second.
    pub fn nearest(
        &self,
        most: usize,
        least: f32,
        may: impl Fn(usize, usize) -> bool,
    ) -> Vec<Vec<(u32, f32)>> {
        let count = self.scales.len();
        let mut near: Vec<Vec<(u32, f32)>> = vec![Vec::new(); count];
        let mut room = Vec::new();
        for from in (0..count).step_by(ROWS) {
            let to = (from + ROWS).min(count);
            for other in (0..count).step_by(OTHERS) {
                let end = (other + OTHERS).min(count);
                let (a, b) = (
                    &self.vectors[from * WIDTH..to * WIDTH],
                    &self.vectors[other * WIDTH..end * WIDTH],
                );
                room.clear();
                room.resize((to - from) * (end - other), 0);
                products(a, b, WIDTH, &mut room);
                for (one, row) in (from..to).zip(room.chunks_exact(end - other)) {
                    for (two, &product) in (other..end).zip(row) {
                        let cosine = product as f32 * (self.scales[one] * self.scales[two]);
                        if cosine >= least && one != two && may(one, two) {
                            near[one].push((two as u32, cosine));
                        }
                    }
                }
            }
            for near in &mut near[from..to] {
                near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                near.truncate(most);
            }
        }
        near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(rows: &[&[f32; 2]], weights: &[f32]) -> Passage {
        let mut sentence = Encoded::default();
        let mut values = Vec::new();
        for row in rows {
            let mut wide = vec![0f32; WIDTH];
            wide[..2].copy_from_slice(*row);
            values.extend(wide);
        }
        let piece = Piece {
            id: 0,
            start: 0,
            end: 1,
        };
        sentence.add(&vec![piece; rows.len()], &values);
        let mut passage = Passage::default();
        for (at, weight) in weights.iter().enumerate() {
            passage.push(
                &sentence,
                at,
                [*weight, if at > 0 { 1.0 } else { 0.0 }, 0.0],
            );
        }
        passage
    }

    #[test]
    fn a_part_is_said_whole_and_says_a_part() {
        let whole = passage(&[&[1.0, 0.0], &[0.0, 2.0]], &[1.0, 3.0]);
        let part = passage(&[&[0.0, 1.0]], &[1.0]);
        let said = part.said_in(&whole, &mut Vec::new());
        let near = |(a, b): (f32, f32), (c, d): (f32, f32)| (a - c).abs() + (b - d).abs() < 1e-6;
        assert!(near(said[0], (1.0, 0.75)), "{said:?}");
        assert_eq!(said[1], (0.0, 0.0));
    }

    #[test]
    fn a_view_sees_what_has_weight_in_it() {
        let one = passage(&[&[1.0, 0.0], &[0.0, 2.0]], &[1.0, 3.0]);
        let other = passage(&[&[0.0, 1.0], &[1.0, 0.0]], &[1.0, 1.0]);
        let said = one.said_in(&other, &mut Vec::new());
        assert!(said[0].0 > 0.99 && said[1] == (0.0, 0.0), "{said:?}");
    }

    #[test]
    fn the_best_stretch_leaves_out_what_matches_nothing() {
        let one = passage(&[&[1.0, 0.0], &[0.0, 1.0], &[0.1, 1.0]], &[1.0, 2.0, 2.0]);
        let other = passage(&[&[0.0, 1.0], &[-1.0, 0.1]], &[2.0, 4.0]);
        let found = one.meet(&other, &mut Vec::new()).stretch().unwrap();
        assert_eq!(found.pieces, [1..3, 0..1]);
        assert!((found.mass - 1.1).abs() < 0.01, "{found:?}");
        assert!((found.parts[0] - 0.8).abs() < 1e-6 && (found.parts[1] - 1.0 / 3.0).abs() < 1e-6);
        let unlike = passage(&[&[-1.0, -1.0]], &[1.0]);
        assert_eq!(one.meet(&unlike, &mut Vec::new()).stretch(), None);
        assert_eq!(
            one.meet(&Passage::default(), &mut Vec::new()).stretch(),
            None
        );
    }

    #[test]
    fn an_empty_passage_says_nothing() {
        let one = passage(&[&[1.0, 0.0]], &[1.0]);
        let nothing = [(0.0, 0.0); VIEWS];
        assert_eq!(one.said_in(&Passage::default(), &mut Vec::new()), nothing);
        assert_eq!(Passage::default().said_in(&one, &mut Vec::new()), nothing);
    }
}
