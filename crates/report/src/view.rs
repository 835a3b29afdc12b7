//! In: the wire report. Out: what every readable format needs of it: articles by id, the name under
//! which a reader knows each, and a story's lists in reading order.

use std::collections::HashMap;

use crate::because::file_name;
use crate::clean::{one_line, shorten};
use crate::wire::{
    Article, BriefSentence, Claim, ClaimReading, Dispute, DisputeKind, Mention, Name, Quote,
    Report, Stance, Story, Verdict,
};

/// The report with its articles by id.
pub struct View<'r> {
    /// The report.
    pub report: &'r Report,
    articles: HashMap<&'r str, (&'r Article, String)>,
    titles: HashMap<&'r str, &'r str>,
}

impl<'r> View<'r> {
    /// Indexes the articles.
    pub fn new(report: &'r Report) -> Self {
        let articles = report
            .articles
            .iter()
            .map(|a| (a.id.as_str(), (a, outlet(a))))
            .collect();
        let stories = report.stories.iter();
        let titles = stories.map(|s| (s.id.as_str(), s.title.as_str())).collect();
        Self {
            report,
            articles,
            titles,
        }
    }

    /// An article by its id.
    pub fn article(&self, id: &str) -> Option<&'r Article> {
        self.articles.get(id).map(|(article, _)| *article)
    }

    /// The name under which a reader knows an article's publisher: the outlet, else the file.
    pub fn outlet(&self, id: &str) -> String {
        self.outlet_ref(id).to_owned()
    }

    /// The same, borrowed.
    pub fn outlet_ref(&self, id: &str) -> &str {
        self.articles.get(id).map_or("", |(_, outlet)| outlet)
    }

    /// The outlets of some passages, once each, in order of first appearance.
    pub fn outlets<'m>(&self, mentions: impl IntoIterator<Item = &'m Mention>) -> Vec<String> {
        self.outlets_of(mentions.into_iter().map(|mention| mention.article.as_str()))
    }

    /// The outlets of some articles, once each, in order of first appearance.
    pub fn outlets_of<'m>(&self, ids: impl IntoIterator<Item = &'m str>) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for id in ids {
            let outlet = self.outlet_ref(id);
            if !outlet.is_empty() && !kept.iter().any(|known| known == outlet) {
                kept.push(outlet.to_owned());
            }
        }
        kept
    }

    /// The outlets that state a claim, then those that only come near it.
    pub fn tellers(&self, claim: &Claim) -> String {
        let of = |near: bool| {
            let readings = claim.readings.iter().filter(move |r| r.near == near);
            self.outlets(readings.map(|reading| &reading.mention))
        };
        let joined = |outlets: &[String]| {
            crate::because::join(&outlets.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let (state, mut near) = (of(false), of(true));
        near.retain(|outlet| !state.contains(outlet));
        if near.is_empty() {
            return joined(&state);
        }
        format!("{} (near it: {})", joined(&state), joined(&near))
    }

    /// The headlines of the stories that a story goes on from, and that go on from it.
    pub fn around(&self, story: &Story) -> Vec<(&'static str, &'r str)> {
        let title = |id: &String| self.titles.get(id.as_str()).copied();
        let earlier = story.earlier.iter().filter_map(title);
        let later = story.later.iter().filter_map(title);
        earlier
            .map(|title| ("earlier", title))
            .chain(later.map(|title| ("later", title)))
            .collect()
    }

    /// The stories that compare something, and those of a single article. Where nothing compares,
    /// the first story is shown in full all the same.
    pub fn stories(&self) -> (Vec<&'r Story>, Vec<&'r Story>) {
        let (mut many, mut single): (Vec<_>, Vec<_>) = self
            .report
            .stories
            .iter()
            .partition(|story| story.articles.len() > 1);
        if many.is_empty() && !single.is_empty() {
            many.push(single.remove(0));
        }
        (many, single)
    }
}

/// Letters of an outlet's name; what is longer is no name.
const OUTLET: usize = 60;
/// Letters of a file's name that stand for an unknown outlet; longer names lose their middle.
const FILE_NAME: usize = 22;

/// The name under which a reader knows an article's publisher: the outlet, else the file's name.
pub fn outlet(article: &Article) -> String {
    let outlet = one_line(article.outlet.as_deref().unwrap_or_default());
    if !outlet.is_empty() {
        return shorten(&outlet, OUTLET).into_owned();
    }
    let file = one_line(file_name(&article.path));
    let letters: Vec<char> = file.chars().collect();
    if letters.len() <= FILE_NAME {
        return file.into_owned();
    }
    // Both ends tell files apart: the number in front, the record or kind behind.
    let tail = letters.len() - FILE_NAME / 2 + 1;
    letters[..FILE_NAME / 2]
        .iter()
        .chain(&['…'])
        .chain(&letters[tail..])
        .collect()
}

/// The item of this id: in a whole story it stands at its number, in a narrowed one before.
fn numbered<'s, T>(
    items: &'s [T],
    id: &str,
    letter: char,
    of: impl Fn(&T) -> &str,
) -> Option<&'s T> {
    let number: usize = id.strip_prefix(letter)?.parse().ok()?;
    let known = items.get(number.checked_sub(1)?);
    known
        .filter(|one| of(one) == id)
        .or_else(|| items.iter().find(|one| of(one) == id))
}

