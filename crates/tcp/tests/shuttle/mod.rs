//! Two connections in one memory: what one sends arrives at the other, at once and in order.

#![allow(dead_code, reason = "each user uses a part of it")]

use bytes::Bytes;
use tcpscope_tcp::{
    Call, Config, Connection, Duration, Effect, Effects, Instant, Isn, Opening, Reply, Segment,
    SeqNumber,
};

/// How long a segment is on its way.
const HALF_TRIP: Duration = Duration::from_micros(500);

const RECEIVE: Call = Call::Receive { max: u32::MAX };

/// Two ends, and what is on its way between them.
pub(crate) struct Shuttle {
    ends: [End; 2],
    now: Instant,
    effects: Effects,
    /// Segments with text that were delivered.
    pub(crate) segments: u64,
    /// Octets that were read.
    taken: u64,
}

struct End {
    connection: Connection,
    /// What is on its way to this end.
    inbox: Vec<Segment>,
    /// The same, while it is being delivered.
    batch: Vec<Segment>,
}

impl Shuttle {
    /// Two ends that have said hello.
    pub(crate) fn established(config: &Config, effects: Effects) -> Self {
        let end = || End {
            connection: Connection::new(config.clone()),
            // What the test counts is the engine's.
            inbox: Vec::with_capacity(4096),
            batch: Vec::with_capacity(4096),
        };
        let mut shuttle =
            Self { ends: [end(), end()], now: Instant::ZERO, effects, segments: 0, taken: 0 };
        let isn = Isn::Given(SeqNumber::new(1000));
        shuttle.call(1, Call::Open(Opening::Passive { isn }));
        shuttle.call(0, Call::Open(Opening::Active { isn }));
        while shuttle.deliver() {}
        shuttle
    }

    /// One end, 0 or 1.
    pub(crate) fn connection(&self, end: usize) -> &Connection {
        &self.ends[end].connection
    }

    /// The two connections, and nothing else.
    pub(crate) fn into_connections(self) -> [Connection; 2] {
        self.ends.map(|end| end.connection)
    }

    /// Carries `octets` from the first end to the second, which reads whatever arrives as soon as
    /// it does. Sends `chunk` over and over.
    pub(crate) fn transfer(&mut self, octets: u64, chunk: &Bytes) {
        let mut given = 0;
        let until = self.taken + octets;
        while self.taken < until {
            while given < octets && self.ends[0].connection.send_room() as usize >= chunk.len() {
                self.call(0, Call::Send { data: chunk.clone(), push: true, urgent: false });
                given += chunk.len() as u64;
            }
            if !self.deliver() {
                self.expire();
            }
        }
    }

    /// Lets everything arrive and run out that would without anyone calling, for so long.
    pub(crate) fn rest(&mut self, span: Duration) {
        let end = self.now + span;
        loop {
            while self.deliver() {}
            if self.next_timeout().is_none_or(|(_, at)| at > end) {
                return;
            }
            self.expire();
        }
    }

    fn call(&mut self, end: usize, call: Call) -> Reply {
        let reply = self.ends[end].connection.call(self.now, call, &mut self.effects);
        self.send_off(end);
        reply.expect("the call is allowed")
    }

    /// Delivers what is on its way; says whether anything was.
    fn deliver(&mut self) -> bool {
        self.now = self.now + HALF_TRIP;
        let mut any = false;
        for end in [0, 1] {
            let mut batch = core::mem::take(&mut self.ends[end].batch);
            core::mem::swap(&mut batch, &mut self.ends[end].inbox);
            for segment in batch.drain(..) {
                any = true;
                self.segments += u64::from(!segment.payload.is_empty());
                let connection = &mut self.ends[end].connection;
                connection.segment_arrives(self.now, segment, &mut self.effects);
                let unread = connection.unread() > 0;
                self.send_off(end);
                if unread && let Reply::Received { data, .. } = self.call(end, RECEIVE) {
                    self.taken += data.len() as u64;
                }
            }
            self.ends[end].batch = batch;
        }
        any
    }

    /// Lets the next timer run out.
    fn expire(&mut self) {
        let Some((end, at)) = self.next_timeout() else { panic!("nothing is under way") };
        let connection = &mut self.ends[end].connection;
        let (timer, _) = connection.next_timeout().expect("it is the next one");
        self.now = self.now.max(at);
        connection.timeout(self.now, timer, &mut self.effects);
        self.send_off(end);
    }

    fn next_timeout(&self) -> Option<(usize, Instant)> {
        [0, 1]
            .into_iter()
            .filter_map(|end| Some((end, self.ends[end].connection.next_timeout()?.1)))
            .min_by_key(|(_, at)| *at)
    }

    fn send_off(&mut self, from: usize) {
        let inbox = &mut self.ends[1 - from].inbox;
        for entry in self.effects.drain() {
            if let Effect::Transmit { segment, .. } = entry.effect {
                inbox.push(segment);
            }
        }
    }
}
