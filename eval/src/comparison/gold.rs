//! In: a gold comparison, as its guide defines it. Out: the same with every reading located: which
//! article, which bytes. Refuses a file whose words do not stand in its own texts.

use std::ops::Range;

use anyhow::{Context, Result};

use super::file::{File, Raw};
pub use super::file::{Name, Page};

/// A passage: which article (by its place among the ids) and which bytes of its given text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The article.
    pub article: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Place {
    /// As a range of bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Bytes that both have.
    pub fn overlap(&self, other: &Place) -> usize {
        if self.article != other.article {
            return 0;
        }
        self.end
            .min(other.end)
            .saturating_sub(self.start.max(other.start))
    }

    /// Whether they share at least half of the shorter: the guide's test of "the same reading".
    pub fn matches(&self, other: &Place) -> bool {
        let shorter = (self.end - self.start).min(other.end - other.start);
        2 * self.overlap(other) >= shorter.max(1)
    }

    /// Whether the other lies inside it.
    pub fn holds(&self, other: &Place) -> bool {
        self.article == other.article && self.start <= other.start && other.end <= self.end
    }

    /// Whether they share anything.
    pub fn touches(&self, other: &Place) -> bool {
        self.overlap(other) > 0
    }
}

/// A quotation with its readings.
pub struct Quote {
    /// Who said it, in the words of the person who compared.
    pub speaker: String,
    /// Its readings.
    pub readings: Vec<QuoteReading>,
}

/// One reading of a quotation.
pub struct QuoteReading {
    /// Where.
    pub place: Place,
    /// `direct`, `mixed` or `indirect`.
    pub form: String,
    /// The words there for who said it.
    pub speaker_text: String,
    /// Whether scorers leave it out.
    pub doubtful: bool,
}

/// A claim with its readings.
pub struct Claim {
    /// Its id.
    pub id: String,
    /// Its readings.
    pub readings: Vec<Place>,
    /// At least and at most so many independent origins, where the person who compared counts them.
    pub origins: Option<(u32, u32)>,
    /// Whether scorers leave it out.
    pub doubtful: bool,
}

/// Two passages that look alike and say different things.
pub struct LookAlike {
    /// One.
    pub a: Place,
    /// The other.
    pub b: Place,
    /// Why they differ.
    pub why: String,
}

/// A dispute.
pub struct Dispute {
    /// In what.
    pub kind: String,
    /// What it is about.
    pub question: String,
    /// The readings of each side.
    pub sides: Vec<Vec<Place>>,
    /// Whether it must be found; the others are only not to be called false.
    pub firm: bool,
}

/// Two articles that share text.
pub struct Copy {
    /// The two, the lower first.
    pub pair: (usize, usize),
    /// `copy`, `rewrite`, `excerpt` or `shared-source`.
    pub kind: String,
    /// Whether scorers leave it out.
    pub doubtful: bool,
}

/// A dated passage.
pub struct Event {
    /// When: a day, month or year.
    pub when: String,
    /// Where it says so.
    pub place: Place,
    /// Whether scorers leave it out.
    pub doubtful: bool,
}

/// A gold comparison with everything located.
pub struct Gold {
    /// The story's name: the file's.
    pub story: String,
    /// Ids of its articles; a [`Place`] counts in this order.
    pub ids: Vec<String>,
    /// Its articles, in the same order.
    pub pages: Vec<Page>,
    /// Page furniture, and whether it is surely that.
    pub furniture: Vec<(Place, bool)>,
    /// Its names.
    pub names: Vec<Name>,
    /// Its quotations, with whether the whole is left out.
    pub quotes: Vec<(Quote, bool)>,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// Its look-alikes, the sure ones.
    pub look_alikes: Vec<LookAlike>,
    /// Its disputes.
    pub disputes: Vec<Dispute>,
    /// Its copies.
    pub copies: Vec<Copy>,
    /// Its timeline.
    pub timeline: Vec<Event>,
}

