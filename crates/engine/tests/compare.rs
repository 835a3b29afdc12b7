//! Comparisons against `tests/suite/compare`: short stories of invented articles, each followed by
//! what must, and what must not, be found in them. The whole program runs on them, from records.

use std::path::{Path, PathBuf};

use engine::model::{Comparison, Document, Findings, Mention, Verdict};
use engine::{Engine, Input, Options, Silent};

/// One story and what is expected of it.
struct Case {
    name: String,
    /// Outlet, day of publication, text.
    articles: Vec<(String, Option<String>, String)>,
    expected: Vec<String>,
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite/compare");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{folder:?}: {e}"));
    let mut files: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.sort();
    assert!(!files.is_empty(), "{folder:?} holds no case");
    files
}

fn case(text: &str) -> Case {
    let mut lines = text.lines();
    let name = lines.next().unwrap_or_default().to_owned();
    let (mut articles, mut expected) = (Vec::new(), Vec::new());
    for line in lines.filter(|line| !line.trim().is_empty()) {
        if let Some(head) = line.strip_prefix("-- ") {
            let (outlet, day) = match head.split_once(" @ ") {
                Some((outlet, day)) => (outlet, Some(day.to_owned())),
                None => (head, None),
            };
            articles.push((outlet.to_owned(), day, String::new()));
        } else if let Some(line) = line.strip_prefix("=> ") {
            expected.push(line.to_owned());
        } else if let Some((_, _, text)) = articles.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    Case {
        name,
        articles,
        expected,
    }
}

fn quoted(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("\"{escaped}\"")
}

fn read(engine: &Engine, case: &Case) -> Findings {
    let inputs: Vec<_> = case
        .articles
        .iter()
        .enumerate()
        .map(|(index, (outlet, day, text))| {
            let day = day
                .as_deref()
                .map(|day| format!("\"published\": {}, ", quoted(day)))
                .unwrap_or_default();
            let record = format!(
                "{{\"id\": \"a{index}\", \"outlet\": {}, {day}\"text\": {}}}\n",
                quoted(outlet),
                quoted(text)
            );
            Ok(Input {
                path: format!("a{index}.jsonl"),
                bytes: record.into_bytes(),
                ..Input::default()
            })
        })
        .collect();
    engine.read(inputs, &Silent)
}

/// One story's findings, and the words of its mentions.
struct Seen<'a> {
    documents: &'a [Document],
    story: &'a engine::model::ComparedStory,
}

impl Seen<'_> {
    fn comparison(&self) -> &Comparison {
        &self.story.comparison
    }

    fn says(&self, mention: &Mention, words: &str) -> bool {
        let index = self.story.story.articles[mention.article as usize];
        self.documents[index as usize]
            .get(mention.span)
            .contains(words)
    }

    fn any(&self, mentions: &[Mention], words: &str) -> bool {
        mentions.iter().any(|mention| self.says(mention, words))
    }

    /// Whether two readings of an utterance differ in these words, each on one side.
    fn differ(&self, words: &[&str]) -> bool {
        let utterances = self.comparison().quotes.iter();
        let mut differences = utterances.flat_map(|one| &one.differences);
        differences.any(|difference| {
            let sides: Vec<Mention> = difference.sides.iter().flatten().copied().collect();
            words.iter().all(|words| self.any(&sides, words))
        })
    }

    /// Whether a line of expectations holds.
    fn holds(&self, line: &str) -> bool {
        let (what, words) = line.split_once(" | ").unwrap_or((line, ""));
        let words: Vec<&str> = words.split(" | ").collect();
        let of = |claim: &engine::model::Claim| -> Vec<Mention> {
            claim.readings.iter().map(|r| r.mention).collect()
        };
        let claim = |words: &[&str]| {
            self.comparison().claims.iter().find(|claim| {
                let mentions = of(claim);
                words.iter().all(|words| self.any(&mentions, words))
            })
        };
        match what.split_once(' ').unwrap_or((what, "")) {
            ("claim", verdict) => claim(&words).is_some_and(|claim| {
                let found = match claim.verdict {
                    Verdict::Corroborated { .. } => "corroborated",
                    Verdict::SingleOrigin => "single-origin",
                    Verdict::OnlyHere => "only-here",
                    Verdict::Disputed { .. } => "disputed",
                };
                verdict.is_empty() || verdict == found
            }),
            ("apart", _) => claim(&words).is_none(),
            ("carried", _) => self.comparison().claims.iter().any(|claim| {
                let mut readings = claim.readings.iter();
                readings.any(|reading| {
                    let article = reading.mention.article;
                    let carried = reading.carried.map(|span| Mention { article, span });
                    carried.is_some_and(|carried| {
                        self.says(&reading.mention, words[1])
                            && self.says(&carried, words[0])
                            && !self.says(&carried, words[1])
                    })
                })
            }),
            ("shown", _) => claim(&words[1..]).is_some_and(|claim| {
                let shown = &claim.readings[claim.clearest as usize].mention;
                self.says(shown, words[0]) && matches!(claim.verdict, Verdict::Corroborated { .. })
            }),
            ("alone", _) => claim(&words)
                .is_none_or(|claim| !matches!(claim.verdict, Verdict::Corroborated { .. })),
            ("voices", _) => !self.comparison().quotes.iter().any(|utterance| {
                let read = |words: &&str| {
                    let mut readings = utterance.readings.iter();
                    readings.any(|reading| self.says(&reading.mention, words))
                };
                words.iter().all(read)
            }),
            ("dispute", kind) => self.comparison().disputes.iter().any(|dispute| {
                let side = |words: &str| {
                    dispute
                        .sides
                        .iter()
                        .position(|side| self.any(&side.mentions, words))
                };
                let sides: Vec<Option<usize>> = words.iter().map(|words| side(words)).collect();
                format!("{:?}", dispute.kind).to_lowercase() == kind
                    && sides.iter().all(Option::is_some)
                    && sides.windows(2).all(|pair| pair[0] != pair[1])
            }),
            ("no", _) => self.comparison().disputes.is_empty(),
            ("when", iso) => self.comparison().timeline.iter().any(|event| {
                event.when.iso() == iso
                    && words.iter().all(|words| self.any(&event.mentions, words))
            }),
            ("brief", _) => words.iter().all(|words| {
                let brief = &self.comparison().brief;
                brief
                    .iter()
                    .filter(|s| self.says(&s.mention, words))
                    .count()
                    == 1
            }),
            ("unbrief", _) => {
                let mut brief = self.comparison().brief.iter();
                !brief.any(|s| self.says(&s.mention, words[0]))
            }
            ("differs", _) => self.differ(&words),
            ("alike", _) => !self.differ(&words),
            ("absent", article) => claim(&words).is_some_and(|claim| {
                claim
                    .absent_from
                    .iter()
                    .any(|&index| self.story.story.ids[index as usize].as_str() == article)
            }),
            _ => panic!("not an expectation: {line}"),
        }
    }
}

