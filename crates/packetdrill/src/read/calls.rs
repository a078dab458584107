//! Calls: `write(4, ..., 1000) = 1000`.

use tcpscope_tcp::Shutdown;

use super::arguments::{self, Argument, Value};
use super::cursor::{Cursor, Fail, Read};
use super::sockets;
use crate::{Call, Returns, names};

/// A call may send or read this many octets.
const MOST_OCTETS: i64 = 1 << 24;

/// Calls that packetdrill knows and that nothing here answers to.
const OUTSIDE: [&str; 17] = [
    "readv",
    "writev",
    "sendto",
    "sendmsg",
    "recvfrom",
    "recvmsg",
    "sendfile",
    "splice",
    "poll",
    "epoll_create",
    "epoll_ctl",
    "epoll_wait",
    "open",
    "pipe",
    "cap_set",
    "socketpair",
    "usleep",
];

/// A call and what is to come of it.
pub(super) fn call(cursor: &mut Cursor<'_>) -> Read<(Call, Returns)> {
    cursor.skip_blanks()?;
    let at = cursor.at();
    let name = cursor.word()?;
    if name.is_empty() {
        return Err(cursor.wrong("`<` or `>` and a segment, or a call, as in `listen(3, 1) = 0`"));
    }
    cursor.expect("(", "after the name of a call")?;
    let list = arguments::all(cursor)?;
    cursor.expect("=", "and what comes of the call, as in `listen(3, 1) = 0`")?;
    let returns = returns(cursor)?;
    let call = meant(name, &Arguments { at, name, list })?;
    Ok((call, returns?))
}

/// `0`, `-1 EAGAIN (Resource temporarily unavailable)`, `0x2 (flags O_RDWR)`. What our sockets
/// never return is told after what the call itself is.
fn returns(cursor: &mut Cursor<'_>) -> Read<Read<Returns>> {
    let number = arguments::number(cursor)?;
    cursor.skip_blanks()?;
    let at = cursor.at();
    let mut returns = Ok(Returns::Number(number));
    if cursor.peek().is_some_and(|letter| letter == 'E') {
        let name = cursor.word()?;
        returns = match names::errno(name) {
            _ if number != -1 => {
                Err(Fail::wrong(at, format!("{name} goes with -1, not with {number}")))
            }
            Some(errno) => Ok(Returns::Error(errno)),
            None => {
                let what = format!("the error {name}");
                Err(Fail::outside(at, &what, "our sockets never return it"))
            }
        };
    } else if number == -1 {
        returns = Err(Fail::wrong(at, "after -1 the error is said, as in `-1 EAGAIN`"));
    }
    if cursor.then_takes("(")? && !cursor.takes_up_to(")") {
        return Err(Fail::wrong(at, "a remark that does not end: `)` is missing"));
    }
    Ok(returns)
}

/// What a call means.
fn meant(name: &str, args: &Arguments<'_>) -> Read<Call> {
    Ok(match name {
        "socket" => sockets::socket(args)?,
        "bind" => Call::Bind { fd: args.fd(3)?, port: sockets::port(args)? },
        "connect" => Call::Connect { fd: args.fd(3)?, port: sockets::port(args)? },
        "listen" => Call::Listen { fd: args.fd(2)?, backlog: args.number(1)? },
        "accept" => Call::Accept { fd: args.fd(3)?, is_nonblocking: false },
        "accept4" => {
            let known = ["SOCK_NONBLOCK", "SOCK_CLOEXEC"];
            let flags = args.flags(3, &known)?;
            Call::Accept { fd: args.fd(4)?, is_nonblocking: flags.contains(&known[0]) }
        }
        "write" => Call::Send { fd: args.fd(3)?, octets: args.octets(2)?, does_not_wait: false },
        "send" => {
            let known = ["MSG_DONTWAIT", "MSG_NOSIGNAL"];
            let flags = args.flags(3, &known)?;
            let does_not_wait = flags.contains(&known[0]);
            Call::Send { fd: args.fd(4)?, octets: args.octets(2)?, does_not_wait }
        }
        "read" => {
            let (fd, octets) = (args.fd(3)?, args.octets(2)?);
            Call::Receive { fd, octets, peeks: false, does_not_wait: false }
        }
        "recv" => {
            let known = ["MSG_DONTWAIT", "MSG_PEEK"];
            let flags = args.flags(3, &known)?;
            let (does_not_wait, peeks) = (flags.contains(&known[0]), flags.contains(&known[1]));
            Call::Receive { fd: args.fd(4)?, octets: args.octets(2)?, peeks, does_not_wait }
        }
        "shutdown" => Call::Shutdown { fd: args.fd(2)?, how: how(args)? },
        "close" => Call::Close { fd: args.fd(1)? },
        "setsockopt" => sockets::set(args)?,
        "getsockopt" => sockets::get(args)?,
        "fcntl" => sockets::fcntl(args)?,
        "ioctl" => sockets::ioctl(args)?,
        known if OUTSIDE.contains(&known) => {
            let why = "our sockets have socket, bind, listen, accept, connect, read, recv, write, \
                       send, shutdown, close, setsockopt, getsockopt, fcntl and ioctl";
            return Err(Fail::outside(args.at, &format!("`{known}()`"), why));
        }
        _ => {
            let shown: String = name.chars().take(24).collect();
            return Err(Fail::wrong(args.at, format!("there is no call `{shown}`")));
        }
    })
}

