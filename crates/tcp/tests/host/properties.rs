//! Whatever is called and whatever arrives, in any order.

use std::net::{Ipv4Addr, SocketAddrV4};

use bytes::Bytes;
use proptest::prelude::*;
use tcpscope_tcp::{
    Config, Duration, Effect, Fd, Flags, Host, HostConfig, HostEvent, IcmpError, Instant, Item,
    Options, Outbox, Outgoing, Party, SackBlocks, Segment, SeqNumber, Shutdown, SocketOption,
    State, Timestamps,
};

use crate::world::{HERE, IRS, ISS, THERE};

/// Something that happens to a host. Descriptors and ports are few, so that they meet.
#[derive(Clone, Debug)]
enum Event {
    Socket,
    Bind(u32, u16),
    Listen(u32, u32),
    Accept(u32),
    Connect(u32, SocketAddrV4),
    Send(u32, usize, bool),
    Recv(u32, u32, bool),
    Shutdown(u32, Shutdown),
    Close(u32),
    Abort(u32),
    SoError(u32),
    Set(u32, SocketOption),
    Arrives(SocketAddrV4, u16, Segment),
    Icmp(IcmpError, SocketAddrV4, u16, u32),
    Advance(u64),
}

fn fd() -> impl Strategy<Value = u32> {
    3_u32..9
}

fn port() -> impl Strategy<Value = u16> {
    80_u16..83
}

fn peer() -> impl Strategy<Value = SocketAddrV4> {
    prop_oneof![
        20 => (0_u16..3).prop_map(|port| SocketAddrV4::new(THERE, 4000 + port)),
        1 => Just(SocketAddrV4::new(Ipv4Addr::BROADCAST, 4000)),
    ]
}

/// A segment whose numbers are about right.
fn segment() -> impl Strategy<Value = Segment> {
    let flags = prop_oneof![
        4 => Just(Flags::SYN),
        6 => Just(Flags::empty()),
        2 => Just(Flags::FIN),
        1 => Just(Flags::RST),
        1 => any::<u8>().prop_map(Flags::from_bits_truncate),
    ];
    let near = prop_oneof![3 => 0_u32..3, 2 => 0_u32..3000, 1 => any::<u32>()];
    let ack = prop::option::weighted(0.7, near.clone());
    let options = (prop::option::of(any::<u16>()), prop::option::of(0_u8..16), any::<bool>());
    let stamps = prop::option::of((any::<u32>(), any::<u32>()));
    let sack = prop::option::of((0_u32..4000, 0_u32..4000));
    let wnd = prop_oneof![Just(0), Just(8000), any::<u16>()];
    (flags, near, ack, options, stamps, sack, wnd, 0_usize..3000).prop_map(
        |(flags, seq, ack, (mss, window_scale, sack_permitted), stamps, sack, wnd, text)| {
            let mut blocks = SackBlocks::NONE;
            if let Some((left, right)) = sack {
                blocks.push(SeqNumber::new(ISS) + left, SeqNumber::new(ISS) + right);
            }
            let timestamps = stamps.map(|(value, echo)| Timestamps { value, echo });
            let options = Options {
                mss,
                window_scale,
                sack_permitted,
                timestamps,
                sack: blocks,
                ..Options::NONE
            };
            Segment {
                seq: SeqNumber::new(IRS) + seq,
                ack: ack.map(|ack| SeqNumber::new(ISS) + ack),
                flags,
                wnd,
                options,
                payload: Bytes::from(vec![1; text.saturating_sub(1500)]),
                ..Segment::default()
            }
        },
    )
}

