//! The interviews that come with the page: every point's moment is reached, every question has its
//! follow-ups, and both languages say the same of the same.

mod common;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use common::scenario;
use tcpscope_quiz::{Interview, InterviewQuestion, Level, Round, Theme};
use tcpscope_sim::Setup;
use tcpscope_view::Locale;

/// All files, by name.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../interviews");
    let files = fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| {
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
            (name, fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    files.sort();
    files
}

fn read(locale: Locale) -> Vec<Interview> {
    files()
        .iter()
        .map(|(name, text)| {
            let read = Interview::from_toml(text, locale);
            let interview = read.unwrap_or_else(|error| panic!("{name}.toml: {error}"));
            assert_eq!(interview.theme.name(), name);
            interview
        })
        .collect()
}

fn questions(locale: Locale) -> Vec<InterviewQuestion> {
    read(locale).into_iter().flat_map(|interview| interview.questions).collect()
}

#[test]
fn each_theme_has_an_interview_and_each_question_a_name() {
    let themes: HashSet<_> = read(Locale::En).iter().map(|interview| interview.theme).collect();
    assert_eq!(themes.len(), Theme::ALL.len());
    let questions = questions(Locale::En);
    let ids: HashSet<_> = questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids.len(), questions.len());
    assert!(questions.iter().all(|question| question.points.len() >= 2));
}

