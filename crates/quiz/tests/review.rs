//! What is asked again, and when.

use proptest::prelude::*;
use tcpscope_quiz::{Attempt, BOXES, Level, Review, ReviewItem, Round, StateProblem, Theme};

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

#[test]
fn what_comes_next_is_counted_from_a_day() {
    let review = Review::of(&[
        attempt("a", 10, false),
        attempt("b", 10, false),
        attempt("c", 10, true),
        attempt("d", 8, false),
    ]);
    for (day, next) in
        [(8, Some((1, 1))), (9, Some((2, 2))), (10, Some((1, 2))), (11, Some((1, 1))), (12, None)]
    {
        assert_eq!(review.next(day), next, "day {day}");
    }
    assert_eq!([9, 11, 30].map(|day| review.due_in("a", day)), [Some(2), Some(0), Some(0)]);
    assert_eq!(review.due_in("e", 9), None);
    assert_eq!(review.items(), 4);
    assert!(!review.is_empty());
    assert!(Review::default().is_empty() && Review::default().next(0).is_none());
    // Before anything is due, all can be asked all the same, and those that are due first.
    assert_eq!(due(&review, 10), ["d"]);
    let all = review.all(10);
    let names: Vec<_> = all.iter().map(|due| (due.item.as_str(), due.overdue)).collect();
    assert_eq!(names, [("d", 1), ("a", 0), ("b", 0), ("c", 0)]);
}

#[test]
fn a_line_that_is_not_understood_is_not_nothing() {
    let (review, _) = Review::from_text("tcpscope-review 1\nnonsense\n");
    assert_eq!((review.items(), review.is_empty()), (0, false));
}

#[test]
fn a_name_and_what_it_means_are_the_same() {
    let round = Round::new(u32::MAX, Theme::Failures, Level::Expert, 50);
    let items = [
        ReviewItem::Interview { id: "why-three-not-two".to_owned() },
        ReviewItem::Round { round, place: 49 },
        ReviewItem::Lesson { lesson: "sack".to_owned(), stop: "first-hole".to_owned(), place: 1 },
    ];
    let mut review = Review::default();
    for (day, item) in (0..).zip(&items) {
        let name = item.to_string();
        assert_eq!(ReviewItem::from_name(&name).as_ref(), Some(item), "{name}");
        assert!(review.record(&attempt(&name, day, false)), "{name}");
    }
    assert_eq!(review.items(), 3);
    let code = round.to_code();
    let beyond = format!("round/{code}/50");
    let cut = format!("round/{}/1", &code[..code.len() - 1]);
    for name in
        ["", "interview", "other/x", "round/q1/1", "lesson/x/y", "lesson/x/y/z", &beyond, &cut]
    {
        assert_eq!(ReviewItem::from_name(name), None, "{name}");
    }
    assert_eq!(ReviewItem::from_name("lesson/x/y/1/2"), None);
    assert_eq!(ReviewItem::from_name("interview/x/y"), None);
}
