//! Names of functions, and names for what the parts share.

use std::collections::BTreeSet;

/// A name without the hashes of crates, `core[1f2e3d4c5b]::fmt`, which differ from compiler to
/// compiler.
pub(crate) fn plain(name: &str) -> String {
    let mut left = String::with_capacity(name.len());
    let mut parts = name.split('[');
    left.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once(']') {
            Some((hash, after))
                if hash.len() > 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()) =>
            {
                left.push_str(after);
            }
            _ => {
                left.push('[');
                left.push_str(part);
            }
        }
    }
    left
}

/// Short names, none of which is taken.
pub(crate) fn short(taken: BTreeSet<&str>) -> impl Iterator<Item = String> + '_ {
    (0..).map(letters).filter(move |name| !taken.contains(name.as_str()))
}

fn letters(mut number: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut name = String::new();
    loop {
        name.insert(0, char::from(DIGITS[number % 36]));
        number /= 36;
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_left_out_and_slices_are_not() {
        assert_eq!(plain("core[1f2e3d4c5b6a7988]::fmt"), "core::fmt");
        assert_eq!(
            plain("<[u8] as core[1f2e3d4c5b6a7988]::fmt::Debug>::fmt"),
            "<[u8] as core::fmt::Debug>::fmt"
        );
        assert_eq!(plain("f::<[deadbeef]>"), "f::<[deadbeef]>");
        assert_eq!(plain("["), "[");
    }

    #[test]
    fn names_are_short_different_and_free() {
        let taken = BTreeSet::from(["1", "00"]);
        let names: Vec<String> = short(taken).take(36 * 37 - 2).collect();
        assert_eq!(&names[..3], ["0", "2", "3"]);
        assert_eq!(names[35], "01");
        assert!(names.iter().all(|name| name.len() <= 2 && name != "1" && name != "00"));
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
