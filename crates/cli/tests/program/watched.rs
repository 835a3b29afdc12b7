//! `watch` as people read it.

use crate::run::{program, run};

#[test]
fn a_long_address_is_cut_in_messages_and_whole_for_machines() {
    let folder = tempfile::tempdir().expect("a folder");
    // Nothing is fetched from this machine, so that it is named and left.
    let address = format!("http://127.0.0.1:9/{}/end.xml", "x".repeat(5_000));
    let watch = |format: &str| {
        let mut watch = program();
        watch
            .args([
                "watch", &address, "--once", "--again", "never", "--format", format,
            ])
            .arg("--db")
            .arg(folder.path().join("news.db"))
            .output()
            .expect("ran")
    };
    let told = watch("text");
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(
        told.contains("--allow-private") && told.contains("…") && told.contains("end.xml"),
        "{told}"
    );
    assert!(
        told.lines().all(|line| line.chars().count() < 300),
        "{told}"
    );
    let told = watch("json");
    assert!(String::from_utf8_lossy(&told.stdout).contains(&address));
    let settings = run(program().arg("config"), b"").stdout;
    assert!(settings.contains("watch.again = \"young\""), "{settings}");
}
