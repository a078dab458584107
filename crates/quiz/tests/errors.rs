//! Whatever is wrong is said in every language.

use tcpscope_quiz::{
    AnswerError, CodeError, Level, Review, StateProblem, Theme, Trouble, answer_error_in_words,
    code_error_in_words, level_in_words, theme_in_words, trouble_in_words,
};
use tcpscope_view::Locale;

/// That a text is a sentence of its language, with all gaps filled.
fn is_said(text: &str, locale: Locale) {
    let end = if locale == Locale::En { '.' } else { '。' };
    assert!(text.ends_with(end) && !text.contains(['{', '}']), "{text}");
}

#[test]
fn what_is_wrong_is_said_in_every_language() {
    let (word, found) = ("x".to_owned(), "y".to_owned());
    let answers = [
        AnswerError::Empty,
        AnswerError::TooLong { at_most: 200 },
        AnswerError::Unknown { word, known: "SYN, ACK".to_owned() },
        AnswerError::NoNumber { field: "seq", found: found.clone() },
        AnswerError::NoTime { found },
        AnswerError::Missing { field: "time" },
        AnswerError::Twice { field: "SYN" },
        AnswerError::NoSuchChoice { choices: 4 },
        AnswerError::NoQuestion,
    ];
    let codes = [
        CodeError::Empty,
        CodeError::TooLong { octets: 20_000, at_most: 16_384 },
        CodeError::OtherKind { found: 'a', expected: 'q' },
        CodeError::Version { found: '2' },
        CodeError::Symbol { at: 7, letter: 'u' },
        CodeError::Cut { symbols: 8, of: Some(24) },
        CodeError::Cut { symbols: 1, of: None },
        CodeError::TooMuch { from: 25, symbols: 26 },
        CodeError::Damaged { from: 3, to: 10 },
        CodeError::Sum,
        CodeError::Content { field: "theme" },
    ];
    let problems = [
        StateProblem::Head,
        StateProblem::Fields { found: 2 },
        StateProblem::Name,
        StateProblem::Box,
        StateProblem::Number,
        StateProblem::Twice,
        StateProblem::TooMany,
    ];
    for locale in Locale::ALL {
        for error in &answers {
            is_said(&answer_error_in_words(error, locale), locale);
        }
        for error in &codes {
            is_said(&code_error_in_words(error, locale), locale);
        }
        for problem in problems {
            is_said(&trouble_in_words(&Trouble { line: 3, problem }, locale), locale);
        }
    }
    let missing = AnswerError::Missing { field: "time" };
    assert_eq!(answer_error_in_words(&missing, Locale::En), "Time is missing.");
    assert_eq!(answer_error_in_words(&missing, Locale::ZhCn), "缺少时间。");
    let (_, troubles) = Review::from_text("tcpscope-review 1\na 9 1 1 1\n");
    assert_eq!(trouble_in_words(&troubles[0], Locale::ZhCn), "第 2 行：格是 1 到 6 的整数。");
}

#[test]
fn themes_and_levels_have_names() {
    assert_eq!(theme_in_words(Theme::Opening, Locale::ZhCn), "建立连接");
    assert_eq!(theme_in_words(Theme::Failures, Locale::En), "Resets, crashes, silence");
    assert_eq!(level_in_words(Level::Expert, Locale::En), "Expert");
}
