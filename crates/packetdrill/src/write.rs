//! A script as text: read again, it is the same.

use std::fmt::{self, Display, Formatter};

use tcpscope_tcp::{Duration, Ecn, Flags, Shutdown, SocketOption};

use crate::{
    Call, Direction, Does, Event, HeaderOption, IcmpLine, Listed, Moment, PacketLine, Returns,
    Script, Settings, When, names,
};

impl Display for Script {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let settings = self.settings.to_string();
        f.write_str(&settings)?;
        if !settings.is_empty() && !self.events.is_empty() {
            f.write_str("\n")?;
        }
        for event in &self.events {
            writeln!(f, "{event}")?;
        }
        Ok(())
    }
}

/// A line for each that is not as usual.
impl Display for Settings {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let usual = Self::default();
        let Self { config, local, remote, bind_port, connect_port, tolerance, timestamp_tick } =
            self;
        if *config != usual.config {
            writeln!(f, "--tcp={}", tcpscope_scenario::tcp_to_json(config))?;
        }
        if *local != usual.local {
            writeln!(f, "--local_ip={local}")?;
        }
        if *remote != usual.remote {
            writeln!(f, "--remote_ip={remote}")?;
        }
        if *bind_port != usual.bind_port {
            writeln!(f, "--bind_port={bind_port}")?;
        }
        if *connect_port != usual.connect_port {
            writeln!(f, "--connect_port={connect_port}")?;
        }
        if *tolerance != usual.tolerance {
            writeln!(f, "--tolerance_usecs={tolerance}")?;
        }
        if let Some(tick) = timestamp_tick {
            writeln!(f, "--tcp_ts_tick_usecs={tick}")?;
        }
        Ok(())
    }
}

impl Display for Event {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.when)?;
        match &self.does {
            Does::Packet(line) => line.fmt(f),
            Does::Icmp(line) => line.fmt(f),
            Does::Call(call, returns) => write!(f, "{call} = {returns}"),
        }
    }
}

impl Display for When {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(at) => at.fmt(f),
            Self::Between(from, to) => write!(f, "{from}~{to}"),
            Self::From(from, to) => write!(f, "{from}...{to}"),
            Self::Any => f.write_str("*"),
        }
    }
}

impl Display for Moment {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (seconds, micros) = (self.micros / 1_000_000, self.micros % 1_000_000);
        if self.is_relative {
            f.write_str("+")?;
        }
        if seconds > 0 || micros == 0 || !self.is_relative {
            seconds.fmt(f)?;
        }
        if micros > 0 {
            write!(f, ".{}", format!("{micros:06}").trim_end_matches('0'))?;
        }
        Ok(())
    }
}

impl Display for PacketLine {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { direction, ecn, flags, seq, len, ack, wnd, urg, options } = self;
        f.write_str(match direction {
            Direction::Injected => "< ",
            Direction::Expected => "> ",
        })?;
        if let Some(ecn) = ecn {
            let word = match ecn {
                Ecn::NotEct => "noecn",
                Ecn::Ect0 => "ect0",
                Ecn::Ect1 => "ect1",
                Ecn::Ce => "ce",
            };
            write!(f, "[{word}] ")?;
        }
        let letters = [
            (Flags::SYN, "S"),
            (Flags::FIN, "F"),
            (Flags::RST, "R"),
            (Flags::PSH, "P"),
            (Flags::URG, "U"),
            (Flags::ECE, "E"),
            (Flags::CWR, "W"),
        ];
        for (flag, letter) in letters {
            if flags.contains(flag) {
                f.write_str(letter)?;
            }
        }
        f.write_str(match ack {
            Some(_) => ".",
            None if flags.is_empty() => "-",
            None => "",
        })?;
        write!(f, " {seq}:{}({len})", seq.wrapping_add((*len).into()))?;
        if let Some(ack) = ack {
            write!(f, " ack {ack}")?;
        }
        if let Some(wnd) = wnd {
            write!(f, " win {wnd}")?;
        }
        if let Some(urg) = urg {
            write!(f, " urg {urg}")?;
        }
        match options {
            Listed::Any => f.write_str(" <...>"),
            Listed::These(options) if options.is_empty() => Ok(()),
            Listed::These(options) => {
                let options: Vec<String> = options.iter().map(ToString::to_string).collect();
                write!(f, " <{}>", options.join(","))
            }
        }
    }
}

impl Display for HeaderOption {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mss(mss) => write!(f, "mss {mss}"),
            Self::WindowScale(shift) => write!(f, "wscale {shift}"),
            Self::SackPermitted => f.write_str("sackOK"),
            Self::Sack(blocks) => {
                f.write_str("sack")?;
                blocks.iter().try_for_each(|(left, right)| write!(f, " {left}:{right}"))
            }
            Self::Timestamps { value, echo } => write!(f, "TS val {value} ecr {echo}"),
            Self::FastOpen(cookie) => {
                f.write_str("FO ")?;
                cookie.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
            }
            Self::NoOperation => f.write_str("nop"),
            Self::EndOfList => f.write_str("eol"),
        }
    }
}

impl Display for IcmpLine {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { error, seq, len } = *self;
        let end = seq.wrapping_add(len.into());
        write!(f, "< icmp {} [{seq}:{end}({len})]", names::words(error))
    }
}

