//! Codes: what goes in comes out, and what was cut or changed is told, with its place.

mod common;

use common::answers::answer;
use proptest::prelude::*;
use tcpscope_quiz::{
    Answer, Answered, CodeError, Kind, LONGEST_CODE, Level, MOST_QUESTIONS, Results, Round,
    SELF_GRADED, Theme,
};
use tcpscope_sim::CallResult;
use tcpscope_tcp::{Errno, State};

fn round() -> impl Strategy<Value = Round> {
    let theme = prop::sample::select(Theme::ALL.to_vec());
    let level = prop::sample::select(Level::ALL.to_vec());
    (any::<u32>(), theme, level, 1..=MOST_QUESTIONS)
        .prop_map(|(seed, theme, level, count)| Round::new(seed, theme, level, count))
}

fn results() -> impl Strategy<Value = Results> {
    let kinds = u8::try_from(Kind::NAMES.len()).expect("few kinds");
    let kind = prop_oneof![9 => 0..kinds, 1 => Just(SELF_GRADED)];
    let answered = (kind, prop::option::of(answer()), any::<bool>(), 0_u32..864_001)
        .prop_map(|(kind, answer, right, tenths)| Answered { kind, answer, right, tenths });
    (round(), prop::collection::vec(answered, 0..12)).prop_map(|(round, mut answers)| {
        answers.truncate(round.count().into());
        Results { round, answers }
    })
}

/// The place of a change among a code's symbols, from 1 on.
fn symbol_at(code: &str, at: usize) -> usize {
    code[..at].chars().filter(|letter| *letter != '-').count() + 1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_round_comes_back(round in round()) {
        let code = round.to_code();
        prop_assert!(code.len() <= 30, "{code}");
        prop_assert_eq!(Round::from_code(&code), Ok(round));
        // As somebody types it who was told it.
        let typed = code.to_ascii_uppercase().replace('-', " ").replace('0', "O").replace('1', "l");
        let typed = typed.replacen('l', "1", 1);
        prop_assert_eq!(Round::from_code(&format!(" {typed}\n")), Ok(round));
    }

    #[test]
    fn results_come_back(results in results()) {
        let code = results.to_code();
        prop_assert_eq!(Results::from_code(&code), Ok(results.clone()));
        prop_assert!(code.len() < 60 + 90 * results.answers.len(), "{}", code.len());
    }

    #[test]
    fn what_is_cut_is_told(results in results(), cut in any::<prop::sample::Index>()) {
        let code = results.to_code();
        let symbols = code.replace('-', "").len();
        let cut = cut.index(symbols);
        let rest: String = code.replace('-', "").chars().take(cut).collect();
        match Results::from_code(&rest) {
            Err(CodeError::Empty) => prop_assert_eq!(cut, 0),
            Err(CodeError::Cut { symbols: there, of }) => {
                prop_assert_eq!(there, cut);
                prop_assert!(of.is_none_or(|of| of == symbols));
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn what_is_changed_is_told_with_its_place(
        results in results(),
        at in any::<prop::sample::Index>(),
        with in "[0-9a-tv-z]",
    ) {
        let code = results.to_code();
        let places: Vec<_> = code.char_indices().filter(|(_, letter)| *letter != '-').skip(2).collect();
        let (at, letter) = places[at.index(places.len())];
        let same = |letter: char| match letter { 'o' => '0', 'i' | 'l' => '1', other => other };
        let with_letter = with.chars().next().expect("a letter");
        prop_assume!(same(with_letter) != letter);
        let mut changed = code.clone();
        changed.replace_range(at..=at, &with);
        let symbol = symbol_at(&code, at);
        let error = Results::from_code(&changed).expect_err("it was changed");
        match error {
            CodeError::Damaged { from, to } => prop_assert!((from..=to).contains(&symbol)),
            // The last group may look as if it were cut.
            CodeError::Cut { .. } => prop_assert!(symbol + 8 > code.replace('-', "").len()),
            other => prop_assert!(false, "{:?} at {}", other, symbol),
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[ -~]{0,80}", code in "[aq]1[-0-9a-z]{0,200}") {
        let _ = (Round::from_code(&text), Results::from_code(&text));
        let _ = (Round::from_code(&code), Results::from_code(&code));
    }
}

#[test]
fn what_is_wrong_is_said() {
    let code = Round::new(7, Theme::Loss, Level::Expert, 10).to_code();
    let results =
        Results { round: Round::new(7, Theme::Loss, Level::Expert, 10), answers: Vec::new() };
    for (text, said) in [
        (String::new(), "the code is empty"),
        ("hello".to_owned(), "begins with \"h\"; one of this kind begins with \"q\""),
        (results.to_code(), "begins with \"a\"; one of this kind begins with \"q\""),
        (code.replacen("q1", "q2", 1), "of version \"2\"; version 1 is known here"),
        (code[..code.len() - 4].to_owned(), "the code is cut off: "),
        (format!("{code}00"), "the code ends before symbol "),
        (code.replacen("q1-", "q1-u", 1), "symbol 3 is \"u\""),
        ("q".to_owned(), "only 1 symbols"),
        ("0".repeat(LONGEST_CODE + 1), "is the most it may have"),
    ] {
        let error = Round::from_code(&text).expect_err(&text).to_string();
        assert!(error.contains(said), "{text}: {error}");
    }
}

/// A group tells each single change; two that make up for each other are told by the sum over all.
#[test]
fn changes_that_make_up_for_each_other_are_told() {
    let code = Round::new(123_456, Theme::Opening, Level::Basic, 10).to_code();
    assert_eq!(code, "q1-0r0g02px-0rg3gmz8-0ac8s");
    // The weights of a group's first two symbols are 1 and 3: one gains 3, the other loses 1.
    let changed = code.replace("-0rg3gmz8-", "-3qg3gmz8-");
    assert_eq!(Round::from_code(&changed), Err(CodeError::Sum));
}

#[test]
fn whatever_follows_a_code_is_told() {
    let code = Round::new(123_456, Theme::Opening, Level::Basic, 10).to_code();
    let symbols = || "0123456789abcdefghjkmnpqrstvwxyz".chars();
    for (one, other) in symbols().flat_map(|one| symbols().map(move |other| (one, other))) {
        // For some of these the last group's check is right again.
        let longer = format!("{code}{one}{other}");
        let told = Round::from_code(&longer);
        assert!(matches!(told, Err(CodeError::TooMuch { .. })), "{longer}: {told:?}");
    }
}

/// These codes were made by version 1: they are read for ever.
#[test]
fn old_codes_are_read() {
    let round = Round::new(123_456, Theme::Opening, Level::Basic, 10);
    assert_eq!(round.to_code(), "q1-0r0g02px-0rg3gmz8-0ac8s");
    let answers = vec![
        Answered {
            kind: 0,
            answer: Some(Answer::State(Some(State::Established))),
            right: true,
            tenths: 42,
        },
        Answered { kind: 1, answer: None, right: false, tenths: 600 },
        Answered {
            kind: 4,
            answer: Some(Answer::Call(CallResult::Failed(Errno::ConnectionReset))),
            right: false,
            tenths: 75,
        },
    ];
    let results = Results { round, answers };
    assert_eq!(results.to_code(), "a1-2g0g02pq-0rg3g60b-9a002g51-p040w448-p1060v9e-9jrmf2");
    assert_eq!(results.rights(), 1);
}
