//! In: the hashed words of a sentence, a place in it, the labels before it. Out: the places of that
//! word's features in the table of weights. One list serves training and tagging; a change of it
//! is a change of [`crate::VERSION`].

use crate::word::{Case, Word};

/// What a tagger labels; each task has its own features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Parts of speech.
    Speech,
    /// Names, as B/I/O labels; reads [`Word::tag`] and [`Word::hints`].
    Names,
}

impl Task {
    /// Its number in a model file.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Speech => 1,
            Self::Names => 2,
        }
    }

    /// The task of a number.
    pub(crate) fn of(number: u8) -> Option<Self> {
        [Self::Speech, Self::Names]
            .into_iter()
            .find(|task| task.number() == number)
    }
}

/// Most features that one word can have.
pub(crate) const MOST: usize = 96;
const _: () = assert!(
    MOST as i32 * -(i8::MIN as i32) <= i16::MAX as i32,
    "sums of weights overflow"
);

/// The hints that are asked about in sets: those of short lists. The others, the document's own and
/// those of long lists (bits 25 and above), would make the sets too rare to learn from.
const SHORT: u32 = (1 << 25) - 1;

/// The features of one word: places in the table.
pub(crate) struct Features {
    places: [u32; MOST],
    len: usize,
    bits: u32,
    template: u64,
}

impl Features {
    /// Features for a table of `1 << bits` rows.
    pub(crate) fn new(bits: u32) -> Self {
        Self {
            places: [0; MOST],
            len: 0,
            bits,
            template: 0,
        }
    }

    /// The places filled last.
    pub(crate) fn places(&self) -> &[u32] {
        &self.places[..self.len]
    }

    /// Adds the feature of the next template.
    fn add(&mut self, value: u64) {
        self.template += 1;
        let mixed = mix(value ^ self.template.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        if let Some(place) = self.places.get_mut(self.len) {
            *place = (mixed >> (64 - self.bits)) as u32;
            self.len += 1;
        }
    }

    /// Counts a template that has no feature here, so that the numbers of the later ones stay.
    fn skip(&mut self, templates: u64) {
        self.template += templates;
    }

    /// Fills in the features of word `at`. `before` are the labels of the one and the two before,
    /// [`START`] where there is none.
    pub(crate) fn fill(&mut self, task: Task, words: &[Word], at: usize, before: [u8; 2]) {
        (self.len, self.template) = (0, u64::from(task.number()) << 32);
        match task {
            Task::Speech => self.speech(words, at, before),
            Task::Names => self.names(words, at, before),
        }
    }

    fn speech(&mut self, words: &[Word], at: usize, [one, two]: [u8; 2]) {
        let (word, around) = (&words[at], Around { words, at });
        let (one, two) = (u64::from(one), u64::from(two));
        self.add(0);
        self.add(word.lower);
        self.add(word.exact);
        self.add(word.shape);
        self.add(pair(word.case as u64, around.first()));
        for affix in word.suffix.iter().chain(&word.prefix[..3]) {
            if *affix == 0 {
                self.skip(1)
            } else {
                self.add(*affix)
            }
        }
        let (left, right) = (around.lower(-1), around.lower(1));
        self.add(left);
        self.add(right);
        self.add(around.lower(-2));
        self.add(around.lower(2));
        self.add(around.suffix(-1));
        self.add(around.suffix(1));
        self.add(around.case(1));
        self.add(pair(one, 7));
        self.add(pair(one, two));
        self.add(pair(one, word.lower));
        self.add(pair(pair(one, two), word.suffix[2]));
        self.add(pair(one, right));
        self.add(pair(word.lower, right));
        self.add(pair(word.lower, left));
        self.add(pair(one, around.suffix(1)));
    }

    fn names(&mut self, words: &[Word], at: usize, [one, two]: [u8; 2]) {
        let (word, around) = (&words[at], Around { words, at });
        let (one, two) = (u64::from(one), u64::from(two));
        let case = word.case as u64;
        self.add(0);
        self.add(word.lower);
        self.add(word.exact);
        self.add(word.shape);
        self.add(pair(case, around.first()));
        self.add(pair(case, u64::from(word.tag)));
        for affix in word.suffix.iter().chain(&word.prefix) {
            if *affix == 0 {
                self.skip(1)
            } else {
                self.add(pair(*affix, case))
            }
        }
        for by in [-2, -1, 1, 2] {
            self.add(around.lower(by));
            self.add(around.shape(by));
        }
        for by in [-1, 1] {
            self.add(pair(around.suffix(by), around.case(by)));
            self.add(pair(around.tag(by), around.case(by)));
        }
        self.add(pair(around.lower(-1), word.lower));
        self.add(pair(word.lower, around.lower(1)));
        self.add(pair(around.lower(-1), case));
        self.add(pair(around.lower(1), case));
        self.add(pair(around.lower(-2), around.lower(-1)));
        self.add(pair(around.lower(1), around.lower(2)));
        self.add(pair(pair(around.case(-1), case), around.case(1)));
        self.add(pair(one, two));
        self.add(pair(one, word.lower));
        self.add(pair(one, pair(case, around.case(1))));
        self.add(pair(one, pair(u64::from(word.tag), case)));
        self.add(pair(one, around.lower(-1)));
        self.add(pair(one, around.lower(1)));
        self.add(pair(one, pair(word.suffix[2], case)));
        let hints = u64::from(word.hints & SHORT);
        let lists = |by| around.hints(by) & u64::from(SHORT);
        self.add(hints);
        self.add(pair(one, hints));
        self.add(pair(lists(-1), hints));
        self.add(pair(hints, lists(1)));
        self.add(pair(hints, case));
        let said = u64::from(word.hints & !SHORT);
        self.add(pair(said, case));
        self.add(pair(pair(one, said), case));
        let start = self.template;
        for by in [-1, 0, 1] {
            let mut bits = around.hints(by);
            while bits != 0 {
                self.template = start + 1 + u64::from(bits.trailing_zeros());
                self.add(pair(by as u64, case));
                bits &= bits - 1;
            }
        }
    }
}

/// The label before a sentence's first word.
pub(crate) const START: u8 = u8::MAX;

/// What stands beside a word.
struct Around<'a> {
    words: &'a [Word],
    at: usize,
}