fn how(args: &Arguments<'_>) -> Read<Shutdown> {
    let how = args.flags(1, &["SHUT_RD", "SHUT_WR", "SHUT_RDWR"])?;
    match how[..] {
        ["SHUT_RD"] => Ok(Shutdown::Read),
        ["SHUT_WR"] => Ok(Shutdown::Write),
        ["SHUT_RDWR"] => Ok(Shutdown::Both),
        _ => Err(Fail::wrong(args.at_of(1), "here is SHUT_RD, SHUT_WR or SHUT_RDWR")),
    }
}

/// The arguments of a call.
pub(super) struct Arguments<'a> {
    pub(super) at: usize,
    name: &'a str,
    list: Vec<Argument<'a>>,
}

impl<'a> Arguments<'a> {
    /// Where an argument is.
    pub(super) fn at_of(&self, place: usize) -> usize {
        self.list.get(place).map_or(self.at, |argument| argument.at)
    }

    pub(super) fn get(&self, place: usize) -> Read<&Argument<'a>> {
        self.list.get(place).ok_or_else(|| {
            let (name, found) = (self.name, self.list.len());
            Fail::wrong(self.at, format!("{name}() has more than {found} arguments"))
        })
    }

    /// So many there are.
    pub(super) fn are(&self, count: usize) -> Read<()> {
        let found = self.list.len();
        if found == count {
            return Ok(());
        }
        let name = self.name;
        Err(Fail::wrong(self.at, format!("{name}() has {count} arguments, not {found}")))
    }

    /// The descriptor, which is the first of so many.
    pub(super) fn fd(&self, count: usize) -> Read<i64> {
        self.are(count)?;
        self.number(0)
    }

    pub(super) fn number(&self, place: usize) -> Read<i64> {
        let argument = self.get(place)?;
        match argument.value {
            Value::Number(number) => Ok(number),
            _ => Err(Fail::wrong(argument.at, "here is a number")),
        }
    }

    fn octets(&self, place: usize) -> Read<u32> {
        let number = self.number(place)?;
        match u32::try_from(number) {
            Ok(octets) if number <= MOST_OCTETS => Ok(octets),
            _ => {
                let what = format!("{number} octets: a call has 0 to {MOST_OCTETS}");
                Err(Fail::wrong(self.at_of(place), what))
            }
        }
    }

    /// The flags of an argument; 0 is none. Those that mean nothing here are outside.
    pub(super) fn flags(&self, place: usize, known: &[&str]) -> Read<Vec<&'a str>> {
        let argument = self.get(place)?;
        match &argument.value {
            Value::Number(0) | Value::Dots => Ok(Vec::new()),
            Value::Names(names) => match names.iter().find(|name| !known.contains(name)) {
                None => Ok(names.clone()),
                Some(other) => {
                    let shown: String = other.chars().take(32).collect();
                    let why = format!("of this call's flags our sockets know {}", known.join(", "));
                    Err(Fail::outside(argument.at, &format!("`{shown}`"), &why))
                }
            },
            _ => Err(Fail::wrong(argument.at, format!("here is 0, or {}", known.join(", ")))),
        }
    }
}
