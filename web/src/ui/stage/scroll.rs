//! Which part of the ladder shows: it follows the playhead until the reader takes hold of it.

/// Where the view is, and whether it follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scroll {
    /// The height of the ladder at the top of the view.
    pub(super) top: f64,
    /// Whether the view follows the playhead.
    pub(super) follows: bool,
}

/// Of the view's height, where the playhead may be without the view moving.
const CALM: std::ops::Range<f64> = 0.14..0.72;
/// Of the distance that is left, how much a frame goes.
const EASE: f64 = 0.2;
/// So near is there.
const NEAR: f64 = 0.5;

impl Scroll {
    /// At the top, following.
    pub(super) const START: Self = Self { top: 0.0, follows: true };

    /// Moves towards the playhead; says whether there is still way to go.
    pub(super) fn approach(&mut self, playhead: f64, view: f64, whole: f64, at_once: bool) -> bool {
        if !self.follows {
            return false;
        }
        let calm = playhead - view * CALM.end..playhead - view * CALM.start;
        let target = bounded(self.top.clamp(calm.start, calm.end), view, whole);
        let way = target - self.top;
        if at_once || way.abs() < NEAR {
            self.top = target;
            return false;
        }
        self.top += way * EASE;
        true
    }

    /// Moves by hand, and follows no more.
    pub(super) fn drag(&mut self, by: f64, view: f64, whole: f64) {
        self.top = bounded(self.top + by, view, whole);
        self.follows = false;
    }
}

fn bounded(top: f64, view: f64, whole: f64) -> f64 {
    top.clamp(0.0, (whole - view).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_rests_while_the_playhead_is_well_inside() {
        let mut scroll = Scroll::START;
        assert!(!scroll.approach(300.0, 600.0, 5000.0, false));
        assert_eq!(scroll, Scroll::START);
    }

    #[test]
    fn the_view_follows_a_playhead_that_leaves_it_and_arrives() {
        let mut scroll = Scroll::START;
        let mut frames = 0;
        while scroll.approach(2000.0, 600.0, 5000.0, false) {
            frames += 1;
        }
        assert!((20..200).contains(&frames), "{frames} frames");
        assert!((2000.0 - scroll.top) / 600.0 <= CALM.end + 0.01);
        let mut at_once = Scroll::START;
        assert!(!at_once.approach(2000.0, 600.0, 5000.0, true));
        assert!((at_once.top - scroll.top).abs() < 1.0);
    }

    #[test]
    fn whoever_scrolls_is_left_alone() {
        let mut scroll = Scroll::START;
        scroll.drag(100.0, 600.0, 5000.0);
        assert!(!scroll.approach(3000.0, 600.0, 5000.0, false));
        assert_eq!(scroll, Scroll { top: 100.0, follows: false });
    }

    #[test]
    fn the_view_never_leaves_the_ladder() {
        let mut scroll = Scroll::START;
        scroll.drag(-50.0, 600.0, 5000.0);
        assert!(scroll.top.abs() < f64::EPSILON);
        scroll.drag(1e9, 600.0, 5000.0);
        assert!((scroll.top - 4400.0).abs() < f64::EPSILON);
        scroll.drag(10.0, 600.0, 300.0);
        assert!(scroll.top.abs() < f64::EPSILON);
    }
}
