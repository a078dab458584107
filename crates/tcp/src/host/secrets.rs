//! What the host draws, keyed by its seed: a draw depends on its purpose and its subject alone, so
//! that one more draw changes no other.

use core::hash::Hasher;
use core::net::{Ipv4Addr, SocketAddrV4};

use siphasher::sip::SipHasher24;

/// The keys, one for each purpose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Secrets {
    /// For initial sequence numbers (RFC 6528).
    pub(super) isn: [u8; 16],
    ports: Key,
    timestamps: Key,
    cookies: Key,
    fast_open: Key,
}

type Key = (u64, u64);

impl Secrets {
    pub(super) fn new(seed: u64) -> Self {
        let half = |purpose: &[u8], which| {
            let mut hash = SipHasher24::new_with_keys(seed, which);
            hash.write(purpose);
            hash.finish()
        };
        let key = |purpose: &[u8]| (half(purpose, 0), half(purpose, 1));
        let (low, high) = key(b"initial sequence number");
        let mut isn = [0; 16];
        for (octet, value) in
            isn.iter_mut().zip(low.to_le_bytes().into_iter().chain(high.to_le_bytes()))
        {
            *octet = value;
        }
        Self {
            isn,
            ports: key(b"ephemeral port"),
            timestamps: key(b"timestamp offset"),
            cookies: key(b"SYN cookie"),
            fast_open: key(b"Fast Open cookie"),
        }
    }

    /// Where the search for a port begins, for connections to `remote` (RFC 6056 §3.3.3).
    pub(super) fn port_offset(&self, remote: Option<SocketAddrV4>) -> u64 {
        let mut hash = keyed(self.ports);
        if let Some(remote) = remote {
            write_socket(&mut hash, remote);
        }
        hash.finish() >> 32
    }

    /// The offset of the timestamp clock of connections between these two (RFC 7323 §5.4). It is
    /// the same for each of them, so that the clock goes on from one to the next (RFC 6191).
    pub(super) fn timestamp_offset(&self, local: SocketAddrV4, remote: SocketAddrV4) -> u32 {
        let mut hash = keyed(self.timestamps);
        write_socket(&mut hash, local);
        write_socket(&mut hash, remote);
        low_half(hash.finish())
    }
}

impl Secrets {
    /// A client's Fast Open cookie (RFC 7413 §4.1.2).
    pub(super) fn fast_open_cookie(&self, client: Ipv4Addr) -> u64 {
        let mut hash = keyed(self.fast_open);
        hash.write(&client.octets());
        hash.finish()
    }

    /// A hash for SYN cookies (RFC 4987 §3.6).
    pub(super) fn cookie(&self, of: [u64; 4]) -> u64 {
        let mut hash = keyed(self.cookies);
        for word in of {
            hash.write(&word.to_be_bytes());
        }
        hash.finish()
    }
}

fn keyed((low, high): Key) -> SipHasher24 {
    SipHasher24::new_with_keys(low, high)
}

fn write_socket(hash: &mut SipHasher24, socket: SocketAddrV4) {
    hash.write(&socket.ip().octets());
    hash.write(&socket.port().to_be_bytes());
}

/// The value modulo 2³².
fn low_half(value: u64) -> u32 {
    let [a, b, c, d, ..] = value.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
