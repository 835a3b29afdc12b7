//! In: a text and the language that its page claims. Out: the text's language as ISO 639-1 (639-3
//! where there is none), `None` where the text is too short to tell; and whether a good part of it
//! is in another one.

use std::collections::HashMap;
use std::sync::LazyLock;

use whatlang::{Lang, detect};

/// Bytes of text under which a detector guesses.
const ENOUGH: usize = 60;
/// Bytes looked at: more text makes no surer answer, and this stage has a budget.
const SAMPLE: usize = 480;
/// A paragraph shorter than this says nothing of a mix of languages.
const PART: usize = 240;

/// Bytes in which small words are counted.
const QUICK_SAMPLE: usize = 1200;
/// Words that the count needs at least.
const QUICK_WORDS: usize = 25;
/// Part of all words that are small words of the language, at least: running text has a third.
const QUICK_SHARE: f64 = 0.2;
/// Times as many as the next language has, at least.
const QUICK_LEAD: f64 = 1.5;

/// Languages of `data/function_words.txt`, in order, and the words with a bit for each of them.
static SMALL_WORDS: LazyLock<(Vec<&str>, HashMap<&str, u32>)> = LazyLock::new(|| {
    let (mut languages, mut words) = (Vec::new(), HashMap::new());
    for line in include_str!("../data/function_words.txt").lines() {
        let Some((language, list)) = line.split_once(' ') else {
            continue;
        };
        if language == "#" {
            continue;
        }
        for word in list.split(' ') {
            *words.entry(word).or_insert(0u32) |= 1 << languages.len();
        }
        languages.push(language);
    }
    (languages, words)
});

/// The language by its small words, where they leave no doubt: a hundred times faster than a
/// detector, and nearly all texts are settled by it.
fn quick(text: &str) -> Option<&'static str> {
    let (languages, small) = &*SMALL_WORDS;
    let text = text.trim_start();
    let text = &text[..text.floor_char_boundary(QUICK_SAMPLE)];
    let mut counts = [0usize; 32];
    let mut words = 0;
    for word in text.split_ascii_whitespace() {
        words += 1;
        let Some(bits) = small.get(word) else {
            continue;
        };
        let mut bits = *bits;
        while bits != 0 {
            counts[bits.trailing_zeros() as usize & 31] += 1;
            bits &= bits - 1;
        }
    }
    let best = (0..languages.len()).max_by_key(|at| counts[*at])?;
    let second = (0..languages.len())
        .filter(|at| *at != best)
        .map(|at| counts[at])
        .max()?;
    let enough = words >= QUICK_WORDS && counts[best] as f64 >= QUICK_SHARE * words as f64;
    (enough && counts[best] as f64 >= QUICK_LEAD * second as f64).then(|| languages[best])
}

/// The language of a text. The text wins over the page's claim, which is often the template's.
pub(crate) fn of(text: &str, claimed: Option<&str>) -> Option<String> {
    let claimed = claimed.and_then(primary);
    if let Some(code) = quick(text) {
        return Some(code.to_owned());
    }
    let sample = sample(text);
    if sample.len() < ENOUGH {
        return claimed.filter(|_| sample.split_whitespace().count() > 2);
    }
    let Some(found) = detect(sample) else {
        return claimed;
    };
    let code = code(found.lang());
    if !found.is_reliable()
        && let Some(claimed) = claimed
    {
        return Some(claimed);
    }
    // Languages that the detector mixes up are settled by the page.
    if let Some(claimed) = claimed
        && CLOSE
            .iter()
            .any(|set| set.contains(&code) && set.contains(&claimed.as_str()))
    {
        return Some(claimed);
    }
    (found.is_reliable() || sample.len() >= SAMPLE / 2).then(|| code.to_owned())
}

/// Whether two long paragraphs are surely in two languages.
pub(crate) fn mixed(paragraphs: &[&str]) -> bool {
    // First and last long paragraph: where a translation or another page was pasted in, it stands
    // at an end.
    let mut long = paragraphs.iter().filter(|text| text.len() >= PART);
    let (Some(first), Some(last)) = (long.next(), long.next_back()) else {
        return false;
    };
    // The detector is asked only where a cheap look leaves room for two languages.
    let foreign =
        |text: &str| text.bytes().filter(|byte| !byte.is_ascii()).count() * 2 > text.len();
    match (quick(first), quick(last)) {
        (Some(a), Some(b)) if a == b => return false,
        (None, _) | (_, None) if foreign(first) == foreign(last) => return false,
        _ => {}
    }
    let sure = |text: &str| {
        detect(sample(text)).filter(|found| found.is_reliable() && found.confidence() > 0.9)
    };
    match (sure(first), sure(last)) {
        (Some(a), Some(b)) => {
            let (a, b) = (code(a.lang()), code(b.lang()));
            a != b && !CLOSE.iter().any(|set| set.contains(&a) && set.contains(&b))
        }
        _ => false,
    }
}

/// Languages close enough that short texts are mistaken for each other.
const CLOSE: [&[&str]; 8] = [
    &["nb", "no", "nn", "da", "sv"],
    &["hr", "sr", "bs", "sl", "sh"],
    &["id", "ms", "jv"],
    &["cs", "sk"],
    &["es", "pt", "gl", "ca"],
    &["ru", "uk", "be", "bg", "mk", "sr"],
    &["hi", "mr", "ne"],
    &["nl", "af"],
];

/// The primary tag of `en-GB`, `pt_BR`, `EN`.
pub(crate) fn primary(tag: &str) -> Option<String> {
    let tag = tag
        .trim()
        .split(['-', '_', ',', ';', ' '])
        .next()?
        .to_ascii_lowercase();
    let tag = if tag == "iw" { "he".to_owned() } else { tag };
    (matches!(tag.len(), 2 | 3) && tag.bytes().all(|b| b.is_ascii_lowercase())).then_some(tag)
}

fn sample(text: &str) -> &str {
    // The middle: heads of pages hold names and places.
    let text = text.trim();
    if text.len() <= SAMPLE {
        return text;
    }
    let start = text.floor_char_boundary((text.len() - SAMPLE) / 3);
    &text[start..text.floor_char_boundary(start + SAMPLE)]
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_wins_over_the_page() {
        let german = "Die Fähre legte am Morgen nicht ab, weil der Sturm den Hafen seit der Nacht \
                      nicht zur Ruhe kommen ließ, sagte die Leiterin des Hafenamts. Sie hoffe, dass \
                      am Abend wieder Schiffe fahren könnten.";
        assert_eq!(of(german, Some("en-GB")).as_deref(), Some("de"));
        assert_eq!(of(german, None).as_deref(), Some("de"));
        assert_eq!(of("Kurz.", None), None);
        assert_eq!(quick(german), Some("de"));
        assert_eq!(primary("pt_BR").as_deref(), Some("pt"));
    }
}
