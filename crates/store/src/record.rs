//! An article as it lies on disk, version 1: JSON, so that later versions may add fields. In: the
//! article as `page` read it. Out: bytes; and back. Refuses bytes whose spans do not fit their text.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use model::{
    About, Article, ArticleId, Block, BlockKind, ClaimReview, Credit, Field, Genre, Provenance,
    Published, Rating, Sha256, Sign, SignKind, SourceRun, Text, Warning,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Record {
    id: String,
    path: String,
    url: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    authors: Vec<String>,
    published: Option<When>,
    language: Option<String>,
    text: String,
    /// First byte, one past the last, kind.
    blocks: Vec<(usize, usize, u8)>,
    credits: Vec<(String, String)>,
    signs: Vec<(u8, String)>,
    warnings: Vec<(u8, String)>,
    source: Vec<(u32, u32, u32)>,
    /// Absent from what older versions wrote.
    #[serde(default)]
    about: Aside,
}

/// What a page says of itself beside. The fields' and origins' numbers are their places in their lists.
#[derive(Default, Serialize, Deserialize)]
struct Aside {
    modified: Option<When>,
    section: Option<String>,
    keywords: Vec<String>,
    free: Option<bool>,
    found: Vec<(u8, u8)>,
    #[serde(default)]
    captions: Vec<String>,
    /// The times of a live blog's entries: number of the block, time of day.
    #[serde(default)]
    times: Vec<(usize, String)>,
    /// Absent from what older versions wrote, and where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reviews: Vec<Checked>,
}

/// A claim that a page says it checked.
#[derive(Serialize, Deserialize)]
struct Checked {
    claim: String,
    by: Vec<String>,
    by_url: Option<String>,
    url: Option<String>,
    published: Option<When>,
    /// In words, value, best, worst.
    rating: [Option<String>; 4],
    claimants: Vec<String>,
    claimed: Option<When>,
    appearances: Vec<String>,
    found: u8,
}

/// Day, time of day, seconds east of Greenwich.
type When = (String, Option<String>, Option<i32>);

const BLOCKS: [BlockKind; 8] = [
    BlockKind::Paragraph,
    BlockKind::Heading,
    BlockKind::ListItem,
    BlockKind::Quote,
    BlockKind::Note,
    BlockKind::Standfirst,
    BlockKind::Table,
    BlockKind::Post,
];
/// The number of an entry of a live blog among kinds of blocks; its time stands beside.
const ENTRY: u8 = 8;
const SIGNS: [SignKind; 4] = [
    SignKind::SourceLink,
    SignKind::AgencyByline,
    SignKind::Truncated,
    SignKind::Corrected,
];
/// The genres' numbers among warnings: from here, in their order; other warnings are counted on from 100.
const GENRE: u8 = 9;
/// The number of the warning of lines that recur.
const RECURRING: u8 = 101;

/// The bytes of an article, not packed.
pub fn write(article: &Article) -> Vec<u8> {
    let record = Record {
        id: article.id.to_string(),
        path: article.path.clone(),
        url: article.url.clone(),
        outlet: article.outlet.clone(),
        title: article.title.clone(),
        authors: article.authors.clone(),
        published: article.published.map(stamp),
        language: article.language.clone(),
        text: article.text.as_str().to_owned(),
        blocks: article
            .blocks
            .iter()
            .map(|b| (b.span.start(), b.span.end(), block_number(b.kind)))
            .collect(),
        credits: article
            .credits
            .iter()
            .map(|credit| (credit.name.clone(), credit.line.clone()))
            .collect(),
        signs: article
            .signs
            .iter()
            .map(|sign| (at(&SIGNS, &sign.kind), sign.line.clone()))
            .collect(),
        warnings: article.warnings.iter().map(warning).collect(),
        source: article
            .source
            .iter()
            .map(|run| (run.text, run.source, run.len))
            .collect(),
        about: Aside {
            times: times(&article.blocks),
            ..aside(&article.about)
        },
    };
    serde_json::to_vec(&record).unwrap_or_default()
}

