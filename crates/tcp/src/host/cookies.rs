//! SYN cookies (RFC 4987 §3.6): where no more openings can be kept, what a SYN said goes into the
//! sequence number of our SYN,ACK, and the peer's acknowledgment brings it back.
//!
//! The number's low octet says what the SYN offered, hidden by a keyed hash; the rest is a keyed
//! hash of that, of the four-tuple, of the peer's number and of the time. A timestamp needs no
//! room: whoever agreed on timestamps sends one with the acknowledgment too.

use super::secrets::Secrets;
use super::table::Tuple;
use crate::{Flags, Instant, Options, Segment, SeqNumber, Timestamps};

/// The sizes that a cookie can tell; the next lower one stands for those between.
const SIZES: [u16; 8] = [216, 536, 1024, 1220, 1360, 1440, 1460, 8960];
/// The shifts that a cookie can tell; the next lower one stands for those between, so that the
/// peer's windows are taken for smaller than they are.
const SHIFTS: [Option<u8>; 8] =
    [None, Some(0), Some(2), Some(4), Some(6), Some(7), Some(8), Some(10)];
/// A cookie is good for the period in which it was made, and for the next.
const PERIOD_MICROS: u64 = 64_000_000;

const SACK: u8 = 0b0100_0000;
const ECN: u8 = 0b1000_0000;

/// What a cookie remembers of a SYN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Remembered(u8);

impl Remembered {
    pub(super) fn of(syn: &Segment) -> Self {
        let options = &syn.options;
        // 536 where none is announced (RFC 9293 §3.7.1, MUST-15).
        let size = index_of_last(&SIZES, |size| *size <= options.mss.unwrap_or(536));
        let shift = index_of_last(&SHIFTS, |shift| *shift <= options.window_scale);
        let sack = if options.sack_permitted { SACK } else { 0 };
        let ecn = if syn.flags.contains(Flags::ECE | Flags::CWR) { ECN } else { 0 };
        Self(size | shift << 3 | sack | ecn)
    }

    /// The MSS.
    pub(super) fn mss(self) -> u16 {
        entry(&SIZES, self.0)
    }

    /// The SYN again, as far as it is remembered, from the segment that acknowledges ours.
    pub(super) fn syn(self, ack: &Segment) -> Segment {
        let mut flags = Flags::SYN;
        flags.set(Flags::ECE | Flags::CWR, self.0 & ECN != 0);
        let timestamps = ack.options.timestamps.map(|ts| Timestamps { echo: 0, ..ts });
        let options = Options {
            mss: Some(self.mss()),
            window_scale: entry(&SHIFTS, self.0 >> 3),
            sack_permitted: self.0 & SACK != 0,
            timestamps,
            ..Options::NONE
        };
        Segment { seq: ack.seq - 1, flags, wnd: ack.wnd, options, ..Segment::default() }
    }

    /// The initial sequence number that tells all this.
    pub(super) fn seal(
        self,
        secrets: &Secrets,
        tuple: Tuple,
        irs: SeqNumber,
        now: Instant,
    ) -> SeqNumber {
        seal(self.0, secrets, tuple.value(), irs, now.as_micros() / PERIOD_MICROS)
    }

    /// What the number tells, if it is one of ours and not too old.
    pub(super) fn open(
        iss: SeqNumber,
        secrets: &Secrets,
        tuple: Tuple,
        irs: SeqNumber,
        now: Instant,
    ) -> Option<Self> {
        let period = now.as_micros() / PERIOD_MICROS;
        let [low, ..] = iss.value().to_le_bytes();
        [Some(period), period.checked_sub(1)].into_iter().flatten().find_map(|period| {
            let told = low ^ mask(secrets, tuple.value(), irs, period);
            (seal(told, secrets, tuple.value(), irs, period) == iss).then_some(Self(told))
        })
    }

    /// Until when a cookie that was made at `now` may come back.
    pub(super) fn good_until(now: Instant) -> Instant {
        Instant::from_micros(now.as_micros().saturating_add(2 * PERIOD_MICROS))
    }
}

