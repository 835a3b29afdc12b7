//! In: an utterance's readings, each with whom its article gives it to. Out: who said it, as far as the articles
//! agree; and the words that say it most clearly. Where they do not all say the same, nobody is named for all.

use model::{Document, Mention, NameIx, Resolution};

use super::reading::Read;
use super::unit::source_stems;

/// Letters of a source beyond which it says more than who it is.
const LONGEST_SOURCE: usize = 120;

/// Whom an article gives words to.
#[derive(PartialEq)]
enum Voice {
    /// A name of the story.
    Name(NameIx),
    /// Somebody who is described, by the last content word: "the fire service", "its service".
    Described(u64),
}

fn voice(docs: &[&Document], read: &Read) -> Option<Voice> {
    if let Some(name) = read.reading.speaker {
        return Some(Voice::Name(name));
    }
    let source = read.reading.source?;
    let doc = docs.get(source.article.at())?;
    let stems = source_stems(doc, source.span);
    let words = doc.tokens[doc.tokens_in(source.span)].iter().rev();
    let last = words
        .map(|token| token.stem)
        .find(|stem| stems.contains(stem));
    last.map(Voice::Described)
}

/// Who said it, and the clearest words for that: the one voice that all articles give it to. Where they give it to
/// several nobody stands for all of it: no words are shown under a speaker to whom their own article does not give them.
pub(super) fn of(docs: &[&Document], reads: &[Read]) -> (Option<NameIx>, Option<Mention>) {
    let mut voices = reads.iter().filter_map(|read| voice(docs, read));
    let Some(first) = voices.next() else {
        // Where nobody is given at all, a pronoun is better than nothing.
        return (None, reads.iter().find_map(|read| read.reading.source));
    };
    if voices.any(|other| other != first) {
        return (None, None);
    }
    let speaker = match first {
        Voice::Name(name) => Some(name),
        Voice::Described(_) => None,
    };
    (speaker, clearest(docs, reads, &first))
}

/// The words that say most clearly who spoke: a name before a description, a description before a pronoun; the
/// longer of two.
fn clearest(docs: &[&Document], reads: &[Read], wanted: &Voice) -> Option<Mention> {
    reads
        .iter()
        .filter(|read| voice(docs, read).as_ref() == Some(wanted))
        .filter_map(|r| {
            let source = r.reading.source?;
            let doc = docs.get(source.article.at())?;
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
