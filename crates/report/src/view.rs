//! In: the wire report. Out: what every readable format needs of it: articles by id, the name under
//! which a reader knows each, and a story's lists in reading order.

use std::collections::{HashMap, HashSet};

use crate::because::file_name;
use crate::clean::{one_line, paired, quoted, shorten};
use crate::wire::{
    Article, BriefSentence, Claim, ClaimReading, Dispute, DisputeKind, Event, Form, Genre, Mention,
    Name, Quote, QuoteReading, Report, Stance, Story, Verdict,
};
use jiff::ToSpan;

/// The report with its articles by id.
pub struct View<'r> {
    /// The report.
    pub report: &'r Report,
    articles: HashMap<&'r str, (&'r Article, String)>,
    stories: HashMap<&'r str, &'r Story>,
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
        let stories = stories.map(|story| (story.id.as_str(), story)).collect();
        Self {
            report,
            articles,
            stories,
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

    /// The outlets that state a claim.
    pub fn tellers(&self, claim: &Claim) -> Vec<String> {
        self.outlets(stated(claim))
    }

    /// The outlets that do not state a claim and have something near it.
    pub fn similar(&self, claim: &Claim) -> Vec<String> {
        let state = self.tellers(claim);
        let near = claim.readings.iter().filter(|reading| reading.near);
        let mut near = self.outlets(near.map(|reading| &reading.mention));
        near.retain(|outlet| !state.contains(outlet));
        near
    }

    /// What the outlets make of a sentence of the brief, all of it: what stands on a side of a dispute is
    /// disputed. Where it is what a claim shows, that is the claim's verdict; else that of the claim in it that
    /// is worst attested. What nobody else states in whole is only here.
    pub fn verdict(&self, story: &Story, sentence: &BriefSentence) -> Option<Verdict> {
        let own = sentence.mentions.first()?;
        if contested(story, own) {
            return Some(Verdict::Disputed);
        }
        let claims = || sentence.claims.iter().filter_map(|id| claim(story, id));
        let shows = |claim: &&Claim| {
            let shown = claim.readings.get(claim.clearest as usize);
            shown.is_some_and(|reading| covers(&reading.mention, own))
        };
        if let Some(claim) = claims().find(shows) {
            return Some(claim.verdict);
        }
        let worst = claims()
            .map(|claim| claim.verdict)
            .max_by_key(|v| match v {
                Verdict::Corroborated => 0,
                Verdict::SingleOrigin => 1,
                Verdict::OnlyHere => 2,
                Verdict::Disputed => 3,
            })?;
        let alone = self.outlets(&sentence.mentions).len() < 2;
        Some(match worst {
            Verdict::Corroborated | Verdict::SingleOrigin if alone => Verdict::OnlyHere,
            worst => worst,
        })
    }

    /// A story's claims of one outlet alone, by outlet, in the order of its articles; of each first what nobody
    /// comes near.
    pub fn only_here<'s>(&self, story: &'s Story) -> Vec<(String, Vec<&'s Claim>)> {
        let mut outlets: Vec<(String, Vec<&Claim>)> = self
            .outlets_of(story.articles.iter().map(String::as_str))
            .into_iter()
            .map(|outlet| (outlet, Vec::new()))
            .collect();
        for claim in claims(story, Verdict::OnlyHere) {
            let article = stated(claim).next().map(|mention| mention.article.as_str());
            let outlet = self.outlet_ref(article.unwrap_or_default());
            if let Some((_, list)) = outlets.iter_mut().find(|(known, _)| known == outlet) {
                list.push(claim);
            }
        }
        outlets.retain(|(_, list)| !list.is_empty());
        // What nobody else has anything like is what a reader looks for here.
        for (_, list) in &mut outlets {
            list.sort_by_key(|claim| claim.readings.iter().any(|reading| reading.near));
        }
        outlets
    }

    /// The matter that a story is one event of, where it goes on: all its events in order of time, this story among
    /// them. Empty where it stands alone.
    pub fn chain(&self, story: &Story) -> Vec<&'r Story> {
        let get = |id: &String| self.stories.get(id.as_str()).copied();
        let Some(mut first) = get(&story.id) else {
            return Vec::new();
        };
        let mut seen = HashSet::from([first.id.as_str()]);
        while let Some(before) = first.earlier.as_ref().and_then(get) {
            // Files can be made by hand: what goes on from itself has no beginning.
            if !seen.insert(&before.id) {
                break;
            }
            first = before;
        }
        let mut chain = vec![first];
        let mut known = HashSet::from([first.id.as_str()]);
        let mut at = 0;
        while let Some(one) = chain.get(at) {
            let later = one.later.iter().filter_map(get);
            chain.extend(
                later
                    .filter(|story| known.insert(&story.id))
                    .collect::<Vec<_>>(),
            );
            at += 1;
        }
        chain.sort_by_key(|story| (story.first.is_none(), story.first.as_deref()));
        if chain.len() > 1 { chain } else { Vec::new() }
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