/// Whether the passage that a claim shows is no loose match; and where the claim is called corroborated,
/// whether another article firmly states that passage.
fn confirmed_as_shown(claim: &engine::model::Claim) -> bool {
    let shown = &claim.readings[claim.clearest as usize];
    let mut others = claim.readings.iter();
    let other = others.any(|r| !r.near && r.mention.article != shown.mention.article);
    !shown.near && (other || !matches!(claim.verdict, Verdict::Corroborated { .. }))
}

#[test]
fn stories_compare_as_an_editor_would() {
    let engine = Engine::new(Options::default()).expect("the engine starts");
    let mut wrong = Vec::new();
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        for case in text.split("\n== ").skip(1).map(case) {
            let findings = read(&engine, &case);
            let Some(story) = findings.stories.first() else {
                wrong.push(format!("{}: no story", case.name));
                continue;
            };
            if story.story.articles.len() != case.articles.len() {
                wrong.push(format!("{}: {} stories", case.name, findings.stories.len()));
                continue;
            }
            let seen = Seen {
                documents: &findings.documents,
                story,
            };
            if !story.comparison.claims.iter().all(confirmed_as_shown) {
                wrong.push(format!(
                    "{}: a claim shows what nothing confirms",
                    case.name
                ));
            }
            for line in case.expected.iter().filter(|line| !seen.holds(line)) {
                let claims: Vec<Vec<&str>> = story
                    .comparison
                    .claims
                    .iter()
                    .map(|claim| {
                        claim
                            .readings
                            .iter()
                            .map(|r| {
                                let index = story.story.articles[r.mention.article as usize];
                                findings.documents[index as usize].get(r.mention.span)
                            })
                            .collect()
                    })
                    .collect();
                wrong.push(format!(
                    "{}: {line}\n  disputes {:?}\n  claims {claims:#?}",
                    case.name, story.comparison.disputes
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_that_the_user_has_chosen_are_one_story() {
    let options = Options {
        one_story: true,
        ..Options::default()
    };
    let pages = || {
        let texts = [
            "The ferry to Tarn sank on Monday. All forty passengers were saved by two fishing boats.",
            "Parliament in Brill raised the tax on sugar. The minister of finance called it overdue.",
        ];
        let inputs = texts.iter().enumerate().map(|(at, text)| {
            Ok(Input {
                path: format!("{at}.txt"),
                bytes: text.as_bytes().to_vec(),
                ..Input::default()
            })
        });
        inputs.collect::<Vec<_>>()
    };
    let stories = |engine: Engine| engine.read(pages(), &Silent).stories;
    let apart = stories(Engine::new(Options::default()).unwrap());
    assert_eq!(apart.len(), 2);
    let one = stories(Engine::new(options).unwrap());
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].story.articles.len(), 2);
}

#[test]
fn names_that_the_user_says_are_one_are_one() {
    let record = |id: &str, text: &str| {
        Ok(Input {
            path: format!("{id}.jsonl"),
            bytes: format!(
                "{{\"id\": \"{id}\", \"outlet\": \"{id}\", \"text\": {}}}\n",
                quoted(text)
            )
            .into_bytes(),
            ..Input::default()
        })
    };
    let inputs = || {
        vec![
            record(
                "Harl Post",
                "Mayor Mira Tolan opened the new bridge of Veskany on Monday.\nTolan said the bridge of Veskany cost nine million crowns.\n",
            ),
            record(
                "Orla Times",
                "Mayor Myra Dolanova opened the new bridge of Veskany on Monday.\nThe bridge of Veskany cost nine million crowns, Dolanova said.\n",
            ),
        ]
    };
    let people = |aliases: &str| -> Vec<usize> {
        let engine = Engine::new(Options {
            aliases: engine::Aliases::read(aliases).expect("a list"),
            ..Options::default()
        });
        let findings = engine.expect("the engine starts").read(inputs(), &Silent);
        assert_eq!(findings.stories.len(), 1);
        let story = &findings.stories[0].story;
        let people = story
            .names
            .iter()
            .filter(|n| n.kind == engine::model::NameKind::Person);
        people.map(|name| name.mentions.len()).collect()
    };
    assert_eq!(people(""), [2, 2]);
    assert_eq!(people("Mira Tolan: Myra Dolanova"), [4]);
}
