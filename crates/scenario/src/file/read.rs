//! From a file to what can be run. Every value is checked here, so that nothing that comes from a
//! file can ask for more time or memory than there is.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::{Ipv4Addr, SocketAddrV4};
use core::ops::RangeInclusive;

use tcpscope_sim::{
    HostId, HostSetup, Intervention, Limits, LinkSetup, PacketId, Setup, SetupError,
};
use tcpscope_tcp::{Config, CongestionControl, Duration, Instant, SeqNumber};

use super::path::{Path, Wrong, each, setting, within};
use super::script::step;
use super::{
    CongestionFile, HostFile, InterventionFile, InterventionKind, LimitsFile, LinkFile,
    ScenarioFile, TcpFile,
};
use crate::error::quoted;
use crate::{Misuse, Problem};

/// What a file says is to be run.
pub(crate) fn setup(file: &ScenarioFile) -> Result<Setup, Wrong> {
    let root = Path::ROOT;
    name(&root.key("id"), &file.id)?;
    let names: Vec<&str> = file.hosts.iter().map(|host| host.name.as_str()).collect();
    let mut sent = 0;
    let hosts = each(&root.key("hosts"), &file.hosts, |path, file| host(path, file, &mut sent))?;
    two_hosts(&root.key("hosts"), &hosts)?;
    let setup = Setup {
        seed: file.seed,
        hosts,
        links: each(&root.key("links"), &file.links, |path, file| link(path, file, &names))?,
        interventions: each(&root.key("interventions"), &file.interventions, |path, file| {
            intervention(path, file, &names)
        })?,
        limits: limits(&root.key("limits"), file.limits.as_ref())?,
    };
    setup.check().map_err(|error| refused(&root, &names, error))?;
    Ok(setup)
}

fn host(path: &Path<'_>, file: &HostFile, sent: &mut u64) -> Result<HostSetup, Wrong> {
    let HostFile { name: host_name, address, iss, tcp, script } = file;
    name(&path.key("name"), host_name)?;
    Ok(HostSetup {
        name: host_name.clone(),
        address: self::address(&path.key("address"), address)?,
        config: config(&path.key("tcp"), tcp.as_ref())?,
        iss: iss.map(SeqNumber::new),
        script: each(&path.key("script"), script, |path, file| step(path, file, sent))?,
    })
}

/// Hosts of which each can be told from the other.
fn two_hosts(path: &Path<'_>, hosts: &[HostSetup]) -> Result<(), Wrong> {
    let [one, other] = hosts else {
        return Err(path.wrong(Problem::NotTwoHosts { hosts: hosts.len() }));
    };
    let other_path = path.index(1);
    if one.name == other.name {
        let what = format!("the name {}", one.name);
        return Err(other_path.key("name").wrong(Problem::SharedByHosts { what }));
    }
    if one.address.ip() == other.address.ip() {
        let what = format!("the address {}", one.address.ip());
        return Err(other_path.key("address").wrong(Problem::SharedByHosts { what }));
    }
    Ok(())
}

/// An address that one host can have, and a port (RFC 9293 §3.9.2.3: MUST-57, MUST-63).
fn address(path: &Path<'_>, text: &str) -> Result<SocketAddrV4, Wrong> {
    let of_a_host = |address: &SocketAddrV4| {
        let ip = address.ip();
        let of_none = *ip == Ipv4Addr::UNSPECIFIED || ip.is_broadcast() || ip.is_multicast();
        !of_none && address.port() != 0
    };
    text.parse()
        .ok()
        .filter(of_a_host)
        .ok_or_else(|| path.wrong(Problem::Address { text: quoted(text) }))
}

fn config(path: &Path<'_>, file: Option<&TcpFile>) -> Result<Config, Wrong> {
    /// A buffer of a gigabyte is the most that a scaled window can use (RFC 7323 §2.2).
    const BUFFER: RangeInclusive<u32> = 1..=1 << 30;
    /// An IPv4 packet of 65,535 octets, less two headers.
    const MSS: RangeInclusive<u16> = 1..=65_495;
    const SEGMENTS: RangeInclusive<u32> = 1..=1_000;
    const RETRIES: RangeInclusive<u32> = 0..=255;
    /// A microsecond to an hour.
    const TIMEOUT: RangeInclusive<u64> = 1..=3_600_000_000;
    const MSL: RangeInclusive<u64> = 0..=3_600_000_000;

    let usual = Config::default();
    let Some(file) = file else { return Ok(usual) };
    let TcpFile {
        mss,
        receive_buffer,
        send_buffer,
        nagle,
        rfc5961,
        congestion,
        initial_window_segments,
        initial_rto_us,
        min_rto_us,
        max_rto_us,
        syn_retries,
        r1_retries,
        data_retries,
        msl_us,
    } = file;
    let at = |key| path.key(key);
    let min_rto = setting(&at("min_rto_us"), *min_rto_us, usual.min_rto.as_micros(), TIMEOUT)?;
    let max_rto = setting(
        &at("max_rto_us"),
        *max_rto_us,
        usual.max_rto.as_micros().max(min_rto),
        min_rto..=*TIMEOUT.end(),
    )?;
    let rto = |key, us: Option<u64>, usual: Duration| {
        setting(&at(key), us, usual.as_micros(), TIMEOUT).map(Duration::from_micros)
    };
    Ok(Config {
        mss: setting(&at("mss"), *mss, usual.mss, MSS)?,
        receive_buffer: setting(
            &at("receive_buffer"),
            *receive_buffer,
            usual.receive_buffer,
            BUFFER,
        )?,
        send_buffer: setting(&at("send_buffer"), *send_buffer, usual.send_buffer, BUFFER)?,
        nagle: nagle.unwrap_or(usual.nagle),
        rfc5961: rfc5961.unwrap_or(usual.rfc5961),
        congestion: match congestion {
            None => usual.congestion,
            Some(CongestionFile::NewReno) => CongestionControl::NewReno,
            Some(CongestionFile::None) => CongestionControl::None,
        },
        initial_window_segments: setting(
            &at("initial_window_segments"),
            *initial_window_segments,
            usual.initial_window_segments,
            SEGMENTS,
        )?,
        initial_rto: rto("initial_rto_us", *initial_rto_us, usual.initial_rto)?,
        min_rto: Duration::from_micros(min_rto),
        max_rto: Duration::from_micros(max_rto),
        syn_retries: setting(&at("syn_retries"), *syn_retries, usual.syn_retries, RETRIES)?,
        r1_retries: setting(&at("r1_retries"), *r1_retries, usual.r1_retries, RETRIES)?,
        data_retries: setting(&at("data_retries"), *data_retries, usual.data_retries, RETRIES)?,
        msl: Duration::from_micros(setting(&at("msl_us"), *msl_us, usual.msl.as_micros(), MSL)?),
    })
}

