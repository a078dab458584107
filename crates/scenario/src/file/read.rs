//! From a file to what can be run. Every value is checked here, so that nothing that comes from a
//! file can ask for more time or memory than there is.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::{Ipv4Addr, SocketAddrV4};

use tcpscope_sim::{
    HostId, HostSetup, Intervention, Limits, LinkSetup, PacketId, Setup, SetupError, SocketSetup,
};
use tcpscope_tcp::{Duration, Instant, SeqNumber};

use super::script::{has_none, needs, step};
use super::{fields, tcp, words};
use crate::error::quoted;
use crate::reader::{Object, Reader, Wrong};
use crate::{FORMAT, Localized, Problem, Scenario};

/// What a file says.
pub(crate) fn scenario(file: &Reader<'_>) -> Result<Scenario, Wrong> {
    let file = &file.object(&fields::SCENARIO)?;
    // Files of other formats have been turned away; this one may still say none.
    file.required("format")?.number(FORMAT, FORMAT)?;
    Ok(Scenario {
        id: name(&file.required("id")?)?,
        title: Localized::read(&file.required("title")?)?,
        summary: Localized::read(&file.required("summary")?)?,
        setup: setup(file)?,
    })
}

/// What is to be run.
fn setup(file: &Object<'_>) -> Result<Setup, Wrong> {
    let seed = file.required("seed")?.number(0, u64::MAX)?;
    let mut sent = 0;
    let mut hosts = Vec::new();
    file.required("hosts")?.each(&mut |item| {
        let host = host(item, &mut sent, &hosts)?;
        hosts.push(host);
        Ok(())
    })?;
    if hosts.len() != 2 {
        return Err(file.wrong_at("hosts", Problem::NotTwoHosts { hosts: hosts.len() }));
    }
    let mut links = Vec::new();
    file.required("links")?.each(&mut |item| {
        links.push(link(item, &hosts)?);
        Ok(())
    })?;
    let mut interventions = Vec::new();
    if let Some(list) = file.field("interventions") {
        list.each(&mut |item| {
            interventions.push(intervention(item, &hosts)?);
            Ok(())
        })?;
    }
    let limits = match file.field("limits") {
        Some(item) => limits(&item)?,
        None => Limits::default(),
    };
    let (routers, link_changes, acts) = (Vec::new(), Vec::new(), Vec::new());
    let setup = Setup { seed, hosts, routers, links, link_changes, interventions, acts, limits };
    setup.check().map_err(|error| refused(file, &setup.hosts, error))?;
    Ok(setup)
}

/// A host that can be told from those before it.
fn host(file: &Reader<'_>, sent: &mut u64, before: &[HostSetup]) -> Result<HostSetup, Wrong> {
    let file = &file.object(&fields::HOST)?;
    let name = name(&file.required("name")?)?;
    let address = address(&file.required("address")?)?;
    for other in before {
        if other.name == name {
            let what = format!("the name {name}");
            return Err(file.wrong_at("name", Problem::SharedByHosts { what }));
        }
        if other.address.ip() == address.ip() {
            let what = format!("the address {}", address.ip());
            return Err(file.wrong_at("address", Problem::SharedByHosts { what }));
        }
    }
    let iss = match file.field("iss") {
        Some(_) => Some(SeqNumber::new(file.number32("iss", 0, 0, u32::MAX)?)),
        None => None,
    };
    let config = match file.field("tcp") {
        Some(tcp) => tcp::read(&tcp)?,
        None => tcp::usual(),
    };
    let mut script = Vec::new();
    if let Some(list) = file.field("script") {
        list.each(&mut |line| {
            script.push(step(line, sent)?);
            Ok(())
        })?;
    }
    let (further, sockets) = (Vec::new(), SocketSetup::default());
    Ok(HostSetup { name, address, config, iss, script, further, sockets })
}

/// An address that one host can have, and a port (RFC 9293 §3.9.2.3: MUST-57, MUST-63).
fn address(file: &Reader<'_>) -> Result<SocketAddrV4, Wrong> {
    let text = file.text()?;
    if let Ok(address) = text.parse::<SocketAddrV4>() {
        let ip = address.ip();
        let of_none = *ip == Ipv4Addr::UNSPECIFIED || ip.is_broadcast() || ip.is_multicast();
        if !of_none && address.port() != 0 {
            return Ok(address);
        }
    }
    Err(file.wrong(Problem::Address { text: quoted(text) }))
}

