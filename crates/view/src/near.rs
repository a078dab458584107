//! What may have been meant by a word that nobody knows.

/// The word that is nearest to another, if one is near; large and small letters count as the same.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A word may be as long as a file.
    let word: String = word.chars().take(80).collect::<String>().to_ascii_lowercase();
    let distance = |known: &&str| edits(&word, &known.to_ascii_lowercase());
    let best = known.into_iter().min_by_key(distance)?;
    (distance(&best) <= 1 + word.len() / 4).then_some(best)
}

/// How many letters have to be changed, added or left out to make one word the other.
fn edits(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.bytes().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, right) in b.bytes().enumerate() {
            let change = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_understood_and_nonsense_is_not() {
        let known = ["client", "server", "SYN-SENT"];
        assert_eq!(nearest("cleint", known), Some("client"));
        assert_eq!(nearest("SYN_SENT", known), Some("SYN-SENT"));
        assert_eq!(nearest("attacker", known), None);
        assert_eq!(nearest("", known), None);
    }
}
