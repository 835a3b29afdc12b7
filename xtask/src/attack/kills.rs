//! Kills at random moments. In: how many, a seed. Out: a line a command: how often it was killed at its work, and
//! whether anything was lost that it had acknowledged, whether readers saw an error or a half state, and whether the
//! same command ends as if nothing had happened.

mod reader;
mod strike;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use self::reader::Reading;
use self::strike::{Strike, strike};
use super::chance::Chance;
use super::deed::{DEEDS, Deed};
use super::stage::{Stage, report};
use super::{Row, World};
use crate::serving::{forget, on, told};

/// Kills of one store, at most, before the command is let run to its end.
const AGAIN: u64 = 3;
/// Of the time that a command takes, how much longer or shorter the next is let run, so that about as many are killed at
/// their beginning as at their end.
const LONGER: f64 = 1.03;
const SHORTER: f64 = 0.9;

/// What came of a command's kills.
#[derive(Default)]
struct Tally {
    kills: u64,
    /// Those that came when it had begun to write.
    writing: u64,
    reruns: u64,
    acknowledged: u64,
    reads: u64,
    harm: Vec<String>,
}

/// Kills as often as told.
pub fn run(world: &World, times: u64, seed: u64) -> Result<Vec<Row>> {
    let stage = Stage::set(world).context("the stores to be attacked cannot be made")?;
    let mut chance = Chance::new(seed);
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut known = Vec::new();
    for deed in DEEDS {
        let began = Instant::now();
        let undisturbed = deed.whole(&stage)?;
        known.push((deed, undisturbed, began.elapsed().as_secs_f64()));
    }
    let (mut kills, mut rounds, began) = (0, 0, Instant::now());
    while kills < times && rounds < 4 * times + 40 {
        let (deed, undisturbed, takes) = &mut known[rounds as usize % DEEDS.len()];
        rounds += 1;
        let tally = tallies.entry(deed.name()).or_default();
        kills += round(&stage, *deed, undisturbed, takes, &mut chance, tally)
            .with_context(|| format!("round {rounds}, {}", deed.name()))?;
        if rounds % 50 == 0 {
            eprintln!("   {kills} kills in {:.0} s", began.elapsed().as_secs_f64());
        }
    }
    let minutes = began.elapsed().as_secs_f64() / 60.0;
    let mut rows: Vec<Row> = Vec::new();
    for (name, tally) in &tallies {
        for harm in tally.harm.iter().take(20) {
            eprintln!("   {name}: {harm}");
        }
        rows.push(Row {
            attack: format!("kill -9 of {name}"),
            amount: format!("{} kills, {} of them while it wrote", tally.kills, tally.writing),
            result: format!(
                "{} harm; {} acknowledgements held, {} reads meanwhile without an error, {} reruns ended as undisturbed",
                match tally.harm.len() {
                    0 => "no".to_owned(),
                    harm => harm.to_string(),
                },
                tally.acknowledged,
                tally.reads,
                tally.reruns
            ),
            command: format!("cargo xtask attack --only kills --times {times} --seed {seed}"),
            whole: tally.harm.is_empty(),
        });
    }
    rows.push(Row {
        attack: "kill -9, all of these".to_owned(),
        amount: format!("{kills} kills in {minutes:.1} min"),
        result: format!(
            "{} harm",
            tallies
                .values()
                .map(|tally| tally.harm.len())
                .sum::<usize>()
        ),
        command: format!("cargo xtask attack --only kills --times {times} --seed {seed}"),
        whole: kills >= times,
    });
    Ok(rows)
}

/// A store that is killed at up to three times, then let go on; gives how many kills hit.
fn round(
    stage: &Stage,
    deed: Deed,
    undisturbed: &str,
    takes: &mut f64,
    chance: &mut Chance,
    tally: &mut Tally,
) -> Result<u64> {
    let db = stage.folder.join("struck.db");
    deed.begin(stage, &db)?;
    let reading = Reading::start(&db, deed)?;
    let mut kills = 0;
    for _ in 0..1 + chance.below(AGAIN) {
        let wait = Duration::from_secs_f64(*takes * chance.below(1_000) as f64 / 1_000.0);
        let when = Strike {
            wait,
            writing: chance.below(2) == 0,
        };
        let struck = strike(deed, stage, &db, &when)?;
        *takes *= if struck.at_work { LONGER } else { SHORTER };
        *takes = takes.clamp(0.02, 30.0);
        kills += u64::from(struck.at_work);
        tally.writing += u64::from(struck.at_work && struck.wrote);
        tally.acknowledged += struck.acknowledged.len() as u64;
        if let Err(why) = holds(stage, deed, &db, &struck.acknowledged) {
            tally.harm.push(format!("after {wait:?}: {why:#}"));
        }
        if struck.told_all {
            // All was said to be done.
            let now = report(&db)?;
            if deed.is_command() && now != undisturbed {
                tally
                    .harm
                    .push("what was told as done is not done".to_owned());
            }
            break;
        }
    }
    let finished = deed.finish(stage, &db)?;
    if finished != undisturbed {
        let differs = finished
            .lines()
            .zip(undisturbed.lines())
            .find(|(one, other)| one != other);
        tally.harm.push(format!(
            "the rerun ends otherwise than undisturbed: {differs:?}; {} and {} lines",
            finished.lines().count(),
            undisturbed.lines().count()
        ));
        keep(&db, stage, tally.harm.len());
    } else {
        tally.reruns += 1;
    }
    let gone: &[(String, String)] = match deed {
        Deed::Remove => &stage.removed,
        _ => &[],
    };
    let read = reading.stop(gone);
    tally.reads += read.reads;
    tally.harm.extend(read.troubles);
    tally.kills += kills;
    forget(&db);
    Ok(kills)
}

/// Puts a store aside that is not as it should be.
fn keep(db: &std::path::Path, stage: &Stage, nth: usize) {
    let aside = stage.folder.join(format!("harm-{nth}.db"));
    let _ = std::fs::copy(db, aside);
}

/// Whether a store that was killed at is whole, and has what was acknowledged and what was there before.
fn holds(stage: &Stage, deed: Deed, db: &std::path::Path, acknowledged: &[String]) -> Result<()> {
    if !db.exists() {
        anyhow::ensure!(acknowledged.is_empty() && deed.makes(), "the store is gone");
        return Ok(());
    }
    let (code, checked, why) = told(&mut on(db, &["check", "--quiet"]))?;
    anyhow::ensure!(code == Some(0), "check: {checked}{why}");
    let (code, kept, why) = told(&mut on(db, &["export", "--quiet"]))?;
    anyhow::ensure!(code == Some(0), "export: {why}");
    let (code, marks, why) = told(&mut on(db, &["export", "--quiet", "--format", "marks"]))?;
    anyhow::ensure!(code == Some(0), "export of marks: {why}");
    let (code, searches, why) = told(&mut on(db, &["searches", "--format", "json"]))?;
    anyhow::ensure!(code == Some(0), "searches: {why}");
    let all = format!("{kept}{marks}{searches}");
    for what in acknowledged {
        match what.strip_prefix('-') {
            Some(gone) => anyhow::ensure!(
                !all.contains(gone),
                "{gone} was told as removed and is there"
            ),
            None => anyhow::ensure!(
                all.contains(what.as_str()),
                "{what} was acknowledged and is not there"
            ),
        }
    }
    for what in deed.stays(stage) {
        anyhow::ensure!(
            all.contains(what.as_str()),
            "{what} was there before and is not there"
        );
    }
    Ok(())
}
