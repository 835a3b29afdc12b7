//! The program `crossread`.

fn main() {}
