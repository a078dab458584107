//! Sets and what was answered in them: what goes in comes out, and whatever comes is read or refused.

mod common;

use common::answers::answer;
use proptest::prelude::*;
use tcpscope_quiz::{
    CodeError, MOST_ASKS, MOST_ITEMS, MOST_NAME, MOST_NOTE, MOST_OWN, MOST_TITLE, Quiz, Set,
    SetAnswer, SetItem, SetResults, SetRules, SetStop, ask_name, ask_named, csv, pasted,
};
use tcpscope_view::Numbers;

fn asks() -> impl Strategy<Value = Vec<String>> {
    let named = prop_oneof![
        Just("next-state:server".to_owned()),
        Just("who-sends-next".to_owned()),
        Just("what-if-lost:client:data:1+1460~2".to_owned()),
        "[a-z0-9:#+~]{1,30}",
    ];
    prop::collection::vec(named, 0..3)
}

fn item() -> impl Strategy<Value = SetItem> {
    let id = || "[a-z-]{1,24}";
    let stop = (id(), asks()).prop_map(|(stop, asks)| SetStop { stop, asks });
    prop_oneof![
        (id(), prop::collection::vec(stop, 0..5))
            .prop_map(|(lesson, stops)| SetItem::Lesson { lesson, stops }),
        ("v=1[&=a-z0-9,:%+]{0,200}", "[ -~三次握手]{0,60}", asks())
            .prop_map(|(link, say, asks)| SetItem::Moment { link, say, asks }),
        id().prop_map(|question| SetItem::Interview { question }),
    ]
}

fn set() -> impl Strategy<Value = Set> {
    let rules =
        (any::<bool>(), any::<bool>()).prop_map(|(hidden, ordered)| SetRules { hidden, ordered });
    let items = prop::collection::vec(item(), 0..6);
    ("[ -~第一课]{0,60}", "[ -~，。]{0,100}", rules, items)
        .prop_map(|(title, note, rules, items)| Set { title, note, rules, items })
}

fn results() -> impl Strategy<Value = SetResults> {
    let given = (answer(), any::<bool>()).prop_map(|(answer, absolute)| SetAnswer::Given {
        answer,
        numbers: if absolute { Numbers::Absolute } else { Numbers::Relative },
    });
    let own =
        ("[ -~因为]{0,90}", any::<bool>()).prop_map(|(text, right)| SetAnswer::Own { text, right });
    let answer = prop_oneof![Just(SetAnswer::None), given, own];
    (any::<u32>(), "[ -~王小明é]{0,40}", prop::collection::vec(answer, 0..12))
        .prop_map(|(of, name, answers)| SetResults { of, name, answers })
}

