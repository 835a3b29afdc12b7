//! In: an invented story of `training/invented` (its format is told there). Out: its articles and where each fact is
//! told; and the same as a gold comparison: a claim for each fact, a dispute for each fact with contrary answers or a
//! denial. Refuses marks that cross or are not closed, and an article without its head.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

use super::gold::{Claim, Dispute, Gold, Page, Place};

/// A mark that is open: its fact, and its first byte in the article.
type Open<'a> = (&'a str, usize);

/// An invented story as it is told.
pub struct Told {
    /// What its articles are called.
    pub ids: Vec<String>,
    /// Them, in that order.
    pub pages: Vec<Page>,
    /// Where each mark stands.
    pub marks: BTreeMap<String, Vec<Place>>,
}

/// Reads a file's text.
pub fn tell(story: &str, text: &str) -> Result<Told> {
    let mut ids = Vec::new();
    let mut pages: Vec<Page> = Vec::new();
    let mut marks: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let place = || format!("{story}:{}", number + 1);
        if let Some(head) = line.strip_prefix("== ") {
            let parts: Vec<&str> = head.split('|').map(str::trim).collect();
            let [id, outlet, date, title] = parts[..] else {
                bail!("{}: a head has four parts", place());
            };
            ids.push(id.to_owned());
            pages.push(Page {
                outlet: Some(outlet.to_owned()),
                title: Some(title.to_owned()),
                date: date.get(..10).map(str::to_owned),
                text: String::new(),
            });
        } else if let Some(page) = pages.last_mut()
            && !line.trim().is_empty()
        {
            let article = ids.len() - 1;
            paragraph(line, article, page, &mut marks).with_context(place)?;
        }
    }
    ensure!(pages.len() > 1, "{story} has fewer than two articles");
    Ok(Told { ids, pages, marks })
}

/// The same as a gold comparison.
pub fn read(story: &str, text: &str) -> Result<Gold> {
    let Told { ids, pages, marks } = tell(story, text)?;
    let claims = marks
        .iter()
        .map(|(fact, readings)| Claim {
            id: fact.clone(),
            readings: readings.clone(),
            origins: None,
            // Two plans, or two denials, may be two facts.
            doubtful: fact.ends_with(['?', '-']),
        })
        .filter(|claim| {
            claim
                .readings
                .iter()
                .any(|one| one.article != claim.readings[0].article)
        })
        .collect();
    Ok(Gold {
        story: story.to_owned(),
        ids,
        pages,
        disputes: disputes(&marks),
        claims,
        furniture: Vec::new(),
        names: Vec::new(),
        quotes: Vec::new(),
        look_alikes: Vec::new(),
        copies: Vec::new(),
        timeline: Vec::new(),
    })
}

/// Adds a paragraph to its article, and its marks to theirs.
fn paragraph(
    line: &str,
    article: usize,
    page: &mut Page,
    marks: &mut BTreeMap<String, Vec<Place>>,
) -> Result<()> {
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['[', ']']) {
        page.text.push_str(&rest[..at]);
        let (mark, behind) = rest[at..].split_at(1);
        rest = behind;
        if mark == "[" {
            let (name, words) = rest.split_once(' ').context("a mark without words")?;
            let fact = name.split('@').next().unwrap_or(name);
            ensure!(fact.starts_with('f'), "[{name} is no mark");
            open.push((fact, page.text.len()));
            rest = words;
        } else {
            let (fact, start) = open.pop().context("a ] without its [")?;
            let words = page.text[start..].trim();
            let start = page.text.len() - page.text[start..].trim_start().len();
            marks.entry(fact.to_owned()).or_default().push(Place {
                article,
                start,
                end: start + words.len(),
            });
        }
    }
    ensure!(open.is_empty(), "a [ without its ]");
    page.text.push_str(rest);
    page.text.push('\n');
    Ok(())
}

/// A dispute for the contrary answers of each fact, and one for each denial.
fn disputes(marks: &BTreeMap<String, Vec<Place>>) -> Vec<Dispute> {
    let mut answers: BTreeMap<&str, Vec<Vec<Place>>> = BTreeMap::new();
    let mut updates: BTreeMap<&str, Vec<Vec<Place>>> = BTreeMap::new();
    let mut found = Vec::new();
    for (fact, places) in marks {
        let question = fact.trim_end_matches(|c: char| !c.is_ascii_digit());
        match &fact[question.len()..] {
            "u" | "v" | "w" => updates.entry(question).or_default().push(places.clone()),
            end if end.len() == 1 && end.starts_with(|c: char| c.is_ascii_lowercase()) => {
                answers.entry(question).or_default().push(places.clone());
            }
            end if end.ends_with('-') => {
                let denied = marks.get(&fact[..fact.len() - 1]);
                found.extend(denied.map(|denied| Dispute {
                    kind: "denial".to_owned(),
                    question: fact.clone(),
                    sides: vec![denied.clone(), places.clone()],
                    firm: true,
                }));
            }
            _ => {}
        }
    }
    let both = answers.into_iter().map(|one| (one, true));
    let both = both.chain(updates.into_iter().map(|one| (one, false)));
    found.extend(both.filter(|((_, sides), _)| sides.len() > 1).map(
        |((question, sides), firm)| Dispute {
            kind: "answers".to_owned(),
            question: question.to_owned(),
            sides,
            firm,
        },
    ));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "# small\n# facts\nf1 A bridge fell\n\
        == a | Tarn Post | 2020-05-05T10:00Z | Bridge\n\
        [f1 The bridge, [f2 built in 1910], fell] and [f3a@police killed two].\n\
        == b | Brill News | 2020-05-05 | Fall\n\
        [f1 It fell]. [f3b Three died]; the mayor [f1- denied that].\n";

    #[test]
    fn marks_become_claims_and_disputes() {
        let gold = read("small", SMALL).unwrap();
        assert_eq!(
            gold.pages[0].text,
            "The bridge, built in 1910, fell and killed two.\n"
        );
        let claims: Vec<&str> = gold.claims.iter().map(|claim| &*claim.id).collect();
        assert_eq!(claims, ["f1"]);
        let words = |place: &Place| gold.pages[place.article].text[place.range()].to_owned();
        assert_eq!(
            words(&gold.claims[0].readings[0]),
            "The bridge, built in 1910, fell"
        );
        let kinds: Vec<(&str, String)> = gold
            .disputes
            .iter()
            .map(|one| (&*one.kind, words(&one.sides[1][0])))
            .collect();
        assert_eq!(
            kinds,
            [
                ("denial", "denied that".to_owned()),
                ("answers", "Three died".to_owned())
            ]
        );
    }

    #[test]
    fn what_is_not_closed_is_refused() {
        assert!(read("small", &SMALL.replace("fell] and", "fell and")).is_err());
        assert!(read("small", &SMALL.replace("[f1 The", "The")).is_err());
    }
}