fn link(file: &Reader<'_>, hosts: &[HostSetup]) -> Result<LinkSetup, Wrong> {
    let file = file.object(&fields::LINK)?;
    let from = host_named(&file.required("from")?, hosts)?;
    let to = host_named(&file.required("to")?, hosts)?;
    let delay = Duration::from_micros(file.required("delay_us")?.number(0, u64::MAX)?);
    Ok(LinkSetup {
        loss_ppm: file.number32("loss_ppm", 0, 0, 1_000_000)?,
        rate_bps: match file.field("rate_bps") {
            Some(rate) => Some(rate.number(1, 1_000_000_000_000)?),
            None => None,
        },
        ..LinkSetup::new(from, to, delay)
    })
}

fn intervention(file: &Reader<'_>, hosts: &[HostSetup]) -> Result<Intervention, Wrong> {
    let file = &file.object(&fields::INTERVENTION)?;
    let kind = file.required("kind")?.one_of(&words::INTERVENTION)?;
    let packet = packet(&file.required("packet")?, hosts)?;
    if kind == 0 {
        has_none(file, "drop", &["by_us"])?;
        return Ok(Intervention::Drop(packet));
    }
    let by_us = file.field("by_us").ok_or_else(|| needs(file, "delay", "by_us"))?;
    Ok(Intervention::Delay { packet, by: Duration::from_micros(by_us.number(0, u64::MAX)?) })
}

fn packet(file: &Reader<'_>, hosts: &[HostSetup]) -> Result<PacketId, Wrong> {
    let text = file.text()?;
    PacketId::from_text(text, hosts.iter().map(|host| host.name.as_str()))
        .ok_or_else(|| file.wrong(Problem::PacketName { text: quoted(text), hosts: names(hosts) }))
}

fn limits(file: &Reader<'_>) -> Result<Limits, Wrong> {
    let file = file.object(&fields::LIMITS)?;
    let usual = Limits::default();
    let most = u64::try_from(usual.records).unwrap_or(u64::MAX);
    let records = file.number("records", most, 1, most)?;
    let until = file.number("until_us", usual.until.as_micros(), 0, u64::MAX)?;
    Ok(Limits {
        records: usize::try_from(records).unwrap_or(usual.records),
        until: Instant::from_micros(until),
    })
}

/// Why the simulator would not run it, with names for numbers.
fn refused(file: &Object<'_>, hosts: &[HostSetup], error: SetupError) -> Wrong {
    let name = |host: HostId| hosts.get(host.index()).map_or("?", |host| &host.name).to_owned();
    match error {
        SetupError::HostCount { hosts } => file.wrong_at("hosts", Problem::NotTwoHosts { hosts }),
        SetupError::SameAddress { name } => {
            let what = format!("the address of {name}");
            file.wrong_at("hosts", Problem::SharedByHosts { what })
        }
        SetupError::SameName { name } => {
            file.wrong_at("hosts", Problem::SharedByHosts { what: format!("the name {name}") })
        }
        SetupError::NotOneLink { from, to } => {
            file.wrong_at("links", Problem::NotOneLink { from: name(from), to: name(to) })
        }
        SetupError::LinkOutOfRange { property, .. } => {
            file.wrong_at("links", Problem::LinkOutOfRange { property })
        }
        // The reader makes none of these: they have no place of their own in a file yet.
        SetupError::NothingHappens
        | SetupError::RouterCount { .. }
        | SetupError::NoSuchPlace { .. }
        | SetupError::NoWay { .. }
        | SetupError::NoPorts { .. }
        | SetupError::ScriptsOutOfOrder { .. }
        | SetupError::BadBlock { .. }
        | SetupError::NoSuchPeer { .. }
        | SetupError::NoSuchHost { .. }
        | SetupError::ActsOutOfOrder => file.wrong_at("hosts", Problem::NothingHappens),
    }
}

fn host_named(file: &Reader<'_>, hosts: &[HostSetup]) -> Result<HostId, Wrong> {
    let name = file.text()?;
    for (id, host) in (0..).map(HostId).zip(hosts) {
        if host.name == name {
            return Ok(id);
        }
    }
    Err(file.wrong(Problem::UnknownHost { name: quoted(name), hosts: names(hosts) }))
}

/// The names of the hosts, as a message lists them.
pub(crate) fn names(hosts: &[HostSetup]) -> String {
    let mut names = String::new();
    for host in hosts {
        if !names.is_empty() {
            names.push_str(", ");
        }
        names.push_str(&host.name);
    }
    names
}

/// A name that stands in a packet's name and in an address without being mistaken.
fn name(file: &Reader<'_>) -> Result<String, Wrong> {
    let name = file.text()?;
    let of_a_name = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_';
    if (1..=64).contains(&name.len()) && name.bytes().all(of_a_name) {
        Ok(name.to_owned())
    } else {
        Err(file.wrong(Problem::Name { name: quoted(name) }))
    }
}
