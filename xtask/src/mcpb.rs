//! A bundle for programs that run assistants (MCPB, <https://github.com/modelcontextprotocol/mcpb>): one file that is
//! opened there, and asks for a store. In: the program, `packaging/mcpb/manifest.json`. Out: a ZIP file with both, the
//! same bytes from the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::cargo;

/// Writes the bundle: Python's own `zipfile`, with one time and the program's right to be run.
const PACK: &str = "
import sys, zipfile
out, manifest, program = sys.argv[1:]
with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as bundle:
    for name, path, mode in (('manifest.json', manifest, 0o644), ('server/crossread', program, 0o755)):
        info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        with open(path, 'rb') as file:
            bundle.writestr(info, file.read())
";

/// Makes the bundle of a program.
pub fn bundle(program: &Path, version: &str, staged: &Path, out: &Path) -> Result<PathBuf> {
    let place = cargo::root().join("packaging/mcpb/manifest.json");
    let manifest = fs::read(&place).with_context(|| format!("cannot read {place:?}"))?;
    let mut manifest: Value = serde_json::from_slice(&manifest).context("the bundle's manifest")?;
    manifest["version"] = version.into();
    let own = staged.join("manifest.json");
    fs::write(&own, serde_json::to_vec_pretty(&manifest)?)?;
    let machine = std::env::consts::ARCH;
    let file = out.join(format!("crossread-{version}-{machine}-linux.mcpb"));
    let mut pack = Command::new("python3");
    pack.args(["-c", PACK]).arg(&file).arg(&own).arg(program);
    let packed = pack
        .status()
        .context("cannot start python3: is it installed?")?;
    ensure!(packed.success(), "python3 could not write the bundle");
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_holds_what_its_manifest_names() {
        let folder = cargo::target().join("mcpb-tried");
        fs::create_dir_all(&folder).expect("a folder");
        let program = folder.join("program");
        fs::write(&program, "#!/bin/sh\n").expect("written");
        let file = bundle(&program, "9.8.7", &folder, &folder).expect("made");
        let first = fs::read(&file).expect("read");
        bundle(&program, "9.8.7", &folder, &folder).expect("made");
        assert_eq!(first, fs::read(&file).expect("read"));
        let listed = Command::new("python3")
            .args(["-m", "zipfile", "-l"])
            .arg(&file)
            .output();
        let listed = String::from_utf8(listed.expect("listed").stdout).expect("words");
        let own = fs::read(folder.join("manifest.json")).expect("read");
        let manifest: Value = serde_json::from_slice(&own).expect("JSON");
        assert_eq!(manifest["version"], "9.8.7");
        let entry = manifest["server"]["entry_point"].as_str().expect("a name");
        assert!(
            listed.contains(entry) && listed.contains("manifest.json"),
            "{listed}"
        );
    }
}
