//! What is asked again, and when.

use proptest::prelude::*;
use tcpscope_quiz::{Attempt, BOXES, Review, StateProblem};

fn attempt(item: &str, day: u32, right: bool) -> Attempt {
    Attempt { item: item.to_owned(), day, right }
}

/// The items that are due on a day, in order.
fn due(review: &Review, day: u32) -> Vec<String> {
    review.due(day).into_iter().map(|due| due.item).collect()
}

#[test]
fn a_right_answer_moves_on_and_a_wrong_one_back() {
    let mut review = Review::default();
    // Day by day: whether it is right, and the box that it is then in.
    for (day, right, leitner) in [
        (0, false, 1),
        (1, true, 2),
        (2, true, 2), // not due before day 3: nothing moves on
        (3, true, 3),
        (7, true, 4),
        (15, true, 5),
        (31, true, 6),
        (63, true, 6),
        (64, false, 1),
        (65, true, 2),
    ] {
        assert!(review.record(&attempt("window", day, right)));
        assert_eq!(review.leitner("window"), Some(leitner), "day {day}");
    }
    assert_eq!(review.counts("window"), (8, 2));
    assert_eq!((review.leitner("other"), review.counts("other")), (None, (0, 0)));
}

#[test]
fn what_is_weakest_and_has_waited_longest_comes_first() {
    let review = Review::of(&[
        attempt("known", 0, true),
        attempt("late", 8, false),
        attempt("later", 9, false),
        attempt("new", 10, false),
    ]);
    assert_eq!(due(&review, 8), ["known"]);
    assert_eq!(due(&review, 10), ["late", "later", "known"]);
    assert_eq!(review.due(10)[0].overdue, 1);
    assert_eq!(review.learned(), 0);
}

#[test]
fn what_is_not_understood_is_told_and_kept() {
    let text = "tcpscope-review 1\na 1 20000 0 1\nb 7 20000 1 1\nnonsense\n\na 2 20001 1 1\n\
                c 2 x 1 1\nd 6 4294967295 1 0\n";
    let (review, troubles) = Review::from_text(text);
    let problems: Vec<_> = troubles.iter().map(|trouble| (trouble.line, trouble.problem)).collect();
    assert_eq!(
        problems,
        [
            (3, StateProblem::Box),
            (4, StateProblem::Fields { found: 1 }),
            (6, StateProblem::Twice),
            (7, StateProblem::Number),
        ]
    );
    assert_eq!(troubles[0].to_string(), "line 3: the box is a number from 1 to 6");
    assert_eq!((review.leitner("a"), review.leitner("d")), (Some(1), Some(6)));
    let written = review.to_text();
    for line in text.lines() {
        assert!(written.contains(line), "{line} is lost in {written}");
    }
    let (again, _) = Review::from_text(&written);
    assert_eq!(again, review);
    assert_eq!(due(&review, u32::MAX), ["a", "d"]);
}

#[test]
fn a_text_of_another_version_is_told() {
    let (_, troubles) = Review::from_text("tcpscope-review 2\na 1 2 3 4\n");
    assert!(troubles[0].to_string().contains("does not begin with \"tcpscope-review 1\""));
    assert_eq!(Review::from_text(""), (Review::default(), Vec::new()));
}

#[test]
fn of_two_devices_the_later_answers_count() {
    let mut one = Review::of(&[attempt("a", 1, false), attempt("b", 5, true)]);
    let other = Review::of(&[attempt("a", 3, true), attempt("b", 2, false), attempt("c", 2, true)]);
    one.merge(&other);
    let boxes = ["a", "b", "c"].map(|name| one.leitner(name));
    assert_eq!(boxes, [Some(2), Some(2), Some(2)]);
}

proptest! {
    #[test]
    fn any_history_comes_back_from_its_text(
        history in prop::collection::vec(("[a-e]", 0_u32..200, any::<bool>()), 0..60),
    ) {
        let history: Vec<_> =
            history.iter().map(|(item, day, right)| attempt(item, *day, *right)).collect();
        let review = Review::of(&history);
        prop_assert_eq!(Review::from_text(&review.to_text()), (review.clone(), Vec::new()));
        // Whatever was asked comes again, no later than the last box says.
        let longest = BOXES[BOXES.len() - 1];
        let asked: std::collections::HashSet<_> = history.iter().map(|it| &it.item).collect();
        prop_assert_eq!(review.due(200 + longest).len(), asked.len());
    }

    #[test]
    fn any_text_is_read_and_nothing_of_it_is_lost(text in "([ -~]{0,30}\n){0,8}") {
        let (review, _) = Review::from_text(&text);
        let written = review.to_text();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let words: Vec<_> = line.split_whitespace().collect();
            prop_assert!(written.contains(line) || written.contains(&words.join(" ")));
        }
    }
}
