//! What is cited, drafted, and told of pages' own checks: of passages that a reader chose, to the letter.

use report::choice::{ChoiceError, by_keys, by_words};
use report::{TextOptions, assemble, draft};
use serde_json::Value;

use crate::fixture::findings;
use crate::hostile::{HOSTILE, attack};

#[test]
fn a_check_is_told_as_its_pages_word() {
    let report = assemble(&findings());
    let line = "checked by Inland Courier Checks: “Mostly true” (4; worst 1, best 5)";
    let claim =
        "“Nine people were hurt on the Maid of Orsa”, claimed by Coastal News Agency, 2031-05-06";
    let text = report::text(
        &report,
        TextOptions {
            width: 100,
            colour: false,
        },
    );
    // At the claim and at the article; lines are broken to fit the screen.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(&format!("{line} of {claim}")), "{text}");
    assert!(text.contains(&format!("{claim}: {line}")), "{text}");
    let markdown = report::markdown(&report);
    assert!(
        markdown.contains(&format!("{line} of {claim} <https://checks.example/orsa>")),
        "{markdown}"
    );
    // Who rates nothing is told without a rating, and by the outlet.
    assert!(
        markdown.contains("“The east pier was closed for a year”: checked by The Inland Courier\n")
    );
    let html = report::html(&report);
    let link = "checked by <a rel=\"noreferrer noopener\" href=\"https://checks.example/orsa\">Inland Courier Checks</a>";
    assert_eq!(html.matches(link).count(), 2);
    assert!(!html.contains("href=\"javascript:"));
    let claims = &report.stories[0].claims;
    assert_eq!(claims[0].checked.len(), 1);
    assert_eq!(claims[0].checked[0].article, "courier-1");
    assert!(claims[1].checked.is_empty());
}

#[test]
fn keys_and_ids_lead_to_passages() {
    let report = assemble(&findings());
    let story = &report.stories[0];
    let (claim, dispute) = (&story.claims[0], &story.disputes[0]);
    let keys = [claim.key.clone(), dispute.id.clone(), claim.id.clone()];
    let chosen = by_keys(story, &keys).expect("they are there");
    let claimed = by_keys(story, &keys[..1]).expect("it is there");
    assert!(!claimed.is_empty() && chosen[..claimed.len()] == claimed[..]);
    let sides: usize = dispute.sides.iter().map(|side| side.mentions.len()).sum();
    assert!(chosen.len() > claimed.len() && chosen.len() <= claimed.len() + sides);
    for key in ["c0123456789ab", "", "n1", "c999"] {
        let none = by_keys(story, &[key.to_owned()]);
        assert!(matches!(none, Err(ChoiceError::Key { .. })), "{key}");
    }
}

#[test]
fn words_are_found_whatever_white_space_is_between_them() {
    let report = assemble(&findings());
    for article in report.articles.iter().filter(|one| !one.text.is_empty()) {
        let all: Vec<char> = article.text.chars().collect();
        let given = article.text.replace([' ', '\n'], "\n\n ");
        let found = by_words(article, &[given]).expect("its own text");
        let (start, end) = (found[0].start as usize, found[0].end as usize);
        assert_eq!(found[0].text, all[start..end].iter().collect::<String>());
        assert_eq!(found[0].text.trim(), article.text.trim());
    }
    let article = &report.articles[0];
    for bad in ["", " ", "words that it has not", "\u{0}"] {
        let none = by_words(article, &[bad.to_owned()]);
        assert!(matches!(none, Err(ChoiceError::Words { .. })), "{bad}");
    }
}

#[test]
fn a_draft_has_the_passage_and_no_rating() {
    let report = assemble(&findings());
    let story = &report.stories[0];
    let dispute = &story.disputes[0];
    let drafts = draft::drafts(&report, std::slice::from_ref(&dispute.key)).expect("drafts");
    let drafts: Value = serde_json::from_str(&drafts).expect("JSON");
    assert_eq!(drafts["@context"], "https://schema.org");
    let sides = drafts["@graph"].as_array().expect("a side each");
    assert_eq!(sides.len(), dispute.sides.len());
    for (at, (draft, side)) in sides.iter().zip(&dispute.sides).enumerate() {
        assert_eq!(draft["@type"], "ClaimReview");
        assert_eq!(draft["claimReviewed"], side.mentions[0].text.as_str());
        for left in ["reviewRating", "author", "datePublished", "url"] {
            assert!(draft.get(left).is_none(), "{left}");
        }
        let status = draft["creativeWorkStatus"].as_str().expect("a draft");
        assert!(status.contains("reviewRating"));
        let item = &draft["itemReviewed"];
        assert_eq!(item["@type"], "Claim");
        let authors = item["author"].as_array().expect("somebody");
        assert!(authors.iter().all(|one| one["name"].is_string()));
        assert!(!item["appearance"].as_array().expect("pages").is_empty());
        let cited: Vec<&str> = draft["citation"]
            .as_array()
            .expect("passages")
            .iter()
            .map(|one| one["text"].as_str().expect("words"))
            .collect();
        let others = dispute.sides.iter().enumerate();
        let others = others.filter(|(other, _)| *other != at);
        let others: Vec<&str> = others
            .flat_map(|(_, side)| side.mentions.iter().map(|one| one.text.as_str()))
            .collect();
        assert_eq!(cited, others);
    }
    // A claim alone is one object; every dispute where nothing is named.
    let claim = draft::drafts(&report, std::slice::from_ref(&story.claims[0].id)).expect("a draft");
    let claim: Value = serde_json::from_str(&claim).expect("JSON");
    assert_eq!(claim["claimReviewed"], story.claims[0].text.as_str());
    assert!(draft::drafts(&report, &[]).is_ok());
    let quote = std::slice::from_ref(&story.quotes[0].key);
    assert!(matches!(
        draft::drafts(&report, quote),
        Err(ChoiceError::Key { .. })
    ));
    let mut bare = report.clone();
    bare.stories[0].disputes.clear();
    assert_eq!(draft::drafts(&bare, &[]), Err(ChoiceError::NoDispute));
}

#[test]
fn a_draft_cannot_end_the_script_that_it_is_put_into() {
    let report = assemble(&attack(HOSTILE));
    let claim = std::slice::from_ref(&report.stories[0].claims[0].id);
    let drafts = draft::drafts(&report, claim).expect("a draft");
    assert!(!drafts.contains('<') && drafts.contains("\\u003cscript>"));
    let drafts: Value = serde_json::from_str(&drafts).expect("JSON");
    assert!(!drafts.to_string().contains("\"url\":\"javascript"));
}
