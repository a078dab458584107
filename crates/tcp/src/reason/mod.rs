//! Why something happened: the rule that was applied and the numbers that it used.

mod citation;
mod rule;

pub use citation::Citation;

use crate::{CallError, Duration, SeqNumber, ShortSpan, State, Timer};

/// A rule that was applied, with the numbers that decided. Made where the decision is made; put
/// into words elsewhere. Sequence numbers are absolute; lengths and windows are octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "a field's name is the variable of the RFC that it holds")]
pub enum Reason {
    // Opening
    /// Passive OPEN: a TCB is made and waits for any SYN.
    PassiveOpen,
    /// Active OPEN: a SYN with our initial sequence number is sent.
    ActiveOpen { iss: SeqNumber },
    /// A SYN reaches LISTEN: its number is taken, ours is chosen, SYN,ACK answers.
    SynInListen { irs: SeqNumber, rcv_nxt: SeqNumber, iss: SeqNumber },
    /// SYN,ACK answers our SYN.
    SynAckInSynSent { irs: SeqNumber, rcv_nxt: SeqNumber, snd_una: SeqNumber },
    /// A bare SYN reaches SYN-SENT: both sides opened at once.
    SimultaneousOpen { irs: SeqNumber, rcv_nxt: SeqNumber, iss: SeqNumber },
    /// The peer's SYN is acknowledged: the third segment of the handshake.
    SynAcknowledged { rcv_nxt: SeqNumber },
    /// Our SYN is acknowledged: the connection is established.
    OurSynAcked { ack: SeqNumber, iss: SeqNumber },
    /// The segment size in use: the smaller of what the peer can take and what we can send.
    EffectiveMss { announced: Option<u16>, ours: u16, mss: u32 },
    /// The congestion window to begin with.
    InitialWindow { segments: u32, mss: u32, cwnd: u32 },

    // User calls
    /// SEND before the connection is established: the octets wait.
    SendWaits { octets: u32, state: State },
    /// SEND takes octets into the send buffer.
    SendTaken { octets: u32, unsent: u32, room: u32 },
    /// RECEIVE hands over octets.
    ReceiveReturns { octets: u32, unread: u32 },
    /// RECEIVE finds the stream at its end.
    ReceiveEndOfStream { rcv_nxt: SeqNumber },
    /// RECEIVE has to wait: nothing is there yet.
    ReceiveWaits { rcv_nxt: SeqNumber },
    /// CLOSE: no more octets will be given; a FIN follows what is queued.
    Close { unsent: u32, state: State },
    /// CLOSE where no connection has begun: the TCB is deleted.
    CloseDeletes { state: State },
    /// CLOSE with octets unread: they are lost, so the peer is told by a RST.
    CloseUnread { unread: u32 },
    /// ABORT: the connection is torn down, the peer told by a RST.
    Abort { state: State },
    /// FLUSH: what the window does not let out yet is forgotten.
    Flushed { octets: u32 },
    /// STATUS: the variables are handed out.
    StatusAsked { state: State },
    /// A call that the state does not allow.
    CallRefused { error: CallError, state: State },

    // Sending
    /// Text goes out: what allowed it.
    SendText { seq: SeqNumber, octets: u32, usable: u32, permit: SendPermit },
    /// The FIN goes out: all text before it has been sent.
    SendFin { seq: SeqNumber },
    /// Text waits: the window is used up.
    WindowFull { unsent: u32, flight: u32, wnd: u32, cwnd: u32 },
    /// Text waits: it is less than a segment and earlier text is unacknowledged.
    NagleWaits { unsent: u32, mss: u32, flight: u32 },
    /// The retransmission timer ran out: the earliest unacknowledged segment is sent again.
    RetransmitAfterTimeout { seq: SeqNumber, octets: u32, attempt: u32 },
    /// After a timeout all that was in flight is taken for lost and sent again as cwnd allows.
    RetransmitLost { seq: SeqNumber, octets: u32, cwnd: u32 },
    /// Three duplicate ACKs: the segment at SND.UNA is taken for lost.
    FastRetransmit { seq: SeqNumber, octets: u32, duplicates: u32 },
    /// A partial ACK in recovery: the next hole is sent at once.
    RetransmitPartial { seq: SeqNumber, octets: u32, recover: SeqNumber },
    /// A probe of a zero window: one octet beyond it.
    WindowProbe { seq: SeqNumber, octets: u32, attempt: u32 },
    /// The window opened: the octet of a probe that was refused is sent again.
    RetransmitProbe { seq: SeqNumber, octets: u32, wnd: u32 },
    /// The reader made room: the peer is told of the larger window.
    WindowUpdate { rcv_nxt: SeqNumber, from: u32, to: u32 },

