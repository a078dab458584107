//! News that the reader should not miss, with what still works and what can be done.

use tcpscope_sim::Ended;

use super::capture::CaptureCommand;
use super::command::Command;
use super::element::{El, classed, el};
use super::icons::{self, button, icon_button};
use super::picture::time;
use super::question::QuizCommand;
use crate::store::{NoticeKind, Session};

/// The notices; the region is there before anything is told, so that it is heard.
pub(super) fn notices(session: &Session) -> El {
    let alert = el("div").set("role", "alert").maybe(notice(session));
    classed("div", "notices").add(alert).maybe(limit_reached(session))
}

fn notice(session: &Session) -> Option<El> {
    let notice = session.notice.as_ref()?;
    let words = &session.messages().error;
    let detail = &notice.detail;
    let (title, text) = match notice.kind {
        NoticeKind::UnknownScenario => {
            (words.unknown_scenario, words.unknown_scenario_text.fill([detail]))
        }
        NoticeKind::CannotLoad => (words.cannot_load, words.cannot_load_text.fill([detail])),
        NoticeKind::MalformedScenario => (words.malformed_scenario, detail.clone()),
        NoticeKind::BadLink => (words.bad_link, detail.clone()),
        NoticeKind::LongLink => return Some(long_link(session, detail)),
        NoticeKind::Held => return Some(held(session)),
        NoticeKind::Replayed => return Some(replayed(session, detail)),
        NoticeKind::NoLesson => (session.messages().app.lessons, detail.clone()),
        NoticeKind::BadEdit => (words.bad_edit, detail.clone()),
        NoticeKind::NotKept => (words.not_kept, words.not_kept_text.to_owned()),
        NoticeKind::NoCanvas => (words.no_canvas, words.no_canvas_text.to_owned()),
        NoticeKind::NoWindow => (session.messages().present.notes, detail.clone()),
    };
    let mut said = el("p").add(el("strong").say(title)).say(" · ").text(text);
    if session.run.is_some() {
        said = said.say(" ").say(words.still_works);
    }
    let retry = (notice.kind == NoticeKind::CannotLoad)
        .then(|| button("button", Command::Retry).say(words.try_again));
    let close = icon_button(icons::CLOSE, words.dismiss, "", Command::DismissNotice);
    Some(classed("div", "notice").add(said).maybe(retry).add(close))
}

/// A link that many programs refuse: a file that holds it.
fn long_link(session: &Session, link: &str) -> El {
    let words = &session.messages().links;
    let text = words.long_text.fill([&link.chars().count().to_string()]);
    let said = el("p").add(el("strong").say(words.long)).say(" · ").text(text);
    let id = session.run.as_ref().map_or("link", |run| run.scenario().id());
    let save = link_file(session, link, id);
    let name = session.messages().error.dismiss;
    let close = icon_button(icons::CLOSE, name, "", Command::DismissNotice);
    classed("div", "notice").add(said).add(save).add(close)
}

/// A link as a file, to be saved.
pub(super) fn link_file(session: &Session, link: &str, name: &str) -> El {
    // What would end an address of data, or be undone in it.
    let file = "data:text/plain,".to_owned() + &link.replace('%', "%25").replace('#', "%23");
    classed("a", "button")
        .write("href", file)
        .write("download", name.to_owned() + ".tcpscope.txt")
        .say(session.messages().links.save)
}

/// Another run would tell the answer of a question: it can be given up.
fn held(session: &Session) -> El {
    let words = &session.messages().asking;
    let said = el("p").add(el("strong").say(words.held)).say(" · ").say(words.held_about);
    let give_up = button("button", Command::Quiz(QuizCommand::GiveUpFor)).say(words.give_up_for);
    let name = session.messages().error.dismiss;
    let close = icon_button(icons::CLOSE, name, "", Command::DismissNotice);
    classed("div", "notice").add(said).add(give_up).add(close)
}

/// The run takes the place of another: the ways back, to the capture and to that run.
fn replayed(session: &Session, name: &str) -> El {
    let words = &session.messages().capture_view;
    let capture = |what| Command::Capture(what);
    let has_before = session.capturing.as_ref().is_some_and(|it| it.before.is_some());
    let before =
        has_before.then(|| button("button", capture(CaptureCommand::Before)).say(words.to_run));
    let back = button("button", capture(CaptureCommand::Show)).say(words.to_capture);
    let dismiss = session.messages().error.dismiss;
    let close = icon_button(icons::CLOSE, dismiss, "", Command::DismissNotice);
    classed("div", "notice ways-back")
        .add(el("p").text(words.replayed.fill([name])))
        .add(back)
        .maybe(before)
        .add(close)
}

/// A run that was cut off says so.
fn limit_reached(session: &Session) -> Option<El> {
    let run = session.run.as_ref()?;
    let words = &session.messages().notice;
    let limits = run.timeline().setup().limits;
    let text = match run.trace().ended() {
        Ended::Quiet => return None,
        Ended::RecordLimit => words.record_limit.fill([&limits.records.to_string()]),
        Ended::TimeLimit => words.time_limit.fill([&time(limits.until)]),
    };
    let said = el("p").text(text).say(" ").say(words.limit_cure);
    Some(classed("div", "notice").set("role", "status").add(said))
}