/// A name of a story by its id.
pub fn name<'s>(story: &'s Story, id: &str) -> Option<&'s Name> {
    numbered(&story.names, id, 'n', |one| &one.id)
}

/// The names of some ids.
pub fn names(story: &Story, ids: &[String]) -> Vec<String> {
    ids.iter()
        .filter_map(|id| name(story, id))
        .map(|name| one_line(&name.name).into_owned())
        .collect()
}

/// A claim of a story by its id.
pub fn claim<'s>(story: &'s Story, id: &str) -> Option<&'s Claim> {
    numbered(&story.claims, id, 'c', |one| &one.id)
}

/// What a reading says of its claim.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// That it is so.
    So,
    /// Something that does not go with it: another figure, another order of events.
    Otherwise,
    /// That it is not so.
    NotSo,
    /// That it may not be so.
    Doubtful,
    /// Something near it: whether it is the same is not sure.
    Near,
}

impl Says {
    /// All, in the order of a legend.
    pub const ALL: [Self; 5] = [
        Self::So,
        Self::Near,
        Self::NotSo,
        Self::Doubtful,
        Self::Otherwise,
    ];

    /// The sign in a table.
    pub fn sign(self) -> &'static str {
        match self {
            Self::So => "●",
            Self::Otherwise => "≠",
            Self::NotSo => "✕",
            Self::Doubtful => "?",
            Self::Near => "≈",
        }
    }

    /// The same in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::So => "states it",
            Self::Otherwise => "says otherwise",
            Self::NotSo => "denies it",
            Self::Doubtful => "questions it",
            Self::Near => "comes near it",
        }
    }
}

/// What a reading says of its claim, whose words are those of the clearest reading. Where a dispute
/// has both, their sides decide: who denies that there is any agrees with who says there is none.
pub fn says(story: &Story, claim: &Claim, reading: &ClaimReading) -> Says {
    let Some(clearest) = claim.readings.get(claim.clearest as usize) else {
        return Says::So;
    };
    let of_claim = |dispute: &&Dispute| {
        let mut sides = dispute.sides.iter();
        claim.verdict == Verdict::Disputed && sides.any(|side| side.claims.contains(&claim.id))
    };
    let sides = story.disputes.iter().filter(of_claim).find_map(|dispute| {
        let on = |reading: &ClaimReading| {
            let mut sides = dispute.sides.iter();
            let listed = sides.position(|side| side.mentions.contains(&reading.mention));
            // A denial has those who say it and those who deny it, in this order.
            let denies = dispute.kind == DisputeKind::Denial && reading.stance == Stance::Denies;
            listed.or(denies.then_some(1))
        };
        Some((on(reading)?, on(clearest)?))
    });
    let agrees = sides.map_or(reading.stance == clearest.stance, |(own, its)| own == its);
    match reading.stance {
        Stance::Asserts if reading.near && sides.is_none() => Says::Near,
        _ if agrees => Says::So,
        Stance::Asserts => Says::Otherwise,
        Stance::Denies => Says::NotSo,
        Stance::Questions => Says::Doubtful,
    }
}

/// The verdicts on the claims that a sentence of the brief carries, once each, the gravest first:
/// part of a sentence can be disputed while the rest is corroborated.
pub fn verdicts(story: &Story, sentence: &BriefSentence) -> Vec<Verdict> {
    let has = |verdict| {
        let mut claims = sentence.claims.iter().filter_map(|id| claim(story, id));
        claims.any(|claim| claim.verdict == verdict)
    };
    [
        Verdict::Disputed,
        Verdict::Corroborated,
        Verdict::SingleOrigin,
        Verdict::OnlyHere,
    ]
    .into_iter()
    .filter(|&verdict| has(verdict))
    .collect()
}

/// A story's claims of one verdict: most outlets first, then most origins, then most readings.
pub fn claims(story: &Story, verdict: Verdict) -> Vec<&Claim> {
    let mut claims: Vec<&Claim> = story
        .claims
        .iter()
        .filter(|c| c.verdict == verdict)
        .collect();
    claims.sort_by_key(|c| {
        std::cmp::Reverse((c.outlets, c.origins.low, c.origins.high, c.readings.len()))
    });
    claims
}

