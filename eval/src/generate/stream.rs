//! News as it comes, for measuring a stream. In: a seed. Out: articles without end in the order of their days, the
//! same on every machine. Nobody and nothing in them exists, and no sentence is made twice.
//!
//! Its shape is that of news, for a stream of templates says nothing of speed:
//! - words by rank as 1/rank (Zipf 1935, The Psycho-Biology of Language), the shorter the likelier (his law of
//!   abbreviation), in sentences of 6 to 35 words, a good third of them function words;
//! - topics with their own words, people and places, of which a few are large and most small; each wakes for a few
//!   weeks and rests for more (bursts: Kleinberg 2002, Bursty and Hierarchical Structure in Streams), and while it is
//!   awake it has several events a week, which are told apart by their own words and people alone;
//! - events of one article to some hundred, most of them small, told within one to four days;
//! - reprints and rewrites, a third of all (agency copy is more than that of what is printed: Lewis, Williams &
//!   Franklin 2008, Journalism Studies 9), headlines alone, short and long texts, round-ups of several events.
//!
//! The sentences have no sense. Grouping looks at words, names and runs of words, and these are as in news.

use std::collections::VecDeque;
use std::fmt::Write as _;

use super::language::{FUNCTION, WORDS, rank};
use super::words::{CUES, FIRST, LAST, OUTLETS, WEEKDAYS};
use super::{Dice, Page, coined, date};

/// Articles of a day: what some thousand outlets publish.
pub const A_DAY: usize = 10_000;

const TOPICS: usize = 600;
const TOPIC_WORDS: usize = 80;
const EVENT_WORDS: usize = 24;
/// Days of a topic's being awake or resting that are decided together.
const SPELL: usize = 14;
/// Of a hundred spells those in which a topic is awake.
const AWAKE: usize = 35;
/// Days over which an event is told at most.
const TOLD: usize = 4;

/// What round-ups are called.
const ROUND_UP: &str = "News in brief";

/// What is in the news again and again.
struct Topic {
    words: Vec<&'static str>,
    people: Vec<String>,
    places: Vec<String>,
    /// Its share among topics.
    weight: usize,
    seed: u64,
}

/// What happened.
#[derive(Clone)]
struct Event {
    number: usize,
    topic: usize,
    words: Vec<String>,
    people: Vec<String>,
    place: String,
    figures: [usize; 3],
    begun: usize,
    /// Articles that are still to come.
    left: usize,
    /// The latest that told it, to be printed and written again.
    told: VecDeque<Page>,
}

/// The stream.
pub struct Stream {
    dice: Dice,
    topics: Vec<Topic>,
    events: Vec<Event>,
    next_event: usize,
    count: usize,
    a_day: usize,
}

impl Stream {
    /// Its beginning; so many articles are one day's.
    pub fn new(seed: u64, a_day: usize) -> Self {
        let mut dice = Dice(seed);
        let topics = (0..TOPICS).map(|at| topic(&mut dice, at)).collect();
        Self {
            dice,
            topics,
            events: Vec::new(),
            next_event: 0,
            count: 0,
            a_day: a_day.max(1),
        }
    }

    /// Opens the events of a day: so many that their articles are a day's.
    fn day(&mut self, day: usize) {
        self.events
            .retain(|event| event.left > 0 && day < event.begun + TOLD);
        let awake: Vec<usize> = (0..TOPICS)
            .filter(|at| {
                let spell = (day + at) / SPELL;
                Dice(self.topics[*at].seed ^ spell as u64).chance(AWAKE)
            })
            .collect();
        let all: usize = awake.iter().map(|at| self.topics[*at].weight).sum();
        let mut left: usize = self.events.iter().map(|event| event.left).sum();
        // Half of what is told of a day's events is told on later days.
        while left < 2 * self.a_day {
            let mut share = self.dice.below(all);
            let topic = awake.iter().copied().find(|at| {
                let weight = self.topics[*at].weight;
                let here = share < weight;
                share = share.saturating_sub(weight);
                here
            });
            let event = self.event(topic.unwrap_or_default(), day);
            left += event.left;
            self.events.push(event);
        }
    }

    fn event(&mut self, at: usize, day: usize) -> Event {
        let dice = &mut self.dice;
        let topic = &self.topics[at];
        let mut words: Vec<String> = (0..EVENT_WORDS)
            .map(|_| WORDS[rank(dice, WORDS.len())].to_owned())
            .collect();
        words.push(coined(dice, &["ex", "or", "us"]));
        let mut people = vec![person(dice), person(dice)];
        people.extend((0..2).map(|_| topic.people[rank(dice, topic.people.len())].clone()));
        self.next_event += 1;
        Event {
            number: self.next_event,
            topic: at,
            words,
            people,
            place: topic.places[rank(dice, topic.places.len())].clone(),
            figures: [(); 3].map(|()| 2 + rank(dice, 5_000)),
            begun: day,
            left: 1 + rank(dice, 250),
            told: VecDeque::new(),
        }
    }

