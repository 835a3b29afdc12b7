//! Rows of weights as a file has them and as the network runs them. In: floats, or blocks of 4 bits. Out: the
//! file's bytes; from these, rows of whole numbers of 10 bits, each with its scale.
//!
//! There are two ways to write a row. *Ten*: its scale, and its values in 10 bits each, four in five bytes.
//! *Four*: for each 32 values a scale of half precision and 16 bytes, whose low halves are the first 16 values
//! and whose high halves the others, from -8 to 7, as models come that were rounded to 4 bits.

use crate::error::ModelError;

/// Greatest weight, and what is added to make weights positive.
const MOST: i32 = 511;
const ZERO: i32 = 512;
/// Four values of 10 bits are this many bytes.
const FOUR: usize = 5;
/// Values in a block of 4 bits each, its bytes, and what is taken from each.
const BLOCK: usize = 32;
const BLOCK_BYTES: usize = 18;
const MIDDLE: i16 = 8;

/// How rows lie in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    /// 10 bits a value, a scale a row.
    Ten,
    /// 4 bits a value, a scale for each 32.
    Four,
}

impl Coding {
    pub(crate) fn of(code: u8) -> Option<Self> {
        [Self::Ten, Self::Four]
            .into_iter()
            .find(|coding| coding.code() == code)
    }

    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Ten => 0,
            Self::Four => 1,
        }
    }

    /// Bytes of the values of so many rows, beside the scales of [`Self::Ten`].
    pub(crate) fn size(self, count: usize, length: usize) -> Result<usize, ModelError> {
        let row = match self {
            Self::Ten => length / 4 * FOUR,
            Self::Four => length / BLOCK * BLOCK_BYTES,
        };
        let size = count.checked_mul(row);
        size.ok_or(ModelError::Malformed("too many rows"))
    }
}

/// Rows as they are published, which can be written to a file.
pub trait Published {
    /// How many values there are.
    fn count(&self) -> usize;
    /// Which way they are written.
    #[doc(hidden)]
    fn code(&self) -> u8;
    /// Writes them as rows of this length.
    #[doc(hidden)]
    fn put(&self, length: usize, out: &mut Vec<u8>);
}

impl Published for Vec<f32> {
    fn count(&self) -> usize {
        self.len()
    }

    fn code(&self) -> u8 {
        Coding::Ten.code()
    }

    /// All scales, then all values.
    fn put(&self, length: usize, out: &mut Vec<u8>) {
        let scales: Vec<f32> = self.chunks_exact(length).map(scale).collect();
        out.extend(scales.iter().flat_map(|scale| scale.to_le_bytes()));
        for (row, scale) in self.chunks_exact(length).zip(&scales) {
            for four in row.chunks_exact(4) {
                let packed = four.iter().enumerate().fold(0u64, |packed, (at, x)| {
                    let value = i32::from(rounded(*x, *scale)) + ZERO;
                    packed | (value as u64) << (10 * at)
                });
                out.extend(&packed.to_le_bytes()[..FOUR]);
            }
        }
    }
}

/// Values in blocks of 4 bits, as the module says; in the order of their rows.
#[derive(Clone, Debug, Default)]
pub struct Blocks(pub Vec<u8>);

impl Published for Blocks {
    fn count(&self) -> usize {
        self.0.len() / BLOCK_BYTES * BLOCK
    }

    fn code(&self) -> u8 {
        Coding::Four.code()
    }

    fn put(&self, _: usize, out: &mut Vec<u8>) {
        out.extend(&self.0);
    }
}

/// Rows of small whole numbers, each with its scale.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The numbers, row by row.
    pub(crate) values: Vec<i16>,
    /// By what a row's numbers are multiplied.
    pub(crate) scales: Vec<f32>,
    /// Numbers in a row.
    pub(crate) length: usize,
}

impl Rows {
    /// Unpacks rows.
    pub(crate) fn of(packed: &Packed, length: usize) -> Self {
        let mut values = Vec::with_capacity(packed.bytes.len() * 2);
        let scales = match packed.coding {
            Coding::Ten => {
                let fours = packed.bytes.chunks_exact(FOUR);
                values.extend(fours.flat_map(ten_bits));
                packed.scales.clone()
            }
            Coding::Four => {
                let rows = packed.bytes.chunks_exact(length / BLOCK * BLOCK_BYTES);
                let rows = rows.map(|bytes| {
                    let row: Vec<f32> = bytes.chunks_exact(BLOCK_BYTES).flat_map(block).collect();
                    let scale = scale(&row);
                    values.extend(row.iter().map(|x| rounded(*x, scale)));
                    scale
                });
                rows.collect()
            }
        };
        Self {
            values,
            scales,
            length,
        }
    }
}

