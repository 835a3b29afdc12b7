//! Findings made by hand that fill every field: three stories about invented people and places, by
//! invented outlets. The kept outputs in `tests/ref` show them in every format.

mod pages;
mod texts;

use jiff::civil::{Time, date};
use model::*;

pub use pages::article;
pub use texts::TEXTS;

/// The spans of one text.
struct At<'t>(ArticleIx, &'t Text);

impl At<'_> {
    fn span(&self, words: &str) -> Span {
        let start = self
            .1
            .as_str()
            .find(words)
            .unwrap_or_else(|| panic!("no {words:?}"));
        self.1.span(start..start + words.len()).unwrap()
    }

    fn says(&self, words: &str) -> Mention {
        Mention {
            article: self.0,
            span: self.span(words),
        }
    }
}

/// Positions in a list.
fn places<Ix>(numbers: &[usize], ix: fn(usize) -> Ix) -> Vec<Ix> {
    numbers.iter().copied().map(ix).collect()
}

fn reason(kind: ReasonKind, articles: &[usize], words: Option<&str>) -> Reason {
    Reason {
        kind,
        articles: places(articles, ArticleIx::new),
        words: words.map(Into::into),
    }
}

fn all<const N: usize, T>(items: Vec<T>) -> AtLeast<N, T> {
    AtLeast::new(items).unwrap()
}

