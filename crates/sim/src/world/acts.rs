//! What is done at an instant, and what scripts do beside TCP: forged segments and datagrams.

use alloc::boxed::Box;
use core::net::SocketAddrV4;

use tcpscope_tcp::Segment;

use super::World;
use crate::host::datagram;
use crate::network::{Origins, Sent};
use crate::step::Step;
use crate::{
    Act, AppCall, CallResult, Deed, Done, Flow, Forgery, HostId, HostRule, Number, PacketKind,
    RecordId, RecordKind, Why,
};

impl World {
    /// Does something at its instant.
    pub(super) fn act(&mut self, step: &mut Step<'_>, act: &Act) {
        let id = act.host;
        match &act.deed {
            Deed::Crash => {
                let record = Self::done(step, id, Done::Crash, HostRule::Crashed);
                self.hosts[id.index()].crash(&step.plan.setup, id);
                step.trace.forget_connections(id, record);
            }
            Deed::Restart { scripts } => {
                let done = Done::Restart { scripts: *scripts };
                let record = Self::done(step, id, done, HostRule::Restarted);
                let host = &mut self.hosts[id.index()];
                host.crash(&step.plan.setup, id);
                host.restart(&step.plan.setup, id, step.at, *scripts);
                step.trace.forget_connections(id, record);
                step.trace.set_line(id, record, self.hosts[id.index()].line());
                self.queue_turns(step.plan, id, step.at, Some(record));
            }
            Deed::Halt { halted } => {
                let record = Self::done(step, id, Done::Halt { halted: *halted }, HostRule::Halted);
                self.hosts[id.index()].halt(*halted);
                self.queue_turns(step.plan, id, step.at, Some(record));
            }
            Deed::Call(call) => self.interfere(step, id, call),
            Deed::Forge(forgery) => {
                let record = Self::done(step, id, Done::Forge, HostRule::Forged);
                self.forge(step, id, forgery, 0, record);
            }
            Deed::Replay(packet) => {
                let kept = step.trace.find_packet(*packet);
                let record = Self::done(step, id, Done::Replay { kept }, HostRule::Replayed);
                if let Some(kept) = kept {
                    let copy = self.network.copy(step, &mut self.queue, kept);
                    let kind = RecordKind::Transmit { packet: copy };
                    let from = step.trace.packet(copy).id.from;
                    let why = Some(Why::Host(HostRule::Replayed));
                    step.record(Some(record), Some(from), kind, why);
                }
            }
        }
    }

    fn done(step: &mut Step<'_>, id: HostId, done: Done, rule: HostRule) -> RecordId {
        step.record(None, Some(id), RecordKind::Act(Box::new(done)), Some(Why::Host(rule)))
    }

    fn interfere(&mut self, step: &mut Step<'_>, id: HostId, call: &AppCall) {
        let setup = &step.plan.setup;
        let host = &mut self.hosts[id.index()];
        let (result, connection) = host.interfere(step.at, setup, id, call, step.out);
        let kind = RecordKind::Act(Box::new(Done::Call { name: call.name(), result }));
        let why = Some(Why::Host(HostRule::CalledByHand));
        let record = step.record_of(connection, None, Some(id), kind, why);
        self.beside_tcp(step, id, call, result, record);
        self.follow(step, id, record);
    }

