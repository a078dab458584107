//! From what can be run back to a file: what is as usual is left out.

use alloc::string::{String, ToString};

use tcpscope_sim::{
    AppCall, HostId, HostSetup, Intervention, Limits, LinkSetup, Setup, Step, Wait, Want,
};

use super::pattern::pattern;
use super::writer::Writer;
use super::{tcp, words};
use crate::{FORMAT, Localized, Scenario};

/// The file that says what `scenario` is.
pub(crate) fn scenario(scenario: &Scenario) -> String {
    let Scenario { id, title, summary, setup } = scenario;
    // The rest has no place in a file yet.
    let Setup { seed, hosts, routers: _, links, link_changes: _, interventions, acts: _, limits } =
        setup;
    let mut file = Writer::default();
    file.open('{');
    file.number("format", FORMAT);
    file.text("id", id);
    localized(&mut file, "title", title);
    localized(&mut file, "summary", summary);
    file.number("seed", *seed);
    file.key("hosts");
    file.open('[');
    for each in hosts {
        host(&mut file, each);
    }
    file.close(']');
    file.key("links");
    file.open('[');
    for each in links {
        link(&mut file, each, hosts);
    }
    file.close(']');
    if !interventions.is_empty() {
        file.key("interventions");
        file.open('[');
        for each in interventions {
            intervention(&mut file, *each, hosts);
        }
        file.close(']');
    }
    self::limits(&mut file, *limits);
    file.close('}');
    file.into_json()
}

fn localized(file: &mut Writer, key: &str, words: &Localized) {
    let [en, zh_cn] = Localized::FIELDS;
    file.key(key);
    file.open('{');
    file.text(en, &words.en);
    file.text(zh_cn, &words.zh_cn);
    file.close('}');
}

fn host(file: &mut Writer, host: &HostSetup) {
    let HostSetup { name, address, config, iss, script, further: _, sockets: _ } = host;
    file.open('{');
    file.text("name", name);
    file.text("address", &address.to_string());
    if let Some(iss) = iss {
        file.number("iss", iss.value().into());
    }
    if *config != tcp::usual() {
        file.key("tcp");
        tcp::write(file, config);
    }
    if !script.is_empty() {
        file.key("script");
        file.open('[');
        for each in script {
            step(file, each);
        }
        file.close(']');
    }
    file.close('}');
}

fn step(file: &mut Writer, step: &Step) {
    let Step { wait, call } = step;
    let [open, send, receive, close, abort] = words::CALL;
    file.open('{');
    when(file, wait);
    match call {
        AppCall::Open { active: is_active } => {
            let [active, passive] = words::MODE;
            file.text("call", open);
            file.text("mode", if *is_active { active } else { passive });
        }
        AppCall::Send(data) => {
            file.text("call", send);
            // What is sent where only that is said is not written out.
            match u64::try_from(data.len()) {
                Ok(octets) if *data == pattern(data.len()) => file.number("octets", octets),
                Ok(_) | Err(_) => file.text("text", &String::from_utf8_lossy(data)),
            }
        }
        AppCall::Receive(want) => {
            file.text("call", receive);
            match want {
                Want::Octets(octets) => file.number("octets", *octets),
                Want::All => file.flag("all", true),
            }
        }
        AppCall::Close => file.text("call", close),
        AppCall::Abort => file.text("call", abort),
        // No file has these yet.
        AppCall::Connect(_)
        | AppCall::Bind { .. }
        | AppCall::Listen { .. }
        | AppCall::Accept
        | AppCall::Serve { .. }
        | AppCall::Set(_)
        | AppCall::Generate { .. }
        | AppCall::Type { .. }
        | AppCall::Shutdown(_)
        | AppCall::Release
        | AppCall::Exit
        | AppCall::SendTo { .. }
        | AppCall::Forge(_)
        | AppCall::Repeat { .. }
        | AppCall::Nothing => file.text("call", call.name()),
    }
    file.close('}');
}

fn when(file: &mut Writer, wait: &Wait) {
    let word = match wait {
        Wait::Nothing => return,
        Wait::Connected => Some("connected"),
        Wait::PeerClosed => Some("peer-closed"),
        Wait::Acknowledged => Some("acknowledged"),
        Wait::Until(_) | Wait::For(_) | Wait::State(_) | Wait::Readable(_) => None,
    };
    if let Some(word) = word {
        return file.text("when", word);
    }
    file.key("when");
    file.open('{');
    match wait {
        Wait::Until(at) => file.number("until_us", at.as_micros()),
        Wait::For(span) => file.number("after_us", span.as_micros()),
        Wait::State(state) => file.text("state", state.name()),
        Wait::Readable(octets) => file.number("readable", (*octets).into()),
        Wait::Nothing | Wait::Connected | Wait::PeerClosed | Wait::Acknowledged => {}
    }
    file.close('}');
}

fn link(file: &mut Writer, link: &LinkSetup, hosts: &[HostSetup]) {
    // The other properties have no place in a file yet.
    let LinkSetup { from, to, delay, loss_ppm, rate_bps, .. } = *link;
    let name = |host: HostId| hosts.get(host.index()).map_or("", |host| &host.name);
    file.open('{');
    file.text("from", name(from));
    file.text("to", name(to));
    file.number("delay_us", delay.as_micros());
    file.unusual("loss_ppm", loss_ppm.into(), 0);
    if let Some(rate) = rate_bps {
        file.number("rate_bps", rate);
    }
    file.close('}');
}

fn intervention(file: &mut Writer, intervention: Intervention, hosts: &[HostSetup]) {
    let [drop, delay] = words::INTERVENTION;
    let packet = intervention.packet().to_text(hosts.iter().map(|host| host.name.as_str()));
    let (kind, by) = match intervention {
        Intervention::Drop(_) => (drop, None),
        Intervention::Delay { packet: _, by } => (delay, Some(by)),
        // These have no place in a file yet.
        Intervention::Duplicate { .. }
        | Intervention::Corrupt { .. }
        | Intervention::Hold { .. }
        | Intervention::Swap { .. } => return,
    };
    file.open('{');
    file.text("kind", kind);
    file.text("packet", &packet);
    if let Some(by) = by {
        file.number("by_us", by.as_micros());
    }
    file.close('}');
}

fn limits(file: &mut Writer, limits: Limits) {
    let usual = Limits::default();
    if limits == usual {
        return;
    }
    let Limits { records, until } = limits;
    file.key("limits");
    file.open('{');
    if let Ok(records) = u64::try_from(records)
        && limits.records != usual.records
    {
        file.number("records", records);
    }
    file.unusual("until_us", until.as_micros(), usual.until.as_micros());
    file.close('}');
}
