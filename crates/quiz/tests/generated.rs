//! Questions about generated runs: over links that lose and delay, of scripts that make sense or
//! not, each is graded by what follows, and an answer that is off is wrong.

mod common;

use std::cell::Cell;

use bytes::Bytes;
use common::scenario;
use common::wrong::off_by_one;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tcpscope_quiz::{Answer, Kind, Quiz};
use tcpscope_sim::{AppCall, RecordId, Setup, Step, Timeline, Wait, Want};
use tcpscope_tcp::{Config, Duration};

/// So many kinds of questions there are.
const KINDS: usize = Kind::NAMES.len();

/// Calls after the opening, sensible or not.
fn lines() -> impl Strategy<Value = Vec<Step>> {
    let wait = prop_oneof![
        3 => Just(Wait::Nothing),
        2 => Just(Wait::Connected),
        1 => Just(Wait::PeerClosed),
        1 => (0_u64..500).prop_map(|ms| Wait::For(Duration::from_millis(ms))),
    ];
    let call = prop_oneof![
        3 => (1_usize..9000).prop_map(|count| AppCall::Send(Bytes::from(vec![b'x'; count]))),
        2 => (1_u64..4000).prop_map(|count| AppCall::Receive(Want::Octets(count))),
        2 => Just(AppCall::Receive(Want::All)),
        2 => Just(AppCall::Close),
        1 => Just(AppCall::Abort),
    ];
    prop::collection::vec((wait, call).prop_map(|(wait, call)| Step { wait, call }), 0..5)
}

fn setup() -> impl Strategy<Value = Setup> {
    let base = scenario("three-way-handshake").setup();
    let link = || (0_u32..200_000, 1_u64..80_000);
    let config = (any::<bool>(), 1000_u32..60_000);
    (any::<u64>(), [lines(), lines()], [link(), link()], config).prop_map(
        move |(seed, lines, links, (plain, receive_buffer))| {
            let mut setup = base.clone();
            setup.seed = seed;
            setup.limits.records = 1500;
            for (host, lines) in setup.hosts.iter_mut().zip(lines) {
                let tcp = if plain { Config::plain() } else { Config::default() };
                host.config = Config { receive_buffer, ..tcp };
                host.script.truncate(1);
                host.script.extend(lines);
            }
            for (link, (loss_ppm, delay)) in setup.links.iter_mut().zip(links) {
                link.loss_ppm = loss_ppm;
                link.delay = Duration::from_micros(delay);
            }
            setup
        },
    )
}

/// What somebody may type, sensible or not.
fn typed() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(
        "[ -~µ四]{0,30}|[A-Z]{3}(,ACK)? (seq|ack|len)=[0-9]{1,12}|client [a-z-]{0,20} [+]?[0-9.]{1,25} ?m?s",
        4,
    )
}

#[test]
fn what_follows_is_right_and_nothing_else() {
    let (asked, wrong) = (Cell::new([0_usize; KINDS]), Cell::new([0_usize; KINDS]));
    let count = |of: &Cell<[usize; KINDS]>, kind: Kind, more: usize| {
        let mut counts = of.get();
        counts[usize::from(kind.place())] += more;
        of.set(counts);
    };
    let config = ProptestConfig { source_file: Some(file!()), ..ProptestConfig::with_cases(24) };
    let outcome =
        TestRunner::new(config).run(&(setup(), any::<u64>(), typed()), |(setup, seed, typed)| {
            let timeline = Timeline::new(setup).expect("a setup that can be run");
            let quiz = Quiz::of(&timeline).with_seed(seed);
            let records = u32::try_from(timeline.trace().records().len()).expect("few records");
            let (mut losses, every) = (0, records / 40 + 1);
            for at in (0..records).filter(|at| at % every == 0).map(RecordId) {
                for question in quiz.ask(at) {
                    if let Kind::WhatIfLost { .. } = question.kind {
                        losses += 1;
                        if losses > 2 {
                            continue;
                        }
                    }
                    count(&asked, question.kind, 1);
                    for text in &typed {
                        if let Ok(answer) = quiz.read(&question, text) {
                            prop_assert!(quiz.grade(&question, &answer).is_ok());
                        }
                    }
                    let expected = quiz.expected(&question).expect("an answer");
                    let is_right =
                        |answer: &Answer| quiz.grade(&question, answer).expect("a grade").right;
                    let choices = quiz.choices(&question);
                    let right: Vec<&Answer> = choices.iter().filter(|it| is_right(it)).collect();
                    prop_assert_eq!(right, [&expected]);
                    prop_assert!(choices.len() > 1, "{:?}", question);
                    for other in off_by_one(&expected) {
                        prop_assert!(!is_right(&other), "{:?}: {:?}", question, other);
                        count(&wrong, question.kind, 1);
                    }
                    count(&wrong, question.kind, choices.len() - 1);
                }
            }
            Ok(())
        });
    assert_eq!(outcome.map_err(|error| error.to_string()), Ok(()));
    for (place, name) in Kind::NAMES.into_iter().enumerate() {
        let (asked, wrong) = (asked.get()[place], wrong.get()[place]);
        assert!(asked > 0 && wrong >= asked, "{name}: asked {asked} times, {wrong} wrong answers");
    }
}