#[test]
fn every_point_is_reached() {
    let mut missed = Vec::new();
    for question in questions(Locale::En) {
        for point in &question.points {
            let run = point.run(scenario(&point.scenario).setup()).expect("a run");
            if point.record(&run).is_none() {
                missed.push(format!("{}: {} {}", question.id, point.scenario, point.at));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn every_follow_up_is_asked_and_graded_for_any_seed() {
    let mut setups: HashMap<String, Setup> = HashMap::new();
    let mut missed = Vec::new();
    for question in questions(Locale::En) {
        let follow_ups = u8::try_from(question.follow_ups.len()).expect("few");
        assert!(follow_ups > 0, "{}", question.id);
        for place in 0..follow_ups {
            for seed in [1, 2] {
                let mut setup = |id: &str| {
                    let setup = setups.entry(id.to_owned()).or_insert_with(|| scenario(id).setup());
                    Some(setup.clone())
                };
                let Some(asked) = question.follow_up(place, seed, &mut setup) else {
                    missed.push(format!("{} {place}", question.id));
                    continue;
                };
                assert_eq!(asked.question.kind.place(), question.follow_ups[usize::from(place)]);
                let right = asked.quiz().expected(&asked.question).expect("an answer");
                assert!(asked.quiz().grade(&asked.question, &right).expect("a grade").right);
            }
        }
        assert!(question.follow_up(follow_ups, 1, &mut |id| Some(scenario(id).setup())).is_none());
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn both_languages_say_the_same_of_the_same() {
    let plain = |interviews: Vec<Interview>| -> Vec<String> {
        let questions = interviews.into_iter().flat_map(|interview| interview.questions);
        questions
            .flat_map(|question| {
                let points = question.points.into_iter();
                points.map(move |point| {
                    format!("{} {} {} {}", question.id, point.scenario, point.at, point.nth)
                })
            })
            .collect()
    };
    assert_eq!(plain(read(Locale::En)), plain(read(Locale::ZhCn)));
    for interview in read(Locale::ZhCn) {
        let points = interview.questions.iter().flat_map(|question| &question.points);
        let said = points.map(|point| &point.say);
        let asked = interview.questions.iter().map(|question| &question.ask);
        for text in said.chain(asked) {
            let is_chinese = text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
            assert!(is_chinese && text.ends_with(['。', '？', '）', '」']), "{text}");
            for word in ["你", "您", "！", "包", "序列号", "定时器", "确认序号", "滑窗"]
            {
                assert!(!text.contains(word), "{word} in: {text}");
            }
            let letters: Vec<_> = text.chars().collect();
            for pair in letters.windows(2) {
                let han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
                let glued = (han(pair[0]) && pair[1].is_ascii_alphanumeric())
                    || (pair[0].is_ascii_alphanumeric() && han(pair[1]));
                assert!(!glued, "{}{} in: {text}", pair[0], pair[1]);
            }
        }
    }
    for question in questions(Locale::En) {
        let said = question.points.iter().map(|point| &point.say).chain([&question.ask]);
        for text in said {
            assert!(text.is_ascii() || text.contains('×'), "{text}");
            assert!(text.ends_with(['.', '?']), "{text}");
        }
    }
}

#[test]
fn a_round_draws_by_theme_and_level() {
    let interviews = read(Locale::En);
    let ids = |round: Round| -> Vec<&str> {
        round.interview(&interviews).into_iter().map(|question| question.id.as_str()).collect()
    };
    let round = |seed, theme, level| Round::new(seed, theme, level, 5);
    let all = ids(round(1, Theme::Everything, Level::Expert));
    assert_eq!(all.len(), 5);
    assert_eq!(all, ids(round(1, Theme::Everything, Level::Expert)));
    assert_ne!(all, ids(round(2, Theme::Everything, Level::Expert)));
    let closing: HashSet<_> = ids(round(3, Theme::Closing, Level::Basic)).into_iter().collect();
    assert_eq!(closing, HashSet::from(["four-way-close", "why-two-msl"]));
}

#[test]
fn what_the_page_fetches_says_the_same() {
    for locale in Locale::ALL {
        for interview in read(locale) {
            assert_eq!(Interview::from_text(&interview.to_text()), Ok(interview));
        }
    }
    for (text, said) in [
        ("", "line 1: the text is no interview of version 1"),
        ("tcpscope-interview 2\n", "line 1: the text is no interview of version 1"),
        ("tcpscope-interview 1\n", "line 2: the theme is missing"),
        ("tcpscope-interview 1\ntheme\twar\tWar\n", "line 2: there is no such theme"),
        (
            "tcpscope-interview 1\ntheme\tloss\tLoss\npoint\ta\tb\t1\t\tc\n",
            "line 3: a point stands",
        ),
        (
            "tcpscope-interview 1\ntheme\tloss\tLoss\nask\tid\thard\t\tWhy?\n",
            "line 3: there is no such level",
        ),
        (
            "tcpscope-interview 1\ntheme\tloss\tLoss\nask\tid\tbasic\tguess\tWhy?\n",
            "line 3: there is no such kind",
        ),
        ("tcpscope-interview 1\ntheme\tloss\tLoss\nsing\n", "line 3: the line is neither"),
    ] {
        let error = Interview::from_text(text).expect_err(text).to_string();
        assert!(error.starts_with(said), "{error}");
    }
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let (_, whole) = files().into_iter().find(|(name, _)| name == "opening").expect("a file");
    for (from, to, said) in [
        ("format = 1", "format = 2", "this program reads `format = 1`"),
        ("theme = \"opening\"", "theme = \"war\"", "line 4: there is no theme `war`"),
        ("level = \"basic\"", "level = \"easy\"", "there is no level `easy`"),
        ("\"next-segment\"", "\"next\"", "there is no kind of question `next`"),
        ("zh-CN = \"SYN,ACK", "zh = \"SYN,ACK", "there is no field `zh`; there are en, zh-CN"),
        ("scenario = ", "scene = ", "there is no field `scene`"),
        ("nth = 2", "nth = \"2\"", "this should be a whole number"),
        ("[[question]]", "[[question", "line "),
    ] {
        let text = whole.replacen(from, to, 1);
        assert_ne!(text, whole, "{from}");
        let error = Interview::from_toml(&text, Locale::ZhCn).expect_err(to).to_string();
        assert!(error.contains(said), "{to}: {error}");
    }
}
