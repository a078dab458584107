//! The ladder, playing: the present moves down it evenly, as in the page, and segments move with it.
//!
//! It is one SVG document whose motion is CSS: it needs no script, so that it plays wherever a
//! picture is shown; it is text, the same on every machine; it stands still where less motion is
//! wanted, and shows the whole run then, as it does when printed.

use tcpscope_sim::Fate;
use tcpscope_view::{Arrow, LADDER_HEADER, LadderScene, Point, Rect, Svg};

use super::ladder::Drawn;
use super::sheet::Block;

/// How many pixels the present moves in a second.
const PACE: f64 = 56.0;
/// No run plays for longer than this, and none for less.
const SECONDS: (f64, f64) = (6.0, 90.0);
/// How long it rests at its end, as a part of the whole.
const REST: f64 = 0.08;
/// More segments are not told apart: then the present alone moves.
const MOST: usize = 600;

/// The drawn ladder, with what moves over it.
pub(super) fn animated(drawn: Drawn) -> Block {
    let Drawn { block, scene } = drawn;
    let way = scene.visible.end - scene.visible.start;
    let plan = Plan { start: scene.visible.start, way };
    let seconds = (way / PACE / (1.0 - REST)).clamp(SECONDS.0, SECONDS.1);
    let mut svg = Svg::fragment();
    svg.add(&block.marks);
    svg.add("<style>\n");
    svg.add(&plan.style(&scene, seconds));
    svg.add("</style>\n");
    let top = LADDER_HEADER;
    let shown = Rect { x: 0.0, y: top, width: scene.width, height: way };
    svg.open_clipped("moving", shown);
    svg.open_at("", Point::new(0.0, top));
    let all = Rect { x: 0.0, y: 0.0, width: scene.width, height: way };
    svg.rect("veil moves down", all, 0.0);
    svg.line("playhead moves down", Point::new(0.0, 0.0), Point::new(scene.width, 0.0));
    for (place, arrow) in moving(&scene) {
        let class = ["dot moves ", arrow.kind.name(), " d", &place.to_string()].concat();
        svg.circle(&class, Point::new(0.0, 0.0), 6.0);
    }
    svg.close();
    svg.close();
    Block { marks: svg.into_marks(), ..block }
}

/// The segments that move, each with its place.
fn moving(scene: &LadderScene) -> impl Iterator<Item = (usize, &Arrow)> {
    let few = scene.arrows.len() <= MOST;
    scene.arrows.iter().enumerate().filter(move |_| few)
}

/// When the present is where.
struct Plan {
    start: f64,
    way: f64,
}

impl Plan {
    fn style(&self, scene: &LadderScene, seconds: f64) -> String {
        let mut css = String::from(".moves{animation:down ");
        put(&mut css, seconds, "s linear infinite}\n@keyframes down{0%{transform:none}");
        put(&mut css, 100.0 * (1.0 - REST), "%,100%{transform:translateY(");
        put(&mut css, self.way, "px)}}\n");
        for (place, arrow) in moving(scene) {
            let name = ["d", &place.to_string()].concat();
            css.push_str(&[".", &name, "{animation-name:", &name, "}@keyframes ", &name].concat());
            self.keyframes(&mut css, arrow);
        }
        css.push_str(
            "@media (prefers-reduced-motion:reduce){.moves{display:none}}\n\
             @media print{.moves{display:none}}\n",
        );
        css
    }

    /// A segment's way: it is there from its departure to its end.
    fn keyframes(&self, css: &mut String, arrow: &Arrow) {
        let places = std::iter::once(arrow.from).chain(arrow.via.iter().copied()).chain([arrow.to]);
        let places: Vec<Point> = places.collect();
        css.push('{');
        let (first, last) = (self.at(arrow.from.y), self.at(arrow.to.y));
        put(css, 0.0, "%,");
        put(css, (first - 0.01).max(0.0), "%{opacity:0;transform:translate(");
        self.point(css, arrow.from);
        for place in &places {
            put(css, self.at(place.y), "%{opacity:1;transform:translate(");
            self.point(css, *place);
        }
        // What is lost is seen where it was lost; what arrives is gone.
        let stays = if matches!(arrow.fate, Fate::Lost | Fate::Dropped) { 0.6 } else { 0.01 };
        put(css, (last + stays).min(100.0), "%,100%{opacity:0;transform:translate(");
        self.point(css, arrow.to);
        css.push_str("}\n");
    }

    fn point(&self, css: &mut String, at: Point) {
        put(css, at.x, "px,");
        put(css, at.y - self.start, "px)}");
    }

    /// When the present is at a height, in hundredths of the whole.
    fn at(&self, y: f64) -> f64 {
        ((y - self.start) / self.way).clamp(0.0, 1.0) * 100.0 * (1.0 - REST)
    }
}

/// A number to hundredths, and what follows it.
fn put(css: &mut String, value: f64, after: &str) {
    #[allow(clippy::cast_possible_truncation, reason = "`as` stops at the ends of the type")]
    let hundredths = (value * 100.0).round() as i64;
    if hundredths < 0 {
        css.push('-');
    }
    let hundredths = hundredths.unsigned_abs();
    css.push_str(&(hundredths / 100).to_string());
    if !hundredths.is_multiple_of(100) {
        css.push('.');
        css.push_str(&(hundredths % 100 + 100).to_string()[1..]);
    }
    css.push_str(after);
}