fn a_set() -> Set {
    let stop = |stop: &str, asks: &[&str]| SetStop {
        stop: stop.to_owned(),
        asks: asks.iter().map(|ask| (*ask).to_owned()).collect(),
    };
    Set {
        title: "Week 3: opening".to_owned(),
        note: "Twenty minutes. 请独立完成。".to_owned(),
        rules: SetRules { hidden: true, ordered: true },
        items: vec![
            SetItem::Lesson {
                lesson: "three-way-handshake".to_owned(),
                stops: vec![
                    stop("listen", &[]),
                    stop("syn", &["next-state:server"]),
                    stop("syn-ack", &["next-segment:client"]),
                ],
            },
            SetItem::Moment {
                link: "v=1&scenario=lost-syn&edit=drop,client:syn:0~2&t=1010000".to_owned(),
                say: "The second SYN is lost too.".to_owned(),
                asks: vec!["which-timer".to_owned()],
            },
            SetItem::Interview { question: "why-three-not-two".to_owned() },
        ],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_set_comes_back(set in set()) {
        let code = set.to_code().expect("a small set");
        let back = Set::from_code(&code).expect("a code of a set");
        prop_assert_eq!(&back, &set);
        prop_assert_eq!(back.fingerprint(), set.fingerprint());
    }

    #[test]
    fn another_set_has_another_fingerprint(one in set(), other in set()) {
        prop_assume!(one != other);
        prop_assert_ne!(one.fingerprint(), other.fingerprint());
    }

    #[test]
    fn steps_hold_every_question_once(set in set()) {
        let mut first = 0;
        for step in set.steps() {
            prop_assert_eq!(step.first, first);
            prop_assert!(step.item < set.items.len());
            first += step.asks;
        }
        prop_assert_eq!(first, set.asks());
    }

    #[test]
    fn results_come_back(results in results()) {
        let code = results.to_code();
        prop_assert_eq!(SetResults::from_code(&code), Ok(results));
    }

    #[test]
    fn results_that_are_cut_are_told(results in results(), cut in any::<prop::sample::Index>()) {
        let code = results.to_code().replace('-', "");
        let cut = cut.index(code.len());
        match SetResults::from_code(&code[..cut]) {
            Err(CodeError::Empty) => prop_assert_eq!(cut, 0),
            Err(CodeError::Cut { symbols, of }) => {
                prop_assert_eq!(symbols, cut);
                prop_assert!(of.is_none_or(|of| of == code.len()));
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[ -~\n]{0,120}", code in "[sr]1[-0-9a-z]{0,200}") {
        let _ = (Set::from_code(&text), SetResults::from_code(&text), pasted(&text));
        let _ = (Set::from_code(&code), SetResults::from_code(&code), pasted(&code));
    }

    /// A code as mail programs break it, between others.
    #[test]
    fn a_code_in_several_lines_is_one(
        before in results(), broken in results(), after in results(), wide in 20_usize..90,
    ) {
        let code = broken.to_code();
        let lines: Vec<&str> = code.as_bytes().chunks(wide)
            .map(|line| std::str::from_utf8(line).expect("ASCII"))
            .collect();
        // A piece that begins as a code does cannot be told from one.
        prop_assume!(lines.iter().skip(1).all(|line| !line.replace('-', "").starts_with("r1")));
        let text = format!("{}\n\n{}\n{}\n", before.to_code(), lines.join("\n"), after.to_code());
        let found: Vec<_> = pasted(&text).into_iter().map(|pasted| pasted.results).collect();
        prop_assert_eq!(found, vec![Ok(before), Ok(broken), Ok(after)]);
    }
}

#[test]
fn a_wrong_code_leaves_the_others_as_they_are() {
    let results = |name: &str| SetResults {
        of: a_set().fingerprint(),
        name: name.to_owned(),
        answers: vec![SetAnswer::None; 4],
    };
    let [ada, wang, lee] = ["Ada", "王小明", "Lee"].map(|name| results(name).to_code());
    // One symbol of the second group is another.
    let (start, end) = wang.split_at(13);
    let other = if end.starts_with('0') { '1' } else { '0' };
    let typo = format!("{start}{other}{}", &end[1..]);
    let text = format!("{ada}\n{}\nhello\n{typo}\n{lee}", &wang[..wang.len() - 6]);
    let found = pasted(&text);
    let lines: Vec<_> = found.iter().map(|pasted| pasted.line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5]);
    assert_eq!(found[0].results, Ok(results("Ada")));
    assert!(matches!(found[1].results, Err(CodeError::Cut { .. })), "{found:?}");
    assert_eq!(found[2].results, Err(CodeError::OtherKind { found: 'h', expected: 'r' }));
    assert!(matches!(found[3].results, Err(CodeError::Damaged { .. })), "{found:?}");
    assert_eq!(found[4].results, Ok(results("Lee")));
    assert!(a_set().is_of(&results("Ada")));
    assert!(!Set::default().is_of(&results("Ada")));
    let too_many = SetResults { answers: vec![SetAnswer::None; 5], ..results("Ada") };
    assert!(!a_set().is_of(&too_many));
}

#[test]
fn what_is_too_much_is_refused_when_it_is_made() {
    let many = Set {
        items: vec![SetItem::Interview { question: "q".to_owned() }; MOST_ITEMS + 1],
        ..Set::default()
    };
    assert_eq!(many.to_code(), Err(CodeError::Content { field: "number of items" }));
    let asks = Set {
        items: vec![SetItem::Moment {
            link: "v=1".to_owned(),
            say: String::new(),
            asks: vec!["who-sends-next".to_owned(); MOST_ASKS + 1],
        }],
        ..Set::default()
    };
    assert_eq!(asks.to_code(), Err(CodeError::Content { field: "number of questions" }));
    let long = |octets, times| {
        let link = "x".repeat(octets);
        let long = SetItem::Moment { link, say: String::new(), asks: vec![] };
        Set { items: vec![long; times], ..Set::default() }.to_code()
    };
    assert!(long(7700, 1).is_ok());
    // Three together, and one alone: a link that is cut would be to something else.
    for code in [long(7000, 3), long(7701, 1)] {
        match code {
            Err(CodeError::TooLong { octets, at_most }) => assert!(octets > at_most),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn texts_are_cut_and_hold_nothing_that_controls() {
    let set = Set {
        title: "é".repeat(MOST_TITLE + 9),
        note: format!("a\nb\u{202e}c\u{0}{}", "x".repeat(MOST_NOTE)),
        ..Set::default()
    };
    let back = Set::from_code(&set.to_code().expect("small")).expect("a code");
    assert_eq!(back.title.chars().count(), MOST_TITLE);
    assert!(back.note.starts_with("abcx"));
    assert_eq!(back.fingerprint(), set.fingerprint());
    let name = SetResults { of: 1, name: "n".repeat(MOST_NAME + 1), answers: Vec::new() };
    let own = SetAnswer::Own { text: "o".repeat(MOST_OWN + 1), right: true };
    let name = SetResults { answers: vec![own], ..name };
    let back = SetResults::from_code(&name.to_code()).expect("a code");
    assert_eq!(back.name.len(), MOST_NAME);
    let SetAnswer::Own { text, right: true } = &back.answers[0] else { panic!("{back:?}") };
    assert_eq!(text.len(), MOST_OWN);
}

/// Every question that any moment of a run allows is found again by its name.
#[test]
fn questions_are_found_by_their_names() {
    for id in ["three-way-handshake", "lost-syn", "sliding-window"] {
        let timeline = common::run(id);
        let (quiz, trace) = (Quiz::of(&timeline), timeline.trace());
        let mut found = 0;
        for record in trace.records() {
            for question in quiz.ask(record.id) {
                let name = ask_name(&question, trace);
                assert!(!name.contains('@') || name.contains("what-if"), "{name}");
                assert_eq!(ask_named(&name, record.id, trace), Some(question), "{id}: {name}");
                found += 1;
            }
        }
        assert!(found > 20, "{id}: {found}");
    }
}

#[test]
fn rows_are_read_by_spreadsheets_and_never_as_formulas() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let rows = [row(&["name", "1"]), row(&["Li, \"Ada\"", "=1+1"]), row(&["", "-3"])];
    assert_eq!(csv(&rows), "name,1\r\n\"Li, \"\"Ada\"\"\",\"'=1+1\"\r\n,\"'-3\"\r\n");
}

/// These codes were made by version 1: they are read for ever.
#[test]
fn old_codes_are_read() {
    let set = "s1-zm0g63t7-qcnjpp80-1k78g6yp-w35dsmp8-wss2ahv5-pavkmf4q-g6ttbee2-nt6awsec-43mazdzv-\
               7hepefan-wbwpq8sg-sm8j3hrn-10g3009j-q8t3jcnz-jjtxv1f3-4ppgrbe3-chspgrb0-bcm1gcvv-39e\
               dt6a6-vg00dsq2-jvg125qx-6ay3m5n5-sq8rbmce-mx76sbjc-esjq41vx-kf5q2tr8-b3dc0h63-vk5f1t\
               2k-twv5cxp8-pavkm798-hprtb5d1-st02e3pt-7mrjcwvb-3cnq62w7-k9dwyprm-vvkegpqe-6ybe4sjs-\
               p8tbm7ns-j74vvg5h-hhprtb5y-dst3mwv1-sdrx30z7-hj4st3t8-c9g64r30-0c1g3daw-6gs90edq-jp6\
               vvec5-gg56pae5-41mq6834-cdxsq88g-3mdxqjw5-08bexm64-jrv85nte-6jvb5e8s-112xv8fc-4pq8t3\
               jp-cnjjtvk8-fegpq8x9-vf9n9qky-srx";
    assert_eq!(a_set().to_code().as_deref(), Ok(set));
    assert_eq!(Set::from_code(set), Ok(a_set()));
    let results = SetResults {
        of: a_set().fingerprint(),
        name: "Ada".to_owned(),
        answers: vec![
            SetAnswer::Given {
                answer: tcpscope_quiz::Answer::State(Some(tcpscope_tcp::State::SynReceived)),
                numbers: Numbers::Relative,
            },
            SetAnswer::None,
            SetAnswer::Given {
                answer: tcpscope_quiz::Answer::Octets(1460),
                numbers: Numbers::Absolute,
            },
            SetAnswer::Own { text: "Both numbers.".to_owned(), right: true },
        ],
    };
    let code = "r1-47kz7kfp-a0g1m2sd-310g0g0e-100082vh-82r41n1x-6yx3841g-q7avb2c4-ns76bpy7-19dv48";
    assert_eq!(results.to_code(), code);
    assert_eq!(SetResults::from_code(code), Ok(results));
}