fn seal(told: u8, secrets: &Secrets, tuple: u64, irs: SeqNumber, period: u64) -> SeqNumber {
    let [b, c, d, ..] =
        secrets.cookie([tuple, u64::from(irs.value()), period, u64::from(told)]).to_le_bytes();
    let low = told ^ mask(secrets, tuple, irs, period);
    SeqNumber::new(u32::from_le_bytes([low, b, c, d]))
}

fn mask(secrets: &Secrets, tuple: u64, irs: SeqNumber, period: u64) -> u8 {
    // No octet told is as large as this: the two hashes never meet.
    let [mask, ..] =
        secrets.cookie([tuple, u64::from(irs.value()), period, u64::MAX]).to_le_bytes();
    mask
}

/// The place of the last that suits; the first, if none does.
fn index_of_last<T>(table: &[T; 8], suits: impl Fn(&T) -> bool) -> u8 {
    table.iter().rposition(suits).and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

fn entry<T: Copy>(table: &[T; 8], place: u8) -> T {
    let [first, ..] = *table;
    table.get(usize::from(place & 7)).copied().unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::net::{Ipv4Addr, SocketAddrV4};

    const IRS: SeqNumber = SeqNumber::new(0xffff_fff0);

    fn syn(
        mss: Option<u16>,
        window_scale: Option<u8>,
        sack_permitted: bool,
        flags: Flags,
    ) -> Segment {
        let options = Options { mss, window_scale, sack_permitted, ..Options::NONE };
        Segment { seq: IRS, flags: Flags::SYN | flags, options, ..Segment::default() }
    }

    fn tuple(port: u16) -> Tuple {
        Tuple::new(80, SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), port))
    }

    #[test]
    fn what_a_syn_offered_comes_back_rounded_down() {
        let (ecn, none) = (Flags::ECE | Flags::CWR, Flags::empty());
        for (offered, back) in [
            (syn(None, None, false, none), syn(Some(536), None, false, none)),
            (syn(Some(1460), Some(7), true, none), syn(Some(1460), Some(7), true, none)),
            (syn(Some(1459), Some(14), false, ecn), syn(Some(1440), Some(10), false, ecn)),
            (syn(Some(65_535), Some(1), true, none), syn(Some(8960), Some(0), true, none)),
            (syn(Some(100), Some(0), true, none), syn(Some(216), Some(0), true, none)),
        ] {
            let secrets = Secrets::new(1);
            let now = Instant::from_micros(63_999_999);
            let iss = Remembered::of(&offered).seal(&secrets, tuple(1), IRS, now);
            let later = Instant::from_micros(127_999_999);
            let told = Remembered::open(iss, &secrets, tuple(1), IRS, later).expect("it is ours");
            let ack = Segment { seq: IRS + 1, ack: Some(iss + 1), ..Segment::default() };
            assert_eq!(told.syn(&ack), back);
        }
    }

    #[test]
    fn another_place_time_or_number_refuses_it() {
        let secrets = Secrets::new(1);
        let now = Instant::from_micros(0);
        let iss = Remembered::of(&syn(None, None, false, Flags::empty())).seal(
            &secrets,
            tuple(1),
            IRS,
            now,
        );
        let late = Instant::from_micros(2 * PERIOD_MICROS);
        for (iss, secrets, tuple, irs, now) in [
            (iss, Secrets::new(1), tuple(1), IRS, late),
            (iss, Secrets::new(2), tuple(1), IRS, now),
            (iss, Secrets::new(1), tuple(2), IRS, now),
            (iss, Secrets::new(1), tuple(1), IRS + 1, now),
            (iss + 1, Secrets::new(1), tuple(1), IRS, now),
            (iss + 256, Secrets::new(1), tuple(1), IRS, now),
        ] {
            assert_eq!(Remembered::open(iss, &secrets, tuple, irs, now), None);
        }
        assert!(Remembered::open(iss, &secrets, tuple(1), IRS, now).is_some());
    }
}
