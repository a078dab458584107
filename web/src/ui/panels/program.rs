//! What the application calls, as code, with the line where it stands.

use tcpscope_sim::HostId;
use tcpscope_view::script;

use super::block;
use crate::ui::element::{El, classed, el};
use crate::ui::picture::Picture;

/// The program of `host`.
pub(super) fn program(picture: &Picture<'_>, host: HostId) -> El {
    let mut list = classed("ol", "program");
    for line in script(picture.trace, host, picture.record, picture.locale) {
        let comment = line.comment.map(|comment| classed("span", "comment").text(comment));
        let item = el("li")
            .set("data-progress", line.progress.class())
            .when(line.progress.is_present(), "aria-current", "step")
            .add(el("code").text(line.code))
            .maybe(comment);
        list = list.add(item);
    }
    block(picture.messages.program.label).add(list)
}
