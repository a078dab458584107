//! What our TCP would have done: what the applications of a captured conversation seem to have done, as
//! a scenario.
//!
//! What an application asked for shows only once it is sent. Text that follows without a pause is taken
//! for one SEND. What an end sends once it has all of the other's text is taken for an answer to it, and
//! the time in between, less the way to that end, for the time that the answer took to make.

use core::fmt::Write as _;
use core::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4};

use tcpscope_scenario::{MAX_SENT_OCTETS, Scenario, ScenarioError};
use tcpscope_sim::{Edit, SetupError, Timeline};
use tcpscope_tcp::SeqNumber;
use tcpscope_view::{Locale, messages};

use crate::conversations::End;
use crate::gather::{Gathered, Seen};
use crate::observe::{Observed, Repeat};
use crate::tell::span_text;
use crate::time::Time;

/// A round trip, where none was measured: 40 ms.
const USUAL_ROUND_TRIP: i64 = 40_000_000;

/// A wait of an application that is shorter is the machine's own.
const SHORTEST_WAIT: i64 = 500_000;

/// As many losses are made again.
const MOST_LOSSES: usize = 32;

/// As many things are done by both applications; what follows is left out.
const MOST_TURNS: usize = 1_000;

/// A conversation as a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    /// The scenario: two hosts with a TCP of today.
    pub scenario: Scenario,
    /// How many segments seem to have been lost.
    pub losses: usize,
    /// How many of these losses happen to the same octets on our TCP, which may cut its text elsewhere.
    pub placed: usize,
}

/// Why no scenario can be made of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum NoReplay {
    /// Nothing tells what the applications did.
    Nothing,
    /// There is more text than a scenario may send.
    TooMuch {
        /// The octets.
        octets: u64,
    },
    /// The scenario is none; this should not be.
    Scenario(ScenarioError),
    /// It cannot be run; this should not be.
    Setup(SetupError),
}

/// What an application seems to have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn {
    by: End,
    /// How much of the other's text it had by then.
    had: u64,
    /// Whether it had all of that, FIN included.
    had_fin: bool,
    /// How long it waited for itself, in nanoseconds.
    wait: i64,
    what: Did,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Did {
    Send(u64),
    Close,
    Abort,
}

impl Replay {
    /// The scenario of a conversation.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of(gathered: &Gathered, observed: &Observed) -> Result<Self, NoReplay> {
        let turns = turns(gathered, observed);
        if turns.is_empty() {
            return Err(NoReplay::Nothing);
        }
        let octets =
            turns.iter().map(|turn| if let Did::Send(count) = turn.what { count } else { 0 });
        let octets = octets.sum();
        if octets > MAX_SENT_OCTETS {
            return Err(NoReplay::TooMuch { octets });
        }
        let lost = losses(gathered, observed);
        let text = file(gathered, observed, &turns, &lost, 0);
        let setup = Scenario::from_json(&text).map_err(NoReplay::Scenario)?.setup();
        // Only what our TCP sends can be lost: it may cut its text elsewhere.
        let mut timeline = setup.clone();
        let wanted = core::mem::take(&mut timeline.interventions);
        let mut timeline = Timeline::new(timeline).map_err(NoReplay::Setup)?;
        let mut kept = Vec::new();
        for (lost, intervention) in lost.iter().zip(wanted) {
            let edit = Edit::Packet(intervention);
            let made = timeline.edit(edit.clone()).is_ok();
            if made && timeline.is_met(&edit) {
                kept.push(lost.clone());
            } else if made {
                timeline.undo();
            }
        }
        let (losses, placed) = (lost.len(), kept.len());
        let text = file(gathered, observed, &turns, &kept, losses);
        let scenario = Scenario::from_json(&text).map_err(NoReplay::Scenario)?;
        Ok(Self { scenario, losses, placed })
    }
}

/// What was last seen of an end.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    next: Option<SeqNumber>,
    /// When it last sent something new.
    at: Option<Time>,
    text: u64,
    fin: Option<SeqNumber>,
}

