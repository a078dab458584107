//! The shape of a scenario file, field by field. What the fields mean is in [`read`], how they
//! come about in [`mod@write`]; what has many fields is read and written beside each other.

pub(crate) mod acts;
mod forgery;
mod link;
mod pattern;
pub(crate) mod places;
pub(crate) mod read;
mod script;
mod script_write;
pub(crate) mod tcp;
pub(crate) mod write;
pub(crate) mod writer;

/// The fields of each object, by what it is.
mod fields {
    pub(super) const SCENARIO: [&str; 12] = [
        "format",
        "id",
        "title",
        "summary",
        "seed",
        "hosts",
        "routers",
        "links",
        "link_changes",
        "interventions",
        "acts",
        "limits",
    ];
    pub(super) const HOST: [&str; 7] =
        ["name", "address", "iss", "tcp", "sockets", "script", "scripts"];
    pub(super) const SOCKETS: [&str; 4] = ["first_port", "last_port", "syn_queue", "syn_cookies"];
    /// A line of a script.
    pub(super) const STEP: [&str; 18] = [
        "when", "call", "mode", "text", "octets", "all", "hex", "to", "port", "backlog", "how",
        "option", "value", "value_us", "every_us", "times", "do", "segment",
    ];
    pub(super) const WHEN: [&str; 4] = ["until_us", "after_us", "state", "readable"];
    pub(super) const INTERVENTION: [&str; 6] =
        ["kind", "packet", "by_us", "bit", "until_us", "with"];
    /// What is done at an instant; the last ones are those of a call.
    pub(super) const ACT: [&str; 21] = [
        "at_us", "host", "kind", "scripts", "packet", "call", "mode", "text", "octets", "all",
        "hex", "to", "port", "backlog", "how", "option", "value", "value_us", "every_us", "times",
        "segment",
    ];
    pub(super) const LIMITS: [&str; 2] = ["records", "until_us"];
}

/// The words that stand for one of a few things, in the order in which both sides match them.
mod words {
    pub(super) const BASE: [&str; 2] = ["plain", "modern"];
    pub(super) const CONGESTION: [&str; 3] = ["newreno", "cubic", "none"];
    pub(super) const CALL: [&str; 20] = [
        "open", "send", "receive", "close", "abort", "connect", "bind", "listen", "accept", "set",
        "generate", "type", "shutdown", "release", "exit", "send-to", "forge", "nothing", "serve",
        "repeat",
    ];
    pub(super) const MODE: [&str; 2] = ["active", "passive"];
    pub(super) const HOW: [&str; 3] = ["read", "write", "both"];
    pub(super) const OPTION: [&str; 11] = [
        "SO_REUSEADDR",
        "SO_RCVBUF",
        "SO_SNDBUF",
        "SO_KEEPALIVE",
        "SO_LINGER",
        "TCP_NODELAY",
        "TCP_MAXSEG",
        "TCP_USER_TIMEOUT",
        "TCP_KEEPIDLE",
        "TCP_KEEPINTVL",
        "TCP_KEEPCNT",
    ];
    pub(super) const FLAG: [&str; 7] = ["FIN", "SYN", "RST", "PSH", "URG", "ECE", "CWR"];
    pub(super) const INTERVENTION: [&str; 6] =
        ["drop", "delay", "duplicate", "corrupt", "hold", "swap"];
    pub(super) const ACT: [&str; 7] =
        ["crash", "restart", "halt", "resume", "call", "forge", "replay"];
}