/// What sort of piece an article is, in words; `None` for a plain report.
pub fn genre(article: &Article) -> Option<&'static str> {
    article.genre.map(|genre| match genre {
        Genre::Opinion => "opinion",
        Genre::LiveBlog => "live blog",
        Genre::RoundUp => "round-up",
        Genre::Gallery => "gallery",
        Genre::Correction => "correction",
    })
}

/// An article's outlet, and beside it what sort of piece it is: "Harbour Post (live blog)".
pub fn outlet_and_genre(article: &Article) -> String {
    match genre(article) {
        Some(genre) => format!("{} ({genre})", outlet(article)),
        None => outlet(article),
    }
}

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

/// A claim's text in three: what stands before the words that carry it, these, and what stands behind them.
pub fn carried(claim: &Claim) -> [&str; 3] {
    let whole = ["", &claim.text, ""];
    let shown = claim.readings.get(claim.clearest as usize);
    let Some((mention, words)) = shown.and_then(|r| Some((&r.mention, r.carried.as_ref()?))) else {
        return whole;
    };
    let place = |offset: u32| {
        let letters = offset.checked_sub(mention.start)? as usize;
        let mut places = claim.text.char_indices().map(|(place, _)| place);
        places.nth(letters).or(Some(claim.text.len()))
    };
    let (Some(from), Some(to)) = (place(words.start), place(words.end)) else {
        return whole;
    };
    let parts = (
        claim.text.get(..from),
        claim.text.get(from..to),
        claim.text.get(to..),
    );
    match parts {
        (Some(before), Some(carried), Some(after)) if !carried.is_empty() => {
            [before, carried, after]
        }
        _ => whole,
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
        // Who only comes near neither states nor denies it, unless a dispute sets him against it.
        _ if reading.near && (agrees || sides.is_none()) => Says::Near,
        _ if agrees => Says::So,
        Stance::Asserts => Says::Otherwise,
        Stance::Denies => Says::NotSo,
        Stance::Questions => Says::Doubtful,
    }
}

/// The passages that state a claim; those that only come near it do not.
pub fn stated(claim: &Claim) -> impl Iterator<Item = &Mention> {
    let readings = claim.readings.iter();
    readings.filter(|r| !r.near).map(|r| &r.mention)
}

/// Whether a sentence stands on a side of a dispute. Where only the speaker is in dispute, what was said is not;
/// a sentence that tells more than the words tells whose they are.
fn contested(story: &Story, sentence: &Mention) -> bool {
    let overlaps = |m: &&Mention| {
        m.article == sentence.article && m.start < sentence.end && sentence.start < m.end
    };
    story.disputes.iter().any(|dispute| {
        let speaker = dispute.kind == DisputeKind::Attribution;
        let mut sides = dispute.sides.iter().flat_map(|side| &side.mentions);
        sides.any(|m| overlaps(&m) && !(speaker && covers(m, sentence)))
    })
}

