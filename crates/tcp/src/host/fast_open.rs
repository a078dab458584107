//! TCP Fast Open (RFC 7413): the host's part, which is to make cookies, to check them, and to
//! remember those of others.

use core::net::{Ipv4Addr, SocketAddrV4};

use bytes::Bytes;

use super::table::ConnId;
use super::{Errno, Fd, Host, Outbox};
use crate::{Connection, FastOpenCookie, Instant, Segment};

/// So many servers' cookies are remembered.
const MOST_COOKIES: usize = 1024;

impl Host {
    /// `connect` and `send` in one: the SYN carries the beginning of `data` where the server has
    /// given us a cookie before; otherwise it asks for one, and the octets wait. Says how many
    /// were taken.
    ///
    /// # Errors
    /// As [`connect`](Self::connect), but for [`Errno::InProgress`].
    pub fn connect_with(
        &mut self,
        now: Instant,
        fd: Fd,
        to: SocketAddrV4,
        data: &Bytes,
        out: &mut Outbox,
    ) -> Result<u32, Errno> {
        self.prepare_to_connect(fd, to, out)?;
        let cookie = self.cookies.get(to.ip()).copied();
        self.open(now, fd, to, Some((data, cookie)), out)
    }

    /// Finds out about the cookie of a SYN. Who asks for one, or brings a wrong one, is given one
    /// (RFC 7413 §4.1.2).
    pub(super) fn judge_fast_open(
        &self,
        connection: &mut Connection,
        client: SocketAddrV4,
        syn: &Segment,
    ) {
        if !connection.config.fast_open {
            return;
        }
        let Some(cookie) = syn.options.fast_open else { return };
        let right = self.cookie_for(*client.ip());
        let valid = cookie == right;
        connection.judge_fast_open(valid, (!valid).then_some(right));
    }

    /// A server's cookie is kept for the next time.
    pub(super) fn learn_cookie(&mut self, id: ConnId) {
        let Some(entry) = self.connections.get(id) else { return };
        let server = *entry.tuple.remote().ip();
        if let Some(cookie) = entry.connection.fast_open_cookie() {
            self.cookies.insert(server, cookie);
            if self.cookies.len() > MOST_COOKIES {
                self.cookies.pop_first();
            }
        }
    }

    /// The cookie of a client: it shows that it can receive at its address.
    fn cookie_for(&self, client: Ipv4Addr) -> FastOpenCookie {
        let octets = self.secrets.fast_open_cookie(client).to_be_bytes();
        FastOpenCookie::new(&octets).unwrap_or_default()
    }
}
