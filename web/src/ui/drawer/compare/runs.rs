//! The runs that are kept: named, gone back to, deleted.

use tcpscope_sim::{Branch, Side};

use super::title;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon_button};
use crate::ui::picture::Picture;

/// The list of runs.
pub(super) fn runs(picture: &Picture<'_>) -> El {
    let words = &picture.messages.compare;
    let timeline = picture.run.timeline();
    let mut list = Vec::new();
    for branch in timeline.branches().iter().rev() {
        list.push(run(picture, branch));
    }
    let forgotten = timeline.forgotten_branches();
    let gone = words.forgotten.fill([&forgotten.to_string()]);
    el("section")
        .add(classed("h3", "label").say(words.runs))
        .add(classed("ul", "runs").all(list))
        .maybe((forgotten > 0).then(|| classed("p", "quiet").text(gone)))
        .add(button("button", Command::Keep).say(words.keep))
}

fn run(picture: &Picture<'_>, branch: &Branch) -> El {
    let words = &picture.messages.compare;
    let id = branch.id().0;
    let title = title(picture, Side::Branch(branch.id()));
    let name = el("input")
        .write("id", format!("run-name-{id}"))
        .set("type", "text")
        .set("maxlength", "60")
        .write("aria-label", words.name.fill([&title]))
        .value(title);
    let at = id as usize;
    // The edits of another configuration's run are those of this one.
    let go = branch.setup().is_none();
    let go = go.then(|| icon_button(icons::UNDO, words.go, "", Command::Branch(at)));
    el("li")
        .add(name)
        .maybe(go)
        .add(icon_button(icons::CLOSE, words.delete, "", Command::Forget(at)))
        .key(at)
}
