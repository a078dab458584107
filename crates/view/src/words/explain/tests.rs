//! Every rule has its words in every language, and the words have the rule's numbers.

use std::cell::RefCell;
use std::collections::BTreeSet;

use tcpscope_sim::{HostRule, LinkRule, PropertyKind, QueueLimit, Why};
use tcpscope_tcp::{
    CallError, Duration, IcmpError, Negotiable, Reason, SendPermit, SeqNumber, State, Timer,
};
use tcpscope_wire::{Layer, Malformed};

use super::*;
use crate::words::chinese::NOT_CHINESE;

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

/// Every reason, and every one twice that has two sentences.
pub(super) fn reasons() -> Vec<Reason> {
    use Reason::*;
    let state = State::Established;
    vec![
        PassiveOpen,
        ActiveOpen { iss: s(0) },
        SynInListen { irs: r(0), rcv_nxt: r(1), iss: s(0) },
        SynAckInSynSent { irs: r(0), rcv_nxt: r(1), snd_una: s(1) },
        SimultaneousOpen { irs: r(0), rcv_nxt: r(1), iss: s(0) },
        SynAcknowledged { rcv_nxt: r(1) },
        OurSynAcked { ack: s(1), iss: s(0) },
        EffectiveMss { announced: Some(1400), ours: 1460, mss: 1401 },
        EffectiveMss { announced: None, ours: 1460, mss: 537 },
        InitialWindow { segments: 10, mss: 1460, cwnd: 14_600 },
        SendWaits { octets: 50, state: State::SynSent },
        SendTaken { octets: 50, unsent: 60, room: 70 },
        ReceiveReturns { octets: 50, unread: 60 },
        ReceiveEndOfStream { rcv_nxt: r(90) },
        ReceiveWaits { rcv_nxt: r(90) },
        ReceiveWaits { rcv_nxt: SeqNumber::new(0) },
        Close { unsent: 0, state },
        Close { unsent: 50, state },
        CloseDeletes { state: State::Listen },
        CloseUnread { unread: 50 },
        Abort { state },
        Abort { state: State::Listen },
        Flushed { octets: 50 },
        StatusAsked { state },
        CallRefused { error: CallError::Closing, state: State::LastAck },
        SendText { seq: s(1), octets: 50, usable: 900, permit: SendPermit::FullSegment },
        SendText { seq: s(1), octets: 50, usable: 900, permit: SendPermit::Idle },
        SendText { seq: s(1), octets: 50, usable: 900, permit: SendPermit::NagleOff },
        SendText { seq: s(1), octets: 50, usable: 900, permit: SendPermit::LastBeforeFin },
        SendText { seq: s(1), octets: 50, usable: 900, permit: SendPermit::HalfWindow },
        SendText { seq: s(1), octets: 50, usable: 900, permit: SendPermit::Override },
        SendFin { seq: s(51) },
        WindowFull { unsent: 50, flight: 900, wnd: 901, cwnd: 14_600 },
        NagleWaits { unsent: 50, mss: 1460, flight: 900 },
        RetransmitAfterTimeout { seq: s(1), octets: 50, attempt: 2 },
        RetransmitAfterTimeout { seq: s(0), octets: 0, attempt: 2 },
        RetransmitLost { seq: s(1), octets: 50, cwnd: 1460 },
        FastRetransmit { seq: s(1), octets: 50, duplicates: 3 },
        RetransmitPartial { seq: s(1), octets: 50, recover: s(900) },
        WindowProbe { seq: s(1), octets: 1, attempt: 2 },
        RetransmitProbe { seq: s(1), octets: 1, wnd: 900 },
        WindowUpdate { rcv_nxt: r(90), from: 10, to: 900 },
        Acceptable { seq: r(1), len: 50, rcv_nxt: r(2), rcv_wnd: 900 },
        NotAcceptable { seq: r(1), len: 50, rcv_nxt: r(2), rcv_wnd: 900 },
        OldDuplicate { seq: r(1), len: 50, rcv_nxt: r(90) },
        RstOutsideWindow { seq: r(1), rcv_nxt: r(90), rcv_wnd: 900 },
        RstAccepted { seq: r(89), rcv_nxt: r(90), state },
        RstAccepted { seq: r(0), rcv_nxt: r(0), state: State::SynSent },
        RstChallenged { seq: r(91), rcv_nxt: r(90) },
        RstIgnored { state: State::Listen },
        SynChallenged { seq: r(0), rcv_nxt: r(90) },
        SynInWindow { seq: r(91) },
        SynReturnsToListen { seq: r(91) },
        NoConnection { seq: r(1), ack: Some(s(51)) },
        NoConnection { seq: r(1), ack: None },
        NotForSynSent,
        NotForListen,
        AckMissing { state },
        AckAdvances { from: s(0), to: s(1), octets: 0 },
        AckAdvances { from: s(1), to: s(51), octets: 50 },
        AckDuplicate { ack: s(49), snd_una: s(51), count: 0 },
        AckDuplicate { ack: s(51), snd_una: s(51), count: 2 },
        AckOfUnsent { ack: s(90), snd_nxt: s(51) },
        AckTooOld { ack: s(1), snd_una: s(90_000), max_wnd: 65_535 },
        AckRefused { ack: s(90), state: State::SynSent },
        WindowTaken { from: 10, to: 900, wl1: r(90), wl2: s(51) },
        WindowClosed { from: 900 },
        OurFinAcked { ack: s(52), state: State::FinWait1 },
        UrgentAhead { rcv_up: r(95), rcv_nxt: r(90) },
        TextInOrder { seq: r(1), octets: 50, rcv_nxt: r(51) },
        TextFillsGap { seq: r(1), octets: 50, waited: 40, rcv_nxt: r(91) },
        TextOutOfOrder { seq: r(51), octets: 40, rcv_nxt: r(1) },
        TextOutOfOrder { seq: r(51), octets: 0, rcv_nxt: r(1) },
        TextBeyondWindow { kept: 40, cut: 10 },
        TextIgnored { octets: 50, state: State::CloseWait },
        AckText { rcv_nxt: r(51) },
        AckOutOfOrder { seq: r(51), rcv_nxt: r(1) },
        FinArrives { rcv_nxt: r(92), state },
        AckFin { rcv_nxt: r(92) },
        FinAgain { seq: r(91), rcv_nxt: r(92) },
        RtoStarts { rto: ms(1000) },
        RtoRestarts { rto: ms(250) },
        RtoStops,
        RtoExpires { rto: ms(1000), attempt: 2 },
        RtoBacksOff { from: ms(1000), to: ms(2000) },
        RtoBacksOff { from: ms(60_000), to: ms(60_000) },
        RttMeasured { rtt: ms(60), srtt: ms(61), rttvar: ms(30).into(), rto: ms(200).into() },
        KarnSkips { ack: s(51) },
        PersistStarts { after: ms(200) },
        PersistExpires { attempt: 2 },
        PersistStops { wnd: 900 },
        TimeWaitStarts { msl: ms(30_000) },
        TimeWaitRestarts { msl: ms(30_000) },
        TimeWaitExpires { msl: ms(30_000) },
        TimerDies { timer: Timer::Retransmission },
        TimerDies { timer: Timer::Persist },
        TimerDies { timer: Timer::TimeWait },
        TimerDies { timer: Timer::DelayedAck },
        TimerDies { timer: Timer::Reordering },
        TimerDies { timer: Timer::TailLossProbe },
        TimerDies { timer: Timer::KeepAlive },
        TimerDies { timer: Timer::UserTimeout },
        TimerDies { timer: Timer::FinWait2 },
        R1Reached { attempt: 3 },
        R2Reached { attempt: 16 },
        SlowStart { from: 1460, to: 2920, ssthresh: 14_600 },
        SlowStart { from: 1460, to: 2920, ssthresh: u32::MAX },
        CongestionAvoidance { from: 14_600, to: 14_746 },
        CongestionTimeout { flight: 5840, ssthresh: 2920, cwnd: 1460 },
        RecoveryBegins { flight: 14_600, ssthresh: 7300, cwnd: 11_680, recover: s(14_601) },
        RecoveryInflates { cwnd: 13_140 },
        RecoveryDeflates { cwnd: 11_680 },
        RecoveryEnds { cwnd: 7300 },
        WindowScaleAgreed { snd_shift: 7, rcv_shift: 6 },
        WindowScaleTooLarge { shift: 15 },
        SackAgreed,
        TimestampsAgreed { mss: 1448 },
        EcnAgreed,
        NotAgreed { option: Negotiable::WindowScale },
        NotAgreed { option: Negotiable::Sack },
        NotAgreed { option: Negotiable::Timestamps },
        NotAgreed { option: Negotiable::Ecn },
        EcnSetupWithdrawn { attempt: 2 },
        FastOpenCookieAsked,
        FastOpenCookieGiven { octets: 8 },
        FastOpenSent { octets: 50 },
        FastOpenAccepted { octets: 50 },
        FastOpenRefused { octets: 50 },
        SendUrgent { snd_up: s(51) },
        LimitedTransmit { seq: s(1), octets: 50, duplicates: 2 },
        RetransmitSack { seq: s(1), octets: 50, pipe: 900, cwnd: 1460 },
        RescueRetransmit { seq: s(1), octets: 50 },
        TailLossProbe { seq: s(1), octets: 50, new_text: true },
        TailLossProbe { seq: s(1), octets: 50, new_text: false },
        RetransmissionOff { seq: s(1) },
        FlowControlOff { octets: 50, wnd: 900 },
        RestartAfterIdle { idle: ms(3000), from: 29_200, to: 14_600 },
        AckDelayStarts { after: ms(40), rcv_nxt: r(51) },
        AckDelayEnds { rcv_nxt: r(51) },
        AckSecondSegment { rcv_nxt: r(51) },
        AckFillsGap { rcv_nxt: r(51) },
        AckRidesAlong { rcv_nxt: r(51) },
        SackReports { left: r(91), right: r(141), blocks: 2 },
        DsackReports { left: r(1), right: r(51) },
        PawsRejects { value: 700, recent: 900 },
        PawsOutdated { recent: 900 },
        TimestampMissing { seq: r(1) },
        TimestampKept { value: 900 },
        ChallengeAckLimited { limit: 100 },
        WindowShrinks { from: 900, to: 400 },
        TextUnwanted { octets: 50, state: State::FinWait2 },
        RstIgnoredInTimeWait { seq: r(92) },
        TimeWaitReopens { seq: r(900), rcv_nxt: r(92) },
        TimeWaitSkipped,
        TwoWayOpening { iss: s(0) },
        FixedIsn { iss: s(0) },
        SynTextKept { octets: 50 },
        ConnectionOver { state: State::LastAck },
        CongestionMarked { seq: r(1) },
        CongestionHeard { flight: 14_600, ssthresh: 7300, cwnd: 7301 },
        CwrSent { seq: s(51) },
        CwrReceived { seq: r(51) },
        SackTaken { left: s(91), right: s(141), octets: 50 },
        SackIgnored { left: s(91), right: s(141) },
        DsackTaken { left: s(1), right: s(51) },
        LostBySack { seq: s(1), octets: 50 },
        LostByRack { seq: s(1), octets: 50, elapsed: ms(120), allowed: ms(100) },
        ReorderingSeen { seq: s(1) },
        ReorderingTimerStarts { after: ms(20) },
        ReorderingTimerExpires,
        ProbeTimerStarts { after: ms(160) },
        ReorderingTimerStops,
        ProbeTimerStops,
        ProbeTimerExpires,
        ProbeRepairedLoss { seq: s(1) },
        SackRecoveryBegins { flight: 14_600, ssthresh: 7300, cwnd: 7301, recover: s(14_601) },
        ProportionalRate { delivered: 1460, pipe: 13_140, sent: 1022, cwnd: 14_162 },
        FRtoBegins { recover: s(14_601) },
        FRtoSpurious { cwnd: 14_600, ssthresh: 14_601 },
        FRtoGenuine { ack: s(51) },
        CubicGrows { from: 14_600, to: 14_746, w_max: 20_000, since: ms(700) },
        CubicRenoFriendly { from: 14_600, to: 14_746 },
        CubicReduces { w_max: 20_000, ssthresh: 14_000 },
        CwndNotUsed { cwnd: 14_600, flight: 900 },
        RtoAfterSyn { rto: ms(3000) },
        KeepAliveStarts { after: ms(7_200_000) },
        KeepAliveStops,
        KeepAliveProbe { seq: s(50), attempt: 2 },
        KeepAliveGivesUp { attempt: 9 },
        UserTimeoutStarts { after: ms(30_000) },
        UserTimeoutStops,
        UserTimeoutExpires { after: ms(30_000) },
        FinWait2Starts { after: ms(60_000) },
        FinWait2Expires,
        ForeignAddress,
        BadAddress,
        SynQueueFull { backlog: 5 },
        AcceptQueueFull { backlog: 5 },
        SynCookieSent { iss: s(0), mss: 1460 },
        SynCookieTaken { ack: s(1), mss: 1460 },
        SynCookieRefused { ack: s(1) },
        ListenerCloses,
        Lingers,
        IcmpSoft { error: IcmpError::NetworkUnreachable },
        IcmpSoft { error: IcmpError::HostUnreachable },
        IcmpHard { error: IcmpError::ProtocolUnreachable },
        IcmpHard { error: IcmpError::PortUnreachable },
        IcmpSoft { error: IcmpError::FragmentationNeeded { mtu: 1400 } },
        IcmpHard { error: IcmpError::FragmentationNeeded { mtu: 0 } },
        IcmpSoft { error: IcmpError::SourceRouteFailed },
        IcmpDropped { error: IcmpError::SourceQuench },
        IcmpSoft { error: IcmpError::TimeExceeded },
        IcmpSoft { error: IcmpError::ParameterProblem },
        MtuReduced { mtu: 1400, mss: 1360 },
    ]
}

