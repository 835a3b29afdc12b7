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

/// A whole number that the vector instructions can load.
pub(crate) trait Number: Copy + Into<i32> {
    /// Sixteen of them as numbers of 16 bits.
    ///
    /// # Safety
    /// Sixteen can be read from here, and the processor has AVX2.
    #[cfg(target_arch = "x86_64")]
    unsafe fn sixteen(from: *const Self) -> std::arch::x86_64::__m256i;
}

impl Number for i16 {
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    #[inline]
    unsafe fn sixteen(from: *const Self) -> std::arch::x86_64::__m256i {
        // SAFETY: the caller vouches for the numbers.
        unsafe { std::arch::x86_64::_mm256_loadu_si256(from.cast()) }
    }
}

impl Number for i8 {
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    #[inline]
    unsafe fn sixteen(from: *const Self) -> std::arch::x86_64::__m256i {
        use std::arch::x86_64::{_mm_loadu_si128, _mm256_cvtepi8_epi16};
        // SAFETY: the caller vouches for the numbers.
        unsafe { _mm256_cvtepi8_epi16(_mm_loadu_si128(from.cast())) }
    }
}

/// The dot products of every row of `a` with every row of `b`, each `length` long, a multiple of 16:
/// `out[row of a * rows of b + row of b]`.
pub(crate) fn products<T: Number>(a: &[T], b: &[T], length: usize, out: &mut [i32]) {
    assert!(length > 0 && length.is_multiple_of(16));
    assert!(a.len().is_multiple_of(length) && b.len().is_multiple_of(length));
    assert_eq!(out.len(), (a.len() / length) * (b.len() / length));
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has the instructions, and the sizes were checked.
        unsafe { avx2::products(a, b, length, out) };
        return;
    }
    plain_products(a, b, length, out);
}

fn plain_products<T: Number>(a: &[T], b: &[T], length: usize, out: &mut [i32]) {
    let across = b.len() / length;
    for (row, a) in a.chunks_exact(length).enumerate() {
        for (at, b) in b.chunks_exact(length).enumerate() {
            let pairs = a.iter().zip(b);
            out[row * across + at] = pairs.map(|(&a, &b)| a.into() * b.into()).sum();
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    use super::Number;

    /// Rows of `b` that are multiplied with the same rows of `a` before the next are loaded.
    const BLOCK: usize = 4;
    /// Rows of `a` beside them.
    const ACROSS: usize = 2;
    /// Numbers in a block of `b` that stays in the first cache.
    const IN_CACHE: usize = 6144;

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

    /// `N` rows of `a` from `row` with `M` rows of `b` from `at`.
    ///
    /// # Safety
    /// All of these rows lie in the slices; `length` is a multiple of 16.
    #[target_feature(enable = "avx2")]
    #[inline]
    unsafe fn tile<T: Number, const N: usize, const M: usize>(
        a: &[T],
        b: &[T],
        length: usize,
        (row, at): (usize, usize),
    ) -> [[i32; M]; N] {
        debug_assert!((row + N) * length <= a.len() && (at + M) * length <= b.len());
        let mut sums = [[_mm256_setzero_si256(); M]; N];
        let mut k = 0;
        while k < length {
            let (mut xs, mut ys) = ([_mm256_setzero_si256(); N], [_mm256_setzero_si256(); M]);
            // SAFETY: the caller vouches for the rows, and sixteen values fit in each from `k`.
            unsafe {
                for (i, x) in xs.iter_mut().enumerate() {
                    *x = T::sixteen(a.as_ptr().add((row + i) * length + k));
                }
                for (j, y) in ys.iter_mut().enumerate() {
                    *y = T::sixteen(b.as_ptr().add((at + j) * length + k));
                }
            }
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
    /// The slices hold whole rows, `out` a number for each pair of them; `length` is a multiple of 16.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn products<T: Number>(a: &[T], b: &[T], length: usize, out: &mut [i32]) {
        let (rows, across) = (a.len() / length, b.len() / length);
        let block = (IN_CACHE / length / BLOCK).max(1) * BLOCK;
        for from in (0..across).step_by(block) {
            let to = (from + block).min(across);
            let mut row = 0;
            while row < rows {
                let two = row + ACROSS <= rows;
                let mut at = from;
                while at < to {
                    let four = at + BLOCK <= to;
                    let place = (row, at);
                    // SAFETY: each tile ends within the slices.
                    unsafe {
                        match (two, four) {
                            (true, true) => {
                                put(
                                    &tile::<T, ACROSS, BLOCK>(a, b, length, place),
                                    place,
                                    across,
                                    out,
                                );
                            }
                            (true, false) => {
                                put(
                                    &tile::<T, ACROSS, 1>(a, b, length, place),
                                    place,
                                    across,
                                    out,
                                );
                            }
                            (false, true) => {
                                put(
                                    &tile::<T, 1, BLOCK>(a, b, length, place),
                                    place,
                                    across,
                                    out,
                                );
                            }
                            (false, false) => {
                                put(&tile::<T, 1, 1>(a, b, length, place), place, across, out);
                            }
                        }
                    }
                    at += if four { BLOCK } else { 1 };
                }
                row += if two { ACROSS } else { 1 };
            }
        }
    }

    /// Writes a tile where it belongs.
    fn put<const N: usize, const M: usize>(
        tile: &[[i32; M]; N],
        (row, at): (usize, usize),
        across: usize,
        out: &mut [i32],
    ) {
        for (i, sums) in tile.iter().enumerate() {
            let start = (row + i) * across + at;
            out[start..start + M].copy_from_slice(sums);
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
            products(&a, &b, length, &mut fast);
            plain_products(&a, &b, length, &mut plain);
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
