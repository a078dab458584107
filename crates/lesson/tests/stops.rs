//! Which records the phrases of stops mean.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use common::Ours;
use tcpscope_lesson::check::check;
use tcpscope_lesson::stop;
use tcpscope_sim::RecordId;
use tcpscope_view::{Locale, Numbers, describe};

/// What happens at a stop of a scenario of ours, or what is wrong with it.
fn found(scenario: &str, at: &str) -> String {
    let lesson = format!(
        "format = 1\nid = \"x\"\npart = \"basics\"\nlevel = 1\nminutes = 1\n\
         scenario = \"{scenario}\"\ntitle = {{ en = \"x\", zh-CN = \"题\" }}\n\
         summary = {{ en = \"x\", zh-CN = \"题\" }}\n\
         [[stop]]\nid = \"x\"\nat = '''{at}'''\nsay = {{ en = \"x\", zh-CN = \"题\" }}\n"
    );
    let checked = check(&lesson, None, &Ours);
    let staged = checked.staged.unwrap();
    match staged.stops.first() {
        Some(stop) => {
            let trace = staged.runs.takes[0].trace();
            describe(Locale::En, trace, stop.record, Numbers::Relative)
        }
        None => checked.findings.iter().map(|finding| finding.what.clone()).collect(),
    }
}

