//! The sections of the RFCs that lessons cite: so that no link leads nowhere.

mod companions;
mod rfc9293;

use crate::near::{listed, nearest};

/// The sections of each RFC, by their numbers and titles; a title is empty where only the number is
/// at hand. One without sections can be cited as a whole.
const RFCS: &[(u16, &[(&str, &str)])] = companions::COMPANIONS;

fn sections(rfc: u16) -> Option<&'static [(&'static str, &'static str)]> {
    if rfc == 9293 {
        return Some(rfc9293::RFC_9293);
    }
    RFCS.iter().find(|(number, _)| *number == rfc).map(|(_, sections)| *sections)
}

/// What a citation such as `9293#3.5` leads to: the RFC, the section, and its title.
///
/// # Errors
/// What is wrong, and what would be right.
pub fn cited(text: &str) -> Result<(u16, &'static str, &'static str), String> {
    let (rfc, section) = text.split_once('#').unwrap_or((text, ""));
    let number: u16 = rfc.parse().map_err(|_| {
        format!("`{text}` cites no section: it is as in 9293#3.5, or 896 for an RFC as a whole")
    })?;
    let known = sections(number).ok_or_else(|| {
        let rfcs = RFCS.iter().map(|(number, _)| number.to_string());
        let mut rfcs: Vec<String> = rfcs.chain(["9293".to_owned()]).collect();
        rfcs.sort_by_key(String::len);
        let rfcs = listed(rfcs.iter().map(String::as_str));
        format!("RFC {number} is not in the list of those that lessons cite: {rfcs}")
    })?;
    if section.is_empty() {
        return Ok((number, "", ""));
    }
    let found = known.iter().find(|(known, _)| *known == section);
    found.map(|(section, title)| (number, *section, *title)).ok_or_else(|| {
        let sections = || known.iter().map(|(section, _)| *section);
        match (nearest(section, sections()), known) {
            (Some(near), _) => {
                format!("RFC {number} has no section {section}; did you mean `{near}`?")
            }
            (None, []) => format!("RFC {number} has no numbered sections: it is cited as a whole"),
            (None, _) => {
                format!(
                    "RFC {number} has no section {section} in our list, which has {}",
                    listed(sections())
                )
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cited_has_to_be_there() {
        assert_eq!(cited("9293#3.5"), Ok((9293, "3.5", "Establishing a Connection")));
        assert_eq!(cited("896"), Ok((896, "", "")));
        for (text, said) in [
            ("9293#3.55", "did you mean `3.5`?"),
            ("9293§3.5", "cites no section"),
            ("896#1", "cited as a whole"),
            ("1#1", "RFC 1 is not in the list"),
            ("", "cites no section"),
        ] {
            let wrong = cited(text).unwrap_err();
            assert!(wrong.contains(said), "{wrong}");
        }
    }
}
