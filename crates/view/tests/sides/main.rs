//! The panels beside the ladder, with many hosts and connections.

mod nets;

use nets::*;
use tcpscope_sim::{
    AppCall, ConnectionId, HostId, Moment, RecordId, RecordKind, Timeline, Trace, Why,
};
use tcpscope_tcp::{Reason, State};
use tcpscope_view::{
    End, HighlightKind, Locale, Numbers, Pick, Programs, Progress, RibbonScale, SpanKind, Stream,
    connection_choices, ends, highlights, piece, pieces, programs, queues, receive_window,
    send_window, socket_text, tcb, timers,
};

fn records(trace: &Trace) -> impl Iterator<Item = RecordId> + '_ {
    trace.records().iter().map(|record| record.id)
}

/// Every so many records: enough to see all that there is.
fn some_records(trace: &Trace) -> impl Iterator<Item = RecordId> + '_ {
    records(trace).step_by(7)
}

fn listing(timeline: &Timeline, end: End<'_>, record: RecordId) -> Programs {
    let scripts: Vec<_> = timeline.setup().hosts[end.host().index()].scripts().collect();
    programs(end, &scripts, record, Locale::En)
}

#[test]
fn whatever_is_picked_there_are_two_panels() {
    let timeline = run(served());
    let trace = timeline.trace();
    let some = [None, Some(ConnectionId(0)), Some(ConnectionId(3)), Some(ConnectionId(999))];
    for record in records(trace).step_by(29) {
        for host in [0, 1, 3, 4, 200] {
            for connection in some {
                let picks = [Pick { host: HostId(host), connection }, Pick::of(HostId(0))];
                for end in ends(trace, picks, record) {
                    let moment = trace.moment_of(record);
                    let setup = &timeline.setup().hosts[end.host().index()];
                    let scale = RibbonScale::of(end, record);
                    let _ = (tcb(end, record, Locale::En, Numbers::Relative), timers(end, moment));
                    let _ = (send_window(end, record, &scale), receive_window(end, record, &scale));
                    let _ = (socket_text(end, setup, moment), queues(end, setup, record));
                    let _ = listing(&timeline, end, record);
                }
            }
        }
    }
}

#[test]
fn the_two_panels_show_both_ends_of_one_connection() {
    let timeline = run(served());
    let trace = timeline.trace();
    for (id, info) in (0..).map(ConnectionId).zip(trace.connections()) {
        if info.listens || info.host == HostId(0) {
            continue;
        }
        let picks = [Pick { host: info.host, connection: Some(id) }, Pick::of(HostId(0))];
        let last = RecordId(u32::try_from(trace.records().len() - 1).unwrap());
        let [client, server] = ends(trace, picks, last);
        let other = server.info(last).expect("the server's end");
        assert_eq!((other.local, other.remote), (info.remote, info.local));
        assert_eq!(client.peer(last), HostId(0));
        assert_eq!(server.peer(last), info.host);
        // And the other way round.
        let open = Pick { host: HostId(0), connection: server.connection(last) };
        let [back, _] = ends(trace, [Pick::of(info.host), open], last);
        assert_eq!(back.connection(last), Some(id));
    }
}

#[test]
fn a_connection_that_came_of_a_listener_has_been_in_listen() {
    let timeline = run(served());
    let trace = timeline.trace();
    let last = RecordId(u32::MAX);
    for (id, info) in (0..).map(ConnectionId).zip(trace.connections()) {
        let states: Vec<_> = End::on(trace, id).states(last).into_iter().map(|it| it.1).collect();
        assert!(states.windows(2).all(|pair| pair[0].may_become(pair[1])), "{info:?}: {states:?}");
        let passive = info.host == HostId(0);
        assert_eq!(states.contains(&State::Listen), passive, "{states:?}");
    }
}

#[test]
fn choices_are_of_the_host_and_have_begun() {
    let timeline = run(served());
    let trace = timeline.trace();
    for record in some_records(trace) {
        let (choices, left_out) = connection_choices(trace, HostId(3), record);
        assert_eq!(left_out, 0);
        for id in choices {
            let info = trace.connection(id);
            assert!(info.host == HostId(3) && info.since <= record);
        }
    }
}

