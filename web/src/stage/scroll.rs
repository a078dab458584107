//! Which part of the ladder shows: it follows the playhead until the reader takes hold of it.

/// Of the view's height, where the playhead may be without the view moving.
const CALM: std::ops::Range<f64> = 0.14..0.72;
/// Of the distance that is left, how much a frame goes.
const EASE: f64 = 0.2;
/// So near is there.
const NEAR: f64 = 0.5;
/// Of the view's height: what is farther is gone to at once. To rush past so much shows nothing, and
/// each frame of it would have all that it passes to draw.
const FAR: f64 = 4.0;

/// Where a view that follows the playhead is after one frame more; and whether it has arrived.
pub(super) fn approach(
    top: f64,
    playhead: f64,
    view: f64,
    whole: f64,
    at_once: bool,
) -> (f64, bool) {
    let calm = playhead - view * CALM.end..playhead - view * CALM.start;
    let target = bounded(top.max(calm.start).min(calm.end), view, whole);
    let way = target - top;
    let at_once = at_once || way.abs() < NEAR || way.abs() > view * FAR;
    if at_once { (target, true) } else { (top + way * EASE, false) }
}

/// Within the ladder.
pub(super) fn bounded(top: f64, view: f64, whole: f64) -> f64 {
    // Not `clamp`: it brings along the formatting of the floats that it might refuse.
    top.min(whole - view).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_rests_while_the_playhead_is_well_inside() {
        assert_eq!(approach(0.0, 300.0, 600.0, 5000.0, false), (0.0, true));
    }

    #[test]
    fn the_view_follows_a_playhead_that_leaves_it_and_arrives() {
        let (mut top, mut frames) = (0.0, 0);
        loop {
            let (next, arrived) = approach(top, 2000.0, 600.0, 5000.0, false);
            top = next;
            frames += 1;
            if arrived {
                break;
            }
        }
        assert!((10..200).contains(&frames), "{frames} frames");
        assert!((2000.0 - top) / 600.0 <= CALM.end + 0.01);
        assert_eq!(approach(0.0, 2000.0, 600.0, 5000.0, true), (top, true));
    }

    #[test]
    fn what_is_far_is_gone_to_at_once() {
        let (top, arrived) = approach(0.0, 90_000.0, 600.0, 100_000.0, false);
        assert!(arrived);
        assert_eq!(approach(0.0, 90_000.0, 600.0, 100_000.0, true), (top, true));
    }

    #[test]
    fn the_view_never_leaves_the_ladder() {
        let cases = [(-50.0, 5000.0, 0.0), (1e9, 5000.0, 4400.0), (10.0, 300.0, 0.0)];
        for (top, whole, within) in cases {
            assert!((bounded(top, 600.0, whole) - within).abs() < f64::EPSILON, "{top}");
        }
    }
}
