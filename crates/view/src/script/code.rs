//! Calls as C writes them.

use tcpscope_sim::{AppCall, HostInfo, Want};
use tcpscope_tcp::{Shutdown, SocketOption};

/// A call, as C with sockets would write it.
pub(super) fn code(call: &AppCall, host: &HostInfo, peer: &HostInfo) -> String {
    match call {
        AppCall::Open { active: true } => format!("connect(\"{}\")", peer.address),
        AppCall::Open { active: false } => format!("listen({})", host.address.port()),
        AppCall::Send(data) => format!("send({}, {})", literal(data), data.len()),
        AppCall::Receive(Want::Octets(octets)) => format!("recv(buf, {octets})"),
        AppCall::Receive(Want::All) => "while (recv(buf) > 0)".into(),
        AppCall::Generate { octets } => format!("send(text, {octets})"),
        AppCall::Type { octets, .. } => format!("for (i = 0; i < {octets}; i++) send(text + i, 1)"),
        AppCall::Listen { backlog } => format!("listen({}, {backlog})", host.address.port()),
        AppCall::Bind { port } => format!("bind({port})"),
        AppCall::Repeat { times, .. } => format!("for (i = 0; i < {times}; i++)"),
        AppCall::Serve { .. } => "while (accept()) fork:".into(),
        AppCall::Connect(connect) => {
            let port = connect.port.map_or_else(String::new, |port| format!("{port}"));
            format!("connect({port})")
        }
        AppCall::Set(option) => format!("setsockopt({})", option_name(*option)),
        AppCall::Shutdown(Shutdown::Read) => "shutdown(SHUT_RD)".into(),
        AppCall::Shutdown(Shutdown::Write) => "shutdown(SHUT_WR)".into(),
        AppCall::Shutdown(Shutdown::Both) => "shutdown(SHUT_RDWR)".into(),
        AppCall::SendTo { octets, .. } => format!("sendto(message, {octets})"),
        AppCall::Exit => "exit()".into(),
        AppCall::Close | AppCall::Release => "close()".into(),
        AppCall::Abort => "abort()".into(),
        AppCall::Accept => "accept()".into(),
        AppCall::Forge(_) => "inject()".into(),
        AppCall::Nothing => "sleep()".into(),
    }
}

/// As much of a text as a line of code shows.
const SHOWN: usize = 24;

/// The octets as C would write them, cut where they are many.
fn literal(data: &[u8]) -> String {
    let shown: String =
        data.iter().take(SHOWN).flat_map(|octet| octet.escape_ascii()).map(char::from).collect();
    let rest = if data.len() > SHOWN { "…" } else { "" };
    format!("\"{shown}{rest}\"")
}

const fn option_name(option: SocketOption) -> &'static str {
    match option {
        SocketOption::ReuseAddr(_) => "SO_REUSEADDR",
        SocketOption::ReceiveBuffer(_) => "SO_RCVBUF",
        SocketOption::SendBuffer(_) => "SO_SNDBUF",
        SocketOption::KeepAlive(_) => "SO_KEEPALIVE",
        SocketOption::Linger(_) => "SO_LINGER",
        SocketOption::NoDelay(_) => "TCP_NODELAY",
        SocketOption::MaxSeg(_) => "TCP_MAXSEG",
        SocketOption::UserTimeout(_) => "TCP_USER_TIMEOUT",
        SocketOption::KeepIdle(_) => "TCP_KEEPIDLE",
        SocketOption::KeepInterval(_) => "TCP_KEEPINTVL",
        SocketOption::KeepCount(_) => "TCP_KEEPCNT",
    }
}
