//! In: how many articles, and a seed. Out: generated news, the same on every machine: stories told
//! by several outlets in their own words, agency copies, shortened copies, rewrites, quotations,
//! names in several spellings, dates, and pages with the furniture of real sites. What happened is told
//! in sentences that make sense; the rest is words by rank, since a phrase that many stories share
//! would make one of them. Nobody and nothing in them exists.

mod language;
mod stream;
mod words;

use std::fmt::Write as _;

use language::{WORDS, phrase, rank};
use words::{
    CAUSES, CITIES, CUES, EVENTS, FIRST, FURNITURE, LAST, ORGANS, OUTLETS, ROLES, THINGS, WEEKDAYS,
};

pub use stream::{A_DAY, Stream};

/// A generated article.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its id.
    pub id: String,
    /// Its outlet.
    pub outlet: String,
    /// Its headline.
    pub title: String,
    /// Its day.
    pub published: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// The story it tells.
    pub story: usize,
}

/// A generator of numbers (SplitMix64): small, fast, and the same everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound.max(1) as u64) as usize
    }

    pub(crate) fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// What a story is about: the facts that every outlet tells in its own words.
struct Facts {
    city: String,
    event: &'static str,
    cause: String,
    thing: String,
    organ: String,
    people: Vec<(String, String, &'static str)>,
    quotes: Vec<String>,
    /// Words of its own.
    words: Vec<&'static str>,
    number: usize,
    day: usize,
}

/// Articles of the generated news; about seven a story, some stories of one and some of thirty.
pub fn news(count: usize, seed: u64) -> Vec<Page> {
    let mut dice = Dice(seed);
    let mut pages = Vec::with_capacity(count);
    let mut story = 0;
    while pages.len() < count {
        let size = match dice.below(10) {
            0..=3 => 1,
            4..=7 => 2 + dice.below(8),
            8 => 10 + dice.below(10),
            _ => 20 + dice.below(12),
        };
        let facts = facts(&mut dice, story);
        tell(
            &mut dice,
            &facts,
            story,
            size.min(count - pages.len()),
            &mut pages,
        );
        story += 1;
    }
    pages
}

/// One story told by so many articles.
pub fn one_story(count: usize, seed: u64) -> Vec<Page> {
    let mut dice = Dice(seed);
    let facts = facts(&mut dice, 0);
    let mut pages = Vec::with_capacity(count);
    tell(&mut dice, &facts, 0, count, &mut pages);
    pages
}

/// A made-up name of a place or person: real-looking syllables, so that the vocabulary grows with
/// the number of stories as it does in real news.
fn coined(dice: &mut Dice, ends: &[&str]) -> String {
    const STARTS: [&str; 24] = [
        "Bar", "Cor", "Dal", "Ester", "Fen", "Gar", "Hol", "Ing", "Jas", "Kel", "Lor", "Mar",
        "Nor", "Ost", "Pel", "Quor", "Ros", "Sel", "Tar", "Ul", "Ver", "Wes", "Yar", "Zel",
    ];
    const MIDDLES: [&str; 16] = [
        "a", "en", "i", "o", "ing", "er", "and", "el", "u", "is", "or", "ad", "im", "ev", "ol", "",
    ];
    format!(
        "{}{}{}",
        dice.pick(&STARTS),
        dice.pick(&MIDDLES),
        dice.pick(ends)
    )
}

fn facts(dice: &mut Dice, story: usize) -> Facts {
    let city = if dice.chance(30) {
        dice.pick(&CITIES).to_owned()
    } else {
        coined(
            dice,
            &[
                "ton", "by", "ford", "mouth", "stad", "grad", "ville", "holm",
            ],
        )
    };
    let people = (0..3 + dice.below(3))
        .map(|_| {
            let first = dice.pick(&FIRST).to_owned();
            let last = if dice.chance(40) {
                dice.pick(&LAST).to_owned()
            } else {
                coined(dice, &["sen", "man", "ov", "ez", "ini", "ard", "son", "ak"])
            };
            (first, last, dice.pick(&ROLES))
        })
        .collect();
    let words: Vec<&str> = (0..16).map(|_| WORDS[rank(dice, WORDS.len())]).collect();
    let thing = format!("{} {}", words[0], dice.pick(&THINGS));
    let organ = format!("{} {}", city, dice.pick(&ORGANS));
    let number = 2 + dice.below(480);
    let quotes = (0..4).map(|_| said(dice, &words)).collect();
    Facts {
        city,
        event: dice.pick(&EVENTS),
        cause: format!("{} in the {}", dice.pick(&CAUSES), words[1]),
        thing,
        organ,
        people,
        quotes,
        words,
        number,
        // Ten stories begin on one day.
        day: story / 10,
    }
}

/// The articles of a story: reports of their own, and copies, shortened copies and rewrites of
/// those before.
fn tell(dice: &mut Dice, facts: &Facts, story: usize, count: usize, into: &mut Vec<Page>) {
    let first = into.len();
    for number in 0..count {
        let outlet = dice.pick(&OUTLETS).to_owned();
        let (title, paragraphs) = if number > 0 && dice.chance(35) {
            let of = &into[first + dice.below(number)];
            derived(dice, of)
        } else {
            report(dice, facts)
        };
        let day = facts.day + dice.below(2);
        into.push(Page {
            id: format!("g{story:06}-{number:03}"),
            outlet,
            title,
            published: date(day),
            paragraphs,
            story,
        });
    }
}

/// A day counted from 1 January 2021, in months of 28 days: every such day exists.
pub(crate) fn date(day: usize) -> String {
    let (year, rest) = (2021 + day / 336, day % 336);
    format!("{year}-{:02}-{:02}", rest / 28 + 1, rest % 28 + 1)
}

/// A report in an outlet's own words and order.
fn report(dice: &mut Dice, facts: &Facts) -> (String, Vec<String>) {
    let weekday = dice.pick(&WEEKDAYS);
    let Facts {
        city,
        event,
        cause,
        thing,
        organ,
        number,
        ..
    } = facts;
    let title = match dice.below(3) {
        0 => format!("{number} people affected after {thing} {event} in {city}"),
        1 => format!("{city}: {thing} {event}, {organ} says"),
        _ => format!("{organ} to look into why {thing} {event}"),
    };
    let lead = match dice.below(4) {
        0 => format!(
            "The {thing} in {city} {event} on {weekday}, leaving {number} people without it."
        ),
        1 => format!(
            "{number} people in {city} were affected when the {thing} {event} on {weekday}, officials said."
        ),
        2 => format!(
            "On {weekday} the {thing} that serves most of {city} {event}, the {organ} said in a statement."
        ),
        _ => format!(
            "At least {number} people had to be brought to safety after the {thing} {event} in {city} {weekday}."
        ),
    };
    let mut paragraphs = vec![lead];
    let mut quotes = facts.quotes.clone();
    for (first, last, role) in &facts.people {
        let cue = dice.pick(&CUES);
        let paragraph = match (quotes.pop(), dice.below(3)) {
            (Some(quote), 0) => format!(
                "\u{201c}{quote},\u{201d} {cue} {first} {last}, the {role} of {city}. {last} did not take questions."
            ),
            (Some(quote), 1) => {
                format!("{first} {last}, the {role}, {cue}: \u{201c}{quote}.\u{201d}")
            }
            (Some(quote), _) => format!("The {role}, {last}, {cue} that {}.", lower(&quote)),
            (None, _) => format!("{first} {last}, the {role}, could not be reached."),
        };
        paragraphs.push(paragraph);
    }
    let cut = dice.below(4);
    paragraphs.push(match cut {
        0 => format!(
            "The cause was {cause}, according to the {organ}. It had warned of this in {}.",
            2010 + dice.below(10)
        ),
        1 => format!(
            "Early findings point to {cause}. {}.",
            said(dice, &facts.words)
        ),
        2 => format!("Investigators from the {organ} believe that {cause} was to blame."),
        _ => {
            format!("Nobody knows more, but {cause} had troubled {city} for years, residents said.")
        }
    });
    for _ in 0..2 + dice.below(5) {
        paragraphs.push(filler(dice, facts));
    }
    (title, paragraphs)
}

/// Background of an outlet's own.
fn filler(dice: &mut Dice, facts: &Facts) -> String {
    let (place, year) = (dice.pick(&CITIES), 1990 + dice.below(30));
    let (one, other) = (said(dice, &facts.words), said(dice, &facts.words));
    match dice.below(4) {
        0 => format!("In {year} {} of {place}. {other}.", lower(&one)),
        1 => format!("{one} near the {}. {other} in {place}.", facts.thing),
        2 => format!(
            "{one} for {} million pounds since {year}.",
            3 + dice.below(90)
        ),
        _ => format!(
            "{one} on {}. {other}, {} {}.",
            dice.pick(&WEEKDAYS),
            dice.pick(&CUES),
            coined(dice, &["sen", "ov", "ini"])
        ),
    }
}

/// A sentence of no sense, without its full stop.
fn said(dice: &mut Dice, words: &[&str]) -> String {
    let length = 8 + dice.below(10);
    capital(&phrase(dice, words, length))
}

/// A copy, a shortened copy, or a rewrite of another article.
fn derived(dice: &mut Dice, of: &Page) -> (String, Vec<String>) {
    let mut paragraphs = of.paragraphs.clone();
    match dice.below(3) {
        0 => {}
        1 => paragraphs.truncate((paragraphs.len() / 2).max(1)),
        _ => {
            for paragraph in &mut paragraphs {
                for (word, other) in [
                    (" said", " stated"),
                    ("people", "persons"),
                    (" officials ", " authorities "),
                    ("leaving", "and left"),
                    ("brought to safety", "evacuated"),
                    (" the city ", " the municipality "),
                    ("was to blame", "was responsible"),
                ] {
                    if dice.chance(70) {
                        *paragraph = paragraph.replace(word, other);
                    }
                }
            }
            if paragraphs.len() > 3 {
                paragraphs.swap(1, 2);
            }
        }
    }
    (of.title.clone(), paragraphs)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|c| c.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|c| c.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

impl Page {
    /// The article's text alone.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n") + "\n"
    }

    /// The article as a page of its outlet's site, with what such pages carry.
    pub fn html(&self) -> String {
        let mut dice = Dice(crate::documents::scatter(&self.id));
        let (id, title) = (&self.id, escape(&self.title));
        let mut out = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | {}</title>\
             <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:site_name\" content=\"{}\">\
             <meta property=\"article:published_time\" content=\"{}\">\
             <link rel=\"canonical\" href=\"https://news.example/{id}\"></head><body>\n<header><nav><ul>",
            self.outlet, self.outlet, self.published
        );
        for entry in [
            "Home", "World", "Politics", "Business", "Sport", "Weather", "Contact",
        ] {
            let _ = write!(out, "<li><a href=\"/{entry}\">{entry}</a></li>");
        }
        let _ = write!(
            out,
            "</ul></nav></header>\n<div class=\"cookie\">{}</div>\n<main><article><h1>{title}</h1>",
            FURNITURE[0]
        );
        for (at, paragraph) in self.paragraphs.iter().enumerate() {
            let _ = writeln!(out, "<p>{}</p>", escape(paragraph));
            if at == 1 {
                let _ = writeln!(
                    out,
                    "<figure><img src=\"/{id}.jpg\"><figcaption>{}</figcaption></figure>",
                    dice.pick(&FURNITURE)
                );
            }
        }
        out.push_str("</article></main>\n<aside><h2>Most read</h2><ul>");
        for _ in 0..8 {
            let _ = write!(
                out,
                "<li><a href=\"/{}\">{} {}</a></li>",
                dice.below(9999),
                dice.pick(&CITIES),
                dice.pick(&EVENTS)
            );
        }
        let _ = write!(
            out,
            "</ul></aside>\n<footer><p>{}</p><p>{}</p></footer></body></html>\n",
            dice.pick(&FURNITURE),
            dice.pick(&FURNITURE)
        );
        out
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, HashMap, HashSet};

