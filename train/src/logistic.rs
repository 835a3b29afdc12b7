//! In: rows of features, each with its answer and its weight. Out: the weights of a logistic model with a ridge.
//! Feature 0 is the bias: its value is 1 in every row. Refuses nothing: a feature that never varies weighs 0.

/// Steps of Newton's method; it stands still long before.
const STEPS: usize = 12;
/// A feature that varies less does not vary.
const STILL: f64 = 1e-9;
/// A pivot below this is nought.
const NOUGHT: f64 = 1e-12;

/// What the model is fitted on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<const N: usize> {
    /// The features, the bias first.
    pub(crate) features: [f32; N],
    /// The answer.
    pub(crate) yes: bool,
    /// How much the row counts.
    pub(crate) weight: f64,
}

/// The mean and the spread of each feature, by which it is scaled.
struct Scale<const N: usize> {
    means: [f64; N],
    spreads: [f64; N],
}

impl<const N: usize> Scale<N> {
    fn of(rows: &[&Row<N>]) -> Self {
        let total: f64 = rows.iter().map(|row| row.weight).sum();
        let mean = |of: &dyn Fn(&Row<N>) -> f64| -> f64 {
            rows.iter().map(|row| row.weight * of(row)).sum::<f64>() / total.max(f64::MIN_POSITIVE)
        };
        let means: [f64; N] = std::array::from_fn(|k| mean(&|row| f64::from(row.features[k])));
        let spread = |k: usize| mean(&|row| (f64::from(row.features[k]) - means[k]).powi(2)).sqrt();
        Self {
            spreads: std::array::from_fn(spread),
            means,
        }
    }

    fn scaled(&self, row: &Row<N>) -> [f64; N] {
        std::array::from_fn(|k| match k {
            0 => 1.0,
            _ if self.spreads[k] <= STILL => 0.0,
            _ => (f64::from(row.features[k]) - self.means[k]) / self.spreads[k],
        })
    }

    /// Weights of scaled features as weights of plain ones.
    fn plain(&self, weights: &[f64; N]) -> [f32; N] {
        let mut plain = [0f32; N];
        let mut bias = weights[0];
        for k in 1..N {
            if self.spreads[k] > STILL {
                plain[k] = (weights[k] / self.spreads[k]) as f32;
                bias -= weights[k] * self.means[k] / self.spreads[k];
            }
        }
        plain[0] = bias as f32;
        plain
    }
}

/// Fits the model by Newton's method on standardised features, its weights but for the bias pulled towards zero by
/// `ridge`.
pub(crate) fn fit<const N: usize>(rows: &[&Row<N>], ridge: f64) -> [f32; N] {
    let scale = Scale::of(rows);
    let scaled: Vec<[f64; N]> = rows.iter().map(|row| scale.scaled(row)).collect();
    let mut weights = [0f64; N];
    for _ in 0..STEPS {
        let mut slope = [0f64; N];
        let mut curve = [[0f64; N]; N];
        for (x, row) in scaled.iter().zip(rows) {
            let sum: f64 = x.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let chance = 1.0 / (1.0 + (-sum).exp());
            let miss = row.weight * (f64::from(u8::from(row.yes)) - chance);
            let bend = row.weight * chance * (1.0 - chance);
            for i in 0..N {
                slope[i] += miss * x[i];
                for j in 0..N {
                    curve[i][j] += bend * x[i] * x[j];
                }
            }
        }
        curve[0][0] += STILL;
        for i in 1..N {
            slope[i] -= ridge * weights[i];
            curve[i][i] += ridge;
        }
        let step = solve(curve, slope);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w += s);
    }
    scale.plain(&weights)
}

/// Solves `a x = b` by elimination with pivots.
fn solve<const N: usize>(mut a: [[f64; N]; N], mut b: [f64; N]) -> [f64; N] {
    for i in 0..N {
        let pivot = (i..N).max_by(|&p, &q| a[p][i].abs().total_cmp(&a[q][i].abs()));
        let pivot = pivot.unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        let top = a[i];
        if top[i].abs() < NOUGHT {
            continue;
        }
        for j in i + 1..N {
            let factor = a[j][i] / top[i];
            a[j].iter_mut().zip(top).for_each(|(x, t)| *x -= factor * t);
            b[j] -= factor * b[i];
        }
    }
    let mut x = [0f64; N];
    for i in (0..N).rev() {
        let rest: f64 = (i + 1..N).map(|k| a[i][k] * x[k]).sum();
        x[i] = if a[i][i].abs() < NOUGHT {
            0.0
        } else {
            (b[i] - rest) / a[i][i]
        };
    }
    x
}

/// The chance that a model gives features.
pub(crate) fn chance<const N: usize>(weights: &[f32; N], features: &[f32; N]) -> f32 {
    let odds: f32 = weights.iter().zip(features).map(|(w, f)| w * f).sum();
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(x: f32, yes: bool, weight: f64) -> Row<3> {
        let features = [1.0, x, 5.0];
        Row {
            features,
            yes,
            weight,
        }
    }

    #[test]
    fn shares_of_a_feature_are_learnt() {
        // Of x = 0 a quarter is so, of x = 1 three quarters; the last feature never varies.
        let rows = [
            row(0.0, true, 1.0),
            row(0.0, false, 3.0),
            row(1.0, true, 3.0),
            row(1.0, false, 1.0),
        ];
        let rows: Vec<&Row<3>> = rows.iter().collect();
        let weights = fit(&rows, 0.0);
        assert!((chance(&weights, &[1.0, 0.0, 5.0]) - 0.25).abs() < 1e-4);
        assert!((chance(&weights, &[1.0, 1.0, 5.0]) - 0.75).abs() < 1e-4);
        assert_eq!(weights[2], 0.0);
        assert!(fit(&rows, 10.0)[1] < weights[1]);
    }

    #[test]
    fn equations_are_solved() {
        assert_eq!(solve([[0.0, 2.0], [4.0, 0.0]], [6.0, 8.0]), [2.0, 3.0]);
    }
}
