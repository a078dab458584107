//! What is asked at a stop, and what is said to an answer: whether it is right, by which rule with
//! which numbers, and where to see it.

use tcpscope_quiz::{Quiz, answer_in_words, rule_in_words, see_in_words, text};

use super::words::Writer;
use crate::store::{Asked, AskedBy, Reading};
use crate::ui::command::Command;
use crate::ui::drawer::typed::typed;
use crate::ui::drawer::why::cite;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::Picture;
use crate::ui::teach::TeachCommand;

/// What is asked at the stop, while the figure shows its run.
pub(super) fn questions(
    picture: &Picture<'_>,
    reading: &Reading,
    writer: &mut Writer<'_>,
) -> Option<El> {
    let stop = reading.stop()?;
    if reading.asked.is_empty() || !reading.shows_run(stop.run, picture.run) {
        return None;
    }
    // What is open is asked only where it cannot be read off.
    if reading.asked.iter().any(Asked::is_open) && !picture.run.is_veiled() {
        return None;
    }
    let words = &picture.messages.lessons;
    let mut section = classed("section", "asks").add(classed("h3", "label").say(words.questions));
    for (number, asked) in reading.asked.iter().enumerate() {
        let own = stop.asks.get(asked.place).map(|ask| &ask.ask).filter(|ask| !ask.is_empty());
        let quiz = quiz(asked);
        let question = match own {
            Some(own) => writer.line(el("span"), own),
            None => el("span").text(text(&quiz, &asked.question, picture.locale)),
        };
        let controls = Controls {
            answer: |choice| Command::Teach(TeachCommand::Answer(choice)),
            first: number * 16,
            see: Command::Teach(TeachCommand::See(number)),
            once: false,
            by: AskedBy::Lesson(number),
        };
        section = section.add(ask(picture, number, asked, question, &controls).key(number));
    }
    Some(section)
}

/// The quiz that words a question's answers: of its own run, with the numbers that its choices have.
pub(in crate::ui::drawer) fn quiz(asked: &Asked) -> Quiz<'_> {
    Quiz::of(&asked.run).with_numbers(asked.numbers)
}

/// What a question's controls ask for.
pub(in crate::ui::drawer) struct Controls {
    /// A choice, by its place after the first.
    pub(in crate::ui::drawer) answer: fn(usize) -> Command,
    /// The place of the first choice.
    pub(in crate::ui::drawer) first: usize,
    /// Where the answer shows.
    pub(in crate::ui::drawer) see: Command,
    /// Whether the first answer is the only one.
    pub(in crate::ui::drawer) once: bool,
    /// Who asks.
    pub(in crate::ui::drawer) by: AskedBy,
}

/// A question, its choices, and what is said to the one that was made.
pub(in crate::ui::drawer) fn ask(
    picture: &Picture<'_>,
    number: usize,
    asked: &Asked,
    question: El,
    controls: &Controls,
) -> El {
    let words = &picture.messages.quiz;
    let mut id = "ask-".to_owned();
    id.push_str(&number.to_string());
    let chosen = asked.graded.as_ref();
    let mut list = classed("ul", "choices");
    for (place, answer) in asked.choices.iter().enumerate() {
        let is_chosen = chosen.is_some_and(|(choice, _)| *choice == place);
        let right = chosen.is_some_and(|(_, graded)| graded.expected == *answer);
        // Told by a sign, and by what is said below.
        let sign = if right {
            "✓"
        } else if is_chosen {
            "✗"
        } else {
            ""
        };
        let choice = button("ask-choice", (controls.answer)(controls.first + place))
            .when(controls.once && chosen.is_some(), "aria-disabled", "true")
            .flag("aria-pressed", is_chosen)
            .flag("data-right", right)
            .add(classed("span", "sign").set("aria-hidden", "true").say(sign))
            .add(el("span").text(answer_in_words(&quiz(asked), answer, picture.locale)));
        list = list.add(el("li").add(choice));
    }
    let said = el("div").set("role", "status");
    let said = match chosen {
        None => said,
        Some((_, graded)) => {
            let quiz = quiz(asked);
            let verdict = if graded.right { words.right } else { words.wrong };
            let mut told = el("p");
            // One that was given up is neither.
            if chosen.is_some_and(|(choice, _)| *choice < asked.choices.len()) {
                told = told.add(el("b").say(verdict));
            }
            if !graded.right {
                let right = answer_in_words(&quiz, &graded.expected, picture.locale);
                told = told.say(" ").text(words.would_be.fill([&right]));
            }
            let mut rules = classed("ul", "reasons");
            for because in rule_in_words(&quiz, graded, picture.locale) {
                let rule = el("li").text(because.text).say(" ").add(cite(because.citation));
                rules = rules.add(rule);
            }
            // While another question is open, nothing that follows can be gone to.
            let see = graded.see.as_ref().filter(|_| !picture.run.is_veiled()).map(|see| {
                let name = if see.change.is_some() { words.see_changed } else { words.see };
                let what = see_in_words(&quiz, see, picture.locale);
                button("quiet-button", controls.see).write("title", what).say(name)
            });
            said.set("class", "verdict")
                .flag("data-right", graded.right)
                .add(told)
                .add(rules)
                .maybe(see)
        }
    };
    el("div")
        .set("class", "ask")
        .set("role", "group")
        .write("aria-labelledby", id.clone())
        .add(el("p").write("id", id).add(question))
        .add(list)
        .maybe(typed(picture, asked, controls.by))
        .add(said)
}
