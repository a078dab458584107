//! Every rule has its words in every language, and the words have the rule's numbers.

use std::cell::RefCell;
use std::collections::BTreeSet;

use tcpscope_sim::Why;
use tcpscope_tcp::{Duration, Reason, SeqNumber};

use super::*;
use crate::words::chinese::{NOT_CHINESE, chinese_faults};
pub(super) use samples::reasons;
use samples::whys;

mod samples;

pub(super) const CONTEXT: Context<'_> = Context {
    host: "client",
    peer: "server",
    bases: Bases { send: SeqNumber::new(1000), receive: SeqNumber::new(5000) },
};

/// A sequence number that the client sends.
fn s(number: u32) -> SeqNumber {
    CONTEXT.bases.send + number
}

/// A sequence number that it receives.
fn r(number: u32) -> SeqNumber {
    CONTEXT.bases.receive + number
}

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[test]
fn the_samples_miss_no_reason() {
    // The match in `rules/mod.rs` has no `_`: it names every reason.
    let named = include_str!("../rules/mod.rs").split("Reason::").skip(1).map(first_word);
    let sampled: BTreeSet<_> = reasons().iter().map(|reason| format!("{reason:?}")).collect();
    let sampled: BTreeSet<_> = sampled.iter().map(|reason| first_word(reason)).collect();
    let missed: Vec<_> = named.filter(|name| !sampled.contains(name)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

fn first_word(text: &str) -> &str {
    text.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or(text)
}

#[test]
fn every_sentence_uses_every_number_of_its_rule_and_no_other() {
    for locale in Locale::ALL {
        let texts = texts(locale);
        let problems = RefCell::new(Vec::new());
        let say = |sentence: &'static str, gaps: &[Gap<'_>]| {
            for (name, _) in gaps {
                if !sentence.contains(&format!("{{{name}}}")) {
                    problems.borrow_mut().push(format!("{name} is not in: {sentence}"));
                }
            }
            let text = fill(sentence, gaps, texts, &CONTEXT);
            if text.contains(['{', '}']) {
                problems.borrow_mut().push(format!("unknown: {text}"));
            }
            text
        };
        for why in whys() {
            let text = why_text(texts, &why, &say);
            assert!(text.ends_with(['.', '。', '”']), "{locale:?} {why:?}: {text}");
        }
        let problems = problems.into_inner();
        assert!(problems.is_empty(), "{locale:?}: {problems:#?}");
    }
}

#[test]
fn numbers_are_relative_to_their_own_direction_or_absolute() {
    let why = Why::Tcp(Reason::WindowTaken { from: 10, to: 900, wl1: r(90), wl2: s(51) });
    let absolute = Context { bases: Bases::default(), ..CONTEXT };
    let relative = explain(Locale::En, &why, &CONTEXT);
    assert!(relative.contains("SND.WL1 is 90 and SND.WL2 51."), "{relative}");
    let absolute = explain(Locale::En, &why, &absolute);
    assert!(absolute.contains("SND.WL1 is 5090 and SND.WL2 1051."), "{absolute}");
}

#[test]
fn a_chosen_isn_is_said_as_it_is_and_as_it_is_shown() {
    let why = Why::Tcp(Reason::ActiveOpen { iss: s(0) });
    let absolute = Context { bases: Bases::default(), ..CONTEXT };
    let text = explain(Locale::En, &why, &CONTEXT);
    assert!(text.contains("initial sequence number, 1000 (shown as 0),"), "{text}");
    let text = explain(Locale::ZhCn, &why, &CONTEXT);
    assert!(text.contains("初始序号 1000（显示为 0），"), "{text}");
    let text = explain(Locale::En, &why, &absolute);
    assert!(text.contains("initial sequence number, 1000, and"), "{text}");
}

#[test]
fn hosts_are_roles_or_names() {
    let cases = [
        ("client", "the client", "Client", "客户端"),
        ("server", "the server", "Server", "服务器"),
        ("alice", "Alice", "Alice", "Alice"),
        ("A", "A", "A", "A"),
        ("host-7", "host-7", "host-7", "host-7"),
    ];
    for (name, en, title, zh) in cases {
        assert_eq!(host_in_words(Locale::En, name), en);
        assert_eq!(host_title(Locale::En, name), title);
        assert_eq!(host_in_words(Locale::ZhCn, name), zh);
        assert_eq!(host_title(Locale::ZhCn, name), zh);
    }
    let why = Why::Tcp(Reason::WindowClosed { from: 10 });
    let named = Context { host: "alice", peer: "bob", ..CONTEXT };
    let text = explain(Locale::ZhCn, &why, &named);
    assert_eq!(text, "Bob 没有空间了：SND.WND 从 10 变为 0，Alice 不能再发送数据。");
}

/// A link between two routers is named by them, and all that begin at a place by its neighbours.
#[test]
fn links_of_routers_are_named_rightly() {
    use tcpscope_sim::{
        AppCall, HostId, HostSetup, LinkChange, LinkProperty, LinkSetup, RecordKind, Setup, Step,
        Timeline, Wait,
    };
    let host = |name: &str, address: &str| {
        HostSetup::new(
            name,
            address.parse().expect("a sound literal"),
            tcpscope_tcp::Config::plain(),
            vec![Step { wait: Wait::Nothing, call: AppCall::Open { active: name == "client" } }],
        )
    };
    let change = |at, from, toward: Option<u8>, to| LinkChange {
        at: tcpscope_tcp::Instant::from_micros(at),
        from: HostId(from),
        toward: toward.map(HostId),
        to,
    };
    let setup = |routers: &[&str], changes| Setup {
        routers: routers.iter().map(|name| (*name).to_owned()).collect(),
        link_changes: changes,
        ..Setup::new(
            vec![host("client", "192.0.2.1:1"), host("server", "192.0.2.2:2")],
            match routers.len() {
                0 => vec![(0, 1), (1, 0)],
                _ => vec![(0, 2), (2, 0), (2, 3), (3, 2), (3, 1), (1, 3)],
            }
            .into_iter()
            .map(|(from, to)| LinkSetup::new(HostId(from), HostId(to), ms(10)))
            .collect(),
        )
    };
    let said = |setup| {
        let run = Timeline::new(setup).expect("a sound setup");
        let trace = run.trace();
        let changed = trace
            .records()
            .iter()
            .filter(|record| matches!(record.kind, RecordKind::LinkChanged { .. }));
        let lines = changed.flat_map(|record| {
            Locale::ALL.map(|locale| {
                let what = describe(locale, trace, record.id, Numbers::Relative);
                let why = because(locale, trace, record.id, Numbers::Relative);
                format!("{what} {}", why[0].text)
            })
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let (delay, out) = (LinkProperty::Delay(ms(80)), LinkProperty::Up(false));
    let routers = setup(
        &["router", "r2"],
        vec![
            change(1, 2, Some(3), delay),
            change(2, 3, Some(2), out),
            change(3, 3, None, delay),
            change(4, 0, Some(2), delay),
        ],
    );
    insta::assert_snapshot!(said(routers));
    insta::assert_snapshot!(said(setup(&[], vec![change(1, 1, None, delay)])));
}

#[test]
fn chinese_uses_the_words_of_the_textbooks() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words/messages/zh_cn");
    let files = std::fs::read_dir(folder).unwrap();
    let mut tables: Vec<String> =
        files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    tables.push(include_str!("../texts/zh_cn.rs").to_owned());
    tables.push(include_str!("../texts/zh_cn/companions.rs").to_owned());
    for text in tables.iter().flat_map(|table| table.split('"').skip(1).step_by(2)) {
        let text: String = text.split("\\\n").map(str::trim_start).collect();
        for word in &NOT_CHINESE {
            assert!(!text.trim().contains(word), "{word} in: {text}");
        }
        assert!(!text.replace("丢包率", "").contains('包'), "{text}");
    }
}

#[test]
fn chinese_is_set_as_in_print() {
    for why in whys() {
        let text = explain(Locale::ZhCn, &why, &CONTEXT);
        assert_eq!(chinese_faults(&text), [], "{text}");
    }
    for (text, faulty) in [
        ("握手 SYN 完成，共 3 次。", ""),
        ("握手SYN", "手S"),
        ("3次", "3次"),
        ("握手,完成", "手,"),
        ("握 手", "握 手"),
        ("丢包率 5%", ""),
        ("丢包", "包"),
        ("您好", "您"),
    ] {
        let faults: String = chinese_faults(text).into_iter().map(|(word, _)| word).collect();
        assert_eq!(faults, faulty, "{text}");
    }
}

#[test]
fn names_of_states_and_variables_are_the_same_in_both_languages() {
    for why in whys() {
        let [en, zh] = Locale::ALL.map(|locale| names(&explain(locale, &why, &CONTEXT)));
        assert_eq!(en, zh, "{why:?}");
    }
}

/// States and variables in a text: what has a dot, or a hyphen between capitals.
fn names(text: &str) -> BTreeSet<String> {
    let of_a_name = |character: char| character.is_ascii_alphanumeric() || "-.".contains(character);
    text.split(|character| !of_a_name(character))
        .map(|word| word.trim_end_matches(['.', '-']))
        .filter(|word| word.len() > 3 && word.contains(['.', '-']))
        .filter(|word| word.starts_with(|first: char| first.is_ascii_uppercase()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn all_rules_in_words() {
    let mut book = String::new();
    for why in whys() {
        let Citation { rfc, section } = why.citation();
        book.push_str(&format!("{} (RFC {rfc} §{section})\n", why.rule()));
        for locale in Locale::ALL {
            book.push_str(&format!("  {}\n", explain(locale, &why, &CONTEXT)));
        }
    }
    insta::assert_snapshot!(book);
}
