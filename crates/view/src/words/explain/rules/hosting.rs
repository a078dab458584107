//! What a host does for all of its connections: queues, SYN cookies, ICMP.

use tcpscope_tcp::{IcmpError, Reason};

use super::{NOT_OURS, Say};
use crate::words::explain::template::Value::{Count, Initial, Octets, Sent, Text};
use crate::words::explain::texts::{Icmp, Texts};

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { hosting, .. } = texts;
    match *reason {
        Reason::ForeignAddress => say(hosting.foreign_address, &[]),
        Reason::BadAddress => say(hosting.bad_address, &[]),
        Reason::SynQueueFull { backlog } => {
            say(hosting.syn_queue_full, &[("backlog", Count(backlog))])
        }
        Reason::AcceptQueueFull { backlog } => {
            say(hosting.accept_queue_full, &[("backlog", Count(backlog))])
        }
        Reason::SynCookieSent { iss, mss } => {
            say(hosting.syn_cookie_sent, &[("mss", Octets(mss.into())), ("iss", Initial(iss))])
        }
        Reason::SynCookieTaken { ack, mss } => {
            say(hosting.syn_cookie_taken, &[("ack", Sent(ack)), ("mss", Octets(mss.into()))])
        }
        Reason::SynCookieRefused { ack } => say(hosting.syn_cookie_refused, &[("ack", Sent(ack))]),
        Reason::IcmpSoft { error } => {
            say(hosting.icmp_soft, &[("error", Text(&icmp_text(&texts.icmp, error, say)))])
        }
        Reason::IcmpHard { error } => {
            say(hosting.icmp_hard, &[("error", Text(&icmp_text(&texts.icmp, error, say)))])
        }
        Reason::IcmpDropped { error } => {
            say(hosting.icmp_dropped, &[("error", Text(&icmp_text(&texts.icmp, error, say)))])
        }
        Reason::MtuReduced { mtu, mss } => {
            say(hosting.mtu_reduced, &[("mtu", Octets(mtu)), ("mss", Octets(mss))])
        }

        _ => NOT_OURS,
    }
}

/// What an ICMP message says.
fn icmp_text(icmp: &Icmp, error: IcmpError, say: Say<'_>) -> String {
    match error {
        IcmpError::NetworkUnreachable => say(icmp.network_unreachable, &[]),
        IcmpError::HostUnreachable => say(icmp.host_unreachable, &[]),
        IcmpError::ProtocolUnreachable => say(icmp.protocol_unreachable, &[]),
        IcmpError::PortUnreachable => say(icmp.port_unreachable, &[]),
        // Old routers do not tell (RFC 1191 §4).
        IcmpError::FragmentationNeeded { mtu: 0 } => say(icmp.fragmentation_needed_somewhere, &[]),
        IcmpError::FragmentationNeeded { mtu } => {
            say(icmp.fragmentation_needed, &[("mtu", Octets(mtu.into()))])
        }
        IcmpError::SourceRouteFailed => say(icmp.source_route_failed, &[]),
        IcmpError::SourceQuench => say(icmp.source_quench, &[]),
        IcmpError::TimeExceeded => say(icmp.time_exceeded, &[]),
        IcmpError::ParameterProblem => say(icmp.parameter_problem, &[]),
    }
}
