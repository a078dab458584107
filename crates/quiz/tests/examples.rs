//! Worked examples: a moment, what is answered, and what of it is right.

mod common;

use common::{end_of_step, record, run};
use tcpscope_quiz::{Answer, AnswerError, Kind, Part, Question, Quiz, Rule, text};
use tcpscope_sim::{HostId, PacketIndex, RecordId, Timeline};
use tcpscope_view::{Locale, Numbers};

const CLIENT: HostId = HostId(0);
const SERVER: HostId = HostId(1);

/// The question of this kind at a moment.
fn question(quiz: &Quiz<'_>, at: RecordId, kind: impl Fn(&Kind) -> bool) -> Question {
    let asked = quiz.ask(at);
    let found = asked.iter().find(|question| kind(&question.kind));
    *found.unwrap_or_else(|| panic!("not asked: {asked:?}"))
}

/// The parts of an answer that are wrong.
fn wrong(quiz: &Quiz<'_>, question: &Question, answer: &str) -> Vec<Part> {
    let read = quiz.read(question, answer).unwrap_or_else(|error| panic!("{answer}: {error}"));
    let graded = quiz.grade(question, &read).unwrap_or_else(|error| panic!("{answer}: {error}"));
    let wrong: Vec<_> =
        graded.parts.iter().filter(|part| !part.right).map(|part| part.part).collect();
    assert_eq!(graded.right, wrong.is_empty());
    wrong
}

