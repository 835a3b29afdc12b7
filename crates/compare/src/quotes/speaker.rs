//! In: an utterance's readings, each with whom its article gives it to. Out: who said it, as far as the articles
//! agree; and the words that say it most clearly. Where no two of them say the same, nobody is named for all.

use model::{Document, Mention, Resolution};

use super::{Read, source_stems};

/// Letters of a source beyond which it says more than who it is.
const LONGEST_SOURCE: usize = 120;

/// Whom an article gives words to.
#[derive(PartialEq)]
enum Voice {
    /// A name of the story.
    Name(u32),
    /// Somebody who is described, by the last content word: "the fire service", "its service".
    Described(u64),
}

fn voice(docs: &[&Document], read: &Read) -> Option<Voice> {
    if let Some(name) = read.reading.speaker {
        return Some(Voice::Name(name));
    }
    let source = read.reading.source?;
    let doc = docs.get(source.article as usize)?;
    let stems = source_stems(doc, source.span);
    let words = doc.tokens[doc.tokens_in(source.span)].iter().rev();
    let last = words
        .map(|token| token.stem)
        .find(|stem| stems.contains(stem));
    last.map(Voice::Described)
}

/// Who said it: the one name that the articles give it to, where no more of them give it to others; and the
/// clearest words for whoever most of them give it to.
pub(super) fn of(docs: &[&Document], reads: &[Read]) -> (Option<u32>, Option<Mention>) {
    let mut speakers: Vec<u32> = reads.iter().filter_map(|r| r.reading.speaker).collect();
    speakers.sort_unstable();
    speakers.dedup();
    // An article speaks once, however often it cuts the words.
    let mut voices: Vec<(Voice, Vec<u32>)> = Vec::new();
    let mut articles: Vec<u32> = Vec::new();
    for read in reads {
        let Some(voice) = voice(docs, read) else {
            continue;
        };
        let article = read.reading.mention.article;
        articles.push(article);
        match voices.iter_mut().find(|(known, _)| *known == voice) {
            Some((_, by)) => by.push(article),
            None => voices.push((voice, vec![article])),
        }
    }
    let count = |articles: &mut Vec<u32>| {
        articles.sort_unstable();
        articles.dedup();
        articles.len()
    };
    let all = count(&mut articles);
    // The first of equals: articles are in order of time.
    let mut best: Option<(Voice, usize)> = None;
    for (voice, mut by) in voices {
        let by = count(&mut by);
        if best.as_ref().is_none_or(|(_, most)| by > *most) {
            best = Some((voice, by));
        }
    }
    // A name among equals is more than a description.
    let named = |name: u32| {
        let own = reads.iter().filter(|r| r.reading.speaker == Some(name));
        let mut by: Vec<u32> = own.map(|r| r.reading.mention.article).collect();
        count(&mut by) * 2 >= all
    };
    let speaker = match speakers[..] {
        [one] if named(one) => Some(one),
        _ => None,
    };
    let wanted = match (speaker, best) {
        (Some(name), _) => Some(Voice::Name(name)),
        (None, Some((voice, by))) if by * 2 >= all => Some(voice),
        _ => None,
    };
    let text = wanted.and_then(|wanted| clearest(docs, reads, &wanted));
    // Where nobody is given at all, a pronoun is better than nothing.
    let text = text.or_else(|| {
        reads
            .iter()
            .filter(|_| all == 0)
            .find_map(|r| r.reading.source)
    });
    (speaker, text)
}

/// The words that say most clearly who spoke: a name before a description, a description before a pronoun; the
/// longer of two.
fn clearest(docs: &[&Document], reads: &[Read], wanted: &Voice) -> Option<Mention> {
    reads
        .iter()
        .filter(|read| voice(docs, read).as_ref() == Some(wanted))
        .filter_map(|r| {
            let source = r.reading.source?;
            let doc = docs.get(source.article as usize)?;
            let named = r.reading.resolution == Resolution::Named;
            let content = doc.tokens[doc.tokens_in(source.span)]
                .iter()
                .any(|t| !t.stop);
            let length = source.span.len();
            let length = if length > LONGEST_SOURCE { 0 } else { length };
            Some(((named, content, length), std::cmp::Reverse(source), source))
        })
        .max_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)))
        .map(|(.., source)| source)
}
