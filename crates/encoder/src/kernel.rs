//! Products of whole numbers: the one place where most of the time goes, and the one with `unsafe`.
//! In: rows of `i16` or `i8`. Out: their dot products as `i32`. The vector instructions and the plain
//! loops give the same numbers, since sums of integers have no rounding.
//!
//! Bounds: weights of 10 bits times activations of 12 bits over 1,536 values stay under 2^31.

#![allow(unsafe_code)]

/// Makes a function on floats that uses the widest vectors that the processor has. The bits of its
/// answer do not depend on them: no instruction rounds otherwise than the plain one, and none is fused.
macro_rules! widely {
    ($(#[$doc:meta])* $seen:vis fn $name:ident($($arg:ident: $kind:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        #[allow(unsafe_code)]
        $seen fn $name($($arg: $kind),*) {
            #[inline(always)]
            fn plain($($arg: $kind),*) $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn wide($($arg: $kind),*) {
                    plain($($arg),*)
                }
                if is_x86_feature_detected!("avx2") {
                    // SAFETY: the processor has the instructions.
                    return unsafe { wide($($arg),*) };
                }
            }
            plain($($arg),*)
        }
    };
}
pub(crate) use widely;

/// Rows of weights that are multiplied with the same rows of activations before the next are loaded.
const BLOCK: usize = 4;
/// Rows of activations beside them.
const ACROSS: usize = 2;
/// Numbers in a block of weights that stays in the first cache.
const IN_CACHE: usize = 6144;

/// The dot products of every row of activations with every row of weights, each `length` long, a
/// multiple of 16: `out[activation row * weight rows + weight row]`.
pub(crate) fn products(activations: &[i16], weights: &[i16], length: usize, out: &mut [i32]) {
    assert!(length > 0 && length.is_multiple_of(16));
    assert!(activations.len().is_multiple_of(length) && weights.len().is_multiple_of(length));
    let (rows, outputs) = (activations.len() / length, weights.len() / length);
    assert_eq!(out.len(), rows * outputs);
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has the instructions, and the sizes were checked.
        unsafe { avx2::products(activations, weights, length, out) };
        return;
    }
    plain_products(activations, weights, length, out);
}

fn plain_products(activations: &[i16], weights: &[i16], length: usize, out: &mut [i32]) {
    let outputs = weights.len() / length;
    for (at, weights) in weights.chunks_exact(length).enumerate() {
        for (row, activations) in activations.chunks_exact(length).enumerate() {
            let pairs = activations.iter().zip(weights);
            out[row * outputs + at] = pairs.map(|(a, w)| i32::from(*a) * i32::from(*w)).sum();
        }
    }
}

/// The dot products of every row of `a` with every row of `b`, each `length` long, a multiple of 16:
/// `out[row of a * rows of b + row of b]`.
pub(crate) fn small_products(a: &[i8], b: &[i8], length: usize, out: &mut Vec<i32>) {
    assert!(length > 0 && length.is_multiple_of(16));
    assert!(a.len().is_multiple_of(length) && b.len().is_multiple_of(length));
    out.clear();
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has the instructions, and the sizes were checked.
        unsafe { avx2::small_products(a, b, length, out) };
        return;
    }
    plain_small_products(a, b, length, out);
}