fn option() -> impl Strategy<Value = SocketOption> {
    let time = prop_oneof![Just(0), 1_u64..20].prop_map(Duration::from_secs);
    prop_oneof![
        any::<bool>().prop_map(SocketOption::ReuseAddr),
        (0_u32..100_000).prop_map(SocketOption::ReceiveBuffer),
        (0_u32..100_000).prop_map(SocketOption::SendBuffer),
        any::<bool>().prop_map(SocketOption::KeepAlive),
        prop::option::of(time.clone()).prop_map(SocketOption::Linger),
        any::<bool>().prop_map(SocketOption::NoDelay),
        (0_u16..2000).prop_map(SocketOption::MaxSeg),
        prop::option::of(time.clone()).prop_map(SocketOption::UserTimeout),
        time.clone().prop_map(SocketOption::KeepIdle),
        time.prop_map(SocketOption::KeepInterval),
        (0_u32..4).prop_map(SocketOption::KeepCount),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let how = prop_oneof![Just(Shutdown::Read), Just(Shutdown::Write), Just(Shutdown::Both)];
    let icmp = prop_oneof![
        Just(IcmpError::HostUnreachable),
        Just(IcmpError::PortUnreachable),
        Just(IcmpError::SourceQuench),
        any::<u16>().prop_map(|mtu| IcmpError::FragmentationNeeded { mtu }),
    ];
    prop_oneof![
        3 => Just(Event::Socket),
        2 => (fd(), port()).prop_map(|(fd, port)| Event::Bind(fd, port)),
        2 => (fd(), 0_u32..3).prop_map(|(fd, backlog)| Event::Listen(fd, backlog)),
        2 => fd().prop_map(Event::Accept),
        3 => (fd(), peer()).prop_map(|(fd, to)| Event::Connect(fd, to)),
        4 => (fd(), 0_usize..5000, any::<bool>()).prop_map(|(fd, n, push)| Event::Send(fd, n, push)),
        2 => (fd(), 0_u32..3000, any::<bool>()).prop_map(|(fd, n, peek)| Event::Recv(fd, n, peek)),
        1 => (fd(), how).prop_map(|(fd, how)| Event::Shutdown(fd, how)),
        1 => fd().prop_map(Event::Close),
        1 => fd().prop_map(Event::Abort),
        1 => fd().prop_map(Event::SoError),
        2 => (fd(), option()).prop_map(|(fd, option)| Event::Set(fd, option)),
        20 => (peer(), port(), segment()).prop_map(|(from, port, it)| Event::Arrives(from, port, it)),
        1 => (icmp, peer(), port(), 0_u32..3).prop_map(|(e, to, port, seq)| Event::Icmp(e, to, port, seq)),
        3 => prop_oneof![0_u64..1000, 0_u64..100_000_000].prop_map(Event::Advance),
    ]
}

/// A host, and all that it sent and said.
struct Run {
    host: Host,
    now: Instant,
    out: Outbox,
    answers: Vec<String>,
    /// The packets of a full account.
    recorded: Vec<Outgoing>,
}

/// How much is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    Rules,
    Everything,
}

impl Run {
    fn new(told: Told, config: Config) -> Self {
        let config = HostConfig {
            iss: Some(SeqNumber::new(ISS)),
            syn_queue: 2,
            connection: config,
            ..HostConfig::default()
        };
        let out = match told {
            Told::Nothing => Outbox::unobserved(),
            Told::Rules => Outbox::observed(),
            Told::Everything => Outbox::recorded(),
        };
        let (host, now) = (Host::new(config), Instant::ZERO);
        Self { host, now, out, answers: Vec::new(), recorded: Vec::new() }
    }

    /// Takes what a full account says. What it says last of a connection's variables is what they
    /// are, unless the user has read or set something since.
    fn look_through_account(&mut self) {
        let mut account = self.out.take_account();
        let mut last = Vec::new();
        account.go_through(|Item { about, effect, variables, .. }| {
            match effect {
                Effect::Transmit { segment, retransmission } => self.recorded.push(Outgoing {
                    at: self.now,
                    source: about.local,
                    destination: about.remote,
                    segment,
                    retransmission,
                }),
                Effect::Enter { to, .. } => assert_eq!(variables.state, to),
                Effect::SetTimer { timer, at } => assert_eq!(variables.timer(timer), Some(at)),
                Effect::StopTimer { timer } => assert_eq!(variables.timer(timer), None),
                Effect::Decide | Effect::Deliver { .. } | Effect::Notify(_) => {}
            }
            if let Party::Connection { key, .. } = about.party {
                last.push((key, *variables));
            }
        });
        for (place, (key, told)) in last.iter().enumerate() {
            let is_last = last[place + 1..].iter().all(|(other, _)| other != key);
            if let Some(connection) = self.host.connection(*key).filter(|_| is_last) {
                let is = connection.status();
                assert_eq!(
                    (is.state, is.snd_nxt, is.rcv_nxt),
                    (told.state, told.snd_nxt, told.rcv_nxt)
                );
                assert_eq!(is.timers, told.timers);
            }
        }
        self.out.reuse(account);
    }