/// Every rule of TCP's and of a link's.
fn whys() -> Vec<Why> {
    let changed = |property, value| LinkRule::Changed { property, value };
    let link = [
        LinkRule::Loss { loss_ppm: 50_000 },
        LinkRule::BurstLoss { loss_ppm: 1_000_000, lasts: ms(12) },
        LinkRule::Unplugged,
        LinkRule::QueueFull { limit: QueueLimit::Packets(20) },
        LinkRule::CodelDropped { waited: ms(31), target: ms(5) },
        LinkRule::CodelMarked { waited: ms(31), target: ms(5) },
        LinkRule::QueueMarked { at: QueueLimit::Octets(9000) },
        LinkRule::RandomlyMarked { mark_ppm: 10_000 },
        LinkRule::TooLong { octets: 1500, mtu: 1280 },
        LinkRule::FragmentationNeeded { octets: 1500, mtu: 1280 },
        LinkRule::Fragmented { octets: 3820, mtu: 1420, fragments: 3 },
        LinkRule::FragmentLost { offset: 175, fragments: 3 },
        LinkRule::Duplicated { duplicate_ppm: 20_000 },
        LinkRule::HeldBack { reorder_ppm: 10_000, by: ms(15) },
        LinkRule::Jitter { by: ms(3), up_to: ms(20) },
        LinkRule::BitFlipped { corrupt_ppm: 1000, bit: 328 },
        changed(PropertyKind::Up, Some(0)),
        changed(PropertyKind::Up, Some(1)),
        changed(PropertyKind::Delay, Some(80_000)),
        changed(PropertyKind::Loss, Some(20_000)),
        changed(PropertyKind::Rate, Some(1_000_000)),
        LinkRule::NoRoute,
        LinkRule::DatagramDamaged,
        LinkRule::Dropped,
        LinkRule::Delayed { by: ms(40) },
        LinkRule::DuplicatedByHand { by: ms(10) },
        LinkRule::BitFlippedByHand { bit: 328 },
        LinkRule::HeldByHand { until: tcpscope_tcp::Instant::from_micros(400_000) },
        LinkRule::Swapped,
    ];
    let checksum = |layer| Malformed::Checksum { layer, found: 1, computed: 2 };
    let octets = [checksum(Layer::Ipv4), checksum(Layer::Tcp), Malformed::NotIpv4 { version: 5 }];
    let of_links = link.map(Why::Link).into_iter().chain(octets.map(Why::Octets));
    reasons()
        .into_iter()
        .map(Why::Tcp)
        .chain(of_links)
        .chain(HostRule::ALL.map(Why::Host))
        .collect()
}

