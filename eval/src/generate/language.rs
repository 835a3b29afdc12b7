//! The language of the generated news: words by rank as 1/rank (Zipf 1935), the shorter the likelier. What is made of
//! it has no sense and is hardly ever made twice.

use std::sync::LazyLock;

use super::Dice;

/// Words of grammar, the likeliest first.
pub const FUNCTION: [&str; 48] = [
    "the", "of", "to", "a", "in", "and", "for", "that", "on", "was", "is", "with", "by", "at",
    "as", "it", "from", "has", "had", "be", "an", "were", "his", "her", "who", "which", "after",
    "but", "not", "have", "will", "their", "been", "more", "he", "she", "they", "this", "would",
    "about", "when", "over", "into", "than", "before", "its", "or", "while",
];

/// Words of sense, likewise.
pub static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let file = include_str!("../../../crates/annotate/data/en/names/small.txt");
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    let mut words: Vec<(u64, &str)> = lines
        .flat_map(str::split_whitespace)
        .map(|word| {
            let chance = crate::documents::scatter(word) % 6;
            (word.len() as u64 + chance, word)
        })
        .collect();
    words.sort_by_key(|(rank, word)| (*rank, crate::documents::scatter(word)));
    words.into_iter().map(|(_, word)| word).collect()
});

/// A rank below a bound, the first likeliest: each doubling of ranks is as likely as the next, as 1/rank has it.
pub fn rank(dice: &mut Dice, bound: usize) -> usize {
    let doublings = usize::BITS - bound.leading_zeros();
    let low = 1 << dice.below(doublings as usize);
    (low + dice.below(low) - 1) % bound
}

/// A run of so many words, every other one of grammar, and some of the story's own.
pub fn phrase(dice: &mut Dice, own: &[&str], words: usize) -> String {
    let words = (0..words).map(|_| match dice.below(10) {
        0..4 => FUNCTION[rank(dice, FUNCTION.len())],
        4..8 => WORDS[rank(dice, WORDS.len())],
        _ => own[rank(dice, own.len())],
    });
    words.collect::<Vec<_>>().join(" ")
}
