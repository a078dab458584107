//! Ways from host to host: over as few links as can be.

use alloc::vec;
use alloc::vec::Vec;

use crate::{HostId, LinkSetup, Setup};

/// For each place and each host, the link that a packet takes next.
#[derive(Clone, Debug)]
pub(crate) struct Routes {
    hosts: usize,
    /// By place, and then by host.
    next: Vec<Option<u8>>,
}

impl Routes {
    pub(crate) fn new(setup: &Setup) -> Self {
        let hosts = setup.hosts.len();
        let places = hosts + setup.routers.len();
        let mut next = vec![None; places * hosts];
        for host in 0..hosts {
            let far = distances(&setup.links, host, places, hosts);
            for place in (0..places).filter(|place| *place != host) {
                let nearer = setup.links.iter().position(|link| {
                    let there = far.get(link.to.index()).copied().flatten();
                    link.from.index() == place && there.is_some() && there < far[place]
                });
                next[place * hosts + host] = nearer.and_then(|link| u8::try_from(link).ok());
            }
        }
        Self { hosts, next }
    }

    /// The link that a packet for a host takes from a place.
    pub(crate) fn next(&self, place: HostId, host: HostId) -> Option<usize> {
        if host.index() >= self.hosts {
            return None;
        }
        let link = self.next.get(place.index() * self.hosts + host.index()).copied().flatten();
        link.map(usize::from)
    }

    /// Whether there is a way, over any number of links.
    pub(crate) fn leads(&self, from: HostId, to: HostId) -> bool {
        self.next(from, to).is_some()
    }
}

/// How many links each place is from a host. Only routers pass on what is not for them.
fn distances(links: &[LinkSetup], host: usize, places: usize, hosts: usize) -> Vec<Option<usize>> {
    let mut far = vec![None; places];
    let mut reached = vec![host];
    if let Some(own) = far.get_mut(host) {
        *own = Some(0);
    }
    let mut at = 0;
    while let Some(place) = reached.get(at).copied() {
        at += 1;
        if place != host && place < hosts {
            continue;
        }
        let one_more = far[place].map(|links| links + 1);
        for link in links.iter().filter(|link| link.to.index() == place) {
            let from = link.from.index();
            if let Some(unknown @ None) = far.get_mut(from) {
                *unknown = one_more;
                reached.push(from);
            }
        }
    }
    far
}
