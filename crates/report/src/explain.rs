//! In: one thing of a report, and for a claim how its readings match. Out: step by step why the program
//! says so, in its own fixed words and in passages of the pages.

use crate::clean::{one_line, shorten};
use crate::focus::Place;
use crate::json::word;
use crate::text::{Paper, Style, TextOptions};
use crate::view::{self, View};
use crate::wire::{Claim, Copy, Dispute, Mention, Name, Quote, Report, Story};

/// Two readings of a claim, and what spoke for and against that they say the same.
#[derive(Clone, Debug)]
pub struct Match {
    /// Places in the claim's readings.
    pub readings: (usize, usize),
    /// The chance that both state one claim, 0 to 1.
    pub score: f32,
    /// Features, how strong each is, and what it adds to the score's logarithm of odds; weightiest first.
    pub parts: Vec<(&'static str, f32, f32)>,
}

/// How the readings of a claim match, and at which scores readings belong together.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    /// Pairs of readings, those of the highest score first.
    pub pairs: Vec<Match>,
    /// What the mean score of a reading with the others must reach.
    pub belongs: f32,
    /// At which score two readings can corroborate each other.
    pub corroborates: f32,
    /// The encoders that read the story, by name and hash; none where words alone line claims up.
    pub read_by: Vec<String>,
}

/// Letters of a passage that are shown.
const PASSAGE: usize = 300;
/// Features shown of a match, and matches.
const PARTS: usize = 5;
const MATCHES: usize = 12;

/// Explains one thing of a report; empty where the report has no such thing.
pub fn explain(report: &Report, place: &Place, matches: &Matches, options: TextOptions) -> String {
    let Some(story) = report.stories.get(place.story) else {
        return String::new();
    };
    let mut page = Page {
        paper: Paper::new(options.width, options.colour),
        view: View::new(report),
        story,
    };
    let id = place.id.as_str();
    if let Some(claim) = story.claims.iter().find(|one| one.id == id) {
        page.claim(claim, matches);
    } else if let Some(dispute) = story.disputes.iter().find(|one| one.id == id) {
        page.dispute(dispute);
    } else if let Some(quote) = story.quotes.iter().find(|one| one.id == id) {
        page.quote(quote);
    } else if let Some(name) = story.names.iter().find(|one| one.id == id) {
        page.name(name);
    } else if let Some(copy) = story.copies.iter().find(|one| one.id == id) {
        page.copy(copy);
    }
    page.paper.into_string()
}

struct Page<'r> {
    paper: Paper,
    view: View<'r>,
    story: &'r Story,
}

