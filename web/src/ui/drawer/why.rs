//! Why the present step happens: each record of it in a sentence, with the rules behind it.

use tcpscope_sim::Moment;
use tcpscope_tcp::Citation;
use tcpscope_view::narrate;

use crate::ui::element::{El, classed, el};
use crate::ui::picture::{Picture, time};

/// The present step, told as far as it has come.
pub(super) fn why(picture: &Picture<'_>) -> El {
    let Picture { trace, record: present, locale, numbers, .. } = *picture;
    let about = (picture.moment == Moment::START).then(|| {
        let about = picture.run.scenario().summary().in_locale(locale.tag());
        classed("p", "about-scenario").text(about.to_owned())
    });
    let head = classed("div", "why-head")
        .add(classed("h2", "label").say(picture.messages.log.why_title))
        .add(classed("span", "num").text(time(trace.record(present).at)));
    let mut list = classed("ol", "why");
    for told in narrate(locale, trace, present, numbers) {
        if told.record > present {
            break;
        }
        let mut reasons = classed("ul", "reasons");
        let any = !told.why.is_empty();
        for because in told.why {
            let reason = el("li").text(because.text).say(" ").add(cite(because.citation));
            reasons = reasons.add(reason);
        }
        let item = el("li")
            .when(told.record == present, "aria-current", "step")
            .add(classed("p", "what").text(told.what))
            .maybe(any.then_some(reasons));
        list = list.add(item);
    }
    el("div").maybe(about).add(head).add(list)
}

/// A section of an RFC, as a link to its text.
fn cite(citation: Citation) -> El {
    let Citation { rfc, section } = citation;
    classed("a", "cite")
        .write("href", format!("https://www.rfc-editor.org/rfc/rfc{rfc}#section-{section}"))
        .set("target", "_blank")
        .set("rel", "noreferrer")
        .text(citation.to_string())
}