fn ferry(docs: &[Document]) -> ComparedStory {
    let [post, tide, courier, mill, plain] =
        [0, 1, 2, 3, 4].map(|index| At(ArticleIx::new(index), &docs[index].article.text));
    let name = |kind, clearest: Mention, mentions: Vec<Mention>, roles: Vec<Mention>| StoryName {
        kind,
        clearest,
        mentions: all(mentions),
        roles,
    };
    let names = vec![
        name(
            NameKind::Person,
            post.says("Ilse Brandvold"),
            vec![
                post.says("Ilse Brandvold"),
                tide.says("Ilse Brandvold"),
                courier.says("Brandvold"),
                mill.says("Ilse Brandwold"),
            ],
            vec![post.says("harbour master"), mill.says("harbor master")],
        ),
        name(
            NameKind::Person,
            post.says("Tomas Reyk"),
            vec![post.says("Tomas Reyk"), plain.says("Tomas Reyk")],
            vec![post.says("Transport Minister")],
        ),
        name(
            NameKind::Organisation,
            post.says("port authority"),
            vec![post.says("port authority"), tide.says("port authority")],
            vec![],
        ),
        name(
            NameKind::Place,
            post.says("Velmara"),
            vec![
                post.says("Velmara"),
                tide.says("Velmara"),
                courier.says("Velmara"),
                mill.says("Velmara"),
                plain.says("𝔙elmara"),
            ],
            vec![],
        ),
        name(
            NameKind::Other,
            post.says("Maid of Orsa"),
            vec![
                post.says("Maid of Orsa"),
                tide.says("Maid of Orsa"),
                mill.says("Maid of Orsa"),
            ],
            vec![],
        ),
    ];
    let struck = [
        post.says("Nine people were hurt when the ferry Maid of Orsa struck the east pier of Velmara on Tuesday morning"),
        tide.says("Nine people were hurt when the ferry Maid of Orsa struck the east pier of Velmara on Tuesday morning"),
        mill.says("Nine peoples were hurt when the ferrry Maid of Orsa stroke the east pear of Velmara on Tuesday morning"),
    ];
    let passage = |a: &Mention, b: &Mention| Passage { a: *a, b: *b };
    let copies = vec![
        Copy {
            a: ArticleIx::new(0),
            b: ArticleIx::new(1),
            kind: CopyKind::Excerpt,
            direction: Direction::BFromA,
            share_a: 0.52341,
            share_b: 0.9127,
            because: vec![
                reason(ReasonKind::Dates, &[0, 1], None),
                reason(ReasonKind::Credit, &[1], Some("Coastal News Agency")),
            ],
            passages: NonEmpty::one(passage(&struck[0], &struck[1])),
        },
        Copy {
            a: ArticleIx::new(1),
            b: ArticleIx::new(3),
            kind: CopyKind::Rewrite,
            direction: Direction::BFromA,
            share_a: 0.61,
            share_b: 0.58,
            because: vec![
                reason(ReasonKind::DamagedWords, &[3], Some("ferrry")),
                reason(ReasonKind::SourceLink, &[3], Some("Source link")),
            ],
            passages: NonEmpty::one(passage(&struck[1], &struck[2])),
        },
        Copy {
            a: ArticleIx::new(0),
            b: ArticleIx::new(2),
            kind: CopyKind::SharedSource,
            direction: Direction::Unknown,
            share_a: 0.08,
            share_b: f64::NAN,
            because: vec![reason(ReasonKind::SharedStatement, &[0, 2], None)],
            passages: NonEmpty::one(passage(
                &post.says("The vessel came in too fast"),
                &courier.says("The vessel came in too fast"),
            )),
        },
    ];
    let reading = |at: &At<'_>, form, parts: &[&str], cue: &str, source: &str, speaker| {
        let parts: Vec<Mention> = parts.iter().map(|words| at.says(words)).collect();
        let span = parts.iter().map(|p| p.span).reduce(Span::hull).unwrap();
        QuoteReading {
            mention: Mention {
                article: at.0,
                span,
            },
            form,
            parts: all(parts),
            cue: Some(at.says(cue)),
            source: Some(at.says(source)),
            speaker,
            resolution: Resolution::Named,
            confidence: Confidence::Certain,
            rule: "quote-source-verb",
        }
    };
    let difference =
        |kind, readings: [usize; 2], a: Option<Mention>, b: Option<Mention>| Difference {
            kind,
            readings: readings.map(QuoteReadingIx::new),
            sides: [a, b],
        };
    let quotes = vec![
        Utterance {
            speaker: Some(NameIx::new(0)),
            speaker_text: Some(post.says("harbour master Ilse Brandvold")),
            readings: all(vec![
                reading(
                    &post,
                    Form::Direct,
                    &["The vessel came in too fast and could not be stopped,"],
                    "told",
                    "harbour master Ilse Brandvold",
                    Some(NameIx::new(0)),
                ),
                reading(
                    &tide,
                    Form::Direct,
                    &["The vessel came in too fast and could not be stopped,"],
                    "told",
                    "harbour master Ilse Brandvold",
                    Some(NameIx::new(0)),
                ),
                reading(
                    &courier,
                    Form::Direct,
                    &["The vessel came in too fast,", "It simply would not stop."],
                    "said",
                    "Ms. Brandvold",
                    Some(NameIx::new(0)),
                ),
                reading(
                    &mill,
                    Form::Direct,
                    &["The ship arrived too fast and could not be held,"],
                    "informed",
                    "harbor master Ilse Brandwold",
                    Some(NameIx::new(0)),
                ),
            ]),
            differences: vec![
                difference(
                    DifferenceKind::Wording,
                    [0, 2],
                    Some(post.says("and could not be stopped")),
                    Some(courier.says("It simply would not stop")),
                ),
                difference(
                    DifferenceKind::Truncated,
                    [0, 2],
                    Some(post.says(" and could not be stopped")),
                    None,
                ),
                difference(
                    DifferenceKind::Translation,
                    [0, 3],
                    Some(post.says("vessel came in")),
                    Some(mill.says("ship arrived")),
                ),
                difference(
                    DifferenceKind::Wording,
                    [1, 3],
                    Some(tide.says("stopped")),
                    Some(mill.says("held")),
                ),
                difference(
                    DifferenceKind::Speaker,
                    [0, 3],
                    Some(post.says("Ilse Brandvold")),
                    Some(mill.says("Ilse Brandwold")),
                ),
            ],
        },
        Utterance {
            speaker: None,
            speaker_text: None,
            readings: NonEmpty::one(QuoteReading {
                mention: courier
                    .says("The crane lifted the wreck before divers searched the basin"),
                form: Form::Indirect,
                parts: NonEmpty::one(
                    courier.says("The crane lifted the wreck before divers searched the basin"),
                ),
                cue: None,
                source: None,
                speaker: None,
                resolution: Resolution::None,
                confidence: Confidence::Unclear,
                rule: "indirect",
            }),
            differences: vec![],
        },
    ];
    let states =
        |mention: Mention, stance, attributed_to: &[usize], source: Option<Mention>| ClaimReading {
            near: false,
            carried: None,
            mention,
            stance,
            attributed_to: places(attributed_to, NameIx::new),
            source,
        };
    let asserts = |mention: Mention| states(mention, Stance::Asserts, &[], None);
    let origins = |low, high, because| Origins { low, high, because };
    let claims = vec![
        Claim {
            clearest: ReadingIx::new(0),
            readings: all(vec![
                ClaimReading {
                    carried: Some(
                        post.says("the ferry Maid of Orsa struck the east pier")
                            .span,
                    ),
                    ..states(
                        struck[0],
                        Stance::Asserts,
                        &[2],
                        Some(post.says("the port authority")),
                    )
                },
                asserts(struck[1]),
                asserts(struck[2]),
            ]),
            outlets: 3,
            origins: origins(
                1,
                1,
                vec![
                    reason(ReasonKind::SharedPassages, &[0, 1, 3], None),
                    reason(ReasonKind::SameSpeaker, &[0, 1], Some("port authority")),
                ],
            ),
            verdict: Verdict::SingleOrigin,
            absent_from: places(&[4], ArticleIx::new),
        },
        Claim {
            clearest: ReadingIx::new(1),
            readings: all(vec![
                states(
                    courier.says("At least 14 people were hurt in Tuesday’s crash in Velmara"),
                    Stance::Asserts,
                    &[],
                    Some(courier.says("the city hospital")),
                ),
                asserts(plain.says("The catastrophe on the pier hurt 14 people.")),
            ]),
            outlets: 2,
            origins: origins(
                1,
                2,
                vec![reason(ReasonKind::NoSharedOriginFound, &[2, 4], None)],
            ),
            verdict: Verdict::Corroborated {
                apart: [0, 1].map(ReadingIx::new),
            },
            absent_from: places(&[0, 1, 3], ArticleIx::new),
        },
        Claim {
            clearest: ReadingIx::new(1),
            readings: all(vec![
                states(
                    post.says("inspectors had warned of the brakes in March"),
                    Stance::Denies,
                    &[1],
                    Some(post.says("Tomas Reyk")),
                ),
                asserts(courier.says("Inspectors warned of worn brakes in March")),
                states(
                    plain.says("no warning about the brakes ever reached his ministry"),
                    Stance::Denies,
                    &[1],
                    Some(plain.says("𝔙elmara’s minister Tomas Reyk")),
                ),
            ]),
            outlets: 3,
            origins: origins(
                2,
                2,
                vec![reason(ReasonKind::SameSpeaker, &[0, 4], Some("Tomas Reyk"))],
            ),
            verdict: Verdict::Disputed {
                disputes: NonEmpty::one(DisputeIx::new(0)),
            },
            absent_from: places(&[1, 3], ArticleIx::new),
        },
        Claim {
            clearest: ReadingIx::new(0),
            readings: NonEmpty::one(asserts(
                courier.says("A union of deckhands called for a strike on Friday."),
            )),
            outlets: 1,
            origins: origins(1, 1, vec![]),
            verdict: Verdict::OnlyHere,
            absent_from: places(&[0, 1, 3, 4], ArticleIx::new),
        },
        Claim {
            clearest: ReadingIx::new(0),
            readings: NonEmpty::one(states(
                plain.says("No outlet has yet named the helmsman."),
                Stance::Questions,
                &[],
                None,
            )),
            outlets: 1,
            origins: origins(1, 1, vec![]),
            verdict: Verdict::OnlyHere,
            absent_from: places(&[0, 1, 2, 3], ArticleIx::new),
        },
    ];
    let side = |label: Mention, claims: &[usize], mentions: Vec<Mention>, held_by: &[usize]| Side {
        label,
        claims: places(claims, ClaimIx::new),
        mentions: all(mentions),
        held_by: places(held_by, NameIx::new),
    };
    let disputes = vec![
        Dispute {
            kind: DisputeKind::Denial,
            question: all(vec![courier.says("Inspectors"), courier.says("brakes"), post.says("March")]),
            sides: all(vec![
                side(courier.says("Inspectors warned of worn brakes in March"), &[2], vec![courier.says("Inspectors warned of worn brakes in March, a report seen by the Courier shows.")], &[]),
                side(
                    plain.says("no warning about the brakes ever reached his ministry"),
                    &[2],
                    vec![post.says("Transport Minister Tomas Reyk denied that inspectors had warned of the brakes in March."), plain.says("no warning about the brakes ever reached his ministry")],
                    &[1],
                ),
            ]),
        },
        Dispute {
            kind: DisputeKind::Number,
            question: all(vec![post.says("people"), post.says("hurt")]),
            sides: all(vec![
                side(post.says("Nine"), &[0], struck.to_vec(), &[2]),
                side(courier.says("At least 14"), &[1], vec![courier.says("At least 14 people were hurt"), plain.says("hurt 14 people")], &[]),
            ]),
        },
        Dispute {
            kind: DisputeKind::Order,
            question: all(vec![post.says("Divers searched the basin"), post.says("the crane lifted the wreck")]),
            sides: all(vec![
                side(post.says("Divers searched the basin before the crane lifted the wreck"), &[], vec![post.says("Divers searched the basin before the crane lifted the wreck.")], &[]),
                side(courier.says("The crane lifted the wreck before divers searched the basin"), &[], vec![courier.says("The crane lifted the wreck before divers searched the basin")], &[]),
            ]),
        },
    ];
    let tuesday = date(2031, 5, 6);
    let event = |when, mentions: Vec<Mention>, claims: &[usize]| Event {
        when,
        mentions: all(mentions),
        claims: places(claims, ClaimIx::new),
    };
    let timeline = vec![
        event(
            When::month(date(2031, 3, 1)),
            vec![courier.says("Inspectors warned of worn brakes in March")],
            &[2],
        ),
        event(
            When {
                start: tuesday,
                end: tuesday,
                time: Some(Time::constant(6, 40, 0, 0)),
                precision: Precision::Time,
            },
            vec![post.says("The ferry left Karsund at 6.40 a.m.")],
            &[],
        ),
        event(When::day(tuesday), struck.to_vec(), &[0]),
        event(
            When {
                start: date(2031, 5, 9),
                end: date(2031, 5, 11),
                time: None,
                precision: Precision::Day,
            },
            vec![courier.says("A union of deckhands called for a strike on Friday.")],
            &[3],
        ),
        event(
            When::year(date(2032, 1, 1)),
            vec![plain.says("No outlet has yet named the helmsman.")],
            &[],
        ),
    ];
    let wording = vec![
        Wording {
            about: Subject::Claim(ClaimIx::new(0)),
            choices: all(vec![
                Choice {
                    mentions: NonEmpty::one(courier.says("crash")),
                },
                Choice {
                    mentions: NonEmpty::one(plain.says("catastrophe")),
                },
            ]),
        },
        Wording {
            about: Subject::Name(NameIx::new(0)),
            choices: all(vec![
                Choice {
                    mentions: all(vec![
                        post.says("harbour master"),
                        tide.says("harbour master"),
                    ]),
                },
                Choice {
                    mentions: NonEmpty::one(mill.says("harbor master")),
                },
            ]),
        },
    ];
    let sentence = |mention: Mention, also: Vec<Mention>, claims: &[usize]| BriefSentence {
        mention,
        also,
        claims: places(claims, ClaimIx::new),
    };
    let brief = vec![
        sentence(post.says("Nine people were hurt when the ferry Maid of Orsa struck the east pier of Velmara on Tuesday morning, the port authority said."), vec![struck[1], struck[2]], &[0]),
        sentence(courier.says("At least 14 people were hurt in Tuesday’s crash in Velmara, according to the city hospital."), vec![plain.says("The catastrophe on the pier hurt 14 people.")], &[1]),
        sentence(courier.says("Inspectors warned of worn brakes in March, a report seen by the Courier shows."), vec![], &[2]),
        sentence(courier.says("A union of deckhands called for a strike on Friday."), vec![], &[3]),
    ];
    ComparedStory {
        story: Story {
            id: "s-post-1".into(),
            earlier: None,
            place: Some(NameIx::new(3)),
            keywords: vec![post.says("ferry"), courier.says("crash")],
            title_from: ArticleIx::new(0),
            ids: all(docs[..5].iter().map(|doc| doc.article.id.clone()).collect()),
            articles: all(DocumentIx::of(5).collect()),
            days: Some(When {
                start: tuesday,
                end: date(2031, 5, 7),
                time: None,
                precision: Precision::Day,
            }),
            copies,
            rewrites: vec![Rewrite {
                article: ArticleIx::new(3),
                because: NonEmpty::one(reason(ReasonKind::DamagedWords, &[3], Some("ferrry"))),
            }],
            names,
            name_of: vec![vec![]; 5],
            decided: Default::default(),
        },
        comparison: Comparison {
            checks: vec![Check {
                claim: ClaimIx::new(0),
                article: ArticleIx::new(2),
                review: ReviewIx::new(0),
            }],
            quotes,
            claims,
            disputes,
            timeline,
            wording,
            brief,
        },
    }
}