    // Arriving: the checks of RFC 9293 §3.10.7.4, in order
    /// The segment begins at RCV.NXT or overlaps the window: it is acceptable.
    Acceptable { seq: SeqNumber, len: u32, rcv_nxt: SeqNumber, rcv_wnd: u32 },
    /// The segment lies outside the window: it is dropped and answered with an ACK.
    NotAcceptable { seq: SeqNumber, len: u32, rcv_nxt: SeqNumber, rcv_wnd: u32 },
    /// Everything in the segment was received before: it is dropped and acknowledged again.
    OldDuplicate { seq: SeqNumber, len: u32, rcv_nxt: SeqNumber },
    /// A RST outside the window is dropped without a word.
    RstOutsideWindow { seq: SeqNumber, rcv_nxt: SeqNumber, rcv_wnd: u32 },
    /// A RST at RCV.NXT (or where RFC 793 allows it) resets the connection.
    RstAccepted { seq: SeqNumber, rcv_nxt: SeqNumber, state: State },
    /// A RST in the window, but not at RCV.NXT: an ACK challenges the sender to repeat it.
    RstChallenged { seq: SeqNumber, rcv_nxt: SeqNumber },
    /// A RST that no state can use is dropped.
    RstIgnored { state: State },
    /// A SYN on a synchronized connection: an ACK challenges the sender.
    SynChallenged { seq: SeqNumber, rcv_nxt: SeqNumber },
    /// RFC 793's rule: a SYN in the window is an error and resets.
    SynInWindow { seq: SeqNumber },
    /// A new SYN while a passive opening is under way: back to LISTEN.
    SynReturnsToListen { seq: SeqNumber },
    /// A segment without ACK is of no use here.
    AckMissing { state: State },
    /// The acknowledgment covers new octets.
    AckAdvances { from: SeqNumber, to: SeqNumber, octets: u32 },
    /// The acknowledgment covers nothing new.
    AckDuplicate { ack: SeqNumber, snd_una: SeqNumber, count: u32 },
    /// The acknowledgment is for something never sent.
    AckOfUnsent { ack: SeqNumber, snd_nxt: SeqNumber },
    /// The acknowledgment is older than any window that the peer ever offered.
    AckTooOld { ack: SeqNumber, snd_una: SeqNumber, max_wnd: u32 },
    /// The acknowledgment cannot belong to this opening: answered with a RST.
    AckRefused { ack: SeqNumber, state: State },
    /// The peer's window is news: it is taken.
    WindowTaken { from: u32, to: u32, wl1: SeqNumber, wl2: SeqNumber },
    /// The peer closed its window.
    WindowClosed { from: u32 },
    /// Our FIN is acknowledged.
    OurFinAcked { ack: SeqNumber, state: State },
    /// Urgent data lies ahead.
    UrgentAhead { rcv_up: SeqNumber, rcv_nxt: SeqNumber },
    /// Text in order: RCV.NXT moves over it.
    TextInOrder { seq: SeqNumber, octets: u32, rcv_nxt: SeqNumber },
    /// Text that fills the gap before text that waited.
    TextFillsGap { seq: SeqNumber, octets: u32, waited: u32, rcv_nxt: SeqNumber },
    /// Text ahead of a gap is kept.
    TextOutOfOrder { seq: SeqNumber, octets: u32, rcv_nxt: SeqNumber },
    /// Text beyond the window is cut off.
    TextBeyondWindow { kept: u32, cut: u32 },
    /// Text after the peer's FIN is ignored.
    TextIgnored { octets: u32, state: State },
    /// Received text is acknowledged.
    AckText { rcv_nxt: SeqNumber },
    /// Text out of order is acknowledged at once, so that the sender learns of the gap.
    AckOutOfOrder { seq: SeqNumber, rcv_nxt: SeqNumber },
    /// The peer's FIN is in order: RCV.NXT moves over it.
    FinArrives { rcv_nxt: SeqNumber, state: State },
    /// The peer's FIN is acknowledged.
    AckFin { rcv_nxt: SeqNumber },
    /// The peer's FIN came again: our ACK of it was lost.
    FinAgain { seq: SeqNumber, rcv_nxt: SeqNumber },
    /// No connection is here: answered with a RST.
    NoConnection { seq: SeqNumber, ack: Option<SeqNumber> },
    /// Neither SYN nor RST in SYN-SENT: dropped.
    NotForSynSent,
    /// Neither SYN, ACK nor RST in LISTEN: dropped.
    NotForListen,

