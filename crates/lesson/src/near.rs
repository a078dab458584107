//! What may have been meant, in words.

pub(crate) use tcpscope_view::nearest;

/// The end of a sentence: "; did you mean X?", or a full stop.
pub(crate) fn meant<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map_or_else(|| ".".to_owned(), |near| format!("; did you mean `{near}`?"))
}

/// Words with commas between them.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(", ")
}
