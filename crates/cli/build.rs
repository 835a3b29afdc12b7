//! The samples as a part of the program: `demo` works wherever it was copied to.

use std::fmt::Write;
use std::path::Path;

fn main() {
    // Asked when it runs: what was built elsewhere knows another folder.
    let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo tells it");
    let samples = Path::new(&crate_folder).join("../../samples");
    println!("cargo:rerun-if-changed={}", samples.display());
    let mut names: Vec<_> = std::fs::read_dir(&samples)
        .expect("the samples are beside the crates")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && path.extension().is_some_and(|end| end != "md"))
        .collect();
    names.sort();
    let mut list = String::from("[\n");
    for path in names {
        let path = path.canonicalize().expect("a sample");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        writeln!(list, "({name:?}, include_bytes!({path:?})),").expect("memory");
    }
    list.push(']');
    let out = std::env::var_os("OUT_DIR").expect("cargo says where");
    std::fs::write(Path::new(&out).join("samples.rs"), list).expect("written");
}
