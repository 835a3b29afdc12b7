//! The characters by which a page's blocks are known again in what the extractor gives back. In: a block's number. Out:
//! its mark; and the numbers that the marks in a text stand for. Refuses numbers beyond those that there are marks for.

/// The first of the characters that mark blocks: a plane of Unicode for private use.
const FIRST_MARK: u32 = 0xF_0000;
/// Blocks that can be marked; a page's tags are limited to fewer.
const MARKS: u32 = 0x1_FFFD;

/// The mark of a block, where there is one left.
pub(crate) fn mark(block: usize) -> Option<char> {
    char::from_u32(FIRST_MARK + block as u32).filter(|_| block < MARKS as usize)
}

/// The blocks that marks in a text speak of.
pub(crate) fn marked(text: &str) -> impl Iterator<Item = usize> {
    text.chars()
        .filter(|c| is_mark(*c))
        .map(|c| (c as u32 - FIRST_MARK) as usize)
}

/// Whether a character marks a block.
pub(crate) fn is_mark(c: char) -> bool {
    c as u32 >= FIRST_MARK
}
