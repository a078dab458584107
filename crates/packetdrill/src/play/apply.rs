//! What the peer and the network do, as a script says it.

use tcpscope_tcp::{
    Ecn, FastOpenCookie, Options, SackBlocks, Segment, SeqNumber, Timestamps as Stamps,
};

use super::{Player, Timestamps};
use crate::{HeaderOption, IcmpLine, Listed, PacketLine};

/// The port of a peer that connects.
pub(super) const PEERS_PORT: u16 = 49_152;

impl Player<'_> {
    /// A segment of the peer's arrives.
    pub(super) fn inject(&mut self, line: &PacketLine) {
        let segment = self.segment(line, Timestamps::live);
        let (local, remote) = self.ends;
        self.see(self.now, (remote, local), segment.clone());
        self.host.arrives(self.now, remote, local, segment, &mut self.outbox);
        self.gather();
    }

    /// The network tells what became of a segment of ours.
    pub(super) fn report(&mut self, line: IcmpLine) {
        let IcmpLine { error, seq, .. } = line;
        let (local, remote) = self.ends;
        let seq = SeqNumber::new(seq);
        self.host.icmp(self.now, error, local, remote, seq, &mut self.outbox);
        self.gather();
    }

    /// The segment that a line stands for.
    pub(super) fn segment(
        &self,
        line: &PacketLine,
        echo: impl Fn(&Timestamps, u32) -> u32,
    ) -> Segment {
        let mut segment = Segment {
            seq: SeqNumber::new(line.seq),
            ack: line.ack.map(SeqNumber::new),
            flags: line.flags,
            wnd: line.wnd.unwrap_or(0),
            urg: line.urg.unwrap_or(0),
            ecn: line.ecn.unwrap_or(Ecn::NotEct),
            payload: self.zeros.slice(..usize::from(line.len)),
            ..Segment::default()
        };
        if let Listed::These(list) = &line.options {
            segment.options = options(list);
        }
        if let Some(stamps) = &mut segment.options.timestamps {
            stamps.echo = echo(&self.timestamps, stamps.echo);
        }
        segment
    }
}

/// The options of a list; padding says nothing.
pub(super) fn options(list: &[HeaderOption]) -> Options {
    let mut options = Options::NONE;
    for option in list {
        match option {
            HeaderOption::Mss(mss) => options.mss = Some(*mss),
            HeaderOption::WindowScale(shift) => options.window_scale = Some(*shift),
            HeaderOption::SackPermitted => options.sack_permitted = true,
            HeaderOption::Sack(blocks) => {
                let mut sack = SackBlocks::NONE;
                for (left, right) in blocks {
                    sack.push(SeqNumber::new(*left), SeqNumber::new(*right));
                }
                options.sack = sack;
            }
            HeaderOption::Timestamps { value, echo } => {
                options.timestamps = Some(Stamps { value: *value, echo: *echo });
            }
            HeaderOption::FastOpen(cookie) => options.fast_open = FastOpenCookie::new(cookie),
            HeaderOption::NoOperation | HeaderOption::EndOfList => {}
        }
    }
    options
}

impl Timestamps {
    /// A TSval of the script's and what it is in the run.
    pub(super) fn learn(&mut self, script: u32, live: u32) {
        self.first.get_or_insert((script, live));
        self.known.insert(script, live);
    }

    /// What a TSval of ours that the script names is in the run.
    pub(super) fn live(&self, script: u32) -> u32 {
        let offset = self.first.map_or(0, |(script, live)| live.wrapping_sub(script));
        self.known.get(&script).copied().unwrap_or_else(|| script.wrapping_add(offset))
    }

    /// How far off a TSval is, in microseconds, where the script's clock ticks this often. The
    /// engine's ticks every millisecond.
    pub(super) fn error(&self, script: u32, live: u32, tick: u64) -> u64 {
        const OURS: u64 = 1_000;
        let Some((first_script, first_live)) = self.first else { return 0 };
        let said = u64::from(script.wrapping_sub(first_script)).saturating_mul(tick);
        (u64::from(live.wrapping_sub(first_live)) * OURS).abs_diff(said)
    }
}