    // Timers
    /// The retransmission timer starts with the first octet in flight.
    RtoStarts { rto: Duration },
    /// New octets were acknowledged and others are in flight: the timer starts anew.
    RtoRestarts { rto: Duration },
    /// All is acknowledged: the timer stops.
    RtoStops,
    /// The retransmission timer ran out.
    RtoExpires { rto: Duration, attempt: u32 },
    /// The timeout is doubled.
    RtoBacksOff { from: Duration, to: Duration },
    /// A round trip was measured.
    RttMeasured { rtt: Duration, srtt: Duration, rttvar: ShortSpan, rto: ShortSpan },
    /// A round trip was not measured: it is not known which transmission was acknowledged.
    KarnSkips { ack: SeqNumber },
    /// The window is zero and text waits: the persist timer starts.
    PersistStarts { after: Duration },
    /// The persist timer ran out.
    PersistExpires { attempt: u32 },
    /// The window is open again: the persist timer stops.
    PersistStops { wnd: u32 },
    /// TIME-WAIT begins: two maximum segment lifetimes.
    TimeWaitStarts { msl: Duration },
    /// TIME-WAIT begins again.
    TimeWaitRestarts { msl: Duration },
    /// TIME-WAIT is over.
    TimeWaitExpires { msl: Duration },
    /// The connection is gone, and its timers with it.
    TimerDies { timer: Timer },
    /// R1: the application is warned.
    R1Reached { attempt: u32 },
    /// R2: the connection is given up.
    R2Reached { attempt: u32 },

    // Congestion
    /// Slow start: cwnd grows by what was acknowledged, one segment at most.
    SlowStart { from: u32, to: u32, ssthresh: u32 },
    /// Congestion avoidance: about one segment a round trip.
    CongestionAvoidance { from: u32, to: u32 },
    /// A timeout: half of the flight is the new threshold, one segment the new window.
    CongestionTimeout { flight: u32, ssthresh: u32, cwnd: u32 },
    /// Fast retransmit: half of the flight is the new threshold; recovery until `recover`.
    RecoveryBegins { flight: u32, ssthresh: u32, cwnd: u32, recover: SeqNumber },
    /// Each further duplicate ACK says that a segment left the network.
    RecoveryInflates { cwnd: u32 },
    /// A partial ACK deflates the window.
    RecoveryDeflates { cwnd: u32 },
    /// All that was in flight at the loss is acknowledged: recovery is over.
    RecoveryEnds { cwnd: u32 },

