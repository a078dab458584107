//! What the applications call, as code, with the lines where they stand.

use tcpscope_view::{End, Progress, ScriptLine, programs};

use super::block;
use crate::ui::element::{El, classed, el};
use crate::ui::picture::Picture;

/// So many characters of a value have room beside words.
const ROOM: usize = 14;

/// The programs of the host.
pub(super) fn program(picture: &Picture<'_>, end: End<'_>) -> El {
    let setup = picture.run.timeline().setup().hosts.get(end.host().index());
    let scripts: Vec<_> = setup.map_or_else(Vec::new, |host| host.scripts().collect());
    let programs = programs(end, &scripts, picture.record, picture.locale);
    let mut list = classed("ol", "program");
    for each in programs.lines {
        list = list.add(line(picture, each));
    }
    // Always as high, so that what follows stays where it is.
    let mut stands = classed("div", "program-stands");
    for stand in programs.stands {
        stands = stands.add(el("p").text(stand));
    }
    block(picture.messages.program.label).add(list).add(stands)
}

fn line(picture: &Picture<'_>, line: ScriptLine) -> El {
    let words = picture.messages;
    let comment = line.comment.map(|comment| classed("span", "comment").text(comment));
    let is_over = line.progress != Progress::Blocked;
    // There is room for a value before there is one: its coming moves nothing.
    let mut value = classed("span", "value");
    if let Some(returned) = line.value {
        let returned = if is_over { returned } else { returned + " …" };
        let said = words.side.returned.fill([&returned]);
        let is_long = returned.chars().count() > ROOM;
        value = value.set("data-there", "").flag("data-long", is_long);
        value = value.write("title", said).text(returned);
    }
    el("li")
        .set("data-progress", line.progress.class())
        .count("data-depth", line.depth.into())
        .flag("data-begins", line.begins)
        .when(line.progress.is_present(), "aria-current", "step")
        .set("title", words.program.progress(line.progress))
        .add(el("code").text(line.code))
        .maybe(comment)
        .add(value)
        .add(classed("span", "sr").say(words.program.progress(line.progress)))
}
