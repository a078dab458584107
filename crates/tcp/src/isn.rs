//! Initial sequence numbers.

use core::hash::Hasher;
use core::net::SocketAddrV4;

use siphasher::sip::SipHasher24;

use crate::{Instant, SeqNumber};

/// Where a connection's initial sequence number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isn {
    /// This one, every time.
    Given(SeqNumber),
    /// RFC 6528: a clock that ticks every 4 µs, plus an offset that differs from connection to
    /// connection and that an outsider cannot compute (RFC 9293 §3.4.1, MUST-8, MUST-9, SHLD-1).
    Clocked {
        /// F(localip, localport, remoteip, remoteport, secretkey).
        offset: u32,
    },
}

impl Isn {
    /// RFC 6528's number for the connection between these two, under `secret`.
    #[must_use]
    pub fn keyed(secret: [u8; 16], local: SocketAddrV4, remote: SocketAddrV4) -> Self {
        let mut hash = SipHasher24::new_with_key(&secret);
        for end in [local, remote] {
            hash.write(&end.ip().octets());
            hash.write(&end.port().to_be_bytes());
        }
        Self::Clocked { offset: low_half(hash.finish()) }
    }

    /// The number to begin with at `now`.
    #[must_use]
    pub fn at(self, now: Instant) -> SeqNumber {
        match self {
            Self::Given(iss) => iss,
            Self::Clocked { offset } => SeqNumber::new(offset) + low_half(now.as_micros() / 4),
        }
    }
}

/// The value modulo 2³².
fn low_half(value: u64) -> u32 {
    let [a, b, c, d, ..] = value.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::net::Ipv4Addr;

    const CLIENT: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 40_000);
    const SERVER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(198, 51, 100, 1), 80);

    /// MUST-8, RFC 6528 §3.
    #[test]
    fn the_clock_ticks_every_four_microseconds() {
        let isn = Isn::keyed([7; 16], CLIENT, SERVER);
        let first = isn.at(Instant::ZERO);
        assert_eq!(isn.at(Instant::from_micros(3)), first);
        assert_eq!(isn.at(Instant::from_micros(4)), first + 1);
        assert_eq!(isn.at(Instant::from_micros(4 << 32)), first);
    }

    /// MUST-9, SHLD-1.
    #[test]
    fn each_connection_and_each_secret_has_its_own() {
        let isn = |secret, local, remote| Isn::keyed([secret; 16], local, remote);
        let one = isn(7, CLIENT, SERVER);
        assert_ne!(one, isn(8, CLIENT, SERVER));
        assert_ne!(one, isn(7, SERVER, CLIENT));
        assert_ne!(one, isn(7, SocketAddrV4::new(*CLIENT.ip(), 40_001), SERVER));
    }
}
