//! Runs to be drawn, and what a drawing is held to.

#![allow(dead_code, reason = "each test file uses a part of it")]

use roxmltree::{Document, Node};
use tcpscope_scenario::{Index, Scenario};
use tcpscope_sim::Timeline;
use tcpscope_view::{Label, Rect};

fn file(name: &str) -> String {
    let path = format!("{}/../../scenarios/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the file")
}

/// A scenario, run to its end.
pub(crate) fn run(id: &str) -> Timeline {
    let scenario = Scenario::from_json(&file(id)).expect("a scenario");
    Timeline::new(scenario.setup()).expect("a setup that can be run")
}

/// The ids of all scenarios.
pub(crate) fn scenarios() -> Vec<String> {
    let index = Index::from_json(&file("index")).expect("the list of scenarios");
    index.scenarios.iter().map(|entry| entry.id.clone()).collect()
}

/// The width and the height of a drawing.
pub(crate) fn size(svg: &str) -> (f64, f64) {
    let document = Document::parse(svg).expect("XML");
    let root = document.root_element();
    (number(&root, "width"), number(&root, "height"))
}

fn number(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|value| value.parse().ok()).unwrap_or(0.0)
}

/// A text of a drawing: where it is, about, and whether it is level.
struct Text {
    text: String,
    place: Rect,
    is_level: bool,
    clipped: bool,
}

fn texts(svg: &str) -> (Vec<Text>, (f64, f64)) {
    let document = Document::parse(svg).expect("XML");
    let root = document.root_element();
    let found = root.descendants().filter(|node| node.has_tag_name("text")).map(|node| {
        let (mut x, mut y, mut factor) = (0.0, 0.0, 1.0);
        for around in node.ancestors() {
            let transform = around.attribute("transform").unwrap_or_default();
            if let Some(scale) = inside(transform, "scale(") {
                let scale: f64 = scale.parse().expect("a factor");
                (x, y, factor) = (x * scale, y * scale, factor * scale);
            }
            if let Some(by) = inside(transform, "translate(") {
                let (dx, dy) = by.split_once(' ').expect("two numbers");
                x += dx.parse::<f64>().expect("a number");
                y += dy.parse::<f64>().expect("a number");
            }
        }
        let text = node.text().unwrap_or_default().to_owned();
        let size = number(&node, "font-size") * factor;
        (x, y) = (x + number(&node, "x"), y + number(&node, "y") - 0.34 * size);
        let wide = text.chars().filter(|letter| *letter >= '\u{2e80}').count();
        let wide = f64::from(u32::try_from(wide).expect("a few"));
        // Prose is narrower than what is set in a monospaced face.
        let prose = node.attribute("class").is_some_and(|class| class.contains("prose"));
        let each = if prose { 0.8 } else { 1.0 };
        let width = Label::width_of(&text, size) * each + wide * size * 0.4;
        let left = match node.attribute("text-anchor") {
            Some("middle") => x - width / 2.0,
            Some("end") => x - width,
            _ => x,
        };
        Text {
            place: Rect { x: left, y: y - size / 2.0, width, height: size },
            is_level: !node.attribute("transform").is_some_and(|it| it.contains("rotate")),
            clipped: node.ancestors().any(|it| it.attribute("clip-path").is_some()),
            text,
        }
    });
    (found.collect(), (number(&root, "width"), number(&root, "height")))
}

fn inside<'a>(transform: &'a str, name: &str) -> Option<&'a str> {
    transform.split_once(name)?.1.split_once(')').map(|(inside, _)| inside)
}

/// It is a document, and what is written stands in it.
pub(crate) fn assert_in_sheet(what: &str, svg: &str) {
    for wrong in ["NaN", "inf", "=\"-0\"", "$", "undefined"] {
        let drawn = svg.rsplit_once("</style>").map_or(svg, |(_, drawn)| drawn);
        assert!(!drawn.contains(&format!("\"{wrong}")), "{what} has {wrong}");
    }
    let (texts, (width, height)) = texts(svg);
    assert!(!texts.is_empty(), "{what} says nothing");
    for text in texts.iter().filter(|text| text.is_level) {
        let Rect { x, y, width: wide, height: high } = text.place;
        // What shows of a ladder may end within a line.
        let down = text.clipped || (y >= -1.0 && y + high <= height + 1.0);
        let fits = down && x >= -1.0 && x + wide <= width + 1.0;
        assert!(fits, "{what}: `{}` at {:?} of {width} × {height}", text.text, text.place);
    }
}

/// No level text lies over another.
pub(crate) fn assert_texts_apart(what: &str, svg: &str) {
    let (texts, _) = texts(svg);
    let level: Vec<&Text> = texts.iter().filter(|text| text.is_level).collect();
    for (place, text) in level.iter().enumerate() {
        for other in &level[place + 1..] {
            let apart = !text.place.overlaps(&other.place);
            assert!(apart, "{what}: `{}` lies over `{}`", text.text, other.text);
        }
    }
}