    // Options
    /// Both SYNs carried Window Scale: what the peer announces is shifted by `snd_shift`, what we announce by `rcv_shift`.
    WindowScaleAgreed { snd_shift: u8, rcv_shift: u8 },
    /// The peer's shift is over 14, so 14 is used.
    WindowScaleTooLarge { shift: u8 },
    /// Both SYNs carried SACK-Permitted.
    SackAgreed,
    /// Both SYNs carried Timestamps: every segment carries them, and so much text is left for one.
    TimestampsAgreed { mss: u32 },
    /// The SYN asked for ECN and the SYN,ACK agreed.
    EcnAgreed,
    /// We would use an option, but the peer's SYN does not carry it.
    NotAgreed { option: Negotiable },
    /// A SYN that asked for ECN was lost: it is repeated without, since the asking may be why.
    EcnSetupWithdrawn { attempt: u32 },
    /// The SYN asks for a cookie for the next time.
    FastOpenCookieAsked,
    /// The SYN,ACK gives the client its cookie.
    FastOpenCookieGiven { octets: u32 },
    /// A cookie is at hand: text goes out with the SYN.
    FastOpenSent { octets: u32 },
    /// The cookie is right: the text in the SYN is delivered before the handshake is over.
    FastOpenAccepted { octets: u32 },
    /// The cookie is not right, or none is wanted: the text in the SYN is not taken.
    FastOpenRefused { octets: u32 },

    // Sending, further
    /// SEND with the urgent flag: the urgent pointer points behind these octets.
    SendUrgent { snd_up: SeqNumber },
    /// A duplicate ACK says that a segment has left the network: a new one may enter it.
    LimitedTransmit { seq: SeqNumber, octets: u32, duplicates: u32 },
    /// The next hole that SACK shows is filled, as long as pipe is below cwnd.
    RetransmitSack { seq: SeqNumber, octets: u32, pipe: u32, cwnd: u32 },
    /// The end of the stream may be lost too, and no SACK can show it: one segment of it is sent again.
    RescueRetransmit { seq: SeqNumber, octets: u32 },
    /// Nothing was heard for a while: a segment is sent to draw an acknowledgment.
    TailLossProbe { seq: SeqNumber, octets: u32, new_text: bool },
    /// This TCP sends nothing again: what is lost stays lost.
    RetransmissionOff { seq: SeqNumber },
    /// This TCP sends beyond the peer's window.
    FlowControlOff { octets: u32, wnd: u32 },
    /// Nothing was sent for longer than the RTO: what cwnd knew of the network is old.
    RestartAfterIdle { idle: Duration, from: u32, to: u32 },

    // Acknowledging
    /// The acknowledgment waits, so that text or another segment's acknowledgment may share its segment.
    AckDelayStarts { after: Duration, rcv_nxt: SeqNumber },
    /// The acknowledgment has waited for long enough.
    AckDelayEnds { rcv_nxt: SeqNumber },
    /// Every second segment is acknowledged at once.
    AckSecondSegment { rcv_nxt: SeqNumber },
    /// What fills a gap is acknowledged at once, so that the sender learns of it.
    AckFillsGap { rcv_nxt: SeqNumber },
    /// A segment that goes out anyway carries the acknowledgment that waited.
    AckRidesAlong { rcv_nxt: SeqNumber },
    /// The acknowledgment tells what has arrived beyond the gap, the newest block first.
    SackReports { left: SeqNumber, right: SeqNumber, blocks: u32 },
    /// These octets arrived a second time: the first SACK block says so.
    DsackReports { left: SeqNumber, right: SeqNumber },

    // Arriving, further
    /// The timestamp is older than one already seen: the segment is an old duplicate.
    PawsRejects { value: u32, recent: u32 },
    /// The connection was idle for so long that the timestamp kept may itself be old: it is not compared.
    PawsOutdated { recent: u32 },
    /// Timestamps were agreed on, but the segment carries none: it is dropped.
    TimestampMissing { seq: SeqNumber },
    /// The timestamp will be echoed by what is sent next.
    TimestampKept { value: u32 },
    /// So many challenge ACKs were sent within a second that this one is left out.
    ChallengeAckLimited { limit: u32 },
    /// The peer took back a part of the window that it had offered.
    WindowShrinks { from: u32, to: u32 },
    /// Text arrives after the application is gone: nobody will ever read it, so the connection is reset.
    TextUnwanted { octets: u32, state: State },
    /// A RST does not cut TIME-WAIT short: old duplicates would then find no one to refuse them.
    RstIgnoredInTimeWait { seq: SeqNumber },
    /// A newer SYN opens the connection anew from TIME-WAIT.
    TimeWaitReopens { seq: SeqNumber, rcv_nxt: SeqNumber },
    /// This TCP has no TIME-WAIT: the connection is gone at once.
    TimeWaitSkipped,
    /// This TCP does not wait for the third segment: it takes its SYN for acknowledged.
    TwoWayOpening { iss: SeqNumber },
    /// This TCP begins every connection with the same number.
    FixedIsn { iss: SeqNumber },
    /// Text that came with the SYN is kept until the connection is established.
    SynTextKept { octets: u32 },
    /// The peer's answer to our FIN or RST is all that was waited for: the connection is gone.
    ConnectionOver { state: State },

