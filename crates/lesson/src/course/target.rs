//! What the figure is led to, taken apart.

/// Something that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// A segment, by its packet's name; `None`: that of the stop.
    Packet(Option<&'a str>),
    /// The figure as a whole.
    Ladder,
    /// The state diagram.
    Diagram,
    /// The segment's header; a field of it, if one is meant.
    Header(Option<&'a str>),
    /// Its octets.
    Octets,
    /// What it is wrapped in.
    Envelopes,
    /// Its checksum.
    Checksum,
    /// The log.
    Log,
    /// The link that begins at a host.
    Link(&'a str),
    /// A plot, by its name.
    Plot(&'a str),
    /// Something of a host.
    Of(&'a str, Place<'a>),
}

/// What of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// The panel as a whole.
    Whole,
    /// The state.
    State,
    /// A variable, by its name in claims: `snd.una`.
    Variable(&'a str),
    /// A timer, by its name.
    Timer(&'a str),
    /// The ribbon of what it sends.
    SendWindow,
    /// The ribbon of what it receives.
    ReceiveWindow,
    /// The script of its application.
    Application,
    /// What its listener keeps.
    Queues,
}

impl<'a> Target<'a> {
    /// Takes a target apart. What there is, is checked with the lesson.
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        if let Some((kind, name)) = text.split_once(' ') {
            match kind {
                "packet" => return Self::Packet(Some(name.trim())),
                "link" => return Self::Link(name.trim()),
                "plot" => return Self::Plot(name.trim()),
                _ => {}
            }
        }
        if let Some(field) = text.strip_prefix("segment.") {
            return Self::Header(Some(field));
        }
        match text {
            "packet" => Self::Packet(None),
            "ladder" => Self::Ladder,
            "diagram" => Self::Diagram,
            "header" => Self::Header(None),
            "octets" => Self::Octets,
            "envelopes" => Self::Envelopes,
            "checksum" => Self::Checksum,
            "log" => Self::Log,
            other => {
                let (who, what) = other.split_once('.').unwrap_or((other, ""));
                Self::Of(who.split(['@', '#']).next().unwrap_or(who), Place::parse(what))
            }
        }
    }
}

/// Which of a host's connections a target is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Whichever the panel shows by itself.
    Any,
    /// So many-th, from 1 on; listeners do not count.
    Nth(usize),
    /// The last one with this local port.
    Port(u16),
}

impl Which {
    /// The host and the connection that a target names; nothing where it is about no host.
    #[must_use]
    pub fn of(target: &str) -> Option<(&str, Self)> {
        let Target::Of(host, _) = Target::parse(target) else { return None };
        let who = target.split('.').next().unwrap_or(target);
        Some((
            host,
            match (who.split_once('#'), who.split_once('@')) {
                (Some((_, nth)), _) => nth.parse().map_or(Self::Any, Self::Nth),
                (None, Some((_, port))) => port.parse().map_or(Self::Any, Self::Port),
                (None, None) => Self::Any,
            },
        ))
    }
}

impl<'a> Place<'a> {
    fn parse(text: &'a str) -> Self {
        match text {
            "" => Self::Whole,
            "state" => Self::State,
            "send-window" => Self::SendWindow,
            "receive-window" => Self::ReceiveWindow,
            "application" => Self::Application,
            "queues" => Self::Queues,
            other => match other.strip_prefix("timer.") {
                Some(timer) => Self::Timer(timer),
                None => Self::Variable(other),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_names_a_connection() {
        for (text, which) in [
            ("client.state", Some(("client", Which::Any))),
            ("client@49153.snd.una", Some(("client", Which::Port(49153)))),
            ("server#2.timer.persist", Some(("server", Which::Nth(2)))),
            ("server#3", Some(("server", Which::Nth(3)))),
            ("server#x.state", Some(("server", Which::Any))),
            ("packet server#2:syn:0", None),
            ("segment.seq", None),
        ] {
            assert_eq!(Which::of(text), which, "{text}");
        }
    }

    #[test]
    fn targets_are_taken_apart() {
        for (text, target) in [
            ("packet", Target::Packet(None)),
            ("packet client:syn:0", Target::Packet(Some("client:syn:0"))),
            ("segment.options.mss", Target::Header(Some("options.mss"))),
            ("plot rtt", Target::Plot("rtt")),
            ("client", Target::Of("client", Place::Whole)),
            ("client@49153.snd.una", Target::Of("client", Place::Variable("snd.una"))),
            ("server#2.timer.persist", Target::Of("server", Place::Timer("persist"))),
            ("server.receive-window", Target::Of("server", Place::ReceiveWindow)),
            ("log", Target::Log),
        ] {
            assert_eq!(Target::parse(text), target, "{text}");
        }
    }
}
