//! In: real articles. Out: copies of them to plant. They are made as copying is done: edited lightly, cut short, three
//! paragraphs lifted into another report, edited heavily, wrapped in another site's furniture, two sources mixed. The
//! edits are drawn by a fixed generator, so that they are the same everywhere; the words put in are written for this
//! project.

use crate::generate::Dice;

/// How a copy was made.
pub const WAYS: [&str; 6] = [
    "light",
    "truncated",
    "excerpt",
    "heavy",
    "in furniture",
    "two sources",
];

/// A planted text with the positions of its sources.
pub struct Plant {
    /// How it was made, one of [`WAYS`].
    pub way: &'static str,
    /// The text; a paragraph a line.
    pub text: String,
    /// Its sources.
    pub of: Vec<usize>,
    /// What was lifted, or how the text begins.
    pub lifted: String,
}

/// Words that an editor puts for others, either way.
const SYNONYMS: &str = "said told stated added noted explained; killed slain; hurt injured wounded; big large \
    huge; small little; attack assault strike; police officers; fire blaze; car vehicle; house home; \
    children kids; man male; woman female; doctor physician; buy purchase; begin start; end finish; \
    help aid assist; show reveal; ask request; allow permit; stop halt; build construct; leave depart; \
    use employ; try attempt; keep retain; many numerous; near close; quickly rapidly; often frequently; \
    about around roughly; after following; before ahead; while whereas; also too; however though; \
    because since; government administration; company firm; country nation; city town; work job; money \
    cash; plan scheme; problem issue; chance opportunity; result outcome; part portion; area region; \
    week fortnight; people persons; group band; leader head; member participant; crowd throng; storm \
    tempest; crash collision; blast explosion; trial hearing; court tribunal; law statute; vote ballot; \
    deal agreement; talks negotiations; troops soldiers; border frontier; weapon arm; victim casualty; \
    suspect accused; arrested detained; released freed; announced declared; confirmed verified; denied \
    rejected; increased rose grew; decreased fell dropped; important significant; new fresh; old \
    former; first initial; last final; early soon; major main; whole entire; several various; official \
    representative; statement announcement; report account; found discovered; given handed; taken \
    seized; sent dispatched; seen spotted; held kept; made created; called named; known understood; \
    believed thought; expected anticipated; planned intended; hit struck; shot fired; died perished; \
    injury wound; damage harm; danger risk; safe secure; angry furious; happy glad; sad mournful; hard \
    difficult; easy simple; fast swift; slow sluggish; strong powerful; weak feeble; rich wealthy; poor \
    needy; right correct; wrong false; good fine; bad poor";

/// What another site puts around a text.
const BEFORE: [&str; 4] = [
    "Home | News | Sport | Weather | Shop",
    "Sign in to your account or subscribe from two crowns a week",
    "By our newsroom staff, updated this morning",
    "Share this story with your friends and neighbours",
];
const AFTER: [&str; 5] = [
    "Read next: ten gardens to see before the summer is over",
    "Most popular: the recipe that half the town is talking about",
    "Do you have a story for us? Write to the desk of the Harbour Tribune",
    "The Harbour Tribune is published by Tribune House and printed at the old mill",
    "All rights reserved. Terms of use. Privacy. Cookies. Jobs",
];

/// Plants `each` copies of each way. `stories[i]` is the story of `texts[i]`: a lifted or mixed
/// text has its other part from another story.
pub fn plant(texts: &[String], stories: &[String], each: usize) -> Vec<Plant> {
    const WORDS: usize = 200;
    const PARAGRAPHS: usize = 8;
    let fit: Vec<usize> = (0..texts.len())
        .filter(|&at| {
            texts[at].split_whitespace().count() >= WORDS
                && paragraphs(&texts[at]).len() >= PARAGRAPHS
        })
        .collect();
    let mut dice = Dice(20_261_128);
    let mut out = Vec::new();
    if fit.len() < 2 {
        return out;
    }
    for way in WAYS {
        for _ in 0..each {
            let source = fit[dice.below(fit.len())];
            let mut other = fit[dice.below(fit.len())];
            while stories[other] == stories[source]
                && fit.iter().any(|&at| stories[at] != stories[source])
            {
                other = fit[dice.below(fit.len())];
            }
            let (own, strange) = (paragraphs(&texts[source]), paragraphs(&texts[other]));
            let mut lifted = None;
            let (text, of) = match way {
                "light" => (edited(&own, 3, 5, false, &mut dice), vec![source]),
                "truncated" => (own[..own.len() * 2 / 5].join("\n"), vec![source]),
                "excerpt" => {
                    let from = lifted_from(&own, &mut dice);
                    let at = dice.below(strange.len());
                    let taken = &own[from..from + 3];
                    lifted = Some(taken.join(" / "));
                    let all = [&strange[..at], taken, &strange[at..]].concat();
                    (all.join("\n"), vec![source, other])
                }
                "heavy" => (edited(&own, 25, 15, true, &mut dice), vec![source]),
                "in furniture" => {
                    let all = [&BEFORE[..], &own, &AFTER].concat();
                    (all.join("\n"), vec![source])
                }
                _ => {
                    let all = [&own[..own.len() / 2], &strange[strange.len() / 2..]].concat();
                    (all.join("\n"), vec![source, other])
                }
            };
            let lifted = lifted.unwrap_or_else(|| text.chars().take(300).collect());
            out.push(Plant {
                way,
                text,
                of,
                lifted,
            });
        }
    }
    out
}

