//! What calls say of sockets: their kind, their addresses, their options.

use std::net::Ipv4Addr;

use tcpscope_tcp::{Duration, SocketOption};

use super::arguments::{Argument, Value};
use super::calls::Arguments;
use super::cursor::{Fail, Read};
use crate::{Call, names};

/// `socket(..., SOCK_STREAM, IPPROTO_TCP)`
pub(super) fn socket(args: &Arguments<'_>) -> Read<Call> {
    args.are(3)?;
    let family = args.flags(0, &["AF_INET", "PF_INET", "AF_INET6", "PF_INET6"])?;
    if family.iter().any(|name| name.ends_with('6')) {
        return Err(Fail::outside(args.at_of(0), "IPv6", "segments travel under IPv4 alone"));
    }
    let known = ["SOCK_STREAM", "SOCK_NONBLOCK", "SOCK_CLOEXEC"];
    let kind = args.flags(1, &known)?;
    if !kind.contains(&known[0]) {
        return Err(Fail::wrong(args.at_of(1), "a socket of TCP is a SOCK_STREAM"));
    }
    args.flags(2, &["IPPROTO_TCP", "IPPROTO_IP"])?;
    Ok(Call::Socket { is_nonblocking: kind.contains(&known[1]) })
}

/// The port in `bind(3, ADDRESS, ...)`; `None` for the usual one. The address itself is what the
/// options say, and may be said again.
pub(super) fn port(args: &Arguments<'_>) -> Read<Option<u16>> {
    let argument = args.get(1)?;
    let Value::Fields(fields) = &argument.value else {
        return if argument.value == Value::Dots {
            Ok(None)
        } else {
            let what = "an address is `...`, or `{sa_family = AF_INET, sin_port = htons(8080), \
                        sin_addr = inet_addr(\"192.0.2.1\")}`";
            Err(Fail::wrong(argument.at, what))
        };
    };
    let mut port = None;
    for (name, value) in fields {
        match (*name, &value.value) {
            ("sa_family", Value::Names(family)) if family[..] == ["AF_INET"] => {}
            ("sin_port", Value::Made("htons", list)) => port = Some(sixteen_bits(value, list)?),
            // Which host it is follows from the call; its address is an option's.
            ("sin_addr", Value::Made("inet_addr", list)) if is_address(list) => {}
            _ => {
                let what = "of an address there are sa_family = AF_INET, sin_port = htons(8080) \
                            and sin_addr = inet_addr(\"192.0.2.1\")";
                return Err(Fail::wrong(value.at, what));
            }
        }
    }
    Ok(port)
}

fn sixteen_bits(value: &Argument<'_>, list: &[Argument<'_>]) -> Read<u16> {
    let number = match list {
        [Argument { value: Value::Number(number), .. }] => u16::try_from(*number).ok(),
        _ => None,
    };
    number.ok_or_else(|| Fail::wrong(value.at, "a port is 0 to 65535"))
}

fn is_address(list: &[Argument<'_>]) -> bool {
    matches!(list, [Argument { value: Value::Text(text), .. }] if text.parse::<Ipv4Addr>().is_ok())
}

/// `setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4)`
pub(super) fn set(args: &Arguments<'_>) -> Read<Call> {
    let fd = args.fd(5)?;
    let (name, value) = (name_of(args)?, args.get(3)?);
    if name == "SO_LINGER" {
        return Ok(Call::SetOption { fd, option: linger(value)? });
    }
    let number = one_number(value)?;
    let switch = number != 0;
    let size = || {
        u32::try_from(number)
            .map_err(|_| Fail::wrong(value.at, format!("{name} has no value {number}")))
    };
    let seconds = || size().map(|seconds| Duration::from_secs(seconds.into()));
    let option = match name {
        "SO_REUSEADDR" => SocketOption::ReuseAddr(switch),
        "SO_RCVBUF" => SocketOption::ReceiveBuffer(size()?.min(MOST_BUFFER)),
        "SO_SNDBUF" => SocketOption::SendBuffer(size()?.min(MOST_BUFFER)),
        "SO_KEEPALIVE" => SocketOption::KeepAlive(switch),
        "TCP_NODELAY" => SocketOption::NoDelay(switch),
        "TCP_MAXSEG" => SocketOption::MaxSeg(u16::try_from(size()?).unwrap_or(u16::MAX)),
        "TCP_USER_TIMEOUT" => {
            let millis = u64::from(size()?);
            SocketOption::UserTimeout((millis > 0).then(|| Duration::from_millis(millis)))
        }
        "TCP_KEEPIDLE" => SocketOption::KeepIdle(seconds()?),
        "TCP_KEEPINTVL" => SocketOption::KeepInterval(seconds()?),
        "TCP_KEEPCNT" => SocketOption::KeepCount(size()?),
        _ => {
            let shown: String = name.chars().take(32).collect();
            let why = "our sockets have SO_REUSEADDR, SO_RCVBUF, SO_SNDBUF, SO_KEEPALIVE, \
                       SO_LINGER, TCP_NODELAY, TCP_MAXSEG, TCP_USER_TIMEOUT, TCP_KEEPIDLE, \
                       TCP_KEEPINTVL and TCP_KEEPCNT";
            return Err(Fail::outside(args.at, &format!("`setsockopt({shown})`"), why));
        }
    };
    Ok(Call::SetOption { fd, option })
}

/// A buffer of a gigabyte is the most that a scaled window can use (RFC 7323 §2.2).
const MOST_BUFFER: u32 = 1 << 30;

/// The option's name; its level says nothing that the name does not.
fn name_of<'a>(args: &Arguments<'a>) -> Read<&'a str> {
    args.flags(1, &["SOL_SOCKET", "SOL_TCP", "IPPROTO_TCP", "SOL_IP", "IPPROTO_IP"])?;
    match &args.get(2)?.value {
        Value::Names(names) if names.len() == 1 => Ok(names[0]),
        _ => Err(Fail::wrong(args.at_of(2), "here is an option's name, as in SO_REUSEADDR")),
    }
}