#[test]
fn each_program_has_its_line_and_a_servers_is_blocked_in_accept() {
    let timeline = run(served());
    let trace = timeline.trace();
    let last = RecordId(u32::try_from(trace.records().len() - 1).unwrap());
    let server = listing(&timeline, End::of(trace, HostId(0)), last);
    assert_eq!(server.lines[1].progress, Progress::Blocked, "{server:?}");
    assert!(server.stands[0].starts_with("accept()"), "{server:?}");
    assert_eq!(server.lines.iter().map(|line| line.depth).collect::<Vec<_>>(), [0, 0, 1, 1, 1]);
    // Two programs, each with its own connection, and both come to their end.
    let two = listing(&timeline, End::of(trace, HostId(3)), last);
    assert_eq!(two.stands.len(), 2);
    assert!(two.lines.iter().all(|line| line.progress == Progress::Done), "{two:?}");
    assert!(two.lines[4].begins && !two.lines[0].begins);
    // While they run, each has at most one line that is lit.
    for record in some_records(trace) {
        let both = listing(&timeline, End::of(trace, HostId(3)), record);
        for lines in both.lines.chunks(4) {
            assert!(lines.iter().filter(|line| line.progress.is_present()).count() <= 1);
        }
    }
}

#[test]
fn what_a_server_does_for_one_connection_is_shown_with_it() {
    let timeline = run(served());
    let trace = timeline.trace();
    let last = RecordId(u32::try_from(trace.records().len() - 1).unwrap());
    let all = (0..).map(ConnectionId).zip(trace.connections());
    let mut asked = Vec::new();
    for (id, _) in all.filter(|(_, info)| info.host == HostId(0) && !info.listens) {
        let shown = listing(&timeline, End::on(trace, id), last);
        assert_eq!(shown.lines[3].value.as_deref(), Some("40000"));
        assert_eq!(shown.lines[4].value.as_deref(), Some("0"));
        asked.push(shown.lines[2].value.clone().expect("it was read"));
    }
    asked.sort();
    assert_eq!(asked, ["100", "200", "300", "4000"]);
}

#[test]
fn a_call_that_fails_returns_its_error() {
    let timeline = run(around_the_first(vec![
        host("client", "192.0.2.1:49152", ask(10)),
        host("server", "198.51.100.1:80", Vec::new()),
    ]));
    let trace = timeline.trace();
    let last = RecordId(u32::try_from(trace.records().len() - 1).unwrap());
    let shown = listing(&timeline, End::of(trace, HostId(0)), last);
    assert_eq!(shown.lines[0].value.as_deref(), Some("-1 ECONNREFUSED"), "{shown:?}");
    assert_eq!(shown.lines[0].progress, Progress::Refused);
    assert_eq!(shown.lines[1].progress, Progress::Skipped);
}

