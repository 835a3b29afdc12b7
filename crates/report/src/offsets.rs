//! In: a text. Out: what a byte offset is in Unicode code points, and back, in constant time after
//! one pass. Offsets inside a character count as that character's start; offsets behind the text
//! as its end.

/// Distance between two checkpoints, in bytes (or in code points, on the way back). A look-up
/// counts the characters of half a stride on average; a checkpoint costs four bytes.
const STRIDE: usize = 128;

/// Turns byte offsets of one text into code points, and back.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before each multiple of `STRIDE` bytes; empty where the text is ASCII.
    at_byte: Vec<u32>,
    /// Byte of each multiple of `STRIDE` code points; empty where the text is ASCII.
    at_point: Vec<u32>,
    /// Code points in the text.
    len: usize,
}

impl<'t> CodePoints<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        let mut points = Self {
            text,
            at_byte: Vec::new(),
            at_point: Vec::new(),
            len: text.len(),
        };
        if text.is_ascii() {
            return points;
        }
        let mut count = 0;
        for (byte, _) in text.char_indices() {
            // A checkpoint inside a character counts the character that began before it.
            while points.at_byte.len() * STRIDE <= byte {
                points.at_byte.push(count as u32);
            }
            if count % STRIDE == 0 {
                points.at_point.push(byte as u32);
            }
            count += 1;
        }
        points.len = count;
        points
    }

    /// Code points before a byte.
    pub fn of_byte(&self, byte: usize) -> u32 {
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        if self.at_byte.is_empty() {
            return byte as u32;
        }
        let checkpoint = (byte / STRIDE).min(self.at_byte.len() - 1);
        // The checkpoint's count is that of the characters that begin before it.
        let from = self.text.ceil_char_boundary(checkpoint * STRIDE).min(byte);
        self.at_byte[checkpoint] + self.text[from..byte].chars().count() as u32
    }

    /// The byte at which a code point starts.
    pub fn to_byte(&self, point: usize) -> usize {
        if point >= self.len {
            return self.text.len();
        }
        if self.at_point.is_empty() {
            return point;
        }
        let from = self.at_point[point / STRIDE] as usize;
        self.text[from..]
            .char_indices()
            .nth(point % STRIDE)
            .map_or(self.text.len(), |(byte, _)| from + byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_agrees_with_counting() {
        let texts = [
            String::new(),
            "plain words".repeat(40),
            "é".repeat(300),
            "a𝒳é日".repeat(200),
            format!("{}𝒳{}", "a".repeat(126), "b".repeat(300)),
            format!("{}日本{}", "a".repeat(127), "é".repeat(300)),
        ];
        for text in &texts {
            let points = CodePoints::new(text);
            assert_eq!(points.len, text.chars().count());
            for (count, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(
                    points.of_byte(byte) as usize,
                    count,
                    "byte {byte} of {text:?}"
                );
                assert_eq!(points.to_byte(count), byte);
            }
            assert_eq!(points.of_byte(text.len() + 9) as usize, points.len);
            assert_eq!(points.to_byte(points.len + 9), text.len());
        }
    }
}
