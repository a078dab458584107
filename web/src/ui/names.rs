//! The names of elements' attributes, each series of them once: so two series are the same where they
//! are in the same place, which is what Yew asks first when it compares two elements.

use std::cell::RefCell;

/// A series of names, in the order in which they are set.
pub(super) struct Names {
    /// The names.
    pub(super) all: &'static [&'static str],
    /// The series that are longer by one name. There are a few: the page sets what it sets.
    longer: RefCell<Vec<&'static Names>>,
}

impl Names {
    /// No name yet.
    pub(super) fn none() -> &'static Self {
        thread_local! {
            static NONE: &'static Names = Names::new(&[]);
        }
        NONE.with(|none| *none)
    }

    fn new(all: &'static [&'static str]) -> &'static Self {
        Box::leak(Box::new(Self { all, longer: RefCell::default() }))
    }

    /// These, and one more.
    pub(super) fn with(&self, name: &'static str) -> &'static Self {
        let mut longer = self.longer.borrow_mut();
        let known = longer.iter().find(|longer| longer.all.last() == Some(&name));
        if let Some(known) = known {
            return known;
        }
        let mut all = self.all.to_vec();
        all.push(name);
        let new = Self::new(all.leak());
        longer.push(new);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_names_in_the_same_order_are_the_same_series() {
        let series = |names: [&'static str; 2]| Names::none().with(names[0]).with(names[1]);
        assert_eq!(series(["id", "class"]).all, ["id", "class"]);
        assert!(std::ptr::eq(series(["id", "class"]).all, series(["id", "class"]).all));
        assert!(!std::ptr::eq(series(["id", "class"]).all, series(["class", "id"]).all));
    }
}
