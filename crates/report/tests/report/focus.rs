//! A report narrowed to one thing keeps its ids and loses nothing that the thing stands on.

use report::wire::Report;
use report::{FocusError, Match, Matches, TextOptions};

use crate::fixture::findings;

fn whole() -> Report {
    report::assemble(&findings())
}

const OPTIONS: TextOptions = TextOptions {
    width: 100,
    colour: false,
};

#[test]
fn a_claim_stands_with_its_disputes() {
    let full = whole();
    let claim = &full.stories[0].claims[1];
    let narrow = report::focus(full.clone(), &claim.id).expect("there is one");
    let story = &narrow.stories[0];
    let ids: Vec<&str> = story.claims.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, [claim.id.as_str()]);
    assert_eq!(story.claims[0].readings.len(), claim.readings.len());
    for dispute in &full.stories[0].disputes {
        let of_it = dispute
            .sides
            .iter()
            .any(|side| side.claims.contains(&claim.id));
        let kept = story.disputes.iter().any(|one| one.id == dispute.id);
        assert!(kept || !of_it, "{}", dispute.id);
    }
    // Every format still finds what it refers to.
    assert!(report::text(&narrow, OPTIONS).contains(&claim.id));
    assert!(report::markdown(&narrow).contains("##"));
    assert!(report::html(&narrow).contains("<html"));
}

#[test]
fn a_person_is_found_by_any_spelling() {
    let full = whole();
    let name = full.stories[0]
        .names
        .iter()
        .find(|name| !name.variants.is_empty())
        .expect("a name with two spellings");
    for spelling in [
        &name.name,
        &name.variants[0],
        &name.variants[0].to_uppercase(),
    ] {
        let narrow = report::focus(full.clone(), spelling).expect("there is one");
        let story = &narrow.stories[0];
        assert!(story.names.iter().any(|one| one.id == name.id));
        let held = story.disputes.iter().flat_map(|one| &one.sides);
        for id in held.flat_map(|side| &side.held_by) {
            assert!(story.names.iter().any(|one| one.id == *id), "{id}");
        }
        assert!(story.quotes.len() <= full.stories[0].quotes.len());
    }
}

#[test]
fn a_story_is_found_by_id_and_title() {
    let full = whole();
    let story = &full.stories[0];
    for what in [story.id.clone(), story.title.to_lowercase()] {
        let narrow = report::focus(full.clone(), &what).expect("there is one");
        assert_eq!(narrow.stories.len(), 1);
        assert_eq!(narrow.stories[0].claims.len(), story.claims.len());
        assert_eq!(narrow.articles.len(), story.articles.len());
    }
}

#[test]
fn what_is_not_there_or_not_one_thing_is_refused() {
    let mut full = whole();
    for what in ["", "c999", "nobody of that name", "x/c1"] {
        let refused = report::focus(full.clone(), what).map(|_| ());
        assert!(matches!(refused, Err(FocusError::Nothing { .. })), "{what}");
    }
    let mut twin = full.stories[0].clone();
    twin.id = "s-twin".to_owned();
    full.stories.push(twin);
    let refused = report::locate(&full, "c1");
    assert!(matches!(&refused, Err(FocusError::Several { found, .. }) if found.len() == 2));
    assert_eq!(report::locate(&full, "s-twin/c1").expect("one").id, "c1");
}

#[test]
fn everything_is_explained_in_passages() {
    let full = whole();
    let story = &full.stories[0];
    let claim = &story.claims[0];
    let matches = Matches {
        pairs: vec![Match {
            readings: (0, 1),
            score: 0.9,
            parts: vec![("number shared", 1.0, 0.7)],
        }],
        belongs: 0.3,
        corroborates: 0.7,
        read_by: vec!["english-00ff".to_owned()],
    };
    let explain = |id: &str| {
        let place = report::locate(&full, &format!("{}/{id}", story.id)).expect("there is one");
        report::explain(&full, &place, &matches, OPTIONS)
    };
    let told = explain(&claim.id);
    assert!(told.contains("number shared 1.00 (+0.7)"), "{told}");
    for reason in &claim.origins.because {
        let first = reason.split_whitespace().next().unwrap_or_default();
        assert!(told.contains(first), "{told}");
    }
    let (dispute, quote) = (&story.disputes[0], &story.quotes[0]);
    assert!(explain(&dispute.id).contains("Why it is a dispute"));
    assert!(explain(&quote.id).contains(&quote.readings[0].rule));
    assert!(explain(&story.names[0].id).contains("Its mentions"));
    assert!(explain(&story.copies[0].id).contains("Which came from which"));
}
