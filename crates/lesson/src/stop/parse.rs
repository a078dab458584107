//! The grammar of stops.

use tcpscope_tcp::{Flags, Notification, State, Timer};

use super::{Connection, Course, Event, Phrase, Ticks, What, Which, Who};
use crate::claim;
use crate::near::{listed, meant};

/// What an application may be told.
const TOLD: [Notification; 8] = [
    Notification::Connected,
    Notification::PeerClosed,
    Notification::CloseAcknowledged,
    Notification::Reset,
    Notification::Refused,
    Notification::Unresponsive,
    Notification::TimedOut,
    Notification::Urgent,
];

/// The calls, as POSIX names them and as RFC 9293 does.
const CALLS: [(&str, &str); 17] = [
    ("connect", "connect()"),
    ("listen", "listen()"),
    ("send", "send()"),
    ("recv", "recv()"),
    ("receive", "recv()"),
    ("close", "close()"),
    ("exit", "exit()"),
    ("abort", "abort()"),
    ("bind", "bind()"),
    ("accept", "accept()"),
    ("setsockopt", "setsockopt()"),
    ("set", "setsockopt()"),
    ("shutdown", "shutdown()"),
    ("sendto", "sendto()"),
    ("send-to", "sendto()"),
    ("inject", "inject()"),
    ("forge", "inject()"),
];

/// The verbs that may follow a host.
const VERBS: [&str; 9] = [
    "enters",
    "leaves",
    "sends",
    "receives",
    "retransmits",
    "delivers",
    "crashes",
    "restarts",
    "applies",
];

/// Reads a stop.
///
/// # Errors
/// What is wrong, and what would be right.
pub fn parse(text: &str) -> Result<Phrase, String> {
    let text = text.trim();
    if let Some(query) = text.strip_prefix("query ") {
        let (query, rest) = quoted(query.trim_start())
            .ok_or("a query stands in quotes: query \"flags.syn && !retransmission\"")?;
        let mut words = words(rest)?;
        let which = which(&mut words)?;
        done(&words)?;
        return Ok(Phrase { event: Event::Query(query.to_owned()), which });
    }
    if let Some(claim) = text.strip_prefix("when ") {
        let claim = claim::parse(claim).map_err(|wrong| wrong.what)?;
        return Ok(Phrase { event: Event::When(Box::new(claim)), which: Which::Nth(1) });
    }
    let mut words = words(text)?;
    let which = which(&mut words)?;
    let event = event(&mut words.as_slice())?;
    Ok(Phrase { event, which })
}

/// What stands in quotes at the beginning, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    text[1..].split_once(quote)
}

/// A text, cut at white space; what stands in quotes stays together. A comma behind a word says
/// nothing.
fn words(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if rest.starts_with(['"', '\'']) {
            let (word, after) = quoted(rest).ok_or("a quote is not closed")?;
            let end = after.find(char::is_whitespace).unwrap_or(after.len());
            words.push(format!("{word}{}", after[..end].trim_end_matches(',')));
            rest = after[end..].trim_start();
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            words.push(rest[..end].trim_end_matches(',').to_owned());
            rest = rest[end..].trim_start();
        }
    }
    words.retain(|word| !word.is_empty());
    Ok(words)
}

/// Takes `the second time` from the end.
fn which(words: &mut Vec<String>) -> Result<Which, String> {
    const ORDINALS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    if words.last().is_none_or(|last| last != "time") || words.len() < 3 {
        return Ok(Which::Nth(1));
    }
    words.pop();
    let ordinal = words.pop().unwrap_or_default();
    for filler in ["the", "for"] {
        words.pop_if(|last| last == filler);
    }
    if ordinal == "last" {
        return Ok(Which::Last);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| ordinal.strip_suffix(end));
    let number = digits.and_then(|digits| digits.parse().ok()).filter(|number| *number > 0);
    let place = ORDINALS.iter().position(|known| *known == ordinal).map(|place| place + 1);
    number.or(place).map(Which::Nth).ok_or_else(|| {
        let near = meant(&ordinal, ORDINALS);
        format!("`{ordinal}` is no place in a row{near} As in: the second time, the 12th time, the last time.")
    })
}

fn done(words: &[String]) -> Result<(), String> {
    match words {
        [] => Ok(()),
        more => Err(format!("the stop should end before `{}`", more.join(" "))),
    }
}

