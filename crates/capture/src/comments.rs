//! What is said beside a packet: the rules behind the records about it.

use tcpscope_sim::{RecordId, Trace};
use tcpscope_view::{Locale, Numbers, because};

/// An option of pcapng has a length of 16 bits: a longer comment is cut.
const LONGEST: usize = 65_535;

/// A comment a rule, the one that decided first: the rule's name, where it is written down, and its
/// sentence as the log says it. What several records say is said once.
pub(crate) fn comments(
    trace: &Trace,
    records: impl Iterator<Item = RecordId>,
    locale: Locale,
) -> Vec<String> {
    let mut comments = Vec::new();
    for because in records.flat_map(|record| because(locale, trace, record, Numbers::Relative)) {
        let comment = format!("{} [{}] {}", because.rule, because.citation, because.text);
        let comment = fitting(comment);
        if !comments.contains(&comment) {
            comments.push(comment);
        }
    }
    comments
}

/// The comment, as far as there is room for it.
fn fitting(mut comment: String) -> String {
    if comment.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|end| comment.is_char_boundary(*end));
        comment.truncate(end.unwrap_or_default());
    }
    comment
}
