//! In: a claim's readings. Out: a range of how many independent origins it can have, with the
//! reason for every merge. Copying can be shown, independence cannot: where nothing ties two
//! voices, that is said, and the low end stays at what the evidence forces apart.

use model::{
    ClaimReading, Copy, CopyKind, Document, Mention, Origins, Passage, Reason, ReasonKind, Story,
    Utterance,
};

/// Above this share of one article standing in another, everything in it counts as taken from
/// there, not the shared passages alone.
const WHOLE_COPY: f64 = 0.6;

/// How many outlets the readings come from; an article whose outlet is unknown counts as its own.
pub(crate) fn outlets(docs: &[&Document], readings: &[ClaimReading]) -> u32 {
    let mut articles: Vec<u32> = readings.iter().map(|r| r.mention.article).collect();
    articles.dedup();
    let mut distinct: Vec<u32> = Vec::new();
    for article in articles {
        if !distinct
            .iter()
            .any(|&other| same_outlet(docs, article, other))
        {
            distinct.push(article);
        }
    }
    distinct.len() as u32
}

fn same_outlet(docs: &[&Document], a: u32, b: u32) -> bool {
    if a == b {
        return true;
    }
    let outlet = |article: u32| docs[article as usize].article.outlet.as_deref();
    match (outlet(a), outlet(b)) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    }
}

/// Counts the origins of a claim.
pub(crate) fn origins(
    story: &Story,
    docs: &[&Document],
    utterances: &[Utterance],
    readings: &[ClaimReading],
) -> Origins {
    let mut articles: Vec<u32> = readings.iter().map(|r| r.mention.article).collect();
    articles.sort_unstable();
    articles.dedup();
    let mut group: Vec<usize> = (0..articles.len()).collect();
    let mut because: Vec<Reason> = Vec::new();
    let of = |article: u32| -> Vec<&ClaimReading> {
        readings
            .iter()
            .filter(|r| r.mention.article == article)
            .collect()
    };
    for (i, &a) in articles.iter().enumerate() {
        for (j, &b) in articles.iter().enumerate().skip(i + 1) {
            let Some(reason) = tie(story, docs, utterances, (a, &of(a)), (b, &of(b))) else {
                continue;
            };
            because.push(reason);
            let (from, to) = (group[j], group[i]);
            group
                .iter_mut()
                .filter(|g| **g == from)
                .for_each(|g| *g = to);
        }
    }
    let mut groups = group.clone();
    groups.sort_unstable();
    groups.dedup();
    let high = groups.len().max(1) as u32;
    if high > 1 {
        let kind = ReasonKind::NoSharedOriginFound;
        because.push(Reason {
            kind,
            articles: articles.clone(),
            words: None,
        });
    }
    let low = forced_apart(readings, &articles, &group).clamp(1, high);
    Origins {
        low,
        high,
        because: merged(because),
    }
}

/// Groups that different named speakers stand behind, each for itself, in all their readings.
fn forced_apart(readings: &[ClaimReading], articles: &[u32], group: &[usize]) -> u32 {
    let mut speakers: Vec<(usize, &[u32])> = Vec::new();
    for reading in readings {
        let Ok(at) = articles.binary_search(&reading.mention.article) else {
            continue;
        };
        speakers.push((group[at], &reading.attributed_to));
    }
    let mut forced: Vec<u32> = Vec::new();
    let mut groups: Vec<usize> = speakers.iter().map(|s| s.0).collect();
    groups.sort_unstable();
    groups.dedup();
    for one in groups {
        let mut named = speakers.iter().filter(|s| s.0 == one).map(|s| s.1);
        let Some(&[first]) = named.next() else {
            continue;
        };
        if named.all(|other| other == [first]) && !forced.contains(&first) {
            forced.push(first);
        }
    }
    forced.len() as u32
}