    /// An article about an event, of its own or by an earlier one.
    fn tell(&mut self, at: usize, day: usize) -> Page {
        let (event, dice) = (&self.events[at], &mut self.dice);
        let topic = &self.topics[event.topic];
        let earlier = event.told.get(dice.below(event.told.len()));
        let (title, paragraphs) = match (earlier, dice.below(100)) {
            (Some(of), 0..20) => (of.title.clone(), of.paragraphs.clone()),
            (Some(of), 20..33) => (title(dice, topic, event), rewritten(dice, of)),
            (_, 33..37) => (title(dice, topic, event), Vec::new()),
            (_, 37..45) => (title(dice, topic, event), text(dice, topic, event, 1)),
            _ => {
                // Three to some thirty paragraphs, most texts short.
                let paragraphs = 3 + dice.below(5) + rank(dice, 24);
                (
                    title(dice, topic, event),
                    text(dice, topic, event, paragraphs),
                )
            }
        };
        let page = Page {
            id: format!("n{:08}", self.count),
            outlet: format!("{} {}", dice.pick(&OUTLETS), rank(dice, 60)),
            title,
            published: date(day),
            paragraphs,
            story: event.number,
        };
        let event = &mut self.events[at];
        event.left -= 1;
        if page.paragraphs.len() > 1 {
            event.told.push_back(page.clone());
            event.told.truncate(12);
        }
        page
    }

    /// A page with a paragraph on each of several events.
    fn round_up(&mut self, day: usize) -> Page {
        let dice = &mut self.dice;
        let paragraphs = (0..4 + dice.below(4))
            .map(|_| {
                let event = &self.events[dice.below(self.events.len())];
                text(dice, &self.topics[event.topic], event, 1).remove(0)
            })
            .collect();
        Page {
            id: format!("n{:08}", self.count),
            outlet: dice.pick(&OUTLETS).to_owned(),
            title: ROUND_UP.to_owned(),
            published: date(day),
            paragraphs,
            // A story of its own.
            story: usize::MAX - self.count,
        }
    }
}

impl Page {
    /// Whether it tells of several events.
    pub fn is_round_up(&self) -> bool {
        self.title == ROUND_UP
    }
}

impl Iterator for Stream {
    type Item = Page;

    fn next(&mut self) -> Option<Page> {
        let day = self.count / self.a_day;
        if self.count.is_multiple_of(self.a_day) {
            self.day(day);
        }
        let page = if self.dice.below(1000) < 12 {
            self.round_up(day)
        } else {
            // An event is met as often as it is large.
            let tries = [(); 4].map(|()| self.dice.below(self.events.len()));
            let at = tries.into_iter().max_by_key(|at| self.events[*at].left);
            self.tell(at.unwrap_or_default(), day)
        };
        self.count += 1;
        self.events.retain(|event| event.left > 0);
        Some(page)
    }
}

fn topic(dice: &mut Dice, at: usize) -> Topic {
    Topic {
        words: (0..TOPIC_WORDS)
            .map(|_| WORDS[100 + dice.below(WORDS.len() - 100)])
            .collect(),
        people: (0..12).map(|_| person(dice)).collect(),
        places: (0..6)
            .map(|_| {
                coined(
                    dice,
                    &["ton", "by", "ford", "mouth", "stad", "grad", "ville"],
                )
            })
            .collect(),
        weight: 1 + 4 * TOPICS / (at + 8),
        seed: dice.roll(),
    }
}

fn person(dice: &mut Dice) -> String {
    let first = dice.pick(&FIRST);
    if dice.chance(30) {
        return format!("{first} {}", dice.pick(&LAST));
    }
    let last = coined(
        dice,
        &["sen", "man", "ov", "ez", "ini", "ard", "son", "ak", "ell"],
    );
    format!("{first} {last}")
}

/// A word of a text: of the language, the topic, the event.
fn word(dice: &mut Dice, topic: &Topic, event: &Event, out: &mut String) {
    match dice.below(100) {
        0..38 => out.push_str(FUNCTION[rank(dice, FUNCTION.len())]),
        38..66 => out.push_str(WORDS[rank(dice, WORDS.len())]),
        66..80 => out.push_str(topic.words[rank(dice, topic.words.len())]),
        80..91 => out.push_str(&event.words[rank(dice, event.words.len())]),
        91..94 => {
            // By the family name alone, mostly.
            let name = &event.people[rank(dice, event.people.len())];
            let last = name.split(' ').next_back().filter(|_| dice.chance(70));
            out.push_str(last.unwrap_or(name));
        }
        94..96 => out.push_str(&event.place),
        96..97 => out.push_str(dice.pick(&WEEKDAYS)),
        _ => {
            let _ = match dice.chance(60) {
                true => write!(out, "{}", event.figures[dice.below(3)]),
                false => write!(out, "{}", 2 + rank(dice, 5_000)),
            };
        }
    }
}

