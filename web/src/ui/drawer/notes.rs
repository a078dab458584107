//! Notes on the present record and on the selected segment.

use crate::ui::element::{El, classed};
use crate::ui::picture::Picture;

/// The notes of the run.
pub(super) fn notes(_picture: &Picture<'_>) -> El {
    classed("section", "notes")
}
