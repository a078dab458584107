//! A connection whose peer is the test.

use bytes::Bytes;
use tcpscope_tcp::{
    Call, Config, Flags, Options, Reply, SackBlocks, Segment, SeqNumber, State, Timestamps,
};

use crate::common::{PASSIVE, Probe, segment};

/// The options of a SYN of today.
pub(crate) const MODERN: Options = Options {
    mss: Some(1460),
    window_scale: Some(7),
    sack_permitted: true,
    sack: SackBlocks::NONE,
    timestamps: None,
    fast_open: None,
};

pub(crate) const fn stamped(value: u32) -> Option<Timestamps> {
    Some(Timestamps { value, echo: 0 })
}

/// An established connection, opened passively by a SYN with these options and flags beside SYN.
pub(crate) fn established_by(config: Config, options: Options, flags: Flags) -> Probe {
    let mut probe = Probe::new(config);
    probe.call(PASSIVE).expect("the call is allowed here");
    probe.arrives(Segment { options, ..segment(Flags::SYN | flags, 300, None, b"") });
    let options = Options { timestamps: options.timestamps, ..Options::NONE };
    probe.arrives(Segment { options, ..segment(Flags::empty(), 301, Some(101), b"") });
    assert_eq!(probe.state(), State::Established);
    probe
}

pub(crate) fn established(config: Config, options: Options) -> Probe {
    established_by(config, options, Flags::empty())
}

/// The octet of the peer's stream at this number.
pub(crate) fn octet(seq: u32) -> u8 {
    (seq % 251) as u8
}

/// Text of the peer's stream.
pub(crate) fn text(seq: u32, octets: u32) -> Segment {
    let payload: Bytes = (seq..seq + octets).map(octet).collect();
    Segment { payload, ..segment(Flags::empty(), seq, Some(101), b"") }
}

pub(crate) fn with_timestamp(segment: Segment, value: u32) -> Segment {
    Segment { options: Options { timestamps: stamped(value), ..segment.options }, ..segment }
}

impl Probe {
    /// What RECEIVE returns, all of it.
    pub(crate) fn read(&mut self, max: u32) -> Bytes {
        match self.call(Call::Receive { max }) {
            Ok(Reply::Received { data, .. }) => data,
            Ok(_) | Err(_) => Bytes::new(),
        }
    }

    /// The acknowledgment numbers that went out.
    pub(crate) fn acks(&self) -> Vec<u32> {
        self.sent().iter().filter_map(|sent| sent.ack).map(SeqNumber::value).collect()
    }

    /// The SACK blocks of the one segment that went out.
    pub(crate) fn blocks(&self) -> Vec<(u32, u32)> {
        let sent = self.sent();
        assert_eq!(sent.len(), 1, "one segment: {sent:?}");
        let blocks = sent[0].options.sack;
        blocks.blocks().iter().map(|(left, right)| (left.value(), right.value())).collect()
    }
}
