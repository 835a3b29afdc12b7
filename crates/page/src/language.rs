//! In: a text and the language that its page claims. Out: the text's language as ISO 639-1 (639-3
//! where there is none), `None` where the text is too short to tell; and whether a good part of it
//! is in another one.

use whatlang::{Lang, detect};

/// Bytes of text under which a detector guesses.
const ENOUGH: usize = 60;
/// Bytes looked at: more text makes no surer answer, and this stage has a budget.
const SAMPLE: usize = 480;
/// A paragraph shorter than this says nothing of a mix of languages.
const PART: usize = 240;

/// The language of a text. The text wins over the page's claim, which is often the template's.
pub(crate) fn of(text: &str, claimed: Option<&str>) -> Option<String> {
    let claimed = claimed.and_then(primary);
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
    // Scripts of one family differ little in bytes: a cheap test first.
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
        assert_eq!(primary("pt_BR").as_deref(), Some("pt"));
    }
}
