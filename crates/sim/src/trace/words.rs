//! A connection's variables as a row of numbers, so that they can be compared and written one by
//! one.

use tcpscope_tcp::{AgreedOptions, Blocks, Duration, Instant, SeqNumber, State, Status, Timer};

/// Variables as numbers.
pub(super) type Words = [u64; WORDS];

/// How many there are: no more than a mask has bits.
pub(super) const WORDS: usize = SCALARS + TIMERS + RUNS;

/// No variables at all.
pub(super) const ZERO: Words = [0; WORDS];

const SCALARS: usize = 28;
const TIMERS: usize = Timer::ALL.len();
const RUNS: usize = 2 * Blocks::SHOWN;

const _: () = assert!(WORDS <= 64, "a mask has 64 bits");

/// The variables as numbers: what changes often stands first, so that masks are short.
pub(super) fn words(status: &Status) -> Words {
    let Status {
        state,
        iss,
        irs,
        snd_una,
        snd_nxt,
        snd_wnd,
        snd_wl1,
        snd_wl2,
        snd_up,
        rcv_nxt,
        rcv_wnd,
        rcv_up,
        mss,
        cwnd,
        ssthresh,
        flight,
        pipe,
        recover,
        duplicates,
        srtt,
        rttvar,
        min_rtt,
        rto,
        retransmissions,
        unsent,
        unread,
        read,
        out_of_order,
        closing,
        agreed,
        timers,
    } = status;
    let seq = |number: &SeqNumber| u64::from(number.value());
    let seq_or_none = |number: &Option<SeqNumber>| number.map_or(0, |n| 1 + u64::from(n.value()));
    let span = |span: &Option<Duration>| span.map_or(0, |span| span.as_micros().saturating_add(1));
    let time = |at: &Option<Instant>| at.map_or(0, |at| at.as_micros().saturating_add(1));
    let [retransmission, other_timers @ ..] = timers;
    let scalars: [u64; SCALARS] = [
        time(retransmission),
        seq(snd_una),
        seq(snd_nxt),
        u64::from(*flight),
        u64::from(*pipe),
        seq(rcv_nxt),
        u64::from(*unread),
        *read,
        u64::from(*unsent),
        u64::from(*cwnd),
        seq(snd_wl1),
        seq(snd_wl2),
        u64::from(*snd_wnd),
        u64::from(*rcv_wnd),
        span(srtt),
        span(rttvar),
        rto.as_micros(),
        u64::from(*duplicates),
        span(min_rtt),
        u64::from(*ssthresh),
        seq_or_none(recover),
        u64::from(*retransmissions),
        seq(snd_up),
        seq(rcv_up),
        seq_or_none(iss),
        seq_or_none(irs),
        u64::from(*mss),
        *state as u64 | u64::from(*closing) << 8 | agreed_word(*agreed) << 16,
    ];
    let mut words = ZERO;
    words[..SCALARS].copy_from_slice(&scalars);
    let rest = &mut words[SCALARS..];
    for (slot, at) in rest.iter_mut().zip(other_timers) {
        *slot = time(at);
    }
    let rest = &mut rest[TIMERS - 1..];
    rest[0] = out_of_order.len() as u64;
    for (slots, (start, end)) in rest[1..].chunks_exact_mut(2).zip(out_of_order.runs()) {
        slots.copy_from_slice(&[seq(start), seq(end)]);
    }
    words
}

/// The variables that these numbers are.
pub(super) fn status(words: &Words) -> Status {
    let mut left = words.iter().copied();
    let mut take = || left.next().unwrap_or(0);
    let small = |word: u64| u32::try_from(word).unwrap_or(u32::MAX);
    let seq = |word: u64| SeqNumber::new(small(word));
    let seq_or_none = |word: u64| word.checked_sub(1).map(seq);
    let span = |word: u64| word.checked_sub(1).map(Duration::from_micros);
    let time = |word: u64| word.checked_sub(1).map(Instant::from_micros);
    let mut timers = [None; TIMERS];
    timers[0] = time(take());
    let mut status = Status {
        snd_una: seq(take()),
        snd_nxt: seq(take()),
        flight: small(take()),
        pipe: small(take()),
        rcv_nxt: seq(take()),
        unread: small(take()),
        read: take(),
        unsent: small(take()),
        cwnd: small(take()),
        snd_wl1: seq(take()),
        snd_wl2: seq(take()),
        snd_wnd: small(take()),
        rcv_wnd: small(take()),
        srtt: span(take()),
        rttvar: span(take()),
        rto: Duration::from_micros(take()),
        duplicates: small(take()),
        min_rtt: span(take()),
        ssthresh: small(take()),
        recover: seq_or_none(take()),
        retransmissions: small(take()),
        snd_up: seq(take()),
        rcv_up: seq(take()),
        iss: seq_or_none(take()),
        irs: seq_or_none(take()),
        mss: small(take()),
        ..Status::default()
    };
    let word = take();
    status.state = State::ALL.get((word & 0xff) as usize).copied().unwrap_or_default();
    status.closing = word >> 8 & 1 == 1;
    status.agreed = agreed(word >> 16);
    for timer in timers.iter_mut().skip(1) {
        *timer = time(take());
    }
    status.timers = timers;
    for _ in 0..take() {
        status.out_of_order.push(seq(take()), seq(take()));
    }
    status
}

fn agreed_word(agreed: AgreedOptions) -> u64 {
    let AgreedOptions { shifts, sack, timestamps, ecn } = agreed;
    let bits = u64::from(sack) | u64::from(timestamps) << 1 | u64::from(ecn) << 2;
    shifts.map_or(bits, |(snd, rcv)| bits | 1 << 3 | u64::from(snd) << 8 | u64::from(rcv) << 16)
}

fn agreed(word: u64) -> AgreedOptions {
    let bit = |at: u32| word >> at & 1 == 1;
    let octet = |at: u32| (word >> at & 0xff) as u8;
    AgreedOptions {
        shifts: bit(3).then(|| (octet(8), octet(16))),
        sack: bit(0),
        timestamps: bit(1),
        ecn: bit(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_variables_mean_the_same() {
        let mut each = ZERO;
        for (at, word) in each.iter_mut().enumerate() {
            *word = at as u64 + 100;
        }
        // The state with what is agreed, and the count of runs, have few values.
        each[SCALARS - 1] = State::LastAck as u64 | 1 << 8 | 0x0007_020b << 16;
        each[SCALARS + TIMERS - 1] = Blocks::SHOWN as u64;
        assert_eq!(words(&status(&each)), each);
    }
}
