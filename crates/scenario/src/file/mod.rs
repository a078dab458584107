//! The shape of a scenario file, field by field. What the fields mean is in [`read`], how they
//! come about in [`write`].

mod path;
mod pattern;
pub(crate) mod read;
mod script;
pub(crate) mod write;

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Localized;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a scenario")]
pub(crate) struct ScenarioFile {
    pub(crate) format: u64,
    pub(crate) id: String,
    pub(crate) title: Localized,
    pub(crate) summary: Localized,
    pub(crate) seed: u64,
    pub(crate) hosts: Vec<HostFile>,
    pub(crate) links: Vec<LinkFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) interventions: Vec<InterventionFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) limits: Option<LimitsFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a host")]
pub(crate) struct HostFile {
    pub(crate) name: String,
    /// Address and port, as in `192.0.2.1:49152`.
    pub(crate) address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) iss: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tcp: Option<TcpFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) script: Vec<StepFile>,
}

/// How a host's TCP differs from the default.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "settings of a TCP")]
pub(crate) struct TcpFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mss: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) receive_buffer: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) send_buffer: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) nagle: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rfc5961: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) congestion: Option<CongestionFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) initial_window_segments: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) initial_rto_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_rto_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_rto_us: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) syn_retries: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) r1_retries: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data_retries: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) msl_us: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CongestionFile {
    NewReno,
    None,
}

/// A line of a script. Which fields go with which call, [`read`] knows.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a line of a script")]
pub(crate) struct StepFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) when: Option<WhenFile>,
    pub(crate) call: CallFile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) mode: Option<ModeFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) octets: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) all: Option<bool>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WhenFile {
    Connected,
    PeerClosed,
    Acknowledged,
    #[serde(rename = "until_us")]
    Until(u64),
    #[serde(rename = "after_us")]
    After(u64),
    State(String),
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CallFile {
    Open,
    Send,
    Receive,
    Close,
    Abort,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ModeFile {
    Active,
    Passive,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a link")]
pub(crate) struct LinkFile {
    /// The name of the host that it comes from.
    pub(crate) from: String,
    /// The name of the host that it goes to.
    pub(crate) to: String,
    pub(crate) delay_us: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) loss_ppm: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rate_bps: Option<u64>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an intervention")]
pub(crate) struct InterventionFile {
    pub(crate) kind: InterventionKind,
    /// The packet, as in `client:data:1+1460~2`.
    pub(crate) packet: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) by_us: Option<u64>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum InterventionKind {
    Drop,
    Delay,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "limits of a run")]
pub(crate) struct LimitsFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) records: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until_us: Option<u64>,
}
