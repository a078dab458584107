//! How a host's TCP is set up: the settings of a file, and the same written back. Each stands here
//! once, with its bounds and its place in [`Config`]; so reader and writer cannot disagree.

use alloc::string::String;

use tcpscope_tcp::{Config, CongestionControl, Duration, KeepAlive, Variant};

use super::words;
use super::writer::Writer;
use crate::reader::{Object, Reader, Wrong};
use crate::{ScenarioError, json};

/// How a TCP is set up, as `tcp` of a host in a file says it: for other files that say it too.
///
/// # Errors
/// What is wrong with the text, where, and what would be right.
pub fn tcp_from_json(text: &str) -> Result<Config, ScenarioError> {
    json::read(text, &mut read)
}

/// The same written, on one line.
#[must_use]
pub fn tcp_to_json(config: &Config) -> String {
    let mut file = Writer::default();
    write(&mut file, config);
    file.into_json()
}

/// What a file may say of a TCP. `base` says from what the others differ: from RFC 9293 alone,
/// which is the usual base, or from a modern TCP with all its companions.
const FIELDS: [&str; 36] = [
    "base",
    "mss",
    "receive_buffer",
    "send_buffer",
    "window_scale",
    "sack",
    "timestamps",
    "timestamp_offset",
    "ecn",
    "nagle",
    "rfc5961",
    "delayed_ack_us",
    "congestion",
    "initial_window_segments",
    "restart_after_idle",
    "prr",
    "rack_tlp",
    "f_rto",
    "limited_transmit",
    "delayed_fin_ack",
    "initial_rto_us",
    "min_rto_us",
    "max_rto_us",
    "syn_retries",
    "r1_retries",
    "data_retries",
    "user_timeout_us",
    "keep_alive",
    "keep_alive_octet",
    "fin_wait_2_timeout_us",
    "msl_us",
    "time_wait_reuse",
    "rfc1337",
    "path_mtu_discovery",
    "fast_open",
    "variant",
];

const KEEP_ALIVE: [&str; 3] = ["idle_us", "interval_us", "count"];

const VARIANT: [&str; 6] = [
    "two_way_opening",
    "no_time_wait",
    "fixed_isn",
    "no_checksum",
    "no_retransmission",
    "no_flow_control",
];

/// A buffer of a gigabyte is the most that a scaled window can use (RFC 7323 §2.2).
const BUFFER: u32 = 1 << 30;
/// An IPv4 packet of 65,535 octets, less two headers.
const MSS: u64 = 65_495;
const SEGMENTS: u32 = 1_000;
const RETRIES: u32 = 255;
/// The largest shift (RFC 7323 §2.3).
const SHIFT: u64 = 14;
/// An acknowledgment waits for less than half a second (RFC 9293 §3.8.6.3: MUST-40).
const ACK_DELAY: u64 = 499_999;
/// An hour; timeouts are a microsecond at least.
const TIME: u64 = 3_600_000_000;
/// A day: keep-alives are idle for two hours by default (RFC 9293 §3.8.4: MUST-28).
const LONG: u64 = 24 * TIME;

/// Where a value of `T` is in a `Config`, or in a part of one.
type Place<T, In = Config> = fn(&mut In) -> &mut T;

const FLAGS: [(&str, Place<bool>); 16] = [
    ("sack", |tcp| &mut tcp.sack),
    ("timestamps", |tcp| &mut tcp.timestamps),
    ("ecn", |tcp| &mut tcp.ecn),
    ("nagle", |tcp| &mut tcp.nagle),
    ("rfc5961", |tcp| &mut tcp.rfc5961),
    ("restart_after_idle", |tcp| &mut tcp.restart_after_idle),
    ("prr", |tcp| &mut tcp.prr),
    ("rack_tlp", |tcp| &mut tcp.rack_tlp),
    ("f_rto", |tcp| &mut tcp.f_rto),
    ("limited_transmit", |tcp| &mut tcp.limited_transmit),
    ("delayed_fin_ack", |tcp| &mut tcp.delayed_fin_ack),
    ("keep_alive_octet", |tcp| &mut tcp.keep_alive_octet),
    ("time_wait_reuse", |tcp| &mut tcp.time_wait_reuse),
    ("rfc1337", |tcp| &mut tcp.rfc1337),
    ("path_mtu_discovery", |tcp| &mut tcp.path_mtu_discovery),
    ("fast_open", |tcp| &mut tcp.fast_open),
];