    /// Of a thousand runs of five words, those that stand in several stories.
    pub(super) fn shared_runs(pages: &[Page]) -> usize {
        let mut stories: HashMap<Vec<&str>, HashSet<usize>> = HashMap::new();
        let texts: Vec<(usize, String)> =
            pages.iter().map(|page| (page.story, page.text())).collect();
        for (story, text) in &texts {
            let words: Vec<&str> = text.split_whitespace().collect();
            for run in words.windows(5) {
                stories.entry(run.to_vec()).or_default().insert(*story);
            }
        }
        let shared = stories.values().filter(|of| of.len() > 1).count();
        shared * 1000 / stories.len().max(1)
    }

    #[test]
    fn few_phrases_stand_in_several_stories() {
        // What is left are the sentences by which facts are told.
        let shared = shared_runs(&news(4000, 5));
        assert!(shared < 20, "{shared} of a thousand runs of five words");
    }

    #[test]
    fn the_same_seed_gives_the_same_news_and_a_smaller_number_its_beginning() {
        assert_eq!(news(300, 1), news(300, 1));
        assert_ne!(news(300, 1), news(300, 2));
        assert_eq!(news(100, 1), news(300, 1)[..100]);
    }

    #[test]
    fn there_are_stories_copies_quotations_and_dates() {
        let pages = news(2000, 7);
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        pages
            .iter()
            .for_each(|page| *sizes.entry(page.story).or_default() += 1);
        assert!(sizes.len() > 200 && sizes.values().any(|&size| size > 15));
        let mut texts: Vec<String> = pages.iter().map(Page::text).collect();
        assert!(
            texts
                .iter()
                .filter(|text| text.contains('\u{201c}'))
                .count()
                > 1000
        );
        texts.sort();
        let all = texts.len();
        texts.dedup();
        let copies = all - texts.len();
        assert!((50..600).contains(&copies), "{copies} exact copies");
        assert!(
            pages
                .iter()
                .all(|page| crate::documents::published(&page.published).is_some())
        );
    }

    #[test]
    fn a_page_holds_its_article_and_its_furniture() {
        let page = &news(3, 3)[0];
        let html = page.html();
        assert!(html.contains("<nav>") && html.contains("Most read"));
        assert!(page.paragraphs.iter().all(|p| html.contains(&escape(p))));
    }
}