impl Around<'_> {
    fn word(&self, by: isize) -> Option<&Word> {
        self.words.get(self.at.checked_add_signed(by)?)
    }

    fn lower(&self, by: isize) -> u64 {
        self.word(by).map_or(1, |word| word.lower)
    }

    fn shape(&self, by: isize) -> u64 {
        self.word(by).map_or(1, |word| word.shape)
    }

    fn case(&self, by: isize) -> u64 {
        self.word(by).map_or(9, |word| word.case as u64)
    }

    fn tag(&self, by: isize) -> u64 {
        self.word(by).map_or(99, |word| u64::from(word.tag))
    }

    fn hints(&self, by: isize) -> u64 {
        self.word(by).map_or(0, |word| u64::from(word.hints))
    }

    fn suffix(&self, by: isize) -> u64 {
        self.word(by).map_or(1, |word| word.suffix[2])
    }

    /// Whether only marks stand before the word in its sentence.
    fn first(&self) -> u64 {
        let marks = self.words[..self.at]
            .iter()
            .rev()
            .take(3)
            .all(|word| word.case == Case::Mark);
        u64::from(self.at == 0 || marks && self.at <= 2)
    }
}

/// Two values as one.
fn pair(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b.wrapping_mul(0xff51_afd7_ed55_8ccd)).wrapping_add(a)
}

/// Spreads a value over all bits (the finaliser of MurmurHash3, shortened).
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (value ^ (value >> 29)).wrapping_mul(0xc4ce_b9fe_1a85_ec53)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_fit_their_table() {
        let words: Vec<Word> = ["In", "Vellmar", ",", "a"]
            .iter()
            .map(|w| Word::new(w, u32::MAX))
            .collect();
        for task in [Task::Speech, Task::Names] {
            let mut features = Features::new(10);
            for at in 0..words.len() {
                features.fill(task, &words, at, [START, START]);
                assert!(features.places().iter().all(|place| *place < 1 << 10));
                assert!(features.places().len() > 20);
            }
        }
    }
}