fn event(words: &mut &[String]) -> Result<Event, String> {
    let event = clause(words)?;
    done(words)?;
    Ok(event)
}

fn next<'a>(words: &mut &'a [String], what: &str) -> Result<&'a str, String> {
    let (first, rest) = words.split_first().ok_or_else(|| format!("{what} should follow"))?;
    *words = rest;
    Ok(first)
}

/// Takes words, if they are the next.
fn takes(words: &mut &[String], expected: &[&str]) -> bool {
    let found = words.len() >= expected.len()
        && words.iter().zip(expected).all(|(word, expected)| word == expected);
    if found {
        *words = &words[expected.len()..];
    }
    found
}

fn clause(words: &mut &[String]) -> Result<Event, String> {
    if takes(words, &["the", "beginning"]) {
        return Ok(Event::Beginning);
    }
    if takes(words, &["the", "end"]) {
        return Ok(Event::End);
    }
    if takes(words, &["packet"]) {
        let name = next(words, "the name of a packet, as in client:syn:0,")?.to_owned();
        return Ok(Event::Packet(name, course(words)?));
    }
    if takes(words, &["a", "packet"]) {
        let from = takes(words, &["from"]).then(|| next(words, "the name of a host").map(who));
        return Ok(Event::AnyPacket(from.transpose()?.transpose()?, course(words)?));
    }
    let first = next(words, "the name of a host")?;
    if let Some(host) = first.strip_suffix("'s").or_else(|| first.strip_suffix("’s")) {
        return possessed(who(host)?, words);
    }
    let who = who(first)?;
    let verb = next(words, &format!("one of {}", listed(VERBS)))?;
    Ok(match verb {
        "enters" => Event::Enters(who, state(words)?),
        "leaves" => Event::Leaves(who, state(words)?),
        "sends" => Event::Sends(who, what(words)?),
        "receives" => Event::Receives(who, what(words)?),
        "retransmits" if words.is_empty() => Event::Retransmits(who, What::Anything),
        "retransmits" => Event::Retransmits(who, what(words)?),
        "delivers" => {
            takes(words, &["data"]);
            Event::Delivers(who)
        }
        "crashes" => Event::Crashes(who),
        "restarts" => Event::Restarts(who),
        "applies" => Event::Applies(who, next(words, "the name of a rule")?.to_owned()),
        other => {
            let near = meant(other, VERBS);
            return Err(format!(
                "`{other}` is nothing that a host does{near} A stop is as in: client enters \
                 SYN-SENT; server sends SYN,ACK; client's retransmission timer expires; packet \
                 client:syn:0 is lost; the end."
            ));
        }
    })
}

/// What follows `client's`.
fn possessed(who: Who, words: &mut &[String]) -> Result<Event, String> {
    if !takes(words, &["application"]) {
        let name = next(words, "the name of a timer, or `application`,")?;
        let timer = Timer::ALL.into_iter().find(|timer| timer.name() == name);
        let timer = timer.ok_or_else(|| {
            let known = || Timer::ALL.into_iter().map(Timer::name);
            let near = meant(name, known().chain(["application"]));
            format!("there is no timer `{name}`{near} The timers are {}.", listed(known()))
        })?;
        if !takes(words, &["timer"]) {
            return Err(format!(
                "`timer` should follow: the {name} timer expires, starts or stops"
            ));
        }
        let ticks = match next(words, "expires, starts or stops")? {
            "expires" => Ticks::Expires,
            "starts" => Ticks::Starts,
            "stops" => Ticks::Stops,
            "runs" if takes(words, &["out"]) => Ticks::Expires,
            other => {
                return Err(format!("a timer expires, starts or stops; it does not `{other}`"));
            }
        };
        return Ok(Event::Timer(who, timer, ticks));
    }
    match next(words, "calls, waits in, reads, or is told,")? {
        "calls" => Ok(Event::Calls(who, call(words)?)),
        "waits" if takes(words, &["in"]) => Ok(Event::Waits(who, call(words)?)),
        "reads" if takes(words, &["the", "end"]) => Ok(Event::Reads(who, true)),
        "reads" => Ok(Event::Reads(who, false)),
        "is" if takes(words, &["told"]) => {
            let name = next(words, "what it is told")?;
            told(name).map(|told| Event::Told(who, told))
        }
        other => Err(format!(
            "`{other}` is nothing that an application does: it calls send, waits in recv, reads, \
             reads the end, or is told \"reset\""
        )),
    }
}