/// A story with nothing but its articles.
pub fn bare(id: &str, indices: &[usize], docs: &[Document]) -> ComparedStory {
    ComparedStory {
        story: Story {
            id: id.into(),
            earlier: Some("s-post-1".into()),
            place: None,
            keywords: vec![],
            title_from: ArticleIx::new(0),
            articles: all(places(indices, DocumentIx::new)),
            ids: all(indices
                .iter()
                .map(|&index| docs[index].article.id.clone())
                .collect()),
            days: None,
            copies: vec![],
            rewrites: vec![],
            names: vec![],
            name_of: vec![vec![]; indices.len()],
            decided: Default::default(),
        },
        comparison: Comparison::default(),
    }
}

/// Three stories, seven articles, and inputs of every kind that gave none.
pub fn findings() -> Findings {
    let mut documents = pages::pages();
    documents.push(Document::new(article(
        "fair-1",
        "more/fair.txt",
        None,
        None,
        "The spring fair of Karsund opens on Sunday.\nStalls line the quay.\n",
    )));
    documents.push(Document::new(article(
        "fair-2",
        "more/fair2.txt",
        Some("Karsund Notes"),
        Some("Fair opens"),
        "Karsund’s fair will open on Sunday.\n",
    )));
    documents.push(Document::new(article(
        "lone-1",
        "more/lone.txt",
        None,
        None,
        "",
    )));
    let stories = vec![
        ferry(&documents),
        bare("s-fair-1", &[5, 6], &documents),
        bare("s-lone-1", &[7], &documents),
    ];
    let skip = |path: &str, reason| Skipped {
        path: path.into(),
        reason,
    };
    let skipped = vec![
        skip("more/archive.bin", SkipReason::Binary),
        skip("more/empty.html", SkipReason::Empty),
        skip("more/huge.html", SkipReason::TooLarge { limit: 50_000_000 }),
        skip("more/links.html", SkipReason::NoArticle),
        skip(
            "more/post (copy).html",
            SkipReason::Duplicate {
                of: "pages/post.html".into(),
            },
        ),
        skip(
            "more/records.jsonl:3",
            SkipReason::BadRecord("expected value at line 1 column 1".into()),
        ),
    ];
    Findings {
        documents,
        skipped,
        stories,
    }
}