fn link(path: &Path<'_>, file: &LinkFile, names: &[&str]) -> Result<LinkSetup, Wrong> {
    let LinkFile { from, to, delay_us, loss_ppm, rate_bps } = file;
    Ok(LinkSetup {
        from: host_named(&path.key("from"), from, names)?,
        to: host_named(&path.key("to"), to, names)?,
        delay: Duration::from_micros(*delay_us),
        loss_ppm: within(&path.key("loss_ppm"), *loss_ppm, 0..=1_000_000)?,
        rate_bps: rate_bps
            .map(|rate| within(&path.key("rate_bps"), rate, 1..=1_000_000_000_000))
            .transpose()?,
    })
}

fn intervention(
    path: &Path<'_>,
    file: &InterventionFile,
    names: &[&str],
) -> Result<Intervention, Wrong> {
    let InterventionFile { kind, packet: text, by_us } = file;
    let packet = PacketId::from_text(text, names.iter().copied()).ok_or_else(|| {
        let problem = Problem::PacketName { text: quoted(text), hosts: names.join(", ") };
        path.key("packet").wrong(problem)
    })?;
    match (kind, by_us) {
        (InterventionKind::Drop, None) => Ok(Intervention::Drop(packet)),
        (InterventionKind::Delay, Some(by_us)) => {
            Ok(Intervention::Delay { packet, by: Duration::from_micros(*by_us) })
        }
        (InterventionKind::Drop, Some(_)) => {
            let misuse = Misuse::HasNo { what: "drop", field: "by_us" };
            Err(path.key("by_us").wrong(Problem::Misuse(misuse)))
        }
        (InterventionKind::Delay, None) => {
            Err(path.wrong(Problem::Misuse(Misuse::Needs { what: "delay", field: "by_us" })))
        }
    }
}

fn limits(path: &Path<'_>, file: Option<&LimitsFile>) -> Result<Limits, Wrong> {
    let usual = Limits::default();
    let Some(LimitsFile { records, until_us }) = file else { return Ok(usual) };
    let most = u64::try_from(usual.records).unwrap_or(u64::MAX);
    let records = setting(&path.key("records"), *records, most, 1..=most)?;
    Ok(Limits {
        records: usize::try_from(records).unwrap_or(usual.records),
        until: until_us.map_or(usual.until, Instant::from_micros),
    })
}

/// Why the simulator would not run it, with names for numbers.
fn refused(root: &Path<'_>, names: &[&str], error: SetupError) -> Wrong {
    let name = |host: HostId| String::from(names.get(host.index()).copied().unwrap_or("?"));
    match error {
        SetupError::NotTwoHosts { hosts } => {
            root.key("hosts").wrong(Problem::NotTwoHosts { hosts })
        }
        SetupError::SameName { name } => {
            root.key("hosts").wrong(Problem::SharedByHosts { what: format!("the name {name}") })
        }
        SetupError::NotOneLink { from, to } => {
            root.key("links").wrong(Problem::NotOneLink { from: name(from), to: name(to) })
        }
        SetupError::NothingHappens => root.key("hosts").wrong(Problem::NothingHappens),
    }
}

fn host_named(path: &Path<'_>, name: &str, names: &[&str]) -> Result<HostId, Wrong> {
    let index = names.iter().position(|known| *known == name);
    index.and_then(|index| u8::try_from(index).ok()).map(HostId).ok_or_else(|| {
        path.wrong(Problem::UnknownHost { name: quoted(name), hosts: names.join(", ") })
    })
}

/// A name that stands in a packet's name and in an address without being mistaken.
fn name(path: &Path<'_>, name: &str) -> Result<(), Wrong> {
    let of_a_name = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_';
    if (1..=64).contains(&name.len()) && name.bytes().all(of_a_name) {
        Ok(())
    } else {
        Err(path.wrong(Problem::Name { name: quoted(name) }))
    }
}
