//! The functions of the network that are no products of matrices. In: rows of floats. Out: the same
//! rows, changed. The same bits on every machine: nothing here calls the system's mathematics, and
//! every sum has a fixed order.

/// Sums are kept in so many parts, so that the compiler may use vectors without changing their order.
const LANES: usize = 8;

/// The sum of `of(x)` over a row whose length is a multiple of [`LANES`].
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut parts = [0f32; LANES];
    for chunk in row.chunks_exact(LANES) {
        for (part, &x) in parts.iter_mut().zip(chunk) {
            *part += of(x);
        }
    }
    total(parts)
}

/// The parts of a sum, added in pairs.
#[inline(always)]
pub(crate) fn total(p: [f32; LANES]) -> f32 {
    ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]))
}

/// The largest size of a number in a row whose length is a multiple of [`LANES`].
#[inline(always)]
pub(crate) fn largest(row: &[f32]) -> f32 {
    let mut most = [0f32; LANES];
    for chunk in row.chunks_exact(LANES) {
        for (most, x) in most.iter_mut().zip(chunk) {
            *most = if x.abs() > *most { x.abs() } else { *most };
        }
    }
    most.into_iter().fold(0.0, f32::max)
}

/// The dot product of two rows whose length is a multiple of [`LANES`].
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut parts = [0f32; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for lane in 0..LANES {
            parts[lane] += a[lane] * b[lane];
        }
    }
    total(parts)
}

/// e to the power of `x`, for `x` of -87 to 88 (others are brought there): relative error under 2e-7.
/// Range reduction and polynomial after Cephes' `expf` (Moshier).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    // Rounds to the nearest whole number by adding and taking away 1.5 * 2^23.
    const ROUND: f32 = 12_582_912.0;
    let whole = (x * std::f32::consts::LOG2_E + ROUND) - ROUND;
    let rest = (x - whole * 0.693_359_4) - whole * -2.121_944_4e-4;
    let mut p = 1.987_569_1e-4;
    p = p * rest + 1.398_199_9e-3;
    p = p * rest + 8.333_452e-3;
    p = p * rest + 4.166_579_6e-2;
    p = p * rest + 1.666_666_5e-1;
    p = p * rest + 0.5;
    let near = p * rest * rest + rest + 1.0;
    near * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// `x` times the chance that a normal variable is below it, with the error function after Abramowitz
/// and Stegun 7.1.26: absolute error under 1e-6.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    let z = x * std::f32::consts::FRAC_1_SQRT_2;
    let size = z.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let mut p = 1.061_405_4;
    p = p * t - 1.453_152;
    p = p * t + 1.421_413_7;
    p = p * t - 0.284_496_74;
    p = p * t + 0.254_829_6;
    let tail = p * t * exp(-(size * size));
    let erf = if z < 0.0 { tail - 1.0 } else { 1.0 - tail };
    0.5 * x * (1.0 + erf)
}

/// Brings a row to mean 0 and variance 1, then scales and shifts it.
#[inline(always)]
pub(crate) fn normalise(row: &mut [f32], scale: &[f32], shift: &[f32]) {
    const LEAST_VARIANCE: f32 = 1e-12;
    let length = row.len() as f32;
    let mean = sum(row, |x| x) / length;
    let variance = sum(row, |x| (x - mean) * (x - mean)) / length;
    let by = 1.0 / (variance + LEAST_VARIANCE).sqrt();
    for ((x, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
        *x = (*x - mean) * by * scale + shift;
    }
}

/// Turns a row of any length into shares that add up to one.
#[inline(always)]
pub(crate) fn softmax(row: &mut [f32]) {
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    row.iter_mut().for_each(|x| *x = exp(*x - most));
    let all: f32 = row.iter().sum();
    let by = 1.0 / all;
    row.iter_mut().for_each(|x| *x *= by);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_near_the_exact_one() {
        for step in -8700..8800 {
            let x = step as f32 / 100.0;
            let exact = f64::from(x).exp();
            let off = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(off < 3e-7, "{x}: {off}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(-1000.0) < 1e-37);
    }

    #[test]
    fn gelu_is_near_the_exact_one() {
        // Values of x * Phi(x), from tables of the normal distribution.
        for (x, exact) in [
            (-3.0, -0.004_049_7),
            (-1.0, -0.158_655_3),
            (0.0, 0.0),
            (0.5, 0.345_731_2),
            (1.0, 0.841_344_7),
            (3.0, 2.995_950_3),
        ] {
            assert!((gelu(x) - exact).abs() < 2e-6, "{x}: {}", gelu(x));
        }
    }

    #[test]
    fn rows_are_normalised_and_shared_out() {
        let mut row = [1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
        normalise(&mut row, &[1.0; 8], &[0.0; 8]);
        assert!(sum(&row, |x| x).abs() < 1e-5);
        assert!((sum(&row, |x| x * x) / 8.0 - 1.0).abs() < 1e-5);
        let mut row = [0.0f32, 1.0, 2.0];
        softmax(&mut row);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6 && row[2] > row[1]);
    }
}
