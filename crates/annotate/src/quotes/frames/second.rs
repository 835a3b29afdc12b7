//! In: a sentence of a language whose verb stands second, such as German. Out: its cues, with the
//! particle that ends their clause, and their frames by the verb's place. Refuses clauses that end in
//! their verb, save `Wie die Polizei mitteilte, …`, and sources without a noun or pronoun.

use std::ops::Range;

use super::super::cues::{Closed, Cue, Lexicon, VerbForm};
use super::super::gram::{Gram, Item};
use super::super::phrases::{attached, phrase_before, phrase_from, simple_phrase};
use super::{Frame, Order, WINDOW, bracketed_subject};

/// The cue of a verb whose particle, if it has one, ends its clause: `teilte die Polizei mit`.
pub(super) fn divided_cue(
    items: &[Item],
    lexicon: &Lexicon,
    at: usize,
    high: usize,
) -> Option<Cue> {
    let item = &items[at];
    if item.gram != Gram::Verb {
        return None;
    }
    let near = high.min(at + WINDOW);
    let bar = |i: &usize| matches!(items[*i].gram, Gram::Comma | Gram::Colon | Gram::Stop);
    let last = (at + 1..near).find(bar).unwrap_or(near) - 1;
    let divided = (item.word.particle && last > at)
        .then(|| lexicon.with_particle(item.key, items[last].key))
        .flatten();
    divided.or(item.word.cue)
}

/// Whether a phrase holds a noun or a pronoun, where nouns have capitals.
pub(super) fn names_somebody(phrase: &[Item]) -> bool {
    let subject = phrase
        .first()
        .is_some_and(|first| first.word.closed != Some(Closed::ObjectDeterminer));
    let noun = |item: &Item| matches!(item.gram, Gram::Personal) || item.gram == Gram::Name;
    subject && phrase.iter().any(noun)
}

/// The frame of a verb that stands second in its clause, as in German: its subject is before it, or
/// behind it where something else opens the clause (`Am Montag sagte Lund, …`, `„…“, sagte Lund`).
/// A participle goes with the auxiliary that stands in the verb's place.
pub(super) fn verb_second(
    items: &[Item],
    sentence: Range<usize>,
    at: usize,
    cue: Cue,
) -> Option<Frame> {
    let low = (sentence.start..at)
        .rev()
        .find(|&i| {
            matches!(
                items[i].gram,
                Gram::Comma | Gram::Quote | Gram::Colon | Gram::Stop
            )
        })
        .map_or(sentence.start, |i| i + 1);
    // `erklärt` is both: with an auxiliary before it in its clause it is a participle.
    let auxiliary = (low..at).rev().find(|&i| items[i].gram == Gram::Auxiliary);
    let participle = auxiliary.is_some();
    if cue.form == VerbForm::Participle && !participle {
        return None;
    }
    let verb = auxiliary.unwrap_or(at);
    let passive = participle && items[verb].word.closed == Some(Closed::Be);
    let modal = items[verb].word.closed == Some(Closed::Modal);
    // `sagte nicht, dass …`
    let end = if participle {
        at
    } else {
        (at + 4).min(sentence.end)
    };
    let negated = items[verb..end]
        .iter()
        .any(|item| item.gram == Gram::Negation);
    let make = |cue_items: Range<usize>, source: Range<usize>, order| {
        names_somebody(&items[source.clone()]).then_some(Frame {
            cue: cue_items,
            unreal: modal || negated,
            source: Some(source),
            ways: cue.ways,
            order,
            passive,
        })
    };
    let opens = items[low..verb].first().map(|item| item.gram);
    if opens == Some(Gram::Question) {
        // `Wie die Polizei mitteilte, …`
        let ends = items
            .get(at + 1)
            .is_some_and(|next| next.gram == Gram::Comma);
        return (ends && low == sentence.start && low + 1 < verb)
            .then(|| make(low..at + 1, low + 1..verb, Order::Phrase))?;
    }
    // A clause that a relative or a subordinator opens ends in its verb.
    if matches!(
        opens,
        Some(Gram::Relative | Gram::That | Gram::Subordinator)
    ) {
        return None;
    }
    let adjunct = matches!(
        opens,
        None | Some(Gram::Preposition | Gram::Adverb | Gram::Time)
    );
    if adjunct {
        let comma = verb > sentence.start + 1
            && items[verb - 1].gram == Gram::Comma
            && items[verb - 2].gram != Gram::Quote;
        if comma && let Some(source) = bracketed_subject(items, sentence.start, verb) {
            return make(at..at + 1, source, Order::SubjectVerb);
        }
        // `äußerte sich Lund`
        let object = items.get(verb + 1).map(|item| item.gram) == Some(Gram::Object);
        let behind = verb + 1 + usize::from(object);
        // In front of the report a comma opens the clause, behind it an apposition.
        let source = match opens {
            None => phrase_from(items, behind, sentence.end)?,
            Some(_) => {
                let head = simple_phrase(items, behind, sentence.end)?;
                head.start..attached(items, head.end, sentence.end, false)
            }
        };
        // Behind a quote the clause is the auxiliary, the subject and the participle.
        return match (participle, opens) {
            (false, _) => make(at..at + 1, source, Order::VerbSubject),
            (true, None) => make(verb..at + 1, source, Order::VerbSubject),
            (true, _) => make(at..at + 1, source, Order::SubjectVerb),
        };
    }
    let source = phrase_before(items, low, verb)?;
    make(at..at + 1, source, Order::SubjectVerb)
}
