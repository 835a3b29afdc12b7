//! Requests in progress of those who come by a trusted proxy. In: whom the proxy says that it asks for. Out: a share of
//! each, so that one of them does not take all; connections cannot tell them apart (`listen`).

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Requests in progress of one client, at most: as many as connections of one address.
const SHARE: usize = 256;

/// How many requests of each are in progress.
#[derive(Default)]
pub struct Clients(Mutex<HashMap<IpAddr, usize>>);

/// One of them, until it is dropped.
pub struct InProgress<'c> {
    clients: &'c Clients,
    of: IpAddr,
}

impl Clients {
    /// Counts a request; none where its client has too many already.
    pub fn count(&self, of: IpAddr) -> Option<InProgress<'_>> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(of).or_default();
        (*count < SHARE).then(|| {
            *count += 1;
            InProgress { clients: self, of }
        })
    }
}

impl Drop for InProgress<'_> {
    fn drop(&mut self) {
        let mut counts = self
            .clients
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.of) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.of);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_client_has_its_share() {
        let clients = Clients::default();
        let [greedy, other]: [IpAddr; 2] = [[10, 0, 0, 1].into(), [10, 0, 0, 2].into()];
        let held: Vec<_> = (0..SHARE).map(|_| clients.count(greedy)).collect();
        assert!(held.iter().all(Option::is_some) && clients.count(greedy).is_none());
        assert!(clients.count(other).is_some());
        drop(held);
        assert!(clients.count(greedy).is_some());
        assert!(clients.0.lock().expect("counts").is_empty());
    }
}
