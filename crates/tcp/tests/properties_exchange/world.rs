//! Two connections and their programs, over a network that does as it is told.

use std::collections::BTreeMap;

use bytes::Bytes;
use tcpscope_tcp::{
    Call, CallError, Config, Connection, Duration, Ecn, Effect, Effects, Entry, Instant, Isn,
    Opening, Reason, Reply, Segment, SeqNumber, State,
};

/// A generator of numbers from a key: SplitMix64.
#[derive(Clone, Debug)]
pub(crate) struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is not zero.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// What the network does to packets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Network {
    pub(crate) key: u64,
    pub(crate) loss: u64,
    pub(crate) repeats: u64,
    pub(crate) marks: u64,
    pub(crate) delay: Duration,
    pub(crate) jitter: Duration,
    /// From here on nothing arrives any more.
    pub(crate) dies_at: Option<Instant>,
}

/// How an application ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manners {
    /// Closes when it has sent all, reads to the end of the stream, and lets go.
    Polite,
    /// Lets go of the connection at that moment, whatever is unread or unsent.
    LetsGo(Instant),
    /// Aborts at that moment.
    Aborts(Instant),
}

/// What an application does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    pub(crate) octets: u32,
    pub(crate) chunk: u32,
    pub(crate) reads: u32,
    pub(crate) pause: Duration,
    pub(crate) manners: Manners,
}

pub(crate) struct Side {
    pub(crate) connection: Connection,
    /// The same, with nobody watching.
    pub(crate) unwatched: Connection,
    pub(crate) program: Program,
    pub(crate) sent: u32,
    pub(crate) read: u32,
    pub(crate) closed: bool,
    pub(crate) at_end: bool,
    pub(crate) gone: bool,
    pub(crate) wakes: Option<Instant>,
    /// The furthest number that the other side allows, as far as that is known here.
    pub(crate) edge: Option<SeqNumber>,
    pub(crate) peer_shift: u8,
}

/// The octet at `index` of the stream that side `from` sends.
pub(crate) fn octet(from: usize, index: u32) -> u8 {
    (index.wrapping_mul(31) ^ (index >> 8) ^ (index >> 16)).to_le_bytes()[0]
        .wrapping_add(if from == 0 { 0 } else { 101 })
}

pub(crate) struct World {
    pub(crate) now: Instant,
    pub(crate) draw: Draw,
    pub(crate) network: Network,
    pub(crate) sides: [Side; 2],
    pub(crate) packets: BTreeMap<(Instant, u64), (usize, Segment)>,
    pub(crate) count: u64,
}

impl World {
    pub(crate) fn new(
        network: Network,
        configs: &[Config; 2],
        programs: [Program; 2],
        both: bool,
    ) -> Self {
        let mut sides = [0, 1].map(|index: usize| {
            let connection = Connection::new(configs[index].clone());
            Side {
                unwatched: connection.clone(),
                connection,
                program: programs[index],
                sent: 0,
                read: 0,
                closed: false,
                at_end: false,
                gone: false,
                wakes: Some(Instant::ZERO),
                edge: None,
                peer_shift: 0,
            }
        });
        sides[0].peer_shift = configs[1].window_scale.unwrap_or(0);
        sides[1].peer_shift = configs[0].window_scale.unwrap_or(0);
        let mut world = Self {
            now: Instant::ZERO,
            draw: Draw(network.key),
            network,
            sides,
            packets: BTreeMap::new(),
            count: 0,
        };
        for (index, behind) in [(1, 1000), (0, 0)] {
            let iss = Isn::Given(SeqNumber::new(u32::MAX - behind));
            let opening = if index == 0 || both {
                Opening::Active { isn: iss }
            } else {
                Opening::Passive { isn: iss }
            };
            world.call(index, &Call::Open(opening)).expect("OPEN");
        }
        world
    }

