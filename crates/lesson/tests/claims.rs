//! What claims mean, and what is answered to those that mean nothing.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use common::{Ours, sample};
use tcpscope_lesson::check::{Staged, check};
use tcpscope_lesson::claim;
use tcpscope_view::Numbers;

/// A lesson of ours, run: the claims are made at its stop `server-established`.
fn staged() -> Staged {
    check(&sample(), None, &Ours).staged.unwrap()
}

/// What a claim comes to there, or what is wrong with it.
fn answer(staged: &Staged, text: &str) -> String {
    let scene = staged.scene(4).unwrap();
    match claim::parse(text).and_then(|claim| claim.value(&scene)) {
        Ok(value) => value.said(Numbers::Relative),
        Err(wrong) => {
            let part = text.get(wrong.at).unwrap_or("?");
            format!("[{part}] {}", wrong.what)
        }
    }
}

#[test]
fn expressions_come_to_what_the_engine_says() {
    let staged = staged();
    for (text, expected) in [
        // Precedence, and signs.
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("(1 + 2) * 3", "9"),
        ("-2 + 3", "1"),
        ("1 == 1 and not 2 == 1 or 1 == 2", "true"),
        ("not (1 == 1 and 2 == 2)", "false"),
        ("1 < 2 < 3", "true"),
        ("1 < 3 < 2", "false"),
        // Times.
        ("1 s", "1 s"),
        ("1.5 s - 500 ms", "1 s"),
        ("2 * 30 us", "60 µs"),
        ("1 min / 2", "30 s"),
        ("3 s / 200 ms", "15"),
        ("client.rto >= 200 ms", "true"),
        // Numbers go around a circle: these are 2³² apart, and next to each other.
        ("client.iss + 4294967296 == client.iss", "true"),
        ("client.iss - 1 before client.iss and client.iss after client.iss - 1", "true"),
        ("client.iss - 1 - client.iss", "-1"),
        ("client.iss + 4294967295 == client.iss - 1", "true"),
        ("client.snd.nxt - client.iss", "1"),
        ("client.snd.nxt", "1"),
        // States, flags, words, and what does not exist.
        ("server.state", "ESTABLISHED"),
        ("server.state == ESTABLISHED", "true"),
        ("server.state == \"ESTABLISHED\"", "true"),
        ("received.flags", "ACK"),
        ("stop.syn-ack.segment.flags == \"SYN,ACK\"", "true"),
        ("stop.syn-ack.segment.flags == \"ack+syn\"", "true"),
        ("stop.syn.segment.flags == SYN", "true"),
        ("received.from == client and received.to == server", "true"),
        ("stop.syn.segment.ack", "—"),
        ("stop.syn.segment.ack == none", "true"),
        ("stop.syn.segment.ack != 5", "true"),
        ("stop.syn.segment.ack < 5 or stop.syn.segment.ack >= 5", "false"),
        ("stop.listen.server.iss + 1 == none", "true"),
        // Other moments, and counts.
        ("before.server.state", "SYN-RECEIVED"),
        ("end.client.state == CLOSED and end.server.state == CLOSED", "true"),
        ("time - stop.syn.time", "90.104 ms"),
        ("run.main.time == time", "true"),
        ("count(client sends a segment)", "2"),
        ("count(query \"kind == transmit && from == client\")", "2"),
        ("count(\"kind == transmit && from == client\")", "2"),
        ("stop.syn.count(client sends a segment)", "1"),
        ("end.count(client enters TIME-WAIT) + end.count(server enters TIME-WAIT)", "1"),
        ("told(server, \"connected\") and told(client, connected)", "true"),
        ("told(server, reset)", "false"),
        ("connections(server, ESTABLISHED)", "1"),
        ("connections(server, LISTEN)", "0"),
        ("end.server.delivered", "6"),
        ("packet(\"client:syn:0\").len", "0"),
        ("packet(\"client:syn:0\").end - packet(\"client:syn:0\").seq", "1"),
        ("packet(\"client:syn:0\").ends < time", "true"),
        ("server#1.state == server.state and server@25.state == server.state", "true"),
        ("\"server\".state", "ESTABLISHED"),
    ] {
        assert_eq!(answer(&staged, text), expected, "{text}");
    }
}

#[test]
fn what_means_nothing_is_refused_with_what_would() {
    let staged = staged();
    for (text, part, said) in [
        ("", "", "a value should follow"),
        ("1 +", "", "a value should follow"),
        ("(1", "(1", "not closed"),
        ("1 )", ")", "should end before"),
        ("client.iss = 1", "=", "compared by `==`"),
        ("client.", "client.", "does not end with a dot"),
        ("client.snd.unx == 1", "client.snd.unx", "did you mean `snd.una`?"),
        ("client.snd.nxt-1 == 1", "client.snd.nxt-1", "A minus has spaces around it"),
        ("cilent.state == LISTEN", "cilent.state", "did you mean `client`?"),
        ("client.state == LISTENING", "LISTENING", "did you mean `LISTEN`?"),
        ("client.iss < server.iss", "server.iss", "have no order"),
        ("client.iss > 5", "5", "compare a difference"),
        ("client.rto == 200", "200", "a time has a unit"),
        ("client.rto + 5 == 1 s", "client.rto + 5", "a time plus a number makes no sense"),
        ("client.state < LISTEN", "LISTEN", "has no order"),
        ("client.state == 5", "5", "a state is compared with a number"),
        ("1 / 0", "1 / 0", "divided by zero"),
        ("1.5 == 2", "1.5", "numbers are whole"),
        ("1 fortnight == 2", "fortnight", "should end before"),
        ("client.timer.retrans == none", "client.timer.retrans", "there is no timer"),
        ("segment.sequ == 1", "segment.sequ", "did you mean `seq`?"),
        ("run.x.client.state == LISTEN", "run.x.client.state", "there is no run `x`"),
        ("stop.x.time == 1 s", "stop.x.time", "no stop before this one is named `x`"),
        ("stop.server-established.time == 1 s", "stop.server-established.time", "no stop before"),
        ("count(client snds data) == 1", "client snds data", "did you mean `sends`?"),
        (
            "count(client sends data, the second time) == 1",
            "client sends data, the second time",
            "has no `time` at its end",
        ),
        ("count(when client.rto == 1 s) == 1", "when client.rto == 1 s", "not `when`"),
        ("cuont(client sends data) == 1", "cuont(client sends data)", "did you mean `count`?"),
        ("count(\"flags.syn &&\") == 1", "count(\"flags.syn &&\")", ""),
        ("told(client) == true", "told(client)", "takes a host and a word"),
        ("told(client, \"bored\")", "told(client, \"bored\")", "no application is told `bored`"),
        ("connections(server, OPEN) == 1", "connections(server, OPEN)", "there is no state `OPEN`"),
        (
            "packet(\"client:syn:1\").seq == 1",
            "packet(\"client:syn:1\").seq",
            "did you mean `client:syn:0`?",
        ),
        ("packet(\"client:syn:0\") == 1", "packet(\"client:syn:0\")", "a field should follow"),
        ("server#2.state == LISTEN", "server#2.state", "the host has 1 in this run"),
        ("nonsense", "nonsense", "means nothing"),
        ("1 and 2", "1", "neither true nor false"),
    ] {
        let answer = answer(&staged, text);
        let place = format!("[{part}] ");
        assert!(answer.starts_with(&place) && answer.contains(said), "{text}\n{answer}\n{said}");
    }
}
