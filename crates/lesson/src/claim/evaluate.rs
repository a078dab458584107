//! What an expression comes to at a moment of a run.

use std::ops::Range;

use tcpscope_sim::{PacketIndex, RecordKind};
use tcpscope_tcp::{Instant, SeqNumber, State, Status, Timer};
use tcpscope_view::{Bases, End, Numbers};

use super::operators::{arithmetic, compare};
use super::variables::{self, Raw};
use super::{Claim, Kind, Node, SEGMENT_FIELDS, Scene, VARIABLES, Value, Wrong};
use crate::near::{listed, meant, nearest};
use crate::stop;

type Found = Result<Value, Wrong>;

impl Claim {
    /// Whether it holds.
    ///
    /// # Errors
    /// It is neither true nor false, or a name in it means nothing.
    pub fn holds(&self, scene: &Scene<'_>) -> Result<bool, Wrong> {
        match self.value(scene)? {
            Value::Truth(truth) => Ok(truth),
            other => {
                let what = format!(
                    "a claim is true or false; this is {}: compare it with something",
                    other.kind()
                );
                Err(Wrong::new(&self.root.at, what))
            }
        }
    }

    /// What it comes to.
    ///
    /// # Errors
    /// A name in it means nothing, or two values do not go together.
    pub fn value(&self, scene: &Scene<'_>) -> Result<Value, Wrong> {
        value(&self.root, scene)
    }

    /// The values that were compared, for whoever is told that it does not hold.
    #[must_use]
    pub fn values(&self, scene: &Scene<'_>) -> String {
        let mut said = Vec::new();
        self.tell(&self.root, scene, &mut said);
        said.join(", ")
    }

    fn tell(&self, node: &Node, scene: &Scene<'_>, said: &mut Vec<String>) {
        match &node.kind {
            Kind::Not(inner) => self.tell(inner, scene, said),
            Kind::And(left, right) | Kind::Or(left, right) => {
                self.tell(left, scene, said);
                self.tell(right, scene, said);
            }
            Kind::Compare(first, chain) => {
                self.tell(first, scene, said);
                for (_, node) in chain {
                    self.tell(node, scene, said);
                }
            }
            Kind::Literal(_) => {}
            Kind::Name(_)
            | Kind::Count(..)
            | Kind::Call(..)
            | Kind::Packet(..)
            | Kind::Negative(_)
            | Kind::Arithmetic(..) => {
                let text = self.text.get(node.at.clone()).unwrap_or_default().trim();
                if let Ok(value) = value(node, scene) {
                    let line = format!("{text} is {value}");
                    if line != format!("{text} is {text}") && !said.contains(&line) {
                        said.push(line);
                    }
                }
            }
        }
    }
}

fn value(node: &Node, scene: &Scene<'_>) -> Found {
    let truth = |node: &Node| match value(node, scene)? {
        Value::Truth(truth) => Ok(truth),
        other => Err(Wrong::new(&node.at, format!("{} is neither true nor false", other.kind()))),
    };
    match &node.kind {
        Kind::Literal(value) => Ok(value.clone()),
        Kind::Not(inner) => Ok(Value::Truth(!truth(inner)?)),
        Kind::And(left, right) => Ok(Value::Truth(truth(left)? & truth(right)?)),
        Kind::Or(left, right) => Ok(Value::Truth(truth(left)? | truth(right)?)),
        Kind::Negative(inner) => match value(inner, scene)? {
            Value::Number(number) => Ok(Value::Number(number.saturating_neg())),
            Value::Time(micros) => Ok(Value::Time(micros.saturating_neg())),
            other => Err(Wrong::new(&node.at, format!("{} has no negative", other.kind()))),
        },
        Kind::Compare(first, chain) => {
            let mut left = value(first, scene)?;
            let mut holds = true;
            for (relation, next) in chain {
                let right = value(next, scene)?;
                holds &= compare(&left, *relation, &right, &next.at)?;
                left = right;
            }
            Ok(Value::Truth(holds))
        }
        Kind::Arithmetic(left, sign, right) => {
            arithmetic(&value(left, scene)?, *sign, &value(right, scene)?, &node.at)
        }
        Kind::Name(names) => name(names, scene, &node.at),
        Kind::Count(names, event) => {
            let scene = &led(names, scene, &node.at)?;
            let all = stop::all(event, scene).map_err(|what| Wrong::new(&node.at, what))?;
            let count = all.iter().filter(|record| Some(**record) <= scene.last()).count();
            Ok(Value::Number(i128::try_from(count).unwrap_or(i128::MAX)))
        }
        Kind::Call(names, call, arguments) => {
            call_of(call, arguments, &led(names, scene, &node.at)?, &node.at)
        }
        Kind::Packet(names, packet, field) => {
            let scene = &led(names, scene, &node.at)?;
            let trace = scene.trace();
            let index = trace.packet_named(packet);
            let index =
                index.ok_or_else(|| Wrong::new(&node.at, stop::no_packet(trace, packet)))?;
            packet_field(index, field, scene, &node.at)
        }
    }
}