impl Page<'_> {
    fn heading(&mut self, id: &str, what: &str) {
        let parts = [
            (Style::Title, id),
            (Style::Plain, "  "),
            (Style::Strong, what),
        ];
        self.paper.line(0, &parts);
    }

    fn step(&mut self, number: usize, title: &str) {
        self.paper.gap();
        let number = number.to_string();
        self.paper
            .item(0, (Style::Heading, &number), &[(Style::Heading, title)]);
    }

    fn say(&mut self, words: &str) {
        self.paper
            .item(2, (Style::Faint, "·"), &[(Style::Plain, words)]);
    }

    /// A passage with where it stands.
    fn passage(&mut self, head: &str, mention: &Mention, behind: &str) {
        let outlet = self.view.outlet(&mention.article);
        let place = format!(", {}–{}: ", mention.start, mention.end);
        let text = shorten(&mention.text, PASSAGE);
        let parts = [
            (Style::Strong, outlet.as_str()),
            (Style::Faint, place.as_str()),
            (Style::Plain, &text),
            (Style::Faint, behind),
        ];
        self.paper.item(2, (Style::Faint, head), &parts);
    }

    fn said_by(&self, ids: &[String]) -> String {
        view::names(self.story, ids).join(", ")
    }

    fn claim(&mut self, claim: &Claim, matches: &Matches) {
        self.heading(&claim.id, verdict(claim));
        let text = shorten(&claim.text, PASSAGE);
        self.paper.line(0, &[(Style::Plain, &text)]);
        self.step(1, "The passages that state it, offsets in code points");
        let numbered = || claim.readings.iter().enumerate();
        for (at, reading) in numbered().filter(|(_, r)| !r.near) {
            let mut behind = format!(" · {}", stance(reading.stance));
            if !reading.attributed_to.is_empty() {
                behind += &format!(" · attributed to {}", self.said_by(&reading.attributed_to));
            }
            if let Some(source) = &reading.source {
                behind += &format!(" (“{}”)", one_line(&source.text));
            }
            if at == claim.clearest as usize {
                behind += " · the clearest, which stands for the claim";
            }
            self.passage(&(at + 1).to_string(), &reading.mention, &behind);
        }
        let near = numbered().filter(|(_, r)| r.near);
        for (nth, (at, reading)) in near.enumerate() {
            if nth == 0 {
                self.say("and those that only come near it, which confirm nothing");
            }
            self.passage(&(at + 1).to_string(), &reading.mention, "");
        }
        self.step(2, "Why they are one claim");
        if claim.readings.len() < 2 {
            self.say("one passage: nothing else in the story matches it");
        } else {
            self.say(&format!(
                "a passage belongs where its score with the others is {:.2} or more in the mean; \
                 from {:.2} on two of them surely say the same",
                matches.belongs, matches.corroborates
            ));
            if !matches.read_by.is_empty() {
                self.say(&format!("read by {}", matches.read_by.join(" and ")));
            }
            for one in matches.pairs.iter().take(MATCHES) {
                let head = format!(
                    "{} and {}: {:.2}",
                    one.readings.0 + 1,
                    one.readings.1 + 1,
                    one.score
                );
                let parts: Vec<String> = one
                    .parts
                    .iter()
                    .take(PARTS)
                    .map(|(name, value, adds)| format!("{name} {value:.2} ({adds:+.1})"))
                    .collect();
                let words = format!(" — {}", parts.join(", "));
                self.paper
                    .line(4, &[(Style::Strong, &head), (Style::Faint, &words)]);
            }
            if matches.pairs.len() > MATCHES {
                self.say(&format!("and {} more pairs", matches.pairs.len() - MATCHES));
            }
        }
        self.step(3, "How many outlets, from how many origins");
        self.say(&format!(
            "{}, {}",
            view::count(claim.outlets as usize, "outlet"),
            view::origins(claim)
        ));
        for reason in &claim.origins.because {
            self.say(reason);
        }
        self.step(4, "The verdict");
        self.say(match claim.verdict {
            crate::wire::Verdict::Corroborated => {
                "two passages that surely say the same come from origins that nothing ties: corroborated"
            }
            crate::wire::Verdict::SingleOrigin => {
                "no two passages that surely say the same come from origins that nothing ties: it may all \
                 be one voice"
            }
            crate::wire::Verdict::OnlyHere => "one outlet states it",
            crate::wire::Verdict::Disputed => "a side of a dispute",
        });
        let disputes: Vec<&str> = self
            .story
            .disputes
            .iter()
            .filter(|one| one.sides.iter().any(|side| side.claims.contains(&claim.id)))
            .map(|one| one.id.as_str())
            .collect();
        if !disputes.is_empty() {
            self.say(&format!("in dispute: {}", disputes.join(", ")));
        }
        if !claim.absent_from.is_empty() {
            let ids = claim.absent_from.iter().map(String::as_str);
            let outlets = self.view.outlets_of(ids).join(", ");
            self.say(&format!(
                "absent from {outlets}: the whole text is at hand, and nothing in it comes near"
            ));
        }
    }

    fn dispute(&mut self, dispute: &Dispute) {
        let word = crate::text::dispute_word(dispute.kind);
        self.heading(&dispute.id, word);
        let question = shorten(&dispute.question, PASSAGE);
        self.paper.line(0, &[(Style::Plain, &question)]);
        for (at, side) in dispute.sides.iter().enumerate() {
            self.step(
                at + 1,
                &format!("A side: {}", shorten(&side.label, PASSAGE)),
            );
            if !side.held_by.is_empty() {
                let holders = self.said_by(&side.held_by);
                self.say(&format!("held by {holders}"));
            }
            for mention in &side.mentions {
                self.passage("·", mention, "");
            }
            if !side.claims.is_empty() {
                self.say(&format!("its claims: {}", side.claims.join(", ")));
            }
        }
        self.step(dispute.sides.len() + 1, "Why it is a dispute");
        self.say(match dispute.kind {
            crate::wire::DisputeKind::Denial => {
                "one side's words deny, reject or dismiss what the other's say"
            }
            crate::wire::DisputeKind::Number => {
                "they give figures of one thing that cannot both be right, hedges considered, and \
                 neither is a later count"
            }
            crate::wire::DisputeKind::Date => "they give one event days that cannot both be right",
            crate::wire::DisputeKind::Place => {
                "they give one event places that cannot both be right"
            }
            crate::wire::DisputeKind::Order => {
                "they give events in orders that cannot both be right"
            }
            crate::wire::DisputeKind::Negation => {
                "they agree in nearly all words, and one says that it is not so"
            }
            crate::wire::DisputeKind::Attribution => {
                "they give the same words to different speakers"
            }
            crate::wire::DisputeKind::Description => {
                "they describe one thing in ways that do not go together"
            }
        });
    }

    fn quote(&mut self, quote: &Quote) {
        let speaker = view::speaker(self.story, quote);
        self.heading(&quote.id, speaker.as_deref().unwrap_or("speaker not said"));
        self.step(1, "Its readings");
        for (at, reading) in quote.readings.iter().enumerate() {
            let mut behind = format!(" · {}", word(&reading.form));
            if let Some(source) = &reading.source {
                behind += &format!(" · source “{}”", one_line(&source.text));
            }
            if let Some(cue) = &reading.cue {
                behind += &format!(" · cue “{}”", one_line(&cue.text));
            }
            if let Some(speaker) = &reading.speaker {
                behind += &format!(" · speaker {}", self.said_by(std::slice::from_ref(speaker)));
            }
            behind += &format!(
                " · found: {} ({}), by the rule {}",
                word(&reading.resolution),
                word(&reading.confidence),
                reading.rule
            );
            self.passage(&(at + 1).to_string(), &reading.mention, &behind);
        }
        if !quote.differences.is_empty() {
            self.step(2, "Where they differ");
        }
        for one in &quote.differences {
            let [a, b] = one.readings;
            self.say(&format!(
                "{} and {}, {}: {}",
                a + 1,
                b + 1,
                word(&one.kind),
                one_line(&one.text)
            ));
        }
    }

    fn name(&mut self, name: &Name) {
        self.heading(&name.id, &one_line(&name.name));
        self.step(1, "Spellings and roles that are one entry");
        for variant in &name.variants {
            self.say(&one_line(variant));
        }
        for role in &name.roles {
            self.say(&format!("as {}", one_line(role)));
        }
        self.step(2, "Its mentions");
        for mention in name.mentions.iter().take(MATCHES) {
            self.passage("·", mention, "");
        }
        if name.mentions.len() > MATCHES {
            self.say(&format!("and {} more", name.mentions.len() - MATCHES));
        }
    }

    fn copy(&mut self, copy: &Copy) {
        let (a, b) = (self.view.outlet(&copy.a), self.view.outlet(&copy.b));
        self.heading(&copy.id, &format!("{a} and {b}: {}", word(&copy.kind)));
        self.step(1, "What they share");
        self.say(&format!(
            "{} of the words of {a} stand in {b}, {} of those of {b} in {a}",
            view::percent(copy.share_a),
            view::percent(copy.share_b)
        ));
        for passage in copy.passages.iter().take(MATCHES) {
            self.passage("·", &passage.a, "");
        }
        self.step(2, "Which came from which");
        self.say(match copy.direction {
            crate::wire::Direction::AFromB => "the first from the second",
            crate::wire::Direction::BFromA => "the second from the first",
            crate::wire::Direction::Unknown => "the pages do not say",
        });
        for reason in &copy.because {
            self.say(reason);
        }
    }
}

fn verdict(claim: &Claim) -> &'static str {
    crate::text::verdict_word(claim.verdict).1
}

fn stance(stance: crate::wire::Stance) -> &'static str {
    match stance {
        crate::wire::Stance::Asserts => "asserts",
        crate::wire::Stance::Denies => "denies",
        crate::wire::Stance::Questions => "questions",
    }
}