    /// What a call does that is not TCP's.
    pub(super) fn beside_tcp(
        &mut self,
        step: &mut Step<'_>,
        id: HostId,
        call: &AppCall,
        result: CallResult,
        record: RecordId,
    ) {
        if let CallResult::Failed(_) = result {
            return;
        }
        match call {
            AppCall::Forge(forgery) => {
                let forged = self.hosts[id.index()].count_forged();
                let nth = if forgery.spread { forged } else { 0 };
                self.forge(step, id, forgery, nth, record);
            }
            AppCall::SendTo { to, port, octets } => {
                let setup = &step.plan.setup;
                let to = setup.hosts[to.unwrap_or_else(|| setup.peer_of(id)).index()].address;
                let to = SocketAddrV4::new(*to.ip(), port.unwrap_or_else(|| to.port()));
                self.send_datagram(step, id, to, *octets, record);
            }
            AppCall::Open { .. }
            | AppCall::Send(_)
            | AppCall::Receive(_)
            | AppCall::Close
            | AppCall::Abort
            | AppCall::Connect(_)
            | AppCall::Bind { .. }
            | AppCall::Listen { .. }
            | AppCall::Accept
            | AppCall::Serve { .. }
            | AppCall::Set(_)
            | AppCall::Generate { .. }
            | AppCall::Type { .. }
            | AppCall::Shutdown(_)
            | AppCall::Release
            | AppCall::Exit
            | AppCall::Repeat { .. }
            | AppCall::Nothing => {}
        }
    }

    /// A forged segment goes out, from a port that is `nth` further on.
    fn forge(
        &mut self,
        step: &mut Step<'_>,
        id: HostId,
        forgery: &Forgery,
        nth: u16,
        cause: RecordId,
    ) {
        let setup = &step.plan.setup;
        let port = forgery.source.port().wrapping_add(nth).max(1);
        let source = SocketAddrV4::new(*forgery.source.ip(), port);
        let claimed = setup.host_at(*source.ip());
        let number = |number| match number {
            Number::Given(number) => number,
            Number::NextOf(host, more) => standing(step, host).snd_nxt + more,
            Number::ExpectedBy(host, more) => standing(step, host).rcv_nxt + more,
        };
        let segment = Segment {
            seq: number(forgery.seq),
            ack: forgery.ack.map(number),
            flags: forgery.flags,
            wnd: forgery.wnd,
            urg: forgery.urg,
            options: forgery.options,
            payload: forgery.payload.clone(),
            ..Segment::default()
        };
        let flow = Flow::of(setup, claimed.unwrap_or(id), source, forgery.destination, 0);
        // Whose peer is the usual one depends on who sends: it is said.
        let flow = Flow {
            posing_as: Some(claimed.unwrap_or(id)),
            to: setup.host_at(*forgery.destination.ip()),
            ..flow
        };
        let sent = Sent {
            from: id,
            source,
            destination: forgery.destination,
            flow,
            origins: Origins::NONE,
            number: None,
            segment,
            retransmission: false,
        };
        self.send(step, id, sent, cause, HostRule::Forged);
    }

    /// A numbered message goes out in a datagram.
    fn send_datagram(
        &mut self,
        step: &mut Step<'_>,
        id: HostId,
        to: SocketAddrV4,
        octets: u32,
        cause: RecordId,
    ) {
        let setup = &step.plan.setup;
        let source = setup.hosts[id.index()].address;
        let number = self.hosts[id.index()].count_datagrams(to);
        let segment = Segment { payload: datagram(number, octets), ..Segment::default() };
        let sent = Sent {
            from: id,
            source,
            destination: to,
            flow: Flow::of(setup, id, source, to, 0),
            origins: Origins::NONE,
            number: Some((PacketKind::Udp, number)),
            segment,
            retransmission: false,
        };
        self.send(step, id, sent, cause, HostRule::DatagramSent);
    }

    fn send(
        &mut self,
        step: &mut Step<'_>,
        id: HostId,
        sent: Sent,
        cause: RecordId,
        rule: HostRule,
    ) {
        let packet = self.network.transmit(step, &mut self.queue, sent);
        let kind = RecordKind::Transmit { packet };
        step.record(Some(cause), Some(id), kind, Some(Why::Host(rule)));
    }
}

/// How the connection stands that stands for a host.
fn standing(step: &Step<'_>, host: HostId) -> tcpscope_tcp::Status {
    let next = step.trace.next_record();
    step.trace.status(host, next)
}
