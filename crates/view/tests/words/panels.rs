//! The tables of a moment: variables, timers, program, headers.

use tcpscope_sim::{Moment, RecordKind};
use tcpscope_tcp::{Instant, State, Timer};
use tcpscope_view::{
    End, LayerKind, Locale, Numbers, Progress, ScriptLine, Sight, TcbRow, narrate, packet_view,
    programs, segment_label, tcb, timers,
};

use super::{CLIENT, SCENARIOS, SERVER, first, records, run};

/// The lines of a host's programs.
fn script(
    timeline: &tcpscope_sim::Timeline,
    host: tcpscope_sim::HostId,
    record: tcpscope_sim::RecordId,
    locale: Locale,
) -> Vec<ScriptLine> {
    let scripts: Vec<_> = timeline.setup().hosts[host.index()].scripts().collect();
    programs(End::of(timeline.trace(), host), &scripts, record, locale).lines
}

fn variable(rows: &[TcbRow], name: &str) -> TcbRow {
    rows.iter().find(|row| row.name == name).expect("such a variable").clone()
}

#[test]
fn variables_appear_when_they_come_to_exist_and_go_with_the_tcb() {
    let timeline = run("three-way-handshake");
    let trace = timeline.trace();
    let values = |record, names: &[&str]| -> Vec<String> {
        let groups = tcb(End::of(trace, CLIENT), record, Locale::En, Numbers::Relative);
        let rows: Vec<_> = groups.into_iter().flat_map(|group| group.rows).collect();
        names.iter().map(|name| variable(&rows, name).value).collect()
    };
    let names = ["SND.UNA", "SND.NXT", "RCV.NXT", "SRTT", "ssthresh"];
    let enters = |state| {
        move |record: &tcpscope_sim::Record| {
            record.host == Some(CLIENT)
                && matches!(record.kind, RecordKind::Transition { to, .. } if to == state)
        }
    };
    let start = tcpscope_sim::RecordId(0);
    assert_eq!(values(start, &names), ["—", "—", "—", "—", "—"]);
    let sent = first(trace, |record| {
        record.host == Some(CLIENT) && matches!(record.kind, RecordKind::Transmit { .. })
    });
    assert_eq!(values(sent, &names), ["0", "1", "—", "—", "—"]);
    let established = first(trace, enters(State::Established));
    let shown = values(established, &names);
    assert_eq!(shown[..3], ["1", "1", "1"]);
    assert!(shown[3].ends_with(" ms"), "{shown:?}");
    assert_eq!(shown[4], "∞");
    let closed = first(trace, enters(State::Closed));
    assert_eq!(values(closed, &names), ["—", "—", "—", "—", "—"]);
}

#[test]
fn a_run_in_which_nothing_happens_has_panels_too() {
    let mut setup = run("three-way-handshake").setup().clone();
    setup.limits.records = 0;
    let timeline = tcpscope_sim::Timeline::new(setup).expect("a setup that can be run");
    let trace = timeline.trace();
    let Moment { record, .. } = Moment::START;
    assert_eq!(narrate(Locale::En, trace, record, Numbers::Relative), []);
    assert_eq!(tcb(End::of(trace, CLIENT), record, Locale::En, Numbers::Relative).len(), 7);
    assert_eq!(timers(End::of(trace, CLIENT), Moment::START), []);
    let lines = script(&timeline, CLIENT, record, Locale::En);
    assert_eq!(lines[0].progress, Progress::Waiting);
}

#[test]
fn what_a_step_changes_is_marked_in_all_of_its_records() {
    let timeline = run("three-way-handshake");
    let trace = timeline.trace();
    let arrival = first(trace, |record| {
        record.host == Some(CLIENT) && matches!(record.kind, RecordKind::Arrive { .. })
    });
    let last = trace.event_of(arrival).end - 1;
    for record in [trace.records()[last].id, arrival] {
        let groups = tcb(End::of(trace, CLIENT), record, Locale::En, Numbers::Relative);
        let rows: Vec<_> = groups.into_iter().flat_map(|group| group.rows).collect();
        let una = variable(&rows, "SND.UNA");
        assert_eq!((una.value.as_str(), una.before.as_deref()), ("1", Some("0")), "{record:?}");
        assert_eq!(variable(&rows, "ISS").before, None);
    }
}