#[test]
fn the_samples_miss_no_reason() {
    // The match in `rules/mod.rs` has no `_`: it names every reason.
    let named = include_str!("rules/mod.rs").split("Reason::").skip(1).map(first_word);
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
        AppCall, HostId, HostSetup, Limits, LinkChange, LinkProperty, LinkSetup, RecordKind, Setup,
        SocketSetup, Step, Timeline, Wait,
    };
    let host = |name: &str, address: &str| HostSetup {
        name: name.to_owned(),
        address: address.parse().expect("a sound literal"),
        config: tcpscope_tcp::Config::plain(),
        iss: None,
        script: vec![Step {
            wait: Wait::Nothing,
            call: AppCall::Open { active: name == "client" },
        }],
        further: Vec::new(),
        sockets: SocketSetup::default(),
    };
    let change = |at, from, toward: Option<u8>, to| LinkChange {
        at: tcpscope_tcp::Instant::from_micros(at),
        from: HostId(from),
        toward: toward.map(HostId),
        to,
    };
    let setup = |routers: &[&str], changes| Setup {
        seed: 1,
        hosts: vec![host("client", "192.0.2.1:1"), host("server", "192.0.2.2:2")],
        routers: routers.iter().map(|name| (*name).to_owned()).collect(),
        links: match routers.len() {
            0 => vec![(0, 1), (1, 0)],
            _ => vec![(0, 2), (2, 0), (2, 3), (3, 2), (3, 1), (1, 3)],
        }
        .into_iter()
        .map(|(from, to)| LinkSetup::new(HostId(from), HostId(to), ms(10)))
        .collect(),
        link_changes: changes,
        interventions: Vec::new(),
        acts: Vec::new(),
        limits: Limits::default(),
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
    tables.push(include_str!("texts/zh_cn.rs").to_owned());
    tables.push(include_str!("texts/zh_cn/companions.rs").to_owned());
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
    let han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    for why in whys() {
        let text = explain(Locale::ZhCn, &why, &CONTEXT);
        let characters: Vec<char> = text.chars().collect();
        for pair in characters.windows(2) {
            let [left, right] = *pair else { continue };
            let glued = (han(left) && right.is_ascii_alphanumeric())
                || (left.is_ascii_alphanumeric() && han(right));
            let half_width = han(left) && ",;:?!()".contains(right);
            assert!(!glued && !half_width, "{left}{right} in: {text}");
        }
        for triple in characters.windows(3) {
            let gap = han(triple[0]) && triple[1] == ' ' && han(triple[2]);
            assert!(!gap, "a gap in: {text}");
        }
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
