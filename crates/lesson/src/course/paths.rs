//! In which order lessons stand, and on which paths one may read them. The page learns of it by the
//! list that it fetches.

use crate::Part;

/// The lessons of each part, in the order of the curriculum. One that is not listed comes last.
pub const ORDER: [(Part, &[&str]); 5] = [
    (
        Part::Basics,
        &[
            "three-way-handshake",
            "flags-and-numbers",
            "four-way-close",
            "three-segment-close",
            "header",
            "encapsulation",
            "fragmentation",
            "full-duplex",
            "udp-vs-tcp",
        ],
    ),
    (
        Part::Whys,
        &[
            "why-three-not-two",
            "why-not-four",
            "why-four-to-close",
            "why-two-msl-last-ack",
            "why-two-msl-old-segments",
            "time-wait-costs",
            "why-random-isn",
            "why-checksum",
        ],
    ),
    (
        Part::Reliability,
        &[
            "lost-syn",
            "lost-syn-ack",
            "lost-third-ack",
            "lost-fin",
            "lost-last-ack",
            "retransmission-timeout",
            "give-up",
            "fast-retransmit",
            "sack",
            "reordering",
            "duplicate",
            "stop-and-wait",
            "sliding-window",
            "cumulative-ack",
            "send-window",
            "zero-window",
            "silly-window",
            "nagle-delayed-ack",
            "window-scaling",
            "keep-alive",
            "paws",
        ],
    ),
    (
        Part::States,
        &[
            "simultaneous-open",
            "simultaneous-close",
            "half-open",
            "rst-from-closed-port",
            "rst-validation",
            "close-with-unread-data",
            "fin-out-of-order",
            "syn-in-time-wait",
            "time-wait-assassination",
            "close-wait-leak",
            "fin-wait-2-forever",
            "syn-flood",
            "accept-queue-full",
            "fast-open",
            "urgent-data",
        ],
    ),
    (
        Part::Congestion,
        &[
            "slow-start",
            "congestion-avoidance",
            "newreno-vs-cubic",
            "two-flows",
            "bufferbloat",
            "ecn",
            "rack-tlp",
            "idle-restart",
        ],
    ),
];

/// A way through the lessons, for one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// The name by which it is called.
    pub id: &'static str,
    /// Its title, in English and in Chinese.
    pub title: [&'static str; 2],
    /// The lessons, in the order in which to read them.
    pub lessons: &'static [&'static str],
}

/// The paths.
pub const PATHS: [Path; 4] = [
    Path {
        id: "first-hour",
        title: ["The first hour", "入门一小时"],
        lessons: &[
            "three-way-handshake",
            "flags-and-numbers",
            "header",
            "full-duplex",
            "sliding-window",
            "lost-syn",
            "retransmission-timeout",
            "four-way-close",
        ],
    },
    Path {
        id: "interview",
        title: ["Interview in an evening", "一晚备面试"],
        lessons: &[
            "three-way-handshake",
            "why-three-not-two",
            "why-random-isn",
            "four-way-close",
            "why-four-to-close",
            "three-segment-close",
            "why-two-msl-last-ack",
            "why-two-msl-old-segments",
            "time-wait-costs",
            "close-wait-leak",
            "syn-flood",
            "accept-queue-full",
            "flags-and-numbers",
            "sliding-window",
            "zero-window",
            "nagle-delayed-ack",
            "retransmission-timeout",
            "fast-retransmit",
            "slow-start",
            "congestion-avoidance",
            "keep-alive",
            "udp-vs-tcp",
        ],
    },
    Path {
        id: "loss",
        title: ["How loss is recovered", "丢失怎样恢复"],
        lessons: &[
            "lost-syn",
            "lost-third-ack",
            "cumulative-ack",
            "retransmission-timeout",
            "duplicate",
            "reordering",
            "fast-retransmit",
            "sack",
            "rack-tlp",
            "lost-last-ack",
            "give-up",
        ],
    },
    Path {
        id: "congestion",
        title: ["Congestion", "拥塞控制"],
        lessons: &[
            "stop-and-wait",
            "sliding-window",
            "slow-start",
            "congestion-avoidance",
            "fast-retransmit",
            "newreno-vs-cubic",
            "two-flows",
            "bufferbloat",
            "ecn",
            "rack-tlp",
            "idle-restart",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lesson_stands_once_and_paths_lead_over_lessons_that_stand() {
        let all: Vec<&str> = ORDER.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
        for (place, id) in all.iter().enumerate() {
            assert!(!all[..place].contains(id), "{id} stands twice");
        }
        for path in PATHS {
            for (place, id) in path.lessons.iter().enumerate() {
                assert!(all.contains(id), "{}: {id}", path.id);
                assert!(!path.lessons[..place].contains(id), "{}: {id} twice", path.id);
            }
        }
        assert_eq!(ORDER.map(|(part, _)| part), Part::ALL);
    }
}
