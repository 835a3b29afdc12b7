//! Every target on every file of its corpus, and on mutations of it: the same ones in every run.
//!
//! `CROSSREAD_FUZZ_SECONDS=20` lets each target run so long on a sequence of mutations without end, as `cargo xtask test`
//! does; an input that breaks one is kept in `target/fuzz/faults`.

mod mutate;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use mutate::{Chance, mutated};
use sha2::{Digest as _, Sha256};

/// Mutations of a file. A conversation and a store take a thousand times as long as a page.
const MANY: usize = 400;
const FEW: usize = 20;
/// How long one input may take.
const LONGEST: Duration = Duration::from_secs(60);

/// The files of a target's corpus.
fn files(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<_> = std::fs::read_dir(corpus.join(name))
        .expect(name)
        .map(|entry| entry.expect("a file").path())
        .map(|path| (path.clone(), std::fs::read(path).expect("read")))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{name} has no corpus");
    files
}

#[test]
fn no_way_in_breaks() {
    for (name, run) in fuzz::TARGETS {
        let mut chance = Chance::new(0);
        for (file, data) in files(name) {
            run(&data);
            let count = if matches!(name, "mcp" | "store") {
                FEW
            } else {
                MANY
            };
            for nth in 0..count {
                let other = mutated(&data, &mut chance);
                let tried = std::panic::catch_unwind(|| run(&other));
                assert!(
                    tried.is_ok(),
                    "{name}: mutation {nth} of {file:?}: {:?}",
                    String::from_utf8_lossy(&other)
                );
            }
        }
    }
}

/// What a thread works at: its target, since when, and the input.
type Work = Mutex<Option<(&'static str, Instant, Vec<u8>)>>;

/// Keeps an input that broke a target; gives where it is.
fn keep(name: &str, input: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../fuzz/faults");
    let folder = folder.join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(input)[..8]);
    let file = folder.join(digest);
    std::fs::write(&file, input).expect("kept");
    file
}

/// A target for some time: mutations that depend on the target and their number alone. How many there were, and where the
/// inputs are that broke it.
fn for_a_while(target: &fuzz::Target, time: Duration, work: &Work) -> (u64, Vec<PathBuf>) {
    let (name, run) = *target;
    let (files, began) = (files(name), Instant::now());
    let (mut nth, mut broke) = (0, Vec::new());
    while began.elapsed() < time && broke.len() < 5 {
        let mut chance = Chance::new(nth + 1);
        let (_, data) = &files[nth as usize % files.len()];
        let mut input = mutated(data, &mut chance);
        // Now and then what was mutated is mutated again, and put together with another.
        for _ in 0..chance.below(4) {
            input = mutated(&input, &mut chance);
        }
        if chance.below(8) == 0 {
            let (_, other) = &files[chance.below(files.len())];
            let (keep, from) = (chance.below(input.len()), chance.below(other.len()));
            input.truncate(keep);
            input.extend_from_slice(&other[from..]);
        }
        *work.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((name, Instant::now(), input.clone()));
        if std::panic::catch_unwind(|| run(&input)).is_err() {
            broke.push(keep(name, &input));
        }
        nth += 1;
    }
    *work.lock().unwrap_or_else(PoisonError::into_inner) = None;
    (nth, broke)
}

#[test]
fn no_way_in_breaks_for_a_while() {
    let seconds = std::env::var("CROSSREAD_FUZZ_SECONDS");
    // Without it a tenth of a second tells whether this runs at all.
    let seconds = seconds.map_or(0.1, |given| given.parse().expect("seconds"));
    let time = Duration::from_secs_f64(seconds);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let works: Vec<Work> = (0..threads).map(|_| Mutex::new(None)).collect();
    let told = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for work in &works {
            let (next, done, told) = (&next, &done, &told);
            scope.spawn(move || {
                while let Some(target) = fuzz::TARGETS.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (count, broke) = for_a_while(target, time, work);
                    told.lock().expect("told").push((target.0, count, broke));
                }
                done.fetch_add(1, Ordering::Relaxed);
            });
        }
        while done.load(Ordering::Relaxed) < threads {
            std::thread::sleep(Duration::from_millis(20));
            for work in &works {
                let work = work.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((name, since, input)) = &*work
                    && since.elapsed() > LONGEST
                {
                    // Nothing ends a thread that hangs but the end of all.
                    eprintln!("{name} hangs: {}", keep(name, input).display());
                    std::process::exit(1);
                }
            }
        }
    });
    let told = told.into_inner().expect("told");
    for (name, count, _) in &told {
        eprintln!("{name}: {count} mutations in {seconds} s");
        assert!(*count > 0, "{name} was not run");
    }
    assert_eq!(told.len(), fuzz::TARGETS.len());
    let broke: Vec<_> = told
        .iter()
        .filter(|(_, _, broke)| !broke.is_empty())
        .collect();
    assert!(broke.is_empty(), "{broke:?}");
}

#[test]
fn mutations_are_the_same_in_every_run() {
    let some = |seed| {
        let mut chance = Chance::new(seed);
        mutated(b"<p>A page of some words.</p>", &mut chance)
    };
    assert_eq!(some(5), some(5));
    assert_ne!(some(5), some(6));
    // What is empty can be mutated too.
    assert!((0..50).any(|seed| !mutated(b"", &mut Chance::new(seed)).is_empty()));
}