/// What the applications seem to have done, in the order in which it passed.
fn turns(gathered: &Gathered, observed: &Observed) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut said = [Said::default(); 2];
    let round_trip = observed.vantage.round_trip().unwrap_or(USUAL_ROUND_TRIP);
    for seen in gathered.segments.iter().filter(|seen| !seen.syn()) {
        if turns.len() >= MOST_TURNS {
            break;
        }
        let (own, peer) = (said[seen.from.index()], said[seen.from.other().index()]);
        let new = new_text(&own, seen);
        let closes = seen.fin() && own.fin.is_none();
        let had_fin = peer.fin.zip(seen.ack).is_some_and(|(fin, ack)| ack.at_or_after(fin));
        let had = if seen.ack == peer.next || had_fin { peer.text } else { 0 };
        // How long it is since what it answers, or since it last spoke, and how long that may take.
        let answers = had > 0 && turns.last().is_some_and(|turn| turn.by != seen.from);
        let (since, way) = if answers {
            (peer.at, observed.vantage.to[seen.from.index()].least.unwrap_or(0))
        } else {
            (own.at, 0)
        };
        let wait = seen.at.zip(since).map_or(0, |(now, then)| now.since(then) - way);
        let wait = if wait < SHORTEST_WAIT { 0 } else { wait };
        let turn = |what| Turn { by: seen.from, had, had_fin, wait, what };
        if new > 0 {
            let goes_on = !answers && wait < round_trip.saturating_mul(2).max(10_000_000);
            match turns.last_mut() {
                Some(Turn { by, what: Did::Send(count), .. }) if goes_on && *by == seen.from => {
                    *count += new;
                }
                _ => turns.push(turn(Did::Send(new))),
            }
        }
        if closes {
            let wait = if new > 0 { 0 } else { wait };
            turns.push(Turn { wait, ..turn(Did::Close) });
        }
        if seen.rst() {
            // A refusal is TCP's own doing, and so is what answers a stray segment.
            if own.next.is_some() && own.fin.is_none() {
                turns.push(turn(Did::Abort));
            }
            break;
        }
        let own = &mut said[seen.from.index()];
        if closes {
            own.fin = Some(seen.end());
        }
        if own.next.is_none_or(|next| seen.end().after(next)) {
            (own.next, own.at) = (Some(seen.end()), seen.at);
            own.text += new;
        }
    }
    turns
}

/// The octets of text that were not sent before.
fn new_text(own: &Said, seen: &Seen) -> u64 {
    let end = seen.seq + seen.text_len;
    match own.next {
        Some(next) if !end.after(next) => 0,
        Some(next) => end.distance_from(next).into(),
        None => seen.text_len.into(),
    }
}

/// The names of the packets that seem to have been lost, as scenarios name them.
fn losses(gathered: &Gathered, observed: &Observed) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (seen, finding) in gathered.segments.iter().zip(&observed.findings) {
        let lost = match finding.repeat {
            Some(Repeat::Retransmission | Repeat::LostBefore) => true,
            Some(Repeat::Spurious | Repeat::OutOfOrder | Repeat::Unsure) | None => false,
        };
        if !lost {
            continue;
        }
        let (by, seq) = (name(seen.from), observed.relative(seen.from, seen.seq));
        let name = if seen.syn() {
            format!("{by}:syn:0")
        } else if seen.text_len > 0 {
            format!("{by}:data:{seq}+{}", seen.text_len)
        } else {
            format!("{by}:fin:{seq}")
        };
        // What is lost twice is lost once: the second copy is another packet.
        if !names.contains(&name) && names.len() < MOST_LOSSES {
            names.push(name);
        }
    }
    names
}

const fn name(end: End) -> &'static str {
    match end {
        End::Client => "client",
        End::Server => "server",
    }
}

