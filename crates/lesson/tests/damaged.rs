//! Whatever a file is, it is answered.

mod common;

use common::Ours;
use proptest::prelude::*;
use tcpscope_lesson::check::check;
use tcpscope_lesson::{claim, markup, stop};

fn lesson() -> String {
    common::sample()
}

/// Pieces that mean something in one of the languages of a lesson.
const PIECES: [&str; 40] = [
    "client",
    "server",
    ".",
    "snd.una",
    "iss",
    " + ",
    " - ",
    "-",
    "*",
    "/",
    "==",
    "<",
    "before",
    "after",
    "not",
    "(",
    ")",
    "\"",
    "'",
    "1",
    "1 s",
    "9999999999999999999999999999",
    "0",
    "none",
    "true",
    "count",
    "told",
    "packet",
    "segment.seq",
    "run.main.",
    "end.",
    "stop.syn.",
    "{",
    "}",
    "[[",
    "]]",
    "`",
    "握",
    "sends SYN",
    "the second time",
];

fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..12)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_file_cut_short_is_answered(cut in 0_usize..9000) {
        let lesson = lesson();
        let mut end = cut.min(lesson.len());
        while !lesson.is_char_boundary(end) {
            end -= 1;
        }
        let findings = check(&lesson[..end], None, &Ours).findings;
        prop_assert!(findings.iter().all(|it| it.line >= 1 && it.column >= 1));
    }

    #[test]
    fn a_damaged_file_is_answered(
        at in 0_usize..9000,
        gone in 0_usize..40,
        instead in soup(),
    ) {
        let lesson = lesson();
        let boundary = |mut place: usize| {
            place = place.min(lesson.len());
            while !lesson.is_char_boundary(place) {
                place -= 1;
            }
            place
        };
        let damaged = format!("{}{instead}{}", &lesson[..boundary(at)], &lesson[boundary(at + gone)..]);
        let lines = damaged.lines().count() + 1;
        let findings = check(&damaged, Some("three-way-handshake"), &Ours).findings;
        prop_assert!(findings.iter().all(|it| it.line <= lines));
    }

    #[test]
    fn whatever_stands_in_it_is_answered(text in soup(), any in "\\PC{0,40}") {
        for text in [text, any] {
            let _ = claim::parse(&text);
            let _ = stop::parse(&text);
            let _ = markup::paragraphs(&text);
            let lesson = lesson().replace("\"server enters LISTEN\"", &format!("'''when {text}'''"));
            let _ = check(&lesson, None, &Ours);
            let lesson = self::lesson().replace("client.state == CLOSED", &text);
            let _ = check(&lesson, None, &Ours);
        }
    }
}