/// Reads a file's text.
pub fn read(story: &str, json: &str) -> Result<Gold> {
    let file: File =
        serde_json::from_str(json).with_context(|| format!("{story} is no gold comparison"))?;
    let (ids, pages): (Vec<String>, Vec<Page>) = file.articles.into_iter().unzip();
    let index = |id: &str| {
        ids.iter()
            .position(|one| one == id)
            .with_context(|| format!("{story}: no article {id}"))
    };
    let locate = |raw: &Raw| -> Result<Place> {
        let article = index(&raw.article)?;
        let start = pages[article]
            .text
            .match_indices(&raw.exact)
            .nth(raw.nth)
            .map(|(at, _)| at)
            .or_else(|| overlapping(&pages[article].text, &raw.exact, raw.nth));
        let start = start.with_context(|| {
            format!(
                "{story}: {:?} ({}) does not stand in {}",
                raw.exact, raw.nth, raw.article
            )
        })?;
        Ok(Place {
            article,
            start,
            end: start + raw.exact.len(),
        })
    };
    let all = |raws: &[Raw]| raws.iter().map(locate).collect::<Result<Vec<Place>>>();
    let mut gold = Gold {
        story: story.to_owned(),
        furniture: Vec::new(),
        names: file.names,
        quotes: Vec::new(),
        claims: Vec::new(),
        look_alikes: Vec::new(),
        disputes: Vec::new(),
        copies: Vec::new(),
        timeline: Vec::new(),
        ids: ids.clone(),
        pages: Vec::new(),
    };
    for one in &file.furniture {
        gold.furniture.push((locate(&one.reading)?, !one.doubtful));
    }
    for quote in file.quotes {
        let mut readings = Vec::new();
        for one in quote.readings {
            readings.push(QuoteReading {
                place: locate(&one.reading)?,
                form: one.form,
                speaker_text: one.speaker_text.unwrap_or_default(),
                doubtful: one.doubtful || quote.doubtful,
            });
        }
        gold.quotes.push((
            Quote {
                speaker: quote.speaker,
                readings,
            },
            quote.doubtful,
        ));
    }
    for claim in file.claims {
        let readings = all(&claim.readings)?;
        gold.claims.push(Claim {
            id: claim.id,
            readings,
            origins: counted(&claim.origins),
            doubtful: claim.doubtful,
        });
    }
    for one in file.look_alikes.iter().filter(|one| !one.doubtful) {
        let (a, b) = (locate(&one.a)?, locate(&one.b)?);
        gold.look_alikes.push(LookAlike {
            a,
            b,
            why: one.why.clone(),
        });
    }
    for one in file.disputes {
        let sides = one
            .sides
            .iter()
            .map(|side| all(&side.readings))
            .collect::<Result<_>>()?;
        let firm = one.explicit && !one.doubtful;
        gold.disputes.push(Dispute {
            kind: one.kind,
            question: one.question,
            sides,
            firm,
        });
    }
    for one in file.copies {
        let (a, b) = (index(&one.a)?, index(&one.b)?);
        let pair = (a.min(b), a.max(b));
        gold.copies.push(Copy {
            pair,
            kind: one.kind,
            doubtful: one.doubtful,
        });
    }
    for one in file.timeline {
        let place = locate(&one.reading)?;
        gold.timeline.push(Event {
            when: one.when,
            place,
            doubtful: one.doubtful,
        });
    }
    gold.pages = pages;
    Ok(gold)
}

/// The `nth` occurrence where occurrences may overlap.
fn overlapping(text: &str, words: &str, nth: usize) -> Option<usize> {
    let mut from = 0;
    for _ in 0..nth {
        let at = from + text.get(from..)?.find(words)?;
        from = text.ceil_char_boundary(at + 1);
    }
    Some(from + text.get(from..)?.find(words)?)
}