/// The moment that the names before something lead to: `run.two-way.end`. All of them have to.
fn led<'a>(names: &[String], scene: &Scene<'a>, at: &Range<usize>) -> Result<Scene<'a>, Wrong> {
    let (scene, rest) = lead(names, scene, at)?;
    match rest {
        [] => Ok(scene),
        [first, ..] => Err(Wrong::new(
            at,
            format!(
                "`{first}` leads to no run or moment; those are run.ID, stop.ID, before and end"
            ),
        )),
    }
}

/// The moment that the first names lead to, and the other names.
fn lead<'a, 'n>(
    mut names: &'n [String],
    scene: &Scene<'a>,
    at: &Range<usize>,
) -> Result<(Scene<'a>, &'n [String]), Wrong> {
    let mut scene = *scene;
    loop {
        names = match names {
            [word, rest @ ..] if word == "end" => {
                scene = scene.end();
                rest
            }
            [word, rest @ ..] if word == "before" && !rest.is_empty() => {
                scene = scene.before();
                rest
            }
            [word, id, rest @ ..] if word == "run" => {
                let known = || scene.runs().takes.iter().map(|take| take.id.as_str());
                let run = scene.runs().named(id).ok_or_else(|| {
                    let near = meant(id, known());
                    Wrong::new(
                        at,
                        format!("there is no run `{id}`{near} The runs are {}.", listed(known())),
                    )
                })?;
                scene = scene.in_run(run);
                rest
            }
            [word, id, rest @ ..] if word == "stop" => {
                let stop = scene.stop(id).ok_or_else(|| {
                    let near = meant(id, scene.stop_names());
                    let known = listed(scene.stop_names());
                    let what = format!(
                        "no stop before this one is named `{id}`{near} There are: {known}."
                    );
                    Wrong::new(at, what)
                })?;
                scene = stop;
                rest
            }
            rest => return Ok((scene, rest)),
        };
    }
}

/// The value of a name with dots.
fn name(names: &[String], scene: &Scene<'_>, at: &Range<usize>) -> Found {
    let (scene, rest) = lead(names, scene, at)?;
    let scene = &scene;
    let wrong = |what: String| Err(Wrong::new(at, what));
    let (first, field) = match rest {
        [] => return wrong("a name should follow, as in end.client.state".to_owned()),
        [first, field @ ..] => (first.as_str(), field.join(".")),
    };
    match first {
        "segment" | "sent" | "received" if !field.is_empty() => {
            let packet = match first {
                "sent" => scene.sent(),
                "received" => scene.received(),
                _ => scene.segment(),
            };
            return match packet {
                Some(packet) => packet_field(packet, &field, scene, at),
                None => wrong(format!(
                    "there is no `{first}` at this moment: nothing is sent, and nothing arrives"
                )),
            };
        }
        "time" if field.is_empty() => {
            let at = scene.last().map_or(Instant::ZERO, |last| scene.trace().record(last).at);
            return Ok(Value::Time(at.since(Instant::ZERO).as_micros().into()));
        }
        _ => {}
    }
    if field.is_empty() {
        return word(first, scene, at);
    }
    let who = stop::who(first).and_then(|who| stop::whose(scene.trace(), &who));
    match who {
        Ok(whose) => variable(whose, first, &field, scene, at),
        Err(what) => {
            let known = ["segment", "sent", "received", "run", "stop", "before", "end"];
            let hosts = scene.trace().hosts().iter().map(|host| host.name.as_str());
            wrong(match nearest(first, hosts.chain(known)) {
                Some(near) => format!("`{first}` means nothing; did you mean `{near}`?"),
                None => what,
            })
        }
    }
}