#[test]
fn the_queues_hold_no_more_than_they_may_and_tell_what_was_dropped() {
    for cookies in [false, true] {
        let timeline = run(crowded(cookies));
        let trace = timeline.trace();
        let setup = &timeline.setup().hosts[0];
        let (mut most_syn, mut most_ready) = (0, 0);
        for record in records(trace) {
            let Some(queues) = queues(End::of(trace, HostId(0)), setup, record) else { continue };
            assert_eq!((queues.syn.limit, queues.accept.limit), (2, 2));
            assert!(queues.syn.waiting.len() <= 2 && queues.accept.waiting.len() <= 2);
            most_syn = most_syn.max(queues.syn.waiting.len());
            most_ready = most_ready.max(queues.accept.waiting.len());
            for id in &queues.syn.waiting {
                assert_eq!(trace.status_of(*id, record).state, State::SynReceived);
            }
            let told = |is_such: fn(&Reason) -> bool| {
                let past = &trace.records()[..=record.index()];
                let whys = past.iter().flat_map(|past| trace.whys(past.id));
                let such = whys.filter(|why| matches!(why, Why::Tcp(reason) if is_such(reason)));
                u32::try_from(such.count()).unwrap()
            };
            let full = |reason: &Reason| matches!(reason, Reason::SynQueueFull { .. });
            assert_eq!(queues.syn.dropped, told(full));
            let full = |reason: &Reason| matches!(reason, Reason::AcceptQueueFull { .. });
            assert_eq!(queues.accept.dropped, told(full));
            let sent = |reason: &Reason| matches!(reason, Reason::SynCookieSent { .. });
            assert_eq!(queues.cookies, told(sent));
        }
        assert_eq!((most_syn, most_ready), (2, 2), "with cookies: {cookies}");
        let last = RecordId(u32::try_from(trace.records().len() - 1).unwrap());
        let end = queues(End::of(trace, HostId(0)), setup, last).expect("it listens still");
        assert!(end.accept.dropped > 0);
        assert_eq!(end.cookies > 0, cookies);
    }
}