/// The count at the head of the words on a claim's origins ("One: the statement of …", "two at
/// most: …"), where they begin with one.
fn counted(words: &str) -> Option<(u32, u32)> {
    const MANY: u32 = u32::MAX;
    let low = words.to_lowercase();
    let says = |start: &str| low.starts_with(start);
    let counts: [(&str, (u32, u32)); 7] = [
        ("one or two", (1, 2)),
        ("two at most", (1, 2)),
        ("two or more", (2, MANY)),
        ("several", (2, MANY)),
        ("one", (1, 1)),
        ("two", (2, 2)),
        ("three", (3, 3)),
    ];
    counts.iter().find(|(start, _)| says(start)).map(|c| c.1)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A small story of two articles, written for these tests.
    pub const SMALL: &str = r##"{
        "articles": {
            "a": {"outlet": "Tarn Post", "title": "Bridge opens", "date": "2020-05-05",
                  "text": "Menu\nThe bridge opened on Monday. Ten people came. \"It is safe,\" Ada Lorne said."},
            "b": {"outlet": "Brill News", "title": "Brill bridge", "date": "2020-05-05",
                  "text": "Brill's bridge was opened Monday. Twelve people came. Lorne: \"It is safe.\" Shops opened."}
        },
        "furniture": [{"article": "a", "exact": "Menu", "nth": 0}],
        "names": [{"name": "Ada Lorne", "kind": "person", "variants": ["Ada Lorne", "Lorne"]},
                  {"name": "Brill", "kind": "place", "variants": ["Brill"]}],
        "quotes": [{"speaker": "Ada Lorne", "readings": [
            {"article": "a", "exact": "It is safe,", "nth": 0, "form": "direct", "speaker_text": "Ada Lorne said"},
            {"article": "b", "exact": "It is safe.", "nth": 0, "form": "direct", "speaker_text": "Lorne"}]}],
        "claims": [{"id": "c1", "gist": "", "readings": [
            {"article": "a", "exact": "The bridge opened on Monday", "nth": 0},
            {"article": "b", "exact": "Brill's bridge was opened Monday", "nth": 0}]},
            {"id": "c2", "gist": "", "doubtful": true, "readings": [
            {"article": "a", "exact": "Ten people came", "nth": 0},
            {"article": "b", "exact": "Twelve people came", "nth": 0}]}],
        "look_alikes": [{"a": {"article": "a", "exact": "The bridge opened on Monday", "nth": 0},
                         "b": {"article": "b", "exact": "Shops opened", "nth": 0}, "why": "shops"}],
        "disputes": [{"kind": "number", "question": "How many?", "explicit": true, "sides": [
            {"label": "10", "readings": [{"article": "a", "exact": "Ten people came", "nth": 0}]},
            {"label": "12", "readings": [{"article": "b", "exact": "Twelve people came", "nth": 0}]}]}],
        "copies": [{"a": "b", "b": "a", "kind": "shared-source", "because": ""}],
        "timeline": [{"when": "2020-05-04", "reading": {"article": "a", "exact": "on Monday", "nth": 0}}]
    }"##;

    #[test]
    fn readings_are_located_by_their_words() {
        let gold = read("small", SMALL).unwrap();
        let place = &gold.claims[0].readings[1];
        assert_eq!(
            &gold.pages[place.article].text[place.range()],
            "Brill's bridge was opened Monday"
        );
        assert!(gold.disputes[0].firm && gold.claims[1].doubtful);
        assert_eq!(gold.copies[0].pair, (0, 1));
        assert!(
            read(
                "small",
                &SMALL.replace("on Monday\", \"nth\": 0}}", "on Friday\"}}")
            )
            .is_err()
        );
    }

    #[test]
    fn half_of_the_shorter_is_the_same_reading() {
        let at = |start, end| Place {
            article: 0,
            start,
            end,
        };
        assert!(at(0, 100).matches(&at(10, 20)));
        assert!(at(0, 10).matches(&at(5, 15)));
        assert!(!at(0, 10).matches(&at(6, 16)));
        assert!(!at(0, 10).matches(&Place {
            article: 1,
            start: 0,
            end: 10
        }));
        assert!(at(0, 10).touches(&at(9, 30)) && !at(0, 10).touches(&at(10, 30)));
        assert!(at(0, 10).holds(&at(0, 10)) && !at(0, 10).holds(&at(9, 11)));
    }
}
