//! Figures as SVG documents.

use tcpscope_sim::HostId;
use tcpscope_tcp::SeqNumber;
use tcpscope_view::{
    End, RibbonScale, Theme, diagram_svg, ladder_svg, receive_window, ribbon_svg, send_window,
    state_diagram,
};

use super::{SCENARIOS, heights, ladder, run, whole};

fn assert_is_a_document(id: &str, svg: &str) {
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{id}: {svg}");
    for (opens, closes) in [("<g ", "</g>"), ("<text ", "</text>"), ("<svg ", "</svg>")] {
        assert_eq!(svg.matches(opens).count(), svg.matches(closes).count(), "{id}: {opens}");
    }
    for wrong in ["NaN", "inf\"", "=\"-0\"", "$"] {
        assert!(!svg.contains(wrong), "{id} has {wrong}");
    }
}

#[test]
fn every_figure_is_a_document_at_every_moment_and_in_both_themes() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        let ladder = ladder(trace, 700.0);
        for (y, theme) in heights(&ladder, 9).zip([Theme::Light, Theme::Dark].into_iter().cycle()) {
            let playhead = ladder.axis().playhead_at(y);
            let record = playhead.moment.record;
            let scene = whole(&ladder, trace, playhead);
            let svg = ladder_svg(&scene, &ladder.in_flight(playhead), theme);
            assert_is_a_document(id, &svg);
            for label in scene.arrows.iter().filter_map(|arrow| arrow.label.as_ref()) {
                assert!(svg.contains(&format!(">{}</text>", label.text)), "{id}: {label:?}");
            }
            let ends = [HostId(0), HostId(1)].map(|host| End::of(trace, host));
            assert_is_a_document(id, &diagram_svg(&state_diagram(&ends, record), theme));
            for host in [HostId(0), HostId(1)] {
                let scale = RibbonScale::new(trace, host);
                let send = send_window(End::of(trace, host), record, &scale);
                assert_is_a_document(id, &ribbon_svg(&send, SeqNumber::default(), 300.0, theme));
                let receive = receive_window(End::of(trace, host), record, &scale);
                assert_is_a_document(id, &ribbon_svg(&receive, SeqNumber::default(), 300.0, theme));
            }
        }
    }
}
