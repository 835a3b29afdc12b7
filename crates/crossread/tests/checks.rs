//! What a page says that it checked stands beside the claims of its story that line up with it, and changes nothing of
//! what is concluded.

use crossread::model::ComparedStory;
use crossread::{Align, Engine, Findings, Input, Options, Silent};

const REVIEW: &str = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@type": "ClaimReview",
"claimReviewed": "The council of Orl sold the pier to a shipping company on Saturday", "author": {"@type": "Organization", "name": "Harbour Check"},
"reviewRating": {"@type": "Rating", "alternateName": "False"}}</script>"#;

fn page(outlet: &str, head: &str, text: &[&str]) -> Input {
    let paragraphs: String = text.iter().map(|line| format!("<p>{line}</p>")).collect();
    let page = format!(
        "<html><head><title>Pier of Orl - {outlet}</title><meta property=\"og:site_name\" content=\"{outlet}\">{head}</head>\
         <body><article><h1>Pier of Orl</h1>{paragraphs}</article></body></html>"
    );
    Input {
        path: format!("{outlet}.html"),
        bytes: page.into_bytes(),
        ..Input::default()
    }
}

fn read(head: &str, align: Align) -> Findings {
    let engine = Engine::new(Options {
        align,
        one_story: true,
        ..Options::default()
    })
    .expect("an engine");
    let pages = [
        page(
            "Orl Post",
            "",
            &[
                "The council of Orl sold the pier to a shipping company on Saturday.",
                "Two hundred people had come to the town hall to hear the vote, and some of them shouted.",
            ],
        ),
        page(
            "Sea Desk",
            "",
            &[
                "The council of Orl sold the pier to a shipping company on Saturday, a member of it said.",
                "Nobody in the harbour knew of the plan, and the fishermen want to be heard before it is carried out.",
            ],
        ),
        page(
            "Harbour Check",
            head,
            &[
                "We looked at what is told of the pier of Orl and its sale.",
                "The minutes of the meeting show that the pier was let for ten years to a company from the capital.",
            ],
        ),
    ];
    engine.read(pages.map(Ok), &Silent)
}

#[test]
fn a_check_stands_beside_the_claim_that_it_is_of() {
    for align in [Align::Words, Align::Encoder] {
        let found = read(REVIEW, align);
        let story = found.stories().next().expect("a story");
        let checked: Vec<_> = story
            .claims()
            .filter(|claim| claim.checks().next().is_some())
            .collect();
        assert_eq!(
            checked.len(),
            1,
            "{align:?}: {:?}",
            found.stories[0].comparison.checks
        );
        assert!(checked[0].text().contains("sold the pier"), "{align:?}");
        let (article, review) = checked[0].checks().next().expect("a check");
        assert_eq!(article.outlet(), Some("Harbour Check"));
        assert_eq!(review.rating.name.as_deref(), Some("False"));
        assert_eq!(review.by, ["Harbour Check"]);
    }
}

#[test]
fn a_check_changes_no_verdict() {
    let told = |story: &ComparedStory| format!("{:?}", story.comparison.claims);
    let (with, without) = (read(REVIEW, Align::Words), read("", Align::Words));
    assert_eq!(told(&with.stories[0]), told(&without.stories[0]));
    assert!(without.stories[0].comparison.checks.is_empty());
    // What nobody in the story says stands beside nothing.
    let other = REVIEW.replace(
        "The council of Orl sold the pier to a shipping company on Saturday",
        "A whale was seen in the river near the old mill",
    );
    let other = read(&other, Align::Words);
    assert!(other.stories[0].comparison.checks.is_empty());
}
