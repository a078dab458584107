//! What stands beside segments: what ACKs say by SACK, and what ICMP tells.

use tcpscope_view::{LadderScene, MessageMark, SackMark, Tense};

use super::painter::{FUTURE, Painter};

/// The dots of a message's line.
const DOTS: &[f64] = &[1.5, 3.5];

impl Painter<'_> {
    /// Strips and messages, above the arrows.
    pub(super) fn extras(&self, scene: &LadderScene) {
        scene.sacks.iter().for_each(|sack| self.sack(sack));
        scene.messages.iter().for_each(|message| self.message(message));
    }

    /// A strip: filled is held, hollow is missing.
    fn sack(&self, sack: &SackMark) {
        let (pen, palette) = (&self.pen, self.palette);
        pen.alpha(1.0);
        pen.polygon(&sack.frame, &palette.surface);
        pen.alpha(if sack.tense == Tense::Future { FUTURE } else { 1.0 });
        sack.blocks.iter().for_each(|block| pen.polygon(block, &palette.ink_2));
        pen.stroked(&palette.ink_2, 1.0);
        pen.ctx.begin_path();
        pen.add_polygon(&sack.frame);
        pen.ctx.stroke();
    }

    /// A message: a dotted line, as far as it has come, an open arrowhead, its name.
    fn message(&self, message: &MessageMark) {
        let (pen, palette) = (&self.pen, self.palette);
        let (from, to) = (message.from, message.to);
        pen.stroked(&palette.lost, 1.5);
        pen.dash(DOTS);
        if message.tense != Tense::Past {
            pen.alpha(FUTURE);
            pen.line(message.tip, to);
        }
        if message.tense != Tense::Future {
            pen.alpha(1.0);
            pen.line(from, message.tip);
        }
        pen.dash(&[]);
        pen.alpha(if message.tense == Tense::Past { 1.0 } else { FUTURE });
        let length = from.distance(to).max(9.0);
        let back = to.toward(from, 9.0 / length);
        let (dx, dy) = ((to.x - from.x) / length * 4.0, (to.y - from.y) / length * 4.0);
        pen.ctx.begin_path();
        pen.ctx.move_to(back.x - dy, back.y + dx);
        pen.ctx.line_to(to.x, to.y);
        pen.ctx.line_to(back.x + dy, back.y - dx);
        pen.ctx.stroke();
        if let Some(label) = &message.label {
            pen.alpha(if message.tense == Tense::Future { 0.62 } else { 1.0 });
            self.text(label, &palette.lost, false);
        }
    }
}
