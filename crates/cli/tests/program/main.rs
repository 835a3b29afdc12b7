//! The program from outside: what it makes of bad input, and that its answer depends on nothing
//! but the bytes.

mod addresses;
mod asked;
mod assistant;
mod bad_input;
#[cfg(unix)]
mod bounds;
mod cited;
mod containers;
mod focus;
mod followed;
mod kept;
mod merged;
mod models;
mod opened;
mod owners;
mod readme;
mod run;
mod same_answer;
mod same_bytes;
mod tables;
mod thresholds;
#[cfg(unix)]
mod unwritable;
mod watched;