#[test]
fn each_phrase_finds_its_moment() {
    let mut wrong = String::new();
    for (scenario, at, said) in [
        ("lost-syn", "the beginning", "The server's application calls listen()."),
        ("lost-syn", "the end", "The client goes from TIME-WAIT to CLOSED."),
        ("lost-syn", "client enters SYN-SENT", "The client goes from CLOSED to SYN-SENT."),
        ("lost-syn", "client leaves SYN-SENT", "The client goes from SYN-SENT to ESTABLISHED."),
        ("lost-syn", "client sends SYN", "The client sends SYN seq=0 win=65535."),
        (
            "lost-syn",
            "client sends a SYN, the second time",
            "The client sends SYN seq=0 win=65535 again.",
        ),
        (
            "lost-syn",
            "client sends SYN for the last time",
            "The client sends SYN seq=0 win=65535 again.",
        ),
        ("lost-syn", "server sends SYN,ACK", "The server sends SYN, ACK seq=0 ack=1"),
        ("lost-syn", "server sends SYN+ACK", "The server sends SYN, ACK seq=0 ack=1"),
        (
            "lost-syn",
            "client receives SYN, ACK",
            "SYN, ACK seq=0 ack=1 win=65535 arrives at the client.",
        ),
        ("lost-syn", "client sends an ACK", "The client sends ACK seq=1 ack=1."),
        ("lost-syn", "client sends data", "The client sends PSH, ACK seq=1"),
        ("lost-syn", "client sends FIN", "The client sends FIN, ACK"),
        ("lost-syn", "client retransmits", "The client sends SYN seq=0 win=65535 again."),
        (
            "lost-syn",
            "client's retransmission timer expires",
            "The client's retransmission timer runs out.",
        ),
        (
            "lost-syn",
            "client’s retransmission timer starts",
            "The client sets its retransmission timer: 1 s.",
        ),
        (
            "lost-syn",
            "client's retransmission timer stops",
            "The client stops its retransmission timer.",
        ),
        ("lost-syn", "client's time-wait timer runs out", "The client's 2 MSL timer runs out."),
        ("lost-syn", "packet client:syn:0 is lost", "is dropped on the way"),
        ("lost-syn", "packet client:syn:0~2 arrives", "SYN seq=0 win=65535 arrives at the server."),
        (
            "lost-syn",
            "packet client:syn:0~2 is sent",
            "The client sends SYN seq=0 win=65535 again.",
        ),
        ("lost-syn", "a packet is lost", "is dropped on the way"),
        (
            "lost-syn",
            "a packet from server arrives",
            "SYN, ACK seq=0 ack=1 win=65535 arrives at the client.",
        ),
        (
            "lost-syn",
            "client's application calls connect",
            "The client's application calls connect().",
        ),
        (
            "lost-syn",
            "server's application waits in recv()",
            "The server's application calls recv() and has to wait.",
        ),
        (
            "lost-syn",
            "server's application reads",
            "The server's application calls recv() and gets 6 octets.",
        ),
        ("lost-syn", "server's application reads the end", "finds the end of the stream"),
        (
            "lost-syn",
            "client's application is told \"connected\"",
            "learns that the connection is open",
        ),
        ("lost-syn", "server delivers data", "The server's application can read 6 octets more."),
        ("lost-syn", "client applies rto-backs-off", "The client's retransmission timer runs out."),
        ("lost-syn", "query \"retransmission\"", "The client sends SYN seq=0 win=65535 again."),
        ("lost-syn", "when client.snd.una after client.iss", ""),
        ("half-open", "server crashes", "The server crashes"),
        ("half-open", "server restarts", "The server"),
        ("half-open", "client receives RST", "RST"),
        ("keep-alive", "client sends a probe", "The client"),
        ("zero-window", "server's persist timer expires", "persist timer runs out"),
        ("fast-retransmit", "client receives a duplicate ACK, the third time", "ACK"),
        ("udp-vs-tcp", "client sends a datagram", "client"),
        (
            "many-clients",
            "server#2 enters ESTABLISHED",
            "The server goes from SYN-RECEIVED to ESTABLISHED.",
        ),
    ] {
        let found = found(scenario, at);
        if !found.contains(said) || found.contains("never") {
            wrong.push_str(&format!("{scenario}, {at}: {found}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_is_no_stop_is_refused_with_what_would_be() {
    for (at, said) in [
        ("", "the name of a host should follow"),
        ("client", "one of enters, leaves, sends"),
        ("client enter LISTEN", "did you mean `enters`?"),
        ("client enters SYN_SENT", "did you mean `SYN-SENT`?"),
        ("client enters", "the name of a state should follow"),
        ("client enters LISTEN now", "should end before `now`"),
        ("client sends", "what is sent should follow"),
        ("client sends SYNC", "`SYNC` is nothing that is sent"),
        ("client sends SYN, the umpteenth time", "`umpteenth` is no place in a row"),
        ("client sends SYN, the 0th time", "`0th` is no place in a row"),
        ("client's clock expires", "there is no timer `clock`"),
        ("client's retransmission expires", "`timer` should follow"),
        ("client's retransmission timer explodes", "it does not `explodes`"),
        ("client's application is told \"resett\"", "did you mean `reset`?"),
        ("client's application calls sned", "did you mean `send`?"),
        ("client's application sleeps", "nothing that an application does"),
        ("packet client:syn:0 vanishes", "a packet `is sent`, `arrives` or `is lost`"),
        ("packet client:syn:7 is lost", "did you mean `client:syn:0`?"),
        ("clinet sends SYN", "did you mean `client`?"),
        ("client#0 sends SYN", "names no connection"),
        ("client applies fast-retransmitt", "no rule `fast-retransmitt` is applied in this run"),
        ("query flags.syn", "a query stands in quotes"),
        ("query \"flags.synn\"", "flags.syn"),
        ("when client.rto", "this is a time"),
        ("when client.rtt == 1 s", "client has no variable `rtt`"),
        ("client enters CLOSING", "it never happens in this run"),
        ("server enters SYN-SENT", "`client enters SYN-SENT` does, at 10 ms"),
        ("client sends SYN, the third time", "it happens 2 times, not 3"),
    ] {
        let found = found("lost-syn", at);
        assert!(found.contains(said), "{at}: {found}");
    }
}

#[test]
fn a_step_may_be_named_in_any_order_and_no_moment_twice() {
    let stops = |phrases: [&str; 3]| {
        let mut lesson = common::sample();
        lesson.truncate(lesson.find("[[stop]]").unwrap());
        for (place, at) in phrases.into_iter().enumerate() {
            lesson.push_str(&format!(
                "[[stop]]\nid = \"s{place}\"\nat = \"{at}\"\nsay = {{ en = \"x\", zh-CN = \"题\" }}\n"
            ));
        }
        let staged = check(&lesson, None, &Ours).staged.unwrap();
        let trace = staged.runs.takes[0].trace().clone();
        let step = |record: RecordId| trace.record(record).event.0;
        staged.stops.iter().map(|stop| (step(stop.record), stop.record.0)).collect::<Vec<_>>()
    };
    let forth = stops(["client enters SYN-SENT", "client sends SYN", "server receives SYN"]);
    let back = stops(["client sends SYN", "client enters SYN-SENT", "server receives SYN"]);
    assert_eq!((forth[0], forth[1], forth[2]), (back[1], back[0], back[2]));
    assert_eq!(forth[0].0, forth[1].0);
    // The same phrase again means the next such moment.
    let again = stops(["server sends data", "server sends data", "server sends FIN"]);
    assert!(again[0] < again[1] && again[1] < again[2], "{again:?}");
}

#[test]
fn a_stop_is_read_alone() {
    assert!(stop::parse("client sends SYN").is_ok());
    assert!(stop::parse("'web server' sends SYN").is_ok());
    assert!(stop::parse("\"web server\"'s application calls send").is_ok());
}
