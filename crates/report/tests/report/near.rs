//! Who only comes near a claim stands in no list of those who state it, in any format; a sentence has one
//! verdict; and the timeline of people begins with the story's own days.

use report::TextOptions;
use report::wire::{ClaimReading, Report, Stance, Story, Verdict};

use crate::fixture::findings;

/// The fixture, its claim of the strike, which the Courier alone states, nearly told by others.
fn nearly() -> Report {
    let mut report = report::assemble(&findings());
    let story = &mut report.stories[0];
    let near = |from: &ClaimReading| ClaimReading {
        near: true,
        stance: Stance::Asserts,
        ..from.clone()
    };
    let post = near(&story.claims[0].readings[0]);
    let plain = near(&story.claims[1].readings[1]);
    let alone = &mut story.claims[3];
    assert_eq!(alone.verdict, Verdict::OnlyHere);
    alone.readings.extend([post.clone(), plain]);
    story.claims[1].readings.insert(0, post);
    story.claims[1].clearest += 1;
    report
}

fn text(report: &Report) -> String {
    let options = TextOptions {
        width: 400,
        colour: false,
    };
    report::text(report, options)
}

/// The line that has some words, in a section of a report.
fn line<'t>(text: &'t str, section: &str, words: &str) -> &'t str {
    let from = text.find(section).unwrap_or_else(|| panic!("no {section}"));
    let mut lines = text[from..].lines();
    lines
        .find(|line| line.contains(words))
        .unwrap_or_else(|| panic!("no {words} in {section}"))
}

#[test]
fn who_comes_near_is_named_apart_from_who_states_it() {
    let report = nearly();
    let outlets: Vec<&str> = report
        .articles
        .iter()
        .map(|a| a.outlet.as_deref().unwrap_or(&a.path))
        .collect();
    let (post, courier) = (outlets[0], outlets[2]);
    let text = text(&report);
    let strike = line(&text, "ONLY HERE", "called for a strike");
    assert!(
        strike.contains(&format!("(similar: {post} and ")),
        "{strike}"
    );
    let hurt = line(&text, "CORROBORATED", "c2 · ");
    assert!(hurt.contains(&format!("(similar: {post})")), "{hurt}");
    let told = hurt.split(" (similar").next().unwrap_or_default();
    assert!(told.contains(courier) && !told.contains(post), "{hurt}");
    let markdown = report::markdown(&report);
    let strike = line(&markdown, "### Only here", "called for a strike");
    assert!(strike.contains("(similar: *"), "{strike}");
    let hurt = line(&markdown, "### Corroborated", "hurt 14 people");
    let told = hurt.split(" (similar").next().unwrap_or_default();
    assert!(told.contains(courier) && !told.contains(post), "{hurt}");
    let html = report::html(&report);
    let from = html.find("id=\"s1c4\"").expect("the claim");
    let row = &html[from..from + html[from..].find("</li>").expect("its end")];
    let (states, near) = row.split_once("similar:").expect("who comes near");
    assert!(states.contains(courier) && !states.contains(post), "{row}");
    assert!(near.contains(post) && !near.contains(courier), "{row}");
}

#[test]
fn a_claim_is_explained_without_those_near_it_among_those_who_state_it() {
    let report = nearly();
    let place = report::locate(&report, "c4").expect("the claim");
    let options = TextOptions {
        width: 400,
        colour: false,
    };
    let said = report::explain(&report, &place, &Default::default(), options);
    let (state, near) = said
        .split_once("only come near it")
        .expect("who comes near");
    assert!(state.contains("called for a strike"), "{said}");
    assert!(!state.contains("hurt 14 people"), "{said}");
    assert!(near.contains("hurt 14 people"), "{said}");
}

/// The verdict that the first sentence of the brief is shown with.
fn shown(report: &Report) -> String {
    let text = text(report);
    let first = line(&text, "BRIEF", "  1 ");
    first.rsplit(" · ").next().unwrap_or_default().to_owned()
}

#[test]
fn a_sentence_of_the_brief_has_the_verdict_of_its_weakest_part() {
    let mut report = report::assemble(&findings());
    let weaken = |story: &mut Story, verdict: Verdict| {
        let mut part = story.claims[0].clone();
        part.readings.truncate(1);
        let mention = &mut part.readings[0].mention;
        mention.end = mention.start + 10;
        part.clearest = 0;
        part.verdict = verdict;
        part.id = "c99".into();
        story.claims.push(part);
        story.brief[0].claims = vec!["c2".into(), "c99".into()];
    };
    // The figure is on one side of a dispute; without that it is what its claim is.
    assert_eq!(shown(&report), "disputed");
    report.stories[0].disputes.clear();
    assert_eq!(shown(&report), "single origin");
    weaken(&mut report.stories[0], Verdict::OnlyHere);
    assert_eq!(shown(&report), "only here");
    report.stories[0].claims[5].verdict = Verdict::Disputed;
    assert_eq!(shown(&report), "disputed");
    // Each part is corroborated, and nobody else states both.
    report.stories[0].claims[5].verdict = Verdict::Corroborated;
    assert_eq!(shown(&report), "corroborated");
    report.stories[0].brief[0].mentions.truncate(1);
    assert_eq!(shown(&report), "only here");
}

#[test]
fn the_timeline_begins_with_the_days_of_the_story() {
    let mut report = report::assemble(&findings());
    let story = &mut report.stories[0];
    let mut old = story.timeline[0].clone();
    for year in 1945..1953 {
        old.when = year.to_string();
        story.timeline.insert(0, old.clone());
    }
    story.timeline.sort_by(|a, b| a.when.cmp(&b.when));
    let days = |text: &str, from: &str, of: &[&str]| -> Vec<usize> {
        let from = text.find(from).unwrap_or_else(|| panic!("no {from}"));
        let place = |day: &&str| {
            let at = text[from..].find(day);
            at.unwrap_or_else(|| panic!("no {day} in {text}"))
        };
        of.iter().map(place).collect()
    };
    let text = text(&report);
    let order = days(
        &text,
        "TIMELINE",
        &["2031-05-06 06:40", "2031-05-06", "2031-03", "1952"],
    );
    assert!(order[0] < order[2] && order[2] < order[3], "{text}");
    assert!(text.contains("… and 6 more"), "{text}");
    assert!(!text.contains("1945"), "{text}");
    let markdown = report::markdown(&report);
    let order = days(
        &markdown,
        "### Timeline",
        &["2031-05-06 06:40", "2031-03", "1945"],
    );
    assert!(order.is_sorted(), "{markdown}");
    assert!(report::json(&report).contains("\"1945\""));
    // Without a day of publication nothing says what is older.
    report.stories[0].first = None;
    let text = self::text(&report);
    let order = days(&text, "TIMELINE", &["1945", "1952"]);
    assert!(order.is_sorted(), "{text}");
}