/// The article of these bytes and this hash.
pub fn read(bytes: &[u8], sha256: Sha256) -> Option<Article> {
    let record: Record = serde_json::from_slice(bytes).ok()?;
    let text = Text::new(&record.text);
    let times = &record.about.times;
    let blocks = record.blocks.iter().enumerate();
    let blocks = blocks.map(|(number, &(start, end, kind))| {
        let entry = || {
            let at = times.binary_search_by_key(&number, |(block, _)| *block);
            Some(BlockKind::Entry(times[at.ok()?].1.parse().ok()?))
        };
        Some(Block {
            span: text.span(start..end).ok()?,
            kind: match kind {
                ENTRY => entry()?,
                kind => *BLOCKS.get(usize::from(kind))?,
            },
        })
    });
    let blocks: Vec<Block> = blocks.collect::<Option<_>>()?;
    let signs = record.signs.into_iter().map(|(kind, line)| {
        let kind = *SIGNS.get(usize::from(kind))?;
        Some(Sign { kind, line })
    });
    Some(Article {
        id: ArticleId::new(&record.id),
        path: record.path,
        url: record.url,
        sha256,
        outlet: record.outlet,
        owner: None,
        title: record.title,
        authors: record.authors,
        published: record.published.and_then(when),
        language: record.language,
        blocks,
        text,
        credits: record
            .credits
            .into_iter()
            .map(|(name, line)| Credit { name, line })
            .collect(),
        signs: signs.collect::<Option<_>>()?,
        warnings: record
            .warnings
            .into_iter()
            .filter_map(|(kind, what)| unwarned(kind, what))
            .collect(),
        source: record
            .source
            .into_iter()
            .map(|(text, source, len)| SourceRun { text, source, len })
            .collect(),
        about: about(record.about),
    })
}

fn stamp(at: Published) -> When {
    let time = at.time.map(|time| time.to_string());
    (at.date.to_string(), time, at.offset.map(Offset::seconds))
}

fn aside(about: &About) -> Aside {
    let number = |(field, origin)| (at(&Field::ALL, field), at(&Provenance::ALL, origin));
    let found = about.found.iter().map(|(field, origin)| (field, origin));
    Aside {
        modified: about.modified.map(stamp),
        section: about.section.clone(),
        keywords: about.keywords.clone(),
        free: about.free,
        found: found.map(number).collect(),
        captions: about.captions.clone(),
        times: Vec::new(),
        reviews: about.reviews.iter().map(checked).collect(),
    }
}

fn checked(review: &ClaimReview) -> Checked {
    let Rating {
        name,
        value,
        best,
        worst,
    } = review.rating.clone();
    Checked {
        claim: review.claim.clone(),
        by: review.by.clone(),
        by_url: review.by_url.clone(),
        url: review.url.clone(),
        published: review.published.map(stamp),
        rating: [name, value, best, worst],
        claimants: review.claimants.clone(),
        claimed: review.claimed.map(stamp),
        appearances: review.appearances.clone(),
        found: at(&Provenance::ALL, &review.found),
    }
}

fn review(checked: Checked) -> Option<ClaimReview> {
    let [name, value, best, worst] = checked.rating;
    Some(ClaimReview {
        claim: checked.claim,
        by: checked.by,
        by_url: checked.by_url,
        url: checked.url,
        published: checked.published.and_then(when),
        rating: Rating {
            name,
            value,
            best,
            worst,
        },
        claimants: checked.claimants,
        claimed: checked.claimed.and_then(when),
        appearances: checked.appearances,
        found: *Provenance::ALL.get(usize::from(checked.found))?,
    })
}

fn about(aside: Aside) -> About {
    let mut about = About {
        modified: aside.modified.and_then(when),
        section: aside.section,
        keywords: aside.keywords,
        free: aside.free,
        found: Vec::new(),
        captions: aside.captions,
        reviews: aside.reviews.into_iter().filter_map(review).collect(),
    };
    for (field, origin) in aside.found {
        let field = Field::ALL.get(usize::from(field));
        if let Some((field, origin)) = field.zip(Provenance::ALL.get(usize::from(origin))) {
            about.note(*field, *origin);
        }
    }
    about
}

fn when((date, time, offset): When) -> Option<Published> {
    Some(Published {
        date: date.parse::<Date>().ok()?,
        time: time.and_then(|time| time.parse::<Time>().ok()),
        offset: offset.and_then(|seconds| Offset::from_seconds(seconds).ok()),
    })
}

fn block_number(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Entry(_) => ENTRY,
        kind => at(&BLOCKS, &kind),
    }
}

/// The numbers and times of the blocks that are entries.
fn times(blocks: &[Block]) -> Vec<(usize, String)> {
    let numbered = blocks.iter().enumerate();
    let times = numbered.filter_map(|(number, block)| match block.kind {
        BlockKind::Entry(time) => Some((number, time.to_string())),
        _ => None,
    });
    times.collect()
}

fn at<T: PartialEq>(kinds: &[T], kind: &T) -> u8 {
    kinds.iter().position(|known| known == kind).unwrap_or(0) as u8
}

