//! What is given away. In: the working tree. Out: in `dist/` a tarball with the program, its man pages and completions, a
//! Debian package with users' units, and the Python wheel; with `SHA256SUMS` of them. Refuses to go on past a tool that is
//! missing, by its name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail, ensure};

use crate::crates::crates;
use crate::{cargo, licences};

/// Builds what is given away: tarball, Debian package, wheel.
#[derive(clap::Args)]
pub struct Args {
    /// Only what is called so: tarball, deb or wheel.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Built as tests are, not optimised: to try the packaging itself.
    #[arg(long)]
    quick: bool,
}

/// The shells whose completions are made, with the file of each.
const SHELLS: [(&str, &str); 3] = [
    ("bash", "share/bash-completion/completions/crossread"),
    ("zsh", "share/zsh/vendor-completions/_crossread"),
    ("fish", "share/fish/vendor_completions.d/crossread.fish"),
];

/// The units, in `packaging/systemd`.
const UNITS: [&str; 2] = ["crossread-serve.service", "crossread-watch.service"];

/// Builds them into `dist/`.
pub fn run(args: Args) -> Result<ExitCode> {
    let all = ["tarball", "deb", "wheel"];
    let wanted = |name: &&str| args.only.as_deref().is_none_or(|only| only == *name);
    let wanted: Vec<&str> = all.into_iter().filter(wanted).collect();
    ensure!(
        !wanted.is_empty(),
        "there is nothing called so: {}",
        all.join(", ")
    );
    for file in build(&cargo::root().join("dist"), &wanted, args.quick)? {
        println!("{}", file.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds some of them into a folder; gives where each is.
pub fn build(out: &Path, wanted: &[&str], quick: bool) -> Result<Vec<PathBuf>> {
    let wanted = |name: &str| wanted.contains(&name);
    let root = cargo::root();
    let staged = cargo::target().join("dist-staged");
    fresh(&staged)?;
    fs::create_dir_all(out).with_context(|| format!("cannot make {out:?}"))?;
    let mut made = Vec::new();
    if wanted("tarball") || wanted("deb") {
        let program = program(quick)?;
        let version = version(&program)?;
        let tree = staged.join(format!("crossread-{version}-{}", target()));
        install(&program, &tree, &root)?;
        if wanted("tarball") {
            made.push(tarball(&tree, out)?);
        }
        if wanted("deb") {
            let squeezed = if quick { "-Znone" } else { "-Zxz" };
            made.push(deb(&tree, &staged.join("deb"), &version, squeezed, out)?);
        }
    }
    if wanted("wheel") {
        let own = root.join("tests/python/.venv/bin/maturin");
        let maturin = if own.exists() { own } else { "maturin".into() };
        made.push(wheel(
            &root,
            out,
            if quick { "dev" } else { "dist" },
            &maturin,
        )?);
    }
    sums(out)?;
    Ok(made)
}

fn fresh(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot clear {folder:?}"))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {folder:?}"))
}

fn target() -> String {
    format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS)
}

/// Runs a tool that has to succeed; gives what it printed.
fn tool(command: &mut Command) -> Result<Vec<u8>> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {name}: is it installed?"))?;
    ensure!(done.status.success(), "{name} failed");
    Ok(done.stdout)
}

/// Builds the program; gives where it is.
fn program(quick: bool) -> Result<PathBuf> {
    let profile = if quick { "dev" } else { "dist" };
    tool(cargo::cargo().args([
        "build",
        "--locked",
        "-p",
        "crossread-cli",
        "--profile",
        profile,
    ]))?;
    let folder = if quick { "debug" } else { "dist" };
    let name = format!("crossread{}", std::env::consts::EXE_SUFFIX);
    Ok(cargo::target().join(folder).join(name))
}

fn version(program: &Path) -> Result<String> {
    let told = String::from_utf8(tool(Command::new(program).arg("--version"))?)?;
    let version = told.split_whitespace().nth(1);
    Ok(version
        .context("the program does not say its version")?
        .to_owned())
}

/// The program with all that belongs to it, as it lies below `/usr`.
fn install(program: &Path, tree: &Path, root: &Path) -> Result<()> {
    let put = |place: &str, bytes: &[u8]| -> Result<()> {
        let place = tree.join(place);
        let folder = place.parent().context("a file lies in a folder")?;
        fs::create_dir_all(folder)?;
        fs::write(&place, bytes).with_context(|| format!("cannot write {place:?}"))
    };
    fs::create_dir_all(tree.join("bin"))?;
    fs::copy(program, tree.join("bin/crossread")).context("cannot copy the program")?;
    let page = |of: &[&str]| tool(Command::new(program).arg("man").args(of));
    put("share/man/man1/crossread.1", &page(&[])?)?;
    for command in commands(program)? {
        let place = format!("share/man/man1/crossread-{command}.1");
        put(&place, &page(&[&command])?)?;
    }
    for (shell, place) in SHELLS {
        let script = tool(Command::new(program).args(["completions", shell]))?;
        put(place, &script)?;
    }
    for file in ["README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        let text = fs::read(root.join(file)).with_context(|| format!("cannot read {file}"))?;
        put(&format!("share/doc/crossread/{file}"), &text)?;
    }
    let crates = crates()?;
    let doc =
        |name: &str, words: String| put(&format!("share/doc/crossread/{name}"), words.as_bytes());
    doc("THIRD-PARTY.md", licences::list(root, &crates)?)?;
    doc("THIRD-PARTY-LICENCES.txt", licences::texts(&crates)?)?;
    Ok(())
}

