//! The windows along a run.

use tcpscope_sim::{HostId, Trace};
use tcpscope_tcp::State;
use tcpscope_view::{End, MarkKind, Ribbon, RibbonScale, SpanKind, receive_window, send_window};

use super::{for_each_run, run};

const HOSTS: [HostId; 2] = [HostId(0), HostId(1)];

/// Every ribbon of a run, with the state that its host is in.
fn for_each_ribbon(trace: &Trace, mut check: impl FnMut(&Ribbon, State)) {
    for host in HOSTS {
        let scale = RibbonScale::new(trace, host);
        for record in trace.records() {
            let state = trace.status(host, record.id).state;
            check(&send_window(End::of(trace, host), record.id, &scale), state);
            check(&receive_window(End::of(trace, host), record.id, &scale), state);
        }
    }
}

#[test]
fn spans_are_adjacent_and_in_order_and_fill_the_ribbon() {
    for_each_run(|id, trace| {
        for_each_ribbon(trace, |ribbon, state| {
            for pair in ribbon.spans.windows(2) {
                assert_eq!(pair[0].end, pair[1].start, "{id}: {pair:?}");
                assert!((pair[0].x1 - pair[1].x0).abs() < 1e-9, "{id}: {pair:?}");
            }
            for span in &ribbon.spans {
                assert!(span.x0 < span.x1 && span.len > 0, "{id}: {span:?}");
                assert_eq!(span.end.distance_from(span.start), span.len, "{id}");
            }
            if let [first, .., last] = &ribbon.spans[..] {
                assert!(first.x0.abs() < 1e-9 && (last.x1 - 1.0).abs() < 1e-9, "{id}: {ribbon:?}");
            }
            let has_tcb = !matches!(state, State::Closed | State::Listen);
            assert!(has_tcb || *ribbon == Ribbon::default(), "{id}: {state} shows {ribbon:?}");
        });
    });
}

#[test]
fn the_send_ribbon_says_what_the_variables_say() {
    for_each_run(|id, trace| {
        for host in HOSTS {
            let scale = RibbonScale::new(trace, host);
            for record in trace.records() {
                let status = trace.status(host, record.id);
                let ribbon = send_window(End::of(trace, host), record.id, &scale);
                for span in &ribbon.spans {
                    match span.kind {
                        SpanKind::Acknowledged => assert_eq!(span.end, status.snd_una, "{id}"),
                        SpanKind::InFlight
                        | SpanKind::Sacked
                        | SpanKind::Lost
                        | SpanKind::Resent => {
                            let within = status.snd_nxt.distance_from(status.snd_una);
                            assert!(span.start.distance_from(status.snd_una) < within, "{id}");
                            assert!(span.end.distance_from(status.snd_una) <= within, "{id}");
                        }
                        SpanKind::Usable => {
                            assert_eq!(span.end, status.snd_una + status.snd_wnd, "{id}");
                        }
                        other => assert_eq!(other, SpanKind::NotAllowed, "{id}"),
                    }
                }
                for mark in &ribbon.marks {
                    let value = match mark.kind {
                        MarkKind::SndUna => status.snd_una,
                        MarkKind::SndNxt => status.snd_nxt,
                        MarkKind::SndLimit => status.snd_una + status.snd_wnd,
                        MarkKind::Cwnd => status.snd_una + status.cwnd,
                        MarkKind::RcvNxt | MarkKind::RcvLimit => panic!("{id}: {mark:?}"),
                    };
                    assert_eq!(mark.seq, value, "{id}");
                }
            }
        }
    });
}

#[test]
fn the_scale_stays_while_the_window_slides() {
    let timeline = run("sliding-window");
    let trace = timeline.trace();
    for host in HOSTS {
        let scale = RibbonScale::new(trace, host);
        let mut pixels_an_octet: Option<f64> = None;
        for record in trace.records() {
            let ribbon = send_window(End::of(trace, host), record.id, &scale);
            for span in ribbon.spans.iter().filter(|span| !span.comes_on && !span.goes_on) {
                let this = (span.x1 - span.x0) / f64::from(span.len);
                let before = *pixels_an_octet.get_or_insert(this);
                assert!((this - before).abs() < 1e-9, "{this} is not {before}");
            }
        }
        assert!(pixels_an_octet.is_some());
    }
}

#[test]
fn the_names_of_marks_in_a_row_keep_apart() {
    for_each_run(|id, trace| {
        for_each_ribbon(trace, |ribbon, _| {
            for (index, a) in ribbon.marks.iter().enumerate() {
                for b in &ribbon.marks[index + 1..] {
                    let apart = (a.name_x - b.name_x).abs();
                    assert!(a.row != b.row || apart > 0.2, "{id}: {a:?} and {b:?}");
                    assert!(a.x <= b.x, "{id}: {a:?} and {b:?}");
                }
            }
        });
    });
}
