//! What the inspector looks at.

use tcpscope_view::Sight;

/// What the inspector looks at: of the selected segment, and until another is selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inspecting {
    /// The field that was chosen: its layer, and its place there.
    pub(crate) field: Option<(usize, usize)>,
    /// The field that is pointed at.
    pub(crate) pointed: Option<(usize, usize)>,
    /// When, and which fragment.
    pub(crate) sight: Sight,
    /// Whether no octets are folded away.
    pub(crate) all_octets: bool,
    /// The layer whose checksum is worked out.
    pub(crate) sum: Option<usize>,
}

/// What the inspector is to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// This field of this layer.
    Field(usize, usize),
    /// This field for as long as it is pointed at.
    Point(Option<(usize, usize)>),
    /// The packet at another place, or another piece of it.
    Sight(Sight),
    /// All octets, or no longer.
    AllOctets,
    /// How the checksum of this layer comes about, or no longer.
    Sum(usize),
}

impl Inspecting {
    pub(super) fn look(&mut self, look: Look) {
        match look {
            // Whoever uses keys has a mouse that rests somewhere.
            Look::Field(layer, field) => {
                *self = Self { field: Some((layer, field)), pointed: None, ..*self };
            }
            Look::Point(field) => self.pointed = field,
            // Its layers may be others.
            Look::Sight(sight) => {
                *self = Self { sight, field: None, pointed: None, sum: None, ..*self };
            }
            Look::AllOctets => self.all_octets = !self.all_octets,
            Look::Sum(layer) => self.sum = (self.sum != Some(layer)).then_some(layer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_stays_while_another_is_pointed_at() {
        let mut inspecting = Inspecting::default();
        inspecting.look(Look::Field(2, 3));
        inspecting.look(Look::Point(Some((1, 0))));
        assert_eq!((inspecting.field, inspecting.pointed), (Some((2, 3)), Some((1, 0))));
        inspecting.look(Look::Point(None));
        assert_eq!((inspecting.field, inspecting.pointed), (Some((2, 3)), None));
    }

    #[test]
    fn another_fragment_has_other_fields() {
        let mut inspecting = Inspecting::default();
        inspecting.look(Look::Field(2, 3));
        inspecting.look(Look::Sum(2));
        inspecting.look(Look::AllOctets);
        let sight = Sight { piece: Some(1), ..Sight::default() };
        inspecting.look(Look::Sight(sight));
        let expected = Inspecting { sight, all_octets: true, ..Inspecting::default() };
        assert_eq!(inspecting, expected);
    }

    #[test]
    fn a_checksum_that_is_asked_for_again_is_folded() {
        let mut inspecting = Inspecting::default();
        inspecting.look(Look::Sum(1));
        inspecting.look(Look::Sum(2));
        assert_eq!(inspecting.sum, Some(2));
        inspecting.look(Look::Sum(2));
        assert_eq!(inspecting.sum, None);
    }
}
