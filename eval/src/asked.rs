//! In: the sentences of `training/asked`, our own, and the invented stories that they are asked of, all articles of these
//! stories at once, as the program is asked. Out: how many are answered rightly, by what is right: somebody states it,
//! somebody contradicts it, nobody says anything of it. Those of the writers that nothing is trained on stand apart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use crossread::report::answer::{Answer, Passage};

use crate::comparison::{Place, Told, is_aside, told};
use crate::documents::{Given, article, published};
use crate::figures::{Better, Case, Scores};
use crate::lab::{Lab, bytes_of_code_points};
use crate::measure::share;

const KIND: &str = "asked";
const SETS: [(&str, bool); 2] = [("invented", false), ("invented, kept aside", true)];

/// A sentence that somebody asks, and what is right.
struct Question {
    right: Right,
    story: String,
    /// The mark of the passages that say something of it; `-` where none does.
    fact: String,
    says: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Right {
    Stated,
    Contradicted,
    Absent,
}

impl Right {
    const ALL: [(Right, &'static str); 3] = [
        (Right::Stated, "stated"),
        (Right::Contradicted, "contradicted"),
        (Right::Absent, "absent"),
    ];

    fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(right, _)| *right == self)
            .map_or("", |(_, name)| name)
    }
}

/// How an answer went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Went {
    Rightly,
    /// Nobody is said to state or contradict it, though somebody does.
    Blank,
    Wrongly,
}

/// Scores the sentences.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    let questions = questions()?;
    for (set, aside) in SETS.into_iter().filter(|(set, _)| lab.wants(set)) {
        let of = |question: &&Question| is_aside(&question.story) == aside;
        let questions: Vec<&Question> = questions.iter().filter(of).collect();
        score_set(lab, set, &questions, &mut scores)?;
    }
    Ok(scores)
}

fn score_set(lab: &Lab, set: &str, questions: &[&Question], scores: &mut Scores) -> Result<()> {
    let stories: BTreeSet<&str> = questions.iter().map(|one| one.story.as_str()).collect();
    let stories: BTreeMap<&str, Told> = stories
        .into_iter()
        .map(|story| Ok((story, told(story)?)))
        .collect::<Result<_>>()?;
    let articles = stories.iter().flat_map(|(story, told)| {
        let pages = told.ids.iter().zip(&told.pages);
        pages.map(move |(id, page)| {
            article(Given {
                id: format!("{story}/{id}"),
                title: page.title.clone(),
                outlet: page.outlet.clone(),
                published: page.date.as_deref().and_then(published),
                language: "en".to_owned(),
                text: page.text.clone(),
            })
        })
    });
    let docs = lab.annotate(articles.collect());
    let mut went: BTreeMap<Right, Vec<Went>> = BTreeMap::new();
    let (mut on_it, mut listed) = (0, 0);
    for question in questions {
        let answer = desk::ask_of(&lab.engine, docs.clone(), &question.says, Some("en"))
            .with_context(|| question.says.clone())?;
        let told = stories.get(question.story.as_str()).context("a story")?;
        let on = |passage: &Passage| is_on(told, question, passage);
        let states: Vec<&Passage> = answer
            .statements
            .iter()
            .flat_map(|one| &one.states)
            .collect();
        let contradicts = answer.statements.iter().flat_map(|one| &one.contradicts);
        let contradicts: Vec<&Passage> = contradicts.map(|one| &one.passage).collect();
        let of = |passages: &[&Passage]| passages.iter().filter(|one| on(one)).count();
        let said = match question.right {
            Right::Stated => (of(&states), contradicts.len()),
            Right::Contradicted => (of(&contradicts), states.len()),
            Right::Absent => (0, states.len() + contradicts.len()),
        };
        let nothing = states.is_empty() && contradicts.is_empty();
        let how = match said {
            (_, 0) if question.right == Right::Absent => Went::Rightly,
            (1.., 0) => Went::Rightly,
            _ if nothing => Went::Blank,
            _ => Went::Wrongly,
        };
        went.entry(question.right).or_default().push(how);
        on_it += said.0;
        listed += states.len() + contradicts.len();
        if how != Went::Rightly {
            scores.cases.push(case(set, question, &answer, how));
        }
    }
    let count = |of: &[Went], how: Went| of.iter().filter(|one| **one == how).count();
    let all: Vec<Went> = went.values().flatten().copied().collect();
    let rightly = share(count(&all, Went::Rightly), all.len());
    scores.add(KIND, set, "answered rightly", rightly, Better::More);
    for (right, name) in Right::ALL {
        let of = went.get(&right).map(Vec::as_slice).unwrap_or_default();
        let mut add = |what: &str, how, better| {
            let value = share(count(of, how), of.len());
            scores.add(KIND, set, format!("{name}, {what}"), value, better);
        };
        add("rightly", Went::Rightly, Better::More);
        add("wrongly", Went::Wrongly, Better::Neither);
    }
    let name = "passages that say something of it";
    scores.add(KIND, set, name, share(on_it, listed), Better::More);
    Ok(())
}

/// Whether a passage is where the question's fact is told.
fn is_on(told: &Told, question: &Question, passage: &Passage) -> bool {
    let Some(id) = passage
        .mention
        .article
        .strip_prefix(question.story.as_str())
    else {
        return false;
    };
    let id = id.trim_start_matches('/');
    let Some(article) = told.ids.iter().position(|one| one == id) else {
        return false;
    };
    let bytes = told
        .pages
        .get(article)
        .map(|page| bytes_of_code_points(&page.text));
    let byte = |at: u32| bytes.as_ref()?.get(at as usize).copied();
    let (Some(start), Some(end)) = (byte(passage.mention.start), byte(passage.mention.end)) else {
        return false;
    };
    let place = Place {
        article,
        start,
        end,
    };
    let marked = told.marks.get(question.fact.as_str()).into_iter().flatten();
    marked.into_iter().any(|mark| mark.touches(&place))
}

fn case(set: &str, question: &Question, answer: &Answer, went: Went) -> Case {
    let mut found = Vec::new();
    for one in &answer.statements {
        found.extend(
            one.states
                .iter()
                .map(|p| format!("states: {}", p.mention.text)),
        );
        let against = one.contradicts.iter();
        found.extend(against.map(|p| format!("contradicts: {}", p.passage.mention.text)));
        found.extend(one.near.iter().map(|p| format!("near: {}", p.mention.text)));
    }
    Case {
        set: set.to_owned(),
        place: question.story.clone(),
        expected: format!("{} ({})", question.right.name(), question.fact),
        found: found.join("\n            "),
        context: question.says.clone(),
        weight: if went == Went::Wrongly { 2.0 } else { 1.0 },
    }
}

/// The sentences, each with what is right.
fn questions() -> Result<Vec<Question>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../training/asked/questions.tsv");
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    let line = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[right, story, fact, says] = fields.as_slice() else {
            anyhow::bail!("{line}: not four fields");
        };
        let right = Right::ALL.iter().find(|(_, name)| *name == right);
        let (right, _) = right.with_context(|| format!("{line}: what is right?"))?;
        ensure!(
            (fact == "-") == (*right == Right::Absent),
            "{line}: which fact?"
        );
        Ok(Question {
            right: *right,
            story: story.to_owned(),
            fact: fact.to_owned(),
            says: says.to_owned(),
        })
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_is_asked_of_a_story_that_marks_its_fact() {
        for question in questions().unwrap() {
            let told = told(&question.story).unwrap();
            let marked = question.fact == "-" || told.marks.contains_key(&question.fact);
            assert!(marked, "{}: {}", question.story, question.fact);
        }
    }
}
