//! The targets under libFuzzer: which one is told by `CROSSREAD_FUZZ`. Built and run by `cargo xtask fuzz`.
#![no_main]

use std::sync::LazyLock;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("CROSSREAD_FUZZ").unwrap_or_default();
    fuzz::named(&name).unwrap_or_else(|| panic!("CROSSREAD_FUZZ names no target: {name}"))
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| TARGET(data));
