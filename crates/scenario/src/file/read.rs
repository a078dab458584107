//! From a file to what can be run. Every value is checked here, so that nothing that comes from a
//! file can ask for more time or memory than there is.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::{Ipv4Addr, SocketAddrV4};

use tcpscope_sim::{Act, HostId, HostSetup, Limits, Setup, SetupError, SocketSetup};
use tcpscope_tcp::{Instant, SeqNumber};

use super::places::Places;
use super::script::{Script, has_no};
use super::{acts, fields, link, tcp};
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
    let places = &places(file)?;
    let mut sent = 0;
    let mut hosts = Vec::new();
    file.required("hosts")?.each(&mut |item| {
        let id = HostId(u8::try_from(hosts.len()).unwrap_or(u8::MAX));
        hosts.push(host(item, id, &mut sent, places)?);
        Ok(())
    })?;
    let mut links = Vec::new();
    file.required("links")?.each(&mut |item| {
        links.push(link::link(item, places)?);
        Ok(())
    })?;
    let mut link_changes = Vec::new();
    each(file, "link_changes", &mut |item| {
        link_changes.extend(link::changes(item, places)?);
        Ok(())
    })?;
    let mut interventions = Vec::new();
    each(file, "interventions", &mut |item| {
        interventions.push(acts::intervention(item, places)?);
        Ok(())
    })?;
    let mut acts = Vec::new();
    each(file, "acts", &mut |item| {
        acts.push(acts::act(item, places, &mut sent)?);
        Ok(())
    })?;
    // A file may have them in any order; those of one instant are done in the file's.
    acts.sort_by_key(|act: &Act| act.at);
    let limits = match file.field("limits") {
        Some(item) => limits(&item)?,
        None => Limits::default(),
    };
    let routers = places.routers.clone();
    let setup = Setup { seed, hosts, routers, links, link_changes, interventions, acts, limits };
    setup.check().map_err(|error| refused(file, places, error))?;
    Ok(setup)
}

/// Reads each item of a list that need not be there.
fn each(
    file: &Object<'_>,
    key: &'static str,
    read: &mut dyn FnMut(&Reader<'_>) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    match file.field(key) {
        Some(list) => list.each(read),
        None => Ok(()),
    }
}

/// Who is there. Each can be told from those before it.
fn places(file: &Object<'_>) -> Result<Places, Wrong> {
    let mut places = Places::default();
    file.required("hosts")?.each(&mut |item| {
        let file = &item.object(&fields::HOST)?;
        let name = own_name(&file.required("name")?, &places)?;
        let address = address(&file.required("address")?)?;
        if places.hosts.iter().any(|(_, other)| other.ip() == address.ip()) {
            let what = format!("the address {}", address.ip());
            return Err(file.wrong_at("address", Problem::Shared { what }));
        }
        places.hosts.push((name, address));
        Ok(())
    })?;
    each(file, "routers", &mut |item| {
        let name = own_name(item, &places)?;
        places.routers.push(name);
        Ok(())
    })?;
    // What has a number for each of them is read only then.
    let (hosts, routers) = (places.hosts.len(), places.routers.len());
    if !(Setup::HOSTS).contains(&hosts) {
        return Err(file.wrong_at("hosts", Problem::Setup(SetupError::HostCount { hosts })));
    }
    if routers > Setup::MOST_ROUTERS {
        return Err(file.wrong_at("routers", Problem::Setup(SetupError::RouterCount { routers })));
    }
    Ok(places)
}

/// A name that nobody has yet.
fn own_name(file: &Reader<'_>, places: &Places) -> Result<String, Wrong> {
    let name = name(file)?;
    let mut taken = places.hosts.iter().map(|(name, _)| name).chain(&places.routers);
    if taken.any(|other| *other == name) {
        return Err(file.wrong(Problem::Shared { what: format!("the name {name}") }));
    }
    Ok(name)
}

fn host(
    file: &Reader<'_>,
    id: HostId,
    sent: &mut u64,
    places: &Places,
) -> Result<HostSetup, Wrong> {
    let file = &file.object(&fields::HOST)?;
    let iss = match file.field("iss") {
        Some(_) => Some(SeqNumber::new(file.number32("iss", 0, 0, u32::MAX)?)),
        None => None,
    };
    let config = match file.field("tcp") {
        Some(tcp) => tcp::read(&tcp)?,
        None => tcp::usual(),
    };
    let sockets = match file.field("sockets") {
        Some(item) => sockets(&item)?,
        None => SocketSetup::default(),
    };
    let (mut script, mut further) = (Vec::new(), Vec::new());
    let mut reader = Script { places, host: id, sent };
    match (file.field("script"), file.field("scripts")) {
        (Some(_), Some(_)) => return Err(has_no(file, "a host with a script", "scripts")),
        (Some(list), None) => reader.lines(&list, 1, &mut script)?,
        (None, Some(lists)) => {
            let mut is_first = true;
            lists.each(&mut |list| {
                if !core::mem::take(&mut is_first) {
                    further.push(script.len());
                }
                reader.lines(list, 1, &mut script)
            })?;
        }
        (None, None) => {}
    }
    Ok(HostSetup {
        name: places.name(id).to_owned(),
        address: address(&file.required("address")?)?,
        config,
        iss,
        script,
        further,
        sockets,
    })
}

fn sockets(file: &Reader<'_>) -> Result<SocketSetup, Wrong> {
    let file = &file.object(&fields::SOCKETS)?;
    let usual = SocketSetup::default();
    let (first, last) = usual.ephemeral_ports;
    let port = |key, usual: u16, least: u16| -> Result<u16, Wrong> {
        let port = file.number32(key, usual.into(), least.into(), u16::MAX.into())?;
        Ok(u16::try_from(port).unwrap_or(usual))
    };
    let first = port("first_port", first, 1)?;
    let last = port("last_port", last.max(first), first)?;
    Ok(SocketSetup {
        ephemeral_ports: (first, last),
        syn_queue: file.number32("syn_queue", usual.syn_queue, 0, u32::MAX)?,
        syn_cookies: file.flag("syn_cookies", usual.syn_cookies)?,
    })
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
fn refused(file: &Object<'_>, places: &Places, error: SetupError) -> Wrong {
    let name = |host: HostId| places.name(host).to_owned();
    match error {
        SetupError::NotOneLink { from, to } => {
            file.wrong_at("links", Problem::NotOneLink { from: name(from), to: name(to) })
        }
        SetupError::NoWay { from, to } => {
            file.wrong_at("links", Problem::NoWay { from: name(from), to: name(to) })
        }
        SetupError::NothingHappens => file.wrong_at("hosts", Problem::NothingHappens),
        // The reader has turned these away, with their places.
        SetupError::HostCount { .. }
        | SetupError::RouterCount { .. }
        | SetupError::SameName { .. }
        | SetupError::SameAddress { .. }
        | SetupError::LinkOutOfRange { .. }
        | SetupError::NoSuchPlace { .. }
        | SetupError::NoPorts { .. }
        | SetupError::ScriptsOutOfOrder { .. }
        | SetupError::BadBlock { .. }
        | SetupError::NoSuchPeer { .. }
        | SetupError::NoSuchHost { .. }
        | SetupError::TooLong { .. }
        | SetupError::ActsOutOfOrder => file.wrong(Problem::Setup(error)),
    }
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