fn plain_small_products(a: &[i8], b: &[i8], length: usize, out: &mut Vec<i32>) {
    for a in a.chunks_exact(length) {
        for b in b.chunks_exact(length) {
            let pairs = a.iter().zip(b);
            out.push(pairs.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum());
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    use super::{ACROSS, BLOCK};

    /// The sum of eight numbers.
    #[target_feature(enable = "avx2")]
    fn total(sums: __m256i) -> i32 {
        let half = _mm_add_epi32(
            _mm256_castsi256_si128(sums),
            _mm256_extracti128_si256::<1>(sums),
        );
        let quarter = _mm_add_epi32(half, _mm_shuffle_epi32::<0b01_00_11_10>(half));
        let both = _mm_add_epi32(quarter, _mm_shuffle_epi32::<0b10_11_00_01>(quarter));
        _mm_cvtsi128_si32(both)
    }

    /// `N` rows of activations from `row` with `M` rows of weights from `at`.
    ///
    /// # Safety
    /// All of these rows lie in the slices; `length` is a multiple of 16.
    #[target_feature(enable = "avx2")]
    unsafe fn tile<const N: usize, const M: usize>(
        activations: &[i16],
        weights: &[i16],
        length: usize,
        (row, at): (usize, usize),
    ) -> [[i32; M]; N] {
        debug_assert!((row + N) * length <= activations.len());
        debug_assert!((at + M) * length <= weights.len());
        let mut sums = [[_mm256_setzero_si256(); M]; N];
        let mut k = 0;
        while k < length {
            // SAFETY: the caller vouches for the rows, and sixteen values fit in each from `k`.
            let (xs, ws): ([__m256i; N], [__m256i; M]) = unsafe {
                let x = activations.as_ptr().add(row * length + k);
                let w = weights.as_ptr().add(at * length + k);
                (
                    std::array::from_fn(|i| _mm256_loadu_si256(x.add(i * length).cast())),
                    std::array::from_fn(|j| _mm256_loadu_si256(w.add(j * length).cast())),
                )
            };
            for i in 0..N {
                for j in 0..M {
                    sums[i][j] = _mm256_add_epi32(sums[i][j], _mm256_madd_epi16(xs[i], ws[j]));
                }
            }
            k += 16;
        }
        let mut out = [[0; M]; N];
        for i in 0..N {
            for j in 0..M {
                out[i][j] = total(sums[i][j]);
            }
        }
        out
    }

    /// # Safety
    /// The slices hold whole rows, `out` a number for each pair of them; `length` is a multiple of 16.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn products(
        activations: &[i16],
        weights: &[i16],
        length: usize,
        out: &mut [i32],
    ) {
        let (rows, outputs) = (activations.len() / length, weights.len() / length);
        let block = (super::IN_CACHE / length / BLOCK).max(1) * BLOCK;
        let mut from = 0;
        while from < outputs {
            let to = (from + block).min(outputs);
            let whole = to - (to - from) % BLOCK;
            let mut row = 0;
            while row < rows {
                let full = row + ACROSS <= rows;
                let mut at = from;
                while at < whole {
                    if full {
                        // SAFETY: both blocks end within the slices.
                        let tile = unsafe {
                            tile::<ACROSS, BLOCK>(activations, weights, length, (row, at))
                        };
                        for (i, sums) in tile.iter().enumerate() {
                            let start = (row + i) * outputs + at;
                            out[start..start + BLOCK].copy_from_slice(sums);
                        }
                    } else {
                        // SAFETY: as above, with one row.
                        let [sums] =
                            unsafe { tile::<1, BLOCK>(activations, weights, length, (row, at)) };
                        out[row * outputs + at..row * outputs + at + BLOCK].copy_from_slice(&sums);
                    }
                    at += BLOCK;
                }
                row += if full { ACROSS } else { 1 };
            }
            for at in whole..to {
                for row in 0..rows {
                    // SAFETY: one row of each.
                    let [[sum]] = unsafe { tile::<1, 1>(activations, weights, length, (row, at)) };
                    out[row * outputs + at] = sum;
                }
            }
            from = to;
        }
    }

    /// `N` rows of `a` from `row` with `M` rows of `b` from `at`.
    ///
    /// # Safety
    /// All of these rows lie in the slices; `length` is a multiple of 16.
    #[target_feature(enable = "avx2")]
    unsafe fn small_tile<const N: usize, const M: usize>(
        a: &[i8],
        b: &[i8],
        length: usize,
        (row, at): (usize, usize),
    ) -> [[i32; M]; N] {
        debug_assert!((row + N) * length <= a.len() && (at + M) * length <= b.len());
        let mut sums = [[_mm256_setzero_si256(); M]; N];
        let mut k = 0;
        while k < length {
            // SAFETY: the caller vouches for the rows, and sixteen values fit in each from `k`.
            let (xs, ys): ([__m256i; N], [__m256i; M]) = unsafe {
                let x = a.as_ptr().add(row * length + k);
                let y = b.as_ptr().add(at * length + k);
                let wide = |p: *const i8| _mm256_cvtepi8_epi16(_mm_loadu_si128(p.cast()));
                (
                    std::array::from_fn(|i| wide(x.add(i * length))),
                    std::array::from_fn(|j| wide(y.add(j * length))),
                )
            };
            for i in 0..N {
                for j in 0..M {
                    sums[i][j] = _mm256_add_epi32(sums[i][j], _mm256_madd_epi16(xs[i], ys[j]));
                }
            }
            k += 16;
        }
        let mut out = [[0; M]; N];
        for i in 0..N {
            for j in 0..M {
                out[i][j] = total(sums[i][j]);
            }
        }
        out
    }

    /// # Safety
    /// The slices hold whole rows; `length` is a multiple of 16.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn small_products(a: &[i8], b: &[i8], length: usize, out: &mut Vec<i32>) {
        let (rows, others) = (a.len() / length, b.len() / length);
        out.resize(rows * others, 0);
        let mut row = 0;
        while row < rows {
            let two = row + 1 < rows;
            let mut at = 0;
            while at < others {
                // SAFETY: each block ends within the slices.
                unsafe {
                    match (two, at + 3 < others) {
                        (true, true) => {
                            let tile = small_tile::<2, 4>(a, b, length, (row, at));
                            for (i, sums) in tile.iter().enumerate() {
                                let start = (row + i) * others + at;
                                out[start..start + 4].copy_from_slice(sums);
                            }
                            at += 4;
                        }
                        (true, false) => {
                            let [[one], [other]] = small_tile::<2, 1>(a, b, length, (row, at));
                            out[row * others + at] = one;
                            out[(row + 1) * others + at] = other;
                            at += 1;
                        }
                        (false, _) => {
                            let [[sum]] = small_tile::<1, 1>(a, b, length, (row, at));
                            out[row * others + at] = sum;
                            at += 1;
                        }
                    }
                }
            }
            row += if two { 2 } else { 1 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random and are the same every time.
    fn numbers(count: usize, most: i64) -> impl Iterator<Item = i64> {
        let mut state = 0x9e37_79b9_7f4a_7c15u64;
        std::iter::repeat_with(move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as i64 % (2 * most + 1) - most
        })
        .take(count)
    }

    #[test]
    fn both_ways_give_the_same_products() {
        for (rows, outputs, length) in [(1, 1, 16), (5, 7, 48), (2, 4, 384), (3, 9, 1536)] {
            let a: Vec<i16> = numbers(rows * length, 2047).map(|x| x as i16).collect();
            let w: Vec<i16> = numbers(outputs * length, 511).map(|x| x as i16).collect();
            let (mut fast, mut plain) = (vec![0; rows * outputs], vec![0; rows * outputs]);
            products(&a, &w, length, &mut fast);
            plain_products(&a, &w, length, &mut plain);
            assert_eq!(fast, plain);
            let a: Vec<i8> = numbers(rows * length, 127).map(|x| x as i8).collect();
            let b: Vec<i8> = numbers(outputs * length, 127).map(|x| x as i8).collect();
            let (mut fast, mut plain) = (Vec::new(), Vec::new());
            small_products(&a, &b, length, &mut fast);
            plain_small_products(&a, &b, length, &mut plain);
            assert_eq!(fast, plain);
        }
    }

    #[test]
    fn the_greatest_sum_fits() {
        let (a, w) = (vec![2047i16; 1536], vec![511i16; 1536]);
        let mut out = [0];
        products(&a, &w, 1536, &mut out);
        assert_eq!(out[0], 2047 * 511 * 1536);
    }
}