/// Name, place, the least and the most.
const NUMBERS: [(&str, Place<u32>, u32, u32); 7] = [
    ("receive_buffer", |tcp| &mut tcp.receive_buffer, 1, BUFFER),
    ("send_buffer", |tcp| &mut tcp.send_buffer, 1, BUFFER),
    ("timestamp_offset", |tcp| &mut tcp.timestamp_offset, 0, u32::MAX),
    ("initial_window_segments", |tcp| &mut tcp.initial_window_segments, 1, SEGMENTS),
    ("syn_retries", |tcp| &mut tcp.syn_retries, 0, RETRIES),
    ("r1_retries", |tcp| &mut tcp.r1_retries, 0, RETRIES),
    ("data_retries", |tcp| &mut tcp.data_retries, 0, RETRIES),
];

/// The same in microseconds; `max_rto_us` is apart, because `min_rto_us` bounds it.
const TIMES: [(&str, Place<Duration>, u64, u64); 5] = [
    ("delayed_ack_us", |tcp| &mut tcp.delayed_ack, 0, ACK_DELAY),
    ("initial_rto_us", |tcp| &mut tcp.initial_rto, 1, TIME),
    ("min_rto_us", |tcp| &mut tcp.min_rto, 1, TIME),
    ("fin_wait_2_timeout_us", |tcp| &mut tcp.fin_wait_2_timeout, 1, TIME),
    ("msl_us", |tcp| &mut tcp.msl, 0, TIME),
];

const VARIANTS: [(&str, Place<bool, Variant>); 6] = [
    (VARIANT[0], |variant| &mut variant.two_way_opening),
    (VARIANT[1], |variant| &mut variant.no_time_wait),
    (VARIANT[2], |variant| &mut variant.fixed_isn),
    (VARIANT[3], |variant| &mut variant.no_checksum),
    (VARIANT[4], |variant| &mut variant.no_retransmission),
    (VARIANT[5], |variant| &mut variant.no_flow_control),
];

/// What a TCP is of which a file says nothing.
pub(super) fn usual() -> Config {
    Config::plain()
}

/// The configurations that others begin with, by [`words::BASE`].
fn base(place: usize) -> Config {
    if place == 0 { usual() } else { Config::default() }
}

/// How a TCP is set up.
pub(super) fn read(tcp: &Reader<'_>) -> Result<Config, Wrong> {
    let tcp = &tcp.object(&FIELDS)?;
    let mut config = match tcp.field("base") {
        Some(word) => base(word.one_of(&words::BASE)?),
        None => usual(),
    };
    if let Some(mss) = tcp.field("mss") {
        config.mss = u16::try_from(mss.number(1, MSS)?).unwrap_or(config.mss);
    }
    if let Some(shift) = tcp.nullable("window_scale") {
        let shift = shift.map(|shift| shift.number(0, SHIFT)).transpose()?;
        config.window_scale = shift.and_then(|shift| u8::try_from(shift).ok());
    }
    if let Some(word) = tcp.field("congestion") {
        config.congestion = match word.one_of(&words::CONGESTION)? {
            0 => CongestionControl::NewReno,
            1 => CongestionControl::Cubic,
            _ => CongestionControl::None,
        };
    }
    for (key, place) in FLAGS {
        let flag = place(&mut config);
        *flag = tcp.flag(key, *flag)?;
    }
    for (key, place, least, most) in NUMBERS {
        let number = place(&mut config);
        *number = tcp.number32(key, *number, least, most)?;
    }
    for (key, place, least, most) in TIMES {
        let time = place(&mut config);
        *time = microseconds(tcp, key, *time, least, most)?;
    }
    let most = config.max_rto.max(config.min_rto);
    config.max_rto = microseconds(tcp, "max_rto_us", most, config.min_rto.as_micros(), TIME)?;
    if let Some(limit) = tcp.nullable("user_timeout_us") {
        let limit = limit.map(|limit| limit.number(1, LONG)).transpose()?;
        config.user_timeout = limit.map(Duration::from_micros);
    }
    if let Some(probes) = tcp.nullable("keep_alive") {
        config.keep_alive = probes.map(|probes| keep_alive(&probes)).transpose()?;
    }
    if let Some(variant) = tcp.field("variant") {
        let variant = variant.object(&VARIANT)?;
        for (key, place) in VARIANTS {
            let flag = place(&mut config.variant);
            *flag = variant.flag(key, *flag)?;
        }
    }
    Ok(config)
}