/// The dispute on who said what a claim states.
pub fn who_said<'s>(story: &'s Story, claim: &Claim) -> Option<&'s Dispute> {
    story.disputes.iter().find(|dispute| {
        let mut sides = dispute.sides.iter();
        dispute.kind == DisputeKind::Attribution
            && sides.any(|side| side.claims.contains(&claim.id))
    })
}

/// Whether a passage is a sentence as a whole: all of it but who said it, or a mark.
fn covers(passage: &Mention, sentence: &Mention) -> bool {
    const WHOLE: u64 = 8;
    // A kept report may be damaged: its passages may end before they begin.
    let long = |start: u32, end: u32| u64::from(end.saturating_sub(start));
    let both = long(
        passage.start.max(sentence.start),
        passage.end.min(sentence.end),
    );
    passage.article == sentence.article && both * 10 >= long(sentence.start, sentence.end) * WHOLE
}

/// A story's timeline in two: what its days brought, and what is older or less exact than a day, the nearest
/// to them first.
pub fn timeline(story: &Story) -> (Vec<&Event>, Vec<&Event>) {
    /// What happened lies so many days before the first report of it, at most.
    const BEFORE: i32 = 7;
    let first: Option<jiff::civil::Date> = story.first.as_ref().and_then(|day| day.parse().ok());
    let from = first.and_then(|day| day.checked_sub(BEFORE.days()).ok());
    let Some(from) = from.map(|day| day.to_string()) else {
        return (story.timeline.iter().collect(), Vec::new());
    };
    // Dates of ISO 8601 are in order as words are; a month or year is before each of its days.
    let (own, mut older): (Vec<&Event>, Vec<&Event>) = story
        .timeline
        .iter()
        .partition(|event| event.when.as_str() >= from.as_str());
    if own.is_empty() {
        return (older, own);
    }
    older.reverse();
    (own, older)
}

