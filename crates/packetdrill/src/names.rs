//! The names that C has for things, and what errors say.

use tcpscope_tcp::{Errno, IcmpError};

/// What each error is called beside its name.
const ERRORS: [(Errno, &str); 18] = [
    (Errno::AddressInUse, "Address already in use"),
    (Errno::AddressNotAvailable, "Cannot assign requested address"),
    (Errno::Again, "Resource temporarily unavailable"),
    (Errno::Already, "Operation already in progress"),
    (Errno::BadDescriptor, "Bad file descriptor"),
    (Errno::ConnectionRefused, "Connection refused"),
    (Errno::ConnectionReset, "Connection reset by peer"),
    (Errno::HostUnreachable, "No route to host"),
    (Errno::InProgress, "Operation now in progress"),
    (Errno::InvalidArgument, "Invalid argument"),
    (Errno::IsConnected, "Transport endpoint is already connected"),
    (Errno::MessageSize, "Message too long"),
    (Errno::NetworkUnreachable, "Network is unreachable"),
    (Errno::NoProtocolOption, "Protocol not available"),
    (Errno::NotConnected, "Transport endpoint is not connected"),
    (Errno::OperationNotSupported, "Operation not supported"),
    (Errno::Pipe, "Broken pipe"),
    (Errno::TimedOut, "Connection timed out"),
];

/// The error of this name, if our sockets know it.
pub(crate) fn errno(name: &str) -> Option<Errno> {
    // Two names of one number, in C.
    let name = if name == "EWOULDBLOCK" { "EAGAIN" } else { name };
    ERRORS.iter().map(|(errno, _)| *errno).find(|errno| errno.name() == name)
}

/// What an error says.
pub(crate) fn text(errno: Errno) -> &'static str {
    ERRORS.iter().find(|(known, _)| *known == errno).map_or("", |(_, text)| text)
}

/// The words of `icmp` lines.
const REPORTS: [(&str, &str, IcmpError); 8] = [
    ("unreachable", "net_unreachable", IcmpError::NetworkUnreachable),
    ("unreachable", "host_unreachable", IcmpError::HostUnreachable),
    ("unreachable", "protocol_unreachable", IcmpError::ProtocolUnreachable),
    ("unreachable", "port_unreachable", IcmpError::PortUnreachable),
    ("unreachable", "source_route_failed", IcmpError::SourceRouteFailed),
    ("source_quench", "", IcmpError::SourceQuench),
    ("time_exceeded", "", IcmpError::TimeExceeded),
    ("parameter_problem", "", IcmpError::ParameterProblem),
];

/// What the network says with these words; its MTU is told apart.
pub(crate) fn report(kind: &str, code: &str, mtu: Option<u16>) -> Option<IcmpError> {
    if (kind, code) == ("unreachable", "frag_needed") {
        return mtu.map(|mtu| IcmpError::FragmentationNeeded { mtu });
    }
    let known = REPORTS.iter().find(|(a, b, _)| (*a, *b) == (kind, code));
    known.filter(|_| mtu.is_none()).map(|(.., error)| *error)
}

/// The words that say it.
pub(crate) fn words(error: IcmpError) -> String {
    if let IcmpError::FragmentationNeeded { mtu } = error {
        return format!("unreachable frag_needed mtu {mtu}");
    }
    let known = REPORTS.iter().find(|(.., known)| *known == error);
    known.map_or_else(String::new, |(kind, code, _)| format!("{kind} {code}").trim().to_owned())
}