    // Explicit congestion notification
    /// A router marked the packet instead of dropping it: every ACK says so until the sender reacts.
    CongestionMarked { seq: SeqNumber },
    /// The peer's ACK says that a packet of ours was marked: the window is reduced as after a loss, once a round trip.
    CongestionHeard { flight: u32, ssthresh: u32, cwnd: u32 },
    /// The segment tells the peer that the window was reduced.
    CwrSent { seq: SeqNumber },
    /// The sender has reduced its window: ACKs stop saying that a packet was marked.
    CwrReceived { seq: SeqNumber },

    // Loss and recovery
    /// The peer has these octets, although not those before them.
    SackTaken { left: SeqNumber, right: SeqNumber, octets: u32 },
    /// A SACK block that lies about what was sent, or is older than SND.UNA, is ignored.
    SackIgnored { left: SeqNumber, right: SeqNumber },
    /// The peer received these octets twice.
    DsackTaken { left: SeqNumber, right: SeqNumber },
    /// Three segments, or their octets, beyond this one have arrived: it is taken for lost.
    LostBySack { seq: SeqNumber, octets: u32 },
    /// A segment sent later has arrived, and this one has had time enough: it is taken for lost.
    LostByRack { seq: SeqNumber, octets: u32, elapsed: Duration, allowed: Duration },
    /// A segment taken to be late has arrived without being sent again: the network reorders.
    ReorderingSeen { seq: SeqNumber },
    /// The segment may only be late: it is given the rest of the reordering window.
    ReorderingTimerStarts { after: Duration },
    /// Nothing that is late is waited for any more: the reordering timer stops.
    ReorderingTimerStops,
    /// The reordering window is over.
    ReorderingTimerExpires,
    /// If no acknowledgment comes before that, a tail-loss probe goes out.
    ProbeTimerStarts { after: Duration },
    /// No probe is wanted: all is acknowledged, or recovery is under way.
    ProbeTimerStops,
    /// No acknowledgment came: the end of the flight may be lost.
    ProbeTimerExpires,
    /// The probe filled a hole, so that a loss would otherwise pass unnoticed: cwnd reacts to it.
    ProbeRepairedLoss { seq: SeqNumber },
    /// A segment is taken for lost: recovery until `recover`, guided by SACK.
    SackRecoveryBegins { flight: u32, ssthresh: u32, cwnd: u32, recover: SeqNumber },
    /// As many octets may be sent as have left the network, in proportion to the reduction.
    ProportionalRate { delivered: u32, pipe: u32, sent: u32, cwnd: u32 },
    /// The timeout may be spurious: new text is sent before anything else is sent again.
    FRtoBegins { recover: SeqNumber },
    /// What was never sent again is acknowledged: the timeout was spurious, and the window is restored.
    FRtoSpurious { cwnd: u32, ssthresh: u32 },
    /// The timeout was no mistake: what was in flight is taken for lost.
    FRtoGenuine { ack: SeqNumber },

    // Congestion, further
    /// CUBIC: the window follows a cubic curve of the time since the last reduction.
    CubicGrows { from: u32, to: u32, w_max: u32, since: Duration },
    /// CUBIC would be slower than Reno here, so it grows as Reno would.
    CubicRenoFriendly { from: u32, to: u32 },
    /// CUBIC: the window was `w_max` at the loss; 0.7 of the flight is the new threshold.
    CubicReduces { w_max: u32, ssthresh: u32 },
    /// The window was not filled, so its size was not put to the test: it does not grow.
    CwndNotUsed { cwnd: u32, flight: u32 },

