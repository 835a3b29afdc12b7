//! One agency's report on many sites: what stands in the same words is one voice, told with every site that has it;
//! what a site changed is compared like anything else.

use crossread::model::{Claim, ComparedStory, Verdict};
use crossread::{Align, Engine, Input, Options, Silent};

const SITES: usize = 40;
const FIRST: &str =
    "A freight train left the rails at Dunmoor on Tuesday morning, the operator said.";
const SECOND: &str = "Nobody lives within two miles of the line, which carries grain to the port.";

/// A report of each site; the last two have another sentence in the middle.
fn read(align: Align) -> ComparedStory {
    let records: Vec<String> = (0..SITES)
        .map(|site| {
            let third = match site {
                38 => "Seven wagons of the train fell into the river below the bridge at Dunmoor.",
                39 => "Eleven wagons of the train fell into the river below the bridge at Dunmoor.",
                _ => "Engineers from the capital are on their way to look at the track.",
            };
            let text = [FIRST, third, SECOND].join("\n");
            serde_json::json!({
                "id": format!("site{site:02}"), "outlet": format!("Site {site}"), "title": "Train off the rails",
                "published": "2024-03-05T10:00:00Z", "text": text,
            })
            .to_string()
        })
        .collect();
    let engine = Engine::new(Options {
        align,
        one_story: true,
        ..Options::default()
    })
    .expect("an engine");
    let input = Input {
        path: "sites.jsonl".into(),
        bytes: records.join("\n").into_bytes(),
        ..Input::default()
    };
    let found = engine.read([Ok(input)], &Silent);
    let mut stories = found.stories;
    stories.swap_remove(0)
}

#[test]
fn reprints_are_one_voice_with_every_site_that_has_it() {
    for align in [Align::Words, Align::Encoder] {
        let read = read(align);
        let claims = &read.comparison.claims;
        let stated_by = |claim: &&Claim, sites: usize| {
            claim
                .readings
                .iter()
                .filter(|reading| !reading.near)
                .count()
                == sites
        };
        let whole: Vec<_> = claims
            .iter()
            .filter(|claim| stated_by(claim, SITES))
            .collect();
        assert!(whole.len() >= 2, "{align:?}");
        for claim in whole {
            assert_eq!(claim.outlets as usize, SITES);
            assert_eq!((claim.origins.low, claim.origins.high), (1, 1));
            assert_eq!(claim.verdict, Verdict::SingleOrigin);
            assert!(claim.absent_from.is_empty());
            let mut articles: Vec<_> = claim.readings.iter().map(|r| r.mention.article).collect();
            articles.dedup();
            assert_eq!(articles.len(), SITES);
        }
        let engineers = claims
            .iter()
            .find(|claim| stated_by(claim, SITES - 2))
            .expect("a claim");
        assert_eq!(engineers.absent_from.len(), 2);
        assert!(
            claims
                .iter()
                .all(|claim| !matches!(claim.verdict, Verdict::Corroborated { .. }))
        );
        let wagons = &read.comparison.disputes;
        assert_eq!(wagons.len(), 1, "{align:?}");
    }
}
