//! The options of a socket, and how they reach its connection.

use super::socket::Kind;
use super::{Errno, Fd, Host, Outbox};
use crate::negotiation::TIMESTAMPS_LEN;
use crate::{Config, Connection, Duration, Effects, Instant, KeepAlive};

/// An option of a socket and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SocketOption {
    /// `SO_REUSEADDR`: the port may be bound although connections still use it.
    ReuseAddr(bool),
    /// `SO_RCVBUF`, in octets.
    ReceiveBuffer(u32),
    /// `SO_SNDBUF`, in octets.
    SendBuffer(u32),
    /// `SO_KEEPALIVE`.
    KeepAlive(bool),
    /// `SO_LINGER`: zero resets on close. Nothing here blocks, so that any other time is none.
    Linger(Option<Duration>),
    /// `TCP_NODELAY`: Nagle's algorithm is off (RFC 9293 §3.7.4, MUST-17).
    NoDelay(bool),
    /// `TCP_MAXSEG`: neither side's segments carry more.
    MaxSeg(u16),
    /// `TCP_USER_TIMEOUT`; `None`: the system's own way of giving up.
    UserTimeout(Option<Duration>),
    /// `TCP_KEEPIDLE`.
    KeepIdle(Duration),
    /// `TCP_KEEPINTVL`.
    KeepInterval(Duration),
    /// `TCP_KEEPCNT`.
    KeepCount(u32),
}

/// A socket's options as they stand. Connections that a listener accepts inherit its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct SocketOptions {
    pub(super) reuse_address: bool,
    /// `SO_LINGER` of zero.
    pub(super) resets_on_close: bool,
    receive_buffer: u32,
    send_buffer: u32,
    nagle: bool,
    /// `TCP_MAXSEG`, or else what the host announces.
    mss: u16,
    user_timeout: Option<Duration>,
    keep_alive: bool,
    /// What keep-alives would be, on or off.
    keep_alives: KeepAlive,
}

impl SocketOptions {
    /// The keep-alives, if they are on.
    fn keep_alive(&self) -> Option<KeepAlive> {
        self.keep_alive.then_some(self.keep_alives)
    }

    fn take(&mut self, option: SocketOption, most_mss: u16) -> Result<(), Errno> {
        match option {
            // Nothing could ever be received, sent, or waited for.
            SocketOption::ReceiveBuffer(0)
            | SocketOption::SendBuffer(0)
            | SocketOption::MaxSeg(0)
            | SocketOption::KeepIdle(Duration::ZERO)
            | SocketOption::KeepInterval(Duration::ZERO)
            | SocketOption::KeepCount(0) => return Err(Errno::InvalidArgument),
            SocketOption::ReuseAddr(on) => self.reuse_address = on,
            SocketOption::ReceiveBuffer(octets) => self.receive_buffer = octets,
            SocketOption::SendBuffer(octets) => self.send_buffer = octets,
            SocketOption::KeepAlive(on) => self.keep_alive = on,
            SocketOption::Linger(time) => self.resets_on_close = time == Some(Duration::ZERO),
            SocketOption::NoDelay(on) => self.nagle = !on,
            SocketOption::MaxSeg(octets) => self.mss = octets.min(most_mss),
            SocketOption::UserTimeout(time) => {
                self.user_timeout = time.filter(|time| *time > Duration::ZERO);
            }
            SocketOption::KeepIdle(time) => self.keep_alives.idle = time,
            SocketOption::KeepInterval(time) => self.keep_alives.interval = time,
            SocketOption::KeepCount(count) => self.keep_alives.count = count,
        }
        Ok(())
    }

    fn write_to(&self, config: &mut Config) {
        config.receive_buffer = self.receive_buffer;
        config.send_buffer = self.send_buffer;
        config.nagle = self.nagle;
        config.mss = self.mss;
        config.user_timeout = self.user_timeout;
        config.keep_alive = self.keep_alive();
    }
}

impl Host {
    /// Sets an option of a socket. A connection takes it at once, a listener for those to come.
    ///
    /// # Errors
    /// [`Errno::InvalidArgument`] where the value is out of range.
    pub fn set_option(
        &mut self,
        now: Instant,
        fd: Fd,
        option: SocketOption,
        out: &mut Outbox,
    ) -> Result<(), Errno> {
        self.observe(out);
        let most_mss = self.config.connection.mss;
        let socket = self.socket_mut(fd)?;
        socket.options.take(option, most_mss)?;
        let options = socket.options;
        match &mut socket.kind {
            Kind::Fresh => {}
            Kind::Listening(listener) => options.write_to(&mut listener.prototype.config),
            Kind::Connected(id) => {
                let id = *id;
                if let Some(entry) = self.connections.get_mut(id) {
                    entry.connection.adopt(now, &options, &mut self.effects);
                    self.settle(now, id, out);
                }
            }
        }
        Ok(())
    }

    /// What a socket begins with.
    pub(super) fn default_options(&self) -> SocketOptions {
        let config = &self.config.connection;
        SocketOptions {
            reuse_address: false,
            resets_on_close: false,
            receive_buffer: config.receive_buffer,
            send_buffer: config.send_buffer,
            nagle: config.nagle,
            mss: config.mss,
            user_timeout: config.user_timeout,
            keep_alive: config.keep_alive.is_some(),
            keep_alives: config.keep_alive.unwrap_or_default(),
        }
    }

    /// How a connection of a socket with these options is set up.
    pub(super) fn config_of(&self, options: &SocketOptions) -> Config {
        let mut config = self.config.connection.clone();
        options.write_to(&mut config);
        config
    }
}

impl Connection {
    /// Takes options that were changed while the connection is there.
    fn adopt(&mut self, now: Instant, options: &SocketOptions, effects: &mut Effects) {
        self.now = now;
        self.config.receive_buffer = options.receive_buffer;
        self.config.send_buffer = options.send_buffer;
        self.limit_mss(options.mss);
        if options.user_timeout != self.config.user_timeout {
            self.set_user_timeout(now, options.user_timeout, effects);
        }
        if options.keep_alive() != self.config.keep_alive {
            self.set_keep_alive(now, options.keep_alive(), effects);
        }
        if options.nagle != self.config.nagle {
            self.config.nagle = options.nagle;
            // What Nagle's algorithm held back may go.
            self.send_what_is_due(now, effects);
        }
    }

    /// `TCP_MAXSEG`: what a SYN yet to be sent announces, and what segments carry from now on.
    fn limit_mss(&mut self, mss: u16) {
        self.config.mss = mss;
        let options = if self.agreed.timestamps { TIMESTAMPS_LEN } else { 0 };
        let most = u32::from(mss).saturating_sub(options).max(1);
        if most < self.outgoing.mss {
            self.outgoing.mss = most;
            self.congestion.set_mss(most);
        }
    }
}