/// A word that stands for itself.
fn word(word: &str, scene: &Scene<'_>, at: &Range<usize>) -> Found {
    const FLAGS: [&str; 8] = ["SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];
    let trace = scene.trace();
    Ok(match word {
        "true" => Value::Truth(true),
        "false" => Value::Truth(false),
        "none" => Value::None,
        flag if FLAGS.contains(&flag) => Value::Flags(flag.to_owned()),
        host if trace.hosts().iter().any(|it| it.name == host) => Value::Text(host.to_owned()),
        other => match stop::state_named(other) {
            Ok(state) => Value::State(state),
            Err(_) => {
                let hosts = trace.hosts().iter().map(|host| host.name.as_str());
                let words = ["true", "false", "none", "time"];
                let states = State::ALL.iter().map(|state| state.name());
                let near = meant(other, hosts.chain(words).chain(states));
                let what = format!(
                    "`{other}` means nothing{near} A variable has its host before it, as in \
                     client.snd.una; other words are states, flags, hosts, time, true, false and none."
                );
                return Err(Wrong::new(at, what));
            }
        },
    })
}

/// A variable of a host's connection.
fn variable(
    whose: stop::Whose,
    who: &str,
    field: &str,
    scene: &Scene<'_>,
    at: &Range<usize>,
) -> Found {
    let trace = scene.trace();
    let named = whose.named_connection(trace);
    if named == Some(None) {
        let count = stop::connections_of(trace, whose.host).count();
        return Err(Wrong::new(
            at,
            format!("there is no connection `{who}`: the host has {count} in this run"),
        ));
    }
    let connection = named.flatten();
    let status = match (connection, scene.last()) {
        (Some(connection), Some(last)) => trace.status_of(connection, last),
        (None, Some(last)) => trace.status(whose.host, last),
        (Some(_), None) => Status::default(),
        (None, None) => trace.host(whose.host).status_before(tcpscope_sim::RecordId(0)),
    };
    if field == "delivered" {
        let records = trace.records().iter().take_while(|it| Some(it.id) <= scene.last());
        let octets = records.filter(|it| {
            it.host == Some(whose.host) && (connection.is_none() || it.connection == connection)
        });
        let octets = octets.filter_map(|it| match it.kind {
            RecordKind::Deliver { octets } => Some(i128::from(octets)),
            _ => None,
        });
        return Ok(Value::Number(octets.sum()));
    }
    if let Some(name) = field.strip_prefix("timer.") {
        let Some(timer) = Timer::ALL.into_iter().find(|timer| timer.name() == name) else {
            let known = || Timer::ALL.into_iter().map(Timer::name);
            let near = meant(name, known());
            let what =
                format!("there is no timer `{name}`{near} The timers are {}.", listed(known()));
            return Err(Wrong::new(at, what));
        };
        let runs_out = status.timer(timer).map(|at| at.since(Instant::ZERO).as_micros());
        return Ok(runs_out.map_or(Value::None, |micros| Value::Time(micros.into())));
    }
    let Some(variable) = VARIABLES.iter().find(|variable| variable.name == field) else {
        let known =
            || VARIABLES.iter().map(|it| it.name).chain(["delivered", "timer.retransmission"]);
        let near = meant(field, known());
        let what = if field.contains('-') {
            format!("{who} has no variable `{field}`{near} A minus has spaces around it.")
        } else {
            format!("{who} has no variable `{field}`{near} The variables are {}.", listed(known()))
        };
        return Err(Wrong::new(at, what));
    };
    Ok(match (variable.of)(&status) {
        Raw::Value(value) => value,
        Raw::Sent(number) => Value::Seq(number, bases(whose, connection, scene).send),
        Raw::Received(number) => Value::Seq(number, bases(whose, connection, scene).receive),
    })
}

fn bases(
    whose: stop::Whose,
    connection: Option<tcpscope_sim::ConnectionId>,
    scene: &Scene<'_>,
) -> Bases {
    let Some(last) = scene.last() else { return Bases::default() };
    let end = match connection {
        Some(connection) => End::on(scene.trace(), connection),
        None => End::of(scene.trace(), whose.host),
    };
    end.bases(last, Numbers::Relative)
}

fn packet_field(packet: PacketIndex, field: &str, scene: &Scene<'_>, at: &Range<usize>) -> Found {
    let trace = scene.trace();
    let sent = trace.packet(packet);
    let bases = Bases::of(trace, sent.id.from, sent.sent_by, Numbers::Relative);
    let seq = |number: SeqNumber| Value::Seq(number, bases.send);
    let ack = |number: SeqNumber| Value::Seq(number, bases.receive);
    variables::field(trace, packet, field, seq, ack).ok_or_else(|| {
        let known = || SEGMENT_FIELDS.iter().map(|(name, _)| *name);
        let near = meant(field, known());
        Wrong::new(
            at,
            format!("a segment has no field `{field}`{near} The fields are {}.", listed(known())),
        )
    })
}

fn call_of(call: &str, arguments: &[String], scene: &Scene<'_>, at: &Range<usize>) -> Found {
    let trace = scene.trace();
    let wrong = |what: String| Wrong::new(at, what);
    let [host, word] = arguments else {
        return Err(wrong(format!(
            "{call} takes a host and a word: told(client, \"reset\"), connections(server, TIME-WAIT)"
        )));
    };
    let host = stop::find_host(trace, host).map_err(wrong)?;
    if call == "told" {
        let told = stop::told(word).map_err(wrong)?;
        let mut records = trace.records().iter().take_while(|it| Some(it.id) <= scene.last());
        let is_so = records.any(|it| it.host == Some(host) && it.kind == RecordKind::Notify(told));
        return Ok(Value::Truth(is_so));
    }
    let state = stop::state_named(word).map_err(wrong)?;
    let Some(last) = scene.last() else { return Ok(Value::Number(0)) };
    let begun = stop::connections_of(trace, host).filter(|id| trace.connection(*id).since <= last);
    let count = begun.filter(|id| trace.status_of(*id, last).state == state).count();
    Ok(Value::Number(i128::try_from(count).unwrap_or(i128::MAX)))
}