    /// Does the same to the connection and to its unwatched twin, and holds what follows to the
    /// invariants.
    fn event<T: PartialEq + std::fmt::Debug>(
        &mut self,
        index: usize,
        what: &impl Fn(&mut Connection, Instant, &mut Effects) -> T,
    ) -> T {
        let now = self.now;
        let side = &mut self.sides[index];
        let before = side.connection.status();
        let explained = self.count.is_multiple_of(2);
        let mut bare = if explained { Effects::explained() } else { Effects::unobserved() };
        let mut effects = Effects::observed();
        let result = what(&mut side.connection, now, &mut effects);
        let unwatched = what(&mut side.unwatched, now, &mut bare);
        assert_eq!(result, unwatched);
        let after = side.connection.status();
        assert_eq!(after, side.unwatched.status(), "the same with nobody watching");
        let told = |entry: &&Entry| explained || entry.effect != Effect::Decide;
        let seen: Vec<_> = effects.entries().iter().filter(told).collect();
        let unseen: Vec<_> = bare.entries().iter().collect();
        assert_eq!(seen, unseen);

        assert!(after.snd_una.at_or_before(after.snd_nxt));
        let numbered =
            |state: State| !matches!(state, State::Closed | State::Listen | State::SynSent);
        if numbered(before.state) && numbered(after.state) {
            let edges = [before, after].map(|status| status.rcv_nxt + status.rcv_wnd);
            let fin = before.rcv_wnd == 0 && edges[1] == edges[0] + 1;
            assert!(edges[1].at_or_after(edges[0]) || fin, "the window shrinks: {edges:?}");
        }
        let mut state = before.state;
        let sent: Vec<_> = effects.drain().collect();
        for entry in sent {
            match entry.effect {
                Effect::Enter { from, to } => {
                    assert_eq!(from, state);
                    assert!(from.may_become(to), "{from} -> {to}");
                    state = to;
                }
                Effect::Transmit { segment, .. } => {
                    self.check_window(index, &segment, &entry.reason);
                    self.travels(index, &segment);
                }
                Effect::Decide
                | Effect::SetTimer { .. }
                | Effect::StopTimer { .. }
                | Effect::Deliver { .. }
                | Effect::Notify(_) => {}
            }
        }
        assert_eq!(state, after.state);
        result
    }

    fn check_window(&self, index: usize, segment: &Segment, reason: &Reason) {
        let (true, Some(edge)) = (segment.text_len() > 0, self.sides[index].edge) else { return };
        let probe = matches!(reason, Reason::WindowProbe { .. }) && segment.text_len() == 1;
        let end = segment.text_seq() + segment.text_len();
        assert!(end.at_or_before(edge) || probe, "{end} is beyond {edge}: {reason:?}");
    }

    fn travels(&mut self, from: usize, segment: &Segment) {
        let Network { loss, repeats, marks, delay, jitter, dies_at, key: _ } = self.network;
        let copies = 1 + u64::from(self.draw.percent(repeats));
        for _ in 0..copies {
            let lost = self.draw.percent(loss) || dies_at.is_some_and(|at| self.now >= at);
            let late = Duration::from_micros(self.draw.below(jitter.as_micros() + 1));
            let marked = self.draw.percent(marks) && segment.ecn != Ecn::NotEct;
            if lost {
                continue;
            }
            let mut segment = segment.clone();
            if marked {
                segment.ecn = Ecn::Ce;
            }
            self.count += 1;
            self.packets.insert((self.now + delay + late, self.count), (1 - from, segment));
        }
    }

    fn call(&mut self, index: usize, call: &Call) -> Result<Reply, CallError> {
        self.event(index, &|connection, now, effects| connection.call(now, call.clone(), effects))
    }

    /// Does what comes next; says whether there was anything.
    fn step(&mut self) -> bool {
        let packet = self.packets.keys().next().copied();
        let timers = [0, 1].map(|index| self.sides[index].connection.next_timeout());
        let wakes = [0, 1].map(|index| self.sides[index].wakes);
        let next = packet
            .map(|(at, _)| at)
            .into_iter()
            .chain(timers.iter().flatten().map(|(_, at)| *at))
            .chain(wakes.into_iter().flatten())
            .min();
        let Some(at) = next else { return false };
        self.now = self.now.max(at);
        if let Some(key) = packet.filter(|(arrives, _)| *arrives == at) {
            let (to, segment) = self.packets.remove(&key).expect("it is there");
            self.arrives(to, &segment);
            self.wake(to);
            return true;
        }
        for index in [0, 1] {
            if let Some((timer, _)) = timers[index].filter(|(_, due)| *due == at) {
                self.event(index, &|connection, now, effects| {
                    connection.timeout(now, timer, effects);
                });
                return true;
            }
            if wakes[index] == Some(at) {
                self.sides[index].wakes = None;
                self.run_program(index);
                return true;
            }
        }
        false
    }