/// What an application is told, by its name.
pub(crate) fn told(name: &str) -> Result<Notification, String> {
    let found = TOLD.into_iter().find(|told| told.name() == name);
    found.ok_or_else(|| {
        let known = || TOLD.into_iter().map(Notification::name);
        let near = meant(name, known());
        format!("no application is told `{name}`{near} It is told one of {}.", listed(known()))
    })
}

fn call(words: &mut &[String]) -> Result<&'static str, String> {
    let name = next(words, "the name of a call")?.trim_end_matches("()");
    let name = if name == "open" { "connect" } else { name };
    let found = CALLS.iter().find(|(known, _)| *known == name).map(|(_, call)| *call);
    found.ok_or_else(|| {
        let known = || CALLS.iter().map(|(known, _)| *known);
        let near = meant(name, known());
        format!("there is no call `{name}`{near} The calls are {}.", listed(known()))
    })
}

/// A host, or one of its connections: `server`, `client@49153`, `server#2`.
pub(crate) fn who(text: &str) -> Result<Who, String> {
    let none = || {
        format!(
            "`{text}` names no connection: a host's second one is host#2, the one with local port \
             49153 is host@49153"
        )
    };
    let (host, connection) = if let Some((host, number)) = text.rsplit_once('#') {
        let number = number.parse().ok().filter(|number| *number > 0).ok_or_else(none)?;
        (host, Some(Connection::Nth(number)))
    } else if let Some((host, port)) = text.rsplit_once('@') {
        (host, Some(Connection::Port(port.parse().map_err(|_| none())?)))
    } else {
        (text, None)
    };
    Ok(Who { host: host.to_owned(), connection })
}

/// A state, by its name.
pub(crate) fn state_named(name: &str) -> Result<State, String> {
    let found = State::ALL.into_iter().find(|state| state.name() == name);
    found.ok_or_else(|| {
        let known = || State::ALL.into_iter().map(State::name);
        let near = meant(name, known());
        format!("there is no state `{name}`{near} The states are {}.", listed(known()))
    })
}

fn state(words: &mut &[String]) -> Result<State, String> {
    state_named(next(words, "the name of a state")?)
}

fn course(words: &mut &[String]) -> Result<Course, String> {
    if takes(words, &["arrives"]) {
        Ok(Course::Arrives)
    } else if takes(words, &["is", "lost"]) {
        Ok(Course::Lost)
    } else if takes(words, &["is", "sent"]) {
        Ok(Course::Sent)
    } else {
        Err("a packet `is sent`, `arrives` or `is lost`".to_owned())
    }
}

/// What is sent: `SYN,ACK`, `an ACK`, `data`.
fn what(words: &mut &[String]) -> Result<What, String> {
    let _ = ["a", "an", "the"].iter().any(|article| takes(words, &[article]));
    for (text, what) in [
        (&["segment"][..], What::Anything),
        (&["data"], What::Data),
        (&["probe"], What::Probe),
        (&["duplicate", "ACK"], What::Duplicate),
        (&["datagram"], What::Datagram),
    ] {
        if takes(words, text) {
            return Ok(what);
        }
    }
    let mut flags = Flags::default();
    let (mut ack, mut any) = (false, false);
    while let Some((word, rest)) = words.split_first() {
        for name in word.split([',', '+', '/']).filter(|name| !name.is_empty()) {
            any = true;
            match name {
                "SYN" => flags |= Flags::SYN,
                "FIN" => flags |= Flags::FIN,
                "RST" => flags |= Flags::RST,
                "ACK" => ack = true,
                other => {
                    return Err(format!(
                        "`{other}` is nothing that is sent: it is SYN, SYN,ACK, ACK, FIN, RST, \
                         data, a segment, a probe, a duplicate ACK or a datagram"
                    ));
                }
            }
        }
        *words = rest;
    }
    match (any, flags.is_empty()) {
        (false, _) => Err("what is sent should follow: SYN, ACK, data …".to_owned()),
        (true, true) => Ok(What::BareAck),
        (true, false) => Ok(What::Flags(flags, ack)),
    }
}