#[test]
fn a_timer_runs_down_from_its_setting() {
    let timeline = run("four-way-close");
    let trace = timeline.trace();
    let set = first(trace, |record| {
        record.host == Some(CLIENT)
            && matches!(record.kind, RecordKind::Timer { timer: Timer::TimeWait, .. })
    });
    let began = trace.record(set).at;
    let rows = timers(End::of(trace, CLIENT), trace.moment_of(set));
    let [row] = rows[..] else { panic!("one timer, not {rows:?}") };
    assert_eq!((row.timer, row.set_by, row.set_at), (Timer::TimeWait, set, began));
    assert_eq!((row.elapsed_permille, row.remaining), (0, row.runs_out_at.since(began)));

    let quarter = Instant::from_micros(began.as_micros() + row.remaining.as_micros() / 4);
    let last = trace.at(quarter).record;
    let rows = timers(End::of(trace, CLIENT), Moment { at: quarter, record: last });
    let [later] = rows[..] else { panic!("one timer, not {rows:?}") };
    assert_eq!((later.set_by, later.elapsed_permille), (set, 250));
    assert_eq!(timers(End::of(trace, SERVER), Moment { at: quarter, record: last }), []);
}

#[test]
fn timers_agree_with_the_variables_at_every_record() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        for record in records(trace) {
            for host in [CLIENT, SERVER] {
                let status = trace.status(host, record);
                let rows = timers(End::of(trace, host), trace.moment_of(record));
                for timer in Timer::ALL {
                    let row = rows.iter().find(|row| row.timer == timer);
                    let at = row.map(|row| row.runs_out_at);
                    assert_eq!(at, status.timer(timer), "{id}: {record:?}, {timer:?}");
                    assert!(row.is_none_or(|row| row.elapsed_permille <= 1000));
                }
            }
        }
    }
}

#[test]
fn the_program_reads_as_code() {
    let timeline = run("three-way-handshake");
    let mut text = String::new();
    for locale in Locale::ALL {
        for host in [CLIENT, SERVER] {
            for line in script(&timeline, host, tcpscope_sim::RecordId(0), locale) {
                let comment = line.comment.map(|text| format!("  // {text}")).unwrap_or_default();
                text.push_str(&format!("{}{comment}\n", line.code));
            }
            text.push('\n');
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_program_goes_from_line_to_line() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        for host in [CLIENT, SERVER] {
            for record in records(trace) {
                let lines = script(&timeline, host, record, Locale::En);
                let present = lines.iter().position(|line| line.progress.is_present());
                let done = lines.iter().take_while(|line| line.progress == Progress::Done).count();
                assert_eq!(present.unwrap_or(lines.len()), done, "{id}: {record:?}");
                let after = lines.get(done + 1..).unwrap_or_default();
                assert!(after.iter().all(|line| line.progress == Progress::ToCome));
            }
            let last = records(trace).last().expect("records");
            let lines = script(&timeline, host, last, Locale::En);
            assert!(lines.iter().all(|line| line.progress == Progress::Done), "{id}: {lines:?}");
        }
    }
}

#[test]
fn a_packet_is_covered_by_its_layers_and_they_by_their_fields() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        for index in 0..trace.packets().len() {
            let packet = tcpscope_sim::PacketIndex(u32::try_from(index).expect("few packets"));
            let view =
                packet_view(trace, packet, Sight::default(), Locale::ZhCn, Numbers::Relative);
            let mut octet = 0;
            for layer in &view.layers {
                assert_eq!(layer.octets.start, octet);
                octet = layer.octets.end;
                let mut bit = 0;
                for field in &layer.fields {
                    assert_eq!(field.bits.start, bit);
                    bit = field.bits.end;
                    assert!(!field.value.is_empty() && !field.meaning.is_empty());
                    let octets = bit_octets(&field.bits, layer.octets.start);
                    assert_eq!(field.octets, octets);
                }
                assert_eq!(bit, layer.octets.len() * 8);
            }
            assert_eq!(octet, view.octets.len());
            let text = view.layers.iter().any(|layer| layer.kind == LayerKind::Payload);
            assert_eq!(text, trace.packet(packet).segment.text_len() > 0);
        }
    }
}

fn bit_octets(bits: &std::ops::Range<usize>, start: usize) -> std::ops::Range<usize> {
    start + bits.start / 8..start + bits.end.div_ceil(8)
}

#[test]
fn the_headers_of_the_handshake() {
    let timeline = run("three-way-handshake");
    let trace = timeline.trace();
    let mut text = String::new();
    for (packet, locale) in [(0, Locale::En), (1, Locale::ZhCn), (2, Locale::En)] {
        let packet = tcpscope_sim::PacketIndex(packet);
        let label = segment_label(trace, packet, Numbers::Relative, tcpscope_view::Detail::Long);
        text.push_str(&format!("{label}\n"));
        let view = packet_view(trace, packet, Sight::default(), locale, Numbers::Relative);
        for layer in &view.layers {
            text.push_str(&format!("  {} {:?}\n", layer.name, layer.octets));
            for field in &layer.fields {
                let changed = if field.changed { "*" } else { " " };
                let shown = field.relative.map(|shown| format!(" ({shown})")).unwrap_or_default();
                text.push_str(&format!(
                    "   {changed}{}: {}{shown} · {}\n",
                    field.name, field.value, field.meaning
                ));
            }
        }
    }
    insta::assert_snapshot!(text);
}
