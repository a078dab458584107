//! Captured conversations as figures.

mod common;

use tcpscope_dissect::{
    CapturedLadder, CapturedStill, CapturedView, End, Gathered, Look, Marks, Observed,
    brief_in_words, is_capture,
};
use tcpscope_view::{Label, Locale, Theme};

/// What is counted while a capture is read agrees with what is found when it is looked at.
#[test]
fn what_is_counted_is_what_is_found() {
    for (name, file) in common::captures() {
        assert!(is_capture(&file), "{name}");
        for gathered in common::gathered(&file) {
            let observed = Observed::of(&gathered);
            let marked =
                |mark| observed.findings.iter().filter(|found| found.marks.contains(mark)).count();
            let repeats = observed.findings.iter().filter(|found| found.repeat.is_some()).count();
            let found = [
                repeats,
                marked(Marks::LOST_SEGMENT),
                marked(Marks::DUPLICATE_ACK),
                marked(Marks::ZERO_WINDOW),
            ];
            let brief = gathered.conversation.brief;
            let counted = [brief.repeats, brief.gaps, brief.duplicates, brief.zero_windows];
            assert_eq!(counted.map(|count| count as usize), found, "{name}");
        }
    }
    assert!(!is_capture(b"not a capture") && !is_capture(b"\xd4"));
}

fn each(use_it: impl Fn(&str, &Gathered, &Observed)) {
    for (name, file) in common::captures() {
        for gathered in common::gathered(&file) {
            use_it(&name, &gathered, &Observed::of(&gathered));
        }
    }
}

/// Every line is level, in the order of the file, with room for what is written above it; it touches a
/// lifeline only where it was captured there.
#[test]
fn lines_are_level_and_claim_no_more_than_is_known() {
    each(|name, gathered, observed| {
        for width in [320.0, 390.0, 700.0, 1_040.0] {
            for locale in Locale::ALL {
                let look = Look { gathered, observed, selected: None, locale };
                let ladder = CapturedLadder::new(gathered, observed, width);
                let scene = ladder.scene(&look, 0.0..ladder.height());
                let arrows = &scene.ladder.arrows;
                assert_eq!(arrows.len(), gathered.segments.len(), "{name}");
                let [left, right] = [0, scene.ladder.lifelines.len() - 1]
                    .map(|line| scene.ladder.lifelines[line].x);
                for (arrow, seen) in arrows.iter().zip(&gathered.segments) {
                    assert!((arrow.from.y - arrow.to.y).abs() < f64::EPSILON, "{name}: level");
                    let [own, other] =
                        if seen.from == End::Client { [left, right] } else { [right, left] };
                    for (end, at, x) in
                        [(seen.from, arrow.from.x, own), (seen.from.other(), arrow.to.x, other)]
                    {
                        let touches = (at - x).abs() < f64::EPSILON;
                        assert_eq!(touches, observed.vantage.near() == Some(end), "{name}");
                    }
                }
                for two in arrows.windows(2) {
                    assert!(two[1].from.y - two[0].from.y >= 24.0, "{name}: no room");
                }
                let labels = arrows.iter().filter_map(|arrow| arrow.label.as_ref());
                let tags = scene.tags.iter().map(|tag| &tag.label);
                let names = scene.strips.iter().flat_map(|strip| &strip.names);
                let all: Vec<&Label> = labels.chain(tags).chain(names).collect();
                for (place, label) in all.iter().enumerate() {
                    let near = all[place + 1..].iter().filter(|other| {
                        (other.at.y - label.at.y).abs() < 16.0 && other.text.is_ascii()
                    });
                    for other in near.filter(|_| label.text.is_ascii()) {
                        let (one, two) = (&label.text, &other.text);
                        assert!(!label.overlaps(other), "{name} at {width}: {one:?}, {two:?}");
                    }
                    let bounds = label.bounds();
                    let inside = bounds.x >= 0.0 && bounds.x + bounds.width <= width;
                    assert!(inside || !label.text.is_ascii(), "{name} at {width}: {}", label.text);
                }
            }
        }
    });
}

/// What shows in a part of the figure is what shows there of all of it.
#[test]
fn a_part_is_a_part_of_the_whole() {
    each(|name, gathered, observed| {
        let look = Look { gathered, observed, selected: Some(1), locale: Locale::En };
        let ladder = CapturedLadder::new(gathered, observed, 700.0);
        let whole = ladder.scene(&look, 0.0..ladder.height());
        let part = 200.0..500.0;
        let shown = ladder.scene(&look, part.clone());
        let within = |y: f64| part.contains(&y);
        let arrows = |scene: &tcpscope_dissect::CapturedScene| {
            let arrows = scene.ladder.arrows.iter().filter(|arrow| within(arrow.from.y));
            arrows.cloned().collect::<Vec<_>>()
        };
        assert_eq!(arrows(&whole), arrows(&shown), "{name}");
        let marks = |scene: &tcpscope_dissect::CapturedScene| {
            let times = scene.ladder.times.iter().filter(|time| within(time.label.at.y)).count();
            let folds = scene.ladder.folds.iter().filter(|fold| within(fold.y0)).count();
            let names = scene.strips.iter().flat_map(|strip| &strip.names);
            (folds, names.filter(|name| within(name.at.y)).count(), times > 0)
        };
        assert_eq!(marks(&whole), marks(&shown), "{name}");
    });
}

/// The figures of some real captures, as they are drawn.
#[test]
fn figures_of_real_captures() {
    let cases = [
        ("tail-server.pcap", CapturedView::Ladder, Locale::En, Theme::Light),
        ("loss-client.pcap", CapturedView::Sequence(End::Server), Locale::En, Theme::Dark),
        ("window-server.pcap", CapturedView::Windows(End::Server), Locale::ZhCn, Theme::Light),
        ("middle-client.pcap", CapturedView::Ladder, Locale::ZhCn, Theme::Dark),
    ];
    for (name, view, locale, theme) in cases {
        let gathered = common::of(name).remove(0);
        let observed = Observed::of(&gathered);
        let still = CapturedStill { gathered: &gathered, observed: &observed, view, locale, theme };
        let svg = still.svg();
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n"), "{name}");
        let marks = svg.split_once("</style>").expect("a style sheet").1;
        let name = format!("{}-{}", name.trim_end_matches(".pcap"), view.name().replace(':', "-"));
        insta::assert_snapshot!(name, marks);
    }
}

#[test]
fn what_shows_is_told_in_short() {
    let brief = |name: &str, locale| {
        let conversation = common::of(name).remove(0).conversation;
        let reset = conversation.completeness.contains(tcpscope_dissect::Completeness::RST);
        brief_in_words(conversation.brief, reset, locale)
    };
    let cases = [
        ("loopback.pcap", "nothing out of order", "没有异常"),
        ("reset-client.pcap", "reset", "被重置"),
    ];
    for (name, english, chinese) in cases {
        assert_eq!(brief(name, Locale::En), english, "{name}");
        assert_eq!(brief(name, Locale::ZhCn), chinese, "{name}");
    }
    assert!(brief("loss-client.pcap", Locale::En).contains("sent again or overtaken"));
    assert!(brief("window-server.pcap", Locale::En).contains("window closed"));
}