fn warning(warning: &Warning) -> (u8, String) {
    match warning {
        Warning::Truncated => (0, String::new()),
        Warning::MixedLanguages => (1, String::new()),
        Warning::BadBytes { charset } => (2, charset.clone()),
        Warning::DamagedWords { count } => (3, count.to_string()),
        Warning::Limit { what } => (4, what.clone()),
        Warning::BrokenMetadata { what } => (5, what.clone()),
        Warning::Short => (6, String::new()),
        Warning::OtherNames { flags } => (7, flags.clone()),
        Warning::Mojibake { count } => (8, count.to_string()),
        Warning::Recurring { count } => (RECURRING, count.to_string()),
        Warning::Genre { genre, says } => (genre_number(*genre), says.clone()),
        // One that this version does not know is not kept.
        _ => (u8::MAX, String::new()),
    }
}

fn unwarned(kind: u8, what: String) -> Option<Warning> {
    Some(match kind {
        0 => Warning::Truncated,
        1 => Warning::MixedLanguages,
        2 => Warning::BadBytes { charset: what },
        3 => Warning::DamagedWords {
            count: what.parse().ok()?,
        },
        4 => Warning::Limit { what },
        5 => Warning::BrokenMetadata { what },
        6 => Warning::Short,
        7 => Warning::OtherNames { flags: what },
        8 => Warning::Mojibake {
            count: what.parse().ok()?,
        },
        RECURRING => Warning::Recurring {
            count: what.parse().ok()?,
        },
        kind => Warning::Genre {
            genre: *Genre::ALL.get(usize::from(kind.checked_sub(GENRE)?))?,
            says: what,
        },
    })
}

fn genre_number(genre: Genre) -> u8 {
    GENRE + at(&Genre::ALL, &genre)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_comes_back_as_it_was() {
        let text = Text::new("Nine died.\nThe rope snapped.\n");
        let span = |range| text.span(range).expect("a span");
        let article = Article {
            id: ArticleId::new("a1"),
            path: "x.html".to_owned(),
            url: Some("https://example.org/x".to_owned()),
            sha256: Sha256([7; 32]),
            outlet: Some("Morgen".to_owned()),
            owner: None,
            title: Some("Cable car falls".to_owned()),
            authors: vec!["Ada Lorne".to_owned()],
            published: Some(Published {
                date: Date::constant(2023, 3, 18),
                time: Some(Time::constant(9, 30, 0, 0)),
                offset: Offset::from_seconds(3600).ok(),
            }),
            language: Some("en".to_owned()),
            about: About {
                modified: Some(Published::day(Date::constant(2023, 3, 19))),
                section: Some("Town".to_owned()),
                keywords: vec!["cable".to_owned()],
                free: Some(false),
                found: vec![
                    (Field::Title, Provenance::Heading),
                    (Field::Url, Provenance::Tag),
                ],
                captions: vec!["The cable car in March.".to_owned()],
                reviews: vec![ClaimReview {
                    claim: "Ten died".to_owned(),
                    by: vec!["Rope Check".to_owned()],
                    by_url: Some("https://rope.example/".to_owned()),
                    url: None,
                    published: Some(Published::day(Date::constant(2023, 3, 20))),
                    rating: Rating {
                        name: Some("False".to_owned()),
                        value: Some("1".to_owned()),
                        best: Some("5".to_owned()),
                        worst: None,
                    },
                    claimants: vec!["Tom Orl".to_owned()],
                    claimed: None,
                    appearances: vec!["https://posts.example/1".to_owned()],
                    found: Provenance::Property,
                }],
            },
            blocks: vec![
                Block {
                    span: span(0..10),
                    kind: BlockKind::Heading,
                },
                Block {
                    span: span(11..28),
                    kind: BlockKind::Entry(Time::constant(14, 5, 0, 0)),
                },
            ],
            credits: vec![Credit {
                name: "AP".to_owned(),
                line: "By AP".to_owned(),
            }],
            signs: vec![Sign {
                kind: SignKind::Truncated,
                line: "Read more".to_owned(),
            }],
            warnings: vec![
                Warning::Short,
                Warning::DamagedWords { count: 3 },
                Warning::Genre {
                    genre: Genre::RoundUp,
                    says: "In brief".to_owned(),
                },
            ],
            source: vec![SourceRun {
                text: 0,
                source: 40,
                len: 10,
            }],
            text,
        };
        let again = read(&write(&article), article.sha256).expect("an article");
        assert_eq!(format!("{again:?}"), format!("{article:?}"));
        assert!(read(b"{}", article.sha256).is_none());
    }
}
