//! Elements, put together call by call.
//!
//! `html!` writes several hundred octets of code for each element that it builds, and the page has
//! some three hundred; a call each is a tenth of that. What travels matters more here than angle
//! brackets.

use std::rc::Rc;

use yew::virtual_dom::{
    AttrValue, AttributeOrProperty, Attributes, Key, VList, VNode, VRaw, VTag, VText,
};

use super::names::Names;

/// An element that is being put together.
pub(crate) struct El(Box<Draft>);

struct Draft {
    tag: VTag,
    names: &'static Names,
    /// One for each name; `None` where the attribute is not there.
    values: Vec<Option<AttributeOrProperty>>,
}

/// An element of this name.
#[inline(never)]
pub(crate) fn el(name: &'static str) -> El {
    El(Box::new(Draft { tag: VTag::new(name), names: Names::none(), values: Vec::new() }))
}

/// An element of this name and class.
#[inline(never)]
pub(crate) fn classed(name: &'static str, class: &'static str) -> El {
    el(name).set("class", class)
}

impl El {
    /// Sets an attribute.
    #[inline(never)]
    pub(crate) fn set(self, name: &'static str, value: &'static str) -> Self {
        self.put(name, Some(AttrValue::Static(value)))
    }

    /// Sets an attribute to words that were made for it.
    #[inline(never)]
    pub(crate) fn write(self, name: &'static str, value: String) -> Self {
        self.put(name, Some(AttrValue::from(value)))
    }

    /// Sets an attribute to a whole number.
    #[inline(never)]
    pub(crate) fn count(self, name: &'static str, value: usize) -> Self {
        self.write(name, value.to_string())
    }

    /// Sets an attribute to a length in pixels, to a tenth of one.
    #[inline(never)]
    pub(crate) fn px(self, name: &'static str, value: f64) -> Self {
        self.write(name, tenths(value))
    }

    /// Sets an attribute that is `true` or `false`.
    #[inline(never)]
    pub(crate) fn flag(self, name: &'static str, value: bool) -> Self {
        self.set(name, if value { "true" } else { "false" })
    }

    /// Sets an attribute that is there or not.
    #[inline(never)]
    pub(crate) fn when(self, condition: bool, name: &'static str, value: &'static str) -> Self {
        self.put(name, condition.then_some(AttrValue::Static(value)))
    }

    /// Tells it from its siblings when they come and go.
    #[inline(never)]
    pub(crate) fn key(mut self, key: usize) -> Self {
        self.0.tag.key = Some(Key::from(key));
        self
    }

    /// The value of an input: what the reader typed gives way to it.
    #[inline(never)]
    pub(crate) fn value(mut self, value: String) -> Self {
        self.0.tag.set_value(AttrValue::from(value));
        self
    }

    /// Whether a box is ticked: what the reader did to it gives way to it.
    #[inline(never)]
    pub(crate) fn checked(mut self, checked: bool) -> Self {
        self.0.tag.set_checked(checked);
        self
    }

    /// Adds words of the page.
    #[inline(never)]
    pub(crate) fn say(self, words: &'static str) -> Self {
        self.push(VNode::from(VText::new(AttrValue::Static(words))))
    }

    /// Adds words that were made for it.
    #[inline(never)]
    pub(crate) fn text(self, words: String) -> Self {
        self.push(VNode::from(VText::new(AttrValue::from(words))))
    }

    /// Adds an element.
    #[inline(never)]
    pub(crate) fn add(self, child: Self) -> Self {
        self.push(child.into())
    }

    /// Adds an element, if there is one.
    #[inline(never)]
    pub(crate) fn maybe(self, child: Option<Self>) -> Self {
        match child {
            Some(child) => self.add(child),
            None => self,
        }
    }

    /// Adds elements that come and go: they stand apart from their neighbours, so that these are
    /// not taken for others.
    #[inline(never)]
    pub(crate) fn all(self, children: Vec<Self>) -> Self {
        let nodes = children.into_iter().map(VNode::from).collect();
        self.push(VNode::from(VList::with_children(nodes, None)))
    }

    /// Adds markup that was written elsewhere, where every text in it was escaped.
    #[inline(never)]
    pub(crate) fn raw(self, markup: Rc<str>) -> Self {
        self.push(VNode::VRaw(VRaw::from(AttrValue::Rc(markup))))
    }

    /// An attribute that is not there has its place: so an element has the same names whenever it is
    /// rendered, and Yew compares its values one by one instead of looking each up.
    fn put(mut self, name: &'static str, value: Option<AttrValue>) -> Self {
        let Draft { names, values, .. } = &mut *self.0;
        let value = value.map(AttributeOrProperty::Attribute);
        if let Some(place) = names.all.iter().position(|known| *known == name) {
            if value.is_some() {
                values[place] = value;
            }
        } else {
            *names = names.with(name);
            values.push(value);
        }
        self
    }

    fn push(mut self, child: VNode) -> Self {
        self.0.tag.add_child(child);
        self
    }
}

impl From<El> for VNode {
    fn from(element: El) -> Self {
        let Draft { mut tag, names, values } = *element.0;
        tag.attributes = Attributes::Dynamic { keys: names.all, values: values.into() };
        Self::VTag(Rc::new(tag))
    }
}

/// A length to a tenth, as style sheets and SVG write it. (The formatter for floating point would
/// be ten thousand octets more.)
pub(crate) fn tenths(value: f64) -> String {
    let tenths = whole(value * 10.0);
    let sign = if tenths < 0 { "-" } else { "" };
    let (units, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if rest == 0 { format!("{sign}{units}") } else { format!("{sign}{units}.{rest}") }
}

/// The nearest whole number.
#[allow(clippy::cast_possible_truncation, reason = "`as` stops at the ends of the type")]
pub(crate) fn whole(value: f64) -> i64 {
    value.round() as i64
}

#[cfg(test)]
mod tests {
    use super::tenths;

    #[test]
    fn lengths_are_written_to_a_tenth() {
        let cases =
            [(0.0, "0"), (1.25, "1.3"), (-0.04, "0"), (-2.5, "-2.5"), (12.0, "12"), (0.96, "1")];
        for (value, text) in cases {
            assert_eq!(tenths(value), text);
        }
    }
}
