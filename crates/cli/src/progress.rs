//! In: how far the engine is. Out: one line on standard error while it works, on a terminal only.

use std::io::{self, IsTerminal};
use std::time::Duration;

use crossread::{Progress, Stage};
use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar, or nothing where nobody looks.
pub struct Bar(ProgressBar);

impl Bar {
    /// Shown unless `quiet` or standard error is no terminal.
    pub fn new(quiet: bool) -> Self {
        if quiet || !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    /// Takes the line away.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn begin(&self, stage: Stage, total: Option<usize>) {
        let doing = match stage {
            Stage::Page => "reading pages",
            Stage::Annotate => "names, quotations, dates",
            Stage::Story => "stories and copies",
            Stage::Compare => "comparing",
        };
        let template = match total {
            Some(_) => "{spinner} {msg:<26} {wide_bar} {pos}/{len} {eta}",
            None => "{spinner} {msg:<26} {pos}",
        };
        self.0.reset();
        match total {
            Some(total) => self.0.set_length(total as u64),
            None => self.0.unset_length(),
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
        self.0.set_message(doing);
    }

    fn advance(&self, items: usize) {
        self.0.inc(items as u64);
    }
}
