//! What readers sent by forms, and how far it is. In: what came of each part. Out: the same for the page that asks.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use desk::Added;

/// Forms whose outcome is remembered.
const REMEMBERED: usize = 50;

/// How far a form's pages are.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// What came of them so far.
    pub added: Added,
    /// Pages and addresses that are left.
    pub left: usize,
    /// Whether there is more to come.
    pub over: bool,
}

/// The forms that were sent, the last of them.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<(u64, BTreeMap<u64, Job>)>);

impl Jobs {
    /// Remembers one; gives its number.
    pub fn begin(&self, job: Job) -> u64 {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.0 += 1;
        let number = jobs.0;
        jobs.1.insert(number, job);
        while jobs.1.len() > REMEMBERED {
            jobs.1.pop_first();
        }
        number
    }

    /// Notes how far one is.
    pub fn change(&self, number: u64, change: impl FnOnce(&mut Job)) {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(job) = jobs.1.get_mut(&number) {
            change(job);
        }
    }

    /// How far one is.
    pub fn get(&self, number: u64) -> Option<Job> {
        let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.1.get(&number).cloned()
    }
}
