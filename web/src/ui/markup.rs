//! Elements as markup: for what stays as it is, which Yew then need not compare at each rendering.

use yew::virtual_dom::VNode;

use super::element::El;

/// The markup of an element without voids (`<input>`) and without what listens or is set by hand.
pub(super) fn markup(element: El) -> String {
    let mut text = String::new();
    write(&mut text, &element.into());
    text
}

fn write(text: &mut String, node: &VNode) {
    match node {
        VNode::VTag(tag) => {
            text.push('<');
            text.push_str(tag.tag());
            for (name, value) in tag.attributes.iter() {
                for part in [" ", name, "=\""] {
                    text.push_str(part);
                }
                escape(text, value);
                text.push('"');
            }
            text.push('>');
            if let Some(children) = tag.children() {
                write(text, children);
            }
            for part in ["</", tag.tag(), ">"] {
                text.push_str(part);
            }
        }
        VNode::VText(words) => escape(text, &words.text),
        VNode::VList(nodes) => nodes.iter().for_each(|node| write(text, node)),
        VNode::VRaw(raw) => text.push_str(&raw.html),
        // The page is made of none of these.
        VNode::VComp(_) | VNode::VPortal(_) | VNode::VRef(_) | VNode::VSuspense(_) => {}
    }
}

fn escape(text: &mut String, words: &str) {
    for letter in words.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '"' => text.push_str("&quot;"),
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::element::{classed, el};

    #[test]
    fn what_has_a_meaning_in_markup_is_escaped() {
        let list = classed("ul", "a").set("title", "1 < \"2\"").add(el("li").say("a & b <c>"));
        let text = "<ul class=\"a\" title=\"1 &lt; &quot;2&quot;\"><li>a &amp; b &lt;c></li></ul>";
        assert_eq!(markup(list.add(el("li"))), text.replace("</ul>", "<li></li></ul>"));
    }
}