/// The scenario's file.
fn file(
    gathered: &Gathered,
    observed: &Observed,
    turns: &[Turn],
    lost: &[String],
    losses: usize,
) -> String {
    let round_trip = observed.vantage.round_trip().unwrap_or(USUAL_ROUND_TRIP);
    let delay = (round_trip / 2_000).max(1);
    let [client, server] = gathered.conversation.ends;
    let words = |say: &dyn Fn(Locale) -> String| {
        let [en, zh_cn] = [Locale::En, Locale::ZhCn].map(say);
        format!("{{\"en\":\"{en}\",\"zh-CN\":\"{zh_cn}\"}}")
    };
    let ends = [client.to_string(), server.to_string()];
    let title = words(&|locale| messages(locale).observed.replay.title.fill([&ends[0], &ends[1]]));
    let counts = [lost.len().to_string(), losses.to_string()];
    let summary = words(&|locale| {
        let phrase = &messages(locale).observed.replay.summary;
        phrase.fill([&span_text(round_trip), &counts[0], &counts[1]])
    });
    let mut text = format!(
        "{{\"format\":1,\"id\":\"captured\",\"title\":{title},\"summary\":{summary},\"seed\":1,\"hosts\":["
    );
    let addresses = addresses(client, server);
    for end in End::BOTH {
        if end == End::Server {
            text.push(',');
        }
        let mss = observed.ends[end.index()].mss;
        let mss = mss.map_or_else(String::new, |mss| format!(",\"mss\":{mss}"));
        let _ = write!(
            text,
            "{{\"name\":\"{}\",\"address\":\"{}\",\"tcp\":{{\"base\":\"modern\"{mss}}},\"script\":[{}]}}",
            name(end),
            addresses[end.index()],
            script(turns, end)
        );
    }
    let _ = write!(
        text,
        "],\"links\":[{{\"from\":\"client\",\"to\":\"server\",\"delay_us\":{delay}}},{{\"from\":\"server\",\"to\":\"client\",\"delay_us\":{delay}}}]"
    );
    let drops: Vec<String> =
        lost.iter().map(|lost| format!("{{\"kind\":\"drop\",\"packet\":\"{lost}\"}}")).collect();
    if !drops.is_empty() {
        let _ = write!(text, ",\"interventions\":[{}]", drops.join(","));
    }
    text.push('}');
    text
}

/// The addresses of the capture, where a scenario can have them: two of IPv4.
fn addresses(client: SocketAddr, server: SocketAddr) -> [SocketAddrV4; 2] {
    let ports = [client.port(), server.port()].map(|port| port.max(1));
    let ips = match (client.ip(), server.ip()) {
        (IpAddr::V4(client), IpAddr::V4(server)) if client != server => [client, server],
        _ => [Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(198, 51, 100, 1)],
    };
    [SocketAddrV4::new(ips[0], ports[0]), SocketAddrV4::new(ips[1], ports[1])]
}

/// The lines of one host's script.
fn script(turns: &[Turn], of: End) -> String {
    let mut lines = vec![String::from(match of {
        End::Client => "{\"when\":{\"until_us\":10000},\"call\":\"open\",\"mode\":\"active\"}",
        End::Server => "{\"call\":\"open\",\"mode\":\"passive\"}",
    })];
    let (mut received, mut has_all, mut connected, mut aborted) = (0, false, false, false);
    for turn in turns.iter().filter(|turn| turn.by == of) {
        if turn.had_fin && !has_all {
            lines.push(String::from("{\"call\":\"receive\",\"all\":true}"));
            (has_all, connected) = (true, true);
        } else if turn.had > received && !has_all {
            lines.push(format!("{{\"call\":\"receive\",\"octets\":{}}}", turn.had - received));
            (received, connected) = (turn.had, true);
        }
        if !connected {
            lines.push(String::from("{\"when\":\"connected\",\"call\":\"nothing\"}"));
            connected = true;
        }
        let wait = turn.wait / 1_000;
        let when =
            if wait > 0 { format!("\"when\":{{\"after_us\":{wait}}},") } else { String::new() };
        lines.push(match turn.what {
            Did::Send(octets) => format!("{{{when}\"call\":\"send\",\"octets\":{octets}}}"),
            Did::Close => format!("{{{when}\"call\":\"close\"}}"),
            Did::Abort => format!("{{{when}\"call\":\"abort\"}}"),
        });
        aborted |= turn.what == Did::Abort;
    }
    if !has_all && !aborted {
        lines.push(String::from("{\"call\":\"receive\",\"all\":true}"));
    }
    lines.join(",")
}