/// The name of the first rule behind the right answer.
fn rule(quiz: &Quiz<'_>, question: &Question) -> &'static str {
    let right = quiz.expected(question).expect("an answer");
    match quiz.grade(question, &right).expect("a grade").rule {
        Rule::Whys { whys, .. } => whys[0].rule(),
        Rule::Usable(_) => "usable",
        Rule::Rests => "rests",
    }
}

fn of_handshake() -> Timeline {
    run("three-way-handshake")
}

/// Nobody may learn that the first is right.
#[test]
fn the_right_one_stands_at_any_place() {
    let timeline = of_handshake();
    let at = record(&timeline, 1, "arrive", 0);
    let mut places = [0; 4];
    for seed in 0..64 {
        let quiz = Quiz::of(&timeline).with_seed(seed);
        let next = question(&quiz, at, |kind| *kind == Kind::NextSegment { host: SERVER });
        let right = quiz.expected(&next).expect("an answer");
        let choices = quiz.choices(&next);
        places[choices.iter().position(|choice| *choice == right).expect("it is there")] += 1;
    }
    assert!(places.iter().all(|times| *times > 4), "{places:?}");
}

#[test]
fn the_answer_to_a_syn_has_both_flags_and_the_next_number() {
    let timeline = of_handshake();
    let quiz = Quiz::of(&timeline);
    let at = record(&timeline, 1, "arrive", 0);
    let next = question(&quiz, at, |kind| *kind == Kind::NextSegment { host: SERVER });
    for (answer, parts) in [
        ("SYN,ACK seq=0 ack=1", &[][..]),
        ("syn+ack seq=0 ack=1 len=0", &[]),
        ("ack=1 seq=0 ACK SYN", &[]),
        ("SYN,ACK seq=1 ack=1", &[Part::Seq]),
        ("SYN,ACK seq=0 ack=0", &[Part::Ack]),
        ("SYN,ACK seq=0 ack=1 len=1", &[Part::Len]),
        ("ACK seq=0 ack=1", &[Part::Flags]),
        ("SYN seq=0", &[Part::Flags, Part::Ack]),
        ("SYN,PSH,ACK seq=0 ack=1", &[Part::Flags]),
        ("none", &[Part::Flags]),
    ] {
        assert_eq!(wrong(&quiz, &next, answer), parts, "{answer}");
    }
    assert_eq!(rule(&quiz, &next), "syn-in-listen");

    // The same in the numbers of the header.
    let absolute = quiz.with_numbers(Numbers::Absolute);
    let packet = timeline.trace().packet(PacketIndex(1));
    let (seq, ack) = (packet.segment.seq, packet.segment.ack.expect("an acknowledgment"));
    assert_eq!(wrong(&absolute, &next, &format!("SYN,ACK seq={seq} ack={ack}")), []);
    assert_eq!(wrong(&absolute, &next, &format!("SYN,ACK seq={ack} ack={seq}")).len(), 2);
    // Either way of counting is understood where only one of them can be meant.
    assert_eq!(wrong(&quiz, &next, &format!("SYN,ACK seq={seq} ack={ack}")), []);
    assert_eq!(wrong(&absolute, &next, "SYN,ACK seq=0 ack=1"), []);
    assert_eq!(wrong(&absolute, &next, "SYN,ACK seq=1 ack=0"), [Part::Seq, Part::Ack]);
}

/// As tcpdump, Wireshark and textbooks write it, in either language's signs; and the same in each,
/// gone wrong.
#[test]
fn a_segment_is_understood_however_it_is_written() {
    let timeline = of_handshake();
    let at = record(&timeline, 1, "arrive", 0);
    for numbers in [Numbers::Relative, Numbers::Absolute] {
        let quiz = Quiz::of(&timeline).with_numbers(numbers);
        let next = question(&quiz, at, |kind| *kind == Kind::NextSegment { host: SERVER });
        for (answer, parts) in [
            ("syn ack seq 0 ack 1", &[][..]),
            ("SYN-ACK, seq = 0, ack = 1", &[]),
            ("SYNACK seq=0 ack=1", &[]),
            ("SYN|ACK seq:0 ack:1", &[]),
            ("SYN + ACK seq=0 ack=1", &[]),
            ("Flags [S.], seq 0, ack 1, length 0", &[]),
            ("[SYN, ACK] Seq=0 Ack=1 Len=0", &[]),
            ("SA seq=0 ack=1", &[]),
            ("SYN，ACK　seq＝y，ack＝x＋1", &[]),
            ("SYN,ACK seq=y ack=x+1", &[]),
            ("S. seq y ack x + 1", &[]),
            ("SYN,ACK seq=x ack=y+1", &[Part::Seq, Part::Ack]),
            ("SYN,ACK seq=y ack=x", &[Part::Ack]),
            ("S seq 0", &[Part::Flags, Part::Ack]),
            ("[.] seq 0 ack 1", &[Part::Flags]),
            ("Flags [S.], seq 0:1, ack 1", &[Part::Len]),
        ] {
            assert_eq!(wrong(&quiz, &next, answer), parts, "{answer} {numbers:?}");
        }
        for (answer, said) in [
            ("S seq=0 ack=1", "ACK is missing"),
            ("seq=0", "flags is missing"),
            ("SQ seq=0", "\"SQ\" is not known here"),
            ("SYN seq=z", "seq is \"z\""),
            ("SYN seq=x+", "seq is \"x+\""),
            ("SYN SA seq=0 ack=1", "SYN is said twice"),
        ] {
            let error = quiz.read(&next, answer).expect_err(answer).to_string();
            assert!(error.contains(said), "{answer}: {error}");
        }
    }
}

#[test]
fn octets_are_understood_however_they_are_written() {
    let timeline = run("sliding-window");
    let quiz = Quiz::of(&timeline);
    let records = (0..).map(RecordId).take(timeline.trace().records().len());
    let question = records
        .flat_map(|at| quiz.ask(at))
        .find(|question| matches!(question.kind, Kind::MaySend { .. }))
        .expect("something may be sent");
    for text in ["1460", "1,460", "1 460", "1460 octets", "1'460 bytes", "1460B", "1460 字节"] {
        assert_eq!(quiz.read(&question, text), Ok(Answer::Octets(1460)), "{text}");
    }
    for text in ["x", "1460 segments", "-1", "1.5", "4294967296"] {
        assert!(quiz.read(&question, text).is_err(), "{text}");
    }
}

/// PSH tells the receiver nothing that is asked here: it may be left out, but not be made up.
#[test]
fn push_may_be_left_out() {
    let timeline = of_handshake();
    let quiz = Quiz::of(&timeline);
    let at = record(&timeline, 1, "arrive", 1);
    let next = question(&quiz, at, |kind| *kind == Kind::NextSegment { host: SERVER });
    assert_eq!(wrong(&quiz, &next, "PSH,ACK seq=1 ack=1 len=28"), []);
    assert_eq!(wrong(&quiz, &next, "ACK seq=1 ack=1 len=28"), []);
    assert_eq!(wrong(&quiz, &next, "ACK seq=1 ack=1"), [Part::Len]);
}

#[test]
fn the_next_state_is_the_one_that_is_entered() {
    let timeline = of_handshake();
    let quiz = Quiz::of(&timeline);
    let at = record(&timeline, 0, "transmit", 0);
    let state = |host: HostId| move |kind: &Kind| matches!(kind, Kind::NextState { host: other, .. } if *other == host);
    let client = question(&quiz, at, state(CLIENT));
    assert_eq!(wrong(&quiz, &client, "ESTABLISHED"), []);
    assert_eq!(wrong(&quiz, &client, "SYN_RECEIVED"), [Part::State]);
    assert_eq!(wrong(&quiz, &client, "stays"), [Part::State]);
    assert_eq!(rule(&quiz, &client), "syn-ack-in-syn-sent");
    let server = question(&quiz, at, state(SERVER));
    assert_eq!(wrong(&quiz, &server, "syn-received"), []);
    assert_eq!(wrong(&quiz, &server, "established"), [Part::State]);
}

/// Nobody closes: TCP has no timer for it.
#[test]
fn a_state_may_be_left_by_nobody() {
    let timeline = run("close-wait-leak");
    let quiz = Quiz::of(&timeline);
    let records = timeline.trace().records();
    let at = records[records.len() - 2].id;
    let stays =
        question(&quiz, at, |kind| matches!(kind, Kind::NextState { host, .. } if *host == SERVER));
    assert_eq!(wrong(&quiz, &stays, "stays"), []);
    assert_eq!(wrong(&quiz, &stays, "LAST-ACK"), [Part::State]);
    assert_eq!(rule(&quiz, &stays), "rests");
}

#[test]
fn who_sends_next_and_when() {
    let timeline = of_handshake();
    let quiz = Quiz::of(&timeline);
    // The SYN leaves at 10 ms and arrives at 40.036 ms, some 30 ms later.
    let at = end_of_step(&timeline, record(&timeline, 0, "transmit", 0));
    let next = question(&quiz, at, |kind| *kind == Kind::WhoSendsNext);
    for (answer, parts) in [
        ("server 40ms", &[][..]),
        ("server at 40.036 ms", &[]),
        ("server +30ms", &[]),
        ("server in 32ms", &[]),
        ("Server 43ms", &[]),
        ("server 44ms", &[Part::Time]),
        ("server 1s", &[Part::Time]),
        ("client 40ms", &[Part::Host]),
        ("client 1.01s", &[Part::Host, Part::Time]),
    ] {
        assert_eq!(wrong(&quiz, &next, answer), parts, "{answer}");
    }
}

#[test]
fn the_timer_that_runs_out_first_is_asked_for_as_it_stands() {
    let timeline = of_handshake();
    let quiz = Quiz::of(&timeline);
    let at = end_of_step(&timeline, record(&timeline, 0, "transmit", 0));
    let timer = question(&quiz, at, |kind| *kind == Kind::WhichTimer);
    for (answer, parts) in [
        ("client retransmission 1.01s", &[][..]),
        ("client retransmission +1s", &[]),
        ("client retransmission +3s", &[Part::Time]),
        ("client delayed-ack +1s", &[Part::Timer]),
        ("server retransmission +1s", &[Part::Host]),
    ] {
        assert_eq!(wrong(&quiz, &timer, answer), parts, "{answer}");
    }
    assert_eq!(rule(&quiz, &timer), "rto-starts");
}

#[test]
fn what_a_call_returns() {
    let timeline = of_handshake();
    let quiz = Quiz::of(&timeline);
    let at = record(&timeline, 1, "arrive", 1);
    let call = question(&quiz, at, |kind| *kind == Kind::CallReturns { host: SERVER });
    assert_eq!(wrong(&quiz, &call, "28"), []);
    assert_eq!(wrong(&quiz, &call, "28 octets"), []);
    assert_eq!(wrong(&quiz, &call, "27"), [Part::Result]);
    assert_eq!(wrong(&quiz, &call, "blocks"), [Part::Result]);
    assert_eq!(wrong(&quiz, &call, "ECONNRESET"), [Part::Result]);
}

#[test]
fn as_much_may_be_sent_as_both_windows_leave() {
    let timeline = run("sliding-window");
    let quiz = Quiz::of(&timeline);
    let mut seen = 0;
    for record in timeline.trace().records() {
        for question in quiz.ask(record.id) {
            if let Kind::MaySend { .. } = question.kind {
                let right = quiz.expected(&question).expect("an answer");
                let Rule::Usable(sum) = quiz.grade(&question, &right).expect("a grade").rule else {
                    panic!("no sum");
                };
                let most = sum.wnd.min(sum.cwnd).saturating_sub(sum.flight);
                assert_eq!(right, Answer::Octets(most), "{sum:?}");
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn a_lost_syn_is_sent_again_after_a_second() {
    let timeline = of_handshake();
    let quiz = Quiz::of(&timeline);
    let at = record(&timeline, 0, "transmit", 0);
    let lost = question(&quiz, at, |kind| matches!(kind, Kind::WhatIfLost { .. }));
    let Some(Answer::Outcome(outcome)) = quiz.expected(&lost) else { panic!("none") };
    let repair = outcome.repair.expect("it is sent again");
    assert_eq!(
        (repair.host, repair.label(), repair.time()),
        (CLIENT, "SYN seq=0".into(), "1.01 s".into())
    );
    assert_eq!(outcome.told, None);
    assert_eq!(rule(&quiz, &lost), "retransmit-after-timeout");
}

#[test]
fn what_is_wrong_with_an_answer_is_said() {
    let timeline = of_handshake();
    let quiz = Quiz::of(&timeline);
    let at = end_of_step(&timeline, record(&timeline, 0, "transmit", 0));
    let error = |kind: fn(&Kind) -> bool, answer: &str| {
        let question = question(&quiz, at, kind);
        quiz.read(&question, answer).expect_err(answer).to_string()
    };
    let segment: fn(&Kind) -> bool = |kind| matches!(kind, Kind::NextSegment { host: SERVER });
    let sender: fn(&Kind) -> bool = |kind| matches!(kind, Kind::WhoSendsNext);
    let timer: fn(&Kind) -> bool = |kind| matches!(kind, Kind::WhichTimer);
    let state: fn(&Kind) -> bool = |kind| matches!(kind, Kind::NextState { .. });
    let lost: fn(&Kind) -> bool = |kind| matches!(kind, Kind::WhatIfLost { .. });
    for (kind, answer, said) in [
        (segment, "", "the answer is empty"),
        (segment, "SYN,ACK seq=0", "ack is missing"),
        (segment, "SYN ack=1", "seq is missing"),
        (segment, "SYN,SYN seq=0", "SYN is said twice"),
        (segment, "seq=0 seq=1", "seq is said twice"),
        (segment, "SYM seq=0", "\"SYM\" is not known here; there are SYN, FIN, RST"),
        (segment, "SYN seq=-1", "seq is \"-1\", not a whole number from 0 to 4294967295"),
        (segment, "SYN seq=4294967296", "seq is \"4294967296\""),
        (segment, "SYN win=5 seq=0", "\"win=5\" is not known here"),
        (sender, "nobody 4ms", "\"nobody\" is not known here; there are client, server"),
        (sender, "server", "time is missing"),
        (sender, "server 40", "\"40\" is no time; 40ms, 1.2s and 250us are"),
        (timer, "client", "timer is missing"),
        (timer, "client alarm 1s", "\"alarm\" is not known here; there are retransmission"),
        (state, "OPEN", "\"OPEN\" is not known here; there are CLOSED, LISTEN"),
        (state, "z", "there is no such choice; there are 4, from a on"),
        (lost, "nothing happens", "there is no such choice; there are "),
    ] {
        let error = error(kind, answer);
        assert!(error.contains(said), "{answer}: {error}");
    }
    let long = "SYN seq=".to_owned() + &"0".repeat(200);
    assert!(error(segment, &long).contains("longer than 200 octets"));
}

#[test]
fn a_letter_is_a_choice() {
    let timeline = of_handshake();
    let quiz = Quiz::of(&timeline).with_seed(3);
    let at = record(&timeline, 1, "arrive", 0);
    for question in quiz.ask(at) {
        let choices = quiz.choices(&question);
        for (choice, (letter, number)) in
            choices.iter().zip([("a", "(1)"), ("B", "(2)"), ("c", "(3)")])
        {
            assert_eq!(quiz.read(&question, letter).as_ref(), Ok(choice));
            assert_eq!(quiz.read(&question, number).as_ref(), Ok(choice));
        }
    }
}

/// Questions of another run, as they may come from a link, are no questions of this one.
#[test]
fn what_a_run_has_not_is_not_asked() {
    let timeline = of_handshake();
    let quiz = Quiz::of(&timeline);
    let (at, far) = (RecordId(0), RecordId(u32::MAX));
    let (nobody, nothing) = (HostId(9), tcpscope_sim::ConnectionId(99));
    for (at, kind) in [
        (far, Kind::WhoSendsNext),
        (far, Kind::WhichTimer),
        (at, Kind::NextSegment { host: nobody }),
        (at, Kind::CallReturns { host: nobody }),
        (at, Kind::NextState { host: nobody, connection: None }),
        (at, Kind::NextState { host: CLIENT, connection: Some(nothing) }),
        (at, Kind::MaySend { host: CLIENT, connection: nothing }),
        (at, Kind::WhatIfLost { packet: PacketIndex(999) }),
    ] {
        let question = Question { at, kind };
        assert_eq!(quiz.expected(&question), None);
        assert_eq!(quiz.choices(&question), []);
        assert_eq!(quiz.read(&question, "a"), Err(AnswerError::NoQuestion));
        assert_eq!(quiz.grade(&question, &Answer::Octets(0)), Err(AnswerError::NoQuestion));
        assert_eq!(text(&quiz, &question, Locale::En), "");
    }
}

#[test]
fn a_question_has_a_name() {
    let timeline = of_handshake();
    let trace = timeline.trace();
    let at = record(&timeline, 0, "transmit", 0);
    let names: Vec<_> = Quiz::of(&timeline).ask(at).iter().map(|it| it.to_text(trace)).collect();
    assert_eq!(
        names,
        [
            "next-state:client#1@4",
            "next-state:server@4",
            "next-segment:client@4",
            "next-segment:server@4",
            "who-sends-next@4",
            "call-returns:client@4",
            "call-returns:server@4",
            "what-if-lost:client:syn:0@4",
        ]
    );
    for text in [
        "",
        "next-state@5",
        "next-state:nobody@5",
        "next-state:client#99@5",
        "next-state:server#1@5",
        "next-segment:client@99999",
        "next-segment:client@x",
        "who-sends-next:client@5",
        "what-if-lost:client:syn:7@5",
        "guess@5",
    ] {
        assert_eq!(Question::from_text(text, trace), None, "{text}");
    }
}

/// The server of this run crashes while it is in ESTABLISHED: that follows from nothing before.
#[test]
fn what_somebody_does_is_not_asked() {
    let timeline = run("half-open");
    let quiz = Quiz::of(&timeline);
    let at = end_of_step(&timeline, record(&timeline, 1, "arrive", 3));
    let asked = quiz.ask(at);
    let state_of = |of: HostId| {
        let is_it = |kind: &Kind| matches!(kind, Kind::NextState { host, .. } if *host == of);
        asked.iter().any(|question| is_it(&question.kind))
    };
    assert!(state_of(CLIENT) && !state_of(SERVER), "{asked:?}");
}