    fn happens(&mut self, event: &Event) {
        let Self { host, now, out, .. } = self;
        let (now, fd) = (*now, Fd::new);
        let answer = match event.clone() {
            Event::Socket => format!("{:?}", host.socket()),
            Event::Bind(n, port) => format!("{:?}", host.bind(fd(n), port)),
            Event::Listen(n, backlog) => format!("{:?}", host.listen(fd(n), backlog)),
            Event::Accept(n) => format!("{:?}", host.accept(fd(n))),
            Event::Connect(n, to) => format!("{:?}", host.connect(now, fd(n), to, out)),
            Event::Send(n, octets, push) => {
                format!("{:?}", host.send(now, fd(n), vec![7; octets].into(), push, out))
            }
            Event::Recv(n, max, peek) => format!("{:?}", host.recv(now, fd(n), max, peek, out)),
            Event::Shutdown(n, how) => format!("{:?}", host.shutdown(now, fd(n), how, out)),
            Event::Close(n) => format!("{:?}", host.close(now, fd(n), out)),
            Event::Abort(n) => format!("{:?}", host.abort(now, fd(n), out)),
            Event::SoError(n) => format!("{:?}", host.so_error(fd(n))),
            Event::Set(n, option) => format!("{:?}", host.set_option(now, fd(n), option, out)),
            Event::Arrives(from, port, segment) => {
                host.arrives(now, from, SocketAddrV4::new(HERE, port), segment, out);
                String::new()
            }
            Event::Icmp(error, remote, port, seq) => {
                let seq = SeqNumber::new(ISS) + seq;
                host.icmp(now, error, SocketAddrV4::new(HERE, port), remote, seq, out);
                String::new()
            }
            Event::Advance(micros) => {
                self.advance(Duration::from_micros(micros));
                String::new()
            }
        };
        self.answers.push(answer);
        self.look_through_account();
    }

    /// Steps from one timer to the next; none may be set for the past.
    fn advance(&mut self, span: Duration) {
        let to = self.now + span;
        while let Some(at) = self.host.next_timeout().filter(|at| *at <= to) {
            assert!(at >= self.now, "a timer ran out before now");
            self.now = at;
            self.host.run_timers(at, &mut self.out);
            self.look_through_account();
            assert!(self.host.next_timeout().is_none_or(|next| next > at));
        }
        self.now = to;
    }

    fn close_all(&mut self) {
        for fd in 0..10_000 {
            let _ = self.host.close(self.now, Fd::new(fd), &mut self.out);
            self.look_through_account();
        }
    }
}

fn run(
    told: Told,
    config: &Config,
    events: &[Event],
) -> (Vec<Outgoing>, Vec<String>, Vec<HostEvent>) {
    let mut run = Run::new(told, config.clone());
    for event in events {
        run.happens(event);
        for one in run.host.connections() {
            assert_ne!(one.state, State::Closed);
            assert!(
                one.fd.is_none_or(|fd| run.host.status(fd).is_ok_and(|s| s.state == one.state))
            );
        }
    }
    // Whatever the peer does or does not, every connection ends once nobody holds it.
    run.close_all();
    run.advance(Duration::from_secs(7200));
    assert_eq!(run.host.connections(), []);
    assert_eq!(run.host.next_timeout(), None);
    for packet in &run.out.packets {
        assert_eq!(*packet.source.ip(), HERE);
    }
    let packets = if told == Told::Everything { run.recorded } else { run.out.packets };
    (packets, run.answers, run.out.events)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn the_same_events_give_the_same_run_observed_or_not(
        events in prop::collection::vec(event(), 1..60),
        modern in any::<bool>(),
    ) {
        let config = if modern { Config::default() } else { Config::plain() };
        let (packets, answers, explained) = run(Told::Rules, &config, &events);
        let again = run(Told::Rules, &config, &events);
        prop_assert_eq!(again, (packets.clone(), answers.clone(), explained));
        let silent = (packets, answers, Vec::new());
        prop_assert_eq!(&run(Told::Nothing, &config, &events), &silent);
        prop_assert_eq!(&run(Told::Everything, &config, &events), &silent);
    }
}