/// A story's quotes: those read in most articles first, then those that differ, then with a
/// speaker, else in order.
pub fn quotes(story: &Story) -> Vec<&Quote> {
    let mut quotes: Vec<&Quote> = story.quotes.iter().collect();
    quotes.sort_by_cached_key(|quote| {
        let mut articles: Vec<&str> = quote
            .readings
            .iter()
            .map(|reading| reading.mention.article.as_str())
            .collect();
        articles.sort_unstable();
        articles.dedup();
        std::cmp::Reverse((
            articles.len(),
            quote.differences.len(),
            quote.speaker_text.is_some(),
        ))
    });
    quotes
}

/// Who said it: the name, else the words of the text, else nothing.
pub fn speaker(story: &Story, quote: &Quote) -> Option<String> {
    quote
        .speaker
        .as_deref()
        .and_then(|id| name(story, id))
        .map(|name| name.name.as_str())
        .or(quote.speaker_text.as_deref())
        .map(|words| one_line(words).into_owned())
        .filter(|words| !words.is_empty())
}

/// What stands where nobody is named for an utterance: its articles give it to several, or to nobody.
pub fn nobody(quote: &Quote) -> &'static str {
    match quote
        .readings
        .iter()
        .any(|reading| reading.source.is_some())
    {
        true => "given to several",
        false => "nobody named",
    }
}

/// "4 December 2017" is not ours to write in every language: days stay ISO 8601.
pub fn days(story: &Story) -> Option<String> {
    match (story.first.as_deref(), story.last.as_deref()) {
        (Some(first), Some(last)) if first != last => Some(format!("{first} to {last}")),
        (Some(day), _) | (_, Some(day)) => Some(day.to_owned()),
        _ => None,
    }
}

/// The place where a story happens, as its articles begin.
pub fn place(story: &Story) -> Option<String> {
    let id = story.place.as_ref()?;
    let name = story.names.iter().find(|name| name.id == *id)?;
    Some(name.name.clone())
}

/// The words and names that tell a story from others.
pub fn keywords(story: &Story) -> Option<String> {
    let words: Vec<&str> = story.keywords.iter().map(|m| m.text.as_str()).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// When an article was published, for the eye: `2031-05-06 09:05 +02:00`.
pub fn published(article: &Article) -> Option<String> {
    let published = article.published.as_deref()?;
    let Some((day, time)) = published.split_once('T') else {
        return Some(published.to_owned());
    };
    let clock = time.get(..5).unwrap_or(time);
    let zone = match time.get(8..) {
        Some("Z") | None => "UTC",
        Some(offset) => offset,
    };
    Some(format!("{day} {clock} {zone}"))
}

/// "1 outlet", "2 outlets".
pub fn count(number: impl TryInto<u64>, one: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    match (number, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        _ => format!("{number} {one}s"),
    }
}

/// "2 origins", "1 to 2 origins", "at least …" is never said: both ends are given.
pub fn origins(claim: &Claim) -> String {
    let (low, high) = (claim.origins.low, claim.origins.high);
    if low == high {
        count(low as usize, "origin")
    } else {
        format!("{low} to {high} origins")
    }
}

/// A part of a whole, in percent.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_on_another_side_says_otherwise() {
        let kept = include_str!("../../../tests/ref/report/report.json");
        let report: Report = serde_json::from_str(kept).expect("a kept report");
        let mut story = report.stories.into_iter().next().expect("a story");
        let mut claim = story.claims[1].clone();
        let all = |story: &Story, claim: &Claim| -> Vec<&str> {
            let readings = claim.readings.iter();
            readings.map(|r| says(story, claim, r).words()).collect()
        };
        let order = &mut story.disputes[2];
        for (side, reading) in order.sides.iter_mut().zip(&claim.readings) {
            side.claims = vec![claim.id.clone()];
            side.mentions = vec![reading.mention.clone()];
        }
        assert_eq!(all(&story, &claim), ["states it", "states it"]);
        claim.verdict = Verdict::Disputed;
        assert_eq!(all(&story, &claim), ["says otherwise", "states it"]);
        claim.readings[0].stance = Stance::Denies;
        assert_eq!(all(&story, &claim), ["denies it", "states it"]);
        // `There are no depots` and `it denied that there are depots`.
        let both = story.disputes[2].sides[0].mentions.clone();
        story.disputes[2].sides[1].mentions.extend(both);
        story.disputes[2].sides[0].mentions.clear();
        assert_eq!(all(&story, &claim), ["states it", "states it"]);
        // `The town denies the charge`, twice.
        story.disputes.clear();
        claim.readings[1].stance = Stance::Denies;
        assert_eq!(all(&story, &claim), ["states it", "states it"]);
    }
}
