//! A story of two languages, where the user added an encoder that reads both: like passages are lined up, each in its
//! own words, and nothing is judged by that; English is compared as it is without it.

#[path = "../../../tests/dictionary.rs"]
mod dictionary;

use crossread::model::{ArticleIx, Findings, Verdict};
use crossread::report::{self, wire};
use crossread::{Engine, Input, Multilingual, Options, Silent};

const MEANINGS: [&[&str]; 22] = [
    &["The", "the", "Die", "die", "den"],
    &["ferry", "Fähre"],
    &["struck", "rammte"],
    &["pier", "Anleger"],
    &["in", "im"],
    &["harbour", "Hafen"],
    &["of", "von"],
    &["Lindau"],
    &["on", "am"],
    &["Monday", "Montag"],
    &["and", "und"],
    &["hurt", "verletzte"],
    &["people", "Menschen"],
    &["14"],
    &["16"],
    &["captain", "Kapitän"],
    &["drank", "trank"],
    &["mayor", "Bürgermeisterin"],
    &["praised", "lobte"],
    &["divers", "Taucher"],
    &["choir", "Chor"],
    &["a", "einen"],
];
const ENGLISH: &str =
    "The ferry struck a pier in the harbour of Lindau on Monday and hurt 14 people.";
const GERMAN: &str =
    "Die Fähre rammte am Montag im Hafen von Lindau einen Anleger und verletzte 14 Menschen.";

/// A page of an outlet in a language.
type Page<'p> = (&'p str, &'p str, &'p str);

fn read(pages: &[Page<'_>], added: bool) -> Findings {
    let records: Vec<String> = pages
        .iter()
        .map(|(outlet, language, text)| {
            serde_json::json!({
                "id": outlet, "outlet": outlet, "title": "Lindau", "published": "2024-05-06",
                "language": language, "text": text,
            })
            .to_string()
        })
        .collect();
    let file = || dictionary::model("multilingual", &MEANINGS);
    let engine = Engine::new(Options {
        one_story: true,
        multilingual: added.then(|| Multilingual::new(file()).expect("a model")),
        ..Options::default()
    })
    .expect("an engine");
    let input = Input {
        path: "pages.jsonl".into(),
        bytes: records.join("\n").into_bytes(),
        ..Input::default()
    };
    engine.read([Ok(input)], &Silent)
}

/// The claims that passages of both languages state, or come near.
fn across(pages: &[Page<'_>], added: bool) -> Vec<wire::Claim> {
    let report = report::assemble(&read(pages, added));
    let claims = report.stories[0].claims.clone();
    let of = |claim: &wire::Claim, text: &str| {
        let mut readings = claim.readings.iter();
        readings.any(|reading| text.contains(reading.mention.text.trim_end_matches('.')))
    };
    claims
        .into_iter()
        .filter(|claim| {
            pages
                .iter()
                .filter(|page| page.1 == "de")
                .any(|page| of(claim, page.2))
                && of(claim, ENGLISH)
        })
        .collect()
}

#[test]
fn passages_of_two_languages_are_lined_up_and_not_judged() {
    let german = format!("{GERMAN}\nDie Bürgermeisterin lobte den Chor.");
    let english = format!("{ENGLISH}\nThe captain praised the divers.");
    let pages = [
        ("Harbour Post", "en", english.as_str()),
        ("Seeblatt", "de", german.as_str()),
    ];
    assert!(across(&pages, false).is_empty());
    let claims = across(&pages, true);
    let found = claims.iter().find(|claim| {
        let because = claim.origins.because.join("; ");
        because.contains("found, not judged")
    });
    let claim = found.expect("a claim that German words come near");
    assert_eq!(claim.verdict, wire::Verdict::OnlyHere);
    assert!(claim.readings.iter().any(|reading| reading.near));
    let words: Vec<&str> = claim
        .readings
        .iter()
        .map(|r| r.mention.text.as_str())
        .collect();
    assert!(words.iter().any(|text| GERMAN.contains(text)), "{words:?}");
}

#[test]
fn another_figure_in_digits_only_comes_near() {
    let german = GERMAN.replace("14", "16");
    let pages = [
        ("Harbour Post", "en", ENGLISH),
        ("Seeblatt", "de", german.as_str()),
    ];
    for claim in across(&pages, true) {
        assert!(
            claim.readings.iter().any(|reading| reading.near),
            "{claim:?}"
        );
    }
}

#[test]
fn english_is_compared_as_it_is_without_it() {
    const OTHER: &str = "On Monday a ferry rammed a pier in Lindau harbour; 14 people were hurt.";
    let pages = [
        ("Harbour Post", "en", ENGLISH),
        ("Coast Herald", "en", OTHER),
        ("Seeblatt", "de", GERMAN),
    ];
    let told = |added: bool| report::json(&report::assemble(&read(&pages[..2], added)));
    assert_eq!(told(true), told(false));
    // Beside German, what is corroborated is what two English pages state.
    let findings = read(&pages, true);
    let [compared] = &findings.stories[..] else {
        panic!("all of it is one story");
    };
    let language = |article: ArticleIx| {
        let document = compared.story.articles.get(article.at());
        let article = document.map(|&at| &findings.documents[at].article);
        article.and_then(|article| article.language.clone())
    };
    let mut corroborated = 0;
    for claim in &compared.comparison.claims {
        if let Verdict::Corroborated { apart } = claim.verdict {
            corroborated += 1;
            for place in apart {
                let reading = claim.readings.get(place.at());
                let article = reading.map(|reading| reading.mention.article);
                assert_eq!(article.and_then(language).as_deref(), Some("en"));
            }
        }
    }
    assert!(corroborated > 0);
}
