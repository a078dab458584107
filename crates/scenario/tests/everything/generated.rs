//! Setups at random: all that a file can say, in whatever combination can be run.

use bytes::Bytes;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use tcpscope_sim::{
    Act, AppCall, Bursts, Codel, Connect, Deed, Flow, Forgery, HostId, HostSetup, Intervention,
    Jitter, Limits, LinkChange, LinkProperty, LinkSetup, Mtu, Number, PacketId, PacketKind,
    QueueLimit, Queueing, Reorder, Setup, SocketSetup, Step, Wait, Want,
};
use tcpscope_tcp::{
    Config, Duration, FastOpenCookie, Flags, Instant, Options, SackBlocks, SeqNumber, Shutdown,
    SocketOption, State, Timestamps,
};

/// A star of hosts around a router.
pub(crate) fn setup() -> impl Strategy<Value = Setup> {
    (2_u8..5).prop_flat_map(|hosts| {
        let places = hosts + 1;
        let links: Vec<_> = (0..hosts)
            .flat_map(|host| [(HostId(host), HostId(hosts)), (HostId(hosts), HostId(host))])
            .map(|(from, to)| link(from, to))
            .collect();
        let everyone: Vec<_> = (0..hosts).map(|id| host(id, hosts)).collect();
        let changes = vec(change(hosts), 0..4);
        let done = (vec(intervention(hosts), 0..4), vec(act(hosts), 0..4));
        (any::<u64>(), everyone, links, changes, done, (1_usize..1000, any::<u64>())).prop_map(
            move |(seed, mut everyone, links, link_changes, done, (records, until))| {
                let (interventions, mut acts) = done;
                acts.sort_by_key(|act: &Act| act.at);
                if everyone.iter().all(|host| host.script.is_empty()) && acts.is_empty() {
                    let call = AppCall::Open { active: true };
                    everyone[0].script.push(Step { wait: Wait::Nothing, call });
                }
                Setup {
                    seed,
                    hosts: everyone,
                    routers: (hosts..places).map(|router| format!("r{router}")).collect(),
                    links,
                    link_changes,
                    interventions,
                    acts,
                    limits: Limits { records, until: Instant::from_micros(until) },
                }
            },
        )
    })
}

fn host(id: u8, hosts: u8) -> impl Strategy<Value = HostSetup> {
    let sockets = (1_u16..=u16::MAX, any::<u16>(), any::<u32>(), any::<bool>()).prop_map(
        |(first, more, syn_queue, syn_cookies)| SocketSetup {
            ephemeral_ports: (first, first.saturating_add(more)),
            syn_queue,
            syn_cookies,
        },
    );
    let scripts = vec(vec(lines(id, hosts), 0..4), 0..4);
    (of(any::<u32>()), any::<bool>(), sockets, scripts).prop_map(
        move |(iss, modern, sockets, scripts)| {
            let (mut script, mut further) = (Vec::new(), Vec::new());
            for (nth, lines) in scripts.into_iter().enumerate() {
                if nth > 0 {
                    further.push(script.len());
                }
                script.extend(lines.into_iter().flatten());
            }
            HostSetup {
                name: format!("h{id}"),
                address: format!("192.0.2.{}:{}", id + 1, 80 + u16::from(id))
                    .parse()
                    .expect("a socket"),
                config: if modern { Config::default() } else { Config::plain() },
                iss: iss.map(SeqNumber::new),
                script,
                further,
                sockets,
            }
        },
    )
}

/// A line, and those that it begins.
fn lines(id: u8, hosts: u8) -> impl Strategy<Value = Vec<Step>> {
    let line = (wait(), call(id, hosts)).prop_map(|(wait, call)| vec![Step { wait, call }]);
    line.prop_recursive(3, 12, 3, |inner| {
        (wait(), of(1_u32..20), vec(inner, 1..4)).prop_map(|(wait, times, inner)| {
            let inner: Vec<_> = inner.into_iter().flatten().collect();
            let lines = inner.len();
            let call = match times {
                Some(times) => AppCall::Repeat { times, lines },
                None => AppCall::Serve { lines },
            };
            core::iter::once(Step { wait, call }).chain(inner).collect()
        })
    })
}

fn wait() -> impl Strategy<Value = Wait> {
    prop_oneof![
        Just(Wait::Nothing),
        any::<u64>().prop_map(|us| Wait::Until(Instant::from_micros(us))),
        any::<u64>().prop_map(|us| Wait::For(Duration::from_micros(us))),
        Just(Wait::Connected),
        Just(Wait::PeerClosed),
        Just(Wait::Acknowledged),
        any::<u32>().prop_map(Wait::Readable),
        prop::sample::select(State::ALL.to_vec()).prop_map(Wait::State),
    ]
}

fn data(least: usize) -> impl Strategy<Value = Bytes> {
    prop_oneof![
        vec(any::<u8>(), least..8).prop_map(Bytes::from),
        "[ -~握手\n]{1,9}".prop_map(|text: String| Bytes::from(text)),
        Just(Bytes::from_static(b"octets from 0000000\noctets from")),
    ]
}

