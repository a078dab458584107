//! The interviews that come with the page, run: every point's moment is reached, what is claimed of it
//! holds there, and every question has its follow-ups.

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{Ours, lesson, root, stems};
use tcpscope_lesson::check::{Library as _, check};
use tcpscope_lesson::claim::{self, Runs, Scene, StopFound, Take, Value};
use tcpscope_lesson::course::{Sheet, SheetStage};
use tcpscope_quiz::{Interview, InterviewQuestion, Point};
use tcpscope_scenario::Scenario;
use tcpscope_sim::{RecordId, Setup, Timeline};
use tcpscope_view::{Locale, Numbers};

/// A theme's file.
fn source(theme: &str) -> String {
    fs::read_to_string(root().join(format!("interviews/{theme}.toml"))).expect("a file")
}

fn questions(theme: &str) -> Vec<InterviewQuestion> {
    let read = Interview::from_toml(&source(theme), Locale::En);
    read.unwrap_or_else(|error| panic!("{theme}.toml: {error}")).questions
}

/// What the points' runs are made of, as the page has it: scenarios by their ids, and runs of lessons.
#[derive(Default)]
struct Setups(BTreeMap<String, Setup>);

impl Setups {
    fn of(&mut self, name: &str) -> Setup {
        self.0.entry(name.to_owned()).or_insert_with(|| scenario(name).setup()).clone()
    }
}

fn scenario(name: &str) -> Scenario {
    let Some((id, run)) = Point::run_of_lesson(name) else {
        return Ours.scenario(name).unwrap_or_else(|| panic!("no scenario {name}"));
    };
    let staged = check(&lesson(id), Some(id), &Ours).staged.expect("a lesson");
    let sheet = Sheet::of(&staged, &Ours, "en");
    let run = sheet.runs.iter().find(|known| known.id == run);
    let run = run.unwrap_or_else(|| panic!("{id} has no such run: {name}"));
    assert!(run.edits.is_empty() && run.seed.is_none(), "{name}: write the edits into the point");
    match &run.stage {
        SheetStage::Named(id) => Ours.scenario(id).expect("a scenario"),
        SheetStage::Inline(file) => Scenario::from_json(file).expect("a scenario"),
    }
}

/// The run of a point, and the moment that it means.
fn shown(point: &Point, setups: &mut Setups) -> Option<(Timeline, RecordId)> {
    let timeline = point.run(setups.of(&point.scenario))?;
    let record = point.record(&timeline)?;
    Some((timeline, record))
}

/// What is claimed of each point of a theme, in order.
fn claims(theme: &str) -> Vec<Vec<String>> {
    let file: toml::Table = source(theme).parse().expect("TOML");
    let list = |of: &toml::Value, key: &str| -> Vec<toml::Value> {
        of.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default()
    };
    let questions = list(&toml::Value::Table(file), "question");
    let points = questions.iter().flat_map(|question| list(question, "point"));
    let text = |claim: &toml::Value| claim.as_str().expect("a text").to_owned();
    points.map(|point| list(&point, "claims").iter().map(text).collect()).collect()
}

/// Why a claim does not hold at a moment; `None` where it holds.
fn misses(claim: &str, timeline: &Timeline, record: RecordId) -> Option<String> {
    let last = u32::try_from(timeline.trace().event_of(record).end - 1).expect("few records");
    let take = Take { id: Runs::MAIN.to_owned(), timeline: timeline.clone() };
    let runs = Runs { takes: vec![take] };
    let stop = StopFound { id: String::new(), run: 0, record, last: RecordId(last) };
    let value = claim::parse(claim).and_then(|claim| claim.value(&Scene::new(&runs, &[], &stop)));
    match value {
        Ok(Value::Truth(true)) => None,
        Ok(value) => Some(format!("`{claim}` is {}", value.said(Numbers::Relative))),
        Err(wrong) => Some(format!("`{claim}`: {}", wrong.what)),
    }
}

#[test]
fn every_point_is_reached_and_what_is_claimed_of_it_holds() {
    let mut setups = Setups::default();
    let mut wrong = String::new();
    for theme in stems("interviews", "toml") {
        let claims = claims(&theme);
        let mut claims = claims.iter();
        for question in questions(&theme) {
            for (place, point) in (1..).zip(&question.points) {
                let claims = claims.next().expect("as many as points");
                let here = format!("{theme}.toml, {} {place}", question.id);
                let Some((timeline, record)) = shown(point, &mut setups) else {
                    wrong.push_str(&format!("{here}: {} is never reached\n", point.at));
                    continue;
                };
                for miss in claims.iter().filter_map(|claim| misses(claim, &timeline, record)) {
                    wrong.push_str(&format!("{here}: {miss}\n"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_follow_up_is_asked_and_graded_for_any_seed() {
    let mut setups = Setups::default();
    let mut missed = Vec::new();
    for theme in stems("interviews", "toml") {
        for question in questions(&theme) {
            let follow_ups = u8::try_from(question.follow_ups.len()).expect("few");
            assert!(follow_ups > 0, "{}", question.id);
            let mut setup = |name: &str| Some(setups.of(name));
            for place in 0..follow_ups {
                for seed in [1, 2] {
                    let Some(asked) = question.follow_up(place, seed, &mut setup) else {
                        missed.push(format!("{} {place}", question.id));
                        continue;
                    };
                    let kind = question.follow_ups[usize::from(place)];
                    assert_eq!(asked.question.kind.place(), kind);
                    let right = asked.quiz().expected(&asked.question).expect("an answer");
                    assert!(asked.quiz().grade(&asked.question, &right).expect("a grade").right);
                }
            }
            assert!(question.follow_up(follow_ups, 1, &mut setup).is_none());
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// No two rounds are alike: neither the points at which they ask, nor the runs.
#[test]
fn other_seeds_ask_at_other_points_of_other_runs() {
    let mut setups = Setups::default();
    let mut asked = Vec::new();
    for question in questions("closing") {
        let mut setup = |name: &str| Some(setups.of(name));
        asked.extend((1..=8).filter_map(|seed| question.follow_up(0, seed, &mut setup)));
    }
    let asked: Vec<_> = asked
        .into_iter()
        .map(|asked| {
            let is_varied = asked.timeline.setup() != &setups.of(&asked.scenario);
            (asked.scenario, is_varied)
        })
        .collect();
    let varied = asked.iter().filter(|(_, is_varied)| *is_varied).count();
    assert!(varied * 2 > asked.len(), "{varied} of {} are asked on varied runs", asked.len());
    let first: Vec<_> =
        questions("closing").iter().map(|it| it.points[0].scenario.clone()).collect();
    let elsewhere = asked.iter().filter(|(scenario, _)| !first.contains(scenario)).count();
    assert!(elsewhere > 0, "all are asked at the first point");
}

/// A test of the tests: what is false is told.
#[test]
fn a_claim_that_does_not_hold_is_told() {
    let (timeline, record) =
        shown(&questions("opening")[0].points[0], &mut Setups::default()).expect("a moment");
    assert_eq!(misses("client.state == SYN-SENT", &timeline, record), None);
    for (claim, said) in [
        ("client.state == LISTEN", "`client.state == LISTEN` is false"),
        ("client.state", "`client.state` is SYN-SENT"),
        ("client.stat == LISTEN", "`client.stat == LISTEN`: "),
    ] {
        let told = misses(claim, &timeline, record).expect(claim);
        assert!(told.starts_with(said), "{told}");
    }
}
