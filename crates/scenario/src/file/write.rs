//! From what can be run back to a file: what is as usual is left out.

use alloc::string::{String, ToString};

use tcpscope_sim::{HostSetup, Limits, Setup, SocketSetup};

use super::places::Places;
use super::writer::Writer;
use super::{acts, link, script_write, tcp};
use crate::{FORMAT, Localized, Scenario};

/// The file that says what `scenario` is.
pub(crate) fn scenario(scenario: &Scenario) -> String {
    let Scenario { id, title, summary, setup } = scenario;
    let Setup { seed, hosts, routers, links, link_changes, interventions, acts, limits } = setup;
    let places = &Places::of(setup);
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
        host(&mut file, each, places);
    }
    file.close(']');
    if list(&mut file, "routers", routers.is_empty()) {
        for each in routers {
            file.item(each);
        }
        file.close(']');
    }
    file.key("links");
    file.open('[');
    for each in links {
        link::write(&mut file, each, places);
    }
    file.close(']');
    if list(&mut file, "link_changes", link_changes.is_empty()) {
        for each in link_changes {
            link::write_change(&mut file, *each, places);
        }
        file.close(']');
    }
    if list(&mut file, "interventions", interventions.is_empty()) {
        for each in interventions {
            acts::write_intervention(&mut file, *each, places);
        }
        file.close(']');
    }
    if list(&mut file, "acts", acts.is_empty()) {
        for each in acts {
            acts::write_act(&mut file, each, places);
        }
        file.close(']');
    }
    self::limits(&mut file, *limits);
    file.close('}');
    file.into_json()
}

/// Begins a list, if there is anything in it.
fn list(file: &mut Writer, key: &str, is_empty: bool) -> bool {
    if !is_empty {
        file.key(key);
        file.open('[');
    }
    !is_empty
}

fn localized(file: &mut Writer, key: &str, words: &Localized) {
    let [en, zh_cn] = Localized::FIELDS;
    file.begin(key);
    file.text(en, &words.en);
    file.text(zh_cn, &words.zh_cn);
    file.close('}');
}

fn host(file: &mut Writer, host: &HostSetup, places: &Places) {
    let HostSetup { name, address, config, iss, script, further, sockets } = host;
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
    self::sockets(file, *sockets);
    if !further.is_empty() {
        file.key("scripts");
        file.open('[');
        for lines in host.scripts() {
            script_write::lines(file, script, lines, places);
        }
        file.close(']');
    } else if !script.is_empty() {
        file.key("script");
        script_write::lines(file, script, 0..script.len(), places);
    }
    file.close('}');
}

fn sockets(file: &mut Writer, sockets: SocketSetup) {
    let usual = SocketSetup::default();
    if sockets == usual {
        return;
    }
    let SocketSetup { ephemeral_ports: (first, last), syn_queue, syn_cookies } = sockets;
    file.begin("sockets");
    file.unusual("first_port", first.into(), usual.ephemeral_ports.0.into());
    file.unusual("last_port", last.into(), usual.ephemeral_ports.1.into());
    file.unusual("syn_queue", syn_queue.into(), usual.syn_queue.into());
    file.unusual_flag("syn_cookies", syn_cookies, usual.syn_cookies);
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
