//! Questions by their names, as links have them: `next-segment:server@12`,
//! `may-send:client#0@40`, `what-if-lost:client:syn:0@5`.

use tcpscope_sim::{ConnectionId, HostId, RecordId, Trace};

use super::{Kind, Question};

impl Question {
    /// The question as a link has it: its kind, what it is about in this run, and the record.
    #[must_use]
    pub fn to_text(&self, trace: &Trace) -> String {
        let host = |host: HostId| trace.place_name(host).unwrap_or("?").to_owned();
        let end = |of: HostId, connection: ConnectionId| format!("{}#{}", host(of), connection.0);
        let about = match self.kind {
            Kind::NextState { host: of, connection: Some(connection) }
            | Kind::MaySend { host: of, connection } => Some(end(of, connection)),
            Kind::NextState { host: of, connection: None }
            | Kind::NextSegment { host: of }
            | Kind::CallReturns { host: of } => Some(host(of)),
            Kind::WhoSendsNext | Kind::WhichTimer => None,
            Kind::WhatIfLost { packet } => Some(trace.packet_name(packet)),
        };
        let colon = if about.is_some() { ":" } else { "" };
        format!("{}{colon}{}@{}", self.kind.name(), about.unwrap_or_default(), self.at.0)
    }

    /// The question that is named so; `None` where this run has none of that name.
    #[must_use]
    pub fn from_text(text: &str, trace: &Trace) -> Option<Self> {
        // The name of a packet may have an `@` and a `#` of its own.
        let (rest, at) = text.rsplit_once('@')?;
        let (kind, about) =
            rest.split_once(':').map_or((rest, None), |(kind, of)| (kind, Some(of)));
        let host = |name: &str| {
            let place = trace.hosts().iter().position(|host| host.name == name)?;
            u8::try_from(place).ok().map(HostId)
        };
        let end = |text: &str| {
            let (name, connection) = text.rsplit_once('#')?;
            Some((host(name)?, ConnectionId(connection.parse().ok()?)))
        };
        let kind = match (kind, about) {
            ("next-state", Some(about)) => match end(about) {
                Some((host, connection)) => Kind::NextState { host, connection: Some(connection) },
                None => Kind::NextState { host: host(about)?, connection: None },
            },
            ("next-segment", Some(about)) => Kind::NextSegment { host: host(about)? },
            ("who-sends-next", None) => Kind::WhoSendsNext,
            ("which-timer", None) => Kind::WhichTimer,
            ("call-returns", Some(about)) => Kind::CallReturns { host: host(about)? },
            ("may-send", Some(about)) => {
                let (host, connection) = end(about)?;
                Kind::MaySend { host, connection }
            }
            ("what-if-lost", Some(about)) => {
                Kind::WhatIfLost { packet: trace.packet_named(about)? }
            }
            _ => return None,
        };
        let question = Self { at: RecordId(at.parse().ok()?), kind };
        question.is_of(trace).then_some(question)
    }
}