    fn arrives(&mut self, to: usize, segment: &Segment) {
        let side = &mut self.sides[to];
        if let Some(ack) = segment.ack
            && !segment.rst()
        {
            // Whether scaling was agreed on is the connections' business: where it was not, the
            // bound is only less sharp.
            let shift = if segment.syn() { 0 } else { side.peer_shift };
            let edge = ack + (u32::from(segment.wnd) << shift);
            side.edge = Some(side.edge.map_or(edge, |known| known.later_of(edge)));
        }
        self.event(to, &|connection, now, effects| {
            connection.segment_arrives(now, segment.clone(), effects);
        });
    }

    /// The application gets its turn soon, if it has none waiting.
    fn wake(&mut self, index: usize) {
        let pause = self.sides[index].program.pause;
        let at = self.now + pause;
        let side = &mut self.sides[index];
        if side.wakes.is_none() && !side.gone {
            side.wakes = Some(at);
        }
    }

    fn run_program(&mut self, index: usize) {
        let Program { octets, chunk, reads, manners, .. } = self.sides[index].program;
        if let Manners::LetsGo(at) | Manners::Aborts(at) = manners {
            if self.now >= at {
                let call = if manners == Manners::LetsGo(at) { Call::Orphan } else { Call::Abort };
                let _ = self.call(index, &call);
                self.sides[index].gone = true;
                return;
            }
            self.sides[index].wakes = Some(at);
        }
        while self.sides[index].sent < octets {
            let from = self.sides[index].sent;
            let len = chunk.min(octets - from);
            let data: Bytes = (from..from + len).map(|at| octet(index, at)).collect();
            let Ok(Reply::Sent { octets: taken }) =
                self.call(index, &Call::Send { data, push: true, urgent: false })
            else {
                break;
            };
            self.sides[index].sent += taken;
        }
        let side = &self.sides[index];
        let established = side.connection.state().is_synchronized();
        if side.sent == octets && !side.closed && established && manners == Manners::Polite {
            // "[S]hut write": what is unread is still to be read.
            self.sides[index].closed = self.call(index, &Call::ShutWrite).is_ok();
        }
        self.read(index, reads);
        let side = &self.sides[index];
        if manners == Manners::Polite && side.at_end && side.closed {
            let _ = self.call(index, &Call::Orphan);
            self.sides[index].gone = true;
        }
    }

    fn read(&mut self, index: usize, reads: u32) {
        let peeked = self.sides[index].connection.peek(reads);
        let Ok(Reply::Received { data, .. }) = self.call(index, &Call::Receive { max: reads })
        else {
            let side = &mut self.sides[index];
            side.at_end = side.connection.peer_has_closed() && side.connection.unread() == 0;
            return;
        };
        assert_eq!(peeked, data);
        for byte in &data {
            let at = self.sides[index].read;
            assert_eq!(*byte, octet(1 - index, at), "octet {at}, once and in order");
            self.sides[index].read += 1;
        }
        // More may be there.
        self.wake(index);
    }

    fn over(&self) -> bool {
        self.sides.iter().all(|side| {
            // What arrived may be read after the connection is gone.
            let reads_on = side.program.manners == Manners::Polite && !side.gone;
            side.connection.state() == State::Closed && !reads_on
        })
    }

    /// Runs until both connections are gone.
    pub(crate) fn run(&mut self) {
        let end = Instant::ZERO + Duration::from_secs(48 * 3600);
        let mut steps = 0_u32;
        while !self.over() {
            assert!(self.step(), "nothing will ever happen again: {}", self.where_it_stands());
            steps += 1;
            assert!(steps < 400_000, "too much happens: {}", self.where_it_stands());
            assert!(self.now < end, "it never ends: {}", self.where_it_stands());
        }
    }

    fn where_it_stands(&self) -> String {
        let [a, b] = [0, 1].map(|index| self.sides[index].connection.status());
        format!("{:?}\n{a:#?}\n{b:#?}", self.now)
    }
}
