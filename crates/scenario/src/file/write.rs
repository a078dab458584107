//! From what can be run back to a file: what is as usual is left out.

use alloc::string::{String, ToString};

use bytes::Bytes;
use tcpscope_sim::{
    AppCall, HostId, HostSetup, Intervention, Limits, LinkSetup, Setup, Step, Wait, Want,
};
use tcpscope_tcp::{Config, CongestionControl};

use super::pattern::pattern;
use super::{
    CallFile, CongestionFile, HostFile, InterventionFile, InterventionKind, LimitsFile, LinkFile,
    ModeFile, ScenarioFile, StepFile, TcpFile, WhenFile,
};
use crate::{FORMAT, Scenario};

/// The file that says what `scenario` is.
pub(crate) fn scenario(scenario: &Scenario) -> ScenarioFile {
    let Setup { seed, hosts, links, interventions, limits } = scenario.setup_ref();
    let name = |host: HostId| hosts.get(host.index()).map_or("", |host| &host.name).to_string();
    let link = |link: &LinkSetup| {
        let LinkSetup { from, to, delay, loss_ppm, rate_bps } = *link;
        let (from, to, delay_us) = (name(from), name(to), delay.as_micros());
        LinkFile { from, to, delay_us, loss_ppm, rate_bps }
    };
    let intervention = |intervention: &Intervention| {
        let names = hosts.iter().map(|host| host.name.as_str());
        let packet = intervention.packet().to_text(names);
        let (kind, by_us) = match intervention {
            Intervention::Drop(_) => (InterventionKind::Drop, None),
            Intervention::Delay { packet: _, by } => {
                (InterventionKind::Delay, Some(by.as_micros()))
            }
        };
        InterventionFile { kind, packet, by_us }
    };
    ScenarioFile {
        format: FORMAT,
        id: scenario.id().to_string(),
        title: scenario.title().clone(),
        summary: scenario.summary().clone(),
        seed: *seed,
        hosts: hosts.iter().map(host).collect(),
        links: links.iter().map(link).collect(),
        interventions: interventions.iter().map(intervention).collect(),
        limits: self::limits(limits),
    }
}

fn host(host: &HostSetup) -> HostFile {
    let HostSetup { name, address, config: settings, iss, script } = host;
    HostFile {
        name: name.clone(),
        address: address.to_string(),
        iss: iss.map(tcpscope_tcp::SeqNumber::value),
        tcp: Some(config(settings)).filter(|tcp| *tcp != TcpFile::default()),
        script: script.iter().map(step).collect(),
    }
}

fn config(config: &Config) -> TcpFile {
    let Config {
        mss,
        receive_buffer,
        send_buffer,
        nagle,
        rfc5961,
        congestion,
        initial_window_segments,
        initial_rto,
        min_rto,
        max_rto,
        syn_retries,
        r1_retries,
        data_retries,
        msl,
    } = config;
    let usual = Config::default();
    TcpFile {
        mss: unusual(*mss, usual.mss),
        receive_buffer: unusual(*receive_buffer, usual.receive_buffer),
        send_buffer: unusual(*send_buffer, usual.send_buffer),
        nagle: unusual(*nagle, usual.nagle),
        rfc5961: unusual(*rfc5961, usual.rfc5961),
        congestion: unusual(*congestion, usual.congestion).map(|congestion| match congestion {
            CongestionControl::NewReno => CongestionFile::NewReno,
            CongestionControl::None => CongestionFile::None,
        }),
        initial_window_segments: unusual(*initial_window_segments, usual.initial_window_segments),
        initial_rto_us: unusual(initial_rto.as_micros(), usual.initial_rto.as_micros()),
        min_rto_us: unusual(min_rto.as_micros(), usual.min_rto.as_micros()),
        max_rto_us: unusual(max_rto.as_micros(), usual.max_rto.as_micros()),
        syn_retries: unusual(*syn_retries, usual.syn_retries),
        r1_retries: unusual(*r1_retries, usual.r1_retries),
        data_retries: unusual(*data_retries, usual.data_retries),
        msl_us: unusual(msl.as_micros(), usual.msl.as_micros()),
    }
}

fn step(step: &Step) -> StepFile {
    let Step { wait, call } = step;
    let plain =
        |call| StepFile { when: when(wait), call, mode: None, text: None, octets: None, all: None };
    match call {
        AppCall::Open { active } => {
            let mode = if *active { ModeFile::Active } else { ModeFile::Passive };
            StepFile { mode: Some(mode), ..plain(CallFile::Open) }
        }
        AppCall::Send(data) => {
            let (text, octets) = text_or_octets(data);
            StepFile { text, octets, ..plain(CallFile::Send) }
        }
        AppCall::Receive(Want::Octets(octets)) => {
            StepFile { octets: Some(*octets), ..plain(CallFile::Receive) }
        }
        AppCall::Receive(Want::All) => StepFile { all: Some(true), ..plain(CallFile::Receive) },
        AppCall::Close => plain(CallFile::Close),
        AppCall::Abort => plain(CallFile::Abort),
    }
}

/// What is sent: how much of it, if it is the text that is sent where only that is said.
fn text_or_octets(data: &Bytes) -> (Option<String>, Option<u64>) {
    if *data == pattern(data.len()) {
        (None, u64::try_from(data.len()).ok())
    } else {
        (Some(String::from_utf8_lossy(data).into_owned()), None)
    }
}

fn when(wait: &Wait) -> Option<WhenFile> {
    match wait {
        Wait::Nothing => None,
        Wait::Until(at) => Some(WhenFile::Until(at.as_micros())),
        Wait::For(span) => Some(WhenFile::After(span.as_micros())),
        Wait::Connected => Some(WhenFile::Connected),
        Wait::PeerClosed => Some(WhenFile::PeerClosed),
        Wait::State(state) => Some(WhenFile::State(state.name().to_string())),
        Wait::Acknowledged => Some(WhenFile::Acknowledged),
    }
}

fn limits(limits: &Limits) -> Option<LimitsFile> {
    let usual = Limits::default();
    (*limits != usual).then(|| LimitsFile {
        records: unusual(limits.records, usual.records)
            .and_then(|records| u64::try_from(records).ok()),
        until_us: unusual(limits.until, usual.until).map(tcpscope_tcp::Instant::as_micros),
    })
}

/// A setting, if it is not the usual one.
fn unusual<T: Copy + PartialEq>(value: T, usual: T) -> Option<T> {
    (value != usual).then_some(value)
}
