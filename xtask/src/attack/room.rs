//! A disk that is full, and one that is slow. In: the stores of the kills. Out: whether every command that writes says
//! that there is no room, leaves the store whole, and goes on when there is; whether readers are answered while a write
//! is slow.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::deed::{DEEDS, Deed};
use super::stage::{Stage, report};
use super::{Row, World};
use crate::http::{self, millis, percentile};
use crate::serving::{Server, forget, on, program, told};

/// The room of the small disk, in MiB, and what is left of it when a command begins, in KiB.
const DISK: usize = 24;
const LEFT: [usize; 8] = [0, 4, 32, 64, 128, 256, 512, 1_024];
/// How long each flush takes on the slow disk, in microseconds.
const FLUSH: &str = "500000";
/// Within which readers are answered there, in ms.
const ANSWERED: f64 = 250.0;

/// A small disk, until it is dropped.
struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// A file system in memory; an error where this user may not mount one.
    fn new(folder: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let disk = Self { folder };
        let size = format!("size={DISK}m");
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &size, "none"])
            .arg(&disk.folder);
        let (code, _, why) = told(&mut mount)?;
        ensure!(code == Some(0), "{}", why.trim());
        Ok(disk)
    }

    /// Fills it, but for so many KiB.
    fn fill(&self, left: usize) -> Result<()> {
        let mut file = File::create(self.folder.join("fill"))?;
        let page = [0; 4_096];
        while file.write_all(&page).is_ok() {}
        let size = file.metadata()?.len();
        file.set_len(size.saturating_sub(left as u64 * 1_024))?;
        Ok(())
    }

    /// Makes room again.
    fn clear(&self) -> Result<()> {
        Ok(std::fs::remove_file(self.folder.join("fill"))?)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What cannot be taken away stays for the next restart.
        let _ = Command::new("umount").arg(&self.folder).status();
    }
}

/// A full disk, then a slow one.
pub fn run(world: &World) -> Result<Vec<Row>> {
    let stage = Stage::set(world).context("the stores to be attacked cannot be made")?;
    Ok(vec![full(&stage)?, slow(world, &stage)?])
}

const COMMAND: &str = "cargo xtask attack --only disk";

fn full(stage: &Stage) -> Result<Row> {
    let row = |amount: String, result: String, whole: bool| Row {
        attack: "A disk that is full (a tmpfs)".to_owned(),
        amount,
        result,
        command: COMMAND.to_owned(),
        whole,
    };
    let disk = match Disk::new(stage.folder.join("disk")) {
        Ok(disk) => disk,
        Err(why) => {
            let why = format!("not run: a file system cannot be mounted here ({why:#})");
            return Ok(row("none".to_owned(), why, true));
        }
    };
    let (mut refused, mut fitted, mut harm) = (0, 0, Vec::new());
    for deed in DEEDS {
        let undisturbed = deed.whole(stage)?;
        for left in LEFT {
            let db = disk.folder.join("full.db");
            match filled(stage, &disk, deed, &db, left) {
                Ok(true) => refused += 1,
                Ok(false) => fitted += 1,
                Err(error) => harm.push(format!("{}, {left} KiB left: {error:#}", deed.name())),
            }
            // Whatever was done of it, it goes on where there is room.
            let finished = deed.finish(stage, &db);
            match finished {
                Ok(finished) if finished == undisturbed => {}
                Ok(_) => harm.push(format!(
                    "{}, {left} KiB left: it ends otherwise",
                    deed.name()
                )),
                Err(error) => harm.push(format!(
                    "{}, {left} KiB left, then room: {error:#}",
                    deed.name()
                )),
            }
            forget(&db);
        }
    }
    harm.iter().take(40).for_each(|harm| eprintln!("   {harm}"));
    Ok(row(
        format!("{} commands, {} amounts of room", DEEDS.len(), LEFT.len()),
        format!(
            "{} harm; {refused} were refused and said that the disk is full, {fitted} fitted; all went on with room and ended as undisturbed",
            match harm.len() {
                0 => "no".to_owned(),
                harm => harm.to_string(),
            }
        ),
        harm.is_empty() && refused > 0,
    ))
}

