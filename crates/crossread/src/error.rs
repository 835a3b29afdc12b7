//! What can go wrong when an engine is made, in words that say what to do next.

/// Why there is no engine. A page that cannot be read is no error: it is listed in the findings with its reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The threads could not be started.
    #[error("cannot start {}: {why}; ask for fewer", counted(*.threads))]
    Threads {
        /// How many were asked for; `None` where it was one for each core.
        threads: Option<usize>,
        /// What the system says.
        why: String,
    },
}

fn counted(threads: Option<usize>) -> String {
    match threads {
        Some(1) => "1 thread".to_owned(),
        Some(count) => format!("{count} threads"),
        None => "a thread for each core".to_owned(),
    }
}