impl Display for Returns {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Error(errno) => write!(f, "-1 {errno} ({})", names::text(*errno)),
        }
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Socket { is_nonblocking } => {
                let kind = if is_nonblocking { "|SOCK_NONBLOCK" } else { "" };
                write!(f, "socket(..., SOCK_STREAM{kind}, IPPROTO_TCP)")
            }
            Self::Bind { fd, port } => write!(f, "bind({fd}, {}, ...)", Address(port)),
            Self::Listen { fd, backlog } => write!(f, "listen({fd}, {backlog})"),
            Self::Accept { fd, is_nonblocking: false } => write!(f, "accept({fd}, ..., ...)"),
            Self::Accept { fd, is_nonblocking: true } => {
                write!(f, "accept4({fd}, ..., ..., SOCK_NONBLOCK)")
            }
            Self::Connect { fd, port } => write!(f, "connect({fd}, {}, ...)", Address(port)),
            Self::Send { fd, octets, does_not_wait: false } => {
                write!(f, "write({fd}, ..., {octets})")
            }
            Self::Send { fd, octets, does_not_wait: true } => {
                write!(f, "send({fd}, ..., {octets}, MSG_DONTWAIT)")
            }
            Self::Receive { fd, octets, peeks, does_not_wait } => match (peeks, does_not_wait) {
                (false, false) => write!(f, "read({fd}, ..., {octets})"),
                (true, false) => write!(f, "recv({fd}, ..., {octets}, MSG_PEEK)"),
                (false, true) => write!(f, "recv({fd}, ..., {octets}, MSG_DONTWAIT)"),
                (true, true) => write!(f, "recv({fd}, ..., {octets}, MSG_PEEK|MSG_DONTWAIT)"),
            },
            Self::Shutdown { fd, how } => {
                let how = match how {
                    Shutdown::Read => "SHUT_RD",
                    Shutdown::Write => "SHUT_WR",
                    Shutdown::Both => "SHUT_RDWR",
                };
                write!(f, "shutdown({fd}, {how})")
            }
            Self::Close { fd } => write!(f, "close({fd})"),
            Self::SetOption { fd, option } => set(f, fd, option),
            Self::Error { fd, error } => {
                let error = error.map_or("0", tcpscope_tcp::Errno::name);
                write!(f, "getsockopt({fd}, SOL_SOCKET, SO_ERROR, [{error}], [4])")
            }
            Self::GetFlags { fd } => write!(f, "fcntl({fd}, F_GETFL)"),
            Self::SetFlags { fd, is_nonblocking } => {
                let flags = if is_nonblocking { "|O_NONBLOCK" } else { "" };
                write!(f, "fcntl({fd}, F_SETFL, O_RDWR{flags})")
            }
            Self::Unread { fd, octets } => write!(f, "ioctl({fd}, SIOCINQ, [{octets}])"),
            Self::Unacknowledged { fd, octets } => write!(f, "ioctl({fd}, SIOCOUTQ, [{octets}])"),
        }
    }
}

/// An address, of which only the port is said.
struct Address(Option<u16>);

impl Display for Address {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("..."),
            Some(port) => write!(f, "{{sa_family = AF_INET, sin_port = htons({port})}}"),
        }
    }
}

fn set(f: &mut Formatter<'_>, fd: i64, option: SocketOption) -> fmt::Result {
    let seconds = |time: Duration| time.as_micros() / 1_000_000;
    let (level, name, value) = match option {
        SocketOption::ReuseAddr(on) => ("SOL_SOCKET", "SO_REUSEADDR", u64::from(on)),
        SocketOption::ReceiveBuffer(octets) => ("SOL_SOCKET", "SO_RCVBUF", octets.into()),
        SocketOption::SendBuffer(octets) => ("SOL_SOCKET", "SO_SNDBUF", octets.into()),
        SocketOption::KeepAlive(on) => ("SOL_SOCKET", "SO_KEEPALIVE", on.into()),
        SocketOption::Linger(time) => {
            let (is_on, time) = (u8::from(time.is_some()), time.map_or(0, seconds));
            let value = format!("{{onoff={is_on}, linger={time}}}, 8");
            return write!(f, "setsockopt({fd}, SOL_SOCKET, SO_LINGER, {value})");
        }
        SocketOption::NoDelay(on) => ("IPPROTO_TCP", "TCP_NODELAY", on.into()),
        SocketOption::MaxSeg(octets) => ("IPPROTO_TCP", "TCP_MAXSEG", octets.into()),
        SocketOption::UserTimeout(time) => {
            let millis = time.map_or(0, |time| time.as_micros() / 1_000);
            ("IPPROTO_TCP", "TCP_USER_TIMEOUT", millis)
        }
        SocketOption::KeepIdle(time) => ("IPPROTO_TCP", "TCP_KEEPIDLE", seconds(time)),
        SocketOption::KeepInterval(time) => ("IPPROTO_TCP", "TCP_KEEPINTVL", seconds(time)),
        SocketOption::KeepCount(count) => ("IPPROTO_TCP", "TCP_KEEPCNT", count.into()),
    };
    write!(f, "setsockopt({fd}, {level}, {name}, [{value}], 4)")
}
