//! The program as its users run it. In: words of a command, a store. Out: the command; a server that runs until it is
//! dropped, and where it listens.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::cargo;

/// The program that is run.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// The program, built in release where no other was given.
pub fn program() -> Command {
    let name = format!("release/crossread{}", std::env::consts::EXE_SUFFIX);
    Command::new(PROGRAM.get_or_init(|| cargo::target().join(name)))
}

/// Runs this program from now on, or builds one in release.
pub fn build(given: Option<PathBuf>) -> Result<()> {
    if let Some(given) = given {
        let given = std::fs::canonicalize(&given)
            .with_context(|| format!("there is no {}", given.display()))?;
        ensure!(PROGRAM.set(given).is_ok(), "another program runs already");
        return Ok(());
    }
    let status = cargo::cargo()
        .args([
            "build",
            "--quiet",
            "--release",
            "--package",
            "crossread-cli",
        ])
        .status()
        .context("cannot start cargo")?;
    ensure!(status.success(), "the program does not build");
    Ok(())
}

/// A command on a store.
pub fn on(db: &Path, words: &[&str]) -> Command {
    let mut command = program();
    command.args(words).arg("--db").arg(db);
    command
}

/// Takes a store away with all that lies beside it.
pub fn forget(db: &Path) {
    for end in ["", "-wal", "-shm", "-journal", ".lock"] {
        let mut file = db.as_os_str().to_owned();
        file.push(end);
        // What is not there need not go.
        let _ = std::fs::remove_file(file);
    }
}

/// A server that runs.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// How long it took until it said so.
    pub first: Duration,
}

impl Server {
    /// Starts `serve` with these words and waits until it says where it listens.
    pub fn start(db: &Path, words: &[&str]) -> Result<Self> {
        let mut command = on(db, &["serve", "--listen", "127.0.0.1:0"]);
        command.args(words);
        Self::of(command)
    }

    /// Starts a command that is a `serve`.
    pub fn of(mut command: Command) -> Result<Self> {
        let began = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start the server")?;
        let mut told = BufReader::new(child.stderr.take().context("no words of the server")?);
        let mut all = String::new();
        let address = loop {
            let before = all.len();
            if told.read_line(&mut all).unwrap_or(0) == 0 {
                let _ = child.kill();
                let _ = child.wait();
                bail!("the server gives no address: {}", all.trim());
            }
            if let Some(address) = listens(&all[before..]) {
                break address;
            }
        };
        // What it says later is read, so that it never waits for a reader.
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut told, &mut std::io::sink());
        });
        Ok(Self {
            child,
            address,
            first: began.elapsed(),
        })
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub fn ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills it at once.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to end, and waits until it has; an error where it does not end well, or not within this time.
    pub fn stop(mut self, patience: Duration) -> Result<()> {
        let id = self.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status()?;
        let until = Instant::now() + patience;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait()? {
                ensure!(status.success(), "the server ended with {status}");
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        bail!("the server did not end within {} s", patience.as_secs())
    }

    /// A line of what the kernel knows of its memory, such as VmRSS, in MB of a million bytes.
    pub fn memory(&self, line: &str) -> f64 {
        let path = format!("/proc/{}/status", self.id());
        let told = std::fs::read_to_string(path).unwrap_or_default();
        let kib = told.lines().find_map(|told| {
            let kib = told.strip_prefix(line)?.strip_prefix(':')?;
            kib.trim().strip_suffix(" kB")?.parse::<f64>().ok()
        });
        kib.unwrap_or(0.0) * 1_024.0 / 1e6
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The address in what a server says first.
fn listens(told: &str) -> Option<SocketAddr> {
    let address = told.split("http://").nth(1)?;
    let end = address.find(|c: char| c == '/' || c.is_whitespace());
    address[..end.unwrap_or(address.len())].parse().ok()
}

/// Runs a command to its end: its exit code, what it said, and what it said of troubles.
pub fn told(command: &mut Command) -> Result<(Option<i32>, String, String)> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {command:?}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    ))
}

/// Reads what a child still says on a pipe.
pub fn rest(pipe: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        let _ = pipe.read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_in_what_a_server_says() {
        let address = "127.0.0.1:7319".parse().ok();
        assert_eq!(listens("news.db on http://127.0.0.1:7319/"), address);
        assert_eq!(listens("http://127.0.0.1:7319\n"), address);
        assert_eq!(listens("nothing"), None);
    }
}