type Voice<'a> = (u32, &'a [&'a ClaimReading]);

/// Why two articles' readings of one claim come from one origin, if anything shows it.
fn tie(
    story: &Story,
    docs: &[&Document],
    utterances: &[Utterance],
    (a, of_a): Voice<'_>,
    (b, of_b): Voice<'_>,
) -> Option<Reason> {
    let reason = |kind, words| {
        Some(Reason {
            kind,
            articles: vec![a, b],
            words,
        })
    };
    let touches = |mention: &Mention, readings: &[&ClaimReading]| {
        readings
            .iter()
            .any(|r| r.mention.article == mention.article && r.mention.span.overlaps(mention.span))
    };
    for copy in story
        .copies
        .iter()
        .filter(|copy| (copy.a, copy.b) == (a, b))
    {
        let touched = |passage: &Passage| touches(&passage.a, of_a) && touches(&passage.b, of_b);
        if copy.passages.iter().any(touched) || is_whole(copy) {
            let kind = match copy.kind {
                CopyKind::SharedSource => ReasonKind::SharedStatement,
                _ => ReasonKind::SharedPassages,
            };
            return reason(kind, None);
        }
    }
    let quoted_in_both = utterances.iter().any(|utterance| {
        let quoted = |readings| {
            utterance
                .readings
                .iter()
                .any(|r| touches(&r.mention, readings))
        };
        quoted(of_a) && quoted(of_b)
    });
    if quoted_in_both {
        return reason(ReasonKind::SharedStatement, None);
    }
    let speakers = |readings: &[&ClaimReading]| -> Vec<u32> {
        readings
            .iter()
            .flat_map(|r| r.attributed_to.iter().copied())
            .collect()
    };
    let speakers_of_b = speakers(of_b);
    if let Some(name) = speakers(of_a)
        .into_iter()
        .find(|s| speakers_of_b.contains(s))
    {
        let words = story.names.get(name as usize).and_then(|name| {
            let doc = docs.get(name.clearest.article as usize)?;
            Some(doc.get(name.clearest.span).to_owned())
        });
        return reason(ReasonKind::SameSpeaker, words);
    }
    let credits = |article: u32| &docs[article as usize].article.credits;
    let shared = credits(a).iter().find(|one| {
        credits(b)
            .iter()
            .any(|other| one.name.eq_ignore_ascii_case(&other.name))
    });
    if let Some(credit) = shared {
        return reason(ReasonKind::Credit, Some(credit.name.clone()));
    }
    // One names the other as where it has its text from.
    let outlet = |article: u32| docs[article as usize].article.outlet.as_deref();
    let credited = |by: u32, of: u32| {
        credits(by)
            .iter()
            .find(|credit| outlet(of).is_some_and(|o| o.eq_ignore_ascii_case(&credit.name)))
    };
    if let Some(credit) = credited(a, b).or_else(|| credited(b, a)) {
        return reason(ReasonKind::Credit, Some(credit.name.clone()));
    }
    if same_outlet(docs, a, b) {
        return reason(
            ReasonKind::SameOutlet,
            docs[a as usize].article.outlet.clone(),
        );
    }
    None
}

fn is_whole(copy: &Copy) -> bool {
    matches!(copy.kind, CopyKind::Copy | CopyKind::Rewrite)
        && copy.share_a.max(copy.share_b) >= WHOLE_COPY
}

/// Joins reasons of one kind and words that tie chains of articles.
fn merged(reasons: Vec<Reason>) -> Vec<Reason> {
    let mut merged: Vec<Reason> = Vec::new();
    for reason in reasons {
        let same = merged.iter_mut().find(|other| {
            other.kind == reason.kind
                && other.words == reason.words
                && (other.words.is_some()
                    || other.articles.iter().any(|a| reason.articles.contains(a)))
        });
        match same {
            Some(other) => {
                other.articles.extend(reason.articles);
                other.articles.sort_unstable();
                other.articles.dedup();
            }
            None => merged.push(reason),
        }
    }
    merged.sort();
    merged
}
