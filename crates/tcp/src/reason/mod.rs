//! Why something happened: the rule that was applied and the numbers that it used.

mod citation;
mod rule;

pub use citation::Citation;

use crate::{CallError, Duration, SeqNumber, State, Timer};

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
    RttMeasured { rtt: Duration, srtt: Duration, rttvar: Duration, rto: Duration },
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
