//! The network against its published weights in 64-bit floats, and the same bits in any company.
//!
//! `tests/ref/encoder.json` holds sentences written for this test, the numbers of their pieces, and the
//! vectors of some of them, computed in NumPy from the weights that the model file was made from.

use encoder::{Encoder, Passage, VIEWS};
use serde_json::Value;

const REFERENCE: &str = include_str!("../../../tests/ref/encoder.json");

fn encoder() -> Encoder {
    Encoder::shipped().expect("the model that ships is sound")
}

fn reference() -> Vec<Value> {
    serde_json::from_str(REFERENCE).expect("JSON")
}

fn text(sentence: &Value) -> &str {
    sentence["text"].as_str().expect("a text")
}

#[test]
fn pieces_and_vectors_are_those_of_the_original() {
    let encoder = encoder();
    let mut least = 1.0f64;
    for sentence in reference() {
        let [found] = &encoder.encode(&[text(&sentence)])[..] else {
            panic!("one sentence gives one");
        };
        let ids: Vec<u64> = found.pieces().iter().map(|p| u64::from(p.id)).collect();
        assert_eq!(sentence["ids"], serde_json::json!(ids));
        for vector in sentence["vectors"].as_array().expect("vectors") {
            let piece = vector["piece"].as_u64().expect("a number") as usize;
            let exact: Vec<f64> =
                serde_json::from_value(vector["values"].clone()).expect("numbers");
            let ours: Vec<f64> = found.vector(piece).iter().map(|x| f64::from(*x)).collect();
            let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
            let cosine = dot(&ours, &exact) / (dot(&ours, &ours) * dot(&exact, &exact)).sqrt();
            least = least.min(cosine);
        }
    }
    assert!(least > 0.9997, "{least}");
}

#[test]
fn a_sentence_reads_the_same_in_any_company() {
    let encoder = encoder();
    let sentences = reference();
    let texts: Vec<&str> = sentences.iter().map(text).collect();
    let alone: Vec<_> = texts
        .iter()
        .flat_map(|text| encoder.encode(&[text]))
        .collect();
    assert_eq!(encoder.encode(&texts), alone);
    let backwards: Vec<&str> = texts.iter().rev().copied().collect();
    let mut turned = encoder.encode(&backwards);
    turned.reverse();
    assert_eq!(turned, alone);
}

#[test]
fn a_paraphrase_says_more_than_another_sentence_about_the_same() {
    let encoder = encoder();
    let read = encoder.encode(&[
        "The mayor resigned after the flood.",
        "The mayor stepped down because of the flooding.",
        "The mayor sang in the choir because of the concert.",
    ]);
    let passages: Vec<Passage> = read
        .iter()
        .map(|sentence| {
            let mut passage = Passage::default();
            (0..sentence.pieces().len()).for_each(|at| passage.push(sentence, at, [1.0; VIEWS]));
            passage
        })
        .collect();
    let said = |other: usize| passages[0].said_in(&passages[other], &mut Vec::new())[0].0;
    assert!(said(1) > said(2), "{} {}", said(1), said(2));
}

#[test]
fn empty_and_endless_sentences_are_read() {
    let encoder = encoder();
    let long = "no end ".repeat(2000);
    let read = encoder.encode(&["", " \u{200b}", &long]);
    assert!(read[0].pieces().is_empty() && read[1].pieces().is_empty());
    assert_eq!(read[2].pieces().len(), 4000);
    assert!(encoder.encode(&[]).is_empty());
}
