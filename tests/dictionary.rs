//! A model of a few invented lines, for tests: words of one meaning have one vector, and there is no layer above
//! them. In: meanings, each with its words in whatever languages. Out: a model file that reads English and German.

use encoder::{About, Beside, Draft, Norm, POSITIONS, WIDTH};

/// What the vocabulary has beside words; each has a vector of its own.
const SIGNS: [&str; 7] = ["<s>", "<pad>", "</s>", "<unk>", "\u{2581}", ".", ","];

/// The file.
pub fn model(name: &str, meanings: &[&[&str]]) -> Vec<u8> {
    let mut pieces: Vec<(String, usize)> =
        (0..).zip(SIGNS).map(|(at, s)| (s.to_owned(), at)).collect();
    for (at, words) in (SIGNS.len()..).zip(meanings) {
        pieces.extend(words.iter().map(|word| (format!("\u{2581}{word}"), at)));
    }
    let draft = Draft {
        vocabulary: pieces
            .iter()
            .map(|(piece, _)| format!("{piece}\n"))
            .collect(),
        words: pieces
            .iter()
            .flat_map(|(_, meaning)| vector(*meaning))
            .collect::<Vec<f32>>(),
        positions: vec![0.0; POSITIONS * WIDTH],
        norm: Norm {
            scale: vec![1.0; WIDTH],
            shift: vec![0.0; WIDTH],
        },
        layers: Vec::new(),
        beside: Some(Beside {
            about: About {
                name: name.to_owned(),
                source: "a test".to_owned(),
                licence: "MIT".to_owned(),
                languages: vec!["de".to_owned(), "en".to_owned()],
                ..About::default()
            },
            scores: pieces
                .iter()
                .map(|(piece, _)| -(piece.len() as f32))
                .collect(),
            centre: Vec::new(),
        }),
    };
    encoder::write(&draft).expect("a model")
}

/// Numbers that look random and are the same every time.
fn vector(seed: usize) -> Vec<f32> {
    let mut state = seed as u64 + 1;
    let next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    std::iter::repeat_with(next).skip(8).take(WIDTH).collect()
}