fn keep_alive(probes: &Reader<'_>) -> Result<KeepAlive, Wrong> {
    let probes = &probes.object(&KEEP_ALIVE)?;
    let usual = KeepAlive::default();
    Ok(KeepAlive {
        idle: microseconds(probes, KEEP_ALIVE[0], usual.idle, 1, LONG)?,
        interval: microseconds(probes, KEEP_ALIVE[1], usual.interval, 1, LONG)?,
        // One unanswered probe says nothing (RFC 9293 §3.8.4: MUST-29).
        count: probes.number32(KEEP_ALIVE[2], usual.count, 2, RETRIES)?,
    })
}

fn microseconds(
    object: &Object<'_>,
    key: &'static str,
    usual: Duration,
    least: u64,
    most: u64,
) -> Result<Duration, Wrong> {
    object.number(key, usual.as_micros(), least, most).map(Duration::from_micros)
}

/// Says how a TCP is set up, from the base that leaves the least to say.
pub(super) fn write(file: &mut Writer, config: &Config) {
    let [plain, modern] = [0, 1].map(|place| differences(config, place));
    file.raw(if modern.len() < plain.len() { &modern } else { &plain });
}

/// How `config` differs from a base, as an object.
fn differences(config: &Config, place: usize) -> String {
    let mut usual = base(place);
    let mut config = config.clone();
    let mut file = Writer::default();
    file.open('{');
    if let (1.., Some(word)) = (place, words::BASE.get(place)) {
        file.text("base", word);
    }
    file.unusual("mss", config.mss.into(), usual.mss.into());
    if config.window_scale != usual.window_scale {
        file.number_or_null("window_scale", config.window_scale.map(u64::from));
    }
    if config.congestion != usual.congestion {
        let [new_reno, cubic, none] = words::CONGESTION;
        let word = match config.congestion {
            CongestionControl::NewReno => new_reno,
            CongestionControl::Cubic => cubic,
            CongestionControl::None => none,
        };
        file.text("congestion", word);
    }
    for (key, place) in FLAGS {
        file.unusual_flag(key, *place(&mut config), *place(&mut usual));
    }
    for (key, place, ..) in NUMBERS {
        file.unusual(key, (*place(&mut config)).into(), (*place(&mut usual)).into());
    }
    let max_rto: (_, Place<Duration>, _, _) = ("max_rto_us", |tcp| &mut tcp.max_rto, 1, TIME);
    for (key, place, ..) in TIMES.into_iter().chain([max_rto]) {
        file.unusual(key, place(&mut config).as_micros(), place(&mut usual).as_micros());
    }
    if config.user_timeout != usual.user_timeout {
        file.number_or_null("user_timeout_us", config.user_timeout.map(Duration::as_micros));
    }
    if let Some(KeepAlive { idle, interval, count }) = config.keep_alive {
        let usual = KeepAlive::default();
        file.key("keep_alive");
        file.open('{');
        file.unusual(KEEP_ALIVE[0], idle.as_micros(), usual.idle.as_micros());
        file.unusual(KEEP_ALIVE[1], interval.as_micros(), usual.interval.as_micros());
        file.unusual(KEEP_ALIVE[2], count.into(), usual.count.into());
        file.close('}');
    }
    if config.variant != usual.variant {
        file.key("variant");
        file.open('{');
        for (key, place) in VARIANTS {
            file.unusual_flag(key, *place(&mut config.variant), *place(&mut usual.variant));
        }
        file.close('}');
    }
    file.close('}');
    file.into_json()
}
