//! In: weights as small numbers, most of them zero. Out: bytes, runs of zeros shortened; and back.
//! Refuses bytes that do not give exactly the number of weights asked for.

/// Writes weights; a zero byte is followed by the length of its run, 1 to 255.
pub(crate) fn pack(weights: &[i8], out: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(&weight) = weights.get(at) {
        if weight != 0 {
            out.push(weight as u8);
            at += 1;
            continue;
        }
        let run = weights[at..]
            .iter()
            .take(255)
            .take_while(|weight| **weight == 0)
            .count();
        out.extend([0, run as u8]);
        at += run;
    }
}

/// Reads `count` weights, which must use up all bytes.
pub(crate) fn unpack(bytes: &[u8], count: usize) -> Option<Vec<i8>> {
    let mut weights = Vec::with_capacity(count);
    let mut bytes = bytes.iter();
    while let Some(&byte) = bytes.next() {
        if byte != 0 {
            weights.push(byte as i8);
        } else {
            let run = usize::from(*bytes.next()?);
            weights.resize(weights.len() + run, 0);
        }
        if weights.len() > count {
            return None;
        }
    }
    (weights.len() == count).then_some(weights)
}

/// Reads fields off the front of a slice.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    /// The next `count` bytes.
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// The next byte.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// The next four bytes as a number.
    pub(crate) fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// The next eight bytes as a number.
    pub(crate) fn long(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back() {
        for weights in [
            vec![],
            vec![0; 1000],
            vec![1, 0, 0, -128, 127, 0],
            vec![5; 3],
        ] {
            let mut bytes = Vec::new();
            pack(&weights, &mut bytes);
            assert_eq!(unpack(&bytes, weights.len()).as_deref(), Some(&weights[..]));
            assert_eq!(unpack(&bytes, weights.len() + 1), None);
        }
        assert_eq!(unpack(&[0], 0), None);
        assert_eq!(unpack(&[1, 1], 1), None);
    }
}
