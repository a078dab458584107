//! The shapes of the page API, as its contract writes them.

use serde::Serialize;

/// `State`: everything at the present moment.
#[derive(Serialize)]
pub(super) struct State<'a> {
    pub(super) scenario: &'a str,
    pub(super) seed: u64,
    pub(super) t_us: u64,
    pub(super) record: u32,
    pub(super) records: usize,
    pub(super) playing: bool,
    pub(super) speed: f64,
    pub(super) locale: &'static str,
    pub(super) theme: &'static str,
    pub(super) endpoints: Vec<Endpoint<'a>>,
    pub(super) in_flight: Vec<Packet<'a>>,
    pub(super) reason: Option<Reason>,
}

/// A host with its connection.
#[derive(Serialize)]
pub(super) struct Endpoint<'a> {
    pub(super) name: &'a str,
    pub(super) state: &'static str,
    pub(super) iss: Option<u32>,
    pub(super) irs: Option<u32>,
    pub(super) snd: SendSpace,
    pub(super) rcv: ReceiveSpace,
    pub(super) mss: u32,
    pub(super) cwnd: u32,
    pub(super) ssthresh: u32,
    pub(super) flight: u32,
    pub(super) srtt_us: Option<u64>,
    pub(super) rto_us: u64,
    pub(super) timers: Vec<Timer>,
}

#[derive(Serialize)]
pub(super) struct SendSpace {
    pub(super) una: u32,
    pub(super) nxt: u32,
    pub(super) wnd: u32,
}

#[derive(Serialize)]
pub(super) struct ReceiveSpace {
    pub(super) nxt: u32,
    pub(super) wnd: u32,
}

#[derive(Serialize)]
pub(super) struct Timer {
    pub(super) name: &'static str,
    pub(super) at_us: u64,
}

/// `Packet`: a segment on its way.
#[derive(Serialize)]
pub(super) struct Packet<'a> {
    pub(super) packet: String,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) flags: String,
    pub(super) seq: u32,
    pub(super) ack: Option<u32>,
    pub(super) wnd: u16,
    pub(super) len: u32,
    pub(super) sent_us: u64,
    pub(super) arrives_us: Option<u64>,
    pub(super) fate: &'static str,
    pub(super) retransmission: bool,
}

/// `Record`: one thing that happened.
#[derive(Serialize)]
pub(super) struct Record<'a> {
    pub(super) record: u32,
    pub(super) at_us: u64,
    pub(super) cause: Option<u32>,
    pub(super) kind: &'static str,
    pub(super) endpoint: Option<&'a str>,
    pub(super) packet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<&'static str>,
    pub(super) reason: Option<Reason>,
}

/// The rule behind a record.
#[derive(Serialize)]
pub(super) struct Reason {
    pub(super) rule: &'static str,
    pub(super) rfc: String,
    pub(super) text: String,
}

/// An entry of `scenarios()`.
#[derive(Serialize)]
pub(super) struct Scenario<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
}
