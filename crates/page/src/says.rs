//! What a page says of itself: title, outlet, authors, dates, sources it credits. One file for each.

pub(crate) mod agencies;
pub(crate) mod author;
pub(crate) mod credit;
pub(crate) mod date;
pub(crate) mod genre;
pub(crate) mod months;
pub(crate) mod parts;
pub(crate) mod title;

use std::collections::HashMap;

use model::{About, Credit, Field, Provenance, Published, Sign, SignKind, Warning};

/// What has been found out about a page so far. Fields found first are kept: readers ask the best
/// source first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// An outlet that the page's furniture names: stands in where nothing else says.
    pub outlet_hint: Option<String>,
    /// Names of people.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// When it was changed.
    pub changed: Option<Published>,
    /// Its keywords, whether it is free, and where each field was found.
    pub about: About,
    /// ISO 639-1 code that the page claims.
    pub language: Option<String>,
    /// In which order the page writes days and months in numbers, where it tells.
    pub order: Option<date::Order>,
    /// The types of its own record.
    pub types: Vec<String>,
    /// The section of its outlet that it stands in.
    pub section: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Where it was saved from: stands in where the page does not give its address.
    pub url_hint: Option<String>,
    /// Sources it credits.
    pub credits: Vec<Credit>,
    /// How it came about.
    pub signs: Vec<Sign>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}

impl Said {
    /// What is known about how the page writes its dates.
    pub fn locale(&self) -> date::Locale<'_> {
        date::Locale {
            language: self.language.as_deref(),
            order: self.order,
            near: self.changed.map(|changed| changed.date),
        }
    }

    /// Notes where the fields were found that are known by now and have no origin yet.
    pub fn found_in(&mut self, origin: Provenance) {
        let known = [
            (Field::Title, self.title.is_some()),
            (Field::Authors, !self.authors.is_empty()),
            (Field::Published, self.published.is_some()),
            (Field::Modified, self.changed.is_some()),
            (Field::Outlet, self.outlet.is_some()),
            (Field::Url, self.url.is_some()),
        ];
        for (field, known) in known {
            if known {
                self.about.note(field, origin);
            }
        }
    }

    /// Notes an outlet that a line of furniture names, where the line can mean no other: "Subscribe
    /// to Harbour News", "Copyright 2019 Harbour Post".
    pub fn hint_outlet(&mut self, line: &str) {
        let Some(name) = outlet_in(line) else { return };
        self.outlet_hint.get_or_insert_with(|| name.to_owned());
    }

    /// Notes a credit once.
    pub fn credit(&mut self, name: &str, line: &str) {
        if !self.credits.iter().any(|credit| credit.name == name) {
            self.credits.push(Credit {
                name: name.to_owned(),
                line: line.to_owned(),
            });
        }
    }

    /// Notes a sign once.
    pub fn sign(&mut self, kind: SignKind, line: &str) {
        if !self
            .signs
            .iter()
            .any(|sign| sign.kind == kind && sign.line == line)
        {
            self.signs.push(Sign {
                kind,
                line: line.to_owned(),
            });
        }
    }

    /// Notes a warning once.
    pub fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}

/// The sections of a data file: `[name]`, then a word or phrase a line; `#` begins a remark.
pub(crate) fn sections(file: &'static str) -> HashMap<&'static str, Vec<&'static str>> {
    let mut sections: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut section = "";
    for line in file.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
        } else if !line.is_empty() && !line.starts_with('#') {
            sections.entry(section).or_default().push(line);
        }
    }
    sections
}

fn outlet_in(line: &str) -> Option<&str> {
    let short = |name: &str| (1..=5).contains(&name.split_whitespace().count());
    let capital = |name: &str| name.starts_with(char::is_uppercase);
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    if let Some((name, _)) = line.split_once(" has been declared") {
        return Some(name).filter(|name| short(name) && capital(name));
    }
    let name = match line.strip_prefix("Subscribe to ") {
        Some(name) => name,
        None => {
            let rest = line.strip_prefix("Copyright").or(line.strip_prefix('©'))?;
            let years = |c: char| c.is_ascii_digit() || " -–©,".contains(c) || c.is_whitespace();
            let rest = rest.trim_start_matches("(c)").trim_start_matches(years);
            rest.split(['.', '|', ',', '–']).next()?
        }
    };
    let name = name.trim().trim_end_matches(['.', '!', ':']);
    let own = |word: &str| {
        matches!(
            word,
            "our" | "the" | "newsletter" | "Newsletter" | "Newsletters" | "channel"
        )
    };
    (short(name)
        && capital(name)
        && agencies::has_media_word(name)
        && !agencies::is_agency(name)
        && !name.split_whitespace().any(own))
    .then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_names_its_outlet() {
        let cases = [
            ("• Subscribe to Harbour News", Some("Harbour News")),
            ("Subscribe to our newsletter", None),
            ("Subscribe to News", Some("News")),
            (
                "Copyright 2019 The Harbour Post. All rights reserved.",
                Some("The Harbour Post"),
            ),
            (
                "Copyright 2019 The Associated Press. All rights reserved.",
                None,
            ),
            ("Selen FM has been declared undesirable.", Some("Selen FM")),
        ];
        for (line, expected) in cases {
            assert_eq!(outlet_in(line), expected, "{line}");
        }
    }
}
