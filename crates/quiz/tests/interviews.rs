//! The interviews that come with the page: both languages say the same of the same, and what is wrong
//! with a file is said. That their points are reached is tested where the lessons are, for many of
//! them show in a lesson's run.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use tcpscope_quiz::{Interview, InterviewQuestion, Level, Point, Round, Theme};
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
    assert_eq!(closing, HashSet::from(["four-way-close", "three-segment-close", "why-two-msl"]));
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
fn a_point_shows_in_a_scenario_or_in_a_run_of_a_lesson() {
    let (_, whole) = files().into_iter().find(|(name, _)| name == "opening").expect("a file");
    let named = |named: &str| {
        let text = whole.replacen("scenario = \"three-way-handshake\"", named, 1);
        let interview = Interview::from_toml(&text, Locale::En).expect("an interview");
        let interview = Interview::from_text(&interview.to_text()).expect("the same");
        let scenario = interview.questions[0].points[0].scenario.clone();
        Point::run_of_lesson(&scenario).map(|(lesson, run)| [lesson, run].map(str::to_owned))
    };
    let run = |run: &str| Some(["paws", run].map(str::to_owned));
    assert_eq!(named("scenario = \"paws\""), None);
    assert_eq!(named("lesson = \"paws\""), run("main"));
    assert_eq!(named("lesson = \"paws\"\nrun = \"other\""), run("other"));
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
        ("scenario = ", "run = \"other\"\nscenario = ", "a run is a lesson's: name the lesson"),
        ("scenario = ", "lesson = \"a\"\nscenario = ", "name a scenario or a lesson, not both"),
        ("\nat = ", "\nclaims = 1\nat = ", "this should be a list"),
        ("nth = 2", "nth = \"2\"", "this should be a whole number"),
        ("[[question]]", "[[question", "line "),
    ] {
        let text = whole.replacen(from, to, 1);
        assert_ne!(text, whole, "{from}");
        let error = Interview::from_toml(&text, Locale::ZhCn).expect_err(to).to_string();
        assert!(error.contains(said), "{to}: {error}");
    }
}
