//! What a sheet's controls may ask for, as it stands in `data-do`: a word for the sheet, one for what is
//! asked, and for what there are several of its place.

/// An enumeration of commands, each with the word that stands for it. What needs nothing said besides
/// comes under `plain`, what goes by its place under `placed`.
macro_rules! vocabulary {
    (
        $(#[$about:meta])*
        pub(crate) enum $Command:ident of $sheet:literal {
            plain { $($(#[$plain_about:meta])* $Plain:ident = $plain:literal,)* }
            placed { $($(#[$placed_about:meta])* $Placed:ident = $placed:literal,)* }
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $Command {
            $($(#[$plain_about])* $Plain,)*
            $($(#[$placed_about])* $Placed(usize),)*
        }

        impl $Command {
            /// As it stands in `data-do`.
            pub(super) fn to_text(self) -> String {
                let (word, place) = match self {
                    $(Self::$Plain => ($plain, None),)*
                    $(Self::$Placed(place) => ($placed, Some(place)),)*
                };
                $crate::ui::vocabulary::text($sheet, word, place)
            }

            /// From what stands in `data-do`.
            pub(crate) fn from_text(text: &str) -> Option<Self> {
                let (word, place) = $crate::ui::vocabulary::words($sheet, text)?;
                match (word, place) {
                    $(($plain, None) => Some(Self::$Plain),)*
                    $(($placed, Some(place)) => Some(Self::$Placed(place)),)*
                    _ => None,
                }
            }

            /// All of them, those that go by a place with this one.
            #[cfg(test)]
            fn all(place: usize) -> Vec<Self> {
                vec![$(Self::$Plain,)* $(Self::$Placed(place),)*]
            }
        }
    };
}

pub(super) use vocabulary;

/// A command in words.
pub(super) fn text(sheet: &str, word: &str, place: Option<usize>) -> String {
    let mut text = sheet.to_owned();
    text.push(' ');
    text.push_str(word);
    if let Some(place) = place {
        text.push(' ');
        text.push_str(&place.to_string());
    }
    text
}

/// The word of a command of this sheet, and its place if it has one.
pub(super) fn words<'a>(sheet: &str, text: &'a str) -> Option<(&'a str, Option<usize>)> {
    let text = text.strip_prefix(sheet)?.strip_prefix(' ')?;
    match text.split_once(' ') {
        None => Some((text, None)),
        Some((word, place)) => Some((word, Some(place.parse().ok()?))),
    }
}