/// A deed where little room is left; whether it was refused.
fn filled(stage: &Stage, disk: &Disk, deed: Deed, db: &Path, left: usize) -> Result<bool> {
    deed.begin(stage, db)?;
    disk.fill(left)?;
    let tried = tried(stage, deed, db);
    disk.clear()?;
    let (refused, words) = tried?;
    ensure!(!words.contains("panicked"), "{words}");
    if refused {
        ensure!(
            words.contains("is full") || words.contains("No space left"),
            "it does not say that the disk is full: {}",
            words.trim()
        );
    }
    // What it makes is whole or not there.
    if db.exists() {
        let (code, checked, why) = told(&mut on(db, &["check", "--quiet"]))?;
        let empty = deed.makes() && why.contains("is no Crossread store");
        ensure!(code == Some(0) || empty, "check: {checked}{why}");
    }
    let (_, kept, why) = told(&mut on(db, &["export", "--quiet"]))?;
    let gone = deed
        .stays(stage)
        .into_iter()
        .find(|word| !kept.contains(word.as_str()));
    ensure!(gone.is_none(), "{gone:?} is gone: {why}");
    Ok(refused)
}

/// Whether a deed was refused, and with what words.
fn tried(stage: &Stage, deed: Deed, db: &Path) -> Result<(bool, String)> {
    if let Some(mut command) = deed.command(stage, db) {
        let (code, out, why) = told(&mut command)?;
        // A watch goes on, and says what it could not keep.
        return Ok((code != Some(0), format!("{out}{why}")));
    }
    let server = match deed.serve(stage, db) {
        Ok(server) => server,
        Err(why) => return Ok((true, format!("{why:#}"))),
    };
    let talked = deed.talk(stage, server.address, &mut |_| {});
    // Whoever reads is answered all the same.
    http::get(server.address, "/api/v1/stories")?;
    Ok(match talked {
        Ok(()) => (false, String::new()),
        Err(why) => (true, format!("{why:#}")),
    })
}

fn slow(world: &World, stage: &Stage) -> Result<Row> {
    let row = |amount: String, result: String, whole: bool| Row {
        attack: "A disk that takes half a second for every flush (strace holds fsync up)"
            .to_owned(),
        amount,
        result,
        command: COMMAND.to_owned(),
        whole,
    };
    if Command::new("strace").arg("-V").output().is_err() {
        let why = "not run: strace is not here".to_owned();
        return Ok(row("none".to_owned(), why, true));
    }
    let db = world.fresh("slow.db");
    Deed::Post.begin(stage, &db)?;
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "--seccomp-bpf", "-o", "/dev/null"]);
    command.args(["-e", "trace=fsync,fdatasync"]);
    command.arg("-e");
    command.arg(format!("inject=fsync,fdatasync:delay_enter={FLUSH}"));
    let serve = program();
    command.arg(serve.get_program());
    command.args(["serve", "--listen", "127.0.0.1:0", "--align", "words"]);
    command
        .args(["--token-file", &stage.tokens, "--db"])
        .arg(&db);
    let mut server = Server::of(command)?;
    let address = server.address;
    let over = AtomicBool::new(false);
    let (posts, mut reads, failed) = std::thread::scope(|scope| {
        let over = &over;
        let posts = scope.spawn(move || {
            let (mut times, mut last) = (Vec::new(), Instant::now());
            let talked = Deed::Post.talk(stage, address, &mut |_| {
                times.push(millis(last.elapsed()));
                last = Instant::now();
            });
            over.store(true, Ordering::Relaxed);
            (times, talked)
        });
        let (mut reads, mut failed) = (Vec::new(), 0);
        while !over.load(Ordering::Relaxed) {
            for path in ["/", "/api/v1/stories", "/search?q=reporters"] {
                match http::timed(address, path) {
                    Ok(time) => reads.push(time),
                    Err(_) => failed += 1,
                }
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        (posts.join(), reads, failed)
    });
    let (mut posts, talked) = posts.map_err(|_| anyhow::anyhow!("the poster broke"))?;
    talked?;
    // The tracer ends with what it traces.
    let id = server.id();
    let traced = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
    for traced in traced.split_whitespace() {
        Command::new("kill").args(["-TERM", traced]).status()?;
    }
    let until = Instant::now() + Duration::from_secs(60);
    while !server.ended() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    report(&db)?;
    let [p50, p95, most] = [50, 95, 100].map(|part| percentile(&mut reads, part));
    let post = percentile(&mut posts, 50);
    Ok(row(
        format!("{} posts, {} reads meanwhile", posts.len(), reads.len()),
        format!(
            "{failed} reads failed; a post took {post:.0} ms (p50), a read {p50:.0} ms (p50), {p95:.0} ms (p95), {most:.0} ms at most; the store is whole"
        ),
        failed == 0 && p95 <= ANSWERED && post >= 500.0,
    ))
}
