//! A figure with what stands around it: title above, caption below.

use tcpscope_view::{Anchor, Point, Rect, Svg, Theme};

/// Around the figure.
pub(super) const MARGIN: f64 = 24.0;
/// A title's line.
const TITLE: f64 = 36.0;
/// Between the figure and its caption.
const BEFORE_CAPTION: f64 = 12.0;

/// Marks in a box whose corner is the origin.
pub(super) struct Block {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) marks: String,
}

impl Block {
    /// Blocks side by side, their tops in line.
    pub(super) fn beside<const N: usize>(blocks: [Self; N], gap: f64) -> Self {
        let mut svg = Svg::fragment();
        let (mut x, mut height) = (0.0, 0.0_f64);
        for block in blocks {
            svg.open_at("part", Point::new(x, 0.0));
            svg.add(&block.marks);
            svg.close();
            x += block.width + gap;
            height = height.max(block.height);
        }
        Self { width: x - gap, height, marks: svg.into_marks() }
    }
}

/// A figure, whole.
pub(super) struct Sheet {
    pub(super) title: Option<String>,
    /// What is to be seen, in words.
    pub(super) about: String,
    pub(super) body: Block,
    pub(super) caption: Option<Block>,
}

impl Sheet {
    /// As an SVG document.
    pub(super) fn svg(self, class: &str, theme: Theme) -> String {
        let Self { title, about, body, caption } = self;
        let top = MARGIN + if title.is_some() { TITLE } else { 0.0 };
        let below = caption.as_ref().map_or(0.0, |caption| BEFORE_CAPTION + caption.height);
        let width = body.width + 2.0 * MARGIN;
        let height = top + body.height + below + MARGIN;
        let name = title.as_deref().unwrap_or("tcpscope");
        let shown = Rect { x: 0.0, y: 0.0, width, height };
        let mut svg = Svg::titled(class, shown, name, &about, theme);
        svg.add(PATTERNS);
        if let Some(title) = &title {
            let at = Point::new(MARGIN, MARGIN + 12.0);
            svg.text("prose heading", at, Anchor::Start, 20.0, title);
        }
        let below = top + body.height + BEFORE_CAPTION;
        for (block, y) in [(Some(body), top), (caption, below)] {
            if let Some(block) = block {
                svg.open_at("part", Point::new(MARGIN, y));
                svg.add(&block.marks);
                svg.close();
            }
        }
        svg.finish()
    }
}

/// What tells the standing of octets without its colour.
const PATTERNS: &str = "<defs>\
<pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
patternTransform=\"rotate(45)\"><path class=\"hatch-line\" d=\"M0 0V5\"/></pattern>\
<pattern id=\"hatch-lost\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
patternTransform=\"rotate(45)\"><path class=\"hatch-lost\" d=\"M0 0V5M0 0H5\"/></pattern>\
<pattern id=\"hatch-twice\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
patternTransform=\"rotate(45)\"><path class=\"hatch-mark\" d=\"M0 0V6M2 0V6\"/></pattern>\
<pattern id=\"dots\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">\
<path class=\"hatch-mark\" d=\"M1 1h.01\"/></pattern></defs>\n";