    // Timers, further
    /// The SYN had to be repeated: the timeout begins anew with three seconds.
    RtoAfterSyn { rto: Duration },
    /// The connection is idle: after this long the peer is asked whether it is there.
    KeepAliveStarts { after: Duration },
    /// A segment with a number that the peer has already acknowledged asks for an answer.
    KeepAliveProbe { seq: SeqNumber, attempt: u32 },
    /// Keep-alives are off, or there is nothing left to keep alive: the timer stops.
    KeepAliveStops,
    /// The peer has answered none of the probes.
    KeepAliveGivesUp { attempt: u32 },
    /// Sent text may go unacknowledged for so long.
    UserTimeoutStarts { after: Duration },
    /// Nothing waits for the peer any more: the user timeout stops.
    UserTimeoutStops,
    /// The user timeout is over: queues are flushed, the user is told, the connection is gone.
    UserTimeoutExpires { after: Duration },
    /// The application is gone: FIN-WAIT-2 will not wait forever for the peer's FIN.
    FinWait2Starts { after: Duration },
    /// The peer's FIN has not come: the connection is gone.
    FinWait2Expires,

    // Host
    /// The packet is for another address.
    ForeignAddress,
    /// A segment from or to a broadcast or multicast address is dropped.
    BadAddress,
    /// As many openings are under way as the listener allows: the SYN is dropped.
    SynQueueFull { backlog: u32 },
    /// The application has not taken the connections that are ready: another one has to wait.
    AcceptQueueFull { backlog: u32 },
    /// The SYN queue is full: the state of the opening goes into the sequence number, and none is kept.
    SynCookieSent { iss: SeqNumber, mss: u16 },
    /// The ACK brings back a cookie of ours: the connection is made of it.
    SynCookieTaken { ack: SeqNumber, mss: u16 },
    /// The ACK brings back no cookie of ours, or one that is too old.
    SynCookieRefused { ack: SeqNumber },
    /// The listener closes: those who were not accepted are reset.
    ListenerCloses,
    /// SO_LINGER of zero: CLOSE resets.
    Lingers,
    /// A soft error: the network may recover, so that the connection goes on.
    IcmpSoft { error: IcmpError },
    /// A hard error: the connection is aborted.
    IcmpHard { error: IcmpError },
    /// The message is dropped: it is obsolete, or speaks of nothing in flight.
    IcmpDropped { error: IcmpError },
    /// A packet was too big for the way: segments become smaller.
    MtuReduced { mtu: u32, mss: u32 },
}

/// What allowed text to be sent (RFC 9293 §3.8.6.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SendPermit {
    /// A full segment fits.
    FullSegment,
    /// It is all there is, and nothing earlier is unacknowledged.
    Idle,
    /// It is all there is, and Nagle's algorithm is off.
    NagleOff,
    /// It is all there is, and the FIN follows it.
    LastBeforeFin,
    /// It fills at least half of the largest window that the peer ever offered.
    HalfWindow,
    /// It has waited for the override timeout.
    Override,
}

/// What both SYNs must carry to be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Negotiable {
    /// Window Scale (RFC 7323 §2).
    WindowScale,
    /// SACK-Permitted (RFC 2018 §2).
    Sack,
    /// Timestamps (RFC 7323 §3).
    Timestamps,
    /// ECN (RFC 3168 §6.1.1).
    Ecn,
}

/// What an ICMP message says of a packet of ours (RFC 9293 §3.9.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IcmpError {
    /// Destination unreachable, code 0: the network.
    NetworkUnreachable,
    /// Destination unreachable, code 1: the host.
    HostUnreachable,
    /// Destination unreachable, code 2: it does not speak TCP.
    ProtocolUnreachable,
    /// Destination unreachable, code 3: the port.
    PortUnreachable,
    /// Destination unreachable, code 4: the packet is larger than a link on the way allows.
    FragmentationNeeded {
        /// The MTU of that link, in octets; 0 where the router does not tell.
        mtu: u16,
    },
    /// Destination unreachable, code 5: a source route failed.
    SourceRouteFailed,
    /// Source quench.
    SourceQuench,
    /// Time exceeded.
    TimeExceeded,
    /// Parameter problem.
    ParameterProblem,
}