/// Rows as the file has them: unpacked one at a time.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    pub(crate) coding: Coding,
    pub(crate) bytes: Vec<u8>,
    /// One a row for [`Coding::Ten`].
    pub(crate) scales: Vec<f32>,
}

impl Packed {
    /// Adds a row to `out`, which is as long as a row.
    pub(crate) fn add_row(&self, row: usize, out: &mut [f32]) {
        match self.coding {
            Coding::Ten => {
                let size = out.len() / 4 * FOUR;
                let scale = self.scales[row];
                let bytes = &self.bytes[row * size..(row + 1) * size];
                for (four, out) in bytes.chunks_exact(FOUR).zip(out.chunks_exact_mut(4)) {
                    for (x, value) in out.iter_mut().zip(ten_bits(four)) {
                        *x += f32::from(value) * scale;
                    }
                }
            }
            Coding::Four => {
                let size = out.len() / BLOCK * BLOCK_BYTES;
                let bytes = &self.bytes[row * size..(row + 1) * size];
                let blocks = bytes.chunks_exact(BLOCK_BYTES);
                for (bytes, out) in blocks.zip(out.chunks_exact_mut(BLOCK)) {
                    out.iter_mut().zip(block(bytes)).for_each(|(x, y)| *x += y);
                }
            }
        }
    }
}

/// What a row's greatest value is a whole number of.
fn scale(row: &[f32]) -> f32 {
    let most = row.iter().fold(0f32, |most, x| most.max(x.abs()));
    most.max(f32::MIN_POSITIVE) / MOST as f32
}

fn rounded(x: f32, scale: f32) -> i16 {
    ((x / scale).round() as i32).clamp(-MOST, MOST) as i16
}

/// Four values from five bytes.
fn ten_bits(bytes: &[u8]) -> [i16; 4] {
    let mut eight = [0u8; 8];
    eight[..FOUR].copy_from_slice(bytes);
    let packed = u64::from_le_bytes(eight);
    std::array::from_fn(|at| ((packed >> (10 * at)) & 0x3ff) as i16 - ZERO as i16)
}

/// The values of a block.
fn block(bytes: &[u8]) -> [f32; BLOCK] {
    let scale = half(u16::from_le_bytes([bytes[0], bytes[1]]));
    std::array::from_fn(|at| {
        let byte = bytes[2 + at % (BLOCK / 2)];
        let four = if at < BLOCK / 2 { byte & 15 } else { byte >> 4 };
        f32::from(i16::from(four) - MIDDLE) * scale
    })
}

/// A number of half precision (IEEE 754 binary16); what is no number is nought.
fn half(bits: u16) -> f32 {
    let (exponent, rest) = (i32::from(bits >> 10 & 31), f32::from(bits & 0x3ff));
    let size = match exponent {
        0 => rest * two_to(-24),
        31 => 0.0,
        _ => (rest + 1024.0) * two_to(exponent - 25),
    };
    if bits >> 15 == 0 { size } else { -size }
}

/// A power of two within the range of `f32`, to the bit.
fn two_to(power: i32) -> f32 {
    f32::from_bits(((power + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read() {
        for (bits, value) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x0001, 5.960_464_5e-8),
            (0x7bff, 65504.0),
            (0x7c00, 0.0),
        ] {
            assert_eq!(half(bits), value, "{bits:x}");
        }
    }

    #[test]
    fn rows_of_both_ways_are_unpacked() {
        // A scale of one half, then 0x80 in every byte: first half -8 of it, second half none.
        let mut bytes = vec![0x00, 0x38];
        bytes.extend([0x80; 16]);
        let packed = Packed {
            coding: Coding::Four,
            bytes,
            scales: Vec::new(),
        };
        let mut row = [1f32; 32];
        packed.add_row(0, &mut row);
        assert_eq!((row[0], row[15], row[16], row[31]), (-3.0, -3.0, 1.0, 1.0));
        let rows = Rows::of(&packed, 32);
        assert_eq!((rows.values[0], rows.values[31]), (-511, 0));
        assert!((rows.scales[0] * 511.0 - 4.0).abs() < 1e-6);
        let floats: Vec<f32> = (0..32).map(|at| at as f32 - 16.0).collect();
        let mut out = Vec::new();
        floats.put(32, &mut out);
        let (scales, values) = out.split_at(4);
        let packed = Packed {
            coding: Coding::Ten,
            bytes: values.to_vec(),
            scales: vec![f32::from_le_bytes([
                scales[0], scales[1], scales[2], scales[3],
            ])],
        };
        let mut row = [0f32; 32];
        packed.add_row(0, &mut row);
        assert!(
            (row[5] - floats[5]).abs() < 0.02 && row[0] == -16.0,
            "{row:?}"
        );
    }
}