/// What one line calls. Lines may be repeated many times: none sends much.
fn call(id: u8, hosts: u8) -> impl Strategy<Value = AppCall> {
    let to = move || of((0..hosts).prop_map(HostId).prop_filter("another", move |to| to.0 != id));
    let us = || any::<u64>().prop_map(Duration::from_micros);
    let port = || of(1_u16..);
    let talk = prop_oneof![
        any::<bool>().prop_map(|active| AppCall::Open { active }),
        data(1).prop_map(AppCall::Send),
        (1_u64..10_000_000).prop_map(|octets| AppCall::Receive(Want::Octets(octets))),
        Just(AppCall::Receive(Want::All)),
        (1_u64..9).prop_map(|octets| AppCall::Generate { octets }),
        (1_u64..9, us()).prop_map(|(octets, every)| AppCall::Type { octets, every }),
        (to(), port(), 0_u32..9).prop_map(|(to, port, octets)| AppCall::SendTo {
            to,
            port,
            octets
        }),
        forgery(hosts).prop_map(|forged| AppCall::Forge(Box::new(forged))),
    ];
    let sockets = prop_oneof![
        (to(), port(), of(data(0))).prop_map(|(to, port, early)| AppCall::Connect(Connect {
            to,
            port,
            early
        })),
        any::<u16>().prop_map(|port| AppCall::Bind { port }),
        any::<u32>().prop_map(|backlog| AppCall::Listen { backlog }),
        option().prop_map(AppCall::Set),
        prop::sample::select(vec![
            AppCall::Close,
            AppCall::Abort,
            AppCall::Accept,
            AppCall::Shutdown(Shutdown::Read),
            AppCall::Shutdown(Shutdown::Write),
            AppCall::Shutdown(Shutdown::Both),
            AppCall::Release,
            AppCall::Exit,
            AppCall::Nothing,
        ]),
    ];
    prop_oneof![talk, sockets]
}

fn option() -> impl Strategy<Value = SocketOption> {
    let us = || any::<u64>().prop_map(Duration::from_micros);
    prop_oneof![
        any::<bool>().prop_map(SocketOption::ReuseAddr),
        any::<u32>().prop_map(SocketOption::ReceiveBuffer),
        any::<u32>().prop_map(SocketOption::SendBuffer),
        any::<bool>().prop_map(SocketOption::KeepAlive),
        of(us()).prop_map(SocketOption::Linger),
        any::<bool>().prop_map(SocketOption::NoDelay),
        any::<u16>().prop_map(SocketOption::MaxSeg),
        of(us()).prop_map(SocketOption::UserTimeout),
        us().prop_map(SocketOption::KeepIdle),
        us().prop_map(SocketOption::KeepInterval),
        any::<u32>().prop_map(SocketOption::KeepCount),
    ]
}

pub(crate) fn forgery(hosts: u8) -> impl Strategy<Value = Forgery> {
    let number = move || {
        prop_oneof![
            any::<u32>().prop_map(|number| Number::Given(SeqNumber::new(number))),
            (0..hosts, any::<u32>()).prop_map(|(of, more)| Number::NextOf(HostId(of), more)),
            (0..hosts, any::<u32>()).prop_map(|(of, more)| Number::ExpectedBy(HostId(of), more)),
        ]
    };
    let socket = move || {
        (0_u8..6, 78_u16..90).prop_map(|(host, port)| {
            format!("192.0.2.{}:{port}", host + 1).parse().expect("an address")
        })
    };
    let header = (any::<u8>(), any::<u16>(), any::<u16>(), any::<bool>());
    (socket(), socket(), (number(), of(number())), header, options(), data(0)).prop_map(
        |(source, destination, (seq, ack), (flags, wnd, urg, spread), options, payload)| Forgery {
            source,
            spread,
            destination,
            seq,
            ack,
            flags: Flags::from_bits_truncate(flags),
            wnd,
            urg,
            options,
            payload,
        },
    )
}

/// Options that fit into a header together.
fn options() -> impl Strategy<Value = Options> {
    let sack = vec((any::<u32>(), any::<u32>()), 0..=4).prop_map(|blocks| {
        let mut sack = SackBlocks::NONE;
        for (left, right) in blocks {
            sack.push(SeqNumber::new(left), SeqNumber::new(right));
        }
        Options { sack, ..Options::NONE }
    });
    let stamps = of((any::<u32>(), any::<u32>()));
    let others = (of(any::<u16>()), of(any::<u8>()), any::<bool>(), stamps, of(any::<[u8; 6]>()));
    let others = others.prop_map(|(mss, window_scale, sack_permitted, stamps, cookie)| Options {
        mss,
        window_scale,
        sack_permitted,
        timestamps: stamps.map(|(value, echo)| Timestamps { value, echo }),
        fast_open: cookie.and_then(|octets| FastOpenCookie::new(&octets)),
        ..Options::NONE
    });
    let request = Options { fast_open: Some(FastOpenCookie::REQUEST), ..Options::NONE };
    prop_oneof![sack, others, Just(request)]
}