/// Where three paragraphs in a row begin that hold text: no captions and cross-heads.
fn lifted_from(own: &[&str], dice: &mut Dice) -> usize {
    const WORDS: usize = 50;
    let words = |from: usize| -> usize {
        let lines = own[from..from + 3].iter();
        lines.map(|line| line.split_whitespace().count()).sum()
    };
    let fit: Vec<usize> = (0..own.len() - 2)
        .filter(|&from| words(from) >= WORDS)
        .collect();
    match fit.len() {
        0 => 0,
        count => fit[dice.below(count)],
    }
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

/// Paragraphs with so many of a hundred words changed and so many of a hundred sentences left out,
/// perhaps in another order.
fn edited(own: &[&str], words: usize, sentences: usize, turned: bool, dice: &mut Dice) -> String {
    let mut out: Vec<String> = Vec::new();
    for paragraph in own {
        let mut kept: Vec<String> = Vec::new();
        for sentence in paragraph.split_inclusive(['.', '!', '?']) {
            if dice.below(100) >= sentences {
                kept.push(changed(sentence.trim(), words, dice));
            }
        }
        if turned && kept.len() > 1 {
            let by = dice.below(kept.len());
            kept.rotate_left(by);
        }
        if !kept.is_empty() {
            out.push(kept.join(" "));
        }
    }
    if turned {
        // Paragraphs change places with their neighbours, behind the first.
        for at in (2..out.len()).step_by(2) {
            out.swap(at, at - 1);
        }
    }
    out.join("\n")
}

/// A sentence with so many of a hundred words put otherwise: by another word where one is known,
/// else left out or swapped with the next.
fn changed(sentence: &str, words: usize, dice: &mut Dice) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut all = sentence.split_whitespace().peekable();
    while let Some(word) = all.next() {
        if dice.below(100) >= words {
            out.push(word);
        } else if let Some(other) = synonym(word, dice) {
            out.push(other);
        } else if dice.below(3) == 0 {
            continue;
        } else if let Some(next) = all.next() {
            out.extend([next, word]);
        } else {
            out.push(word);
        }
    }
    out.join(" ")
}

fn synonym(word: &str, dice: &mut Dice) -> Option<&'static str> {
    let row = SYNONYMS
        .split(';')
        .find(|row| row.split_whitespace().any(|known| known == word))?;
    let others: Vec<&str> = row
        .split_whitespace()
        .filter(|known| *known != word)
        .collect();
    (!others.is_empty()).then(|| others[dice.below(others.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plants_are_the_same_each_time_and_know_their_sources() {
        let text = |of: &str| {
            let line = |n: usize| {
                format!(
                    "The {of} of {n} was hurt after the storm near the mill, officers said on day {n}. It was a large fire and it went on until the morning came at last over the hills of {of} and {n} more."
                )
            };
            (0..10).map(line).collect::<Vec<_>>().join("\n")
        };
        let texts = [text("bridge"), text("ferry")];
        let stories = ["a".to_owned(), "b".to_owned()];
        let (one, again) = (plant(&texts, &stories, 3), plant(&texts, &stories, 3));
        assert_eq!(one.len(), 3 * WAYS.len());
        for (a, b) in one.iter().zip(&again) {
            assert_eq!((&a.text, &a.of), (&b.text, &b.of));
            assert!(!a.text.is_empty());
        }
        let heavy = one.iter().find(|plant| plant.way == "heavy").unwrap();
        assert_ne!(heavy.text, texts[heavy.of[0]]);
    }
}