/// `[1]`
fn one_number(value: &Argument<'_>) -> Read<i64> {
    match &value.value {
        Value::List(list) => match list[..] {
            [Argument { value: Value::Number(number), .. }] => Ok(number),
            _ => Err(Fail::wrong(value.at, "here is one number in brackets, as in `[1]`")),
        },
        _ => Err(Fail::wrong(value.at, "here is a number in brackets, as in `[1]`")),
    }
}

/// `{onoff=1, linger=0}`
fn linger(value: &Argument<'_>) -> Read<SocketOption> {
    let wrong = || Fail::wrong(value.at, "here is `{onoff=1, linger=0}`, or a number of seconds");
    let Value::Fields(fields) = &value.value else { return Err(wrong()) };
    let field = |wanted| {
        fields.iter().find_map(|(name, argument)| match argument.value {
            Value::Number(number) if *name == wanted => u32::try_from(number).ok(),
            _ => None,
        })
    };
    let (is_on, time) = field("onoff").zip(field("linger")).ok_or_else(wrong)?;
    Ok(SocketOption::Linger((is_on != 0).then(|| Duration::from_secs(time.into()))))
}

/// `getsockopt(3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4])`
pub(super) fn get(args: &Arguments<'_>) -> Read<Call> {
    let fd = args.fd(5)?;
    let name = name_of(args)?;
    if name != "SO_ERROR" {
        let shown: String = name.chars().take(32).collect();
        let why = "of options only SO_ERROR is asked here; `tcpscope drive` tells a connection's \
                   variables";
        return Err(Fail::outside(args.at, &format!("`getsockopt({shown})`"), why));
    }
    let wrong = || Fail::wrong(args.at_of(3), "here is `[0]`, or an error, as in `[ECONNREFUSED]`");
    let Value::List(list) = &args.get(3)?.value else { return Err(wrong()) };
    let error = match list[..] {
        [Argument { value: Value::Number(0), .. }] => None,
        [Argument { value: Value::Names(ref names), .. }] => {
            Some(names::errno(names[0]).ok_or_else(wrong)?)
        }
        _ => return Err(wrong()),
    };
    Ok(Call::Error { fd, error })
}

/// `fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK)`
pub(super) fn fcntl(args: &Arguments<'_>) -> Read<Call> {
    let fd = args.number(0)?;
    let what = args.flags(1, &["F_GETFL", "F_SETFL"])?;
    if what[..] == ["F_GETFL"] {
        args.are(2)?;
        return Ok(Call::GetFlags { fd });
    }
    args.are(3)?;
    let flags = args.flags(2, &["O_NONBLOCK", "O_RDWR"])?;
    Ok(Call::SetFlags { fd, is_nonblocking: flags.contains(&"O_NONBLOCK") })
}

/// `ioctl(3, SIOCINQ, [1000])`
pub(super) fn ioctl(args: &Arguments<'_>) -> Read<Call> {
    let fd = args.fd(3)?;
    let what = args.flags(1, &["SIOCINQ", "FIONREAD", "SIOCOUTQ", "TIOCOUTQ"])?;
    let octets = one_number(args.get(2)?)?;
    let octets = u32::try_from(octets)
        .map_err(|_| Fail::wrong(args.at_of(2), "so many octets there cannot be"))?;
    match what[..] {
        ["SIOCINQ" | "FIONREAD"] => Ok(Call::Unread { fd, octets }),
        ["SIOCOUTQ" | "TIOCOUTQ"] => Ok(Call::Unacknowledged { fd, octets }),
        _ => Err(Fail::wrong(args.at_of(1), "here is SIOCINQ or SIOCOUTQ")),
    }
}
