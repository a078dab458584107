//! Who stands where across the figure, from left to right, and which way packets go between them.

use tcpscope_sim::{HostId, Packet, Trace};

use crate::order::sorted;

/// Who stands where across a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Places {
    /// From left to right; hosts and routers.
    order: Vec<HostId>,
    hosts: usize,
    /// Of each host, whether it stands on the right: there is what the first host talks to.
    right: Vec<bool>,
    /// For each place, and each host that a packet is for: where it goes next.
    next: Vec<Option<HostId>>,
}

impl Places {
    /// Two hosts, and nothing between them.
    #[must_use]
    pub fn two() -> Self {
        Self {
            order: vec![HostId(0), HostId(1)],
            hosts: 2,
            right: vec![false, true],
            next: vec![None; 4],
        }
    }

    /// The hosts of a run, and the routers that its packets pass. Who talks to each other stands on
    /// different sides, the first host on the left; routers stand between, in the order in which
    /// packets pass them. So most arrows go all the way across.
    #[must_use]
    pub fn of(trace: &Trace) -> Self {
        let hosts = trace.hosts().len();
        let all = hosts + trace.routers().len();
        let mut places = Self {
            order: Vec::new(),
            hosts,
            right: vec![false; hosts],
            next: vec![None; all * all],
        };
        let mut talks = vec![false; hosts * hosts];
        let mut passed = vec![(0.0, 0.0); all - hosts];
        for packet in trace.packets() {
            if let Some(talks) = talks.get_mut(packet.id.from.index() * hosts + packet.to.index()) {
                *talks = true;
            }
            places.learn_way(packet);
        }
        places.take_sides(&talks);
        for packet in trace.packets().iter().filter(|packet| packet.fate.arrives()) {
            places.note_passing(packet, &mut passed);
        }
        places.put_in_order(&passed);
        places
    }

    /// From left to right.
    #[must_use]
    pub fn order(&self) -> &[HostId] {
        &self.order
    }

    /// Whether this place has a TCP.
    #[must_use]
    pub const fn is_host(&self, place: HostId) -> bool {
        place.index() < self.hosts
    }

    /// Whether a host stands on the right.
    pub(super) fn is_right(&self, host: HostId) -> bool {
        self.right.get(host.index()).copied().unwrap_or_default()
    }

    /// Where a packet for `to` goes from here: as others went, or else straight there.
    pub(super) fn next(&self, here: HostId, to: HostId) -> HostId {
        let all = self.order.len();
        self.next.get(here.index() * all + to.index()).copied().flatten().unwrap_or(to)
    }

    fn learn_way(&mut self, packet: &Packet) {
        let all = self.next.len().isqrt();
        let mut here = packet.id.from;
        let passed = packet.hops().iter().map(|hop| hop.router);
        let arrives = packet.fate.arrives().then_some(packet.to);
        if packet.copy_of().is_some() {
            return;
        }
        for place in passed.chain(arrives) {
            if let Some(next) = self.next.get_mut(here.index() * all + packet.to.index()) {
                *next = Some(place);
            }
            here = place;
        }
    }

    /// Each host stands across from the first that it talks to and that has its side.
    fn take_sides(&mut self, talks: &[bool]) {
        let hosts = self.hosts;
        let mut sides: Vec<Option<bool>> = vec![None; hosts];
        for begin in 0..hosts {
            if sides[begin].is_some() {
                continue;
            }
            // Nobody of those before talks to it.
            sides[begin] = Some(false);
            let mut found = vec![begin];
            while let Some(one) = found.pop() {
                for other in 0..hosts {
                    let talk = talks[one * hosts + other] || talks[other * hosts + one];
                    if talk && sides[other].is_none() {
                        sides[other] = sides[one].map(|right| !right);
                        found.push(other);
                    }
                }
            }
        }
        let none_right = sides.iter().all(|right| *right != Some(true));
        self.right = sides.into_iter().map(|right| right == Some(true)).collect();
        if let (true, Some(last)) = (none_right && hosts > 1, self.right.last_mut()) {
            *last = true;
        }
    }

    /// Adds up how far on its way from left to right a packet passes each router, and how often.
    fn note_passing(&self, packet: &Packet, passed: &mut [(f64, f64)]) {
        let mut place = 0.0;
        let whole = packet.hops().iter().fold(1.0, |whole, _| whole + 1.0);
        for hop in packet.hops() {
            place += 1.0;
            let part = place / whole;
            let part = if self.is_right(packet.id.from) { 1.0 - part } else { part };
            let router = hop.router.index().checked_sub(self.hosts);
            if let Some((sum, count)) = router.and_then(|router| passed.get_mut(router)) {
                (*sum, *count) = (*sum + part, *count + 1.0);
            }
        }
    }

    fn put_in_order(&mut self, passed: &[(f64, f64)]) {
        let id = |place: usize| u8::try_from(place).ok().map(HostId);
        let right = &self.right;
        let on_side = |side| (0..self.hosts).filter(move |host| right[*host] == side);
        let routers = passed.iter().enumerate().map(|(router, (sum, count))| {
            (self.hosts + router, if *count > 0.0 { sum / count } else { 0.5 })
        });
        let routers = sorted(routers.collect(), |(_, part)| *part);
        let between = routers.into_iter().map(|(router, _)| router);
        self.order = on_side(false).chain(between).chain(on_side(true)).filter_map(id).collect();
    }
}