/// The commands that the program's help lists.
fn commands(program: &Path) -> Result<Vec<String>> {
    let help = String::from_utf8(tool(Command::new(program).arg("--help"))?)?;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    Ok(names.map(str::to_owned).collect())
}

fn tarball(tree: &Path, out: &Path) -> Result<PathBuf> {
    let name = tree
        .file_name()
        .context("a tree has a name")?
        .to_string_lossy();
    let file = out.join(format!("{name}.tar.gz"));
    // The same bytes from the same sources: neither names of users nor times.
    tool(
        Command::new("tar")
            .args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner"])
            .args(["--mtime=@0", "-C"])
            .arg(tree.parent().context("a tree lies in a folder")?)
            .arg("-czf")
            .arg(&file)
            .arg(name.as_ref()),
    )?;
    Ok(file)
}

/// A Debian package: the tree below `/usr`, the units, and the user that they run as.
fn deb(tree: &Path, staged: &Path, version: &str, squeezed: &str, out: &Path) -> Result<PathBuf> {
    let root = cargo::root();
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => bail!("Debian has no name here for the processor {other}"),
    };
    let usr = staged.join("usr");
    fs::create_dir_all(&usr)?;
    tool(Command::new("cp").arg("-a").arg(tree.join(".")).arg(&usr))?;
    let units = usr.join("lib/systemd/system");
    fs::create_dir_all(&units)?;
    for unit in UNITS {
        fs::copy(root.join("packaging/systemd").join(unit), units.join(unit))
            .with_context(|| format!("cannot copy {unit}"))?;
    }
    let users = usr.join("lib/sysusers.d");
    fs::create_dir_all(&users)?;
    fs::write(
        users.join("crossread.conf"),
        "u crossread - \"Crossread\" %S/crossread\n",
    )?;
    fs::create_dir_all(staged.join("etc/crossread"))?;
    let control = staged.join("DEBIAN");
    fs::create_dir_all(&control)?;
    // That of this machine: an older one lacks what the program is linked to.
    let libc = String::from_utf8(tool(Command::new("getconf").arg("GNU_LIBC_VERSION"))?)?;
    let libc = libc.split_whitespace().nth(1);
    let libc = libc.context("getconf does not say which C library this is")?;
    let about = format!(
        "Package: crossread\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: Crossread\nSection: text\n\
         Priority: optional\nDepends: libc6 (>= {libc}), libgcc-s1\nRecommends: systemd\n\
         Description: shows what many news pages say together and apart\n \
         Reads news pages and shows what is corroborated and by how many origins, what\n \
         is disputed, what only one outlet has, who copied whom and who said what.\n"
    );
    fs::write(control.join("control"), about)?;
    let script = control.join("postinst");
    fs::copy(root.join("packaging/postinst"), &script).context("cannot copy postinst")?;
    tool(Command::new("chmod").arg("0755").arg(&script))?;
    let file = out.join(format!("crossread_{version}_{architecture}.deb"));
    tool(
        Command::new("dpkg-deb")
            .args(["--root-owner-group", squeezed, "--build"])
            .arg(staged)
            .arg(&file),
    )?;
    Ok(file)
}

/// The Python package, built by cargo's profile of that name into a folder that then holds no other.
pub fn wheel(root: &Path, out: &Path, profile: &str, maturin: &Path) -> Result<PathBuf> {
    let before = wheels(out)?;
    for old in before {
        fs::remove_file(&old).with_context(|| format!("cannot remove {old:?}"))?;
    }
    tool(
        Command::new(maturin)
            .current_dir(root.join("crates/python"))
            .args([
                "build",
                "--quiet",
                "--locked",
                "--profile",
                profile,
                "--out",
            ])
            .arg(out),
    )
    .context("pip install maturin, then again")?;
    wheels(out)?.pop().context("maturin made no wheel")
}

fn wheels(out: &Path) -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(out)?.flatten().map(|entry| entry.path());
    Ok(files
        .filter(|path| path.extension().is_some_and(|end| end == "whl"))
        .collect())
}

/// The hash of each file, as `sha256sum --check` reads them.
fn sums(out: &Path) -> Result<()> {
    let mut names: Vec<String> = fs::read_dir(out)?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("crossread"))
        .collect();
    names.sort();
    let sums = tool(Command::new("sha256sum").current_dir(out).args(&names))?;
    fs::write(out.join("SHA256SUMS"), sums).context("cannot write SHA256SUMS")
}