fn link(from: HostId, to: HostId) -> impl Strategy<Value = LinkSetup> {
    (any::<u64>(), vec(property(), 0..4)).prop_map(move |(delay, properties)| {
        let mut link = LinkSetup::new(from, to, Duration::from_micros(delay));
        for property in properties {
            property.apply(&mut link);
        }
        link
    })
}

/// A change of a link between a host and the router.
fn change(hosts: u8) -> impl Strategy<Value = LinkChange> {
    let toward = of(Just(HostId(hosts)));
    (any::<u64>(), 0..hosts, toward, property()).prop_map(|(at, from, toward, to)| LinkChange {
        at: Instant::from_micros(at),
        from: HostId(from),
        toward,
        to,
    })
}

fn property() -> impl Strategy<Value = LinkProperty> {
    let us = || any::<u64>().prop_map(Duration::from_micros);
    let ppm = || 0..=1_000_000_u32;
    let limit = || {
        of(prop_oneof![
            any::<u32>().prop_map(QueueLimit::Packets),
            any::<u32>().prop_map(QueueLimit::Octets),
        ])
    };
    let codel = of((us(), 1_u64.., any::<bool>()).prop_map(|(target, interval, ecn)| Codel {
        target,
        interval: Duration::from_micros(interval),
        ecn,
    }));
    let bursts = (1_u64.., 0..=500_000_u32, 0..=500_000_u32, ppm()).prop_map(
        |(slot, begin_ppm, end_ppm, loss_ppm)| Bursts {
            slot: Duration::from_micros(slot),
            begin_ppm,
            end_ppm,
            loss_ppm,
        },
    );
    let parts = prop_oneof![
        any::<bool>().prop_map(LinkProperty::Up),
        us().prop_map(LinkProperty::Delay),
        ppm().prop_map(LinkProperty::Loss),
        ppm().prop_map(LinkProperty::Duplicate),
        ppm().prop_map(LinkProperty::Corrupt),
        ppm().prop_map(LinkProperty::Mark),
        of(1_u64..1_000_000_000_000).prop_map(LinkProperty::Rate),
    ];
    let wholes = prop_oneof![
        of((us(), any::<bool>()).prop_map(|(up_to, overtaking)| Jitter { up_to, overtaking }))
            .prop_map(LinkProperty::Jitter),
        of(bursts).prop_map(LinkProperty::Bursts),
        of((ppm(), us()).prop_map(|(ppm, by)| Reorder { ppm, by })).prop_map(LinkProperty::Reorder),
        (limit(), limit(), codel).prop_map(|(limit, mark_at, codel)| {
            LinkProperty::Queue(Queueing { limit, mark_at, codel })
        }),
        of((68_u16.., any::<bool>()).prop_map(|(octets, fragments)| Mtu { octets, fragments }))
            .prop_map(LinkProperty::Mtu),
    ];
    prop_oneof![parts, wholes]
}

pub(crate) fn packet(hosts: u8) -> impl Strategy<Value = PacketId> {
    let host = move || (0..hosts).prop_map(HostId);
    let flow = (of(host()), of(host()), of(any::<u16>()), of(any::<u16>()), 0..u16::MAX).prop_map(
        |(posing_as, to, local_port, remote_port, before)| Flow {
            posing_as,
            to,
            local_port,
            remote_port,
            before,
        },
    );
    let kind = prop::sample::select(PacketKind::ALL.to_vec());
    (host(), flow, kind, any::<u32>(), any::<u32>(), 1_u32.., any::<u8>()).prop_map(
        |(from, flow, kind, seq, len, attempt, copy)| PacketId {
            from,
            flow,
            kind,
            seq,
            len,
            attempt,
            copy,
        },
    )
}

fn intervention(hosts: u8) -> impl Strategy<Value = Intervention> {
    let us = || any::<u64>().prop_map(Duration::from_micros);
    let packet = move || packet(hosts);
    prop_oneof![
        packet().prop_map(Intervention::Drop),
        (packet(), us()).prop_map(|(packet, by)| Intervention::Delay { packet, by }),
        (packet(), us()).prop_map(|(packet, by)| Intervention::Duplicate { packet, by }),
        (packet(), any::<u32>()).prop_map(|(packet, bit)| Intervention::Corrupt { packet, bit }),
        (packet(), any::<u64>()).prop_map(|(packet, until)| Intervention::Hold {
            packet,
            until: Instant::from_micros(until),
        }),
        (packet(), packet()).prop_map(|(packet, with)| Intervention::Swap { packet, with }),
    ]
}

pub(crate) fn act(hosts: u8) -> impl Strategy<Value = Act> {
    (any::<u64>(), 0..hosts).prop_flat_map(move |(at, host)| {
        let deed = prop_oneof![
            Just(Deed::Crash),
            any::<bool>().prop_map(|scripts| Deed::Restart { scripts }),
            any::<bool>().prop_map(|halted| Deed::Halt { halted }),
            call(host, hosts).prop_map(Deed::Call),
            forgery(hosts).prop_map(|forged| Deed::Forge(Box::new(forged))),
            packet(hosts).prop_map(Deed::Replay),
        ];
        let (at, host) = (Instant::from_micros(at), HostId(host));
        deed.prop_map(move |deed| Act { at, host, deed })
    })
}
