//! The views of findings say what the report says: the same words at the same places, under the same numbers.

use model::view::{Name, Passage};
use report::wire;

use crate::fixture;

fn same(passage: Passage<'_>, mention: &wire::Mention) {
    let offsets = mention.start as usize..mention.end as usize;
    assert_eq!(passage.text(), mention.text);
    assert_eq!(passage.article().id(), mention.article);
    assert_eq!(passage.offsets(), offsets);
}

fn all_same<'f>(passages: impl ExactSizeIterator<Item = Passage<'f>>, mentions: &[wire::Mention]) {
    assert_eq!(passages.len(), mentions.len());
    passages.zip(mentions).for_each(|(a, b)| same(a, b));
}

#[test]
fn views_and_report_agree() {
    let findings = fixture::findings();
    let report = report::assemble(&findings);
    assert_eq!(findings.articles().len(), report.articles.len());
    assert_eq!(findings.stories().len(), report.stories.len());
    for (story, told) in findings.stories().zip(&report.stories) {
        assert_eq!(story.id(), told.id);
        let ids: Vec<&str> = story.articles().map(|article| article.id()).collect();
        assert_eq!(ids, told.articles);
        let name = |name: Name<'_>| format!("n{}", name.at().at() + 1);
        assert_eq!(story.place().map(name), told.place);
        for (own, told) in story.names().zip(&told.names) {
            assert_eq!((name(own), own.text()), (told.id.clone(), &*told.name));
            all_same(own.mentions(), &told.mentions);
        }
        for (own, told) in story.claims().zip(&told.claims) {
            assert_eq!(own.text(), told.text);
            assert_eq!(own.origins().high() as u32, told.origins.high);
            let absent: Vec<&str> = own.absent_from().map(|article| article.id()).collect();
            assert_eq!(absent, told.absent_from);
            assert_eq!(own.readings().len(), told.readings.len());
            for (own, told) in own.readings().zip(&told.readings) {
                same(*own, &told.mention);
                let speakers: Vec<String> = own.speakers().map(name).collect();
                assert_eq!(speakers, told.attributed_to);
                assert_eq!(own.source().is_some(), told.source.is_some());
                if let (Some(own), Some(told)) = (own.carried(), &told.carried) {
                    same(own, told);
                }
            }
        }
        for (own, told) in story.quotes().zip(&told.quotes) {
            assert_eq!(own.speaker().map(name), told.speaker);
            for (own, told) in own.readings().zip(&told.readings) {
                same(*own, &told.mention);
                all_same(own.parts(), &told.parts);
            }
            for (own, told) in own.differences().zip(&told.differences) {
                for (own, told) in own.sides().into_iter().zip(&told.mentions) {
                    own.zip(told.as_ref())
                        .into_iter()
                        .for_each(|(a, b)| same(a, b));
                }
            }
        }
        for (own, told) in story.disputes().zip(&told.disputes) {
            all_same(own.question(), &told.question_mentions);
            for (own, told) in own.sides().zip(&told.sides) {
                assert_eq!(own.text(), told.label);
                all_same(own.passages(), &told.mentions);
                let claims: Vec<String> = own
                    .claims()
                    .map(|c| format!("c{}", c.at().at() + 1))
                    .collect();
                assert_eq!(claims, told.claims);
            }
        }
        for (own, told) in story.timeline().zip(&told.timeline) {
            all_same(own.passages(), &told.mentions);
        }
        for (own, told) in story.wording().zip(&told.wording) {
            for (own, told) in own.choices().zip(&told.choices) {
                assert_eq!(own.text(), told.term);
                all_same(own.passages(), &told.mentions);
            }
        }
        for (own, told) in story.brief().zip(&told.brief) {
            assert_eq!(own.text(), told.text);
            same(*own, &told.mentions[0]);
        }
        for (own, told) in story.copies().zip(&told.copies) {
            assert_eq!(
                own.articles().map(|article| article.id()),
                [&*told.a, &*told.b]
            );
            for ([a, b], told) in own.passages().zip(&told.passages) {
                same(a, &told.a);
                same(b, &told.b);
            }
        }
    }
}
