//! Attacks on the program as its users run it. In: which, how much of it. Out: a table of attack, amount and result, as
//! it stands in `docs/trust.md`; exit code 1 where one of them does harm.

mod chance;
mod deed;
pub mod feed;
mod kills;
mod known;
pub mod news;
mod room;
mod site;
mod soak;
mod stage;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::{cargo, serving};

/// Attacks the program.
#[derive(clap::Args)]
pub struct Args {
    /// Only these; may be repeated
    #[arg(long, value_enum)]
    only: Vec<Attack>,
    /// Kills
    #[arg(long, default_value_t = 110)]
    times: u64,
    /// Minutes of the soak
    #[arg(long, default_value_t = 2.0)]
    minutes: f64,
    /// The program to attack; built in release where not given
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// Seed of what is left to chance
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What can be done to it.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Attack {
    /// kill -9 at random moments of every command that writes
    Kills,
    /// A disk that is full, and one that is slow
    Disk,
    /// A server among feeds that misbehave, readers and a poster
    Soak,
    /// What stands in the tests: bombs, hostile markup, private addresses and others
    Known,
}

/// A line of the table.
pub struct Row {
    /// What was done.
    pub attack: String,
    /// How much of it.
    pub amount: String,
    /// What came of it.
    pub result: String,
    /// What does it again.
    pub command: String,
    /// Whether no harm was done.
    pub whole: bool,
}

/// Where attacks take place.
pub struct World {
    /// A folder of their own.
    pub folder: PathBuf,
    tokens: String,
}

/// By which one may post and mark.
pub const TOKEN: &str = "attack-token-0123456789";

/// How a request says who asks.
pub fn bearer() -> String {
    format!("Authorization: Bearer {TOKEN}\r\n")
}

impl World {
    fn new() -> Result<Self> {
        let folder = cargo::target().join("attack");
        std::fs::create_dir_all(&folder).context("cannot make target/attack")?;
        let tokens = folder.join("tokens");
        std::fs::write(&tokens, format!("poster all {TOKEN}\n"))?;
        Ok(Self {
            tokens: tokens.display().to_string(),
            folder,
        })
    }

    /// The file of who may change something.
    pub fn tokens(&self) -> &str {
        &self.tokens
    }

    /// Where a store is to be of which nothing is there yet.
    pub fn fresh(&self, name: &str) -> PathBuf {
        let db = self.folder.join(name);
        serving::forget(&db);
        db
    }
}

/// Attacks.
pub fn run(args: Args) -> Result<ExitCode> {
    let only = args.only;
    serving::build(args.program)?;
    let world = World::new()?;
    let wanted = |attack| only.is_empty() || only.contains(&attack);
    let mut rows = Vec::new();
    if wanted(Attack::Kills) {
        rows.extend(kills::run(&world, args.times, args.seed)?);
    }
    if wanted(Attack::Disk) {
        rows.extend(room::run(&world)?);
    }
    if wanted(Attack::Soak) {
        rows.extend(soak::run(&world, args.minutes)?);
    }
    if wanted(Attack::Known) {
        rows.extend(known::run()?);
    }
    print!("{}", table(&rows));
    let whole = rows.iter().all(|row| row.whole);
    Ok(ExitCode::from(u8::from(!whole)))
}

/// The table in Markdown.
fn table(rows: &[Row]) -> String {
    let mut table = "| attack | amount | result | again |\n|---|---|---|---|\n".to_owned();
    for row in rows {
        let harm = if row.whole { "" } else { "**HARM**: " };
        table.push_str(&format!(
            "| {} | {} | {harm}{} | `{}` |\n",
            row.attack, row.amount, row.result, row.command
        ));
    }
    table
}
