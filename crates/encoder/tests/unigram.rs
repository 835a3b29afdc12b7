//! A model of invented weights beside the one that ships: unigram pieces, weights of 4 bits, any number of layers.

use encoder::{
    About, Beside, Blocks, Draft, Encoder, INNER, Layer, Matrix, ModelError, Norm, POSITIONS, WIDTH,
};

const PIECES: &str = "<s>\n<pad>\n</s>\n<unk>\n\u{2581}\n\u{2581}der\n\u{2581}Hafen\nstadt\n.\n";

/// Blocks of 4 bits that look random, with a scale of 1/64.
fn blocks(count: usize, seed: u64) -> Blocks {
    let mut state = seed;
    let mut bytes = Vec::new();
    for _ in 0..count / 32 {
        bytes.extend([0x00, 0x24]);
        bytes.extend((0..16).map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 56) as u8
        }));
    }
    Blocks(bytes)
}

fn matrix(count: usize, length: usize, seed: u64) -> Matrix<Blocks> {
    Matrix {
        weights: blocks(count * length, seed),
        shift: vec![0.0; count],
    }
}

fn norm() -> Norm<Vec<f32>> {
    Norm {
        scale: vec![1.0; WIDTH],
        shift: vec![0.0; WIDTH],
    }
}

fn model(layers: u64, centre: Vec<f32>) -> Vec<u8> {
    let layer = |seed| Layer {
        attend: matrix(3 * WIDTH, WIDTH, seed),
        gather: matrix(WIDTH, WIDTH, seed + 1),
        attended: norm(),
        widen: matrix(INNER, WIDTH, seed + 2),
        narrow: matrix(WIDTH, INNER, seed + 3),
        done: norm(),
    };
    let count = PIECES.lines().count();
    let draft = Draft {
        vocabulary: PIECES.to_owned(),
        words: blocks(count * WIDTH, 7),
        positions: vec![0.0; POSITIONS * WIDTH],
        norm: norm(),
        layers: (0..layers).map(|at| layer(10 * (at + 1))).collect(),
        beside: Some(Beside {
            about: About {
                name: "tiny".to_owned(),
                source: "a test".to_owned(),
                licence: "MIT".to_owned(),
                languages: vec!["de".to_owned()],
                ..About::default()
            },
            scores: (0..count).map(|at| -(at as f32)).collect(),
            centre,
        }),
    };
    encoder::write(&draft).expect("a model")
}

const TEXT: &str = "der Hafen\u{ad}stadt .";

#[test]
fn every_layer_counts_and_company_does_not() {
    let vectors: Vec<Vec<i8>> = [0, 1, 3]
        .map(|layers| {
            let encoder = Encoder::from_bytes(&model(layers, Vec::new())).expect("a model");
            let [alone] = &encoder.encode(&[TEXT])[..] else {
                panic!("one sentence gives one");
            };
            let company = encoder.encode(&["der der", TEXT, ""]);
            assert_eq!(&company[1], alone);
            assert!(company[2].pieces().is_empty());
            let words: Vec<&str> = alone
                .pieces()
                .iter()
                .map(|piece| &TEXT[piece.start as usize..piece.end as usize])
                .collect();
            // The blank before the full stop is a piece without a letter, and keeps no vector.
            assert_eq!(words, ["der", "Hafen", "stadt", "."]);
            alone.vector(1).to_vec()
        })
        .into();
    assert!(vectors[0] != vectors[1] && vectors[1] != vectors[2]);
}

#[test]
fn the_centre_is_taken_off() {
    let plain = Encoder::from_bytes(&model(1, Vec::new())).expect("a model");
    let centre = plain.centre(&["der der", "der"]);
    assert_eq!(centre.len(), WIDTH);
    let centred = Encoder::from_bytes(&model(1, centre)).expect("a model");
    let left = centred.centre(&["der der", "der"]);
    assert!(left.iter().all(|x| x.abs() < 0.01), "{left:?}");
}

#[test]
fn a_file_says_what_it_is() {
    let bytes = model(1, Vec::new());
    let about = encoder::about(&bytes).expect("a model");
    assert_eq!((about.name.as_str(), about.version), ("tiny", 2));
    assert_eq!(about.size, bytes.len() as u64);
    assert!(about.reads(Some("de-AT")) && !about.reads(Some("en")));
    let other = encoder::about(&model(2, Vec::new())).expect("a model");
    assert_ne!(about.identity(), other.identity());
    let mut damaged = bytes.clone();
    damaged[1000] ^= 1;
    assert_eq!(encoder::about(&damaged), Err(ModelError::Damaged));
    let shipped = Encoder::shipped_about().expect("the model that ships is sound");
    assert_eq!((shipped.name.as_str(), shipped.version), ("english", 1));
}