/// A story's claims of one verdict: most outlets first, then most origins, then most readings.
pub fn claims(story: &Story, verdict: Verdict) -> Vec<&Claim> {
    let mut claims: Vec<&Claim> = story
        .claims
        .iter()
        .filter(|c| c.verdict == verdict)
        .collect();
    claims.sort_by_key(|c| {
        let stated = stated(c).count();
        std::cmp::Reverse((c.outlets, c.origins.low, c.origins.high, stated))
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

/// What one speaker said.
pub struct Speaker<'s> {
    /// Who: the name, where it is known, and the words for it; nothing where nobody or several are named.
    pub who: Option<(Option<&'s Name>, String)>,
    /// The quotations, in order of time.
    pub quotes: Vec<&'s Quote>,
}

/// A story's quotes by speaker: first who is read in most articles, last what is given to nobody or to several.
pub fn speakers(story: &Story) -> Vec<Speaker<'_>> {
    let places: HashMap<&str, usize> = (0..)
        .zip(&story.articles)
        .map(|(at, id)| (id.as_str(), at))
        .collect();
    let time = |quote: &&Quote| {
        let readings = quote.readings.iter().map(|reading| &reading.mention);
        let at = |mention: &Mention| (places.get(mention.article.as_str()).copied(), mention.start);
        readings.map(at).min()
    };
    let mut speakers: Vec<Speaker<'_>> = Vec::new();
    for quote in quotes(story) {
        let named = quote.speaker.as_deref().and_then(|id| name(story, id));
        let who = speaker(story, quote).map(|words| (named, words));
        let same = |known: &&mut Speaker<'_>| match (&known.who, &who) {
            (Some((Some(a), _)), Some((Some(b), _))) => a.id == b.id,
            (Some((None, a)), Some((None, b))) => a.to_lowercase() == b.to_lowercase(),
            (a, b) => a.is_none() && b.is_none(),
        };
        match speakers.iter_mut().find(same) {
            Some(known) => known.quotes.push(quote),
            None => speakers.push(Speaker {
                who,
                quotes: vec![quote],
            }),
        }
    }
    for one in &mut speakers {
        one.quotes.sort_by_key(time);
    }
    speakers.sort_by_key(|one| one.who.is_none());
    speakers
}

/// Whether several articles have a quotation.
pub fn is_shared(quote: &Quote) -> bool {
    let mut articles = quote.readings.iter().map(|r| &r.mention.article);
    let first = articles.next();
    articles.any(|article| Some(article) != first)
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

/// A reading's `words` as it gives them: in quote marks where all of them stand in such; else as a report, behind the
/// words that report it where these come first, so that what somebody denied is not shown as what was said.
pub fn as_given(reading: &QuoteReading, words: &str, shown: impl Fn(&str) -> String) -> String {
    if reading.form == Form::Direct {
        return quoted(words).into_owned();
    }
    let (cue, words) = (reading.cue.as_ref(), paired(words));
    match cue.filter(|cue| cue.start < reading.mention.start) {
        Some(cue) => format!("{}: {words}", shown(&cue.text)),
        None => words.into_owned(),
    }
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

/// One event of a matter that goes on: when, headline, and how many articles tell it.
pub fn event(story: &Story) -> (String, &str, String) {
    let when = days(story).unwrap_or_else(|| "no day".to_owned());
    (when, &story.title, count(story.articles.len(), "article"))
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

    #[test]
    fn speakers_have_their_quotes_in_order_of_time_and_nobody_comes_last() {
        let kept = include_str!("../../../tests/ref/report/report.json");
        let report: Report = serde_json::from_str(kept).expect("a kept report");
        let mut story = report.stories.into_iter().next().expect("a story");
        let shared = story.quotes.iter().position(is_shared).expect("a quote");
        let mut late = story.quotes[shared].clone();
        late.id = "late".to_owned();
        late.readings.truncate(1);
        late.readings[0].mention.article = story.articles[story.articles.len() - 1].clone();
        let mut nobody = late.clone();
        (nobody.speaker, nobody.speaker_text) = (None, None);
        nobody.id = "nobody".to_owned();
        story.quotes.insert(0, late);
        story.quotes.insert(0, nobody);
        let groups = speakers(&story);
        let ids = |one: &Speaker<'_>| -> Vec<String> {
            one.quotes.iter().map(|quote| quote.id.clone()).collect()
        };
        let all: usize = groups.iter().map(|one| one.quotes.len()).sum();
        assert_eq!(all, story.quotes.len());
        let own = groups
            .iter()
            .find(|one| ids(one).contains(&"late".to_owned()));
        let own = own.expect("a speaker");
        assert!(own.quotes.len() > 1 && ids(own).last().is_some_and(|id| id == "late"));
        let last = groups.last().expect("somebody");
        assert!(last.who.is_none() && ids(last).contains(&"nobody".to_owned()));
        let nobodies = groups.iter().filter(|one| one.who.is_none());
        assert_eq!(nobodies.count(), 1);
    }

    #[test]
    fn what_was_denied_is_not_shown_as_said() {
        let kept = include_str!("../../../tests/ref/report/report.json");
        let report: Report = serde_json::from_str(kept).expect("a kept report");
        let mut quotes = report.stories.into_iter().flat_map(|story| story.quotes);
        let mut reading = quotes.next().expect("a quote").readings.swap_remove(0);
        let plain = |words: &str| words.to_owned();
        let mut cue = reading.mention.clone();
        (cue.text, cue.start) = ("denied".to_owned(), 0);
        (reading.cue, reading.mention.start) = (Some(cue), 12);
        reading.form = Form::Indirect;
        assert_eq!(as_given(&reading, "it was so", plain), "denied: it was so");
        reading.form = Form::Mixed;
        assert_eq!(
            as_given(&reading, "it was \"so", plain),
            "denied: it was \"so\""
        );
        reading.form = Form::Direct;
        assert_eq!(as_given(&reading, "It was so", plain), "“It was so”");
        reading.form = Form::Indirect;
        reading.cue = None;
        assert_eq!(as_given(&reading, "it was so", plain), "it was so");
    }
}
