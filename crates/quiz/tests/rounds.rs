//! Rounds: the same round asks the same, another seed asks otherwise, and each question is graded
//! by its own run.

mod common;

use std::collections::HashSet;

use common::scenario;
use tcpscope_quiz::{Kind, Level, Round, Theme, text};
use tcpscope_view::Locale;

/// A round in words: what is asked about which run, and what is right.
fn told(round: Round) -> Vec<String> {
    let mut setups = |id: &str| Some(scenario(id).setup());
    let asked = (0..round.count()).filter_map(|place| round.question(place, &mut setups));
    asked
        .map(|asked| {
            let quiz = asked.quiz();
            let right = quiz.expected(&asked.question).expect("an answer");
            let graded = quiz.grade(&asked.question, &right).expect("a grade");
            assert!(graded.right, "{} {:?}", asked.scenario, asked.question);
            let at = asked.question.at.0;
            format!(
                "{} {at} {} {right:?}",
                asked.scenario,
                text(&quiz, &asked.question, Locale::En)
            )
        })
        .collect()
}

#[test]
fn the_same_round_asks_the_same_and_another_seed_otherwise() {
    let round = |seed| Round::new(seed, Theme::Opening, Level::Advanced, 4);
    assert_eq!(told(round(1)), told(round(1)));
    let rounds: HashSet<_> = (1..6).map(|seed| told(round(seed))).collect();
    assert_eq!(rounds.len(), 5);
}

#[test]
fn each_theme_and_level_has_questions() {
    for theme in Theme::ALL {
        for level in Level::ALL {
            let told = told(Round::new(9, theme, level, 2));
            assert_eq!(told.len(), 2, "{theme:?} {level:?}: {told:?}");
            assert_eq!(Theme::from_name(theme.name()), Some(theme));
            assert_eq!(Level::from_name(level.name()), Some(level));
        }
    }
}

#[test]
fn kinds_take_turns() {
    let round = Round::new(3, Theme::Everything, Level::Expert, 7);
    let mut setups = |id: &str| Some(scenario(id).setup());
    let kinds: HashSet<_> = (0..7)
        .filter_map(|place| round.question(place, &mut setups))
        .map(|asked| asked.question.kind.name())
        .collect();
    assert!(kinds.len() >= 6, "{kinds:?} of {:?}", Kind::NAMES);
}

#[test]
fn runs_take_turns() {
    for theme in [Theme::Everything, Theme::Closing] {
        let count = u8::try_from(theme.scenarios().len().min(8)).expect("few");
        let round = Round::new(3, theme, Level::Basic, count);
        let mut setups = |id: &str| Some(scenario(id).setup());
        let asked = (0..count).filter_map(|place| round.question(place, &mut setups));
        let runs: HashSet<_> = asked.map(|asked| asked.scenario).collect();
        assert_eq!(runs.len(), usize::from(count), "{theme:?}: {runs:?}");
    }
}

/// Only who wants it harder has packets lost that the scenario itself does not lose.
#[test]
fn what_is_basic_loses_nothing_more() {
    let mut setups = |id: &str| Some(scenario(id).setup());
    let mut changed = |level| -> usize {
        let rounds = (0..24).map(|seed| Round::new(seed, Theme::Flow, level, 2));
        let asked = rounds.filter_map(|round| round.question(0, &mut setups));
        asked.filter(|asked| !asked.timeline.edits().is_empty()).count()
    };
    assert_eq!(changed(Level::Basic), 0);
    assert!((6..=18).contains(&changed(Level::Advanced)), "about every second run");
}

#[test]
fn a_round_ends_and_one_without_scenarios_is_empty() {
    let round = Round::new(3, Theme::Flow, Level::Basic, 1);
    let mut setups = |id: &str| Some(scenario(id).setup());
    assert!(round.question(0, &mut setups).is_some());
    assert!(round.question(1, &mut setups).is_none());
    assert!(round.question(0, &mut |_| None).is_none());
    assert_eq!(Round::new(0, Theme::Flow, Level::Basic, 0).count(), 1);
    assert_eq!(Round::new(0, Theme::Flow, Level::Basic, 255).count(), 50);
}
