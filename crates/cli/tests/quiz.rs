//! `tcpscope quiz`: what is asked at a moment, and what is said to an answer.

use std::path::Path;

use tcpscope_cli::quiz::{At, Code, Request, quiz};
use tcpscope_quiz::{Answered, Level, Results, Round, Theme};
use tcpscope_scenario::Scenario;
use tcpscope_tcp::Instant;
use tcpscope_view::Locale;

fn printed(request: Request) -> Result<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut out = Vec::new();
    let request = Request { scenario: folder.join(&request.scenario), ..request };
    quiz(&request, &mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(out).expect("it prints text"))
}

/// The SYN has just been sent.
fn handshake() -> Request {
    let at = At::Time(Instant::from_micros(10_000));
    Request { scenario: "three-way-handshake.json".into(), at, ..Request::default() }
}

#[test]
fn the_questions_of_a_moment_are_listed() {
    let list = printed(handshake()).expect("questions");
    let names =
        [(1, "next-state:client#1@6"), (4, "next-segment:server@6"), (5, "who-sends-next@6")];
    for (place, kind) in names {
        let line = list.lines().find(|line| line.starts_with(&format!("{place}. ")));
        assert!(line.is_some_and(|line| line.ends_with(&format!("({kind})"))), "{line:?}");
    }
    assert!(list.contains("   c  ESTABLISHED\n"), "{list}");
    let zh = printed(Request { locale: Locale::ZhCn, ..handshake() }).expect("questions");
    assert!(zh.contains("客户端现在处于 SYN-SENT，接下来进入哪个状态？"), "{zh}");
    let end = printed(Request { at: At::Record(79), ..handshake() }).expect("the last record");
    assert!(end.contains("Nothing can be asked here"), "{end}");
}

#[test]
fn an_answer_is_graded_with_its_rule() {
    let answer = |question, answer: &str| {
        let answer = Some(answer.to_owned());
        printed(Request { question: Some(question), answer, ..handshake() })
    };
    let right = answer(4, "SYN,ACK seq=0 ack=1").expect("a grade");
    assert!(right.contains("\nRight.\n") && right.contains("[RFC 9293 §3.10.7.2]"), "{right}");
    assert!(right.contains("See it happen: 9 · 40.036 ms · The server sends SYN, ACK"), "{right}");
    let lost = answer(9, "a").expect("a grade");
    assert!(lost.contains("1.01 s · The client sends SYN seq=0 win=65535 again."), "{lost}");
    let wrong = answer(4, "SYN,ACK seq=0 ack=2").expect("a grade");
    for said in ["\nNot right.\n", "  seq: right\n", "  ack: not right\n", "SYN,ACK seq=0 ack=1\n"]
    {
        assert!(wrong.contains(said), "{wrong}");
    }
    assert_eq!(answer(4, "SYN"), Err("--answer: seq is missing".to_owned()));
    assert_eq!(
        answer(40, "SYN"),
        Err("--question 40: this moment has 9, the first is 1".to_owned())
    );
    let at = At::Record(80);
    assert_eq!(
        printed(Request { at, ..handshake() }),
        Err("--at 80: the run has 80 records, the first is 0".to_owned())
    );
}

#[test]
fn a_round_and_its_results_are_told_from_their_codes() {
    let with = |code| {
        printed(Request { scenario: ".".into(), code: Some(code), ..Request::default() })
            .expect("a round")
    };
    let round = Round::new(4, Theme::Opening, Level::Basic, 3);
    let told = with(Code::Round(round));
    assert!(told.starts_with(&format!("{} · Opening a connection · Basic\n", round.to_code())));
    assert!(told.contains("\n1. ") && told.contains("\n3. ") && !told.contains("\n4. "), "{told}");

    let mut setups = |id: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
        let text = std::fs::read_to_string(folder.join(id).with_extension("json")).ok()?;
        Scenario::from_json(&text).ok().map(|scenario| scenario.setup())
    };
    let answers = (0..3).map(|place| {
        let asked = round.question(place, &mut setups).expect("a question");
        let answer = asked.quiz().expected(&asked.question).filter(|_| place != 1);
        let kind = asked.question.kind.place();
        Answered { kind, right: answer.is_some(), answer, tenths: 42 }
    });
    let results = Results { round, answers: answers.collect() };
    let told = with(Code::Results(results));
    assert!(told.starts_with("2 of 3 right\n"), "{told}");
    assert_eq!(told.matches("Right. 4.2 s").count(), 2, "{told}");
    assert!(told.contains("   not answered\n   Not right. 4.2 s\n"), "{told}");

    let code = Some(Code::Round(round));
    let nowhere = Request { scenario: "nowhere".into(), code, ..Request::default() };
    assert!(printed(nowhere).expect_err("no folder").contains("cannot be read"));
}
