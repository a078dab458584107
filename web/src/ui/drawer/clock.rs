//! The clock of a round, or of an interview that was drawn: for those who want it.

use crate::store::{MORE, TimeLeft};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::interview::InterviewCommand;
use crate::ui::picture::Picture;

/// What is left of the time, and how to have more or none, until it is over.
pub(super) fn clock(picture: &Picture<'_>) -> Option<El> {
    let interviewing = &picture.session.interviewing;
    let clock = interviewing.clock.filter(|_| !interviewing.is_over())?;
    let words = &picture.messages.round_clock;
    let runs = clock.since().is_some();
    let left = match clock.shown() {
        TimeLeft::Minutes(minutes) => words.minutes_left.fill([&minutes.to_string()]),
        TimeLeft::Seconds(seconds) => words.seconds_left.fill([&seconds.to_string()]),
        TimeLeft::Up => words.up.to_owned(),
    };
    let warns = matches!(clock.shown(), TimeLeft::Seconds(_)) && runs;
    let state = el("span").set("role", "status");
    let state = match (runs, warns) {
        (false, _) => state.say(words.paused),
        (true, true) => state.say(words.warning),
        (true, false) => state,
    };
    let control = |command, name| button("quiet-button", Command::Interview(command)).text(name);
    let pause = if runs { words.pause } else { words.go_on };
    let acts = classed("span", "round-clock-acts")
        .add(control(InterviewCommand::Pause, pause.to_owned()))
        .add(control(InterviewCommand::More, words.more.fill([&MORE.to_string()])))
        .add(control(InterviewCommand::Untimed, words.take_away.to_owned()));
    let time = classed("b", "num").set("id", "round-time").set("role", "timer").text(left);
    let clock = classed("div", "round-clock").set("role", "group").set("aria-label", words.label);
    Some(clock.flag("data-warns", warns).add(time).add(state).add(acts))
}

/// At the end: how far it came, where that is not all the way, and whether that is the time's doing.
pub(super) fn stopped(picture: &Picture<'_>, answered: usize, of: usize) -> Option<El> {
    let words = &picture.messages.round_clock;
    let up = picture.session.interviewing.clock.filter(|clock| clock.shown() == TimeLeft::Up);
    (answered < of).then(|| {
        let said = words.answered.fill([&answered.to_string(), &of.to_string()]);
        let up = up.map(|_| el("b").say(words.up).say(" "));
        el("p").maybe(up).add(el("span").text(said))
    })
}