#[test]
fn the_socket_reads_as_the_tool_prints_it() {
    let timeline = run(lossy());
    let trace = timeline.trace();
    let of = |host: u8, record| {
        let setup = &timeline.setup().hosts[usize::from(host)];
        let text = socket_text(End::of(trace, HostId(host)), setup, trace.moment_of(record));
        text.map_or_else(|| "none\n".to_owned(), |text| text.to_text())
    };
    let recovers = records(trace).find(|id| trace.status(HostId(0), *id).recover.is_some());
    let recovers = recovers.expect("something is lost");
    let opens = records(trace).find(|id| trace.status(HostId(0), *id).state == State::SynSent);
    let waits = records(trace).find(|id| trace.status(HostId(0), *id).state == State::TimeWait);
    let mut all = String::new();
    for (name, host, record) in [
        ("SYN-SENT", 0, RecordId(opens.expect("it opens").0 + 1)),
        ("recovery, sender", 0, RecordId(recovers.0 + 40)),
        ("recovery, receiver", 1, RecordId(recovers.0 + 40)),
        ("TIME-WAIT", 0, waits.unwrap_or(RecordId(0))),
        ("at the end", 0, RecordId(u32::try_from(trace.records().len() - 1).unwrap())),
    ] {
        all.push_str(&format!("# {name}\n{}\n", of(host, record)));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_socket_counts_what_its_segments_carried() {
    let timeline = run(lossy());
    let trace = timeline.trace();
    let setup = &timeline.setup().hosts[0];
    let value = |info: &[String], name: &str| {
        let item = info.iter().find_map(|item| item.strip_prefix(name));
        item.map_or(0, |text| text.parse::<u64>().expect("a number"))
    };
    for record in some_records(trace) {
        let end = End::of(trace, HostId(0));
        let Some(text) = socket_text(end, setup, trace.moment_of(record)) else { continue };
        let status = end.status(record);
        assert_eq!(text.send_q, u64::from(status.flight + status.unsent));
        if text.info.is_empty() {
            continue;
        }
        let sent = trace
            .packets()
            .iter()
            .filter(|packet| packet.sent_by <= record && packet.id.from == HostId(0));
        let (mut segments, mut octets) = (0, 0);
        for packet in sent {
            segments += 1;
            octets += u64::from(packet.segment.text_len());
        }
        assert_eq!(value(&text.info, "segs_out:"), segments);
        assert_eq!(value(&text.info, "bytes_sent:"), octets);
        let acked = value(&text.info, "bytes_acked:") + value(&text.info, "bytes_retrans:");
        assert!(acked <= octets, "{text:?}");
    }
}

/// Every ribbon of a run.
fn for_each_ribbon(
    trace: &Trace,
    mut check: impl FnMut(End<'_>, RecordId, Stream, &tcpscope_view::Ribbon),
) {
    for host in [HostId(0), HostId(1)] {
        let end = End::of(trace, host);
        for record in some_records(trace) {
            let scale = RibbonScale::of(end, record);
            check(end, record, Stream::Sent, &send_window(end, record, &scale));
            check(end, record, Stream::Received, &receive_window(end, record, &scale));
        }
    }
}

#[test]
fn pieces_cover_a_ribbon_without_gaps_and_each_was_carried_whole() {
    let timeline = run(lossy());
    let trace = timeline.trace();
    let mut kinds = Vec::new();
    for_each_ribbon(trace, |end, record, stream, ribbon| {
        let starts = pieces(end, record, stream, ribbon);
        let mut at = ribbon.spans.first().map(|span| span.start);
        for start in starts {
            assert_eq!(Some(start), at, "{record:?}");
            let Some(found) = piece(end, record, stream, ribbon, start) else { continue };
            if !kinds.contains(&found.kind) {
                kinds.push(found.kind);
            }
            if found.kind == SpanKind::Queued {
                at = ribbon.spans.iter().map(|span| span.end).find(|end| end.after(start));
                continue;
            }
            assert_eq!(found.start, start);
            at = Some(found.end);
            for carrier in &found.carriers {
                let segment = &trace.packet(*carrier).segment;
                let within = start.distance_from(segment.seq);
                assert!(within + found.end.distance_from(start) <= segment.len(), "{found:?}");
            }
        }
    });
    for kind in [SpanKind::InFlight, SpanKind::Sacked, SpanKind::Lost, SpanKind::Resent] {
        assert!(kinds.contains(&kind), "{kind:?} is not seen: {kinds:?}");
    }
    for kind in [SpanKind::OutOfOrder, SpanKind::Missing] {
        assert!(kinds.contains(&kind), "{kind:?} is not seen: {kinds:?}");
    }
}

#[test]
fn a_segment_shows_in_all_four_ribbons() {
    let timeline = run(lossy());
    let trace = timeline.trace();
    let index = trace
        .packets()
        .iter()
        .position(|packet| packet.id.from == HostId(1) && packet.segment.text_len() > 0);
    let packet = tcpscope_sim::PacketIndex(u32::try_from(index.expect("an answer")).unwrap());
    let record = trace.packet(packet).sent_by;
    let mut shown = Vec::new();
    for host in [HostId(0), HostId(1)] {
        let end = End::of(trace, host);
        let scale = RibbonScale::of(end, record);
        let sent = send_window(end, record, &scale);
        let received = receive_window(end, record, &scale);
        for (stream, ribbon) in [(Stream::Sent, &sent), (Stream::Received, &received)] {
            let found = highlights(end, record, stream, ribbon, packet);
            shown.extend(found.iter().map(|it| (host.0, stream, it.kind)));
        }
    }
    let (carries, acks) = (HighlightKind::Carries, HighlightKind::Acknowledges);
    for wanted in [
        (0, Stream::Sent, acks),
        (0, Stream::Received, carries),
        (1, Stream::Sent, carries),
        (1, Stream::Received, acks),
    ] {
        assert!(shown.contains(&wanted), "{wanted:?} is not among {shown:?}");
    }
}

#[test]
fn a_moment_without_a_record_has_panels_too() {
    let mut setup = served();
    setup.limits.records = 0;
    let timeline = run(setup);
    let trace = timeline.trace();
    let [left, right] = ends(trace, [0, 1].map(|host| Pick::of(HostId(host))), RecordId(0));
    for end in [left, right] {
        let setup = &timeline.setup().hosts[end.host().index()];
        assert_eq!(socket_text(end, setup, Moment::START), None);
        assert_eq!(queues(end, setup, RecordId(0)), None);
        assert_eq!(listing(&timeline, end, RecordId(0)).lines[0].progress, Progress::Waiting);
    }
    let calls = timeline.setup().hosts[0].script.iter().map(|step| &step.call);
    assert!(calls.into_iter().any(|call| matches!(call, AppCall::Listen { .. })));
    assert!(!trace.records().iter().any(|it| matches!(it.kind, RecordKind::Call { .. })));
}
