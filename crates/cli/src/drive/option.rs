//! Socket options by their names, as `setsockopt` takes them.

use tcpscope_tcp::Duration;
use tcpscope_tcp::{Errno, SocketOption};

use super::value::OptionValue;

/// The longest time that a keep-alive option takes, in seconds, and the most probes: 15 and 7
/// bits, as other systems have it.
const LONGEST_KEEP_ALIVE: i64 = 32_767;
const MOST_PROBES: i64 = 127;

/// The option of this name with this value.
///
/// # Errors
/// `ENOPROTOOPT` where there is no such option, `EINVAL` where it has no such value.
pub(super) fn named(name: &str, value: OptionValue) -> Result<SocketOption, Errno> {
    Ok(match name {
        "SO_REUSEADDR" => SocketOption::ReuseAddr(switch(value)?),
        "SO_RCVBUF" => SocketOption::ReceiveBuffer(size(value)?),
        "SO_SNDBUF" => SocketOption::SendBuffer(size(value)?),
        "SO_KEEPALIVE" => SocketOption::KeepAlive(switch(value)?),
        "SO_LINGER" => SocketOption::Linger(linger(value)?),
        "TCP_NODELAY" => SocketOption::NoDelay(switch(value)?),
        "TCP_MAXSEG" => {
            SocketOption::MaxSeg(u16::try_from(number(value)?).map_err(|_| Errno::InvalidArgument)?)
        }
        "TCP_USER_TIMEOUT" => {
            let millis = u64::from(size(value)?);
            SocketOption::UserTimeout((millis > 0).then(|| Duration::from_millis(millis)))
        }
        "TCP_KEEPIDLE" => SocketOption::KeepIdle(seconds(value, 1..=LONGEST_KEEP_ALIVE)?),
        "TCP_KEEPINTVL" => SocketOption::KeepInterval(seconds(value, 1..=LONGEST_KEEP_ALIVE)?),
        "TCP_KEEPCNT" => {
            let count = within(value, 1..=MOST_PROBES)?;
            SocketOption::KeepCount(u32::try_from(count).map_err(|_| Errno::InvalidArgument)?)
        }
        _ => return Err(Errno::NoProtocolOption),
    })
}

/// On or off, as a boolean or as C has it: zero is off.
const fn switch(value: OptionValue) -> Result<bool, Errno> {
    match value {
        OptionValue::Switch(switch) => Ok(switch),
        OptionValue::Number(number) => Ok(number != 0),
        OptionValue::Off => Err(Errno::InvalidArgument),
    }
}

const fn number(value: OptionValue) -> Result<i64, Errno> {
    match value {
        OptionValue::Number(number) => Ok(number),
        OptionValue::Off | OptionValue::Switch(_) => Err(Errno::InvalidArgument),
    }
}

fn size(value: OptionValue) -> Result<u32, Errno> {
    u32::try_from(number(value)?).map_err(|_| Errno::InvalidArgument)
}

fn within(value: OptionValue, range: std::ops::RangeInclusive<i64>) -> Result<i64, Errno> {
    Some(number(value)?).filter(|number| range.contains(number)).ok_or(Errno::InvalidArgument)
}

fn seconds(value: OptionValue, range: std::ops::RangeInclusive<i64>) -> Result<Duration, Errno> {
    let seconds = u64::try_from(within(value, range)?).map_err(|_| Errno::InvalidArgument)?;
    Ok(Duration::from_secs(seconds))
}

/// Seconds; `null` or `false` turn it off, which is not the same as zero.
fn linger(value: OptionValue) -> Result<Option<Duration>, Errno> {
    match value {
        OptionValue::Off | OptionValue::Switch(false) => Ok(None),
        OptionValue::Switch(true) | OptionValue::Number(_) => {
            seconds(value, 0..=i64::from(u16::MAX)).map(Some)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_takes_its_values() {
        use OptionValue::{Number, Off, Switch};
        let (invalid, unknown) = (Err(Errno::InvalidArgument), Err(Errno::NoProtocolOption));
        let millis = Duration::from_millis;
        let cases = [
            ("SO_REUSEADDR", Number(1), Ok(SocketOption::ReuseAddr(true))),
            ("SO_REUSEADDR", Switch(false), Ok(SocketOption::ReuseAddr(false))),
            ("SO_REUSEADDR", Off, invalid),
            ("SO_RCVBUF", Number(4096), Ok(SocketOption::ReceiveBuffer(4096))),
            ("SO_RCVBUF", Number(-1), invalid),
            ("SO_SNDBUF", Number(1 << 32), invalid),
            ("SO_SNDBUF", Switch(true), invalid),
            ("SO_KEEPALIVE", Number(0), Ok(SocketOption::KeepAlive(false))),
            ("SO_LINGER", Number(0), Ok(SocketOption::Linger(Some(Duration::ZERO)))),
            ("SO_LINGER", Number(5), Ok(SocketOption::Linger(Some(millis(5000))))),
            ("SO_LINGER", Off, Ok(SocketOption::Linger(None))),
            ("SO_LINGER", Number(-1), invalid),
            ("TCP_NODELAY", Switch(true), Ok(SocketOption::NoDelay(true))),
            ("TCP_MAXSEG", Number(1000), Ok(SocketOption::MaxSeg(1000))),
            ("TCP_MAXSEG", Number(65_536), invalid),
            ("TCP_USER_TIMEOUT", Number(0), Ok(SocketOption::UserTimeout(None))),
            ("TCP_USER_TIMEOUT", Number(9), Ok(SocketOption::UserTimeout(Some(millis(9))))),
            ("TCP_KEEPIDLE", Number(7), Ok(SocketOption::KeepIdle(millis(7000)))),
            ("TCP_KEEPIDLE", Number(0), invalid),
            ("TCP_KEEPINTVL", Number(32_768), invalid),
            ("TCP_KEEPCNT", Number(127), Ok(SocketOption::KeepCount(127))),
            ("TCP_KEEPCNT", Number(128), invalid),
            ("TCP_CORK", Number(1), unknown),
            ("so_linger", Number(1), unknown),
        ];
        for (name, value, option) in cases {
            assert_eq!(named(name, value), option, "{name} {value:?}");
        }
    }
}
