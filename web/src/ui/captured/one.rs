//! One conversation of a capture: its ladder or a plot, and what is chosen of it.

use std::rc::Rc;

use tcpscope_dissect::{
    CapturedView, End, Look, captured_heads, captured_marks, captured_plot, end_in_words,
};
use tcpscope_view::{LADDER_HEADER, PlotKind, plot_marks};

use super::segment::{about, option};
use super::{CAPTURE_SCROLL, CAPTURE_SEGMENTS, command, cut};
use crate::store::{Capturing, Opened, Session};
use crate::ui::capture::CaptureCommand;
use crate::ui::element::{El, classed, el, tenths};
use crate::ui::icons::{self, button, icon};

/// More is drawn above what shows, and below.
const AROUND: f64 = 480.0;

/// The conversation.
pub(super) fn one(session: &Session, capturing: &Capturing, one: &Opened) -> El {
    let look = Look {
        gathered: &one.gathered,
        observed: &one.observed,
        selected: Some(one.selected),
        locale: session.preferences.locale,
    };
    let figure = match one.view {
        CapturedView::Ladder => ladder(session, capturing, one, &look).key(0),
        CapturedView::Sequence(end) => {
            plot(session, capturing, &look, end, PlotKind::Sequence).key(1)
        }
        CapturedView::Windows(end) => plot(session, capturing, &look, end, PlotKind::Flight).key(2),
    };
    let cut = capturing.listed.as_deref().and_then(|listed| cut(session, capturing, listed));
    classed("div", "capture-body capture-one")
        .add(bar(session, one).key(0))
        .maybe(cut.map(|cut| cut.key(1)))
        .add(
            classed("div", "capture-halves")
                .add(figure)
                .add(about(session, one, &look).key(9))
                .key(2),
        )
}

/// Which conversation, which figure, and what else can be done with it.
fn bar(session: &Session, one: &Opened) -> El {
    let words = &session.messages().capture_view;
    let names = [words.ladder, words.sequence, words.windows];
    let here = match one.view {
        CapturedView::Ladder => 0,
        CapturedView::Sequence(_) => 1,
        CapturedView::Windows(_) => 2,
    };
    let mut views = group(words.views);
    for (place, name) in names.into_iter().enumerate() {
        views = views.add(choice(name.to_owned(), place == here, CaptureCommand::View(place)));
    }
    let senders = (here > 0).then(|| {
        let mut senders = group(words.direction);
        for end in End::BOTH {
            let ends = [end, end.other()].map(|end| end_in_words(end, session.preferences.locale));
            let name = words.from_to.fill(ends);
            let command = CaptureCommand::Sender(end.index());
            senders = senders.add(choice(name, end == one.sender(), command));
        }
        senders
    });
    let back = button("button capture-back", command(CaptureCommand::Back))
        .set("aria-label", words.back)
        .add(icon(icons::PREVIOUS))
        .add(el("span").say(words.back));
    let replay = button("button primary", command(CaptureCommand::Replay))
        .set("title", words.replay_about)
        .say(words.replay);
    let save = button("button", command(CaptureCommand::Save)).say(words.save);
    classed("div", "capture-bar")
        .add(back)
        .add(views)
        .maybe(senders)
        .add(classed("span", "spacer"))
        .add(save)
        .add(replay)
}

fn group(name: &'static str) -> El {
    classed("span", "capture-group").set("role", "group").set("aria-label", name)
}

fn choice(name: String, chosen: bool, asked: CaptureCommand) -> El {
    button("button", command(asked)).flag("aria-pressed", chosen).text(name)
}

/// The ladder: a drawing, and over it an option for each segment, which is what those hear who do not
/// see it.
fn ladder(session: &Session, capturing: &Capturing, one: &Opened, look: &Look<'_>) -> El {
    let words = &session.messages().capture_view;
    let (width, height) = (one.ladder.width(), one.ladder.height());
    let from = (capturing.top - AROUND).max(0.0);
    let to = (capturing.top + capturing.room.1 + AROUND + 240.0).min(height);
    let scene = one.ladder.scene(look, from..to.max(from));
    let size = one.ladder.label_size();
    let above = [0.0, LADDER_HEADER];
    let heads = drawing("captured", [width, size], above, &captured_heads(&scene));
    let marks = drawing("captured", [width, size], [from, to], &captured_marks(&scene));
    let shown = one.ladder.segments_in(&(from..to));
    let mut options = Vec::new();
    for place in shown.clone() {
        options.extend(option(one, look, place));
    }
    let list = el("div")
        .set("id", CAPTURE_SEGMENTS)
        .set("class", "capture-segments")
        .set("role", "listbox")
        .set("tabindex", "0")
        .write("aria-label", [words.segments, ". ", words.segments_help].concat())
        .write("style", ["height:", &tenths(height), "px"].concat())
        .add(el("div").set("role", "presentation").set("aria-hidden", "true").raw(marks).key(0))
        .add(el("div").set("role", "presentation").all(options).key(1));
    let list = if shown.contains(&one.selected) {
        list.write("aria-activedescendant", super::segment::id(one.selected))
    } else {
        list
    };
    classed("div", "capture-scroll capture-ladder")
        .set("id", CAPTURE_SCROLL)
        .add(classed("div", "capture-above").set("aria-hidden", "true").raw(heads).key(0))
        .add(list.key(1))
}

/// Marks as a drawing that shows these heights.
fn drawing(class: &str, [width, size]: [f64; 2], [from, to]: [f64; 2], marks: &str) -> Rc<str> {
    let (wide, top, tall) = (tenths(width), tenths(from), tenths(to - from));
    let parts = [
        "<svg class=\"",
        class,
        "\" width=\"",
        &wide,
        "\" height=\"",
        &tall,
        "\" viewBox=\"0 ",
        &top,
        " ",
        &wide,
        " ",
        &tall,
        "\" style=\"top:",
        &top,
        "px;--label:",
        &tenths(size),
        "px\">",
        marks,
        "</svg>",
    ];
    parts.concat().into()
}

fn plot(
    session: &Session,
    capturing: &Capturing,
    look: &Look<'_>,
    sender: End,
    kind: PlotKind,
) -> El {
    let words = &session.messages().capture_view;
    let (width, height) = capturing.room;
    let drawn = captured_plot(look, sender, kind, (width, height));
    let ends = [sender, sender.other()].map(|end| end_in_words(end, look.locale));
    let name = if kind == PlotKind::Flight { words.windows } else { words.sequence };
    let title = [name, ": ", &words.from_to.fill(ends), ". ", &drawn.key.join(" ")].concat();
    let view = classed("div", "capture-scroll capture-plot").set("id", CAPTURE_SCROLL);
    match drawn.scene {
        Some(scene) => {
            let wide = [tenths(width), tenths(height)];
            // The page may hold another plot, with a clip of this name.
            let marks = plot_marks(&scene).replace("plot-clip", "capture-clip");
            let svg = [
                "<svg class=\"plot\" aria-hidden=\"true\" width=\"",
                &wide[0],
                "\" height=\"",
                &wide[1],
                "\">",
                &marks,
                "</svg>",
            ];
            view.add(
                classed("div", "capture-plotted")
                    .set("role", "img")
                    .write("aria-label", title)
                    .raw(svg.concat().into()),
            )
        }
        None => view.add(classed("p", "quiet").say(words.no_text_this_way)),
    }
}
