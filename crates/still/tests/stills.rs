//! Stills: snapshots that were looked at, and what holds for all of them.

mod common;

use common::{assert_in_sheet, assert_texts_apart, run, scenarios};
use tcpscope_still::{Part, Still, View};
use tcpscope_tcp::Instant;
use tcpscope_view::{Locale, Numbers, PlotKind, Theme};

#[test]
fn the_handshake_as_a_ladder() {
    let timeline = run("three-way-handshake");
    let title = Some("The three-way handshake".to_owned());
    let still = Still { title, ..Still::of(timeline.trace()) };
    insta::assert_snapshot!(still.svg());
}

#[test]
fn a_lost_syn_with_both_ends_in_chinese_and_dark() {
    let timeline = run("lost-syn");
    let trace = timeline.trace();
    let still = Still {
        view: View::All,
        moment: Some(trace.at(Instant::from_micros(1_020_000))),
        locale: Locale::ZhCn,
        theme: Theme::Dark,
        numbers: Numbers::Absolute,
        title: Some("SYN 丢失".to_owned()),
        ..Still::of(trace)
    };
    insta::assert_snapshot!(still.svg());
}

#[test]
fn the_sliding_window_as_a_plot() {
    let timeline = run("sliding-window");
    let still = Still { view: View::Plot(PlotKind::Sequence), ..Still::of(timeline.trace()) };
    insta::assert_snapshot!(still.svg());
}

#[test]
fn the_handshake_in_motion() {
    let timeline = run("three-way-handshake");
    let svg = Still::of(timeline.trace()).animated();
    let style = svg.rsplit_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    insta::assert_snapshot!(style.expect("a style sheet for what moves").0);
    assert_eq!(svg.matches("class=\"dot moves").count(), timeline.trace().packets().len());
}

/// Every scenario, every view, at several moments: a document that others can read, in which
/// nothing stands outside of the sheet, and in panels no level text over another.
#[test]
fn every_still_is_a_document_and_keeps_its_texts_apart() {
    for id in scenarios() {
        let timeline = run(&id);
        let trace = timeline.trace();
        let end = trace.records().last().map_or(Instant::ZERO, |record| record.at).as_micros();
        let moments = [None, Some(0), Some(end / 3), Some(end)];
        for (place, view) in View::ALL.into_iter().enumerate() {
            let moment = moments[place % moments.len()];
            let locale = Locale::ALL[place % 2];
            let still = Still {
                view,
                moment: moment.map(|at| trace.at(Instant::from_micros(at))),
                locale,
                theme: Theme::ALL[place / 2 % 2],
                title: Some(format!("<{id} & others>")),
                ..Still::of(trace)
            };
            let svg = still.svg();
            let what = format!("{id} {}", view.name());
            assert_in_sheet(&what, &svg);
            if view == View::Panels {
                assert_texts_apart(&what, &svg);
            }
            assert_eq!(svg, still.clone().svg(), "{what}");
        }
        assert_in_sheet(&format!("{id} in motion"), &Still::of(trace).animated());
    }
}

#[test]
fn a_part_shows_what_is_in_it_alone() {
    let timeline = run("lost-syn");
    let trace = timeline.trace();
    let whole = Still::of(trace).svg();
    let part = Part { from: Some(Instant::from_micros(1_000_000)), to: None };
    let svg = Still { part, ..Still::of(trace) }.svg();
    let arrows = |svg: &str| svg.matches("<g class=\"segment").count();
    assert!(arrows(&svg) < arrows(&whole), "{} of {}", arrows(&svg), arrows(&whole));
    let height = |svg: &str| common::size(svg).1;
    assert!(height(&svg) < height(&whole));
}

#[test]
fn a_figure_is_as_wide_as_is_wanted_and_a_long_ladder_as_high() {
    let timeline = run("two-flows");
    let trace = timeline.trace();
    for view in [View::Ladder, View::Plot(PlotKind::Sequence), View::States] {
        let svg = Still { view, width: Some(600.0), ..Still::of(trace) }.svg();
        assert!((common::size(&svg).0 - 600.0).abs() < 0.1, "{}", view.name());
    }
    let svg = Still { height: Some(500.0), ..Still::of(trace) }.svg();
    assert!(common::size(&svg).1 < 560.0);
}

#[test]
fn those_who_do_not_see_it_are_told_what_it_shows() {
    let timeline = run("three-way-handshake");
    let title = Some("Three segments".to_owned());
    let svg = Still { title, ..Still::of(timeline.trace()) }.svg();
    let document = roxmltree::Document::parse(&svg).expect("XML");
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let named = |name| root.children().find(|it| it.has_tag_name(name)).and_then(|it| it.text());
    assert_eq!(named("title"), Some("Three segments"));
    let about = named("desc").expect("what it shows");
    for said in ["SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "The client sends"] {
        assert!(about.contains(said), "{said} is not in {about}");
    }
}