fn sentence(dice: &mut Dice, topic: &Topic, event: &Event) -> String {
    let (mut out, words) = (String::new(), 6 + dice.below(16) + dice.below(14));
    let quoted = dice.chance(15);
    for at in 0..words {
        if at > 0 {
            out.push_str(if dice.chance(6) { ", " } else { " " });
        }
        word(dice, topic, event, &mut out);
    }
    let large = out
        .chars()
        .next()
        .map(|c| c.to_uppercase().collect::<String>());
    let first = out.chars().next().map_or(0, char::len_utf8);
    out.replace_range(..first, &large.unwrap_or_default());
    if quoted {
        let who = &event.people[rank(dice, event.people.len())];
        return format!("\u{201c}{out},\u{201d} {} {who}.", dice.pick(&CUES));
    }
    out.push('.');
    out
}

fn text(dice: &mut Dice, topic: &Topic, event: &Event, paragraphs: usize) -> Vec<String> {
    (0..paragraphs)
        .map(|_| {
            let sentences = (0..1 + dice.below(3)).map(|_| sentence(dice, topic, event));
            sentences.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

fn title(dice: &mut Dice, topic: &Topic, event: &Event) -> String {
    let mut out = event.place.clone();
    for _ in 0..4 + dice.below(6) {
        out.push(' ');
        match dice.below(10) {
            0..2 => out.push_str(FUNCTION[rank(dice, FUNCTION.len())]),
            2..5 => out.push_str(topic.words[rank(dice, topic.words.len())]),
            5..9 => out.push_str(&event.words[rank(dice, event.words.len())]),
            _ => out.push_str(&event.people[rank(dice, event.people.len())]),
        }
    }
    out
}

/// Another article in other words here and there, some of its paragraphs left out or moved.
fn rewritten(dice: &mut Dice, of: &Page) -> Vec<String> {
    let mut paragraphs: Vec<String> = of
        .paragraphs
        .iter()
        .map(|paragraph| {
            let words = paragraph.split(' ').map(|word| match dice.below(100) {
                0..14 => WORDS[rank(dice, WORDS.len())],
                _ => word,
            });
            words.collect::<Vec<_>>().join(" ")
        })
        .collect();
    if paragraphs.len() > 3 {
        let (one, other) = (1 + dice.below(paragraphs.len() - 1), 1);
        paragraphs.swap(one, other);
        paragraphs.truncate(paragraphs.len() - dice.below(paragraphs.len() / 2));
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn the_same_seed_gives_the_same_news() {
        let some = |seed| Stream::new(seed, A_DAY).take(300).collect::<Vec<_>>();
        assert_eq!(some(1), some(1));
        assert_ne!(some(1), some(2));
    }

    #[test]
    fn it_is_shaped_like_news() {
        let pages: Vec<Page> = Stream::new(3, A_DAY).take(A_DAY * 2).collect();
        let words = |page: &Page| page.text().split_whitespace().count();
        let mut lengths: Vec<usize> = pages.iter().map(words).collect();
        lengths.sort_unstable();
        let at = |part: usize| lengths[lengths.len() * part / 100];
        assert!(
            at(3) == 0 && (150..500).contains(&at(50)) && at(97) > 600,
            "{} {}",
            at(50),
            at(97)
        );
        // Some stories are large and most are small.
        let mut sizes: HashMap<usize, usize> = HashMap::new();
        pages
            .iter()
            .for_each(|page| *sizes.entry(page.story).or_default() += 1);
        let small = sizes.values().filter(|size| **size <= 3).count();
        assert!(small * 3 > sizes.len() && sizes.values().any(|size| *size > 60));
        // Runs of five words that stand in several articles are those of reprints and rewrites.
        assert!(super::super::tests::shared_runs(&pages[..4000]) < 1);
    }

    #[test]
    fn topics_rest_and_return() {
        let stream = Stream::new(5, A_DAY);
        let awake = |topic: usize, day: usize| {
            let spell = (day + topic) / SPELL;
            Dice(stream.topics[topic].seed ^ spell as u64).chance(AWAKE)
        };
        let returns = |topic: &usize| {
            let days: Vec<bool> = (0..200).map(|day| awake(*topic, day)).collect();
            days.windows(2).filter(|two| two[0] != two[1]).count() >= 4
        };
        assert!((0..TOPICS).filter(returns).count() > TOPICS / 2);
    }
}
